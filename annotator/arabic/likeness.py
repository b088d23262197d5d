"""How much bytes look like Arabic text in one encoding or another, where nothing says which.

Statistics over a sample; `decode` does the decoding.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator

from annotator.arabic.unseen import is_in_order_of_eye, turned

# Below this nothing that was measured was Arabic in its own encoding.
_PLAUSIBLE = 0.4

# charset-normalizer tries some ninety encodings on each byte it gets.
_ENOUGH_FOR_AN_OPINION = 1 << 13

# EBCDIC, which charset-normalizer sees in short texts of any kind.
_NO_FILES = ["cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140"]

# What each has to look better by than those before it: the rarer, the more. Code page 708, of DOS,
# has the letters of ISO 8859-6, and French ones and lines of boxes where that has nothing.
_ARABIC_ENCODINGS = {
    "cp1256": 0.0,
    "iso8859-6": 0.0,
    "mac-arabic": 0.05,
    "cp720": 0.05,
    "cp864": 0.1,
}

_ASCII = bytes(range(128))
# U+0080–009F but for NEL: a reading that gives them is another's code page.
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
_LETTER = "\u0621-\u063a\u0641-\u064a"
_LETTERS = re.compile(f"[{_LETTER}]")
_WORDS = re.compile(f"[{_LETTER}]+")
# Three letters of four in news text are among these.
_FREQUENT = re.compile("[الميتنورةبهىعدسفكقحجإأشط]")
# Words that every text of some length has, alone or behind و.
_USUAL = re.compile(
    f"(?<![{_LETTER}])(?:[وفبك]?ال[{_LETTER}]{{2}}|لل[{_LETTER}]{{2}}|و?(?:في|من|على|إلى|الى|أن|إن|مع"
    f"|قال|قالت|هذا|هذه|التي|الذي|كان|كانت|بعد|قبل|بين|منذ|حتى|كما|عند|كل|ذلك)(?![{_LETTER}]))"
)
# Fewer letters without such a word may be another script's.
_FEW_LETTERS = 60
_ARTICLES = re.compile(f"(?<![{_LETTER}])ال[{_LETTER}]")
# Final letters and tanwin within a word, symbols between letters, marks that stand on nothing,
# Latin letters glued to Arabic ones.
_MISPLACED = re.compile(
    f"[ةى\u064c\u064d](?=[{_LETTER}])|\u064b(?!ا)(?=[{_LETTER}])"
    f'|(?<=[{_LETTER}])[!"#$%&()*+<=>@\\[\\\\\\]^_`{{|}}~٪؛،؟](?=[{_LETTER}])'
    f"|(?<![{_LETTER}\u064b-\u0652])[\u064b-\u0652]"
    f"|[A-Za-zÀ-ÿ](?=[{_LETTER}])|(?<=[{_LETTER}])[A-Za-zÀ-ÿ]"
    f"|(?<=[{_LETTER}])[٠-٩](?=[{_LETTER}])"
)
# Letters of Persian, Urdu and Kurdish: few in any Arabic text, many in one that is misread.
_FOREIGN = re.compile("[\u0671-\u06d3]")
_SHAPES = [chr(code) for code in range(0xFE80, 0xFEFD)]
_JOINED = [c for c in _SHAPES if unicodedata.decomposition(c).startswith(("<initial>", "<medial>"))]
_JOINED_TO_NOTHING = re.compile(f"[{''.join(_JOINED)}](?![{''.join(_SHAPES)}])")
_NOT_ASCII = re.compile("[^\0-\x7f]")
_STRANGE = re.compile("[^\0-\x7f\u0600-\u06ff\ufe70-\ufefc«»“”‘’–—…•·°\u200c-\u200f]")


def candidates(sample: bytes) -> Iterator[tuple[str, int]]:
    """Yield codecs that may have written `sample`, likeliest first, each with a certainty 0–100.

    Where no Arabic encoding gives Arabic, charset-normalizer is asked for any other.
    """
    looks = {name: _look(sample, name) for name in _ARABIC_ENCODINGS}
    for name, look in sorted(looks.items(), key=lambda item: item[1], reverse=True):
        if look >= _PLAUSIBLE:
            rivals = (looks[rival] for rival in looks if not _same(sample, name, rival))
            yield name, _certainty(sample, name, look, max(rivals, default=-1.0))
    opinion = _second_opinion(sample)
    if opinion:
        yield opinion, 40


def is_nearly_utf8(sample: bytes) -> bool:
    """Return whether `sample` is UTF-8 but for a few damaged characters."""
    characters = sample.decode("utf-8", "replace")
    damaged = characters.count("\ufffd")
    return _count(_NOT_ASCII, characters) - damaged > 4 * damaged


def arabic_likeness(text: str) -> float:
    """Return how much `text` looks like Arabic prose: about 1.4 for news, −1 without Arabic.

    >>> right, wrong = "قال الرئيس الروسي", "ÞÇá ÇáÑÆíÓ ÇáÑæÓí"
    >>> arabic_likeness(right) > 1 > arabic_likeness(wrong)
    True
    """
    if is_in_order_of_eye(text):
        text = turned(text)
    n_loose, n_strange = _count(_JOINED_TO_NOTHING, text), _count(_STRANGE, text)
    n_not_ascii = _count(_NOT_ASCII, text)
    # Code page 864 holds the shapes of letters rather than letters.
    text = unicodedata.normalize("NFKC", text)
    n_letters = _count(_LETTERS, text)
    if not n_letters:
        return -1.0
    articles = _count(_ARTICLES, text) / _count(_WORDS, text)
    likeness = _count(_FREQUENT, text) / n_letters + 2 * min(articles, 0.3)
    likeness -= 4 * (_count(_MISPLACED, text) + n_loose) / n_letters
    likeness -= 2 * _count(_FOREIGN, text) / n_letters
    return likeness - 4 * n_strange / n_not_ascii


def _count(pattern: re.Pattern[str], text: str) -> int:
    return len(pattern.findall(text))


def _look(sample: bytes, encoding: str) -> float:
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    if _CONTROLS.search(text) or (encoding == "mac-arabic" and _has_no_break_spaces(sample)):
        return -1.0
    return arabic_likeness(text) - _ARABIC_ENCODINGS[encoding]


def _has_no_break_spaces(sample: bytes) -> bool:
    """Whether the byte A0 stands for a few no-break spaces, as in ISO 8859-6.

    On a Mac it is the usual blank between Arabic words.
    """
    return 0 < sample.count(b"\xa0") < sample.count(b" ")


def _same(sample: bytes, encoding: str, rival: str) -> bool:
    return sample.decode(encoding, "replace") == sample.decode(rival, "replace")


def _certainty(sample: bytes, encoding: str, look: float, rival_look: float) -> int:
    """Turn a look, and the next best look of another text, into 0–100.

    A handful of different letters proves little, and so do letters that make no usual word.
    """
    n_letters = len(set(sample.translate(None, _ASCII)))
    certainty = round(90 * min(1.0, look, 0.5 + look - rival_look, n_letters / 9))
    if not _is_borne_out(sample.decode(encoding, "replace")):
        return max(0, min(certainty, 60))
    if certainty >= 80 or _second_opinion(sample) != encoding:
        return max(0, certainty)
    return min(90, certainty + 25)


def _is_borne_out(text: str) -> bool:
    """Whether a reading is long, or has words that Arabic is never without for long."""
    text = unicodedata.normalize("NFKC", turned(text) if is_in_order_of_eye(text) else text)
    return _count(_LETTERS, text) >= _FEW_LETTERS or _USUAL.search(text) is not None


def _second_opinion(sample: bytes) -> str | None:
    """Return what charset-normalizer takes `sample` for."""
    from charset_normalizer import from_bytes  # slow to load, and seldom needed

    few = sample[:_ENOUGH_FOR_AN_OPINION]
    best = from_bytes(few, cp_exclusion=_NO_FILES).best()
    return codecs.lookup(best.encoding).name if best else None
