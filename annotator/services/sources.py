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

    A file stands with the name that reports give it: in a folder, with its folders.
    """

    files: tuple[tuple[Path, str], ...]
    ignored: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()


def files_of(source: Path) -> Found:
    """Return the files of `source`, a file or a folder; hidden ones in a folder are left out."""
    if not os.path.isdir(source):  # noqa: PTH112  # Path's own raises for names too long
        return Found(((source, name_of(source)),))
    files: list[tuple[Path, str]] = []
    ignored: list[str] = []
    closed: list[OSError] = []
    for folder, names, inside in os.walk(source, onerror=closed.append):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(name for name in inside if not name.startswith(".")):
            known = os.path.splitext(name)[1].lower() in _IN_FOLDERS  # noqa: PTH122
            path = Path(folder, name)
            if known:
                files.append((path, name_of(path, source)))
            else:
                ignored.append(name_of(path, source))
    refused = tuple(
        Refusal(told, 0, UserError("cannot_read", path=told))
        for told in (name_of(Path(str(error.filename)), source) for error in closed)
    )
    return Found(tuple(files), tuple(ignored), refused)


def units_of(path: Path, name: str, format_name: str, encoding: str) -> Iterator[Unit]:
    """Yield the units of the file that reports call `name`; one that is closed is one bad unit."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UserError("cannot_read", path=name)
        with path.open("rb") as file:
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
    return name.replace(os.sep, "/").encode("utf-8", "replace").decode()
