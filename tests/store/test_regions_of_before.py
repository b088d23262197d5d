"""Regions in files of the version before, which kept none of those that articles came with."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.model import LEAD, Region
from annotator.services import doctoring, merging, regioning
from annotator.store.project import Project
from tests import projects
from tests.exchange.bundling import bundle_of, members_of, resealed, zipped
from tests.faults.doctampering import behind
from tests.projects import assert_sound, made, sha_of
from tests.store.regionsgiven import GIVEN, ROW, filled, kept, previous, told, with_a_role_merged


@pytest.fixture
def path() -> Iterator[Path]:
    """Make a project with articles of every way in."""
    with projects.quick_folder() as folder:
        yield filled(folder)


@pytest.fixture
def before(path: Path) -> Path:
    """Make the file that the version before would have made, with roles that somebody gave."""
    with Project.open(path) as project:
        regioning.set_role(project, sha_of(1), (0, 4), "headline", LEAD, is_exact=True)
    return previous(path, path.with_name("before.hashiya"))


def test_a_file_of_the_version_before_is_sound_and_sealed_when_it_is_opened(
    path: Path, before: Path
) -> None:
    with Project.open(path) as project:
        came = kept(project)
    assert told(before) == []
    with Project.open(before) as project:
        assert kept(project) == came
        (changed,) = {name for name in came if project.regions(name) != came[name]}
        assert changed == sha_of(1)
        assert_sound(project)
    assert told(before) == []
    with behind(before) as connection:
        connection.execute("UPDATE regions SET role='nav' WHERE role='headline'")
    assert set(told(before)) == {("D08", "register"), ("D13", "not_given")}


def test_a_change_merged_under_the_version_before_can_be_taken_back(path: Path) -> None:
    receipt = with_a_role_merged(path)
    before = previous(path, path.with_name("before.hashiya"))
    with Project.open(before) as project:
        assert project.regions(sha_of(ROW)) == [Region(0, 17, "noise", "person")]

        merging.take_back(project, receipt)

        assert project.regions(sha_of(ROW)) == GIVEN
        assert_sound(project)
    assert told(before) == []


def test_regions_that_the_version_before_lost_in_taking_back_stand_again(path: Path) -> None:
    receipt = with_a_role_merged(path)
    with Project.open(path) as project:
        merging.take_back(project, receipt)
    before = previous(path, path.with_name("before.hashiya"))
    with behind(before) as connection:
        query = "DELETE FROM regions WHERE article=(SELECT id FROM articles WHERE sha256=?)"
        connection.execute(query, (sha_of(ROW),))
        connection.execute(query, (sha_of(2),))  # of which no history tells

    with Project.open(before) as project:
        assert project.regions(sha_of(ROW)) == GIVEN
        assert project.regions(sha_of(2)) == kept(project)[sha_of(2)] != []
        assert_sound(project)
    assert told(before) == []


def test_two_files_of_the_version_before_keep_the_same_whoever_has_the_change(path: Path) -> None:
    receipt = with_a_role_merged(path)
    first = previous(path, path.with_name("first.hashiya"))
    with Project.open(path) as project:
        merging.take_back(project, receipt)
    second = previous(path, path.with_name("second.hashiya"))
    with Project.open(first) as one, Project.open(second) as other:
        assert kept(one) == kept(other)


def test_a_file_of_the_version_before_can_be_repaired(before: Path) -> None:
    with behind(before) as connection:
        connection.execute("UPDATE regions SET role='nonsense' WHERE role='lead'")

    repair = doctoring.repair(before, before.with_name("copy.hashiya"))

    assert repair is not None
    assert repair.after.findings == ()


def test_a_repaired_copy_of_such_a_file_knows_what_its_articles_came_with(path: Path) -> None:
    with_a_role_merged(path)
    before = previous(path, path.with_name("before.hashiya"))
    with behind(before) as connection:
        connection.execute("UPDATE articles SET length=length+1")

    repair = doctoring.repair(before, before.with_name("copy.hashiya"))

    assert repair is not None
    assert repair.after.findings == ()
    with Project.open(repair.path) as project:
        assert project.regions(sha_of(ROW)) == [Region(0, 17, "noise", "person")]
        assert kept(project)[sha_of(ROW)] == GIVEN


def test_an_article_that_the_version_before_handed_on_changed_comes_as_it_first_came(
    path: Path,
) -> None:
    with_a_role_merged(path)
    altered = members_of(bundle_of(path))
    lines = [json.loads(line) for line in altered["articles.jsonl"].splitlines()]
    for line in lines:
        if line["text"] == ROW:
            line["regions"] = [[0, 17, "noise", "person"]]  # those of now: so it was done
    articles = b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)
    bundle = zipped(path.with_name("b.zip"), resealed({**altered, "articles.jsonl": articles}))
    to = made(path.parent, "to.hashiya")
    with Project.open(to) as project:
        report = merging.merge(project, [bundle])
        assert report.articles == 4
        assert project.regions(sha_of(ROW)) == [Region(0, 17, "noise", "person")]
        assert kept(project)[sha_of(ROW)] == GIVEN
        merging.take_back(project, report.receipt)
        assert project.regions(sha_of(ROW)) == GIVEN
        assert_sound(project)


def test_what_is_damaged_in_its_history_hinders_nobody_from_opening_it(before: Path) -> None:
    with behind(before) as connection:
        query = "UPDATE operations SET body=CAST(x'7bff' AS TEXT) WHERE body LIKE '%\"regions\"%'"
        assert connection.execute(query).rowcount == 1

    with Project.open(before) as project:
        assert kept(project)[sha_of(1)] == project.regions(sha_of(1))
        assert project.regions(sha_of(1))[0].role == "headline"
    assert ("D06", "") in told(before)
