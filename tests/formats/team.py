"""Projects that a team has read."""

from annotator.store.project import Project
from tests.formats.rows import bare, example, imported

READERS = [
    {"uid": "u-sara", "name": "سارة", "kind": "human"},
    {"uid": "u-badr", "name": "بدر", "kind": "human"},
    {"uid": "m", "name": "ذاكرة", "kind": "machine"},
    {"uid": "g", "name": "الذهب", "kind": "gold"},
]
STATUSES = ["done", "started", "done", "skipped"]


def team(project: Project) -> None:
    """Import two articles, each read by four annotators."""
    rows = [
        example(number, annotator=reader, status=status)
        for number in (1, 2)
        for reader, status in zip(READERS, STATUSES, strict=True)
    ]
    assert imported(project, *rows).layers == 8


def many(project: Project, n: int) -> None:
    """Import `n` articles, each read by two."""
    rows = [
        bare(f"خبر {number}", annotator=reader) for number in range(n) for reader in READERS[:2]
    ]
    assert imported(project, *rows).layers == 2 * n
