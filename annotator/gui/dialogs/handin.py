"""Hand in: what goes, where to, and the fingerprint that is read out to the lead."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs import handinwork
from annotator.gui.dialogs.fingerprint import FingerprintCard
from annotator.gui.dialogs.frame import column, row
from annotator.gui.dialogs.handinwork import ENDING
from annotator.gui.dialogs.placefield import PlaceField
from annotator.gui.dialogs.working import WorkDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models.handin import Going, how_far, unfinished, went, what_goes
from annotator.gui.widgets.avatar import Avatar
from annotator.gui.widgets.card import Card
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.words import Words
from annotator.services import annotators
from annotator.services.handing_in import HandInReport, hand_in
from annotator.store.project import Project

_SIZE = (560, 480)


class HandInDialog(WorkDialog):
    """Writes what the owner of the file did as a bundle; a lead's file hands in all of it."""

    handed_in = Signal(object)  # HandInReport

    def __init__(
        self, look: Look, project: Project, jobs: Jobs, parent: QWidget | None = None
    ) -> None:
        text = look.language.text
        super().__init__(look, text("Hand in"), project, jobs, parent)
        self._report: HandInReport | None = None
        owner = annotators.owner(project)
        self.summary = Words(look, text("Looking …"), "strong", wraps=True)
        self.statuses = Words(look, "", "small", wraps=True)
        self.unfinished = Words(look, "", "doubt", wraps=True)
        self.place = PlaceField(
            look, text("Bundle"), handinwork.usual_place(project, owner), ending=ENDING
        )
        self.replaces = Words(look, "", "hint", wraps=True)
        told = text("Read it out to the lead, who sees the same one when merging.")
        self.fingerprint = FingerprintCard(look, told)
        self._put_together(owner.name if owner else "")
        (self.folder,) = self._put_foot(text("Hand in"), text("Show in folder"))
        self.choices = (self.place,)
        self._listen()
        self.resize(*_SIZE)
        self._on_place_changed()
        self._look(handinwork.going, self._on_seen)

    def _put_together(self, name: str) -> None:
        text = self.look.language.text
        if name:
            whose: QWidget = Literal(self.look, name)
            told = text("Your work in this file goes into one bundle, and stays in the file.")
        else:
            whose = Words(self.look, text("The whole file"))
            told = text("This is a lead's file: all of it goes, for another lead's file to merge.")
        self.body.addWidget(Words(self.look, told, "small", wraps=True))
        card = Card(self.look)
        card.parts.addLayout(row(Avatar(self.look, name), whose, None) if name else row(whose))
        for part in (self.summary, self.statuses, self.unfinished):
            card.parts.addWidget(part)
        self.body.addWidget(card)
        self.body.addLayout(
            column(Words(self.look, text("Bundle"), "head"), self.place, self.replaces, gap=6)
        )
        self.body.addWidget(self.fingerprint)
        self.body.addStretch(1)
        self.statuses.hide()
        self.unfinished.hide()

    def _listen(self) -> None:
        self.place.place_changed.connect(self._on_place_changed)
        self.go.clicked.connect(self._on_go_clicked)
        self.folder.clicked.connect(self._on_folder_clicked)
        self.folder.hide()

    # --- choosing ---

    def _on_place_changed(self) -> None:
        place = self.place.place
        is_there = place is not None and place.is_file()
        told = self.look.language.text(
            "This file is there already and will be replaced as a whole."
        )
        self.trouble.say("")
        self.replaces.setText(told if is_there else "")
        self.replaces.setVisible(is_there)
        self.go.setEnabled(place is not None)

    def _on_seen(self, report: Going) -> None:
        language = self.look.language
        self.summary.setText(what_goes(language, report))
        for part, said in (
            (self.statuses, how_far(language, report)),
            (self.unfinished, unfinished(language, report)),
        ):
            part.setText(said)
            part.setVisible(bool(said))

    # --- handing in ---

    def _on_go_clicked(self) -> None:
        place = self.place.place
        if place is None:
            return
        self._show_written(None)
        self._do(lambda project, progress: hand_in(project, place, progress), self._on_handed_in)

    def _on_handed_in(self, report: HandInReport) -> None:
        self.summary.setText(went(self.look.language, report))
        self._show_written(report)
        self.close_button.setFocus()
        self.handed_in.emit(report)

    def _show_written(self, report: HandInReport | None) -> None:
        self._report = report
        self.fingerprint.show_fingerprint(report.fingerprint if report else "")
        self.folder.setVisible(report is not None)
        if report is not None:
            self.replaces.hide()

    def _on_stopped(self, *, was_doing: bool) -> None:
        said = (
            self.look.language.text("Stopped. No bundle was written.")
            if was_doing
            else self.look.language.text("Stopped.")
        )
        self.summary.setText(said)

    def _on_trouble(self) -> None:
        self.summary.setText("")

    def _on_folder_clicked(self) -> None:
        if self._report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._report.path.parent)))
