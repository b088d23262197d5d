"""What an import will read is looked at beside the window, which alone destroys what is Qt's."""

import gc
import threading
import weakref
from pathlib import Path

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.glance import Glance
from annotator.gui.dialogs.looking import Looker
from annotator.gui.jobs import Jobs
from tests.gui.asking import LONG, NEWS


def files(folder: Path, n: int) -> Path:
    many = folder / "many"
    many.mkdir()
    for number in range(n):
        (many / f"{number}.txt").write_text(f"{number} {NEWS}", "utf-8")
    return many


def test_garbage_is_collected_on_the_windows_thread_while_files_are_looked_at(
    qtbot: QtBot, jobs: Jobs, tmp_path: Path
) -> None:
    collected = list[int]()
    looker = Looker(jobs)
    gc.collect()
    before = gc.get_threshold()
    gc.set_threshold(20, 1, 1)
    try:
        looker.look_at([files(tmp_path, 600)])
        for _ in range(200):
            timer = QTimer(interval=1000)
            timer.me = timer  # type: ignore[attr-defined]  # a circle, as in windows with lambdas
            weakref.finalize(timer, lambda: collected.append(threading.get_ident()))
            del timer
            qtbot.wait(1)
        qtbot.waitUntil(lambda: not looker.is_on, timeout=LONG)
        qtbot.waitUntil(lambda: not jobs.running, timeout=LONG)
    finally:
        gc.set_threshold(*before)
    assert gc.isenabled()
    gc.collect()
    assert len(collected) == 200
    assert set(collected) == {threading.get_ident()}


def test_a_new_look_ends_the_one_before(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    told = list[tuple[Glance, bool]]()
    looker = Looker(jobs)
    looker.seen.connect(lambda seen, is_whole: told.append((seen, is_whole)))
    one = tmp_path / "one.txt"
    one.write_text(NEWS, "utf-8")
    looker.look_at([files(tmp_path, 400)])
    looker.look_at([one])
    qtbot.waitUntil(lambda: not looker.is_on and not jobs.running, timeout=LONG)
    assert [seen.n_files for seen, is_whole in told if is_whole] == [1]
    assert {seen.n_files for seen, _ in told} == {1}

    looker.look_at([tmp_path])
    looker.stop()
    assert not looker.is_on
