"""A project of the size that bounds speak of: 20,000 articles with 100,000 labels.

Each label is a gesture of its own in the history, all of them by one annotator.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from annotator.core import operations as op
from annotator.core.bodies import body_of
from annotator.core.model import Annotator, Entity, extent_at
from annotator.core.operations import Change, Operation, Scope
from annotator.core.uids import GESTURE, label_uid, new_replica, numbered
from annotator.services import annotators
from annotator.store.project import Project
from annotator.store.uniting import unite
from tests.bench.imported import project_of

ARTICLES = 20_000
LABELS = 5
LENGTH = 2000
WHO = "a1"


def labelled_project(folder: Path, n: int) -> Path:
    """Make a project of `n` articles in `folder`, each with its labels; return its path."""
    path = project_of(folder / "project.hashiya", n, LENGTH)
    with Project.open(path) as project:
        unite(project, list(_operations(project, annotators.ensure(project, WHO))))
    return path


def _operations(project: Project, who: Annotator) -> Iterator[Operation]:
    """Yield the history of somebody who labels every article, an operation a label."""
    chance, replica = random.Random(3), new_replica()
    number, lamport = 0, project.clock().lamport
    query = "SELECT a.sha256,t.text FROM articles a JOIN texts t ON t.article=a.id"
    for sha256, text in project.connection.execute(query).fetchall():
        prev = ""
        for sequence, (start, end) in enumerate(_places(chance, text), 1):
            number, lamport = number + 2, lamport + 1
            entity = Entity(
                label_uid("entity", replica, number - 1),
                extent_at(text, [(start, end)]),
                chance.choice(("PERS", "ORG", "GPE")),
            )
            change = Change("entity", entity.uid, None, body_of(entity))
            numbers = (replica, sequence, prev, lamport)
            told = (who.uid, "2026-11-22T01:00Z", numbered(GESTURE, replica, number))
            made = Operation("add_entity", Scope(sha256, who.uid), *numbers, *told, (change,))
            named, _ = op.recorded(made)
            prev = named.hash
            yield named


def _places(chance: random.Random, text: str) -> list[tuple[int, int]]:
    return sorted(chance.sample([found.span() for found in re.finditer(r"\S+", text)], LABELS))
