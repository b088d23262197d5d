"""The pictures of a team: a lead's file, files handed out of it, bundles, and the dialogs on them.

All of it is made by the services that the dialogs call, from a copy of the project beside it.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from annotator.arabic.tokens import words
from annotator.core.model import Layer, extent_at
from annotator.core.schemachange import MERGE
from annotator.gui.dialogs.changetype import ChangeTypeDialog
from annotator.gui.dialogs.handin import HandInDialog
from annotator.gui.dialogs.handout import HandOutDialog
from annotator.gui.dialogs.merge import MergeDialog
from annotator.gui.dialogs.receipts import ReceiptsDialog
from annotator.gui.dialogs.reply import ReplyDialog
from annotator.services import labelling
from annotator.services.assigning import Wish, planned
from annotator.services.handing_in import hand_in
from annotator.services.handing_out import Handed, assign_and_hand_out
from annotator.services.merging import merge
from annotator.store import readers
from annotator.store.project import Project
from demo_stage import Stage

NEW = ("سلمى", "بدر")
_N_LABELS = 4
_Dialog = TypeVar("_Dialog", bound=QDialog)


@dataclass(frozen=True, slots=True)
class Team:
    """A lead's file in which everybody has articles, and what those who are new handed in."""

    lead: Path
    lead_uid: str

    @classmethod
    def of(cls, project: Path, folder: Path) -> "Team":
        """Return the team in `folder`, which is made from a copy of `project` where it is missing.

        All articles are handed out to everybody, and those who are new have labelled a little.
        """
        lead = folder / project.name
        if not lead.exists():
            folder.mkdir(parents=True)
            shutil.copy(project, lead)
            _hand_out_to_all(lead, folder / "files")
        with Project.open(lead) as opened:
            known = next(one for one in opened.annotators() if one.kind == "human")
        return cls(lead, known.uid)

    @property
    def files(self) -> list[Path]:
        """The files of those who are new."""
        return [self.lead.parent / "files" / f"{name}.hashiya" for name in NEW]

    @property
    def bundles(self) -> list[Path]:
        """What they handed in."""
        return [_bundle(path) for path in self.files]

    def copy(self, name: str) -> Path:
        """Return a copy of the lead's file, as it was when the files were handed out."""
        return Path(shutil.copy(self.lead, self.lead.with_name(f"{name}.hashiya")))


def _bundle(path: Path) -> Path:
    return path.with_suffix(".handin.zip")


def _hand_out_to_all(lead: Path, folder: Path) -> None:
    with Project.open(lead) as opened:
        known = [one.name for one in opened.annotators() if one.kind == "human"]
        plan = planned(opened, Wish((*known, *NEW), overlap=len(known) + len(NEW)))
        done = assign_and_hand_out(opened, plan, folder)
    for handed in done.files:
        if handed.annotator.name in NEW:
            _work(handed)


def _work(handed: Handed) -> None:
    """Label the first words of an article in a file that was handed out, and hand it in."""
    with Project.open(handed.path) as opened:
        article = readers.articles_of(opened, handed.annotator.uid)[0]
        layer, text = Layer(article, handed.annotator.uid), opened.text(article)
        type_name = opened.label_schema.entities[0].id
        for span in list(words(text))[:_N_LABELS]:
            labelling.add_entity(opened, layer, extent_at(text, [span]), type_name)
        labelling.set_status(opened, layer, "done")
        hand_in(opened, _bundle(handed.path))


# --- scenes -------------------------------------------------------------------------------------


def _team(stage: Stage) -> Team:
    path = stage.session.project.path
    return Team.of(path, path.with_name("team"))


def _asked(stage: Stage, action: str, kind: type[_Dialog]) -> _Dialog:
    dialog = stage.asked(action)
    if not isinstance(dialog, kind):
        raise TypeError(dialog)
    return dialog


def _hand_out(stage: Stage) -> QWidget:
    """Look what two that are known and one that is new would get."""
    dialog = _asked(stage, "hand_out", HandOutDialog)
    stage.until(lambda: dialog.people.known or dialog.people.new)
    for one in dialog.people.known:
        one.box.setChecked(True)
    dialog.people.add_line()
    dialog.people.new[-1].field.setText(NEW[0])
    dialog.dealing.overlap.setValue(len(dialog.people.people))
    dialog.preview.click()
    stage.until(lambda: dialog.plan is not None)
    return dialog


def _handed_out(stage: Stage) -> QWidget:
    dialog = _hand_out_copy(stage)
    dialog.go.click()
    stage.until(lambda: not dialog.is_busy)
    return dialog


def _hand_out_copy(stage: Stage) -> HandOutDialog:
    """Hand out in a copy: the project of the other pictures stays as it is."""
    path = stage.session.project.path
    folder = path.with_name("handed-out")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    copy = Path(shutil.copy(path, folder / path.name))
    with Project.open(copy) as opened:
        who = next(one.uid for one in opened.annotators() if one.kind == "human")
    stage.program.open_project(copy, who)
    dialog = _hand_out(stage)
    if not isinstance(dialog, HandOutDialog):
        raise TypeError(dialog)
    return dialog


def _taking_over(stage: Stage) -> QWidget:
    """Look what somebody would take over from somebody who has not finished."""
    team = _team(stage)
    stage.program.open_project(team.copy("lead"), team.lead_uid)
    dialog = _asked(stage, "hand_out", HandOutDialog)
    stage.until(lambda: dialog.givers)
    if dialog.givers is None:
        raise LookupError("nobody has anything unfinished")
    for one in dialog.people.known:
        one.box.setChecked(False)
    dialog.givers.press(NEW[1])
    dialog.people.add_line()
    dialog.people.new[-1].field.setText("آمنة")
    dialog.preview.click()
    stage.until(lambda: dialog.plan is not None)
    return dialog


def _hand_in(stage: Stage) -> QWidget:
    """Hand in from a file that was handed out."""
    team = _team(stage)
    stage.program.open_project(team.files[0])
    dialog = _asked(stage, "hand_in", HandInDialog)
    stage.until(lambda: not dialog.is_looking)
    dialog.go.click()
    stage.until(lambda: dialog.fingerprint.fingerprint)
    return dialog


def _merge(stage: Stage) -> MergeDialog:
    """See what two hand-ins would bring."""
    team = _team(stage)
    stage.program.open_project(team.copy("lead"), team.lead_uid)
    dialog = _asked(stage, "merge", MergeDialog)
    dialog.sources.add(team.bundles)
    stage.until(lambda: dialog.preview is not None)
    return dialog


def _merge_refused(stage: Stage) -> QWidget:
    dialog = _merge(stage)
    no_bundle = dialog.sources.sources[0].with_name("رسالة.zip")
    no_bundle.write_text("هذه ليست حزمة", "utf-8")
    dialog.sources.add([no_bundle])
    stage.until(lambda: dialog.preview is not None and dialog.preview.refused)
    return dialog


def _merged(stage: Stage) -> QWidget:
    dialog = _merge(stage)
    dialog.go.click()
    stage.until(lambda: dialog.outcome.isVisible())
    return dialog


def _reply(stage: Stage) -> QWidget:
    team = _team(stage)
    stage.program.open_project(team.copy("lead"), team.lead_uid)
    dialog = _asked(stage, "reply", ReplyDialog)
    stage.until(lambda: dialog.boxes)
    dialog.go.click()
    stage.until(lambda: dialog.files.isVisible())
    return dialog


def _receipts(stage: Stage) -> QWidget:
    """Show a merge of two hand-ins of which one was taken back."""
    team = _team(stage)
    path = team.copy("lead")
    with Project.open(path) as opened:
        merge(opened, team.bundles)
    stage.program.open_project(path, team.lead_uid)
    dialog = _asked(stage, "receipts", ReceiptsDialog)
    stage.until(lambda: dialog.listed)
    dialog.view.choose(1)
    dialog.go.click()
    stage.until(lambda: any(not one.is_standing for one in dialog.listed))
    return dialog


def _change_type(stage: Stage) -> QWidget:
    """See what merging one type into another would touch."""
    dialog = _asked(stage, "change_type", ChangeTypeDialog)
    dialog.what.press(MERGE)
    stage.until(lambda: dialog.preview is not None)
    return dialog


SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("hand-out", _hand_out),
    ("handed-out", _handed_out),
    ("take-over", _taking_over),
    ("hand-in", _hand_in),
    ("merge", _merge),
    ("merge-refused", _merge_refused),
    ("merged", _merged),
    ("reply", _reply),
    ("receipts", _receipts),
    ("change-type", _change_type),
)
"""What each is called, and what is done to see it."""
