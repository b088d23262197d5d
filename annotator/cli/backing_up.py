"""`hashiya backups`: those that are kept of a file, which may be gone."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.options import option, project_file
from annotator.cli.output import Output
from annotator.i18n import Language, marked

if TYPE_CHECKING:
    from annotator.store.backing import Made
    from annotator.store.backupfolder import Backup


@click.command(
    "backups",
    cls=Command,
    saved="nothing",
    help=marked(
        "They lie in the data folder of this machine and are made before a merge, a change of many"
        " labels, a repair and a migration, and in the window when it opens, works and closes. The"
        " file itself may be gone."
    ),
)
@project_file()
@option("--now", is_flag=True, about=marked("Make one now, then list them."))
@click.pass_obj
def backups(output: Output, file: Path, now: bool) -> None:
    """List the backups of a project file."""
    from annotator.services import backing_up
    from annotator.store.project import Project

    made = None
    if now:
        with Project.open(file) as project:
            made = backing_up.back_up(project, "asked")
    found = backing_up.backups_of(file)
    told: dict[str, Any] = {"backups": [as_map(one) for one in found]}
    if made is not None:
        told |= {"made": made.is_new, "number": made.backup.number}
    output.answer(told)
    if not output.as_json:
        _show(output, found, made)


def as_map(backup: "Backup") -> dict[str, Any]:
    """Return a backup as `--json` tells of it."""
    facts = backup.facts
    return {
        "number": backup.number,
        "at": facts.at,
        "reason": facts.reason,
        "articles": facts.n_articles,
        "labels": facts.n_labels,
        "operations": facts.n_operations,
        "bytes": backup.size,
        "name": facts.name,
        "path": str(backup.path),
    }


_HEAD = (
    marked("Number"),
    marked("Time (UTC)"),
    marked("Articles"),
    marked("Labels"),
    marked("Operations"),
    marked("Size"),
    marked("Why"),
)


def _show(output: Output, found: list["Backup"], made: "Made | None") -> None:
    from annotator.cli.tables import lines_of

    language = output.language
    if made is not None:
        said = marked("Backup {number} is made.")
        if not made.is_new:
            said = marked("Nothing has changed since backup {number}, so none was made.")
        output.say(language.text(said, number=made.backup.number))
    head = [language.text(one) for one in _HEAD]
    for line in lines_of(head, (_row(one, language) for one in found), output.keeps_cells_apart):
        output.show_row(line)
    if not found:
        output.remark(language.text(marked("There is nothing to list.")))


def _row(backup: "Backup", language: Language) -> tuple[object, ...]:
    from annotator.services.restoringwords import reason_of, size_of

    facts = backup.facts
    counts = (f"{n:,}" for n in (facts.n_articles, facts.n_labels, facts.n_operations))
    return backup.number, facts.at, *counts, size_of(backup), reason_of(backup, language)
