"""Labelling every occurrence of anything in the samples, and taking it back by one undo."""

import random
from pathlib import Path
from typing import get_args

from annotator.arabic.finding import Query
from annotator.arabic.foldtable import Level
from annotator.arabic.tokens import words
from annotator.services import applying, importing, marking, projects, undoing
from annotator.store.project import Project
from tests.projects import annotator, assert_sound, contents, quick_folder

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
GESTURES, TRIES = 12, 60
"""Gestures that are to label something; not every word stands where labels go."""
TYPES = ("PERS", "GPE", "ORG")
LEVELS = get_args(Level)


def test_whatever_is_marked_one_undo_leaves_the_labels_equal() -> None:
    chance, n_labelled = random.Random(12), 0  # noqa: S311
    with quick_folder() as folder:
        projects.new(folder / "samples.hashiya")
        with Project.open(folder / "samples.hashiya") as project:
            importing.import_sources(project, [SEEDS / "articles"])
            who = annotator(project)
            with (SEEDS / "labels" / "a1.jsonl").open("rb") as lines:
                list(applying.apply_lines(project, who.name, lines))
            before = _labels(project)
            for _ in range(TRIES):
                query = Query(_words_of(project, chance), chance.choice(LEVELS))
                marked = marking.mark_all(project, who, query, chance.choice(TYPES))
                for gesture in {one.gesture for one in marked.operations}:
                    n_labelled += _labels(project) != before
                    undoing.undo_gesture(project, who, gesture)
                assert _labels(project) == before, query
            assert_sound(project)
    assert n_labelled >= GESTURES


def _words_of(project: Project, chance: random.Random) -> str:
    """Return one to three words in a row of one of the samples."""
    (sha256,) = chance.choice(project.connection.execute("SELECT sha256 FROM articles").fetchall())
    text = project.text(sha256)
    found = list(words(text))
    first = chance.randrange(len(found) - 3)
    return text[found[first][0] : found[first + chance.randrange(3)][1]]


def _labels(project: Project) -> dict[str, object]:
    """Return all labels and what hangs on them; the history has grown and may."""
    grown = {"operations", "progress", "settings"}
    return {name: rows for name, rows in contents(project).items() if name not in grown}
