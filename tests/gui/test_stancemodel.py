"""Stances without widgets: what is asked next, evidence put together, the whole article judged."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.core import places
from annotator.core.labelschema import LabelSchema, Named, StanceType
from annotator.core.model import (
    AUTHOR,
    Entity,
    Event,
    Extent,
    Party,
    Span,
    Stance,
    extent_at,
)
from annotator.gui.models import stances
from annotator.gui.models.stances import Draft
from tests import strategies

SCHEMA = LabelSchema(
    "s",
    stance=StanceType(
        (Named("against", "Against", "ضد"), Named("favor", "For", "مع")),
        ordered=True,
        holders=("PERS",),
        targets=("topic", "event"),
    ),
    topics=(Named("peace", "Peace", "السلام"), Named("war", "War", "الحرب")),
)
TOPIC = Party("topic", "peace")
PUTIN = Party("entity", "E1")


@st.composite
def texts_and_extents(draw: st.DrawFn) -> tuple[str, list[Extent]]:
    """Draw a text and extents in it that the text takes."""
    text, first = draw(strategies.texts_with_span())
    spans = [first, *draw(st.lists(strategies.spans_of(text), max_size=5))]
    good = [extent_at(text, [span]) for span in spans]
    return text, [one for one in good if places.of_extent(text, one) is None]


@given(texts_and_extents())
def test_evidence_put_together_is_an_extent_that_holds_every_piece(
    drawn: tuple[str, list[Extent]],
) -> None:
    text, extents = drawn
    whole = stances.together(text, *extents)

    assert not extents or places.of_place(text, whole) is None
    covered = {n for start, end, _ in whole for n in range(start, end)}
    assert covered == {n for one in extents for start, end, _ in one for n in range(start, end)}
    assert stances.together(text, whole, *extents) == whole


def test_holder_target_and_value_are_asked_in_turn() -> None:
    draft = Draft()
    asked = []
    for given_ in ("entity:E1", "topic:peace", "favor"):
        asked.append(stances.asked(draft))
        draft = stances.said(draft, asked[-1], given_)

    assert asked == ["holder", "target", "value"]
    assert stances.asked(draft) == ""
    assert draft == Draft((), PUTIN, TOPIC, "favor")


def test_a_holder_who_is_passed_over_is_asked_again_at_the_end_only() -> None:
    passed = frozenset({"holder"})

    assert stances.asked(Draft(), passed) == "target"
    assert stances.asked(Draft(target=TOPIC, value="favor"), passed) == "holder"


def test_a_draft_is_whole_with_a_target_and_a_value() -> None:
    assert not Draft(holder=PUTIN, target=TOPIC).is_whole
    assert Draft(target=TOPIC, value="favor").is_whole


def test_what_others_say_is_reported_unless_another_voice_is_chosen() -> None:
    assert Draft(holder=PUTIN).voice_said == "reported"
    assert Draft(holder=PUTIN, voice="author").voice_said == "author"
    assert Draft().voice_said == "author"


def test_the_voice_goes_with_a_changed_holder_only_where_it_was_the_usual_one() -> None:
    usual = Stance("S1", AUTHOR, TOPIC, "favor", "author")
    chosen = Stance("S1", AUTHOR, TOPIC, "favor", "reported")

    assert stances.changed(usual, "holder", "entity:E1").voice == "reported"
    assert stances.changed(chosen, "holder", "entity:E1").voice == "reported"
    assert stances.changed(chosen, "value", "against") == Stance(
        "S1", AUTHOR, TOPIC, "against", "reported"
    )


def test_one_stance_is_found_by_holder_target_and_voice() -> None:
    one = Stance("S1", PUTIN, TOPIC, "favor", "reported")
    other = Stance("S2", PUTIN, TOPIC, "favor", "author")

    assert stances.same([one, other], PUTIN, TOPIC, "author") == other
    assert stances.same([one, other], PUTIN, TOPIC, "author", "S2") is None


def test_only_what_the_schema_allows_can_be_a_party() -> None:
    person = Entity("E1", (Span(0, 1, "أ"),), "PERS")
    city = Entity("E2", (Span(2, 3, "ب"),), "GPE")
    meeting = Event("V1", (Span(4, 5, "ج"),), "MEET")
    labels = {label.uid: label for label in (person, city, meeting)}

    assert stances.holders(SCHEMA, labels, (), 9) == [AUTHOR, PUTIN]
    assert stances.targets(SCHEMA, labels, (), 9) == [
        TOPIC,
        Party("topic", "war"),
        Party("event", "V1"),
    ]
    assert stances.why_not(SCHEMA, "holder", city) == "bad_holder"
    assert stances.why_not(SCHEMA, "target", person) == "bad_target"


def test_a_topic_is_judged_by_the_authors_own_voice_only() -> None:
    mine = Stance("S1", AUTHOR, Party("topic", "war"), "against", "author")
    theirs = Stance("S2", PUTIN, TOPIC, "favor", "reported")
    found = stances.judgements(SCHEMA, [mine, theirs])

    assert [(one.topic.id, one.stance) for one in found] == [("peace", None), ("war", mine)]
