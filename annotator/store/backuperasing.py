"""Backups that a person wants gone: copies, and the texts that none of the others needs.

What rotation would keep goes too. The second record and the project file stay as they are.
"""

import sqlite3
from collections.abc import Collection
from contextlib import closing, suppress
from pathlib import Path

from annotator import files
from annotator.core.errors import UserError
from annotator.core.writetrouble import trouble_of
from annotator.store import backupfile, backupfolder, trouble, unread
from annotator.store.backupfolder import Backup
from annotator.store.backuptexts import DAMAGED, NAME, Texts


def erase(path: Path, numbers: Collection[int] = ()) -> list[tuple[int, int]]:
    """Remove the backups of the file at `path` that have those `numbers`, without any all of them.

    Where several projects stood there one after the other, numbers are those of the last. Return
    the numbers of those that went, and the bytes of each. Raise `locked` where one is being made,
    and what `trouble_of` and `trouble.named` say: those that are not removed by then stay.
    """
    with unread.told():
        there = [one.path.parent for one in backupfolder.backups_of(path)]
    folders = {*(there[-1:] if numbers else there)}
    identity = backupfolder.identity_at(path)
    if identity is not None and not numbers:  # of those that cannot be read none may be listed
        folders.add(backupfolder.folder(identity[0], path))
    gone: list[tuple[int, int]] = []
    try:
        for folder in sorted(one for one in folders if one.is_dir()):
            with backupfolder.locked(folder):
                gone += _erased(folder, numbers)
    except BlockingIOError as error:
        raise UserError("locked", path=path.name) from error
    except OSError as error:
        raise trouble_of(error, path) from error
    except sqlite3.Error as error:
        raise trouble.named(error, NAME) or UserError("damaged", path=NAME) from error
    return gone


def _erased(folder: Path, numbers: Collection[int]) -> list[tuple[int, int]]:
    gone = []
    for number, one in backupfolder.numbered(folder):
        if not numbers or number in numbers:
            gone.append((number, one.stat().st_size))
            one.unlink()
    staying = backupfolder.listed(folder)
    if staying:
        _forget_texts(folder, staying)
    elif not backupfolder.numbered(folder):
        for left in (*folder.glob(f"{NAME}*"), folder / DAMAGED):
            left.unlink(missing_ok=True)
    files.sync_folder(folder)
    return gone


def _forget_texts(folder: Path, staying: list[Backup]) -> None:
    """Let go of the texts that no backup names; what was put aside goes where nothing needs it."""
    named: set[str] = set()
    for one in staying:
        with closing(backupfile.opened(one.path)) as connection:
            named.update(name for _, name in backupfile.articles_in(connection))
    with Texts.opened(folder) as texts:
        texts.forget(texts.names() - named)
        with suppress(sqlite3.OperationalError):  # no room to write it anew: its rows are gone
            texts.shrink()
        if not texts.missing(named):
            (folder / DAMAGED).unlink(missing_ok=True)
