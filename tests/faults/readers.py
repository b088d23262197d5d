"""Every reader of what comes from elsewhere, with sound samples to break.

A reader is made in a folder and then called again and again: each call breaks a sample at random,
reads it as the program would, and returns what the program said of it: `read`, or a code.
"""

import contextlib
import hashlib
import io
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from annotator import paths
from annotator.core.errors import UserError
from annotator.core.schematoml import checked_schema
from annotator.gui import settings
from annotator.services import (
    exporting,
    importing,
    labelling,
    listing,
    merging,
    reopening,
    statistics,
)
from annotator.services.applying import Applier
from annotator.services.projects import schema_toml
from annotator.store import journalfile, tables
from annotator.store.project import Project
from tests.exchange import mutating as bundles
from tests.exchange.bundling import bundle_of, handed_in, labelled, members_of, team
from tests.faults.gesturing import stream
from tests.faults.mutating import flipped, other_file, other_lines, other_value
from tests.formats.rows import example, spelled
from tests.projects import SCHEMA, annotator, copied, extent_of, layer_of, made

Read = Callable[[], str]
Reader = Callable[[Path, random.Random], contextlib.AbstractContextManager[Read]]
_AT_ONCE = 400
"""Gestures that are served in one project; then it is a new one, or it would grow and grow."""


def told(act: Callable[[], object]) -> str:
    """Act, and return the code of expected trouble; anything else is a fault of ours."""
    try:
        act()
    except UserError as trouble:
        return trouble.code
    return "read"


# --- project files --------------------------------------------------------------------------------


def _labelled_file(folder: Path) -> bytes:
    """Return a project file with something of every kind in it."""
    lead, files = team(folder)
    labelled(lead)
    with Project.open(lead) as project:
        merging.merge(project, [handed_in(files["a2"], "a2")])
    return lead.read_bytes()


@contextlib.contextmanager
def projects(folder: Path, chance: random.Random) -> Iterator[Read]:
    """Open a project file, list everything in it, export it, and label."""
    whole, path = _labelled_file(folder), folder / "mutant.hashiya"

    def read() -> str:
        other_file(path, whole, tables.PAGE_SIZE, chance)
        return told(lambda: _read_all(path))

    yield read


def _read_all(path: Path) -> None:
    with Project.open(path) as project:
        for rows in (listing.articles, listing.labels, listing.problems, listing.history):
            list(rows(project))
        statistics.statistics(project)
        exporting.export(project, None, stream=io.BytesIO())
        labelling.add_entity(project, layer_of(project), extent_of("ترامب"), "PERS")


@contextlib.contextmanager
def sources(folder: Path, chance: random.Random) -> Iterator[Read]:
    """Merge a project file."""
    lead, files = team(folder)
    labelled(files["a1"])
    whole, path = files["a1"].read_bytes(), folder / "mutant.hashiya"
    with Project.open(lead) as project:

        def read() -> str:
            other_file(path, whole, tables.PAGE_SIZE, chance)
            return told(lambda: _merged(project, path))

        yield read


def _merged(project: Project, path: Path) -> None:
    report = merging.merge(project, [path], dry_run=True)
    if report.refused:
        raise report.refused[0].trouble


# --- what is exchanged ----------------------------------------------------------------------------


@contextlib.contextmanager
def hand_ins(folder: Path, chance: random.Random) -> Iterator[Read]:
    """Merge a bundle."""
    lead, files = team(folder)
    other_lead = copied(lead, "other.hashiya")
    labelled(other_lead)
    whole = [members_of(handed_in(files["a1"])), members_of(bundle_of(other_lead))]
    path = folder / "mutant.zip"
    with Project.open(lead) as project:

        def read() -> str:
            path.write_bytes(bundles.mutant(chance.choice(whole), chance))
            return told(lambda: _merged(project, path))

        yield read


@contextlib.contextmanager
def rows(folder: Path, chance: random.Random) -> Iterator[Read]:
    """Import rows of JSONL, and what is found out to be none."""
    sound = [spelled(example(n)) for n in range(3)]
    path = folder / "rows.jsonl"
    with Project.open(made(folder)) as project:

        def read() -> str:
            path.write_bytes(other_lines(b"".join(chance.sample(sound, 2)), chance))
            return told(lambda: _imported(project, path))

        yield read


def _imported(project: Project, path: Path) -> None:
    report = importing.import_sources(project, [path], dry_run=True)
    if report.refused:
        raise report.refused[0].trouble


@contextlib.contextmanager
def texts(folder: Path, chance: random.Random) -> Iterator[Read]:
    """Import a text in an encoding that is found out."""
    sample = next(iter(sorted((paths.seeds() / "articles").glob("*.txt")))).read_text("utf-8")
    encodings = ("utf-8", "utf-8-sig", "utf-16", "cp1256", "iso-8859-6")
    path = folder / "text.txt"
    with Project.open(made(folder)) as project:

        def read() -> str:
            data = sample[:2000].encode(chance.choice(encodings), "replace")
            path.write_bytes(flipped(data, chance))
            return told(lambda: _imported(project, path))

        yield read


@contextlib.contextmanager
def schemas(_folder: Path, chance: random.Random) -> Iterator[Read]:
    """Read a label schema."""
    sound = [SCHEMA.encode(), *(schema_toml(name).encode() for name in ("stance", "ace"))]

    def read() -> str:
        data = flipped(chance.choice(sound), chance)
        faults: list[object] = []
        code = told(lambda: faults.extend(checked_schema(data.decode("utf-8", "replace"))[1]))
        return "bad_schema" if faults else code

    yield read


@contextlib.contextmanager
def gestures(folder: Path, chance: random.Random) -> Iterator[Read]:
    """Serve lines of `apply`."""
    served, project = 0, Project.open(made(folder, "0.hashiya"))
    applier = Applier(project, annotator(project))

    def read() -> str:
        nonlocal served, project, applier
        served += 1
        if served % _AT_ONCE == 0:
            project.close()
            project.path.unlink()
            project = Project.open(made(folder, f"{served}.hashiya"))
            applier = Applier(project, annotator(project))
        line = chance.choice(sound)
        line = flipped(line, chance) if chance.random() < 0.4 else other_value(line, chance)
        trouble = applier.serve(line).trouble
        return trouble.code if trouble else "read"

    sound = stream(chance, 1)
    yield read
    project.close()


# --- what this machine keeps ----------------------------------------------------------------------


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
        return trouble.code if trouble else "read"

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
        return found.trouble.code if found.trouble else came

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


READERS: dict[str, Reader] = {
    "projects": projects,
    "sources": sources,
    "bundles": hand_ins,
    "jsonl": rows,
    "texts": texts,
    "schemas": schemas,
    "gestures": gestures,
    "settings": remembered,
    "journals": journals,
}
