"""A file as the first version of the program made it."""

from contextlib import closing
from pathlib import Path

from annotator.services import labelling
from annotator.store import opening, tables
from annotator.store.project import Project
from annotator.store.sqliteutils import Database, Migrations
from tests.projects import extent_of, layer_of, made

_FIRST = Migrations("hashiya")


@_FIRST()
def m001_the_tables(database: Database) -> None:
    """Make what the first version made."""
    for statement in tables.FIRST_RELEASE:
        database.execute(statement)


_COPIED = (
    *("settings", "replicas", "articles", "texts", "regions", "annotators", "layers", "operations"),
    *("entities", "attributes", "spans", "label_schemas"),
)


def earlier_file(folder: Path) -> Path:
    """Make a file of the first version that says what `made` says, with a label of a1."""
    source, path = made(folder, "source.hashiya"), folder / "project.hashiya"
    with Project.open(source) as project:
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
    with closing(opening.connect(path, "rwc")) as connection:
        connection.execute(f"PRAGMA page_size={tables.PAGE_SIZE}")
        _FIRST.apply(Database(connection, execute_plugins=False))
        connection.execute(f"PRAGMA application_id={tables.APPLICATION_ID}")
        connection.execute("PRAGMA user_version=1")
        connection.execute("ATTACH DATABASE ? AS source", (str(source),))
        for table in _COPIED:
            names = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            told = ",".join(f'"{name}"' for name in names)
            query = f"INSERT INTO main.{table}({told}) SELECT {told} FROM source.{table}"  # noqa: S608
            connection.execute(query)
    return path
