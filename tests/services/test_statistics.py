"""Counts over a project: by kind, type, annotator and status, and active minutes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.services import annotators, labelling, projectwide
from annotator.services.statistics import statistics
from annotator.store.project import Project
from annotator.store.queries import Filter
from tests.formats.rows import bare, empty, example, imported
from tests.projects import extent_of, layer_of, made, quick_folder

SARA, BADR = "سارة", "بدر"
KINDS = ["entity", "event", "argument", "stance", "relation", "answer"]


@pytest.fixture(scope="module")
def team() -> Iterator[Project]:
    """Return a project with two articles that are read, and one that nobody has read."""
    with empty() as project:
        badr = {"uid": "u-badr", "name": BADR, "kind": "human"}
        imported(project, example(1), example(2, status="started"))
        imported(project, example(1, annotator=badr, status="new", stances=[], answers=[]))
        imported(project, bare("خبر لم يقرأه أحد", annotator={}))
        yield project


def test_labels_are_counted_by_kind_type_annotator_and_status(team: Project) -> None:
    found = statistics(team)

    assert (found["articles"], found["layers"]) == (3, 3)
    assert list(found["labels"].items()) == list(zip(KINDS, [9, 6, 6, 2, 3, 4], strict=True))
    assert found["types"]["entity"] == {"GPE": 3, "PERS": 6}
    assert found["types"]["event"] == {"ATTACK": 3, "MEET": 3}
    assert found["types"]["argument"] == {"actor": 3, "cause": 3}
    assert found["types"]["stance"] == {"favor": 2}
    assert found["types"]["answer"] == {"genre": 2, "summary": 2}
    assert found["statuses"] == {"new": 1, "started": 1, "done": 1, "skipped": 0}
    assert set(found["annotators"]) == {SARA, BADR}
    assert found["annotators"][SARA]["statuses"] == {
        "new": 0,
        "started": 1,
        "done": 1,
        "skipped": 0,
    }
    assert found["annotators"][BADR]["labels"] == dict(zip(KINDS, [3, 2, 2, 0, 1, 0], strict=True))
    assert found["active_minutes"] == 0


@pytest.mark.parametrize(
    ("wanted", "layers", "entities"),
    [
        (Filter(who=BADR), 1, 3), (Filter(status="started"), 1, 3), (Filter(type="GPE"), 3, 3),
        (Filter(kind="event"), 3, 0), (Filter(article=example(1)["article"]["uid"]), 2, 6),
        (Filter(kind="entity", type="favor"), 3, 0),
    ],
)  # fmt: skip
def test_counts_are_filtered(team: Project, wanted: Filter, layers: int, entities: int) -> None:
    found = statistics(team, wanted)

    assert (found["layers"], found["labels"]["entity"]) == (layers, entities)
    assert found["labels"]["entity"] == sum(found["types"]["entity"].values())


def test_an_empty_project_counts_nothing() -> None:
    with empty() as project:
        found = statistics(project)

    assert (found["articles"], found["layers"], found["annotators"]) == (0, 0, {})
    assert found["labels"] == dict.fromkeys(KINDS, 0)


def test_withdrawn_articles_are_not_counted() -> None:
    with empty() as project:
        imported(project, example(1), example(2))
        projectwide.withdraw(project, example(1)["article"]["sha256"])

        found = statistics(project)

    assert (found["articles"], found["layers"], found["labels"]["entity"]) == (1, 1, 3)


def test_the_type_after_renaming_is_counted() -> None:
    with empty() as project:
        row = example(1)
        row["entities"][0]["type"] = "PER"
        imported(project, row)

        assert statistics(project)["types"]["entity"] == {"GPE": 1, "PERS": 2}


def at(path: Path, minute: str) -> Project:
    """Open the project as it is at that minute."""
    return Project.open(path, now=lambda: f"2026-11-21T{minute}Z")


def test_a_minute_is_active_once_however_much_was_done_in_it_and_a_pause_is_none() -> None:
    with quick_folder() as folder:
        path = made(folder)
        for minute, name, quote in (
            ("10:00", "a1", "بوتين"), ("10:00", "a1", "ترامب"), ("10:01", "a1", "موسكو"),
            ("15:30", "a1", "مصر"), ("10:00", "a2", "بوتين"),
        ):  # fmt: skip
            with at(path, minute) as project:
                layer = layer_of(project, name)
                labelling.add_entity(project, layer, extent_of(quote), "PERS")
        with Project.open(path) as project:
            found = statistics(project)

    minutes = {name: one["active_minutes"] for name, one in found["annotators"].items()}
    assert minutes == {"a1": 3, "a2": 1}
    assert found["active_minutes"] == 4


def test_importing_is_no_ones_activity_and_neither_is_the_leads() -> None:
    with empty() as project:
        imported(project, example(1))
        annotators.ensure(project, BADR)

        found = statistics(project)

    assert found["active_minutes"] == 0
    assert set(found["annotators"]) == {SARA}


def test_two_readers_of_the_same_name_are_counted_apart() -> None:
    with empty() as project:
        for uid, status in (("u-1", "done"), ("u-2", "started")):
            imported(project, example(1, annotator={"uid": uid, "name": SARA}, status=status))

        found = statistics(project)

    assert len(found["annotators"]) == 2
