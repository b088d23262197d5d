"""Agreement on stances: which targets were seen, apart from which value they were given.

An item is a holder, a target and a voice in one article. Whose readings hold an item is one
question (F1 over items), which value those give that hold it another (alpha).
"""

import operator
from collections.abc import Iterator, Sequence

from annotator.agreement import statistics, texts
from annotator.agreement.arrays import ints
from annotator.agreement.batch import Batch, Statement
from annotator.agreement.counting import Prepared
from annotator.agreement.identity import AUTHOR, Identities, by_article, identities
from annotator.agreement.statistics import Cells

TOPIC = "topic"
Item = tuple[str, str, str]
"""Holder, target and voice, each named so that the same has the same name."""


def stance_cells(ready: Prepared) -> list[Cells]:
    """Return one cell for each value that an annotator gave to an item.

    `first` is the annotator, `second` the topic (0 for a target in the text), `a` the item within
    the article, `b` the value.
    """
    rows = list(_rows(ready.batch))
    if not rows:
        return []
    article, reading, topic, item, value = (ints(column) for column in zip(*rows, strict=True))
    who = ready.batch.annotator.take(reading), topic
    return [statistics.cells(statistics.STANCES, article, who, (item, value))]


def _rows(batch: Batch) -> Iterator[tuple[int, int, int, int, int]]:
    """Yield article, reading, topic, number of the item and value: one a reading and item."""
    mentions, links = by_article(batch, batch.mentions), by_article(batch, batch.links)
    for article, found in by_article(batch, batch.statements).items():
        numbers: dict[Item, int] = {}
        said: set[tuple[int, int]] = set()
        near = mentions.get(article, ())
        known = identities(batch.texts[article], near, links.get(article, ())) if near else {}
        for item, one in items_of(batch, article, found, known):
            number = numbers.setdefault(item, len(numbers))
            if (one.reading, number) not in said:
                said.add((one.reading, number))
                yield article, one.reading, one.topic, number, one.value


def items_of(
    batch: Batch, article: int, statements: Sequence[Statement], known: Identities
) -> list[tuple[Item, Statement]]:
    """Return the statements of an article, each with its item, in the order of readings.

    Evidence outside the parts that count leaves a statement out.
    """
    counted = [one for one in statements if not one.evidence or _is_inside(batch, article, one)]
    counted.sort(key=_reading)
    return [(_item(one, known), one) for one in counted]


_reading = operator.attrgetter("reading")


def _item(statement: Statement, known: Identities) -> Item:
    holder, target = statement.holder, statement.target
    if holder != AUTHOR:
        holder = _name(statement, holder, known)
    if statement.target_kind != TOPIC:
        target = _name(statement, target, known)
    return holder, target, statement.voice


def _name(statement: Statement, uid: str, known: Identities) -> str:
    return f"#{known.get((statement.reading, uid), uid)}"


def _is_inside(batch: Batch, article: int, statement: Statement) -> bool:
    start, end = (ints(column) for column in zip(*statement.evidence, strict=True))
    return bool(texts.within(start * 0 + article, start, end, batch.parts).all())
