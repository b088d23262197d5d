"""What can be done to a project file behind the program's back, and by which code it is told."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.core import operations as op
from annotator.core.canonical import text_digest
from annotator.core.operations import Operation
from annotator.store import history
from tests.faults.doctamperingregions import OF_REGIONS

Tamper = Callable[[sqlite3.Connection], object]


@contextmanager
def behind(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a project file as another program would: no trigger and no check is in its way."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        query = "SELECT name,sql FROM sqlite_master WHERE type='trigger'"
        triggers = dict(connection.execute(query).fetchall())
        for name in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        gone = {"operations_kept"} if _is_marked(connection) else set()
        for name, sql in triggers.items():
            if name not in gone:
                connection.execute(sql)


def _is_marked(connection: sqlite3.Connection) -> bool:
    """Whether a trigger is to stay away: SQL of the one who tampers says so."""
    return bool(connection.execute("PRAGMA temp.user_version").fetchone()[0])


def _one(connection: sqlite3.Connection, query: str, *key: object) -> Any:  # noqa: ANN401
    return connection.execute(query, key).fetchone()[0]


def _sql(*statements: str) -> Tamper:
    def tamper(connection: sqlite3.Connection) -> None:
        for statement in statements:
            changed = connection.execute(statement).rowcount
            assert changed != 0, statement

    return tamper


_A_SPAN = """(layer,label,part,n) IN (SELECT s.layer,s.label,s.part,s.n FROM spans s
  JOIN entities e ON e.layer=s.layer AND e.uid=s.label WHERE s.part='extent' LIMIT 1)"""
_LABELLED = "(SELECT l.article FROM entities e JOIN layers l ON l.id=e.layer LIMIT 1)"
_MIDDLE = """(SELECT o.id FROM operations o JOIN operations p ON p.prev=o.hash
  WHERE o.layer IS NOT NULL AND o.prev<>'' LIMIT 1)"""


def _forge(**changes: object) -> Tamper:
    """Return what changes an operation in the middle of a chain, and gives it the hash for it."""

    def tamper(connection: sqlite3.Connection) -> None:
        row = _one(connection, f"SELECT id FROM operations WHERE id={_MIDDLE}")
        forged, body = op.recorded(replace(_operation(connection, row), **changes))  # type: ignore[arg-type]
        values = history.row_of(forged, body, _one(connection, _LAYER_OF, row))
        names = ",".join(f"{name}=?" for name in history.COLUMNS)
        connection.execute(f"UPDATE operations SET {names} WHERE id=?", (*values, row))

    return tamper


def _forge_another(**changes: object) -> Tamper:
    """Return what adds an operation with a true hash beside one in the middle of a chain."""

    def tamper(connection: sqlite3.Connection) -> None:
        row = _one(connection, f"SELECT id FROM operations WHERE id={_MIDDLE}")
        given = replace(_operation(connection, row), gesture="Gforged", **changes)  # type: ignore[arg-type]
        forged, body = op.recorded(given)
        connection.execute(
            history.INSERT, history.row_of(forged, body, _one(connection, _LAYER_OF, row))
        )

    return tamper


_LAYER_OF = "SELECT layer FROM operations WHERE id=?"


def _operation(connection: sqlite3.Connection, row: int) -> Operation:
    name = _one(connection, "SELECT hash FROM operations WHERE id=?", row)
    found = history.operation(connection, name)
    assert found is not None
    return found


def _another_layer(connection: sqlite3.Connection) -> None:
    connection.execute(
        f"UPDATE operations SET layer=(SELECT id FROM layers WHERE id<>layer LIMIT 1)"
        f" WHERE id={_MIDDLE}"
    )


def _add_text(connection: sqlite3.Connection) -> None:
    text = "نص لم يستورده أحد."
    row = _one(connection, "SELECT max(article)+1 FROM texts")
    connection.execute("INSERT INTO texts VALUES(?,?)", (row, text))


def _add_article(connection: sqlite3.Connection) -> None:
    text = "مقال لم يستورده أحد."
    row = _one(connection, "SELECT max(article)+1 FROM texts")
    connection.execute(
        "INSERT INTO articles(id,sha256,title,length) VALUES(?,?,'',?)",
        (row, text_digest(text + "!"), len(text)),
    )
    connection.execute("INSERT INTO texts VALUES(?,?)", (row, text))


def _without_trigger(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA temp.user_version=1")


def _add_label(connection: sqlite3.Connection) -> None:
    columns = 'layer,type,given,subtype,start,"end",link,note,doubt,origin,source,confidence'
    connection.execute(
        f"INSERT INTO entities(uid,{columns})"
        f" SELECT 'E00000000000000',{columns} FROM entities LIMIT 1"
    )
    connection.execute(
        'INSERT INTO spans(layer,label,part,n,start,"end",quote) SELECT s.layer,'
        f"'E00000000000000',part,n,start,\"end\",quote FROM spans s WHERE {_A_SPAN}"
    )


TAMPERINGS: dict[str, tuple[str, Tamper]] = {
    "a text is changed": (
        "D05",
        _sql(f"UPDATE texts SET text='X'||substr(text,2) WHERE article={_LABELLED}"),
    ),
    "a text is removed": ("D05", _sql(f"DELETE FROM texts WHERE article={_LABELLED}")),
    "a text is added": ("D05", _add_text),
    "an article is added": ("D05", _add_article),
    "the length of a text is forged": ("D05", _sql("UPDATE articles SET length=length+1")),
    "a span is moved": (
        "D09",
        _sql(f'UPDATE spans SET start=start+1,"end"="end"+1 WHERE {_A_SPAN}'),
    ),
    "a span goes beyond the text": (
        "D09",
        _sql(f'UPDATE spans SET start=start+100000,"end"="end"+100000 WHERE {_A_SPAN}'),
    ),
    "a quote is changed": (
        "D09",
        _sql(f"UPDATE spans SET quote='x'||substr(quote,2) WHERE {_A_SPAN}"),
    ),
    "a label is added": ("D08", _add_label),
    "a label is removed": (
        "D08",
        _sql(
            "DELETE FROM entities WHERE id=(SELECT max(id) FROM entities)",
            "DELETE FROM spans WHERE NOT EXISTS (SELECT 1 FROM entities e WHERE e.uid=label"
            " AND e.layer=spans.layer) AND label LIKE 'E%'",
        ),
    ),
    "a label is retyped": (
        "D08",
        _sql("UPDATE entities SET type='ORG' WHERE id=(SELECT id FROM entities WHERE type<>'ORG')"),
    ),
    "an operation is changed": ("D06", _sql(f"UPDATE operations SET who='x' WHERE id={_MIDDLE}")),
    "an operation is removed": ("D07", _sql(f"DELETE FROM operations WHERE id={_MIDDLE}")),
    "the chain of an operation is cut": ("D07", _forge(prev="0" * 64)),
    "the number of an operation is used again": ("I01", _forge_another()),
    "an operation has two heads after it": ("D07", _forge_another(sequence=500)),
    "a Lamport number goes back": ("D07", _forge(lamport=1)),
    "an argument has no event": (
        "D11",
        _sql(
            "UPDATE arguments SET event='V00000000000000' WHERE id=(SELECT max(id) FROM arguments)"
        ),
    ),
    "an argument has no filler": (
        "D11",
        _sql(
            "UPDATE arguments SET filler='E00000000000009' WHERE id=(SELECT max(id) FROM arguments)"
        ),
    ),
    "the event of an argument is removed": (
        "D11",
        _sql("DELETE FROM events WHERE uid=(SELECT event FROM arguments LIMIT 1)"),
    ),
    "an operation stands in another layer": ("D06", _another_layer),
    "a layer has another uid": (
        "D04",
        _sql("UPDATE layers SET uid='0000000000000000' WHERE id=(SELECT max(id) FROM layers)"),
    ),
    "a layer has no article": (
        "D04",
        _sql("UPDATE layers SET article=999 WHERE id=(SELECT max(id) FROM layers)"),
    ),
    "a trigger is dropped": ("D03", _without_trigger),
    "a trigger is added": (
        "D03",
        _sql("CREATE TRIGGER evil AFTER INSERT ON entities BEGIN DELETE FROM held; END"),
    ),
    "an index is dropped": ("D03", _sql("DROP INDEX entities_in_layer")),
    "an index is added": ("D03", _sql("CREATE UNIQUE INDEX hers ON entities(uid,id)")),
    "a table is dropped": ("D03", _sql("DROP TABLE votes")),
    "a table is added": ("D03", _sql("CREATE TABLE hers(x)")),
    "a view is changed": (
        "D03",
        _sql("DROP VIEW entity_mentions", "CREATE VIEW entity_mentions AS SELECT 1"),
    ),
    "the status of a layer is forged": (
        "D08",
        _sql("UPDATE layers SET status='done' WHERE status<>'done'"),
    ),
    "the application is forged": ("D02", _sql("PRAGMA application_id=1")),
    "the version is forged": ("D02", _sql("PRAGMA user_version=99")),
    "an earlier version is forged": ("D02", _sql("PRAGMA user_version=1")),
    "a name is changed": ("D08", _sql("UPDATE annotators SET name='x' WHERE name='a1'")),
    "an annotator is added": (
        "D08",
        _sql("INSERT INTO annotators(uid,name,kind) VALUES('x','x','gold')"),
    ),
    "the label schema is changed": (
        "D08",
        _sql("UPDATE label_schemas SET toml=replace(toml,'ATTACK','ATTACH')"),
    ),
    "an article is withdrawn": ("D08", _sql("UPDATE articles SET withdrawn=1")),
    "an assignment is removed": ("D08", _sql("DELETE FROM assignments")),
    "what was taken back is forgotten": ("D08", _sql("DELETE FROM taken_back")),
    "a region is changed": (
        "D08",
        _sql("UPDATE regions SET role='nav' WHERE source='person'"),
    ),
    "a held label is added": (
        "D12",
        _sql("INSERT INTO held SELECT layer,uid,'entity','span_differs' FROM entities LIMIT 1"),
    ),
    "a count is changed": ("D10", _sql("UPDATE progress SET n=n+1 WHERE n>0")),
    "a counter goes back": ("D10", _sql("UPDATE replicas SET counter=0")),
    "the clock of the file goes back": ("D10", _sql("UPDATE replicas SET lamport=0")),
    "the search index forgets an article": (
        "D10",
        _sql("UPDATE settings SET value='0' WHERE name='indexed'"),
    ),
    "counts of agreement are moved": (
        "D10",
        _sql(
            "UPDATE agreement_cells SET cells=(SELECT o.cells FROM agreement_cells o WHERE"
            " o.cells<>agreement_cells.cells) WHERE id=(SELECT min(id) FROM agreement_cells)"
        ),
    ),
    "a count of agreement is removed": (
        "D10",
        _sql("DELETE FROM agreement_cells WHERE id=(SELECT max(id) FROM agreement_cells)"),
    ),
    "the title of the project is changed": (
        "D13",
        _sql("UPDATE settings SET value='x' WHERE name='title'"),
    ),
    "the title of an article is changed": (
        "D13",
        _sql("UPDATE articles SET title=title||'x' WHERE id=2"),
    ),
    "the source of an article is changed": ("D13", _sql("UPDATE articles SET source='x'")),
    **{name: ("D13", _sql(statement)) for name, statement in OF_REGIONS.items()},
    "a receipt is changed": ("D13", _sql("UPDATE receipts SET name=name||'x'")),
    "an attribute is added": (
        "D08",
        _sql("INSERT INTO attributes SELECT layer,uid,'x','y' FROM entities LIMIT 1"),
    ),
}
"""What is done, by its name: the code that it must be told by, and how it is done."""

UNDONE = (
    "a span is moved",
    "a quote is changed",
    "a label is added",
    "a label is removed",
    "a label is retyped",
    "the event of an argument is removed",
    "an operation stands in another layer",
    "a layer has another uid",
    "a trigger is dropped",
    "a table is dropped",
    "the status of a layer is forged",
    "a name is changed",
    "the label schema is changed",
    "an article is withdrawn",
    "an assignment is removed",
    "what was taken back is forgotten",
    "a region is changed",
    *OF_REGIONS,
)
"""Tamperings after which the repaired copy says all that the file said before."""
