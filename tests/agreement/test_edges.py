"""Why the edges of two spans differ, in Arabic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import edges
from annotator.agreement.texts import AS_STORED, Trim
from tests.agreement.readings import Reading, batch, entities_of
from tests.strategies import texts

TEXT = "قال الرئيس بوتين بالقاهرة، أمس وللاتحاد كتابهم «محمد» ووزير الخارجية سيرغي لافروف وبِغدادَ"


def place(quote: str, text: str = TEXT) -> tuple[int, int]:
    return text.index(quote), text.index(quote) + len(quote)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("بالقاهرة", "القاهرة", "particle"),
        ("بالقاهرة", "قاهرة", "particle_and_article"),
        ("القاهرة", "قاهرة", "article"),
        ("وللاتحاد", "لاتحاد", "particle"),
        ("وللاتحاد", "اتحاد", "particle_and_article"),
        ("وبِغدادَ", "بِغدادَ", "particle"),
        ("كتابهم", "كتاب", "pronoun"),
        ("القاهرة،", "القاهرة", "punctuation"),
        ("«محمد»", "محمد", "punctuation"),
        ("الرئيس بوتين", "بوتين", "title"),
        ("وزير الخارجية سيرغي لافروف", "سيرغي لافروف", "title"),
        ("قال الرئيس", "الرئيس", "words_before"),
        ("سيرغي لافروف", "سيرغي", "words_after"),
        ("الرئيس بوتين بالقاهرة", "بوتين", "words_around"),
        ("الخارجية سيرغي", "سيرغي لافروف", "crossing"),
        ("القاهرة", "اهرة", "part_of_word"),
        ("أمس ", "أمس", "invisible"),
        ("لافروف", "لافر", "part_of_word"),
    ],
)
def test_the_reason_is_told_whoever_is_called_first(one: str, other: str, reason: str) -> None:
    found = edges.reason(TEXT, place(one), place(other))

    assert edges.REASONS[found] == reason
    assert edges.reason(TEXT, place(other), place(one)) == found


@given(st.data())
def test_any_two_overlapping_spans_have_a_reason(data: st.DataObject) -> None:
    text = data.draw(texts(min_size=2))
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    one, other = (tuple(sorted(data.draw(ends))) for _ in range(2))

    found = edges.reason(text, (one[0], one[1]), (other[0], other[1]))

    assert 0 <= found < len(edges.REASONS)
    assert found == edges.reason(text, (other[0], other[1]), (one[0], one[1]))
    assert one != other or found == edges.SAME


def disagreement(text: str, one: str, other: str, trim: Trim = AS_STORED) -> str:
    """Return the kind and the reason of the only item."""
    readings = (
        Reading(0, 1, ((*place(one, text), "PER"),)),
        Reading(0, 2, ((*place(other, text), "PER"),)),
    )
    found = entities_of(batch(readings, (text,), trim)).disagreements
    kind = next(name for name, n in found.kinds.items() if n)
    return " ".join([kind, *found.reasons])


NORMALISED, WITHOUT_SIGNS = Trim(is_on=True), Trim(is_on=True, punctuation=True)


@pytest.mark.parametrize(
    ("text", "one", "other", "trim", "told"),
    [
        ("سافر بالقاهرة", "بالقاهرة", "القاهرة", NORMALISED, "boundary particle"),
        ("جاء محمد، أمس", "محمد،", "محمد", NORMALISED, "boundary punctuation"),
        ("جاء محمد، أمس", "محمد،", "محمد", WITHOUT_SIGNS, "agree"),
        ("قرأ كتابًا أمس", "كتابً", "كتاب", NORMALISED, "agree"),
        ("قرأ كتابً أمس", "كتابً", "كتاب", AS_STORED, "boundary invisible"),
        ("جاء محمد\u200f أمس", "محمد\u200f", "محمد", NORMALISED, "agree"),
        ("جاء محمد\u200f أمس", "محمد\u200f", "محمد", AS_STORED, "boundary invisible"),
        ("جاء محمدـ أمس", "محمدـ", "محمد", NORMALISED, "agree"),
        ("جاء محمد أمس", "محمد ", "محمد", NORMALISED, "agree"),
        ("جاء محمد أمس", " محمد", "محمد", AS_STORED, "boundary invisible"),
    ],
)
def test_ends_are_normalised_only_where_asked(
    text: str, one: str, other: str, trim: Trim, told: str
) -> None:
    assert disagreement(text, one, other, trim) == told
