"""What an import reads: files, and folders in the order of names, and what cannot be read."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.core.errors import UserError
from annotator.formats.base import Unit
from annotator.formats.registry import reader

_IN_FOLDERS = frozenset({".txt", ".text", ".jsonl"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """A unit that was not taken: the file's name, the line (0: the whole file), and why."""

    source: str
    line: int
    trouble: UserError


@dataclass(frozen=True, slots=True)
class Found:
    """The files of a source in name order, those of kinds we do not read, and what is closed.

    A file stands as its path and the name that reports give it: in a folder, with its folders. Its
    path is a string: tens of thousands of them are opened once each, and `Path` parses every one.
    """

    files: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()


def files_of(source: Path) -> Found:
    """Return the files of `source`, a file or a folder; hidden ones in a folder are left out."""
    if not os.path.isdir(source):  # noqa: PTH112  # Path's own raises for names too long
        return Found(((str(source), name_of(source)),))
    files: list[tuple[str, str]] = []
    ignored: list[str] = []
    closed: list[OSError] = []
    for folder, names, inside in os.walk(source, onerror=closed.append):
        names[:] = sorted(name for name in names if not name.startswith("."))
        within = "" if folder == str(source) else f"{name_of(Path(folder), source)}/"
        for name in sorted(name for name in inside if not name.startswith(".")):
            told = within + _as_text(name)
            if os.path.splitext(name)[1].lower() in _IN_FOLDERS:  # noqa: PTH122
                files.append((os.path.join(folder, name), told))  # noqa: PTH118
            else:
                ignored.append(told)
    refused = tuple(
        Refusal(told, 0, UserError("cannot_read", path=told))
        for told in (name_of(Path(str(error.filename)), source) for error in closed)
    )
    return Found(tuple(files), tuple(ignored), refused)


def units_of(path: str, name: str, format_name: str, encoding: str) -> Iterator[Unit]:
    """Yield the units of the file that reports call `name`; one that is closed is one bad unit."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116
            raise UserError("cannot_read", path=name)
        with open(path, "rb") as file:  # noqa: PTH123
            yield from reader(format_name, name, file.peek()).units(file, name, encoding)
    except UserError as trouble:
        yield Unit(name, 0, trouble=trouble)
    except FileNotFoundError:
        yield Unit(name, 0, trouble=UserError("no_such_file", path=name))
    except OSError:
        yield Unit(name, 0, trouble=UserError("cannot_read", path=name))


def name_of(path: Path, source: Path | None = None) -> str:
    """Return the name of `path`, inside the folder `source` where there is one, as text.

    Names can be made of any bytes; what is no text in them becomes a question mark.
    """
    name = str(path.relative_to(source)) if source and path != source else path.name
    return _as_text(name.replace(os.sep, "/"))


def _as_text(name: str) -> str:
    return name if name.isascii() else name.encode("utf-8", "replace").decode()
