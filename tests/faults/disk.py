"""A disk in memory whose power can be cut: names and files apart, what is not synced may be lost.

Of each sector that was written since its file was last synced any one of the versions may be what
the disk holds after a cut, the old one among them; of names that were made or removed since the
last sync of their folder the first few hold, and a folder that was made is such a name too. A file
that grew without a sync holds zeros or old garbage where its sectors did not come. So it is harsher
than ext4 and NTFS, and no harsher than what SQLite's documentation ("Atomic Commit In SQLite", 2.
Hardware Assumptions) counts with.
"""

import os
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

SECTOR = 512
_CACHED_SECTORS, _CACHED_NAMES = 256, 8
"""What a device that ignores flushes holds back at most."""


class PowerCutError(Exception):
    """The power is gone: nothing reaches the disk any more."""


@dataclass(slots=True, eq=False)
class Inode:
    """One file: what programs see, what is on the platter, and what may have come there since."""

    seen: bytearray = field(default_factory=bytearray)
    kept: bytearray = field(default_factory=bytearray)
    versions: dict[int, list[bytes]] = field(default_factory=dict)  # sector -> written since
    sizes: list[int] = field(default_factory=list)  # lengths that it had since
    is_folder: bool = False

    def write(self, data: bytes, offset: int) -> None:
        """Write `data`; what lies between the end and `offset` becomes zeros."""
        end = offset + len(data)
        if len(self.seen) < offset:
            self.seen.extend(bytes(offset - len(self.seen)))
        self.seen[offset:end] = data
        for sector in range(offset // SECTOR, -(-end // SECTOR)):
            place = sector * SECTOR
            self.versions.setdefault(sector, []).append(bytes(self.seen[place : place + SECTOR]))
        self.sizes.append(len(self.seen))

    def truncate(self, size: int) -> None:
        """Cut the file off at `size`."""
        del self.seen[size:]
        self.sizes.append(len(self.seen))

    def sync(self) -> None:
        """Let everything be on the platter."""
        if self.sizes:
            self.kept = bytearray(self.seen)
            self.versions.clear()
            self.sizes.clear()

    def left(self, chance: random.Random, share: float) -> bytes:
        """Return what the platter holds after a cut at which `share` of the writes had come."""
        sizes = [len(self.kept), *self.sizes]
        size = sizes[-1] if chance.random() < share else chance.choice(sizes)
        found = self.kept[:size]
        fill = chance.randbytes if chance.random() < 0.5 else bytes
        found.extend(fill(size - len(found)))
        for sector, versions in self.versions.items():
            if chance.random() < share:
                data = versions[-1] if chance.random() < 0.5 else chance.choice(versions)
                place = sector * SECTOR
                found[place : place + len(data)] = data[: max(0, size - place)]
        return bytes(found[:size])

    def let_some_through(self, chance: random.Random) -> None:
        """Of a device that ignores syncs: write something of what it holds back, in any order."""
        while len(self.versions) > _CACHED_SECTORS:
            sector = chance.choice(list(self.versions))
            data = self.versions.pop(sector)[-1]
            place = sector * SECTOR
            if len(self.kept) < place:
                self.kept.extend(bytes(place - len(self.kept)))
            self.kept[place : place + len(data)] = data


_Change = dict[str, Inode | None]
"""Names that change at once: what each then leads to, None for nothing."""


class Disk:
    """Files by whole names. Each change is a step, and at the step `cut_at` the power goes."""

    def __init__(
        self, chance: random.Random, files: Mapping[str, bytes], *, ignores_syncs: bool = False
    ) -> None:
        self._chance = chance
        self._ignores_syncs = ignores_syncs
        self.names = {name: Inode(bytearray(data), bytearray(data)) for name, data in files.items()}
        self._kept_names = dict(self.names)
        self._changes: dict[str, list[_Change]] = {}
        self._new_folders: set[str] = set()
        self.steps = 0
        self.cut_at: int | None = None
        self.is_dead = False

    def cut_after(self, steps: int) -> None:
        """Let the power go so many steps from now."""
        self.cut_at = self.steps + steps

    def step(self) -> None:
        """Count a change; raise `PowerCutError` where the power is gone."""
        self.steps += 1
        if self.cut_at is not None and self.steps >= self.cut_at:
            self.is_dead = True
        self.alive()

    def alive(self) -> None:
        """Raise `PowerCutError` where the power is gone."""
        if self.is_dead:
            raise PowerCutError

    # --- names ---

    def create(self, name: str) -> Inode:
        """Make an empty file."""
        self.step()
        made = Inode()
        self._change({name: made})
        return made

    def make_folder(self, name: str) -> None:
        """Make a folder."""
        self.step()
        self._new_folders.add(name)
        self._change({name: Inode(is_folder=True)})

    def has_folder(self, name: str) -> None:
        """Know a folder that is there, and stays."""
        self._kept_names[name] = self.names[name] = Inode(is_folder=True)

    def unlink(self, name: str) -> None:
        """Remove a name."""
        self.step()
        self._change({name: None})

    def link(self, name: str, other: str) -> None:
        """Give the file called `name` an `other` name too."""
        self.step()
        self._change({other: self.names[name]})

    def rename(self, name: str, other: str) -> None:
        """Give a file another name in its folder, at once, whatever had it before."""
        self.step()
        self._change({name: None, other: self.names[name]})

    def _change(self, change: _Change) -> None:
        _note(self.names, change)
        folder = os.path.dirname(next(iter(change)))  # noqa: PTH120  # half the time of Path's own
        changes = self._changes.setdefault(folder, [])
        changes.append(change)
        if self._ignores_syncs and len(changes) > _CACHED_NAMES:
            self._keep_names(folder, 1)

    def sync_names(self, folder: str) -> None:
        """Let the names in a folder be on the platter."""
        self.step()
        if not self._ignores_syncs:
            self._keep_names(folder, len(self._changes.get(folder, ())))

    def _keep_names(self, folder: str, n: int) -> None:
        changes = self._changes.get(folder, [])
        for change in changes[:n]:
            _note(self._kept_names, change)
        del changes[:n]

    # --- contents ---

    def write(self, inode: Inode, data: bytes, offset: int) -> None:
        """Write into a file."""
        self.step()
        inode.write(data, offset)
        if self._ignores_syncs:
            inode.let_some_through(self._chance)

    def truncate(self, inode: Inode, size: int) -> None:
        """Cut a file off."""
        self.step()
        inode.truncate(size)

    def sync(self, inode: Inode) -> None:
        """Let a file be on the platter, by this name or none."""
        self.step()
        if not self._ignores_syncs:
            inode.sync()

    # --- what is there ---

    def left(self) -> dict[str, bytes]:
        """Return the files that are on the platter after the cut."""
        chance = self._chance
        share = chance.choice((0.0, 0.1, 0.4, 0.7, 0.9, 1.0))
        for folder, changes in self._changes.items():
            self._keep_names(folder, chance.randint(0, len(changes)))
        return {
            name: inode.left(chance, share)
            for name, inode in self._kept_names.items()
            if not inode.is_folder and self._is_reached(name)
        }

    def _is_reached(self, name: str) -> bool:
        """Whether the folders in which a name stands have theirs."""
        return all(
            folder in self._kept_names
            for folder in self._new_folders
            if name.startswith(folder + os.sep)
        )

    def seen(self) -> dict[str, bytes]:
        """Return the files that programs see."""
        return {name: bytes(one.seen) for name, one in self.names.items() if not one.is_folder}


def _note(names: dict[str, Inode], change: _Change) -> None:
    for name, inode in change.items():
        if inode is None:
            names.pop(name, None)
        else:
            names[name] = inode
