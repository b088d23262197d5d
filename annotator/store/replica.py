"""Replicas: one project file at one place has a name, kept on this machine and not in the file.

A file that is copied, moved or renamed gets another replica at its first write, so that two
copies that go on separately never number their operations alike. Where a number might be given
twice at one place, another name is drawn there too; the earlier ones stay its own.
"""

import contextlib
import hashlib
import os
from pathlib import Path

from annotator.core.errors import UserError
from annotator.core.uids import new_replica
from annotator.files import make_folder, making, sync

_WAITS = "waits"


class Replicas:
    """The names of one file at one place, as they are written down in the data folder.

    Where the folder cannot be written, a name holds for this run only: undo then begins anew.
    """

    def __init__(self, project: str, path: Path, data_folder: Path) -> None:
        """Look for those of `project`, the uid with what tells files apart, at `path`."""
        self._place = data_folder / "replicas" / key_of(project, path)
        self._names = _read(self._place)

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, oldest first; none before the first write."""
        return tuple(self._names)

    @property
    def waiting(self) -> frozenset[str]:
        """Those in whose journals something waits, for which an article is missing."""
        return frozenset(name for name, waits in self._names.items() if waits)

    def current(self) -> str:
        """Return the name in force, drawn and written down when there is none."""
        if not self._names:
            drawn = new_replica()
            with contextlib.suppress(OSError, UserError):
                _write_once(self._place, drawn)
            self._names = _read(self._place)
            if not self._names:  # what stands there is none
                self._names = {drawn: False}
                self._note(drawn)
        return [*self._names][-1]

    def draw_anew(self) -> str:
        """Draw another name, and return it: what comes is numbered under it."""
        drawn = new_replica()
        self._names[drawn] = False
        self._note(drawn)
        return drawn

    def keep_waiting(self, name: str, waits: bool) -> None:
        """Keep in mind whether something waits in the journal of `name`."""
        if self._names[name] != waits:
            self._names[name] = waits
            self._note(f"{name} {_WAITS}" if waits else name)

    def _note(self, line: str) -> None:
        with contextlib.suppress(OSError), self._place.open("ab", buffering=0) as file:
            file.write(f"\n{line}\n".encode("ascii"))
            sync(file.fileno())


def replica_of(project: str, path: Path, data_folder: Path) -> str:
    """Return the replica of `project` at `path`, drawn and written down when there is none."""
    return Replicas(project, path, data_folder).current()


def forget(project: str, path: Path, data_folder: Path) -> None:
    """Let the file of `project` at `path` begin anew, without the names that it had there."""
    with contextlib.suppress(OSError):
        (data_folder / "replicas" / key_of(project, path)).unlink(missing_ok=True)


def key_of(project: str, path: Path) -> str:
    """Return the name under which this machine keeps what belongs to one file at one place."""
    return hashlib.sha256(
        f"{project}\n{os.path.realpath(path)}".encode("utf-8", "surrogateescape")
    ).hexdigest()[:32]


def _read(place: Path) -> dict[str, bool]:
    """Return the names that are written down, oldest first, and whether something waits for each.

    Lines are only added: a name is drawn by the first of its lines, the last says what waits.
    """
    try:
        lines = place.read_text("ascii", "replace").split("\n")
    except OSError:
        return {}
    found: dict[str, bool] = {}
    for line in lines:
        name, _, waits = line.partition(" ")
        if len(name) == 8 and name.isalnum() and waits in ("", _WAITS):
            found[name] = bool(waits)
    return found


def _write_once(place: Path, name: str) -> None:
    """Write `name`; raise `UserError` where another process was first, or it cannot be written."""
    make_folder(place.parent)
    with making(place, is_private=True) as file:
        file.write(f"{name}\n".encode("ascii"))
