"""Counts of which agreement is made, kept in the file article by article; they can be made again.

They hold for a `basis` (how is counted, by which label schema, over which regions) and up to an
operation; what came after it is counted anew, and all is where the basis differs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Kept:
    """What counts hold for: basis, newest operation that they know, and names by number."""

    basis: str
    operation: int
    names: tuple[str, ...]


def kept(project: Project, trim: int) -> Kept | None:
    """Return what the counts of that way to trim hold for; None where none are kept."""
    query = "SELECT basis,operation,names FROM agreement_basis WHERE trim=?"
    row = project.connection.execute(query, (trim,)).fetchone()
    return None if row is None else Kept(row[0], row[1], tuple(orjson.loads(row[2])))


def counts(project: Project, trim: int, articles: Sequence[int] = ()) -> list[tuple[int, bytes]]:
    """Return the row ids of articles (all, or those of `articles`) with their counts."""
    query = "SELECT article,cells FROM agreement_cells WHERE trim=? ORDER BY id"
    if not articles:
        return project.connection.execute(query, (trim,)).fetchall()
    query = (
        "SELECT c.article,c.cells FROM json_each(?) j CROSS JOIN agreement_cells c"
        " ON c.trim=? AND c.article=j.value"
    )
    given = orjson.dumps(list(articles)).decode()
    return project.connection.execute(query, (given, trim)).fetchall()


def keep(
    project: Project,
    trim: int,
    now: Kept,
    counted: Mapping[int, bytes],
    *,
    before: Kept | None,
) -> bool:
    """Keep what was counted, in one transaction; `before` None forgets all counts from earlier.

    Return whether it was kept: not where somebody else has kept counts meanwhile.
    """
    connection = project.connection
    with project.turn.taken(by_person=False), project.committed():
        there = kept(project, trim)
        if before is not None and there != before:
            return False
        if before is None:
            connection.execute("DELETE FROM agreement_cells WHERE trim=?", (trim,))
        connection.executemany(
            "DELETE FROM agreement_cells WHERE trim=? AND article=?",
            ((trim, article) for article in counted),
        )
        connection.executemany(
            "INSERT INTO agreement_cells(trim,article,cells) VALUES(?,?,?)",
            ((trim, article, cells) for article, cells in counted.items() if cells),
        )
        connection.execute(
            "INSERT INTO agreement_basis(trim,basis,operation,names) VALUES(?,?,?,?)"
            " ON CONFLICT(trim) DO UPDATE SET basis=excluded.basis,operation=excluded.operation,"
            "names=excluded.names",
            (trim, now.basis, now.operation, orjson.dumps(now.names).decode()),
        )
    return True


def forget(project: Project) -> None:
    """Forget all counts: the next figures are counted from the readings."""
    with project.turn.taken(by_person=False), project.committed():
        project.connection.execute("DELETE FROM agreement_cells")
        project.connection.execute("DELETE FROM agreement_basis")
