"""Hypothesis strategies for rows of `hashiya/1`: whatever the format can hold, however strange.

What no gesture can make is here too: labels of machines and of gold, votes, decisions, spans that
cut a grapheme, unknown subtypes, attributes and topics, twins, uids of other programs.
"""

import hashlib
import itertools
import json
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from annotator.core.model import ROLES
from annotator.core.schematoml import read_schema
from tests.formats.rows import Row
from tests.projects import SCHEMA as SCHEMA_TOML
from tests.strategies import HOSTILE_NAMES, texts

SCHEMA = read_schema(SCHEMA_TOML)
ANNOTATORS = [
    {"uid": "u-sara", "name": "سارة", "kind": "human"},
    {"uid": "0123456789abcdef", "name": "Ali", "kind": "human"},
    {"uid": "crf/1", "name": "ذاكرة", "kind": "machine"},
    {"uid": "g", "name": "الذهب", "kind": "gold"},
    {"uid": "zz", "name": "می‌خواهم", "kind": "machine"},
]
_TYPES = [*SCHEMA.entity_types, "PER"]
_EVENTS = sorted(SCHEMA.event_types)
_ROLES = sorted(SCHEMA.all_roles)
_VALUES = sorted(SCHEMA.stance_values)
_QUESTIONS = sorted(SCHEMA.question_types)
_TOPICS = [*SCHEMA.topic_names, "لا موضوع"]
_UID_LETTERS = "0123456789abcdefghijklmnopqrstuv"

strings = st.one_of(
    st.just(""),
    st.sampled_from([name for name in HOSTILE_NAMES if "\0" not in name]),
    st.sampled_from(["2025-05-06", "true", "\r\n", "\\u0041", '"', "\\", "\x7f", "\x01"]),
    texts(max_size=8),
)
_pairs = st.lists(st.tuples(strings, strings), max_size=3, unique_by=lambda pair: pair[0]).map(
    lambda pairs: [{"name": name, "value": value} for name, value in pairs]
)
_origins = st.one_of(
    st.just({"by": "person", "source": "", "confidence": 1.0}),
    st.builds(
        lambda by, source, thousandths: {
            "by": by, "source": source, "confidence": thousandths / 1000,
        },
        st.sampled_from(["person", "suggestion", "decision"]),
        strings,
        st.integers(0, 1000),
    ),
)  # fmt: skip
_votes = st.lists(
    st.builds(lambda who, value: {"annotator": who, "value": value}, strings, strings), max_size=2
)


@st.composite
def _common(draw: DrawFn) -> Row:
    return {
        "note": draw(strings),
        "doubt": draw(strings),
        "origin": draw(_origins),
        "decision": draw(st.sampled_from(["", "unanimous", "majority", "adjudicated"])),
        "votes": draw(_votes),
    }


def article_texts(max_size: int = 40) -> SearchStrategy[str]:
    """Texts of articles as a row may hold them: with something to see, and no carriage return."""
    cleaned = texts(1, max_size).map(lambda text: text.replace("\r", "\n"))
    return cleaned.filter(lambda text: bool(text.strip()))


@st.composite
def _extents(draw: DrawFn, text: str, most: int) -> list[Row]:
    """Spans in order, each apart from the next, none of white space only."""
    length = len(text)
    cuts = draw(st.sets(st.integers(0, length), min_size=2, max_size=2 * most).map(sorted))
    spans = [
        {"start": start, "end": end, "quote": text[start:end]}
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        if not text[start:end].isspace()
    ]
    if not spans:
        start = next(n for n, character in enumerate(text) if not character.isspace())
        spans = [{"start": start, "end": start + 1, "quote": text[start]}]
    return spans


@st.composite
def _placed(draw: DrawFn, text: str, types: Sequence[str], seen: list[tuple[int, int]]) -> Row:
    """Make an entity or event; often nested in an earlier one, or just where one is."""
    spans = draw(_extents(text, 3))
    if seen and draw(st.booleans()):
        start, end = draw(st.sampled_from(seen))
        spans = [{"start": start, "end": end, "quote": text[start:end]}]
    start, end = spans[0]["start"], spans[-1]["end"]
    seen.append((spans[0]["start"], spans[0]["end"]))
    return {
        "type": draw(st.sampled_from(types)),
        "start": start,
        "end": end,
        "quote": text[start:end],
        "spans": spans,
        "attributes": draw(_pairs),
        **draw(_common()),
    }


class _Uids:
    """Uids for a row: of our own form, another program's, or none; none stands twice."""

    def __init__(self, draw: DrawFn) -> None:
        self._draw = draw
        self._given: set[str] = set()

    def new(self, letter: str) -> str:
        ours = st.text(_UID_LETTERS, min_size=14, max_size=14).map(lambda rest: letter + rest)
        foreign = st.one_of(
            st.integers(0, 99).map(lambda n: f"{letter.lower()}{n}"),
            st.sampled_from(["#0", "#1", "E", "e\n1", "م" * 90]),
            texts(1, 6),
        )
        uid = self._draw(st.one_of(ours, foreign).filter(lambda uid: uid not in self._given))
        self._given.add(uid)
        return uid


@st.composite
def rows_over(draw: DrawFn, text: str, annotator: Row, most: int = 4) -> Row:
    """Rows over `text`: sound, and otherwise anything."""
    uids, seen = _Uids(draw), list[tuple[int, int]]()
    entities = [
        {
            "uid": uids.new("E"),
            **draw(_placed(text, _TYPES, seen)),
            "subtype": draw(strings),
            "head": draw(_extents(text, 1).map(lambda spans: spans[:1]) | st.just([])),
            "link": draw(strings),
        }
        for _ in range(draw(st.integers(0, most)))
    ]
    events = [
        {"uid": uids.new("V"), **draw(_placed(text, _EVENTS, seen))}
        for _ in range(draw(st.integers(0, most)))
    ]
    for place, event in enumerate(events):
        event["arguments"] = _arguments(draw, uids, entities + events[place + 1 :])
    return {
        "format": "hashiya/1",
        "article": draw(_articles(text)),
        "text": text,
        "annotator": annotator,
        "status": draw(st.sampled_from(["new", "started", "done", "skipped"])),
        "suggestions": draw(st.sampled_from(["none", "seen"])),
        "regions": draw(_regions(text)),
        "entities": entities,
        "events": events,
        "stances": _stances(draw, uids, text, entities, events),
        "relations": _relations(draw, uids, entities + events),
        "answers": [
            {
                "uid": uids.new("Q"),
                "question": draw(st.sampled_from(_QUESTIONS)),
                "values": draw(st.lists(strings, max_size=3)),
                **draw(_common()),
            }
            for _ in range(draw(st.integers(0, 3)))
        ],
    }


def _arguments(draw: DrawFn, uids: _Uids, fillers: list[Row]) -> list[Row]:
    chosen = draw(st.lists(st.sampled_from(fillers), max_size=3)) if fillers else []
    return [
        {
            "uid": uids.new("A"),
            "role": draw(st.sampled_from(_ROLES)),
            "filler": filler["uid"],
            **{key: filler[key] for key in ("start", "end", "quote")},
            **draw(_common()),
        }
        for filler in chosen
    ]


def _stances(
    draw: DrawFn, uids: _Uids, text: str, entities: list[Row], events: list[Row]
) -> list[Row]:
    holders = [_party("author", "", "")]
    holders += [_party("entity", label["uid"], label["quote"]) for label in entities]
    targets = [_party("topic", topic, "") for topic in _TOPICS]
    targets += [_party("entity", label["uid"], label["quote"]) for label in entities]
    targets += [_party("event", label["uid"], label["quote"]) for label in events]
    return [
        {
            "uid": uids.new("S"),
            "holder": draw(st.sampled_from(holders)),
            "target": draw(st.sampled_from(targets)),
            "value": draw(st.sampled_from(_VALUES)),
            "voice": draw(st.sampled_from(["author", "reported"])),
            "evidence": draw(_extents(text, 2) | st.just([])),
            "attributes": draw(_pairs),
            **draw(_common()),
        }
        for _ in range(draw(st.integers(0, 3)))
    ]


def _party(kind: str, ref: str, text: str) -> Row:
    return {"kind": kind, "ref": ref, "text": text}


def _relations(draw: DrawFn, uids: _Uids, ends: list[Row]) -> list[Row]:
    return [
        {
            "uid": uids.new("R"),
            "type": draw(st.sampled_from(sorted(SCHEMA.relation_types))),
            "source": draw(st.sampled_from(ends))["uid"],
            "target": draw(st.sampled_from(ends))["uid"],
            "attributes": draw(_pairs),
            **draw(_common()),
        }
        for _ in range(draw(st.integers(0, 2)) if ends else 0)
    ]


@st.composite
def _articles(draw: DrawFn, text: str) -> Row:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    meta = draw(st.dictionaries(strings, strings | st.integers() | st.none(), max_size=2))
    return {
        "uid": sha256[:16],
        "sha256": sha256,
        "title": draw(strings),
        "source": draw(strings),
        "language": draw(st.sampled_from(["ar", "fa", ""])),
        "meta": json.dumps(meta, ensure_ascii=draw(st.booleans())),
    }


@st.composite
def _regions(draw: DrawFn, text: str) -> list[Row]:
    cuts = draw(st.sets(st.integers(0, len(text)), max_size=5).map(sorted))
    return [
        {
            "start": start,
            "end": end,
            "role": draw(st.sampled_from(ROLES)),
            "source": draw(st.sampled_from(["rule", "person"])),
        }
        for start, end in itertools.pairwise(cuts)
        if draw(st.booleans())
    ]


@st.composite
def files(draw: DrawFn, most: int = 4) -> list[Row]:
    """Rows of one file: some articles, each read by some annotators, in any order."""
    chosen = draw(st.lists(article_texts(), min_size=1, max_size=2, unique=True))
    pairs = [(text, annotator) for text in chosen for annotator in ANNOTATORS]
    picked = draw(st.lists(st.sampled_from(range(len(pairs))), min_size=1, max_size=3, unique=True))
    return [draw(rows_over(*pairs[number], most)) for number in picked]


def told(row: Row) -> Any:  # noqa: ANN401
    """Return all that the labels of `row` say, without their uids and order: for comparing."""
    by_uid = {label["uid"]: label for label in row["entities"] + row["events"]}
    return {
        "status": (row["status"], row["suggestions"]),
        **{
            kind: sorted(json.dumps(_told(label, by_uid), sort_keys=True) for label in row[kind])
            for kind in ("entities", "events", "stances", "relations", "answers")
        },
    }


def _told(label: Row, by_uid: dict[str, Row]) -> Row:
    """Return `label` with what it points to in place of the uids; derived keys left out."""
    derived = ("uid", "word_start", "word_end", "pre", "post", "text")
    found = {key: value for key, value in label.items() if key not in derived}
    found["attributes"] = sorted(map(tuple, map(dict.values, label.get("attributes", []))))
    if "arguments" in found:
        found["arguments"] = sorted(
            json.dumps(_told(item, by_uid), sort_keys=True) for item in label["arguments"]
        )
    for key in ("filler", "source", "target"):
        if isinstance(found.get(key), str):
            found[key] = _told(by_uid[found[key]], by_uid)
    for key in ("holder", "target"):
        if isinstance(found.get(key), dict) and "ref" in found[key]:
            party = found[key]
            end = by_uid.get(party["ref"])
            found[key] = [party["kind"], _told(end, by_uid) if end else party["ref"]]
    return found
