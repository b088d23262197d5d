"""The head of the article in view: where it stands, its status, what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from annotator.gui.actions import BY_ID
from annotator.gui.look import Look
from annotator.gui.models.standing import Place
from annotator.gui.models.statuses import status_name
from annotator.gui.session import Session
from annotator.gui.widgets.buttons import Button, IconButton
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.state import StateDisc
from annotator.gui.widgets.words import Words, hairline

HEIGHT = 46
_BETWEEN, _AT_ENDS = 4, 26
"""Pixels between two parts, and before and behind all of them."""
_FINISH, _REOPEN = "finish", "reopen"
_SKIP = "skip"


class Header(QFrame):
    """Which article of how many, its status, undo and redo, the view, and finishing it."""

    action_asked = Signal(str)

    def __init__(self, look: Look, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._session = look, session
        self._place = Place()
        self.setProperty("box", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._make_parts()
        self._put_together()
        session.article_shown.connect(self._show)
        session.status_changed.connect(self._show)
        session.problems_changed.connect(self._show)
        self._show()

    # --- what it is made of ---

    def _make_parts(self) -> None:
        look = self._look
        self.previous = self._icon_button("previous_article", "chevron-left")
        self.next = self._icon_button("next_article", "chevron-right")
        self.where = Words(look, "", "small")
        self.disc = StateDisc(look)
        self.status = Words(look, "", "small")
        self.undo = self._icon_button("undo")
        self.redo = self._icon_button("redo")
        self.view = [self._icon_button("chips"), self._icon_button("zoom_in")]
        self.skip = Button(look, look.language.text(BY_ID[_SKIP].name), "quiet")
        self.skip.clicked.connect(lambda: self.action_asked.emit(_SKIP))
        self.finish = Button(look, "", "primary", "check")
        self.finish.clicked.connect(self._on_finish_clicked)
        self._tick = self.finish.icon()
        self._caps = {id: KeyCap(look, _written(id)) for id in (_FINISH, _REOPEN)}

    def _icon_button(self, id: str, icon: str = "") -> IconButton:
        action = BY_ID[id]
        name = self._look.language.text(action.name)
        button = IconButton(self._look, icon or action.icon, name, action.keys[0])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.action_asked.emit(id))
        return button

    def _put_together(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 14, 0)
        row.setSpacing(_BETWEEN)
        self._view_rule = hairline(is_upright=True)
        parts: tuple[QWidget, ...] = (self.previous, self.where, self.next)
        for part in (*parts, hairline(is_upright=True)):
            row.addWidget(part)
        row.addSpacing(4)
        row.addWidget(self.disc)
        row.addWidget(self.status)
        row.addStretch(1)
        for part in (self.undo, self.redo, self._view_rule, *self.view, self.skip, self.finish):
            row.addWidget(part)
        for cap in self._caps.values():
            row.addWidget(cap)

    # --- what it shows ---

    def show_place(self, place: Place) -> None:
        """Show where the article in view stands in the list."""
        self._place = place
        self._show()

    def _show(self) -> None:
        status, has_article = self._session.status, self._session.reading is not None
        is_done = status == "done"
        self.where.setText(self._where())
        self.disc.setVisible(has_article)
        self.disc.show_status(status or "new")
        self.status.setText(status_name(status, self._look.language))
        self.previous.setEnabled(self._place.has_previous)
        self.next.setEnabled(self._place.has_next or (not has_article and self._place.total > 0))
        for part in (self.undo, self.redo, self.finish, self.skip, *self.view):
            part.setEnabled(has_article)
        self.finish.show_words(self._finish_words(is_done=is_done))
        self.finish.setIcon(QIcon() if is_done else self._tick)
        self._fit()

    def _where(self) -> str:
        n, total = self._place.n, self._place.total
        if self._session.reading is None or not n or not total:
            return self._look.language.text("Article")
        return self._look.language.text("Article {n} of {total}", n=n, total=total)

    def _finish_words(self, *, is_done: bool) -> str:
        """Say what the button does, and what is left behind by doing it."""
        language = self._look.language
        if is_done:
            return language.text("Reopen")
        name = language.text(BY_ID[_FINISH].name)
        n = sum(map(len, self._session.problems.values()))
        if not n:
            return name
        problems = language.plural("{n} problem", "{n} problems", n)
        return f"{name} · {problems}"

    def _fit(self) -> None:
        """Leave out what has a key where there is little room."""
        is_done, is_wide = self._session.status == "done", self.width() >= self._whole_width()
        for part in (self._view_rule, *self.view):
            part.setVisible(is_wide)
        self.skip.setVisible(is_wide and self._session.status in ("new", "started"))
        self._caps[_FINISH].setVisible(is_wide and not is_done)
        self._caps[_REOPEN].setVisible(is_wide and is_done)

    def _whole_width(self) -> int:
        """Return the pixels that everything takes, side by side."""
        parts = (self.previous, self.where, self.next, self.disc, self.status, self.undo, self.redo)
        caps = self._caps.values()
        widths = [_width(part) for part in (*parts, *self.view, self.skip, self.finish)]
        return sum(widths) + max(map(_width, caps)) + _BETWEEN * (len(widths) + 4) + _AT_ENDS

    def _on_finish_clicked(self) -> None:
        self.action_asked.emit(_REOPEN if self._session.status == "done" else _FINISH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and the hairline under it."""
        super().paintEvent(event)
        line = self._look.theme["line"]
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        self._fit()


def _width(part: QWidget) -> int:
    return part.sizeHint().expandedTo(part.minimumSize()).width()


def _written(action_id: str) -> str:
    return BY_ID[action_id].keys[0].replace("+", " ")
