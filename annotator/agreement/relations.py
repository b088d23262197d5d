"""Agreement on relations: the same two things, joined by a relation of the same type.

What two ends are is told as for stances; ends of a relation that says they are the same thing are
told by their places alone, or there would be nothing left to compare.
"""

from collections.abc import Iterator

from annotator.agreement import statistics
from annotator.agreement.arrays import ints
from annotator.agreement.batch import Batch, Link
from annotator.agreement.counting import Prepared
from annotator.agreement.identity import by_article, identities
from annotator.agreement.spans import AGREE, LABEL, MISSING, NONE
from annotator.agreement.statistics import Cells

Ends = tuple[bool, int, int]
"""Whether the relation joins, and the numbers of both ends; the smaller first where symmetric."""
RelationItem = tuple[Link | None, Link | None]
"""What two readings say of the same ends."""


def relation_cells(ready: Prepared) -> list[Cells]:
    """Return one cell for each two relations of the same ends, and each that one reading lacks."""
    annotator = ready.batch.annotator
    rows = []
    for article, one, other, pair in relation_items(ready):
        types = [NONE if link is None else link.type for link in pair]
        kind = AGREE if types[0] == types[1] else MISSING if NONE in types else LABEL
        rows.append((article, annotator[one], annotator[other], *types, kind << 6))
    if not rows:
        return []
    of, first, second, a, b, detail = (ints(column) for column in zip(*rows, strict=True))
    return [statistics.cells(statistics.RELATIONS, of, (first, second), (a, b), detail=detail)]


def relation_items(ready: Prepared) -> Iterator[tuple[int, int, int, RelationItem]]:
    """Yield article, both readings, and what they say of the same ends."""
    of_readings = _by_reading(ready.batch)
    if not of_readings:
        return
    for one, other in zip(*(side.tolist() for side in ready.meetings), strict=True):
        ours, theirs = of_readings.get(one, {}), of_readings.get(other, {})
        article = int(ready.batch.article[one])
        for ends in sorted(ours.keys() | theirs.keys()):
            for pair in _paired(ours.get(ends, {}), theirs.get(ends, {})):
                yield article, one, other, pair


def _paired(ours: dict[int, Link], theirs: dict[int, Link]) -> Iterator[RelationItem]:
    """Yield pairs of the same type, then of what is left in the order of types, then the rest."""
    same = ours.keys() & theirs.keys()
    for type_ in sorted(same):
        yield ours[type_], theirs[type_]
    left = [ours[type_] for type_ in sorted(ours.keys() - same)]
    right = [theirs[type_] for type_ in sorted(theirs.keys() - same)]
    yield from zip(left, right, strict=False)
    yield from ((link, None) for link in left[len(right) :])
    yield from ((None, link) for link in right[len(left) :])


def _by_reading(batch: Batch) -> dict[int, dict[Ends, dict[int, Link]]]:
    """Return the relations of each reading by their ends and types; twins fall together."""
    found: dict[int, dict[Ends, dict[int, Link]]] = {}
    mentions = by_article(batch, batch.mentions)
    for article, links in by_article(batch, batch.links).items():
        text, near = batch.texts[article], mentions.get(article, ())
        known = {
            True: identities(text, near, by_place=True),
            False: identities(text, near, links),
        }
        for link in links:
            numbers = known[link.joins]
            one, other = (
                numbers.get((link.reading, uid), -1) for uid in (link.source, link.target)
            )
            if link.is_symmetric:
                one, other = min(one, other), max(one, other)
            of_reading = found.setdefault(link.reading, {})
            of_reading.setdefault((link.joins, one, other), {}).setdefault(link.type, link)
    return found
