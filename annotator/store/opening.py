"""Opening and making project files: settings of the connection, whose file it is, migrations."""

import errno
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from annotator.core.errors import UserError
from annotator.store import tables, trouble

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
)


Fill = Callable[[sqlite3.Connection], None]


def connect(path: Path, mode: str = "rw", timeout: float = PATIENCE) -> sqlite3.Connection:
    """Return a connection to the SQLite file at `path`, set as every connection of ours.

    `mode` is SQLite's: ro, rw or rwc; `timeout` is how long a writer waits for another, in seconds.
    """
    address = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=timeout)
    for pragma in _PRAGMAS:
        connection.execute("PRAGMA " + pragma)
    return connection


def open_file(path: Path, timeout: float = PATIENCE) -> sqlite3.Connection:
    """Return a connection to the project file at `path`; raise `UserError` where it is none."""
    check_place(path)
    connection = None
    try:
        connection = connect(path, timeout=timeout)
        _check_identity(connection, path)
        connection.execute("PRAGMA journal_mode=DELETE")  # a WAL that another program left behind
        _migrate(connection, path)
        _check_tables(connection, path)
    except (sqlite3.Error, UnicodeDecodeError) as error:
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
    """Refuse a file whose tables or triggers are not ours: they would run with our rights."""
    if tables.fingerprint(connection) != tables.FINGERPRINT:
        raise UserError("strange_tables", path=path.name)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a file of an earlier program up to date, once a backup of it is kept."""
    if _pragma(connection, "user_version") < tables.VERSION:
        from annotator.store import backing

        connection.execute("BEGIN IMMEDIATE")  # where it cannot be written, nothing is copied
        connection.execute("ROLLBACK")
        backing.kept_before_migration(path)
        migrate(connection)


def bring_up_to_date(path: Path) -> None:
    """Run the migrations that the file at `path`, a copy that only we have, has not had."""
    with closing(connect(path)) as connection:
        _check_identity(connection, path)
        migrate(connection)


def migrate(connection: sqlite3.Connection) -> None:
    """Run the migrations that a project file has not had; no backup of it is kept."""
    if _pragma(connection, "user_version") < tables.VERSION:
        from annotator.store import migrations

        migrations.apply(connection)
        connection.execute(f"PRAGMA user_version={tables.VERSION}")


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
        give_name(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def made_beside(path: Path, fill: Fill) -> Path:
    """Make a project file beside `path` under another name, whole or not at all; return where.

    Whoever asked for it puts it in its place, or removes it.
    """
    temporary = empty_beside(path)
    try:
        _fill(temporary, fill)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        known = trouble.named(error, path.name) if isinstance(error, sqlite3.Error) else None
        if known is not None:
            raise known from error
        raise
    return temporary


def put_in_place(made: Sequence[tuple[Path, Path]]) -> None:
    """Give files that were made beside their places (each first) their names: all or none.

    What stood there before is replaced, and comes back where one of them cannot be.
    """
    before = [(path, _kept_beside(path)) for _, path in made if path.exists()]
    new = [path for _, path in made if not path.exists()]
    try:
        for temporary, path in made:
            temporary.replace(path)
            sync_folder(path.absolute().parent)
    except OSError as error:
        for there, kept in before:
            kept.replace(there)
        for there in new:
            there.unlink(missing_ok=True)
        raise UserError("cannot_write", path=path.name) from error
    finally:
        for _, kept in before:
            kept.unlink(missing_ok=True)


def _kept_beside(path: Path) -> Path:
    """Return a second name for the file at `path`, or a copy where there can be none."""
    kept = empty_beside(path)
    kept.unlink()
    try:
        os.link(path, kept)
    except OSError:  # file systems without hard links
        shutil.copy2(path, kept)
    return kept


def empty_beside(path: Path) -> Path:
    """Make an empty file beside `path` under a name of its own; return where."""
    try:
        handle, name = tempfile.mkstemp(prefix=".hashiya-new-", dir=path.absolute().parent)
    except FileNotFoundError as error:
        raise UserError("no_such_folder", path=path.parent.name) from error
    except OSError as error:
        raise UserError("cannot_write", path=path.name) from error
    os.close(handle)
    mask = os.umask(0)
    os.umask(mask)
    Path(name).chmod(0o666 & ~mask)  # mkstemp lets nobody else in
    return Path(name)


def _fill(temporary: Path, fill: Fill) -> None:
    from annotator.store import migrations

    connection = connect(temporary)
    try:
        connection.execute(f"PRAGMA page_size={tables.PAGE_SIZE}")
        connection.execute("PRAGMA journal_mode=DELETE")
        migrations.apply(connection)
        connection.execute(f"PRAGMA application_id={tables.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={tables.VERSION}")
        fill(connection)
    finally:
        connection.close()


def give_name(temporary: Path, path: Path) -> None:
    """Give the file at `temporary` the name `path`, durably; never that of a file that is there."""
    try:
        os.link(temporary, path)
    except FileExistsError as error:
        raise UserError("file_exists", path=path.name) from error
    except OSError:  # file systems without hard links: the last look is the best there is
        _rename(temporary, path)
    sync_folder(path.absolute().parent)


def _rename(temporary: Path, path: Path) -> None:
    if os.path.lexists(path):
        raise UserError("file_exists", path=path.name)
    try:
        temporary.rename(path)
    except OSError as error:
        raise UserError("cannot_write", path=path.name) from error


def sync_folder(folder: Path) -> None:
    """Make the new name durable; Windows has no such call and needs none."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
