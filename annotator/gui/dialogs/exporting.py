"""Export: whose layers, which labels, where to; then written in beside the window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QFrame, QScrollArea, QWidget

from annotator.core.errors import UserError
from annotator.formats.registry import formats
from annotator.gui import fonts
from annotator.gui.dialogs.frame import Frame, column, row
from annotator.gui.dialogs.pathline import PathLine
from annotator.gui.dialogs.running import Running
from annotator.gui.dialogs.shares import Shares
from annotator.gui.dialogs.told import exported_of
from annotator.gui.dialogs.typechoice import TypeChoice
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.fields import LineField
from annotator.gui.widgets.literal import literal
from annotator.gui.widgets.progressline import ProgressLine
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.words import Words, hairline
from annotator.services import exporting
from annotator.services.exporting import ExportReport
from annotator.services.progress import Progress
from annotator.services.wording import word
from annotator.store.project import Project

_NAME_WIDTH, _ROW = 104, 30
_ALL, _GOLD = "all", "gold"


class ExportDialog(Frame):
    """Writes the layers of `project` as JSONL; `article` is the uid of the one shown, if any."""

    exported = Signal(object)  # ExportReport

    def __init__(
        self,
        look: Look,
        project: Project,
        jobs: Jobs,
        article: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, look.language.text("Export"), parent)
        self._project = project
        self._running = Running(jobs, self)
        self._written: tuple[Path, ...] = ()
        self._rows = column(gap=8)
        self._put_choices(article)
        self._put_place()
        self._put_rows()
        self._put_end()
        self._listen()
        self.resize(640, 600)
        self._on_choice_changed()

    # --- putting it together ---

    def _put_choices(self, article: str) -> None:
        text = self.look.language.text
        self.who = self._whose()
        whose = QWidget()
        whose.setLayout(row(self.who, None))
        self._add_row(text("Whose layers"), whose)
        told = (Choice("any", text("All")), Choice("done", text("Done ones only")))
        self.status = Segments(self.look, text("Status"), told, ["any"])
        self._add_row(text("Status"), self.status)
        shown = [Choice("one", text("The one shown"))] if article else []
        self.articles = Segments(
            self.look, text("Articles"), [Choice("all", text("All")), *shown], ["all"]
        )
        self._article = article
        self._add_row(text("Articles"), self.articles)
        self.types = TypeChoice(self.look, self._project.label_schema)
        self._add_row(text("Types"), self.types)
        self.annotatable = QCheckBox(text("Only labels in regions that are labelled"))
        self._add_row("", self.annotatable)
        self.shares = Shares(self.look)
        self._add_row("", self.shares)

    def _put_rows(self) -> None:
        """Put the rows where they can be scrolled, on small screens."""
        self._rows.addStretch(1)
        self._choices = QWidget()
        self._choices.setLayout(self._rows)
        scroll = QScrollArea()
        scroll.setWidget(self._choices)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(hairline())
        self.body.addWidget(Words(self.look, self.look.language.text("File"), "head"))
        for part in (self._place, self.replaces, self.losses):
            self.body.addWidget(part)

    def _whose(self) -> QComboBox:
        text = self.look.language.text
        box = QComboBox()
        box.addItem(text("Everybody's"), _ALL)
        everyone = self._project.annotators()
        if any(one.kind == "gold" for one in everyone):
            box.addItem(text("Gold"), _GOLD)
        for one in everyone:
            if one.kind != "gold":
                box.addItem(literal(one.name), one.uid)
        box.setAccessibleName(text("Whose layers"))
        box.setMaximumWidth(320)
        return box

    def _put_place(self) -> None:
        text = self.look.language.text
        start = self._project.path.with_suffix(".jsonl")
        self.path = LineField(self.look, text("File"), str(start), direction="ltr")
        self.path.setFont(fonts.code())
        browse = Button(self.look, text("Choose…"))
        browse.clicked.connect(self._on_browse_clicked)
        line = row(self.path, browse)
        line.setStretch(0, 1)
        self._place = QWidget()
        self._place.setLayout(line)
        self.replaces = Words(self.look, "", "hint", wraps=True)
        self.losses = Words(self.look, self._losses(), "hint", wraps=True)

    def _put_end(self) -> None:
        text = self.look.language.text
        self.report = Words(self.look, "", "strong", wraps=True)
        self.written = PathLine(self.look)
        for part in (self.report, self.written):
            part.hide()
            self.body.addWidget(part)
        self.line = ProgressLine(self.look, text("How far the export has come"))
        self.line.setMinimumWidth(160)
        self.line.hide()
        self.add_to_foot(self.line)
        self.folder = self.add_button(text("Show in folder"))
        self.folder.hide()
        self.stop = self.add_button(text("Stop"))
        self.stop.hide()
        self.close_button = self.add_button(text("Close"))
        self.go = self.add_button(text("Export"), "primary", is_default=True)

    def _add_row(self, name: str, part: QWidget) -> None:
        said = Words(self.look, name, "second")
        said.setFixedWidth(_NAME_WIDTH)
        said.setMinimumHeight(_ROW)
        line = row(gap=8)
        line.addWidget(said, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(part, 1)
        self._rows.addLayout(line)

    def _losses(self) -> str:
        """Return what the format cannot hold."""
        language = self.look.language
        lost = [what for one in formats() if one.name == "hashiya/1" for what in one.losses]
        if not lost:
            return language.text("JSONL of Hashiya: nothing is lost in it.")
        words = language.listed(word(what, language) for what in lost)
        return language.text("The format cannot hold: {what}.", what=words)

    def _listen(self) -> None:
        self.path.textChanged.connect(self._on_choice_changed)
        self.shares.shares_changed.connect(self._on_choice_changed)
        self.types.types_chosen.connect(self._on_choice_changed)
        self.folder.clicked.connect(self._on_folder_clicked)
        self.stop.clicked.connect(self._on_stop_clicked)
        self.close_button.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go_clicked)
        self._running.progressed.connect(self.line.show_progress)
        self._running.finished.connect(self._on_exported)
        self._running.failed.connect(self._on_failed)
        self._running.cancelled.connect(self._on_cancelled)

    # --- choosing ---

    def choice(self) -> dict[str, Any]:
        """Return what is chosen, in the words of `services.exporting`."""
        return {
            "who": self.who.currentData(),
            "status": self.status.values()[0],
            "articles": (self._article,) if self.articles.values() == ("one",) else (),
            "types": self.types.types(),
            "annotatable": self.annotatable.isChecked(),
            "split": self.shares.split(),
            "seed": self.shares.seed.value() if self.shares.split() else 0,
        }

    def _on_choice_changed(self) -> None:
        language = self.look.language
        self.trouble.say("")
        path = Path(self.path.text().strip())
        is_there = bool(path.name) and path.is_file() and not self.shares.split()
        told = language.text("This file is there already and will be replaced as a whole.")
        self.replaces.setText(told if is_there else "")
        self.replaces.setVisible(is_there)
        self.go.setEnabled(bool(path.name) and not self._fault())
        self.trouble.say(self._fault())

    def _fault(self) -> str:
        """Return what is wrong with the choices, in words."""
        text = self.look.language.text
        if self.shares.split() and self.shares.total != 100:
            return text("The shares make {n}, and must make 100.", n=self.shares.total)
        if self.types.is_some and not self.types.types():
            return text("No type is chosen.")
        return ""

    def _on_browse_clicked(self) -> None:
        title = self.look.language.text("Where to export to")
        options = QFileDialog.Option.DontConfirmOverwrite
        kinds = "JSONL (*.jsonl)"
        name, _ = QFileDialog.getSaveFileName(self, title, self.path.text(), kinds, options=options)
        if name:
            self.path.setText(name if Path(name).suffix else f"{name}.jsonl")

    # --- exporting ---

    def _on_go_clicked(self) -> None:
        path, choice = Path(self.path.text().strip()).absolute(), self.choice()
        self.report.hide()
        self.written.hide()
        self.folder.hide()
        self.trouble.say("")
        self._show_running(is_on=True)
        self._running.start(self._project, _work(path, choice))

    def _on_exported(self, report: ExportReport) -> None:
        self._show_running(is_on=False)
        self._written = report.paths
        self.report.setText(exported_of(self.look.language, report))
        self.report.show()
        self.written.show_path("  ".join(str(path) for path in report.paths))
        self.written.show()
        self.folder.show()
        self.replaces.hide()
        self.exported.emit(report)

    def _on_failed(self, trouble: UserError) -> None:
        self._show_running(is_on=False)
        self.trouble.show_trouble(trouble)

    def _on_cancelled(self) -> None:
        self._show_running(is_on=False)
        text = self.look.language.text
        self.report.setText(text("Stopped. Nothing was written, and what was there is as it was."))
        self.report.show()

    def _show_running(self, *, is_on: bool) -> None:
        for part in (self._choices, self._place):
            part.setEnabled(not is_on)
        self.line.setVisible(is_on)
        self.line.show_progress(0, 1)
        self.stop.setVisible(is_on)
        self.stop.setEnabled(is_on)
        self.close_button.setVisible(not is_on)
        self.go.setEnabled(not is_on)

    def _on_stop_clicked(self) -> None:
        self.stop.setEnabled(False)
        self._running.cancel()

    def _on_folder_clicked(self) -> None:
        if self._written:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written[0].parent)))

    def reject(self) -> None:
        """Close; an export that is under way is stopped first, and said to be."""
        if self._running.is_on:
            self._on_stop_clicked()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is under way before the dialog goes."""
        if self._running.is_on:
            self._on_stop_clicked()
            event.ignore()
            return
        super().closeEvent(event)


def _work(path: Path, choice: dict[str, Any]) -> Callable[[Project, Progress], ExportReport]:
    def work(project: Project, progress: Progress) -> ExportReport:
        return exporting.export(project, path, progress=progress, **choice)

    return work
