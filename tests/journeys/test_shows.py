"""The journey of a reading: articles in, labels from a file, all of it undone, all of it redone."""

import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator import paths
from annotator.core.errors import UserError
from annotator.core.model import Layer
from annotator.services import annotators, labelling, projects, undoing
from annotator.services.applying import apply_lines
from annotator.services.importing import import_sources
from annotator.store.project import Project
from tests.cli.running import hashiya, program
from tests.formats.rows import Row, exported, rows_of
from tests.projects import assert_sound, quick_folder

SEEDS = paths.seeds()
ARTICLES = SEEDS / "articles"
A1, A2 = SEEDS / "labels" / "a1.jsonl", SEEDS / "labels" / "a2.jsonl"
LINES = {"a1": 609, "a2": 550, "a3": 750}
LABELS = {
    "a1": {"entity": 310, "event": 66, "argument": 176, "stance": 18, "relation": 15, "answer": 20},
    "a2": {"entity": 289, "event": 60, "argument": 155, "stance": 14, "relation": 8, "answer": 20},
}


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as path:
        yield path


def sha256s(project: Project) -> list[str]:
    """Return the articles in the order in which they came."""
    return [row[0] for row in project.connection.execute("SELECT sha256 FROM articles ORDER BY id")]


# --- by services ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "n_done"), [("a1", 4), ("a3", 5)])
def test_a_reading_is_undone_to_the_byte_and_redone_to_the_byte(
    folder: Path, name: str, n_done: int
) -> None:
    path = folder / "p.hashiya"
    projects.new(path)
    with Project.open(path) as project:
        assert import_sources(project, [ARTICLES]).added == 5
        reader = annotators.ensure(project, name)
        layers = [project.layer(sha256, reader.uid) for sha256 in sha256s(project)]
        for layer in layers:
            labelling.set_status(project, layer, "started")
        first = exported(project)
        done = applied(project, name, SEEDS / "labels" / f"{name}.jsonl")
        second = exported(project)

        for layer in layers:
            for _ in range(done[layer.article]):
                undoing.undo(project, layer)

        assert exported(project) == first
        assert [row["status"] for row in rows_of(first)] == ["started"] * 5
        assert_sound(project)

        for layer in layers:
            assert redone(project, layer) == done[layer.article]

        assert exported(project) == second
        statuses = [row["status"] for row in rows_of(second)]
        assert sorted(statuses) == ["done"] * n_done + ["started"] * (5 - n_done)
        assert_sound(project)


def applied(project: Project, name: str, gestures: Path) -> dict[str, int]:
    """Apply a file of gestures; return how many operations each article got."""
    found: dict[str, int] = {}
    with gestures.open("rb") as lines:
        for answered in apply_lines(project, name, lines):
            assert answered.trouble is None
            for operation in answered.operations:
                article = operation.scope.article
                found[article] = found.get(article, 0) + 1
    assert sum(found.values()) == LINES[name]
    return found


def undone(project: Project, layer: Layer) -> int:
    """Undo in a layer until there is nothing left; return how often."""
    return _until_refused(lambda: undoing.undo(project, layer), "nothing_to_undo")


def redone(project: Project, layer: Layer) -> int:
    """Redo in a layer until there is nothing left; return how often."""
    return _until_refused(lambda: undoing.redo(project, layer), "nothing_to_redo")


def _until_refused(do: Callable[[], object], code: str) -> int:
    for n in itertools.count():
        try:
            do()
        except UserError as trouble:
            assert trouble.code == code  # noqa: PT017
            return n
    raise AssertionError


def test_undoing_goes_back_past_the_first_label_to_a_layer_that_nobody_began(folder: Path) -> None:
    path = folder / "p.hashiya"
    projects.new(path)
    with Project.open(path) as project:
        import_sources(project, [ARTICLES])
        done = applied(project, "a1", A1)
        second = exported(project)
        a1 = annotators.named(project, "a1")
        for name in sha256s(project):
            layer = project.layer(name, a1.uid)
            assert undone(project, layer) == done[name]
            assert (project.labels(layer), project.layer(name, a1.uid).status) == ([], "new")

    with Project.open(path) as project:  # what was undone can be redone by the next run too
        for name in sha256s(project):
            layer = project.layer(name, a1.uid)
            assert redone(project, layer) == done[name]
        assert exported(project) == second
        assert_sound(project)


def test_two_readers_undo_each_their_own(folder: Path) -> None:
    path = folder / "p.hashiya"
    projects.new(path)
    with Project.open(path) as project:
        import_sources(project, [ARTICLES])
        applied(project, "a1", A1)
        alone = exported(project)
        applied(project, "a2", A2)
        a2 = annotators.named(project, "a2")

        for name in sha256s(project):
            layer = project.layer(name, a2.uid)
            assert undone(project, layer) > 0

        assert exported(project, who="a1") == alone
        assert [row["entities"] for row in rows_of(exported(project, who="a2"))] == [[]] * 5
        assert_sound(project)


# --- by the command line -------------------------------------------------------------------------


def gestures(*told: Row) -> bytes:
    """Return gestures as lines of JSON."""
    return b"".join(json.dumps(one).encode() + b"\n" for one in told)


SHORT = "a1f0013b11719d7f"
STEPS = 12
"""The article with the fewest labels, and how many of its gestures commands undo and redo; the
rest is done by `apply`."""


def lines_by_article() -> dict[str, list[bytes]]:
    """Return the lines of a1's reading, by the article that each is in."""
    found: dict[str, list[bytes]] = {}
    named: dict[str, str] = {}
    for line in A1.read_bytes().splitlines(keepends=True):
        row = json.loads(line)
        pointed = str(row.get("event") or row.get("source")).removeprefix("$")
        article = row.get("article") or named[pointed]
        named[row.get("as", "")] = article
        found.setdefault(article, []).append(line)
    return found


@pytest.mark.parametrize(("lang", "is_whole"), [("en", True), ("ar", False)])
def test_the_command_line_undoes_and_redoes_a_reading_to_the_byte(
    folder: Path, lang: str, is_whole: bool
) -> None:
    file, out = folder / "s.hashiya", folder / "out.jsonl"
    reading = {uid: n for uid, n in lines_by_article().items() if is_whole or uid == SHORT}

    def run(*words: object, given: bytes = b"") -> Any:  # noqa: ANN401
        ran = hashiya(*words, given=given, lang=lang)
        assert (ran.code, ran.err) == (0, "")
        return ran

    def apply(given: bytes, n: int) -> None:
        answers = run("apply", file, "-", "--as", "a1", given=given).rows
        assert [row["ok"] for row in answers] == [True] * n

    def step(do: str) -> None:
        for _ in range(STEPS):
            assert run(do, file, "--as", "a1", "--article", SHORT, "--json").told["ok"]
        others = [uid for uid, lines in reading.items() for _ in lines]
        others = sorted(others, key=SHORT.__eq__)[:-STEPS]
        apply(gestures(*({"do": do, "article": uid} for uid in others)), len(others))

    def exported_file() -> bytes:
        run("export", file, "-o", out)
        return out.read_bytes()

    run("new", file, "--schema", "news")
    assert run("import", file, ARTICLES, "--json").told["added"] == 5
    uids = [row["uid"] for row in run("articles", file, "--json").told["articles"]]
    apply(gestures(*({"do": "set_status", "article": uid, "status": "started"} for uid in uids)), 5)
    first = exported_file()
    apply(b"".join(map(b"".join, reading.values())), sum(map(len, reading.values())))
    second = exported_file()

    step("undo")
    assert exported_file() == first
    assert len(rows_of(first)) == 5

    step("redo")
    assert exported_file() == second
    nothing = hashiya("redo", file, "--as", "a1", "--article", SHORT, "--json", lang=lang)
    assert (nothing.code, nothing.told["error"]) == (1, "nothing_to_redo")


def test_a_project_with_two_readings_is_listed_counted_and_exported(folder: Path) -> None:
    file = folder / "s.hashiya"
    hashiya("new", file)
    hashiya("import", file, ARTICLES)
    for name, labels in (("a1", A1), ("a2", A2)):
        assert hashiya("apply", file, labels, "--as", name).code == 0

    stats = hashiya("stats", file, "--json").told
    assert {name: stats["annotators"][name]["labels"] for name in LABELS} == LABELS
    assert stats["statuses"] == {"new": 0, "started": 2, "done": 8, "skipped": 0}
    assert (stats["articles"], stats["layers"]) == (5, 10)
    for name, counts in LABELS.items():
        for kind, n in counts.items():
            rows = hashiya("labels", file, "--who", name, "--kind", kind, "--jsonl").rows
            assert len(rows) == n
            assert all(row["annotator"] == name and row["kind"] == kind for row in rows)
    problems = hashiya("problems", file, "--json").told["problems"]
    texts = {row["uid"]: row for row in hashiya("labels", file, "--jsonl").rows}
    assert {texts[row["uid"]]["quote"] for row in problems} == {"وويتكوف", "وبوتين"}
    history = hashiya("history", file, "--jsonl").rows
    assert len(history) == len({row["op"] for row in history})
    assert sum(row["annotator"] == "a1" for row in history) == LINES["a1"]
    assert (
        len(hashiya("history", file, "--who", "a2", "--limit", "7", "--json").told["history"]) == 7
    )
    assert hashiya("export", file, "-o", folder / "o", "--status", "done", "--json").told == {
        "ok": True, "rows": 8, "path": str(folder / "o"), "paths": [str(folder / "o")],
        "losses": [], "left_out": {"not_done": 2},
    }  # fmt: skip


def test_what_goes_wrong_is_told_by_the_exit_code_and_one_json_object(folder: Path) -> None:
    file = folder / "s.hashiya"
    hashiya("new", file)
    hashiya("import", file, ARTICLES)
    (folder / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    bad = gestures({"do": "set_status", "article": "0" * 16, "status": "done"}, {"do": "dance"})

    again = hashiya("new", file, "--json")
    refused = hashiya("import", file, folder / "bad.txt", "--json")
    applied_ = hashiya("apply", file, "--as", "a1", given=bad)
    missing = hashiya("export", folder / "no.hashiya", "-o", folder / "o", "--json")
    text = hashiya("articles", folder / "bad.txt", "--json")
    wrong = [hashiya(*words) for words in (["dance"], ["undo", file], ["export", file], ["new"])]

    assert (again.told["error"], again.told["saved"]) == ("file_exists", "nothing")
    assert again.code > 0
    assert (refused.code, refused.told["ok"]) == (1, False)
    (told,) = refused.told["refused"]
    assert (told["source"], told["line"], told["code"]) == ("bad.txt", 0, "not_text")
    assert [row["ok"] for row in applied_.rows] == [False, False]
    assert applied_.rows[0]["error"] == "unknown_article"
    assert applied_.code == 1
    assert (missing.code > 0, missing.told["error"]) == (True, "no_such_file")
    assert (text.code, text.told["error"]) == (1, "not_a_project")
    assert [ran.code for ran in wrong] == [2, 2, 2, 2]
    assert all(not ran.out and "Traceback" not in ran.err for ran in wrong)
    assert not (folder / "o").exists()


def test_the_program_itself_writes_nothing_but_rows_on_stdout(folder: Path) -> None:
    file = folder / "s.hashiya"
    assert program("new", file).code == 0
    assert program("import", file, ARTICLES, "-q").out == ""
    ran = program("apply", file, A1, "--as", "a1")
    assert (ran.code, len(ran.rows), ran.err) == (0, 609, "")
    assert ran.out.isascii()
    rows = program("export", file, "-o", "-", "--who", "a1")
    assert (rows.code, len(rows.out.splitlines())) == (0, 5)
    assert [json.loads(line)["format"] for line in rows.out.split("\n")[:-1]] == ["hashiya/1"] * 5
    nobody = program("export", file, "-o", "-", "--who", "gold")
    assert (nobody.code, nobody.out, len(nobody.err.splitlines())) == (0, "", 1)
