"""Texts written ahead of their articles: most of a big import, in small transactions.

A text without its article is in nobody's view, because every reader comes from an article. It
stands above the last article, under the id that its article will have, and `settings.ahead` names
the import that it belongs to. Whoever imports next throws away what a killed import left; an
import that no longer finds its own name there writes its texts again, with its articles.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator

from annotator.store.bulk import last_id
from annotator.store.project import Project

AT_ONCE = 500_000
"""Code points a transaction at most, one text apart: a gesture waits some 30 ms for it."""
_THROWN_AT_ONCE = 200

Text = tuple[int, str, int, str]
"""Of one article of an import: its number from 1 on, SHA-256, length in code points, text."""


def write(
    project: Project, name: str, texts: Iterable[Text], step: Callable[[], None]
) -> set[int] | None:
    """Write `texts` ahead as those of the import `name`; call `step` between transactions.

    Return the numbers of the articles that are known and were left out; None where another import
    came between, which throws away what stands ahead.
    """
    connection, stands = project.connection, ""
    known: set[int] = set()
    for some in chunks(texts):
        step()
        with project.turn.taken(by_person=False), project.committed():
            if _name(connection) != stands:
                return None
            if not stands:
                _keep(connection, name)
            known |= put(connection, some)
        stands = name
    step()
    return known


def chunks(texts: Iterable[Text]) -> Iterator[list[Text]]:
    """Yield `texts` in lists for one transaction each."""
    some: list[Text] = []
    n_letters = 0
    for text in texts:
        if some and n_letters + text[2] > AT_ONCE:
            yield some
            some, n_letters = [], 0
        some.append(text)
        n_letters += text[2]
    if some:
        yield some


def put(connection: sqlite3.Connection, texts: list[Text]) -> set[int]:
    """Write `texts` above the last article, each as long as it says.

    Return the numbers of those whose articles are known: they are left out.
    """
    if any(length != len(text) for _, _, length, text in texts):
        raise sqlite3.IntegrityError("a text is not as long as its article says")
    last = last_id(connection, "articles")
    query = "SELECT 1 FROM main.articles WHERE sha256=?"
    known = {
        n for n, sha256, _, _ in texts if last and connection.execute(query, (sha256,)).fetchone()
    }
    rows = ((last + n, text) for n, _, _, text in texts if n not in known)
    connection.executemany("INSERT INTO main.texts(article,text) VALUES(?,?)", rows)
    return known


def ended(connection: sqlite3.Connection, name: str) -> bool:
    """Within the transaction that brings articles: let nothing be ahead of them any longer.

    Return whether what is there was written by the import `name`; another's is thrown away.
    """
    found = _name(connection)
    if found and found != name:
        last = last_id(connection, "articles")
        connection.execute("DELETE FROM main.texts WHERE article>?", (last,))
    connection.execute("DELETE FROM main.settings WHERE name='ahead'")
    return found == name


def clear(project: Project, name: str) -> None:
    """Throw away, for the import `name`, what another wrote ahead: it was killed, or gives way."""
    if _name(project.connection):
        with project.turn.taken(by_person=False), project.committed():
            _keep(project.connection, name)
        throw_away(project, name)


def throw_away(project: Project, name: str) -> None:
    """Throw away what stands ahead in the name of the import `name`, some at a time."""
    while _thrown_away(project, name):
        pass


def _thrown_away(project: Project, name: str) -> bool:
    """Throw away the last of what stands ahead; return whether there was any of that name."""
    connection = project.connection
    with project.turn.taken(by_person=False), project.committed():
        if _name(connection) != name:
            return False
        query = "SELECT article FROM main.texts WHERE article>? ORDER BY article DESC LIMIT ?"
        key = (last_id(connection, "articles"), _THROWN_AT_ONCE)
        found = connection.execute(query, key).fetchall()
        if found:
            connection.execute("DELETE FROM main.texts WHERE article>=?", found[-1])
        else:
            connection.execute("DELETE FROM main.settings WHERE name='ahead'")
    return bool(found)


def _name(connection: sqlite3.Connection) -> str:
    """Return which import has texts ahead; nothing where none has."""
    query = "SELECT value FROM main.settings WHERE name='ahead'"
    found = connection.execute(query).fetchone()
    return str(found[0]) if found else ""


def _keep(connection: sqlite3.Connection, name: str) -> None:
    """Say that what stands ahead is of the import `name`, or is its to throw away."""
    connection.execute(
        "INSERT INTO main.settings(name,value) VALUES('ahead',?)"
        " ON CONFLICT DO UPDATE SET value=excluded.value",
        (name,),
    )
