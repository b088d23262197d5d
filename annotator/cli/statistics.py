"""`hashiya stats`."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.opened import Answering, answered
from annotator.cli.options import filters, option, project_file
from annotator.cli.output import Output, json_line
from annotator.cli.wronguse import WrongUse
from annotator.i18n import Language, marked

if TYPE_CHECKING:
    from annotator.store.project import Project


@click.command(
    "stats",
    cls=Command,
    help=marked(
        "A minute in which an annotator saved something is active. Imports and pauses do not count."
    ),
)
@project_file()
@filters
@option("--jsonl", is_flag=True, about=marked("Print the counts as one line of JSON."))
@click.pass_obj
def stats(output: Output, /, file: Path, jsonl: bool, **wanted: Any) -> int:  # noqa: ANN401
    """Count labels, layers and active minutes."""
    from annotator.services.listing import Filter
    from annotator.services.statistics import statistics

    if jsonl and output.as_json:
        raise WrongUse(marked("Give either --json or --jsonl."))
    chosen = Filter(**{key: value for key, value in wanted.items() if value})

    def answer(project: "Project", answering: Answering) -> None:
        _tell(answering.output, statistics(project, chosen), jsonl)

    return answered(output, file, answer)


def _tell(output: Output, counts: dict[str, Any], jsonl: bool) -> None:
    if jsonl:
        sys.stdout.write(json_line(counts) + "\n")
    elif output.as_json:
        output.answer(counts)
    else:
        for line in _lines(counts, output.language):
            output.show(line)


def _lines(counts: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield language.text(marked("Articles: {n}"), n=counts["articles"])
    yield language.text(marked("Layers: {n}"), n=counts["layers"])
    yield language.text(marked("Active minutes: {n}"), n=counts["active_minutes"])
    for title, told in (
        (marked("Layers by status"), counts["statuses"]),
        (marked("Labels by kind"), counts["labels"]),
    ):
        yield from _section(title, told, language)
    for kind, types in counts["types"].items():
        yield from _section(_BY_TYPE[kind], types, language)
    for name, told in counts["annotators"].items():
        yield from _of_annotator(name, told, language)
        yield from _of_assignment(counts["assignments"].get(name), language)


_BY_TYPE = {
    "entity": marked("Entities by type"),
    "event": marked("Events by type"),
    "argument": marked("Arguments by role"),
    "stance": marked("Stances by value"),
    "relation": marked("Relations by type"),
    "answer": marked("Answers by question"),
}


def _section(title: str, counts: Mapping[str, int], language: Language) -> Iterator[str]:
    """Yield the counts that are not 0, under their title."""
    from annotator.services.wording import word

    found = {name: n for name, n in counts.items() if n}
    if found:
        yield ""
        yield language.text(title)
        for name, n in found.items():
            yield f"  {word(name, language)}: {n}"


def _of_annotator(name: str, told: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield ""
    yield language.text(marked("Annotator {name}"), name=language.quoted(name))
    yield "  " + language.text(marked("Layers: {n}"), n=told["layers"])
    yield "  " + language.text(marked("Done: {n}"), n=told["statuses"]["done"])
    yield "  " + language.text(marked("Labels: {n}"), n=sum(told["labels"].values()))
    yield "  " + language.text(marked("Active minutes: {n}"), n=told["active_minutes"])


def _of_assignment(told: Mapping[str, int] | None, language: Language) -> Iterator[str]:
    """Yield how far an annotator has come with what was assigned to her, if anything was."""
    if told:
        done = told["done"] + told["skipped"]
        yield "  " + language.text(
            marked("Assigned articles finished: {n} of {all}"), n=done, all=told["assigned"]
        )
        yield "  " + language.text(
            marked("Words in them: {n} of {all}"), n=told["words_done"], all=told["words"]
        )
