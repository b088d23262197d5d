"""Rows whose types are right and which cannot be: references, identities, schema, article."""

import pytest

from annotator.services import listing
from tests.formats.refusing import code_of, refused
from tests.formats.rows import (
    TEXT,
    bare,
    codes,
    empty,
    entity,
    example,
    exported,
    imported,
    placed,
    rows_of,
    span,
    stance,
)
from tests.projects import assert_sound, contents

SHORT = "قال بوتين شيئًا 😀"


# --- references ----------------------------------------------------------------------------------


@pytest.mark.parametrize("uid", ["", "E9", "S1", "Q1", "R1", "A1", "peace-talks", "E1 ", "e1"])
@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("events", ("arguments", 0, "filler")), ("relations", ("source",)),
        ("relations", ("target",)), ("stances", ("holder", "ref")),
    ],
)  # fmt: skip
def test_a_reference_to_nothing_or_to_what_has_no_place_is_refused(
    kind: str, path: tuple[str | int, ...], uid: str
) -> None:
    row = example(1)
    part = row[kind][0]
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = uid

    report = refused(row)

    assert codes(report) == ["unknown_label"]
    assert report.refused[0].trouble.data["uid"] == uid


@pytest.mark.parametrize("kind", ["entity", "event"])
def test_a_target_that_is_not_there_is_refused(kind: str) -> None:
    assert code_of(bare(SHORT, stances=[stance(target={"kind": kind, "ref": "x"})])) == (
        "unknown_label"
    )


@pytest.mark.parametrize("length", [1, 2, 3, 7])
def test_events_that_fill_each_other_in_a_circle_are_refused(length: int) -> None:
    events = [
        placed(
            f"v{n}",
            "MEET",
            "التقى",
            arguments=[{"role": "theme", "filler": f"v{(n + 1) % length}"}],
        )
        for n in range(length)
    ]

    assert code_of(example(1, events=events, stances=[], relations=[])) == "circle"


def test_a_long_chain_of_events_is_no_circle() -> None:
    length = 1200
    events = [
        {
            "uid": f"v{n}", "type": "MEET", "start": n * 4, "end": n * 4 + 3,
            "arguments": [{"role": "theme", "filler": f"v{n + 1}"}] if n < length - 1 else [],
        }
        for n in range(length)
    ]  # fmt: skip
    with empty() as project:
        assert imported(project, bare("قال " * length, events=events)).refused == ()

        (row,) = rows_of(exported(project))

    assert sum(len(event["arguments"]) for event in row["events"]) == length - 1


# --- identities ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [("entities", "entities"), ("entities", "events"), ("events", "answers"),
     ("stances", "relations"), ("relations", "answers")],
)  # fmt: skip
def test_a_uid_that_stands_twice_in_a_row_is_refused(first: str, second: str) -> None:
    row = example(1)
    row[second][-1]["uid"] = row[first][0]["uid"]

    report = refused(row)

    assert codes(report) == ["repeated_uid"]
    assert report.refused[0].trouble.data["uid"] == row[first][0]["uid"]


def test_an_attribute_that_stands_twice_is_refused_and_named() -> None:
    row = example(1)
    row["entities"][0]["attributes"] = [
        {"name": name, "value": "NAM"} for name in ("أول", "mention", "mention")
    ]

    report = refused(row)

    assert codes(report) == ["repeated_attribute"]
    assert report.refused[0].trouble.data["key"] == "mention"


@pytest.mark.parametrize("key", ["uid", "sha256"])
@pytest.mark.parametrize("value", ["0" * 64, "0" * 16, "x", "E3B0C44298FC1C14"])
def test_a_row_that_names_another_text_is_refused(key: str, value: str) -> None:
    row = example(1)
    row["article"][key] = value

    assert code_of(row) == "text_differs"


@pytest.mark.parametrize("name", ["\u202eسارة", " ", "ً", "س" * 81, "a\nb", "\u200b", "e\u0301"])
def test_nobody_can_be_called_what_cannot_be_seen(name: str) -> None:
    row = example(1)
    row["annotator"]["name"] = name

    assert code_of(row) == "bad_name"


@pytest.mark.parametrize("uid", ["x" * 65, "سارة", "a\nb", "a\x7f", "\ufeff", "lead"])
def test_an_annotators_uid_is_short_plain_and_not_the_role_of_the_lead(uid: str) -> None:
    row = example(1)
    row["annotator"]["uid"] = uid

    assert refused(row)


# --- the label schema ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("entities", ("type",)), ("events", ("type",)), ("events", ("arguments", 0, "role")),
        ("stances", ("value",)), ("relations", ("type",)), ("answers", ("question",)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["", "مجهول", "pers", "PERS ", "2025-05-06"])
def test_a_type_that_the_label_schema_lacks_is_refused(
    kind: str, path: tuple[str | int, ...], name: str
) -> None:
    row = example(1)
    part = row[kind][0]
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = name

    report = refused(row)

    assert codes(report) == ["unknown_type"]
    assert report.refused[0].trouble.data["detail"] == name


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda row: row["entities"][0].update(subtype="مجهول"), "unknown_subtype"),
        (lambda row: row["entities"][0]["attributes"][0].update(name="مجهول"), "unknown_attribute"),
        (lambda row: row["entities"][0]["attributes"][0].update(value="مجهول"), "unknown_value"),
        (lambda row: row["stances"][0]["target"].update(ref="مجهول"), "unknown_topic"),
        (lambda row: row["answers"][0].update(values=["مجهول"]), "unknown_value"),
        (lambda row: row["answers"][0].update(values=[]), "bad_values"),
        (lambda row: row["events"][0]["arguments"][0].update(role="cause"), "unknown_role"),
        (lambda row: row["events"][0].update(arguments=[]), "role_missing"),
        (lambda row: row["entities"].append({**row["entities"][2], "uid": "E9"}), "twin"),
        (lambda row: row["entities"][0].update(head=[span("ويتكوف", TEXT)]), "bad_head"),
        (lambda row: row["relations"][0].update(target="E1"), "circle"),
    ],
)
def test_what_only_breaks_the_label_schema_stands_and_is_listed_as_a_problem(
    change: object, code: str
) -> None:
    row = example(1)
    change(row)  # type: ignore[operator]
    with empty() as project:
        assert imported(project, row).refused == ()

        assert code in {problem["code"] for problem in listing.problems(project)}
        assert_sound(project)


def test_a_span_that_parts_a_letter_from_its_mark_stands_and_is_a_problem() -> None:
    text = "كان مُفيدًا"
    with empty() as project:
        imported(project, bare(text, entities=[entity("e", 4, 5)]))

        assert [found["code"] for found in listing.problems(project)] == ["inside_grapheme"]


# --- the article ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "meta",
    ["", "x", "[]", "1", "null", '"a"', '{"a":', "{'a':1}", '{"a":NaN}', '{"a":Infinity}',
     '{"a":1e999}', "{}{}", '{"a":1,}', "{" * 2000, '{"a":' * 2000 + "1" + "}" * 2000],
)  # fmt: skip
def test_meta_must_be_one_json_object(meta: str) -> None:
    row = example(1)
    row["article"]["meta"] = meta

    report = refused(row)

    assert codes(report) == ["wrong_type"]
    assert report.refused[0].trouble.data["where"] == "article.meta"


@pytest.mark.parametrize(
    "meta", ["{}", ' {"a" : [1, 2.50, null]} ', '{"a":1,"a":2}', '{"\\u0041":"\\ud83d\\ude00"}']
)
def test_meta_is_kept_as_it_was_written(meta: str) -> None:
    with empty() as project:
        row = example(1)
        row["article"]["meta"] = meta
        assert imported(project, row).refused == ()

        assert rows_of(exported(project))[0]["article"]["meta"] == meta


@pytest.mark.parametrize(
    "cuts", [[(0, 5), (4, 9)], [(5, 9), (0, 4)], [(0, 0)], [(-1, 4)], [(0, 10**6)], [(4, 1)]]
)
def test_regions_must_lie_in_the_text_in_order_without_overlapping(
    cuts: list[tuple[int, int]],
) -> None:
    regions = [{"start": start, "end": end, "role": "body"} for start, end in cuts]

    assert code_of(bare(SHORT, regions=regions)) == "bad_regions"


def test_a_region_has_a_role_of_the_list() -> None:
    regions = [{"start": 0, "end": 3, "role": "footer"}]

    assert code_of(bare(SHORT, regions=regions)) == "unknown_region_role"


def test_a_row_without_a_title_is_called_by_its_headline() -> None:
    regions = [
        {"start": 0, "end": 3, "role": "date"},
        {"start": 4, "end": 9, "role": "headline"},
        {"start": 10, "end": len(SHORT), "role": "body"},
    ]
    with empty() as project:
        imported(project, bare(SHORT, regions=regions))

        assert rows_of(exported(project))[0]["article"]["title"] == "بوتين"


def test_articles_and_layers_that_are_there_keep_what_they_say() -> None:
    with empty() as project:
        imported(project, example(1))
        before = contents(project)
        other = example(1, regions=[], suggestions="none", status="new")
        other["article"] |= {"title": "آخر", "source": "x", "meta": "{}", "language": "fa"}
        other["annotator"] = {"uid": "u-2", "name": "بدر", "kind": "human"}

        assert imported(project, other).refused == ()

        after = contents(project)
        same = ("articles", "texts", "regions", "settings")
        assert {name: after[name] for name in same} == {name: before[name] for name in same}


@pytest.mark.parametrize("version", ["hashiya/2", "hashiya/", "HASHIYA/1", "", "hashiya/1 "])
def test_another_format_is_refused_by_its_name(version: str) -> None:
    assert code_of(example(1, format=version)) == "bad_version"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_text"), (" \n\t\u00a0", "empty_text"), ("a\r\nb", "not_text"),
        ("a\rb", "not_text"), ("ا" * 1_000_001, "article_too_long"),
        ("ا" * 100_001, "paragraph_too_long"),
    ],
)  # fmt: skip
def test_a_text_that_no_article_can_hold_is_refused(text: str, code: str) -> None:
    assert code_of(bare(text)) == code


def test_a_text_at_the_limits_is_taken() -> None:
    text = ("ا" * 99_999 + "\n") * 10
    with empty() as project:
        assert imported(project, bare(text), bare("ب" * 100_000)).added == 2
