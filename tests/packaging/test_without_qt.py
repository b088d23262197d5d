"""Below the window all runs where Qt is not installed, and light commands without numpy too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Python runs this at its start: the packages that ABSENT names are as if never installed.
HOOK = """
import os, sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in os.environ["ABSENT"].split():
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
"""

EVERY_MODULE = """
import importlib, pkgutil, annotator
for found in pkgutil.walk_packages(annotator.__path__, "annotator."):
    if not found.name.startswith("annotator.gui") and found.name != "annotator.__main__":
        importlib.import_module(found.name)
"""


def run_without(absent: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python from `folder` as if the packages named in `absent` were not installed."""
    (folder / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    environment = dict(os.environ, PYTHONPATH=str(folder), PYTHONUTF8="1", ABSENT=absent)
    command = [sys.executable, *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_the_hook_hides_what_is_installed(tmp_path: Path) -> None:
    tried = run_without("PySide6 shiboken6", tmp_path, "-c", "import PySide6.QtCore")
    assert "No module named 'PySide6" in tried.stderr


def test_every_module_below_the_window_can_be_imported(tmp_path: Path) -> None:
    imported = run_without("PySide6 shiboken6", tmp_path, "-c", EVERY_MODULE)
    assert imported.returncode == 0, imported.stderr


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["new", "{folder}/x.hashiya"]])
def test_light_commands_import_neither_qt_nor_numpy(words: list[str], tmp_path: Path) -> None:
    asked = [word.format(folder=tmp_path) for word in words]
    done = run_without("PySide6 shiboken6 numpy", tmp_path, "-m", "annotator", *asked)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_the_tests_below_the_window_pass_without_qt(tmp_path: Path) -> None:
    # Every module is imported above; these go through all floors, the long properties left out.
    chosen = ["arabic/test_offsets.py", "core/test_checks.py", "core/test_operations.py"]
    chosen += ["store/test_tables.py", "services/test_labelling.py", "cli/test_labelling.py"]
    trees = [f"tests/{tree}" for tree in chosen]
    pytest_run = ["-m", "pytest", "-q", "-p", "no:pytest-qt", "-m", "not window and not slow"]
    done = run_without("PySide6 shiboken6", tmp_path, *pytest_run, *trees)
    assert done.returncode == 0, done.stdout[-4000:]
