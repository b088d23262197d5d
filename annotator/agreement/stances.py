"""Agreement on stances: which targets were seen, apart from which value they were given.

An item is a holder, a target and a voice in one article. Whose readings hold an item is one
question (F1 over items), which value those give that hold it another (alpha).
"""

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
    rows = [
        (article, annotator, statement.topic, item, statement.value)
        for article, annotator, item, statement in _rows(ready.batch)
    ]
    if not rows:
        return []
    article, annotator, topic, item, value = (ints(column) for column in zip(*rows, strict=True))
    return [statistics.cells(statistics.STANCES, article, (annotator, topic), (item, value))]


def _rows(batch: Batch) -> Iterator[tuple[int, int, int, Statement]]:
    """Yield article, annotator, number of the item and statement: one for each reading and item."""
    mentions, links = by_article(batch, batch.mentions), by_article(batch, batch.links)
    for article, found in by_article(batch, batch.statements).items():
        numbers: dict[Item, int] = {}
        said: set[tuple[int, Item]] = set()
        known = identities(batch.texts[article], mentions.get(article, ()), links.get(article, ()))
        for item, statement in items_of(batch, article, found, known):
            if (statement.reading, item) not in said:
                said.add((statement.reading, item))
                number = numbers.setdefault(item, len(numbers))
                yield article, int(batch.annotator[statement.reading]), number, statement


def items_of(
    batch: Batch, article: int, statements: Sequence[Statement], known: Identities
) -> list[tuple[Item, Statement]]:
    """Return the statements of an article, each with its item, in the order of readings.

    Evidence outside the parts that count leaves a statement out.
    """
    counted = [one for one in statements if _is_inside(batch, article, one)]
    return [(_item(one, known), one) for one in sorted(counted, key=lambda one: one.reading)]


def _item(statement: Statement, known: Identities) -> Item:
    def name(uid: str) -> str:
        return f"#{known.get((statement.reading, uid), uid)}"

    holder = AUTHOR if statement.holder == AUTHOR else name(statement.holder)
    is_topic = statement.target_kind == TOPIC
    return holder, statement.target if is_topic else name(statement.target), statement.voice


def _is_inside(batch: Batch, article: int, statement: Statement) -> bool:
    if not statement.evidence:
        return True
    start, end = (ints(column) for column in zip(*statement.evidence, strict=True))
    return bool(texts.within(start * 0 + article, start, end, batch.parts).all())
