"""Names full of HTML, overrides, newlines and letters: shown as they are, and nothing is read."""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtGui import Qt as GuiNamespace
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QStyledItemDelegate,
    QTabBar,
    QTextBrowser,
    QTextEdit,
    QToolTip,
    QWidget,
)

import demo_pictures
from annotator.core.model import Entity, Event, replace
from annotator.gui.canvas.view import Canvas
from annotator.gui.dialogs.doctor import DoctorDialog
from annotator.gui.dialogs.handout import HandOutDialog
from annotator.gui.dialogs.merge import MergeDialog
from annotator.gui.dialogs.restoring import RestoreDialog
from annotator.gui.pages.agreement import AgreementPage
from annotator.services import backing_up
from annotator.store.project import Project
from demo_pictures import Scene
from demo_stage import Stage
from tests import projects
from tests.gui import hostile
from tests.gui.hostile import OVERRIDE, Canary, name_with
from tests.gui.seeing import cut_words, outside, overlaps, parts

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="Linux tells which files are opened"),
]
JOINER = "\u2060"  # nobody sees it; behind a "<" it makes that no tag
_SHOWN, _READ_OUT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canary]:
    made = Canary(tmp_path_factory.mktemp("canary"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def name(canary: Canary) -> str:
    return name_with(canary.path)


@pytest.fixture(scope="module")
def project(name: str) -> Iterator[Path]:
    """Return a project in which all that people may write is `name`."""
    with projects.quick_folder() as folder:
        yield hostile.made(folder, name)


# --- what is looked at ---


def _hand(kind: type[Entity | Event]) -> Scene:
    def show(stage: Stage) -> QWidget:
        stage.take(kind)
        return stage.program.window

    return Scene(f"hand of {kind.__name__}", show)


def _removing(stage: Stage) -> QWidget:
    """Ask to remove what others point to: the bar says what goes with it."""
    stage.take(Entity)
    stage.do("remove")
    return stage.program.window


def _types(stage: Stage) -> QWidget:
    stage.page.choose_type()
    stage.rest()
    return stage.page.findChildren(QWidget, options=Qt.FindChildOption.FindChildrenRecursively)[-1]


def _context(stage: Stage) -> QWidget:
    label = stage.take(Entity)
    stage.page.canvas.context_asked.emit(label.uid, QPoint(10, 10))
    stage.rest()
    menus = [one for one in stage.application.topLevelWidgets() if isinstance(one, QMenu)]
    return next(one for one in menus if one.isVisible())


# --- the file: backups, the doctor, what is merged, who agrees ---


def _backups(stage: Stage) -> QWidget:
    """Restore a backup under a name of the same kind."""
    project = stage.session.project
    backing_up.back_up(project, "asked")
    dialog = stage.asked("backups")
    assert isinstance(dialog, RestoreDialog)
    stage.until(lambda: dialog.listed and not dialog.is_busy)
    to = hostile.file_of(_folder(stage, "restored"), project.title, ".hashiya")
    dialog.restore_to(to)
    stage.until(lambda: to.exists() and not dialog.is_busy)
    return dialog


def _backups_of_what_is_gone(stage: Stage) -> QWidget:
    """Look at the backups of a file called so that is there no more."""
    title = stage.session.project.title
    path = hostile.file_of(_folder(stage, "gone"), title, ".hashiya")
    shutil.copy(stage.session.project.path, path)
    with Project.open(path) as project:
        backing_up.back_up(project, "asked")
    path.unlink()
    stage.program.close_project()
    return _listed(stage, path)


def _backups_of_what_was_moved(stage: Stage) -> QWidget:
    """Look at the backups of a file that stood at a place called so."""
    title, folder = stage.session.project.title, _folder(stage, "moved")
    path = hostile.file_of(folder, title, ".hashiya")
    hostile.brought_to(folder, title).rename(path)
    with Project.open(path) as project:
        backing_up.back_up(project, "asked")
    return _listed(stage, path.rename(folder / "moved.hashiya"))


def _listed(stage: Stage, path: Path) -> QWidget:
    dialog = RestoreDialog(stage.program.window.look, path, stage.program.jobs)
    dialog.show()
    stage.until(lambda: dialog.listed and not dialog.is_busy)
    return dialog


def _findings(stage: Stage) -> DoctorDialog:
    """Examine a file in which tables are called so."""
    title, folder = stage.session.project.title, _folder(stage, "tampered")
    path = hostile.file_of(folder, title, ".hashiya")
    hostile.tampered(hostile.brought_to(folder, title), path, title)
    dialog = DoctorDialog(stage.program.window.look, path, stage.program.jobs)
    dialog.show()
    stage.until(lambda: dialog.findings and not dialog.is_busy)
    return dialog


def _repaired(stage: Stage) -> QWidget:
    dialog = _findings(stage)
    to = hostile.file_of(_folder(stage, "mended"), stage.session.project.title, ".hashiya")
    dialog.repair_to(to)
    stage.until(lambda: dialog.copy is not None and not dialog.is_busy)
    return dialog


def _merging(stage: Stage, n_sources: int) -> MergeDialog:
    title = stage.session.project.title
    folder = _folder(stage, "brought")
    lead = hostile.brought_to(folder, title)
    sources = hostile.worked_on(lead, folder, title)
    stage.program.open_project(lead)
    dialog = stage.asked("merge")
    assert isinstance(dialog, MergeDialog)
    dialog.sources.add(sources[:n_sources])
    stage.until(lambda: dialog.preview is not None)
    return dialog


def _preview(stage: Stage) -> QWidget:
    dialog = _merging(stage, 2)
    assert dialog.preview is not None
    assert dialog.preview.new > 0
    return dialog


def _refused(stage: Stage) -> QWidget:
    dialog = _merging(stage, 3)
    assert dialog.preview is not None
    assert dialog.preview.refused
    return dialog


def _handed_out(stage: Stage) -> QWidget:
    """Hand out in a copy to somebody known and to somebody new, both called so."""
    title = stage.session.project.title
    copy = Path(shutil.copy(stage.session.project.path, _folder(stage, "lead") / "lead.hashiya"))
    stage.program.open_project(copy)
    dialog = stage.asked("hand_out")
    assert isinstance(dialog, HandOutDialog)
    stage.until(lambda: dialog.people.known)
    for one in dialog.people.known:
        one.box.setChecked(True)
    dialog.place.field.setText(str(_folder(stage, "files") / title.replace("/", "∕")[:40].strip()))
    dialog.preview.click()
    stage.until(lambda: dialog.plan is not None)
    dialog.go.click()
    stage.until(lambda: dialog.folder.isVisible() and not dialog.is_busy)
    return dialog


def _agreement(stage: Stage) -> AgreementPage:
    path = stage.session.project.path.with_name("twice.hashiya")
    if not path.exists():
        hostile.read_twice(path.parent, stage.session.project.title)
    stage.program.open_project(path)
    stage.do("agreement")
    page = stage.program.window.paging.agreement
    assert page is not None
    stage.until(lambda: page.board is not None and not page.jobs.is_comparing)
    return page


def _figures(stage: Stage) -> QWidget:
    _agreement(stage)
    return stage.program.window


def _disputed(stage: Stage) -> QWidget:
    board = _agreement(stage).board
    assert board is not None
    board.disputed.choice.press("articles")
    return stage.program.window


def _places(stage: Stage) -> QWidget:
    page = _agreement(stage)
    assert page.board is not None
    chart = page.board.matrix.chart
    chart.open_spot(next(one for one in chart.spots if one.opens and one.row != one.column))
    stage.until(lambda: page.pane is not None and page.pane.isVisible())
    assert page.pane is not None
    assert page.pane.list.count()
    return stage.program.window


def _folder(stage: Stage, name: str) -> Path:
    """Return an empty folder beside the project."""
    folder = stage.session.project.path.with_name(name)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


_KNOWN = {scene.name: scene for scene in demo_pictures.SCENES}
_SAME = (
    "stance-card", "new-stance", "article-card", "all-labels", "problems", "article-list", "who",
    "export", "statistics", "keys", "commands", "note", "question", "guideline", "import", "menu",
    "welcome", "hand-out", "hand-in", "merge", "reply", "receipts", "change-type",
)  # fmt: skip
SCENES = (
    _hand(Event),
    _hand(Entity),
    Scene("removing", _removing),
    Scene("types", _types),
    Scene("context", _context),
    *(_KNOWN[name] for name in _SAME),
    Scene("backups", _backups),
    Scene("backups of what is gone", _backups_of_what_is_gone),
    Scene("backups of what was moved", _backups_of_what_was_moved),
    Scene("findings", _findings),
    Scene("repaired", _repaired),
    Scene("preview", _preview),
    Scene("refused", _refused),
    Scene("handed out", _handed_out),
    Scene("figures", _figures),
    Scene("disputed", _disputed),
    Scene("places", _places),
)


@pytest.fixture(scope="module")
def stage(qapp: QApplication, project: Path, name: str) -> Iterator[Stage]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HASHIYA_DATA", str(project.parent / "data"))
        made = Stage(qapp, project, name)
        yield made
        made.close()


@pytest.fixture(autouse=True)
def _same_data_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHIYA_DATA", str(project.parent / "data"))


def said(top: QWidget) -> Iterator[tuple[str, str]]:
    """Yield (where, words) of everything that Qt is given to show in `top`."""
    for part in parts(top):
        where = f"{type(part).__name__} {part.objectName()}"
        yield f"{where} title", part.windowTitle()
        yield f"{where} name", part.accessibleName()
        yield from ((f"{where} action", action.text()) for action in part.actions())
        yield from ((where, words) for words in _words(part))


def _words(part: QWidget) -> Iterator[str]:
    if isinstance(part, QLabel | QAbstractButton):
        yield part.text()
    elif isinstance(part, QLineEdit):
        yield part.placeholderText()
    elif isinstance(part, QComboBox):
        yield from (part.itemText(n) for n in range(part.count()))
    elif isinstance(part, QTabBar):
        yield from (part.tabText(n) for n in range(part.count()))
    elif isinstance(part, QAbstractItemView) and part.model() is not None:
        yield from _cells(part, part.model())


def _cells(view: QAbstractItemView, model: QAbstractItemModel) -> Iterator[str]:
    """Yield what Qt itself shows of rows, and what is read out; what we paint we make literal."""
    n_columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(model.rowCount()):
        for index in (model.index(row, column) for column in range(n_columns)):
            yield str(index.data(_READ_OUT) or "")
            if type(view.itemDelegateForIndex(index)) is QStyledItemDelegate:
                yield str(index.data(_SHOWN) or "")


def tips(top: QWidget) -> Iterator[tuple[str, str]]:
    """Yield (where, tooltip) of everything in `top`: of widgets, actions, rows and chips."""
    for part in parts(top):
        where = type(part).__name__
        yield where, part.toolTip()
        yield from ((f"{where} action", action.toolTip()) for action in part.actions())
        if isinstance(part, QAbstractItemView):
            yield from ((f"{where} row", tip) for tip in _shown_tips(part.viewport(), part))
        elif isinstance(part, Canvas):
            yield from ((f"{where} chip", tip) for tip in _shown_tips(part.viewport(), part))


def _shown_tips(surface: QWidget, part: QWidget) -> Iterator[str]:
    """Point at places all over `surface`, and yield what comes up."""
    for y in range(6, surface.height(), 12):
        for x in range(10, surface.width(), 40):
            point = QPoint(x, y)
            event = QHelpEvent(QEvent.Type.ToolTip, point, surface.mapToGlobal(point))
            QApplication.sendEvent(surface, event)
            yield QToolTip.text()
    QToolTip.hideText()


def _is_read(tip: str) -> bool:
    """Whether Qt would read more in a tooltip than paragraphs of escaped words."""
    rest = re.sub(r"</?p>|<br>|&(lt|gt|amp|quot|#x27);", "", tip)
    return GuiNamespace.mightBeRichText(tip) and bool(re.search("[<&]", rest))


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_it_is_shown_literally(stage: Stage, canary: Canary, scene: Scene) -> None:
    stage.tidy()
    canary.n_opened()
    top = scene.show(stage)
    stage.rest()
    top.grab()
    told, pointed = list(said(top)), list(tips(top))

    rich: list[QWidget] = [one for one in parts(top) if isinstance(one, QTextEdit | QTextBrowser)]
    rich += [
        one
        for one in parts(top)
        if isinstance(one, QLabel) and one.text() and one.textFormat() != Qt.TextFormat.PlainText
    ]
    assert rich == []
    assert [one for one in told if OVERRIDE in one[1] or "\n" in one[1]] == []
    assert [one for one in pointed if _is_read(one[1])] == []
    assert [one for one in pointed if OVERRIDE in one[1]] == []
    assert canary.n_opened() == 0
    assert [*cut_words(top), *overlaps(top), *outside(top)] == []


def test_the_names_are_there_to_be_read(stage: Stage) -> None:
    stage.tidy()
    stage.take(Event)
    stage.rest()

    assert any("<b>&<img" in words for _, words in said(stage.page.far_side))
    assert any("<b>&<img" in words for _, words in said(stage.page.reading_side))
    assert "<b>&<img" in stage.program.window.windowTitle()
    assert any("<b>&" in tip.replace(JOINER, "") for _, tip in tips(stage.page.far_side))


def test_what_a_gesture_tells_is_literal(stage: Stage, canary: Canary) -> None:
    stage.tidy()
    canary.n_opened()
    label = stage.take(Entity)
    stage.session.do(stage.session.intents.change(replace(label, note="غير")))
    stage.rest()
    bar = stage.page.messages
    bar.grab()
    saved = list(said(bar))
    stage.do("undo")
    stage.rest()
    bar.grab()

    assert not any(OVERRIDE in words for _, words in [*saved, *said(bar)])
    assert canary.n_opened() == 0


def test_the_canary_sings_where_html_is_read(qapp: QApplication, canary: Canary, name: str) -> None:
    label = QLabel(name)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.grab()

    assert canary.n_opened() > 0
