"""Export: which layers and labels go out."""

import io
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
)
from tests.formats.team import team
from tests.test_files import left_in


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
