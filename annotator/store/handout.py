"""The project file that one annotator is given: built new, with nothing of anybody else's in it.

It holds the articles that she is to read or has begun, her layers with their history, and of the
project's scope what is for all or for her, as the lead's own operations. It is never made by
deleting from a copy: bytes that were never written cannot be found.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.core import operations as op
from annotator.core import recipients, takingback
from annotator.core.errors import UserError
from annotator.core.model import Annotator
from annotator.core.operations import Change, Operation
from annotator.core.uids import new_batch
from annotator.store import (
    assignments,
    history,
    indexing,
    opening,
    registers,
    rows,
    sealing,
    storedlabels,
)
from annotator.store.project import Project
from annotator.store.tables import LABEL_TABLES

ROLE = "annotator"
_KEPT = ("project", "title", "times", "annotatable")


def unsaid(project: Project, annotator: str, articles: Iterable[str]) -> list[tuple[str, str]]:
    """Return what (kind, uid) holds for an annotator by no operation that she may see.

    It was said together with what is of others, or by one of them. Said again for her alone, her
    file can hold it.
    """
    seen = _Seen(project, annotator, frozenset(articles))
    told = op.fold(seen.visible).get(op.PROJECT, {})
    return [
        (kind, uid)
        for kind, uid in sorted(seen.wanted)
        if registers.of_project(project.connection, kind, uid) != told.get((kind, uid))
    ]


def visible(project: Project, annotator: str, articles: Iterable[str]) -> list[Operation]:
    """Return the operations of the project's scope that an annotator of `articles` may see."""
    return _Seen(project, annotator, frozenset(articles)).visible


def make(project: Project, annotator: Annotator, articles: Iterable[str], path: Path) -> Path:
    """Make the file of `annotator` beside `path`, whole; return where, for `put_in_place`.

    `articles` are SHA-256s. Nothing that she needs may be `unsaid` any longer.
    """
    seen = _Seen(project, annotator.uid, frozenset(articles))

    def fill(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("ATTACH DATABASE ? AS whole", (_read_only(project),))
        connection.execute("BEGIN")
        _copy(connection, annotator.uid, seen)
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE whole")
        indexing.index_pending(Project(connection, path))

    return opening.made_beside(path, fill)


def refuse_to_replace(project: Project, annotator: str, path: Path) -> None:
    """Raise where `path` is taken by anything but an earlier file of hers without unknown work."""
    if not (path.exists() or path.is_symlink()):
        return
    try:
        with Project.open(path) as there:
            is_hers = (there.uid, there.owner) == (project.uid, annotator)
            names = [name for (name,) in there.connection.execute(_OF_LAYERS)]
    except UserError as error:
        if error.code in ("locked", "too_new"):
            raise
        raise UserError("file_exists", path=path.name) from error
    if not is_hers:
        raise UserError("file_exists", path=path.name)
    known = "SELECT 1 FROM operations WHERE hash=?"
    n_new = sum(project.connection.execute(known, (name,)).fetchone() is None for name in names)
    if n_new:
        raise UserError("holds_work", path=path.name, n=n_new)


_OF_LAYERS = "SELECT hash FROM operations WHERE layer IS NOT NULL"


class _Seen:
    """The operations of the project's scope that an annotator may see, and what she must know.

    `wanted` is every (kind, uid) that history speaks of and that concerns her; `taken_back` are
    operations of hand-ins that do not count now.
    """

    def __init__(self, project: Project, annotator: str, articles: frozenset[str]) -> None:
        self._connection = project.connection
        self._annotator = annotator
        self._articles = articles
        self.visible: list[Operation] = []
        self.wanted: set[tuple[str, str]] = {(op.ANNOTATOR, annotator)}
        operations = list(history.operations_of(project.connection, None))
        self.taken_back = takingback.left_out(operations)
        for operation in operations:
            concerning = {change.key for change in operation.changes if self._concerns(change)}
            self.wanted |= concerning
            if concerning and self._is_visible(operation):
                self.visible.append(operation)

    @property
    def names(self) -> Iterator[tuple[str]]:
        """What is to be copied: articles, labels with an answer, operations of the project."""
        answered = (uid for kind, uid in self.wanted if kind == op.DOUBT_ANSWER)
        told = (operation.hash for operation in self.visible)
        return ((name,) for name in (*self._articles, *answered, *told))

    def _is_visible(self, operation: Operation) -> bool:
        recipient = recipients.recipient_of(operation, self._owner_of)
        is_hers = recipients.articles_in(operation) <= self._articles
        return is_hers and recipient in (recipients.ALL, self._annotator)

    def _concerns(self, change: Change) -> bool:
        match change.kind:
            case op.LABEL_SCHEMA:
                return True
            case op.REGIONS | op.WITHDRAWN:
                return change.uid in self._articles
            case op.ANNOTATOR:
                return change.uid == self._annotator
            case op.ASSIGNMENT:
                return assignments.parts_of(change.uid)[1] == self._annotator
            case op.DOUBT_ANSWER:
                return self._owner_of(change.uid) == self._annotator
        return False

    def _owner_of(self, label: str) -> str | None:
        """Return in whose layer a label stands: nobody's where it stands in several, or in none."""
        found = storedlabels.layers_of_label(self._connection, label)
        if len(found) != 1:
            return None
        query = "SELECT n.uid FROM layers l JOIN annotators n ON n.id=l.annotator WHERE l.id=?"
        return str(self._connection.execute(query, found).fetchone()[0])


# --- copying ------------------------------------------------------------------------------------


def _read_only(project: Project) -> str:
    """Return the address of what is read of `project`: its file, or a copy of it."""
    query = "SELECT file FROM pragma_database_list WHERE name='main'"
    (path,) = project.connection.execute(query).fetchone()
    return f"{Path(path).as_uri()}?mode=ro"


def _copy(connection: sqlite3.Connection, annotator: str, seen: _Seen) -> None:
    """Copy what is hers from the attached file `whole`."""
    for table in ("hers", "taken_back"):
        connection.execute(f"CREATE TEMP TABLE {table}(name TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.executemany("INSERT INTO temp.hers VALUES(?)", seen.names)
    taken_back = ((name,) for name in seen.taken_back)
    connection.executemany("INSERT INTO temp.taken_back VALUES(?)", taken_back)
    for statement in _ARTICLES:
        connection.execute(statement, {"annotator": annotator})
    for table, columns in _OF_LABELS.items():
        named = ",".join(columns)
        values = ",".join("m.new" if name == "layer" else f"x.{name}" for name in columns)
        connection.execute(
            f"INSERT INTO main.{table}({named}) SELECT {values} FROM temp.moved m"
            f" JOIN whole.{table} x ON x.layer=m.old ORDER BY {_ORDER.get(table, 'x.id')}"
        )
    connection.execute(_OPERATIONS)
    _copy_settings(connection, annotator)
    for table in ("hers", "taken_back", "moved"):
        connection.execute(f"DROP TABLE temp.{table}")


def _copy_settings(connection: sqlite3.Connection, annotator: str) -> None:
    """Write what the file is: hers, and another one than any that stood in its place before.

    The greatest Lamport number goes with the lead's history, above which hers goes on.
    """
    kept = f"INSERT INTO main.settings SELECT * FROM whole.settings WHERE name IN {_KEPT}"
    connection.execute(kept)
    own = {"role": ROLE, "annotator": annotator, "handed": new_batch(), "indexed": "0"}
    connection.executemany("INSERT INTO main.settings(name,value) VALUES(?,?)", own.items())
    sealing.seal_settings(connection)
    connection.execute(
        "INSERT INTO main.replicas(replica,counter,lamport) SELECT replica,0,lamport"
        " FROM whole.replicas ORDER BY lamport DESC LIMIT 1"
    )


_COLUMNS = "sha256,title,source,language,length,meta,encoding,rules"
_ARTICLES = (
    f"INSERT INTO main.articles({_COLUMNS}) SELECT {_COLUMNS} FROM whole.articles"
    " WHERE sha256 IN (SELECT name FROM temp.hers) ORDER BY id",
    "INSERT INTO main.texts(article,text) SELECT a.id,t.text FROM main.articles a"
    " JOIN whole.articles w ON w.sha256=a.sha256 JOIN whole.texts t ON t.article=w.id"
    " ORDER BY a.id",
    'INSERT INTO main.regions(article,start,"end",role,source)'
    ' SELECT a.id,r.start,r."end",r.role,r.source FROM main.articles a'
    " JOIN whole.articles w ON w.sha256=a.sha256 JOIN whole.regions r ON r.article=w.id"
    " ORDER BY a.id,r.start",
    "INSERT INTO main.regions_given(article,regions,seal) SELECT a.id,g.regions,g.seal"
    " FROM main.articles a JOIN whole.articles w ON w.sha256=a.sha256"
    " JOIN whole.regions_given g ON g.article=w.id ORDER BY a.id",
    "INSERT INTO main.annotators(uid,name,kind) SELECT uid,name,kind FROM whole.annotators"
    " WHERE uid=:annotator",
    "INSERT INTO main.assignments(annotator,article) SELECT annotator,article"
    " FROM whole.assignments WHERE annotator=:annotator ORDER BY article",
    "INSERT INTO main.label_schemas(name,version,digest,toml) SELECT name,version,digest,toml"
    " FROM whole.label_schemas ORDER BY id DESC LIMIT 1",
    "INSERT INTO main.layers(uid,article,annotator,status,suggestions)"
    " SELECT l.uid,a.id,n.id,l.status,l.suggestions FROM whole.layers l"
    " JOIN whole.annotators w ON w.id=l.annotator JOIN main.annotators n ON n.uid=w.uid"
    " JOIN whole.articles v ON v.id=l.article JOIN main.articles a ON a.sha256=v.sha256"
    " ORDER BY l.id",
    "CREATE TEMP TABLE moved AS SELECT w.id AS old,l.id AS new FROM main.layers l"
    " JOIN whole.layers w ON w.uid=l.uid ORDER BY w.id",
    "INSERT INTO main.doubt_answers(label,text) SELECT label,text FROM whole.doubt_answers"
    " WHERE label IN (SELECT name FROM temp.hers)",
)
_OF_LABELS = {
    **{LABEL_TABLES[kind]: columns for kind, columns in rows.COLUMNS.items()},
    "spans": ("layer", "label", "part", "n", "start", '"end"', "quote"),
    "attributes": ("layer", "label", "name", "value"),
    "votes": ("layer", "label", "n", "annotator", "value"),
    "held": ("layer", "label", "kind", "why"),
}
_ORDER = dict.fromkeys(("spans", "attributes", "votes", "held"), "x.layer,x.label")
_OPERATIONS = (
    f"INSERT INTO main.operations({','.join(history.COLUMNS)})"
    f" SELECT {','.join('m.new' if name == 'layer' else f'o.{name}' for name in history.COLUMNS)}"
    " FROM whole.operations o LEFT JOIN temp.moved m ON m.old=o.layer"
    " WHERE (m.old IS NOT NULL OR o.hash IN (SELECT name FROM temp.hers))"
    " AND o.hash NOT IN (SELECT name FROM temp.taken_back) ORDER BY o.id"
)
