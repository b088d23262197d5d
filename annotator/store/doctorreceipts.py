"""Examining receipts against what this machine wrote down of them a second time."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from annotator import paths
from annotator.core.errors import UserError
from annotator.store import doctorfindings as found
from annotator.store import keptreceipts, opening, trouble
from annotator.store.doctorfindings import Finding
from annotator.store.doctorproject import Settings
from annotator.store.project import Project
from annotator.store.replica import Replicas


def missing(copy: Path, path: Path) -> tuple[Finding, ...]:
    """Return the receipts that the file at `path`, of which `copy` is one, once had and now lacks.

    Where nothing was written down, or what is there cannot be read, nobody can say.
    """
    try:
        with _opened(copy, "ro") as (project, settings):
            lacking = keptreceipts.lacking(project, _replicas(settings, path))
    except (UserError, sqlite3.Error, ValueError, TypeError, LookupError, AttributeError):
        return ()  # what cannot be read is told by the rest of the examination
    return tuple(Finding(found.DETAILS, f"receipts/{one.uid}", "gone") for one in lacking)


def bring_back(made: Path, path: Path) -> None:
    """Write into the repaired copy `made` of the file at `path` the receipts that it lacks.

    Raise what `trouble.told` says where it cannot be written.
    """
    with trouble.told(made.name), _opened(made, "rw") as (project, settings):
        connection = project.connection
        connection.execute("BEGIN IMMEDIATE")
        keptreceipts.come_back(project, _replicas(settings, path))
        connection.execute("COMMIT")


@contextmanager
def _opened(path: Path, mode: str) -> Iterator[tuple[Project, Settings]]:
    with closing(opening.connect(path, mode)) as connection:
        yield Project(connection, path), Settings.of(connection)


def _replicas(settings: Settings, path: Path) -> tuple[str, ...]:
    told = settings.uid + settings.all.get("handed", "")
    return Replicas(told, path, paths.data_folder()).names
