"""Reports of faults of our own: where the program was, and not a word of anybody's project."""

import datetime
import traceback
from pathlib import Path

from annotator import __version__, paths
from annotator.core.errors import UserError
from annotator.files import making


def reported(error: BaseException) -> Path | None:
    """Write a report of `error` into the folder of logs; None where it cannot be written.

    It holds types of errors and places in modules. Messages and values are left out: they could
    hold text of articles, names or paths.
    """
    folder = paths.log_folder()
    now = datetime.datetime.now(datetime.UTC)
    path = folder / f"fault-{now:%Y%m%dT%H%M%S%fZ}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with making(path) as file:
            file.write(("\n".join(_lines(error, now)) + "\n").encode())
    except (OSError, UserError):
        return None
    return path


def _lines(error: BaseException, now: datetime.datetime) -> list[str]:
    import platform  # takes longer to load than most commands need it

    system = f"{platform.system()} {platform.machine()}"
    lines = [
        f"Hashiya {__version__}, Python {platform.python_version()}, {system}",
        f"{now:%Y-%m-%d %H:%M} UTC",
    ]
    for one in _chain(error):
        lines += ["", f"{type(one).__module__}.{type(one).__qualname__}"]
        for frame, number in traceback.walk_tb(one.__traceback__):
            module = frame.f_globals.get("__name__", "?")
            lines.append(f"  {module}:{number} {frame.f_code.co_qualname}")
    return lines


def _chain(error: BaseException) -> list[BaseException]:
    """Return `error` after what led to it, the first cause first."""
    found: list[BaseException] = []
    step: BaseException | None = error
    while step is not None and step not in found:
        found.append(step)
        step = step.__cause__ or step.__context__
    return found[::-1]
