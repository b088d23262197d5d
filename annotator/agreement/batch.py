"""What is compared: some articles with all their readings, as columns.

Articles and readings are numbered within the batch; annotators, types and other names are numbers
that the caller gave. Offsets are code points.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np

from annotator.agreement.arrays import Flags, Ints
from annotator.agreement.texts import AS_STORED, Trim


def _none() -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Placed:
    """Labels that lie in the text: entities, or triggers of events. `shape` is 0 without gaps."""

    reading: Ints = field(default_factory=_none)
    start: Ints = field(default_factory=_none)
    end: Ints = field(default_factory=_none)
    shape: Ints = field(default_factory=_none)
    label: Ints = field(default_factory=_none)
    row: Ints = field(default_factory=_none)

    def taken(self, which: Flags) -> "Placed":
        """Return the labels at `which`."""
        return Placed(*(getattr(self, name)[which] for name in Placed.__slots__))


@dataclass(frozen=True, slots=True)
class Filled:
    """Arguments: `event` is the row of its event, `label` the role, `[start, end)` the filler's."""

    event: Ints = field(default_factory=_none)
    label: Ints = field(default_factory=_none)
    start: Ints = field(default_factory=_none)
    end: Ints = field(default_factory=_none)


class Mention(msgspec.Struct, frozen=True):
    """A label that a stance or a relation points to: its reading, where it lies, its link."""

    reading: int
    uid: str
    start: int
    end: int
    link: str = ""


class Statement(msgspec.Struct, frozen=True):
    """A stance: who (`author` or the uid of a mention) says what value of which target.

    `target` is a topic's id, or the uid of a mention where `target_kind` is not `topic`.
    """

    reading: int
    uid: str
    holder: str
    target_kind: str
    target: str
    value: int
    voice: str
    topic: int
    evidence: tuple[tuple[int, int], ...] = ()


class Link(msgspec.Struct, frozen=True):
    """A relation of that type between two mentions, by their uids."""

    reading: int
    uid: str
    type: int
    source: str
    target: str
    is_symmetric: bool = False
    joins: bool = False
    """Whether it says that both are the same thing."""


@dataclass(frozen=True, slots=True)
class Given:
    """Answers: the value given to a question; one row for each of several values."""

    reading: Ints = field(default_factory=_none)
    question: Ints = field(default_factory=_none)
    value: Ints = field(default_factory=_none)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some articles with every reading of them that is compared.

    `texts` by article; `parts` are the stretches that count: article, start, end, in text order.
    Readings stand in the order of their article, and each annotator has one of an article.
    """

    texts: Sequence[str]
    parts: tuple[Ints, Ints, Ints]
    article: Ints
    annotator: Ints
    has_seen: Ints
    entities: Placed = field(default_factory=Placed)
    events: Placed = field(default_factory=Placed)
    arguments: Filled = field(default_factory=Filled)
    mentions: Sequence[Mention] = ()
    statements: Sequence[Statement] = ()
    links: Sequence[Link] = ()
    answers: Given = field(default_factory=Given)
    trim: Trim = AS_STORED

    @property
    def n_readings(self) -> int:
        """How many readings there are."""
        return len(self.article)

    def meetings(self) -> tuple[Ints, Ints]:
        """Return every two readings of one article, the earlier annotator first."""
        order = np.lexsort((self.annotator, self.article))
        article = self.article[order]
        after = np.searchsorted(article, article, "right")
        place = np.arange(len(order))
        first = np.repeat(place, after - place - 1)
        step = np.arange(len(first)) - np.repeat(
            np.cumsum(after - place - 1) - (after - place - 1), after - place - 1
        )
        return order[first], order[first + 1 + step]
