"""Counting problems fast gives the same number as looking at every label."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from annotator.arabic.graphemes import is_boundary
from annotator.core import plainlabels
from annotator.core.layerproblems import problems_of_layer
from annotator.core.model import (
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
from annotator.core.plainlabels import ProblemCounter
from annotator.core.schematoml import read_schema
from tests.projects import SCHEMA, TEXTS, extent_of
from tests.strategies import texts

_QUOTES = ("بوتين", "موسكو", "لقاءه", "ترامب", "ا", " ", "مفيدًا", "مفيد")
_TYPES = ("PERS", "PER", "GPE", "ORG", "NOPE")
_PAIRS = ((), (("mention", "NAM"),), (("mention", "x"),), (("sure", "yes"),))


def _extents() -> st.SearchStrategy[object]:
    return st.sampled_from(_QUOTES).map(extent_of)


def _entities() -> st.SearchStrategy[object]:
    subtypes = st.sampled_from(("", "NAMED", "CITY"))
    return st.tuples(_extents(), st.sampled_from(_TYPES), subtypes, st.sampled_from(_PAIRS))


_EVENTS = st.tuples(_extents(), st.sampled_from(("MEET", "ATTACK", "NOPE")))
_ROLES = st.sampled_from(("actor", "place", "theme", "cause", "nope"))
_PICK = st.integers(0, 9)
_COUNTER = {
    every: ProblemCounter(
        read_schema(SCHEMA.replace("[stance]", f"[stance]\nevery_topic = {every}"))
    )
    for every in ("true", "false")
}


def _labels(
    entities: list[tuple[object, ...]],
    events: list[tuple[object, ...]],
    arguments: list[tuple[int, str, int]],
    n_others: int,
) -> Iterable[Label]:
    """Return labels that point to each other, some of them to nothing."""
    for n, (extent, type_, subtype, pairs) in enumerate(entities):
        yield Entity(f"E{n}", extent, type_, subtype, attributes=pairs)  # type: ignore[arg-type]
    for n, (extent, type_) in enumerate(events):
        yield Event(f"V{n}", extent, type_)  # type: ignore[arg-type]
    names = [f"E{n}" for n in range(len(entities))] + [f"V{n}" for n in range(len(events))]
    for n, (event, role, filler) in enumerate(arguments):
        if events and names:
            yield Argument(f"A{n}", f"V{event % len(events)}", role, names[filler % len(names)])
    if n_others and names:
        yield Relation("R0", "same_as", names[0], names[-1])
        yield Stance("S0", Party("author"), Party("topic", "vaccines"), "favor")
        yield Answer("Q0", "genre", ("report",) * n_others)


@given(
    st.lists(_entities(), max_size=6),
    st.lists(_EVENTS, max_size=4),
    st.lists(st.tuples(_PICK, _ROLES, _PICK), max_size=5),
    st.integers(0, 2),
    st.sampled_from(sorted(_COUNTER)),
    st.sampled_from(("started", "done")),
)
def test_the_fast_count_is_the_count(
    entities: list[tuple[object, ...]],
    events: list[tuple[object, ...]],
    arguments: list[tuple[int, str, int]],
    n_others: int,
    every: str,
    status: str,
) -> None:
    counter = _COUNTER[every]
    labels = list(_labels(entities, events, arguments, n_others))

    for _ in range(2):
        found = counter.n_problems(labels, TEXTS[0], status)

        schema = counter._schema  # noqa: SLF001
        assert found == len(list(problems_of_layer(schema, labels, TEXTS[0], status)))


@given(texts())
def test_between_characters_that_stand_alone_is_always_a_boundary(text: str) -> None:
    for offset in range(1, len(text)):
        if text[offset - 1 : offset + 1] in plainlabels._BETWEEN:  # noqa: SLF001
            assert is_boundary(text, offset)


_PAGE = (
    "التقى بوتين وويتكوف في موسكو، وقال ويتكوف لبوتين وللسلطة إن كتابهم كتاب. وَبوتين والكرملين"
    ' وCBS لـCBS سان فرانسيسكو: بـ"بوتين" وصل فيينا.'
)
_OF_POLICY = {
    policy: read_schema(SCHEMA.replace('version = "1"', f'version = "1"\nclitics = "{policy}"', 1))
    for policy in ("exclude", "include")
}


@given(
    st.lists(st.tuples(st.integers(0, len(_PAGE) - 1), st.integers(1, 12)), max_size=12),
    st.sampled_from(sorted(_OF_POLICY)),
)
def test_what_breaks_the_clitic_policy_is_counted_too(
    places: list[tuple[int, int]], policy: str
) -> None:
    schema, labels = _OF_POLICY[policy], list[Label]()
    for n, (start, length) in enumerate(places):
        end = min(start + length, len(_PAGE))
        if _PAGE[start:end].strip():
            labels.append(Entity(f"E{n}", extent_at(_PAGE, [(start, end)]), "PERS"))
    found = list(problems_of_layer(schema, labels, _PAGE, "started"))
    assert ProblemCounter(schema).n_problems(labels, _PAGE, "started") == len(found)


def test_each_policy_finds_what_the_other_lets_stand() -> None:
    start = _PAGE.index("وَبوتين")
    whole = Entity("E1", extent_at(_PAGE, [(start, start + 7)]), "PERS")
    bare = Entity("E2", extent_at(_PAGE, [(start + 2, start + 7)]), "PERS")
    found = {
        policy: [
            (one.code, one.uid, one.detail)
            for one in problems_of_layer(schema, [whole, bare], _PAGE, "started")
        ]
        for policy, schema in _OF_POLICY.items()
    }
    assert found == {
        "exclude": [("clitic_inside", "E1", "وَ")],
        "include": [("clitic_outside", "E2", "وَ")],
    }
