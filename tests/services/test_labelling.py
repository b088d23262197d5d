"""The gestures of labelling as the window calls them: one function, one operation."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.arabic.graphemes import is_boundary
from annotator.arabic.lines import with_line_feeds
from annotator.core import retyping
from annotator.core.errors import UserError
from annotator.core.model import (
    AUTHOR,
    PERSON,
    Answer,
    Argument,
    Entity,
    Event,
    Extent,
    Layer,
    Origin,
    Party,
    Stance,
    extent_at,
    replace,
)
from annotator.core.operations import Operation
from annotator.core.schematoml import read_schema
from annotator.services import labelling, undoing
from annotator.store.project import Project
from tests.projects import (
    SCHEMA,
    TEXTS,
    add_articles,
    annotator,
    assert_sound,
    code_of,
    contents,
    extent_of,
    layer_of,
    made,
    n_operations,
    operations_in,
    quick_folder,
)
from tests.store.histories import SOME
from tests.strategies import texts_with_span

TALKS = Party("topic", "peace-talks")


@pytest.fixture
def project() -> Iterator[Project]:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        yield project
        assert_sound(project)


@pytest.fixture
def layer(project: Project) -> Layer:
    return layer_of(project)


def made_by(operation: Operation | None) -> str:
    """Return the uid of the first label of an operation."""
    assert operation is not None
    return next(change.uid for change in operation.changes if change.uid)


# --- where ----------------------------------------------------------------------------------------


@SOME
@given(found=texts_with_span())
def test_every_span_of_whole_graphemes_in_any_text_can_be_labelled(
    found: tuple[str, tuple[int, int]],
) -> None:
    text, span = found
    # an import would change the line ends, and take a leading BOM for the encoding's
    assume(with_line_feeds(text) == text and not text.startswith("\ufeff"))
    with quick_folder() as folder, Project.open(made(folder, texts=())) as project:
        add_articles(project, text)
        layer = layer_of(project, "a1", text)
        extent = extent_at(text, [span])

        labelling.add_entity(project, layer, extent, "PERS")

        (label,) = project.labels(layer)
        assert isinstance(label, Entity)
        assert label.extent == extent
        assert label.extent[0].quote == text[span[0] : span[1]]
        assert_sound(project)


@SOME
@given(start=st.integers(-2, len(TEXTS[2]) + 2), end=st.integers(-2, len(TEXTS[2]) + 2))
def test_any_other_span_is_refused_and_leaves_no_trace(start: int, end: int) -> None:
    text = TEXTS[2]
    quote = text[max(start, 0) : max(end, 0)]
    with quick_folder() as folder, Project.open(made(folder)) as project:
        layer = layer_of(project, "a1", 2)
        before = contents(project)
        extent: Extent = (extent_of("غزة", 2)[0]._replace(start=start, end=end, quote=quote),)
        refused = code_of(lambda: labelling.add_event(project, layer, extent, "MEET"))
        if refused:
            assert refused in ("out_of_text", "empty_span", "inside_grapheme", "quote_differs")
            assert contents(project) == before
            return
        assert 0 <= start < end <= len(text)
        assert quote.strip()
        assert is_boundary(text, start)
        assert is_boundary(text, end)


# --- what -----------------------------------------------------------------------------------------


def test_the_first_label_starts_the_layer_in_the_same_operation(
    project: Project, layer: Layer
) -> None:
    operation = labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    assert operation is not None
    assert {change.kind for change in operation.changes} == {"entity", "status"}
    assert layer_of(project).status == "started"
    second = labelling.add_entity(project, layer, extent_of("ترامب"), "PERS")
    assert second is not None
    assert [change.kind for change in second.changes] == ["entity"]


def test_an_answer_starts_the_layer_too_and_a_skipped_one_stays_skipped(project: Project) -> None:
    labelling.answer(project, layer_of(project), "genre", ("report",))
    assert layer_of(project).status == "started"
    labelling.set_status(project, layer_of(project, "a2"), "skipped")
    labelling.answer(project, layer_of(project, "a2"), "genre", ("report",))
    assert layer_of(project, "a2").status == "skipped"


def test_an_operation_says_who_did_it_and_where(project: Project, layer: Layer) -> None:
    operation = labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    assert operation is not None
    assert operation == operations_in(project)[-1]
    assert (operation.kind, operation.who) == ("add_entity", layer.annotator)
    assert (operation.scope.article, operation.scope.annotator) == (layer.article, layer.annotator)


def test_labels_nest_cross_and_stand_in_others_of_their_type(
    project: Project, layer: Layer
) -> None:
    for quote in ("فلاديمير بوتين", "بوتين", "بوتين إن", "الرئيس فلاديمير"):
        labelling.add_entity(project, layer, extent_of(quote), "PERS")
    assert len(project.labels(layer)) == 4


def test_two_people_label_the_same_place_each_in_their_own_layer(project: Project) -> None:
    for name in ("a1", "a2"):
        labelling.add_entity(project, layer_of(project, name), extent_of("بوتين"), "PERS")
    assert [len(project.labels(layer_of(project, name))) for name in ("a1", "a2")] == [1, 1]


def test_neutral_unrelated_and_not_yet_judged_are_three_things(
    project: Project, layer: Layer
) -> None:
    labelling.add_stance(project, layer, TALKS, "neutral")
    labelling.add_stance(project, layer, Party("topic", "vaccines"), "unrelated")
    values = {row[6] for row in contents(project)["stances"]}
    assert values == {"neutral", "unrelated"}


def test_a_second_stance_of_the_same_holder_on_the_same_target_is_refused(
    project: Project, layer: Layer
) -> None:
    labelling.add_stance(project, layer, TALKS, "favor")
    for value in ("favor", "against"):
        with pytest.raises(UserError, match="twin"):
            labelling.add_stance(project, layer, TALKS, value, evidence=extent_of("بوتين"))
    labelling.add_stance(project, layer, TALKS, "against", voice="reported")
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    uid = project.labels(layer)[0].uid
    labelling.add_stance(project, layer, TALKS, "against", holder=Party("entity", uid))
    assert len(contents(project)["stances"]) == 3


def test_evidence_may_lie_in_several_places(project: Project, layer: Layer) -> None:
    evidence = extent_of("مفيدًا") + extent_of("ورحبت")
    uid = made_by(labelling.add_stance(project, layer, TALKS, "favor", evidence=evidence))
    found = project.reading(layer).label(uid)
    assert getattr(found, "evidence", None) == evidence
    assert getattr(found, "holder", None) == AUTHOR


def test_an_answer_is_one_label_however_often_it_is_given(project: Project, layer: Layer) -> None:
    first = made_by(labelling.answer(project, layer, "genre", ("report",)))
    again = made_by(labelling.answer(project, layer, "genre", ("opinion",)))
    assert first == again
    assert labelling.answer(project, layer, "genre", ("opinion",)) is None
    (label,) = project.labels(layer)
    assert isinstance(label, Answer)
    assert label.values == ("opinion",)
    labelling.answer(project, layer, "genre", ())
    assert project.labels(layer) == []
    assert labelling.answer(project, layer, "genre", ()) is None


# --- changing -------------------------------------------------------------------------------------


def test_a_change_to_what_is_there_already_is_none(project: Project, layer: Layer) -> None:
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS", note="ن")
    n = n_operations(project)
    assert labelling.change(project, layer, project.labels(layer)[0]) is None
    assert n_operations(project) == n


def test_changing_what_is_not_in_the_layer_is_refused(project: Project, layer: Layer) -> None:
    labelling.add_entity(project, layer_of(project, "a2"), extent_of("بوتين"), "PERS")
    (foreign,) = project.labels(layer_of(project, "a2"))
    for label in (foreign, replace(foreign, uid="E0"), replace(foreign, uid="")):
        with pytest.raises(UserError, match="unknown_label"):
            labelling.change(project, layer, label)
    with pytest.raises(UserError, match="unknown_label"):
        labelling.remove(project, layer, foreign.uid)


def test_a_change_to_no_span_at_all_is_refused(project: Project, layer: Layer) -> None:
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    (label,) = project.labels(layer)
    before = contents(project)
    assert isinstance(label, Entity)
    with pytest.raises(UserError, match="empty_span"):
        labelling.change(project, layer, replace(label, extent=()))
    with pytest.raises(UserError, match="empty_span"):
        labelling.add_entity(project, layer, (), "PERS")
    with pytest.raises(UserError, match="empty_span"):
        labelling.add_event(project, layer, (), "MEET")
    assert contents(project) == before


def test_a_label_keeps_its_origin_decision_and_votes_when_its_note_is_changed(
    project: Project, layer: Layer
) -> None:
    given: dict[str, Any] = {
        "origin": Origin("suggestion", "crf", 731),
        "decision": "majority",
        "votes": (("a1", "PERS"), ("a1", "PERS"), ("a2", "ORG")),
    }
    with project.gesture(layer, "test") as part:
        label = Entity(part.gesture.new_uid("entity"), extent_of("بوتين"), "ORG", **given)
        part.put(label)
    labelling.change(project, layer, replace(label, note="ن"))
    assert project.labels(layer) == [replace(label, note="ن")]
    assert project.labels(layer)[0].origin != PERSON


def test_retyping_drops_what_the_new_type_does_not_know() -> None:
    schema = read_schema(SCHEMA)
    person = Entity(
        "E1", extent_of("بوتين"), "PERS", "NAMED", link="ل",
        attributes=(("mention", "PRO"), ("number", "one")), note="ن",
    )  # fmt: skip
    assert retyping.retyped(schema, person, "ORG") == replace(
        person, type="ORG", subtype="", attributes=()
    )
    assert retyping.retyped(schema, person, "PERS") == person
    assert retyping.retyped(schema, person, "PER") == replace(person, type="PER")
    event = Event("V1", extent_of("لقاءه"), "MEET", (("polarity", "negative"),))
    assert retyping.retyped(schema, event, "ATTACK") == replace(event, type="ATTACK", attributes=())
    assert retyping.retyped(schema, event, "NOPE").attributes == ()


def test_a_retyped_filler_stands_as_a_problem_and_its_argument_stays(
    project: Project, layer: Layer
) -> None:
    event = made_by(labelling.add_event(project, layer, extent_of("لقاءه"), "MEET"))
    uid = made_by(labelling.add_entity(project, layer, extent_of("موسكو"), "GPE"))
    argument = made_by(labelling.add_argument(project, layer, event, "place", uid))
    label = project.reading(layer).label(uid)
    assert isinstance(label, Entity)

    labelling.change(project, layer, retyping.retyped(project.label_schema, label, "PERS"))

    assert project.reading(layer).label(argument) is not None


# --- removing -------------------------------------------------------------------------------------


def test_what_would_go_with_a_label_is_told_before_and_goes(project: Project, layer: Layer) -> None:
    event = made_by(labelling.add_event(project, layer, extent_of("لقاءه"), "MEET"))
    outer = made_by(labelling.add_event(project, layer, extent_of("قال"), "ATTACK"))
    person = made_by(labelling.add_entity(project, layer, extent_of("بوتين"), "PERS"))
    labelling.add_argument(project, layer, event, "actor", person)
    labelling.add_argument(project, layer, outer, "cause", event)
    labelling.add_stance(project, layer, TALKS, "favor", holder=Party("entity", person))
    reading = project.reading(layer)
    label = reading.label(person)
    assert label is not None
    told = [one.uid for one in labelling.going_with(reading, label)]

    operation = labelling.remove(project, layer, person)

    assert operation is not None
    assert told[0] == person
    assert [change.uid for change in operation.changes] == told
    assert {one.uid[0] for one in project.labels(layer)} == {"V", "A"}


def test_a_status_that_there_is_not_is_refused(project: Project, layer: Layer) -> None:
    for status in ("", "finished", "DONE", "تم"):
        with pytest.raises(UserError, match="unknown_value"):
            labelling.set_status(project, layer, status)
    assert project.layer_row(layer) is None


def test_in_a_layer_that_is_done_nothing_is_changed_until_it_is_reopened(
    project: Project, layer: Layer
) -> None:
    uid = made_by(labelling.add_entity(project, layer, extent_of("بوتين"), "PERS"))
    labelling.set_status(project, layer, "done")
    with pytest.raises(UserError, match="layer_done"):
        labelling.remove(project, layer, uid)
    labelling.set_status(project, layer, "started")
    labelling.remove(project, layer, uid)
    assert annotator(project).uid == layer.annotator


# --- checks are made on what is in the file at that moment ----------------------------------------


def test_a_label_that_another_window_removed_meanwhile_is_not_pointed_to(
    project: Project, layer: Layer
) -> None:
    event = made_by(labelling.add_event(project, layer, extent_of("لقاءه"), "MEET"))
    person = made_by(labelling.add_entity(project, layer, extent_of("بوتين"), "PERS"))
    with Project.open(project.path) as window:
        labelling.remove(window, layer, person)
    with pytest.raises(UserError, match="unknown_label"):
        labelling.add_argument(project, layer, event, "actor", person)


def test_a_twin_that_another_window_made_meanwhile_is_refused(
    project: Project, layer: Layer
) -> None:
    with Project.open(project.path) as window:
        labelling.add_entity(window, layer, extent_of("بوتين"), "PERS")
    with pytest.raises(UserError, match="twin"):
        labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")


def test_old_and_new_name_of_a_type_are_twins(project: Project, layer: Layer) -> None:
    labelling.add_entity(project, layer, extent_of("بوتين"), "PER")
    for name in ("PER", "PERS"):
        with pytest.raises(UserError, match="twin"):
            labelling.add_entity(project, layer, extent_of("بوتين"), name)


def test_another_mention_takes_the_place_of_one_that_is_removed(project: Project) -> None:
    layer = layer_of(project)
    first, _ = (
        labelling.add_entity(project, layer, extent_of("بوتين", 0, nth), "PERS") for nth in (0, 1)
    )
    event = labelling.add_event(project, layer, extent_of("لقاءه"), "MEET")
    assert first is not None
    assert event is not None
    one, other = (label.uid for label in project.labels(layer) if isinstance(label, Entity))
    meeting = next(label.uid for label in project.labels(layer) if isinstance(label, Event))
    labelling.add_argument(project, layer, meeting, "actor", one)
    labelling.add_argument(project, layer, meeting, "theme", one)
    labelling.add_argument(project, layer, meeting, "theme", other)
    labelling.add_stance(
        project, layer, Party("topic", "vaccines"), "favor", holder=Party("entity", one)
    )

    done = labelling.remove_for(project, layer, one, other)

    labels = project.labels(layer)
    arguments = {(label.type, label.filler) for label in labels if isinstance(label, Argument)}
    assert arguments == {("actor", other), ("theme", other)}
    assert [one.holder.ref for one in labels if isinstance(one, Stance)] == [other]
    assert done is not None
    undoing.undo(project, layer)
    assert len(project.labels(layer)) == 7
