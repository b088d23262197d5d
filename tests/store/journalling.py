"""Work that is written down in a journal, and what stands there."""

from pathlib import Path

from annotator.core.model import Layer
from annotator.core.operations import Operation
from annotator.services import labelling
from annotator.store import journalfile
from annotator.store.project import Project
from tests.projects import extent_of, layer_of

TORN = b'0a1b2c {"at":"2026-11-2'
"""What a line that a power cut tore may begin with."""


def label(project: Project, n: int = 1) -> Layer:
    """Label the same word `n` times over, and remove it again: two operations each."""
    layer = layer_of(project)
    for _ in range(n):
        added = labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
        labelling.remove(project, layer, uid_of(added))
    return layer


def uid_of(added: Operation | None) -> str:
    """Return the label that an operation added."""
    assert added is not None
    return next(change.uid for change in added.changes if change.uid)


def names_in(place: Path) -> list[str]:
    """Return the hashes of the sound lines of operations in a journal, as they stand."""
    found = map(journalfile.line_of, journalfile.forwards(place))
    return [line.name for line in found if line is not None and not line.is_remark]


def names_of(operations: list[Operation]) -> set[str]:
    """Return the hashes of `operations`."""
    return {one.hash for one in operations}
