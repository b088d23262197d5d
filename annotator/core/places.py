"""Whether spans and regions lie in a text as they say; what the label schema says is `checks`."""

from collections.abc import Iterable, Sequence

from annotator.arabic import graphemes
from annotator.core.errors import UserError
from annotator.core.model import (
    ROLES,
    Entity,
    Event,
    Extent,
    Label,
    Region,
    Stance,
    extent_of,
    hull,
)


def of_place(text: str, extent: Extent) -> UserError | None:
    """Return why `extent` cannot lie in `text`: place, order, quote or emptiness."""
    last = -1
    for start, end, quote in extent:
        if not 0 <= start <= end <= len(text):
            return UserError("out_of_text", start=start, end=end, length=len(text))
        under = text[start:end]
        if quote != under:
            return UserError("quote_differs", start=start, end=end, quote=quote, text=under)
        if not under or under.isspace():
            return UserError("empty_span", start=start, end=end)
        if start <= last:
            return UserError("bad_extent", start=start, end=end)
        last = end
    return None if extent else UserError("empty_span", start=0, end=0)


def of_extent(text: str, extent: Extent) -> UserError | None:
    """Return why `extent` may not be labelled: what `of_place` says, or a cut grapheme."""
    trouble = of_place(text, extent)
    if trouble:
        return trouble
    for start, end, _ in extent:
        for offset in (start, end):
            if not graphemes.is_boundary(text, offset):
                return UserError("inside_grapheme", start=start, end=end, offset=offset)
    return None


def of_regions(regions: Iterable[Region], length: int) -> UserError | None:
    """Return why `regions` are none of a text of `length` code points: order, place or role."""
    last = 0
    for start, end, role, _ in regions:
        if not last <= start < end <= length:
            return UserError("bad_regions", start=start, end=end, length=length)
        if role not in ROLES:
            return UserError("unknown_region_role", role=role)
        last = end
    return None


def of_text(text: str, label: Label) -> UserError | None:
    """Return why the spans of `label` may not be made in `text`."""
    extent = extent_of(label)
    if extent or not isinstance(label, Stance):
        trouble = of_extent(text, extent) if isinstance(label, Entity | Event | Stance) else None
        if trouble:
            return trouble
    if isinstance(label, Entity) and label.head:
        return of_extent(text, label.head) or _outside(label)
    return None


def _outside(label: Entity) -> UserError | None:
    start, end = hull(label.extent)
    first, last = hull(label.head)
    if len(label.head) > 1 or not (start <= first and last <= end):
        return UserError("bad_head", start=first, end=last)
    return None


def annotatable_parts(regions: Sequence[Region], roles: frozenset[str]) -> list[tuple[int, int]]:
    """Return the stretches in annotatable regions; neighbours that touch are one."""
    parts: list[tuple[int, int]] = []
    for start, end, role, _ in regions:
        if role not in roles:
            continue
        if parts and parts[-1][1] == start:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return parts
