"""`hashiya import`."""

import codecs
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.guard import saving_in_parts
from annotator.cli.opened import opened
from annotator.cli.options import option, path, project_file
from annotator.cli.output import DATA_AT_FAULT, DONE, Output
from annotator.cli.values import Text
from annotator.cli.wronguse import WrongUse
from annotator.i18n import marked

if TYPE_CHECKING:
    from annotator.core.errors import UserError
    from annotator.services.importing import ImportReport
    from annotator.services.sources import Refusal

SOME_REFUSED = "some_refused"


@click.command(
    "import",
    cls=Command,
    saved="nothing",
    help=marked(
        "A text file is one article, a line of JSONL one layer with its article; a folder is read"
        " in the order of names. What is good is kept, source by source. What is not is named by"
        " file and line, and the exit code is 1. Nothing that is in the project changes."
    ),
)
@project_file()
@path("sources", marked("Files and folders."), nargs=-1, required=True, metavar="SOURCE...")
@option(
    "--format",
    "format_",
    default="",
    metavar="FORMAT",
    about=marked("The format; found by content unless said."),
)
@option(
    "--encoding",
    type=Text(),
    default="",
    metavar="NAME",
    about=marked("The encoding of text; found by content unless said."),
)
@option("--dry-run", is_flag=True, about=marked("Only say what would be done."))
@option("--strict", is_flag=True, about=marked("All or nothing."))
@click.pass_obj
def import_(
    output: Output,
    file: Path,
    sources: tuple[Path, ...],
    format_: str,
    encoding: str,
    dry_run: bool,
    strict: bool,
) -> int:
    """Import articles and labels."""
    from annotator.services.importing import import_sources

    _check(format_, encoding)
    title = output.language.text(marked("Importing"))
    parts = saving_in_parts() if len(sources) > 1 and not strict else contextlib.nullcontext()
    with opened(output, file) as project, output.progress(title) as progress, parts:
        report = import_sources(
            project,
            sources,
            format=format_,
            encoding=encoding,
            dry_run=dry_run,
            strict=strict,
            progress=progress,
        )
    is_kept = not dry_run and not (strict and report.refused)
    _tell(output, report, is_kept)
    return DATA_AT_FAULT if report.refused else DONE


def _check(name: str, encoding: str) -> None:
    """Refuse a format or an encoding that does not exist, before anything is read."""
    from annotator.formats.registry import reader

    if name:
        reader(name, "", b"")
    try:
        codecs.lookup(encoding or "utf-8")
    except LookupError:
        said = marked("There is no text encoding “{name}”.")
        raise WrongUse(said, name=encoding) from None


def _tell(output: Output, report: "ImportReport", is_kept: bool) -> None:
    from annotator.services.newarticles import WITH_COPY

    refused = [_as_map(output, refusal) for refusal in report.refused]
    told: dict[str, Any] = {
        "added": report.added,
        "duplicates": report.duplicates,
        "layers": report.layers,
        "refused": refused,
        "ignored": list(report.ignored),
        "unseen": report.unseen,
        "remarks": [_as_map(output, remark) for remark in report.remarks],
    }
    for line in _lines(output, report, is_kept):
        output.say(line)
    if any(one["code"] in WITH_COPY for one in told["remarks"]):
        hint = marked("Copies put right are made by `hashiya unseen FILE --right`.")
        output.say(output.language.text(hint))
    if report.behind is not None:
        output.remark(_sentence(output, report.behind))
    for one in [*told["remarks"], *refused]:
        if not output.as_json:
            output.complain(_placed(output, one))
    if refused:
        saved = "some" if is_kept and report.added + report.layers else "nothing"
        message = output.language.plural("{n} was refused.", "{n} were refused.", len(refused))
        output.answer_no(SOME_REFUSED, message, saved, told)
    else:
        output.answer(told)


def _as_map(output: Output, refusal: "Refusal") -> dict[str, Any]:
    return {
        "source": refusal.source,
        "line": refusal.line,
        "code": refusal.trouble.code,
        "message": _sentence(output, refusal.trouble),
    }


def _sentence(output: Output, trouble: "UserError") -> str:
    from annotator.services.wording import sentence

    return sentence(trouble, output.language)


def _placed(output: Output, refused: dict[str, Any]) -> str:
    if refused["line"]:
        return output.language.text(marked("{source}, line {line}: {message}"), **refused)
    return output.language.text(marked("{source}: {message}"), **refused)


def _lines(output: Output, report: "ImportReport", is_kept: bool) -> list[str]:
    from annotator.services.textsentences import unseen_of

    language = output.language
    parts = []
    if report.added:
        parts.append(language.plural("{n} article", "{n} articles", report.added))
    if report.layers:
        parts.append(language.plural("{n} layer", "{n} layers", report.layers))
    done = marked("Imported: {parts}.")
    not_done = marked("Nothing was imported; this could be: {parts}.")
    lines = [language.text(done if is_kept else not_done, parts=language.listed(parts))]
    if not parts:
        lines = [language.text(marked("Nothing was imported."))]
    for said, n in (
        (marked("Already there: {n}."), report.duplicates),
        (marked("Refused: {n}."), len(report.refused)),
        (marked("Files in folders that are not read: {n}."), len(report.ignored)),
    ):
        if n:
            lines.append(language.text(said, n=n))
    if report.unseen:
        lines.append(unseen_of(language, report.unseen))
    return lines
