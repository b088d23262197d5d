"""A disk in memory whose power can be cut: names and files apart, what is not synced may be lost.

Of each sector that was written since its file was last synced any one of the versions may be what
the disk holds after a cut, the old one among them; of names that were made or removed since the
last sync of the folder the first few hold. A file that grew without a sync holds zeros or old
garbage where its sectors did not come. So it is harsher than ext4 and NTFS, and no harsher than
what SQLite's documentation ("Atomic Commit In SQLite", 2. Hardware Assumptions) counts with.
"""

import random
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


class Disk:
    """The files of one folder. Each change is a step, and at the step `cut_at` the power goes."""

    def __init__(
        self, chance: random.Random, files: dict[str, bytes], *, ignores_syncs: bool = False
    ) -> None:
        self._chance = chance
        self._ignores_syncs = ignores_syncs
        self.names = {name: Inode(bytearray(data), bytearray(data)) for name, data in files.items()}
        self._kept_names = dict(self.names)
        self._changes: list[tuple[str, Inode | None]] = []
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

    def create(self, name: str) -> Inode:
        """Make an empty file."""
        self.step()
        made = self.names[name] = Inode()
        self._change(name, made)
        return made

    def unlink(self, name: str) -> None:
        """Remove a name."""
        self.step()
        del self.names[name]
        self._change(name, None)

    def _change(self, name: str, inode: Inode | None) -> None:
        self._changes.append((name, inode))
        if self._ignores_syncs and len(self._changes) > _CACHED_NAMES:
            self._keep_names(1)

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

    def sync_names(self) -> None:
        """Let the names be on the platter."""
        self.step()
        if not self._ignores_syncs:
            self._keep_names(len(self._changes))

    def _keep_names(self, n: int) -> None:
        for name, inode in self._changes[:n]:
            if inode is None:
                self._kept_names.pop(name, None)
            else:
                self._kept_names[name] = inode
        del self._changes[:n]

    def left(self) -> dict[str, bytes]:
        """Return what is on the platter after the cut."""
        chance = self._chance
        share = chance.choice((0.0, 0.1, 0.4, 0.7, 0.9, 1.0))
        self._keep_names(chance.randint(0, len(self._changes)))
        return {name: inode.left(chance, share) for name, inode in self._kept_names.items()}

    def seen(self) -> dict[str, bytes]:
        """Return what programs see."""
        return {name: bytes(inode.seen) for name, inode in self.names.items()}
