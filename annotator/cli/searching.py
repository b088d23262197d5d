"""`hashiya search`: where words stand in the articles, with the text around them."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.opened import Answering, answered
from annotator.cli.options import argument, option, project_file
from annotator.cli.output import Output, json_line
from annotator.cli.values import Number, OneOf
from annotator.cli.wronguse import WrongUse
from annotator.core.model import ROLES, STATUSES
from annotator.i18n import marked
from annotator.services.searchingfilters import ANNOTATABLE

if TYPE_CHECKING:
    from annotator.arabic.foldtable import Level
    from annotator.services.searching import Found, Pattern, Query, Where
    from annotator.store.project import Project

LEVELS = ("exact", "marks", "letters")
_SHOWN = 24
"""Code points of context in a line for people."""

folding = option(
    "--fold",
    type=OneOf(LEVELS),
    default=None,
    about=marked("How far spellings are one: to the letter, without marks, or letters joined too."),
)
clitics = option(
    "--clitics/--no-clitics",
    "with_clitics",
    is_flag=True,
    default=True,
    about=marked(
        "Whether wa-, fa-, bi-, ka- and li- may stand before the first word, outside the hit."
    ),
)


@click.command(
    "search",
    cls=Command,
    help=marked("The query is text: whole words, in their order. Signs in it are never syntax."),
)
@project_file()
@argument("query", marked("What to look for."))
@folding
@clitics
@option(
    "--prefix",
    "is_prefix",
    is_flag=True,
    about=marked("The last word may be the beginning of one; the hit takes in all of that one."),
)
@option(
    "--regex",
    "is_pattern",
    is_flag=True,
    about=marked("The query is a regular expression over the text, or over its fold (--fold)."),
)
@option("--limit", type=Number(), default=50, about=marked("At most so many rows; 0 is all."))
@option(
    "--article", metavar="UID", default="", about=marked("Only this article: its uid or SHA-256.")
)
@option("--status", type=OneOf(STATUSES), default=None, about=marked("Only layers of this status."))
@option("--who", metavar="ANNOTATOR", default="", about=marked("Only what is this annotator's."))
@option("--source", default="", about=marked("Only articles whose source holds this."))
@option(
    "--region",
    type=OneOf((ANNOTATABLE, *ROLES)),
    default=None,
    about=marked("Only in regions of this role."),
)
@option("--type", metavar="TYPE", default="", about=marked("Only where a label has this type."))
@option(
    "--unlabelled-by",
    metavar="ANNOTATOR",
    default="",
    about=marked("Only where this annotator has no entity and no trigger."),
)
@option("--jsonl", is_flag=True, about=marked("Print one JSON object a row."))
@click.pass_obj
def search(output: Output, /, file: Path, limit: int, jsonl: bool, **given: Any) -> int:  # noqa: ANN401
    """Find words in the articles."""
    from annotator.services.searching import Where

    if jsonl and output.as_json:
        raise WrongUse(marked("Give either --json or --jsonl."))
    query = _query(**{name: given.pop(name) for name in _OF_QUERY})
    where = Where(**{name: value for name, value in given.items() if value})

    def answer(project: "Project", answering: Answering) -> None:
        _tell(project, answering, query, where, limit, jsonl)

    return answered(output, file, answer)


_OF_QUERY = ("query", "fold", "with_clitics", "is_prefix", "is_pattern")


def _query(
    query: str, fold: "Level | None", with_clitics: bool, is_prefix: bool, is_pattern: bool
) -> "Query | Pattern":
    from annotator.services.searching import Pattern, Query

    if is_pattern and is_prefix:
        raise WrongUse(marked("Give either --prefix or --regex."))
    if is_pattern:
        return Pattern(query, fold or "exact")
    return Query(query, fold or "letters", with_clitics, is_prefix)


def _tell(
    project: "Project",
    answering: Answering,
    query: "Query | Pattern",
    where: "Where",
    limit: int,
    jsonl: bool,
) -> None:
    from annotator.services import searching

    found = searching.hits(project, query, where, limit)
    if jsonl:
        for hit in found:
            answering.begin()
            sys.stdout.write(json_line(row_of(hit)) + "\n")
        return
    told = Told()
    if answering.output.as_json:
        rows = [row_of(hit) for hit in told.passing(found)]
        answering.output.answer({"hits": rows} | told.number(project, query, where, limit))
    else:
        _show(answering, told.passing(found))
        _say_n(answering.output, told.number(project, query, where, limit))


class Told:
    """The hits that were told, counted as they pass, so that none is looked for twice."""

    def __init__(self) -> None:
        """Begin with none."""
        self._n = 0
        self._last: Found | None = None

    def passing(self, found: Iterable["Found"]) -> Iterator["Found"]:
        """Yield what is `found`."""
        for self._last in found:
            self._n += 1
            yield self._last

    def number(
        self, project: "Project", query: "Query | Pattern", where: "Where", limit: int
    ) -> dict[str, int]:
        """Return `n`, or `n_at_least` where there are too many to be counted."""
        from annotator.services import searching

        so_far = searching.Counted(self._n, is_whole=self._n < limit or not limit)
        if self._last is not None and not so_far.is_whole:
            so_far = searching.Counted(self._n, self._last.place)
        counted = searching.count(project, query, where, so_far)
        is_exact = counted.is_whole and counted.n <= searching.COUNTED
        return {"n" if is_exact else "n_at_least": counted.n}


def row_of(hit: "Found") -> dict[str, Any]:
    """Return a hit as scripts get it."""
    return {
        "article": hit.article[:16],
        "start": hit.start,
        "end": hit.end,
        "quote": hit.quote,
        "left": hit.left,
        "right": hit.right,
    }


def in_context(left: str, quote: str, right: str) -> str:
    """Return a place as people read it: between brackets, in one line.

    >>> in_context("التقى ", "بوتين", " أمس")
    'التقى [بوتين] أمس'
    """
    return " ".join(f"{left[-_SHOWN:]}[{quote}]{right[:_SHOWN]}".split())


def _show(answering: Answering, found: Iterable["Found"]) -> None:
    from annotator.cli.tables import lines_of

    output = answering.output
    heads = (marked("Article"), marked("Place"), marked("Text"))
    for line in lines_of(
        [output.language.text(head) for head in heads], _cells(found), output.keeps_cells_apart
    ):
        answering.begin()
        output.show_row(line)


def _cells(found: Iterable["Found"]) -> Iterator[tuple[str, str, str]]:
    for hit in found:
        shown = in_context(hit.left, hit.quote, hit.right)
        yield hit.article[:16], f"{hit.start}–{hit.end}", shown


def _say_n(output: Output, counted: dict[str, int]) -> None:
    language = output.language
    if "n" in counted:
        output.remark(language.plural("{n} hit.", "{n} hits.", counted["n"]))
    else:
        said = marked("At least {n} hits.")
        output.remark(language.text(said, n=counted["n_at_least"]))
