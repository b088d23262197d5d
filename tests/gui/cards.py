"""What tests of cards share: a panel over a session, labels made at once, real clicks and keys."""

from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.model import Entity, Event, Extent, Label, Layer, Stance
from annotator.gui import dressing, fonts, keys
from annotator.gui.intents import Intent
from annotator.gui.look import Look
from annotator.gui.panels.articlecard import ArticleCard
from annotator.gui.panels.hand import HandPanel
from annotator.gui.panels.wells import WellButton, WellFace
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.gui.widgets.segments import Segments
from annotator.i18n import Language
from tests import projects

ARABIC = Look(Theme.of("light"), Language.of("ar"))
ENGLISH = Look(Theme.of("light"), Language.of("en"))
_Widget = TypeVar("_Widget", bound=QWidget)


def panel_over(session: Session, qtbot: QtBot, look: Look = ARABIC) -> HandPanel:
    """Show the tab of what is in hand, as wide as it usually is."""
    wear(look)
    panel = HandPanel(look, session, keys.layout("linux"))
    qtbot.addWidget(panel)
    panel.resize(338, 900)
    panel.show()
    settle(session)
    return panel


def wear(look: Look) -> None:
    """Dress the program in `look`, where it does not wear it yet."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    if application.property("look") != (look.theme.name, look.language.code):
        fonts.load()
        dressing.dress(application, look)
        application.setProperty("look", (look.theme.name, look.language.code))


def settle(session: Session) -> None:
    """Write what waits, check it, and let the widgets come to rest."""
    session.flush()
    session.check()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, HandPanel | ArticleCard):
            widget.refresh()  # cards follow a little behind the text
    for _ in range(3):
        QApplication.processEvents()


def do(session: Session, intent: Intent) -> str:
    """Write `intent` and return the uid of what is in hand afterwards."""
    session.do(intent)
    settle(session)
    return session.hand


def entity(session: Session, quote: str, type_name: str = "PERS", nth: int = 0) -> str:
    """Label the `nth` place of `quote` as an entity; return its uid."""
    return do(session, session.intents.add_entity(at(session, quote, nth), type_name))


def event(session: Session, quote: str, type_name: str = "MEET", nth: int = 0) -> str:
    """Label the `nth` place of `quote` as an event; return its uid."""
    return do(session, session.intents.add_event(at(session, quote, nth), type_name))


def at(session: Session, quote: str, nth: int = 0) -> Extent:
    """Return the extent of the `nth` place of `quote` in the article in view."""
    assert session.reading is not None
    return projects.extent_of(quote, session.reading.text, nth)


def named(widget: QWidget, kind: type[_Widget], name: str) -> _Widget:
    """Return the visible part of `widget` that is called `name`."""
    found = [one for one in widget.findChildren(kind, name) if one.isVisibleTo(widget)]
    assert len(found) == 1, (name, [one.objectName() for one in widget.findChildren(QWidget)])
    return found[0]


def parts(widget: QWidget, prefix: str) -> list[QAbstractButton]:
    """Return the buttons in `widget` whose names begin with `prefix`."""
    found = widget.findChildren(QAbstractButton)
    return [one for one in found if one.objectName().startswith(prefix)]


def click(session: Session, button: QWidget) -> None:
    """Click in the middle of `button`, and let all come to rest."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())
    settle(session)


def click_at(session: Session, widget: QWidget, point: QPoint) -> None:
    """Click at a place of `widget`, and let all come to rest."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=point)
    settle(session)


def press(session: Session, panel: HandPanel, *places: str) -> None:
    """Press keys in the text, as the page hands them on; a key after "shift " is shifted."""
    for place in places:
        key = place.removeprefix("shift ")
        assert panel.press_key(key, key != place), place
        settle(session)


def choose(session: Session, segments: Segments, value: str) -> None:
    """Click the segment of `value`."""
    at_value = [*segments.values(), value][-1]
    for segment in segments.findChildren(QPushButton):
        if getattr(segment, "value", "") == at_value:
            click(session, segment)
            return
    raise AssertionError(value)


def type_in(session: Session, widget: QWidget, text: str) -> None:
    """Type into what has the keyboard in the window of `widget`: QTest knows no Arabic keys."""
    target = widget.window().focusWidget()
    assert target is not None
    for character in text:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
        QApplication.sendEvent(target, event)
    settle(session)


def press_in(session: Session, widget: QWidget, key: Qt.Key) -> None:
    """Press a key on what has the keyboard in the window of `widget`."""
    target = widget.window().focusWidget()
    assert target is not None
    QTest.keyClick(target, key)
    settle(session)


def in_file(session: Session) -> dict[str, Label]:
    """Return the labels as they are in the file."""
    assert isinstance(session.layer, Layer)
    return {label.uid: label for label in session.project.labels(session.layer)}


def filled(session: Session, uid: str) -> list[tuple[str, str]]:
    """Return the roles of the event `uid` with the quotes of their fillers, from the file."""
    labels = in_file(session)
    found = []
    for argument in session.arguments_of(uid):
        assert argument.uid in labels
        filler = labels[argument.filler]
        assert isinstance(filler, Entity | Event)
        found.append((argument.type, filler.extent[0].quote))
    return found


def stances(session: Session) -> list[Stance]:
    """Return the stances in the file."""
    return [label for label in in_file(session).values() if isinstance(label, Stance)]


def words(widget: QWidget) -> list[str]:
    """Return what the labels in `widget` say that can be seen."""
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def faces(widget: QWidget, prefix: str) -> list[WellFace]:
    """Return what the wells show whose names begin with `prefix`."""
    return [one.face for one in parts(widget, prefix) if isinstance(one, WellButton)]


def quote(session: Session, uid: str) -> str:
    """Return the text under the label `uid`."""
    label = session.label(uid)
    assert isinstance(label, Entity | Event)
    return label.extent[0].quote


def uid_of(session: Session, quote: str) -> str:
    """Return the uid of the entity or event over `quote`."""
    return next(
        uid
        for uid, label in session.shown_labels().items()
        if isinstance(label, Entity | Event) and label.extent[0].quote == quote
    )
