"""What comes back when a file is opened: own operations that it lacks and the second record has.

A sync program may have put an old copy in the file's place, a disk may have lied. What this file at
this place once kept is united with it again; the journals of other files are never read here.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from annotator import paths
from annotator.core.errors import UserError
from annotator.store.journalreading import Lacking, Pruned
from annotator.store.project import Project
from annotator.store.trouble import told

_STAYS = frozenset({"cancelled"})


@dataclass(frozen=True, slots=True)
class Reopened:
    """What opening found: in nearly all cases nothing.

    `back` operations came back. `waiting` ones are in the second record only: their articles, or
    who read them, came with an import that the file lacks; `imports` says how many it does.
    `damaged` lines of the record cannot be read. `trouble` says why nothing could come back.
    """

    back: int = 0
    waiting: int = 0
    imports: int = 0
    damaged: int = 0
    trouble: UserError | None = None

    @property
    def is_anything(self) -> bool:
        """Whether there is something to tell."""
        return self != _NOTHING


_NOTHING = Reopened()


def merged_back(project: Project) -> Reopened:
    """Unite with `project` what its own second record has and it lacks; say what that was.

    Where nothing lacks, this is a look at the end of a journal, however long that is. A file that
    cannot be written now, or a record that cannot be read, is told of and not raised.
    """
    found: dict[str, Lacking] = {}
    try:
        with told(project.path.name):
            found = project.lacking()
        if not _is_anything(project, found):
            if any(one.missing for one in found.values()):
                project.begin_second_record()
            return _NOTHING
        back = _united(project, found)
        waiting = {name: _still_lacking(project, one) for name, one in found.items()}
    except UserError as trouble:
        if trouble.code in _STAYS:
            raise
        return Reopened(waiting=sum(len(one.lines) for one in found.values()), trouble=trouble)
    except OSError:
        return Reopened(trouble=UserError("second_record_unread", path=paths.data_folder().name))
    for name, n_waiting in waiting.items():
        project.replicas.keep_waiting(name, n_waiting > 0)
    return _gone_on(project, found, Reopened(back, sum(waiting.values())))


def _is_anything(project: Project, found: dict[str, Lacking]) -> bool:
    """Whether anything can come back, or the numbers of the name in force are not sure."""
    name = project.replicas.names[-1] if found else ""
    can_come = any(one.lines or one.pruned for one in found.values())
    return can_come or (name in found and found[name].is_anything)


def _gone_on(project: Project, found: dict[str, Lacking], came: Reopened) -> Reopened:
    """Go on under another name where this one's numbers are not sure; say what else is wrong.

    Of earlier names only what waits is said again: the rest was said when they were given up.
    """
    name = project.replicas.names[-1]
    now = found[name]
    is_cut = now.pruned is not None and not all(map(project.knows, now.pruned.last))
    came = replace(came, imports=now.n_imports, damaged=now.n_damaged + is_cut)
    if came.imports or came.damaged or name in project.replicas.waiting:
        project.name_anew()
    return came


def _united(project: Project, found: dict[str, Lacking]) -> int:
    from annotator.store.comingback import unite_lines

    if not any(one.lines or one.pruned for one in found.values()):
        return 0
    project.whereabouts.refuse()
    return unite_lines(project, _lines(project, found), found)


def _lines(project: Project, found: dict[str, Lacking]) -> Iterator[bytes]:
    """Yield what lacks: of the backups on which journals stand first."""
    for one in found.values():
        if one.pruned is not None:
            yield from _in_backup(project, one.pruned)
        yield from one.lines


def _in_backup(project: Project, pruned: Pruned) -> Iterator[bytes]:
    """Yield the operations of the backup on which a journal stands, or of one after it."""
    from annotator.store import backupfolder, restoring

    number = int(pruned.backup.partition("-")[0])
    for backup in backupfolder.listed(backupfolder.folder_of(project)):
        if backup.number >= number:
            yield from restoring.lines_in(backup)
            return


def _still_lacking(project: Project, found: Lacking) -> int:
    names = (hashlib.sha256(line).hexdigest() for line in found.lines)
    return sum(not project.knows(name) for name in names)
