"""Export: which layers and labels go out, into which files, and that files are whole or the old."""

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.errors import UserError
from annotator.core.model import Region
from annotator.services import projectwide
from annotator.services.exporting import export
from annotator.store.project import Project
from tests.formats import shape
from tests.formats.rows import (
    Row,
    bare,
    empty,
    entity,
    example,
    exported,
    imported,
    rows_of,
    span,
    spelled,
    written,
)
from tests.formats.test_files import left_in, small_disk
from tests.projects import assert_sound, contents

READERS = [
    {"uid": "u-sara", "name": "سارة", "kind": "human"},
    {"uid": "u-badr", "name": "بدر", "kind": "human"},
    {"uid": "m", "name": "ذاكرة", "kind": "machine"},
    {"uid": "g", "name": "الذهب", "kind": "gold"},
]
STATUSES = ["done", "started", "done", "skipped"]


def team(project: Project) -> None:
    """Import two articles, each read by four annotators."""
    rows = [
        example(number, annotator=reader, status=status)
        for number in (1, 2)
        for reader, status in zip(READERS, STATUSES, strict=True)
    ]
    assert imported(project, *rows).layers == 8


def told(project: Project, **options: Any) -> tuple[list[Row], dict[str, int]]:  # noqa: ANN401
    """Return the rows of an export and what it left out; a file and a stream are the same."""
    stream = io.BytesIO()
    report = export(project, None, stream=stream, **options)
    path = project.path.parent / "told.jsonl"
    assert export(project, path, **options).rows == report.rows
    assert path.read_bytes() == stream.getvalue()
    rows = rows_of(stream.getvalue())
    assert len(rows) == report.rows
    return rows, report.left_out


# --- which rows ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("all", ["سارة", "بدر", "ذاكرة", "الذهب"]), ("gold", ["الذهب"]), ("سارة", ["سارة"]),
        ("سَارة", ["سارة"]), ("u-badr", ["بدر"]), ("ذاكرة", ["ذاكرة"]),
    ],
)  # fmt: skip
def test_who_chooses_the_annotator_however_the_name_is_spelled(who: str, names: list[str]) -> None:
    with empty() as project:
        team(project)

        rows, left_out = told(project, who=who)

    assert sorted(row["annotator"]["name"] for row in rows) == sorted(names * 2)
    assert left_out == {}


def test_nobody_of_that_name_is_refused_and_an_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"old")
    with empty() as project:
        team(project)

        with pytest.raises(UserError, match="unknown_annotator"):
            export(project, path, who="زينب")

    assert path.read_bytes() == b"old"


def test_only_done_layers_go_out_where_that_is_asked_and_the_others_are_counted() -> None:
    with empty() as project:
        team(project)

        rows, left_out = told(project, status="done")
        sara, of_sara = told(project, status="done", who="سارة")
        badr, of_badr = told(project, status="done", who="بدر")

    assert {row["status"] for row in rows} == {"done"}
    assert (len(rows), left_out) == (4, {"not_done": 4})
    assert (len(sara), of_sara) == (2, {})
    assert (len(badr), of_badr) == (0, {"not_done": 2})


def test_articles_are_named_by_uid_or_by_sha256() -> None:
    with empty() as project:
        team(project)
        imported(project, example(3))
        sha256 = example(2)["article"]["sha256"]

        rows, left_out = told(project, articles=[sha256])
        again, _ = told(project, articles=[sha256[:16]])
        both, _ = told(project, articles=[sha256, example(1)["article"]["uid"]])

        with pytest.raises(UserError, match="unknown_article"):
            told(project, articles=["0" * 16])

    assert {row["article"]["sha256"] for row in rows} == {sha256}
    assert (rows, left_out) == (again, {})
    assert len(both) == 8


def test_withdrawn_articles_do_not_go_out() -> None:
    with empty() as project:
        team(project)
        projectwide.withdraw(project, example(1)["article"]["sha256"])

        rows, _ = told(project)

        assert {row["text"] for row in rows} == {example(2)["text"]}
        assert told(project, articles=[example(1)["article"]["sha256"]])[0] == []


def test_no_rows_are_an_empty_file_with_a_features_file(tmp_path: Path) -> None:
    with empty() as project:
        report = export(project, tmp_path / "x.jsonl")

    assert (report.rows, report.paths) == (0, (tmp_path / "x.jsonl",))
    assert (tmp_path / "x.jsonl").read_bytes() == b""
    assert left_in(tmp_path) == ["x.jsonl", "x.jsonl.features.json"]


def test_exporting_changes_nothing_in_the_project() -> None:
    with empty() as project:
        team(project)
        before = project.path.read_bytes()

        told(project)
        told(project, types=["PERS"], annotatable=True, status="done")

        assert project.path.read_bytes() == before


def test_a_format_that_we_do_not_write_is_refused(tmp_path: Path) -> None:
    with empty() as project:
        for name in ("text", "conll", ""):
            with pytest.raises(UserError, match="unknown_format"):
                export(project, tmp_path / "x", format=name)
        assert export(project, tmp_path / "x", format="hashiya/1").rows == 0


# --- which labels --------------------------------------------------------------------------------


def counted(row: Row) -> dict[str, int]:
    """Return how many labels of each kind a row has."""
    kinds = ("entities", "events", "stances", "relations", "answers")
    found = {kind: len(row[kind]) for kind in kinds if row[kind]}
    arguments = sum(len(event["arguments"]) for event in row["events"])
    return {**found, **({"arguments": arguments} if arguments else {})}


@pytest.mark.parametrize(
    ("types", "kept", "left_out"),
    [
        (["PERS"], {"entities": 2}, {"other_types": 7, "points_to_left_out": 2}),
        (["PERS", "MEET"], {"entities": 2, "events": 1, "arguments": 1},
         {"other_types": 6, "points_to_left_out": 1}),
        (["MEET", "ATTACK"], {"events": 2, "arguments": 1},
         {"other_types": 7, "points_to_left_out": 1}),
        (["PERS", "same_as"], {"entities": 2}, {"other_types": 6, "points_to_left_out": 3}),
        (["PERS", "GPE", "same_as", "favor", "genre"],
         {"entities": 3, "relations": 1, "stances": 1, "answers": 1},
         {"other_types": 3, "points_to_left_out": 2}),
        (["favor"], {}, {"other_types": 8, "points_to_left_out": 3}),
        (["summary"], {"answers": 1}, {"other_types": 8, "points_to_left_out": 2}),
        (["ORG"], {}, {"other_types": 9, "points_to_left_out": 2}),
    ],
)  # fmt: skip
def test_types_leave_the_rest_out_and_whatever_points_to_it(
    types: list[str], kept: dict[str, int], left_out: dict[str, int]
) -> None:
    with empty() as project:
        imported(project, example(1))

        (row,), found = told(project, types=types)

        assert (counted(row), found) == (kept, left_out)
        assert shape.misfits(row) == []
        with empty("other") as second:
            assert imported(second, row).refused == ()


def test_a_type_that_the_label_schema_lacks_is_refused() -> None:
    with empty() as project:
        imported(project, example(1))
        for name in ("مجهول", "", "actor", "pers"):
            with pytest.raises(UserError, match="unknown_type"):
                exported(project, types=[name])


def test_a_type_may_be_asked_for_by_the_name_it_had_before_it_was_renamed() -> None:
    with empty() as project:
        imported(project, bare("بوتين", entities=[entity("e", 0, 5, "PER")]))

        (row,), left_out = told(project, types=["PERS"])

    assert (len(row["entities"]), left_out) == (1, {})


def test_annotatable_leaves_out_labels_that_are_not_wholly_in_annotatable_regions() -> None:
    with empty() as project:
        imported(project, example(1))
        sha256 = example(1)["article"]["sha256"]
        cut = span("المبعوث")["end"]
        whole = len(example(1)["text"])
        regions = [Region(0, 5, "nav"), Region(5, cut, "body"), Region(cut, whole, "related")]
        projectwide.set_regions(project, sha256, regions)

        (row,), left_out = told(project, annotatable=True)
        (everything,), nothing = told(project)

    assert [label["quote"] for label in row["entities"]] == ["الكرملين", "بوتين"]
    assert [label["quote"] for label in row["events"]] == ["التقى"]
    assert counted(row) == {"entities": 2, "events": 1, "arguments": 1, "relations": 1,
                            "answers": 2}  # fmt: skip
    assert left_out == {"not_annotatable": 3, "points_to_left_out": 1}
    assert (counted(everything)["entities"], nothing) == (3, {})
    assert [region["role"] for region in row["regions"]] == ["nav", "body", "related"]


def test_a_label_over_two_annotatable_regions_that_touch_is_inside() -> None:
    text = "عنوان\nمتن الخبر"
    with empty() as project:
        imported(project, bare(text, entities=[entity("e", 0, 9), entity("f", 6, 9)]))
        (sha256,) = project.connection.execute("SELECT sha256 FROM articles").fetchone()
        for gap, n in ((0, 2), (1, 1)):
            regions = [Region(0, 6 - gap, "headline"), Region(6, len(text), "body")]
            projectwide.set_regions(project, sha256, regions)

            assert len(told(project, annotatable=True)[0][0]["entities"]) == n


@given(st.lists(st.sampled_from(["PERS", "ORG", "GPE", "MEET", "ATTACK", "favor", "same_as",
                                 "genre", "summary"]), unique=True, min_size=1))  # fmt: skip
@settings(deadline=None, max_examples=25)
def test_whatever_the_types_nothing_points_to_what_is_left_out_and_all_is_counted(
    types: list[str],
) -> None:
    with empty() as project:
        imported(project, example(1))

        (row,), left_out = told(project, types=types)

    named = {label["uid"] for label in row["entities"] + row["events"]}
    pointed = {item["filler"] for event in row["events"] for item in event["arguments"]}
    pointed |= {item[end] for item in row["relations"] for end in ("source", "target")}
    pointed |= {item["holder"]["ref"] for item in row["stances"]}
    assert pointed <= named
    assert sum(counted(row).values()) + sum(left_out.values()) == 11


# --- splits --------------------------------------------------------------------------------------


def many(project: Project, n: int) -> None:
    """Import `n` articles, each read by two."""
    rows = [
        bare(f"خبر {number}", annotator=reader) for number in range(n) for reader in READERS[:2]
    ]
    assert imported(project, *rows).layers == 2 * n


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


# --- where it goes -------------------------------------------------------------------------------


class Stopping:
    """Progress of a person who stops at the second row."""

    cancelled = False

    def advance(self, done: int, total: int) -> None:
        self.cancelled = done == 2
        assert total == 8


def test_an_export_that_is_stopped_leaves_the_old_files(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"old")
    with empty() as project:
        team(project)

        with pytest.raises(UserError, match="cancelled"):
            export(project, path, progress=Stopping())

    assert path.read_bytes() == b"old"
    assert left_in(tmp_path) == ["x.jsonl"]


@pytest.mark.parametrize("which", ["x.jsonl", "x.jsonl.features.json"])
def test_where_either_file_cannot_be_written_both_stay_as_they_were(
    tmp_path: Path, which: str
) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"old")
    (tmp_path / which).unlink(missing_ok=True)
    (tmp_path / which).mkdir()
    with empty() as project:
        team(project)

        with pytest.raises(UserError, match="is_a_folder"):
            export(project, path)

    assert left_in(tmp_path) == sorted({"x.jsonl", which})
    assert path.is_dir() or path.read_bytes() == b"old"


def test_where_one_file_of_a_split_cannot_be_written_none_is_replaced(tmp_path: Path) -> None:
    for name in ("train", "validation"):
        (tmp_path / f"x.{name}.jsonl").write_bytes(b"old")
    (tmp_path / "x.test.jsonl").mkdir()
    with empty() as project:
        team(project)

        with pytest.raises(UserError, match="is_a_folder"):
            export(project, tmp_path / "x.jsonl", split=(80, 10, 10))

    assert (tmp_path / "x.train.jsonl").read_bytes() == b"old"
    assert (tmp_path / "x.validation.jsonl").read_bytes() == b"old"


@pytest.mark.parametrize("how", ["path", "link", "hard link"])
def test_an_export_does_not_replace_the_project_itself(tmp_path: Path, how: str) -> None:
    with empty() as project:
        team(project)
        before = contents(project)
        path = project.path
        if how == "link":
            path = tmp_path / "x.jsonl"
            path.symlink_to(project.path)
        elif how == "hard link":
            path = project.path.with_name("x.jsonl")
            path.hardlink_to(project.path)
        with contextlib.suppress(UserError):
            export(project, path)

        with Project.open(project.path) as again:
            assert contents(again) == before
        if how == "path":
            with pytest.raises(UserError):
                export(project, path)


def test_on_a_full_disk_the_old_export_stays() -> None:
    rows = spelled(*(bare(f"خبر {number} " * 500) for number in range(400)))
    with small_disk() as folder, empty() as project:
        path = folder / "x.jsonl"
        path.write_bytes(b"old")
        imported(project, *rows_of(rows))

        with pytest.raises(UserError, match="disk_full"):
            export(project, path)

        assert path.read_bytes() == b"old"
        assert left_in(folder) == ["x.jsonl"]


def test_the_project_may_be_read_only() -> None:
    with empty() as project:
        team(project)
        data = exported(project)
        project.path.chmod(0o400)
        with Project.open(project.path) as again:
            assert exported(again) == data


MEMORY = """
import io, resource, sys
from pathlib import Path
from annotator.services.exporting import export
from annotator.store.project import Project
class Nowhere(io.RawIOBase):
    def write(self, data): return len(data)
with Project.open(Path(sys.argv[1])) as project:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    n = export(project, None, stream=Nowhere()).rows
print(n, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows counts memory otherwise")
def test_memory_does_not_grow_with_the_number_of_rows() -> None:
    peaks = {}
    for n in (200, 2000):
        with empty() as project:
            text, labels = "قال بوتين " * 600, [entity(f"e{k}", 4, 9) for k in range(5)]
            rows = (bare(f"{text}{number}", entities=labels) for number in range(n))
            written(project.path.parent, *rows)
            imported(project, *rows_of((project.path.parent / "rows.jsonl").read_bytes()))
            command = [sys.executable, "-c", MEMORY, str(project.path)]
            ran = subprocess.run(command, capture_output=True, text=True, check=True)
        found, peaks[n] = map(int, ran.stdout.split())
        assert found == n

    assert peaks[2000] < peaks[200] + 24_000, peaks


class Adding:
    """Progress during which somebody imports rows into the same file, on another connection."""

    cancelled = False

    def __init__(self, path: Path) -> None:
        self._path = path

    def advance(self, done: int, total: int) -> None:
        if done % 100 == 1:
            with Project.open(self._path) as other:
                imported(other, *(bare(f"جديد {done} {number}") for number in range(20)))


@pytest.mark.parametrize("split", [(), (80, 20)])
def test_an_export_during_which_articles_come_is_of_sound_rows(split: tuple[int, ...]) -> None:
    with empty() as project:
        many(project, 300)

        path = project.path.parent / "out.jsonl"
        report = export(project, path, split=split, progress=Adding(project.path))

        rows = [row for one in report.paths for row in rows_of(one.read_bytes())]
        assert len(rows) == report.rows >= 600
        assert all(shape.misfits(row) == [] for row in rows)
        assert_sound(project)
