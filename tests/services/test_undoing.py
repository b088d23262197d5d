"""Undo and redo: the layer comes back as it was, and what changed since is never overwritten."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import UserError
from annotator.core.model import Entity, Event, Layer, Party, Region, replace
from annotator.services import labelling, marking, projectwide, undoing
from annotator.store.project import Project
from tests.projects import (
    LABEL_TABLES,
    Rows,
    annotator,
    assert_sound,
    assert_tables_are_history,
    code_of,
    contents,
    copied,
    extent_of,
    layer_of,
    made,
    n_operations,
    operations_in,
    quick_folder,
    sha_of,
)
from tests.store.histories import LABELLING, SOME, Move, moves, play_all

_LAYER_TABLES = (*LABEL_TABLES, "spans", "attributes", "votes", "held", "layers")
_IN_LAYERS = moves(
    *LABELLING, "entity", "event", "argument", "status", "undo", "redo", "mark_all", people=1
)


@pytest.fixture
def project() -> Iterator[Project]:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        yield project


@pytest.fixture
def layer(project: Project) -> Layer:
    return layer_of(project)


# --- everything back, everything forth -----------------------------------------------------------


@SOME
@given(base=st.lists(_IN_LAYERS, max_size=8), played=st.lists(_IN_LAYERS, min_size=1, max_size=20))
def test_undoing_everything_gives_back_the_start_and_redoing_it_the_end(
    base: list[Move], played: list[Move]
) -> None:
    with quick_folder() as folder:
        path = made(folder)
        with Project.open(path) as first:
            play_all(first, base)
        with Project.open(copied(path, "mine.hashiya")) as project:
            start = _started(_layers(project))
            play_all(project, played)
            end = _layers(project)

            undone = {text: _undo_all(project, layer_of(project, "a1", text)) for text in range(3)}
            assert _started(_layers(project)) == start
            assert_sound(project)
            redone = {text: _times(project, text, n) for text, n in undone.items()}

            assert redone == undone
            assert _layers(project) == end
            assert_tables_are_history(project)


@SOME
@given(
    played=st.lists(moves(*LABELLING, "entity", "status", people=1, texts=1), min_size=2),
    steps=st.lists(st.booleans(), max_size=20),
)
def test_undo_and_redo_walk_along_one_line(played: list[Move], steps: list[bool]) -> None:
    """Each place on the line is what it was when the line was made, however often one walks."""
    with quick_folder() as folder, Project.open(made(folder)) as project:
        annotator(project)
        line = [_layers(project)]
        for move in played:
            n = n_operations(project)
            play_all(project, [move])
            if n_operations(project) > n:
                line.append(_layers(project))
        at = len(line) - 1
        for is_undo in steps:
            walk, to = (undoing.undo, at - 1) if is_undo else (undoing.redo, at + 1)
            refused = code_of(partial(walk, project, layer_of(project)))
            assert refused in ("", "nothing_to_undo", "nothing_to_redo")
            at = at if refused else to
            assert _started(_layers(project)) == _started(line[at])


def test_undo_gives_back_the_layer_as_it_was(project: Project, layer: Layer) -> None:
    before = project.labels(layer)
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")

    undoing.undo(project, layer)

    assert project.labels(layer) == before
    assert layer_of(project).status == "new"


def test_undo_gives_back_status_and_answers(project: Project, layer: Layer) -> None:
    labelling.answer(project, layer, "genre", ("report",), note="أول")
    before = contents(project)["answers"]
    labelling.answer(project, layer, "genre", ("opinion",))
    labelling.set_status(project, layer, "done")

    undoing.undo(project, layer)
    assert layer_of(project).status == "started"
    undoing.undo(project, layer)
    assert contents(project)["answers"] == before
    undoing.undo(project, layer)

    assert contents(project)["answers"] == []
    assert layer_of(project).status == "new"


def test_a_start_that_was_taken_back_by_hand_can_be_undone_and_redone(
    project: Project, layer: Layer
) -> None:
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    labelling.set_status(project, layer, "new")
    undoing.undo(project, layer)
    assert layer_of(project).status == "started"
    undoing.redo(project, layer)
    assert layer_of(project).status == "new"
    labelling.add_entity(project, layer, extent_of("ترامب"), "PERS")
    undoing.undo(project, layer)
    assert layer_of(project).status == "new"
    undoing.undo(project, layer)
    assert layer_of(project).status == "started"


def test_undo_of_a_removal_brings_back_all_that_went_under_its_own_uids(
    project: Project, layer: Layer
) -> None:
    event, mention = _frame(project, layer)
    labelling.add_relation(project, layer, "same_as", event.uid, mention.uid)
    labelling.add_stance(project, layer, Party("event", event.uid), "favor")
    before = _layers(project)
    labelling.remove(project, layer, event.uid)

    undoing.undo(project, layer)

    assert _layers(project) == before


def test_undo_survives_closing_the_file(tmp_path: Path) -> None:
    path = made(tmp_path)
    with Project.open(path) as project:
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
        labelling.add_entity(project, layer_of(project), extent_of("ترامب"), "PERS")
        undoing.undo(project, layer_of(project))
    with Project.open(path) as project:
        undoing.redo(project, layer_of(project))
        undoing.undo(project, layer_of(project))
        undoing.undo(project, layer_of(project))
        assert project.labels(layer_of(project)) == []


def test_undo_does_not_cross_to_another_replica(tmp_path: Path) -> None:
    path = made(tmp_path)
    with Project.open(path) as project:
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
    with Project.open(copied(path, "copy.hashiya")) as project:
        with pytest.raises(UserError, match="nothing_to_undo"):
            undoing.undo(project, layer_of(project))
        labelling.add_entity(project, layer_of(project), extent_of("ترامب"), "PERS")
        undoing.undo(project, layer_of(project))
        with pytest.raises(UserError, match="nothing_to_undo"):
            undoing.undo(project, layer_of(project))
        assert len(project.labels(layer_of(project))) == 1


def test_undo_leaves_other_annotators_and_other_articles_alone(project: Project) -> None:
    labelling.add_entity(project, layer_of(project, "a1", 1), extent_of("بغداد", 1), "GPE")
    labelling.add_entity(project, layer_of(project, "a2", 0), extent_of("بوتين"), "PERS")

    with pytest.raises(UserError, match="nothing_to_undo"):
        undoing.undo(project, layer_of(project, "a1", 0))

    assert len(contents(project)["entities"]) == 2


def test_where_a_layer_has_not_begun_there_is_nothing_to_undo_or_redo(project: Project) -> None:
    layer = layer_of(project)
    for take, code in ((undoing.undo, "nothing_to_undo"), (undoing.redo, "nothing_to_redo")):
        with pytest.raises(UserError, match=code):
            take(project, layer)
    assert project.layer_row(layer) is None


def test_a_new_gesture_ends_redo(project: Project, layer: Layer) -> None:
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    undoing.undo(project, layer)
    labelling.add_entity(project, layer, extent_of("ترامب"), "PERS")

    with pytest.raises(UserError, match="nothing_to_redo"):
        undoing.redo(project, layer)


def test_undo_is_an_operation_that_names_the_one_it_takes_back(
    project: Project, layer: Layer
) -> None:
    first = labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    assert first is not None

    undone = undoing.undo(project, layer)
    redone = undoing.redo(project, layer)

    assert (undone.kind, undone.undoes) == ("undo", first.hash)
    assert (redone.kind, redone.undoes) == ("redo", undone.hash)
    mirrored = {change.key: (change.after, change.before) for change in first.changes}
    assert {change.key: (change.before, change.after) for change in undone.changes} == mirrored


# --- a done layer --------------------------------------------------------------------------------


def test_in_a_done_layer_only_the_status_can_be_undone(project: Project, layer: Layer) -> None:
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    labelling.set_status(project, layer, "done")
    undoing.undo(project, layer)
    assert layer_of(project).status == "started"
    undoing.redo(project, layer)
    assert layer_of(project).status == "done"


def test_a_label_is_not_undone_in_a_layer_that_is_done(tmp_path: Path) -> None:
    """Another replica marked it done: its own undo cannot take that back first."""
    path = made(tmp_path)
    with Project.open(path) as project:
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
        who, made_by = annotator(project), operations_in(project)[-1].gesture
        labelling.set_status(project, layer_of(project), "done")
        before = contents(project)

        report = undoing.undo_gesture(project, who, made_by)

        assert (report.operations, report.left_out) == ((), 1)
        assert contents(project) == before


# --- what changed since --------------------------------------------------------------------------


def test_a_gesture_whose_label_was_changed_since_is_not_taken_back_and_the_label_is_named(
    project: Project, layer: Layer
) -> None:
    operation = labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    assert operation is not None
    (label,) = project.labels(layer)
    labelling.change(project, layer, replace(label, note="ثم"))
    before = contents(project)

    with pytest.raises(UserError, match="changed_since") as trouble:
        undoing.undo_gesture(project, annotator(project), operation.gesture)

    assert trouble.value.data["uids"] == [label.uid]
    assert contents(project) == before


def test_a_label_that_another_points_to_since_is_not_taken_away(
    project: Project, layer: Layer
) -> None:
    event, mention = _frame(project, layer)
    (argument,) = (one for one in project.labels(layer) if one.uid[0] == "A")
    names = _gestures(project)

    with pytest.raises(UserError, match="changed_since") as trouble:
        undoing.undo_gesture(project, annotator(project), names[event.uid])

    assert trouble.value.data["uids"] == [argument.uid]
    assert mention in project.labels(layer)


def test_a_label_is_not_brought_back_where_what_it_pointed_to_is_gone(
    project: Project, layer: Layer
) -> None:
    event, _ = _frame(project, layer)
    (argument,) = (one for one in project.labels(layer) if one.uid[0] == "A")
    removal = labelling.remove(project, layer, argument.uid)
    labelling.remove(project, layer, event.uid)
    assert removal is not None

    with pytest.raises(UserError, match="changed_since") as trouble:
        undoing.undo_gesture(project, annotator(project), removal.gesture)

    assert trouble.value.data["uids"] == [event.uid]
    assert_sound(project)


def test_every_name_in_a_refused_undo_is_one_of_a_label(project: Project, layer: Layer) -> None:
    """Where only the status changed since, the layer's own change has no uid to be named by."""
    operation = labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    labelling.set_status(project, layer, "skipped")
    assert operation is not None

    labels = project.labels(layer)

    refused = None
    try:
        undoing.undo_gesture(project, annotator(project), operation.gesture)
    except UserError as trouble:
        refused = trouble

    if refused is None:
        assert project.labels(layer) == []
    else:
        assert refused.code == "changed_since"
        assert refused.data["uids"] == [label.uid for label in labels]


# --- whole gestures -------------------------------------------------------------------------------


def test_a_gesture_over_several_layers_is_taken_back_and_forth_in_each(project: Project) -> None:
    who = annotator(project)
    before = _layers(project)
    marked = marking.mark_all(project, who, "في", "GPE")
    assert len(marked.operations) == 3
    end = _layers(project)

    undone = undoing.undo_gesture(project, who, marked.operations[0].gesture)
    assert _started(_layers(project)) == before
    undoing.redo_gesture(project, who, undone.operations[0].gesture)

    assert _layers(project) == end
    assert_sound(project)


def test_a_gesture_is_not_taken_back_twice(project: Project, layer: Layer) -> None:
    who = annotator(project)
    operation = labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    assert operation is not None
    undoing.undo_gesture(project, who, operation.gesture)

    with pytest.raises(UserError, match="nothing_to_undo"):
        undoing.undo_gesture(project, who, operation.gesture)
    undoing.redo_gesture(project, who, operation.gesture)  # by its own name, or by the undo's
    with pytest.raises(UserError, match="nothing_to_redo"):
        undoing.redo_gesture(project, who, operation.gesture)


def test_another_annotators_gesture_is_not_taken_back(project: Project, layer: Layer) -> None:
    operation = labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    someone = annotator(project, "a2")
    assert operation is not None
    before = contents(project)

    with pytest.raises(UserError, match="not_yours"):
        undoing.undo_gesture(project, someone, operation.gesture)

    assert contents(project) == before


def test_a_gesture_that_nobody_made_cannot_be_taken_back(project: Project) -> None:
    with pytest.raises(UserError, match="unknown_gesture"):
        undoing.undo_gesture(project, annotator(project), "G00000000000000")


def test_regions_and_withdrawals_are_taken_back_as_gestures(project: Project) -> None:
    who = annotator(project)
    before = contents(project)
    regions = projectwide.set_regions(project, sha_of(0), [Region(0, 9, "headline")], who.uid)
    withdrawn = projectwide.withdraw(project, sha_of(1), who.uid)
    assert regions is not None
    assert withdrawn is not None

    for operation in (regions, withdrawn):
        undoing.undo_gesture(project, who, operation.gesture)

    after = contents(project)
    assert {name for name in before if before[name] != after[name]} == {"operations"}
    assert_sound(project)


# --- gestures of more labels than one operation holds ---------------------------------------------


@pytest.fixture
def many() -> Iterator[Project]:
    """Give a project with one article that says the same word 1,200 times."""
    texts = ("كلمة " * 1200 + "\n",)
    with quick_folder() as folder, Project.open(made(folder, texts=texts)) as project:
        yield project


def _of_many(project: Project) -> Layer:
    return layer_of(project, "a1", "كلمة " * 1200 + "\n")


def test_undoing_everything_gives_back_the_start_also_of_1200_labels(many: Project) -> None:
    start = _layers(many)
    marked = marking.mark_all(many, annotator(many), "كلمة", "ORG")
    assert [len(made.changes) for made in marked.operations] == [1000, 201]
    end = _layers(many)

    n = _undo_all(many, _of_many(many))
    assert _started(_layers(many)) == start
    assert_tables_are_history(many)
    for _ in range(n):
        undoing.redo(many, _of_many(many))

    assert _layers(many) == end


def test_a_gesture_of_1200_labels_is_taken_back_as_a_whole(many: Project) -> None:
    start = _layers(many)
    marked = marking.mark_all(many, annotator(many), "كلمة", "ORG")
    end = _layers(many)

    undone = undoing.undo_gesture(many, annotator(many), marked.operations[0].gesture)
    assert _started(_layers(many)) == start
    undoing.redo_gesture(many, annotator(many), undone.operations[0].gesture)

    assert _layers(many) == end
    assert_tables_are_history(many)


def test_a_done_layer_is_left_out_once_however_many_operations_a_gesture_had_in_it(
    many: Project,
) -> None:
    marked = marking.mark_all(many, annotator(many), "كلمة", "ORG")
    labelling.set_status(many, _of_many(many), "done")

    undone = undoing.undo_gesture(many, annotator(many), marked.operations[0].gesture)

    assert (undone.operations, undone.left_out) == ((), 1)


# --- what tests read ------------------------------------------------------------------------------


def _layers(project: Project) -> dict[str, Rows]:
    found = contents(project)
    return {name: found[name] for name in _LAYER_TABLES}


def _started(layers: dict[str, Rows]) -> dict[str, Rows]:
    """Return `layers` without those that say nothing: a layer that began stays known as new."""
    kept = [row for row in layers["layers"] if row[3:] != ("new", "none")]
    return {**layers, "layers": kept}


def _undo_all(project: Project, layer: Layer) -> int:
    """Undo until there is nothing to undo; return how often."""
    n = 0
    while not (refused := code_of(lambda: undoing.undo(project, layer))):
        n += 1
    assert refused == "nothing_to_undo"
    return n


def _times(project: Project, text: int, n: int) -> int:
    for _ in range(n):
        undoing.redo(project, layer_of(project, "a1", text))
    return n


def _frame(project: Project, layer: Layer) -> tuple[Event, Entity]:
    labelling.add_event(project, layer, extent_of("لقاءه"), "MEET")
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    labels = project.labels(layer)
    event = next(label for label in labels if isinstance(label, Event))
    mention = next(label for label in labels if isinstance(label, Entity))
    labelling.add_argument(project, layer, event.uid, "actor", mention.uid)
    return event, mention


def _gestures(project: Project) -> dict[str, str]:
    return {
        change.uid: operation.gesture
        for operation in operations_in(project)
        for change in operation.changes
        if change.before is None
    }
