"""Two leads change the label schema at once: one change stands, and the other is told of."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from annotator.core.overruling import difference
from annotator.i18n import CODES, Language
from annotator.services import annotators, merging, replying, undoing
from annotator.services.changing_schema import TypeChange, change_schema
from annotator.services.wording import sentence
from annotator.store.project import Project
from tests.exchange.bundling import bundle_of, team
from tests.projects import copied, quick_folder

PERSON = TypeChange("rename", "PERS", "PERSON")
PLACE = TypeChange("rename", "GPE", "PLACE")
RETIRE = TypeChange("retire", "ORG")


@pytest.fixture
def leads() -> Iterator[list[Project]]:
    """Give three copies of a lead's file, each a replica of its own, and beside them a1's file."""
    with quick_folder() as folder, ExitStack() as stack:
        lead, _ = team(folder)
        yield [
            stack.enter_context(Project.open(copied(lead, f"lead-{n}.hashiya"))) for n in range(3)
        ]


def remarks(project: Project, *sources: Path, dry_run: bool = False) -> list[tuple[Any, Any]]:
    """Merge; return of each overruled change what stands, and what was overruled."""
    report = merging.merge(project, sources, dry_run=dry_run)
    assert report.refused == ()
    overruled = [one for one in report.remarks if one.code == "label_schema_overruled"]
    return [(one.data["stands"], one.data["did"]) for one in overruled]


def types(project: Project) -> set[str]:
    return set(project.label_schema.entity_types)


def test_one_change_stands_and_the_other_is_told_of_in_both_files(leads: list[Project]) -> None:
    one, other, _ = leads
    change_schema(one, PERSON)
    change_schema(other, PLACE)

    told = remarks(one, other.path, dry_run=True)

    assert remarks(one, other.path) == remarks(other, one.path) == told
    ((stands, did),) = told
    assert {stands, did} == {("PERS → PERSON",), ("GPE → PLACE",)}
    assert types(one) == types(other)
    assert {name.partition(" → ")[2] for name in stands} <= types(one)
    assert {name.partition(" → ")[2] for name in did}.isdisjoint(types(one))


def test_it_is_told_once(leads: list[Project]) -> None:
    one, other, third = leads
    change_schema(one, PERSON)
    change_schema(other, PLACE)
    assert len(remarks(one, other.path)) == 1

    assert remarks(one, other.path) == []
    change_schema(one, RETIRE)
    assert remarks(one, other.path) == []
    assert len(remarks(third, one.path)) == 1


def test_of_three_leads_two_are_overruled(leads: list[Project]) -> None:
    for project, change in zip(leads, (PERSON, PLACE, RETIRE), strict=True):
        change_schema(project, change)

    told = remarks(leads[0], leads[1].path, leads[2].path)

    ((stands,), dids) = {one for one, _ in told}, {did for _, did in told}
    assert {stands} | dids == {("PERS → PERSON",), ("GPE → PLACE",), ("ORG",)}
    assert len(told) == 2


def test_all_that_one_of_them_did_in_a_row_is_told_together(leads: list[Project]) -> None:
    one, other, _ = leads
    change_schema(other, PLACE)
    change_schema(one, PERSON)
    change_schema(one, RETIRE)

    assert remarks(one, other.path) == [(("PERS → PERSON", "ORG"), ("GPE → PLACE",))]


def test_changes_that_knew_of_each_other_and_equal_ones_overrule_nothing(
    leads: list[Project],
) -> None:
    one, other, third = leads
    change_schema(one, PERSON)
    assert remarks(other, one.path) == []
    change_schema(other, PLACE)
    assert remarks(one, other.path) == []
    change_schema(third, PERSON)

    assert remarks(one, third.path) == []


def test_a_change_that_was_undone_is_not_overruled(leads: list[Project]) -> None:
    one, other, _ = leads
    gesture = change_schema(one, PERSON)
    undoing.undo_gesture(one, annotators.who_undoes(one, "lead"), gesture)

    assert remarks(other, one.path) == []


def test_an_annotator_is_told_nothing_of_it(leads: list[Project]) -> None:
    one, other, _ = leads
    change_schema(one, PERSON)
    change_schema(other, PLACE)
    remarks(one, other.path)
    (sent,) = replying.reply(one, ["a1"], one.path.parent / "replies")

    with Project.open(one.path.parent / "handed" / "a1.hashiya") as hers:
        assert remarks(hers, sent.path) == []
        assert types(hers) == types(one)


@pytest.mark.parametrize("code", CODES)
def test_it_is_said_in_words(leads: list[Project], code: str) -> None:
    one, other, _ = leads
    change_schema(one, PERSON)
    change_schema(other, PLACE)
    report = merging.merge(one, [bundle_of(copied(other.path, "sent.hashiya"))])

    said = " ".join(sentence(remark, Language.of(code)) for remark in report.remarks)

    assert "PERS → PERSON" in said
    assert "GPE → PLACE" in said


def test_what_is_no_change_of_types_is_told_by_its_ids_and_parts(leads: list[Project]) -> None:
    toml = leads[0].schema_toml()
    version = toml.replace('version = "1"', 'version = "7"', 1)
    topic = toml + '\n[[topic]]\nid = "water"\nen = "Water"\nar = "المياه"\n'

    assert difference(toml, version) == ("version",)
    assert difference(toml, topic) == ("water",)
    assert difference(toml, toml) == (leads[0].label_schema.name,)
