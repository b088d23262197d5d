"""The demo where there is no window: it says so in a sentence and goes on; and it opens none."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def said_by(code: str) -> str:
    """Return what `code` prints beside the demo, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "packaging"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def test_without_qt_there_are_no_pictures_and_one_sentence_says_why() -> None:
    said = said_by(
        "import demo\n"
        "from annotator.core.errors import UserError\n"
        "def check(_): raise UserError('missing_libraries', libraries=['libGL.so.1'])\n"
        "demo.probe.check = check\n"
        "assert demo._pictures(demo.FOLDER / 'sample.hashiya') == []\n"
        "assert 'PySide6' not in demo.sys.modules\n"
    )

    assert said.startswith("No pictures of the window: ")
    assert "libGL.so.1" in said
    assert said.count("\n") == 1


def test_no_window_is_opened_where_nobody_would_see_it() -> None:
    said = said_by(
        "import demo\n"
        "for platform in ('offscreen', 'minimal', 'offscreen:configfile=x'):\n"
        "    assert not demo.can_open({'QT_QPA_PLATFORM': platform, 'DISPLAY': ':0'})\n"
        "if demo.sys.platform == 'linux':\n"
        "    assert not demo.can_open({})\n"
        "    assert not demo.can_open({'DISPLAY': ':987'})\n"
    )

    assert said == ""
