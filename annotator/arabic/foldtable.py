"""Which characters fold to which: the rows, and tables for `str.translate` that fill themselves.

Two levels. `marks` takes away what is only orthographic noise; `letters` also joins letters that
are written for one another. A fold looks at one character at a time, so that the fold of a text is
the folds of its characters in a row.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

from annotator.arabic.characters import HAMZA_ABOVE, INVISIBLE, MARKS, TATWEEL, characters_of

Level = Literal["exact", "marks", "letters"]

_SAME_AT_MARKS = {
    "آأإٱ\u0672\u0673\u0675": "ا",
    "\u06cc\u06cd\u06ce\u06d0\u0678": "ي",
    "\u06a9\u06aa\u06ab": "ك",
    "\u06c1\u06be\u06d5\u06c0\u06c2": "ه",
    "\u06c3": "ة",
    "٪": "%",
    "٫": ".",
    "٬": ",",
    "،": ",",
    "؛": ";",
    "؟": "?",
    "۔": ".",
    "“”„‟«»″‶〝〞": '"',
    "‘’‚‛‹›′´`": "'",
    "‐‑‒–—―−": "-",
    "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000": " ",
    "…": "...",
}
_SAME_AT_LETTERS = {
    "ىئ": "ي",
    "ة\u06c3": "ه",
    "ؤۄۆۇ": "و",
    "گ": "ك",
    "پ": "ب",
    "چ": "ج",
    "ڤ": "ف",
    "ژ": "ز",
}
# Letters that stay apart at `marks` although Unicode takes them for a letter with a mark.
_SEATED_HAMZAS = {"و": "ؤ", "ي": "ئ"}

_DELETED = MARKS + TATWEEL + INVISIBLE
_IS_DELETED = re.compile(f"[{_DELETED}]")
_PRESENTATION_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc\uff01-\uff5e]")
_SEAT = re.compile(f"([{''.join(_SEATED_HAMZAS)}])(\\W*?){HAMZA_ABOVE}")

# The inside of brackets: characters known to fold to exactly one, so that no offset moves. The
# list need not be whole; what is missing is looked at one by one.
PLAIN = (
    "\0-\u00ac\u00ae-\u00de\u00e0-\u0148\u014a-\u02ff\u0370-\u0482\u048a-\u0586\u05d0-\u05ea"
    "\u0600-\u060f\u061b\u061d-\u063f\u0641-\u064a\u0660-\u066f\u0671-\u06d5\u06dd\u06de"
    "\u06e5\u06e6\u06e9\u06ee-\u0710\u0750-\u077f\u08a0-\u08c9\u1f00-\u1f4d"
    "\u2000-\u200a\u2010-\u2025\u2027-\u2029\u202f-\u205f\u2070-\u20cf\u2100-\u2cee"
    "\u3000-\u3029\u3030-\u3096\u30a0-\ua66e\ue000-\uf8ff\ufe00-\ufe0f"
    "\U0001f000-\U0001faff\U00020000-\U0002a6df"
)


class FoldTable(dict[int, str]):
    """What each code point folds to, worked out when it is first met."""

    def __init__(self, rows: Mapping[str, str]) -> None:
        """Begin with `rows`: single characters and their folds."""
        super().__init__({ord(character): folded for character, folded in rows.items()})

    def __missing__(self, code_point: int) -> str:
        """Work out, and keep, what `code_point` folds to."""
        folded = self[code_point] = self._fold_of(chr(code_point))
        return folded

    def _fold_of(self, character: str) -> str:
        """Take the character apart, drop its marks, and fold what is left."""
        # Marks of every script go: what remains of a text is then the same in NFC and in NFD.
        if _IS_DELETED.match(character) or unicodedata.combining(character):
            return ""
        is_shape = _PRESENTATION_FORMS.match(character)
        parts = unicodedata.normalize("NFKC" if is_shape else "NFD", character)
        if parts == character:
            parts = character.casefold()
        if parts == character:
            return character
        folded = parts.translate(self)
        # A mark shown alone is a blank with a mark; nothing is left of it.
        return "" if folded.isspace() else folded


def with_seated_hamzas(text: str) -> str:
    """Return `text` with the seat of each combining hamza replaced by the letter of the two.

    As long as before: the combining hamza stays. So `marks` keeps ؤ and ئ in NFD as in NFC.
    """
    return _SEAT.sub(_seated, text) if HAMZA_ABOVE in text else text


def _seated(found: re.Match[str]) -> str:
    seat, between = found.groups()
    if not all(map(unicodedata.combining, between)):
        return found.group()
    return _SEATED_HAMZAS[seat] + found.group()[1:]


def _rows(*written: Mapping[str, str]) -> dict[str, str]:
    """Return one entry a character for rows whose keys are classes of characters."""
    return {
        character: folded
        for rows in written
        for characters, folded in rows.items()
        for character in characters_of(characters)
    }


_DIGITS = {chr(0x660 + digit) + chr(0x6F0 + digit): str(digit) for digit in range(10)}
_MARKS_ROWS = _rows(_SAME_AT_MARKS, _DIGITS, {seated: seated for seated in _SEATED_HAMZAS.values()})

TABLES: dict[Level, FoldTable] = {
    "marks": FoldTable(_MARKS_ROWS),
    "letters": FoldTable(_MARKS_ROWS | _rows(_SAME_AT_LETTERS)),
}

# For names, which are taken apart beforehand: marks of other scripts tell names apart and stay.
NAME_TABLE = str.maketrans(
    _MARKS_ROWS | _rows(_SAME_AT_LETTERS) | dict.fromkeys(characters_of(_DELETED), "")
)
