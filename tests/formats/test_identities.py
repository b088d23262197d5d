"""What an imported layer and its labels are called, and what is there already."""

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.core import uids
from annotator.core.errors import UserError
from annotator.core.model import Layer
from annotator.services import annotators, labelling, projectwide, undoing
from annotator.services.importing import import_sources
from annotator.store.project import Project
from tests.formats.byhand import first_layer, label_first
from tests.formats.rows import (
    Row,
    bare,
    codes,
    empty,
    entity,
    example,
    exported,
    imported,
    rows_of,
)
from tests.projects import assert_sound, contents

TEXT = "قال بوتين شيئًا"


def titles(project: Project) -> list[str]:
    """Return the titles of the articles in the order in which they came."""
    return [row[0] for row in project.connection.execute("SELECT title FROM articles ORDER BY id")]


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.update(status="started"),
        lambda row: row.update(suggestions="none"),
        lambda row: row["entities"][0].update(note="أخرى"),
        lambda row: row["entities"][0].update(type="ORG"),
        lambda row: row["entities"][0]["origin"].update(confidence=0.376),
        lambda row: row["entities"].append(entity("new", 0, 4)),
        lambda row: row["answers"].pop(),
        lambda row: row["stances"].clear(),
        lambda row: row["events"][0]["arguments"].clear(),
    ],
)
def test_a_layer_that_exists_with_other_labels_is_refused_and_stays(
    change: Callable[[Row], object],
) -> None:
    row = example(1)
    with empty() as project:
        imported(project, row)
        before = contents(project)
        change(row)

        report = imported(project, example(2), row, example(3))

        assert (codes(report), report.layers) == (["layer_exists"], 2)
        after = contents(project)
        assert set(before["entities"]) <= set(after["entities"])
        assert len(after["layers"]) == len(before["layers"]) + 2


def test_the_same_row_twice_in_one_file_is_one_layer_and_a_duplicate() -> None:
    with empty() as project:
        report = imported(project, example(1), example(2), example(1))

    assert (report.layers, report.duplicates, codes(report)) == (2, 1, [])


def test_the_same_row_with_its_labels_in_another_order_is_a_duplicate_in_one_file_and_in_two() -> (
    None
):
    labels = [entity("a", 0, 3), entity("b", 4, 9)]
    rows = bare(TEXT, entities=labels), bare(TEXT, entities=labels[::-1])
    with empty() as project:
        assert imported(project, *rows).duplicates == 1
        assert imported(project, rows[1]).duplicates == 1


def test_another_reading_by_the_same_annotator_in_one_file_is_refused() -> None:
    with empty() as project:
        report = imported(project, example(1), example(1, entities=[], events=[], stances=[],
                                                       relations=[]))  # fmt: skip

        assert (report.layers, codes(report)) == (1, ["layer_exists"])
        assert rows_of(exported(project))[0]["entities"]


def test_the_same_text_twice_is_one_article(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    with empty() as project:
        report = import_sources(project, [tmp_path, tmp_path / "a.txt"])

        assert (report.added, report.duplicates) == (1, 2)
        assert titles(project) == ["a"]


def test_uids_repeated_in_every_row_become_uids_of_their_own() -> None:
    rows = [
        bare(f"{TEXT} {n}", entities=[entity("e1", 0, 3), entity("e2", 4, 9)]) for n in range(50)
    ]
    with empty() as project:
        imported(project, *rows)

        found = [label["uid"] for row in rows_of(exported(project)) for label in row["entities"]]

    assert len(set(found)) == 100


def test_a_uid_that_another_layer_has_is_replaced_and_its_references_with_it() -> None:
    with empty() as project:
        imported(project, example(1))
        data = rows_of(exported(project))[0]
        other = {**data, "annotator": {"uid": "u-2", "name": "بدر", "kind": "human"}}

        assert imported(project, other).refused == ()
        assert imported(project, other).duplicates == 1

        first, second = sorted(rows_of(exported(project)), key=lambda row: row["annotator"]["uid"],
                               reverse=True)  # fmt: skip
        assert first == data
        assert not _uids(first) & _uids(second)
        assert len(_uids(second)) == len(_uids(first))
        assert_sound(project)


def _uids(row: Row) -> set[str]:
    kinds = ("entities", "events", "stances", "relations", "answers")
    found = {label["uid"] for kind in kinds for label in row[kind]}
    return found | {item["uid"] for event in row["events"] for item in event["arguments"]}


def derived(text: str, annotator: str, uid: str) -> str:
    """Return the uid that an entity called `uid` gets in the layer of `annotator` over `text`."""
    row = bare(text, annotator={"uid": annotator, "name": annotator}, entities=[entity(uid, 0, 3)])
    with empty() as project:
        imported(project, row)
        return str(rows_of(exported(project))[0]["entities"][0]["uid"])


def test_a_uid_that_would_be_derived_may_stand_in_the_same_row() -> None:
    taken = derived(TEXT, "u", "e1")
    labels = [entity("e1", 0, 3), entity(taken, 4, 9)]
    row = bare(TEXT, annotator={"uid": "u", "name": "u"}, entities=labels)
    for rows in (row, {**row, "entities": labels[::-1]}):
        with empty() as project:
            report = imported(project, rows)

            assert (report.layers, codes(report)) == (1, [])
            assert len({one["uid"] for one in rows_of(exported(project))[0]["entities"]}) == 2
            assert imported(project, rows).duplicates == 1


def test_a_uid_that_would_be_derived_may_be_taken_in_another_layer() -> None:
    taken = derived(TEXT, "u", "e1")
    with empty() as project:
        imported(project, bare(TEXT, entities=[entity(taken, 4, 9)]))
        row = bare(TEXT, annotator={"uid": "u", "name": "u"}, entities=[entity("e1", 0, 3)])

        assert codes(imported(project, row)) == []
        assert imported(project, row).duplicates == 1
        assert_sound(project)


def test_a_uid_that_this_file_has_yet_to_give_does_not_stand_in_its_way() -> None:
    with empty() as project:
        imported(project, bare(TEXT, annotator={}))
        label_first(project, 0, 3)
        counter = project.clock().counter
        coming = [uids.label_uid("entity", project.replica, counter + n) for n in range(1, 9)]
        labels = [entity(uid, 4, 9, ("PERS", "ORG", "GPE")[n % 3]) for n, uid in enumerate(coming)]
        imported(project, bare(TEXT, entities=labels))

        found = [label_first(project, start, start + 2) for start in (4, 10)]

        assert len({*found, *coming}) >= 2
        assert_sound(project)


@pytest.mark.parametrize("gone", ["undone", "removed"])
def test_a_uid_that_an_undo_may_bring_back_is_taken(gone: str) -> None:
    with empty() as project:
        imported(project, bare(TEXT, annotator={}))
        uid = label_first(project, 4, 9)
        layer = first_layer(project)
        if gone == "undone":
            undoing.undo(project, layer)
        else:
            labelling.remove(project, layer, uid)
        imported(project, bare(TEXT, entities=[entity(uid, 4, 9)]))

        (undoing.redo if gone == "undone" else undoing.undo)(project, layer)

        assert [label.uid for label in project.labels(layer)] == [uid]
        assert_sound(project)


def test_an_import_is_nobodys_gesture_to_undo() -> None:
    with empty() as project:
        imported(project, bare(TEXT, annotator={"uid": "lead", "name": "قائد"},
                               entities=[entity("e", 0, 3)]))  # fmt: skip
        imported(project, example(1))
        for sha256, uid in project.connection.execute(
            "SELECT a.sha256,n.uid FROM layers l JOIN articles a ON a.id=l.article"
            " JOIN annotators n ON n.id=l.annotator"
        ).fetchall():
            with pytest.raises(UserError, match="nothing_to_undo"):
                undoing.undo(project, Layer(sha256, uid))


def test_a_row_without_a_uid_belongs_to_whom_the_project_knows_by_that_name() -> None:
    with empty() as project:
        imported(project, bare(TEXT, annotator={}))
        known = annotators.ensure(project, "أحمد")

        imported(project, bare("خبر", annotator={"name": "احمد"}))

        assert [one.uid for one in project.annotators()] == [known.uid]


def test_rows_of_one_annotator_may_come_in_several_files() -> None:
    with empty() as project:
        imported(project, example(1))
        imported(project, example(2))

        assert [(one.uid, one.name) for one in project.annotators()] == [("u-sara", "سارة")]


def test_more_than_a_thousand_labels_are_several_operations_of_one_gesture() -> None:
    labels = [entity(f"e{n}", n * 4, n * 4 + 3) for n in range(2500)]
    with empty() as project:
        imported(project, bare("قال " * 2500, entities=labels, status="done"))

        told = project.connection.execute(
            "SELECT count(*),count(DISTINCT gesture),count(DISTINCT hash),max(sequence)"
            " FROM operations WHERE kind='import' AND layer IS NOT NULL"
        ).fetchone()
        assert told == (3, 1, 3, 3)
        assert len(rows_of(exported(project))[0]["entities"]) == 2500
        assert_sound(project)


def test_every_operation_has_a_lamport_number_of_its_own() -> None:
    with empty() as project:
        imported(project, example(1), example(2), example(2, annotator={"uid": "x", "name": "س"}))
        label_first(project, 0, 4)
        imported(project, example(3))

        found = [row[0] for row in project.connection.execute("SELECT lamport FROM operations")]

    assert len(set(found)) == len(found)


def test_a_big_import_leaves_a_file_that_opens_and_refuses_false_quotes() -> None:
    rows = [
        bare(f"{TEXT} {n}", entities=[entity(f"e{k}", 0, 3) for k in range(40)]) for n in range(80)
    ]
    with empty() as project:
        assert imported(project, *rows).layers == 80
        with Project.open(project.path) as again:
            assert_sound(again)
            with pytest.raises(Exception, match="quote"):
                again.connection.execute(
                    'INSERT INTO spans(layer,label,part,n,start,"end",quote)'
                    " VALUES(1,'x','extent',0,0,3,'xxx')"
                )


def test_what_was_withdrawn_stays_withdrawn() -> None:
    with empty() as project:
        imported(project, example(1))
        projectwide.withdraw(project, first_layer(project, "سارة").article)

        report = imported(project, example(1))

        assert report.added == 0
        assert exported(project) == b""
