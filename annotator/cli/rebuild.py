"""`hashiya rebuild`: a new project file from the history of another, or without somebody."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.commands import Command
from annotator.cli.options import journals, new_path, option, project_file
from annotator.cli.output import DATA_AT_FAULT, DONE, Output
from annotator.cli.wronguse import WrongUse
from annotator.i18n import marked

if TYPE_CHECKING:
    from annotator.services.rebuilding_file import RebuildReport


@click.command(
    "rebuild",
    cls=Command,
    saved="nothing",
    help=marked(
        "The tables, counts and the search index are made anew from texts and history. Without an"
        " article or an annotator the new file holds nothing of them, and is another project: what"
        " was left out cannot be merged back. Of a damaged file all that is left is put together,"
        " with its backup and its second record; where something is missing the exit code is 1."
    ),
)
@project_file()
@new_path(
    "-o",
    "to",
    required=True,
    metavar="NEW",
    about=marked("The new file to make."),
)
@option(
    "--without",
    multiple=True,
    metavar="UID",
    about=marked("Leave this article or this annotator out; may be given several times."),
)
@journals()
@click.pass_obj
def rebuild(
    output: Output, file: Path, to: Path, without: tuple[str, ...], journals: tuple[str, ...]
) -> int:
    """Make a new project file from the history of another."""
    from annotator.cli.doctor import journals_as_map, made_as_map, recovery_as_map
    from annotator.services import rebuilding_file

    if journals and without:
        raise WrongUse(marked("Give either --without or --journals."))
    title = output.language.text(marked("Rebuilding"))
    with output.progress(title) as progress:
        report = rebuilding_file.rebuild(file, to, without, progress, journals)
    told = {
        "path": str(report.path),
        **made_as_map(report.made),
        "without": {
            "articles": sorted(name[:16] for name in report.without.articles),
            "annotators": sorted(report.without.annotators),
            "operations": report.made.n_left_out,
        },
        "elsewhere": [str(path) for path in report.elsewhere],
        **recovery_as_map(report.recovery),
        **journals_as_map(report.journals),
    }
    output.answer(told)
    _say(output, report)
    is_whole = report.recovery is None or report.recovery.is_whole
    return DONE if is_whole else DATA_AT_FAULT


def _say(output: Output, report: "RebuildReport") -> None:
    from annotator.cli.doctor import lines_of

    language = output.language
    output.say(language.text(marked("Made the project “{path}”."), path=report.path))
    for line in lines_of(report.made, report.recovery, report.journals, language):
        output.say(line)
    if report.elsewhere:
        output.say(
            language.text(marked("What was left out is still in these places; remove them:"))
        )
        for path in report.elsewhere:
            output.say(str(path))
