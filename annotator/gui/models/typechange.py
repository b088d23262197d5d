"""Types that can be changed, and what a change would do, in sentences. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema
from annotator.core.schemachange import MERGE, RENAME, RETIRE, SPLIT
from annotator.gui.models.cells import Row, name_cell, number_cell
from annotator.gui.models.drawing import name_of
from annotator.gui.widgets.literal import isolated, literal, shown
from annotator.i18n import Language, marked
from annotator.services.changing_schema import ChangePreview
from annotator.services.wording import sentence

CHANGES = (
    (RENAME, marked("Rename")),
    (MERGE, marked("Merge into another")),
    (RETIRE, marked("Retire")),
    (SPLIT, marked("Split")),
)
"""What can be done with a type, and what it is called."""
MEANINGS = {
    RENAME: marked("Its labels stay as they are, and have the new code from now on."),
    MERGE: marked("Its labels become labels of the other type, and the type itself goes."),
    RETIRE: marked("Its labels stay; it is offered no longer."),
    SPLIT: marked(
        "It is offered no longer, and everybody finds her labels of it among her problems, to"
        " choose one of these types for each."
    ),
}
TITLES = (marked("Annotator"), marked("Labels"))
"""The titles over `rows`."""
_KINDS = {
    "entity": marked("Entity"),
    "event": marked("Event"),
    "relation": marked("Relation"),
}


@dataclass(frozen=True, slots=True)
class Changeable:
    """A type of entities, events or relations."""

    kind: str
    id: str
    said: str


def changeable(schema: LabelSchema, language: Language) -> list[Changeable]:
    """Return the types of `schema` in its order, each with its name, its code and its kind."""
    listed = (("entity", schema.entities), ("event", schema.events), ("relation", schema.relations))
    return [
        Changeable(kind, one.id, _said(language, kind, one.id, name_of(language, one)))
        for kind, types in listed
        for one in types
    ]


def _said(language: Language, kind: str, id: str, name: str) -> str:
    code = isolated(shown(id, 40), is_rtl=False)
    return " · ".join((literal(name, 40), code, language.text(_KINDS[kind])))


def figures(language: Language, found: ChangePreview) -> list[tuple[str, int]]:
    """Return the counts of a preview with their names."""
    told = [
        (language.text("Labels"), found.labels),
        (language.text("Articles"), found.articles),
    ]
    if found.change.what == SPLIT:
        told.append((language.text("To decide"), found.problems.get("type_split", 0)))
    if found.change.what == MERGE:
        told.append((language.text("New problems"), sum(found.problems.values())))
        told.append((language.text("New twins"), found.twins))
    return told


def rows(found: ChangePreview) -> list[Row]:
    """Return how many labels of the type each annotator has."""
    return [(name_cell(name), number_cell(n)) for name, n in found.by_annotator.items()]


def problems(language: Language, found: ChangePreview) -> str:
    """Return what would be wrong then, a line each; empty where nothing would."""
    return "\n".join(_problems(language, found))


def _problems(language: Language, found: ChangePreview) -> Iterator[str]:
    if found.change.what == SPLIT:  # told by the figures: it is what was asked for
        return
    for code, n in found.problems.items():
        yield f"{n}: {sentence(UserError(code, detail='…'), language)}"
    if found.twins:
        said = marked("Labels that will say the same as another in the same place: {n}.")
        yield language.text(said, n=found.twins)
