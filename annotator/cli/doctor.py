"""`hashiya doctor`: what is wrong with a project file, and a repaired copy of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.options import journals, new_path, option, project_file
from annotator.cli.output import DATA_AT_FAULT, DONE, Output
from annotator.cli.wronguse import WrongUse
from annotator.i18n import Language, marked

if TYPE_CHECKING:
    from annotator.services.doctoring import Repair
    from annotator.store.doctor import Examination
    from annotator.store.doctorfindings import Finding
    from annotator.store.otherjournals import OtherJournal
    from annotator.store.recovering import Recovery
    from annotator.store.remaking import Remade


@click.command(
    "doctor",
    cls=Command,
    saved="nothing",
    help=marked(
        "Every text and every operation is counted against its hash, and the history against the"
        " labels. The file stays as it is; a repair makes a copy. The exit code is 0 where the file"
        " is sound."
    ),
)
@project_file()
@option("--repair", is_flag=True, about=marked("Make a repaired copy where something is found."))
@new_path(
    "-o",
    "to",
    metavar="COPY",
    about=marked("The repaired copy to make."),
)
@journals()
@click.pass_obj
def doctor(
    output: Output, file: Path, repair: bool, to: Path | None, journals: tuple[str, ...]
) -> int:
    """Examine a project file."""
    from annotator.services import doctoring

    if journals and not repair:
        raise WrongUse(marked("--journals is for --repair."))
    if repair != (to is not None):
        raise WrongUse(marked("Give --repair and -o with a new file together."))
    title = output.language.text(marked("Examining"))
    with output.progress(title) as progress:
        if to is None:
            return _told(output, file, doctoring.examine(file, progress=progress))
        repaired = doctoring.repair(file, to, progress, journals)
    if repaired is None:
        return _sound(output, {"repaired": "", **_remarks(output, file)})
    return _told(output, file, repaired.before, repaired)


def _sound(output: Output, more: dict[str, Any]) -> int:
    told = {"sound": True, "readable": True, "findings": []}
    output.report(told | more, output.language.text(marked("The file is sound.")))
    return DONE


def _told(
    output: Output, file: Path, found: "Examination", repaired: "Repair | None" = None
) -> int:
    if found.is_sound:
        return _sound(output, _remarks(output, file))
    language = output.language
    told: dict[str, Any] = {
        "sound": False,
        "readable": found.is_readable,
        "findings": [_as_map(one, language) for one in found.findings],
    }
    told |= _remarks(output, file)
    if repaired is not None:
        told |= {"repaired": str(repaired.path), "copy": _of_copy(repaired)}
    n = sum(one.n for one in found.findings)
    message = language.plural("{n} finding", "{n} findings", n)
    output.answer_no("unsound", message, "" if repaired else "nothing", told)
    if not output.as_json:
        for one in told["findings"]:
            output.complain(f"{one['code']} {one['message']}")
        if repaired is not None:
            for line in _lines(repaired, language):
                output.say(line)
    return DATA_AT_FAULT


def _remarks(output: Output, file: Path) -> dict[str, Any]:
    """Say what is to be known of the place of a file: no finding, and no other exit code."""
    from annotator.services import places
    from annotator.services.wording import sentence

    found = [(one.code, sentence(one, output.language)) for one in places.remarks_at(file)]
    if not output.as_json:
        for _, said in found:
            output.remark(said)
    return {"remarks": [{"code": code, "message": said} for code, said in found]}


def _as_map(finding: "Finding", language: Language) -> dict[str, Any]:
    from annotator.services import doctorsentences

    return {
        "code": finding.code,
        "where": finding.where,
        "message": doctorsentences.message(finding, language),
        "repair": doctorsentences.repair(finding, language),
        "case": finding.why,
        "n": finding.n,
    }


def _of_copy(repaired: "Repair") -> dict[str, Any]:
    recovery = recovery_as_map(repaired.recovery)
    others = journals_as_map(repaired.journals)
    return {"sound": repaired.after.is_sound, **made_as_map(repaired.made), **recovery, **others}


def journals_as_map(found: "tuple[OtherJournal, ...]") -> dict[str, Any]:
    """Return what journals of other files have more, for `--json`."""
    from annotator.services import recoverywords

    return {"journals": recoverywords.journals_as_maps(found)}


def recovery_as_map(found: "Recovery | None") -> dict[str, Any]:
    """Return what came from where, for `--json`; nothing where the file could be read."""
    if found is None:
        return {}
    from annotator.services import recoverywords

    return {"recovered": recoverywords.as_map(found)}


def lines_of(
    made: "Remade",
    recovery: "Recovery | None",
    others: "tuple[OtherJournal, ...]",
    language: Language,
) -> Iterator[str]:
    """Yield what a new file was made of, what is missing, and what journals of others have more."""
    from annotator.services import doctorsentences, recoverywords

    if recovery is None:
        yield from doctorsentences.made(made, language)
    else:
        yield from recoverywords.sources(recovery, language)
        yield from recoverywords.missing(recovery, language)
    yield from recoverywords.journals(others, language)


def made_as_map(made: "Remade") -> dict[str, Any]:
    """Return what a new file was made of, for `--json`."""
    return {
        "articles": made.n_articles,
        "operations": made.n_operations,
        "held": made.n_held,
        "gaps": made.n_noted,
        "lost_articles": made.lost.texts,
        "lost_operations": made.lost.operations,
        "waiting": made.lost.waiting,
    }


def _lines(repaired: "Repair", language: Language) -> Iterator[str]:
    yield language.text(marked("Repaired copy: {path}"), path=repaired.path)
    yield from lines_of(repaired.made, repaired.recovery, repaired.journals, language)
    if not repaired.after.is_sound:
        yield language.text(marked("The copy is not sound either: examine it."))
