"""Exports in three files: train, validation and test."""

from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.services.exporting import export
from tests.formats.rows import (
    empty,
    rows_of,
)
from tests.formats.team import many
from tests.test_files import left_in


def texts_in(paths: tuple[Path, ...]) -> list[set[str]]:
    """Return the texts of each file of a split."""
    return [{row["text"] for row in rows_of(path.read_bytes())} for path in paths]


@pytest.mark.parametrize(
    ("split", "sizes"),
    [((80, 10, 10), [80, 10, 10]), ((50, 50), [50, 50]), ((100, 0, 0), [100, 0, 0]),
     ((0, 1, 99), [0, 1, 99]), ((33, 33, 34), [33, 33, 34])],
)  # fmt: skip
def test_a_split_gives_each_file_its_share_of_articles_with_all_their_layers(
    tmp_path: Path, split: tuple[int, ...], sizes: list[int]
) -> None:
    with empty() as project:
        many(project, 100)

        report = export(project, tmp_path / "x.jsonl", split=split)

    names = ["x.train.jsonl", "x.validation.jsonl", "x.test.jsonl"][: len(split)]
    assert [path.name for path in report.paths] == names
    found = texts_in(report.paths)
    assert [len(texts) for texts in found] == sizes
    assert len(set.union(*found)) == 100
    assert report.rows == 200
    assert left_in(tmp_path) == sorted([*names, *(f"{name}.features.json" for name in names)])


def test_the_seed_alone_decides_where_an_article_goes(tmp_path: Path) -> None:
    with empty() as project:
        many(project, 40)
        one = texts_in(export(project, tmp_path / "a.jsonl", split=(60, 40), seed=1).paths)
        same = texts_in(export(project, tmp_path / "b.jsonl", split=(60, 40), seed=1).paths)
        other = texts_in(export(project, tmp_path / "c.jsonl", split=(60, 40), seed=2).paths)
        of_one = texts_in(
            export(project, tmp_path / "d.jsonl", split=(60, 40), seed=1, who="بدر").paths
        )

    assert one == same == of_one
    assert one != other


@pytest.mark.parametrize("n", [1, 2, 3, 7])
def test_a_split_of_few_articles_loses_none(tmp_path: Path, n: int) -> None:
    with empty() as project:
        many(project, n)

        report = export(project, tmp_path / "x", split=(80, 10, 10))

    assert sum(len(texts) for texts in texts_in(report.paths)) == n
    assert [path.name for path in report.paths] == ["x.train.jsonl", "x.validation.jsonl",
                                                    "x.test.jsonl"]  # fmt: skip


@pytest.mark.parametrize("split", [(80, 10), (100, 1), (-10, 110), (25, 25, 25, 25), (0, 0)])
def test_shares_that_make_no_hundred_are_refused(tmp_path: Path, split: tuple[int, ...]) -> None:
    with empty() as project, pytest.raises(UserError, match="bad_split"):
        export(project, tmp_path / "x", split=split)

    assert left_in(tmp_path) == []
