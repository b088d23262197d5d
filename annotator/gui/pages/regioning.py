"""The role of the part of the article that is meant: shown, and chosen by its name.

Meant are the lines of what is selected, else the line of the caret.
"""

from PySide6.QtCore import QObject, Qt

from annotator.core.errors import UserError
from annotator.core.model import LEAD
from annotator.gui.canvas.view import Canvas
from annotator.gui.look import Look
from annotator.gui.models.roles import HERE, roles_said, shortly_said
from annotator.gui.panels.messages import MessagesBar
from annotator.gui.session import Session
from annotator.services import regioning
from annotator.services.reading import Reading


class Regioning(QObject):
    """Says which role stands at the caret, and gives another one."""

    def __init__(self, look: Look, session: Session, canvas: Canvas, messages: MessagesBar) -> None:
        super().__init__(canvas)
        self._look, self._session = look, session
        self._canvas, self._messages = canvas, messages
        self._said = ""
        canvas.caret_moved.connect(self._show)
        canvas.selection_changed.connect(self._show)
        canvas.edge_moved.connect(self._on_edge_moved)
        canvas.part_asked.connect(self.choose_role)
        session.article_shown.connect(self._on_article_shown)
        session.regions_changed.connect(self._show)

    @property
    def article(self) -> str:
        """The SHA-256 of the article in view; empty where there is none."""
        reading = self._session.reading
        return reading.article.sha256 if reading else ""

    def meant(self) -> tuple[int, int]:
        """Return what is selected, else the caret."""
        return self._canvas.selection() or (self._canvas.caret(), self._canvas.caret())

    def _show(self) -> None:
        """Show the role of what is meant, where it is another one than is shown."""
        reading, language = self._session.reading, self._look.language
        said = whole = ""
        if reading is not None and reading.text:
            lines = regioning.snapped(reading.text, *self.meant())
            found = regioning.roles_in(reading.regions, *lines)
            said = shortly_said(language, found)
            whole = f"{language.text(HERE)}: {roles_said(language, found)}"
        if whole != self._said:
            self._said = whole
            self._messages.show_part(said, whole)
            self._canvas.describe(whole)

    def _on_article_shown(self) -> None:
        self._canvas.let_edges_move(can_move=not self._refusal())
        self._show()

    def _refusal(self) -> str:
        """Return why regions cannot be changed in this file; nothing where they can."""
        project = self._session.project
        if project.is_only_read:
            return "only_read"
        return "" if project.role == LEAD else "lead_only"

    def may_change(self) -> Reading | None:
        """Return what is shown where its regions can be changed, else say why they cannot."""
        reading = self._session.reading
        if reading is None or not reading.text:
            return None
        code = self._refusal()
        if code:
            self._session.refused.emit(UserError(code))
            return None
        return reading

    def choose_role(self) -> None:
        """Let the role of what is meant be chosen, or say why it cannot be."""
        reading = self.may_change()
        if reading is not None:
            self._open(reading, *self.meant())

    # --- edges ---

    def _on_edge_moved(self, start: int, end: int, role: str, is_exact: bool) -> None:
        reading = self.may_change()
        if reading is not None:
            article, intents = reading.article.sha256, self._session.intents
            self._session.do(intents.set_role(article, (start, end), role, is_exact=is_exact))

    def move_edge(self, by: int) -> None:
        """Let the part at the caret begin a line later (`by` is 1) or earlier (-1)."""
        reading, canvas = self.may_change(), self._canvas
        if reading is None:
            return
        self._session.flush()  # of a key that is held each step begins where the last one ended
        reading = self._session.reading or reading
        try:
            stretch, role = regioning.edge_step(reading.text, reading.regions, canvas.caret(), by)
        except UserError as trouble:
            self._session.refused.emit(trouble)
            return
        self._on_edge_moved(*stretch, role, True)
        self._session.flush()
        if by > 0 and canvas.caret() < stretch[1]:
            canvas.place_caret(stretch[1])  # it goes on with the part that it was in
        canvas.scroll_to(*stretch)
        canvas.flash(*stretch)

    def _open(self, reading: Reading, start: int, end: int) -> None:
        from annotator.gui.panels.roleahead import RoleAhead

        text, canvas = reading.text, self._canvas
        lines = regioning.snapped(text, start, end)
        has_part = start < end and regioning.snapped(text, start, end, is_exact=True) != lines
        present = regioning.roles_in(reading.regions, *lines)
        ahead = RoleAhead(self._look, present, reading.annotatable, canvas, has_part=has_part)
        ahead.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        article = reading.article.sha256

        def give(role: str, is_exact: bool) -> None:
            intents = self._session.intents
            self._session.do(intents.set_role(article, (start, end), role, is_exact=is_exact))
            canvas.setFocus(Qt.FocusReason.OtherFocusReason)

        ahead.chosen.connect(give)
        self._session.article_shown.connect(ahead.close)  # what was meant is out of view
        canvas.flash(*lines)
        ahead.open_at(canvas.viewport().mapToGlobal(canvas.box_of(start, end).bottomRight()))
