"""What this machine keeps beside a project file: texts with its backups, operations in journals."""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotator import paths
from annotator.store import backupfolder, journal, journalreading, otherjournals, unread
from annotator.store.backuptexts import Texts
from annotator.store.otherjournals import OtherJournal
from annotator.store.replica import Replicas


@dataclass(frozen=True, slots=True)
class Beside:
    """What this machine keeps beside the file: texts by SHA-256, and lines of its journals.

    `others` are lines of the journals of other files, those of `taken` replicas of the project
    `uid`: they were asked for. `own` are the file's own replicas, `owner` is whose it is, None of a
    lead's.
    """

    text: Callable[[str], str | None] = lambda _: None
    lines: Callable[[], Iterator[bytes]] = lambda: iter(())
    others: Callable[[], Iterator[bytes]] = lambda: iter(())
    uid: str = ""
    own: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    owner: str | None = None

    def more_than(self, made: Path, brought: Collection[str]) -> tuple[OtherJournal, ...]:
        """Return the journals of other files that have more than the new file at `made`.

        What was `brought` from them (hashes) counts too.
        """
        place = (made, self.uid, self.own)
        return otherjournals.offered(*place, self.taken, brought, self.owner)


NOTHING_BESIDE = Beside()


@contextmanager
def beside(
    uid: str,
    path: Path,
    handed: str = "",
    *,
    asked: Collection[str] = (),
    owner: str | None = None,
) -> Iterator[Beside]:
    """Give what is kept of the project `uid` whose file stands at `path`.

    Journals are those of this file at this place, under whatever name it wrote; `handed` tells
    files apart that were handed out to stand there. Of other files only those `asked` for are
    read, by replica or all of them, and with an `owner` only what is in her layers. Raise
    `unknown_journal`, and `data_unread` where nobody may look what there is.
    """
    folder, names = backupfolder.folder(uid, path), own_at(uid, path, handed)
    taken = otherjournals.chosen(uid, names, asked, path)

    def lines() -> Iterator[bytes]:
        for name in names:
            with suppress(OSError):
                yield from journalreading.lines(uid, name)

    with ExitStack() as stack:
        texts = None
        if folder.is_dir():
            with suppress(OSError, sqlite3.Error):
                texts = stack.enter_context(Texts.opened(folder))
        others = partial(otherjournals.lines, uid, taken, owner)
        text = texts.text if texts else lambda _: None
        yield Beside(text, lines, others, uid, names, taken, owner)


def own_at(uid: str, path: Path, handed: str = "") -> tuple[str, ...]:
    """Return the replicas of the file at `path` of the project `uid`.

    Raise `data_unread` where nobody may look which, or into its journals or backups.
    """
    names = _names_of(uid + handed, path)
    journals = (journal.path_of(uid, one) for one in names)
    with unread.told():
        for place in (backupfolder.folder(uid, path), journal.folder_of(uid), *journals):
            unread.refuse_closed(place)
    return names


def _names_of(of_file: str, path: Path) -> tuple[str, ...]:
    found = Replicas(of_file, path, paths.data_folder())
    if found.is_unread:
        raise unread.trouble()
    return found.names


def project_at(path: Path) -> str:
    """Return the uid of the project whose second record was written from `path`; else nothing.

    Raise `data_unread` where nobody may look for it.
    """
    journals = journal.folder_of("").parent
    with unread.told():
        for folder in journals.iterdir() if unread.is_folder(journals) else ():
            if _names_of(folder.name, path):
                return folder.name
    return ""


def places(uid: str, path: Path) -> tuple[Path, ...]:
    """Return the folders in which something of the project is kept beside the file at `path`."""
    folders = (backupfolder.folder(uid, path), journal.folder_of(uid))
    with unread.told():
        return tuple(folder for folder in folders if folder.exists())
