"""A project file made anew from what vouches for itself in another: repair, and erasure.

Texts and operations are taken over as they are, whatever hash holds; everything else is made from
them. So whatever was wrong in tables, indexes, counts or pages is right in the new file, and what
is lost is named.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.incoming import Arrived
from annotator.core.operations import Change
from annotator.core.uids import new_project
from annotator.store import (
    doctorderived,
    doctorfile,
    doctorhistory,
    history,
    newarticles,
    opening,
    rebuilding,
    receipts,
    sealing,
    takenback,
)
from annotator.store.doctorfindings import Findings
from annotator.store.doctorproject import NOTED
from annotator.store.erasing import Gone, Saying, Without, layer_without, project_without
from annotator.store.filecopy import Step
from annotator.store.filefacts import is_whole
from annotator.store.indexing import index_pending
from annotator.store.keptbeside import NOTHING_BESIDE, Beside
from annotator.store.project import Project
from annotator.store.receipts import Range, Receipt
from annotator.store.salvaging import Lost, Salvage
from annotator.store.uniting import Uniting


@dataclass(slots=True)
class Remade:
    """What the new file holds, what was lost on the way, and how many operations were left out.

    `n_noted` are operations before which something is missing: that is noted in the file.
    `from_others` are those (hashes) that the journals of other files had.
    """

    n_articles: int = 0
    n_operations: int = 0
    n_held: int = 0
    n_noted: int = 0
    n_left_out: int = 0
    lost: Lost = field(default_factory=Lost)
    from_others: frozenset[str] = frozenset()


def _go_on(_done: int, _total: int) -> None:
    """Tell nobody."""


def remake(
    copy: Path,
    to: Path,
    *,
    without: Without | None = None,
    beside: Beside = NOTHING_BESIDE,
    at: str = "",
    step: Step = _go_on,
) -> Remade:
    """Make a project file at `to` from the copy of one, which nobody else uses.

    `without` says what is left out, `beside` what this machine still has of what the file lacks,
    `at` the time that new operations carry. Raise `UserError`: `file_exists`; `damaged` where
    nothing can be read.
    """
    with suppress(UserError, sqlite3.Error, UnicodeDecodeError):  # else it is taken as it is
        opening.bring_up_to_date(copy)
    source = doctorfile.opened(copy, Findings())
    if source is None:
        raise UserError("damaged", path=to.name)
    with closing(source):
        if not is_whole(source):
            raise UserError("damaged", path=to.name)
        return remade_of(Salvage(source, beside), to, without=without, at=at, step=step)


def remade_of(
    salvage: Salvage, to: Path, *, without: Without | None = None, at: str = "", step: Step = _go_on
) -> Remade:
    """Make a project file at `to` of what `salvage` takes; raise as `remake` does."""
    remaking = _Remaking(salvage, without or Without(), at, step)
    opening.make_file(to, lambda made: remaking.fill(made, to))
    remaking.made.from_others = frozenset(salvage.from_others)
    return remaking.made


class _Remaking:
    """One file under way."""

    def __init__(self, salvage: Salvage, without: Without, at: str, step: Step) -> None:
        self._salvage = salvage
        self._without = without
        self._step = step
        self._gone = Gone()
        self._named: set[str] = set()
        self._n_done = 0
        self._layers: list[list[Arrived]] = []
        self._of_project = salvage.of_project()
        greatest = max((lamport for _, _, lamport in salvage.replicas()), default=0)
        self._saying = Saying(greatest, at if salvage.settings.all.get("times") == "minute" else "")
        self.made = Remade(lost=salvage.lost)

    def fill(self, connection: sqlite3.Connection, path: Path) -> None:
        """Write the new file, whose tables are there and empty."""
        connection.execute("BEGIN IMMEDIATE")
        self._settings(connection)
        project = Project(connection, path)
        for record in self._salvage.articles():
            if record.sha256 not in self._without.articles:
                self.made.n_articles += newarticles.add(project, record)
        self._project_scope(connection)
        self._layer_scopes(project)
        self._counters(connection)
        self._receipts(project)
        self._note_what_stays(connection)
        connection.execute("COMMIT")
        index_pending(project)

    # --- settings, counters -----------------------------------------------------------------------

    def _settings(self, connection: sqlite3.Connection) -> None:
        usual = {"title": "", "role": "lead", "times": "minute", "annotatable": ""}
        told = usual | {
            name: value
            for name, value in self._salvage.settings.all.items()
            if name in sealing.FIXED
        }
        if self._without or not told.get("project"):
            told["project"] = new_project()
        told["indexed"] = "0"
        connection.executemany("INSERT INTO settings(name,value) VALUES(?,?)", told.items())
        sealing.seal_settings(connection)

    def _counters(self, connection: sqlite3.Connection) -> None:
        """Keep how far replicas had come, at least as far as history says.

        Of a file without somebody only those are named that history names.
        """
        greatest = "SELECT coalesce(max(lamport),0) FROM operations"
        lamport = connection.execute(greatest).fetchone()[0]
        said = ((name, n, lamport) for name, n in doctorderived.given(connection).items())
        kept = () if self._without else self._salvage.replicas()
        connection.executemany(_KEEP_COUNTERS, [*kept, *said])

    # --- history ----------------------------------------------------------------------------------

    def _project_scope(self, connection: sqlite3.Connection) -> None:
        given = self._of_project
        if self._without:
            self._leave_out()
            changes = project_without(given, self._without, self._gone)
            given = list(self._saying.said(op.PROJECT, changes))
        given = [*given, *self._saying.said(op.PROJECT, self._unsaid(given))]
        rows = (history.row_of_arrived(one, None) for one in given)
        connection.executemany(history.INSERT, rows)
        self.made.n_operations += len(given)
        rebuilding.refold_project(connection)

    def _leave_out(self) -> None:
        """Count what goes with articles and annotators that are left out."""
        for group in self._groups():
            if self._without.has(group[0].scope):
                self._gone.add(group)
        self.made.n_left_out = len(self._gone.operations)

    def _groups(self) -> Iterator[list[Arrived]]:
        """Yield the layers' operations; read once where they are needed twice."""
        if not self._layers and self._without:
            self._layers = list(self._salvage.of_layers())
        return iter(self._layers) if self._without else self._salvage.of_layers()

    def _unsaid(self, given: Iterable[Arrived]) -> Iterator[Change]:
        """Yield what must be said, and what history no longer says: names, and a label schema."""
        said = {(change.kind, change.uid) for one in given for change in one.changes}
        for uid in sorted({scope.annotator for scope in self._salvage.scopes}):
            if (op.ANNOTATOR, uid) not in said and uid not in self._without.annotators:
                yield self._naming(uid)
        if (op.LABEL_SCHEMA, "") not in said:
            yield Change(op.LABEL_SCHEMA, "", None, {"toml": self._salvage.schema_toml()})

    def _layer_scopes(self, project: Project) -> None:
        left_out = takenback.names(project.connection)
        uniting = Uniting(project, self._salvage.n_operations)
        for group in self._groups():
            scope = group[0].scope
            self._n_done += len(group)
            self._step(self._n_done, self._salvage.n_operations)
            if self._without.has(scope):
                continue
            self._name(project.connection, scope.annotator)
            changes = layer_without(group, left_out, self._without) if self._without else None
            said = group if changes is None else list(self._saying.said(scope, changes))
            self._take(uniting, said)
        self.made.n_held = uniting.ended().held

    def _name(self, connection: sqlite3.Connection, uid: str) -> None:
        """Say who an annotator is whom only operations that came late name."""
        query = "SELECT 1 FROM annotators WHERE uid=?"
        if uid in self._named or connection.execute(query, (uid,)).fetchone() is not None:
            self._named.add(uid)
            return
        changes = [self._naming(uid)]
        rows = (history.row_of_arrived(one, None) for one in self._saying.said(op.PROJECT, changes))
        connection.executemany(history.INSERT, rows)
        rebuilding.refold_project(connection)

    def _naming(self, uid: str) -> Change:
        name, kind = self._salvage.names.get(uid, (uid, "human"))
        return Change(op.ANNOTATOR, uid, None, {"kind": kind, "name": name})

    def _take(self, uniting: Uniting, given: list[Arrived]) -> None:
        before = uniting.n_new
        uniting.of_layers(given)
        self.made.n_operations += uniting.n_new - before
        if given and given[0].scope.article in uniting.no_text:
            self.made.lost.waiting += len(given)
            self.made.n_operations -= len(given)

    # --- what is left -----------------------------------------------------------------------------

    def _receipts(self, project: Project) -> None:
        """Keep receipts, which name operations by where they stand."""
        for uid, at, name, bundle, told in self._salvage.receipts():
            found = _counts_of(told)
            if found is None or any(gone in name for gone in self._without.names):
                continue
            counts, ranges = found
            rows = [row for one in ranges for row in self._rows_of(project.connection, one)]
            if rows:
                receipts.write(
                    project,
                    Receipt(uid, at, name, bundle, counts, tuple(receipts.runs(sorted(rows)))),
                )

    def _rows_of(self, connection: sqlite3.Connection, one: Range) -> Iterator[int]:
        query = "SELECT id FROM operations WHERE hash=?"
        for name in self._salvage.names_between(*one):
            for (row,) in connection.execute(query, (name,)):
                yield row

    def _note_what_stays(self, connection: sqlite3.Connection) -> None:
        """Note the operations before which something is missing: nothing can bring it back."""
        noted = doctorhistory.broken(connection, self._salvage.settings.owner)
        self.made.n_noted = len(noted)
        if noted:
            query = "INSERT INTO settings(name,value) VALUES(?,?)"
            connection.execute(query, (NOTED, " ".join(sorted(noted))))


_KEEP_COUNTERS = (
    "INSERT INTO replicas(replica,counter,lamport) VALUES(?,?,?) ON CONFLICT(replica) DO UPDATE"
    " SET counter=max(counter,excluded.counter),lamport=max(lamport,excluded.lamport)"
)


def _counts_of(told: str) -> tuple[dict[str, int], list[Range]] | None:
    try:
        found = orjson.loads(told)
        return dict(found["counts"]), [(first, last) for first, last in found["operations"]]
    except (ValueError, KeyError, TypeError):
        return None
