"""The role of a part of an article in the window: seen, chosen, undone, refused, and by others."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from annotator.core.model import ROLES, Region
from annotator.gui.actions import BY_ID
from annotator.gui.canvas.laid import LaidParagraph
from annotator.gui.dialogs import offers
from annotator.gui.dialogs.finding import Place, found
from annotator.gui.dialogs.keytable import groups
from annotator.gui.models.roles import role_name
from annotator.gui.pages.labelling import LabelPage
from annotator.gui.panels.roleahead import RoleAhead
from annotator.gui.program import Program
from annotator.gui.session import Session
from annotator.i18n import Language
from annotator.services import assigning, handing_out, labelling, projectwide, regioning
from annotator.services.assigning import Wish
from annotator.store import recovering
from annotator.store.project import Project
from tests import projects
from tests.gui.onpage import page_of, session_of
from tests.gui.typed import type_text

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
TEXT = (
    "قمة في القاهرة\n"
    "قال الرئيس بوتين إن لقاءه مع ترامب كان مفيدًا. أخبار ذات صلة: مصر\n"
    "وأضاف بوتين أن الاجتماع القادم سيعقد في القاهرة.\n"
    "اقرأ أيضًا\n"
    "المغرب يفوز"
)
LINES = [0, *(n + 1 for n, sign in enumerate(TEXT) if sign == "\n"), len(TEXT)]
SHA = projects.sha_of(TEXT)


@pytest.fixture(params=["ar", "en"])
def opened(request: pytest.FixtureRequest, program: Program, tmp_path: Path) -> Iterator[Program]:
    """Return the program in each language, with one article that is all body."""
    if program.look.language.code != request.param:
        program.window.commands.do("language")
        QApplication.processEvents()
    path = projects.made(tmp_path, texts=(TEXT,))
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
        projectwide.set_regions(project, SHA, [Region(0, len(TEXT), "body")])
    assert program.open_project(path, who)
    page_of(program).show_article(SHA)
    program.window.activateWindow()
    QApplication.processEvents()
    yield program
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def roles(program: Program) -> list[tuple[int, int, str]]:
    """Return the regions that are in the file."""
    session_of(program).flush()
    return [one[:3] for one in session_of(program).project.regions(SHA)]


def ask(program: Program) -> RoleAhead:
    """Press the key of the action in the article, to which its window belongs again."""
    program.window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(page_of(program).canvas, Qt.Key.Key_R, CONTROL_SHIFT)
    ahead = QApplication.activePopupWidget()
    assert isinstance(ahead, RoleAhead)
    return ahead


def give(program: Program, name: str) -> None:
    ahead = ask(program)
    type_text(ahead.chooser.field, name)
    QTest.keyClick(ahead.chooser.field, Qt.Key.Key_Return)
    program.window.activateWindow()  # a desktop gives it the keys back by itself
    QApplication.processEvents()


def said(program: Program) -> str:
    return page_of(program).messages.sentence.text()


def is_dimmed(program: Program, line: int) -> bool:
    layout = page_of(program).canvas._page.layout  # noqa: SLF001
    return layout.is_dimmed(line)


# --- the line of the caret ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["زوائد", "noise"])
def test_the_line_under_the_caret_gets_the_role_that_is_typed_in_either_language(
    opened: Program, name: str
) -> None:
    canvas = page_of(opened).canvas
    canvas.place_caret(LINES[3] + 2)

    give(opened, name)

    assert roles(opened) == [
        (0, LINES[3], "body"),
        (LINES[3], LINES[4], "noise"),
        (LINES[4], len(TEXT), "body"),
    ]
    assert [is_dimmed(opened, n) for n in range(5)] == [False, False, False, True, False]
    assert canvas.caret() == LINES[3] + 2
    language = opened.look.language
    assert role_name(language, "noise") in said(opened)
    assert page_of(opened).messages.part.text() == role_name(language, "noise")
    assert page_of(opened).messages.part.accessibleName() == canvas.accessibleDescription()
    assert role_name(language, "noise") in canvas.accessibleDescription()


def test_the_role_of_the_line_at_the_caret_is_shown_wherever_it_goes(opened: Program) -> None:
    canvas, part = page_of(opened).canvas, page_of(opened).messages.part
    session_of(opened).do(session_of(opened).intents.set_role(SHA, (0, 0), "headline"))
    session_of(opened).flush()
    language = opened.look.language

    for offset, role in ((LINES[1], "body"), (0, "headline"), (LINES[1] - 1, "headline")):
        canvas.place_caret(offset)
        assert part.text() == role_name(language, role)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert part.text() == role_name(language, "body")
    canvas.select_all()
    both = language.listed(role_name(language, role) for role in ("headline", "body"))
    assert part.text() == both
    session_of(opened).do(session_of(opened).intents.set_role(SHA, (LINES[2],) * 2, "nav"))
    session_of(opened).flush()
    assert part.text() == f"{both} …"
    assert role_name(language, "nav") in canvas.accessibleDescription()


def test_all_roles_are_offered_and_the_present_one_is_marked_and_taken_by_return_alone(
    opened: Program,
) -> None:
    before = roles(opened)
    ahead = ask(opened)
    shown = [ahead.chooser.list.item(n).text() for n in range(ahead.chooser.list.count())]
    language = opened.look.language

    assert len(shown) == len(ROLES)
    now = [name for name in shown if f" · {language.text('now')}" in name]
    assert len(now) == 1
    assert role_name(language, "body") in now[0]
    assert ahead.chooser.list.currentItem().text() == now[0]
    assert sum(language.text("not labelled") in name for name in shown) == 7

    QTest.keyClick(ahead.chooser.field, Qt.Key.Key_Return)
    assert roles(opened) == before


def test_return_alone_gives_no_role_to_a_selection_over_several(opened: Program) -> None:
    session = session_of(opened)
    session.do(session.intents.set_role(SHA, (0, 0), "headline"))
    before = roles(opened)
    page_of(opened).canvas.select_all()
    ahead = ask(opened)

    QTest.keyClick(ahead.chooser.field, Qt.Key.Key_Return)

    assert ahead.isVisible()
    assert roles(opened) == before
    QTest.keyClick(ahead.chooser.field, Qt.Key.Key_Down)
    QTest.keyClick(ahead.chooser.field, Qt.Key.Key_Return)
    assert roles(opened) == [(0, len(TEXT), "headline")]


def test_the_palette_and_the_key_sheet_have_it(opened: Program) -> None:
    look = opened.look
    entries = offers.actions(look.language, opened.window.there())
    for query in ("دور هذا الجزء", "role of this"):
        assert found(query, map(Place.of, entries))[0].id == "role"
    name = look.language.text(BY_ID["role"].name)
    keys = {key.name: key.caps for group in groups(look, None) for key in group.keys}
    assert keys[name] == (("Ctrl Shift R", ""),)


def test_a_click_chooses_and_escape_leaves_all_as_it_was(opened: Program) -> None:
    before = roles(opened)
    ahead = ask(opened)
    QTest.keyClick(ahead.chooser.field, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert roles(opened) == before

    shown = ask(opened).chooser.list
    first = shown.visualItemRect(shown.item(0)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert roles(opened)[0] == (0, LINES[1], "headline")


# --- selections -----------------------------------------------------------------------------------


def test_a_selection_over_lines_takes_them_whole(opened: Program) -> None:
    canvas = page_of(opened).canvas
    canvas.select(LINES[3] + 3, LINES[4] + 2)

    give(opened, "related")

    assert roles(opened) == [(0, LINES[3], "body"), (LINES[3], len(TEXT), "related")]
    folds = list(canvas._page.layout.folds)  # noqa: SLF001
    assert [(fold.first, fold.end) for fold in folds] == [(3, 5)]


def test_a_part_of_a_line_is_taken_alone_where_that_is_ticked_and_is_shaded(
    opened: Program,
) -> None:
    canvas = page_of(opened).canvas
    start = TEXT.index("أخبار")
    canvas.select(start, LINES[2] - 1)
    ahead = ask(opened)
    assert ahead.exact.isVisible()
    QTest.mouseClick(ahead.exact, Qt.MouseButton.LeftButton, pos=ahead.exact.rect().center())
    if not ahead.exact.isChecked():  # the box itself stands on the reading side
        QTest.keyClick(ahead.exact, Qt.Key.Key_Space)
    ahead.chooser.field.setFocus()
    type_text(ahead.chooser.field, "related")
    QTest.keyClick(ahead.exact, Qt.Key.Key_Return)

    assert roles(opened)[1] == (start, LINES[2], "related")
    assert canvas._page.layout.dimmed_parts == {1: [(start, LINES[2] - 1)]}  # noqa: SLF001
    assert not is_dimmed(opened, 1)
    canvas.clear_selection()
    canvas.flash(0, 0)
    QApplication.processEvents()
    picture, box = canvas.viewport().grab().toImage(), canvas.box_of(start, start + 3)
    shade = picture.pixelColor(box.left() + 2, box.top() + 1)
    assert shade == opened.look.theme["shade"]


def test_whole_lines_have_no_part_to_be_asked_for(opened: Program) -> None:
    page_of(opened).canvas.select(LINES[1], LINES[2])
    assert not ask(opened).exact.isVisible()


def test_what_was_selected_in_another_article_is_meant_no_longer(
    opened: Program, tmp_path: Path
) -> None:
    (other,) = projects.add_articles(session_of(opened).project, "خبر قصير عاجل")
    page_of(opened).canvas.select(LINES[3], len(TEXT))
    ask(opened)

    page_of(opened).show_article(other)

    assert QApplication.activePopupWidget() is None
    give(opened, "headline")
    assert [one.role for one in session_of(opened).project.regions(other)] == ["headline"]
    assert roles(opened) == [(0, len(TEXT), "body")]


# --- by the pointer -------------------------------------------------------------------------------


def test_the_menu_of_the_text_is_about_the_line_under_the_pointer(opened: Program) -> None:
    canvas = page_of(opened).canvas
    point = canvas.point_of(LINES[2] + 4)
    _ask_for_menu(opened, point)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = opened.window.commands.action("role")
    assert action in menu.actions()
    assert LINES[2] <= canvas.caret() < LINES[3]

    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    ahead = QApplication.activePopupWidget()
    assert isinstance(ahead, RoleAhead)
    type_text(ahead.chooser.field, "caption")
    QTest.keyClick(ahead.chooser.field, Qt.Key.Key_Return)

    assert roles(opened)[1] == (LINES[2], LINES[3], "caption")


def test_a_menu_asked_for_on_what_is_selected_leaves_it_selected(opened: Program) -> None:
    canvas = page_of(opened).canvas
    canvas.select(LINES[1] + 2, LINES[3] - 2)
    _ask_for_menu(opened, canvas.point_of(LINES[2] + 4))
    assert canvas.selection() == (LINES[1] + 2, LINES[3] - 2)


def _ask_for_menu(program: Program, point: QPoint) -> None:
    viewport = page_of(program).canvas.viewport()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, point, viewport.mapToGlobal(point)))


# --- undo -----------------------------------------------------------------------------------------


def test_undo_right_after_gives_back_the_regions_and_redo_the_role(opened: Program) -> None:
    page, session = page_of(opened), session_of(opened)
    before = roles(opened)
    page.canvas.place_caret(LINES[3])
    give(opened, "noise")
    after = roles(opened)

    for _ in range(2):
        QTest.keyClick(page.canvas, Qt.Key.Key_Z, CONTROL)
        assert roles(opened) == before
        assert not is_dimmed(opened, 3)
        QTest.keyClick(page.canvas, Qt.Key.Key_Z, CONTROL_SHIFT)
        assert roles(opened) == after
        assert is_dimmed(opened, 3)
    assert session.reading is not None
    assert [one[:3] for one in session.reading.regions] == after


def test_undo_goes_back_over_labels_and_roles_in_the_order_in_which_they_came(
    opened: Program,
) -> None:
    session = session_of(opened)
    for nth, role in enumerate(("headline", "noise")):
        extent = projects.extent_of("القاهرة", TEXT, nth)
        session.do(session.intents.add_entity(extent, "GPE"))
        session.do(session.intents.set_role(SHA, (LINES[nth], LINES[nth]), role))
        session.flush()
    seen = []
    for _ in range(4):
        session.undo()
        seen.append((len(session.labels), len(roles(opened))))
    assert seen == [(2, 2), (1, 2), (1, 1), (0, 1)]
    for _ in range(4):
        session.redo()
    assert (len(session.labels), len(roles(opened))) == (2, 3)


def test_what_somebody_changed_since_is_not_undone_and_the_gesture_before_it_can_be(
    opened: Program,
) -> None:
    session = session_of(opened)
    session.do(session.intents.add_entity(projects.extent_of("بوتين", TEXT), "PERS"))
    session.do(session.intents.set_role(SHA, (0, 0), "headline"))
    session.flush()
    with Project.open(session.project.path) as other:
        regioning.set_role(other, SHA, (LINES[3], LINES[3]), "noise", "lead")

    opened.window.commands.do("undo")
    sentence = "Not taken back: somebody changed the regions since."
    assert said(opened) == opened.look.language.text(sentence)
    assert len(roles(opened)) == 4
    opened.window.commands.do("undo")
    assert session.labels == {}


# --- labels that stand there ----------------------------------------------------------------------


def test_labels_in_it_stay_and_one_sentence_says_what_becomes_of_them(opened: Program) -> None:
    session, language = session_of(opened), opened.look.language
    for nth in range(2):
        session.do(session.intents.add_entity(projects.extent_of("بوتين", TEXT, nth), "PERS"))
    session.flush()
    with Project.open(session.project.path) as other:  # somebody else's count too
        layer = projects.layer_of(other, "a2", TEXT)
        labelling.add_entity(other, layer, projects.extent_of("القادم", TEXT), "ORG")
    page_of(opened).canvas.place_caret(LINES[2])

    give(opened, "noise")

    assert len(session.labels) == 2
    assert said(opened).endswith(
        language.plural(
            "{n} label in it is kept and exported, but not counted in agreement",
            "{n} labels in it are kept and exported, but not counted in agreement",
            2,
        )
    )
    assert page_of(opened).messages.undo.isVisible()
    give(opened, "body")
    assert "·" not in said(opened)


def test_a_done_article_can_be_given_roles_and_stays_done(opened: Program) -> None:
    session = session_of(opened)
    session.do(session.intents.set_status("done"))
    session.flush()
    give(opened, "headline")
    assert roles(opened)[0] == (0, LINES[1], "headline")
    assert session.status == "done"


# --- others, and files that take nothing ----------------------------------------------------------


def test_what_another_window_gives_is_shown_here_without_moving_anything(opened: Program) -> None:
    canvas = page_of(opened).canvas
    canvas.place_caret(LINES[3] + 1)
    with Project.open(session_of(opened).project.path) as other:
        regioning.set_role(other, SHA, (LINES[3], LINES[3]), "noise", "lead")

    session_of(opened).read_again()

    assert is_dimmed(opened, 3)
    assert canvas.caret() == LINES[3] + 1
    noise = role_name(opened.look.language, "noise")
    assert page_of(opened).messages.part.text() == noise


def test_a_handed_out_file_says_in_one_sentence_that_the_lead_does_this(
    opened: Program, tmp_path: Path
) -> None:
    project = session_of(opened).project
    plan = assigning.planned(project, Wish(("سلمى",)))
    handed = handing_out.assign_and_hand_out(project, plan, tmp_path / "out")
    assert opened.open_project(handed.files[0].path)
    page_of(opened).show_article(SHA)

    QTest.keyClick(page_of(opened).canvas, Qt.Key.Key_R, CONTROL_SHIFT)

    assert QApplication.activePopupWidget() is None
    assert said(opened) == opened.look.language.text("Only the lead's file can do this.")
    assert roles(opened) == [(0, len(TEXT), "body")]


def test_a_file_that_is_only_read_says_so_before_a_role_is_chosen(
    opened: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = session_of(opened).project.path.with_name("read.hashiya")
    path.write_bytes(session_of(opened).project.path.read_bytes())
    project = recovering.opened_to_read(path)
    who = session_of(opened).annotator
    session = Session(project, who)
    session.show_article(SHA)
    page = LabelPage(opened.look, session, opened.window.layout_of_keys)
    refused: list[str] = []
    session.refused.connect(lambda trouble: refused.append(trouble.code))

    page.regioning.choose_role()

    assert refused == ["only_read"]
    assert QApplication.activePopupWidget() is None
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
    project.close()


# --- very much ------------------------------------------------------------------------------------


def test_of_5000_lines_only_those_in_view_are_laid_out_anew(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(
        ("قال الوزير إن الاجتماع القادم سيعقد في القاهرة. " * 4)[:199] for _ in range(5000)
    )
    path = projects.made(tmp_path, texts=())
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
        (sha256,) = projects.add_articles(project, text)
        projectwide.set_regions(project, sha256, [Region(0, len(text), "body")])
    assert program.open_project(path, who)
    page_of(program).show_article(sha256)
    canvas, session = page_of(program).canvas, session_of(program)
    canvas.place_caret(500_000)
    canvas.scroll_to(500_000, 500_000)
    QApplication.processEvents()
    place, n_laid = canvas.place(), 0
    lay = LaidParagraph.__init__

    def counted(*args: object, **named: object) -> None:
        nonlocal n_laid
        n_laid += 1
        lay(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(LaidParagraph, "__init__", counted)
    session.do(session.intents.set_role(sha256, (500_000, 500_000), "noise"))
    session.flush()
    QApplication.processEvents()

    assert session.reading is not None
    assert [one.role for one in session.reading.regions] == ["body", "noise", "body"]
    assert 0 < n_laid < 60
    assert canvas.place().offset == place.offset


def test_a_text_without_line_ends_is_one_part(program: Program, tmp_path: Path) -> None:
    text = TEXT.replace("\n", " ")
    path = projects.made(tmp_path, texts=(text,))
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
        projectwide.set_regions(project, projects.sha_of(text), [Region(0, len(text), "body")])
    assert program.open_project(path, who)
    page_of(program).show_article(projects.sha_of(text))
    page_of(program).canvas.select(4, 20)
    give(program, "lead")
    regions = session_of(program).project.regions(projects.sha_of(text))
    assert [one[:3] for one in regions] == [(0, len(text), "lead")]


def test_each_role_has_a_name_of_its_own_in_both_languages() -> None:
    for code in ("ar", "en"):
        names = [role_name(Language.of(code), role) for role in ROLES]
        assert len(set(names)) == len(ROLES)
