"""Texts, spans and names for property tests: what articles hold, and what hostile files hold."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from annotator.arabic.graphemes import graphemes

Span = tuple[int, int]

WORDS = [
    "بوتين", "وبوتين", "ترامب", "أوكرانيا", "ولأوكرانيا", "الكرملين", "لقاء", "لقائه", "إلى", "الي",
    "مستشفى", "مُستشفــى", "سعيدًا", "سعيداً", "هٰذا", "ٱلله", "مؤتمر", "مو\u0654تمر", "رئيس", "رييس",
    "بـ", "گاز", "پوتين", "یونی", "کتاب", "للسلطة", "د.", "ق.م", "می\u200cخواهم", "صلةاعتبر",
]  # fmt: skip
LATIN = ["CBS", "Witkoff", "café", "cafe\u0301", "É", "ß", "İ", "x", "ﬁ", "Ⅷ", "Путин", "λόγος"]
LETTERS = list("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىةٱپچڤگیکہھۀۓ")
MARKS = list(
    "\u064b\u064e\u0650\u0651\u0652\u0653\u0654\u0655\u0670\u0610\u06d6\u06df\u08f0\u0301\u0308\u05b4"
)
TATWEEL = ["\u0640", "\u0640\u0640"]
DIGITS = ["3", "2025", "٣", "٢٫٥", "۱۴۰۴", "3.5", "14/7", "²", "½", "３"]
PUNCTUATION = [
    *"،؛؟.:!\"'()«»“”…–-٪%/_|@#",
    "..",
    "...",
    "•",
    "https://aljazeera.net/أخبار",
    "a@b.iq",
]
EMOJI = [
    "😀", "👨\u200d👩\u200d👧\u200d👦", "🇪🇬", "🇪", "👍🏽", "❤\ufe0f",
    "1\ufe0f\u20e3", "\u200d", "🏴\U000e0067\U000e007f",
]  # fmt: skip
PREPENDED = list("\u0600\u0601\u0605\u06dd\u08e2")
BIDI = list("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = list("\u200b\u200c\u2060\u00ad\ufeff\ufffe\ufdd0")
SPACES = [" ", "  ", "\t", "\u00a0", "\u2009", "\u202f", "\u3000"]
LINE_ENDS = ["\n", "\n\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\v", "\f"]
CONTROLS = [chr(code) for code in [*range(1, 9), *range(14, 32), *range(127, 160)]]
SHAPES = ["ﻻ", "ﷲ", "ﷺ", "ﻣﺮﺣﺒﺎ", "ﹰ", "ﱞ", "ﹱ", "﷼", "Ａｂ", "！"]
OTHER_SCRIPTS = ["한국", "\u1112\u1161\u11ab", "क्षि", "が", "か\u3099", "中", "שָׁלוֹם"]

HOSTILE_NAMES = [
    "", " ", "x'); DROP TABLE articles;--", '"', "]", "`", "<b>وزير</b>", "=1+1", "＝1", "CON",
    "../../etc", "a/b", "a\\b", "%s", "{0}", "-rf", "null", "PЕR", "ali\u0301", "أ" * 200, "ً",
    "عـــلي", "عَلِي", "علي\n", "علي\u202eيلع", "\u200bعلي", "\ufeffعلي", "\u200cعلي",
    "می\u200cخواهم", "👩\u200d💻",
]  # fmt: skip

_USUAL = st.sampled_from([*WORDS, *LETTERS, " ", " ", " ", ".", "،"])
_RARE = st.sampled_from(
    [
        *LATIN, *MARKS, *TATWEEL, *DIGITS, *PUNCTUATION, *EMOJI, *PREPENDED, *BIDI, *INVISIBLE,
        *SPACES, *LINE_ENDS, *CONTROLS, *SHAPES, *OTHER_SCRIPTS,
    ]
)  # fmt: skip
_ANY_CHARACTER = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
_PIECES = st.one_of(_USUAL, st.sampled_from(MARKS), _RARE, _RARE, _ANY_CHARACTER)
_REFUSED = st.sampled_from(["\0", "\ud83d", "\ude00", "\ud83d\ude00", "\udfff"])

# Unicode's own encodings, which hold every text, with and without a byte order mark.
encodings = st.sampled_from(
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)


def texts(min_size: int = 0, max_size: int = 40) -> SearchStrategy[str]:
    """Texts that an article may hold, of so many code points."""
    return _joined(_PIECES, min_size, max_size)


def refused_texts(min_size: int = 0, max_size: int = 40) -> SearchStrategy[str]:
    """Any strings of Python: NUL and lone surrogates may occur among the rest."""
    return _joined(st.one_of(_PIECES, _REFUSED), min_size, max_size)


def news_texts(max_size: int = 200) -> SearchStrategy[str]:
    """Texts of nothing but what is usual in news."""
    return _joined(_USUAL, 0, max_size)


def names() -> SearchStrategy[str]:
    """Names of annotators, titles and files, harmless and hostile."""
    return st.one_of(st.sampled_from(WORDS), st.sampled_from(HOSTILE_NAMES), texts(max_size=90))


def spans_of(text: str) -> SearchStrategy[Span]:
    """Spans `(start, end)` of whole graphemes that are not all white space; nothing if none is."""
    ranges = list(graphemes(text))
    seen = [n for n, (start, end) in enumerate(ranges) if not text[start:end].isspace()]
    if not seen:
        return st.nothing()
    return st.sampled_from(seen).flatmap(
        lambda n: st.tuples(
            st.integers(0, n).map(lambda first: ranges[first][0]),
            st.integers(n, len(ranges) - 1).map(lambda last: ranges[last][1]),
        )
    )


def texts_with_span(max_size: int = 40) -> SearchStrategy[tuple[str, Span]]:
    """Texts together with one of their spans."""
    visible = texts(1, max_size).filter(lambda text: not text.isspace())
    return visible.flatmap(lambda text: st.tuples(st.just(text), spans_of(text)))


def _joined(pieces: SearchStrategy[str], min_size: int, max_size: int) -> SearchStrategy[str]:
    many = st.lists(pieces, min_size=min_size, max_size=max_size)
    return many.map(lambda parts: "".join(parts)[:max_size])
