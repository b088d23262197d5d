"""What tests of a team's dialogs share: a lead's file, files handed out of it, and bundles."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from annotator.core import operations as op
from annotator.core.model import LEAD, Layer
from annotator.core.uids import annotator_uid
from annotator.gui.dialogs.merge import MergeDialog
from annotator.gui.dialogs.working import WorkDialog
from annotator.services import annotators, labelling
from annotator.services.assigning import Wish, planned
from annotator.services.handing_in import hand_in
from annotator.services.handing_out import assign_and_hand_out
from annotator.store.project import Project
from tests import projects
from tests.gui.asking import LONG

PEOPLE = ("سلمى", "بدر")
HOSTILE_NAME = "<b>&<img src=x>\u202eقال\n" + "ط" * 500
PLACES = (("بوتين", 0, "PERS"), ("بغداد", 1, "GPE"))


def lead_file(folder: Path) -> Path:
    """Make a lead's file with the three articles of `projects.TEXTS`."""
    return projects.made(folder)


def handed(lead: Path, *people: str) -> dict[str, Path]:
    """Hand every article to each of `people`; return their files by name."""
    names = people or PEOPLE
    with Project.open(lead) as project:
        plan = planned(project, Wish(names, overlap=len(names)))
        done = assign_and_hand_out(project, plan, lead.parent / "files")
    return {one.annotator.name: one.path for one in done.files}


def label(path: Path, n: int = 2) -> None:
    """Label in a file that was handed out, as its owner."""
    with Project.open(path) as project:
        owner = annotators.owner(project)
        assert owner is not None
        for quote, text, type_name in PLACES[:n]:
            layer = Layer(projects.sha_of(text), owner.uid)
            extent = projects.extent_of(quote, text)
            labelling.add_entity(project, layer, extent, type_name)


def bundle_of(path: Path, name: str = "") -> Path:
    """Hand in what was done in a file, and return the bundle."""
    bundle = path.with_name(name or f"{path.stem}.handin.zip")
    with Project.open(path) as project:
        hand_in(project, bundle)
    return bundle


def bundles(lead: Path) -> list[Path]:
    """Hand out to `PEOPLE`, let each label two places, and return what they hand in."""
    found = []
    for path in handed(lead).values():
        label(path)
        found.append(bundle_of(path))
    return found


def add_hostile(project: Project, name: str = HOSTILE_NAME) -> str:
    """Put somebody into the project whom nobody could have named so; return the uid."""
    uid = annotator_uid(project.uid, name)
    with project.transaction("annotator", LEAD) as gesture:
        gesture.within(op.PROJECT).set(op.ANNOTATOR, uid, {"name": name, "kind": "human"})
    return uid


@contextmanager
def opened(folder: Path) -> Iterator[Project]:
    """Open a lead's file in `folder`."""
    with Project.open(lead_file(folder)) as project:
        yield project


def click(button: QAbstractButton) -> None:
    """Click a button that can be clicked."""
    assert button.isEnabled(), button.text()
    assert button.isVisible(), button.text()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def rest(dialog: WorkDialog, qtbot: QtBot) -> None:
    """Wait until no job of the dialog is under way."""
    qtbot.waitUntil(lambda: not dialog.is_busy and not dialog.is_looking, timeout=LONG)


# --- the dialog of merging ---


def choose(dialog: MergeDialog, qtbot: QtBot, *paths: Path) -> None:
    """Choose sources, and wait until they were tried out."""
    dialog.sources.add(paths)
    tried(dialog, qtbot)


def tried(dialog: MergeDialog, qtbot: QtBot) -> None:
    """Wait until what is chosen was tried out."""
    qtbot.waitUntil(lambda: dialog.preview is not None or bool(dialog.trouble.text), timeout=LONG)


def merge(dialog: MergeDialog, qtbot: QtBot) -> None:
    """Merge, and wait for it."""
    with qtbot.waitSignal(dialog.merged, timeout=LONG):
        click(dialog.go)


def n_labels(project: Project) -> int:
    """Count the entities of a project."""
    return int(project.connection.execute("SELECT count(*) FROM entities").fetchone()[0])


def told(dialog: MergeDialog) -> list[str]:
    """Return what is said of each source."""
    return [one.said for one in dialog.sources.rows]
