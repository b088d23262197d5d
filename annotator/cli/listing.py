"""`hashiya articles`, `labels`, `problems` and `history`: rows for people or as JSON."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.opened import Answering, answered
from annotator.cli.options import filters, option, project_file
from annotator.cli.output import Output, json_line
from annotator.cli.wronguse import WrongUse
from annotator.core.errors import UserError
from annotator.i18n import Language, marked

if TYPE_CHECKING:
    from annotator.store.project import Project

Row = Mapping[str, Any]
_IN_MEMORY = 16_000_000
"""Bytes of a JSON answer that are kept in memory before it is whole."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column for people: its head, and what stands in it."""

    head: str
    cell: Callable[[Row, Language], object]


def _word_of(name: str) -> Callable[[Row, Language], object]:
    def cell(row: Row, language: Language) -> object:
        from annotator.services.wording import word

        return word(str(row[name]), language)

    return cell


def _plain(name: str) -> Callable[[Row, Language], object]:
    return lambda row, _: row[name]


def _place(row: Row, _: Language) -> object:
    return f"{row['start']}–{row['end']}"


def _statuses(row: Row, language: Language) -> object:
    from annotator.services.wording import word

    return language.listed(f"{who}: {word(how, language)}" for who, how in row["status"].items())


_COLUMNS = {
    "articles": (
        Column(marked("Article"), _plain("uid")),
        Column(marked("Length"), _plain("length")),
        Column(marked("Status"), _statuses),
        Column(marked("Title"), _plain("title")),
    ),
    "labels": (
        Column(marked("Label"), _plain("uid")),
        Column(marked("Article"), _plain("article")),
        Column(marked("Kind"), _word_of("kind")),
        Column(marked("Type"), _plain("type")),
        Column(marked("Place"), _place),
        Column(marked("Annotator"), _plain("annotator")),
        Column(marked("Text"), _plain("quote")),
    ),
    "problems": (
        Column(marked("Label"), _plain("uid")),
        Column(marked("Article"), _plain("article")),
        Column(marked("Kind"), _word_of("kind")),
        Column(marked("Place"), _place),
        Column(marked("Annotator"), _plain("annotator")),
        Column(marked("Problem"), _plain("message")),
    ),
    "history": (
        Column(marked("Gesture"), _plain("gesture")),
        Column(marked("Time"), _plain("at")),
        Column(marked("What"), _plain("kind")),
        Column(marked("Changes"), _plain("changes")),
        Column(marked("Article"), _plain("article")),
        Column(marked("Who"), _plain("who")),
    ),
}


def _listing(name: str, about: str = "") -> Command:
    """Return the command that lists what `services.listing` calls `name`."""

    @click.command(name, cls=Command, help=about)
    @project_file()
    @filters
    @option("--jsonl", is_flag=True, about=marked("Print one JSON object a row."))
    @click.pass_obj
    def command(output: Output, /, file: Path, jsonl: bool, **wanted: Any) -> int:  # noqa: ANN401
        from annotator.services import listing

        if jsonl and output.as_json:
            raise WrongUse(marked("Give either --json or --jsonl."))
        chosen = listing.Filter(**{key: value for key, value in wanted.items() if value})

        def answer(project: "Project", answering: Answering) -> None:
            rows = _with_message(getattr(listing, name)(project, chosen), output.language)
            _tell(answering, name, rows, jsonl)

        return answered(output, file, answer)

    return command


def _with_message(rows: Iterable[dict[str, Any]], language: Language) -> Iterator[Row]:
    """Yield `rows`; those of problems get a sentence for their code."""
    from annotator.services.wording import sentence

    for row in rows:
        if "code" in row:
            told = {"uid": row["uid"]} | ({"detail": row["detail"]} if row["detail"] else {})
            row["message"] = sentence(UserError(row["code"], **told), language)
        yield row


def _tell(answering: Answering, name: str, rows: Iterator[Row], jsonl: bool) -> None:
    if jsonl:
        for row in rows:
            answering.begin()
            sys.stdout.write(json_line(row) + "\n")
    elif answering.output.as_json:
        _answer_whole(answering.output, name, rows)
    else:
        _show(answering, name, rows)


def _answer_whole(output: Output, name: str, rows: Iterator[Row]) -> None:
    """Print one JSON object with all rows, once the last of them is known."""
    head = json_line(output.head())[:-1]
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n") as held:
        held.write(f"{head},{json.dumps(name)}:[")
        comma = ""
        for row in rows:
            held.write(comma + json_line(row))
            comma = ","
        held.write("]}\n")
        held.seek(0)
        for part in iter(lambda: held.read(65_536), ""):
            sys.stdout.write(part)


def _show(answering: Answering, name: str, rows: Iterator[Row]) -> None:
    from annotator.cli.tables import lines_of

    output = answering.output
    language = output.language
    columns = _COLUMNS[name]
    head = [language.text(column.head) for column in columns]
    cells = ([column.cell(row, language) for column in columns] for row in rows)
    is_empty = True
    for line in lines_of(head, cells, output.keeps_cells_apart):
        answering.begin()
        output.show_row(line)
        is_empty = False
    if is_empty:
        output.remark(language.text(marked("There is nothing to list.")))


articles = _listing("articles")
labels = _listing("labels")
problems = _listing("problems", marked("Held labels are among them, with the reason."))
history = _listing("history")
