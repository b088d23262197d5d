"""A project of made-up articles that were imported, for benches to work in."""

import random
from pathlib import Path

from annotator.services import importing, projects
from annotator.store.project import Project
from tests.bench.measuring import article, words


def project_of(path: Path, n: int, length: int) -> Path:
    """Make a project at `path` of `n` articles of about `length` characters; return `path`."""
    chance, vocabulary = random.Random(11), words()
    texts = path.parent / "texts"
    texts.mkdir()
    for number in range(n):
        text = article(chance, vocabulary, length, number)
        (texts / f"{number:05}.txt").write_text(text, "utf-8")
    projects.new(path)
    with Project.open(path) as project:
        importing.import_sources(project, [texts], encoding="utf-8")
    return path
