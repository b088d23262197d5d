"""The cap of a key, with its Latin and its Arabic legend as they stand on the keyboard."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.gui import fonts, icons
from annotator.gui.look import Look

HEIGHT = 18
_FACE_HEIGHT = 16
_PADDING = 4
_BETWEEN = 7  # between the two legends, with the hairline in the midst
_LEAST = 8
_ENTER = ("Enter", "Return", "⏎")  # no face here has the sign: it is drawn
_SIGN = 10
_CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag.AlignAbsolute


class KeyCap(QWidget):
    """One key, or several pressed at once: `KeyCap(look, "P", "ح")`, `KeyCap(look, "Ctrl Enter")`.

    Painted from left to right in every language, so that nothing is reordered.
    """

    def __init__(self, look: Look, latin: str, arabic: str = "") -> None:
        super().__init__()
        self._look, self._latin, self._arabic = look, latin, arabic
        self.setFixedSize(size_of(latin, arabic))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(" ".join(filter(None, (latin, arabic))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        draw_cap(painter, self._look, QRectF(self.rect()), self._latin, self._arabic)


def size_of(latin: str, arabic: str = "") -> QSize:
    """Return how large the cap of these legends is."""
    width = _PADDING * 2 + _latin_width(latin)
    if arabic:
        width += _BETWEEN + _width(arabic)
    return QSize(round(width + 0.5), HEIGHT)


def draw_cap(painter: QPainter, look: Look, box: QRectF, latin: str, arabic: str = "") -> None:
    """Draw a cap of `size_of(latin, arabic)` at the top left of `box`."""
    painter.save()
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    _draw_body(painter, look, size_of(latin, arabic).width())
    _draw_legends(painter, look, latin, arabic)
    painter.restore()


def _draw_body(painter: QPainter, look: Look, width: int) -> None:
    edge = "line_strong" if look.theme.is_contrast else "line"
    painter.setPen(QPen(look.theme[edge], 1))
    painter.setBrush(look.theme["raised"])
    painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, _FACE_HEIGHT), 3.5, 3.5)
    painter.setPen(QPen(look.theme["line_strong"], 1))
    painter.drawLine(QPointF(3, HEIGHT - 0.5), QPointF(width - 3, HEIGHT - 0.5))


def _draw_legends(painter: QPainter, look: Look, latin: str, arabic: str) -> None:
    painter.setFont(_font())
    painter.setPen(look.theme["text_2"])
    at = _draw_latin(painter, look, latin)
    if not arabic:
        return
    painter.setPen(QPen(look.theme["line"], 1))
    at += _BETWEEN / 2
    painter.drawLine(QPointF(at, 4), QPointF(at, 13))
    painter.setPen(look.theme["text_2"])
    place = QRectF(at + _BETWEEN / 2, -1, _width(arabic), _FACE_HEIGHT + 1)
    painter.drawText(place, int(_CENTRE), arabic)


def _draw_latin(painter: QPainter, look: Look, latin: str) -> float:
    """Draw the words of the left legend, and Enter as its sign; return where they end."""
    spare = max(0.0, _LEAST - _words_width(latin))
    at = _PADDING + spare / 2
    for index, word in enumerate(latin.split(" ")):
        at += _space() if index else 0
        width = _word_width(word)
        if word in _ENTER:
            box = QRectF(at, (_FACE_HEIGHT - _SIGN) / 2 + 0.5, _SIGN, _SIGN)
            icons.draw(painter, look, "corner-down-left", box)
        else:
            painter.drawText(QRectF(at, 0, width, _FACE_HEIGHT + 1), int(_CENTRE), word)
        at += width
    return at + spare / 2


def _latin_width(latin: str) -> float:
    return max(_LEAST, _words_width(latin))


def _words_width(latin: str) -> float:
    words = latin.split(" ")
    return sum(map(_word_width, words)) + _space() * (len(words) - 1)


def _word_width(word: str) -> float:
    return _SIGN if word in _ENTER else QFontMetricsF(_font()).horizontalAdvance(word)


def _width(arabic: str) -> float:
    return max(_LEAST, QFontMetricsF(_font()).horizontalAdvance(arabic))


def _space() -> float:
    return QFontMetricsF(_font()).horizontalAdvance(" ")


def _font() -> QFont:
    return fonts.window(10, strong=True)
