"""Counts of which agreement is made, kept in the file article by article; they can be made again.

They hold for a `basis` (how is counted, by which label schema, over which regions) and up to an
operation; what came after it is counted anew, and all is where the basis differs.

Each row begins with a hash of what it says and of what it stands for, and the basis bears sums of
those of all rows and of whose they are: a row that was changed, moved or taken away shows.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import orjson

from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Kept:
    """What counts hold for: basis, newest operation that they know, and names by number.

    `total` is the sum of the hashes of all rows, as 64 bits; `places` sums up their articles.
    """

    basis: str
    operation: int
    names: tuple[str, ...]
    total: int = field(default=0, compare=False)
    places: int = field(default=0, compare=False)


class CountsChangedError(Exception):
    """Kept counts are not what was kept: all must be counted anew."""


def kept(project: Project, trim: int) -> Kept | None:
    """Return what the counts of that way to trim hold for; None where none are kept.

    Of an earlier release, or changed since, they are as good as none.
    """
    row = project.connection.execute(_BASIS + " WHERE trim=?", (trim,)).fetchone()
    return None if row is None else _read(row)


def counts(
    project: Project, trim: int, now: Kept, articles: Sequence[int] = ()
) -> list[tuple[int, bytes]]:
    """Return the row ids of articles (all, or those of `articles`) with their counts.

    `now` is what they hold for. Raise `CountsChangedError` where one is not what was kept, or is
    missing.
    """
    query = "SELECT article,cells FROM agreement_cells WHERE trim=? ORDER BY id"
    if not articles:
        rows = project.connection.execute(query, (trim,)).fetchall()
        found, total = _checked(rows, trim, now.basis)
        if total != now.total:
            raise CountsChangedError
        return found
    query = (
        "SELECT c.article,c.cells FROM json_each(?) j CROSS JOIN agreement_cells c"
        " ON c.trim=? AND c.article=j.value"
    )
    given = orjson.dumps(list(articles)).decode()
    rows = project.connection.execute(query, (given, trim)).fetchall()
    if len(rows) < len(articles):  # never read before, or taken away
        (places,) = project.connection.execute(_PLACES, (trim,)).fetchone()
        if places != now.places:
            raise CountsChangedError
    return _checked(rows, trim, now.basis)[0]


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
        total = places = 0
        if before is None:
            connection.execute("DELETE FROM agreement_cells WHERE trim=?", (trim,))
        elif there is not None:
            gone = [_taken_out(connection, trim, article) for article in counted]
            total = there.total - sum(number for number, _ in gone)
            places = there.places - sum(place for _, place in gone)
        rows = [
            (trim, article, _hash(trim, article, now.basis, cells) + cells)
            for article, cells in counted.items()
            if cells
        ]
        insert = "INSERT INTO agreement_cells(trim,article,cells) VALUES(?,?,?)"
        connection.executemany(insert, rows)
        total += sum(_number(row) for _, _, row in rows)
        places += sum(_place(article) for _, article, _ in rows)
        _seal(connection, trim, replace(now, total=total % _MODULUS, places=places))
    return True


def _seal(connection: sqlite3.Connection, trim: int, now: Kept) -> None:
    """Write what all rows stand on, with their sums, under a hash."""
    names = orjson.dumps(now.names).decode()
    connection.execute(
        "INSERT INTO agreement_basis(trim,basis,operation,names) VALUES(?,?,?,?)"
        " ON CONFLICT(trim) DO UPDATE SET basis=excluded.basis,operation=excluded.operation,"
        "names=excluded.names",
        (trim, _sealed(trim, now, names), now.operation, names),
    )


def _taken_out(connection: sqlite3.Connection, trim: int, article: int) -> tuple[int, int]:
    """Forget the counts of an article; return the hash and the place of the row that went."""
    key = (trim, article)
    query = "SELECT substr(cells,1,?) FROM agreement_cells WHERE trim=? AND article=?"
    row = connection.execute(query, (_HASH, *key)).fetchone()
    connection.execute("DELETE FROM agreement_cells WHERE trim=? AND article=?", key)
    return (0, 0) if row is None else (_number(row[0]), _place(article))


def forget(project: Project) -> None:
    """Forget all counts: the next figures are counted from the readings."""
    with project.turn.taken(by_person=False), project.committed():
        project.connection.execute("DELETE FROM agreement_cells")
        project.connection.execute("DELETE FROM agreement_basis")


def have_changed(connection: sqlite3.Connection) -> bool:
    """Whether counts are others than were kept; those of an earlier release are not used."""
    for row in connection.execute(_BASIS).fetchall():
        if _OF_EARLIER.fullmatch(row[1]):
            continue
        now = _read(row)
        if now is None:
            return True
        query = "SELECT article,cells FROM agreement_cells WHERE trim=?"
        try:
            _, total = _checked(connection.execute(query, (row[0],)), row[0], now.basis)
        except CountsChangedError:
            return True
        if total != now.total:
            return True
    return False


# --- hashes ---------------------------------------------------------------------------------------

_BASIS = "SELECT trim,CAST(basis AS BLOB),operation,CAST(names AS BLOB) FROM agreement_basis"
_PLACES = "SELECT coalesce(sum((article+1)*(article+7)),0) FROM agreement_cells WHERE trim=?"
"""Of articles by row id: from the index alone, however much is counted in each."""
_OF_EARLIER = re.compile(rb"[0-9a-f]{64}")
_HASH = 8
"""Bytes of a row's hash."""
_MODULUS = 1 << 64


def _read(row: tuple[int, bytes, int, bytes]) -> Kept | None:
    """Return what a row of the table says; None where it does not vouch for itself."""
    trim, sealed, operation, names = row
    try:
        basis, *sums, _ = sealed.decode("ascii").split(":")
        total, places = (int(one, 16) for one in sums)
        found = Kept(basis, operation, tuple(orjson.loads(names)), total, places)
        is_sound = sealed.decode("ascii") == _sealed(trim, found, names.decode())
    except (ValueError, TypeError):
        return None
    return found if is_sound else None


def _sealed(trim: int, now: Kept, names: str) -> str:
    """Return the basis with the sums of all rows, and a hash of all that is said with it."""
    told = f"{now.basis}:{now.total:016x}:{now.places:x}"
    said = "\n".join((told, str(trim), str(now.operation), names))
    return f"{told}:{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def _checked(
    rows: Iterable[tuple[int, bytes]], trim: int, basis: str
) -> tuple[list[tuple[int, bytes]], int]:
    """Return rows without their hashes, and the sum of those; raise where one does not hold."""
    found, total = [], 0
    for article, row in rows:
        cells = row[_HASH:]
        if row[:_HASH] != _hash(trim, article, basis, cells):
            raise CountsChangedError
        found.append((article, cells))
        total += _number(row)
    return found, total % _MODULUS


def _hash(trim: int, article: int, basis: str, cells: bytes) -> bytes:
    return hashlib.sha256(b"%d %d %s " % (trim, article, basis.encode()) + cells).digest()[:_HASH]


def _place(article: int) -> int:
    return (article + 1) * (article + 7)


def _number(row: bytes) -> int:
    return int.from_bytes(row[:_HASH], "little")
