"""Who counts marks that were painted as saved and are gone counts neither too few nor too many."""

from collections.abc import Iterator

import pytest

from annotator.core.operations import Operation
from annotator.services import labelling, undoing
from annotator.store.project import Project
from tests.faults.shownmarks import ShownMarks, look_of
from tests.projects import annotator, extent_of, layer_of, made, operations_in, quick_folder


@pytest.fixture
def project() -> Iterator[Project]:
    """Give a project in memory whose annotator is known."""
    with quick_folder() as folder, Project.open(made(folder)) as project:
        annotator(project)
        yield project


def _labelled(project: Project) -> Operation:
    done = labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
    assert done is not None
    return done


def _told(*operations: Operation | None) -> dict[str, object]:
    return {"ops": [one.hash for one in operations if one is not None]}


def _painted(project: Project) -> dict[str, object]:
    labels = project.labels(layer_of(project))
    return {"painted": [(label.uid, *(look_of(label) or ())) for label in labels]}


def _gone(shown: ShownMarks, project: Project, n: int | None = None) -> set[str]:
    """Return what is gone where the file has only the first `n` operations."""
    return shown.gone(project.labels(layer_of(project)), operations_in(project)[:n])


def test_a_mark_that_is_in_the_file_as_it_was_painted_is_not_gone(project: Project) -> None:
    shown = ShownMarks(())
    shown.take(_told(_labelled(project)))
    shown.take(_painted(project))

    assert shown.n_painted == 1
    assert _gone(shown, project) == set()


def test_a_mark_of_which_the_file_knows_nothing_is_gone(project: Project) -> None:
    shown = ShownMarks(())
    shown.take({"painted": [("E00000000000001", "entity", "PERS", [[0, 3]])]})

    assert _gone(shown, project) == {"E00000000000001"}


def test_a_mark_that_is_in_the_file_otherwise_than_it_was_painted_is_gone(project: Project) -> None:
    shown = ShownMarks(())
    shown.take(_told(_labelled(project)))
    (label,) = project.labels(layer_of(project))
    shown.take({"painted": [(label.uid, "entity", "ORG", [[0, 3]])]})

    assert _gone(shown, project) == {label.uid}


def test_what_a_person_took_back_without_being_told_so_yet_is_not_gone(project: Project) -> None:
    shown = ShownMarks(())
    shown.take(_told(_labelled(project)))
    shown.take(_painted(project))
    undoing.undo(project, layer_of(project))

    assert _gone(shown, project) == set()


def test_what_was_brought_back_is_gone_where_only_its_removal_is_in_the_file(
    project: Project,
) -> None:
    shown, layer = ShownMarks(()), layer_of(project)
    shown.take(_told(_labelled(project)))
    shown.take(_told(undoing.undo(project, layer)))
    n_operations = len(operations_in(project))
    undoing.redo(project, layer)
    shown.take(_painted(project))
    assert _gone(shown, project) == set()

    undoing.undo(project, layer)  # as if the redo had never come to the disk

    assert len(_gone(shown, project, n_operations)) == 1
