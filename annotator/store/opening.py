"""Opening and making project files: settings of the connection, whose file it is, migrations."""

import errno
import functools
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from annotator import files
from annotator.core.errors import UserError
from annotator.store import fingerprints, patience, tables, trouble
from annotator.store.whereabouts import Whereabouts

PATIENCE = 5.0
"""Seconds that a connection waits for another one that holds the file."""
_OLDEST_SQLITE = (3, 37)
"""STRICT tables."""
_ABSENT = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP})
_PRAGMAS = (
    "trusted_schema=OFF",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "cell_size_check=ON",
    "mmap_size=0",
    "temp_store=MEMORY",
    "cache_size=-65536",
    "cache_spill=OFF",
    "synchronous=EXTRA",
    "fullfsync=ON",  # macOS: its fsync alone does not reach the disk
)
_OF_HEADER = ("application_id", "user_version", "schema_version")

Fill = Callable[[sqlite3.Connection], None]


def connect(
    path: Path,
    mode: str = "rw",
    timeout: float = PATIENCE,
    kind: type[sqlite3.Connection] | None = None,
) -> sqlite3.Connection:
    """Return a connection to the SQLite file at `path`, set as every connection of ours.

    `mode` is SQLite's: ro, rw or rwc; `timeout` is how long a writer waits for another, in seconds.
    """
    address = f"{path.absolute().as_uri()}?mode={mode}"
    known = functools.partial(
        sqlite3.connect, address, uri=True, isolation_level=None, timeout=timeout
    )
    connection = known() if kind is None else known(factory=kind)
    try:
        for pragma in _PRAGMAS:
            connection.execute("PRAGMA " + pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def open_file(path: Path, timeout: float = PATIENCE) -> sqlite3.Connection:
    """Return a connection to the project file at `path`; raise `UserError` where it is none.

    For `timeout` seconds it is tried again while another program has the file in hand. Of a file
    of an earlier program that cannot be written a copy is opened (`aside`).
    """
    try:
        return patience.patiently(lambda: _opened(path, timeout), timeout)
    except UserError as trouble:
        trouble.place = str(path.absolute())
        raise


def open_there(path: Path, timeout: float = PATIENCE) -> tuple[sqlite3.Connection, Whereabouts]:
    """Open the project file at `path` as `open_file` does; return its place too."""
    there = Whereabouts.of(path)
    connection = open_file(path, timeout)
    if not hasattr(connection, "folder"):  # only one to a copy has that
        return connection, there
    from annotator.store import aside

    return connection, aside.place_of(connection, there)


def _opened(path: Path, timeout: float) -> sqlite3.Connection:
    check_place(path)
    connection = None
    try:
        connection = connect(path, timeout=timeout)
        _check_identity(connection, path)
        _check_tables(connection, path)
        connection.execute("PRAGMA journal_mode=DELETE")  # a WAL that another program left behind
        connection = _up_to_date(connection, path, timeout)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        trouble.let_go(error)
        _close(connection)
        known = None
        if isinstance(error, sqlite3.Error):
            known = trouble.named(error, path.name, is_reading=True)
        raise known or UserError("damaged", path=path.name) from error
    except UserError:
        _close(connection)
        raise
    return connection


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        connection.close()


def check_place(path: Path) -> None:
    """Raise `UserError` where no file can be opened at `path`, or by this SQLite."""
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise UserError("old_sqlite", version=sqlite3.sqlite_version)
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        code = "no_such_file" if error.errno in _ABSENT else "cannot_open"
        raise UserError(code, path=path.name) from error
    if is_folder:
        raise UserError("is_a_folder", path=path.name)


def _check_identity(connection: sqlite3.Connection, path: Path) -> None:
    if _pragma(connection, "application_id") != tables.APPLICATION_ID:
        raise UserError("not_a_project", path=path.name)
    version = _pragma(connection, "user_version")
    if version > tables.VERSION:
        raise UserError("too_new", path=path.name)
    if version < 1:
        raise UserError("not_a_project", path=path.name)


def _check_tables(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file whose tables or triggers are not ours: they would run with our rights.

    Before anything is written there, and so before its migrations.
    """
    usual = fingerprints.FINGERPRINTS[_pragma(connection, "user_version")]
    try:
        is_ours = fingerprints.of(connection) == usual
    except TypeError:  # a statement that is no text
        is_ours = False
    if not is_ours:
        raise UserError("strange_tables", path=path.name)


class Known:
    """What one connection knows of the tables of its file, which other programs may change."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path
        self._header: tuple[int, ...] = ()

    def refuse_changed(self) -> None:
        """Raise `UserError` where the tables are not ours now; asked within a transaction.

        They are looked at the first time, and where a number in the file's header that tells of
        them has changed: asking for those takes a hundredth of a millisecond.
        """
        header = tuple(_pragma(self._connection, name) for name in _OF_HEADER)
        if header == self._header:
            return
        try:
            _check_identity(self._connection, self._path)
            _check_tables(self._connection, self._path)
        except UserError as met:
            raise trouble.in_writing(met) from met
        if _pragma(self._connection, "user_version") < tables.VERSION:
            raise UserError("file_went_back", path=self._path.name)  # opening brings it up to date
        self._header = header


def _up_to_date(connection: sqlite3.Connection, path: Path, timeout: float) -> sqlite3.Connection:
    """Bring a file of an earlier program up to date, once a backup of it is kept.

    Return the connection; where the file cannot be written, another one, to a copy.
    """
    if _pragma(connection, "user_version") < tables.VERSION:
        from annotator.store import aside, backing

        if aside.cannot_be_written(path, connection):
            copy = aside.opened(path, connection, timeout)
            connection.close()
            return copy
        backing.kept_before_migration(path)
        migrate(connection, path)
    return connection


def bring_up_to_date(path: Path) -> None:
    """Run the migrations that the file at `path`, a copy that only we have, has not had."""
    with closing(connect(path)) as connection:
        _check_identity(connection, path)
        _check_tables(connection, path)
        migrate(connection, path)


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Run the migrations that the project file at `path` has not had; no backup of it is kept."""
    if _pragma(connection, "user_version") < tables.VERSION:
        from annotator.store import migrations

        migrations.apply(connection, path.name)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def make_file(path: Path, fill: Fill) -> None:
    """Make a project file at `path`, whole or not at all; `fill` writes its first rows.

    It is made beside its place under another name and then linked, so that an existing file is
    never touched, whoever comes first.
    """
    if os.path.lexists(path):
        raise UserError("file_exists", path=path.name)
    temporary = made_beside(path, fill)
    try:
        files.give_name(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def made_beside(path: Path, fill: Fill) -> Path:
    """Make a project file beside `path` under another name, whole or not at all; return where.

    Whoever asked for it puts it in its place, or removes it.
    """
    temporary = files.empty_beside(path)
    try:
        _fill(temporary, fill)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        known = trouble.named(error, path.name) if isinstance(error, sqlite3.Error) else None
        if known is not None:
            raise known from error
        raise
    return temporary


def _fill(temporary: Path, fill: Fill) -> None:
    connection = connect(temporary)
    try:
        # The file has no name yet: a kill leaves none.
        connection.execute("PRAGMA journal_mode=MEMORY")
        with closing(sqlite3.connect(":memory:")) as empty:
            empty.deserialize(_empty_file())
            empty.backup(connection)
        fill(connection)
    finally:
        connection.close()


@functools.cache
def _empty_file() -> bytes:
    """Return a project file without any row: a process makes one, and copies it from then on.

    Making the tables takes longer than copying them and filling a small file.
    """
    from annotator.store import migrations

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size={tables.PAGE_SIZE}")
        migrations.apply(connection)
        connection.execute(f"PRAGMA application_id={tables.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={tables.VERSION}")
        return connection.serialize()
