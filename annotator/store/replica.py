"""Replicas: one project file at one place has one name, kept on this machine and not in the file.

A file that is copied, moved or renamed gets another replica at its first write, so that two
copies that go on separately never number their operations alike.
"""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from annotator.core.uids import new_replica


def replica_of(project: str, path: Path, data_folder: Path) -> str:
    """Return the replica of `project` at `path`, drawn and written down when there is none.

    Where the data folder cannot be written, a name for this run only: undo then begins anew.
    """
    place = data_folder / "replicas" / key_of(project, path)
    known = _read(place)
    if known:
        return known
    drawn = new_replica()
    with contextlib.suppress(OSError):
        _write_once(place, drawn)
        return _read(place) or drawn
    return drawn


def key_of(project: str, path: Path) -> str:
    """Return the name under which this machine keeps what belongs to one file at one place."""
    return hashlib.sha256(
        f"{project}\n{os.path.realpath(path)}".encode("utf-8", "surrogateescape")
    ).hexdigest()[:32]


def _read(place: Path) -> str:
    try:
        text = place.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return text if len(text) == 8 and text.isalnum() else ""


def _write_once(place: Path, name: str) -> None:
    """Write `name` unless another process was first: whole or not at all, and durable."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(name + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, place)
        except FileExistsError:
            return
        except OSError:  # file systems without hard links
            Path(temporary).replace(place)
    finally:
        Path(temporary).unlink(missing_ok=True)
