"""What a format is, and what one of its units brings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

import msgspec

from annotator.core.errors import UserError
from annotator.core.model import Article, Label, Region

LONGEST_ARTICLE = 1_000_000
LONGEST_PARAGRAPH = 100_000


@dataclass(frozen=True, slots=True)
class Reading:
    """One annotator's reading of an article, as a file has it: uids are the file's own."""

    annotator: str
    name: str
    kind: str
    status: str
    suggestions: str
    labels: tuple[Label, ...]


class Unit(msgspec.Struct, frozen=True):
    """What import takes or refuses as a whole: a file of text, or a line of JSONL.

    `source` is the file's name without its folder; `line` counts from 1, 0 for a whole file.
    """

    source: str
    line: int
    article: Article | None = None
    text: str = ""
    encoding: str = ""
    regions: tuple[Region, ...] = ()
    reading: Reading | None = None
    trouble: UserError | None = None


class Format(Protocol):
    """A way to spell articles and labels; registered in `formats`."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""

    @property
    def suffix(self) -> str:
        """What its files end in, without the dot: also a name on the command line."""

    @property
    def reads(self) -> bool:
        """Whether import takes it."""

    @property
    def writes(self) -> bool:
        """Whether export makes it."""

    @property
    def unit(self) -> str:
        """What offsets count: code points, UTF-16 units …; empty where there are none."""

    @property
    def losses(self) -> tuple[str, ...]:
        """What it cannot hold, in words that are translated."""

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether a file with that name and those first bytes is one of ours."""

    def units(self, file: BinaryIO, name: str, encoding: str) -> Iterator[Unit]:
        """Yield the units of the open file called `name`, good and bad, in order."""
