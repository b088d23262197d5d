"""The pictures of the demo: the real window on the sample project, drawn off screen.

The program that is started here is the one that a person starts; each scene does in it what a
person would do, and is then drawn. Tests look at the same scenes.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

import demo_agreement
import demo_names
import demo_search
import demo_team
from annotator.core.model import Entity, Event, Label, Stance, replace
from annotator.gui.dialogs.importing import ImportDialog
from annotator.gui.dialogs.newname import NamePage
from annotator.gui.dialogs.newproject import NewProject
from annotator.gui.dialogs.newwho import WhoPage
from annotator.gui.dialogs.statistics import StatisticsDialog
from annotator.paths import seeds
from annotator.services import annotators, labelling, listing
from annotator.store.project import Project
from demo_stage import SMALLEST, WHO, Stage

# --- scenes ---


@dataclass(frozen=True, slots=True)
class Scene:
    """What is done to see something, and the look in which the demo draws it."""

    name: str
    show: Callable[[Stage], QWidget]
    code: str = "ar"
    theme: str = "light"


def _labelling(stage: Stage) -> QWidget:
    """Take an event with several fillers in hand."""
    session = stage.session

    def has_fillers(label: Label) -> bool:
        return len(session.arguments_of(label.uid)) >= 3

    stage.take(Event, has_fillers)
    return stage.program.window


def _narrow(stage: Stage) -> QWidget:
    stage.program.window.resize(*SMALLEST)
    _labelling(stage)
    stage.do("sides")
    return stage.program.window


def _find(stage: Stage) -> QWidget:
    stage.do("find")
    stage.page.find_bar.open_on(stage.session.reading.text if stage.session.reading else "", "ال")
    return stage.program.window


def _event_card(stage: Stage) -> QWidget:
    _labelling(stage)
    return stage.page.far_side


def _entity_card(stage: Stage) -> QWidget:
    stage.take(Entity, lambda one: isinstance(one, Entity) and bool(one.doubt))
    return stage.page.far_side


def _stance_card(stage: Stage) -> QWidget:
    stage.take(Stance)
    return stage.page.far_side


def _new_stance(stage: Stage) -> QWidget:
    stage.do("stance")
    return stage.page.far_side


def _article_card(stage: Stage) -> QWidget:
    stage.do("about_article")
    return stage.page.far_side


def _all_labels(stage: Stage) -> QWidget:
    stage.do("all_labels")
    return stage.page.far_side


def _problems(stage: Stage) -> QWidget:
    stage.do("problems")
    return stage.page.far_side


def _articles(stage: Stage) -> QWidget:
    return stage.page.reading_side


def _dialog(action: str) -> Callable[[Stage], QWidget]:
    return lambda stage: stage.asked(action)


def _of_label(action: str) -> Callable[[Stage], QWidget]:
    """Return a scene of a dialog about the label in hand."""

    def show(stage: Stage) -> QWidget:
        stage.take(Entity, lambda one: isinstance(one, Entity) and bool(one.doubt))
        return stage.asked(action)

    return show


def _statistics(stage: Stage) -> QWidget:
    dialog = stage.asked("statistics")
    if not isinstance(dialog, StatisticsDialog):
        raise TypeError(dialog)
    stage.until(lambda: not dialog.is_counting)
    return dialog


def _import(stage: Stage) -> QWidget:
    """Show what would come of articles that are there already and of files that are none."""
    dialog = stage.asked("import")
    if not isinstance(dialog, ImportDialog):
        raise TypeError(dialog)
    dialog.sources.add([seeds()])
    stage.until(lambda: dialog.preview is not None)
    return dialog


def _new_project(step: int) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        dialog = stage.asked("new_project")
        if not isinstance(dialog, NewProject):
            raise TypeError(dialog)
        for page in dialog.pages:
            if isinstance(page, NamePage):
                page.field.setText("محادثات السلام 2025")
            elif isinstance(page, WhoPage):
                page.who.field.setText("سلمى")
        dialog.articles.sources.add([seeds() / "articles"])
        stage.until(lambda: bool(dialog.articles.note))
        dialog.go_to(step)
        return dialog

    return show


def menu(n: int) -> Callable[[Stage], QWidget]:
    """Return the scene of the `n`th menu."""

    def show(stage: Stage) -> QWidget:
        (bar,) = stage.program.window.findChildren(QMenuBar)
        found = bar.actions()[n].menu()
        if not isinstance(found, QMenu):
            raise TypeError(found)
        found.popup(bar.mapToGlobal(bar.rect().bottomLeft()))
        return found

    return show


def _welcome(stage: Stage) -> QWidget:
    stage.program.close_project()
    return stage.program.window


SCENES = (
    Scene("label-ar-light", _labelling),
    Scene("label-ar-narrow", _narrow),
    Scene("find", _find),
    Scene("event-card", _event_card),
    Scene("entity-card", _entity_card),
    Scene("stance-card", _stance_card),
    Scene("new-stance", _new_stance),
    Scene("article-card", _article_card),
    Scene("all-labels", _all_labels),
    Scene("problems", _problems),
    Scene("article-list", _articles),
    *(Scene(f"new-project-{n + 1}", _new_project(n)) for n in range(4)),
    Scene("who", _dialog("who")),
    Scene("import", _import),
    Scene("export", _dialog("export")),
    Scene("settings", _dialog("settings")),
    Scene("statistics", _statistics),
    Scene("keys", _dialog("keys")),
    Scene("commands", _dialog("commands")),
    Scene("note", _of_label("note")),
    Scene("question", _of_label("doubt")),
    Scene("guideline", _of_label("guideline")),
    Scene("about", _dialog("about")),
    *(Scene(name, show) for name, show in (*demo_team.SCENES, *demo_agreement.SCENES)),
    *(Scene(name, show) for name, show in (*demo_search.SCENES, *demo_names.SCENES)),
    Scene("menu", menu(0)),
    Scene("welcome", _welcome),
    Scene("label-ar-dark", _labelling, theme="dark"),
    Scene("search-ar-dark", demo_search.search, theme="dark"),
    Scene("agreement-ar-dark", demo_agreement.agreement, theme="dark"),
    Scene("label-ar-contrast", _labelling, theme="contrast"),
    Scene("search-ar-contrast", demo_search.search, theme="contrast"),
    Scene("agreement-ar-contrast", demo_agreement.agreement, theme="contrast"),
    Scene("label-en-light", _labelling, code="en"),
    Scene("agreement-en-light", demo_agreement.agreement, code="en"),
    Scene("search-en-light", demo_search.search, code="en"),
    Scene("names-ar-dark", demo_names.names, theme="dark"),
    Scene("names-en-light", demo_names.names, code="en"),
    Scene("mark-all-en-light", demo_search.mark_all, code="en"),
)


def prepared(project: Path, folder: Path) -> Path:
    """Copy the sample project, open its first article again, and ask the lead a question in it."""
    path = Path(shutil.copy(project, folder / "window.hashiya"))
    with Project.open(path) as opened:
        uid = next(iter(listing.articles(opened)))["uid"]
        layer = opened.layer(opened.article(uid).sha256, annotators.named(opened, WHO).uid)
        labelling.set_status(opened, layer, "started")
        entity = next(one for one in opened.labels(layer) if isinstance(one, Entity))
        labelling.change(opened, layer, replace(entity, doubt="مهنة أم جماعة؟ لم أجدها في الدليل."))
    return path


def saved(project: Path, folder: Path) -> Iterator[Path]:
    """Draw every scene into `folder`, and yield the path of each picture."""
    folder.mkdir(parents=True, exist_ok=True)
    made = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(made, QApplication):
        raise TypeError(made)
    qInstallMessageHandler(lambda *_: None)  # the plugin that draws off screen warns of its lacks
    stage = Stage(made, prepared(project, folder.parent))
    worn = ("ar", "system")
    for scene in SCENES:
        if worn != (scene.code, scene.theme):
            worn = (scene.code, scene.theme)
            stage.wear(*worn)
        yield _drawn(stage, scene, folder / f"{scene.name}.png")
    stage.close()


def _drawn(stage: Stage, scene: Scene, path: Path) -> Path:
    stage.tidy()
    widget = scene.show(stage)
    stage.rest()
    if not widget.grab().save(str(path)):
        raise OSError(f"{path} could not be written")
    return path
