"""What a key is aimed at, and where edges go."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.arabic.clitics import cuts_behind, cuts_in_front
from annotator.core.model import Entity, Event, Label, extent_at
from annotator.gui.models import aiming, edges
from annotator.gui.models.aiming import Where, aim

TEXT = "التقى وويتكوف الرئيس فلاديمير بوتين."


def entity(quote: str, uid: str = "E1", type_name: str = "PERS") -> Entity:
    start = TEXT.index(quote)
    return Entity(uid, extent_at(TEXT, [(start, start + len(quote))]), type_name)


def quote_of(found: aiming.Aim) -> str:
    return found.extent[0].quote if found.extent else ""


def test_a_selection_is_meant_without_the_blanks_at_its_ends() -> None:
    found = aim(TEXT, [], Where((13, 21), 0), Entity)

    assert quote_of(found) == "الرئيس"


def test_without_a_selection_the_word_at_the_caret_is_meant() -> None:
    assert quote_of(aim(TEXT, [], Where(None, 8), Entity)) == "وويتكوف"
    assert quote_of(aim(TEXT, [], Where(None, len(TEXT)), Entity)) == ""


def test_a_label_of_the_same_place_is_met_and_not_labelled_again() -> None:
    there = entity("بوتين")
    place = there.extent[0][:2]

    assert aim(TEXT, [there], Where(place, 0), Entity).label == there
    assert aim(TEXT, [there], Where(place, 0), Event).label is None
    assert aim(TEXT, [there], Where(place, 0), Entity, inside=True).label is None


def test_the_innermost_label_at_the_caret_is_met_first_and_what_is_in_hand_before_it() -> None:
    inner, outer = entity("بوتين"), entity("الرئيس فلاديمير بوتين", "E2", "OCC")
    caret = TEXT.index("بوتين") + 2

    assert aim(TEXT, [outer, inner], Where(None, caret), Entity).label == inner
    assert aim(TEXT, [outer, inner], Where(None, caret, "E2"), Entity).label == outer
    found = aim(TEXT, [outer, inner], Where(None, caret, "E2"), Entity, inside=True)
    assert (found.label, quote_of(found)) == (None, "بوتين")


def test_one_goes_outward_and_inward_one_label_at_a_time() -> None:
    inner, middle = entity("بوتين"), entity("فلاديمير بوتين", "E2")
    outer = entity("الرئيس فلاديمير بوتين", "E3")
    labels: list[Label] = [middle, outer, inner]

    assert aiming.outward(labels, inner) == middle
    assert aiming.outward(labels, middle) == outer
    assert aiming.outward(labels, outer) is None
    assert aiming.inward(labels, outer) == middle
    assert aiming.inward(labels, inner) is None


def test_an_edge_goes_through_the_cuts_of_its_word_and_round() -> None:
    start, end = TEXT.index("وويتكوف"), TEXT.index("وويتكوف") + 7
    places = []
    for _ in range(3):
        start, end = edges.cut_at(TEXT, start, end, at_start=True)
        places.append(TEXT[start:end])

    assert places == ["ويتكوف", "وويتكوف", "ويتكوف"]


@given(st.text(alphabet="وفبكلسالهمنيةَُ", min_size=1, max_size=12))
def test_cuts_lie_in_the_word_in_order_and_begin_with_the_whole(word: str) -> None:
    front, behind = cuts_in_front(word), cuts_behind(word)

    assert (front[0], behind[0]) == (0, len(word))
    assert front == sorted(set(front))
    assert behind[1:] == sorted(set(behind[1:]))
    assert all(0 <= cut < len(word) for cut in front)


def test_edges_grow_by_words_within_their_paragraph() -> None:
    text = "قال بوتين\nأمس"
    start, end = edges.grown_at(text, 4, 9, at_start=True)

    assert text[start:end] == "قال بوتين"
    assert edges.grown_at(text, start, end, at_start=False) == (start, end)


def test_an_edge_moves_by_whole_graphemes() -> None:
    text = "مُحَمَّد"

    assert edges.moved_by_letter(text, 0, 1) == 2
    assert edges.moved_by_letter(text, len(text), 1) == len(text)
    assert edges.moved_by_letter(text, 2, -1) == 0
