"""A question about one label reads the rows of that label, however many stand beside it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.core.model import Entity, extent_at
from annotator.core.operations import Scope
from annotator.services import labelling
from annotator.store import history
from annotator.store.layerreading import StoredReading
from annotator.store.project import Project
from tests.projects import TEXTS, layer_of, made


def steps(project: Project, act: Callable[[], object]) -> int:
    """Return how many steps SQLite's machine takes for `act`."""
    n = 0

    def count() -> int:
        nonlocal n
        n += 1
        return 0

    project.connection.set_progress_handler(count, 1)
    act()
    project.connection.set_progress_handler(None, 1)
    return n


@pytest.mark.parametrize("kind", ["PERS", "ORG"])
def test_looking_for_a_twin_takes_as_long_in_a_layer_of_many_labels(
    tmp_path: Path, kind: str
) -> None:
    with Project.open(made(tmp_path)) as project:
        layer = layer_of(project)
        words = [at for at in range(1, 60) if TEXTS[0][at - 1 : at + 1].isalpha()]
        taken = []
        for places in (words[:3], words[3:]):
            for at in places:
                labelling.add_entity(project, layer, extent_at(TEXTS[0], [(at - 1, at + 1)]), kind)
            row = history.layer_row(project.connection, Scope(layer.article, layer.annotator))
            reading = StoredReading(project.connection, row, project.label_schema)
            same = Entity("", extent_at(TEXTS[0], [(words[0] - 1, words[0] + 1)]), kind)
            assert len(reading.twins(same)) == 1
            taken.append(steps(project, lambda: reading.twins(same)))  # noqa: B023
        assert taken[1] == pytest.approx(taken[0], rel=0.2)
