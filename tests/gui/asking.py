"""What tests of dialogs share: looks, files to read, drops, and what a person sees."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtGui import Qt as GuiNamespace
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui import fonts
from annotator.gui.dressing import dress
from annotator.gui.look import Look
from annotator.gui.theme import Theme
from annotator.i18n import Language

LONG = 30_000
"""Milliseconds: a machine may be busy, and no test here is about time."""
HOSTILE = "<b>&<img src=x>\u202eقال\n" + "ط" * 500
NEWS = "قال الرئيس الروسي فلاديمير بوتين إن اللقاء كان مفيدًا، وأضاف أن الاجتماع القادم في مصر.\n"
"""A text that fits windows-1256 too, and says enough for its encoding to be told."""


def dressed(application: QApplication, code: str = "ar", theme: str = "light") -> Iterator[Look]:
    """Give the program a look for the time of a test."""
    fonts.load()
    look = Look(Theme.of(theme), Language.of(code))
    dress(application, look)
    yield look
    application.setStyleSheet("")
    application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def put(qtbot: QtBot, widget: QWidget) -> None:
    """Show a dialog or panel as the window does, and close it after the test."""
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)


def drop(widget: QWidget, *paths: Path) -> bool:
    """Drop files on the middle of `widget`; return whether it takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle, copy = QPoint(widget.width() // 2, 8), Qt.DropAction.CopyAction
    left, no_keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(middle, copy, data, left, no_keys)
    entering.ignore()
    QApplication.sendEvent(widget, entering)
    if entering.isAccepted():
        dropping = QDropEvent(QPointF(middle), copy, data, left, no_keys)
        QApplication.sendEvent(widget, dropping)
    return entering.isAccepted()


def seen(widget: QWidget) -> str:
    """Return all words that are visible in `widget`, one after another."""
    labels = [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    buttons = [one.text() for one in widget.findChildren(QAbstractButton) if one.isVisible()]
    return "\n".join(labels + buttons)


def is_literal(widget: QWidget) -> bool:
    """Whether nothing in `widget` is read as HTML, and no override of direction is left in it."""
    labels = widget.findChildren(QLabel)
    plain = all(one.textFormat() == Qt.TextFormat.PlainText for one in labels if one.text())
    tips = [one.toolTip() for one in widget.findChildren(QWidget)]
    hidden = any("\u202e" in one for one in (*tips, seen(widget)))
    return plain and not hidden and not any(map(is_rich, tips))


def is_rich(tip: str) -> bool:
    """Whether Qt would take a tooltip for HTML."""
    return GuiNamespace.mightBeRichText(tip)


def type_in(widget: QWidget, text: str) -> None:
    """Press a key for each letter, as a keyboard of any language does."""
    no_keys = Qt.KeyboardModifier.NoModifier
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, no_keys, letter))
