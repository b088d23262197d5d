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
        session.article_shown.connect(self._show)
        session.regions_changed.connect(self._show)

    def _meant(self) -> tuple[int, int]:
        """Return what is selected, else the caret."""
        return self._canvas.selection() or (self._canvas.caret(), self._canvas.caret())

    def _show(self) -> None:
        """Show the role of what is meant, where it is another one than is shown."""
        reading, language = self._session.reading, self._look.language
        said = whole = ""
        if reading is not None and reading.text:
            lines = regioning.snapped(reading.text, *self._meant())
            found = regioning.roles_in(reading.regions, *lines)
            said = shortly_said(language, found)
            whole = f"{language.text(HERE)}: {roles_said(language, found)}"
        if whole != self._said:
            self._said = whole
            self._messages.show_part(said, whole)
            self._canvas.describe(whole)

    def choose_role(self) -> None:
        """Let the role of what is meant be chosen, or say why it cannot be."""
        reading, project = self._session.reading, self._session.project
        if reading is None or not reading.text:
            return
        if project.is_only_read or project.role != LEAD:
            code = "only_read" if project.is_only_read else "lead_only"
            self._session.refused.emit(UserError(code))
            return
        self._open(reading, *self._meant())

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
