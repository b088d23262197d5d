"""Where an edge of a label goes next: through the cuts of its word, by letters and by words."""

from annotator.arabic.clitics import cuts_behind, cuts_in_front
from annotator.arabic.graphemes import is_boundary
from annotator.arabic.tokens import word_at, words

Place = tuple[int, int]


def cut_start(text: str, start: int, end: int) -> Place:
    """Return `[start, end)` with its beginning at the next cut of its first word, going round.

    >>> cut_start("قال وويتكوف", 4, 11), cut_start("قال وويتكوف", 5, 11)
    ((5, 11), (4, 11))
    """
    word = word_at(text, start)
    if word is None:
        return start, end
    cuts = [word[0] + cut for cut in cuts_in_front(text[slice(*word)]) if word[0] + cut < end]
    return _after(cuts, start), end


def cut_end(text: str, start: int, end: int) -> Place:
    """Return `[start, end)` with its end at the next cut of its last word, going round."""
    word = word_at(text, end - 1) if end else None
    if word is None:
        return start, end
    cuts = [word[0] + cut for cut in cuts_behind(text[slice(*word)]) if word[0] + cut > start]
    return start, _after(cuts, end)


def cut_at(text: str, start: int, end: int, *, at_start: bool) -> Place:
    """Return `[start, end)` with one of its edges at the next cut."""
    return (cut_start if at_start else cut_end)(text, start, end)


def _after(cuts: list[int], place: int) -> int:
    """Return the cut that follows `place`, or the first one."""
    if place not in cuts:
        return cuts[0] if cuts else place
    return cuts[(cuts.index(place) + 1) % len(cuts)]


def moved_by_letter(text: str, place: int, step: int) -> int:
    """Return the next place between graphemes after `place` (`step` 1) or before it (-1)."""
    place += step
    while 0 < place < len(text) and not is_boundary(text, place):
        place += step
    return min(max(place, 0), len(text))


def grown_at(text: str, start: int, end: int, *, at_start: bool) -> Place:
    """Return `[start, end)` with the neighbouring word of its paragraph taken in on one side."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    found = list(words(text[first : last if last >= 0 else len(text)]))
    places = [(one + first, other + first) for one, other in found]
    if at_start:
        return max((one for one, _ in places if one < start), default=start), end
    return start, min((other for _, other in places if other > end), default=end)
