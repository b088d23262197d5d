"""Looking at a window for what an eye would mind: cut words, controls over controls, covered ink.

Each function returns one line for each fault, and none where all is well. Nothing here changes
what is looked at.
"""

import re
from collections.abc import Callable, Iterator
from itertools import combinations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTabBar,
    QToolButton,
    QWidget,
)

from annotator.gui.canvas.view import Canvas
from annotator.gui.widgets.literal import Literal
from tests.gui.inking import chips_over_chips, covered_ink

_MNEMONIC = Qt.TextFlag.TextShowMnemonic
_CONTROLS = (
    QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView, QTabBar, QMenuBar,
    QScrollBar, Canvas,
)  # fmt: skip
Fault = Iterator[str]


def faults(top: QWidget) -> list[str]:
    """Return everything that an eye would mind in `top`."""
    found = [*cut_words(top), *overlaps(top), *outside(top)]
    for canvas in parts(top):
        if isinstance(canvas, Canvas):
            found += [*covered_ink(canvas), *chips_over_chips(canvas)]
    return found


def parts(top: QWidget) -> list[QWidget]:
    """Return `top` and everything in it that is shown, whether or not it is scrolled into view."""
    inner = [one for one in top.findChildren(QWidget) if one.isVisibleTo(top)]
    return [top, *(one for one in inner if one.window() is top.window())]


def told(widget: QWidget) -> str:
    """Name a widget for a fault."""
    words = widget.accessibleName() or getattr(widget, "text", str)()
    return f"{type(widget).__name__} {widget.objectName()} «{str(words)[:40]}»"


# --- words that are cut ---


def cut_words(top: QWidget) -> list[str]:
    """Return the words in `top` that have no room and are told nowhere."""
    return [f"cut: {told(part)}: {why}" for part in parts(top) for why in _cut(part)]


def _cut(widget: QWidget) -> Fault:
    if isinstance(widget, Literal):
        yield from _cut_literal(widget)
        return
    for kind, check in _CHECKS:
        if isinstance(widget, kind):
            yield from check(widget)
            return
    if _is_painted(widget) and not widget.toolTip():
        yield from _less(widget.size(), widget.sizeHint())


def _less(has: QSize, needs: QSize) -> Fault:
    if has.width() < needs.width() or has.height() < needs.height():
        yield f"{has.width()}×{has.height()} of {needs.width()}×{needs.height()}"


def _narrow(width: int, words: str, metrics: QFontMetrics, *, beside: int = 0) -> Fault:
    needed = metrics.size(_MNEMONIC, words).width() + beside
    if width < needed:
        yield f"{width} of {needed} for «{words}»"


def _cut_literal(widget: Literal) -> Fault:
    if widget.is_cut and not widget.toolTip():
        yield "cut without a tooltip"
    if widget.text() and widget.height() < widget.sizeHint().height():
        yield f"{widget.height()} high of {widget.sizeHint().height()}"


def _is_painted(widget: QWidget) -> bool:
    """Whether words in it are painted by a class of ours."""
    own = [kind for kind in type(widget).__mro__ if kind.__module__.startswith("annotator")]
    paints = any("paintEvent" in vars(kind) for kind in own)
    return paints and any("sizeHint" in vars(kind) for kind in own)


def _cut_label(label: QLabel) -> Fault:
    room, text = label.contentsRect().size(), label.text()
    if not text:
        return
    if label.wordWrap():
        words = re.split("[\\s\u200b]+", text)
        longest = max(words, key=lambda word: label.fontMetrics().horizontalAdvance(word))
        yield from _narrow(room.width(), longest, label.fontMetrics())
        needed = label.heightForWidth(label.width())
        if label.height() < needed:
            yield f"{label.height()} high of {needed}"
        return
    yield from _narrow(room.width(), text, label.fontMetrics())
    yield from _less(label.size(), label.sizeHint())


def _cut_button(button: QAbstractButton) -> Fault:
    if button.toolTip() and "…" in button.text():
        return
    if _is_painted(button):
        if not button.toolTip():
            yield from _less(button.size(), button.sizeHint())
    elif isinstance(button, QToolButton):
        yield from _narrow(button.contentsRect().width() - 2, button.text(), button.fontMetrics())
    elif button.text():
        element = _ELEMENTS[next(kind for kind in _ELEMENTS if isinstance(button, kind))]
        option = QStyleOptionButton()
        option.initFrom(button)
        room = button.style().subElementRect(element, option, button)
        has_icon = isinstance(button, QPushButton) and not button.icon().isNull()
        beside = button.iconSize().width() + 4 if has_icon else 0
        yield from _narrow(room.width(), button.text(), button.fontMetrics(), beside=beside)
        if button.height() < button.fontMetrics().height():
            yield f"{button.height()} high"


_ELEMENTS = {
    QPushButton: QStyle.SubElement.SE_PushButtonContents,
    QCheckBox: QStyle.SubElement.SE_CheckBoxContents,
    QRadioButton: QStyle.SubElement.SE_RadioButtonContents,
}


def _cut_line(line: QLineEdit) -> Fault:
    if line.text() or not line.placeholderText():
        return
    option = QStyleOptionFrame()
    option.initFrom(line)
    room = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    yield from _narrow(room.width() - 4, line.placeholderText(), line.fontMetrics())


def _cut_combo(box: QComboBox) -> Fault:
    option = QStyleOptionComboBox()
    option.initFrom(box)
    control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(control, option, part, box)
    if not box.toolTip():
        yield from _narrow(room.width(), box.currentText(), box.fontMetrics())


def _cut_tabs(bar: QTabBar) -> Fault:
    for n in range(bar.count()):
        yield from _narrow(bar.tabRect(n).width() - 4, bar.tabText(n), bar.fontMetrics())
        if not bar.rect().contains(bar.tabRect(n)):
            yield f"the tab «{bar.tabText(n)}» is not in view"


def _cut_menu_bar(bar: QMenuBar) -> Fault:
    for action in bar.actions():
        box = bar.actionGeometry(action)
        yield from _narrow(box.width(), action.text(), bar.fontMetrics())
        if not bar.rect().contains(box):
            yield f"the menu «{action.text()}» is not in view"


def _cut_menu(menu: QMenu) -> Fault:
    for action in menu.actions():
        words, _, key = action.text().partition("\t")
        beside = menu.fontMetrics().horizontalAdvance(key) + (0 if action.icon().isNull() else 16)
        box = menu.actionGeometry(action)
        yield from _narrow(box.width(), words, menu.fontMetrics(), beside=beside)
        if not menu.rect().contains(box):
            yield f"«{words}» is not in view"


def _cut_header(header: QHeaderView) -> Fault:
    for n in range(header.count()):
        if header.sectionSize(n) < header.sectionSizeHint(n):
            yield f"column {n}: {header.sectionSize(n)} of {header.sectionSizeHint(n)}"


def _cut_rows(view: QAbstractItemView) -> Fault:
    model = view.model()
    if model is None:
        return
    n_columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(min(model.rowCount(), 200)):
        for column in range(n_columns):
            yield from _cut_row(view, model.index(row, column))


def _cut_row(view: QAbstractItemView, index: QModelIndex) -> Fault:
    box, words = view.visualRect(index), str(index.data() or "")
    if not box.isEmpty() and box.height() < view.sizeHintForIndex(index).height():
        yield f"«{words}» is {box.height()} high of {view.sizeHintForIndex(index).height()}"
    is_plain = type(view.itemDelegateForIndex(index)) is QStyledItemDelegate
    if is_plain and not index.data(Qt.ItemDataRole.ToolTipRole):
        room = min(box.width(), view.viewport().width()) - 4
        yield from _narrow(room, words, view.fontMetrics())


_CHECKS: tuple[tuple[type, Callable[..., Fault]], ...] = (
    (QLabel, _cut_label),
    (QAbstractButton, _cut_button),
    (QLineEdit, _cut_line),
    (QComboBox, _cut_combo),
    (QTabBar, _cut_tabs),
    (QMenuBar, _cut_menu_bar),
    (QMenu, _cut_menu),
    (QHeaderView, _cut_header),
    (QAbstractItemView, _cut_rows),
)


# --- controls that are in each other's way ---


def seen_box(widget: QWidget, top: QWidget) -> QRect:
    """Return what of a widget is not clipped, in `top`."""
    box = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size()) if widget is not top else top.rect()
    around = widget.parentWidget() if widget is not top else None
    while around is not None and around is not top.parentWidget():
        corner = around.mapTo(top, QPoint(0, 0)) if around is not top else QPoint(0, 0)
        box &= QRect(corner, around.size())
        around = around.parentWidget() if around is not top else None
    return box


def overlaps(top: QWidget) -> list[str]:
    """Return the controls and labels of `top` that lie over one another."""
    shown = [one for one in parts(top) if isinstance(one, _CONTROLS) or _says_something(one)]
    boxes = [(one, seen_box(one, top)) for one in shown]
    return [
        f"over one another: {told(one)} and {told(other)}"
        for (one, box), (other, other_box) in combinations(boxes, 2)
        if box.intersects(other_box) and not (one.isAncestorOf(other) or other.isAncestorOf(one))
    ]


def _says_something(widget: QWidget) -> bool:
    return isinstance(widget, QLabel) and bool(widget.text())


def outside(top: QWidget) -> list[str]:
    """Return what reaches beyond the part of the window that it stands in."""
    return [f"outside: {told(one)}: {_where(one)}" for one in parts(top)[1:] if _is_outside(one)]


def _where(widget: QWidget) -> str:
    box, around = widget.geometry(), widget.parentWidget()
    return f"{box.getRect()} in {around.size().toTuple() if around else ()}"


def _is_outside(widget: QWidget) -> bool:
    around = widget.parentWidget()
    if around is None:
        return False
    area = around.parentWidget()
    if isinstance(area, QAbstractScrollArea) and area.viewport() is around:
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        is_fixed = area.horizontalScrollBarPolicy() == off
        return isinstance(area, QScrollArea) and is_fixed and widget.width() > around.width()
    # A pixel is the frame that a sheet adds, or where QSplitter begins from right to left.
    room = around.rect().adjusted(-1, -1, 1, 1)
    return not widget.geometry().isEmpty() and not room.contains(widget.geometry())
