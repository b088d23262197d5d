"""Examining what the project's own scope says: annotators, label schema, regions, assignments."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.core import incoming, takingback
from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.incoming import Arrived
from annotator.core.labelschema import LabelSchema
from annotator.core.schematoml import read_schema
from annotator.core.uids import layer_uid
from annotator.store import doctorfindings as found
from annotator.store import doctorhistory as history
from annotator.store import doctorregions, noiselines, registers
from annotator.store.assignments import name_of, parts_of
from annotator.store.doctorfindings import Findings
from annotator.store.doctorlayers import Known

if TYPE_CHECKING:
    from annotator.core.bodies import Body

Key = tuple[str, str]
NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the file says of itself, as far as it can be read."""

    uid: str
    owner: str
    all: dict[str, str]

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> "Settings":
        """Read them."""
        told: dict[str, str] = dict(connection.execute("SELECT name,value FROM settings"))
        return cls(told.get("project", ""), told.get("annotator", ""), told)

    @property
    def is_handed_out(self) -> bool:
        """Whether it is the file that one annotator was given."""
        return "handed" in self.all

    @property
    def noted(self) -> frozenset[str]:
        """Operations (hashes) of which a repair noted that what is wrong before them stays so."""
        return frozenset(self.all.get(NOTED, "").split())

    @property
    def n_indexed(self) -> int:
        """The row id of the last article in the search index."""
        told = self.all.get("indexed", "0")
        return int(told) if told.isdecimal() else 0


def examine(connection: sqlite3.Connection, findings: Findings, settings: Settings) -> Known:
    """Examine the project's scope; return what the examination of layers needs to know of it."""
    told = history.of_scope(op.PROJECT, history.rows_of_project(connection), findings)
    history.chains(told, history.excused_in_project(settings.owner), findings, settings.noted)
    left_out = takingback.left_out([incoming.operation_of(one) for one in told.sound])
    state = _State(told.sound, left_out)
    if not told.bad:
        _registers(connection, state, findings)
        _unsaid(connection, state, findings)
        said = doctorregions.Said.by(state.now)
        doctorregions.examine(connection, findings, said)
    return Known(
        _schema(connection, state),
        left_out,
        assigned=_assigned(state),
        excused=history.excused_in_layers(settings.owner, told.sound),
        noted=settings.noted,
    )


class _State:
    """What the project's history says now, and of what it ever spoke."""

    def __init__(self, given: Sequence[Arrived], left_out: frozenset[str]) -> None:
        self.spoken: dict[Key, list[Body]] = {}
        for one in given:
            for change in one.changes:
                bodies = self.spoken.setdefault((change.kind, change.uid), [])
                if change.after is not None:
                    bodies.append(incoming.body_of(change))
        last = history.last_written(given, left_out)
        self.now = {
            key: incoming.body_of(change)
            for key, change in last.items()
            if change.after is not None
        }


def _registers(connection: sqlite3.Connection, state: _State, findings: Findings) -> None:
    """Tell what the tables say otherwise than history does."""
    articles = {name for (name,) in connection.execute("SELECT sha256 FROM articles")}
    for key in sorted(state.spoken):
        kind, uid = key
        if kind == op.REGIONS or (kind == op.WITHDRAWN and uid not in articles):
            continue
        body = registers.of_project(connection, kind, uid)
        if body != state.now.get(key) and not (
            kind in _STAYING and key not in state.now and body in state.spoken[key]
        ):
            findings.add(found.STATE, _where(kind, uid), "register")


_STAYING = frozenset({op.ANNOTATOR, op.LABEL_SCHEMA})
"""What stays when the operation that said it is taken back: layers name annotators."""


def _unsaid(connection: sqlite3.Connection, state: _State, findings: Findings) -> None:
    """Tell what stands in the tables and was never said."""
    for key in _keys_there(connection):
        if key not in state.spoken:
            findings.add(found.STATE, _where(*key), "register")
    tomls = {body["toml"] for body in state.spoken.get((op.LABEL_SCHEMA, ""), ())}
    for row, *told, toml in connection.execute(
        "SELECT id,name,version,digest,toml FROM label_schemas"
    ):
        if toml not in tomls or told != _named_in(toml):
            findings.add(found.STATE, f"tables/label_schemas/{row}", "register")
    there = {uid for (uid,) in connection.execute("SELECT uid FROM layers")}
    for missing in sorted(_wanted_layers(connection) - there):
        findings.add(found.STATE, f"layers/{missing}", "layer")


def _named_in(toml: str) -> list[str]:
    try:
        schema = read_schema(toml)
    except UserError:
        return []
    return [schema.name, schema.version, schema.digest]


def _keys_there(connection: sqlite3.Connection) -> Iterator[Key]:
    for kind, query in _THERE.items():
        for (uid,) in connection.execute(query):
            yield kind, uid
    for article, annotator in connection.execute("SELECT article,annotator FROM assignments"):
        yield op.ASSIGNMENT, name_of(article, annotator)


_THERE = {
    op.ANNOTATOR: "SELECT uid FROM annotators",
    op.WITHDRAWN: "SELECT sha256 FROM articles WHERE withdrawn<>0",
    op.DOUBT_ANSWER: "SELECT label FROM doubt_answers",
    op.TAKEN_BACK: "SELECT DISTINCT receipt FROM taken_back",
    op.NOISE_LINE: noiselines.NAMES,
}


def _where(kind: str, uid: str) -> str:
    if kind == op.WITHDRAWN:
        return f"articles/{uid[:16]}/{kind}"
    if kind == op.ASSIGNMENT:
        article, annotator = parts_of(uid)
        return f"assignments/{article[:16]}/{annotator}"
    return f"{kind}/{uid}" if uid else kind


def _wanted_layers(connection: sqlite3.Connection) -> set[str]:
    """Return the uids of the layers that assignments make."""
    return {layer_uid(*pair) for pair in connection.execute(_ASSIGNED_HERE)}


_ASSIGNED_HERE = (
    "SELECT s.article,s.annotator FROM assignments s JOIN articles a ON a.sha256=s.article"
    " JOIN annotators n ON n.uid=s.annotator"
)


def _assigned(state: _State) -> frozenset[str]:
    return frozenset(layer_uid(*parts_of(uid)) for kind, uid in state.now if kind == op.ASSIGNMENT)


def _schema(connection: sqlite3.Connection, state: _State) -> LabelSchema | None:
    """Return the label schema in force: as history has it, else as the table does."""
    body = state.now.get((op.LABEL_SCHEMA, ""))
    query = "SELECT toml FROM label_schemas ORDER BY id DESC LIMIT 1"
    row = (body["toml"],) if body else connection.execute(query).fetchone()
    try:
        return read_schema(row[0]) if row else None
    except UserError:
        return None
