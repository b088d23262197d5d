"""JSON from elsewhere into typed values, with what is wrong named by its place.

msgspec knows the types; repeated keys, which every fast parser takes silently, and NUL characters,
which SQLite cuts strings at, are looked for here.
"""

import json
import re
from typing import Any, TypeVar

import msgspec
import orjson

from annotator.core.errors import UserError

T = TypeVar("T")
DEEPEST = 16
_FEW = 32
_SPACED_KEY = re.compile(rb'"\s+:')
_UNKNOWN = re.compile(r"Object contains unknown field `(.*?)`(?: - at `\$\.?(.*)`)?$")
_MISSING = re.compile(r"Object missing required field `(.*?)`(?: - at `\$\.?(.*)`)?$")
_EXPECTED = re.compile(r"Expected `(.*?)`(?: of .*)?, got `(.*?)`(?: - at `\$\.?(.*)`)?$")
_RANGE = re.compile(r"Expected `\w+` [<>]=? [\d.]+(?: - at `\$\.?(.*)`)?$")
_INVALID = re.compile(r"Invalid (?:enum )?value '?(.*?)'?(?: - at `\$\.?(.*)`)?$")
_WHERE = re.compile(r" - at `\$\.?(.*)`$")


def checked(line: bytes, decoder: "msgspec.json.Decoder[T]") -> T:
    """Return `line` as the decoder's type, without a key that stands twice and without NUL.

    Raise what `check_keys` and `decoded` raise; what is no JSON at all is told first.
    """
    if b"\\u0000" in line or not (_has_few_keys(line) or _is_canonical(line)):
        check_keys(line)
    try:
        return decoded(line, decoder)
    except UserError:
        check_keys(line)
        raise


def _has_few_keys(line: bytes) -> bool:
    """Whether no key can stand twice anywhere in the line: what ends like one is seen once.

    So it is in rows that are a text and little else; a third of the time of parsing them again. A
    key ends in `":`; of one with a quote in it the rest after that is compared, and a text that
    has such signs only makes the line fall through.
    """
    if line.count(b'":') > _FEW or _SPACED_KEY.search(line):
        return False
    names = [part.rpartition(b'"')[2] for part in line.split(b'":')[:-1]]
    return len(set(names)) == len(names) and b"\\" not in b"".join(names)


def _is_canonical(line: bytes) -> bool:
    """Whether the line is spelled as a writer would: then no key in it can stand twice.

    Costs a tenth of looking at every pair of keys; escapes of ours make a line fall through.
    """
    try:
        return b"\\u" not in line and orjson.dumps(orjson.loads(line)) == line.rstrip(b"\n")
    except orjson.JSONDecodeError:
        return False


def decoded(line: bytes, decoder: "msgspec.json.Decoder[T]") -> T:
    """Return `line` as the decoder's type.

    Raise `UserError` with one of `not_json`, `wrong_type`, `missing_key`, `unknown_key`.
    """
    try:
        return decoder.decode(line)
    except msgspec.ValidationError as error:
        raise _named(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError("not_json", why=_why(error)) from error


def _why(error: Exception) -> str:
    """Return a word of ours for what a parser says; a sentence goes with each."""
    if isinstance(error, UnicodeDecodeError):
        return "not_utf8"
    if isinstance(error, RecursionError):
        return "too_deep"
    told = str(error)
    is_cut = "truncated" in told or "Unterminated" in told or "surrogate" in told
    return "cut_off" if is_cut else "other"


def _named(message: str) -> UserError:
    if found := _UNKNOWN.match(message):
        return UserError("unknown_key", key=found[1], where=found[2] or "")
    if found := _MISSING.match(message):
        return UserError("missing_key", key=found[1], where=found[2] or "")
    if found := _EXPECTED.match(message):
        return UserError("wrong_type", expected=found[1], found=found[2], where=found[3] or "")
    if found := _RANGE.match(message):
        return UserError("wrong_type", why="range", where=found[1] or "")
    if found := _INVALID.match(message):
        return UserError("wrong_type", why="few", detail=found[1], where=found[2] or "")
    place = _WHERE.search(message)
    told = message[: place.start()] if place else message
    return UserError("wrong_type", expected=told, found="", where=place[1] if place else "")


def check_keys(line: bytes) -> None:
    """Refuse a line in which an object has a key twice, or a string holds NUL."""
    if line.count(b"[") + line.count(b"{") > DEEPEST:
        _check_depth(line)
    try:
        found = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise UserError("not_json", why=_why(error)) from error
    if b"\\u0000" in line and _has_nul(found):
        raise UserError("not_text", why="nul")


def _check_depth(line: bytes) -> None:
    """Count nesting before parsing: json recurses, and a hostile line can make it fall over."""
    depth = 0
    for found in re.finditer(rb'"(?:[^"\\]|\\.)*+"?+|[\[{]|[\]}]', line):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(found[0], 0)
        if depth > DEEPEST:
            raise UserError("not_json", why="too_deep")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise UserError("duplicate_key", key=key)
            seen.add(key)
    return found


def _has_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_has_nul(key) or _has_nul(item) for key, item in value.items())
    return isinstance(value, list) and any(_has_nul(item) for item in value)
