"""Events: triggers, arguments of all events and of aligned ones, roles."""

import pytest

from annotator.agreement.figures import NO_ITEMS
from tests.agreement.readings import Event, Reading, batch, events_of

ONE = (
    Event(10, 15, "Attack", (("Attacker", 0, 8), ("Target", 20, 30), ("Place", 40, 45))),
    Event(50, 55, "Meet", (("Entity", 60, 65),)),
)
OTHER = (
    Event(10, 15, "Attack", (("Attacker", 0, 8), ("Victim", 20, 30), ("Place", 41, 45))),
    Event(50, 55, "Transport", (("Entity", 60, 65),)),
    Event(80, 85, "Die"),
)


@pytest.mark.parametrize("is_swapped", [False, True])
def test_the_scores_of_two_readings(is_swapped: bool) -> None:
    sides = (OTHER, ONE) if is_swapped else (ONE, OTHER)

    found = events_of(batch((Reading(0, 1, events=sides[0]), Reading(0, 2, events=sides[1]))))

    figures = (found.ti, found.tc, found.ai, found.ac, found.ai_plus, found.ac_plus)
    assert [figure.value for figure in figures] == pytest.approx([0.8, 0.4, 0.5, 0.25, 0.5, 0.25])
    assert found.ai_given_trigger.value == pytest.approx(6 / 8)
    assert found.ac_given_trigger.value == pytest.approx(4 / 8)
    assert found.ai_overlap.value == pytest.approx(6 / 8)
    assert (found.n_events, found.n_arguments) == (5, 8)


def test_the_roles_of_aligned_events() -> None:
    found = events_of(batch((Reading(0, 1, events=ONE), Reading(0, 2, events=OTHER))))

    assert dict(found.roles) == {
        ("Attacker", "Attacker"): 1, ("Entity", "Entity"): 1, ("Place", "Place"): 1,
        ("Target", "Victim"): 1, ("Victim", "Target"): 1,
    }  # fmt: skip


def test_of_two_events_on_one_trigger_those_that_share_arguments_are_aligned() -> None:
    attack, die = (("Attacker", 0, 8),), (("Victim", 20, 30),)
    one = (Event(10, 15, "Attack", attack), Event(10, 15, "Die", die))
    other = (Event(10, 15, "Meet", die), Event(10, 15, "Transport", attack))

    found = events_of(batch((Reading(0, 1, events=one), Reading(0, 2, events=other))))

    assert (found.ac_given_trigger.value, found.ac.value) == (1.0, 0.0)


def test_an_argument_of_two_mentions_counts_twice() -> None:
    twice = (Event(1, 3, "Meet", (("Entity", 60, 65),)), Event(7, 9, "Meet", (("Entity", 60, 65),)))

    found = events_of(batch((Reading(0, 1, events=twice), Reading(0, 2, events=twice[:1]))))

    assert found.ai.n == 3
    assert found.ai.value == pytest.approx(2 / 3)


def test_events_without_arguments_have_a_reason() -> None:
    bare = (Event(1, 3, "Meet"),)

    found = events_of(batch((Reading(0, 1, events=bare), Reading(0, 2, events=bare))))

    assert (found.ti.value, found.ai.value, found.ai.reason) == (1.0, None, NO_ITEMS)
    assert found.role_alpha.reason == NO_ITEMS
