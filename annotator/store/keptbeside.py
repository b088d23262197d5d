"""What this machine keeps beside a project file: texts with its backups, operations in journals."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from annotator import paths
from annotator.store import backupfolder, journal, journalreading
from annotator.store.backuptexts import Texts
from annotator.store.replica import Replicas
from annotator.store.salvaging import Beside


@contextmanager
def beside(uid: str, path: Path) -> Iterator[Beside]:
    """Give what is kept of the project `uid` whose file stands at `path`.

    Journals are those of this file at this place, under whatever name it wrote.
    """
    folder = backupfolder.folder(uid, path)
    names = Replicas(uid, path, paths.data_folder()).names

    def lines() -> Iterator[bytes]:
        for name in names:
            with suppress(OSError):
                yield from journalreading.lines(uid, name)

    with ExitStack() as stack:
        texts = None
        if folder.is_dir():
            with suppress(OSError, sqlite3.Error):
                texts = stack.enter_context(Texts.opened(folder))
        yield Beside(texts.text if texts else (lambda _: None), lines)


def places(uid: str, path: Path) -> tuple[Path, ...]:
    """Return the folders in which something of the project is kept beside the file at `path`."""
    folders = (backupfolder.folder(uid, path), journal.folder_of(uid))
    return tuple(folder for folder in folders if folder.exists())
