"""The part of the demo that loses a file: an old copy comes back, and its work with it.

A backup is made, the file is set back as a sync program would do, opened, examined, and made again
from the backup; each time it exports the same bytes.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from annotator.arabic.tokens import words
from annotator.services import (
    applying,
    backing_up,
    doctoring,
    exporting,
    listing,
    reopening,
    restoring,
)
from annotator.store.project import Project

_READER = "a4"
_GESTURES = 5


def play(project: Path, folder: Path) -> Iterator[Path]:
    """Play it on a copy of the file `project`, in `folder`; yield each file that was made."""
    folder.mkdir()
    path, old = folder / "news.hashiya", folder / "old.hashiya"
    shutil.copy(project, path)
    with Project.open(path) as opened:
        reopening.merged_back(opened)
        backup = backing_up.back_up(opened, "asked").backup
        print(f"Backed up: {backup.facts.n_labels} labels, {backup.facts.n_operations} operations.")
        shutil.copy(path, old)
        n = _labelled(opened)
        before = _exported(opened, folder / "before.jsonl")
    old.replace(path)
    with Project.open(path) as opened:
        came = reopening.merged_back(opened)
        is_same = _exported(opened, folder / "after.jsonl") == before
        found = doctoring.examine(opened)
    if came.back != n or not is_same or not found.is_sound:
        raise SystemExit(f"work was lost with the file: {came}, {found}")
    print(f"Set back to an older copy: {came.back} of {n} operations came back; examined: sound.")
    _restore(path, folder / "restored.hashiya", before)
    yield from sorted(folder.iterdir())


def _labelled(project: Project) -> int:
    """Label some words as another reader; return how many operations that took."""
    n_before = sum(1 for _ in listing.history(project))
    article = next(iter(listing.articles(project)))
    places = list(words(project.text(article["sha256"])))[:_GESTURES]
    lines = [
        b'{"do":"add_entity","article":"%b","start":%d,"end":%d,"type":"OCC"}'
        % (article["sha256"].encode(), start, end)
        for start, end in places
    ]
    answers = list(applying.apply_lines(project, _READER, lines))
    if any(answer.trouble for answer in answers):
        raise SystemExit(f"gestures were refused: {answers}")
    return sum(1 for _ in listing.history(project)) - n_before


def _restore(path: Path, to: Path, before: bytes) -> None:
    path.unlink()
    report = restoring.restore(path, to, backing_up.backup_of(path))
    with Project.open(to) as opened:
        if _exported(opened, to.with_suffix(".jsonl")) != before:
            raise SystemExit(f"what was restored is not what was there: {report}")
    print(f"Deleted and restored: {report.labels} labels, {report.since} operations on top.")


def _exported(project: Project, to: Path) -> bytes:
    exporting.export(project, to)
    return to.read_bytes()
