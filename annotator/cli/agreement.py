"""`hashiya agreement`."""

from collections.abc import Iterator
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
    from annotator.agreement.figures import Figure
    from annotator.services.agreeing import AgreementReport

_WHATS = ("entities", "events", "stances", "relations", "answers")
_ALL = "all"
_SUFFIXES = (".html", ".htm", ".csv")

Line = tuple[str, "Figure"]


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
        report = agreeing.agreement(project, agreeing.Asked(what=whats, **asked), progress)
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
    for title, head, rows in _tables(report, language):
        output.show(title)
        _show(output, head, rows)
        output.show("")
    for line in _without_interval(report, language):
        output.say(line)
    if path is not None:
        quoted = language.quoted(str(path))
        output.say(language.text(marked("The report is {path}."), path=quoted))


def _show(output: Output, head: list[str], rows: list[list[object]]) -> None:
    from annotator.cli.tables import lines_of

    for line in lines_of(head, rows, output.keeps_cells_apart):
        output.show_row(line)


Table = tuple[str, list[str], list[list[object]]]


def _tables(report: "AgreementReport", language: Language) -> Iterator[Table]:
    """Yield title, head and rows of each table, Arabic in the last column."""
    text = language.text
    head = [
        text(title)
        for title in (
            *(marked("Value"), marked("95 % interval"), marked("Items"), marked("Articles")),
            marked("Figure"),
        )
    ]
    for title, figures in _figures(report, language):
        yield title, head, [_row(figure, name, language) for name, figure in figures]
    if report.entities is not None:
        yield from _of_entities(report, language)
    if report.articles:
        rows: list[list[object]] = [
            [row.uid, row.n_readings, row.n_items, row.n_disputed, row.title]
            for row in report.articles[:10]
        ]
        titles = (
            *(marked("Article"), marked("Readings"), marked("Items"), marked("Disputed")),
            marked("Title"),
        )
        name = text(marked("Articles, most disputed first"))
        yield name, [text(title) for title in titles], rows


def _row(figure: "Figure", name: str, language: Language) -> list[object]:
    from annotator.services.agreeingwords import interval_of, said, value_of

    told = f"{name} ({said(figure.reason, language)})" if figure.reason else name
    return [value_of(figure, 3), interval_of(figure), figure.n, figure.n_articles, told]


def _figures(report: "AgreementReport", language: Language) -> Iterator[tuple[str, list[Line]]]:
    """Yield a title with its figures by name."""
    from annotator.services.agreeingwords import figure_name, said

    def named(found: object, names: tuple[str, ...]) -> list[Line]:
        return [(figure_name(name, language), getattr(found, name)) for name in names]

    if report.entities is not None:
        yield said("entities", language), named(report.entities, _SPAN_FIGURES)
    if report.events is not None:
        yield said("events", language), named(report.events, _EVENT_FIGURES)
    if report.stances is not None:
        found = report.stances
        lines = named(found, ("target_f1",))
        for name in ("nominal", "ordinal"):
            lines.append((figure_name(name, language), found.values.alphas[name]))
        yield said("stances", language), lines
    if report.relations is not None:
        lines = named(report.relations, ("ends_f1",))
        lines.append((figure_name("relations_strict", language), report.relations.strict))
        yield said("relations", language), lines
    for answer in report.answers:
        figures = {"percent": answer.percent, **answer.alphas, **answer.others}
        title = language.text(marked("Question: {name}"), name=answer.name)
        yield title, [(figure_name(name, language), figure) for name, figure in figures.items()]


def _without_interval(report: "AgreementReport", language: Language) -> list[str]:
    """Return why figures have no interval, each reason once."""
    from annotator.services.agreeingwords import said

    found = [figure for _, lines in _figures(report, language) for _, figure in lines]
    codes = dict.fromkeys(figure.no_interval for figure in found if figure.no_interval)
    told = marked("Without an interval: {why}.")
    return [language.text(told, why=said(code, language)) for code in codes]


_SPAN_FIGURES = ("detection", "strict", "boundary", "overlap", "label_alpha", "outer", "inner")
_EVENT_FIGURES = ("ti", "tc", "ai", "ac", "ai_given_trigger", "ac_given_trigger", "role_alpha")


def _of_entities(report: "AgreementReport", language: Language) -> Iterator[Table]:
    from annotator.services.agreeingwords import said, value_of

    found, text = report.entities, language.text
    if found is None:
        return
    if found.by_pair:
        titles = (
            *(marked("Strict"), marked("Overlap"), marked("Detection"), marked("Articles")),
            marked("Every two"),
        )
        rows: list[list[object]] = [
            [
                *(value_of(figure, 3) for figure in (row.strict, row.overlap, row.detection)),
                row.n_articles,
                f"{row.first.name} · {row.second.name}",
            ]
            for row in found.by_pair
        ]
        yield text(marked("Every two")), [text(title) for title in titles], rows
    if found.by_type:
        titles = (
            *(marked("Strict"), marked("Overlap"), marked("Unitized alpha"), marked("Labels")),
            marked("Type"),
        )
        rows = [
            [
                *(value_of(figure, 3) for figure in (row.strict, row.overlap, row.unitized)),
                row.n,
                row.type,
            ]
            for row in found.by_type
        ]
        yield text(marked("Every type")), [text(title) for title in titles], rows
    if found.n_items:
        told = {**found.disagreements.kinds, **found.disagreements.reasons}
        rows = [[n, said(code, language)] for code, n in told.items() if n]
        kinds = [text(marked("Items")), text(marked("Kind"))]
        yield text(marked("Kinds of disagreement")), kinds, rows
