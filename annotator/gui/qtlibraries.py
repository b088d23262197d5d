"""The system's libraries that Qt loads, and the packages that bring them."""

import shutil
from collections.abc import Callable, Iterable
from typing import NamedTuple

Which = Callable[[str], str | None]


class Packages(NamedTuple):
    """What a library is called by those who package it."""

    debian: str
    fedora: str
    arch: str


_ALWAYS = {
    "libGL.so.1": Packages("libgl1", "mesa-libGL", "libglvnd"),
    "libEGL.so.1": Packages("libegl1", "mesa-libEGL", "libglvnd"),
    "libxkbcommon.so.0": Packages("libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    "libdbus-1.so.3": Packages("libdbus-1-3", "dbus-libs", "dbus"),
    "libfontconfig.so.1": Packages("libfontconfig1", "fontconfig", "fontconfig"),
    "libfreetype.so.6": Packages("libfreetype6", "freetype", "freetype2"),
    "libglib-2.0.so.0": Packages("libglib2.0-0", "glib2", "glib2"),
    "libgthread-2.0.so.0": Packages("libglib2.0-0", "glib2", "glib2"),
    "libbrotlidec.so.1": Packages("libbrotli1", "libbrotli", "brotli"),
    "libX11.so.6": Packages("libx11-6", "libX11", "libx11"),
    "libz.so.1": Packages("zlib1g", "zlib", "zlib"),
    "libzstd.so.1": Packages("libzstd1", "libzstd", "zstd"),
}
_ON_X11 = {
    "libxcb-cursor.so.0": Packages("libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    "libxkbcommon-x11.so.0": Packages("libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    "libxcb-icccm.so.4": Packages("libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    "libxcb-keysyms.so.1": Packages("libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    "libxcb-image.so.0": Packages("libxcb-image0", "xcb-util-image", "xcb-util-image"),
    "libxcb-util.so.1": Packages("libxcb-util1", "xcb-util", "xcb-util"),
    "libxcb-render-util.so.0": Packages(
        "libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"
    ),
    "libxcb.so.1": Packages("libxcb1", "libxcb", "libxcb"),
    "libxcb-randr.so.0": Packages("libxcb-randr0", "libxcb", "libxcb"),
    "libxcb-render.so.0": Packages("libxcb-render0", "libxcb", "libxcb"),
    "libxcb-shape.so.0": Packages("libxcb-shape0", "libxcb", "libxcb"),
    "libxcb-shm.so.0": Packages("libxcb-shm0", "libxcb", "libxcb"),
    "libxcb-sync.so.1": Packages("libxcb-sync1", "libxcb", "libxcb"),
    "libxcb-xfixes.so.0": Packages("libxcb-xfixes0", "libxcb", "libxcb"),
    "libxcb-xkb.so.1": Packages("libxcb-xkb1", "libxcb", "libxcb"),
    "libX11-xcb.so.1": Packages("libx11-xcb1", "libX11-xcb", "libx11"),
}
_ON_WAYLAND = {
    "libwayland-client.so.0": Packages("libwayland-client0", "libwayland-client", "wayland"),
    "libwayland-cursor.so.0": Packages("libwayland-cursor0", "libwayland-cursor", "wayland"),
}
# Debian 13 and Ubuntu 24.04 have libglib2.0-0t64 instead, and apt takes that for the older name.
_PROGRAMS = {
    "apt-get": ("sudo apt-get install --no-install-recommends", "debian"),
    "dnf": ("sudo dnf install", "fedora"),
    "pacman": ("sudo pacman -S --needed", "arch"),
}


def needed(platform: str) -> list[str]:
    """Return the sonames that Qt loads for the plugin `platform`, the plugin's own last."""
    own = {"xcb": _ON_X11, "wayland": _ON_WAYLAND}.get(platform.partition("-")[0], {})
    return [*_ALWAYS, *own]


def line_to_run(sonames: Iterable[str], which: Which = shutil.which) -> str:
    """Return the line that installs the packages of `sonames`, each once.

    Nothing where one of them is unknown, or there is no program that installs packages.
    """
    known = _ALWAYS | _ON_X11 | _ON_WAYLAND
    packages = [known.get(soname) for soname in sonames]
    for program, (begin, system) in _PROGRAMS.items():
        if which(program) and None not in packages:
            names = dict.fromkeys(str(getattr(one, system)) for one in packages)
            return " ".join([begin, *names])
    return ""
