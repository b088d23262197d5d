"""Regions that articles came with: kept, sealed, found where others stand, and brought back."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.core.model import LEAD, Annotator, Region
from annotator.i18n import Language
from annotator.services import (
    backing_up,
    doctoring,
    exporting,
    handing_in,
    handing_out,
    labelling,
    merging,
    projectwide,
    recovering,
    regioning,
    restoring,
    undoing,
)
from annotator.services.wording import sentence
from annotator.store import givenregions, tables
from annotator.store.project import Project
from tests import projects
from tests.exchange.bundling import bundle_of, members_of, refusal, resealed, zipped
from tests.faults.doctampering import behind
from tests.projects import annotator, code_of, copied, made, sha_of
from tests.store.regionsgiven import GIVEN, ROW, filled, kept, told


@pytest.fixture
def path() -> Iterator[Path]:
    """Make a project with articles of every way in."""
    with projects.quick_folder() as folder:
        yield filled(folder)


# --- kept -----------------------------------------------------------------------------------------


def test_whatever_way_an_article_comes_its_regions_are_kept(path: Path) -> None:
    with Project.open(path) as project:
        found = kept(project)
        assert {name: project.regions(name) for name in found} == found
        assert found[sha_of(ROW)] == GIVEN
        assert len(found) == 7
    assert told(path) == []


def test_what_is_kept_cannot_be_changed_by_statements(path: Path) -> None:
    with Project.open(path) as project:
        for statement in ("UPDATE regions_given SET seal='x'", "DELETE FROM regions_given"):
            with pytest.raises(sqlite3.IntegrityError, match="came with never changes"):
                project.connection.execute(statement)


def test_a_seal_is_of_one_article_alone() -> None:
    said, seal = givenregions.spelled("a" * 64, GIVEN)
    assert givenregions.read("a" * 64, said, seal) == GIVEN
    assert givenregions.read("b" * 64, said, seal) is None
    assert givenregions.read("a" * 64, said + " ", seal) is None
    for nothing in (None, 3, b"x", "[[1]]", "\ud800"):
        assert givenregions.read("a" * 64, nothing, seal) is None


def test_changed_split_joined_and_undone_regions_are_sound(path: Path) -> None:
    with Project.open(path) as project:
        regioning.set_role(project, sha_of(ROW), (0, 4), "lead", LEAD, is_exact=True)
        assert told(path) == []
        joined = regioning.set_role(project, sha_of(ROW), (0, 17), "body", LEAD, is_exact=True)
        assert joined is not None
        assert len(project.regions(sha_of(ROW))) == 1
        undoing.undo_gesture(project, Annotator(LEAD, LEAD), joined.gesture)
        assert len(project.regions(sha_of(ROW))) == 3
        assert kept(project)[sha_of(ROW)] == GIVEN
    assert told(path) == []
    with behind(path) as connection:
        connection.execute("DELETE FROM regions WHERE source='person'")
    assert told(path)[0] == ("D08", "register")


# --- found and brought back -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE regions SET role='nav' WHERE role='headline'", "not_given"),
        ("UPDATE regions SET start=start+1 WHERE start>0", "not_given"),
        ("DELETE FROM regions WHERE role='headline'", "not_given"),
        ("DELETE FROM regions", "no_regions"),
        ("UPDATE regions_given SET regions='[]'", "given"),
    ],
)
def test_what_nobody_said_is_found_and_the_repaired_copy_has_what_came(
    statement: str, why: str, path: Path
) -> None:
    with Project.open(path) as project:
        before = kept(project)
    with behind(path) as connection:
        connection.execute(statement)

    repair = doctoring.repair(path, path.with_name("copy.hashiya"))

    assert repair is not None
    assert {(one.code, one.why) for one in repair.before.findings} == {("D13", why)}
    assert repair.after.findings == ()
    with Project.open(repair.path) as project:
        assert kept(project) == before
        assert {name: project.regions(name) for name in before} == before


def test_both_changed_leaves_the_ones_that_stand_there_and_a_sound_copy(path: Path) -> None:
    with behind(path) as connection:
        connection.execute("DELETE FROM regions_given")
        connection.execute("UPDATE regions SET role='nav' WHERE role='headline'")

    repair = doctoring.repair(path, path.with_name("copy.hashiya"))

    assert repair is not None
    assert repair.after.findings == ()
    with Project.open(repair.path) as project:
        assert [one.role for one in project.regions(sha_of(ROW))] == ["nav", "body"]


def _exported(path: Path) -> None:
    with Project.open(path) as project:
        exporting.export(project, path.with_name("out.jsonl"))


def _merged(path: Path) -> None:
    other = copied(path, "other.hashiya")
    with behind(other) as connection:
        connection.execute("UPDATE regions SET role='headline' WHERE role='keywords'")
    with Project.open(other) as project:
        end = 3 + projects.n_operations(project)
        projectwide.set_regions(project, sha_of(0), [Region(0, end, "body")])
    with Project.open(path) as project:
        assert merging.merge(project, [other]).new == 1


def _handed_out(path: Path) -> None:
    with Project.open(path) as project:
        handing_out.hand_out(project, [annotator(project)], path.parent / "handed")


@pytest.mark.parametrize("service", [_exported, _merged, _handed_out])
def test_an_altered_region_goes_neither_out_nor_under_a_merge(
    service: Callable[[Path], None], path: Path
) -> None:
    with Project.open(path) as project:
        layer = project.layer(sha_of(ROW), annotator(project).uid)
        labelling.set_status(project, layer, "started")
    service(path)
    (path.parent / "other.hashiya").unlink(missing_ok=True)
    shutil.rmtree(path.parent / "handed", ignore_errors=True)
    with behind(path) as connection:
        connection.execute("UPDATE regions SET role='keywords' WHERE role='headline'")

    assert code_of(lambda: service(path)) == "unsound_article"

    assert not list(path.parent.glob("handed/*"))


def test_of_a_file_in_which_what_came_was_altered_nothing_is_merged(path: Path) -> None:
    to = made(path.parent, "to.hashiya")
    with behind(path) as connection:
        connection.execute("UPDATE regions_given SET regions=replace(regions,'body','nav')")
    with Project.open(to) as project:
        refused = refusal(project, path)
        assert (refused.code, refused.data["path"]) == ("unsound_article", path.name)
        said = sentence(refused, Language.of("en"))
        assert str(refused.data["article"]) in said
        assert "D13" in said
    with Project.open(path) as project, pytest.raises(UserError) as met:
        handing_in.hand_in(project, path.with_name("b.zip"))
    assert met.value.code == "unsound_article"
    assert str(met.value.data["article"]) in sentence(met.value, Language.of("ar"))
    assert not path.with_name("b.zip").exists()


# --- what a bundle brings -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "regions",
    [
        [],
        [[0, 8, "headline", "somebody"]],
        [[9, 17, "body", "rule"], [0, 8, "headline", "rule"]],
        [[0, 18, "body", "rule"]],
        [[0, 8, "نص", "rule"]],
    ],
)
def test_an_article_of_a_bundle_without_sound_regions_refuses_the_whole(
    regions: list[list[object]], path: Path
) -> None:
    members = members_of(bundle_of(path))
    lines = [json.loads(line) for line in members["articles.jsonl"].splitlines()]
    for line in lines:
        if line["text"] == ROW:
            line["regions"] = regions
    altered = b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)
    bundle = zipped(path.with_name("b.zip"), resealed({**members, "articles.jsonl": altered}))
    to = made(path.parent, "to.hashiya")
    with Project.open(to) as project:
        assert refusal(project, bundle).code in (
            "damaged_bundle",
            "bad_regions",
            "unknown_region_role",
        )
        assert merging.merge(project, [path]).articles == 4
        assert project.regions(sha_of(ROW)) == GIVEN
    assert told(to) == []


# --- backups, what is left of a file --------------------------------------------------------------


def test_a_backup_of_before_or_after_gives_what_it_had(path: Path) -> None:
    with Project.open(path) as project:
        found = kept(project)
        backing_up.back_up(project, "asked")
    to = path.with_name("again.hashiya")
    restoring.restore(path, to, backing_up.backup_of(path), as_it_was=True)
    with Project.open(to) as project:
        assert kept(project) == found
    assert told(to) == []


@pytest.mark.parametrize("table", ["regions", "regions_given"])
def test_of_a_damaged_file_the_other_table_gives_the_regions(table: str, path: Path) -> None:
    with Project.open(path) as project:
        regioning.set_role(project, sha_of(1), (0, 4), "headline", LEAD, is_exact=True)
        found, stand = kept(project), {name: project.regions(name) for name in kept(project)}
        query = "SELECT rootpage FROM sqlite_master WHERE name=?"
        (page,) = project.connection.execute(query, (table,)).fetchone()
    whole = bytearray(path.read_bytes())
    whole[(page - 1) * tables.PAGE_SIZE : page * tables.PAGE_SIZE] = b"\xa5" * tables.PAGE_SIZE
    path.write_bytes(whole)

    made_anew = recovering.recover(path, path.with_name("left.hashiya")).path

    with Project.open(made_anew) as project:
        assert {name: project.regions(name) for name in found} == stand
        assert table == "regions_given" or kept(project) == found
    assert told(made_anew) == []
