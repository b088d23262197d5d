"""JSON from elsewhere: what is wrong is named, and nothing that is wrong gets through."""

import contextlib
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import strictjson
from annotator.core.errors import UserError
from tests.core.labels import SOME


class _Thing(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    n: int = 0
    parts: list["_Thing"] = []


DECODER: "msgspec.json.Decoder[_Thing]" = msgspec.json.Decoder(_Thing)


def read(line: bytes) -> _Thing:
    strictjson.check_keys(line)
    return strictjson.decoded(line, DECODER)


def refusal(line: bytes) -> UserError:
    with pytest.raises(UserError) as trouble:
        read(line)
    return trouble.value


@pytest.mark.parametrize(
    ("line", "code", "data"),
    [
        (b"", "not_json", {}),
        (b"nothing", "not_json", {}),
        (b'{"name":"a"', "not_json", {}),
        (b'{"name":"a"} {"name":"b"}', "not_json", {}),
        (b"\xff\xfe{}", "not_json", {}),
        (b'{"name":"\xff"}', "not_json", {}),
        (b'{"name":"a\x00"}', "not_json", {}),
        (b'{"name":"a\nb"}', "not_json", {}),
        (b'{"name":"a","n":NaN}', "not_json", {}),
        (b'{"name":"a","n":Infinity}', "not_json", {}),
        (b'{"name":"a","n":1e400}', "wrong_type", {}),
        (b'{"name":"a","n":' + b"9" * 5000 + b"}", "not_json", {}),
        (b'{"name":"\\ud800"}', "not_json", {}),
        (b'{"name":"\\udc00\\ud800"}', "not_json", {}),
        (b"[" * 100_000, "not_json", {"why": "too_deep"}),
        (b'{"name":"a","parts":' + b"[" * 40 + b"]" * 40 + b"}", "not_json", {}),
        (b"{}", "missing_key", {"key": "name", "where": ""}),
        (b'{"name":"a","parts":[{}]}', "missing_key", {"key": "name", "where": "parts[0]"}),
        (b'{"name":"a","m":1}', "unknown_key", {"key": "m", "where": ""}),
        (b'{"name":"a","parts":[{"name":"b","m":1}]}', "unknown_key", {"key": "m"}),
        (b'{"name":5}', "wrong_type", {"expected": "str", "found": "int", "where": "name"}),
        (b'{"name":null}', "wrong_type", {"expected": "str", "found": "null", "where": "name"}),
        (b'{"name":"a","n":"1"}', "wrong_type", {"expected": "int", "found": "str", "where": "n"}),
        (b'{"name":"a","n":true}', "wrong_type", {"expected": "int", "found": "bool"}),
        (b'{"name":"a","n":0.5}', "wrong_type", {"expected": "int", "found": "float"}),
        (b"[]", "wrong_type", {"expected": "object", "found": "array", "where": ""}),
        (b'"a"', "wrong_type", {"expected": "object", "found": "str", "where": ""}),
        (b"null", "wrong_type", {"expected": "object", "found": "null", "where": ""}),
        (b'{"name":"a","name":"a"}', "duplicate_key", {"key": "name"}),
        (b'{"name":"a","n\\u0061me":"b"}', "duplicate_key", {"key": "name"}),
        (b'{"name":"a","parts":[{"name":"b","n":1,"n":1}]}', "duplicate_key", {"key": "n"}),
        (b'{"name":"a\\u0000"}', "not_text", {"why": "nul"}),
        (b'{"name":"a","parts":[{"name":"\\u0000"}]}', "not_text", {"why": "nul"}),
        (b'{"name":"a","\\u0000":1}', "not_text", {"why": "nul"}),
    ],
)
def test_what_is_wrong_is_refused_by_its_code_and_its_place(
    line: bytes, code: str, data: dict[str, str]
) -> None:
    trouble = refusal(line)
    assert trouble.code == code
    assert {name: trouble.data.get(name) for name in data} == data


@pytest.mark.parametrize(
    "text", ["\\u0000", "{{{{{[[[[[" * 9, 'a"b', "\u202e", "😀", "\x7f", "\u2028", "[]" * 40]
)
def test_a_string_that_only_looks_wrong_is_taken(text: str) -> None:
    line = json.dumps({"name": text}).encode()
    assert read(line).name == text


@SOME
@given(text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_text_without_nul_and_halves_of_characters_comes_through(text: str) -> None:
    for is_ascii in (True, False):
        line = json.dumps({"name": text}, ensure_ascii=is_ascii).encode()
        assert read(line).name == text


@SOME
@given(line=st.binary(max_size=80))
def test_any_bytes_are_taken_or_refused_and_never_fall_over(line: bytes) -> None:
    with contextlib.suppress(UserError):
        assert isinstance(read(line), _Thing)


@SOME
@given(
    text=st.text(),
    number=st.integers(-(2**80), 2**80),
    key=st.sampled_from(["name", "n", "parts", "x"]),
)
def test_any_value_anywhere_is_taken_or_refused(text: str, number: int, key: str) -> None:
    for value in (text, number, [text], {"name": text}):
        line = json.dumps({"name": "a", key: value}).encode()
        try:
            found = read(line)
        except UserError:
            continue
        assert getattr(found, key) == (value if key != "parts" else found.parts)
