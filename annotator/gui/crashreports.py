"""Reports of faults of our own: where the program was, and not a word of anybody's project.

They hold types and codes of errors and places in the code. Messages, values and whole paths are
left out: they could hold texts, names or who somebody is.
"""

import datetime
import errno
import hashlib
import os
import re
import sysconfig
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType, TracebackType

import PySide6

from annotator import __version__, paths
from annotator.core.errors import UserError
from annotator.files import making

KEPT = 20
"""Reports that stay in the folder; the oldest go first."""
HARD = "hard.txt"
"""What the interpreter writes when it is killed, until the next start makes a report of it."""
LOG = "qt.log"
_LOG_LIMIT = 100_000
_ELSEWHERE = "(elsewhere)"
_FATAL = re.compile(r"(Fatal Python error: [A-Za-z ]+|Windows fatal exception: [a-z0-9 ]+)")
_THREAD = re.compile(r"(Current thread|Thread) 0x")
_FRAME = re.compile(r'  File "(.*)", line (\d+) in (\S+)')
_OF_QT = re.compile(r"Q[A-Z][A-Za-z]+(::~?[A-Za-z]+)*")


# --- what a report says ---


def lines_of(error: BaseException, trace: TracebackType | None = None) -> list[str]:
    """Return `error` and what led to it, the first cause first: types, codes and places."""
    lines: list[str] = []
    for one in _chain(error):
        kind = f"{type(one).__module__}.{type(one).__qualname__}"
        lines += ["", f"{kind} {_code_of(one)}".rstrip()]
        own = one.__traceback__ or (trace if one is error else None)
        lines += [_place(frame, number) for frame, number in traceback.walk_tb(own)]
    return lines


def lines_of_stack(frame: FrameType | None) -> list[str]:
    """Return where the thread of `frame` is, the outermost call first."""
    return ["", *(_place(one, number) for one, number in [*traceback.walk_stack(frame)][::-1])]


def lines_of_hard(text: str) -> list[str]:
    """Return what is told of `text`, which the interpreter wrote when it was killed."""
    return [told for line in text.splitlines() for told in _of_hard_line(line)]


def _of_hard_line(line: str) -> Iterator[str]:
    if (found := _FATAL.match(line)) or (found := _THREAD.match(line)):
        yield from ("", found[1])
    elif found := _FRAME.fullmatch(line):
        yield f"  {_relative(found[1])}:{found[2]} {found[3]}"


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    step: BaseException | None = error
    while step is not None and step not in found:
        found.append(step)
        step = step.__cause__ or step.__context__
    return found[::-1]


def _code_of(error: BaseException) -> str:
    """Return the code by which others know `error`: ours, SQLite's or the system's."""
    if isinstance(error, UserError):
        return error.code
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0, "")
    return str(getattr(error, "sqlite_errorname", ""))


def _place(frame: FrameType, number: int) -> str:
    return f"  {_relative(frame.f_code.co_filename)}:{number} {frame.f_code.co_qualname}"


def _relative(file: str) -> str:
    """Return `file` without the folders above the code: they name the person and the machine."""
    if file.startswith("<frozen "):
        return file
    homes = (
        str(paths.package().parent),
        *map(sysconfig.get_path, ("purelib", "platlib", "stdlib")),
    )
    for home in homes:
        for spelled in (home, home.encode("ascii", "backslashreplace").decode()):
            if file.startswith(spelled + os.sep):
                return Path(file[len(spelled) + 1 :]).as_posix()
    return _ELSEWHERE


# --- files ---


def written(folder: Path, what: str, lines: Iterable[str]) -> Path:
    """Write a report into `folder`, whole, and let the oldest go; `what` says where it came up.

    Raise `OSError` or `UserError` where that cannot be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.datetime.now(datetime.UTC)
    text = "\n".join([*_head(now, what), *lines]) + "\n"
    path = _written_new(folder, f"crash-{now:%Y%m%dT%H%M%SZ}", text)
    for old in sorted(folder.glob("crash-*.txt"), key=_age)[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def _age(path: Path) -> tuple[str, int]:
    stem, _, number = path.stem.rpartition("-")
    return stem, int(number) if number.isdecimal() else 0


def _written_new(folder: Path, stem: str, text: str) -> Path:
    """Write a file of a name that nobody has, after all of the same second."""
    n = max((_age(path)[1] for path in folder.glob(f"{stem}-*.txt")), default=0)
    while True:
        n += 1
        path = folder / f"{stem}-{n}.txt"
        try:
            with making(path) as file:
                file.write(text.encode())
        except UserError as error:
            if error.code != "file_exists":
                raise
        else:
            return path  # else another window was first


def _head(now: datetime.datetime, what: str) -> list[str]:
    import platform  # takes its time, and is hardly ever needed

    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    python = f"Python {platform.python_version()}, PySide6 {PySide6.__version__}"
    return [f"Hashiya {__version__}, {python}, {system}", f"{now:%Y-%m-%d %H:%M:%S} UTC, {what}"]


def gathered(folder: Path) -> Path | None:
    """Make a report of what the interpreter wrote when it was killed; None where it was not."""
    hard = folder / HARD
    text = hard.read_text("utf-8", "replace") if hard.exists() else ""
    if not text.strip():
        return None
    path = written(folder, "killed", lines_of_hard(text))
    os.truncate(hard, 0)  # other windows may hold it open, and append
    return path


def logged(folder: Path, kind: str, category: str, message: str) -> None:
    """Note a warning of Qt: where in Qt it came from, and a hash by which others know it."""
    source = _OF_QT.match(message)
    digest = hashlib.sha256(message.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    now = datetime.datetime.now(datetime.UTC)
    line = f"{now:%Y-%m-%d %H:%M:%S} {kind} {category} {source[0] if source else '?'} {digest}\n"
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / LOG
    if log.exists() and log.stat().st_size > _LOG_LIMIT:
        log.replace(folder / f"{LOG}.1")
    with log.open("a", encoding="utf-8") as file:
        file.write(line)
