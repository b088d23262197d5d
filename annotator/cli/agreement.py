"""`hashiya agreement`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.opened import opened
from annotator.cli.options import option, project_file
from annotator.cli.output import Output
from annotator.cli.values import Names, OneOf
from annotator.cli.wronguse import WrongUse
from annotator.i18n import Language, marked

if TYPE_CHECKING:
    from annotator.services.agreeing import AgreementReport

_WHATS = ("entities", "events", "stances", "relations", "answers")
_ALL = "all"
_SUFFIXES = (".html", ".htm", ".csv")


@click.command(
    "agreement",
    cls=Command,
    help=marked(
        "Compared are the layers that people have marked done. Figures are on stored offsets"
        " unless --trim is given. An undefined figure says why."
    ),
)
@project_file()
@option(
    "--what",
    type=OneOf((*_WHATS, _ALL)),
    default=_ALL,
    about=marked("What is compared; all unless said."),
)
@option(
    "--who",
    type=Names(),
    default=(),
    metavar="ANNOTATOR,…",
    about=marked("Only these annotators; everybody unless said."),
)
@option("--types", type=Names(), default=(), metavar="TYPE,…", about=marked("Only these types."))
@option(
    "--articles", type=Names(), default=(), metavar="UID,…", about=marked("Only these articles.")
)
@option(
    "--trim",
    is_flag=True,
    about=marked("Normalise the ends of spans first: blanks, invisible signs, tatweel, marks."),
)
@option(
    "--trim-punctuation",
    "punctuation",
    is_flag=True,
    about=marked("Take punctuation off the ends of spans first."),
)
@option(
    "--without-suggestions",
    is_flag=True,
    about=marked("Leave out readings that were made with suggestions in view."),
)
@option(
    "-o",
    "--output",
    "to",
    default="",
    metavar="REPORT.html|.csv",
    about=marked("Write the report too: one page, or a table of figures."),
)
@click.pass_obj
def agreement(output: Output, /, file: Path, what: str, to: str, **asked: Any) -> None:  # noqa: ANN401
    """Say how far annotators agree."""
    from annotator.services import agreeing

    path = _destination(file, to)
    whats = agreeing.WHATS if what == _ALL else (what,)
    title = output.language.text(marked("Comparing"))
    with opened(output, file) as project, output.progress(title) as progress:
        report = agreeing.agreement(
            project, agreeing.Asked(what=whats, **asked), progress, in_full=True
        )
    if path is not None:
        _write(report, path, output.language)
    _tell(output, report, path)


def _destination(file: Path, to: str) -> Path | None:
    if not to:
        return None
    path = Path(to)
    if path.suffix.lower() not in _SUFFIXES:
        raise WrongUse(marked("“{path}” must end in .html or .csv."), path=to)
    if path.exists() and file.exists() and path.samefile(file):
        raise WrongUse(marked("“{path}” is the project itself."), path=to)
    return path


def _write(report: "AgreementReport", path: Path, language: Language) -> None:
    from annotator.services import agreeingcsv, agreeinghtml

    if path.suffix.lower() == ".csv":
        agreeingcsv.write_csv(report, path)
    else:
        agreeinghtml.write_html(report, path, language)


def _tell(output: Output, report: "AgreementReport", path: Path | None) -> None:
    from annotator.services.agreeingjson import as_json

    if output.as_json:
        output.answer({**as_json(report), **({"path": str(path)} if path else {})})
        return
    language = output.language
    if report.totals.n_joint == 0:
        told = language.text(marked("At least one article must be read by two annotators."))
        output.remark(told)
    _show(output, report)
    if path is not None:
        quoted = language.quoted(str(path))
        output.say(language.text(marked("The report is {path}."), path=quoted))


def _show(output: Output, report: "AgreementReport") -> None:
    from annotator.cli.agreementtables import tables
    from annotator.cli.tables import lines_of
    from annotator.services.agreeingwords import said, settings_told

    for line in settings_told(report, output.language):
        output.show(line)
    output.show("")
    codes: dict[str, None] = {}
    for table in tables(report, output.language):
        output.show(table.title)
        for line in lines_of(table.head, table.rows, output.keeps_cells_apart, wraps=True):
            output.show_row(line)
        if table.left:
            output.show(output.language.text(marked("More of them: {n}"), n=table.left))
        output.show("")
        codes |= dict.fromkeys(table.no_interval)
    for code in codes:
        told = marked("Without an interval: {why}.")
        output.say(output.language.text(told, why=said(code, output.language)))
