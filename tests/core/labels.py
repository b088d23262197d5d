"""Hypothesis strategies for labels of every kind, alone and in layers, and for operations."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from annotator.core.model import (
    AUTHOR,
    CLASSES,
    KIND_OF,
    KINDS,
    LETTER,
    PERSON,
    Attributes,
    Entity,
    Event,
    Extent,
    Label,
    Origin,
    Party,
    Span,
)
from annotator.core.operations import PROJECT, Change, Operation, Scope
from tests.strategies import texts

SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For properties of values: how busy the machine is makes no difference."""
_IDS = st.sampled_from(["PERS", "GPE", "actor", "genre", "same_as", "favor", "x"])
_NOTES = st.one_of(st.just(""), texts(max_size=12))
_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_TAILS = st.text(st.sampled_from(_DIGITS), min_size=14, max_size=14)


def uids(kind: str) -> SearchStrategy[str]:
    """Draw uids of the form that labels of `kind` have."""
    return _TAILS.map(lambda tail: LETTER[kind] + tail)


def extents(min_size: int = 1) -> SearchStrategy[Extent]:
    """Draw extents in text order; the quotes are any text of the right length."""
    cuts = st.lists(st.integers(0, 60), min_size=2 * min_size, max_size=6, unique=True).map(sorted)
    return cuts.map(
        lambda ends: tuple(
            Span(start, end, "ب" * (end - start))
            for start, end in zip(ends[::2], ends[1::2], strict=False)
        )
    )


def _attributes() -> SearchStrategy[Attributes]:
    pairs = st.dictionaries(st.sampled_from(["mention", "tense", "اسم"]), _NOTES, max_size=2)
    return pairs.map(lambda given: tuple(sorted(given.items())))


def _origins() -> SearchStrategy[Origin]:
    others = st.builds(
        Origin,
        st.sampled_from(["person", "suggestion", "decision"]),
        st.sampled_from(["", "memory", "crf"]),
        st.integers(0, 1000),
    )
    return st.one_of(st.just(PERSON), others)


def _votes() -> SearchStrategy[Attributes]:
    return st.lists(st.tuples(st.sampled_from(["a1", "a2"]), _NOTES), max_size=2).map(tuple)


def _targets() -> SearchStrategy[Party]:
    topic = st.builds(Party, st.just("topic"), _IDS)
    return st.one_of(
        topic, *(st.builds(Party, st.just(kind), uids(kind)) for kind in ("entity", "event"))
    )


_COMMON = {
    "note": _NOTES,
    "doubt": _NOTES,
    "origin": _origins(),
    "decision": st.sampled_from(["", "unanimous", "adjudicated"]),
    "votes": _votes(),
}
_OWN: dict[str, dict[str, SearchStrategy[object]]] = {
    "entity": {
        "extent": extents(),
        "type": _IDS,
        "subtype": st.sampled_from(["", "NAMED"]),
        "head": extents(0),
        "link": _NOTES,
        "attributes": _attributes(),
    },
    "event": {"extent": extents(), "type": _IDS, "attributes": _attributes()},
    "argument": {
        "event": uids("event"),
        "type": _IDS,
        "filler": st.one_of(uids("event"), uids("entity")),
    },
    "stance": {
        "holder": st.one_of(st.just(AUTHOR), st.builds(Party, st.just("entity"), uids("entity"))),
        "target": _targets(),
        "type": _IDS,
        "voice": st.sampled_from(["author", "reported"]),
        "evidence": extents(0),
        "attributes": _attributes(),
    },
    "relation": {
        "type": _IDS,
        "source": uids("entity"),
        "target": uids("entity"),
        "attributes": _attributes(),
    },
    "answer": {"type": _IDS, "values": st.lists(_NOTES, max_size=3).map(tuple)},
}


@st.composite
def labels(draw: st.DrawFn) -> Label:
    """Draw labels of any kind, with everything that they can hold."""
    return draw(_LABELS[draw(st.sampled_from(KINDS))])


_LABELS: dict[str, SearchStrategy[Label]] = {
    kind: st.builds(CLASSES[kind], uid=uids(kind), **_OWN[kind], **_COMMON) for kind in KINDS
}


def kind_of(label: Label) -> str:
    """Return the kind of `label`."""
    return KIND_OF[type(label)]


# --- a layer whose labels point to each other -----------------------------------------------------

TEXT = "قال بوتين إن لقاءه مع ترامب كان مفيدًا"


def layers() -> SearchStrategy[list[Label]]:
    """Draw the labels of one layer over `TEXT`, some of which point to what is not there."""
    names = {kind: [LETTER[kind] + f"{n:014}" for n in range(4)] for kind in KINDS}
    spans = st.tuples(st.integers(0, 20), st.integers(1, 8)).map(
        lambda pair: (Span(pair[0], sum(pair), TEXT[pair[0] : sum(pair)]),)
    )
    wrong = st.just((Span(0, 3, "غير"),))
    ends = st.sampled_from(names["entity"] + names["event"])
    parts: dict[str, SearchStrategy[Label]] = {
        "entity": st.builds(Entity, st.sampled_from(names["entity"]), spans | wrong, _IDS),
        "event": st.builds(Event, st.sampled_from(names["event"]), spans, _IDS),
        "argument": st.builds(
            CLASSES["argument"],
            st.sampled_from(names["argument"]),
            st.sampled_from(names["event"]),
            _IDS,
            ends,
        ),
        "stance": st.builds(
            CLASSES["stance"],
            st.sampled_from(names["stance"]),
            st.one_of(st.just(AUTHOR), st.builds(Party, st.just("entity"), ends)),
            st.builds(Party, st.sampled_from(["entity", "event"]), ends),
            _IDS,
        ),
        "relation": st.builds(
            CLASSES["relation"], st.sampled_from(names["relation"]), _IDS, ends, ends
        ),
    }
    found = st.lists(st.one_of(*parts.values()), max_size=14)
    return found.map(lambda some: list({label.uid: label for label in some}.values()))


# --- operations -----------------------------------------------------------------------------------

SCOPES = (PROJECT, Scope("a" * 64, "one"), Scope("a" * 64, "other"), Scope("b" * 64, "one"))


_BODIES: tuple[tuple[str, dict[str, object]], ...] = (
    ("entity", {"spans": [[0, 3, "قال"]], "type": "PERS"}),
    ("entity", {"note": "\u202e", "spans": [[4, 9, "بوتين"], [10, 12, "إن"]], "type": "GPE"}),
    ("argument", {"event": "V1", "filler": "E1", "type": "actor"}),
    ("answer", {"type": "genre", "values": ["report", ""]}),
    ("status", {"status": "done"}),
)


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Draw changes of few labels and of a layer's status: made, changed, removed."""
    kind, body = draw(st.sampled_from(_BODIES))
    uid = "" if kind == "status" else f"{LETTER[kind]}{draw(st.integers(0, 4))}"
    had = {**body, "doubt": "?"} if draw(st.booleans()) else None
    return Change(kind, uid, had, None if had and draw(st.booleans()) else dict(body))


@st.composite
def operations(draw: st.DrawFn) -> Operation:
    """Draw operations of few replicas, with few Lamport numbers, that touch few labels."""
    return draw(_OPERATIONS)


_OPERATIONS = st.builds(
    Operation,
    kind=st.sampled_from(["add_entity", "change", "import", "mark_all", "undo"]),
    scope=st.sampled_from(SCOPES),
    replica=st.sampled_from(["aaaaaaaa", "bbbbbbbb", "cccccccc"]),
    sequence=st.integers(1, 3),
    prev=st.sampled_from(["", "0" * 64]),
    lamport=st.integers(1, 6),
    who=st.sampled_from(["lead", "a1"]),
    at=st.sampled_from(["", "2026-11-21T18:40Z"]),
    gesture=st.just("G0"),
    changes=st.lists(changes(), min_size=1, max_size=4, unique_by=lambda one: one.key).map(tuple),
    undoes=st.sampled_from(["", "f" * 64]),
)
