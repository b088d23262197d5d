"""Hypothesis strategies for rows of `hashiya/1`: whatever the format can hold, however strange.

What no gesture can make is here too: labels of machines and of gold, votes, decisions, spans that
cut a grapheme, unknown subtypes, attributes and topics, twins, uids of other programs.
"""

import functools
import hashlib
import itertools
import json
import operator

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from annotator.core.model import ROLES, STATUSES
from annotator.core.schematoml import read_schema
from tests.formats.rows import SCHEMA as SCHEMA_TOML
from tests.formats.rows import Row
from tests.strategies import HOSTILE_NAMES, texts

SCHEMA = read_schema(SCHEMA_TOML)
ANNOTATORS = [
    {"uid": "u-sara", "name": "سارة", "kind": "human"},
    {"uid": "0123456789abcdef", "name": "Ali", "kind": "human"},
    {"uid": "crf/1", "name": "ذاكرة", "kind": "machine"},
    {"uid": "g", "name": "الذهب", "kind": "gold"},
    {"uid": "zz", "name": "می‌خواهم", "kind": "machine"},
]
_TYPES = (*SCHEMA.entity_types, "PER")
_EVENTS = tuple(sorted(SCHEMA.event_types))
_ROLES = tuple(sorted(SCHEMA.all_roles))
_VALUES = tuple(sorted(SCHEMA.stance_values))
_QUESTIONS = tuple(sorted(SCHEMA.question_types))
_TOPICS = [*SCHEMA.topic_names, "لا موضوع"]
_UID_LETTERS = "0123456789abcdefghijklmnopqrstuv"

strings = st.one_of(
    st.just(""),
    st.sampled_from([name for name in HOSTILE_NAMES if "\0" not in name]),
    st.sampled_from(["2025-05-06", "true", "\r\n", "\\u0041", '"', "\\", "\x7f", "\x01"]),
    texts(max_size=8),
)
_pairs = st.lists(st.tuples(strings, strings), max_size=3, unique_by=operator.itemgetter(0)).map(
    lambda pairs: [{"name": name, "value": value} for name, value in pairs]
)
_BY_PERSON = {"by": "person", "source": "", "confidence": 1.0}
_origins = st.just(_BY_PERSON) | st.fixed_dictionaries(
    {
        "by": st.sampled_from(["person", "suggestion", "decision"]),
        "source": strings,
        "confidence": st.integers(0, 1000).map(lambda thousandths: thousandths / 1000),
    }
)
_votes = st.lists(st.fixed_dictionaries({"annotator": strings, "value": strings}), max_size=2)
_commons = st.just(
    {"note": "", "doubt": "", "origin": _BY_PERSON, "decision": "", "votes": []}
) | st.fixed_dictionaries(
    {
        "note": strings,
        "doubt": strings,
        "origin": _origins,
        "decision": st.sampled_from(["", "unanimous", "majority", "adjudicated"]),
        "votes": _votes,
    }
)
_few, _some = st.integers(0, 2), st.integers(0, 4)
_rest_of_uid = st.text(_UID_LETTERS, min_size=14, max_size=14)
_foreign = st.one_of(
    st.integers(0, 99).map(str),
    st.sampled_from(["#0", "#1", "E", "e\n1", "م" * 90]),
    texts(1, 6),
)
_uids = st.tuples(st.booleans(), _rest_of_uid, _foreign)
_values = st.lists(strings, max_size=3)
_metas = st.dictionaries(strings, strings | st.integers() | st.none(), max_size=2)


@functools.cache
def _cuts(length: int, most: int) -> SearchStrategy[list[int]]:
    """Return sorted places in a text of `length`: two a span."""
    return st.sets(st.integers(0, length), min_size=2, max_size=2 * most).map(sorted)


@functools.cache
def _one_of(items: tuple[str, ...]) -> SearchStrategy[str]:
    return st.sampled_from(items)


def article_texts(max_size: int = 40) -> SearchStrategy[str]:
    """Texts of articles as a row may hold them: with something to see, and no carriage return."""
    cleaned = texts(1, max_size).map(lambda text: text.replace("\r", "\n"))
    return cleaned.filter(lambda text: bool(text.strip()))


def _extent(draw: DrawFn, text: str, most: int) -> list[Row]:
    """Make spans in order, each apart from the next, none of white space only."""
    cuts: list[int] = draw(_cuts(len(text), most))
    spans = [
        _span(text, start, end)
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        if not text[start:end].isspace()
    ]
    if not spans:
        start = next(n for n, character in enumerate(text) if not character.isspace())
        spans = [_span(text, start, start + 1)]
    return spans


def _span(text: str, start: int, end: int) -> Row:
    return {"start": start, "end": end, "quote": text[start:end]}


def _placed(draw: DrawFn, text: str, types: tuple[str, ...], seen: list[tuple[int, int]]) -> Row:
    """Make an entity or event; often just where an earlier one begins and ends."""
    spans = _extent(draw, text, 3)
    is_there = draw(_few) > 0 and bool(seen)
    if is_there:
        spans = [_span(text, *seen[draw(_some) % len(seen)])]
    start, end = spans[0]["start"], spans[-1]["end"]
    seen.append((spans[0]["start"], spans[0]["end"]))
    return {
        "type": draw(_one_of(types)),
        **_span(text, start, end),
        "spans": spans,
        "attributes": draw(_pairs),
        **draw(_commons),
    }


class _Uids:
    """Uids for a row: of our own form, or another program's; none stands twice."""

    def __init__(self, draw: DrawFn) -> None:
        self._draw = draw
        self._given: set[str] = set()

    def new(self, letter: str) -> str:
        is_ours, rest, foreign = self._draw(_uids)
        uid = letter + rest if is_ours else foreign
        while uid in self._given:
            uid += "+"
        self._given.add(uid)
        return uid


@st.composite
def rows_over(draw: DrawFn, text: str, annotator: Row) -> Row:
    """Rows over `text`: sound, and otherwise anything."""
    uids, seen = _Uids(draw), list[tuple[int, int]]()
    entities = [
        {
            "uid": uids.new("E"),
            **_placed(draw, text, _TYPES, seen),
            "subtype": draw(strings),
            "head": _extent(draw, text, 1)[: draw(_few) % 2],
            "link": draw(strings),
        }
        for _ in range(draw(_few))
    ]
    events = [
        {"uid": uids.new("V"), **_placed(draw, text, _EVENTS, seen)} for _ in range(draw(_few))
    ]
    for place, event in enumerate(events):
        event["arguments"] = _arguments(draw, uids, entities + events[place + 1 :])
    return {
        "format": "hashiya/1",
        "article": draw(_articles(text)),
        "text": text,
        "annotator": annotator,
        "status": draw(_one_of(STATUSES)),
        "suggestions": draw(_one_of(("none", "seen"))),
        "regions": draw(_regions(text)),
        "entities": entities,
        "events": events,
        "stances": _stances(draw, uids, text, entities, events),
        "relations": _relations(draw, uids, entities + events),
        "answers": [
            {
                "uid": uids.new("Q"),
                "question": draw(_one_of(_QUESTIONS)),
                "values": draw(_values),
                **draw(_commons),
            }
            for _ in range(draw(_few))
        ],
    }


def _arguments(draw: DrawFn, uids: _Uids, fillers: list[Row]) -> list[Row]:
    chosen = [fillers[draw(_some) % len(fillers)] for _ in range(draw(_few) if fillers else 0)]
    return [
        {
            "uid": uids.new("A"),
            "role": draw(_one_of(_ROLES)),
            "filler": filler["uid"],
            **{key: filler[key] for key in ("start", "end", "quote")},
            **draw(_commons),
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
            "holder": holders[draw(_some) % len(holders)],
            "target": targets[draw(_some) % len(targets)],
            "value": draw(_one_of(_VALUES)),
            "voice": draw(_one_of(("author", "reported"))),
            "evidence": _extent(draw, text, 2)[: draw(_few)],
            "attributes": draw(_pairs),
            **draw(_commons),
        }
        for _ in range(draw(_few))
    ]


def _party(kind: str, ref: str, text: str) -> Row:
    return {"kind": kind, "ref": ref, "text": text}


def _relations(draw: DrawFn, uids: _Uids, ends: list[Row]) -> list[Row]:
    return [
        {
            "uid": uids.new("R"),
            "type": draw(_one_of(tuple(SCHEMA.relation_types))),
            "source": ends[draw(_some) % len(ends)]["uid"],
            "target": ends[draw(_some) % len(ends)]["uid"],
            "attributes": draw(_pairs),
            **draw(_commons),
        }
        for _ in range(draw(_few) if ends else 0)
    ]


@st.composite
def _articles(draw: DrawFn, text: str) -> Row:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    meta = draw(_metas)
    return {
        "uid": sha256[:16],
        "sha256": sha256,
        "title": draw(strings),
        "source": draw(strings),
        "language": draw(_one_of(("ar", "fa", ""))),
        "meta": json.dumps(meta, ensure_ascii=draw(st.booleans())),
    }


@st.composite
def _regions(draw: DrawFn, text: str) -> list[Row]:
    cuts = draw(_cuts(len(text), 3))
    return [
        {
            "start": start,
            "end": end,
            "role": draw(_one_of(ROLES)),
            "source": draw(_one_of(("rule", "person"))),
        }
        for start, end in itertools.pairwise(cuts)
        if draw(st.booleans())
    ]


_PICKS = [(article, annotator) for article in range(2) for annotator in ANNOTATORS]


@st.composite
def files(draw: DrawFn) -> list[Row]:
    """Rows of one file: some articles, each read by some annotators, in any order."""
    chosen = draw(st.lists(article_texts(), min_size=2, max_size=2, unique=True))
    picks = draw(st.lists(st.integers(0, len(_PICKS) - 1), min_size=1, max_size=3, unique=True))
    return [draw(rows_over(chosen[_PICKS[n][0]], _PICKS[n][1])) for n in picks]
