"""Gestures of every sort as lines of `apply`, drawn by lot: what a person does in an hour."""

import json
import random
from collections import Counter
from collections.abc import Sequence

from annotator.core.operations import Operation, Scope
from tests.projects import TEXTS, sha_of

_WORDS = ("قال", "بوتين", "ترامب", "موسكو", "الاجتماع", "القاهرة", "مصر", "وأضاف", "لقاءه")


def stream(chance: random.Random, rounds: int = 40) -> list[bytes]:
    """Return gestures of every sort, over one layer and over three, some of which are refused."""
    lines: list[dict[str, object]] = []
    articles = [sha_of(n) for n in range(len(TEXTS))]
    for _ in range(rounds):
        first, second = (TEXTS[0].index(word) for word in chance.sample(_WORDS, 2))
        entity = {"article": articles[0], "type": chance.choice(["PERS", "ORG", "GPE"])}
        event = {"article": articles[0], "type": "MEET"}
        back: list[dict[str, object]] = [{"do": "undo", "article": name} for name in articles]
        lines += [
            {"do": "add_entity", **entity, "start": first, "end": first + 3, "as": "e"},
            {"do": "add_event", **event, "start": second, "end": second + 3, "as": "v"},
            {"do": "add_argument", "event": "$v", "role": "theme", "filler": "$e"},
            {"do": "mark_all", "query": "في", "type": entity["type"]},
            {"do": "change", "uid": "$v", "note": f"ملاحظة {chance.random()}"},
            {"do": "answer", "article": articles[1], "question": "summary", "values": [str(first)]},
            {"do": "remove", "uid": "$e"},
            {"do": "remove", "uid": "$v"},
            *back,
            *back,
            {"do": "redo", "article": articles[0]},
        ]  # fmt: skip
    return [json.dumps(line).encode() + b"\n" for line in lines]


def is_whole(operations: Sequence[Operation]) -> bool:
    """Return whether no chain has a gap, and no gesture is twice in one layer."""
    once = Counter((one.gesture, one.scope) for one in operations)
    chains: dict[tuple[Scope, str], list[Operation]] = {}
    for one in operations:
        chains.setdefault((one.scope, one.replica), []).append(one)
    return max(once.values(), default=1) == 1 and all(map(_has_no_gap, chains.values()))


def _has_no_gap(chain: list[Operation]) -> bool:
    chain.sort(key=lambda one: one.sequence)
    numbers = [one.sequence for one in chain]
    before = ["", *(one.hash for one in chain[:-1])]
    return numbers == [*range(1, len(chain) + 1)] and [one.prev for one in chain] == before
