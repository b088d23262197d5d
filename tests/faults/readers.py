"""Every reader of what comes from elsewhere, with sound samples to break.

A reader is made in a folder and then called again and again: each call breaks a sample at random,
reads it as the program would, and returns what the program said of it: `read`, or a code.
"""

import contextlib
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path

from annotator import paths
from annotator.core.schematoml import checked_schema
from annotator.services import (
    exporting,
    importing,
    labelling,
    listing,
    merging,
    statistics,
)
from annotator.services.applying import Applier
from annotator.services.projects import schema_toml
from annotator.store import tables
from annotator.store.project import Project
from tests.exchange import mutating as bundles
from tests.exchange.bundling import bundle_of, handed_in, labelled, members_of, team
from tests.faults.gesturing import stream
from tests.faults.keptreaders import KEPT
from tests.faults.mutating import flipped, other_file, other_lines, other_value
from tests.faults.reading import READ, Read, Reader, labelled_file, refused, told
from tests.formats.rows import example, spelled
from tests.projects import SCHEMA, TEXTS, annotator, copied, extent_of, layer_of, made

_AT_ONCE = 400
"""Gestures that are served in one project; then it is a new one, or it would grow and grow."""
_SCHEMAS = ("stance", "wojood", "ace")
_HEAD = 800
"""Characters of an article: its headline, who wrote it where and when, and how it begins."""


# --- project files --------------------------------------------------------------------------------


@contextlib.contextmanager
def projects(folder: Path, chance: random.Random) -> Iterator[Read]:
    """Open a project file, list everything in it, export it, and label."""
    whole, path = labelled_file(folder), folder / "mutant.hashiya"

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
    lead, files = team(folder, texts=TEXTS[:2])
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
    lead, files = team(folder, texts=TEXTS[:2])
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
            data = sample[:_HEAD].encode(chance.choice(encodings), "replace")
            path.write_bytes(flipped(data, chance))
            return told(lambda: _imported(project, path))

        yield read


@contextlib.contextmanager
def schemas(_folder: Path, chance: random.Random) -> Iterator[Read]:
    """Read a label schema."""
    sound = [SCHEMA.encode(), *(schema_toml(name).encode() for name in _SCHEMAS)]

    def read() -> str:
        (sample,) = chance.choices(sound, (6, 5, 4, 1))  # a large one is hit by few flips
        data = flipped(sample, chance)
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
        return refused(trouble) if trouble else READ

    sound = stream(chance, 1)
    yield read
    project.close()


@contextlib.contextmanager
def careless(_folder: Path, chance: random.Random) -> Iterator[Read]:
    """Read rows as one would who trusts them: the control, which must fall over."""
    sound = spelled(example())

    def read() -> str:
        for line in other_lines(sound, chance).splitlines():
            row = json.loads(line)
            for label in row["entities"]:
                assert row["text"][label["start"] : label["end"]] == label["quote"]
        return READ

    yield read


READERS: dict[str, Reader] = {
    "projects": projects,
    "sources": sources,
    "bundles": hand_ins,
    "jsonl": rows,
    "texts": texts,
    "schemas": schemas,
    "gestures": gestures,
    **KEPT,
}
