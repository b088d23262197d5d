"""Types in the tables, as they are called now: written anew where the label schema renames them.

Labels keep in history the type that they were given; so the tables can be retyped at any time.
"""

import sqlite3

from annotator.core.labelschema import LabelSchema
from annotator.store.tables import LABEL_TABLES

_GIVEN = "CASE given WHEN '' THEN type ELSE given END"


def retype(connection: sqlite3.Connection, schema: LabelSchema) -> None:
    """Let every label in the tables have the type that `schema` calls its given one by."""
    from annotator.core.schemachange import KINDS  # with tomlkit: not when a project is opened

    for kind in KINDS:
        table = LABEL_TABLES[kind]
        found = connection.execute(f"SELECT DISTINCT type,{_GIVEN} FROM {table}").fetchall()
        for shown, given in found:
            current = schema.current(given)
            if current != shown:
                connection.execute(
                    f"UPDATE {table} SET type=?,given=? WHERE type=? AND {_GIVEN}=?",
                    (current, "" if current == given else given, shown, given),
                )


def layers_with_type(
    connection: sqlite3.Connection, kind: str, type_id: str
) -> list[tuple[int, str, str, int]]:
    """Return the layers with labels of a type as it is called now.

    Each is (row id of the layer, uid of its annotator, SHA-256 of its article, how many labels);
    those of withdrawn articles are among them.
    """
    return connection.execute(
        f"SELECT x.layer,n.uid,a.sha256,count(*) FROM {LABEL_TABLES[kind]} x"
        " JOIN layers l ON l.id=x.layer JOIN annotators n ON n.id=l.annotator"
        " JOIN articles a ON a.id=l.article WHERE x.type=? GROUP BY x.layer ORDER BY x.layer",
        (type_id,),
    ).fetchall()
