"""Import: sources, units kept and refused, identities, and what is left when it stops half-way."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.services.importing import ImportReport, import_sources
from annotator.store.project import Project
from tests.formats.rows import (
    codes,
    empty,
    example,
    exported,
    rows_of,
    spelled,
    written,
)
from tests.projects import assert_sound, contents, made, quick_folder

TEXT = "قال بوتين شيئًا"


def titles(project: Project) -> list[str]:
    """Return the titles of the articles in the order in which they came."""
    return [row[0] for row in project.connection.execute("SELECT title FROM articles ORDER BY id")]


# --- sources -------------------------------------------------------------------------------------


def test_a_folder_is_read_in_name_order_and_what_is_hidden_or_of_another_kind_is_not(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "in"
    for name in ("b.txt", "a.txt", "ب.txt", "Z.TXT", "c.text", "sub/d.txt", ".hidden/x.txt",
                 ".x.txt", "e.md", "f", "g.json", "sub/h.png"):  # fmt: skip
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"خبر {name}", encoding="utf-8")
    (folder / "r.jsonl").write_bytes(spelled(example(1)))
    with empty() as project:
        report = import_sources(project, [folder])

        assert titles(project) == ["Z", "a", "b", "c", "خبر 1", "ب", "d"]
    assert (report.added, report.layers, report.refused) == (7, 1, ())
    assert sorted(report.ignored) == ["e.md", "f", "g.json", "sub/h.png"]


def test_sources_are_read_in_the_order_given(tmp_path: Path) -> None:
    for name in ("2.txt", "1.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    with empty() as project:
        import_sources(project, [tmp_path / "2.txt", tmp_path / "1.txt"])

        assert titles(project) == ["2", "1"]


@pytest.mark.parametrize("kind", ["missing", "loop", "dangling", "long", "below a file"])
def test_a_source_that_cannot_be_read_is_refused_by_name_and_the_next_is_taken(
    tmp_path: Path, kind: str
) -> None:
    good, bad = tmp_path / "z.txt", tmp_path / "x.txt"
    good.write_text(TEXT, encoding="utf-8")
    if kind == "loop":
        bad.symlink_to(bad)
    elif kind == "dangling":
        bad.symlink_to(tmp_path / "nowhere")
    elif kind == "long":
        bad = tmp_path / ("x" * 300)
    elif kind == "below a file":
        bad = good / "x.txt"
    with empty() as project:
        report = import_sources(project, [bad, good])

    assert (report.added, len(report.refused)) == (1, 1)
    assert codes(report)[0] in ("no_such_file", "cannot_read")
    assert (report.refused[0].source, report.refused[0].line) == (bad.name, 0)


def test_loops_of_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "again").symlink_to(folder)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    with empty() as project:
        report = import_sources(project, [folder])

    assert (report.added, report.duplicates, codes(report)) == (1, 0, ["cannot_read"])


def test_an_empty_folder_brings_nothing_and_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with empty() as project:
        assert import_sources(project, [tmp_path / "in"]) == ImportReport(0, 0, 0)


@pytest.mark.skipif(os.name == "nt", reason="Windows names are Unicode")
def test_a_file_whose_name_is_no_text_is_taken_or_refused_like_any_other(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xd8\xae\xff.txt")
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "z.txt").write_text("خبر", encoding="utf-8")
    with empty() as project:
        report = import_sources(project, [tmp_path])

        assert report.added + len(report.refused) == 2
        for title in titles(project):
            title.encode()


IN_A_PROCESS = """
import sys
from pathlib import Path
from annotator.services.importing import import_sources
from annotator.store.project import Project
with Project.open(Path(sys.argv[1])) as project:
    report = import_sources(project, [Path(name) for name in sys.argv[2:]])
print(report.added, [one.trouble.code for one in report.refused])
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_is_no_ordinary_file_is_refused_and_not_waited_for(tmp_path: Path, kind: str) -> None:
    path, good = tmp_path / "x.txt", tmp_path / "z.txt"
    good.write_text(TEXT, encoding="utf-8")
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    with empty() as project:
        command = [sys.executable, "-c", IN_A_PROCESS, project.path, path, good]
        try:
            limit = ["bash", "-c", 'ulimit -v 2000000; exec "$@"', "-", *map(str, command)]
            told = subprocess.run(limit, capture_output=True, text=True, timeout=8, check=False)
        except subprocess.TimeoutExpired:
            pytest.fail("waits for ever")

    assert told.stdout.strip() == "1 ['cannot_read']", told.stderr[-300:]


# --- kept and refused ----------------------------------------------------------------------------


def mixed(project: Project) -> list[Path]:
    """Write three sources: a sound one, one with a bad line, and one that is no text."""
    folder = project.path.parent
    (folder / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    return [
        written(folder, example(1), example(2), name="a.jsonl"),
        written(folder, example(3), {"format": "hashiya/1"}, example(4), name="b.jsonl"),
        folder / "c.txt",
        written(folder, example(5), name="d.jsonl"),
    ]


def test_good_units_are_kept_and_bad_ones_are_named_with_file_and_line() -> None:
    with empty() as project:
        report = import_sources(project, mixed(project))

        assert len(rows_of(exported(project))) == 5
        assert_sound(project)
    assert (report.added, report.layers) == (5, 5)
    assert [(one.source, one.line, one.trouble.code) for one in report.refused] == [
        ("b.jsonl", 2, "missing_key"),
        ("c.txt", 0, "not_text"),
    ]


def test_strict_is_all_or_nothing_over_all_sources() -> None:
    with empty() as project:
        before = project.path.read_bytes()

        report = import_sources(project, mixed(project), strict=True)

        assert (report.added, report.layers, len(report.refused)) == (0, 0, 2)
        assert project.path.read_bytes() == before

        sources = [path for path in mixed(project) if path.name in ("a.jsonl", "d.jsonl")]
        report = import_sources(project, sources, strict=True)

        assert (report.added, report.layers, report.refused) == (3, 3, ())
        operations = "SELECT count(DISTINCT gesture) FROM operations WHERE kind='import'"
        assert project.connection.execute(operations).fetchone() == (1,)


def test_strict_tells_what_was_there_though_nothing_comes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("قــال الوزير", encoding="utf-8")
    (tmp_path / "b.txt").write_text("وقــال غيره", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"\x00")
    with quick_folder() as folder, Project.open(made(folder)) as project:
        import_sources(project, [tmp_path / "a.txt"])

        report = import_sources(project, [tmp_path], strict=True)

    assert (report.added, report.duplicates, len(report.refused)) == (0, 1, 1)
    assert report.unseen == {}


@pytest.mark.parametrize("strict", [False, True])
def test_a_dry_run_says_what_would_be_and_changes_no_byte(strict: bool) -> None:
    with empty() as project:
        sources = mixed(project)
        before = project.path.read_bytes()

        told = import_sources(project, sources, strict=strict, dry_run=True)

        assert project.path.read_bytes() == before
        done = import_sources(project, sources, strict=strict)
        assert (told.added, told.layers) == (done.added, done.layers)
        assert codes(told) == codes(done)


def test_a_dry_run_counts_what_two_sources_both_bring_only_once() -> None:
    with empty() as project:
        path = written(project.path.parent, example(1), example(2))

        told = import_sources(project, [path, path], dry_run=True)

        done = import_sources(project, [path, path])
        assert (told.added, told.layers, told.duplicates, codes(told)) == (
            done.added, done.layers, done.duplicates, codes(done)
        )  # fmt: skip


class Cancelling:
    """Progress of a person who stops at a step."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.steps: list[tuple[int, int]] = []

    @property
    def cancelled(self) -> bool:
        """Whether that step has come."""
        return len(self.steps) >= self.at

    def advance(self, done: int, total: int) -> None:
        self.steps.append((done, total))


@pytest.mark.parametrize("strict", [False, True])
def test_stopping_at_any_step_leaves_the_project_as_before_or_after_whole_sources(
    strict: bool,
) -> None:
    for step in range(1, 30):
        with empty() as project:
            sources = mixed(project)
            states = [contents(project)]
            with empty("") as other:
                for n in range(1, 5):
                    import_sources(other, sources[:n])
                    states.append(contents(other))
            progress = Cancelling(step)
            try:
                import_sources(project, sources, strict=strict, progress=progress)
            except UserError as trouble:
                assert trouble.code == "cancelled"  # noqa: PT017
            else:
                assert len(progress.steps) < step
                return
            found = [_said(state) for state in (states[:1] if strict else states)]
            assert _said(contents(project)) in found, step
            assert_sound(project)
            assert import_sources(project, sources).refused
            assert _said(contents(project)) == _said(states[-1])


def _said(state: dict[str, list[tuple[object, ...]]]) -> object:
    """Return what a project says, without what differs by the hour and the file."""
    return {name: rows for name, rows in state.items() if name not in ("operations", "settings")}


def test_progress_tells_of_every_unit_and_ends_at_the_number_of_files() -> None:
    progress = Cancelling(10**6)
    with empty() as project:
        import_sources(project, mixed(project), progress=progress)

    assert progress.steps == sorted(progress.steps)
    assert progress.steps[-1] == (4, 4)
