"""Real projects for tests: files in a temporary folder, and what they hold as plain values.

`HASHIYA_DATA` is a temporary folder in every test (tests/conftest.py), and another one within
`quick_folder`. A file made here is a copy of a template that is made once a run, so that each has
its own path, and with it its own replica.
"""

import functools
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from annotator.core import operations as op
from annotator.core import takingback
from annotator.core.bodies import Body, body_of, label_from
from annotator.core.canonical import text_digest
from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema
from annotator.core.model import Annotator, Extent, Layer, extent_at
from annotator.core.operations import Operation, Scope, State
from annotator.core.standing import told_apart
from annotator.services import annotators, importing
from annotator.store import history, takenback
from annotator.store.project import Project

TEXTS = (
    "قال الرئيس فلاديمير بوتين إن لقاءه مع ترامب في موسكو كان مفيدًا 😀.\n"
    "وأضاف بوتين أن الاجتماع القادم سيعقد في القاهرة، ورحبت مصر بذلك.\n",
    "هاجم مسلحون مبنى البلدية في بغداد يوم الأحد، وقالت الوزارة إن بغداد آمنة.",
    "أعلنت مُنظَّمة الصحة العالمية حملة تلقيح في غزة، وشكرت غزة المنظمة.",
)
SCHEMA = """
[schema]
name = "everything"
version = "1"
renamed = [{from = "PER", to = "PERS"}]

[[entity]]
id = "PERS"
en = "Person"
ar = "شخص"
key = "p"
color = "n6"
subtypes = ["NAMED", "GROUP"]
attributes = [
  {id = "mention", values = ["NAM", "NOM", "PRO"], default = "NAM"},
  {id = "number", values = ["one", "many"]},
]

[[entity]]
id = "ORG"
key = "o"

[[entity]]
id = "GPE"
key = "g"
subtypes = ["CITY", "COUNTRY"]

[[event]]
id = "MEET"
key = "m"
roles = [
  {id = "actor", fillers = ["PERS", "ORG", "GPE"], min = 1, max = 2},
  {id = "place", fillers = ["GPE"]},
  {id = "theme", fillers = ["entity", "event"]},
]
attributes = [{id = "polarity", values = ["positive", "negative"], default = "positive"}]

[[event]]
id = "ATTACK"
key = "a"
roles = [
  {id = "actor", fillers = ["PERS", "ORG"]},
  {id = "cause", fillers = ["event"]},
]

[stance]
values = ["against", "neutral", "favor"]
ordered = true
off_scale = ["unrelated"]
holders = ["PERS", "ORG", "GPE"]
targets = ["topic", "entity", "event"]
attributes = [{id = "strength", values = ["weak", "strong"]}]

[[topic]]
id = "peace-talks"
en = "Peace talks"
ar = "محادثات السلام"

[[topic]]
id = "vaccines"

[[relation]]
id = "same_as"
sources = ["entity", "event"]
targets = ["entity", "event"]
symmetric = true

[[relation]]
id = "part_of"
sources = ["GPE", "ORG"]
targets = ["GPE", "ORG"]
attributes = [{id = "sure", values = ["yes", "no"], default = "yes"}]

[[question]]
id = "genre"
kind = "one"
values = ["report", "opinion"]

[[question]]
id = "sections"
kind = "many"
values = ["politics", "economy", "sport"]

[[question]]
id = "quality"
kind = "scale"
values = ["1", "2", "3"]

[[question]]
id = "summary"
kind = "text"
"""
LABEL_TABLES = ("entities", "events", "arguments", "stances", "relations", "answers")
_SATELLITES = ("spans", "attributes", "votes", "held")

# --- making --------------------------------------------------------------------------------------


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Give a temporary folder, with a data folder in it, in memory where there is such a place.

    A gesture costs a millisecond there, and not the twenty of a disk that is told to sync.
    """
    memory = Path("/dev/shm")  # noqa: S108
    folder = Path(tempfile.mkdtemp(prefix="hashiya-test-", dir=memory if memory.is_dir() else None))
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("HASHIYA_DATA", str(folder / "data"))
            yield folder
    finally:
        shutil.rmtree(folder)


def made(
    folder: Path,
    name: str = "project.hashiya",
    *,
    schema: str = SCHEMA,
    texts: tuple[str, ...] = TEXTS,
) -> Path:
    """Make a project file with `texts` as its articles, and return its path."""
    path = folder / name
    path.write_bytes(_template(schema, texts))
    return path


@functools.cache
def _template(schema: str, texts: tuple[str, ...]) -> bytes:
    with quick_folder() as folder:
        path = folder / "template.hashiya"
        with Project.create(path, schema, "قالب") as project:
            add_articles(project, *texts)
        return path.read_bytes()


def add_articles(project: Project, *texts: str) -> list[str]:
    """Import `texts` as articles, through files as a person would; return their SHA-256."""
    with quick_folder() as folder:
        for n, text in enumerate(texts):
            (folder / f"{n:03}.txt").write_bytes(text.encode())
        report = importing.import_sources(project, [folder], encoding="utf-8")
    if report.refused:
        raise report.refused[0].trouble
    return [text_digest(text) for text in texts]


def copied(path: Path, name: str) -> Path:
    """Copy the project file at `path` beside itself under another name: another replica."""
    return Path(shutil.copy(path, path.with_name(name)))


def annotator(project: Project, name: str = "a1") -> Annotator:
    """Return the annotator called `name`, made at need."""
    return annotators.ensure(project, name)


def layer_of(project: Project, name: str = "a1", text: str | int = 0) -> Layer:
    """Return the layer of the annotator `name` over a text of the project, or over `TEXTS[n]`."""
    return project.layer(sha_of(text), annotator(project, name).uid)


def sha_of(text: str | int) -> str:
    """Return the SHA-256 of a text, or of `TEXTS[n]`."""
    return text_digest(TEXTS[text] if isinstance(text, int) else text)


def extent_of(quote: str, text: str | int = 0, nth: int = 0) -> Extent:
    """Return the extent of the `nth` place where `quote` stands in a text."""
    text = TEXTS[text] if isinstance(text, int) else text
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return extent_at(text, [(start, start + len(quote))])


def code_of(gesture: Callable[[], object]) -> str:
    """Return the code by which `gesture` is refused; nothing where it is done."""
    try:
        gesture()
    except UserError as trouble:
        return trouble.code
    return ""


# --- what a file holds ---------------------------------------------------------------------------

Rows = list[tuple[Any, ...]]


def operations_in(project: Project) -> list[Operation]:
    """Return every operation of the file, as it is read back."""
    return list(history.all_operations(project.connection))


def contents(project: Project) -> dict[str, Rows]:
    """Return what the file says in all tables, without row ids: equal for files that say the same.

    Left out are the counters of replicas, and label schemas that are no longer in force.
    """
    connection = project.connection
    found = {name: sorted(connection.execute(query)) for name, query in _WORDED.items()}
    for table in (*LABEL_TABLES, *_SATELLITES):
        columns = _columns(connection, table)
        told = ",".join("l.uid" if name == "layer" else f't."{name}"' for name in columns)
        query = f"SELECT {told} FROM {table} t LEFT JOIN layers l ON l.id=t.layer"  # noqa: S608
        found[table] = sorted(connection.execute(query))
    return found


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    rows = connection.execute(f"PRAGMA table_info({table})")
    return [row[1] for row in rows if row[1] != "id"]


_WORDED = {
    "articles": "SELECT sha256,title,source,language,length,meta,withdrawn FROM articles",
    "texts": "SELECT a.sha256,t.text FROM texts t JOIN articles a ON a.id=t.article",
    "regions": 'SELECT a.sha256,r.start,r."end",r.role,r.source FROM regions r'
    " JOIN articles a ON a.id=r.article",
    "annotators": "SELECT uid,name,kind FROM annotators",
    "layers": "SELECT l.uid,a.sha256,n.uid,l.status,l.suggestions FROM layers l"
    " JOIN articles a ON a.id=l.article JOIN annotators n ON n.id=l.annotator",
    "progress": "SELECT n.uid,p.status,p.n FROM progress p JOIN annotators n ON n.id=p.annotator"
    " WHERE p.n<>0",
    "operations": "SELECT o.hash,o.replica,o.sequence,o.prev,o.lamport,coalesce(l.uid,''),o.who,"
    "o.at,o.kind,o.gesture,o.undoes,o.body FROM operations o LEFT JOIN layers l ON l.id=o.layer",
    "label_schema": "SELECT toml FROM label_schemas ORDER BY id DESC LIMIT 1",
    "doubt_answers": "SELECT label,text FROM doubt_answers",
    "taken_back": "SELECT operation,receipt FROM taken_back",
    "assignments": "SELECT annotator,article FROM assignments",
    "settings": "SELECT name,value FROM settings",
}


def n_operations(project: Project) -> int:
    """Return how many operations the file has."""
    return int(project.connection.execute("SELECT count(*) FROM operations").fetchone()[0])


# --- the tables as state, read without the program's own reader ----------------------------------

Held = dict[Scope, dict[str, str]]


def state_in_tables(project: Project) -> tuple[State, Held]:
    """Return what the tables say, in the form of the fold, and the held labels with the reason.

    Types are those after renaming. Regions are given for articles whose regions history names.
    """
    connection = project.connection
    state: State = {op.PROJECT: _project_state(connection)}
    held: Held = {}
    query = (
        "SELECT l.id,a.sha256,n.uid,l.status,l.suggestions FROM layers l"
        " JOIN articles a ON a.id=l.article JOIN annotators n ON n.id=l.annotator"
    )
    for row, sha256, uid, status, suggestions in connection.execute(query).fetchall():
        scope = Scope(sha256, uid)
        bodies = _labels_in(connection, row)
        if status != "new":
            bodies["status", ""] = {"status": status}
        if suggestions != "none":
            bodies["suggestions", ""] = {"suggestions": suggestions}
        state[scope] = bodies
        rows = connection.execute("SELECT label,why FROM held WHERE layer=?", (row,))
        held[scope] = dict(rows.fetchall())
    return state, held


def _noise_lines(connection: sqlite3.Connection) -> dict[tuple[str, str], Body]:
    query = "SELECT name,value FROM settings WHERE name LIKE 'noise/%'"
    rules = connection.execute(query).fetchall()
    return {("noise_line", name.partition("/")[2]): json.loads(value) for name, value in rules}


def _project_state(connection: sqlite3.Connection) -> dict[tuple[str, str], Body]:
    found: dict[tuple[str, str], Body] = {}
    for uid, name, kind in connection.execute("SELECT uid,name,kind FROM annotators"):
        found["annotator", uid] = {"name": name, "kind": kind}
    for (sha256,) in connection.execute("SELECT sha256 FROM articles WHERE withdrawn=1"):
        found["withdrawn", sha256] = {"withdrawn": 1}
    found |= _noise_lines(connection)
    for label, text in connection.execute("SELECT label,text FROM doubt_answers"):
        found["doubt_answer", label] = {"text": text}
    for annotator, article in connection.execute(_WORDED["assignments"]):
        found["assignment", f"{article}/{annotator}"] = {"assigned": 1}
    for (receipt,) in connection.execute("SELECT DISTINCT receipt FROM taken_back").fetchall():
        found["taken_back", receipt] = takenback.body(connection, receipt) or {}
    for (toml,) in connection.execute(_WORDED["label_schema"]):
        found["label_schema", ""] = {"toml": toml}
    for sha256, *region in connection.execute(_WORDED["regions"] + " ORDER BY r.start"):
        body = found.setdefault(("regions", sha256), {"regions": []})
        body["regions"].append(region)
    return found


def _labels_in(connection: sqlite3.Connection, layer: int) -> dict[tuple[str, str], Body]:
    connection.row_factory = sqlite3.Row
    try:
        found = {
            (kind, row["uid"]): _body_in(connection, layer, kind, row)
            for kind, table in zip(_KINDS, LABEL_TABLES, strict=True)
            for row in connection.execute(
                f"SELECT * FROM {table} WHERE layer=?",  # noqa: S608
                (layer,),
            ).fetchall()
        }
    finally:
        connection.row_factory = None
    return found


_KINDS = ("entity", "event", "argument", "stance", "relation", "answer")
_AS_NAMED = {
    "entity": {"type": "type", "subtype": "subtype", "link": "link"},
    "event": {"type": "type"},
    "argument": {"event": "event", "role": "type", "filler": "filler"},
    "stance": {"value": "type", "voice": "voice"},
    "relation": {"type": "type", "source_label": "source", "target_label": "target"},
    "answer": {"question": "type"},
}
_LEFT_OUT = {"subtype": "", "link": "", "voice": "author", "note": "", "doubt": "", "decision": ""}


def _body_in(connection: sqlite3.Connection, layer: int, kind: str, row: sqlite3.Row) -> Body:
    uid = row["uid"]
    names = {**_AS_NAMED[kind], "note": "note", "doubt": "doubt", "decision": "decision"}
    body: Body = {field: row[column] for column, field in names.items()}
    origin = [row["origin"], row["source"], round(row["confidence"] * 1000)]
    if origin != ["person", "", 1000]:
        body["origin"] = origin
    if kind == "stance":
        body["holder"] = [row["holder_kind"], row["holder"]]
        body["target"] = [row["target_kind"], row["target"]]
    if kind == "answer":
        body["values"] = json.loads(row["values"])
    key = (layer, uid)
    for part, *span in connection.execute(
        'SELECT part,start,"end",quote FROM spans WHERE layer=? AND label=? ORDER BY part,n', key
    ):
        body.setdefault("spans" if part == "extent" else part, []).append(span)
    for table, query in (
        ("attributes", "SELECT name,value FROM attributes WHERE layer=? AND label=? ORDER BY name"),
        ("votes", "SELECT annotator,value FROM votes WHERE layer=? AND label=? ORDER BY n"),
    ):
        pairs = [list(pair) for pair in connection.execute(query, key)]
        if pairs:
            body[table] = pairs
    return {name: value for name, value in body.items() if _LEFT_OUT.get(name) != value}


def state_in_history(project: Project, operations: Iterable[Operation]) -> tuple[State, Held]:
    """Return what `operations` say should be in the tables of `project`, and what is held."""
    schema = project.label_schema
    state: State = {op.PROJECT: {}}
    held: Held = {}
    given = list(operations)
    for scope, bodies in op.fold(given, takingback.left_out(given)).items():
        if scope.is_project:
            state[scope] = bodies
            continue
        labels = [label_from(*key, body) for key, body in bodies.items() if key[0] in _KINDS]
        stands, held[scope] = told_apart(labels, project.text(scope.article))
        up = {label.uid for label in stands}
        state[scope] = {
            key: with_current_type(schema, key[0], body)
            for key, body in bodies.items()
            if key[0] not in _KINDS or key[1] in up
        }
        if any(body_of(label) != bodies[key] for key, label in _keyed(bodies, stands)):
            raise AssertionError("a body is not what its label says")
    began = {operation.scope for operation in given if not operation.scope.is_project}
    for scope in began.union(_assigned_layers(project, state[op.PROJECT])):
        state.setdefault(scope, {})
        held.setdefault(scope, {})
    return state, held


def _assigned_layers(project: Project, bodies: Mapping[tuple[str, str], Body]) -> Iterator[Scope]:
    """Yield the layers that begin with an assignment: where the article is there."""
    there = {name for (name,) in project.connection.execute("SELECT sha256 FROM articles")}
    for kind, uid in bodies:
        if kind == "assignment" and uid[:64] in there:
            yield Scope(uid[:64], uid[65:])


def _keyed(
    bodies: dict[tuple[str, str], Body], labels: Iterable[Any]
) -> Iterator[tuple[tuple[str, str], Any]]:
    by_uid = {label.uid: label for label in labels}
    for key in bodies:
        if key[0] in _KINDS and key[1] in by_uid:
            yield key, by_uid[key[1]]


def with_current_type(schema: LabelSchema, kind: str, body: Body) -> Body:
    """Return `body` with its type as it is called after renaming."""
    if kind in ("entity", "event", "relation"):
        return {**body, "type": schema.current(body["type"])}
    return body


def assert_tables_are_history(project: Project) -> None:
    """Check that the tables are the fold of the operations, held labels and all."""
    operations = operations_in(project)
    expected, expected_held = state_in_history(project, operations)
    found, found_held = state_in_tables(project)
    named = {change.key for operation in operations for change in operation.changes}
    found[op.PROJECT] = {key: body for key, body in found[op.PROJECT].items() if key in named}
    expected[op.PROJECT] = {**_given(project.connection, named), **expected[op.PROJECT]}
    assert found == expected
    assert found_held == expected_held


def _given(
    connection: sqlite3.Connection, named: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Body]:
    """Return the regions that articles came with: they stand where nothing is said any longer."""
    query = (
        "SELECT a.sha256,g.regions FROM regions_given g JOIN articles a ON a.id=g.article"
        " WHERE g.regions<>'[]'"
    )
    given = {
        ("regions", name): {"regions": json.loads(told)} for name, told in connection.execute(query)
    }
    return {key: given[key] for key in named if key in given}


def assert_sound(project: Project) -> None:
    """Check the file itself, every quote, every hash, and that the tables are the history."""
    connection = project.connection
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for operation in operations_in(project):
        assert op.recorded(operation)[0].hash == operation.hash
    wrong = connection.execute(
        "SELECT count(*) FROM spans s JOIN layers l ON l.id=s.layer"
        " JOIN texts t ON t.article=l.article"
        ' WHERE substr(t.text,s.start+1,s."end"-s.start) IS NOT s.quote'
    ).fetchone()
    assert wrong == (0,)
    assert_tables_are_history(project)
