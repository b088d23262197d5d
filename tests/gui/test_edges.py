"""Edges between the parts of an article: taken hold of in the margin, moved, let go, taken back."""

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core import places
from annotator.core.model import Region
from annotator.gui.canvas import edges
from annotator.gui.canvas.view import Canvas
from annotator.gui.models.roles import role_name
from annotator.gui.panels.roleahead import RoleAhead
from annotator.gui.program import Program
from annotator.services import assigning, handing_out, projectwide
from annotator.services.assigning import Wish
from annotator.store.project import Project
from tests import projects
from tests.gui.onpage import page_of, session_of
from tests.gui.typed import type_text

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_ALT = Qt.KeyboardModifier.AltModifier
_ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_LONG = "وأضاف بوتين أن الاجتماع القادم سيعقد في القاهرة قبل نهاية الشهر. " * 12
TEXT = "\n".join(
    [
        "قمة في القاهرة",
        "قال الرئيس بوتين إن لقاءه مع ترامب كان مفيدًا. أخبار ذات صلة: مصر",
        _LONG.strip(),
        "",
        "وختم كِتابٌ صغير 😀 بكلمة BBC News من لندن",
        "تابعونا على كل المنصات",
        "المغرب يفوز",
    ]
)
LINES = [0, *(n + 1 for n, sign in enumerate(TEXT) if sign == "\n"), len(TEXT)]
SHA = projects.sha_of(TEXT)
GIVEN = [
    Region(0, LINES[1], "headline"),
    Region(LINES[1], LINES[5], "body"),
    Region(LINES[5], len(TEXT), "noise"),
]


@pytest.fixture
def opened(program: Program, tmp_path: Path) -> Program:
    """Return the program with one article of three parts in view."""
    path = projects.made(tmp_path, texts=(TEXT,))
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
        projectwide.set_regions(project, SHA, GIVEN)
    assert program.open_project(path, who)
    page_of(program).show_article(SHA)
    program.window.activateWindow()
    QApplication.processEvents()
    return program


@pytest.fixture(autouse=True)
def _no_popup_stays() -> Iterator[None]:
    yield
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def roles(program: Program) -> list[tuple[int, int, str]]:
    """Return the regions that are in the file."""
    session_of(program).flush()
    return [one[:3] for one in session_of(program).project.regions(SHA)]


def margin(canvas: Canvas, y: float) -> QPoint:
    """Return a point in the margin."""
    return QPoint(canvas._page.column.line + 20, round(y))  # noqa: SLF001


def at_edge(canvas: Canvas, offset: int) -> QPoint:
    """Return the point in the margin at which an edge is taken hold of."""
    return margin(canvas, edges.y_of(canvas._page, offset))  # noqa: SLF001


def move(canvas: Canvas, point: QPoint) -> None:
    QTest.mouseMove(canvas.viewport(), point)
    QApplication.processEvents()


def press(canvas: Canvas, point: QPoint) -> None:
    move(canvas, point)
    QTest.mousePress(canvas.viewport(), _LEFT, pos=point)


def drag(canvas: Canvas, start: QPoint, end: QPoint, held: Qt.KeyboardModifier = _NONE) -> None:
    """Drag from one point to another, as a hand does, and let go there."""
    press(canvas, start)
    for point in ((start + end) / 2, end):
        QTest.mouseMove(canvas.viewport(), point)
    QTest.mouseRelease(canvas.viewport(), _LEFT, held, end)
    QApplication.processEvents()


def shape(canvas: Canvas) -> Qt.CursorShape:
    return canvas.viewport().cursor().shape()


# --- seen and taken hold of -----------------------------------------------------------------------


def test_the_pointer_changes_over_an_edge_in_the_margin_and_nowhere_else(opened: Program) -> None:
    canvas = page_of(opened).canvas
    there = at_edge(canvas, LINES[1])

    move(canvas, there)
    assert shape(canvas) is Qt.CursorShape.SplitVCursor
    accent = opened.look.theme["accent"]
    assert canvas.viewport().grab().toImage().pixelColor(there) == accent
    move(canvas, QPoint(canvas._page.column.text + 100, there.y()))  # noqa: SLF001
    assert shape(canvas) is Qt.CursorShape.IBeamCursor
    move(canvas, there + QPoint(0, 15))
    assert shape(canvas) is Qt.CursorShape.IBeamCursor


def test_an_edge_goes_from_line_to_line_and_one_undo_takes_it_back(opened: Program) -> None:
    page, canvas = page_of(opened), page_of(opened).canvas
    target = margin(canvas, edges.y_of(canvas._page, LINES[2]) + 4)  # noqa: SLF001

    drag(canvas, at_edge(canvas, LINES[1]), target)

    assert roles(opened)[:2] == [(0, LINES[2], "headline"), (LINES[2], LINES[5], "body")]
    headline = role_name(opened.look.language, "headline")
    assert headline in page.messages.sentence.text()
    QTest.keyClick(canvas, Qt.Key.Key_Z, _CONTROL)
    assert roles(opened) == [one[:3] for one in GIVEN]


def test_what_would_change_is_shown_before_the_button_is_let_go(opened: Program) -> None:
    canvas, scene = page_of(opened).canvas, page_of(opened).canvas._scene  # noqa: SLF001
    press(canvas, at_edge(canvas, LINES[5]))
    move(canvas, at_edge(canvas, LINES[4]))

    assert scene.laid_over == (LINES[4], LINES[5])
    assert roles(opened) == [one[:3] for one in GIVEN]
    picture, box = canvas.viewport().grab().toImage(), canvas.box_of(LINES[4], LINES[4] + 4)
    soft = opened.look.theme["accent_soft"]
    assert picture.pixelColor(box.left() + 2, box.top() + 1) == soft

    QTest.mouseRelease(canvas.viewport(), _LEFT, pos=at_edge(canvas, LINES[4]))
    assert roles(opened)[1:] == [(LINES[1], LINES[4], "body"), (LINES[4], len(TEXT), "noise")]
    assert scene.laid_over is None


def test_escape_lets_all_be_as_it_was_and_the_button_then_means_nothing(opened: Program) -> None:
    canvas = page_of(opened).canvas
    press(canvas, at_edge(canvas, LINES[1]))
    move(canvas, at_edge(canvas, LINES[5]))

    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas._scene.laid_over is None  # noqa: SLF001
    QTest.mouseRelease(canvas.viewport(), _LEFT, pos=at_edge(canvas, LINES[5]))

    assert roles(opened) == [one[:3] for one in GIVEN]
    assert canvas.selection() is None


def test_a_click_on_an_edge_changes_nothing(opened: Program) -> None:
    canvas = page_of(opened).canvas
    n = projects.n_operations(session_of(opened).project)
    there = at_edge(canvas, LINES[1])
    drag(canvas, there, there)
    assert roles(opened) == [one[:3] for one in GIVEN]
    assert projects.n_operations(session_of(opened).project) == n


def test_with_alt_an_edge_stops_inside_a_line_between_graphemes(opened: Program) -> None:
    canvas = page_of(opened).canvas
    offset = TEXT.index("أخبار ذات")
    point = canvas.point_of(offset)

    drag(canvas, at_edge(canvas, LINES[1]), point, _ALT)

    assert roles(opened)[:2] == [(0, offset, "headline"), (offset, LINES[5], "body")]
    # from there it is taken hold of at its line, and goes back to whole lines without Alt
    drag(canvas, at_edge(canvas, offset), at_edge(canvas, LINES[2]))
    assert roles(opened)[0] == (0, LINES[2], "headline")


def test_an_edge_that_is_pulled_over_a_whole_part_joins_its_neighbours(opened: Program) -> None:
    canvas = page_of(opened).canvas
    drag(canvas, at_edge(canvas, LINES[1]), margin(canvas, 0))
    assert roles(opened) == [(0, LINES[5], "body"), (LINES[5], len(TEXT), "noise")]


def test_labels_in_what_is_not_labelled_any_more_stay_and_are_told_of(opened: Program) -> None:
    session, canvas = session_of(opened), page_of(opened).canvas
    session.do(session.intents.add_entity(projects.extent_of("لندن", TEXT), "GPE"))
    session.flush()

    drag(canvas, at_edge(canvas, LINES[5]), at_edge(canvas, LINES[4]))

    language = opened.look.language
    assert len(session.labels) == 1
    assert (
        page_of(opened)
        .messages.sentence.text()
        .endswith(
            language.plural(
                "{n} label in it is kept and exported, but not counted in agreement",
                "{n} labels in it are kept and exported, but not counted in agreement",
                1,
            )
        )
    )


# --- scrolled, zoomed, changed meanwhile ----------------------------------------------------------


def test_an_edge_held_below_the_page_scrolls_on_until_it_is_let_go(
    program: Program, tmp_path: Path
) -> None:
    text = "\n".join(f"قال الوزير في السطر {n} إن الأمر قد انتهى تمامًا." for n in range(200))
    path, sha = projects.made(tmp_path, texts=(text,)), projects.sha_of(text)
    first = text.index("\n") + 1
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
        projectwide.set_regions(
            project, sha, [Region(0, first, "headline"), Region(first, len(text), "body")]
        )
    assert program.open_project(path, who)
    page_of(program).show_article(sha)
    canvas = page_of(program).canvas
    canvas.set_zoom(30)
    QApplication.processEvents()
    below = margin(canvas, canvas.viewport().height() + 60)
    press(canvas, at_edge(canvas, first))
    QTest.mouseMove(canvas.viewport(), below)

    QTest.qWait(300)
    reached = canvas._scene.laid_over  # noqa: SLF001
    assert canvas.verticalScrollBar().value() > 100
    QTest.mouseRelease(canvas.viewport(), _LEFT, pos=below)
    QTest.qWait(100)

    session_of(program).flush()
    made = session_of(program).project.regions(sha)
    assert reached is not None
    assert made[0].end >= reached[1] > 15 * first
    assert text[made[0].end - 1] == "\n"


def test_regions_that_somebody_changes_meanwhile_let_the_edge_go(opened: Program) -> None:
    canvas = page_of(opened).canvas
    press(canvas, at_edge(canvas, LINES[5]))
    with Project.open(session_of(opened).project.path) as other:
        projectwide.set_regions(other, SHA, [Region(0, len(TEXT), "body")])
    session_of(opened).read_again()

    QTest.mouseRelease(canvas.viewport(), _LEFT, pos=margin(canvas, 30))

    assert roles(opened) == [(0, len(TEXT), "body")]


def test_a_handed_out_file_has_no_edges_to_take_hold_of(opened: Program, tmp_path: Path) -> None:
    project = session_of(opened).project
    plan = assigning.planned(project, Wish(("سلمى",)))
    handed = handing_out.assign_and_hand_out(project, plan, tmp_path / "out")
    assert opened.open_project(handed.files[0].path)
    page_of(opened).show_article(SHA)
    QApplication.processEvents()
    canvas = page_of(opened).canvas

    drag(canvas, at_edge(canvas, LINES[1]), at_edge(canvas, LINES[5]))
    assert roles(opened) == [one[:3] for one in GIVEN]
    move(canvas, at_edge(canvas, LINES[1]))
    assert shape(canvas) is Qt.CursorShape.IBeamCursor

    page_of(opened).canvas.place_caret(LINES[2])
    QTest.keyClick(canvas, Qt.Key.Key_Down, _ALT_SHIFT)
    said = page_of(opened).messages.sentence.text()
    assert said == opened.look.language.text("Only the lead's file can do this.")


def test_many_drags_leave_regions_that_are_in_order_and_undo_gives_all_back(
    opened: Program,
) -> None:
    """Every drag, wherever it ends, keeps the regions a partition of the text; labels stay."""
    session, canvas = session_of(opened), page_of(opened).canvas
    chance = random.Random(7)  # noqa: S311
    session.do(session.intents.add_entity(projects.extent_of("لندن", TEXT), "GPE"))
    session.flush()
    labels, n_moved = session.labels, 0
    height = canvas.viewport().height()
    for n in range(250):
        before = roles(opened)
        offsets = [one[0] for one in before[1:]]
        if not offsets:
            projectwide.set_regions(session.project, SHA, GIVEN)
            session.read_again()
            continue
        is_exact = chance.random() < 0.5
        x = canvas._page.column.text + chance.randrange(-40, 760)  # noqa: SLF001
        press(canvas, at_edge(canvas, chance.choice(offsets)))
        end = QPoint(x, chance.randrange(-20, height + 20))
        held = _ALT if is_exact else _NONE
        QTest.mouseRelease(canvas.viewport(), _LEFT, held, end)

        after = session.project.regions(SHA) if roles(opened) else []
        assert places.of_regions(after, len(TEXT)) is None
        assert (after[0].start, after[-1].end) == (0, len(TEXT))
        assert all(a.end == b.start and a.role != b.role for a, b in itertools.pairwise(after))
        assert session.labels == labels
        if [one[:3] for one in after] != before and n % 2:
            n_moved += 1
            session.undo()
            assert roles(opened) == before
    assert n_moved > 50


# --- by keys, and whole parts ---------------------------------------------------------------------


def test_keys_let_a_part_begin_a_line_later_or_earlier_and_go_on_with_it(opened: Program) -> None:
    canvas = page_of(opened).canvas
    canvas.place_caret(LINES[1])

    QTest.keyClick(canvas, Qt.Key.Key_Down, _ALT_SHIFT)
    assert roles(opened)[0] == (0, LINES[2], "headline")
    assert canvas.caret() == LINES[2]
    QTest.keyClick(canvas, Qt.Key.Key_Down, _ALT_SHIFT)  # a blank line is passed over
    assert roles(opened)[0] == (0, LINES[4], "headline")
    for line in (2, 1):
        QTest.keyClick(canvas, Qt.Key.Key_Up, _ALT_SHIFT)
        assert roles(opened)[0] == (0, LINES[line], "headline")
    QTest.keyClick(canvas, Qt.Key.Key_Z, _CONTROL)
    assert roles(opened)[0] == (0, LINES[2], "headline")


def test_keys_say_why_an_edge_cannot_go_further(opened: Program) -> None:
    canvas, text = page_of(opened).canvas, opened.look.language.text
    canvas.place_caret(3)
    QTest.keyClick(canvas, Qt.Key.Key_Up, _ALT_SHIFT)
    sentence = page_of(opened).messages.sentence
    assert sentence.text() == text(
        "No other part stands right above this one: put the caret in a part below another."
    )
    canvas.place_caret(LINES[1])
    QTest.keyClick(canvas, Qt.Key.Key_Up, _ALT_SHIFT)
    assert sentence.text() == text(
        "The part above is only one line: to make it go, give the line the role of this part."
    )
    assert roles(opened)[0] == (0, LINES[1], "headline")
    canvas.place_caret(len(TEXT))
    QTest.keyClick(canvas, Qt.Key.Key_Down, _ALT_SHIFT)
    assert roles(opened)[-1] == (LINES[6], len(TEXT), "noise")
    QTest.keyClick(canvas, Qt.Key.Key_Down, _ALT_SHIFT)
    assert sentence.text() == text(
        "This part is only one line: to make it go, give the line the role of the part above."
    )
    assert roles(opened)[-1] == (LINES[6], len(TEXT), "noise")


def test_a_double_click_in_the_margin_asks_for_another_role_of_the_whole_part(
    opened: Program,
) -> None:
    canvas = page_of(opened).canvas
    beside = margin(canvas, canvas.point_of(LINES[2] + 4).y())
    QTest.mouseClick(canvas.viewport(), _LEFT, pos=beside)
    QTest.mouseDClick(canvas.viewport(), _LEFT, pos=beside)
    ahead = QApplication.activePopupWidget()
    assert isinstance(ahead, RoleAhead)
    assert canvas.selection() == (LINES[1], LINES[5] - 1)

    type_text(ahead.chooser.field, "lead")
    QTest.keyClick(ahead.chooser.field, Qt.Key.Key_Return)
    assert roles(opened)[1] == (LINES[1], LINES[5], "lead")


def test_a_menu_asked_for_in_the_margin_is_about_the_whole_part(opened: Program) -> None:
    canvas = page_of(opened).canvas
    point, viewport = margin(canvas, canvas.point_of(LINES[5] + 2).y()), canvas.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, viewport.mapToGlobal(point))
    QApplication.sendEvent(viewport, event)
    assert canvas.selection() == (LINES[5], len(TEXT))
