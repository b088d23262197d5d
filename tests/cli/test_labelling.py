"""`hashiya apply`, `hashiya undo` and `hashiya redo`."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import PYTHON, Ran, article_in, hashiya, lines

BAD: dict[str, Any] = {"do": "remove", "uid": "E00000000000000"}


@pytest.fixture
def entity(project_file: Path) -> dict[str, Any]:
    """Return a gesture that labels بوتين."""
    article = article_in(project_file)
    return {"do": "add_entity", "article": article, "start": 6, "end": 11, "type": "PERS"}


def apply(file: Path, *words: object, given: bytes = b"", lang: str = "en") -> Ran:
    return hashiya("apply", file, "--as", "سارة", *words, given=given, lang=lang)


def labels(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hashiya("labels", file, "--json").told["labels"]
    return found


# --- apply --------------------------------------------------------------------------------------


def test_each_line_is_answered_by_a_line(project_file: Path, entity: dict[str, Any]) -> None:
    done = {"do": "set_status", "article": entity["article"], "status": "done"}

    ran = apply(project_file, given=lines(entity, done))

    assert (ran.code, ran.err) == (0, "")
    first, second = ran.rows
    assert first["ok"] is True
    assert first["ops"] == [first["op"]]
    assert [label["uid"] for label in labels(project_file)] == first["uids"]
    assert second["uids"] == []


def test_a_refused_line_changes_nothing_and_the_next_is_served(
    project_file: Path, entity: dict[str, Any]
) -> None:
    ran = apply(project_file, given=lines(BAD, entity))

    assert ran.code == 1
    assert [row["ok"] for row in ran.rows] == [False, True]
    assert set(ran.rows[0]) == {"ok", "error", "message", "line"}
    assert ran.err == "Refused: 1 of 2. Nothing was changed by them.\n"


def test_strict_stops_at_the_first_refused_line(project_file: Path, entity: dict[str, Any]) -> None:
    ran = apply(project_file, "--strict", given=lines(BAD, entity))

    assert ran.code == 1
    assert [row["ok"] for row in ran.rows] == [False]
    assert labels(project_file) == []


def test_answers_are_ascii_in_the_language_asked_for(project_file: Path) -> None:
    ran = apply(project_file, given=lines(BAD), lang="ar")

    assert ran.out.isascii()
    assert "لا وسم باسم" in ran.rows[0]["message"]
    assert ran.rows[0]["error"] == "unknown_label"


@pytest.mark.parametrize("source", ["-", None])
def test_gestures_come_from_stdin_or_a_file(
    project_file: Path, tmp_path: Path, entity: dict[str, Any], source: str | None
) -> None:
    path = tmp_path / "gestures.jsonl"
    path.write_bytes(lines(entity))

    assert apply(project_file, *([source] if source else []), given=lines(entity)).code == 0
    assert apply(project_file, path).rows[0]["error"] == "twin"


def test_apply_without_a_line_does_nothing(project_file: Path) -> None:
    assert apply(project_file) == Ran(0, "", "")


@pytest.mark.parametrize(
    ("words", "error"), [(["gone.jsonl"], "no_such_file"), (["."], "is_a_folder")], ids=str
)
def test_gestures_that_cannot_be_read_are_told(
    project_file: Path, words: list[str], error: str
) -> None:
    ran = apply(project_file, *words, "--json")

    assert (ran.code, ran.told["error"]) == (2, error)


def test_a_name_that_cannot_be_one_is_told(project_file: Path, entity: dict[str, Any]) -> None:
    ran = hashiya("apply", project_file, "--as", " ", given=lines(entity))

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("A name needs a letter")
    assert "What came before" not in ran.err


def test_each_line_is_answered_before_the_next_is_needed(
    project_file: Path, entity: dict[str, Any]
) -> None:
    process = subprocess.Popen(
        [*PYTHON, "apply", str(project_file), "--as", "سارة"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(lines(entity))
    process.stdin.flush()
    made = json.loads(process.stdout.readline())["uids"][0]
    process.stdin.write(lines({"do": "remove", "uid": made}))
    process.stdin.flush()
    removed = json.loads(process.stdout.readline())["uids"]
    out, err = process.communicate(timeout=60)

    assert removed == [made]
    assert (out, err, process.returncode) == (b"", b"", 0)


def test_when_nobody_reads_the_answers_no_further_line_is_served(
    project_file: Path, entity: dict[str, Any]
) -> None:
    process = subprocess.Popen(
        [*PYTHON, "apply", str(project_file), "--as", "سارة"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    _, err = process.communicate(lines(entity, {**entity, "type": "ORG"}), timeout=60)

    assert (process.returncode, err) == (1, b"")
    assert len(labels(project_file)) == 1


# --- undo and redo ------------------------------------------------------------------------------


def test_undo_and_redo_go_back_and_forth(labelled_file: Path) -> None:
    words = ["--as", "سارة", "--article", article_in(labelled_file)]
    before = labels(labelled_file)

    undone = hashiya("undo", labelled_file, *words, "--json").told
    between = labels(labelled_file)
    redone = hashiya("redo", labelled_file, *words, "--json").told

    assert undone["ops"] == [undone["op"]]
    assert undone["uids"] == redone["uids"] == [before[-1]["uid"]]
    assert len(between) == len(before) - 1
    assert labels(labelled_file) == before


def test_a_whole_gesture_is_undone_by_its_name(labelled_file: Path) -> None:
    gesture = hashiya("history", labelled_file, "--json").told["history"][-1]["gesture"]

    ran = hashiya("undo", labelled_file, "--as", "سارة", "--gesture", gesture, lang="ar")

    assert ran.code == 0
    assert ran.out == "جرى التراجع.\nما تغيّر: وسم واحد.\n"


@pytest.mark.parametrize("kind", ["undo", "redo"])
def test_without_a_name_it_is_said_whose_the_gesture_is(labelled_file: Path, kind: str) -> None:
    gesture = hashiya("history", labelled_file, "--json").told["history"][-1]["gesture"]
    by_lead = hashiya("noise-lines", labelled_file, "--add", "اقرأ أيضا", "--json").told["gesture"]

    for name, who in ((gesture, "سارة"), (by_lead, "lead")):
        ran = hashiya(kind, labelled_file, "--gesture", name)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"“--as” is missing. This gesture was done as: {who}.\n")

    missing = hashiya(kind, labelled_file, "--article", "x")
    assert (missing.code, missing.err.splitlines()[0]) == (2, "“--as” is missing.")
    assert hashiya(kind, labelled_file, "--gesture", "x", "--json").told["error"] == (
        "unknown_gesture"
    )
    assert hashiya("undo", labelled_file, "--gesture", by_lead, "--as", "lead").code == 0


@pytest.mark.parametrize("kind", ["undo", "redo"])
def test_where_there_is_nothing_to_take_back_it_is_told(project_file: Path, kind: str) -> None:
    apply(project_file, given=lines({"do": "remove", "uid": "E"}))
    words = ["--as", "سارة", "--article", article_in(project_file), "--json"]

    ran = hashiya(kind, project_file, *words)

    assert (ran.code, ran.told["error"]) == (1, f"nothing_to_{kind}")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["--as", "منى", "--article", "x"], "unknown_annotator"),
        (["--as", "سارة", "--article", "x"], "unknown_article"),
        (["--as", "سارة", "--gesture", "x"], "unknown_gesture"),
    ],
    ids=str,
)
def test_who_and_what_must_be_there(labelled_file: Path, words: list[str], error: str) -> None:
    ran = hashiya("undo", labelled_file, *words, "--json")

    assert (ran.code, ran.told["error"], ran.told["saved"]) == (2, error, "nothing")
