"""A project in which everything is called alike, in a way that no person would; and a canary."""

import contextlib
import ctypes
import json
import os
import shutil
import sqlite3
import struct
from pathlib import Path

from annotator.core import operations as op
from annotator.core.model import LEAD, Entity, Event, Party, replace
from annotator.core.uids import annotator_uid
from annotator.services import annotators, handing_in, labelling
from annotator.store.project import Project
from tests import projects

OVERRIDE = "\u202e"
_IN_OPEN = 0x20


def name_with(picture: Path) -> str:
    """Return a name that would show `picture`, were it read as HTML."""
    return f'<b>&<img src="{picture}">{OVERRIDE}قال\nabc[*]&amp;%1\t' + "ط" * 500


def made(folder: Path, name: str) -> Path:
    """Make a project in which all that people may write is `name`."""
    text = f"قال {name} في موسكو إن {name} كان مفيدًا\nوأضاف بوتين"
    path = folder / (name.replace("/", "∕").replace(chr(10), " ")[:60] + ".hashiya")
    with Project.create(path, schema_of(name), name) as project:
        projects.add_articles(project, text, f"{name} ثم {name}")
        project.connection.execute("UPDATE articles SET title=?", (name,))
        project.connection.commit()
        _label(project, name, text)
    return path


def file_of(folder: Path, name: str, ending: str) -> Path:
    """Return where a file called `name` is put, its line ends and overrides among the letters."""
    return folder / (name.replace("/", "∕")[:70] + ending)


def read_twice(folder: Path, name: str) -> Path:
    """Make a project that two people called alike have read, and never of one mind."""
    text = f"قال {name} في موسكو إن {name} كان مفيدًا\nوأضاف بوتين"
    path = folder / "twice.hashiya"
    with Project.create(path, schema_of(name), name) as project:
        projects.add_articles(project, text)
        project.connection.execute("UPDATE articles SET title=?", (name,))
        for called, types in ((name, ("PERS", "ORG")), (f"ب {name}", ("ORG", "PERS"))):
            layer = project.layer(projects.sha_of(text), _reader(project, called))
            for nth, type_name in enumerate(types):
                labelling.add_entity(project, layer, projects.extent_of(name, text, nth), type_name)
            labelling.answer(project, layer, "summary", (called,))
            labelling.set_status(project, layer, "done")
    return path


def worked_on(path: Path, folder: Path, name: str) -> list[Path]:
    """Return a hand-in and a copy of the project at `path`, worked on there, and what is neither.

    Each is called `name`, and she who worked as nearly so as a bundle may bring.
    """
    copy, bundle, neither = (
        file_of(folder, name, ending) for ending in (".hashiya", ".zip", ".txt.zip")
    )
    shutil.copy(path, copy)
    with Project.open(copy) as project:
        projects.add_articles(project, "نص جديد تمامًا عن المناخ")
        article = projects.sha_of("نص جديد تمامًا عن المناخ")
        who = annotators.ensure(project, _borne(name)).uid
        labelling.set_status(project, project.layer(article, who), "done")
        handing_in.hand_in(project, bundle)
    neither.write_text(name, "utf-8")
    return [bundle, copy, neither]


def brought_to(folder: Path, name: str) -> Path:
    """Make a project in which nobody labels yet; everything else is called `name`."""
    path = folder / "lead.hashiya"
    with Project.create(path, schema_of(name), name) as project:
        projects.add_articles(project, f"قال {name}")
    return path


def _borne(name: str) -> str:
    """Return the part of `name` that annotators may be called."""
    return "".join(one for one in name.split(OVERRIDE)[0] if one != ",")[:60]


def tampered(path: Path, to: Path, name: str) -> Path:
    """Copy the project at `path` to `to`, where tables, views and settings are called `name`."""
    shutil.copy(path, to)
    quoted = name.replace('"', '""')
    with contextlib.closing(sqlite3.connect(to)) as connection:
        connection.execute(f'CREATE TABLE "{quoted}"(a)')
        connection.execute(f'CREATE VIEW "v{quoted}" AS SELECT 1')
        connection.execute("UPDATE settings SET value=? WHERE name='title'", (name * 2,))
        connection.commit()
    return to


def schema_of(name: str) -> str:
    """Return a label schema in which everything is called `name`."""
    said = json.dumps(name, ensure_ascii=False)
    called = f"en = {said}\nar = {said}"
    both = f"en = {said}, ar = {said}"
    guides = f"guideline_en = {said}\nguideline_ar = {said}"
    return f"""
[schema]
name = "hostile"
version = "1"

[[entity]]
id = "PERS"
{called}
{guides}
key = "p"
subtypes = [{{id = "NAMED", {both}}}]
attributes = [{{id = "mention", {both}, values = [{{id = "NAM", {both}}}, {{id = "NOM", {both}}}]}}]

[[entity]]
id = "ORG"
{called}
key = "o"

[[event]]
id = "MEET"
{called}
{guides}
key = "m"
roles = [
  {{id = "actor", {both}, fillers = ["PERS", "ORG"], min = 1}},
  {{id = "place", {both}, fillers = ["ORG"], min = 1}},
]
attributes = [{{id = "polarity", {both}, values = [{{id = "positive", {both}}}]}}]

[stance]
values = [{{id = "against", {both}}}, {{id = "neutral", {both}}}, {{id = "favor", {both}}}]
ordered = true
holders = ["PERS", "ORG"]
targets = ["topic", "entity", "event"]

[[topic]]
id = "peace"
{called}

[[relation]]
id = "same_as"
{called}
sources = ["entity", "event"]
targets = ["entity", "event"]

[[question]]
id = "genre"
{called}
kind = "one"
values = [{{id = "report", {both}}}, {{id = "opinion", {both}}}]

[[question]]
id = "summary"
{called}
kind = "text"
"""


def _label(project: Project, name: str, text: str) -> None:
    layer = project.layer(projects.sha_of(text), _reader(project, name))
    for nth, type_name in enumerate(("PERS", "ORG")):
        labelling.add_entity(project, layer, projects.extent_of(name, text, nth), type_name)
    labelling.add_event(project, layer, projects.extent_of("مفيدًا", text), "MEET")
    labels = list(project.labels(layer))
    one, other = (label for label in labels if isinstance(label, Entity))
    event = next(label for label in labels if isinstance(label, Event))
    labelling.add_argument(project, layer, event.uid, "actor", one.uid)
    labelling.add_argument(project, layer, event.uid, "actor", other.uid)
    labelling.add_relation(project, layer, "same_as", one.uid, other.uid)
    evidence = projects.extent_of("وأضاف بوتين", text)
    holder, target = Party("entity", one.uid), Party("topic", "peace")
    labelling.add_stance(project, layer, target, "favor", holder=holder, evidence=evidence)
    labelling.add_stance(project, layer, Party("entity", other.uid), "against")
    labelling.answer(project, layer, "summary", (name,))
    for label in (one, other):
        told = replace(label, note=name, doubt=name, link=name)
        labelling.change(project, layer, told)


def _reader(project: Project, name: str) -> str:
    """Return the uid of the annotator called `name`, as a merge would bring her."""
    uid = annotator_uid(project.uid, name)
    if uid not in {one.uid for one in project.annotators()}:
        with project.transaction("annotator", LEAD) as gesture:
            body = {"name": name, "kind": "human"}
            gesture.within(op.PROJECT).set(op.ANNOTATOR, uid, body)
    return uid


class Canary:
    """A picture on the disk that nobody may open; the kernel tells who does."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "canary.png"
        self.path.write_bytes(bytes.fromhex(_PICTURE))
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._watch = self._libc.inotify_init1(os.O_NONBLOCK)
        assert self._watch >= 0
        added = self._libc.inotify_add_watch(self._watch, os.fsencode(self.path), _IN_OPEN)
        assert added >= 0

    def n_opened(self) -> int:
        """Return how often it was opened since this was asked last."""
        try:
            told = os.read(self._watch, 1 << 16)
        except BlockingIOError:
            return 0
        return len(told) // struct.calcsize("iIII")

    def close(self) -> None:
        os.close(self._watch)


_PICTURE = (  # one pixel
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
