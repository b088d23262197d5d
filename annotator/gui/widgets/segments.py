"""Segments: a small choice with all its values visible, one of them on, or several."""

from collections.abc import Iterable, Sequence

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.widgets.flow import Flow
from annotator.gui.widgets.literal import shown, tooltip

_HEIGHT = 30
_COMPACT_HEIGHT = 28
_BESIDE_WORDS = 2 * (10 + 1) + 4  # padding and frame of the sheet, and what Qt leaves around text
_LONGEST, _WIDEST = 40, 150  # code points and pixels of a name: it has room in a card
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Choice(msgspec.Struct, frozen=True):
    """One value and its name, which may come from the label schema."""

    value: str
    name: str


class Segments(QWidget):
    """One segment a value. Tab comes to the group, arrows go along it, Space or a click chooses.

    `values_chosen` says which values are on, in the order of the choices, after a person's act.
    Where one only may be on, choosing it again takes it off if the choice `is_optional`.
    """

    values_chosen = Signal(tuple)

    def __init__(
        self,
        look: Look,
        name: str,
        choices: Sequence[Choice],
        on: Iterable[str] = (),
        *,
        takes_several: bool = False,
        is_optional: bool = False,
    ) -> None:
        """Offer `choices`; `name` is for readers of the screen."""
        super().__init__()
        self._look, self._takes_several, self._is_optional = look, takes_several, is_optional
        self._segments = [_Segment(self, look, choice) for choice in choices]
        self.setAccessibleName(shown(name))
        flow = Flow(self)
        for segment in self._segments:
            flow.addWidget(segment)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_values(on)

    def values(self) -> tuple[str, ...]:
        """Return the values that are on."""
        return tuple(segment.value for segment in self._segments if segment.isChecked())

    def show_values(self, on: Iterable[str]) -> None:
        """Show these values as on; nothing is said to have been chosen."""
        wanted = set(on)
        for segment in self._segments:
            segment.setChecked(segment.value in wanted)
        self._let_tab_come_to(next(filter(QPushButton.isChecked, self._segments), None))

    def press(self, value: str) -> None:
        """Choose `value` as a click does."""
        next(segment for segment in self._segments if segment.value == value).click()

    def on_pressed(self, pressed: "_Segment") -> None:
        """Take a person's press on a segment, which Qt has toggled already."""
        if not self._takes_several:
            for segment in self._segments:
                segment.setChecked(segment is pressed and self._stays_on(pressed))
        self._let_tab_come_to(pressed)
        self.values_chosen.emit(self.values())

    def go_along(self, start: "_Segment", key: int) -> None:
        """Move the focus one segment on, as the eye sees it: left is left in both languages."""
        step = _STEPS[Qt.Key(key)]
        if self._look.is_rtl and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = -step
        at = self._segments.index(start) + step
        if 0 <= at < len(self._segments):
            self._let_tab_come_to(self._segments[at])
            self._segments[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _stays_on(self, pressed: "_Segment") -> bool:
        return pressed.isChecked() or not self._is_optional

    def _let_tab_come_to(self, chosen: QPushButton | None) -> None:
        """Make one segment the stop of Tab: the chosen one, else the first."""
        stop = chosen or (self._segments[0] if self._segments else None)
        for segment in self._segments:
            strong = Qt.FocusPolicy.StrongFocus
            segment.setFocusPolicy(strong if segment is stop else Qt.FocusPolicy.ClickFocus)


class _Segment(QPushButton):
    def __init__(self, group: Segments, look: Look, choice: Choice) -> None:
        words = shown(choice.name, _LONGEST)
        face = QFontMetrics(fonts.window(13, strong=True))
        seen = face.elidedText(words, Qt.TextElideMode.ElideRight, _WIDEST)
        super().__init__(seen.replace("&", "&&"))
        self.value, self._group, self._look = choice.value, group, look
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("look", "segment")
        self.setAccessibleName(shown(choice.name))
        is_cut = seen != words or len(choice.name) > _LONGEST
        self.setToolTip(tooltip(choice.name) if is_cut else "")
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self._group.on_pressed(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._group.go_along(self, event.key())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        # as if it were on: its words are heavier then, and nothing is to move
        words = QFontMetrics(fonts.window(13, strong=True)).horizontalAdvance(self.text())
        height = _COMPACT_HEIGHT if self._look.is_compact else _HEIGHT
        return QSize(words + _BESIDE_WORDS, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(60, self.sizeHint().width()), self.sizeHint().height())
