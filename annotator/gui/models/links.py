"""Shared names: which ones the entities of an article have, and which one fits best. Pure."""

from collections import Counter
from collections.abc import Iterable

from annotator.arabic.fold import fold
from annotator.core.model import Entity, Label
from annotator.gui.models.naming import quote_of


def names_for(labels: Iterable[Label], entity: Entity) -> list[str]:
    """Return the shared names of an article, those of the same words first, then the commonest."""
    words = _folded(entity)
    times: Counter[str] = Counter()
    same: Counter[str] = Counter()
    for label in labels:
        if isinstance(label, Entity) and label.link and label.uid != entity.uid:
            times[label.link] += 1
            same[label.link] += _folded(label) == words
    return sorted(times, key=lambda name: (-same[name], -times[name], name))


def likely_name(labels: Iterable[Label], entity: Entity) -> str:
    """Return the shared name that other mentions in the same words have, or ""."""
    words = _folded(entity)
    names: Counter[str] = Counter(
        label.link
        for label in labels
        if isinstance(label, Entity)
        and label.link
        and label.type == entity.type
        and _folded(label) == words
    )
    return names.most_common(1)[0][0] if names else ""


def _folded(entity: Entity) -> str:
    return fold(quote_of(entity), "letters")
