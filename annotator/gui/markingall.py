"""Label every occurrence of what is in hand, of what is selected, or of what was looked for."""

from typing import TYPE_CHECKING

from annotator.core.errors import UserError
from annotator.core.model import Entity, extent_of
from annotator.gui.fileacts import show
from annotator.gui.models.aiming import trimmed, words_in
from annotator.gui.ownlabels import begun

if TYPE_CHECKING:
    from annotator.arabic.finding import Query
    from annotator.gui.models.markall import Done
    from annotator.gui.models.searchasked import Asked
    from annotator.gui.program import Program
    from annotator.gui.session import Session
    from annotator.gui.window import Window


class MarkingAll:
    """Asks for the places in one window, and lets the session know what became of them."""

    def __init__(self, window: "Window", program: "Program") -> None:
        self._window, self._program = window, program

    def of_what_is_meant(self) -> None:
        """Begin with the selected words, else with the entity in hand; in the article in view."""
        from annotator.arabic.finding import Query

        session, page = self._program.session, self._window.page
        if session is None or session.reading is None or page is None:
            return
        session.read_rest()
        name, type_ = _meant(session, page.canvas.selection())
        if name:
            self._ask(Query(name), type_, session.reading.article.sha256)
        else:
            session.refused.emit(UserError("nothing_selected"))

    def of_search(self, asked: "Asked") -> None:
        """Begin with what was looked for, and with the filters with which it was."""
        from annotator.arabic.finding import Query

        query = Query(asked.text, asked.level, asked.with_clitics, asked.is_prefix)
        self._ask(query, "", "", asked)

    def _ask(
        self, query: "Query", type_name: str, article: str, listed: "Asked | None" = None
    ) -> None:
        from annotator.gui.dialogs.markall import MarkAllDialog
        from annotator.gui.dialogs.markallwork import Wanted

        window, jobs = self._window, self._program.jobs
        found = begun(window, self._program)
        if found is None:
            return
        session, who = found
        wanted = Wanted(query, type_name, article, listed)
        dialog = MarkAllDialog(window.look, session.project, who, jobs, wanted, window)
        dialog.labelled.connect(lambda done: _show(session, done))
        dialog.taken_back.connect(session.note_taken_back)
        dialog.place_asked.connect(window.paging.show_place)
        show(dialog)


def _meant(session: "Session", selection: tuple[int, int] | None) -> tuple[str, str]:
    """Return the name that is meant, and the type that it has where it is labelled; or nothing."""
    reading = session.reading
    held = session.label(session.hand)
    if reading is None or (selection is None and not isinstance(held, Entity)):
        return "", ""
    if selection is None and isinstance(held, Entity):
        return " ".join(" ".join(span.quote for span in extent_of(held)).split()), held.type
    place = trimmed(reading.text, *selection) if selection else (0, 0)
    there = (
        one.type
        for one in session.shown_labels().values()
        if isinstance(one, Entity) and session.place_of(one) == place
    )
    return words_in(reading.text, selection), next(there, "")


def _show(session: "Session", done: "Done") -> None:
    if done.gesture:
        session.note_wide(done.gesture, done.articles)
