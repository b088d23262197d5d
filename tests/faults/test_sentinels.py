"""What is private stays out of logs and reports: texts, names and paths are nowhere in them."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.core.model import extent_at
from annotator.services import labelling
from annotator.store import tables
from annotator.store.project import Project
from tests.cli.running import hashiya, lines, program
from tests.faults.mutating import other_file
from tests.faults.sentinels import ALL, FILE, FOLDER, NAME, TEXT, both, found_below, found_in
from tests.projects import SCHEMA, add_articles, annotator, layer_of

_ROOT = Path(__file__).parents[2]
_ARTICLE = f"قال {both(TEXT)} إن الاجتماع في القاهرة انتهى.\n" * 3
_DAMAGED = 25


@pytest.fixture
def logs(_own_data_folder: Path) -> Path:
    """Give the folder of logs and reports."""
    return _own_data_folder / "logs"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a project that has one of the words wherever there is room for one."""
    folder = tmp_path / both(FOLDER)
    folder.mkdir()
    path = folder / f"{both(FILE)}.hashiya"
    with Project.create(path, SCHEMA, both(FILE)) as project:
        add_articles(project, _ARTICLE)
        annotator(project, both(NAME))
        layer = layer_of(project, both(NAME), _ARTICLE)
        at = _ARTICLE.index(TEXT)
        extent = extent_at(_ARTICLE, [(at, at + len(TEXT))])
        labelling.add_entity(project, layer, extent, "PERS", note=both(TEXT), link=both(NAME))
    return path


def test_the_words_are_where_they_are_put_and_are_found_however_they_are_spelled(
    path: Path,
) -> None:
    assert found_in(path.read_bytes()) == [TEXT, NAME, FILE]
    assert found_in(str(path).encode()) == [FOLDER, FILE]
    assert found_in(json.dumps(TEXT).encode()) == [TEXT]
    assert found_in(TEXT.encode("utf-16-le")) == [TEXT]
    assert found_in(b"LilyOfName") == [NAME]
    assert found_in(b"nothing") == []


def test_expected_trouble_leaves_no_report_and_tells_neither_texts_nor_folders(
    path: Path, logs: Path
) -> None:
    other = path.with_name("rows.jsonl")
    other.write_text(f'{{"text": "{both(TEXT)}"', "utf-8")
    gestures = lines(
        {"do": "add_entity", "article": "0" * 16, "type": "PERS", "quote": both(TEXT)},
        {"do": "answer", "article": both(TEXT), "question": both(TEXT), "values": [both(NAME)]},
    )
    runs = [
        program("import", path, other),
        program("merge", path, other),
        program("labels", path, "--who", "nobody"),
        program("apply", path, "--as", both(NAME), "-", given=gestures),
        program("export", path, "-o", path),
        program("articles", path.with_name("nothing.hashiya")),
    ]
    for run in runs:
        assert run.code != 0
        assert found_in(run.err.encode(), (TEXT, FOLDER)) == [], run.err
        assert "Traceback" not in run.err
    assert not logs.exists() or found_below(logs) == {}


def test_with_json_nothing_is_on_stderr_whatever_goes_wrong(path: Path) -> None:
    missing = path.with_name(f"{both(FILE)}-2.hashiya")
    for words in (["articles", missing], ["labels", path, "--who", "x"], ["merge", path, missing]):
        run = program(*words, "--json")
        assert run.code != 0
        assert found_in(run.err.encode()) == []


def test_reports_of_files_damaged_at_random_say_nothing_of_what_is_in_them(
    path: Path, logs: Path
) -> None:
    chance, whole = random.Random(3), path.read_bytes()
    mutant = path.with_name(f"{both(FILE)}-m.hashiya")
    ended = set()
    for _ in range(_DAMAGED):
        other_file(mutant, whole, tables.PAGE_SIZE, chance)
        for command in ("labels", "history"):
            run = hashiya(command, mutant)
            ended.add(run.code)
            assert "Traceback" not in run.out + run.err
            assert found_in(run.err.encode(), (TEXT, FOLDER)) == [], run.err
    assert ended > {0}  # some could not be read
    assert not logs.exists() or found_below(logs) == {}


_FAULTS = (
    "def act(): raise ValueError(text)",
    "def act(): raise OSError(5, 'x', str(program.session.project.path))",
    "def act(): {}[program.session.annotator.name]",
    "def act(): raise RuntimeError(text) from KeyError(program.session.project.title)",
    "def act(): qWarning(text.encode())",
    "def act(): program.session.project.connection.execute('SELECT ' + text)",
)
_WINDOW = """
import ctypes, faulthandler, os, sys
from pathlib import Path
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication
from annotator.gui.crash import Crash
from annotator.gui.program import Program
from annotator.i18n import Language
app = QApplication([])
crash = Crash(Language.of("en"), lambda path: None)
crash.install(silences=True)
program = Program(app, "en")
path, who, text, is_to_die = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4] == "die"
assert program.open_project(path, who)
program.window.page.show_article(sys.argv[5])
assert text in program.session.reading.text
FAULTS
def end():
    if is_to_die:
        faulthandler._sigsegv()
    app.quit()
QTimer.singleShot(400, end)
app.exec()
"""


def _window(path: Path, article: str, who: str, *, is_to_die: bool) -> bytes:
    """Run a window in which everything goes wrong; return what it wrote on stderr."""
    acts = "\n".join(f"{act}\nQTimer.singleShot(20 * {n}, act)" for n, act in enumerate(_FAULTS))
    done = subprocess.run(
        [
            *(sys.executable, "-c", _WINDOW.replace("FAULTS", acts), path, who, TEXT),
            *("die" if is_to_die else "live", article),
        ],
        cwd=_ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode != 0) == is_to_die, done.stderr
    return done.stderr


@pytest.mark.window
def test_reports_of_the_window_and_of_its_hard_end_say_nothing_of_what_was_in_view(
    path: Path, logs: Path
) -> None:
    with Project.open(path) as project:
        who, layer = annotator(project, both(NAME)).uid, layer_of(project, both(NAME), _ARTICLE)
    for is_to_die in (True, False):  # what killed the first is reported by the second
        told = _window(path, layer.article, who, is_to_die=is_to_die)
        assert found_in(told, ALL) == []
        assert b"Traceback" not in told
    reports = [one.read_text("utf-8") for one in logs.glob("crash-*.txt")]
    assert len(reports) > len(_FAULTS)
    assert sum("Segmentation fault" in one for one in reports) == 1
    assert found_below(logs) == {}
