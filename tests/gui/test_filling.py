"""Which role asks, what may fill it and what stands near; shared names and relations beside."""

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from annotator.core import checks
from annotator.core.labelschema import EventType, LabelSchema, RelationType, Role
from annotator.core.model import Argument, Entity, Event, Extent, Label, Relation, Span
from annotator.core.reading import LayerLabels
from annotator.gui.models import filling, links, relating
from annotator.gui.models.filling import Slot

ROLES = (
    Role("actor", "Actor", "الفاعل", ("PERS", "ORG"), min=1, max=2),
    Role("place", "Place", "المكان", ("GPE",)),
    Role("theme", "Theme", "الموضوع", ("entity", "event")),
)
SCHEMA = LabelSchema(
    "s",
    events=(EventType("MEET", "Meet", "لقاء", roles=ROLES),),
    relations=(
        RelationType("same_as", "Same", "نفسه", ("entity",), ("entity",), symmetric=True),
        RelationType("part_of", "Part", "جزء", ("GPE",), ("GPE", "ORG")),
    ),
)
TYPES = ("PERS", "ORG", "GPE", "DATE")


def place(start: int, length: int = 1) -> Extent:
    return (Span(start, start + length, "س" * length),)


def labels_of(*labels: Label) -> dict[str, Label]:
    return {label.uid: label for label in labels}


@st.composite
def layers(draw: st.DrawFn) -> dict[str, Label]:
    """Draw some entities and events, and arguments between them, circles and strange ones too."""
    n_entities, n_events = draw(st.integers(0, 5)), draw(st.integers(1, 4))
    starts = st.integers(0, 40)
    found: list[Label] = [
        Entity(f"E{n}", place(draw(starts)), draw(st.sampled_from(TYPES)))
        for n in range(n_entities)
    ]
    found += [Event(f"V{n}", place(draw(starts)), "MEET") for n in range(n_events)]
    uids = [label.uid for label in found]
    roles = st.sampled_from(["actor", "place", "theme", "gone"])
    for n in range(draw(st.integers(0, 8))):
        event = f"V{draw(st.integers(0, n_events - 1))}"
        found.append(Argument(f"A{n}", event, draw(roles), draw(st.sampled_from(uids))))
    return labels_of(*found)


def slots_of(labels: dict[str, Label], uid: str) -> tuple[Slot, ...]:
    event = labels[uid]
    assert isinstance(event, Event)
    arguments = [one for one in labels.values() if isinstance(one, Argument) and one.event == uid]
    return filling.slots_of(SCHEMA, event, arguments)


EVERY_LAYER: SearchStrategy[dict[str, Label]] = layers()


@given(EVERY_LAYER)
def test_a_filler_may_be_taken_exactly_where_the_checks_would_take_it(
    labels: dict[str, Label],
) -> None:
    reading = LayerLabels(labels.values())
    slots = slots_of(labels, "V0")
    for slot in slots:
        for filler in labels.values():
            why = filling.why_not(SCHEMA, labels, slot, "V0", filler)
            argument = Argument("new", "V0", slot.id, filler.uid)
            refused = checks.of_new(SCHEMA, reading, argument)
            is_full = not why and slot.role is not None and not slot.may_hold_more
            assert not is_full
            if why == "too_many_fillers":
                assert refused is None  # it could be written, and would be a problem
            else:
                assert (why == "") == (refused is None)


@given(EVERY_LAYER, st.sampled_from(["", "actor", "place", "theme", "gone"]))
def test_what_is_offered_fits_fills_nothing_yet_and_comes_nearest_first(
    labels: dict[str, Label], chosen: str
) -> None:
    slots = slots_of(labels, "V0")
    event = labels["V0"]
    assert isinstance(event, Event)
    active = filling.asking(slots, chosen)
    offered = filling.candidates(SCHEMA, labels, event, slots, active, 9)
    slot = next((slot for slot in slots if slot.id == active), None)
    taken = set(filling.numbered(slots))
    start, end = event.extent[0][:2]
    gaps = [max(one.extent[0].start - end, start - one.extent[0].end, 0) for one in offered]
    assert gaps == sorted(gaps)
    assert taken.isdisjoint(one.uid for one in offered)
    for one in offered:
        assert slot is not None
        assert filling.why_not(SCHEMA, labels, slot, "V0", one) == ""


@given(EVERY_LAYER)
def test_the_fillers_are_numbered_from_one_in_the_order_of_the_roles(
    labels: dict[str, Label],
) -> None:
    slots = slots_of(labels, "V0")
    numbers = filling.numbered(slots)
    in_order = [argument.filler for slot in slots for argument in slot.arguments]
    assert [*numbers.values()] == list(range(1, len(numbers) + 1))
    assert [*numbers] == list(dict.fromkeys(in_order))


@given(EVERY_LAYER, st.sampled_from(["", "actor", "place", "theme"]))
def test_going_on_from_role_to_role_comes_round_and_passes_no_open_one(
    labels: dict[str, Label], start: str
) -> None:
    slots = slots_of(labels, "V0")
    open_ones = [slot.id for slot in slots if slot.may_hold_more]
    at, seen = start, []
    for _ in open_ones:
        at = filling.following(slots, at)
        seen.append(at)
    assert sorted(seen) == sorted(open_ones)
    if start in open_ones:
        assert filling.following(slots, filling.following(slots, start), -1) == start


def test_the_first_empty_required_role_asks_then_the_first_empty_one() -> None:
    actor = Argument("A1", "V0", "actor", "E1")
    event = Event("V0", place(0), "MEET")
    empty = filling.slots_of(SCHEMA, event, ())
    begun = filling.slots_of(SCHEMA, event, (actor,))

    assert filling.asking(empty) == "actor"
    assert filling.asking(begun) == "place"
    assert filling.asking(begun, "actor") == "actor"
    assert filling.asking(begun, passed=frozenset({"place"})) == "theme"
    assert filling.asking(begun, passed=frozenset({"place", "theme"})) == "actor"


def test_a_full_role_asks_for_nothing_even_where_it_is_chosen() -> None:
    event = Event("V0", place(0), "MEET")
    two = tuple(Argument(f"A{n}", "V0", "actor", f"E{n}") for n in range(2))
    slots = filling.slots_of(SCHEMA, event, two)

    assert not slots[0].may_hold_more
    assert filling.asking(slots, "actor") == "place"


def test_a_role_that_the_type_lacks_is_shown_last_and_takes_nothing() -> None:
    event = Event("V0", place(0), "MEET")
    slots = filling.slots_of(SCHEMA, event, (Argument("A1", "V0", "gone", "E1"),))

    assert [slot.id for slot in slots] == ["actor", "place", "theme", "gone"]
    assert slots[-1].role is None
    assert not slots[-1].may_hold_more


def test_an_event_leads_to_itself_through_its_fillers() -> None:
    labels = labels_of(Argument("A1", "V1", "theme", "V2"), Argument("A2", "V2", "theme", "V3"))

    assert filling.leads_to(labels, "V1", "V3")
    assert filling.leads_to(labels, "V1", "V1")
    assert not filling.leads_to(labels, "V3", "V1")


# --- shared names --------------------------------------------------------------------------------


def mention(uid: str, quote: str, link: str = "", type_: str = "PERS") -> Entity:
    return Entity(uid, (Span(0, len(quote), quote),), type_, link=link)


def test_the_name_that_the_same_words_have_is_offered_first() -> None:
    labels = [
        mention("E1", "ترامب", "Donald Trump"),
        mention("E2", "ترمب", "Donald Trump"),
        mention("E3", "بوتين", "Vladimir Putin"),
        mention("E4", "بوتين"),
    ]

    assert links.names_for(labels, labels[3]) == ["Vladimir Putin", "Donald Trump"]
    assert links.likely_name(labels, labels[3]) == "Vladimir Putin"


def test_another_type_of_the_same_words_lends_no_name() -> None:
    labels = [mention("E1", "واشنطن", "Washington DC", "GPE"), mention("E2", "واشنطن", "", "ORG")]

    assert links.likely_name(labels, labels[1]) == ""


# --- relations -----------------------------------------------------------------------------------


def test_a_symmetric_relation_is_the_same_from_both_ends() -> None:
    one, other = mention("E1", "بوتين"), mention("E2", "الرئيس")
    labels = labels_of(one, other, Relation("R1", "same_as", "E1", "E2"))

    assert relating.why_not(SCHEMA, labels, Relation("", "same_as", "E2", "E1")) == "twin"
    assert relating.others(SCHEMA, labels, Relation("", "same_as", "E2", "")) == []
    assert [tie.other for tie in relating.ties_of(labels.values(), "E2")] == ["E1"]


def test_a_directed_relation_may_run_both_ways() -> None:
    labels = labels_of(
        mention("E1", "موسكو", "", "GPE"),
        mention("E2", "روسيا", "", "GPE"),
        Relation("R1", "part_of", "E1", "E2"),
    )

    assert relating.why_not(SCHEMA, labels, Relation("", "part_of", "E2", "E1")) == ""
    assert relating.why_not(SCHEMA, labels, Relation("", "part_of", "E1", "E1")) == "circle"


def test_only_relations_that_may_go_out_from_a_label_are_offered() -> None:
    person, city = mention("E1", "بوتين"), mention("E2", "موسكو", "", "GPE")

    assert [one.id for one in relating.types_for(SCHEMA, person)] == ["same_as"]
    assert [one.id for one in relating.types_for(SCHEMA, city)] == ["same_as", "part_of"]
