"""The texts of all backups of one project file, each kept once under its SHA-256.

A text that is not what its name says counts as none: it is taken from the project again.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Self

from annotator.store import opening

NAME = "texts.sqlite"
DAMAGED = "texts-damaged.sqlite"
_TABLE = """CREATE TABLE IF NOT EXISTS texts(id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE, text TEXT NOT NULL) STRICT"""
_AT_ONCE = 500


class NotWholeError(sqlite3.DatabaseError):
    """A text of the project is not there, or is not what its name says."""


class Texts:
    """The texts in a folder of backups, open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take an open connection; `opened` makes one."""
        self._connection = connection

    @classmethod
    @contextmanager
    def opened(cls, folder: Path) -> Iterator[Self]:
        """Open the texts in `folder`, made there at need; what is no such file is put aside."""
        try:
            connection = _connected(folder / NAME)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            put_aside(folder)
            connection = _connected(folder / NAME)
        try:
            yield cls(connection)
        finally:
            connection.close()

    def __len__(self) -> int:
        found: int = self._connection.execute("SELECT count(*) FROM texts").fetchone()[0]
        return found

    def missing(self, names: Iterable[str]) -> list[str]:
        """Return those of `names` (SHA-256s) that are not kept."""
        known = {name for (name,) in self._connection.execute("SELECT sha256 FROM texts")}
        return [name for name in names if name not in known]

    def text(self, name: str) -> str | None:
        """Return the text whose SHA-256 is `name`; None where it is not kept, or not whole."""
        query = "SELECT text FROM texts WHERE sha256=?"
        try:
            found = self._connection.execute(query, (name,)).fetchone()
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return None
        return found[0] if found and is_of(name, found[0]) else None

    def add(self, texts: Iterable[tuple[str, str]]) -> int:
        """Keep texts with their names, in one durable transaction; return how many bytes.

        Raise `NotWholeError` where one is not what its name says.
        """
        n_bytes = 0
        with self._written():
            for name, text in texts:
                spelled = text.encode("utf-8", "surrogatepass")
                if hashlib.sha256(spelled).hexdigest() != name:
                    raise NotWholeError("a text is not what its name says")
                self._connection.execute(_PUT, (name, text))
                n_bytes += len(spelled)
        return n_bytes

    def damaged(self, number: int, parts: int) -> list[str]:
        """Return the names of texts that are not whole, among one of so many parts of them all.

        With the next `number` at each backup all are looked at in `parts` backups.
        """
        last = self._connection.execute("SELECT coalesce(max(id),0) FROM texts").fetchone()[0]
        at, length = number % parts, last // parts + 1
        query = "SELECT sha256,text FROM texts WHERE id>? AND id<=?"
        rows = self._connection.execute(query, (at * length, (at + 1) * length))
        return [name for name, text in rows if not is_of(name, text)]

    def forget(self, names: Iterable[str]) -> None:
        """Keep the texts called `names` no longer."""
        with self._written():
            keys = ((name,) for name in names)
            self._connection.executemany("DELETE FROM texts WHERE sha256=?", keys)

    def shrink(self) -> None:
        """Give the room of what is kept no longer back to the disk."""
        self._connection.execute("VACUUM")

    def names(self) -> set[str]:
        """Return the names of all texts that are kept."""
        return {name for (name,) in self._connection.execute("SELECT sha256 FROM texts")}

    @contextmanager
    def _written(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise


_PUT = (
    "INSERT INTO texts(sha256,text) VALUES(?,?)"
    " ON CONFLICT(sha256) DO UPDATE SET text=excluded.text"
)


def put_aside(folder: Path) -> None:
    """Let texts that cannot be read begin anew; what can still be read of them is kept beside."""
    (folder / NAME).replace(folder / DAMAGED)


def salvaged(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return those of the texts called `names` that are whole among what was put aside."""
    found: dict[str, str] = {}
    if (folder / DAMAGED).exists():
        with (
            suppress(sqlite3.Error, UnicodeDecodeError),
            closing(opening.connect(folder / DAMAGED, "ro")) as connection,
        ):
            texts = Texts(connection)
            for name in names:
                text = texts.text(name)
                if text is not None:
                    found[name] = text
    return found


def is_of(name: str, text: str) -> bool:
    """Whether `text` has the SHA-256 `name`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == name


def texts_of(connection: sqlite3.Connection, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the texts called `names` of a project file, some at a time: others may write between.

    Those that it has not are passed over.
    """
    todo = list(names)
    for first in range(0, len(todo), _AT_ONCE):
        wanted = json.dumps(todo[first : first + _AT_ONCE])
        yield from connection.execute(_TEXT, (wanted,)).fetchall()


_TEXT = (
    "SELECT a.sha256,t.text FROM json_each(?) n CROSS JOIN articles a ON a.sha256=n.value"
    " JOIN texts t ON t.article=a.id"
)


def _connected(path: Path) -> sqlite3.Connection:
    connection = opening.connect(path, "rwc")
    try:
        connection.execute("PRAGMA cache_spill=ON")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute(_TABLE)
        connection.execute("SELECT sha256,text FROM texts LIMIT 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection
