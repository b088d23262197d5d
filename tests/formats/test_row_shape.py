"""The row of `hashiya/1`: keys, their order and types, spelling, and the order of what is in it."""

import json

import pytest

from tests.formats import shape
from tests.formats.readings import SCHEMA
from tests.formats.rows import (
    SARA,
    TEXT,
    bare,
    empty,
    entity,
    example,
    exported,
    imported,
    placed,
    rows_of,
    span,
)


def test_a_row_has_the_keys_the_order_and_the_types_of_the_interface() -> None:
    with empty() as project:
        assert imported(project, example()).refused == ()

        (row,) = rows_of(exported(project))

    assert shape.misfits(row) == []
    assert shape.misfits(row["entities"][0], shape.ENTITY) == []
    assert any(label["votes"] and label["head"] for label in row["entities"])
    assert row["stances"][0]["evidence"]
    assert row["events"][0]["arguments"][0]["votes"]


def test_a_row_without_any_label_has_every_key_too() -> None:
    with empty() as project:
        imported(project, bare("خبر"))

        (row,) = rows_of(exported(project))

    assert shape.misfits(row) == []
    assert (row["entities"], row["answers"], row["status"]) == ([], [], "new")


def test_what_is_derived_is_told_of_the_article_the_schema_and_the_words() -> None:
    with empty() as project:
        imported(project, example())
        (row,) = rows_of(exported(project))
        schema = project.label_schema

    assert row["schema"] == {"name": "everything", "version": "1", "digest": schema.digest}
    spread = next(label for label in row["entities"] if len(label["spans"]) == 2)
    assert spread["quote"] == "المبعوث ويتكوف"
    assert [part["quote"] for part in spread["spans"]] == ["المبعوث", "ويتكوف"]
    assert (spread["pre"], spread["post"]) == ("", "")
    assert row["stances"][0]["holder"]["text"] == "الكرملين"
    assert row["stances"][0]["target"]["text"] == "محادثات السلام"
    assert row["events"][1]["arguments"][0]["quote"] == "التقى"


def test_clitics_outside_a_label_are_told_so_that_both_habits_can_be_trained() -> None:
    text = "قال وبوتينهم، أمس"
    with empty() as project:
        imported(project, bare(text, entities=[entity("e", 5, 10)]))

        (label,) = rows_of(exported(project))[0]["entities"]

    assert (label["quote"], label["pre"], label["post"]) == ("بوتين", "و", "هم")
    assert text[label["word_start"] : label["word_end"]] == "وبوتينهم،"


@pytest.mark.parametrize("character", shape.ESCAPED)
def test_what_breaks_lines_or_turns_them_is_written_as_an_escape(character: str) -> None:
    text = f"قال{character}بوتين"
    with empty() as project:
        imported(project, bare(text, entities=[entity("e", 0, 4, note=character)]))

        line = exported(project)

    assert character not in line.decode()
    assert line.count(f"\\u{ord(character):04x}".encode()) == 4  # text, quote, quote of span, note
    assert json.loads(line)["text"] == text


@pytest.mark.parametrize(
    "character", ["ب", "😀", "\u0640", "\u064e", "\u00a0", "\u200b", "\u200c", "\u200d", "\u2060",
                  "\u2027", "\u202f", "\u2065", "\u206a", "\u0084", "\u0086", "\u061b", "\u061d",
                  "\ufffe", "\u007f", "/", "<", "'"]
)  # fmt: skip
def test_all_else_is_written_as_it_is(character: str) -> None:
    with empty() as project:
        imported(project, bare(f"قال{character}بوتين"))

        assert f'"text":"قال{character}بوتين"'.encode() in exported(project)


def test_lines_end_in_a_line_feed_only_and_begin_with_no_mark() -> None:
    with empty() as project:
        imported(project, example(1), example(2))

        data = exported(project)

    assert data.startswith(b'{"format":"hashiya/1","article":{"uid":"')
    assert data.endswith(b"}\n")
    assert data.count(b"\n") == 2
    assert b"\r" not in data
    assert b": " not in data.replace(b'": ', b"")


@pytest.mark.parametrize("thousandths", [0, 1, 7, 29, 375, 999, 1000])
def test_confidence_is_a_number_of_thousandths_written_as_a_float(thousandths: int) -> None:
    origin = {"by": "suggestion", "source": "x", "confidence": thousandths / 1000}
    with empty() as project:
        imported(project, bare("خبر", entities=[entity("e", 0, 3, origin=origin)]))

        (label,) = rows_of(exported(project))[0]["entities"]

    assert label["origin"] == origin
    assert type(label["origin"]["confidence"]) is float


def test_rows_are_ordered_by_article_then_kind_of_annotator_then_uid() -> None:
    readers = [
        {"uid": f"{uid}-{kind}", "name": f"{kind} {uid}", "kind": kind}
        for kind in ("gold", "machine", "human")
        for uid in ("z", "A", "a")
    ]
    with empty() as project:
        imported(project, *[example(n, annotator=reader) for reader in readers for n in (3, 1, 2)])

        rows = rows_of(exported(project))

    assert len(rows) == 27
    assert shape.disorder(rows, SCHEMA.role_order) == []
    assert [row["annotator"]["kind"] for row in rows[:9]] == sorted(
        ["human", "machine", "gold"] * 3, key=("human", "machine", "gold").index
    )
    assert [row["annotator"]["uid"] for row in rows[:3]] == ["A-human", "a-human", "z-human"]


def test_entities_are_ordered_by_start_then_the_longest_then_type_then_uid() -> None:
    uid = "E0000000000000{}".format
    entities = [
        entity(uid(1), 4, 6), entity(uid(2), 0, 3), entity(uid(3), 0, 6), entity(uid(5), 0, 3),
        entity(uid(4), 0, 3, "GPE"),
    ]  # fmt: skip
    with empty() as project:
        imported(project, bare("قال بوتين", entities=entities))

        found = [label["uid"][-1] for label in rows_of(exported(project))[0]["entities"]]

    assert found == ["3", "4", "2", "5", "1"]


def test_arguments_are_ordered_by_the_schema_then_start_then_uid() -> None:
    arguments = [
        {"uid": f"A{n:014}", "role": role, "filler": filler}
        for n, (role, filler) in enumerate(
            [("theme", "E3"), ("place", "E1"), ("actor", "E1"), ("actor", "E3"), ("actor", "E3")]
        )
    ]
    row = example(events=[placed("V1", "MEET", "التقى", arguments=arguments)])
    row["stances"] = []
    with empty() as project:
        assert imported(project, row).refused == ()

        (event,) = rows_of(exported(project))[0]["events"]

    told = [(one["role"], one["quote"], int(one["uid"][1:])) for one in event["arguments"]]
    assert told == [
        ("actor", "الكرملين", 3), ("actor", "الكرملين", 4), ("actor", "بوتين", 2),
        ("place", "بوتين", 1), ("theme", "الكرملين", 0),
    ]  # fmt: skip


def test_stances_are_ordered_by_target_then_holder_then_uid() -> None:
    author = {"kind": "author", "ref": "", "text": ""}
    parties = [
        (author, {"kind": "topic", "ref": "vaccines"}),
        (author, {"kind": "topic", "ref": "peace-talks"}),
        ({"kind": "entity", "ref": "E3"}, {"kind": "entity", "ref": "E1"}),
        (author, {"kind": "entity", "ref": "E1"}),
        (author, {"kind": "event", "ref": "V1"}),
    ]
    stances = [
        {"uid": f"S{n:014}", "holder": holder, "target": target, "value": "favor"}
        for n, (holder, target) in enumerate(parties)
    ]
    with empty() as project:
        assert imported(project, example(stances=stances)).refused == ()

        (row,) = rows_of(exported(project))

    assert [int(stance["uid"][1:]) for stance in row["stances"]] == [3, 2, 4, 1, 0]
    assert row["stances"][3]["holder"] == author


def test_relations_and_answers_are_ordered_by_what_they_are_then_uid() -> None:
    relations = [
        {"uid": f"R{n:014}", "type": kind, "source": "E1", "target": "E3"}
        for n, kind in enumerate(["same_as", "part_of", "part_of"])
    ]
    answers = [
        {"uid": f"Q{n:014}", "question": question, "values": [value]}
        for n, (question, value) in enumerate(
            [("summary", "خبر"), ("genre", "report"), ("quality", "3"), ("genre", "opinion")]
        )
    ]
    with empty() as project:
        imported(project, example(relations=relations, answers=answers))

        (row,) = rows_of(exported(project))

    assert [int(item["uid"][1:]) for item in row["relations"]] == [1, 2, 0]
    assert [int(item["uid"][1:]) for item in row["answers"]] == [1, 3, 2, 0]


def test_the_type_after_renaming_is_exported() -> None:
    with empty() as project:
        imported(project, bare("بوتين", entities=[entity("e", 0, 5, "PER")]))

        (row,) = rows_of(exported(project))

    assert row["entities"][0]["type"] == "PERS"


def test_the_annotator_keeps_uid_name_and_kind() -> None:
    reader = {"uid": "crf-7", "name": "آلة", "kind": "machine"}
    with empty() as project:
        imported(project, bare("خبر", annotator=reader), bare("نبأ", annotator=dict(SARA)))

        found = {row["text"]: row["annotator"] for row in rows_of(exported(project))}

    assert found == {"خبر": reader, "نبأ": SARA}


def test_the_example_of_these_tests_is_sound() -> None:
    row = example()

    assert span("بوتين") in [row["entities"][0]["spans"][0]]
    assert row["text"].startswith(TEXT)
