"""How paragraphs are set by regions: one that holds several, folds, what was unfolded."""

from pytestqt.qtbot import QtBot

from annotator.gui.canvas.dress import Dress
from annotator.gui.canvas.marks import Stretch
from annotator.gui.canvas.measures import DIMMED, EMPTY_DIMMED, HEADLINE, TEXT
from annotator.gui.canvas.paragraphs import split
from tests.gui.canvases import canvas, entity

ARTICLE = "عنوان\nقال الوزير. أخبار ذات صلة: مصر\nخبر آخر\n\nخبر ثالث\nنهاية الخبر"
GLUED = ARTICLE.index("أخبار")
THIRD, LAST = ARTICLE.index("خبر آخر"), ARTICLE.index("نهاية")


def stretch(start: int, end: int, role: str, *, is_annotatable: bool = True) -> Stretch:
    return Stretch(start, end, role, role, is_annotatable)


def related(start: int, end: int) -> Stretch:
    return stretch(start, end, "related", is_annotatable=False)


def dress(*stretches: Stretch) -> Dress:
    return Dress(split(ARTICLE), stretches)


def test_a_paragraph_that_ends_in_another_region_is_text_with_a_dimmed_part() -> None:
    made = dress(stretch(0, 6, "headline"), stretch(6, GLUED, "body"), related(GLUED, LAST))

    assert list(made.faces[:3]) == [HEADLINE, TEXT, DIMMED]
    assert made.faces[3] == EMPTY_DIMMED
    assert made.dimmed_parts == {1: [(GLUED, THIRD - 1)]}
    assert {index: one.role for index, one in made.roles.items()} == {
        0: "headline",
        1: "body",
        2: "related",
    }
    assert [fold[:3] for fold in made.folds] == [(2, 5, 2)]


def test_a_paragraph_that_begins_dimmed_and_goes_on_as_text_is_not_folded_away() -> None:
    middle = THIRD + 4
    made = dress(related(0, middle), stretch(middle, len(ARTICLE), "body"))

    assert made.faces[2] == TEXT
    assert made.dimmed_parts == {2: [(THIRD, middle)]}
    assert [fold[:3] for fold in made.folds] == [(0, 2, 2)]


def test_several_regions_in_one_paragraph_of_which_none_is_labelled_are_dimmed_as_one() -> None:
    made = dress(related(0, GLUED), stretch(GLUED, len(ARTICLE), "nav", is_annotatable=False))

    assert set(made.faces) == {DIMMED, EMPTY_DIMMED}
    assert made.dimmed_parts == {}


def test_other_regions_leave_marks_caret_and_what_was_unfolded(qtbot: QtBot) -> None:
    mark = entity(ARTICLE, "الوزير")
    body = stretch(0, THIRD, "body")
    made = canvas(qtbot, ARTICLE, [mark], stretches=[body, related(THIRD, LAST)])
    made.select(2, 4)
    layout = made._page.layout  # noqa: SLF001
    assert len(list(layout.folds)) == 1

    made.dress([body, related(THIRD, len(ARTICLE))])
    assert [fold[:2] for fold in layout.folds] == [(2, 6)]
    made.scroll_to(LAST, LAST)
    assert not list(layout.folds)
    made.dress([stretch(0, 6, "headline"), stretch(6, THIRD, "body"), related(THIRD, len(ARTICLE))])

    assert not list(layout.folds), "what was unfolded stays so"
    assert made.marks_at(ARTICLE.index("الوزير")) == [mark.uid]
    assert made.selection() == (2, 4)
    assert layout.face_of(0) is layout.measures.faces[HEADLINE]


def test_the_caret_line_may_be_folded_away_and_is_shown_when_it_is_gone_to(qtbot: QtBot) -> None:
    made = canvas(qtbot, ARTICLE)
    made.place_caret(LAST)

    made.dress([stretch(0, THIRD, "body"), related(THIRD, len(ARTICLE))])

    assert made.caret() == LAST
    made.scroll_to(LAST, LAST)
    assert made.viewport().rect().intersects(made.box_of(LAST, LAST + 3))
