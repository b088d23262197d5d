"""What the page of search asks for: a query as it is typed, how it is meant, and its filters.

No Qt; searching is loaded where it is asked for.
"""

from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

if TYPE_CHECKING:
    from annotator.services.searching import Pattern, Query, Where

Level = Literal["exact", "marks", "letters"]
Order = Literal["", "date", "before", "after"]
WIDEST: Level = "letters"


class Asked(msgspec.Struct, frozen=True):
    """A query as it is typed, how it is meant, and which hits are wanted.

    `status`, `type` and `is_unlabelled` are about `who`, an annotator's uid. Without an `order` it
    is that of the articles.
    """

    text: str = ""
    level: Level = WIDEST
    with_clitics: bool = True
    is_prefix: bool = False
    is_pattern: bool = False
    who: str = ""
    status: str = ""
    source: str = ""
    region: str = ""
    type: str = ""
    is_unlabelled: bool = False
    order: Order = ""

    @property
    def has_filter(self) -> bool:
        """Whether hits are left out."""
        return bool(self.status or self.source or self.region or self.type or self.is_unlabelled)

    def query(self) -> "Query | Pattern":
        """Return what is looked for."""
        from annotator.services.searching import Pattern, Query

        if self.is_pattern:
            return Pattern(self.text, self.level)
        return Query(self.text, self.level, self.with_clitics, self.is_prefix)

    def where(self) -> "Where":
        """Return which hits are wanted."""
        from annotator.services.searching import Where

        return Where(
            status=self.status,
            who=self.who if self.status or self.type else "",
            source=self.source,
            region=self.region,
            type=self.type,
            unlabelled_by=self.who if self.is_unlabelled else "",
        )


def unfiltered(asked: Asked) -> Asked:
    """Return `asked` without its filters."""
    return replace(asked, status="", source="", region="", type="", is_unlabelled=False)
