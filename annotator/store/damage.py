"""Whether what went wrong in reading a project is damage of its file, or a fault of ours.

Where bytes of a file are others than were written, anything may be read from it: a row that lacks,
a number for a text, JSON that is none. What that makes of our code looks like a fault of ours; so
the file is asked, and only where the doctor finds something in it is it the file's.
"""

import sqlite3
import time
import zlib

from annotator.core.errors import UserError
from annotator.store import doctor
from annotator.store.doctorfindings import FORK
from annotator.store.project import Project
from annotator.store.trouble import PASSING

OF_ROWS = (sqlite3.Error, zlib.error, ValueError, LookupError, TypeError, AttributeError)
"""What reading meets where a row is not what it was written as."""
_WHOLE_BYTES = 32 * 1024 * 1024
"""Above this size the pages are looked at first: counting every hash takes more than 3 s then."""
_LONGEST = 20.0
"""Seconds that an examination may take; 20,000 articles with 100,000 labels take 13."""
_BRIEFLY = 2.0
"""Seconds where a window stands still meanwhile (`Project.is_waited_for`).

The pages of one table are looked at in one go: of 100 MB that is 1.6 s more, at worst.
"""


def found_in(project: Project, error: BaseException) -> UserError | None:
    """Return `damaged` where `error` came up in reading a file in which something is found.

    Nothing is asked while a transaction is under way: whoever began it asks at its end. A file in
    which nothing was found, be it for want of time, is not asked again until it changes: what fails
    in painting fails at once again. While another program holds it nothing is known.
    """
    if not isinstance(error, OF_ROWS) or project.is_writing:
        return None
    try:
        told = project.path.stat()
        state = told.st_size, told.st_mtime_ns
        if state == project.examined_as:
            return None
        if _is_ill(project, told.st_size):
            return UserError("damaged", path=project.path.name)
    except OSError:  # it has gone
        return None
    except UserError as met:  # its time is over, or there is no room for a copy
        if met.code in PASSING:
            return None
    project.examined_as = state
    return None


def _is_ill(project: Project, size: int) -> bool:
    """Whether anything is found in the file, of `size` bytes; raise `cancelled` at its time's end.

    One copy of it is made, and one clock runs, for all that is looked at.
    """
    until = time.monotonic() + (_BRIEFLY if project.is_waited_for else _LONGEST)

    def step(_done: int, _total: int) -> None:
        if time.monotonic() > until:
            raise UserError("cancelled")

    levels: tuple[doctor.Level, ...] = ("pages", "full") if size > _WHOLE_BYTES else ("full",)
    with doctor.copied(project, step) as copy:
        found = (doctor.examined_copy(copy, level, step).findings for level in levels)
        return any(one.code != FORK for findings in found for one in findings)
