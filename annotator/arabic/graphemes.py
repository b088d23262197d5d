"""What a reader takes for one character: extended grapheme clusters (UAX #29, rules GB3–GB13).

The properties of characters come from uniseg; the rules are written here because a span's end is
asked for one place at a time, and uniseg walks the whole text. Nothing here knows labels.
"""

from collections.abc import Iterator

from annotator.arabic.characters import ARABIC_LETTERS, ARABIC_MARKS, DIGITS, characters_of

# What a character does at a boundary, one bit each. Ordinary letters have none.
_CR, _LF, _CONTROL, _EXTEND, _ZWJ, _SPACING, _PREPEND, _REGIONAL = (1 << bit for bit in range(8))
_L, _V, _T, _LV, _LVT = (1 << bit for bit in range(8, 13))
_PICTOGRAPH, _CONSONANT, _LINKER, _CONJUNCT_EXTEND = (1 << bit for bit in range(13, 17))

_BREAKING = _CR | _LF | _CONTROL
_JOINS_BACK = _EXTEND | _ZWJ | _SPACING
_LOOKS_BACK = _PICTOGRAPH | _CONSONANT | _REGIONAL

_BITS_OF_BREAK = {
    "Other": 0,
    "CR": _CR,
    "LF": _LF,
    "Control": _CONTROL,
    "Extend": _EXTEND,
    "ZWJ": _ZWJ,
    "SpacingMark": _SPACING,
    "Prepend": _PREPEND,
    "Regional_Indicator": _REGIONAL,
    "L": _L,
    "V": _V,
    "T": _T,
    "LV": _LV,
    "LVT": _LVT,
}
_BITS_OF_CONJUNCT = {
    "None": 0,
    "Consonant": _CONSONANT,
    "Linker": _LINKER,
    "Extend": _CONJUNCT_EXTEND,
}
# What most texts are made of, known without uniseg.
_ORDINARY = f" -~«»\u00a0،؛؟–—‘’“”…{DIGITS}{ARABIC_LETTERS}\u0640"
# Parts of a Hangul syllable and what continues it (GB6, GB7, GB8).
_HANGUL = (
    (_L, _L | _V | _LV | _LVT),
    (_LV | _V, _V | _T),
    (_LVT | _T, _T),
)


class _Bits(dict[str, int]):
    """The bits of each character, looked up in uniseg when an unknown one is met."""

    def __missing__(self, character: str) -> int:
        """Look up, and keep, the bits of `character`."""
        bits = self[character] = _looked_up(character)
        return bits


def _looked_up(character: str) -> int:
    """Return the bits of `character` as uniseg's tables have them."""
    # Its tables take a tenth of a second to load, which most texts can do without.
    from uniseg.derived import indic_conjunct_break
    from uniseg.emoji import extended_pictographic
    from uniseg.graphemecluster import grapheme_cluster_break

    bits = _BITS_OF_BREAK[grapheme_cluster_break(character).value]
    bits |= _BITS_OF_CONJUNCT[indic_conjunct_break(character).value]
    return bits | (_PICTOGRAPH if extended_pictographic(character) else 0)


_bits = _Bits(dict.fromkeys(characters_of(_ORDINARY), 0))
_bits.update(dict.fromkeys(characters_of(ARABIC_MARKS), _EXTEND | _CONJUNCT_EXTEND))
_bits["\n"] = _LF


def is_boundary(text: str, offset: int) -> bool:
    """Return whether `offset` lies between two graphemes of `text`; its two ends always do.

    Looks back only as far as one grapheme reaches.

    >>> is_boundary("كتابٌ", 4), is_boundary("كتابٌ", 3)
    (False, True)
    """
    if not 0 < offset < len(text):
        return True
    before, after = _bits[text[offset - 1]], _bits[text[offset]]
    return not before | after or _is_break(text, offset, before, after, 0)


def snap_outward(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the smallest range of whole graphemes that holds `[start, end)`.

    >>> snap_outward("سعيدًا", 2, 4)
    (2, 5)
    """
    while not is_boundary(text, start):
        start -= 1
    while not is_boundary(text, end):
        end += 1
    return start, end


def graphemes(text: str) -> Iterator[tuple[int, int]]:
    """Yield `(start, end)` of each grapheme of `text`, in order.

    >>> list(graphemes("مُدّ"))
    [(0, 2), (2, 4)]
    """
    start = before = 0
    for offset, character in enumerate(text):
        after = _bits[character]
        if offset and (not before | after or _is_break(text, offset, before, after, start)):
            yield start, offset
            start = offset
        before = after
    if text:
        yield start, len(text)


def _is_break(text: str, offset: int, before: int, after: int, floor: int) -> bool:
    """Apply the rules between two characters; `floor` is a boundary before which not to look."""
    if (before | after) & _BREAKING:
        return not (before & _CR and after & _LF)
    if after & _JOINS_BACK or before & _PREPEND:
        return False
    if any(before & part and after & following for part, following in _HANGUL):
        return False
    if after & _LOOKS_BACK:
        return not _is_continued(text, offset, after, floor)
    return True


def _is_continued(text: str, offset: int, after: int, floor: int) -> bool:
    """Return whether what stands before `offset` reaches over it (GB9c, GB11, GB12, GB13)."""
    if after & _REGIONAL:
        return _run_before(text, offset, _REGIONAL, floor) % 2 == 1
    if after & _CONSONANT:
        return _is_conjunct(text, offset, floor)
    if not _bits[text[offset - 1]] & _ZWJ:
        return False
    pictograph = offset - 2 - _run_before(text, offset - 1, _EXTEND, floor)
    return pictograph >= floor and bool(_bits[text[pictograph]] & _PICTOGRAPH)


def _is_conjunct(text: str, offset: int, floor: int) -> bool:
    """Return whether a consonant and at least one linker stand before the one at `offset`."""
    joining = _run_before(text, offset, _LINKER | _CONJUNCT_EXTEND, floor)
    consonant = offset - joining - 1
    if consonant < floor or not _bits[text[consonant]] & _CONSONANT:
        return False
    return any(_bits[character] & _LINKER for character in text[consonant + 1 : offset])


def _run_before(text: str, offset: int, bits: int, floor: int) -> int:
    """Return how many characters with any of these `bits` stand directly before `offset`."""
    start = offset
    while start > floor and _bits[text[start - 1]] & bits:
        start -= 1
    return offset - start
