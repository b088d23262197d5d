"""The messages bar: one sentence of what was saved, with its undo, and counts at the other end."""

from collections.abc import Iterable

from PySide6.QtCore import QAbstractAnimation, QPropertyAnimation, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStyle,
    QWidget,
)

from annotator.core.model import KIND_OF, Label
from annotator.gui import icons
from annotator.gui.actions import BY_ID
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button, IconButton
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.literal import draw_line, tooltip
from annotator.gui.widgets.words import Words, hairline

HEIGHT = 30
_FADE = 120
_ISOLATES = dict.fromkeys((0x2066, 0x2067, 0x2068, 0x2069, 0x200E, 0x200F))
_NOT_SAVED, _COPIES = "try_again", "copy_unsaved"
_ICON = 16
_USUAL_ZOOM = 22
"""Pixels of the article's text at 100 %."""
_SIGNS = {"": "", "saved": "circle-check", "refused": "flag", "trouble": "triangle-alert"}
_ROLES = {"": "text_2", "saved": "good", "refused": "doubt", "trouble": "error"}
_INKS = {"": "text", "saved": "text", "refused": "doubt", "trouble": "error"}


class MessagesBar(QFrame):
    """One sentence at a time. A failure stays until it is read; what comes meanwhile waits."""

    action_asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._action = ""
        self._waiting: tuple[str, str] | None = None
        self._fade: QPropertyAnimation | None = None
        self.setFixedHeight(HEIGHT)
        self.setProperty("box", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._make_parts()
        self._put_together()
        self._show("", "")

    def _make_parts(self) -> None:
        undo = BY_ID["undo"]
        text = self._look.language.text
        self.sign = QLabel()
        self.sign.setFixedSize(_ICON, _ICON)
        self.sentence = _Sentence(self._look)
        self.undo = Button(self._look, text(undo.name), "quiet")
        self.undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.undo.clicked.connect(lambda: self.action_asked.emit("undo"))
        self._undo_cap = KeyCap(self._look, undo.keys[0].replace("+", " "))
        self.act = Button(self._look, "", "quiet")
        self.act.clicked.connect(self._on_act_clicked)
        self.copy = Button(self._look, text("Copy"), "quiet")
        self.copy.setToolTip(tooltip(text(BY_ID[_COPIES].name)))
        self.copy.clicked.connect(lambda: self.action_asked.emit(_COPIES))
        self.read = IconButton(self._look, "x", text("I have read it"))
        self.read.setFixedSize(HEIGHT - 2, HEIGHT - 2)
        self.read.clicked.connect(self.trouble_over)
        self.part = Words(self._look, "", "small")
        self.counts = [Words(self._look, "", "small") for _ in range(4)]

    def _put_together(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        told = (self.sign, self.sentence, self.undo, self._undo_cap)
        for part in (*told, self.act, self.copy, self.read):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.part)
        self._rules = [hairline(is_upright=True) for _ in self.counts]
        for rule, count in zip(self._rules, self.counts, strict=True):
            row.addWidget(rule)
            row.addWidget(count)
            rule.hide()

    # --- what is told ---

    def tell(self, sentence: str) -> None:
        """Tell something that needs nothing."""
        self._tell(sentence, "")

    def tell_saved(self, sentence: str) -> None:
        """Tell what was saved; it can be undone."""
        self._tell(sentence, "saved")

    def tell_refused(self, sentence: str) -> None:
        """Tell why a gesture was not done; nothing is lost by it, so the next may follow."""
        self._tell(sentence, "refused")

    def tell_trouble(self, sentence: str, action_id: str = "", button: str = "") -> None:
        """Tell what failed and what to do; it stays until it is read or is over.

        `button` asks for the action `action_id`. Of what was not saved a copy is offered too, and
        that stays: other trouble is told behind it.
        """
        if self.offers(_NOT_SAVED) and action_id != _NOT_SAVED:
            self._show(f"{self._first} {sentence}", "trouble")
            return
        self._action, self._first = action_id, sentence
        self.act.show_words(button or self._name_of(action_id))
        self._waiting = None
        self._show(sentence, "trouble")

    def trouble_over(self) -> None:
        """Let go of a failure: it was read, or what failed has succeeded."""
        if not self.has_trouble:
            return
        sentence, kind = self._waiting or ("", "")
        self._waiting = None
        self._show(sentence, kind)

    def offers(self, action_id: str) -> bool:
        """Whether a failure is told now whose button asks for that action."""
        return self.has_trouble and self._action == action_id

    @property
    def has_trouble(self) -> bool:
        """Whether a failure is told now."""
        return self._kind == "trouble"

    def set_counts(self, labels: Iterable[Label], zoom: int) -> None:
        """Show how many labels, events and stances there are, and the size of the text in px."""
        kinds = [KIND_OF[type(label)] for label in labels]
        plural = self._look.language.plural
        told = (
            plural("{n} label", "{n} labels", len(kinds)),
            plural("{n} event", "{n} events", kinds.count("event")),
            plural("{n} stance", "{n} stances", kinds.count("stance")),
            f"{round(100 * zoom / _USUAL_ZOOM)}%",
        )
        self.show_beside(*told)

    def show_beside(self, *told: str) -> None:
        """Show short sentences at the other end, four at most."""
        for rule, part, said in zip(self._rules, self.counts, told, strict=False):
            part.setText(said)
            rule.show()

    def show_part(self, said: str, whole: str) -> None:
        """Show shortly what the part of the article at the caret is; `whole` says it in full."""
        self.part.setText(said)
        self.part.setToolTip(whole)
        self.part.setAccessibleName(whole)

    def _name_of(self, action_id: str) -> str:
        action = BY_ID.get(action_id)
        return self._look.language.text(action.name) if action else ""

    def _tell(self, sentence: str, kind: str) -> None:
        if self.has_trouble:
            self._waiting = sentence, kind
        else:
            self._show(sentence, kind)

    _kind = ""
    _first = ""
    """Of a failure that is told, what was told first: other trouble stands behind it."""

    def _show(self, sentence: str, kind: str) -> None:
        self._kind = kind
        self.sentence.setText(sentence)
        self.sentence.set_role(_INKS[kind])
        self.sign.setVisible(bool(_SIGNS[kind]))
        if _SIGNS[kind]:
            outline = icons.icon(self._look, _SIGNS[kind], _ROLES[kind])
            self.sign.setPixmap(outline.pixmap(_ICON, _ICON))
        for part in (self.undo, self._undo_cap):
            part.setVisible(kind == "saved")
        self.act.setVisible(kind == "trouble" and bool(self._action))
        self.copy.setVisible(kind == "trouble" and self._action == _NOT_SAVED)
        self.read.setVisible(kind == "trouble")
        if sentence:
            self._announce(sentence)
            self._fade_in()

    def _announce(self, sentence: str) -> None:
        """Let a screen reader say it."""
        event = QAccessibleAnnouncementEvent(self, _bare(sentence))
        if self.has_trouble:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def _fade_in(self) -> None:
        """Let the sentence come in slowly, unless the system wants nothing to move."""
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        if self.style().styleHint(hint, None, self) <= 0 or not self.isVisible():
            return
        effect = QGraphicsOpacityEffect(self.sentence)
        self.sentence.setGraphicsEffect(effect)
        self._fade = QPropertyAnimation(effect, b"opacity", self)
        self._fade.setDuration(_FADE)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.finished.connect(self._on_faded)
        self._fade.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)

    def _on_faded(self) -> None:
        self.sentence.setGraphicsEffect(None)  # type: ignore[arg-type]  # None takes it away

    def _on_act_clicked(self) -> None:
        action = self._action
        self.trouble_over()
        self.action_asked.emit(action)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and the hairline above it."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, 0, self.width(), 1, self._look.theme["line"])


class _Sentence(Words):
    """A sentence of ours on one line; where there is no room its end is cut, and told in a hint.

    Quotes in it are isolated already, so it is drawn as it stands.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look, "")
        self._look, self._role = look, "text_2"
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_role(self, role: str) -> None:
        """Write in the colour of another role."""
        self._role = role
        self.update()

    @property
    def is_cut(self) -> bool:
        """Whether there is not enough room."""
        return self.width() < self.fontMetrics().horizontalAdvance(self.text())

    def minimumSizeHint(self) -> QSize:
        """Ask for the room of a few words."""
        return QSize(min(self.sizeHint().width(), 80), self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 4, metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the whole where it is cut."""
        super().resizeEvent(event)
        self.setToolTip(tooltip(_bare(self.text())) if self.is_cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the direction of the interface."""
        painter = QPainter(self)
        painter.setPen(self._look.theme[self._role])
        painter.setFont(self.font())
        right = Qt.TextElideMode.ElideRight
        said = self.fontMetrics().elidedText(self.text(), right, self.width())
        draw_line(painter, self.rect(), said, is_rtl=self._look.is_rtl, at_right=self._look.is_rtl)


def _bare(sentence: str) -> str:
    """Return `sentence` without the marks that isolate quotes, which a tooltip would spell out."""
    return sentence.translate(_ISOLATES)
