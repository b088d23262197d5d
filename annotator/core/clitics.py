"""Labels and the label schema's clitic policy: what breaks it, and how such a label would keep it.

Entities and event triggers are looked at; evidence of a stance is a passage. What the article's own
words say decides, so that a label is a problem in every file of a team or in none.
"""

from annotator.arabic import cliticpolicy
from annotator.core.model import Attributes, Entity, Event, Extent, Label, extent_at, replace

INSIDE, OUTSIDE = "clitic_inside", "clitic_outside"
"""Problems: attached letters stand in a label, or beside it, against the label schema."""
RIGHT = "_clitics"
"""The attribute with which a person says that such letters are right as they are; its value is
these letters, so that it says nothing of others. No attribute of a label schema begins so."""


def fault_of(policy: str, text: str, label: Label) -> tuple[str, str] | None:
    """Return why `label`, whose spans lie in `text`, breaks `policy`, with the letters; or None."""
    if not isinstance(label, Entity | Event):
        return None
    letters = _letters(policy, text, label)
    if not letters or (RIGHT, letters) in label.attributes:
        return None
    return (OUTSIDE if policy == cliticpolicy.INCLUDE else INSIDE), letters


def _letters(policy: str, text: str, label: Entity | Event) -> str:
    """Return the letters by which `label` breaks `policy`, "" where it keeps to it."""
    letters: list[str] = []
    for (start, end, _), (first, last) in zip(
        label.extent, _places(policy, text, label.extent), strict=True
    ):
        edges = (start, first), (last, end)
        letters += [text[min(edge) : max(edge)] for edge in edges if edge[0] != edge[1]]
    return " ".join(letters)


def said_right(policy: str, text: str, label: Label) -> Label:
    """Return `label` as one whose letters a person finds right; itself where it keeps to `policy`.

    What was said of other letters before goes.
    """
    if not isinstance(label, Entity | Event):
        return label
    letters = _letters(policy, text, label)
    if not letters:
        return label
    return replace(label, attributes=tuple(sorted((*others(label.attributes), (RIGHT, letters)))))


def others(attributes: Attributes) -> Attributes:
    """Return the attributes that the label schema knows about."""
    return tuple(pair for pair in attributes if pair[0] != RIGHT)


def mended(policy: str, text: str, label: Label) -> Label:
    """Return `label` as it keeps to `policy`: a head goes no further than the label.

    What was said to be right counts no longer.
    """
    if not isinstance(label, Entity | Event):
        return label
    places = _apart(_places(policy, text, label.extent))
    extent, kept = extent_at(text, places), others(label.attributes)
    if isinstance(label, Entity) and label.head:
        head = _within(label.head, extent, text)
        return replace(label, extent=extent, attributes=kept, head=head)
    return replace(label, extent=extent, attributes=kept)


def _places(policy: str, text: str, extent: Extent) -> list[tuple[int, int]]:
    return cliticpolicy.of_extent(policy, text, [(start, end) for start, end, _ in extent])


def _apart(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return `places`, which are in the order of the text, those that meet as one."""
    found: list[tuple[int, int]] = []
    for start, end in places:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _within(head: Extent, extent: Extent, text: str) -> Extent:
    """Return what of `head` lies in the hull of `extent`; nothing where none of it does."""
    start, end = max(head[0].start, extent[0].start), min(head[-1].end, extent[-1].end)
    return extent_at(text, [(start, end)]) if start < end else ()
