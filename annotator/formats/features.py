"""The column types of `hashiya/1` for loaders, written beside every export.

A list that is empty in the first ten megabytes would else be taken for a list of nothing. The form
is what `datasets.Features.from_dict` reads.
"""

from typing import Any

import orjson

Shape = Any

_SPAN = {"start": int, "end": int, "quote": str}
_VOTE = {"annotator": str, "value": str}
_PAIR = {"name": str, "value": str}
_ORIGIN = {"by": str, "source": str, "confidence": float}
_COMMON = {"note": str, "doubt": str, "origin": _ORIGIN, "decision": str, "votes": [_VOTE]}
_WORDS = {"word_start": int, "word_end": int, "pre": str, "post": str}
_PLACE = {"start": int, "end": int, "quote": str, "spans": [_SPAN]}
_PARTY = {"kind": str, "ref": str, "text": str}
_ARGUMENT = {"uid": str, "role": str, "filler": str, **_SPAN, **_COMMON}

ROW: Shape = {
    "format": str,
    "article": {
        "uid": str,
        "sha256": str,
        "title": str,
        "source": str,
        "language": str,
        "meta": str,
    },
    "text": str,
    "annotator": {"uid": str, "name": str, "kind": str},
    "status": str,
    "suggestions": str,
    "schema": {"name": str, "version": str, "digest": str},
    "regions": [{"start": int, "end": int, "role": str, "source": str}],
    "entities": [
        {
            "uid": str,
            "type": str,
            "subtype": str,
            **_PLACE,
            "head": [_SPAN],
            **_WORDS,
            "attributes": [_PAIR],
            "link": str,
            **_COMMON,
        }
    ],
    "events": [
        {
            "uid": str,
            "type": str,
            **_PLACE,
            **_WORDS,
            "attributes": [_PAIR],
            "arguments": [_ARGUMENT],
            **_COMMON,
        }
    ],
    "stances": [
        {
            "uid": str,
            "holder": _PARTY,
            "target": _PARTY,
            "value": str,
            "voice": str,
            "evidence": [_SPAN],
            "attributes": [_PAIR],
            **_COMMON,
        }
    ],
    "relations": [
        {
            "uid": str,
            "type": str,
            "source": str,
            "target": str,
            "attributes": [_PAIR],
            **_COMMON,
        }
    ],
    "answers": [{"uid": str, "question": str, "values": [str], **_COMMON}],
}
_DTYPE = {str: "string", int: "int64", float: "float64"}


def features() -> bytes:
    """Return the features file: JSON, the same for every export."""
    told = {name: _feature(shape) for name, shape in ROW.items()}
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _feature(shape: Shape) -> Shape:
    if isinstance(shape, dict):
        return {name: _feature(inner) for name, inner in shape.items()}
    if isinstance(shape, list):
        return [_feature(shape[0])]
    return {"dtype": _DTYPE[shape], "_type": "Value"}
