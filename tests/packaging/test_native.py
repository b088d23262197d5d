"""What pip cannot bring: the line for each kind of machine, apt's traps, and dead displays."""

import os
import socket
import stat
import sys
from pathlib import Path

import pytest

import native

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's libraries")

# The lists are there once apt-get has updated them; a name in `known` can be installed.
APT_CACHE = """#!/bin/sh
case " $(cat "{folder}/known" 2>/dev/null) " in
*" $2 "*) printf '%s:\\n  Installed: (none)\\n  Candidate: 1.0\\n' "$2" ;;
*) printf '%s:\\n  Installed: (none)\\n  Candidate: (none)\\n' "$2" ;;
esac
"""
APT_GET = """#!/bin/sh
echo "$*" >> "{folder}/calls"
case "$*" in
*" update") [ -e "{folder}/lists" ] && cp "{folder}/lists" "{folder}/known" ;;
*" install "*) [ ! -e "{folder}/broken" ] ;;
esac
"""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a machine where we are root and PATH holds nothing but what a test puts there."""
    programs = tmp_path / "bin"
    programs.mkdir()
    add(programs, "cat", '#!/bin/sh\nexec /bin/cat "$@"\n')
    add(programs, "cp", '#!/bin/sh\nexec /bin/cp "$@"\n')
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.delenv("HASHIYA_NO_APT", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return tmp_path


def add(programs: Path, name: str, text: str = "#!/bin/sh\n") -> None:
    program = programs / name
    program.write_text(text)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def with_apt(machine: Path, known: str = "") -> None:
    add(machine / "bin", "apt-cache", APT_CACHE.format(folder=machine))
    add(machine / "bin", "apt-get", APT_GET.format(folder=machine))
    (machine / "known").write_text(known)


def calls(machine: Path) -> list[str]:
    path = machine / "calls"
    return path.read_text().splitlines() if path.exists() else []


def test_a_library_that_is_not_there_is_missing() -> None:
    assert native.missing({"libhashiya-nowhere.so.7": [], "libc.so.6": []}) == [
        "libhashiya-nowhere.so.7"
    ]


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ("libgl1 libglib2.0-0", "libgl1 libglib2.0-0"),
        ("libgl1 libglib2.0-0t64", "libgl1 libglib2.0-0t64"),
        ("libgl1 libglib2.0-0t64 libglib2.0-0", "libgl1 libglib2.0-0t64"),
        ("", "libgl1 libglib2.0-0"),
    ],
)
def test_the_line_for_apt_names_packages_that_this_machine_knows(
    machine: Path, known: str, line: str
) -> None:
    with_apt(machine, known)
    needs = native.packages_of(["libGL.so.1", "libglib-2.0.so.0"])
    assert native.line_to_run(needs) == "sudo apt-get install --no-install-recommends " + line


@pytest.mark.parametrize(
    ("program", "beginning"),
    [
        ("dnf", "sudo dnf install mesa-libGL "),
        ("pacman", "sudo pacman -S --needed libglvnd "),
        ("none", "install your system's packages for: libgl1"),
    ],
)
def test_other_systems_have_a_line_of_their_own(
    machine: Path, program: str, beginning: str
) -> None:
    add(machine / "bin", program)
    assert native.line_to_run(native.packages_of(["libGL.so.1"])).startswith(beginning)


def test_nothing_is_installed_for_who_is_not_root(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_apt(machine, "libgl1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert not native.install([["libgl1"]])
    assert calls(machine) == []


def test_nothing_is_installed_where_apt_is_not_wanted(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_apt(machine, "libgl1")
    monkeypatch.setenv("HASHIYA_NO_APT", "1")
    assert not native.install([["libgl1"]])
    assert calls(machine) == []


def test_a_known_package_is_installed_at_once_and_apt_waits_for_its_lock(machine: Path) -> None:
    with_apt(machine, "libgl1")
    assert native.install([["libgl1"]])
    (call,) = calls(machine)
    assert call.endswith("--no-install-recommends install libgl1")
    assert "DPkg::Lock::Timeout=120" in call


def test_empty_package_lists_are_fetched_first(machine: Path) -> None:
    with_apt(machine)
    (machine / "lists").write_text("libglib2.0-0t64")
    assert native.install([["libglib2.0-0t64", "libglib2.0-0"]])
    update, install = calls(machine)
    assert update.endswith(" update")
    assert install.endswith(" install libglib2.0-0t64")


def test_a_failed_installation_is_tried_once_more_with_fresh_lists(machine: Path) -> None:
    with_apt(machine, "libgl1")
    (machine / "lists").write_text("libgl1")
    (machine / "broken").touch()
    assert not native.install([["libgl1"]])
    assert [call.split()[-1] for call in calls(machine)] == ["libgl1", "update", "libgl1"]


# --- displays -------------------------------------------------------------------------------------


def test_a_server_without_a_file_is_alive_until_it_is_gone() -> None:
    number = 90_000 + os.getpid()
    display = {"DISPLAY": f":{number}.0"}
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"\0/tmp/.X11-unix/X{number}")
        server.listen()
        assert native.live_x11(display)
    assert not native.live_x11(display)


def test_a_server_over_the_network_is_alive_until_it_is_gone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        display = {"DISPLAY": f"127.0.0.1:{server.getsockname()[1] - 6000}"}
        assert native.live_x11(display)
    assert not native.live_x11(display)


@pytest.mark.parametrize("display", ["", ":", "nonsense", ":zero", "localhost:"])
def test_a_display_that_is_no_display_is_dead(display: str) -> None:
    assert not native.live_x11({"DISPLAY": display})


def test_wayland_is_alive_while_its_server_answers(tmp_path: Path) -> None:
    wayland = {"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0"}
    assert not native.live_wayland({})
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        server.listen()
        assert native.live_wayland(wayland)
    assert (tmp_path / "wayland-0").exists()
    assert not native.live_wayland(wayland)
