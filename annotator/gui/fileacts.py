"""What actions open: projects, files to read and write, and dialogs; each loaded when asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from annotator import paths
from annotator.core.errors import UserError
from annotator.core.model import Annotator, replace
from annotator.gui.acts import Acts
from annotator.gui.models.drawing import type_of
from annotator.gui.settings import Settings

if TYPE_CHECKING:
    from annotator.gui.dialogs.restoring import RestoreDialog
    from annotator.services.restoring import Prepared
    from annotator.store.project import Project


_RESTORED = frozenset({"no_such_file", "damaged", "not_a_project", "strange_tables"})
"""Trouble of a file that a backup may end."""


def show(dialog: QDialog, *, is_modal: bool = False) -> None:
    """Show a dialog; `is_modal` is for a question on what is in hand, and for who one is."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if is_modal:
        dialog.open()
    else:
        dialog.show()


class FileActs(Acts):
    """The actions of one window that open something."""

    def acts(self) -> dict[str, Callable[[], object]]:
        """Return what each of them does."""
        return {
            "new_project": self._new_project,
            "open_project": self._ask_for_project,
            "open_samples": self._open_samples,
            "import": self.ask_for_import,
            "export": self._export,
            "backups": self._ask_for_backups,
            "check_file": self._check_file,
            "close_project": self._close_project,
            "quit": self._window.close,
            "who": self.ask_who,
            "statistics": self._statistics,
            "settings": self._settings,
            "commands": self._commands,
            "keys": self._key_sheet,
            "guideline": self._guideline,
            "about": self._about,
        }

    def _new_project(self) -> None:
        from annotator.gui.dialogs.draft import Draft
        from annotator.gui.dialogs.newproject import NewProject

        program = self._program
        program.draft = program.draft or Draft()
        dialog = NewProject(self._window.look, program.jobs, program.draft, self._window)
        dialog.project_made.connect(self._on_made)
        dialog.action_asked.connect(self._window.commands.do)
        show(dialog)

    def _on_made(self, path: Path, who: str) -> None:
        self._program.draft = None
        self._program.open_project(path, who)

    def _close_project(self) -> None:
        if self._program.again.may_leave():
            self._program.close_project()

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
        show(dialog)

    def _on_imported(self) -> None:
        self._session.project_changed.emit()
        if self._session.reading is None:
            self._page.reading_side.articles.ask_neighbour(1)

    def _export(self) -> None:
        from annotator.gui.dialogs.exporting import ExportDialog

        session = self._session
        shown = session.reading.article.uid if session.reading else ""
        jobs = self._program.jobs
        show(ExportDialog(self._window.look, session.project, jobs, shown, self._window))

    def _ask_for_backups(self) -> None:
        session = self._program.session
        if session is not None:
            self.show_backups(session.project.path)
            return
        text = self._window.look.language.text
        kinds = text("Hashiya projects") + " (*.hashiya)"
        chosen, _ = QFileDialog.getOpenFileName(self._window, text("Backups…"), "", kinds)
        if chosen:
            self.show_backups(Path(chosen))

    def offer_backups(self, path: Path, trouble: UserError) -> None:
        """Show what is left of a file that could not be opened, or its backups, where it may help.

        Of a damaged one, all that can still be read is put together, with its newest backup.
        """
        if trouble.code not in _RESTORED:
            return
        from annotator.services import recovering
        from annotator.services.backing_up import backups_elsewhere, backups_of

        try:
            has_backups = bool(backups_of(path) or backups_elsewhere(path))
        except UserError:  # the list itself says why it cannot be looked at
            has_backups = True
        if recovering.may_help(path, trouble):
            self._show_recovery(path, has_backups=has_backups)
        elif has_backups:
            self.show_backups(path)

    def _show_recovery(self, path: Path, *, has_backups: bool) -> None:
        from annotator.gui.dialogs.recovering import RecoverDialog

        program, look = self._program, self._window.look
        dialog = RecoverDialog(look, path, program.jobs, self._window, has_backups=has_backups)
        dialog.read_asked.connect(program.to_read.open)
        dialog.open_asked.connect(program.open_project)
        dialog.backups_asked.connect(self.show_backups)
        show(dialog)

    def show_backups(self, path: Path) -> None:
        """Show the backups of the file at `path`, which may be gone or damaged."""
        from annotator.gui.dialogs.restoring import RestoreDialog

        dialog = RestoreDialog(self._window.look, path, self._program.jobs, self._window)
        dialog.prepared.connect(lambda made: self._put_in_place(made, path, dialog))
        show(dialog)

    def _put_in_place(self, made: "Prepared", path: Path, dialog: "RestoreDialog") -> None:
        """Close the file, let what was restored take its place, and open it again."""
        from annotator.services import restoring

        program = self._program
        if not program.again.may_leave():
            made.throw_away()
            return
        program.backing_up.stop()
        program.close_project()
        try:
            dialog.show_done(restoring.put_in_place(made, path))
        except UserError as trouble:
            dialog.trouble.show_trouble(trouble)
        program.open_project(path)

    def _check_file(self) -> None:
        """Examine the open project, or a file that is asked for: it may be damaged."""
        session = self._program.session
        if session is not None:
            self.show_doctor(session.project)
            return
        text = self._window.look.language.text
        kinds = text("Hashiya projects") + " (*.hashiya)"
        chosen, _ = QFileDialog.getOpenFileName(self._window, text("Check the file…"), "", kinds)
        if chosen:
            self.show_doctor(Path(chosen))

    def show_doctor(self, file: "Project | Path") -> None:
        """Examine an open project, or the file at a path."""
        from annotator.gui.dialogs.doctor import DoctorDialog

        dialog = DoctorDialog(self._window.look, file, self._program.jobs, self._window)
        dialog.open_asked.connect(self._program.open_project)
        show(dialog)

    def ask_who(self) -> None:
        """Ask who labels in this project."""
        from annotator.gui.dialogs.who import Who

        session = self._session
        current = session.annotator.uid if session.annotator else ""
        dialog = Who(self._window.look, session.project, current, self._window)
        dialog.annotator_chosen.connect(self._on_annotator_chosen)
        show(dialog, is_modal=True)

    def _on_annotator_chosen(self, annotator: Annotator) -> None:
        self._program.set_annotator(annotator)

    def _statistics(self) -> None:
        from annotator.gui.dialogs.statistics import StatisticsDialog

        show(StatisticsDialog(self._window.look, self._session, self._window))

    def _settings(self) -> None:
        from annotator.gui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(self._window.look, self._program.settings, self._window)
        dialog.settings_changed.connect(self._on_settings_changed)
        show(dialog)

    def has_settings_open(self) -> bool:
        """Whether the settings are open, so that they are in the window that is built anew."""
        from annotator.gui.dialogs.settings import SettingsDialog

        return any(one.isVisible() for one in self._window.findChildren(SettingsDialog))

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
        show(KeySheet(self._window.look, schema, self._window))

    def _guideline(self) -> None:
        from annotator.gui.dialogs.guideline import Guideline

        session = self._session
        found = type_of(session.schema, session.label(session.hand))
        if found is None:
            session.refused.emit(UserError("nothing_in_hand"))
        else:
            show(Guideline(self._window.look, found, self._window))

    def _about(self) -> None:
        from annotator.gui.dialogs.about import About

        show(About(self._window.look, self._window))
