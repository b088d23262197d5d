"""A note in the file that it holds operations which may be in no journal of this machine.

Where the data folder cannot be written at all, not even the name under which operations are
numbered can be kept there. The file keeps the note then, in the very transaction of the gesture,
so that the record begins again with all of the file once it can be written.
"""

import sqlite3

from annotator.store.journal import SecondRecord
from annotator.store.replica import Replicas

NAME = "unrecorded"
_IS_NOTED = "SELECT 1 FROM settings WHERE name=?"
_NOTE = "INSERT INTO settings(name,value) VALUES(?,'1') ON CONFLICT(name) DO NOTHING"
_LET_GO = "DELETE FROM settings WHERE name=?"


def is_noted(connection: sqlite3.Connection) -> bool:
    """Whether operations of the file may be in no journal."""
    return connection.execute(_IS_NOTED, (NAME,)).fetchone() is not None


def keep(connection: sqlite3.Connection, replicas: Replicas | None, second: SecondRecord) -> None:
    """Note, in the transaction under way, that a name cannot be kept, where that is so.

    Where there is a name, and the journal has all that it should, the note goes.
    """
    if replicas is not None and replicas.is_unwritten:
        connection.execute(_NOTE, (NAME,))
    elif second.has_begun and second.trouble is None:
        connection.execute(_LET_GO, (NAME,))
