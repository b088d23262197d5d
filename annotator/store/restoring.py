"""A project file made again from a backup and the texts beside it, and what that would change.

The file is made beside its place under another name; whoever asked gives it its place. Nothing of
a backup is believed that its hashes do not vouch for: every text is counted again, and operations
that are not what their names say are told of.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from annotator import files
from annotator.core import incoming
from annotator.core.errors import UserError
from annotator.core.incoming import BadOperationError
from annotator.store import backupfile, journal, opening, rebuilding, tables, trouble
from annotator.store.backupfolder import Backup, refuse_altered
from annotator.store.backuptexts import Texts, is_of, salvaged, texts_of
from annotator.store.bulk import last_id
from annotator.store.comingback import unite_lines
from annotator.store.journalfile import line_of
from annotator.store.outgoing import Outgoing
from annotator.store.project import Project

Step = Callable[[int, int], None]
_AT_ONCE = 500
_ORDER = ("index", "trigger", "view")
"""What is made once the rows are there."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came on top of a backup: operations that it had not, and those without an article."""

    n_new: int = 0
    n_without_article: int = 0


def made_again(backup: Backup, to: Path, present: Path | None, step: Step) -> Path:
    """Make the project file of `backup` beside `to`, under another name; return where.

    Texts that are not kept, or not whole, are taken from the file at `present`. Raise
    `UserError("damaged_backup")` where the backup is not sound, `texts_missing` where texts are.
    """
    refuse_altered(backup)
    temporary = files.empty_beside(to)
    try:
        with reading(backup, to.name):
            with closing(_connected(temporary)) as connection:
                _fill(connection, backup, present, step)
            if backup.facts.version != tables.VERSION:
                opening.bring_up_to_date(temporary)
            if not backup.facts.has_labels:
                _fold(temporary, step)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


@contextmanager
def reading(backup: Backup, name: str) -> Iterator[None]:
    """Run a block that reads `backup`, or the file called `name` that is made of it.

    Whatever does not fit there, although its name vouches for it, is told as `damaged_backup`.
    """
    try:
        with trouble.sound(name):
            yield
    except UserError as met:
        if met.code in _DAMAGE:
            raise UserError("damaged_backup", number=backup.number) from met
        raise


_DAMAGE = frozenset({"damaged", "not_a_project"})


def made_durable(path: Path) -> None:
    """Let what was written at `path` survive a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


# --- rows ---------------------------------------------------------------------------------------


def _connected(path: Path) -> sqlite3.Connection:
    connection = opening.connect(path)
    settings = ("journal_mode=MEMORY", "synchronous=OFF", "foreign_keys=OFF", "cache_spill=ON")
    for setting in settings:
        connection.execute(f"PRAGMA {setting}")
    connection.execute(f"PRAGMA page_size={tables.PAGE_SIZE}")
    return connection


def _fill(connection: sqlite3.Connection, backup: Backup, present: Path | None, step: Step) -> None:
    connection.execute("ATTACH DATABASE ? AS copy", (f"{backup.path.absolute().as_uri()}?mode=ro",))
    connection.execute("BEGIN")
    made = connection.execute("SELECT type,name,sql FROM copy.statements ORDER BY id").fetchall()
    for sql in _of_tables(made):
        connection.execute(sql)
    _copy_rows(connection)
    _put_texts(connection, backup, present, step)
    connection.execute("DELETE FROM main.settings WHERE name='ahead'")
    connection.execute("UPDATE main.settings SET value='0' WHERE name='indexed'")
    for kind in _ORDER:
        for sql in (sql for found, _, sql in made if found == kind):
            connection.execute(_creating(sql))
    connection.execute(f"PRAGMA application_id={tables.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={int(backup.facts.version)}")
    connection.execute("COMMIT")
    if connection.execute("PRAGMA main.quick_check").fetchall() != [("ok",)]:
        raise sqlite3.DatabaseError("the file that was made is not sound")
    if connection.execute("PRAGMA main.foreign_key_check").fetchone() is not None:
        raise sqlite3.DatabaseError("a row names another that is not there")


def _of_tables(made: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return the statements that make the tables; what FTS5 makes for itself is left to it."""
    found = [(name, _creating(sql)) for kind, name, sql in made if kind == "table"]
    virtual = [name for name, sql in found if sql.upper().startswith("CREATE VIRTUAL")]
    return [
        sql
        for name, sql in found
        if not any(name.startswith(f"{one}_") for one in virtual) and not name.startswith("sqlite_")
    ]


def _creating(sql: str) -> str:
    if not sql.upper().startswith("CREATE "):
        raise sqlite3.DatabaseError("a statement of the backup makes nothing")
    return sql


def _copy_rows(connection: sqlite3.Connection) -> None:
    query = "SELECT name FROM copy.sqlite_master WHERE type='table'"
    for (name,) in connection.execute(query).fetchall():
        if name in ("backup", "statements"):
            continue
        columns = connection.execute(f'PRAGMA copy.table_info("{name}")').fetchall()
        named = ",".join(f'"{row[1]}"' for row in columns)
        connection.execute(
            f'INSERT OR REPLACE INTO main."{name}"({named}) SELECT {named} FROM copy."{name}"'
        )


def _put_texts(
    connection: sqlite3.Connection, backup: Backup, present: Path | None, step: Step
) -> None:
    """Write the texts, each counted again; those that lack come from the file at `present`."""
    articles = connection.execute("SELECT id,sha256 FROM copy.articles ORDER BY id").fetchall()
    lacking: dict[str, int] = {}
    with Texts.opened(backup.path.parent) as texts:
        for n, (row, name) in enumerate(articles):
            if n % _AT_ONCE == 0:
                step(n, len(articles))
            text = texts.text(name)
            if text is None:
                lacking[name] = row
            else:
                connection.execute(_PUT_TEXT, (row, text))
    found = salvaged(backup.path.parent, lacking) if lacking else {}
    found.update(_texts_in(present, lacking.keys() - found.keys()))
    for name, text in found.items():
        connection.execute(_PUT_TEXT, (lacking.pop(name), text))
    if lacking:
        raise UserError("texts_missing", number=backup.number, n=len(lacking))


_PUT_TEXT = "INSERT INTO main.texts(article,text) VALUES(?,?)"


def _texts_in(present: Path | None, names: Iterable[str]) -> list[tuple[str, str]]:
    """Return those texts called `names` that the file at `present` has whole."""
    wanted = list(names)
    found: list[tuple[str, str]] = []
    if present is not None and wanted and present.exists():
        with (
            suppress(sqlite3.Error, UnicodeDecodeError),
            closing(opening.connect(present, "ro")) as there,
        ):
            for name, text in texts_of(there, wanted):
                if is_of(name, text):
                    found.append((name, text))
    return found


def _fold(path: Path, step: Step) -> None:
    """Write the tables of labels as history says: the backup came without them."""
    with Project(opening.open_file(path), path) as project, project.committed():
        layers = project.connection.execute("SELECT id FROM layers ORDER BY id").fetchall()
        for n, (layer,) in enumerate(layers):
            if n % _AT_ONCE == 0:
                step(n, len(layers))
            rebuilding.refold_layer(project.connection, layer, project.label_schema)


# --- what came after ----------------------------------------------------------------------------


def put_on_top(project: Project, lines: Iterable[bytes]) -> Added:
    """Add the operations that `lines` spell to `project`; count those that cannot stand there."""
    given = list(lines)
    n_new = unite_lines(project, given)
    names = {hashlib.sha256(line).hexdigest() for line in given}
    return Added(n_new, len(names - history_of(project.connection)))


def n_altered(project: Project) -> int:
    """Return how many operations of `project` are not what their hashes say."""
    outgoing = Outgoing(project)
    return outgoing.n_operations - outgoing.n_sound


def history_of(connection: sqlite3.Connection) -> set[str]:
    """Return the hashes of all operations of a project file or a backup."""
    return {name for (name,) in connection.execute("SELECT hash FROM operations")}


def articles_of(connection: sqlite3.Connection) -> set[str]:
    """Return the SHA-256 of every article of a project file or a backup."""
    return {name for (name,) in connection.execute("SELECT sha256 FROM articles")}


def lines_in(backup: Backup) -> Iterator[bytes]:
    """Yield the operations of a backup, but imports, as canonical JSON."""
    with closing(backupfile.opened(backup.path)) as connection:
        last = last_id(connection, "operations")
        reached = 0
        while reached < last:
            lines, reached = journal.chunk(connection, reached, last)
            for spelled in lines:
                line = line_of(spelled.rstrip(b"\n"))
                if line is not None and not line.is_remark:
                    yield line.said


def names_of(lines: Iterable[bytes], articles: Container[str]) -> set[str]:
    """Return the hashes of those operations that `lines` spell whose articles are there."""
    found = set()
    for line in lines:
        with suppress(BadOperationError):
            one = incoming.arrived(line)
            if one.scope.is_project or one.scope.article in articles:
                found.add(one.hash)
    return found
