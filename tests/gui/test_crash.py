"""Faults of our own: a report without anybody's words, one sentence, and the window stays.

Each program is a child process, because hooks are the whole process's.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.gui import crash, crashreports
from annotator.i18n import Language

SECRET = "سرّ"  # noqa: S105  # what people write
BEGIN = f"""
import os, sys, threading
from pathlib import Path
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QThread, QTimer, qFatal
from PySide6.QtCore import QCoreApplication, qWarning
from PySide6.QtWidgets import QApplication, QListView, QWidget
from annotator.core.errors import UserError
from annotator.gui.crash import Crash
from annotator.i18n import Language
secret = {SECRET!r}
app = QApplication([])
told = []
crash = Crash(Language.of(os.environ["HASHIYA_LANG"]), told.append)
crash.install(silences=True)
window = QWidget()
def later(ms, act):
    QTimer.singleShot(ms, act)
"""
END = """
later(300, app.quit)
app.exec()
crash.remove()
print(len(told), all(path.exists() for path in told))
"""


class Run:
    """One run of a program with the hooks, and what it left."""

    def __init__(self, folder: Path, body: str, language: str = "en") -> None:
        environment = os.environ | {
            "HASHIYA_DATA": str(folder),
            "HASHIYA_LANG": language,
            "QT_QPA_PLATFORM": "offscreen",
        }
        done = subprocess.run(
            [sys.executable, "-c", BEGIN + body + END],
            env=environment,
            capture_output=True,
            check=False,
            timeout=60,
        )
        self.code = done.returncode
        self.out = done.stdout.decode().splitlines()
        self.err = done.stderr.decode().splitlines()
        self.logs = folder / "logs"

    @property
    def reports(self) -> list[str]:
        return [path.read_text("utf-8") for path in sorted(self.logs.glob("crash-*.txt"))]


# --- the hooks ------------------------------------------------------------------------------------

FAULTS = {
    "a slot": "def act(): raise ValueError(secret)\nlater(0, act)",
    "a lambda": "later(0, lambda: {}[secret])",
    "a paint event": """
class Canvas(QWidget):
    def paintEvent(self, event): raise KeyError(secret)
canvas = Canvas()
canvas.show()
later(100, canvas.update)
later(150, canvas.update)
""",
    "an event": """
class Other(QWidget):
    def event(self, event):
        if event.type() == QEvent.Type.User: raise RuntimeError(secret)
        return super().event(event)
other = Other()
later(0, lambda: app.postEvent(other, QEvent(QEvent.Type.User)))
""",
    "a model": """
class Names(QAbstractListModel):
    def rowCount(self, parent=None): return 3
    def data(self, index, role=0): raise OSError(2, secret, secret)
view, names = QListView(), Names()
view.setModel(names)
later(0, view.show)
""",
    "a thread": "later(0, threading.Thread(target=lambda: 1 / 0).start)",
    "a thread of Qt": """
class Work(QThread):
    def run(self): raise ValueError(secret)
work = Work()
later(0, work.start)
later(100, work.wait)
""",
    "a destructor": """
class Gone:
    def __del__(self): raise ValueError(secret)
later(0, lambda: Gone() and None)
""",
    "trouble that nobody caught": """
def act(): raise UserError("disk_full", path=secret)
later(0, act)
""",
}


@pytest.mark.parametrize("body", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_leaves_the_window_open_one_report_and_one_sentence(
    tmp_path: Path, body: str
) -> None:
    run = Run(tmp_path, body)

    assert (run.code, run.out) == (0, ["1 True"]), run.err
    (report,) = run.reports
    (said,) = run.err
    (path,) = run.logs.glob("crash-*.txt")
    assert said == crash.sentence(path, Language.of("en"))
    assert SECRET not in report
    assert str(Path.home()) not in report


def test_the_sentence_is_in_the_persons_language(tmp_path: Path) -> None:
    run = Run(tmp_path, FAULTS["a slot"], "ar")

    (path,) = run.logs.glob("crash-*.txt")
    assert run.err == [crash.sentence(path, Language.of("ar"))]
    assert run.err[0].startswith("وقع خطأ")


def test_a_report_says_where_and_what_and_under_which_versions(tmp_path: Path) -> None:
    body = """
from annotator.core.schematoml import read_schema
def act():
    try:
        read_schema(secret)
    except UserError as trouble:
        raise ValueError(secret) from trouble
later(0, act)
"""
    (report,) = Run(tmp_path, body).reports
    head, when, *rest = report.splitlines()

    assert head.startswith("Hashiya ")
    assert "PySide6 6." in head
    assert when.endswith(" UTC, exception")
    assert any(line.startswith("  annotator/core/schematoml.py:") for line in rest)
    assert rest.index("builtins.ValueError") > rest.index(
        "annotator.core.errors.UserError bad_schema"
    )
    assert rest[-1].startswith("  (elsewhere):")
    assert rest[-1].endswith(" act")


def test_different_faults_have_a_report_each_and_the_same_one_has_one(tmp_path: Path) -> None:
    body = """
def one(): raise ValueError(secret)
def two(): raise ValueError(secret)
for ms in (0, 20, 40, 60):
    later(ms, one)
    later(ms, two)
"""
    run = Run(tmp_path, body)

    assert run.out == ["2 True"]
    assert len(run.reports) == len(run.err) == 2


def test_stopping_by_the_keyboard_is_no_fault(tmp_path: Path) -> None:
    body = """
def act(): raise KeyboardInterrupt
later(0, act)
later(2000, lambda: os._exit(9))
"""
    run = Run(tmp_path, body)

    assert (run.code, run.out, run.err, run.reports) == (0, ["0 True"], [], [])


def test_leaving_in_a_slot_leaves_with_its_code(tmp_path: Path) -> None:
    run = Run(tmp_path, "later(0, lambda: sys.exit(5))")

    assert (run.code, run.err, run.reports) == (5, [], [])


# --- Qt and the interpreter -----------------------------------------------------------------------


def test_warnings_of_qt_are_noted_without_their_words(tmp_path: Path) -> None:
    body = """
later(0, lambda: qWarning("QPainter::begin: " + secret))
later(0, lambda: qWarning("cannot read /home/" + secret))
"""
    run = Run(tmp_path, body)
    log = (run.logs / crashreports.LOG).read_text("utf-8")

    assert (run.err, run.reports) == ([], [])
    assert "warning default QPainter::begin " in log
    assert SECRET not in log
    assert "home" not in log


def test_a_flood_of_warnings_does_not_fill_the_disk(tmp_path: Path) -> None:
    run = Run(tmp_path, "later(0, lambda: [qWarning(str(n)) for n in range(1000)])")

    log = (run.logs / crashreports.LOG).read_text("utf-8")
    assert len(log.splitlines()) <= 200


def test_a_fatal_message_of_qt_is_reported_before_qt_aborts(tmp_path: Path) -> None:
    run = Run(tmp_path, "def act(): qFatal(secret)\nlater(0, act)")

    assert run.code != 0
    (report,) = run.reports
    assert "fatal message of Qt" in report
    assert " act" in report
    assert SECRET not in report
    assert len(run.err) == 1


def test_a_hard_crash_is_told_at_the_next_start_without_whole_paths(tmp_path: Path) -> None:
    body = """
import ctypes
from annotator.services import progress
def act(): ctypes.string_at(0)
later(0, act)
"""
    first = Run(tmp_path, body)
    assert first.code != 0
    assert (first.err, first.reports) == ([], [])

    second = Run(tmp_path, "")
    assert second.out == ["1 True"]
    (report,) = second.reports
    assert "killed" in report.splitlines()[1]
    assert "Fatal Python error: Segmentation fault" in report
    assert "ctypes/__init__.py:" in report
    assert "/home" not in report
    assert str(Path(sys.prefix)) not in report
    assert Run(tmp_path, "").out == ["0 True"]


# --- files ----------------------------------------------------------------------------------------


def test_twenty_reports_are_kept_the_newest(tmp_path: Path) -> None:
    paths = [crashreports.written(tmp_path, "test", [str(n)]) for n in range(25)]

    kept = sorted(tmp_path.glob("crash-*.txt"), key=paths.index)
    assert kept == paths[5:]
    assert kept[-1].read_text("utf-8").endswith("\n24\n")


def test_a_report_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way", "utf-8")
    run = Run(tmp_path, FAULTS["a slot"])

    assert run.code == 0
    assert run.out == ["0 True"]
    assert run.err == [
        "No reports can be written here, should Hashiya meet a fault of its own (FileExistsError).",
        "A fault of Hashiya's own was met, and its report could not be written (FileExistsError).",
    ]


def test_where_no_report_can_be_written_no_fault_is_told_that_was_not_met(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way", "utf-8")
    run = Run(tmp_path, "pass")

    assert run.err == [
        "No reports can be written here, should Hashiya meet a fault of its own (FileExistsError)."
    ]


def test_two_windows_write_reports_beside_each_other(tmp_path: Path) -> None:
    first = crashreports.written(tmp_path, "one", [])
    second = crashreports.written(tmp_path, "two", [])

    assert first != second
    assert first.exists()
    assert second.exists()


def test_the_codes_of_the_system_are_told(tmp_path: Path) -> None:
    lines = crashreports.lines_of(FileNotFoundError(2, SECRET, str(tmp_path)))

    assert lines == ["", "builtins.FileNotFoundError ENOENT"]


# --- the file's trouble ---------------------------------------------------------------------------

OF_THE_FILE = """
import sqlite3, tempfile
from annotator.core.errors import UserError
met = []
crash.remove()
crash = Crash(Language.of("en"), told.append, lambda error: met.append(type(error).__name__))
crash.install(silences=True)
path = tempfile.mkdtemp() + "/x.db"
holder = sqlite3.connect(path, isolation_level=None)
holder.execute("CREATE TABLE t(x)")
holder.execute("BEGIN EXCLUSIVE")
other = sqlite3.connect(path, timeout=0)
def fail(error): raise error
later(0, lambda: other.execute("SELECT * FROM t"))
later(20, lambda: fail(UserError("damaged", path="x")))
later(40, lambda: threading.Thread(target=lambda: fail(UserError("locked", path="x"))).start())
later(60, lambda: fail(UserError("unknown_article", article=secret)))
later(80, lambda: holder.execute("SELECT * FROM nothing"))
later(250, lambda: print(sorted(met)))
"""


def test_the_files_trouble_is_told_and_only_our_faults_are_reported(tmp_path: Path) -> None:
    run = Run(tmp_path, OF_THE_FILE)

    assert run.out[0] == "['OperationalError', 'UserError', 'UserError']"
    assert len(run.reports) == 2
    assert any("unknown_article" in one for one in run.reports)
    assert any("SQLITE_ERROR" in one for one in run.reports)
