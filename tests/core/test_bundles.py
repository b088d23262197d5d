"""Articles of a bundle: what is spelled as ours is taken at once, all else is looked at closely."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import bundles
from annotator.core.bundles import ArticleRecord
from annotator.core.canonical import text_digest
from annotator.core.errors import UserError
from tests.strategies import texts

_RECORDS = st.builds(
    lambda text, title, meta: ArticleRecord(text_digest(text), title, meta=meta, text=text),
    texts(),
    texts(),
    st.sampled_from(("{}", '{"date":"2026"}', '{"\\u0000":1}')),
)


@given(_RECORDS)
def test_an_article_is_read_as_it_was_written_however_it_is_spelled(record: ArticleRecord) -> None:
    line = bundles.encoded(record)
    turned = dict(reversed(json.loads(line).items()))

    assert bundles.article_from(line) == record
    assert bundles.article_from(json.dumps(turned).encode()) == record


def test_a_key_that_stands_twice_nul_and_another_text_are_refused() -> None:
    line = bundles.encoded(ArticleRecord(text_digest("نص"), "خبر", text="نص"))
    for other, code in (
        (line.replace(b'{"', b'{"text":"", "', 1), "duplicate_key"),
        (line.replace('"نص"'.encode(), b'"\\u0000"'), "not_text"),
        (line.replace("نص".encode(), "نصّ".encode()), "text_differs"),
        (line.replace(b'"text"', b'"texts"'), "unknown_key"),
        (line[:-1], "not_json"),
    ):
        with pytest.raises(UserError) as raised:
            bundles.article_from(other)
        assert raised.value.code == code
