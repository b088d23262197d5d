"""Repairs: after each the problem is gone, nothing else is wrong, and undo brings it back."""

from collections.abc import Callable
from typing import Any

import pytest

from annotator.core import checks
from annotator.core.checks import Problem
from annotator.core.labelschema import Named
from annotator.core.layerproblems import layer_labels
from annotator.core.model import (
    AUTHOR,
    Answer,
    Argument,
    Entity,
    Event,
    Label,
    Party,
    Relation,
    Span,
    Stance,
    extent_at,
)
from annotator.gui.models.mending import CHOICE, GO, ROLE, TOPIC, TYPE, Layer, Repair
from annotator.gui.models.repairs import repair_of
from annotator.gui.session import Session
from annotator.services.changing_schema import TypeChange, change_schema
from tests import projects
from tests.gui.cards import at, settle

Put = Callable[..., str]


@pytest.fixture
def put(session: Session) -> Put:
    """Write a label past the checks, as an import or a merge does; return its uid."""

    def write(make: Callable[[str], Label], kind: str) -> str:
        assert session.layer is not None
        with session.project.gesture(session.layer, "import") as part:
            label = make(part.gesture.new_uid(kind))
            part.put(label)
        session.read_again()
        session.check()
        return label.uid

    return write


def repair(session: Session, problem: Problem) -> Repair:
    assert session.reading is not None
    text = session.reading.text
    found = repair_of(problem, Layer(session.schema, session.intents, session.in_file, text))
    assert found is not None
    return found


def the_problem(session: Session, uid: str, code: str) -> Problem:
    return next(one for one in session.problems_of(uid) if one.code == code)


def mend(session: Session, uid: str, code: str) -> Repair:
    """Mend a problem; check that it is gone, and that undo brings it back."""
    problem = the_problem(session, uid, code)
    before = dict(session.labels)
    found = repair(session, problem)
    assert found.intent is not None
    session.do(found.intent)
    settle(session)
    assert not [one for one in session.problems_of(uid) if one.code == code]
    session.undo()
    settle(session)
    assert session.labels == before
    session.redo()
    settle(session)
    return found


def entity(
    session: Session, quote: str, type_name: str = "PERS", **more: object
) -> Callable[..., Label]:
    extent = at(session, quote)
    return lambda uid: Entity(uid, extent, type_name, **more)  # type: ignore[arg-type]


def test_a_cut_letter_is_taken_in_whole(session: Session, put: Put) -> None:
    session.show_article(projects.sha_of(2))
    assert session.reading is not None
    text = session.reading.text
    start = text.index("مُنظَّمة")
    uid = put(lambda uid: Entity(uid, extent_at(text, [(start, start + 1)]), "ORG"), "entity")

    mend(session, uid, "inside_grapheme")
    label = session.label(uid)
    assert isinstance(label, Entity)
    assert label.extent == (Span(start, start + 2, "مُ"),)


def test_where_the_whole_letter_has_that_label_already_the_cut_one_goes(
    session: Session, put: Put
) -> None:
    session.show_article(projects.sha_of(2))
    assert session.reading is not None
    text = session.reading.text
    start = text.index("مُنظَّمة")
    put(lambda uid: Entity(uid, extent_at(text, [(start, start + 2)]), "ORG"), "entity")
    uid = put(lambda uid: Entity(uid, extent_at(text, [(start, start + 1)]), "ORG"), "entity")

    mend(session, uid, "inside_grapheme")
    assert session.label(uid) is None


def test_white_space_is_no_label(session: Session, put: Put) -> None:
    assert session.reading is not None
    text = session.reading.text
    space = text.index(" ")
    uid = put(lambda uid: Entity(uid, extent_at(text, [(space, space + 1)]), "PERS"), "entity")
    mend(session, uid, "empty_span")
    assert session.label(uid) is None

    spans = [(space, space + 1), (space + 1, space + 7)]
    other = put(lambda uid: Entity(uid, extent_at(text, spans), "PERS"), "entity")
    mend(session, other, "empty_span")
    left = session.label(other)
    assert isinstance(left, Entity)
    assert [span.quote for span in left.extent] == ["الرئيس"]


def test_spans_that_touch_become_one_and_a_head_outside_is_left_out(
    session: Session, put: Put
) -> None:
    assert session.reading is not None
    text = session.reading.text
    uid = put(lambda uid: Entity(uid, extent_at(text, [(4, 7), (7, 10)]), "PERS"), "entity")
    mend(session, uid, "bad_extent")
    label = session.label(uid)
    assert isinstance(label, Entity)
    assert [(span.start, span.end) for span in label.extent] == [(4, 10)]

    head = at(session, "موسكو")
    headed = put(entity(session, "ترامب", head=head), "entity")
    mend(session, headed, "bad_head")


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("unknown_subtype", {"subtype": "NOSUCH"}),
        ("unknown_attribute", {"attributes": (("nosuch", "x"),)}),
        ("unknown_value", {"attributes": (("mention", "x"),)}),
    ],
)
def test_what_the_schema_does_not_know_of_a_type_is_left_out(
    session: Session, put: Put, code: str, more: dict[str, Any]
) -> None:
    uid = put(entity(session, "ترامب", **more), "entity")
    mend(session, uid, code)
    assert session.problems_of(uid) == []


def test_an_unknown_type_is_for_a_person_to_choose(session: Session, put: Put) -> None:
    uid = put(entity(session, "ترامب", "NOSUCH"), "entity")
    found = repair(session, the_problem(session, uid, "unknown_type"))
    assert (found.leads_to, found.label, found.intent) == (TYPE, uid, None)


def test_of_twins_the_one_to_which_less_points_goes(session: Session, put: Put) -> None:
    first = put(entity(session, "ترامب"), "entity")
    second = put(entity(session, "ترامب"), "entity")
    meeting = put(lambda uid: Event(uid, at(session, "لقاء"), "MEET"), "event")
    put(lambda uid: Argument(uid, meeting, "actor", second), "argument")

    for uid in (first, second):
        found = repair(session, the_problem(session, uid, "twin"))
        assert found.intent is not None
        assert found.intent.removed == (first,)
    mend(session, second, "twin")
    assert session.problems == {}


def test_twin_stances_that_say_different_things_are_for_a_person(
    session: Session, put: Put
) -> None:
    target = Party("topic", "vaccines")
    one = put(lambda uid: Stance(uid, AUTHOR, target, "favor"), "stance")
    put(lambda uid: Stance(uid, AUTHOR, target, "against"), "stance")
    assert repair(session, the_problem(session, one, "twin")).intent is None
    same = put(lambda uid: Stance(uid, AUTHOR, Party("topic", "peace-talks"), "favor"), "stance")
    put(lambda uid: Stance(uid, AUTHOR, Party("topic", "peace-talks"), "favor"), "stance")
    mend(session, same, "twin")


def test_a_filler_goes_to_the_one_role_that_takes_it_or_out(session: Session, put: Put) -> None:
    attack = put(lambda uid: Event(uid, at(session, "لقاء"), "ATTACK"), "event")
    other = put(lambda uid: Event(uid, at(session, "الاجتماع"), "ATTACK"), "event")
    wrong = put(lambda uid: Argument(uid, attack, "actor", other), "argument")
    mend(session, wrong, "bad_filler")
    moved = session.label(wrong)
    assert isinstance(moved, Argument)
    assert moved.type == "cause"

    place = put(entity(session, "موسكو", "GPE"), "entity")
    out = put(lambda uid: Argument(uid, attack, "actor", place), "argument")
    mend(session, out, "bad_filler")
    assert session.label(out) is None
    person = put(entity(session, "ترامب"), "entity")
    strange = put(lambda uid: Argument(uid, attack, "nosuch", person), "argument")
    mend(session, strange, "unknown_role")


def test_a_circle_is_opened(session: Session, put: Put) -> None:
    one = put(lambda uid: Event(uid, at(session, "لقاء"), "ATTACK"), "event")
    two = put(lambda uid: Event(uid, at(session, "الاجتماع"), "ATTACK"), "event")
    put(lambda uid: Argument(uid, one, "cause", two), "argument")
    back = put(lambda uid: Argument(uid, two, "cause", one), "argument")
    mend(session, back, "circle")
    assert session.problems == {}


def test_roles_are_for_a_person_to_fill(session: Session, put: Put) -> None:
    meeting = put(lambda uid: Event(uid, at(session, "لقاء"), "MEET"), "event")
    found = repair(session, the_problem(session, meeting, "role_missing"))
    assert (found.leads_to, found.label, found.about) == (ROLE, meeting, "actor")


def test_a_relation_the_wrong_way_is_turned_and_one_to_itself_goes(
    session: Session, put: Put
) -> None:
    person = put(entity(session, "ترامب"), "entity")
    city = put(entity(session, "موسكو", "GPE"), "entity")
    wrong = put(lambda uid: Relation(uid, "part_of", person, city), "relation")
    mend(session, wrong, "bad_filler")
    assert session.label(wrong) is None, "turned it would not fit either"
    itself = put(lambda uid: Relation(uid, "same_as", city, city), "relation")
    mend(session, itself, "circle")


def test_answers_keep_what_can_stand(session: Session, put: Put) -> None:
    mixed = put(lambda uid: Answer(uid, "sections", ("sport", "nosuch")), "answer")
    mend(session, mixed, "unknown_value")
    kept = session.label(mixed)
    assert isinstance(kept, Answer)
    assert kept.values == ("sport",)
    strange = put(lambda uid: Answer(uid, "nosuch", ("x",)), "answer")
    mend(session, strange, "unknown_type")
    both = put(lambda uid: Answer(uid, "genre", ("report", "opinion")), "answer")
    assert repair(session, the_problem(session, both, "bad_values")).leads_to == "answer"


def test_stances_that_only_a_person_can_judge_lead_to_their_place(
    session: Session, put: Put
) -> None:
    for stance, code in (
        (lambda uid: Stance(uid, AUTHOR, Party("topic", "nosuch"), "favor"), "unknown_topic"),
        (lambda uid: Stance(uid, AUTHOR, Party("topic", "vaccines"), "nosuch"), "unknown_value"),
        (
            lambda uid: Stance(uid, AUTHOR, Party("topic", "peace-talks"), "favor", "x"),
            "bad_voice",
        ),
    ):
        uid = put(stance, "stance")
        found = repair(session, the_problem(session, uid, code))
        assert (found.leads_to, found.label) == (GO, uid)
    named = Party("author", "somebody")
    uid = put(lambda uid: Stance(uid, named, Party("topic", "vaccines"), "favor"), "stance")
    mend(session, uid, "bad_holder")


def test_every_code_has_a_way_and_a_topic_leads_to_its_stance(session: Session) -> None:
    codes = checks.REFUSED | {"role_missing", "too_many_fillers", "inside_grapheme", "empty_span"}
    for code in codes | {"out_of_text", "bad_extent", "quote_differs", "bad_head"}:
        assert repair(session, Problem(code, "gone", "entity", "x")).leads_to == GO
    found = repair(session, Problem("topic_unjudged", "", "topic", "vaccines"))
    assert (found.leads_to, found.about) == (TOPIC, "vaccines")


def test_a_quote_that_differs_is_looked_for_nearby(session: Session) -> None:
    assert session.reading is not None
    text = session.reading.text
    start = text.index("بوتين", text.index("بوتين") + 1)
    moved = Entity("E1", (Span(start + 3, start + 8, "بوتين"),), "PERS")
    gone = Entity("E2", (Span(1, 5, "غائب"),), "PERS")
    labels: dict[str, Label] = {"E1": moved, "E2": gone}
    layer = Layer(
        session.schema, session.intents, layer_labels(session.schema, labels.values()), text
    )

    found = repair_of(Problem("quote_differs", "E1", "entity"), layer)
    assert found is not None
    assert found.intent is not None
    assert (
        found.intent.shown[0]
        == session.intents.change(Entity("E1", (Span(start, start + 5, "بوتين"),), "PERS")).shown[0]
    )
    lost = repair_of(Problem("out_of_text", "E2", "entity"), layer)
    assert lost is not None
    assert lost.intent is not None
    assert lost.intent.removed == ("E2",)


# --- types that were split ----------------------------------------------------------------------


def split(session: Session, old: str, *into: str) -> None:
    types = tuple(Named(one, "", "") for one in into)
    change_schema(session.project, TypeChange("split", old, into=types))
    session.read_again()
    session.check()


def to_choose(session: Session, uid: str) -> Repair:
    found = repair(session, the_problem(session, uid, "type_split"))
    assert (found.intent, found.leads_to, found.label) == (None, CHOICE, uid)
    return found


def test_each_type_that_one_was_split_into_is_a_repair(session: Session, put: Put) -> None:
    uid = put(lambda uid: Entity(uid, at(session, "ترامب"), "PERS", subtype="NAMED"), "entity")
    split(session, "PERS", "POET", "SINGER")
    before = dict(session.labels)

    found = to_choose(session, uid)
    assert [one.about for one in found.choices] == ["POET", "SINGER"]
    for one in found.choices:
        assert one.intent is not None
        session.do(one.intent)
        settle(session)
        label = session.labels[uid]
        assert isinstance(label, Entity)
        assert (label.type, label.subtype) == (one.about, "NAMED")
        assert session.problems_of(uid) == []
        session.undo()
        settle(session)
        assert session.labels == before


def test_events_and_relations_are_decided_too(session: Session, put: Put) -> None:
    one = put(lambda uid: Event(uid, at(session, "لقاءه"), "MEET"), "event")
    other = put(lambda uid: Event(uid, at(session, "الاجتماع"), "MEET"), "event")
    same = put(lambda uid: Relation(uid, "same_as", one, other), "relation")
    split(session, "MEET", "TALK", "VISIT")
    split(session, "same_as", "identical", "alike")

    for uid, type_name in ((one, "VISIT"), (same, "alike")):
        intent = to_choose(session, uid).choices[1].intent
        assert intent is not None
        session.do(intent)
        settle(session)
        assert session.labels[uid].type == type_name
        assert "type_split" not in [one.code for one in session.problems_of(uid)]


def test_a_choice_that_would_make_a_twin_is_not_offered(session: Session, put: Put) -> None:
    uid = put(lambda uid: Entity(uid, at(session, "ترامب"), "PERS"), "entity")
    put(lambda uid: Entity(uid, at(session, "ترامب"), "ORG"), "entity")
    split(session, "PERS", "ORG", "SINGER")

    assert [one.about for one in to_choose(session, uid).choices] == ["SINGER"]


def test_where_nothing_is_left_to_choose_a_type_is_chosen(session: Session, put: Put) -> None:
    uid = put(lambda uid: Entity(uid, at(session, "ترامب"), "PERS"), "entity")
    split(session, "PERS", "POET", "SINGER")
    for gone in ("POET", "SINGER"):
        change_schema(session.project, TypeChange("retire", gone))
    session.read_again()
    session.check()

    assert repair(session, the_problem(session, uid, "type_split")).leads_to == TYPE
