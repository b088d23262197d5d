"""`hashiya consistency`: where names are labelled otherwise than elsewhere."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.opened import Answering, answered
from annotator.cli.options import option, project_file
from annotator.cli.output import Output, json_line
from annotator.cli.searching import in_context
from annotator.cli.values import Number, OneOf
from annotator.cli.wronguse import WrongUse
from annotator.i18n import Language, marked

if TYPE_CHECKING:
    from annotator.services.consistency import LookedAt, Place
    from annotator.store.project import Project

_ONLY = ("type", "unlabelled")
_WHAT = {
    "type": marked("{type}, elsewhere {others}"),
    "unlabelled": marked("no label, elsewhere {others}"),
}


@click.command(
    "consistency",
    cls=Command,
    help=marked(
        "A name that has several types, or that is labelled here and not there, however it is"
        " spelled. Looked at are layers that are started or done, and regions that are labelled."
    ),
)
@project_file()
@option(
    "--who",
    "--as",
    "who",
    metavar="ANNOTATOR",
    required=True,
    about=marked("Whose labels are looked at."),
)
@option(
    "--only",
    type=OneOf(_ONLY),
    default=None,
    about=marked("Only names of several types, or only places without a label."),
)
@option("--limit", type=Number(), default=0, about=marked("At most so many rows; 0 is all."))
@option("--jsonl", is_flag=True, about=marked("Print one JSON object a row."))
@click.pass_obj
def consistency(
    output: Output,
    /,
    file: Path,
    who: str,
    only: Any,  # noqa: ANN401
    limit: int,
    jsonl: bool,
) -> int:
    """List where names are labelled in different ways."""
    if jsonl and output.as_json:
        raise WrongUse(marked("Give either --json or --jsonl."))

    def answer(project: "Project", answering: Answering) -> None:
        from annotator.services import consistency
        from annotator.store.queries import known_annotator

        annotator = known_annotator(project, who)
        found = consistency.places(project, annotator, only, limit)

        def looked_at() -> "LookedAt":
            return consistency.looked_at(project, annotator)

        if jsonl:
            _tell_lines(answering, found)
        elif output.as_json:
            _answer(output, found, looked_at())
        elif not _show(answering, found):
            _say_none(output, only or "", looked_at())

    return answered(output, file, answer)


def _tell_lines(answering: Answering, found: Iterator["Place"]) -> None:
    for one in found:
        answering.begin()
        sys.stdout.write(json_line(_row(one)) + "\n")


def _answer(output: Output, found: Iterator["Place"], looked_at: "LookedAt") -> None:
    rows = [_row(one) for one in found]
    told = {"names": looked_at.names, "articles": looked_at.articles}
    output.answer({"places": rows, "n": len(rows), "looked_at": told})


def _say_none(output: Output, only: str, looked_at: "LookedAt") -> None:
    from annotator.services.consistency import none_told

    output.remark(none_told(output.language, only, looked_at))


def _row(one: "Place") -> dict[str, Any]:
    return {
        "what": one.what,
        "name": one.name,
        "article": one.article[:16],
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "left": one.left,
        "right": one.right,
        "uid": one.uid,
        "type": one.type,
        "meant": one.meant,
        "types": [{"type": type_, "n": n} for type_, n in one.types],
    }


def _show(answering: Answering, found: Iterator["Place"]) -> int:
    """Show the places as they are found; return how many there are."""
    from annotator.cli.tables import lines_of

    output, n = answering.output, 0
    heads = (marked("Article"), marked("Place"), marked("Label"), marked("Text"))
    head = [output.language.text(one) for one in heads]
    for line in lines_of(head, _cells(found, output.language), output.keeps_cells_apart):
        answering.begin()
        output.show_row(line)
        n += 1
    return n


def _cells(found: Iterable["Place"], language: Language) -> Iterator[tuple[str, ...]]:
    for one in found:
        others = [f"{type_} {n}" for type_, n in one.types if type_ != one.type]
        told = language.text(_WHAT[one.what], type=one.type, others=language.listed(others))
        shown = in_context(one.left, one.quote, one.right)
        yield one.article[:16], f"{one.start}–{one.end}", told, shown
