"""What the mouse does, over a surface of one row in which every character is ten pixels wide."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from annotator.arabic.graphemes import graphemes, is_boundary
from annotator.gui.canvas.pointer import (
    Clicked,
    EndMoved,
    Hit,
    Keys,
    Placed,
    Pointer,
    Selected,
    scroll_step,
)
from tests.gui.pointing import (
    ALT,
    PLAIN,
    SHIFT,
    TEXT,
    Row,
    at,
    before,
    drag,
    inside,
    place,
    pointer,
    selected,
)
from tests.strategies import texts


@pytest.mark.parametrize(
    "letters", ["وويتكوف", "ويتكوف", "يت", "لا", "ا", "«", "«لا»", "CBS", "BS N", "5%"]
)
def test_with_alt_a_drag_selects_exactly_its_letters_in_either_direction(letters: str) -> None:
    start, end = place(letters)

    assert drag(pointer(), [inside(start), before(end)], ALT) == letters
    assert drag(pointer(), [before(end), inside(start)], ALT) == letters


@pytest.mark.parametrize(
    ("letters", "whole"),
    [
        ("يت", "وويتكوف"),
        ("ل وو", "قال وويتكوف"),
        ("BS Ne", "CBS News"),
        ("«ل", "«لا"),
        ("لا»", "لا»"),
        ("5%", "25%"),
        ("%", "%"),
        ("ف، «ل", "وويتكوف، «لا"),
        ("%\nع", "%\nعاجل"),
    ],
)
def test_without_alt_a_drag_takes_the_words_it_touches_whole(letters: str, whole: str) -> None:
    start, end = place(letters)

    assert drag(pointer(), [inside(start), before(end)]) == whole
    assert drag(pointer(), [before(end), inside(start)]) == whole


def test_a_word_is_taken_as_soon_as_the_pointer_is_on_it() -> None:
    mouse, (start, end) = pointer(), place("قال")
    mouse.press(inside(start), PLAIN)

    assert selected(mouse.move(before(end), PLAIN)) == "قال"
    assert mouse.move(at(end + 0.9), PLAIN) == []
    assert selected(mouse.move(inside(end + 1), PLAIN)) == "قال وويتكوف"
    assert selected(mouse.move(inside(start + 1), PLAIN)) == "قال"


def test_a_drag_that_begins_on_the_blank_before_a_word_selects_the_word() -> None:
    start, end = place("وويتكوف")

    assert drag(pointer(), [inside(start - 1), before(end)]) == "وويتكوف"
    assert drag(pointer(), [inside(start), before(end + 1), inside(end + 1)]) == "وويتكوف،"


def test_a_drag_from_the_margin_selects_from_the_edge() -> None:
    assert drag(pointer(), [at(-3), before(2)]) == "قال"
    assert drag(pointer(), [at(len(TEXT) + 9), inside(len(TEXT) - 1)]) == "عاجل"


def test_a_drag_that_began_with_alt_goes_by_letters_to_its_end() -> None:
    mouse, (start, end) = pointer(), place("ويتكوف")
    mouse.press(inside(start), ALT)

    assert selected(mouse.move(before(end), PLAIN)) == "ويتكوف"
    assert selected(mouse.move(before(end - 2), PLAIN)) == "ويتك"


def test_alt_in_the_middle_of_a_drag_goes_by_letters_while_it_is_held() -> None:
    mouse, (start, end) = pointer(), place("يتك")
    mouse.press(inside(start), PLAIN)

    assert selected(mouse.move(before(end), PLAIN)) == "وويتكوف"
    assert selected(mouse.move(before(end), ALT)) == "يتك"
    assert selected(mouse.move(before(end), PLAIN)) == "وويتكوف"


def test_the_caret_is_at_the_end_that_moves() -> None:
    mouse, (start, end) = pointer(), place("وويتكوف")
    mouse.press(inside(start + 2), ALT)

    assert mouse.move(before(end), ALT) == [Selected(start + 2, end)]
    assert mouse.move(inside(start), ALT) == [Selected(start, start + 2, is_caret_at_start=True)]


def test_a_click_places_the_caret_and_says_so_when_it_is_let_go() -> None:
    mouse, (start, _) = pointer(), place("لا")

    assert mouse.press(before(start + 1), PLAIN) == [Placed(start + 1, of_previous=True)]
    assert mouse.release(before(start + 1), PLAIN) == [Clicked("", start)]


def test_a_hand_that_trembles_clicks() -> None:
    mouse = pointer()
    mouse.press(at(5.45), PLAIN)

    assert mouse.move(at(5.45) + QPointF(1, 1), PLAIN) == []
    assert mouse.release(at(5.6), PLAIN) == [Clicked("", 5)]


def test_a_click_on_a_mark_or_its_chip_names_it() -> None:
    mouse = Pointer(Row(TEXT, {"e1": place("وويتكوف")}), TEXT)
    start, _ = place("وويتكوف")
    mouse.press(inside(start), PLAIN)
    assert mouse.release(inside(start), PLAIN) == [Clicked("e1", start)]

    assert mouse.press(at(2, -60), PLAIN) == []
    assert mouse.move(at(9, 5), PLAIN) == []
    assert mouse.release(at(9, 5), PLAIN) == [Clicked("e1", 0)]


def test_a_drag_over_a_mark_selects_text() -> None:
    start, end = place("وويتكوف")
    mouse = Pointer(Row(TEXT, {"e1": (start, end)}), TEXT)

    assert drag(mouse, [inside(start + 1), before(end)], ALT) == "ويتكوف"


@pytest.mark.parametrize(
    ("letter", "token"),
    [("يت", "وويتكوف"), ("«", "«"), ("BS", "CBS"), ("%", "%"), ("5", "25"), ("،", "،")],
)
def test_a_double_click_selects_the_word_with_its_clitics(letter: str, token: str) -> None:
    mouse, (start, _) = pointer(), place(letter)
    mouse.press(inside(start), PLAIN)
    mouse.release(inside(start), PLAIN)

    assert selected(mouse.press_again(inside(start), PLAIN)) == token
    assert mouse.release(inside(start), PLAIN) == []


def test_a_double_click_on_a_blank_is_a_click() -> None:
    mouse, (start, _) = pointer(), place(" «")

    assert mouse.press_again(inside(start), PLAIN) == [Placed(start)]
    assert mouse.release(inside(start), PLAIN) == [Clicked("", start)]


def test_a_drag_after_a_double_click_goes_on_by_words_and_keeps_the_first() -> None:
    mouse, (start, _), (other, _) = pointer(), place("وويتكوف"), place("CBS")
    mouse.press_again(inside(start + 3), PLAIN)

    assert selected(mouse.move(inside(other), PLAIN)) == "وويتكوف، «لا» CBS"
    assert selected(mouse.move(inside(1), PLAIN)) == "قال وويتكوف"
    assert selected(mouse.move(inside(start), PLAIN)) == "وويتكوف"


def test_a_triple_click_selects_the_paragraph_and_a_drag_goes_on_by_paragraphs() -> None:
    mouse = pointer()
    first, second = TEXT.split("\n")

    assert selected(mouse.press_third(inside(9))) == first
    assert selected(mouse.move(before(len(TEXT)), PLAIN)) == TEXT
    assert selected(mouse.press_third(before(len(TEXT)))) == second


def test_shift_extends_what_was_begun_to_whole_words_and_with_alt_to_letters() -> None:
    mouse, (start, end), (other, after) = pointer(), place("ويتكوف"), place("News")

    assert selected(mouse.press(inside(other + 1), SHIFT, (start, start))) == TEXT[start:after]
    keys = Keys(has_shift=True, has_alt=True)
    assert selected(mouse.press(before(end), keys, (start, start))) == "ويتكوف"
    assert selected(mouse.press(inside(0), SHIFT, (start, end))) == TEXT[0:end]
    assert mouse.release(inside(0), SHIFT) == []


def test_shift_keeps_a_blank_at_the_end_that_stays() -> None:
    mouse, (start, end) = pointer(), place("وويتكوف")

    assert selected(mouse.press(before(end), SHIFT, (start - 1, start - 1))) == " وويتكوف"


def test_an_end_that_is_dragged_snaps_to_words_or_with_alt_to_letters() -> None:
    (start, end), (other, after) = place("وويتكوف"), place("News")
    row = Row(TEXT, {"e1": (start, end)})
    row.hold("e1")
    mouse = Pointer(row, TEXT)

    assert mouse.press(at(end, -3), PLAIN) == []
    assert mouse.move(inside(other), PLAIN) == [EndMoved("e1", start, after)]
    assert mouse.move(inside(other), ALT) == [EndMoved("e1", start, other)]
    last = EndMoved("e1", start, start + 1, is_final=True)
    assert mouse.release(inside(start + 1), ALT) == [last]


def test_a_start_that_is_dragged_moves_and_never_passes_the_end() -> None:
    (start, end) = place("وويتكوف")
    row = Row(TEXT, {"e1": (start, end)})
    row.hold("e1")
    mouse = Pointer(row, TEXT)

    mouse.press(at(start, -3), ALT)
    assert mouse.move(inside(start + 1), ALT) == [EndMoved("e1", start + 1, end)]
    assert mouse.move(inside(end + 4), ALT) == []
    assert mouse.release(inside(end + 4), ALT) == [EndMoved("e1", start + 1, end, is_final=True)]


def test_a_handle_that_is_only_clicked_moves_nothing() -> None:
    start, end = place("وويتكوف")
    row = Row(TEXT, {"e1": (start + 1, end)})
    row.hold("e1")
    mouse = Pointer(row, TEXT)

    assert mouse.press(at(start + 1, -3), PLAIN) == []
    assert mouse.release(at(start + 1, -2), PLAIN) == []


def test_a_drag_that_is_cancelled_does_nothing_more() -> None:
    mouse = pointer()
    mouse.press(inside(0), PLAIN)
    mouse.move(inside(6), PLAIN)
    mouse.cancel()

    assert not mouse.is_dragging
    assert mouse.move(inside(9), PLAIN) + mouse.release(inside(9), PLAIN) == []


def test_a_hit_on_a_part_of_a_grapheme_is_one_on_all_of_it() -> None:
    text = "حَمَد"

    class Parts(Row):
        def hit(self, point: QPointF) -> Hit:
            return Hit(3, 2, 3, of_previous=True)

    mouse = Pointer(Parts(text), text)

    assert mouse.press(at(2.9), PLAIN) == [Placed(4, of_previous=True)]
    assert mouse.press_again(at(2.9), PLAIN) == [Selected(0, 5)]


def test_outside_of_the_view_one_scrolls_the_faster_the_further() -> None:
    steps = [scroll_step(y, 100) for y in (-1000, -40, -10, 0, 50, 100, 110, 140, 1000)]

    assert steps == [-60, -20, -5, 0, 0, 0, 5, 20, 60]


@given(
    texts(1, 30).flatmap(
        lambda t: st.tuples(
            st.just(t),
            st.lists(st.floats(-2, len(t) + 2), min_size=2, max_size=6),
            st.lists(st.booleans(), min_size=6, max_size=6),
        )
    )
)
@settings(deadline=None)
def test_no_drag_ever_splits_a_grapheme_or_lies_outside_of_the_text(
    case: tuple[str, list[float], list[bool]],
) -> None:
    text, places, alts = case
    mouse = Pointer(Row(text), text)
    deeds = mouse.press(at(places[0]), Keys(has_alt=alts[0]))
    for spot, alt in zip(places[1:], alts[1:], strict=False):
        deeds += mouse.move(at(spot), Keys(has_alt=alt))
    deeds += mouse.release(at(places[-1]), Keys(has_alt=alts[-1]))

    for deed in deeds:
        if isinstance(deed, Selected):
            assert 0 <= deed.start < deed.end <= len(text)
            assert is_boundary(text, deed.start)
            assert is_boundary(text, deed.end)


@given(texts(1, 30), st.data())
@settings(deadline=None)
def test_with_alt_any_grapheme_can_be_selected_alone(text: str, data: st.DataObject) -> None:
    start, end = data.draw(st.sampled_from(list(graphemes(text))))
    mouse = Pointer(Row(text), text)
    deeds = mouse.press(inside(start), ALT) + mouse.release(before(end), ALT)

    assert Selected(start, end) in deeds
