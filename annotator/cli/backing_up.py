"""`hashiya backups`: those that are kept of a file, which may be gone."""

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.options import option, project_file
from annotator.cli.output import Output
from annotator.cli.values import Number
from annotator.cli.wronguse import WrongUse
from annotator.i18n import Language, marked

if TYPE_CHECKING:
    from annotator.services.backing_up import Erased
    from annotator.store.backing import Made
    from annotator.store.backupfolder import Backup


@click.command(
    "backups",
    cls=Command,
    saved="nothing",
    help=marked(
        "They lie in the data folder of this machine and are made before a merge, a change of many"
        " labels, a repair and a migration, in the window when it opens, works and closes, and by a"
        " command that changed the file, at most every half hour. The file itself may be gone."
    ),
)
@project_file()
@option("--now", is_flag=True, about=marked("Make one now, then list them."))
@option("--erase", is_flag=True, about=marked("Remove them for good; needs --yes."))
@option(
    "--backup",
    "numbers",
    type=Number(),
    multiple=True,
    metavar="NUMBER",
    about=marked("Remove only the backup of this number; can be given several times."),
)
@option("--yes", is_flag=True, about=marked("Yes, remove them: nothing brings them back."))
@click.pass_obj
def backups(
    output: Output, file: Path, now: bool, erase: bool, numbers: tuple[int, ...], yes: bool
) -> None:
    """List the backups of a project file, or remove them."""
    from annotator.services import backing_up
    from annotator.store.project import Project

    if erase:
        if now or not yes:
            raise WrongUse(_ASKED_TWICE if now else _NOT_SURE)
        _tell_erased(output, backing_up.erase(file, numbers))
        return
    if numbers or yes:
        raise WrongUse(marked("--backup and --yes are for --erase."))
    made = None
    if now:
        with Project.open(file) as project:
            made = backing_up.back_up(project, "asked")
    found = backing_up.backups_of(file)
    moved = backing_up.backups_elsewhere(file)
    told: dict[str, Any] = {"backups": [as_map(one) for one in found]}
    told["elsewhere"] = [as_map(one) | {"place": str(one.elsewhere)} for one in moved]
    if made is not None:
        told |= {"made": made.is_new, "number": made.backup.number}
    output.answer(told)
    if not output.as_json:
        _show(output, found, made)
        for place, some in itertools.groupby(moved, lambda one: one.elsewhere):
            _show_elsewhere(output, str(place), list(some))


_NOT_SURE = marked("Nothing brings backups back: give --yes too to remove them.")
_ASKED_TWICE = marked("Give either --now or --erase.")


def _tell_erased(output: Output, done: "Erased") -> None:
    output.answer(
        {
            "erased": [number for number, _ in done.backups],
            "bytes": sum(size for _, size in done.backups),
            "records": [str(one) for one in done.records],
            "elsewhere": done.n_elsewhere,
        }
    )
    if output.as_json:
        return
    language = output.language
    output.say(language.text(marked("Backups removed for good: {n}."), n=len(done.backups)))
    for record in done.records:
        told = marked("What was done in it stays in the second record, “{path}”.")
        output.say(language.text(told, path=record))
    if done.n_elsewhere:
        told = marked("Backups from where the file stood before stay too: {n}.")
        output.say(language.text(told, n=done.n_elsewhere))


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


def _show_elsewhere(output: Output, place: str, found: list["Backup"]) -> None:
    language = output.language
    told = marked("Made where the file stood before, “{path}” (`hashiya restore FILE --from …`):")
    output.show(language.text(told, path=place))
    _show_rows(output, found)


def _show(output: Output, found: list["Backup"], made: "Made | None") -> None:
    language = output.language
    if made is not None:
        said = marked("Backup {number} is made.")
        if not made.is_new:
            said = marked("Nothing has changed since backup {number}, so none was made.")
        output.say(language.text(said, number=made.backup.number))
    _show_rows(output, found)
    if not found:
        output.remark(language.text(marked("There is nothing to list.")))


def _show_rows(output: Output, found: list["Backup"]) -> None:
    from annotator.cli.tables import lines_of

    language = output.language
    head = [language.text(one) for one in _HEAD]
    for line in lines_of(head, (_row(one, language) for one in found), output.keeps_cells_apart):
        output.show_row(line)


def _row(backup: "Backup", language: Language) -> tuple[object, ...]:
    from annotator.services.restoringwords import reason_of, size_of

    facts = backup.facts
    counts = (f"{n:,}" for n in (facts.n_articles, facts.n_labels, facts.n_operations))
    return backup.number, facts.at, *counts, size_of(backup), reason_of(backup, language)
