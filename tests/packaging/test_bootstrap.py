"""The set-up script: what it does when the machine is not as it should be."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
import native

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ["bootstrap", "native", "catalogues"]
NOT_HERE = {"libhashiya-nowhere.so.7": ["libhashiya7"]}

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's display")


def tree_of(script: str) -> ast.Module:
    source = (ROOT / "packaging" / f"{script}.py").read_text(encoding="utf-8")
    return ast.parse(source, feature_version=(3, 5))


@pytest.mark.parametrize("script", SCRIPTS)
def test_any_python_3_can_read_the_set_up(script: str) -> None:
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match)
    assert [node.lineno for node in ast.walk(tree_of(script)) if isinstance(node, newer)] == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_set_up_needs_the_standard_library_alone(script: str) -> None:
    top = [node for node in tree_of(script).body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in top if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in top if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names | set(SCRIPTS)


@pytest.mark.parametrize(
    ("version", "greatest", "said"),
    [
        ((3, 10, 14), 2**63 - 1, "3.11 or newer"),
        ((3, 8, 2), 2**63 - 1, "3.8.2"),
        ((3, 12, 1), 2**31 - 1, "64-bit"),
    ],
)
def test_a_python_that_will_not_do_is_refused(
    version: tuple[int, ...], greatest: int, said: str
) -> None:
    with pytest.raises(bootstrap.LackError, match=said):
        bootstrap.refuse_python(version, greatest)


def test_the_oldest_python_that_will_do_is_taken() -> None:
    bootstrap.refuse_python((3, 11, 0), 2**63 - 1)


def test_without_a_command_the_set_up_says_how_it_is_used() -> None:
    script = str(ROOT / "packaging" / "bootstrap.py")
    asked = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert asked.returncode == 2
    assert "bootstrap.py demo" in asked.stdout


# --- the stamps -----------------------------------------------------------------------------------


class Step:
    """A step of the set-up that counts how often it is done, and fails when told to."""

    def __init__(self) -> None:
        self.times = 0
        self.fails = False

    def __call__(self) -> None:
        self.times += 1
        if self.fails:
            raise KeyboardInterrupt


def test_a_step_is_done_once(tmp_path: Path) -> None:
    step, lock = Step(), tmp_path / "lock.txt"
    lock.write_text("one")
    for _ in range(3):
        bootstrap.once(tmp_path / "step.sha256", step, lock)
    assert step.times == 1


def test_a_step_is_done_again_when_its_lock_changes(tmp_path: Path) -> None:
    step, lock = Step(), tmp_path / "lock.txt"
    for text in ("one", "two", "two"):
        lock.write_text(text)
        bootstrap.once(tmp_path / "step.sha256", step, lock)
    assert step.times == 2


def test_an_interrupted_step_is_done_again(tmp_path: Path) -> None:
    step, lock, stamp = Step(), tmp_path / "lock.txt", tmp_path / "step.sha256"
    lock.write_text("one")
    bootstrap.once(stamp, step, lock)
    lock.write_text("two")
    step.fails = True
    with pytest.raises(KeyboardInterrupt):
        bootstrap.once(stamp, step, lock)
    assert not stamp.exists()

    step.fails = False
    lock.write_text("one")
    bootstrap.once(stamp, step, lock)
    assert step.times == 3


def test_a_damaged_stamp_counts_as_none(tmp_path: Path) -> None:
    step, lock, stamp = Step(), tmp_path / "lock.txt", tmp_path / "step.sha256"
    lock.write_text("one")
    stamp.write_bytes(b"\xff\x00half")
    bootstrap.once(stamp, step, lock)
    assert step.times == 1


def test_one_pin_can_be_taken_from_the_lock() -> None:
    lines = bootstrap.pin_of("pip", bootstrap.LOCK).splitlines()
    assert lines[0].startswith("pip==")
    assert all(line.strip().startswith("--hash=sha256:") for line in lines[1:])
    assert len(lines) > 1


# --- where Qt draws -------------------------------------------------------------------------------


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the display, and the permission to install anything."""
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HASHIYA_NO_APT", "1")
    monkeypatch.setattr(native, "OFF_SCREEN", {})


@on_linux
@pytest.mark.usefixtures("bare_machine")
def test_without_a_display_windows_are_drawn_off_screen(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.choose_platform()
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert "no display" in capsys.readouterr().out


@on_linux
@pytest.mark.usefixtures("bare_machine")
def test_a_platform_that_was_chosen_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "minimal")
    assert bootstrap.choose_platform()
    assert os.environ["QT_QPA_PLATFORM"] == "minimal"


@on_linux
@pytest.mark.usefixtures("bare_machine")
def test_a_missing_library_is_named_with_the_line_that_brings_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(native, "OFF_SCREEN", NOT_HERE)
    assert not bootstrap.choose_platform()
    said = capsys.readouterr().out
    assert "libhashiya-nowhere.so.7" in said
    assert "Run:\n" in said


@on_linux
@pytest.mark.usefixtures("bare_machine")
def test_a_display_without_its_libraries_is_not_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(native, "ON_X11", NOT_HERE)
    monkeypatch.setattr(native, "live_x11", lambda _: True)
    assert bootstrap.choose_platform()
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert "libhashiya-nowhere.so.7" in capsys.readouterr().out
