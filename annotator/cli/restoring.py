"""`hashiya restore`: a project file made again from one of its backups."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.options import new_path, option, path
from annotator.cli.output import Output
from annotator.cli.values import Number
from annotator.cli.wronguse import WrongUse
from annotator.i18n import Language, marked

if TYPE_CHECKING:
    from annotator.services.restoring import Differences, RestoreReport


@click.command(
    "restore",
    cls=Command,
    saved="nothing",
    help=marked(
        "The newest backup is taken unless another is named, and what was done at this place since"
        " is put on top of it. In place, what the file says now is kept as a backup first."
    ),
)
@path("file", marked("The project file; it may be gone or damaged."))
@option(
    "--backup",
    "number",
    type=Number(),
    default=0,
    metavar="NUMBER",
    about=marked("The backup of this number, as `hashiya backups` lists them."),
)
@new_path(
    "-o",
    "to",
    metavar="NEW",
    about=marked("The new file to make."),
)
@option("--in-place", is_flag=True, about=marked("Replace the file itself."))
@option(
    "--as-it-was",
    is_flag=True,
    about=marked("Leave out what was done since: the file as it was when the backup was made."),
)
@new_path(
    "--from",
    "stood_at",
    metavar="OLD",
    about=marked("Where the file stood when the backup was made, before it was moved or renamed."),
)
@option("--dry-run", is_flag=True, about=marked("Only say what would be done."))
@click.pass_obj
def restore(
    output: Output,
    file: Path,
    number: int,
    to: Path | None,
    in_place: bool,
    as_it_was: bool,
    stood_at: Path | None,
    dry_run: bool,
) -> None:
    """Make a project file again from a backup."""
    from annotator.services import backing_up, restoring

    if not dry_run and in_place == (to is not None):
        raise WrongUse(marked("Give either -o with a new file, or --in-place."))
    backup = backing_up.backup_of(file, number, stood_at)
    title = output.language.text(marked("Restoring"))
    with output.progress(title) as progress:
        settings: dict[str, Any] = {"as_it_was": as_it_was, "progress": progress}
        if dry_run:
            found = restoring.preview(file, backup, **settings)
            _tell(output, {"backup": backup.number, "dry_run": True}, found, [])
            return
        if to is None:
            report = restoring.restore_in_place(file, backup, **settings)
        else:
            report = restoring.restore(file, to, backup, **settings)
    told = _as_map(report) | {"dry_run": False}
    _tell(output, told, report.differences, [*_lines(report, output.language)])


def _tell(
    output: Output, told: dict[str, Any], differences: "Differences", lines: list[str]
) -> None:
    from dataclasses import asdict

    from annotator.services.restoringwords import of_differences

    counts = asdict(differences)
    del counts["is_gone"]  # of a file that is gone nothing is counted
    output.answer(told | counts)
    if not output.as_json:
        for line in (*lines, *of_differences(differences, output.language)):
            output.say(line)


def _as_map(report: "RestoreReport") -> dict[str, Any]:
    return {
        "backup": report.backup.number,
        "path": str(report.path),
        "articles": report.articles,
        "labels": report.labels,
        "operations": report.operations,
        "since": report.since,
        "without_article": report.without_article,
        "altered": report.altered,
        "kept": str(report.kept or ""),
    }


def _lines(report: "RestoreReport", language: Language) -> Iterator[str]:
    from annotator.services.restoringwords import of_report

    yield language.text(
        marked("Restored from backup {number}: “{path}”."),
        number=report.backup.number,
        path=report.path,
    )
    yield from of_report(report, language)
    if report.kept:
        yield language.text(marked("What was there before is kept: {path}"), path=report.kept)
