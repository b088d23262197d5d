"""Outline icons (Lucide), drawn from SVG in a colour of the theme, sharp at any pixel ratio."""

import functools
from pathlib import Path
from typing import Self

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator.gui.look import Look
from annotator.paths import resource

_STROKE = ('stroke-width="2"', 'stroke-width="1.75"')
_FADED = 0.6  # what an icon keeps of itself on a button that cannot be pressed
_MIRRORED = frozenset(  # these follow the reading direction; no other does
    ["undo-2", "redo-2", "chevron-left", "chevron-right", "arrow-left", "arrow-right"]
) | {"list-tree", "panel-right"}


def icon(look: Look, name: str, role: str = "text_2", size: int = 16) -> QIcon:
    """Return the icon `name` in the colour of `role`; FileNotFoundError where it is not bundled.

    `size` is what it measures where nobody asks for another size. A name says how the icon looks
    in English: `chevron-left` leads back, and in Arabic it is drawn pointing right.
    """
    return QIcon(_outline(look, name, role, size))


def draw(painter: QPainter, look: Look, name: str, box: QRectF, role: str = "text_2") -> None:
    """Draw the icon `name` into `box`."""
    _outline(look, name, role).draw(painter, box)


def names() -> list[str]:
    """Return the names of the icons that are bundled."""
    return sorted(file.stem for file in resource("icons").glob("*.svg"))


def _outline(look: Look, name: str, role: str, size: int = 16) -> "_Outline":
    is_mirrored = look.is_rtl and name in _MIRRORED
    file = resource("icons") / f"{name}.svg"
    file.stat()  # it is read when it is drawn, and missed at once
    inks = look.theme[role].name(), look.theme["text_3"].name()
    return _Outline(file, inks, size, is_mirrored=is_mirrored)


class _Outline(QIconEngine):
    """Draws one icon at whatever size Qt asks for, in one ink or, on what is disabled, another."""

    def __init__(self, file: Path, inks: tuple[str, str], size: int, *, is_mirrored: bool) -> None:
        super().__init__()
        self._file, self._inks, self._size, self._is_mirrored = file, inks, size, is_mirrored

    @functools.cached_property
    def _usual(self) -> QSvgRenderer:
        return _renderer(self._file, self._inks[0])

    @functools.cached_property
    def _disabled(self) -> QSvgRenderer:
        return _renderer(self._file, self._inks[1])

    def draw(self, painter: QPainter, box: QRectF, *, is_disabled: bool = False) -> None:
        """Draw it as large as fits in the middle of `box`."""
        side = min(box.width(), box.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(box.center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_mirrored:
            painter.translate(box.left() + box.right(), 0)
            painter.scale(-1, 1)
        if is_disabled:
            painter.setOpacity(painter.opacity() * _FADED)
        (self._disabled if is_disabled else self._usual).render(painter, square)
        painter.restore()

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        self.draw(painter, QRectF(rect), is_disabled=mode is QIcon.Mode.Disabled)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def availableSizes(
        self, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off
    ) -> list[QSize]:
        return [QSize(self._size, self._size)]

    def clone(self) -> Self:
        return type(self)(self._file, self._inks, self._size, is_mirrored=self._is_mirrored)


def _renderer(file: Path, ink: str) -> QSvgRenderer:
    svg = file.read_text("utf-8").replace(*_STROKE).replace("currentColor", ink)
    return QSvgRenderer(QByteArray(svg.encode()))
