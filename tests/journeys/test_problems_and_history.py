"""What the lists of problems and of history tell of what was done."""

from collections.abc import Iterator
from typing import Any

import pytest

from annotator.services import annotators, labelling, listing, projectwide, undoing
from annotator.services.importing import import_sources
from annotator.services.listing import Filter
from annotator.store import uniting
from annotator.store.project import Project
from tests.formats.rows import SCHEMA, Row, bare, empty, entity, example, imported
from tests.projects import extent_of, layer_of, made, operations_in, quick_folder

SARA, BADR = "سارة", "بدر"
ONE, TWO = (example(number)["article"]["sha256"] for number in (1, 2))


N = {"entity": 3, "event": 2, "argument": 2, "stance": 1, "relation": 1, "answer": 2}


def listed(rows: Iterator[Row]) -> list[Row]:
    return list(rows)


# --- problems ------------------------------------------------------------------------------------

KEYS = ["code", "kind", "uid", "article", "annotator", "type", "start", "end", "detail"]


def faulty(project: Project) -> None:
    """Import rows that stand and break the label schema."""
    labels = [entity("a", 0, 4, subtype="مجهول"), entity("b", 5, 9), entity("c", 5, 9)]
    event = {"uid": "v", "type": "MEET", "start": 10, "end": 14}
    imported(project, bare("قالو بوتي لقاء", entities=labels, events=[event]), example(2))


def test_problems_are_told_with_their_place() -> None:
    with empty() as project:
        faulty(project)
        found = listed(listing.problems(project))

    assert all(list(row) == KEYS for row in found)
    assert sorted((row["code"], row["kind"], row["type"]) for row in found) == [
        ("role_missing", "event", "MEET"),
        ("twin", "entity", "PERS"),
        ("twin", "entity", "PERS"),
        ("unknown_subtype", "entity", "PERS"),
    ]
    (missing,) = [row for row in found if row["code"] == "role_missing"]
    assert (missing["start"], missing["end"], missing["detail"]) == (10, 14, "actor")


@pytest.mark.parametrize(
    ("wanted", "n"),
    [
        (Filter(), 4), (Filter(kind="event"), 1), (Filter(type="PERS"), 3), (Filter(limit=2), 2),
        (Filter(who=SARA), 4), (Filter(status="done"), 0), (Filter(article=TWO), 0),
        (Filter(kind="answer"), 0), (Filter(status="new"), 4),
    ],
)  # fmt: skip
def test_problems_are_filtered(wanted: Filter, n: int) -> None:
    with empty() as project:
        faulty(project)

        assert len(listed(listing.problems(project, wanted))) == n


EVERY_TOPIC = SCHEMA.replace("ordered = true", "ordered = true\nevery_topic = true")


def test_a_topic_without_a_stance_is_a_problem_of_a_done_article_only() -> None:
    with empty(schema=EVERY_TOPIC) as project:
        imported(project, example(1), example(2, status="started"))

        found = listed(listing.problems(project))
        of_entities = listed(listing.problems(project, Filter(kind="entity")))
        of_a_type = listed(listing.problems(project, Filter(type="PERS")))

    assert [(row["code"], row["article"], row["detail"]) for row in found] == [
        ("topic_unjudged", ONE[:16], "vaccines")
    ]
    assert (of_entities, of_a_type) == ([], [])


def held_argument(project: Project, path: Any) -> None:  # noqa: ANN401
    """Unite into `project` an argument of another copy of it, without the event it points to."""
    with Project.open(path) as other:
        layer = layer_of(other, SARA)
        event = labelling.add_event(other, layer, extent_of("لقاءه"), "MEET")
        labelling.add_entity(other, layer, extent_of("بوتين"), "PERS")
        assert event is not None
        uids = [label.uid for label in other.labels(layer)]
        argument = labelling.add_argument(other, layer, uids[1], "actor", uids[0])
        told = [one for one in operations_in(other) if one.hash != event.hash]
        assert argument in told
    uniting.unite(project, told)


def test_a_label_that_points_to_nothing_is_held_and_listed_under_every_filter_it_fits() -> None:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        annotators.ensure(project, SARA)
        copy = folder / "copy.hashiya"
        copy.write_bytes(project.path.read_bytes())
        held_argument(project, copy)
        (row,) = listing.problems(project)
        article = row["article"]
        uid = annotators.named(project, SARA).uid

        assert (row["code"], row["kind"]) == ("held_points_to_nothing", "argument")
        fits = [Filter(article=article), Filter(who=SARA), Filter(who=uid), Filter(who="سَارة"),
                Filter(kind="argument"), Filter(status="new")]  # fmt: skip
        strange = [Filter(kind="entity"), Filter(status="done")]
        assert [len(listed(listing.problems(project, one))) for one in fits] == [1] * len(fits)
        assert [listed(listing.problems(project, one)) for one in strange] == [[], []]
        assert list(row) == KEYS

        projectwide.withdraw(project, project.article(article).sha256)
        assert listed(listing.problems(project)) == []


# --- history -------------------------------------------------------------------------------------


def worked(project: Project) -> Row:
    """Do some gestures on an article, and return its row in the list."""
    imported(project, bare("قال بوتين شيئًا", annotator={}))
    (row,) = listing.articles(project)
    layer = project.layer(row["sha256"], annotators.ensure(project, SARA).uid)
    extent = extent_of("بوتين", "قال بوتين شيئًا")
    labelling.set_status(project, layer, "started")
    labelling.add_entity(project, layer, extent, "PERS")
    undoing.undo(project, layer)
    undoing.redo(project, layer)
    return row


def test_history_is_told_oldest_first_with_who_did_what_and_how_much() -> None:
    with empty() as project:
        article = worked(project)
        found = listed(listing.history(project))

    assert [row["kind"] for row in found] == ["new", "annotator", "set_status", "add_entity",
                                              "undo", "redo"]  # fmt: skip
    assert [row["changes"] for row in found] == [1] * 6
    assert [row["who"] for row in found] == ["lead", "lead", *[SARA] * 4]
    assert [row["annotator"] for row in found] == ["", "", *[SARA] * 4]
    assert {row["article"] for row in found[2:]} == {article["uid"]}
    assert found[4]["undoes"] == found[3]["op"]
    assert found[5]["undoes"] == found[4]["op"]
    assert [row["lamport"] for row in found] == sorted({row["lamport"] for row in found})
    assert len({row["gesture"] for row in found}) == 6


@pytest.mark.parametrize(
    ("wanted", "kinds"),
    [
        (Filter(limit=2), ["new", "annotator"]), (Filter(kind="undo"), ["undo"]),
        (Filter(who=SARA), ["set_status", "add_entity", "undo", "redo"]),
        (Filter(who=SARA, limit=1), ["set_status"]), (Filter(kind="merge"), []),
    ],
)  # fmt: skip
def test_history_is_filtered(wanted: Filter, kinds: list[str]) -> None:
    with empty() as project:
        worked(project)

        assert [row["kind"] for row in listing.history(project, wanted)] == kinds


def test_the_history_of_an_article_has_what_the_lead_did_to_it_too() -> None:
    with empty() as project:
        article = worked(project)
        imported(project, example(1))
        projectwide.withdraw(project, article["sha256"])

        found = [row["kind"] for row in listing.history(project, Filter(article=article["uid"]))]

    assert found == ["set_status", "add_entity", "undo", "redo", "withdraw"]


def test_an_import_is_one_operation_a_layer_and_one_gesture_a_source() -> None:
    with empty() as project:
        path = project.path.parent / "rows.jsonl"
        imported(project, example(1), example(2))
        path.unlink()
        import_sources(project, [])
        found = [row for row in listing.history(project) if row["kind"] == "import"]

    assert [row["annotator"] for row in found] == ["", SARA, SARA]
    assert len({row["gesture"] for row in found}) == 1
    assert {row["who"] for row in found} == {"lead"}
    assert [row["changes"] for row in found][1:] == [sum(N.values()) + 2] * 2
