"""Canonical JSON: the bytes that anybody's standard library would hash."""

import hashlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotator.core import canonical
from tests.core.labels import SOME
from tests.strategies import texts

_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), texts(max_size=12)),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(texts(max_size=6), inner, max_size=5)
    ),
    max_leaves=10,
)


@SOME
@given(value=_VALUES)
def test_canonical_json_is_what_the_standard_library_writes(value: object) -> None:
    told = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical.encoded(value) == told.encode()


@SOME
@given(value=st.dictionaries(texts(max_size=6), _VALUES, max_size=5))
def test_the_order_in_which_keys_were_given_makes_no_difference(value: dict[str, Any]) -> None:
    turned = dict(reversed(value.items()))
    assert canonical.digest(turned) == canonical.digest(value)


@SOME
@given(value=_VALUES)
def test_the_digest_is_the_sha_256_of_the_bytes(value: object) -> None:
    assert canonical.digest(value) == hashlib.sha256(canonical.encoded(value)).hexdigest()


@SOME
@given(value=_VALUES)
def test_canonical_json_reads_back_as_what_was_written(value: object) -> None:
    assert json.loads(canonical.encoded(value)) == value


@given(text=texts())
def test_the_identity_of_a_text_is_the_sha_256_of_its_utf_8(text: str) -> None:
    assert canonical.text_digest(text) == hashlib.sha256(text.encode("utf-8")).hexdigest()
