"""Regions where what was said of them is taken back: those of before stand again, or nothing is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.core.model import LEAD, Annotator, Region
from annotator.services import merging, projectwide, undoing
from annotator.store import rebuilding
from annotator.store.project import Project
from tests import projects
from tests.faults.doctampering import behind
from tests.projects import assert_sound, code_of, copied, sha_of
from tests.store.regionsgiven import GIVEN, ROW, filled, kept, told, with_a_role_merged


@pytest.fixture
def path() -> Iterator[Path]:
    """Make a project with articles of every way in."""
    with projects.quick_folder() as folder:
        yield filled(folder)


def test_regions_of_a_hand_in_taken_back_are_those_the_article_came_with(path: Path) -> None:
    other = copied(path, "other.hashiya")
    with Project.open(other) as theirs:
        projectwide.set_regions(theirs, sha_of(ROW), [Region(0, 17, "noise")])
        projects.add_articles(theirs, "خبر ثالث قصير.")
        projectwide.set_regions(theirs, sha_of("خبر ثالث قصير."), [Region(0, 3, "noise")])
    with Project.open(path) as project:
        report = merging.merge(project, [other])
        assert [one.role for one in project.regions(sha_of(ROW))] == ["noise"]

        merging.take_back(project, report.receipt)

        assert project.regions(sha_of(ROW)) == GIVEN
        new = sha_of("خبر ثالث قصير.")
        assert project.regions(new) == kept(project)[new] != [Region(0, 3, "noise", "person")]
        assert_sound(project)
    assert told(path) == []


def _with_the_seal_broken(path: Path) -> None:
    with behind(path) as connection:
        query = "UPDATE regions_given SET regions=replace(regions,'body','nav')"
        assert connection.execute(query).rowcount > 1


def test_nothing_is_taken_back_where_what_came_is_not_as_it_was_kept(path: Path) -> None:
    receipt = with_a_role_merged(path)
    _with_the_seal_broken(path)
    before = path.read_bytes()
    with Project.open(path) as project:
        with pytest.raises(UserError) as met:
            merging.take_back(project, receipt)
        assert (met.value.code, met.value.data["finding"]) == ("unsound_article", "D13")
        assert met.value.data["article"] == sha_of(ROW)[:16]
        assert project.regions(sha_of(ROW)) == [Region(0, 17, "noise", "person")]
    assert path.read_bytes() == before


def test_a_taking_back_is_not_redone_where_what_came_is_not_as_it_was_kept(path: Path) -> None:
    receipt = with_a_role_merged(path)
    with Project.open(path) as project:
        taken = merging.take_back(project, receipt)
        undone = undoing.undo_gesture(project, Annotator(LEAD, LEAD), taken.gesture)
    _with_the_seal_broken(path)
    with Project.open(path) as project:
        n_before = projects.n_operations(project)
        redo = lambda: undoing.redo_gesture(  # noqa: E731
            project, Annotator(LEAD, LEAD), undone.operations[0].gesture
        )
        assert code_of(redo) == "unsound_article"
        assert projects.n_operations(project) == n_before
        assert project.regions(sha_of(ROW)) == [Region(0, 17, "noise", "person")]


def test_folding_history_anew_leaves_no_article_without_regions(path: Path) -> None:
    receipt = with_a_role_merged(path)
    with Project.open(path) as project:
        merging.take_back(project, receipt)
    _with_the_seal_broken(path)
    with Project.open(path) as project:
        with project.committed():
            rebuilding.rebuild(project.connection, lambda: project.label_schema)
        assert project.regions(sha_of(ROW)) == GIVEN
    assert {why for _, why in told(path)} == {"given"}
