"""Replicas: one project file at one place has a name, kept on this machine and not in the file.

A file that is copied, moved or renamed gets another replica at its first write, so that two
copies that go on separately never number their operations alike. Where a number might be given
twice at one place, another name is drawn there too; the earlier ones stay its own.
"""

import contextlib
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from annotator.core.uids import new_replica
from annotator.files import make_folder, sync, sync_folder
from annotator.store.lockedfile import locked

_WAITS = "waits"
_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Replicas:
    """The names of one file at one place, as they are written down in the data folder.

    Where the folder cannot be written, a name holds for this run only: undo then begins anew.
    `is_without_name` says that a file for names is there and no name in it: one that was drawn
    before could not be written down. `is_unread` says that nobody may look which there are.
    """

    def __init__(self, project: str, path: Path, data_folder: Path) -> None:
        """Look for those of `project`, the uid with what tells files apart, at `path`."""
        self._place = data_folder / "replicas" / key_of(project, path)
        self._names: dict[str, bool] = {}
        self._unwritten: list[str] = []
        self.is_unread = False
        try:
            self._names = _read(self._place)
        except OSError:
            self.is_unread = True
        self.is_without_name = not self._names and _is_there(self._place)

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, oldest first; none before the first write."""
        return tuple(self._names)

    @property
    def is_unwritten(self) -> bool:
        """Whether something of it could not be written down, so that it holds for this run only."""
        return bool(self._unwritten)

    @property
    def waiting(self) -> frozenset[str]:
        """Those in whose journals something waits, for which an article is missing."""
        return frozenset(name for name, waits in self._names.items() if waits)

    def current(self) -> str:
        """Return the name in force, drawn and written down when there is none."""
        if not self._names:
            self._names = {new_replica(): False}
            self._unwritten += self._names
            with contextlib.suppress(OSError):  # another process may have been first
                self._names = _written_down(self._place, self._unwritten, only_first=True)
                self._unwritten = []
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

    def write_down(self) -> None:
        """Write down what could not be written down before, where that can be now."""
        if self._unwritten:
            with contextlib.suppress(OSError):
                _written_down(self._place, self._unwritten)
                self._unwritten = []

    def _note(self, line: str) -> None:
        self._unwritten.append(line)
        self.write_down()


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


def _is_there(place: Path) -> bool:
    """Whether a file is at `place`; not where nobody may look."""
    try:
        return place.exists()
    except OSError:
        return False


def _read(place: Path) -> dict[str, bool]:
    """Return the names that are written down, oldest first, and whether something waits for each.

    Lines are only added: a name is drawn by the first of its lines, the last says what waits.
    Raise `OSError` where they cannot be read.
    """
    try:
        lines = place.read_text("ascii", "replace").split("\n")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    found: dict[str, bool] = {}
    for line in lines:
        name, _, waits = line.partition(" ")
        if len(name) == 8 and name.isalnum() and waits in ("", _WAITS):
            found[name] = bool(waits)
    return found


def _written_down(
    place: Path, lines: Sequence[str], *, only_first: bool = False
) -> dict[str, bool]:
    """Add `lines` durably, all of them or none, and return what is written down then.

    With `only_first` only where no name is. Raise `OSError` where that cannot be.
    """
    make_folder(place.parent)
    is_new = not place.exists()
    handle = os.open(place, _OPEN, 0o600)
    try:
        with locked(handle):
            if not (only_first and _read(place)):
                _add(handle, "".join(f"\n{line}\n" for line in lines).encode("ascii"))
        if is_new:
            sync_folder(place.parent)
    finally:
        os.close(handle)
    return _read(place)


def _add(handle: int, data: bytes) -> None:
    """Add `data` to an open file; where it cannot be added whole the file stays as it was."""
    end = os.lseek(handle, 0, os.SEEK_END)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        sync(handle)
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(handle, end)
        raise
