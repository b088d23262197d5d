"""What the file itself refuses, whoever holds the pen, and what it shows to a person with SQL."""

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.core.model import Party
from annotator.services import labelling, projectwide
from annotator.store import opening, tables
from annotator.store.project import Project
from tests.projects import (
    TEXTS,
    annotator,
    contents,
    copied,
    extent_of,
    layer_of,
    made,
    operations_in,
    sha_of,
)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Make a project in which a1 and a2 have labelled, with a label of each kind."""
    folder = tmp_path_factory.mktemp("labelled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HASHIYA_DATA", str(folder / "data"))
        return _labelled(folder).read_bytes()


def _labelled(folder: Path) -> Path:
    path = made(folder)
    with Project.open(path) as project:
        layer = layer_of(project)
        labelling.add_entity(project, layer, extent_of("بوتين"), "PERS", subtype="NAMED")
        labelling.add_entity(project, layer, extent_of("موسكو"), "GPE", note="مدينة")
        labelling.add_event(project, layer, extent_of("لقاءه"), "MEET")
        by_letter = {label.uid[0]: label for label in project.labels(layer)}
        labelling.add_argument(project, layer, by_letter["V"].uid, "actor", by_letter["E"].uid)
        labelling.add_relation(project, layer, "same_as", by_letter["E"].uid, by_letter["V"].uid)
        labelling.answer(project, layer, "sections", ("politics", "sport"))
        labelling.add_stance(
            project,
            layer,
            Party("topic", "peace-talks"),
            "favor",
            holder=Party("entity", by_letter["E"].uid),
            evidence=extent_of("مفيدًا") + extent_of("القادم"),
        )
        labelling.add_stance(project, layer, Party("event", by_letter["V"].uid), "neutral")
        labelling.add_entity(project, layer_of(project, "a2", 1), extent_of("بغداد", 1), "GPE")
        labelling.set_status(project, layer_of(project, "a2", 1), "done")
    return path


@pytest.fixture
def path(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "project.hashiya"
    path.write_bytes(content)
    return path


@pytest.fixture(params=["ours", "plain"])
def connection(request: pytest.FixtureRequest, path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection set as ours are, or as SQLite's default is: any other program's."""
    if request.param == "ours":
        made_ = opening.connect(path)
    else:
        made_ = sqlite3.connect(path, isolation_level=None)
    with closing(made_) as connection:
        yield connection


# --- what is refused ------------------------------------------------------------------------------

_OTHER = "'" + "f" * 64 + "'"
_TEXT = [
    "UPDATE texts SET text='غير'",
    "UPDATE texts SET text=text||' '",
    "UPDATE texts SET article=article+100",
    "UPDATE OR REPLACE texts SET article=2 WHERE article=1",
    "DELETE FROM texts",
    "INSERT OR REPLACE INTO texts SELECT article,text||'.' FROM texts",
    "INSERT OR REPLACE INTO texts SELECT article,text FROM texts",
    "REPLACE INTO texts(article,text) VALUES(1,'غير')",
    "INSERT INTO texts(article,text) VALUES(1,'غير') ON CONFLICT DO UPDATE SET text='غير'",
    f"UPDATE articles SET sha256={_OTHER} WHERE id=1",  # noqa: S608
    "UPDATE articles SET length=5",
    "UPDATE articles SET id=id+100",
    "DELETE FROM articles",
    f"REPLACE INTO articles(id,sha256,title,length) VALUES(1,{_OTHER},'x',3)",
    "REPLACE INTO articles(sha256,title,length) SELECT sha256,'x',3 FROM articles",
]
_HISTORY = [
    "UPDATE operations SET body='{}'",
    "UPDATE operations SET lamport=lamport+1",
    "UPDATE operations SET layer=NULL",
    "UPDATE OR REPLACE operations SET id=id+1",
    "DELETE FROM operations",
    "DELETE FROM operations WHERE id=(SELECT max(id) FROM operations)",
    "REPLACE INTO operations SELECT * FROM operations WHERE id=1",
    "REPLACE INTO operations SELECT id+1000,hash,replica,sequence,prev,lamport,layer,who,at,kind,"
    "gesture,undoes,'{}' FROM operations",
    "INSERT INTO operations SELECT id,hash,replica,sequence,prev,lamport,layer,who,at,kind,gesture,"
    "undoes,'{}' FROM operations WHERE true ON CONFLICT DO UPDATE SET body='{}'",
]
_SCOPES = [
    "UPDATE layers SET article=2 WHERE id=1",
    "UPDATE layers SET annotator=2 WHERE id=1",
    "UPDATE layers SET uid='x' WHERE id=1",
    "UPDATE layers SET id=id+100",
    "REPLACE INTO layers(id,uid,article,annotator) SELECT id,uid,3,annotator FROM layers",
    "REPLACE INTO layers(id,uid,article,annotator) SELECT id+9,uid,article,annotator FROM layers",
    "DELETE FROM layers",
    "UPDATE annotators SET uid='x' WHERE id=1",
    "UPDATE annotators SET id=id+100",
    "REPLACE INTO annotators(id,uid,name,kind) VALUES(1,'x','y','human')",
    "DELETE FROM annotators",
]
_SPANS = [
    "UPDATE spans SET quote='غير'",
    'UPDATE spans SET "end"="end"+1',
    "UPDATE spans SET start=start-1, quote=quote",
    "UPDATE spans SET layer=layer",
    "INSERT INTO spans VALUES(1,'E9','extent',0,0,3,'غير')",
    "INSERT INTO spans VALUES(1,'E9','extent',0,0,3,'قال ')",
    "INSERT INTO spans VALUES(1,'E9','extent',0,0,3,'')",
    "INSERT INTO spans VALUES(1,'E9','extent',0,4,4,'')",
    "INSERT INTO spans VALUES(1,'E9','extent',0,-3,3,'قال')",
    "INSERT INTO spans SELECT 1,'E9','extent',0,length-2,length+9,'.' FROM articles WHERE id=1",
    "INSERT INTO spans SELECT 1,'E9','extent',0,length+2,length+3,'' FROM articles WHERE id=1",
    "INSERT INTO spans SELECT 1,'E9','extent',0,length(text)-2,length(text)+9,substr(text,-2)"
    " FROM texts WHERE article=1",
    "INSERT INTO spans VALUES(99,'E9','extent',0,0,3,'قال')",
    "INSERT INTO spans VALUES(1,'E9','middle',0,0,3,'قال')",
    "REPLACE INTO spans SELECT layer,label,part,n,start,\"end\",'غير' FROM spans",
    "INSERT OR IGNORE INTO spans SELECT layer,label,part,n,start,\"end\",'غير' FROM spans",
]
_WRONG = [
    "INSERT INTO articles(sha256,title,length) VALUES('short','x',3)",
    f"INSERT INTO articles(sha256,title,length) VALUES({_OTHER},'x',0)",
    f"INSERT INTO articles(sha256,title,length) VALUES({_OTHER},'x','three')",
    f"INSERT INTO articles(sha256,title,length) VALUES({_OTHER},NULL,3)",
    "UPDATE articles SET withdrawn=2",
    "UPDATE articles SET title=x'00'",
    "UPDATE layers SET status='finished'",
    "UPDATE layers SET suggestions='some'",
    "UPDATE annotators SET kind='dog'",
    "UPDATE entities SET start='x'",
    'UPDATE entities SET start="end"',
    "UPDATE entities SET confidence='high'",
    "UPDATE entities SET note=NULL",
    "UPDATE entities SET uid=(SELECT uid FROM entities LIMIT 1)",
    "INSERT INTO replicas VALUES('short',0,0)",
    "INSERT INTO operations(hash,replica,sequence,prev,lamport,who,at,kind,gesture,body)"
    f" VALUES({_OTHER},'aaaaaaaa',0,'',1,'lead','','new','G','{{}}')",
    "INSERT INTO operations(hash,replica,sequence,prev,lamport,who,at,kind,gesture,body)"
    f" VALUES({_OTHER},'aaaaaaaa',1,'',0,'lead','','new','G','{{}}')",
    "INSERT INTO operations(hash,replica,sequence,prev,lamport,who,at,kind,gesture,body)"
    f" VALUES({_OTHER},'aaaaaaaa',1,'',1,'','','new','G','{{}}')",
    "INSERT INTO operations(hash,replica,sequence,prev,lamport,who,at,kind,gesture,body)"
    " VALUES('short','aaaaaaaa',1,'',1,'lead','','new','G','{}')",
]


@pytest.mark.parametrize("statement", _TEXT + _HISTORY + _SCOPES + _SPANS + _WRONG)
def test_the_file_refuses(connection: sqlite3.Connection, statement: str) -> None:
    before = _dump(connection)

    with contextlib.suppress(sqlite3.Error):
        connection.execute(statement)

    assert _dump(connection) == before


@pytest.mark.parametrize(
    ("text", "length"), [("قا\0ل", 4), ("\0", 1), ("قال", 4), ("قال", 2), (b"abc", 3), (None, 1)]
)
def test_the_file_refuses_a_text_with_nul_or_of_another_length_or_type(
    connection: sqlite3.Connection, text: object, length: int
) -> None:
    connection.execute("BEGIN")
    connection.execute(
        "INSERT INTO articles(id,sha256,title,length) VALUES(9,?,'x',?)", ("f" * 64, length)
    )
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO texts(article,text) VALUES(9,?)", (text,))
    connection.execute("ROLLBACK")


def test_a_text_may_come_before_its_article_and_go_again_while_that_has_not_come(
    connection: sqlite3.Connection,
) -> None:
    connection.execute("INSERT INTO texts(article,text) VALUES(9,'خبر أول')")
    connection.execute("DELETE FROM texts WHERE article=9")
    connection.execute("INSERT INTO texts(article,text) VALUES(9,'خبر')")
    article = "INSERT INTO articles(id,sha256,title,length) VALUES(9,?,'x',?)"
    for length in (2, 4):
        with pytest.raises(sqlite3.IntegrityError, match="not as long"):
            connection.execute(article, ("f" * 64, length))
    connection.execute(article, ("f" * 64, 3))
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with pytest.raises(sqlite3.IntegrityError, match="never changes"):
        connection.execute("DELETE FROM texts WHERE article=9")


def test_what_hangs_on_nothing_is_refused_on_our_connections(path: Path) -> None:
    with closing(opening.connect(path)) as connection:
        for statement in (
            "INSERT INTO entities(uid,layer,type,start,\"end\") VALUES('E9',99,'PERS',0,3)",
            "INSERT INTO regions VALUES(99,0,3,'body','rule')",
            "INSERT INTO layers(uid,article,annotator) VALUES('x',99,1)",
            "INSERT INTO layers(uid,article,annotator) VALUES('x',1,99)",
            "INSERT INTO held VALUES(99,'E9','entity','span_differs')",
            "INSERT INTO attributes VALUES(99,'E9','mention','NAM')",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
                connection.execute(statement)


def test_a_quote_is_counted_in_code_points(path: Path) -> None:
    """A smile and a letter with its mark stand before the place: SQLite counts as Python does."""
    start = TEXTS[0].index("وأضاف")
    assert any(ord(one) > 0xFFFF for one in TEXTS[0][:start])
    with closing(opening.connect(path)) as connection:
        row = (1, "E9", "extent", 0, start, start + 5, "وأضاف")
        connection.execute("INSERT INTO spans VALUES(?,?,?,?,?,?,?)", row)


def test_what_may_change_can_be_changed(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE articles SET title='عنوان', withdrawn=1, meta='{}'")
    connection.execute("UPDATE layers SET status='skipped', suggestions='seen'")
    connection.execute("UPDATE annotators SET name='اسم'")
    connection.execute("DELETE FROM spans")


def test_the_count_of_layers_by_status_is_kept_by_the_file(connection: sqlite3.Connection) -> None:
    query = "SELECT annotator,status,n FROM progress WHERE n>0 ORDER BY 1,2"
    counted = "SELECT annotator,status,count(*) FROM layers GROUP BY 1,2 ORDER BY 1,2"
    for statement in (
        "UPDATE layers SET status='done'",
        "UPDATE layers SET status=status",
        "INSERT INTO layers(uid,article,annotator) VALUES('x',3,1)",
        "UPDATE layers SET status='skipped' WHERE article=3",
    ):
        connection.execute(statement)
        assert connection.execute(query).fetchall() == connection.execute(counted).fetchall()


# --- what a file is -------------------------------------------------------------------------------


def test_the_file_is_set_as_it_should_be(path: Path) -> None:
    with Project.open(path) as project:
        pragmas = {
            "application_id": tables.APPLICATION_ID,
            "user_version": tables.VERSION,
            "page_size": 8192,
            "journal_mode": "delete",
            "synchronous": 3,
            "foreign_keys": 1,
            "trusted_schema": 0,
            "cell_size_check": 1,
            "recursive_triggers": 1,
            "cache_spill": 0,
        }
        found = {
            name: project.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas
        }
    assert found == pragmas
    assert path.read_bytes()[68:72] == b"HSHY"


def test_a_file_that_another_program_left_in_wal_mode_is_one_file_again(path: Path) -> None:
    """With a log beside it a copy of the file would lack what was written last."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    with Project.open(path) as project:
        labelling.set_status(project, layer_of(project), "skipped")
        with Project.open(copied(path, "copy.hashiya")) as copy:
            assert layer_of(copy).status == "skipped"


def test_every_table_of_ours_is_strict(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("PRAGMA table_list").fetchall()
    loose = {name for _, name, kind, _, _, strict in rows if kind == "table" and not strict}
    ours = {
        name for name in loose if not name.startswith(("sqlite_", "_sqlite", "words", "titles"))
    }
    assert ours == set()


def test_texts_are_searched_but_not_kept_twice(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT rowid FROM words WHERE words MATCH 'بغداد'").fetchall()
        assert len(found) == 1
        names = connection.execute("SELECT name FROM sqlite_master").fetchall()
        assert ("words_content",) not in names


# --- what a person sees ---------------------------------------------------------------------------


@pytest.fixture
def view(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file as any SQLite browser does."""
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def test_mentions_can_be_read_by_anybody(view: sqlite3.Connection) -> None:
    found = view.execute("SELECT type, quote FROM entity_mentions LIMIT 5").fetchall()
    assert sorted(found) == [("GPE", "بغداد"), ("GPE", "موسكو"), ("PERS", "بوتين")]


def test_mentions_say_whose_they_are_and_where(view: sqlite3.Connection) -> None:
    row = view.execute(
        'SELECT article,title,annotator,status,subtype,start,"end",link,note,doubt'
        " FROM entity_mentions WHERE quote='بوتين'"
    ).fetchone()
    start = TEXTS[0].index("بوتين")
    assert row == (
        sha_of(0)[:16], "000", "a1", "started", "NAMED", start, start + 5, "", "", ""
    )  # fmt: skip


def test_a_mention_of_several_spans_is_one_row_with_what_its_ends_enclose(path: Path) -> None:
    with Project.open(path) as project:
        extent = extent_of("الرئيس") + extent_of("بوتين", nth=1)
        labelling.add_entity(project, layer_of(project), extent, "ORG")
        found = project.connection.execute("SELECT quote FROM entity_mentions WHERE type='ORG'")
        assert found.fetchall() == [(TEXTS[0][extent[0].start : extent[1].end],)]


def test_frames_give_an_event_with_each_role_and_the_words_that_fill_it(
    view: sqlite3.Connection,
) -> None:
    found = view.execute("SELECT type, quote, role, filler_quote FROM event_frames").fetchall()
    assert found == [("MEET", "لقاءه", "actor", "موسكو")] or found == [
        ("MEET", "لقاءه", "actor", "بوتين")
    ]


def test_an_event_without_arguments_is_a_frame_too(path: Path) -> None:
    with Project.open(path) as project:
        labelling.add_event(project, layer_of(project), extent_of("ورحبت"), "ATTACK")
        found = project.connection.execute(
            "SELECT quote, role, filler FROM event_frames WHERE type='ATTACK'"
        ).fetchall()
    assert found == [("ورحبت", None, None)]


def test_a_filler_of_several_spans_is_one_row(path: Path) -> None:
    with Project.open(path) as project:
        layer = layer_of(project)
        labelling.add_event(project, layer, extent_of("ورحبت"), "MEET")
        labelling.add_entity(project, layer, extent_of("الاجتماع") + extent_of("القاهرة"), "ORG")
        labels = {label.type: label.uid for label in project.labels(layer) if label.uid[0] in "EV"}
        event = next(
            label.uid for label in project.labels(layer) if label.uid[0] == "V"
            and label.extent[0].quote == "ورحبت"  # type: ignore[union-attr]
        )  # fmt: skip
        labelling.add_argument(project, layer, event, "actor", labels["ORG"])
        found = project.connection.execute(
            "SELECT role, filler_quote FROM event_frames WHERE quote='ورحبت'"
        ).fetchall()
    assert found == [("actor", "الاجتماع … القاهرة")]


def test_statements_give_who_stands_how_towards_what_with_all_evidence(
    view: sqlite3.Connection,
) -> None:
    found = view.execute(
        "SELECT holder_kind, holder, value, target_kind, target, voice, evidence"
        " FROM stance_statements ORDER BY value"
    ).fetchall()
    assert found[0][:1] + found[0][2:] == (
        "entity", "favor", "topic", "peace-talks", "author", "مفيدًا … القادم"
    )  # fmt: skip
    assert found[0][1] in ("بوتين", "موسكو")
    assert found[1] == ("author", "", "neutral", "event", "لقاءه", "author", None)


def test_topics_and_authors_stand_by_their_names(view: sqlite3.Connection) -> None:
    rows = view.execute("SELECT holder_kind, target_kind, target FROM stance_statements")
    assert ("entity", "topic", "peace-talks") in rows.fetchall()


def test_views_leave_withdrawn_articles_out(path: Path) -> None:
    with Project.open(path) as project:
        projectwide.withdraw(project, sha_of(0))
        projectwide.withdraw(project, sha_of(1))
        for name in ("entity_mentions", "event_frames", "stance_statements"):
            found = project.connection.execute(f"SELECT count(*) FROM {name}")  # noqa: S608
            assert found.fetchone() == (0,)


def test_views_give_as_many_rows_as_there_are_labels(path: Path) -> None:
    with Project.open(path) as project:
        for view_, table in (("entity_mentions", "entities"), ("stance_statements", "stances")):
            n = project.connection.execute(f"SELECT count(*) FROM {view_}").fetchone()  # noqa: S608
            assert n == (len(contents(project)[table]),)
        assert annotator(project).name == "a1"
        assert operations_in(project)


def _dump(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    names = ("articles", "texts", "operations", "layers", "annotators", "spans", "entities")
    return [
        row
        for name in names
        for row in sorted(connection.execute(f"SELECT * FROM {name}").fetchall())  # noqa: S608
    ]
