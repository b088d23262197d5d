"""History is the truth: the tables are its fold, in whatever order the operations arrived."""

import contextlib
import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import operations as op
from annotator.core.bodies import Body
from annotator.core.errors import UserError
from annotator.core.model import Region, replace
from annotator.services import labelling, projectwide, undoing
from annotator.store import rebuilding
from annotator.store.project import Project
from annotator.store.transaction import committed
from tests.projects import (
    assert_sound,
    assert_tables_are_history,
    contents,
    extent_of,
    layer_of,
    made,
    operations_in,
    quick_folder,
    sha_of,
    state_in_history,
    state_in_tables,
    with_current_type,
)
from tests.store.histories import SOME, Move, moves, play, play_all


@pytest.fixture
def project() -> Iterator[Project]:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        yield project


@SOME
@given(played=st.lists(moves(), min_size=5, max_size=30), seed=st.integers(0, 99))
def test_the_tables_are_the_fold_of_the_operations_in_any_order_of_arrival(
    played: list[Move], seed: int
) -> None:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        play_all(project, played)

        assert_sound(project)
        shuffled = operations_in(project)
        random.Random(seed).shuffle(shuffled)  # noqa: S311
        assert state_in_history(project, shuffled) == state_in_history(
            project, operations_in(project)
        )


@SOME
@given(played=st.lists(moves(), min_size=3, max_size=20))
def test_after_each_gesture_the_tables_are_the_history(played: list[Move]) -> None:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        for move in played:
            before = contents(project)
            refused = play(project, move)

            assert_tables_are_history(project)
            if refused is not None:
                changed = _names_that_differ(before, contents(project))
                # the annotator of the layer is made before the gesture is refused
                assert changed <= {"annotators", "operations"}


@SOME
@given(played=st.lists(moves(), min_size=5, max_size=25))
def test_rebuilding_leaves_every_table_as_it_was(played: list[Move]) -> None:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        play_all(project, played)
        before = contents(project)

        _rebuild(project)

        assert contents(project) == before


@SOME
@given(played=st.lists(moves(), min_size=5, max_size=20))
def test_rebuilding_brings_back_tables_that_were_emptied_or_spoilt(played: list[Move]) -> None:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        play_all(project, played)
        before = contents(project)
        for table in ("entities", "arguments", "spans", "attributes", "held", "doubt_answers"):
            project.connection.execute(f"DELETE FROM {table}")  # noqa: S608
        project.connection.execute("UPDATE stances SET value='favor', note='spoilt'")
        project.connection.execute("UPDATE layers SET status='skipped'")
        project.connection.execute("UPDATE articles SET withdrawn=1-withdrawn WHERE id=3")

        _rebuild(project)

        withdrawn = {change.key for made in operations_in(project) for change in made.changes}
        if ("withdrawn", sha_of(2)) not in withdrawn:  # nothing in history speaks of it
            project.connection.execute("UPDATE articles SET withdrawn=0 WHERE id=3")
        assert contents(project) == before


@SOME
@given(played=st.lists(moves(), min_size=5, max_size=25))
def test_operations_are_chained_and_their_lamport_numbers_grow(played: list[Move]) -> None:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        before = operations_in(project)
        play_all(project, played)
        own = [made for made in operations_in(project) if made.replica == project.replica]

        lamports = sorted(made.lamport for made in own)
        greatest = max((made.lamport for made in before), default=0)
        assert lamports == list(range(greatest + 1, greatest + 1 + len(own)))
        for scope in {made.scope for made in own}:
            chain = sorted(
                (made for made in own if made.scope == scope), key=lambda made: made.sequence
            )
            assert [made.sequence for made in chain] == list(range(1, len(chain) + 1))
            assert [made.prev for made in chain] == ["", *(made.hash for made in chain[:-1])]
            assert [made.lamport for made in chain] == sorted(made.lamport for made in chain)


@SOME
@given(played=st.lists(moves(), min_size=5, max_size=25))
def test_each_operation_says_what_was_there_before(played: list[Move]) -> None:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        play_all(project, played)
        operations = sorted(operations_in(project), key=op.order)
        for n, operation in enumerate(operations):
            state = op.fold(operations[:n]).get(operation.scope, {})
            for change in operation.changes:
                assert change.before != change.after
                if change.kind != op.REGIONS:  # the first are those of the rules
                    assert change.before == state.get(change.key)


def test_a_layer_begins_with_its_first_operation(project: Project) -> None:
    layer = layer_of(project)
    labelling.set_status(project, layer, "new")
    labelling.answer(project, layer, "genre", ())

    state, _ = state_in_tables(project)

    assert set(state) == {op.PROJECT}


def test_a_refused_gesture_begins_no_layer(project: Project) -> None:
    layer = layer_of(project)

    assert play(project, Move("entity", 0, 0, 0, 7, 6)) is not None

    assert project.layer_row(layer) is None


def test_an_article_in_which_nothing_was_marked_gets_no_layer(project: Project) -> None:
    layer = layer_of(project, text=1)
    play(project, Move("mark_all", 0, 0, 0, 0, 0))

    assert project.layer_row(layer) is None
    assert_tables_are_history(project)


def test_a_label_keeps_the_type_that_it_was_given_when_its_note_is_changed(
    project: Project,
) -> None:
    layer = layer_of(project)
    labelling.add_entity(project, layer, extent_of("بوتين"), "PER")
    (label,) = project.labels(layer)
    labelling.change(project, layer, replace(label, note="انظر"))

    (body,) = (
        body
        for key, body in op.fold(operations_in(project))[_scope(project)].items()
        if key[0] == "entity"
    )
    assert (body["type"], body["note"]) == ("PER", "انظر")


def test_taking_a_newcomer_back_leaves_tables_that_are_the_history(project: Project) -> None:
    layer = layer_of(project, "قارئ")
    (gesture,) = {
        made.gesture
        for made in operations_in(project)
        for change in made.changes
        if change.uid == layer.annotator
    }
    someone = project.annotators()[0]

    with contextlib.suppress(UserError):  # refusing it is right too
        undoing.undo_gesture(project, someone, gesture)

    assert_tables_are_history(project)


def test_regions_of_a_person_are_one_operation_with_the_whole_list(project: Project) -> None:
    given = [Region(0, 3, "headline"), Region(3, 20, "body")]

    operation = projectwide.set_regions(project, sha_of(0), given)

    assert operation is not None
    (change,) = operation.changes
    assert change.after == {"regions": [[0, 3, "headline", "person"], [3, 20, "body", "person"]]}
    assert project.regions(sha_of(0)) == [region._replace(source="person") for region in given]
    assert_tables_are_history(project)


def _scope(project: Project) -> op.Scope:
    layer = layer_of(project)
    return op.Scope(layer.article, layer.annotator)


def _current(project: Project, kind: str, body: Body | None) -> Body | None:
    return None if body is None else with_current_type(project.label_schema, kind, body)


def _rebuild(project: Project) -> None:
    with committed(project.connection, project.path.name):
        rebuilding.rebuild(project.connection, lambda: project.label_schema)


def _names_that_differ(
    one: dict[str, list[tuple[object, ...]]], other: dict[str, list[tuple[object, ...]]]
) -> set[str]:
    return {name for name in one if one[name] != other[name]}
