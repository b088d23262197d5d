"""Which other mention could take the place of one that is removed. Pure."""

from collections.abc import Iterable

from annotator.arabic.fold import fold_name
from annotator.core.model import Entity, Label, hull


def heir_of(entity: Entity, labels: Iterable[Label]) -> Entity | None:
    """Return the nearest other mention of the same thing: the same link, or the same folded text.

    The type is the same too, so that it can be whatever `entity` was.
    """
    others = [
        other
        for other in labels
        if isinstance(other, Entity) and other.uid != entity.uid and _is_same(entity, other)
    ]
    start = hull(entity.extent)[0]
    return min(others, key=lambda one: (abs(hull(one.extent)[0] - start), one.uid), default=None)


def _is_same(entity: Entity, other: Entity) -> bool:
    if entity.type != other.type:
        return False
    has_link = bool(entity.link) and entity.link == other.link
    return has_link or _text(entity) == _text(other)


def _text(entity: Entity) -> str:
    return fold_name(" ".join(span.quote for span in entity.extent))
