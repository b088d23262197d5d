"""Why no window can be opened here, found out before Qt starts: Qt itself would abort.

Nothing here imports Qt. Only Linux and its like are looked at: elsewhere Qt brings all it needs.
"""

import contextlib
import ctypes
import importlib.util
import re
import sys
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

from annotator.core.errors import UserError
from annotator.gui import qtlibraries

_QT = (6, 11)
_INSTALL_QT = 'python3 -m pip install "PySide6-Essentials==6.11.*"'
_VERSION = re.compile(r'^__version__ = "((\d+)\.(\d+)[^"]*)"', re.MULTILINE)
_LACKING = re.compile(r"^(lib[^:\s]+): ")
"""How the loader says which library it did not find."""

_NEED_NO_SCREEN = frozenset(
    {"offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs", "vkkhrdisplay"}
)
_X_SOCKETS = ("/tmp/.X11-unix/X{}", "\0/tmp/.X11-unix/X{}")  # noqa: S108
"""Where an X server listens; some have the second, without a file, alone."""
_REFUSED, _WELCOME = "refused", "welcome"
_PATIENCE = 3
"""Seconds that a screen has to answer."""


def check(environment: Mapping[str, str]) -> None:
    """Raise `UserError` with the first reason why Qt could not open a window; exit code 3."""
    _check_qt()
    if sys.platform in ("win32", "darwin"):
        return
    wanted = platforms(environment)
    troubles = [_screen_trouble(platform, environment) for platform in wanted]
    if all(troubles):
        raise _worst(troubles)
    alive = [name for name, trouble in zip(wanted, troubles, strict=True) if trouble is None]
    lacking = [missing_libraries(name) for name in alive]
    if all(lacking):
        raise _lack_of(lacking[0])


def _check_qt() -> None:
    found = importlib.util.find_spec("PySide6")
    if found is None or found.origin is None:
        raise UserError("no_qt", command=_INSTALL_QT)
    try:
        said = _VERSION.search(Path(found.origin).read_text("utf-8", "replace"))
    except OSError:  # in a frozen build there is no such file, and Qt came with us
        return
    if said and (int(said[2]), int(said[3])) != _QT:
        raise UserError("wrong_qt", version=said[1], command=_INSTALL_QT)


# --- the screen ---


def platforms(environment: Mapping[str, str]) -> list[str]:
    """Return the names of Qt's platform plugins that it would try, in its order.

    >>> platforms({"QT_QPA_PLATFORM": "wayland;xcb:geometry"}), platforms({"DISPLAY": ":0"})
    (['wayland', 'xcb'], ['xcb'])
    """
    asked = environment.get("QT_QPA_PLATFORM", "")
    if asked:
        return [name.partition(":")[0] for name in asked.split(";")]
    is_wayland = environment.get("XDG_SESSION_TYPE") == "wayland"
    return ["wayland", "xcb"] if is_wayland or _wayland_name(environment) else ["xcb"]


def _screen_trouble(platform: str, environment: Mapping[str, str]) -> UserError | None:
    if platform in _NEED_NO_SCREEN or "QT_QPA_PLATFORM_PLUGIN_PATH" in environment:
        return None
    if platform == "xcb":
        return _x11_trouble(environment.get("DISPLAY", ""))
    if platform.startswith("wayland"):
        return _wayland_trouble(environment)
    return UserError("no_platform", platform=platform)


def _worst(troubles: Iterable[UserError | None]) -> UserError:
    """Return the trouble that says most: a screen that is named and dead before none at all."""
    found = [trouble for trouble in troubles if trouble is not None]
    return next((one for one in found if one.code != "no_display"), found[0])


def _x11_trouble(display: str) -> UserError | None:
    if not display:
        return UserError("no_display")
    host, colon, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not colon or not number.isdecimal() or not _listens(host, int(number)):
        return UserError("dead_display", display=display)
    answer = _welcome(display)
    return None if answer == _WELCOME else UserError("dead_display", display=display, why=answer)


def _listens(host: str, number: int) -> bool:
    if host.startswith("/"):  # XQuartz names the socket itself
        return _answers(f"{host}:{number}")
    if host in ("", "unix"):
        return any(_answers(address.format(number)) for address in _X_SOCKETS)
    import socket

    try:
        socket.create_connection((host.removeprefix("tcp/"), 6000 + number), 1).close()
    except OSError:
        return False
    return True


def _welcome(display: str) -> str:
    """Return how the X server answers: that we are welcome or refused; nothing where it does not.

    xcb itself asks, with the rights that Qt will have; where it is missing, the libraries say so.
    """
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return _WELCOME
    answers: list[str] = []
    asking = threading.Thread(target=lambda: answers.append(_ask(xcb, display)), daemon=True)
    asking.start()
    asking.join(_PATIENCE)
    return answers[0] if answers else ""


def _ask(xcb: ctypes.CDLL, display: str) -> str:
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    is_refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return _REFUSED if is_refused else _WELCOME


def _wayland_name(environment: Mapping[str, str]) -> str:
    return environment.get("WAYLAND_DISPLAY") or environment.get("WAYLAND_SOCKET", "")


def _wayland_trouble(environment: Mapping[str, str]) -> UserError | None:
    if environment.get("WAYLAND_SOCKET"):
        return None  # a connection that is open already, handed over by its number
    name = environment.get("WAYLAND_DISPLAY", "")
    folder = Path(environment.get("XDG_RUNTIME_DIR", ""))
    if _answers(str(folder / (name or "wayland-0"))):
        return None
    return UserError("dead_display", display=name) if name else UserError("no_display")


def _answers(address: str) -> bool:
    import socket

    with contextlib.closing(socket.socket(socket.AF_UNIX)) as probe:
        probe.settimeout(1)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True


# --- libraries ---


def missing_libraries(platform: str) -> list[str]:
    """Return the sonames that keep Qt's `platform` plugin from loading; none where it loads."""
    said = [reason for file in _files_of(platform) if (reason := _why_not_loaded(file))]
    if not said:
        return []
    named = [soname for soname in qtlibraries.needed(platform) if _why_not_loaded(soname)]
    told = [match[1] for reason in said if (match := _LACKING.match(reason))]
    return named or told or ["Qt"]


def _files_of(platform: str) -> list[str]:
    """Return Qt's own files that lie in the package: its widgets, and the plugin."""
    found = importlib.util.find_spec("PySide6")
    qt = Path(found.origin).parent / "Qt" if found and found.origin else Path()
    widgets = qt / "lib" / "libQt6Widgets.so.6"
    plugin = qt / "plugins" / "platforms" / f"libq{platform.partition('-')[0]}.so"
    return [str(file) for file in (widgets, plugin) if file.exists()]


def _why_not_loaded(name: str) -> str:
    try:
        ctypes.CDLL(name)
    except OSError as error:
        return str(error) or name
    return ""


def _lack_of(sonames: list[str]) -> UserError:
    line = qtlibraries.line_to_run(sonames)
    why = {} if line else {"why": "unpackaged"}
    return UserError("missing_libraries", libraries=sonames, command=line, **why)
