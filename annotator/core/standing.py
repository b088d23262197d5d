"""Which labels stand and which are held: what the text and the other labels say, not the schema."""

from collections.abc import Iterable

from annotator.core.model import Entity, Event, Extent, Label, extent_of, points_to

NO_ARTICLE = "no_article"
SPAN_DIFFERS = "span_differs"
POINTS_TO_NOTHING = "points_to_nothing"


def told_apart(labels: Iterable[Label], text: str | None) -> tuple[list[Label], dict[str, str]]:
    """Return the labels of one layer that stand, and the uids of the held ones with the reason.

    A label stands when its article is there (`text`), its spans lie in it with their quotes, and
    what it points to stands.
    """
    held: dict[str, str] = {}
    standing: dict[str, Label] = {}
    for label in labels:
        reason = _own_reason(label, text)
        if reason:
            held[label.uid] = reason
        else:
            standing[label.uid] = label
    while fallen := [
        uid
        for uid, label in standing.items()
        if any(target not in standing for target in points_to(label))
    ]:
        for uid in fallen:
            held[uid] = POINTS_TO_NOTHING
            del standing[uid]
    return list(standing.values()), held


def _own_reason(label: Label, text: str | None) -> str:
    if text is None:
        return NO_ARTICLE
    extent, head = extent_of(label), getattr(label, "head", ())
    if not extent and isinstance(label, Entity | Event):
        return SPAN_DIFFERS
    return "" if _lies(extent, text) and _lies(head, text) else SPAN_DIFFERS


def _lies(extent: Extent, text: str) -> bool:
    """Whether the spans lie in `text` with their quotes, in order and apart."""
    last = -1
    for start, end, quote in extent:
        if not last < start < end <= len(text) or text[start:end] != quote:
            return False
        last = end
    return True
