"""How a row of a keyword-in-context list is painted, and where its columns are."""

from collections import OrderedDict
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QTextLayout, QTextOption

from annotator.arabic.offsets import to_utf16
from annotator.gui import fonts
from annotator.gui.canvas.linemap import LineMap
from annotator.gui.look import Look
from annotator.gui.models.kwic import KwicRow
from annotator.gui.panels.columnlist import HEIGHT
from annotator.gui.widgets.chip import HEIGHT as CHIP_HEIGHT
from annotator.gui.widgets.chip import draw_chip, size_of
from annotator.gui.widgets.literal import ELLIPSIS, broken, draw_line, is_rtl, shown

_EDGE, _TICK, _TITLE, _LABEL, _GAP = 16, 28, 132, 104, 8
_NARROW, _NARROW_TITLE, _NARROW_LABEL = 760, 92, 84
_HIT = 22
"""Pixels of the frame around what was found."""
_MIDDLE = 0.54
"""Where what was found begins, as a share of the room of the three columns, from the left."""
_BOX = 14
_RTL = Qt.LayoutDirection.RightToLeft
_RADIUS = 3
_ENDLESS = 10_000
_KEPT, _WORDS = 400, 10_000
"""Rows that are kept laid out, and words whose width is known."""


class Columns(NamedTuple):
    """Where the columns of a list are, in pixels from its left."""

    tick: QRect
    title: QRect
    label: QRect
    left: int
    middle: int
    """Where the words found begin: their right edge."""
    right: int

    @classmethod
    def of(cls, look: Look, width: int, *, has_ticks: bool) -> "Columns":
        """Return the columns of a list that is `width` wide; what does not mirror stays."""
        is_narrow = width < _NARROW
        title = _NARROW_TITLE if is_narrow else _TITLE
        label = _NARROW_LABEL if is_narrow else _LABEL
        before = _EDGE + (_TICK if has_ticks else 0)

        def part(start: int, wide: int) -> QRect:
            left = width - start - wide if look.is_rtl else start
            return QRect(left, 0, wide, HEIGHT)

        near, far = before + title + 2 * _GAP, _EDGE + label + _GAP
        left, right = (far, width - near) if look.is_rtl else (near, width - far)
        middle = left + round((right - left) * _MIDDLE)
        tick = part(_EDGE, _BOX)
        return cls(tick, part(before, title), part(width - far + _GAP, label), left, middle, right)


class Laid(NamedTuple):
    """A row laid out for its columns: what is seen of each part, and where the word's edges are."""

    row: KwicRow
    columns: Columns
    title: str
    before: str
    after: str
    word: QTextLayout
    first: float
    last: float
    """Of what was found, in the coordinates of the word's layout."""
    left: float
    right: float
    """Of the whole word."""


class RowPainter:
    """Paints the parts of rows; what was laid out of the last ones is kept."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._face, self._title_face = fonts.article(16), fonts.window(12)
        self._metrics = QFontMetrics(self._face)
        self._laid: OrderedDict[int, Laid] = OrderedDict()
        self._widths: dict[str, int] = {}

    def paint(
        self, painter: QPainter, row: KwicRow, columns: Columns, top: int, *, is_ticked: bool | None
    ) -> None:
        """Paint `row` from `top` on; `is_ticked` is None where it cannot be ticked."""
        laid = self._of(row, columns)
        if is_ticked is not None:
            self._draw_tick(painter, columns.tick.translated(0, top), is_on=is_ticked)
        title = columns.title.translated(0, top).adjusted(0, -1, 0, -1)
        self._write(painter, title, laid.title, "text_3" if row.is_faint else "text_2")
        self._draw_context(painter, laid, top)
        self._draw_label(painter, row, columns.label.translated(0, top))

    def _write(self, painter: QPainter, box: QRect, line: str, role: str) -> None:
        painter.setFont(self._title_face)
        painter.setPen(self._look.theme[role])
        draw_line(painter, box, line, is_rtl=is_rtl(line), at_right=self._look.is_rtl)

    def _draw_tick(self, painter: QPainter, box: QRect, *, is_on: bool) -> None:
        theme = self._look.theme
        place = QRectF(box.left() + 0.5, box.top() + (HEIGHT - _BOX) / 2 + 0.5, _BOX - 1, _BOX - 1)
        painter.setPen(QPen(theme["accent" if is_on else "line_strong"], 1))
        painter.setBrush(theme["accent" if is_on else "field"])
        painter.drawRoundedRect(place, 3, 3)
        if is_on:
            painter.setPen(QPen(theme["on_accent"], 1.8))
            corners = (QPointF(3, 7), QPointF(5.5, 9.5), QPointF(10.5, 4))
            painter.drawPolyline([place.topLeft() + corner for corner in corners])
        painter.setBrush(Qt.BrushStyle.NoBrush)

    # --- laid out once ---

    def _of(self, row: KwicRow, columns: Columns) -> Laid:
        known = self._laid.get(id(row))
        if known is None or known.row is not row or known.columns != columns:
            known = self._lay(row, columns)
            self._laid[id(row)] = known
        self._laid.move_to_end(id(row))
        while len(self._laid) > _KEPT:
            self._laid.popitem(last=False)
        return known

    def _lay(self, row: KwicRow, columns: Columns) -> Laid:
        word, first, last = self._word(row, columns.middle - columns.left)
        whole = word.lineAt(0).naturalTextRect()
        before = columns.right - columns.middle - (whole.right() - last) - _GAP
        after = columns.middle - (last - whole.left()) - columns.left - _GAP
        return Laid(
            row,
            columns,
            broken(shown(row.title), self._title_face, columns.title.width(), 1)[0],
            self._fitting(row.before, before, is_before=True),
            self._fitting(row.after, after, is_before=False),
            word,
            first,
            last,
            whole.left(),
            whole.right(),
        )

    def _word(self, row: KwicRow, room: int) -> tuple[QTextLayout, float, float]:
        """Return the word laid out, and the edges of what was found in it.

        What is longer than its column is cut at its end.
        """
        word = row.word
        if self._metrics.horizontalAdvance(word) > room:
            word = self._metrics.elidedText(word, Qt.TextElideMode.ElideRight, room)
        layout = QTextLayout(word, self._face)
        option = QTextOption()
        option.setTextDirection(_RTL)
        option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(_ENDLESS)
        layout.endLayout()
        edges = line.naturalTextRect()
        start, end = (to_utf16(word, min(at, len(word))) for at in (row.at, row.at + row.n))
        boxes = LineMap(line, layout, word).boxes(start, end)
        first = min((box[0] for box in boxes), default=edges.left())
        last = max((box[1] for box in boxes), default=edges.right())
        return layout, first, last

    def _fitting(self, words: str, width: float, *, is_before: bool) -> str:
        """Return as many whole words as there is room for, those that are near."""
        if width <= 2 * _GAP:
            return ""
        kept: list[str] = []
        parts = words.split()
        blank = self._width(" ")
        if sum(self._width(word) + blank for word in parts) - blank <= width:
            return words
        room = width - self._width(ELLIPSIS) - blank
        for word in reversed(parts) if is_before else parts:
            room -= self._width(word) + blank
            if room < 0:
                break
            kept.append(word)
        if is_before:
            return " ".join([ELLIPSIS, *reversed(kept)])
        return " ".join([*kept, ELLIPSIS])

    def _width(self, word: str) -> int:
        """Return the pixels of a word: blanks part words, so a line is as wide as all together."""
        if word not in self._widths:
            if len(self._widths) > _WORDS:
                self._widths.clear()
            self._widths[word] = self._metrics.horizontalAdvance(word)
        return self._widths[word]

    # --- what was found, in its context ---

    def _draw_context(self, painter: QPainter, laid: Laid, top: int) -> None:
        theme, row, columns = self._look.theme, laid.row, laid.columns
        offset = columns.middle - laid.last
        base = top + (HEIGHT - self._metrics.height()) // 2 - 1
        frame = QRectF(
            offset + laid.first - 2, top + (HEIGHT - _HIT) / 2, laid.last - laid.first + 4, _HIT
        )
        painter.setPen(QPen(theme["text_3" if row.is_faint else "accent"], 1))
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.setFont(self._face)
        painter.setPen(theme["text_3" if row.is_faint else "text"])
        laid.word.draw(painter, QPointF(offset, base))
        begins = round(offset + laid.right + _GAP)
        ends = round(offset + laid.left - _GAP)
        before = QRect(begins, top - 1, columns.right - begins, HEIGHT)
        after = QRect(columns.left, top - 1, ends - columns.left, HEIGHT)
        draw_line(painter, before, laid.before, is_rtl=True, at_right=False)
        draw_line(painter, after, laid.after, is_rtl=True, at_right=True)

    def _draw_label(self, painter: QPainter, row: KwicRow, box: QRect) -> None:
        if not row.chips:
            self._write(painter, box.adjusted(0, -1, 0, -1), row.note, "text_3")
            return
        more = f"+{len(row.chips) - 1}" if len(row.chips) > 1 else ""
        beside = QFontMetrics(fonts.window(12)).horizontalAdvance(more) + 4 if more else 0
        width = min(size_of(row.chips[0]).width(), box.width() - beside)
        left = box.right() + 1 - width if self._look.is_rtl else box.left()
        place = QRectF(left, box.top() + (HEIGHT - CHIP_HEIGHT) / 2, width, CHIP_HEIGHT)
        draw_chip(painter, self._look, place, row.chips[0])
        if more:
            painter.setFont(fonts.window(12))
            painter.setPen(self._look.theme["text_2"])
            start = box.left() if self._look.is_rtl else box.left() + width + 4
            end = box.width() - width - 4
            told = QRect(start, box.top() - 1, end, HEIGHT)
            draw_line(painter, told, more, is_rtl=False, at_right=self._look.is_rtl)
