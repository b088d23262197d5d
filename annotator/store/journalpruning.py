"""A journal made shorter: what a checked backup holds need not be written down twice."""

import sqlite3
from collections.abc import Collection
from contextlib import closing, suppress
from pathlib import Path

import msgspec

from annotator.core import canonical
from annotator.core.errors import UserError
from annotator.files import replacing
from annotator.store import journalfile, opening
from annotator.store.journal import path_of
from annotator.store.journalfile import JournalFile, Line
from annotator.store.journalreading import AGREE, Imported, Pruned, remark_in
from annotator.store.project import Project

WORTH = 4 * 1024 * 1024
"""Bytes from which on a journal is made shorter."""


def prune(project: Project, backup: Path, least: int = WORTH) -> int:
    """Take out of the journal of `project` what `backup`, which was checked, holds.

    Return how many lines went. The first line then names the backup on which the rest stands. A
    journal of less than `least` bytes stays, and so does one that cannot be written now.
    """
    names = project.replicas.names
    path = path_of(project.uid, names[-1]) if names else None
    with suppress(OSError, UserError, sqlite3.Error):
        if path is not None and path.stat().st_size >= least:
            return _pruned(path, backup)
    return 0


def _pruned(path: Path, backup: Path) -> int:
    with closing(opening.connect(backup, "ro")) as connection:
        there = {name for (name,) in connection.execute("SELECT hash FROM operations")}
    with closing(JournalFile(path)) as file, file.held():
        lines = [line for raw in journalfile.forwards(path) if (line := journalfile.line_of(raw))]
        gone = [name for line in lines if (name := _name(line)) in there]
        if not gone or not all(name in there for line in lines for name in _before(line)):
            return 0
        first = Pruned(backup.name, gone[-AGREE:])
        with replacing(path, is_private=True) as shorter:
            shorter.write(journalfile.remarked(canonical.encoded(msgspec.to_builtins(first))))
            shorter.writelines(_kept(line, there) for line in lines)
    return len(gone)


def _name(line: Line) -> str:
    """Return the operation that `line` is or tells of; nothing where it tells of a backup."""
    remark = remark_in(line)
    if isinstance(remark, Imported):
        return remark.imported
    return "" if remark else line.name


def _before(line: Line) -> list[str]:
    """Return what stood before an earlier pruning, which `line` may tell of."""
    remark = remark_in(line)
    return remark.last if isinstance(remark, Pruned) else []


def _kept(line: Line, there: Collection[str]) -> bytes:
    """Return `line` as it is spelled; nothing where it goes."""
    name = _name(line)
    if not name or name in there:
        return b""
    return journalfile.remarked(line.said) if line.is_remark else journalfile.spelled(*line[:2])
