"""Project files with flipped bytes as sources of a merge: refused, or their sound part is true."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.services import merging
from annotator.services.merging import MergeReport
from annotator.store.project import Project
from tests.exchange.bundling import labelled, team
from tests.projects import add_articles, assert_sound, contents, copied, quick_folder

N = 60


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as found:
        yield found


def test_flipped_bytes_in_a_file_that_is_merged_make_nothing_fall_over(folder: Path) -> None:
    lead, files = team(folder)
    labelled(files["a1"])
    whole, source = files["a1"].read_bytes(), folder / "flipped.hashiya"
    with Project.open(lead) as project, Project.open(files["a1"]) as hers:
        before, true = contents(project), names_of(project) | names_of(hers)
    chance = random.Random(5)  # noqa: S311
    found = set()
    for n in range(N):
        flipped = bytearray(whole)
        for _ in range(chance.choice((1, 8, 64, 512))):
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        source.write_bytes(flipped)
        with Project.open(copied(lead, f"lead{n}.hashiya")) as project:
            tried = merging.merge(project, [source], dry_run=True)
            assert contents(project) == before
            report = merging.merge(project, [source])
            assert code_of(tried) == code_of(report)
            assert (contents(project) == before) == (report.new == 0)
            assert names_of(project) <= true
            assert_sound(project)
        found.add(code_of(report))
    assert "merged" in found
    assert found & {"damaged", "damaged_bundle", "not_a_bundle", "strange_tables"}


def code_of(report: MergeReport) -> str:
    return report.refused[0].trouble.code if report.refused else "merged"


def names_of(project: Project) -> set[str]:
    return {name for (name,) in project.connection.execute("SELECT hash FROM operations")}


def test_a_file_in_which_a_text_was_changed_behind_our_back_is_refused(folder: Path) -> None:
    lead, _ = team(folder)
    source = copied(lead, "other.hashiya")
    with Project.open(source) as project:
        add_articles(project, "خبر لم يصل بعد")
    with closing(sqlite3.connect(source)) as connection:
        query = "SELECT name,sql FROM sqlite_master WHERE type='trigger' AND tbl_name='texts'"
        triggers = connection.execute(query).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE texts SET text=replace(text,'لم','قد') WHERE text LIKE 'خبر%'")
        for _, made in triggers:
            connection.execute(made)
        connection.commit()

    with Project.open(lead) as project:
        before = contents(project)
        report = merging.merge(project, [source])
        assert [one.trouble.code for one in report.refused] == ["damaged"]
        assert contents(project) == before
