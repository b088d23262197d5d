"""The row of `hashiya/1` as INTERFACES.md spells it, written down anew: keys, order and types."""

import json
import re
from typing import Any

Row = dict[str, Any]

_SPAN = {"start": int, "end": int, "quote": str}
_ORIGIN = {"by": str, "source": str, "confidence": float}
_VOTE = {"annotator": str, "value": str}
_NAMED = {"name": str, "value": str}
_PARTY = {"kind": str, "ref": str, "text": str}
_LAST = {"note": str, "doubt": str, "origin": _ORIGIN, "decision": str, "votes": [_VOTE]}

ENTITY = {
    "uid": str, "type": str, "subtype": str, "start": int, "end": int, "quote": str,
    "spans": [_SPAN], "head": [_SPAN], "word_start": int, "word_end": int, "pre": str, "post": str,
    "attributes": [_NAMED], "link": str, **_LAST,
}  # fmt: skip
ARGUMENT = {
    "uid": str, "role": str, "filler": str, "start": int, "end": int, "quote": str, **_LAST,
}  # fmt: skip
EVENT = {
    "uid": str, "type": str, "start": int, "end": int, "quote": str, "spans": [_SPAN],
    "word_start": int, "word_end": int, "pre": str, "post": str, "attributes": [_NAMED],
    "arguments": [ARGUMENT], **_LAST,
}  # fmt: skip
STANCE = {
    "uid": str, "holder": _PARTY, "target": _PARTY, "value": str, "voice": str,
    "evidence": [_SPAN], "attributes": [_NAMED], **_LAST,
}  # fmt: skip
RELATION = {
    "uid": str, "type": str, "source": str, "target": str, "attributes": [_NAMED], **_LAST,
}  # fmt: skip
ANSWER = {"uid": str, "question": str, "values": [str], **_LAST}
ROW = {
    "format": str,
    "article": {
        "uid": str, "sha256": str, "title": str, "source": str, "language": str, "meta": str,
    },
    "text": str,
    "annotator": {"uid": str, "name": str, "kind": str},
    "status": str,
    "suggestions": str,
    "schema": {"name": str, "version": str, "digest": str},
    "regions": [{"start": int, "end": int, "role": str, "source": str}],
    "entities": [ENTITY],
    "events": [EVENT],
    "stances": [STANCE],
    "relations": [RELATION],
    "answers": [ANSWER],
}  # fmt: skip

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ESCAPED = "\u0085\u2028\u2029\ufeff" + BIDI
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def misfits(value: object, shape: object = ROW, where: str = "$") -> list[str]:
    """Return the places at which `value` has other keys, another order or another type."""
    if isinstance(shape, dict):
        if not isinstance(value, dict) or list(value) != list(shape):
            return [where]
        parts = [misfits(value[key], shape[key], f"{where}.{key}") for key in shape]
    elif isinstance(shape, list):
        if not isinstance(value, list):
            return [where]
        parts = [misfits(item, shape[0], f"{where}[{n}]") for n, item in enumerate(value)]
    else:
        return [] if type(value) is shape else [where]
    return [place for part in parts for place in part]


def spelled(value: object) -> str:
    """Return `value` as the format spells JSON: the least escapes, and those that it asks for."""
    if isinstance(value, dict):
        return (
            "{" + ",".join(f"{spelled(key)}:{spelled(item)}" for key, item in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ",".join(map(spelled, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(map(_spelled_character, value)) + '"'
    return json.dumps(value)


def _spelled_character(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    if character < " " or character in ESCAPED:
        return f"\\u{ord(character):04x}"
    return character


def false_quotes(row: Row) -> list[object]:
    """Return whatever in `row` has a start, an end and a quote that is not the text there."""
    text = row["text"]
    return [
        found
        for found in _maps(row)
        if {"start", "end", "quote"} <= found.keys()
        and not (
            0 <= found["start"] < found["end"] <= len(text)
            and text[found["start"] : found["end"]] == found["quote"]
        )
    ]


def false_hulls(row: Row) -> list[str]:
    """Return the labels that do not begin and end where their first and last spans do."""
    return [
        label["uid"]
        for label in row["entities"] + row["events"]
        if (label["start"], label["end"]) != (label["spans"][0]["start"], label["spans"][-1]["end"])
        or label["spans"] != sorted(label["spans"], key=lambda span: span["start"])
    ]


def false_words(row: Row) -> list[str]:
    """Return the labels whose words or attached letters are not those that the text has there."""
    text = row["text"]
    return [
        label["uid"]
        for label in row["entities"] + row["events"]
        if not (_are_words(text, label) and _are_attached(text, label))
    ]


def _are_words(text: str, label: Row) -> bool:
    """Whether the words touched have no blank inside, and a blank or the text's end outside."""
    spaces = len(label["quote"]) - len(label["quote"].lstrip()), label["quote"].rstrip()
    first, last = label["start"] + spaces[0], label["start"] + len(spaces[1])
    start, end = label["word_start"], label["word_end"]
    left, right = text[start:first], text[last:end]
    outside = text[start - 1 : start] if start else "", text[end : end + 1]
    return not any(map(str.isspace, left + right)) and all(
        not character or character.isspace() for character in outside
    )


def _are_attached(text: str, label: Row) -> bool:
    """Whether there is nothing but what goes with a word, up to where no letter follows."""
    start, end = label["start"] - len(label["pre"]), label["end"] + len(label["post"])
    is_there = text[start : label["start"]] == label["pre"]
    is_there = is_there and text[label["end"] : end] == label["post"]
    outside = text[start - 1 : start] if start > 0 else "", text[end : end + 1]
    return is_there and not any(map(str.isalpha, outside))


def _maps(value: object) -> list[Row]:
    if isinstance(value, dict):
        return [value, *(found for item in value.values() for found in _maps(item))]
    if isinstance(value, list):
        return [found for item in value for found in _maps(item)]
    return []


def disorder(rows: list[Row], roles: dict[tuple[str, str], int]) -> list[str]:
    """Return what is not in the order of INTERFACES.md; `roles` is the order of the schema."""
    kinds = ("human", "machine", "gold")
    found = []
    order = [
        (row["article"]["sha256"], kinds.index(row["annotator"]["kind"]), row["annotator"]["uid"])
        for row in rows
    ]
    if order != sorted(set(order)):
        found.append("rows")
    for row in rows:
        found += [name for name, keys in _keys(row, roles).items() if keys != sorted(keys)]
    return found


def _keys(row: Row, roles: dict[tuple[str, str], int]) -> dict[str, list[Any]]:
    def by_place(label: Row) -> Any:  # noqa: ANN401
        return label["start"], -label["end"], label["type"], label["uid"]

    def by_role(event: Row, argument: Row) -> Any:  # noqa: ANN401
        place = roles.get((event["type"], argument["role"]), len(roles))
        return place, argument["start"], argument["uid"]

    keys = {
        "entities": [by_place(label) for label in row["entities"]],
        "events": [by_place(label) for label in row["events"]],
        "stances": [
            (item["target"]["kind"], item["target"]["ref"], item["holder"]["kind"],
             item["holder"]["ref"], item["uid"])
            for item in row["stances"]
        ],
        "relations": [(item["type"], item["uid"]) for item in row["relations"]],
        "answers": [(item["question"], item["uid"]) for item in row["answers"]],
    }  # fmt: skip
    for event in row["events"]:
        known = [one for one in event["arguments"] if (event["type"], one["role"]) in roles]
        keys[f"arguments of {event['uid']}"] = [by_role(event, one) for one in known]
    return keys


_LETTERS = {"entities": "E", "events": "V", "stances": "S", "relations": "R", "answers": "Q"}


def strange_uids(row: Row) -> list[str]:
    """Return the uids that are not a kind letter, eight characters and six, or stand twice."""
    labels = [(letter, label) for kind, letter in _LETTERS.items() for label in row[kind]]
    labels += [("A", item) for event in row["events"] for item in event["arguments"]]
    uids = [label["uid"] for _, label in labels]
    return [
        label["uid"]
        for letter, label in labels
        if not re.fullmatch(letter + "[0-9a-v]{14}", label["uid"]) or uids.count(label["uid"]) > 1
    ]
