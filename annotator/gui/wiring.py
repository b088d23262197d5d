"""What each action of the table does in a window."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from annotator import paths
from annotator.core.errors import UserError
from annotator.core.model import Annotator, Entity, Event, replace
from annotator.gui.models.drawing import type_of
from annotator.gui.settings import Settings

if TYPE_CHECKING:
    from annotator.gui.pages.labelling import LabelPage
    from annotator.gui.program import Program
    from annotator.gui.session import Session
    from annotator.gui.window import Window

_ZOOM = (16, 36, 22)
_CHIPS = {"name": "code", "code": "off", "off": "name"}


class Wiring(QObject):
    """Wires the actions of one window; dialogs are loaded when they are asked for."""

    def __init__(self, window: "Window", program: "Program") -> None:
        super().__init__(window)
        self._window, self._program = window, program
        commands = window.commands
        for acts in (self._of_files(), self._of_view(), self._of_article(), self._of_labels()):
            commands.wire_all(acts)

    @property
    def _session(self) -> "Session":
        session = self._program.session
        if session is None:
            raise LookupError("an action that needs a project was done without one")
        return session

    @property
    def _page(self) -> "LabelPage":
        page = self._window.page
        if page is None:
            raise LookupError("an action that needs a project was done without one")
        return page

    # --- files ---

    def _of_files(self) -> dict[str, Callable[[], object]]:
        return {
            "new_project": self._new_project,
            "open_project": self._ask_for_project,
            "open_samples": self._open_samples,
            "import": self.ask_for_import,
            "export": self._export,
            "close_project": self._program.close_project,
            "quit": self._program.quit,
            "who": self.ask_who,
            "statistics": self._statistics,
            "settings": self._settings,
            "commands": self._commands,
            "keys": self._key_sheet,
            "guideline": self._guideline,
            "about": self._about,
        }

    def _open(self, dialog: QDialog, *, is_modal: bool = False) -> None:
        """Show a dialog; `is_modal` is for a question on what is in hand, and for who one is."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if is_modal:
            dialog.open()
        else:
            dialog.show()

    def _new_project(self) -> None:
        from annotator.gui.dialogs.draft import Draft
        from annotator.gui.dialogs.newproject import NewProject

        program = self._program
        program.draft = program.draft or Draft()
        dialog = NewProject(self._window.look, program.jobs, program.draft, self._window)
        dialog.project_made.connect(self._on_made)
        dialog.action_asked.connect(self._window.commands.do)
        self._open(dialog)

    def _on_made(self, path: Path, who: str) -> None:
        self._program.draft = None
        self._program.open_project(path, who)

    def _ask_for_project(self) -> None:
        text = self._window.look.language.text
        kinds = text("Hashiya projects") + " (*.hashiya)"
        chosen, _ = QFileDialog.getOpenFileName(self._window, text("Open project…"), "", kinds)
        if chosen:
            self._program.open_project(Path(chosen))

    def _open_samples(self) -> None:
        from annotator.services import samples

        try:
            path = samples.project(paths.data_folder())
        except UserError as trouble:
            self._window.tell_trouble(trouble)
        else:
            self._program.open_project(path)

    def ask_for_import(self, sources: tuple[Path, ...] = ()) -> None:
        """Ask what to import, beginning with `sources`."""
        from annotator.gui.dialogs.importing import ImportDialog

        session = self._session
        dialog = ImportDialog(
            self._window.look, session.project, self._program.jobs, sources, self._window
        )
        dialog.imported.connect(lambda _: self._on_imported())
        self._open(dialog)

    def _on_imported(self) -> None:
        self._session.project_changed.emit()
        if self._session.reading is None:
            self._page.reading_side.articles.ask_neighbour(1)

    def _export(self) -> None:
        from annotator.gui.dialogs.exporting import ExportDialog

        session = self._session
        shown = session.reading.article.uid if session.reading else ""
        jobs = self._program.jobs
        self._open(ExportDialog(self._window.look, session.project, jobs, shown, self._window))

    def ask_who(self) -> None:
        """Ask who labels in this project."""
        from annotator.gui.dialogs.who import Who

        session = self._session
        current = session.annotator.uid if session.annotator else ""
        dialog = Who(self._window.look, session.project, current, self._window)
        dialog.annotator_chosen.connect(self._on_annotator_chosen)
        self._open(dialog, is_modal=True)

    def _on_annotator_chosen(self, annotator: Annotator) -> None:
        self._program.set_annotator(annotator)

    def _statistics(self) -> None:
        from annotator.gui.dialogs.statistics import StatisticsDialog

        self._open(StatisticsDialog(self._window.look, self._session, self._window))

    def _settings(self) -> None:
        from annotator.gui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(self._window.look, self._program.settings, self._window)
        dialog.settings_changed.connect(self._on_settings_changed)
        self._open(dialog)

    def _on_settings_changed(self, wanted: Settings) -> None:
        fields = ("language", "theme", "zoom", "chips", "is_compact", "digits")
        chosen = {name: getattr(wanted, name) for name in fields}
        self._program.change(lambda now: replace(now, **chosen))

    def _commands(self) -> None:
        from annotator.gui.dialogs import offers
        from annotator.gui.dialogs.commands import CommandPalette

        session = self._program.session
        titles = offers.titles(session.project) if session else ()
        schema = session.schema if session else None
        window = self._window
        palette = CommandPalette(window.look, window.there(), schema, titles, window)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.action_asked.connect(window.commands.do)
        if window.page is not None:
            palette.type_asked.connect(window.page.apply_type)
            palette.article_asked.connect(window.page.show_article)
        palette.show_over(window)

    def _key_sheet(self) -> None:
        from annotator.gui.dialogs.keysheet import KeySheet

        session = self._program.session
        schema = session.schema if session else None
        self._open(KeySheet(self._window.look, schema, self._window))

    def _guideline(self) -> None:
        from annotator.gui.dialogs.guideline import Guideline

        session = self._session
        found = type_of(session.schema, session.label(session.hand))
        if found is None:
            session.refused.emit(UserError("nothing_in_hand"))
        else:
            self._open(Guideline(self._window.look, found, self._window))

    def _about(self) -> None:
        from annotator.gui.dialogs.about import About

        self._open(About(self._window.look, self._window))

    # --- view ---

    def _of_view(self) -> dict[str, Callable[[], object]]:
        return {
            "zoom_in": lambda: self._zoom(2),
            "zoom_out": lambda: self._zoom(-2),
            "zoom_usual": lambda: self._zoom(0),
            "chips": self._next_chips,
            "theme": self._program.next_theme,
            "language": self._program.other_language,
            "density": self._other_density,
            "sides": lambda: self._page.room.turn_drawer(),
            "articles": lambda: self._page.focus_on(self._page.reading_side.articles),
            "text": lambda: self._focus(self._page.canvas),
            "hand": lambda: self._page.focus_on(self._page.far_side.hand),
            "all_labels": lambda: self._page.focus_on(self._page.far_side.labels),
            "about_article": lambda: self._page.focus_on(self._page.far_side.article),
            "problems": lambda: self._page.focus_on(self._page.far_side.problems),
        }

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
            "try_again": lambda: self._session.try_again(),
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
            "next_label": lambda: self._page.step_label(1),
            "previous_label": lambda: self._page.step_label(-1),
            "outward": lambda: self._page.typist.go_outward(),
            "inward": lambda: self._page.typist.go_inward(),
            "next_problem": lambda: self._page.far_side.problems.next_problem(),
            "repair": self._mend,
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

    def _mend(self) -> None:
        """Mend what is wrong with the label in hand, else the problem that is current."""
        if not self._page.far_side.hand.mend():
            self._page.far_side.problems.mend_current()

    def _point_at_palette(self) -> None:
        self._page.focus_on(self._page.reading_side.palette_panel)

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
        self._open(dialog, is_modal=True)
