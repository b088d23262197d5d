"""A copy of a project file to examine: one moment of it, on which nobody waits.

The copy is read by SQLite in stretches, so that whoever writes meanwhile hardly waits. A file that
SQLite does not read is copied byte by byte, with what a killed program left beside it; for that
only a path will do, because opening a file beside an open connection lets go of its locks.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from annotator.core.errors import UserError
from annotator.store import opening, trouble
from annotator.store.filecopy import Step, read_into
from annotator.store.workfolder import work_folder

_NAME = "examined.hashiya"
_BESIDE = ("-journal", "-wal")
_OF_THE_MACHINE = frozenset({"locked", "disk_full", "cannot_open", "disk_trouble", "cancelled"})
"""Trouble that says nothing about what is in the file."""


@contextmanager
def copied(path: Path, step: Step, open_on: sqlite3.Connection | None = None) -> Iterator[Path]:
    """Give a copy of the file at `path`, which is only read; it goes when the block ends.

    `open_on` is a connection of this process to the file, where there is one: then it is read by
    that alone. Raise `UserError` where the file cannot be read, for reasons of the machine.
    """
    with work_folder("examined") as folder:
        to = folder / _NAME
        if open_on is not None:
            with trouble.told(path.name):
                read_into(open_on, path.name, to, step)
        else:
            _copy_closed(path, to, step)
        yield to


def _copy_closed(path: Path, to: Path, step: Step) -> None:
    opening.check_place(path)
    try:
        with closing(opening.connect(path, "ro")) as source:
            read_into(source, path.name, to, step)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        known = trouble.named(error, path.name) if isinstance(error, sqlite3.Error) else None
        if known is not None and known.code in _OF_THE_MACHINE - {"cannot_open"}:
            raise known from error
        _copy_bytes(path, to)


def _copy_bytes(path: Path, to: Path) -> None:
    to.unlink(missing_ok=True)
    try:
        shutil.copyfile(path, to)
        for ending in _BESIDE:
            beside = path.with_name(path.name + ending)
            if beside.exists():
                shutil.copyfile(beside, to.with_name(to.name + ending))
    except OSError as error:
        raise UserError("cannot_read", path=path.name) from error
