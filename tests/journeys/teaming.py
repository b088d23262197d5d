"""A process with a window in which a team does its whole work.

They hand out, label, hand in, merge in every order and once more, and see how far they agree.
Run: python -m tests.journeys.teaming LEAD WHO FOLDER NAME=GESTURES…

Every act is a key press, but that files are dropped as a file manager drops them.
"""

import json
import shutil
import sys
import time
from collections.abc import Callable
from itertools import groupby, permutations
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from annotator.gui import fonts
from annotator.gui.dialogs.commands import CommandPalette
from annotator.gui.dialogs.handin import HandInDialog
from annotator.gui.dialogs.handout import HandOutDialog
from annotator.gui.dialogs.merge import MergeDialog
from annotator.gui.program import Program
from annotator.gui.widgets.charts.strip import StripChart
from tests.journeys.typist import Typist, focus

_PATIENCE = 60
_Kind = TypeVar("_Kind", bound=QDialog)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Teaming:
    """One person after another at one window."""

    def __init__(self, lead: Path, who: str, folder: Path) -> None:
        self.application = QApplication([])
        fonts.load()
        self.program = Program(self.application, "ar")
        self.program.window.resize(1440, 900)
        self.typist = Typist(self.program)
        self._lead, self._who, self._folder = lead, who, folder

    def until(self, is_so: Callable[[], object]) -> None:
        """Let the program work until `is_so`."""
        limit = time.monotonic() + _PATIENCE
        while not is_so():
            assert time.monotonic() < limit, "the window does not come to rest"
            self.application.processEvents()
            time.sleep(0.005)

    def dialog(self, kind: type[_Kind]) -> _Kind:
        """Return the dialog that was just opened, with the keyboard in it."""
        tops = [one for one in self.application.topLevelWidgets() if isinstance(one, kind)]
        (found,) = (one for one in tops if one.isVisible())
        found.activateWindow()
        self.until(lambda: self.application.activeWindow() is found)
        return found

    def tab_to(self, wanted: QWidget) -> None:
        """Press Tab until `wanted` has the keyboard."""
        for _ in range(60):
            if self.application.focusWidget() is wanted:
                return
            self.typist.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not come to {wanted.accessibleName()}")

    def close(self, dialog: QDialog) -> None:
        """Close by Escape; with the dialog its widget goes."""
        self.typist.press(Qt.Key.Key_Escape)
        self.until(lambda: not shiboken6.isValid(dialog) or not dialog.isVisible())
        self.program.window.activateWindow()
        self.until(lambda: self.application.activeWindow() is self.program.window)

    # --- what they do ---

    def hand_out(self, names: list[str]) -> None:
        """Find the command by its name, name the people, and hand every article to each."""
        assert self.program.open_project(self._lead, self._who)
        self.until(lambda: self.application.activeWindow() is self.program.window)
        self.typist.press(Qt.Key.Key_K, CONTROL)
        palette = self.dialog(CommandPalette)
        self.until(lambda: self.application.focusWidget() is palette.field)
        self.typist.write("وزع المقالات")
        self.until(lambda: palette.shown and palette.shown[0].id == "hand_out")
        self.typist.press(Qt.Key.Key_Return)
        dialog = self.dialog(HandOutDialog)
        self.until(lambda: dialog.people.known)
        self.tab_to(dialog.people.add)
        self.typist.press(Qt.Key.Key_Space)
        for n, name in enumerate(names):
            self.typist.write(name)
            if n + 1 < len(names):
                self.typist.press(Qt.Key.Key_Return)
        self.tab_to(dialog.dealing.overlap)
        for _ in names[1:]:
            self.typist.press(Qt.Key.Key_Up)
        self.tab_to(dialog.place.field)
        self.typist.press(Qt.Key.Key_A, CONTROL)
        self.typist.write(str(self._folder))
        self.tab_to(dialog.preview)
        self.typist.press(Qt.Key.Key_Space)
        self.until(lambda: dialog.plan is not None or dialog.trouble.text)
        assert not dialog.trouble.text, dialog.trouble.text
        self.typist.press(Qt.Key.Key_Return)
        self.until(lambda: dialog.files.isVisible() or dialog.trouble.text)
        self.close(dialog)

    def label(self, name: str, gestures: Path) -> None:
        """Open the file of `name`, in which nobody is asked for, and label by keys."""
        assert self.program.open_project(self._folder / f"{name}.hashiya")
        page = self.program.window.page
        assert page is not None
        wanted = [json.loads(line) for line in gestures.read_text("utf-8").splitlines()]
        for article, some in groupby(wanted, lambda one: one["article"]):
            page.show_article(article)
            focus(page.canvas)
            for one in some:
                self.typist.do(one)

    def hand_in(self) -> Path:
        """Hand in where the dialog proposes it."""
        self.typist.press(Qt.Key.Key_H, CONTROL | SHIFT)
        dialog = self.dialog(HandInDialog)
        self.until(lambda: not dialog.is_looking)
        self.tab_to(dialog.go)
        self.typist.press(Qt.Key.Key_Return)
        self.until(lambda: dialog.fingerprint.fingerprint or dialog.trouble.text)
        assert not dialog.trouble.text, dialog.trouble.text
        place = dialog.place.place
        assert place is not None
        self.close(dialog)
        return place

    def merge(self, lead: Path, bundles: list[Path]) -> None:
        """Drop all bundles on the window of a lead, and merge them."""
        assert self.program.open_project(lead, self._who)
        self.program.window.activateWindow()
        self.until(lambda: self.application.activeWindow() is self.program.window)
        drop(self.program.window, bundles)
        dialog = self.dialog(MergeDialog)
        self.until(lambda: dialog.preview is not None)
        assert dialog.preview is not None
        assert not dialog.preview.refused, dialog.preview
        self.tab_to(dialog.go)
        self.typist.press(Qt.Key.Key_Return)
        self.until(lambda: dialog.outcome.isVisible() or dialog.trouble.text)
        assert not dialog.trouble.text, dialog.trouble.text
        self.close(dialog)

    def merge_in_every_order(self, before: Path, bundles: list[Path]) -> list[Path]:
        """Merge one bundle after another, in every order, each in a copy of the lead's file."""
        files = []
        for n, order in enumerate(permutations(bundles)):
            files.append(self._folder / f"order-{n}.hashiya")
            shutil.copy(before, files[-1])
            for bundle in order:
                self.merge(files[-1], [bundle])
        return files

    def merge_again(self, bundle: Path) -> None:
        """Drop what came in already: the dialog says so, and there is nothing to do."""
        drop(self.program.window, [bundle])
        dialog = self.dialog(MergeDialog)
        self.until(lambda: dialog.preview is not None)
        assert dialog.preview is not None
        told = (dialog.preview.new, dialog.preview.changed, dialog.preview.refused)
        assert told == (0, 0, ()), dialog.preview
        assert not dialog.go.isEnabled()
        self.close(dialog)

    def agreement(self) -> list[tuple[str, list[str]]]:
        """Go to the page of agreement; return the strips with what they say of each figure."""
        self.typist.press(Qt.Key.Key_G, CONTROL)
        paging = self.program.window.paging
        self.until(lambda: paging.agreement is not None and paging.agreement.board is not None)
        assert paging.agreement is not None
        assert paging.agreement.board is not None
        charts = paging.agreement.board.findChildren(StripChart)
        for chart in charts:
            chart.settle()
        return [(chart.accessibleName(), [spot.said for spot in chart.spots]) for chart in charts]


def drop(widget: QWidget, paths: list[Path]) -> None:
    """Drop files on `widget`, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    place, none = widget.rect().center(), Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(place, copy, data, left, none))
    QApplication.sendEvent(widget, QDropEvent(QPointF(place), copy, data, left, none))


def main() -> int:
    """Play the team's work; print the bundles, the files of all orders, and what is shown."""
    lead, who, folder, *people = sys.argv[1:]
    work = {name: Path(file) for name, _, file in (one.partition("=") for one in people)}
    team = Teaming(Path(lead), who, Path(folder))
    team.hand_out(list(work))
    bundles = []
    for name, gestures in work.items():
        team.label(name, gestures)
        bundles.append(team.hand_in())
    before = Path(folder) / "before.hashiya"
    shutil.copy(lead, before)
    orders = team.merge_in_every_order(before, bundles)
    team.merge(Path(lead), bundles)
    team.merge_again(bundles[0])
    told = {
        "bundles": [str(one) for one in bundles],
        "orders": [str(one) for one in orders],
        "strips": team.agreement(),
    }
    print(json.dumps(told), flush=True)  # noqa: T201
    team.program.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
