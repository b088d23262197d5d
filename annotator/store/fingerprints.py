"""By what the tables and triggers of a project file are known to be ours, version by version."""

import hashlib
import sqlite3

from annotator.store import tables

FINGERPRINTS = {
    1: "2b4f3cf3ce2ee921fe4ceff643da3bf12f539e64230f2511686d10941adb9276",
    2: "a4861613d58d2dc19af02330555856e6ee42c729555030c9dbbb3c95c5f3db3f",
    3: "a41bb379eee6664e5b3f08edb87f494c176ffb0dc3a63e114e86beb74be32ac6",
    4: "e4a347a5277a8020623cd14e2a3acea402408dd39a6965352c271095eacb13c2",
    5: "fe53a6a5f4273219b5956603b02b24c90fa5cbd13f741f30bf1430c7ab7d05e5",
}
"""The fingerprint of a file of each version that the migrations made and nobody else touched."""
FINGERPRINT = FINGERPRINTS[tables.VERSION]
"""That of the present version."""


def of(connection: sqlite3.Connection) -> str:
    """Return a hash over the tables and triggers that a connection would run.

    Indexes and views are left out: a person may add her own. So are the shadow tables of FTS5,
    which SQLite itself makes.
    """
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table','trigger')"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name"
    )
    told = "\n".join(
        f"{kind} {name} {' '.join(sql.split())}"
        for kind, name, sql in rows
        if kind == "trigger" or name not in tables.MADE_BY_OTHERS
    )
    return hashlib.sha256(told.encode()).hexdigest()
