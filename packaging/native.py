"""What Hashiya needs of the machine and pip cannot bring: Qt's system libraries, and a display.

The standard library only, and syntax that any Python 3 reads: bootstrap.py imports this before it
knows what it runs on. Nothing here touches `.venv`.
"""

import contextlib
import ctypes
import os
import pathlib
import shutil
import socket
import subprocess
import sys

# What Qt loads, by soname, and the Debian packages that hold it, the first that exists wins
# (names ending in t64 came with Debian 13 and Ubuntu 24.04).
OFF_SCREEN = {
    "libGL.so.1": ["libgl1"],
    "libEGL.so.1": ["libegl1"],
    "libxkbcommon.so.0": ["libxkbcommon0"],
    "libdbus-1.so.3": ["libdbus-1-3"],
    "libfontconfig.so.1": ["libfontconfig1"],
    "libfreetype.so.6": ["libfreetype6"],
    "libglib-2.0.so.0": ["libglib2.0-0t64", "libglib2.0-0"],
    "libbrotlidec.so.1": ["libbrotli1"],
}
ON_X11 = {
    "libxcb-cursor.so.0": ["libxcb-cursor0"],
    "libxkbcommon-x11.so.0": ["libxkbcommon-x11-0"],
    "libxcb-icccm.so.4": ["libxcb-icccm4"],
    "libxcb-keysyms.so.1": ["libxcb-keysyms1"],
    "libxcb-image.so.0": ["libxcb-image0"],
    "libxcb-randr.so.0": ["libxcb-randr0"],
    "libxcb-render-util.so.0": ["libxcb-render-util0"],
    "libxcb-shape.so.0": ["libxcb-shape0"],
    "libxcb-sync.so.1": ["libxcb-sync1"],
    "libxcb-xfixes.so.0": ["libxcb-xfixes0"],
    "libxcb-xkb.so.1": ["libxcb-xkb1"],
    "libX11-xcb.so.1": ["libx11-xcb1"],
}
VENV = [["python%d.%d-venv" % sys.version_info[:2], "python3-venv"]]

# Where an X server listens; some have the second, without a file, alone.
X_SOCKETS = ["/tmp/.X11-unix/X%d", "\0/tmp/.X11-unix/X%d"]  # noqa: S108

# Where there is no apt-get, the whole set under the names of that system.
OTHER_SYSTEMS = [
    (
        "dnf",
        "sudo dnf install mesa-libGL mesa-libEGL libxkbcommon libxkbcommon-x11 dbus-libs fontconfig"
        " freetype glib2 brotli xcb-util-cursor xcb-util-wm xcb-util-keysyms xcb-util-image"
        " xcb-util-renderutil libX11-xcb",
    ),
    (
        "pacman",
        "sudo pacman -S --needed libglvnd libxkbcommon libxkbcommon-x11 dbus fontconfig freetype2"
        " glib2 brotli xcb-util-cursor xcb-util-wm xcb-util-keysyms xcb-util-image"
        " xcb-util-renderutil libx11",
    ),
]


def missing(libraries: "dict[str, list[str]]") -> "list[str]":
    """Return the sonames that this machine cannot load, in the order of the table."""
    absent = []
    for soname in libraries:
        try:
            ctypes.CDLL(soname)
        except OSError:
            absent.append(soname)
    return absent


def packages_of(sonames: "list[str]") -> "list[list[str]]":
    """Return, for each soname, the Debian packages that may hold it."""
    return [(OFF_SCREEN.get(soname) or ON_X11[soname]) for soname in sonames]


# --- apt ------------------------------------------------------------------------------------------


def may_install() -> bool:
    """Say whether we may call apt-get: root, apt-get there, and HASHIYA_NO_APT not set."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and not os.environ.get("HASHIYA_NO_APT") and bool(shutil.which("apt-get"))


def is_known(package: str) -> bool:
    """Say whether apt could install `package`: `apt-cache show` says yes to more than that."""
    if not shutil.which("apt-cache"):
        return False
    answer = subprocess.run(
        ["apt-cache", "policy", package],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        universal_newlines=True,
        env=dict(os.environ, LC_ALL="C"),
        check=False,
    )
    return "Candidate:" in answer.stdout and "Candidate: (none)" not in answer.stdout


def names_for(needs: "list[list[str]]") -> "list[str]":
    """Choose one package for each need: the first that apt knows, else the last named."""
    return [next((name for name in names if is_known(name)), names[-1]) for names in needs]


def line_to_run(needs: "list[list[str]]") -> str:
    """Return the line that a person who may not, or does not want to, let us install runs."""
    if shutil.which("apt-get"):
        return "sudo apt-get install --no-install-recommends " + " ".join(names_for(needs))
    if needs == VENV:
        return "install your system's package with Python's venv and ensurepip"
    for program, line in OTHER_SYSTEMS:
        if shutil.which(program):
            return line
    return "install your system's packages for: " + " ".join(name for (name, *_) in needs)


def install(needs: "list[list[str]]") -> bool:
    """Install one package for each need, with fresh package lists when the present ones fall short.

    False, without a word, where we may not; the caller prints `line_to_run`.
    """
    if not may_install():
        return False
    listed = all(any(is_known(name) for name in names) for names in needs)
    if listed and _apt_get(["install", *names_for(needs)]):
        return True
    return _apt_get(["update"]) and _apt_get(["install", *names_for(needs)])


def _apt_get(words: "list[str]") -> bool:
    # Another apt may be at work (a fresh machine updates itself): wait for its lock, two minutes.
    command = ["apt-get", "-qq", "-y", "-o", "DPkg::Lock::Timeout=120", "--no-install-recommends"]
    print("bootstrap: apt-get " + " ".join(words), flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    nowhere = subprocess.DEVNULL
    done = subprocess.run(
        command + words, stdin=nowhere, stdout=nowhere, env=environment, check=False
    )
    return done.returncode == 0


# --- Qt's libraries and the display ---------------------------------------------------------------


def provide(libraries: "dict[str, list[str]]") -> bool:
    """Say whether all `libraries` are there, after installing what lacks where we may."""
    absent = missing(libraries)
    if not absent:
        return True
    if install(packages_of(absent)):
        absent = missing(libraries)
    return not absent


def live_wayland(environment: "dict[str, str]") -> bool:
    """Say whether the Wayland server that `environment` names answers."""
    name = environment.get("WAYLAND_DISPLAY", "")
    folder = pathlib.Path(environment.get("XDG_RUNTIME_DIR", ""))
    return bool(name) and _answers(str(folder / name))


def live_x11(environment: "dict[str, str]") -> bool:
    """Say whether the X server that `environment` names answers: Qt aborts on a dead DISPLAY."""
    host, colon, rest = environment.get("DISPLAY", "").rpartition(":")
    number = rest.split(".")[0]
    if not colon or not number.isdigit():
        return False
    if host in ("", "unix"):
        return any(_answers(name % int(number)) for name in X_SOCKETS)
    try:
        socket.create_connection((host, 6000 + int(number)), 1).close()
    except OSError:
        return False
    return True


def _answers(address: str) -> bool:
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as probe:
        probe.settimeout(1)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True
