"""Reading what vouches for itself in the copy of a file: texts and operations whose hashes hold.

Nothing else is believed but what no hash is over: titles, sources and who is called what where
history no longer says it. A row that cannot be read is passed over, and the next one is read.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import orjson

from annotator.core import canonical
from annotator.core import operations as op
from annotator.core.bundles import ArticleRecord
from annotator.core.errors import UserError
from annotator.core.incoming import Arrived
from annotator.core.operations import Scope
from annotator.core.schematoml import read_schema
from annotator.store import doctorhistory, salvagedregions
from annotator.store.doctorproject import Settings
from annotator.store.givenregions import Given
from annotator.store.keptbeside import NOTHING_BESIDE, Beside
from annotator.store.otherjournals import arrived_in
from annotator.store.outgoing import LINE_COLUMNS
from annotator.store.placing import Placing

Row = tuple[Any, ...]
_ARTICLE = "sha256,title,source,language,meta,encoding,rules"


@dataclass(slots=True)
class Lost:
    """What did not hold: articles without their text, by uid; operations, by name.

    `waiting` counts sound operations of articles that are not there.
    """

    texts: list[str] = field(default_factory=list)
    operations: list[str] = field(default_factory=list)
    waiting: int = 0


Taken = Callable[[Arrived, int | None], None]
"""Is told of each operation that is taken, with its row id; None where a journal had it."""
OF_OTHERS = -1  # instead of a row id: the journal of another file had it
StandIn = Callable[[sqlite3.Connection], str]
"""Returns the TOML of a label schema, made of what is there."""


class Salvage:
    """What can be taken from one copy, whose connection is `connection`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        beside: Beside = NOTHING_BESIDE,
        taken: Taken | None = None,
        stand_in: StandIn | None = None,
    ) -> None:
        """Read which scopes there are; `stand_in` makes a label schema where there is none."""
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        self._connection = connection
        self._beside = beside
        self._taken = taken
        self._stand_in = stand_in
        self.has_stand_in, self.from_others = False, set[str]()
        self.lost = Lost()
        self.settings = Settings(*_told(dict(self._rows("settings", "name,value", key="name"))))
        self.names = {uid: (name, kind) for uid, name, kind in self._rows(_WHO, "uid,name,kind")}
        self._articles: dict[int, str] = dict(self._rows("articles", "id,sha256"))
        self._rows_named: dict[str, list[int]] = defaultdict(list)
        self._scopes = self._read_scopes()
        self._rows_of: dict[int | None, list[int]] = defaultdict(list)
        for row, layer in self._rows("operations", "id,layer"):
            self._rows_of[layer].append(row)
        self._misplaced: list[Row] = []
        self._seen: set[str] = set()

    @property
    def all_articles(self) -> frozenset[str]:
        """The articles (SHA-256) that the file names, with their texts or without."""
        return frozenset(self._articles.values())

    @property
    def n_operations(self) -> int:
        """How many operations there are, sound or not."""
        return sum(map(len, self._rows_of.values()))

    @property
    def scopes(self) -> Collection[Scope]:
        """The scopes of the layers that have operations."""
        return [self._scopes[layer] for layer in self._rows_of if layer in self._scopes]

    # --- articles -------------------------------------------------------------------------------

    def articles(self) -> Iterator[ArticleRecord]:
        """Yield the articles whose texts are there, in the file or beside it."""
        done: set[str] = set()
        for row, sha256 in self._articles.items():
            self._rows_named[sha256].append(row)
        for row, sha256 in self._articles.items():
            text = self._text(row, sha256) if sha256 not in done else None
            if text is not None:
                done.add(sha256)
                yield self._record(row, sha256, text)
        self.lost.texts += sorted(sha256[:16] for sha256 in self.all_articles - done)

    def _text(self, row: int, sha256: str) -> str | None:
        text = next((text for (text,) in self._row("texts", "text", "article", row)), None)
        if not isinstance(text, str) or not _is_of(sha256, text):
            text = self._beside.text(sha256)
        return text if text is not None and _is_of(sha256, text) else None

    def _record(self, row: int, sha256: str, text: str) -> ArticleRecord:
        _, title, source, language, meta, encoding, rules = (
            _plain(value) for value in next(iter(self._row("articles", _ARTICLE, "id", row)))
        )
        told = (title or sha256[:16], source, language, _sound_meta(meta), encoding, rules)
        return ArticleRecord(sha256, *told, self._regions(sha256, text), text)

    def _regions(self, sha256: str, text: str) -> tuple[Given, ...]:
        found = salvagedregions.regions_of(self._row, self._rows_named[sha256], sha256, text)
        return tuple((one.start, one.end, one.role, one.source) for one in found)

    # --- operations -----------------------------------------------------------------------------

    def of_project(self) -> list[Arrived]:
        """Return the sound operations of the project's scope."""
        found = list(self._sound(op.PROJECT, self._rows_of[None]))
        return [*found, *self._of_journals(of_project=True)]

    def of_layers(self) -> Iterator[list[Arrived]]:
        """Yield the sound operations of layers, those of one together, and then what came late.

        Late are those that stood in a wrong layer, and those that only a journal still has.
        """
        for layer, rows in self._rows_of.items():
            if layer is not None:
                found = list(self._sound(self._scopes.get(layer), rows))
                if found:
                    yield found
        late: dict[Scope, list[Arrived]] = defaultdict(list)
        for one in (*self._put_right(), *self._of_journals(of_project=False)):
            late[one.scope].append(one)
        self.lost.operations = [one for one in self.lost.operations if one not in self._seen]
        yield from late.values()

    def _sound(self, scope: Scope | None, rows: Sequence[int]) -> Iterator[Arrived]:
        for number in rows:
            for name, *row in self._row("operations", "hash," + LINE_COLUMNS, "o.id", number, "o"):
                given = None
                if scope is not None:
                    given = doctorhistory.read(scope, name, tuple(row))
                if given is None:
                    self._misplaced.append((number, name, *row))
                elif self._is_new(given, number):
                    yield given

    def _is_new(self, given: Arrived, row: int | None) -> bool:
        """Whether an operation was not taken before; it is now."""
        if given.hash in self._seen:
            return False
        self._seen.add(given.hash)
        if row == OF_OTHERS:
            self.from_others.add(given.hash)
        if self._taken is not None:
            self._taken(given, row)
        return True

    def _put_right(self) -> Iterator[Arrived]:
        """Yield the operations that are sound in another layer than where they stand."""
        placing = Placing((*self._scopes.values(), *self._pairs()))
        for number, name, *row in self._misplaced:
            given = placing.placed(name, row)
            if given is None:
                self.lost.operations.append(str(name))
            elif self._is_new(given, number):
                yield given

    def _pairs(self) -> Iterator[Scope]:
        if self._misplaced:
            for article in self._articles.values():
                yield from (Scope(article, annotator) for annotator in self.names)

    def _of_journals(self, *, of_project: bool) -> Iterator[Arrived]:
        """Yield what the file lacks of journals: of the project's scope, or of layers."""
        for lines, row in ((self._beside.lines, None), (self._beside.others, OF_OTHERS)):
            for given in arrived_in(lines()):
                if given.scope.is_project == of_project and self._is_new(given, row):
                    yield given

    def schema_toml(self) -> str:
        """Return the newest label schema in the tables that is sound; else what stands in for it.

        Raise `damaged` without either.
        """
        for (toml,) in reversed(list(self._rows("label_schemas", "toml"))):
            with suppress(UserError):
                read_schema(toml)
                return str(toml)
        if self._stand_in is None:
            raise UserError("damaged", path="")
        self.has_stand_in = True
        return self._stand_in(self._connection)

    # --- receipts and counters ------------------------------------------------------------------

    def receipts(self) -> Iterator[Row]:
        """Yield the receipts as rows: uid, at, name, bundle, counts."""
        return self._rows("receipts", "uid,at,name,bundle,counts", key="uid")

    def replicas(self) -> Iterator[Row]:
        """Yield the counters: replica, counter, lamport."""
        for replica, counter, lamport in self._rows("replicas", "*", key="replica"):
            if isinstance(counter, int) and isinstance(lamport, int) and len(replica) == 8:
                yield replica, counter, lamport

    def names_between(self, first: int, last: int) -> list[str]:
        """Return the hashes of the operations with row ids from `first` to `last`."""
        query = "SELECT hash FROM operations WHERE id BETWEEN ? AND ? ORDER BY id"
        try:
            return [name for (name,) in self._connection.execute(query, (first, last))]
        except sqlite3.Error:
            return []

    # --- rows -----------------------------------------------------------------------------------

    def _read_scopes(self) -> dict[int, Scope]:
        whose: dict[int, str] = dict(self._rows(_WHO, "id,uid"))
        return {
            row: Scope(self._articles[article], whose[annotator])
            for row, article, annotator in self._rows("layers", "id,article,annotator")
            if article in self._articles and annotator in whose
        }

    def _rows(self, table: str, columns: str, key: str = "id") -> Iterator[Row]:
        """Yield all rows that can be read, one by one where a table cannot be read in one go."""
        query = f"SELECT {columns} FROM {table} NOT INDEXED ORDER BY {key}"
        try:
            yield from self._connection.execute(query).fetchall()
        except sqlite3.Error:
            yield from self._one_by_one(table, columns, key)

    def _one_by_one(self, table: str, columns: str, key: str) -> Iterator[Row]:
        try:
            query = f"SELECT max({key}) FROM {table}"
            last = self._connection.execute(query).fetchone()[0]
        except sqlite3.Error:
            return
        if isinstance(last, int):
            for number in range(1, last + 1):
                yield from self._row(table, columns, key, number)

    def _row(
        self, table: str, columns: str, key: str, value: object, alias: str = ""
    ) -> Sequence[Row]:
        """Return the rows with that key; none where they are not there or cannot be read."""
        query = f"SELECT {columns} FROM {table} {alias} WHERE {key}=?"
        try:
            return self._connection.execute(query, (value,)).fetchall()
        except sqlite3.Error:
            return ()


_WHO = "annotators"


def _told(found: dict[str, str]) -> tuple[str, str, dict[str, str]]:
    told = {name: _plain(value) for name, value in found.items()}
    return told.get("project", ""), told.get("annotator", ""), told


def _plain(value: object) -> str:
    """Return a value as text that can be written: what is no character becomes a question mark."""
    return str(value).encode("utf-8", "replace").decode()


def _is_of(sha256: str, text: str) -> bool:
    try:
        return canonical.text_digest(text) == sha256
    except UnicodeEncodeError:
        return False


def _sound_meta(meta: str) -> str:
    try:
        return meta if isinstance(orjson.loads(meta), dict) else "{}"
    except orjson.JSONDecodeError:
        return "{}"
