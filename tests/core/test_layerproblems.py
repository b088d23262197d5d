"""Problems kept while labels come and go are those of a layer that is checked as a whole."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.checks import Problem
from annotator.core.layerproblems import LayerProblems, layer_labels, problems_of_layer
from annotator.core.model import (
    AUTHOR,
    Answer,
    Argument,
    Entity,
    Event,
    Label,
    Party,
    Relation,
    Stance,
    extent_at,
)
from annotator.core.schematoml import read_schema
from tests.core.labels import SOME
from tests.projects import SCHEMA

SCHEMA_ = read_schema(SCHEMA)
TEXT = "قال بوتين إن لقاءه مع ترامب كان مفيدا"
UIDS = [f"{letter}{n}" for letter in "EVASRQ" for n in range(4)]
PLACES = st.sampled_from([(0, 3), (4, 9), (13, 18), (0, 9), (30, 99)])
NAMED = st.sampled_from([uid for uid in UIDS if uid[0] in "EV"])


def label_with(uid: str) -> st.SearchStrategy[Label]:
    """Return labels of the kind that `uid` tells: few places and types, so that they meet."""
    extents = PLACES.map(lambda place: extent_at(TEXT, [place]))
    match uid[0]:
        case "E":
            return st.builds(Entity, st.just(uid), extents, st.sampled_from(["PERS", "GPE", "?"]))
        case "V":
            return st.builds(Event, st.just(uid), extents, st.sampled_from(["MEET", "ATTACK"]))
        case "A":
            roles = st.sampled_from(["actor", "target", "place", "?"])
            events = st.sampled_from([f"V{n}" for n in range(4)])
            return st.builds(Argument, st.just(uid), events, roles, NAMED)
        case "S":
            targets = st.one_of(
                st.just(Party("topic", "peace-talks")), NAMED.map(lambda to: Party("entity", to))
            )
            values = st.sampled_from(["favor", "?"])
            return st.builds(Stance, st.just(uid), st.just(AUTHOR), targets, values)
        case "R":
            return st.builds(Relation, st.just(uid), st.just("same_as"), NAMED, NAMED)
    return st.builds(Answer, st.just(uid), st.just("genre"), st.just(("report",)))


CHANGES = st.lists(
    st.sampled_from(UIDS).flatmap(
        lambda uid: st.tuples(st.just(uid), st.none() | label_with(uid)),
    ),
    min_size=1,
    max_size=25,
)


def whole(labels: Mapping[str, Label], status: str) -> dict[str, set[Problem]]:
    found: dict[str, set[Problem]] = {}
    for problem in problems_of_layer(SCHEMA_, labels.values(), TEXT, status):
        found.setdefault(problem.uid, set()).add(problem)
    return found


@SOME
@given(changes=CHANGES, at_most=st.integers(0, 3), status=st.sampled_from(["started", "done"]))
def test_what_a_change_concerns_is_all_that_has_to_be_checked_again(
    changes: list[tuple[str, Label | None]], at_most: int, status: str
) -> None:
    labels: dict[str, Label] = {}
    kept = LayerProblems(SCHEMA_, layer_labels(SCHEMA_, ()), TEXT)
    for uid, label in changes:
        kept.change({uid: label})
        if label is None:
            labels.pop(uid, None)
        else:
            labels[uid] = label
        kept.check(at_most)
    while kept.is_due:
        kept.check(3)
    found = {uid: set(problems) for uid, problems in kept.found(status).items()}
    assert found == whole(labels, status)


def test_a_change_in_a_large_layer_concerns_few_labels() -> None:
    many = [Entity(f"E{n}", extent_at(TEXT, [(n % 5, 9)]), "PERS", link=f"{n}") for n in range(400)]
    kept = LayerProblems(SCHEMA_, layer_labels(SCHEMA_, many), TEXT)
    kept.check()
    assert not kept.is_due
    kept.change({"E500": Entity("E500", extent_at(TEXT, [(13, 18)]), "PERS")})
    kept.check(at_most=1)
    assert not kept.is_due


def test_a_circle_is_seen_at_every_argument_on_it_and_goes_with_any_of_them() -> None:
    events = [Event(f"V{n}", extent_at(TEXT, [(0, n + 1)]), "MEET") for n in range(3)]
    first, second = Argument("A0", "V0", "actor", "V1"), Argument("A1", "V1", "actor", "V2")
    kept = LayerProblems(SCHEMA_, layer_labels(SCHEMA_, [*events, first, second]), TEXT)
    kept.check()
    assert circles(kept) == set()
    kept.change({"A2": Argument("A2", "V2", "actor", "V0")})
    kept.check()
    assert circles(kept) == {"A0", "A1", "A2"}
    kept.change({"A1": None})
    kept.check()
    assert circles(kept) == set()


def circles(kept: LayerProblems) -> set[str]:
    found = kept.found("started").items()
    return {uid for uid, problems in found if any(one.code == "circle" for one in problems)}
