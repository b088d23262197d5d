"""Which labels stand and which are held: what the text and the other labels say, not the schema."""

from collections.abc import Iterable

from annotator.core.model import Entity, Event, Extent, Label, Stance, points_to

NO_ARTICLE = "no_article"
SPAN_DIFFERS = "span_differs"
POINTS_TO_NOTHING = "points_to_nothing"
_MENTIONS = (Entity, Event)


def told_apart(labels: Iterable[Label], text: str | None) -> tuple[list[Label], dict[str, str]]:
    """Return the labels of one layer that stand, and the uids of the held ones with the reason.

    A label stands when its article is there (`text`), its spans lie in it with their quotes, and
    what it points to stands.
    """
    held: dict[str, str] = {}
    standing: dict[str, Label] = {}
    pointing: dict[str, tuple[str, ...]] = {}
    for label in labels:
        uid = label.uid
        if text is None:
            held[uid] = NO_ARTICLE
        elif not _lies(label, text):
            held[uid] = SPAN_DIFFERS
        else:
            standing[uid] = label
            if not isinstance(label, _MENTIONS):
                pointing[uid] = points_to(label)
    while fallen := [
        uid for uid, targets in pointing.items() if not standing.keys() >= set(targets)
    ]:
        for uid in fallen:
            held[uid] = POINTS_TO_NOTHING
            del standing[uid], pointing[uid]
    return list(standing.values()), held


def _lies(label: Label, text: str) -> bool:
    """Whether all spans of a label, which has those that it must have, lie in `text`."""
    if isinstance(label, Entity):
        return _are_in(label.extent, text) and (not label.head or _are_in(label.head, text))
    if isinstance(label, Event):
        return _are_in(label.extent, text)
    return not isinstance(label, Stance) or not label.evidence or _are_in(label.evidence, text)


def _are_in(extent: Extent, text: str) -> bool:
    """Whether there are spans, and they lie in `text` with their quotes, in order and apart."""
    last = -1
    for start, end, quote in extent:
        if not last < start < end <= len(text) or text[start:end] != quote:
            return False
        last = end
    return last >= 0
