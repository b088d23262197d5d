"""Checks: what the text and the label schema refuse, and what they list as a problem."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import checks, places
from annotator.core.errors import UserError, refuse
from annotator.core.labelschema import LabelSchema
from annotator.core.model import (
    AUTHOR,
    KINDS,
    ROLES,
    Answer,
    Argument,
    Attributes,
    Entity,
    Event,
    Extent,
    Label,
    Party,
    Region,
    Relation,
    Span,
    Stance,
    extent_at,
    extent_of,
    hull,
)
from annotator.core.reading import LayerLabels, said_by
from annotator.core.schematoml import read_schema
from tests.core.labels import SOME, kind_of, labels
from tests.projects import SCHEMA
from tests.strategies import texts_with_span

SCHEMA_ = read_schema(SCHEMA)
TEXT = "قال بُوتين إن 👨\u200d👩\u200d👧 لقاءه\n مع ترامب كان مفيدًا"


def at(start: int, end: int, quote: str | None = None) -> Extent:
    return (Span(start, end, TEXT[max(start, 0) : max(end, 0)] if quote is None else quote),)


BUTIN, TRUMP = Entity("E1", at(4, 10), "PERS"), Entity("E2", at(29, 34), "PERS")
CITY, OFFICE = Entity("E3", at(0, 3), "GPE"), Entity("E4", at(11, 13), "ORG")
MEETING = Event("V1", at(20, 25), "MEET")
ATTACK = Event("V2", at(0, 3), "ATTACK")
LAYER: list[Label] = [BUTIN, TRUMP, CITY, OFFICE, MEETING, ATTACK]


def code_of(trouble: UserError | None) -> str:
    return trouble.code if trouble else ""


# --- the text -------------------------------------------------------------------------------------


@SOME
@given(found=texts_with_span())
def test_a_span_of_whole_graphemes_may_be_labelled(found: tuple[str, tuple[int, int]]) -> None:
    text, span = found
    assert places.of_extent(text, extent_at(text, [span])) is None


@SOME
@given(found=texts_with_span(), start=st.integers(-3, 50), end=st.integers(-3, 50))
def test_any_span_is_refused_or_lies_in_the_text_with_its_quote(
    found: tuple[str, tuple[int, int]], start: int, end: int
) -> None:
    text, _ = found
    quote = text[max(start, 0) : max(end, 0)]
    if places.of_place(text, (Span(start, end, quote),)) is None:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == quote
        assert quote.strip()


@pytest.mark.parametrize(
    ("extent", "code"),
    [
        (at(4, 10), ""),
        (at(26, 34), ""),
        (at(4, 10) + at(11, 13), ""),
        ((), "empty_span"),
        (at(4, 4), "empty_span"),
        (at(3, 4), "empty_span"),
        (at(25, 27), "empty_span"),
        (at(-1, 3), "out_of_text"),
        (at(4, len(TEXT) + 1), "out_of_text"),
        (at(10, 4), "out_of_text"),
        (at(10**30, 10**30 + 1), "out_of_text"),
        (at(4, 10, "بوتين"), "quote_differs"),
        (at(4, 10, ""), "quote_differs"),
        (at(4, 4, "x"), "quote_differs"),
        (at(11, 13) + at(4, 10), "bad_extent"),
        (at(4, 10) + at(4, 10), "bad_extent"),
        (at(4, 10) + at(9, 13), "bad_extent"),
        (at(4, 10) + at(10, 13), "bad_extent"),
        (at(4, 5), "inside_grapheme"),
        (at(5, 10), "inside_grapheme"),
        (at(14, 16), "inside_grapheme"),
        (at(14, 19), ""),
        (at(0, 3) + at(4, 5), "inside_grapheme"),
    ],
)
def test_an_extent_is_refused_for(extent: Extent, code: str) -> None:
    assert code_of(places.of_extent(TEXT, extent)) == code


def test_a_grapheme_that_is_cut_is_no_fault_of_place() -> None:
    assert places.of_place(TEXT, at(4, 5)) is None


def test_the_trouble_names_the_place_and_the_text_that_is_there() -> None:
    trouble = places.of_extent(TEXT, at(4, 10, "بوتين"))
    assert trouble is not None
    assert trouble.data == {"start": 4, "end": 10, "quote": "بوتين", "text": "بُوتين"}
    trouble = places.of_extent(TEXT, at(4, 5))
    assert trouble is not None
    assert trouble.data == {"start": 4, "end": 5, "offset": 5}


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ((), ""),
        (at(4, 10), ""),
        (at(11, 13), ""),
        (at(0, 3), "bad_head"),
        (at(11, 18), "inside_grapheme"),
        (at(11, 34), "bad_head"),
        (at(4, 10) + at(11, 13), "bad_head"),
        (at(4, 10, "x"), "quote_differs"),
        (at(10, 11), "empty_span"),
    ],
)
def test_a_head_is_one_span_inside_the_label(head: Extent, code: str) -> None:
    label = Entity("E9", at(4, 13), "PERS", head=head)
    assert code_of(places.of_text(TEXT, label)) == code


@pytest.mark.parametrize(
    ("label", "code"),
    [
        (Stance("S", AUTHOR, Party("topic", "t"), "favor"), ""),
        (Stance("S", AUTHOR, Party("topic", "t"), "favor", evidence=at(3, 4)), "empty_span"),
        (Stance("S", AUTHOR, Party("topic", "t"), "favor", evidence=at(4, 10)), ""),
        (Event("V", at(4, 5), "MEET"), "inside_grapheme"),
        (Entity("E", (), "PERS"), "empty_span"),
        (Event("V", (), "MEET"), "empty_span"),
        (Argument("A", "V1", "actor", "E1"), ""),
        (Relation("R", "same_as", "E1", "E2"), ""),
        (Answer("Q", "genre", ("report",)), ""),
    ],
)
def test_what_lies_in_the_text_is_looked_at_in_the_text(label: Label, code: str) -> None:
    assert code_of(places.of_text(TEXT, label)) == code


@pytest.mark.parametrize(
    ("regions", "code"),
    [
        ([], ""),
        ([(0, 10, "body")], ""),
        ([(0, 3, "headline"), (3, 10, "body")], ""),
        ([(1, 3, "headline"), (5, 9, "nav")], ""),
        ([(0, 11, "body")], "bad_regions"),
        ([(-1, 3, "body")], "bad_regions"),
        ([(3, 3, "body")], "bad_regions"),
        ([(5, 3, "body")], "bad_regions"),
        ([(0, 5, "body"), (4, 10, "body")], "bad_regions"),
        ([(5, 10, "body"), (0, 5, "body")], "bad_regions"),
        ([(0, 10, "title")], "unknown_region_role"),
        ([(0, 10, "")], "unknown_region_role"),
    ],
)
def test_regions_lie_in_text_order_and_have_a_role(
    regions: list[tuple[int, int, str]], code: str
) -> None:
    assert code_of(places.of_regions([Region(*one) for one in regions], 10)) == code


@pytest.mark.parametrize("role", ROLES)
def test_every_role_may_be_given_to_a_region(role: str) -> None:
    assert places.of_regions([Region(0, 10, role)], 10) is None


def test_refuse_raises_trouble_and_only_trouble() -> None:
    refuse(None)
    with pytest.raises(UserError, match=r"twin\(uid='E1'\)"):
        refuse(UserError("twin", uid="E1"))


# --- the label schema: what is refused ------------------------------------------------------------


def refusal(label: Label, *others: Label, schema: LabelSchema = SCHEMA_) -> tuple[str, str]:
    """Return code and detail of why `label` may not be added to a layer."""
    reading = LayerLabels([*LAYER, *others], ["same_as"], SCHEMA_.current)
    trouble = checks.of_new(schema, reading, label)
    return (trouble.code, str(trouble.data["detail"])) if trouble else ("", "")


def entity(
    type_name: str = "PERS", extent: Extent | None = None, attributes: Attributes = (), **more: str
) -> Entity:
    return Entity(
        "E9",
        at(4, 13) if extent is None else extent,
        type_name,
        subtype=more.get("subtype", ""),
        attributes=attributes,
    )


TALKS = Party("topic", "peace-talks")
_STANCE = Stance("S9", AUTHOR, TALKS, "favor")


@pytest.mark.parametrize(
    ("label", "code", "detail"),
    [
        # entities and events
        (entity(), "", ""),
        (entity("PER"), "", ""),  # renamed to PERS
        (entity("NOPE"), "unknown_type", "NOPE"),
        (entity("MEET"), "unknown_type", "MEET"),
        (entity(subtype="GROUP"), "", ""),
        (entity("PER", subtype="GROUP"), "", ""),
        (entity(subtype="CITY"), "unknown_subtype", "CITY"),
        (entity("ORG", subtype="NAMED"), "unknown_subtype", "NAMED"),
        (entity(attributes=(("mention", "PRO"), ("number", "one"))), "", ""),
        (entity(attributes=(("tense", "past"),)), "unknown_attribute", "tense"),
        (entity(attributes=(("mention", "past"),)), "unknown_value", "mention=past"),
        (entity("ORG", attributes=(("mention", "NAM"),)), "unknown_attribute", "mention"),
        (Event("V9", at(4, 13), "MEET"), "", ""),
        (Event("V9", at(4, 13), "PERS"), "unknown_type", "PERS"),
        (
            Event("V9", at(4, 13), "MEET", attributes=(("polarity", "maybe"),)),
            "unknown_value",
            "polarity=maybe",
        ),
        # arguments
        (Argument("A9", "V1", "actor", "E1"), "", ""),
        (Argument("A9", "V1", "theme", "V2"), "", ""),
        (Argument("A9", "V1", "place", "E3"), "", ""),
        (Argument("A9", "V8", "actor", "E1"), "unknown_label", "V8"),
        (Argument("A9", "E1", "actor", "E2"), "unknown_label", "E1"),
        (Argument("A9", "V1", "actor", "E8"), "unknown_label", "E8"),
        (Argument("A9", "V1", "cause", "V2"), "unknown_role", "cause"),
        (Argument("A9", "V1", "place", "E1"), "bad_filler", "E1"),
        (Argument("A9", "V1", "actor", "V2"), "bad_filler", "V2"),
        (Argument("A9", "V1", "theme", "V1"), "circle", "V1"),
        # stances
        (_STANCE, "", ""),
        (Stance("S9", AUTHOR, TALKS, "unrelated", "reported"), "", ""),
        (Stance("S9", Party("entity", "E1"), Party("entity", "E2"), "favor"), "", ""),
        (Stance("S9", Party("entity", "E1"), Party("event", "V1"), "favor"), "", ""),
        (Stance("S9", AUTHOR, TALKS, "for"), "unknown_value", "for"),
        (Stance("S9", AUTHOR, TALKS, ""), "unknown_value", ""),
        (Stance("S9", AUTHOR, TALKS, "favor", "loud"), "bad_voice", "loud"),
        (Stance("S9", Party("author", "E1"), TALKS, "favor"), "bad_holder", "E1"),
        (Stance("S9", Party("entity", "E8"), TALKS, "favor"), "bad_holder", "E8"),
        (Stance("S9", Party("entity", "V1"), TALKS, "favor"), "bad_holder", "V1"),
        (Stance("S9", Party("topic", "peace-talks"), TALKS, "favor"), "bad_holder", "peace-talks"),
        (Stance("S9", Party("people"), TALKS, "favor"), "bad_holder", "people"),
        (Stance("S9", AUTHOR, Party("topic", "war"), "favor"), "unknown_topic", "war"),
        (Stance("S9", AUTHOR, Party("entity", "E8"), "favor"), "bad_target", "E8"),
        (Stance("S9", AUTHOR, Party("entity", "V1"), "favor"), "bad_target", "V1"),
        (Stance("S9", AUTHOR, Party("event", "E1"), "favor"), "bad_target", "E1"),
        (Stance("S9", AUTHOR, Party("author"), "favor"), "bad_target", "author"),
        (
            Stance("S9", AUTHOR, TALKS, "favor", attributes=(("strength", "huge"),)),
            "unknown_value",
            "strength=huge",
        ),
        # relations
        (Relation("R9", "same_as", "E1", "E2"), "", ""),
        (Relation("R9", "same_as", "E1", "V1"), "", ""),
        (Relation("R9", "part_of", "E3", "E4"), "", ""),
        (Relation("R9", "cause", "E1", "E2"), "unknown_type", "cause"),
        (Relation("R9", "same_as", "E8", "E2"), "unknown_label", "E8"),
        (Relation("R9", "same_as", "E1", "E8"), "unknown_label", "E8"),
        (Relation("R9", "part_of", "E1", "E3"), "bad_filler", "E1"),
        (Relation("R9", "part_of", "E3", "E1"), "bad_filler", "E1"),
        (Relation("R9", "same_as", "E1", "E1"), "circle", "E1"),
        (
            Relation("R9", "part_of", "E3", "E4", attributes=(("sure", "so"),)),
            "unknown_value",
            "sure=so",
        ),
        # answers
        (Answer("Q9", "genre", ("report",)), "", ""),
        (Answer("Q9", "sections", ("sport", "economy")), "", ""),
        (Answer("Q9", "quality", ("3",)), "", ""),
        (Answer("Q9", "summary", ("أي نص",)), "", ""),
        (Answer("Q9", "colour", ("red",)), "unknown_type", "colour"),
        (Answer("Q9", "genre", ("poem",)), "unknown_value", "poem"),
        (Answer("Q9", "genre", ("report", "opinion")), "bad_values", "genre"),
        (Answer("Q9", "genre", ()), "bad_values", "genre"),
        (Answer("Q9", "quality", ("1", "2")), "bad_values", "quality"),
        (Answer("Q9", "sections", ("sport", "sport")), "bad_values", "sections"),
        (Answer("Q9", "summary", ("a", "b")), "bad_values", "summary"),
        (Answer("Q9", "summary", ()), "bad_values", "summary"),
    ],
)
def test_a_new_label_is_refused_for(label: Label, code: str, detail: str) -> None:
    assert refusal(label) == (code, detail)


@pytest.mark.parametrize(
    ("there", "label"),
    [
        (entity(extent=at(0, 10)), Entity("E8", at(0, 10), "PERS", note="x")),
        (Event("V9", at(4, 10), "MEET"), Event("V8", at(4, 10), "MEET")),
        (Argument("A8", "V1", "actor", "E1"), Argument("A9", "V1", "actor", "E1", note="x")),
        (_STANCE, Stance("S8", AUTHOR, TALKS, "against", evidence=at(4, 10))),
        (Relation("R8", "part_of", "E3", "E4"), Relation("R9", "part_of", "E3", "E4")),
        (Relation("R8", "same_as", "E1", "E2"), Relation("R9", "same_as", "E2", "E1")),
        (Answer("Q8", "genre", ("report",)), Answer("Q9", "genre", ("opinion",))),
    ],
)
def test_a_twin_is_refused(there: Label, label: Label) -> None:
    assert refusal(label, there) == ("twin", label.type)
    assert refusal(label) == ("", "")


@pytest.mark.parametrize(
    ("there", "label"),
    [
        (entity(extent=at(0, 10)), Entity("E8", at(0, 10), "ORG")),
        (entity(extent=at(0, 3) + at(4, 10)), Entity("E8", at(0, 10), "PERS")),
        (Argument("A8", "V1", "theme", "E1"), Argument("A9", "V1", "actor", "E1")),
        (_STANCE, Stance("S8", AUTHOR, TALKS, "favor", "reported")),
        (_STANCE, Stance("S8", Party("entity", "E1"), TALKS, "favor")),
        (_STANCE, Stance("S8", AUTHOR, Party("topic", "vaccines"), "favor")),
        (Relation("R8", "part_of", "E3", "E4"), Relation("R9", "part_of", "E4", "E3")),
    ],
)
def test_what_says_something_else_is_no_twin(there: Label, label: Label) -> None:
    assert refusal(label, there) == ("", "")


def test_a_label_is_no_twin_of_itself() -> None:
    assert refusal(Entity("E1", at(4, 10), "PERS", note="x")) == ("", "")


def test_an_old_name_of_a_type_makes_the_same_twins_as_the_new_one() -> None:
    assert refusal(Entity("E9", at(4, 10), "PER")) == ("twin", "PER")


def test_a_circle_over_several_events_is_refused() -> None:
    others = (
        Event("V3", at(4, 10), "MEET"),
        Argument("A1", "V1", "theme", "V2"),
        Argument("A2", "V2", "cause", "V3"),
    )
    assert refusal(Argument("A9", "V3", "theme", "V1"), *others) == ("circle", "V3")
    assert refusal(Argument("A9", "V3", "theme", "E1"), *others) == ("", "")


def test_turning_an_argument_round_is_no_circle() -> None:
    """The argument as it was must not stand in its own way."""
    there = Argument("A1", "V1", "theme", "V2")
    turned = Argument("A1", "V2", "cause", "V1")
    assert refusal(turned, there) == ("", "")


def test_a_circle_that_came_in_another_way_does_not_hang_the_check() -> None:
    others = (Argument("A1", "V1", "theme", "V2"), Argument("A2", "V2", "cause", "V1"))
    assert refusal(Argument("A9", "V1", "actor", "E1"), *others) == ("", "")


# --- the label schema: what is listed -------------------------------------------------------------


def problems(label: Label, *others: Label, text: str | None = TEXT) -> list[tuple[str, str]]:
    reading = LayerLabels([*LAYER, label, *others], ["same_as"])
    found = checks.problems_of(SCHEMA_, reading, label, text)
    return [(problem.code, problem.detail) for problem in found]


def test_a_missing_role_and_too_many_fillers_are_problems_and_no_refusals() -> None:
    arguments = [Argument(f"A{n}", "V1", "actor", f"E{n}") for n in (1, 2, 3)]
    assert problems(MEETING) == [("role_missing", "actor")]
    assert problems(MEETING, *arguments[:2]) == []
    assert problems(MEETING, *arguments) == [("too_many_fillers", "actor")]
    assert refusal(Argument("A9", "V1", "actor", "E4"), *arguments) == ("", "")
    assert {"role_missing", "too_many_fillers"}.isdisjoint(checks.REFUSED)


def test_what_a_retyped_filler_breaks_is_a_problem_of_the_argument() -> None:
    argument = Argument("A1", "V1", "actor", "E9")
    assert problems(argument, entity("ORG")) == []
    assert problems(argument, entity("NOPE")) == [("bad_filler", "E9")]


def test_spans_that_came_in_another_way_are_problems() -> None:
    cut = Entity("E9", at(4, 5), "PERS")
    assert problems(cut) == [("inside_grapheme", "")]
    assert problems(cut, text=None) == []
    assert problems(Entity("E9", at(3, 4), "PERS")) == [("empty_span", "")]


def test_both_twins_are_problems() -> None:
    twin = Entity("E9", at(4, 10), "PERS")
    assert problems(twin) == [("twin", "PERS")]
    assert problems(BUTIN, twin) == [("twin", "PERS")]


def test_all_problems_of_a_label_are_listed_with_its_uid_and_kind() -> None:
    label = entity(attributes=(("tense", "x"), ("mention", "y")), subtype="CITY")
    reading = LayerLabels([label])
    found = list(checks.problems_of(SCHEMA_, reading, label))
    assert [(problem.uid, problem.kind) for problem in found] == [("E9", "entity")] * 3
    assert {problem.code for problem in found} == {
        "unknown_subtype",
        "unknown_attribute",
        "unknown_value",
    }


def test_without_relations_or_questions_nothing_of_the_kind_is_known() -> None:
    bare = read_schema('[schema]\nname = "bare"\n')
    for label in (Relation("R9", "same_as", "E1", "E2"), Answer("Q9", "genre", ("x",)), BUTIN):
        assert refusal(label, schema=bare)[0] == "unknown_type"
    assert refusal(_STANCE, schema=bare)[0] == "unknown_value"


@SOME
@given(label=labels())
def test_any_label_has_problems_or_none_and_the_check_never_falls_over(label: Label) -> None:
    reading = LayerLabels([label])
    found = list(checks.problems_of(SCHEMA_, reading, label, TEXT))
    refused = checks.of_new(SCHEMA_, reading, label)
    expected = [problem.code for problem in found if problem.code in checks.REFUSED]
    assert code_of(refused) == (expected[0] if expected else "")


# --- labels as checks ask for them ----------------------------------------------------------------


@SOME
@given(label=labels(), uid=st.text(max_size=3))
def test_what_a_label_says_does_not_depend_on_its_uid_or_note(label: Label, uid: str) -> None:
    from annotator.core.model import replace

    assert said_by(replace(label, uid=uid, note="x", doubt="?")) == said_by(label)


@SOME
@given(label=labels())
def test_a_lone_label_has_no_twin_and_is_found(label: Label) -> None:
    reading = LayerLabels([label])
    assert reading.label(label.uid) == label
    assert reading.twins(label) == []
    assert list(reading) == [label]


def test_a_layer_knows_what_points_to_a_label() -> None:
    argument = Argument("A1", "V1", "actor", "E1")
    stance = Stance("S1", Party("entity", "E1"), TALKS, "favor")
    relation = Relation("R1", "same_as", "E2", "E1")
    reading = LayerLabels([*LAYER, argument, stance, relation])
    assert reading.pointing_to("E1") == [argument, stance, relation]
    assert reading.pointing_to("V1") == [argument]
    assert reading.pointing_to("peace-talks") == []
    assert reading.arguments_of("V1") == [argument]


@SOME
@given(label=labels())
def test_the_extent_of_a_label_is_where_it_lies(label: Label) -> None:
    extent = extent_of(label)
    if isinstance(label, Entity | Event):
        assert hull(extent) == (label.extent[0].start, label.extent[-1].end)
    elif not isinstance(label, Stance):
        assert extent == ()
    assert kind_of(label) in KINDS
