"""Readers of what this machine keeps beside project files: journals, backups, and the small files.

Anybody's program, or a failing disk, may have written there. See `readers`.
"""

import contextlib
import hashlib
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from annotator import paths
from annotator.gui import settings
from annotator.services import (
    backing_up,
    doctoring,
    labelling,
    merging,
    recovering,
    reopening,
    restoring,
)
from annotator.store import backupfolder, backuptexts, journalfile, receipts, tables
from annotator.store.project import Project
from tests.exchange.bundling import handed_in, labelled, team
from tests.faults.mutating import flipped, other_file, other_value
from tests.faults.reading import READ, Read, Reader, labelled_project, refused, told
from tests.projects import TEXTS, annotator, extent_of, layer_of, made


@contextlib.contextmanager
def remembered(_folder: Path, chance: random.Random) -> Iterator[Read]:
    """Read the settings of the window."""
    path = paths.data_folder() / settings.NAME
    place = settings.Place("a" * 16, 5, 2, "labels")
    settings.change(lambda now: settings.with_recent(now, Path("/a/b.hashiya"), "عنوان"))
    settings.change(lambda now: settings.with_project(now, "p" * 20, who="a1", place=place))
    settings.change(lambda now: settings.with_splitter(now, "sides", (200, 800)))
    sound = path.read_bytes()

    def read() -> str:
        is_bytes = chance.random() < 0.5
        path.write_bytes(flipped(sound, chance) if is_bytes else other_value(sound, chance))
        trouble = settings.read()[1]
        for aside in path.parent.glob("settings*damaged*"):
            aside.unlink()
        return refused(trouble) if trouble else READ

    yield read


@contextlib.contextmanager
def journals(folder: Path, chance: random.Random) -> Iterator[Read]:
    """Open an old copy of a file, which takes back from the second record what it lacks."""
    path = made(folder)
    annotator(opened := Project.open(path))
    opened.close()
    old = path.read_bytes()
    labelled(path)
    kept = paths.data_folder() / "replicas"
    names = {one: one.read_bytes() for one in kept.iterdir()}
    (place,) = (paths.data_folder() / "journals").rglob("*.jsonl")
    sound = place.read_bytes().rstrip(b"\n") + b"\n"

    def read() -> str:
        path.write_bytes(old)
        shutil.rmtree(kept)
        kept.mkdir()
        for one, data in names.items():
            one.write_bytes(data)
        place.write_bytes(_other_journal(sound, chance))
        with Project.open(path) as project:
            found = reopening.merged_back(project)
        came = "came back" if found.back else "nothing"
        return refused(found.trouble) if found.trouble else came

    yield read


def _other_journal(sound: bytes, chance: random.Random) -> bytes:
    """Return a journal with something wrong; half of them with lines that vouch for it."""
    if chance.random() < 0.5:
        return flipped(sound, chance)
    lines = sound.splitlines(keepends=True)
    for _ in range(chance.choice((1, 3))):
        at = chance.randrange(len(lines))
        said = lines[at].partition(b" ")[2]
        other = flipped(said.strip(), chance)
        if chance.random() < 0.7:
            with contextlib.suppress(ValueError):  # this line is broken already
                other = other_value(said, chance)
        lines[at] = journalfile.spelled(hashlib.sha256(other).hexdigest(), other)
    return b"".join(lines)


# --- backups --------------------------------------------------------------------------------------


@contextlib.contextmanager
def backups(folder: Path, chance: random.Random) -> Iterator[Read]:
    """List the backups of a file, compare one with it, and restore it as a new file."""
    path, to = labelled_project(folder), folder / "restored.hashiya"
    with Project.open(path) as project:
        copy = backing_up.back_up(project, "asked").backup.path
    texts = copy.with_name(backuptexts.NAME)
    whole = {one: one.read_bytes() for one in (copy, texts)}

    def read() -> str:
        shutil.rmtree(copy.parent)
        copy.parent.mkdir()
        for place, raw in whole.items():
            place.write_bytes(raw)
        is_texts = chance.random() < 0.4
        broken = texts if is_texts else copy
        other_file(broken, whole[broken], tables.PAGE_SIZE, chance)
        if not is_texts and chance.random() < 0.9:  # its name vouches for it all the same
            copy.rename(copy.with_name(backupfolder.name_of(1, "asked", copy)))
        return told(lambda: _restored(path, to))

    yield read


def _restored(path: Path, to: Path) -> None:
    backing_up.backups_elsewhere(path)
    backup = backing_up.backup_of(path)
    restoring.preview(path, backup)
    try:
        restoring.restore(path, to, backup)
    finally:
        to.unlink(missing_ok=True)


# --- recovery -------------------------------------------------------------------------------------


@contextlib.contextmanager
def recoveries(folder: Path, chance: random.Random) -> Iterator[Read]:
    """Recover a project file: all that is left of its pages is put together."""
    place = labelled_project(folder)
    whole, path, to = place.read_bytes(), folder / "mutant.hashiya", folder / "new.hashiya"

    def read() -> str:
        other_file(path, whole, tables.PAGE_SIZE, chance)
        if chance.random() < 0.3:  # SQLite cannot read it at all
            raw = path.read_bytes()
            path.write_bytes(chance.randbytes(100) + raw[100:])
        found = []
        try:
            code = told(lambda: found.append(recovering.recover(path, to, journals=["all"])))
        finally:
            to.unlink(missing_ok=True)
        return "in part" if found and not found[0].is_whole else code

    yield read


# --- small files ----------------------------------------------------------------------------------

_SMALL = ("replicas/*", "schemas/*.json", "examined/*.json", "journals/*/*.receipts")


@contextlib.contextmanager
def side_files(folder: Path, chance: random.Random) -> Iterator[Read]:
    """Open a file whose names, receipts, kept label schema or last examination are broken."""
    path, files = team(folder, texts=TEXTS[:2])
    labelled(path)
    old, data = path.read_bytes(), paths.data_folder()
    with Project.open(path) as project:
        merging.merge(project, [handed_in(files["a2"], "a2")])
        doctoring.note_examined(project)
        name = project.replica
    kept = {one: one.read_bytes() for one in data.rglob("*") if one.is_file()}
    small = [sorted(one for one in data.glob(pattern) if one in kept) for pattern in _SMALL]
    assert all(small), "every kind is there"

    def read() -> str:
        path.write_bytes(old)
        shutil.rmtree(data)
        for place, raw in kept.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(raw)
        place = chance.choice(chance.choice(small))
        place.write_bytes(_broken(kept[place], chance))
        found = _worked_in(path, name)
        return ", ".join(found) or READ

    yield read


def _broken(raw: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.5:
        with contextlib.suppress(ValueError, IndexError):  # it is no JSON
            return other_value(raw, chance)
    return flipped(raw, chance)


def _worked_in(path: Path, name: str) -> list[str]:
    """Open an old copy of a file, and label; return what no longer was as it had been kept."""
    with Project.open(path) as project:
        assert reopening.merged_back(project).trouble is None
        told = {
            "another name": name not in project.replicas.names,
            "to be examined": doctoring.is_due(project),
            "no receipt": not any(receipts.receipts(project)),
        }
        labelling.add_entity(project, layer_of(project), extent_of("ترامب"), "PERS")
    return [one for one, is_so in told.items() if is_so]


KEPT: dict[str, Reader] = {
    "settings": remembered,
    "journals": journals,
    "backups": backups,
    "recovery": recoveries,
    "side files": side_files,
}
