"""The counts of a project as rows of tables, and as text to be copied. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.core.labelschema import LabelSchema
from annotator.core.model import KINDS
from annotator.formats.csvcells import guarded
from annotator.gui.canvas.saying import harmless
from annotator.gui.models.drawing import name_of
from annotator.gui.models.statuses import status_name
from annotator.i18n import Language, marked

TABLES = ("project", "types", "annotators")
TABLE_NAMES = {
    "project": marked("Project"),
    "types": marked("Types"),
    "annotators": marked("Annotators"),
}
_KIND_NAMES = {
    "entity": marked("Entities"),
    "event": marked("Events"),
    "argument": marked("Arguments"),
    "stance": marked("Stances"),
    "relation": marked("Relations"),
    "answer": marked("Answers"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: `share` (0 to 1) is how long its bar is, `note` stands behind the name.

    A head has a name only; its `n` is -1.
    """

    name: str
    n: int = -1
    share: float = 0.0
    note: str = ""

    @property
    def is_head(self) -> bool:
        """Whether rows under it belong to it."""
        return self.n < 0


def tables(
    counts: Mapping[str, Any], schema: LabelSchema, language: Language
) -> dict[str, list[Figure]]:
    """Return the rows of each of `TABLES` for what `services.statistics` counted."""
    return {
        "project": _of_project(counts, language),
        "types": _of_types(counts["types"], schema, language),
        "annotators": _of_annotators(counts["annotators"], language),
    }


def as_text(found: Mapping[str, Sequence[Figure]], language: Language) -> str:
    """Return the tables as lines of tab-separated cells, which a spreadsheet takes in."""
    lines = []
    for table in TABLES:
        lines.append(language.text(TABLE_NAMES[table]))
        for row in found[table]:
            cells = [row.name] if row.is_head else [row.name, str(row.n), row.note]
            lines.append("\t".join(guarded(harmless(cell)) for cell in cells).rstrip("\t"))
        lines.append("")
    return "\n".join(lines)


def _of_project(counts: Mapping[str, Any], language: Language) -> list[Figure]:
    text = language.text
    whole = [
        Figure(text("Articles"), counts["articles"]),
        Figure(text("Begun readings"), counts["layers"]),
        Figure(text("Active minutes"), counts["active_minutes"]),
    ]
    statuses = {status_name(name, language): n for name, n in counts["statuses"].items()}
    kinds = {text(_KIND_NAMES[kind]): counts["labels"][kind] for kind in KINDS}
    return [
        *whole,
        Figure(text("Readings by status")),
        *_with_bars(statuses.items()),
        Figure(text("Labels by kind")),
        *_with_bars(kinds.items()),
    ]


def _of_types(
    types: Mapping[str, Mapping[str, int]], schema: LabelSchema, language: Language
) -> list[Figure]:
    rows = []
    for kind in KINDS:
        named = ((_name(kind, id, schema, language), n) for id, n in types[kind].items())
        found = _with_bars(sorted(named, key=lambda pair: (-pair[1], pair[0])))
        if found:
            rows += [Figure(language.text(_KIND_NAMES[kind])), *found]
    return rows


def _name(kind: str, id: str, schema: LabelSchema, language: Language) -> str:
    known: dict[str, Mapping[str, object]] = {
        "entity": schema.entity_types,
        "event": schema.event_types,
        "argument": {role.id: role for event in schema.events for role in event.roles},
        "stance": schema.stance_values,
        "relation": schema.relation_types,
        "answer": schema.question_types,
    }
    found = known[kind].get(schema.current(id) if kind in ("entity", "event", "relation") else id)
    return name_of(language, found) if found else id


def _of_annotators(annotators: Mapping[str, Any], language: Language) -> list[Figure]:
    rows = []
    for name, one in annotators.items():
        statuses = (
            f"{status_name(status, language)} {n}" for status, n in one["statuses"].items() if n
        )
        minutes = one["active_minutes"]
        told = [*statuses, language.plural("{n} minute", "{n} minutes", minutes)]
        rows.append((name, sum(one["labels"].values()), " · ".join(told)))
    most = max((n for _, n, _ in rows), default=0) or 1
    return [Figure(name, n, n / most, note) for name, n, note in rows]


def _with_bars(pairs: Iterable[tuple[str, int]]) -> list[Figure]:
    found = list(pairs)
    most = max((n for _, n in found), default=0) or 1
    return [Figure(name, n, n / most) for name, n in found]
