"""The palette: every type with its key, its colour and its name; a click labels with it."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.gui import fonts
from annotator.gui.dressing import direction_of
from annotator.gui.keys import Layout
from annotator.gui.look import Look
from annotator.gui.models.types import KIND_KEYS, KIND_NAMES, KINDS, OfferedType, offered
from annotator.gui.session import Session
from annotator.gui.slots import slots_of
from annotator.gui.widgets.chip import SIGNS
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.fields import SearchField
from annotator.gui.widgets.focus import draw_ring
from annotator.gui.widgets.keycap import draw_cap, size_of
from annotator.gui.widgets.literal import broken, draw_line, is_rtl, shown, tooltip
from annotator.gui.widgets.swatch import draw_swatch
from annotator.gui.widgets.tabs import Tabs
from annotator.gui.widgets.words import Words

_LEAST_ROWS = 11
"""A column holds at least so many before the next one begins."""
_ROW, _COMPACT_ROW = 24, 20
_CAP_WIDTH, _SWATCH_WIDTH, _GAP = 36, 18, 4
REMOVE = "remove"


class PalettePanel(QWidget):
    """Tabs of types, two columns each, and a field that finds any of them by its name."""

    type_asked = Signal(str, str)  # kind, type
    action_asked = Signal(str)

    def __init__(
        self, look: Look, session: Session, layout: Layout, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._session, self._layout = look, session, layout
        text = look.language.text
        self.tabs = Tabs(look, text("Types"), [text(KIND_NAMES[kind]) for kind in KINDS])
        self.tabs.currentChanged.connect(lambda _: self._show_types())
        self.field = SearchField(look, text("Any type, by its name"), latin="Ctrl T")
        self.field.text_changed.connect(lambda _: self._show_types())
        self.field.line.returnPressed.connect(self._on_return_pressed)
        self.hint = Words(look, "", "hint")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._area)
        self._pages.addWidget(Empty(look, text("No type has such a name")))
        self._put_together()
        session.project_changed.connect(self._show_types)
        self._show_types()

    def _put_together(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 2, 10, 8)
        column.setSpacing(4)
        for part in (self.tabs, self.field, self.hint):
            column.addWidget(part)
        column.addWidget(self._pages, 1)

    @property
    def buttons(self) -> list["TypeButton"]:
        """The types that are shown, in their order."""
        return self._area.findChildren(TypeButton)

    def focus_field(self) -> None:
        """Give the keyboard to the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.line.selectAll()

    # --- what is shown ---

    def _show_types(self) -> None:
        kind = KINDS[max(self.tabs.currentIndex(), 0)]
        is_search = bool(self.field.text().strip())
        types = self._found() if is_search else self._offered(kind)
        self._show_grid(types, with_remove=not is_search and kind in KINDS[:2])
        self._pages.setCurrentIndex(1 if is_search and not types else 0)
        said = "" if is_search else self._hint(kind)
        self.hint.setText(said)
        self.hint.setVisible(bool(said))

    def _offered(self, kind: str) -> list[OfferedType]:
        schema = self._session.schema
        return offered(schema, self._look.language, slots_of(schema.entities), kind)

    def _found(self) -> list[OfferedType]:
        from annotator.gui.dialogs.finding import Entry, Place, found

        every = {f"{one.kind}:{one.id}": one for kind in KINDS for one in self._offered(kind)}
        entries = (Entry(one.kind, id, one.name, one.names) for id, one in every.items())
        return [every[entry.id] for entry in found(self.field.text(), map(Place.of, entries))]

    def _hint(self, kind: str) -> str:
        """Say how the keys of a kind are meant, where that is not the letter alone."""
        language = self._look.language
        if kind == "event":
            return language.text("Shift and the letter")
        if kind in KIND_KEYS:
            return language.text("{key} begins one", key=KIND_KEYS[kind].upper())
        return ""

    def _show_grid(self, types: Sequence[OfferedType], *, with_remove: bool) -> None:
        page = QWidget()
        self._area.setWidget(page)  # before it is filled, or all in it would be styled twice
        page.setLayoutDirection(direction_of(self._look))
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(1)
        cells = [self._button(one) for one in types]
        if with_remove:
            cells.append(self._remove_button())
        rows = max(_LEAST_ROWS, (len(cells) + 1) // 2)
        for at, cell in enumerate(cells):
            grid.addWidget(cell, at % rows, at // rows)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(rows, 1)

    def _button(self, one: OfferedType) -> "TypeButton":
        button = TypeButton(self._look, one, self._layout.arabic_legend(one.key))
        button.clicked.connect(lambda: self.type_asked.emit(one.kind, one.id))
        return button

    def _remove_button(self) -> "TypeButton":
        name = self._look.language.text("Remove label")
        one = OfferedType(REMOVE, REMOVE, name, (), "x")
        button = TypeButton(self._look, one, self._layout.arabic_legend("x"))
        button.clicked.connect(lambda: self.action_asked.emit(REMOVE))
        return button

    def _on_return_pressed(self) -> None:
        buttons = self.buttons
        if self.field.text().strip() and buttons:
            self.field.line.clear()
            self.type_asked.emit(buttons[0].type.kind, buttons[0].type.id)


class TypeButton(QAbstractButton):
    """A type: key cap, swatch, name. Names are cut where there is no room."""

    def __init__(self, look: Look, type_: OfferedType, arabic: str) -> None:
        super().__init__()
        self._look, self.type, self._arabic = look, type_, arabic
        self.setText(shown(type_.name))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(" ".join(filter(None, (self.text(), type_.key.upper()))))
        self.setAccessibleDescription(shown(type_.guideline))
        told = "\n".join(filter(None, (type_.name, type_.guideline)))
        self.setToolTip(tooltip(told))

    def _parts(self) -> tuple[QRect, QRect, QRect]:
        """Return where the cap, the swatch and the name go, mirrored with the interface."""
        at, boxes = 2, []
        for width in (*self._before_name(), None):
            taken = self.width() - at - 2 if width is None else width
            boxes.append(QRect(at, 0, taken, self.height()))
            at += taken + (_GAP if taken else 0)
        if self._look.is_rtl:
            for box in boxes:
                box.moveRight(self.width() - 1 - box.left())
        return boxes[0], boxes[1], boxes[2]

    def _before_name(self) -> tuple[int, int]:
        """Return the widths of cap and swatch: only entities and events have keys of their own."""
        has_cap = self.type.kind in ("entity", "event", REMOVE)
        return _CAP_WIDTH if has_cap else 0, _SWATCH_WIDTH if self.type.kind != REMOVE else 0

    def _draw_name(self, painter: QPainter, box: QRect) -> None:
        """Draw the name, the short one where that fits and the whole one does not."""
        painter.setPen(self._look.theme["text_2"])
        painter.setFont(fonts.window(12))
        short, metrics = shown(self.type.short), painter.fontMetrics()
        is_wide = metrics.horizontalAdvance(self.text()) + 2 > box.width()
        line = broken(short if is_wide and short else self.text(), painter.font(), box.width(), 1)[
            0
        ]
        draw_line(painter, box, line, is_rtl=is_rtl(line), at_right=self._look.is_rtl)

    def _draw_cap(self, painter: QPainter, box: QRect) -> None:
        if not self.type.key:
            return
        size = size_of(self.type.key.upper(), self._arabic)
        left = box.right() + 1 - size.width() if self._look.is_rtl else box.left()
        place = QRectF(left, (self.height() - size.height()) / 2, size.width(), size.height())
        draw_cap(painter, self._look, place, self.type.key.upper(), self._arabic)

    def _draw_swatch(self, painter: QPainter, box: QRect) -> None:
        place = QRectF(box.left(), (self.height() - 16) / 2, box.width(), 16)
        if self.type.slot:
            draw_swatch(painter, self._look, place, self.type.slot)
        elif self.type.kind == "event":
            painter.setPen(self._look.theme["event"])
            painter.setBrush(self._look.theme["event_tint"])
            painter.drawRoundedRect(place.adjusted(0.5, 2.5, -0.5, -1.5), 2, 2)
        elif self.type.tone:
            painter.setPen(self._look.theme[self.type.tone])
            painter.setFont(fonts.window(13, strong=True))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), SIGNS[self.type.tone])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cap, swatch, name = self._parts()
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.theme["accent_soft" if self.isDown() else "hover"])
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        self._draw_cap(painter, cap)
        self._draw_swatch(painter, swatch)
        self._draw_name(painter, name)
        if self.hasFocus():
            draw_ring(painter, self._look, QRectF(self.rect()), 4)

    def sizeHint(self) -> QSize:
        """Ask for the room of the name."""
        before = sum(self._before_name()) + 2 * _GAP + 4
        words = QFontMetrics(fonts.window(12)).horizontalAdvance(self.text())
        return QSize(before + words, _COMPACT_ROW if self._look.is_compact else _ROW)
