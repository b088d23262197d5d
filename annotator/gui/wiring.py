"""What each action of the table does in a window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.core.errors import UserError
from annotator.core.model import Entity, Event, replace
from annotator.gui import noiselines
from annotator.gui.acts import Acts
from annotator.gui.fileacts import FileActs, show
from annotator.gui.ownlabels import ask_for_clitics, ask_for_consistency
from annotator.gui.teamacts import TeamActs

if TYPE_CHECKING:
    from annotator.gui.program import Program
    from annotator.gui.window import Window

_ZOOM = (16, 36, 22)
_CHIPS = {"name": "code", "code": "off", "off": "name"}


class Wiring(Acts):
    """Wires the actions of one window."""

    def __init__(self, window: "Window", program: "Program") -> None:
        super().__init__(window, program)
        commands = window.commands
        self.files = FileActs(window, program)
        self.team = TeamActs(window, program)
        for acts in (
            self.files.acts(),
            self.team.acts(),
            self._of_view(),
            self._of_article(),
            self._of_labels(),
        ):
            commands.wire_all(acts)

    # --- view ---

    def _of_view(self) -> dict[str, Callable[[], object]]:
        return {
            "zoom_in": lambda: self._zoom(2),
            "zoom_out": lambda: self._zoom(-2),
            "zoom_usual": lambda: self._zoom(0),
            "chips": self._next_chips,
            "unseen": self._other_unseen,
            "theme": self._program.next_theme,
            "language": self._program.other_language,
            "density": self._other_density,
            "labelling": lambda: self._window.paging.show_labelling(),
            "agreement": lambda: self._window.paging.show_agreement(),
            "search": lambda: self._window.paging.show_search(),
            "names": lambda: self._window.paging.show_names(),
            "sides": self._turn_drawer,
            "articles": self._to_articles,
            "text": lambda: self._focus(self._page.canvas),
            "hand": lambda: self._page.focus_on(self._page.far_side.hand),
            "all_labels": lambda: self._page.focus_on(self._page.far_side.labels),
            "about_article": lambda: self._page.focus_on(self._page.far_side.article),
            "problems": lambda: self._page.focus_on(self._page.far_side.problems),
        }

    def _turn_drawer(self) -> None:
        self._window.paging.show_labelling()
        self._page.room.turn_drawer()

    def _to_articles(self) -> None:
        self._window.paging.show_labelling()
        self._page.focus_on(self._page.reading_side.articles)

    def _focus(self, part: QWidget) -> None:
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _zoom(self, by: int) -> None:
        least, greatest, usual = _ZOOM
        now = self._program.settings.zoom
        wanted = min(max(now + by, least), greatest) if by else usual
        self._program.change(lambda told: replace(told, zoom=wanted))

    def _next_chips(self) -> None:
        following = _CHIPS[self._program.settings.chips]
        self._program.change(lambda now: replace(now, chips=following))

    def _other_unseen(self) -> None:
        self._program.change(lambda now: replace(now, shows_unseen=not now.shows_unseen))

    def _other_density(self) -> None:
        self._program.change(lambda now: replace(now, is_compact=not now.is_compact))

    # --- the article ---

    def _of_article(self) -> dict[str, Callable[[], object]]:
        return {
            "undo": lambda: self._session.undo(),
            "redo": lambda: self._session.redo(),
            "copy": lambda: self._page.canvas.copy(),
            "select_all": lambda: self._page.canvas.select_all(),
            "find": lambda: self._page.open_find(),
            "find_next": lambda: self._page.find_bar.step(1),
            "find_previous": lambda: self._page.find_bar.step(-1),
            "try_again": self._program.again.try_again,
            "copy_unsaved": self._program.again.copy,
            "next_article": lambda: self._page.reading_side.articles.ask_neighbour(1),
            "previous_article": lambda: self._page.reading_side.articles.ask_neighbour(-1),
            "finish": self._finish,
            "skip": lambda: self._set_status("skipped"),
            "reopen": lambda: self._set_status("started"),
        }

    def _finish(self) -> None:
        """Say that the article is read whole, and go on to the next one."""
        self._set_status("done")
        self._session.flush()
        if self._session.status == "done":
            self._page.reading_side.articles.ask_neighbour(1)

    def _set_status(self, status: str) -> None:
        if self._session.status != status:
            self._session.do(self._session.intents.set_status(status))

    # --- labels ---

    def _of_labels(self) -> dict[str, Callable[[], object]]:
        return {
            "any_type": lambda: self._page.choose_type(),
            "role": lambda: self._page.regioning.choose_role(),
            "part_earlier": lambda: self._page.regioning.move_edge(-1),
            "part_later": lambda: self._page.regioning.move_edge(1),
            "noise_line": lambda: noiselines.ask_at_line(self._window, self._program),
            "make_two": lambda: self._page.new_articles.make_two(),
            "put_right": lambda: self._page.new_articles.put_right(),
            "mark_all": self._mark_all,
            "consistency": lambda: ask_for_consistency(self._window, self._program),
            "next_label": lambda: self._page.step_label(1),
            "previous_label": lambda: self._page.step_label(-1),
            "outward": lambda: self._page.typist.go_outward(),
            "inward": lambda: self._page.typist.go_inward(),
            "left_edge_left": lambda: self._move_edge(at_left=True, to_left=True),
            "left_edge_right": lambda: self._move_edge(at_left=True, to_left=False),
            "right_edge_left": lambda: self._move_edge(at_left=False, to_left=True),
            "right_edge_right": lambda: self._move_edge(at_left=False, to_left=False),
            "next_problem": lambda: self._page.far_side.problems.next_problem(),
            "repair": self._mend,
            "mend_clitics": lambda: ask_for_clitics(self._window, self._program),
            "note": lambda: self._write("note"),
            "doubt": lambda: self._write("doubt"),
            "type_entity": self._point_at_palette,
            "type_event": self._point_at_palette,
            "type_inside": self._point_at_palette,
            "stance": lambda: self._page.typist.begin_stance(),
            "relation": lambda: self._page.far_side.hand.begin_relation(),
            "remove": lambda: self._page.typist.remove(),
            "hand_over": lambda: self._page.typist.hand_over(),
            "edge_right": lambda: self._page.typist.move_edge(at_left=False),
            "edge_left": lambda: self._page.typist.move_edge(at_left=True),
            "candidate": lambda: self._page.focus_on(self._page.far_side.hand),
            "next_role": lambda: self._page.far_side.hand.press_key("return", False),
            "let_go": lambda: self._page.typist.let_go(),
        }

    def _move_edge(self, *, at_left: bool, to_left: bool) -> None:
        self._page.typist.move_edge_by_letter(at_left=at_left, to_left=to_left)

    def _mend(self) -> None:
        """Mend what is wrong with the label in hand, else the problem that is current."""
        problems = self._page.far_side.problems
        if problems.has_choices:
            self._page.focus_on(problems)
            problems.mend_current()
        elif not self._page.far_side.hand.mend():
            problems.mend_current()

    def _point_at_palette(self) -> None:
        self._page.focus_on(self._page.reading_side.palette_panel)

    def _mark_all(self) -> None:
        from annotator.gui.markingall import MarkingAll

        MarkingAll(self._window, self._program).of_what_is_meant()

    def _write(self, kind: str) -> None:
        """Ask for the note, or for the question to the lead, of what is in hand."""
        from annotator.gui.dialogs.note import NoteDialog

        session = self._session
        label = session.label(session.hand)
        if label is None:
            session.refused.emit(UserError("nothing_in_hand"))
            return
        quote = label.extent[0].quote if isinstance(label, Entity | Event) else ""
        written = getattr(label, kind)
        dialog = NoteDialog(self._window.look, kind, written, quote, self._window)

        def keep(text: str) -> None:
            now = session.label(label.uid)
            if now is not None and getattr(now, kind) != text:
                session.do(session.intents.change(replace(now, **{kind: text})))

        dialog.written.connect(keep)
        show(dialog, is_modal=True)
