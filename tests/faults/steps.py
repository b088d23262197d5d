"""What is done while files fail: each thing with what it needs, and what the disk says of it.

A step stands in a folder that is filled once and put back before each try. `said` is what counts
as its state: of a project what all its tables say, of files their bytes.
"""

import contextlib
import functools
import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from annotator.services import (
    backing_up,
    exporting,
    handing_in,
    importing,
    labelling,
    marking,
    merging,
    restoring,
)
from annotator.store import opening, tables
from annotator.store.project import Project
from annotator.store.sqliteutils import Database, Migrations
from tests.exchange.bundling import handed_in, team
from tests.projects import annotator, assert_sound, contents, extent_of, layer_of, made

State = dict[str, Any]
PROJECT, BUNDLE, EXPORTED = "project.hashiya", "bundle.zip", "rows.jsonl"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done: `fill` a folder, open the project in it, make `ready`, then do."""

    name: str
    fill: Callable[[Path], object]
    ready: Callable[[Project, Path], Callable[[], object]]
    said: Callable[[Path], State]
    but: str = ""
    """A folder that is left whole: what is done in it is a step of its own."""
    is_opening: bool = False
    """Opening the file is what is done; `ready` is not asked for."""


def project_said(folder: Path) -> State:
    """Return what the project in `folder` says, opened anew; raise where it is not sound."""
    with Project.open(folder / PROJECT) as project:
        if project.connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise AssertionError("the file is not sound")
        return said_by(project)


def said_by(project: Project) -> State:
    """Return what an open project says: what the screen can show."""
    return {**contents(project), "replica": [], "ahead": []}


def files_said(*names: str) -> Callable[[Path], State]:
    """Return a way to look at files, and at the project beside them."""

    def said(folder: Path) -> State:
        found = {name: (folder / name).read_bytes() for name in names if (folder / name).exists()}
        return {**project_said(folder), **found}

    return said


# --- what they need -------------------------------------------------------------------------------


def _labelled(folder: Path) -> None:
    with Project.open(made(folder, PROJECT)) as project:
        layer = layer_of(project)
        labelling.add_entity(project, layer, extent_of("موسكو"), "GPE")
        labelling.add_event(project, layer, extent_of("لقاءه"), "MEET")
        annotator(project, "a2")


def _exported(folder: Path) -> None:
    """Let there be an earlier export, which says less."""
    _labelled(folder)
    with Project.open(folder / PROJECT) as project:
        for split in ((), (50, 50)):
            exporting.export(project, folder / EXPORTED, split=split)
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
        labelling.add_entity(project, layer_of(project, text=1), extent_of("بغداد", 1), "GPE")
        labelling.add_entity(project, layer_of(project, text=2), extent_of("غزة", 2), "GPE")


def _with_bundle(folder: Path) -> None:
    lead, files = team(folder)
    handed_in(files["a1"]).rename(folder / BUNDLE)
    lead.rename(folder / PROJECT)
    with Project.open(folder / PROJECT) as project:
        labelling.add_entity(project, layer_of(project, "a2"), extent_of("موسكو"), "GPE")


def _handed_in(folder: Path) -> None:
    _labelled(folder)
    with Project.open(folder / PROJECT) as project:
        handing_in.hand_in(project, folder / BUNDLE)
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")


def _backed_up(folder: Path) -> None:
    _labelled(folder)
    with Project.open(folder / PROJECT) as project:
        backing_up.back_up(project, "asked")
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")


def _with_texts(folder: Path) -> None:
    _labelled(folder)
    (folder / "texts").mkdir()
    for n in range(4):
        (folder / "texts" / f"{n}.txt").write_text(f"الخبر {n} " * 30, encoding="utf-8")


_FIRST = Migrations("hashiya")
_MOVED = (
    *("settings", "replicas", "articles", "texts", "regions", "annotators", "layers", "operations"),
    *("entities", "events", "attributes", "spans", "label_schemas"),
)


@_FIRST()
def m001_the_tables(database: Database) -> None:
    """Make what the first version made."""
    for statement in tables.FIRST_RELEASE:
        database.execute(statement)


def _of_first_version(folder: Path) -> None:
    """Make a file of the first version that says what `_labelled` says."""
    _labelled(folder)
    source = (folder / PROJECT).rename(folder / "source.hashiya")
    with contextlib.closing(opening.connect(folder / PROJECT, "rwc")) as connection:
        connection.execute(f"PRAGMA page_size={tables.PAGE_SIZE}")
        _FIRST.apply(Database(connection, execute_plugins=False))
        connection.execute(f"PRAGMA application_id={tables.APPLICATION_ID}")
        connection.execute("PRAGMA user_version=1")
        connection.execute("ATTACH DATABASE ? AS source", (str(source),))
        for table in _MOVED:
            names = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            told = ",".join(f'"{name}"' for name in names)
            query = f"INSERT INTO main.{table}({told}) SELECT {told} FROM source.{table}"  # noqa: S608
            connection.execute(query)
    source.unlink()


# --- what they say --------------------------------------------------------------------------------


def _tables_said(folder: Path) -> State:
    """Return version, tables and rows of the file, which is not opened by the store."""
    with contextlib.closing(sqlite3.connect(folder / PROJECT)) as connection:
        found: State = {"version": connection.execute("PRAGMA user_version").fetchall()}
        query = "SELECT name,sql FROM sqlite_master ORDER BY name"
        found["tables"] = connection.execute(query).fetchall()
        for table in ("operations", "texts", "spans", "settings"):
            found[table] = sorted(connection.execute(f"SELECT * FROM {table}"))  # noqa: S608
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise AssertionError("the file is not sound")
    return found


def _copies_said(folder: Path) -> State:
    """Return the project, and what each of its backups says when it is restored."""
    found = project_said(folder)
    for backup in backing_up.backups_of(folder / PROJECT):
        kept = hashlib.sha256(backup.path.read_bytes())
        for texts in sorted(backup.path.parent.glob("texts.sqlite*")):
            kept.update(texts.read_bytes())
        name = f"backup {backup.number}"
        found[name] = _n_restored(folder / PROJECT, backup.number, kept.digest())
    return found


@functools.cache
def _n_restored(path: Path, number: int, _kept: bytes) -> int:
    """Return how many operations a backup gives back; asked once of the same bytes."""
    (backup,) = (one for one in backing_up.backups_of(path) if one.number == number)
    to = path.with_name("restored.hashiya")
    restoring.restore(path, to, backup, as_it_was=True)
    with Project.open(to) as project:
        assert_sound(project)
        n_operations = len(contents(project)["operations"])
    to.unlink()
    return n_operations


STEPS = (
    Step(
        "gesture",
        _labelled,
        lambda project, _: partial(
            labelling.add_entity, project, layer_of(project), extent_of("بوتين"), "PERS", note="نص"
        ),
        project_said,
    ),
    Step(
        "gesture over three layers",
        _labelled,
        lambda project, _: partial(marking.mark_all, project, annotator(project), "في", "GPE"),
        project_said,
    ),
    Step(
        "merge",
        _with_bundle,
        lambda project, folder: partial(merging.merge, project, [folder / BUNDLE]),
        project_said,
        but="backups",
    ),
    Step(
        "import",
        _with_texts,
        lambda project, folder: partial(importing.import_sources, project, [folder / "texts"]),
        project_said,
    ),
    Step(
        "migration",
        _of_first_version,
        lambda project, _: lambda: project,
        _tables_said,
        but="backups",
        is_opening=True,
    ),
    Step(
        "backup",
        _backed_up,
        lambda project, _: partial(backing_up.back_up, project, "asked"),
        _copies_said,
    ),
    Step(
        "export",
        _exported,
        lambda project, folder: partial(exporting.export, project, folder / EXPORTED),
        files_said(EXPORTED, EXPORTED + ".features.json"),
    ),
    Step(
        "export in parts",
        _exported,
        lambda project, folder: partial(
            exporting.export, project, folder / EXPORTED, split=(50, 50)
        ),
        files_said("rows.train.jsonl", "rows.validation.jsonl"),
    ),
    Step(
        "hand-in",
        _handed_in,
        lambda project, folder: partial(handing_in.hand_in, project, folder / BUNDLE),
        files_said(BUNDLE),
    ),
)
