"""Project files with flipped bytes as sources of a merge: refused, or their sound part is true."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.services import merging
from annotator.store.project import Project
from tests.exchange.bundling import labelled, team
from tests.projects import assert_sound, contents, quick_folder

N = 60


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as found:
        yield found


def test_flipped_bytes_in_a_file_that_is_merged_make_nothing_fall_over(folder: Path) -> None:
    lead, files = team(folder)
    labelled(files["a1"])
    whole, source = files["a1"].read_bytes(), folder / "flipped.hashiya"
    chance = random.Random(5)  # noqa: S311
    found = set()
    with Project.open(lead) as project:
        before = contents(project)
        for _ in range(N):
            flipped = bytearray(whole)
            for _ in range(chance.choice((1, 8, 64, 512))):
                flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
            source.write_bytes(flipped)
            report = merging.merge(project, [source], dry_run=True)
            found.add(report.refused[0].trouble.code if report.refused else "merged")
            assert contents(project) == before
        assert_sound(project)
    assert found & {"damaged", "damaged_bundle", "not_a_bundle", "strange_tables"}
