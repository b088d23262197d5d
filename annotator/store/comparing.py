"""What agreement compares, as columns: readings that are done, and what lies in them.

Read are layers of people that are done now, on articles that were not withdrawn, with types as they
are called after renaming; what is held stands in no table and so in none of this. Which articles
changed since they were last counted is told by the operations that came since.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from annotator.core import operations as op
from annotator.store import comparingrows, history
from annotator.store.comparingrows import Numbering, Numbers
from annotator.store.project import Project

_READINGS = (
    "SELECT l.id,l.article,l.annotator,l.suggestions='seen' FROM layers l"
    " JOIN annotators n ON n.id=l.annotator JOIN articles a ON a.id=l.article"
    " WHERE l.status='done' AND n.kind='human' AND a.withdrawn=0"
)
_HARMLESS = frozenset(
    {op.ANNOTATOR, op.DOUBT_ANSWER, op.ASSIGNMENT, op.LABEL_SCHEMA, op.NOISE_LINE}
)
"""What the project's own scope says without changing any reading; the label schema is told apart
by its digest."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Some articles with all their readings that are compared; rows name layers by their row id.

    `readings` are layer, place in `articles`, annotator, whether suggestions were seen, in the
    order of layers. `entities` and `events` are layer, hull (start and end as one number), type,
    row; `gaps` maps a row of either to what tells its extent from others with that hull.
    `arguments` are event's row, role, hull of the filler (0 where it does not stand). A column is
    numbers, or a listing of them: a text with commas between. Types, roles, values and questions
    are numbers of `Numbering`.
    """

    articles: tuple[int, ...]
    texts: tuple[str, ...]
    parts: tuple[tuple[int, int, int], ...]
    readings: tuple[Numbers, ...]
    entities: tuple[Numbers | str, ...]
    events: tuple[Numbers | str, ...]
    arguments: tuple[Numbers | str, ...]
    gaps: dict[tuple[str, int], str]
    mentions: tuple[tuple[int, str, int, int, str], ...]
    stances: tuple[tuple[int, str, str, str, str, str, int, str, int], ...]
    evidence: dict[tuple[int, str], list[tuple[int, int]]]
    relations: tuple[tuple[int, str, str, str, str], ...]
    answers: tuple[Numbers, ...]
    names: Numbering = field(repr=False)


@contextmanager
def _one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Read all of the block in one moment of the file."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:  # an error of the disk ends it
            connection.execute("ROLLBACK")


def last_operation(project: Project) -> int:
    """Return the row id of the newest operation: what came later is told by being greater."""
    query = "SELECT coalesce(max(id),0) FROM operations"
    return int(project.connection.execute(query).fetchone()[0])


def articles_read(project: Project) -> list[int]:
    """Return the row ids of the articles with a reading that is compared, ascending."""
    query = f"SELECT DISTINCT article FROM ({_READINGS.replace('l.id,', '', 1)}) ORDER BY 1"
    return [row for (row,) in project.connection.execute(query)]


def articles_named(project: Project, names: Iterable[str]) -> list[int]:
    """Return the row ids of articles by uid or SHA-256; raise `unknown_article`."""
    query = "SELECT id FROM articles WHERE sha256=?"
    found = (project.article(name).sha256 for name in names)
    return [int(project.connection.execute(query, (one,)).fetchone()[0]) for one in found]


def annotator_rows(project: Project) -> dict[int, str]:
    """Return the uids of the people who label here, by their row ids."""
    query = "SELECT id,uid FROM annotators WHERE kind='human' ORDER BY id"
    return dict(project.connection.execute(query).fetchall())


def articles_in_order(project: Project, annotator: str) -> list[int]:
    """Return the articles that the annotator with that uid has done, in the order of doing."""
    query = (
        "SELECT l.article FROM layers l JOIN annotators n ON n.id=l.annotator"
        " JOIN operations o ON o.layer=l.id WHERE n.uid=? AND l.status='done'"
        " GROUP BY l.id ORDER BY max(o.lamport),max(o.id)"
    )
    return [row for (row,) in project.connection.execute(query, (annotator,))]


def titles(project: Project, articles: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return uid and title of the articles with those row ids."""
    query = "SELECT a.id,a.uid,a.title FROM json_each(?) j CROSS JOIN articles a ON a.id=j.value"
    return {row: (uid, title) for row, uid, title in comparingrows.each(project, query, articles)}


def label_uids(project: Project, table: str, rows: Iterable[int]) -> dict[int, str]:
    """Return the uids of the labels in `table`, a name written in our code, by their row ids."""
    query = f"SELECT e.id,e.uid FROM json_each(?) j CROSS JOIN {table} e ON e.id=j.value"
    return dict(comparingrows.each(project, query, rows))


def changed_since(project: Project, operation: int) -> list[int] | None:
    """Return the articles whose readings may have changed after `operation`; None for all.

    Withdrawing and regions name their article; a hand-in that is taken back concerns any.
    """
    connection = project.connection
    query = "SELECT DISTINCT l.article FROM operations o JOIN layers l ON l.id=o.layer WHERE o.id>?"
    found = {row for (row,) in connection.execute(query, (operation,))}
    query = "SELECT body FROM operations WHERE id>? AND layer IS NULL"
    for (body,) in connection.execute(query, (operation,)):
        for change in op.changes_from(history.plain_body(body)):
            if change.kind in (op.WITHDRAWN, op.REGIONS):
                row = connection.execute("SELECT id FROM articles WHERE sha256=?", (change.uid,))
                found.update(number for (number,) in row)
            elif change.kind not in _HARMLESS:
                return None
    return sorted(found)


def compared(
    project: Project,
    articles: Sequence[int],
    names: Numbering,
    *,
    with_rows: bool = True,
    only_entities: bool = False,
) -> Compared:
    """Return the readings of `articles` (row ids, ascending, some thousands at most).

    Rows of entities are left out, as 0, unless `with_rows`: who only counts does not need them.
    With `only_entities` nothing else that they hold is read.
    """
    connection = project.connection
    with _one_moment(connection):
        query = f"{_READINGS} AND l.article IN (SELECT value FROM json_each(?)) ORDER BY l.id"
        layers, of, who, seen = comparingrows.numbers(project, query, articles, 4)
        place = {article: at for at, article in enumerate(articles)}
        readings = (layers, array("q", map(place.__getitem__, of)), who, seen)
        gaps = comparingrows.gaps(project, layers)
        with_rows = with_rows or bool(gaps)
        rest = array("q") if only_entities else layers
        return Compared(
            tuple(articles),
            comparingrows.texts(project, articles),
            tuple(comparingrows.parts(project, articles)),
            readings,
            comparingrows.placed(project, layers, "entities", names, with_rows=with_rows),
            comparingrows.placed(project, rest, "events", names),
            comparingrows.arguments(project, rest, names),
            gaps,
            tuple(comparingrows.mentions(project, rest)),
            tuple(comparingrows.stances(project, rest, names)),
            comparingrows.evidence(project, rest),
            tuple(comparingrows.each(project, comparingrows.RELATIONS, rest)),
            comparingrows.answers(project, rest, names),
            names,
        )
