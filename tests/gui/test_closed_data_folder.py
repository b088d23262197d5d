"""The window over a data folder that may not be entered, read or written: work counts.

It runs in a process without rights beyond those of the files.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.store.project import Project
from tests.projects import annotator, made, quick_folder
from tests.withoutrights import RIGHTS, run

pytestmark = RIGHTS
_ISOLATES = (0x2066, 0x2068, 0x2069, 0x200E)
_UNREAD = "The data folder “data” cannot be read"
_NO_RECORD = "The second record cannot be read"
_NO_BACKUP = "No backup of “project.hashiya” can be kept: the data folder cannot be written"
_WINDOW = """
    import json, sys, threading
    from pathlib import Path
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QDialog
    from annotator.core.errors import UserError
    from annotator.gui.app import _meet, started
    from annotator.gui.backing_up import CLOSING
    from annotator.gui.crash import Crash
    from annotator.i18n import Language
    from tests.gui.onpage import page_of
    from tests.gui.test_not_saved import in_file, label_word
    from tests.projects import sha_of

    path, who = Path(sys.argv[1]), sys.argv[2]
    faults, shown, told = [], [], []
    application = QApplication([])
    crash = Crash(Language.of("en"), faults.append, lambda error: _meet(error, shown))
    crash.install()
    program = started(application, Language.of("en"))
    shown.append(program)

    def rest():
        QTest.qWait(50)
        while program.jobs.running:
            QTest.qWait(20)
        QTest.qWait(50)

    def see():
        rest()
        for dialog in program.window.findChildren(QDialog):
            if dialog.isVisible():
                told.append(dialog.trouble.text)
                dialog.close()
        bars = program.window.paging.bars()
        told.extend(bar.sentence.text() for bar in bars)
        for bar in bars:
            bar.trouble_over()
        rest()

    assert program.open_project(path, who)
    page_of(program).show_article(sha_of(0))
    see()
    label_word(program, "بوتين", "p")
    program.backing_up.back_up("open")
    see()
    program.doctoring.look()
    see()
    for action in ("backups", "check_file", "open_samples"):
        program.window.commands.do(action)
        see()
        if program.session.project.path != path:
            assert program.open_project(path, who)
            page_of(program).show_article(sha_of(0))
    program.next_theme()
    see()
    found = in_file(program)
    program.window.commands.do("close_project")
    gone = path.with_name("gone.hashiya")
    program.window.wiring.files.offer_backups(gone, UserError("no_such_file", path=gone.name))
    see()
    for thread in threading.enumerate():
        if thread.name == CLOSING:
            thread.join()
    program.window.retire()
    crash.remove()
    print(json.dumps({"told": told, "faults": [str(one) for one in faults], "in": found}))
"""


@pytest.fixture
def path() -> Iterator[Path]:
    with quick_folder() as outer:
        folder = outer / "work"
        folder.mkdir()
        yield made(folder)


@pytest.mark.parametrize(
    ("closed", "mode", "said"),
    [
        ("", 0o000, (_UNREAD, _NO_RECORD, _NO_BACKUP)),
        ("", 0o444, (_UNREAD, _NO_RECORD, _NO_BACKUP)),
        ("", 0o555, ()),
        ("replicas", 0o000, (_NO_RECORD,)),
        ("journals", 0o000, (_NO_RECORD,)),
        ("backups", 0o000, (_UNREAD, _NO_BACKUP)),
        ("schemas", 0o000, ()),
        ("examined", 0o000, ()),
    ],
)
def test_no_action_of_the_window_ends_in_a_fault(
    path: Path, closed: str, mode: int, said: tuple[str, ...]
) -> None:
    data = path.parent / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HASHIYA_DATA", str(data))
        with Project.open(path) as project:
            who = annotator(project).uid
    (data / closed).mkdir(exist_ok=True)
    (data / closed).chmod(mode)
    try:
        out = run(_WINDOW, path, who, data=data)
    finally:
        (data / closed).chmod(0o755)

    found = json.loads(out.splitlines()[-1])
    assert found["faults"] == []
    assert found["in"] == [["PERS", "بوتين"]]
    told = "\n".join(found["told"]).translate(dict.fromkeys(_ISOLATES))
    for one in said:
        assert one in told, told
    assert "fault" not in told
