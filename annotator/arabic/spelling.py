"""What pyarabic knows about Arabic spelling, under our names; the one module that imports it.

Strings to strings: where offsets matter, use `fold`. Left out on purpose are pyarabic's tokenizers,
its sentences and its own folding, which lose offsets or change letters.
"""

from pyarabic import araby, number, trans, unshape


def bare(text: str) -> str:
    """Return `text` without Arabic marks and tatweel; all letters stay.

    >>> bare("هٰذا كتـــابٌ")
    'هذا كتاب'
    """
    letters: str = araby.strip_tatweel(araby.strip_diacritics(text))
    return letters


def with_ascii_digits(text: str) -> str:
    """Return `text` with Arabic-Indic and Persian digits written 0–9.

    >>> with_ascii_digits("٢٠٢٥ و۱۴۰۴")
    '2025 و1404'
    """
    converted: str = trans.normalize_digits(text)
    return converted


def number_in_words(words: str) -> int:
    """Return the number that `words` spell; 0 when they spell none.

    >>> number_in_words("خمسمئة وثلاثة وعشرون")
    523
    """
    value: int = number.text2number(words)
    return value


def unshaped(line: str) -> str:
    """Return in letters, and in reading order, a line that holds shapes in the order of the eye.

    >>> unshaped("ﺎﺒﺣﺮﻣ")
    'مرحبا'
    """
    letters: str = unshape.unshaping_line(line)
    return letters
