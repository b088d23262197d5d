"""Projects that several people have read: the seeds in three readings, and small ones by quotes."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from annotator.core import operations as op
from annotator.core.model import LEAD, extent_at
from annotator.core.uids import annotator_uid
from annotator.paths import seeds
from annotator.services import applying, importing, labelling, listing
from annotator.services import projects as making
from annotator.store.project import Project
from tests import projects

NAMES = ("سلمى", "بدر", "آمنة")
Labels = Iterable[tuple[str, str]]
"""Quotes and types; the first place of a quote is meant."""


def three_readings(path: Path) -> Path:
    """Make a project of the sample articles, read by three."""
    making.new(path, title="محادثات السلام 2025")
    with Project.open(path) as project:
        importing.import_sources(project, [seeds() / "articles"])
        for name, lines in zip(NAMES, sorted((seeds() / "labels").glob("*.jsonl")), strict=True):
            reader(project, name)
            with lines.open("rb") as told:
                list(applying.apply_lines(project, name, told))
        uids = [row["uid"] for row in listing.articles(project)]
        for name in NAMES:
            for uid in uids:
                finish(project, name, project.article(uid).sha256)
    return path


def reader(project: Project, name: str) -> str:
    """Return the uid of the annotator called `name`, made at need as a merge would bring her."""
    uid = annotator_uid(project.uid, name)
    if uid not in {one.uid for one in project.annotators()}:
        with project.transaction("annotator", LEAD) as gesture:
            gesture.within(op.PROJECT).set(op.ANNOTATOR, uid, {"name": name, "kind": "human"})
    return uid


def finish(project: Project, name: str, sha256: str) -> None:
    """Let somebody say that she has read an article whole."""
    layer = project.layer(sha256, reader(project, name))
    if layer.status != "done":
        labelling.set_status(project, layer, "done")


def read_by(
    path: Path,
    readings: Mapping[str, Mapping[int, Labels]],
    *,
    texts: tuple[str, ...] = projects.TEXTS,
    schema: str = projects.SCHEMA,
) -> Path:
    """Make a project at `path` in which each of `readings` has read the texts numbered there."""
    projects.made(path.parent, path.name, schema=schema, texts=texts)
    with Project.open(path) as project:
        known = project.label_schema.event_types
        for name, told in readings.items():
            who = reader(project, name)
            for n, labels in told.items():
                sha256 = projects.sha_of(texts[n])
                layer = project.layer(sha256, who)
                for quote, type_ in labels:
                    start = texts[n].index(quote)
                    extent = extent_at(texts[n], [(start, start + len(quote))])
                    add = labelling.add_event if type_ in known else labelling.add_entity
                    add(project, layer, extent, type_)
                finish(project, name, sha256)
    return path
