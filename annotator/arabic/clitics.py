"""Where a word can be cut: conjunction, preposition and article in front, pronouns behind.

Every cut that the letters allow is a candidate; which one is meant is for the reader to say.
`ranked` orders the candidates by what the project's own words make likely. Offsets are code points
of the word as it is written, in NFC or NFD, vocalised or drawn out: marks and tatweel stay with
their letter. In `للاتحاد` the article is there without its alef: the stem is `لاتحاد`, or `اتحاد`
where the article is cut off too.
"""

from collections.abc import Iterator
from typing import NamedTuple

from annotator.arabic.cliticodds import Counts, odds_behind, odds_in_front
from annotator.arabic.fold import Folded, fold, folded
from annotator.arabic.graphemes import is_boundary, snap_outward

CONJUNCTIONS = "وف"
PREPOSITIONS = "بكل"
FUTURE = "س"
ARTICLE = "ال"
PRONOUNS = ("كما", "هما", "كم", "كن", "ها", "هم", "هن", "نا", "ني", "ك", "ه", "ي")
_LEFT_OVER = 2
"""Letters that a word keeps at least; but `له` and `به` are a preposition and a pronoun."""
_ONE_LETTER_STEMS = "لب"


class Cut(NamedTuple):
    """A place where a word may be cut: the offset, and the letters of the clitic it cuts off."""

    at: int
    clitic: str


class Stem(NamedTuple):
    """What may be meant as the word itself: `[start, end)` of it, and how likely against no cut.

    `odds` is the logarithm of the odds; 0 for the word as it is written.
    """

    start: int
    end: int
    odds: float


def front_candidates(word: str) -> list[Cut]:
    """Return every cut in front, from the first to the last.

    >>> [tuple(cut) for cut in front_candidates("وللاتحاد")]
    [(1, 'و'), (2, 'ل'), (3, 'ال')]
    """
    view = folded(word, "marks")
    found = ((_beginning_at(view, at), clitic) for at, clitic in _cuts_in_front(view.text))
    return [Cut(at, clitic) for at, clitic in found if at]


def behind_candidates(word: str) -> list[Cut]:
    """Return every cut behind, from the longest pronoun to the shortest.

    >>> [tuple(cut) for cut in behind_candidates("كِتابهُما")]
    [(5, 'هما')]
    """
    view = folded(word, "marks")
    found = ((_ending_at(view, at), clitic) for at, clitic in _cuts_behind(view.text))
    return [Cut(at, clitic) for at, clitic in found if at]


def cuts_in_front(word: str) -> list[int]:
    """Return the offsets at which `word` may begin, its own beginning first.

    >>> cuts_in_front("وبالكرملين"), cuts_in_front("للاتحاد"), cuts_in_front("في")
    ([0, 1, 2, 4], [0, 1, 2], [0])
    """
    return [0, *sorted({cut.at for cut in front_candidates(word)})]


def cuts_behind(word: str) -> list[int]:
    """Return the offsets at which `word` may end, its own end first.

    >>> cuts_behind("كتابهما"), cuts_behind("له")
    ([7, 4], [2, 1])
    """
    return [len(word), *sorted({cut.at for cut in behind_candidates(word)})]


def ranked(word: str, counts: Counts) -> list[Stem]:
    """Return what may be the stem of `word`, the likeliest first; the whole word is among them.

    >>> from collections import Counter
    >>> counts = Counter({"بوتين": 9}).__getitem__
    >>> [(one.start, one.end) for one in ranked("وبوتين", counts)]
    [(1, 6), (2, 6), (0, 6)]
    """
    view = folded(word, "marks")
    letters = fold(view.text, "letters")
    front, behind = list(_cuts_in_front(view.text)), list(_cuts_behind(view.text))
    stems = []
    for at, odds in odds_in_front(letters, front, counts).items():
        start = _beginning_at(view, at) if at else 0
        if at and not start:
            continue
        for until, more in odds_behind(letters, behind, at, counts).items():
            end = _ending_at(view, until) if until < len(letters) else len(word)
            if end > start:
                stems.append(Stem(start, end, odds + more))
    return sorted(stems, key=lambda stem: (-stem.odds, stem.start, -stem.end))


def guess(word: str, counts: Counts) -> tuple[int, int]:
    """Return `(start, end)` of the likeliest stem of `word`; the whole word where none is likely.

    Never for a label's sake alone: what was labelled stays as it was labelled.

    >>> from collections import Counter
    >>> counts = Counter({"بوتين": 9}).__getitem__
    >>> guess("وبوتين", counts), guess("بوتين", counts)
    ((1, 6), (0, 5))
    """
    best = ranked(word, counts)[:1]
    return (best[0].start, best[0].end) if best else (0, len(word))


def without_front(word: str, counts: Counts) -> str:
    """Return `word` without what is likelier a clitic in front than a part of it, else nothing.

    The article stays, and has its alef again where it was not written. Marks in front of what is
    left go with the clitic.

    >>> from collections import Counter
    >>> counts = Counter({"بوتين": 9, "الاتحاد": 9, "لجنه": 9}).__getitem__
    >>> [without_front(word, counts) for word in ("وبوتين", "للاتحاد", "للجنة", "بوتين")]
    ['بوتين', 'الاتحاد', 'لجنة', '']
    """
    view = folded(word, "marks")
    letters = fold(view.text, "letters")
    odds = odds_in_front(letters, list(_cuts_in_front(view.text)), counts)
    cuts = [at for at, clitic in _cuts_in_front(view.text) if clitic != ARTICLE and odds[at] > 0]
    best = max(cuts, key=lambda at: odds[at], default=0)
    start = _beginning_at(view, best) if best else 0
    if not start:
        return ""
    if view.text[best - 1 : best + 1] != "لل":
        return word[start:]
    written = [before + word[start:] for before in ("ا", "", "ال")]
    return max(written, key=lambda one: counts(fold(one)))


# --- on the folded word ---------------------------------------------------------------------------


def _cuts_in_front(word: str) -> Iterator[tuple[int, str]]:
    """Yield the cuts of a folded word, each behind the one before it."""
    at = 0
    for letters in (CONJUNCTIONS, PREPOSITIONS + FUTURE):
        if word[at : at + 1] and word[at] in letters and _is_stem(word[at + 1 :]):
            yield at + 1, word[at]
            at += 1
    is_without_alef = at > 0 and word[at - 1 : at + 1] == "لل"
    length = 1 if is_without_alef else len(ARTICLE)
    if (is_without_alef or word.startswith(ARTICLE, at)) and _is_stem(word[at + length :]):
        yield at + length, ARTICLE


def _cuts_behind(word: str) -> Iterator[tuple[int, str]]:
    for pronoun in PRONOUNS:
        stem = word.removesuffix(pronoun)
        if stem != word and (_is_stem(stem) or (len(stem) == 1 and stem in _ONE_LETTER_STEMS)):
            yield len(stem), pronoun


def _is_stem(letters: str) -> bool:
    return len(letters) >= _LEFT_OVER and letters.isalpha()


# --- back to the word as it is written ------------------------------------------------------------


def _beginning_at(view: Folded, at: int) -> int:
    """Return where the stem that begins at `at` of the folded word begins; 0 for nowhere.

    One character may be two letters, as the lam and alef of old fonts: it cannot be cut.
    """
    start = view.map.from_units(at)
    is_there = view.to_folded(start) == at and is_boundary(view.original, start)
    return start if is_there else 0


def _ending_at(view: Folded, at: int) -> int:
    """Return where the stem that ends at `at` of the folded word ends; 0 for nowhere."""
    _, end = snap_outward(view.original, 0, view.to_original(0, at)[1])
    return end if view.to_folded(end) == at and end < len(view.original) else 0
