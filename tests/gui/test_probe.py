"""Why no window can be opened: asked in child processes, each in an environment of its own."""

import contextlib
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import native
from annotator.core.errors import UserError
from annotator.gui import probe, qtlibraries
from annotator.i18n import CODES, Language
from annotator.services.wording import sentence

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt brings all there")

ROOT = Path(probe.__file__).resolve().parents[2]
CHECK = """
import os, sys
from annotator.core.errors import UserError
from annotator.gui import probe
from annotator.i18n import Language
from annotator.services.wording import sentence
try:
    probe.check(os.environ)
except UserError as trouble:
    print(trouble.code, trouble.data.get("why") or "-")
    print(sentence(trouble, Language.of(os.environ["HASHIYA_LANG"])))
print("PySide6" in sys.modules)
"""
NUMBER = 4000 + os.getppid() % 1000  # the same in every process of one run
"""Of a display that nobody has."""


def told(language: str = "en", **environment: str) -> list[str]:
    """Return what the probe says in that environment and no other: code, why, sentence, Qt."""
    given = {"HASHIYA_LANG": language, "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-c", CHECK]
    done = subprocess.run(
        command, env=given | environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


# --- the screen -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", CODES)
def test_without_a_screen_one_sentence_says_so_and_qt_was_not_loaded(language: str) -> None:
    code, said, is_loaded = told(language)

    assert code == "no_display -"
    assert said == sentence(UserError("no_display"), Language.of(language))
    assert is_loaded == "False"


@pytest.mark.parametrize(
    ("environment", "code", "named"),
    [
        ({"DISPLAY": f":{NUMBER}"}, "dead_display -", f":{NUMBER}"),
        ({"DISPLAY": f"unix:{NUMBER}.0"}, "dead_display -", f"unix:{NUMBER}.0"),
        ({"DISPLAY": f"localhost:{NUMBER}"}, "dead_display -", "localhost"),
        ({"DISPLAY": f"/no/socket:{NUMBER}"}, "dead_display -", "/no/socket"),
        ({"DISPLAY": "nonsense"}, "dead_display -", "nonsense"),
        ({"DISPLAY": ":²"}, "dead_display -", ":²"),
        ({"WAYLAND_DISPLAY": "wayland-77"}, "dead_display -", "wayland-77"),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": f":{NUMBER}"}, "dead_display -", "w"),
        ({"XDG_SESSION_TYPE": "wayland"}, "no_display -", "screen"),
        ({"QT_QPA_PLATFORM": "xcb"}, "no_display -", "screen"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "no_platform -", "nonsense"),
    ],
)
def test_a_screen_that_does_not_answer_is_named(
    environment: dict[str, str], code: str, named: str
) -> None:
    found, said, _ = told(**environment)

    assert found == code
    assert named in said


@pytest.mark.parametrize(
    "platform", ["offscreen", "minimal", "vnc", "xcb;offscreen", "offscreen:size=9x9"]
)
def test_what_needs_no_screen_is_let_through(platform: str) -> None:
    assert told(QT_QPA_PLATFORM=platform) == ["False"]


@contextlib.contextmanager
def server(address: str, answer: bytes) -> Iterator[None]:
    """Listen at `address`, and give everybody who comes that answer."""
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(address)
        listening.listen()
        served = threading.Thread(target=_serve, args=(listening, answer), daemon=True)
        served.start()
        try:
            yield
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            served.join(5)
            if not address.startswith("\0"):
                Path(address).unlink()


def _serve(listening: socket.socket, answer: bytes) -> None:
    while True:
        try:
            client, _ = listening.accept()
        except OSError:
            return
        with client, contextlib.suppress(OSError):  # who only looks goes at once
            if client.recv(4096) and answer:  # what it says before it is asked confuses xcb
                client.sendall(answer)
                client.recv(4096)


WELCOME = struct.pack("<BxHHH", 1, 11, 0, 8) + bytes(32)
"""What an X server says to who may come in: no screens, no formats."""
REFUSAL = b""


@pytest.fixture
def x_socket() -> str:
    folder = Path("/tmp/.X11-unix")  # noqa: S108
    folder.mkdir(mode=0o1777, exist_ok=True)
    return str(folder / f"X{NUMBER}")


def test_a_screen_that_answers_leads_on_to_the_libraries(x_socket: str, tmp_path: Path) -> None:
    (tmp_path / "libxcb-cursor.so.0").write_bytes(b"")  # in the way of the system's

    with server(x_socket, WELCOME):
        code, said, _ = told(DISPLAY=f":{NUMBER}", LD_LIBRARY_PATH=str(tmp_path))

    assert code.startswith("missing_libraries")
    assert "libxcb-cursor.so.0" in said


@pytest.mark.parametrize("language", CODES)
def test_a_screen_that_lets_nobody_in_is_told_from_a_dead_one(x_socket: str, language: str) -> None:
    with server(x_socket, REFUSAL):
        code, said, _ = told(language, DISPLAY=f":{NUMBER}")

    assert code == "dead_display refused"
    assert f":{NUMBER}" in said


def test_a_server_without_a_file_is_found_too() -> None:
    with server(f"\0/tmp/.X11-unix/X{NUMBER}", WELCOME):
        assert told(DISPLAY=f":{NUMBER}")[0] != "dead_display -"


def test_a_screen_that_hangs_is_dead_after_a_while(x_socket: str) -> None:
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as silent:
        silent.bind(x_socket)
        silent.listen()
        code, *_ = told(DISPLAY=f":{NUMBER}")
        Path(x_socket).unlink()

    assert code == "dead_display -"


def test_a_wayland_server_that_answers_leads_on_to_the_libraries(tmp_path: Path) -> None:
    (tmp_path / "libwayland-client.so.0").write_bytes(b"")
    with server(str(tmp_path / "wayland-1"), REFUSAL):
        code, said, _ = told(
            WAYLAND_DISPLAY="wayland-1",
            XDG_RUNTIME_DIR=str(tmp_path),
            LD_LIBRARY_PATH=str(tmp_path),
        )

    assert code.startswith("missing_libraries")
    assert "libwayland-client.so.0" in said


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="no Xvfb here")
def test_on_a_real_server_the_window_opens_where_its_libraries_are() -> None:
    command = ["Xvfb", "-displayfd", "1", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as xvfb:
        try:
            assert xvfb.stdout is not None
            display = f":{xvfb.stdout.readline().decode().strip()}"
            found = told(DISPLAY=display)
            if found == ["False"]:
                opens = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
                environment = {"DISPLAY": display, "PATH": os.environ["PATH"]}
                subprocess.run([sys.executable, "-c", opens], env=environment, check=True)
            else:
                assert found[0].startswith("missing_libraries")
        finally:
            xvfb.terminate()


# --- libraries and Qt -----------------------------------------------------------------------------


def test_a_library_that_qt_itself_needs_is_missed_off_screen_too(tmp_path: Path) -> None:
    (tmp_path / "libEGL.so.1").write_bytes(b"")

    code, said, _ = told(QT_QPA_PLATFORM="offscreen", LD_LIBRARY_PATH=str(tmp_path))

    assert code.startswith("missing_libraries")
    assert "libEGL.so.1" in said
    if shutil.which("apt-get"):
        assert said.endswith("Run: sudo apt-get install --no-install-recommends libegl1")


@pytest.mark.parametrize(
    ("program", "line"),
    [
        ("apt-get", "sudo apt-get install --no-install-recommends libgl1 libglib2.0-0"),
        ("dnf", "sudo dnf install mesa-libGL glib2"),
        ("pacman", "sudo pacman -S --needed libglvnd glib2"),
        ("nothing", ""),
    ],
)
def test_the_line_to_run_names_each_package_of_the_system_once(program: str, line: str) -> None:
    sonames = ["libGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0"]

    assert qtlibraries.line_to_run(sonames, lambda name: name if name == program else None) == line


def test_a_library_that_nobody_packages_is_named_without_a_line() -> None:
    assert qtlibraries.line_to_run(["libGL.so.1", "libnew.so.9"], lambda name: name) == ""


def test_the_set_up_looks_for_no_library_that_the_window_does_not_know() -> None:
    known = {*qtlibraries.needed("xcb"), *qtlibraries.needed("wayland")}

    assert {*native.OFF_SCREEN, *native.ON_X11} - known == set()


@pytest.mark.skipif(not shutil.which("readelf"), reason="no readelf here")
@pytest.mark.parametrize("platform", ["offscreen", "xcb", "wayland"])
def test_the_table_knows_every_library_that_qts_files_name(platform: str) -> None:
    found = _named_by(Path(sys.modules["PySide6"].__file__ or "").parent, platform)

    assert len(found) > 5
    assert found - {*qtlibraries.needed(platform)} - _OF_THE_LANGUAGE == set()


_OF_THE_LANGUAGE = {
    *("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1"),
    *("libstdc++.so.6", "libgcc_s.so.1", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"),
}


def _named_by(package: Path, platform: str) -> set[str]:
    """Return what the plugin and all of Qt's own libraries under it name, but for Qt's own."""
    own = {file.name: file for file in package.glob("Qt/lib/*.so*")}
    waiting = [package / "Qt" / "plugins" / "platforms" / f"libq{platform}.so"]
    waiting.append(own["libQt6Widgets.so.6"])
    seen, named = set[Path](), set[str]()
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            read = subprocess.run(
                ["readelf", "-d", str(file)],  # noqa: S607
                capture_output=True,
                text=True,
                check=True,
            )
            names = set(re.findall(r"\(NEEDED\).*\[(.+?)\]", read.stdout))
            waiting += [own[name] for name in names if name in own]
            named |= names - own.keys()
    return named


@pytest.mark.parametrize(
    ("version", "code"), [("6.12.0", "wrong_qt -"), ("6.8.1", "wrong_qt -"), ("6.11.9", "")]
)
def test_another_qt_than_ours_is_refused(tmp_path: Path, version: str, code: str) -> None:
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text(f'__version__ = "{version}"\n', "utf-8")

    found = told(QT_QPA_PLATFORM="offscreen", PYTHONPATH=f"{tmp_path}:{ROOT}")

    assert found[0] == (code or "False")
    assert code == "" or (version in found[1] and "pip install" in found[1])


def test_without_qt_the_line_that_installs_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "PySide6").write_text("", "utf-8")
    hide = "import sys, importlib.machinery as m\n"
    hide += "find = m.PathFinder.find_spec\n"
    hide += "m.PathFinder.find_spec = lambda name, *rest: "
    hide += "None if name == 'PySide6' else find(name, *rest)\n"
    given = {"HASHIYA_LANG": "en", "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-c", hide + CHECK]
    done = subprocess.run(command, env=given, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[0] == "no_qt -"
