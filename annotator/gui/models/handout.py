"""A plan of handing out and what came of it, as rows and sentences. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.core.model import Annotator
from annotator.gui.models.cells import Row, name_cell, number_cell, path_cell
from annotator.gui.widgets.literal import literal
from annotator.i18n import Language, marked
from annotator.services.assigning import Plan
from annotator.services.handing_out import Handed

PLANNED = (
    marked("Annotator"),
    marked("Before"),
    marked("New"),
    marked("Gone"),
    marked("Articles"),
    marked("Words"),
)
"""The titles over `rows_of_plan`."""
HANDED = (marked("Annotator"), marked("Articles"), marked("File"))
"""The titles over `rows_of_files`."""
_ALIKE = marked("Near-duplicates: {articles} in {n} groups; each counts once in the shares.")
_LEFT = marked("Left where they were, because everybody named reads them already: {n}.")
_STAYS = marked("What is taken over stays in the files of {names} until a reply to them.")


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who can get articles: how many are assigned to her, and not finished of them."""

    annotator: Annotator
    assigned: int = 0
    unfinished: int = 0


def rows_of_plan(plan: Plan) -> list[Row]:
    """Return what each would have, in the order in which they were named."""
    return [
        (
            name_cell(one.annotator.name),
            number_cell(one.before),
            number_cell(one.new),
            number_cell(one.gone),
            number_cell(one.articles),
            number_cell(one.words),
        )
        for one in plan.portions
    ]


def rows_of_files(files: Iterable[Handed]) -> list[Row]:
    """Return the files that were written."""
    return [
        (name_cell(one.annotator.name), number_cell(one.articles), path_cell(one.path))
        for one in files
    ]


def facts(language: Language, plan: Plan) -> list[str]:
    """Return what is to be known of a plan beside who gets what, a sentence each."""
    text = language.text
    said = []
    if not plan.added and not plan.removed:
        said.append(text("Nothing new is assigned by this; the files are written again."))
    said.append(text("Read by two or more: {n}.", n=plan.n_double))
    if plan.n_groups:
        alike = language.plural("{n} article", "{n} articles", plan.n_alike)
        said.append(text(_ALIKE, articles=alike, n=plan.n_groups))
    if plan.n_left:
        said.append(text(_LEFT, n=plan.n_left))
    if plan.givers:
        names = language.listed([language.quoted(literal(one.name)) for one in plan.givers])
        said.append(text(_STAYS, names=names))
    return said


def load_of(language: Language, one: Known) -> str:
    """Return how much somebody has already; empty where that is nothing."""
    if not one.assigned:
        return ""
    return language.text(
        "Assigned: {n} · not finished: {left}", n=one.assigned, left=one.unfinished
    )


def handed_out(language: Language, files: Sequence[Handed]) -> str:
    """Return how many files were written."""
    written = language.plural("{n} file", "{n} files", len(files))
    return language.text("Handed out: {files}. Give each annotator hers.", files=written)


def taken_back(language: Language, files: Sequence[Handed]) -> str:
    """Return that a hand-out was undone, and how many files are there as before it."""
    said = language.text("Taken back: what was assigned is as it was before.")
    if not files:
        return said
    written = language.plural("{n} file", "{n} files", len(files))
    again = language.text("Written again: {files}.", files=written)
    return f"{said} {again}"
