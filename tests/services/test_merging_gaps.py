"""Bundles whose history is not whole: what came is merged, and what is missing is told."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from annotator.services import merging
from annotator.store import doctorhistory
from annotator.store.project import Project
from tests.exchange.bundling import (
    Members,
    canonical,
    handed_in,
    lines_of,
    members_of,
    team,
    with_operations,
    zipped,
)
from tests.projects import copied, quick_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as found:
        yield found


@pytest.fixture
def lead(folder: Path) -> Iterator[Project]:
    """Give a lead's file that was handed out to a1 and a2."""
    path, _ = team(folder)
    with Project.open(path) as project:
        yield project


@pytest.fixture
def members(lead: Project) -> Members:
    """Return what a1 hands in: a chain of ten operations in one layer, of two in another."""
    return members_of(handed_in(lead.path.parent / "handed" / "a1.hashiya"))


def codes(project: Project, *paths: Path, dry_run: bool = False) -> list[tuple[str, Any, Any]]:
    """Merge; return what is remarked: code, source and how many operations it is about."""
    report = merging.merge(project, paths, dry_run=dry_run)
    assert report.refused == ()
    return [(one.code, one.data["path"], one.data["n"]) for one in report.remarks]


def bundle(folder: Path, name: str, members: Members, lines: list[bytes]) -> Path:
    """Write a bundle of `lines`, rightly sealed."""
    return zipped(folder / name, with_operations(members, lines))


def edited(line: bytes) -> bytes:
    """Return an operation with another time, as it would be named then."""
    return canonical({**orjson.loads(line), "at": "2020-01-01T00:00Z"})


def test_a_whole_hand_in_is_remarked_by_nothing(
    lead: Project, folder: Path, members: Members
) -> None:
    assert codes(lead, bundle(folder, "whole.zip", members, lines_of(members))) == []


def test_operations_that_were_left_out_are_told_of_and_the_rest_is_merged(
    lead: Project, folder: Path, members: Members
) -> None:
    lines = lines_of(members)
    part = bundle(folder, "part.zip", members, lines[:4] + lines[5:])

    assert codes(lead, part, dry_run=True) == [("history_gap", "part.zip", 1)]
    assert codes(lead, part) == [("history_gap", "part.zip", 1)]
    assert len(doctorhistory.broken(lead.connection, "")) == 1


def test_the_rest_mends_it_in_the_same_merge_or_later(
    lead: Project, folder: Path, members: Members
) -> None:
    lines = lines_of(members)
    part = bundle(folder, "part.zip", members, lines[:4] + lines[6:])
    rest = bundle(folder, "rest.zip", members, lines[:6])

    assert codes(lead, part, rest, dry_run=True) == codes(lead, rest, part, dry_run=True) == []
    assert codes(lead, part) == [("history_gap", "part.zip", 1)]
    assert codes(lead, rest) == []
    assert doctorhistory.broken(lead.connection, "") == set()


def test_an_operation_that_was_edited_leaves_a_gap_and_beside_the_real_one_a_fork(
    lead: Project, folder: Path, members: Members
) -> None:
    lines = lines_of(members)
    forged = bundle(folder, "forged.zip", members, [*lines[:4], edited(lines[4]), *lines[5:]])
    real = bundle(folder, "real.zip", members, lines)

    assert codes(lead, forged, dry_run=True) == [("history_gap", "forged.zip", 1)]
    assert codes(lead, real) == []
    assert codes(lead, forged) == [("history_fork", "forged.zip", 1)]
    assert len(doctorhistory.broken(lead.connection, "")) == 1


def test_what_is_told_is_what_the_doctor_finds(
    lead: Project, folder: Path, members: Members
) -> None:
    lines, chance = lines_of(members), random.Random(7)  # noqa: S311
    found = []
    for n in range(12):
        kept = [one for one in lines if b'"scope":[]' in one or chance.random() < 0.8]
        kept = [edited(one) if chance.random() < 0.05 else one for one in kept]
        path = copied(lead.path, f"copy-{n}.hashiya")
        with Project.open(path) as copy:
            told = codes(copy, bundle(folder, f"{n}.zip", members, kept))
            n_broken = len(doctorhistory.broken(copy.connection, ""))
        assert sum(number for _, _, number in told) == n_broken
        found.append(n_broken)
    assert min(found) < max(found)


def test_a_gap_in_what_she_did_elsewhere_is_told_in_an_annotators_file_too(
    lead: Project, folder: Path
) -> None:
    hers = lead.path.parent / "handed" / "a1.hashiya"
    laptop = copied(hers, "laptop.hashiya")
    members = members_of(handed_in(laptop))
    lines = lines_of(members)
    whole = bundle(folder, "whole.zip", members, lines)
    part = bundle(folder, "part.zip", members, lines[:4] + lines[5:])

    with Project.open(hers) as project:
        assert codes(project, whole, dry_run=True) == []
        assert codes(project, part) == [("history_gap", "part.zip", 1)]
