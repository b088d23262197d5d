"""Whether what went wrong in reading a project is damage of its file, or a fault of ours.

Where bytes of a file are others than were written, anything may be read from it: a row that lacks,
a number for a text, JSON that is none. What that makes of our code looks like a fault of ours; so
the file is asked, and only where the doctor finds something in it is it the file's.
"""

import sqlite3
import zlib

from annotator.core.errors import UserError
from annotator.store import doctor
from annotator.store.doctorfindings import FORK
from annotator.store.project import Project

OF_ROWS = (sqlite3.Error, zlib.error, ValueError, LookupError, TypeError, AttributeError)
"""What reading meets where a row is not what it was written as."""
_WHOLE_BYTES = 32 * 1024 * 1024
"""Up to this size every hash is counted, 3 s at most; of a larger file the pages are looked at."""


def found_in(project: Project, error: BaseException) -> UserError | None:
    """Return `damaged` where `error` came up in reading a file in which something is found.

    Nothing is asked while a transaction is under way: whoever began it asks at its end.
    """
    if not isinstance(error, OF_ROWS) or project.is_writing:
        return None
    try:
        level: doctor.Level = "full" if project.path.stat().st_size <= _WHOLE_BYTES else "pages"
        found = doctor.examined(project, level)
    except (UserError, OSError):  # it has gone, or is held: nothing is known of it
        return None
    is_damaged = any(one.code != FORK for one in found.findings)
    return UserError("damaged", path=project.path.name) if is_damaged else None
