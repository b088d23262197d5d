"""`hashiya export`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.opened import Answering, answered
from annotator.cli.options import option, project_file
from annotator.cli.output import Output
from annotator.cli.values import Names, Number, OneOf, Shares
from annotator.cli.wronguse import WrongUse
from annotator.i18n import marked

if TYPE_CHECKING:
    from annotator.services.exporting import ExportReport
    from annotator.store.project import Project

STDOUT = "-"


@click.command(
    "export",
    cls=Command,
    saved="nothing",
    help=marked(
        "One layer a line. An existing file is replaced as a whole. Beside it stands a file with"
        " the types of the columns, for the libraries that load it."
    ),
)
@project_file()
@option(
    "--format",
    "format_",
    default="jsonl",
    metavar="FORMAT",
    about=marked("The format; jsonl unless said."),
)
@option(
    "-o",
    "--output",
    "to",
    required=True,
    metavar="PATH",
    about=marked("The file to write; - is stdout."),
)
@option(
    "--who",
    default="all",
    metavar="ANNOTATOR|gold|all",
    about=marked("Whose layers; all unless said."),
)
@option(
    "--status",
    type=OneOf(("any", "done")),
    default="any",
    about=marked("Layers of which status; any unless said."),
)
@option(
    "--articles", type=Names(), default=(), metavar="UID,…", about=marked("Only these articles.")
)
@option("--types", type=Names(), default=(), metavar="TYPE,…", about=marked("Only these types."))
@option("--annotatable", is_flag=True, about=marked("Only labels in regions that are labelled."))
@option(
    "--split",
    type=Shares(),
    default=(),
    metavar="80/10/10",
    about=marked("Share the articles out among train, validation and test."),
)
@option(
    "--seed",
    type=Number(),
    default=None,
    about=marked("The number that decides the shares; 0 unless said."),
)
@click.pass_obj
def export(output: Output, /, file: Path, to: str, seed: int | None, **choice: Any) -> int:  # noqa: ANN401
    """Export layers as JSONL."""
    from annotator.services import exporting

    _check(output, to, seed, choice["split"])
    destination = None if to == STDOUT else Path(to)
    title = output.language.text(marked("Exporting"))
    choice["format"] = choice.pop("format_")

    def answer(project: "Project", answering: Answering) -> None:
        stream = answering.through(sys.stdout.buffer) if destination is None else None
        with output.progress(title) as progress:
            report = exporting.export(
                project, destination, stream=stream, seed=seed or 0, progress=progress, **choice
            )
        _tell(answering.output, report, to)

    return answered(output, file, answer)


def _check(output: Output, to: str, seed: int | None, split: tuple[int, ...]) -> None:
    if to == STDOUT and output.as_json:
        raise WrongUse(marked("The rows take up stdout, so --json needs -o PATH."))
    if to == STDOUT and split:
        raise WrongUse(marked("--split writes several files, so it needs -o PATH."))
    if seed is not None and not split:
        raise WrongUse(marked("--seed needs --split."))


def _tell(output: Output, report: "ExportReport", to: str) -> None:
    language = output.language
    told: dict[str, Any] = {
        "rows": report.rows,
        "path": to,
        "paths": [str(path) for path in report.paths],
        "losses": [{"what": what, "n": n} for what, n in report.losses],
        "left_out": {"not_done": 0, **report.left_out},
    }
    output.answer(told)
    if not report.rows:
        output.remark(language.text(marked("No layer is as asked for, so no row was exported.")))
    if output.as_json:
        return
    say = output.remark if to == STDOUT else output.say
    for line in _lines(output, report):
        say(line)


def _lines(output: Output, report: "ExportReport") -> list[str]:
    from annotator.services.wording import word

    language = output.language
    lines = []
    if report.rows and report.paths:
        rows = language.plural("{n} row", "{n} rows", report.rows)
        paths = language.listed(language.quoted(str(path)) for path in report.paths)
        lines.append(language.text(marked("Exported: {rows}, to {paths}."), rows=rows, paths=paths))
    for said, counted in (
        (marked("The format cannot hold: {what} ({n})."), report.losses),
        (marked("Left out: {what} ({n})."), report.left_out.items()),
    ):
        lines += [language.text(said, what=word(what, language), n=n) for what, n in counted if n]
    return lines
