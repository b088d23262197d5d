"""Texts that a big import writes ahead of its articles: in no view, and gone if it does not end."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.core.canonical import text_digest
from annotator.core.errors import UserError
from annotator.services import labelling
from annotator.services.browsing import EVERYTHING, page
from annotator.services.importing import ImportReport, import_sources
from annotator.store import ahead, copying, queries, staging
from annotator.store.indexing import pending
from annotator.store.project import Project
from tests.formats.rows import example, exported, rows_of, written
from tests.projects import (
    annotator,
    assert_sound,
    contents,
    extent_of,
    layer_of,
    made,
    n_operations,
    quick_folder,
)

N = 12
N_STEPS = 7
"""Before each of the transactions in which `source` comes in: six with its texts, and the last."""


@pytest.fixture
def path(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a project in which a1 labels, where two texts of the examples are many."""
    monkeypatch.setattr(ahead, "AT_ONCE", 250)
    monkeypatch.setattr(ahead, "_THROWN_AT_ONCE", 3)
    with quick_folder() as folder:
        path = made(folder)
        with Project.open(path) as project:
            annotator(project)
        yield path


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.open(path) as project:
        yield project


@pytest.fixture
def source(path: Path) -> Path:
    """Write the examples as rows, each an article with a layer of labels."""
    return written(path.parent, *(example(n) for n in range(N)), name="source.jsonl")


class Between:
    """Progress of somebody who does something between two transactions of the copy."""

    cancelled = False

    def __init__(self, do: Callable[[int], None], *, at: int = 0) -> None:
        self._do, self._at = do, at
        self.n_steps = -N

    def advance(self, done: int, total: int) -> None:
        """Count the steps after the rows were made ready, and act at step `at` or at each."""
        self.n_steps += 1
        if self.n_steps > 0 and self._at in (0, self.n_steps):
            self._do(self.n_steps)


def said(project: Project) -> dict[str, object]:
    """Return what a project says, without what is drawn by lot or belongs to who says it."""
    left_out = ("operations", "settings")
    return {name: rows for name, rows in contents(project).items() if name not in left_out}


def n_texts(project: Project) -> int:
    return queries.count(project, "texts")


def assert_whole(project: Project) -> None:
    """Check that every article has its own text, and that nothing is ahead of them."""
    rows = project.connection.execute(
        "SELECT a.sha256,t.text FROM articles a LEFT JOIN texts t ON t.article=a.id"
    ).fetchall()
    assert [text_digest(text or "") for _, text in rows] == [sha256 for sha256, _ in rows]
    assert n_texts(project) == len(rows)
    settings = dict(project.connection.execute("SELECT name,value FROM settings"))
    assert "ahead" not in settings
    assert pending(project) == 0
    assert_sound(project)


@pytest.fixture
def after(source: Path) -> dict[str, object]:
    """Return what the project says where the import was left alone."""
    with Project.open(made(source.parent, "undisturbed.hashiya")) as project:
        annotator(project)
        import_sources(project, [source])
        return said(project)


def test_what_comes_in_by_and_by_is_what_comes_in_at_once(
    project: Project, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = import_sources(project, [source])
    with monkeypatch.context() as usual, Project.open(made(source.parent, "at-once.h")) as other:
        usual.setattr(ahead, "AT_ONCE", 10**6)
        annotator(other)
        assert import_sources(other, [source]) == report == ImportReport(N, 0, N)
        assert said(other) == said(project)
        assert rows_of(exported(other)) == rows_of(exported(project))
    assert_whole(project)


def test_texts_that_wait_in_the_file_come_in_like_those_in_memory(
    project: Project, source: Path, after: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "_IN_MEMORY", 400)
    assert import_sources(project, [source]).added == N
    assert said(project) == after
    assert_whole(project)


def test_nobody_sees_a_text_before_its_article(path: Path, project: Project, source: Path) -> None:
    seen: list[int] = []

    def look(_: int) -> None:
        with Project.open(path) as other:
            assert said(other) == before
            assert_sound(other)
            assert page(other, annotator(other), EVERYTHING).rows == listed
            assert rows_of(exported(other)) == labelled
            assert pending(other) == 0
            seen.append(n_texts(other))

    before, labelled = said(project), rows_of(exported(project))
    listed = page(project, annotator(project), EVERYTHING).rows
    import_sources(project, [source], progress=Between(look))

    assert len(seen) == N_STEPS
    assert seen == sorted(set(seen))  # each looked at a few texts more
    assert_whole(project)


def test_gestures_between_the_transactions_are_kept_and_come_before_the_import(
    path: Path, project: Project, source: Path
) -> None:
    def label(_: int) -> None:
        with Project.open(path, turn=project.turn) as other:
            labelling.add_entity(other, layer_of(other), extent_of("بوتين"), "PERS")
            labelling.remove(other, layer_of(other), other.labels(layer_of(other))[0].uid)

    before = n_operations(project)
    import_sources(project, [source], progress=Between(label))

    assert n_operations(project) == before + 2 * N_STEPS + N + 1  # and one that names who came
    assert_whole(project)


@pytest.mark.parametrize("at", range(1, N_STEPS + 1))
def test_stopping_between_two_transactions_leaves_nothing(
    project: Project, source: Path, after: object, at: int
) -> None:
    def stop(_: int) -> None:
        raise UserError("cancelled")

    before = contents(project)
    with pytest.raises(UserError, match="cancelled"):
        import_sources(project, [source], progress=Between(stop, at=at))

    assert contents(project) == before
    assert_whole(project)
    assert import_sources(project, [source]).added == N
    assert said(project) == after


def test_an_error_in_the_last_transaction_leaves_nothing(
    project: Project, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(project)
    monkeypatch.setattr(copying, "_name_annotators", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_sources(project, [source])

    assert contents(project) == before
    assert_whole(project)


def _bring(project: Project, *numbers: int) -> ImportReport:
    folder = project.path.parent
    rows = (example(n) for n in numbers)
    return import_sources(project, [written(folder, *rows, name="other.jsonl")])


@pytest.mark.parametrize("at", [1, 2, N_STEPS])
@pytest.mark.parametrize("numbers", [(50,), (3,), tuple(range(N)), tuple(range(5, 25))])
def test_two_imports_at_once_are_both_in_whole(
    path: Path, project: Project, source: Path, at: int, numbers: tuple[int, ...]
) -> None:
    def bring(_: int) -> None:
        with Project.open(path) as other:
            assert _bring(other, *numbers).refused == ()

    report = import_sources(project, [source], progress=Between(bring, at=at))

    assert {one.trouble.code for one in report.refused} <= {"layer_exists"}
    assert_whole(project)
    n_examples = len({*range(N), *numbers})
    assert queries.count(project, "layers") == n_examples
    assert _bring(project, *range(N), *numbers).duplicates == N + len(numbers)


@pytest.mark.parametrize("at", [1, 3, N_STEPS])
def test_what_a_killed_import_left_does_not_keep_another_from_coming_in(
    path: Path, project: Project, source: Path, after: object, at: int
) -> None:
    def begin(_: int) -> None:
        with Project.open(path) as other:
            ahead.clear(other, "another")
            ahead.write(other, "another", left, lambda: None)

    left = [(n, f"{n:064}", 300, "خ" * 300) for n in range(1, 9)]
    import_sources(project, [source], progress=Between(begin, at=at))

    assert said(project) == after
    assert_whole(project)


def test_a_small_import_throws_away_what_a_killed_one_left(
    project: Project, source: Path, after: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = said(project)
    ahead.write(project, "killed", [(n, "", 300, "خ" * 300) for n in range(1, 9)], lambda: None)
    assert said(project) == before
    assert n_texts(project) == 3 + 8
    monkeypatch.setattr(ahead, "AT_ONCE", 10**6)
    statements: list[str] = []
    project.connection.set_trace_callback(statements.append)

    import_sources(project, [source])

    assert said(project) == after
    assert_whole(project)
    deleting = {one for one in statements if one.startswith("DELETE FROM main.texts")}
    assert len(deleting) == 3  # a turn each, so that a gesture may come between


def test_an_import_that_does_not_end_leaves_what_is_not_its_own(project: Project) -> None:
    ahead.write(project, "one", [(n, "", 300, "خ" * 300) for n in range(1, 9)], lambda: None)

    ahead.throw_away(project, "another")

    assert n_texts(project) == 3 + 8
    ahead.throw_away(project, "one")
    assert_whole(project)


def test_a_text_that_is_not_as_long_as_it_says_brings_nothing(project: Project) -> None:
    texts = [(1, "1" * 64, 4, "خبر 1"), (2, "2" * 64, 5, "خبر 2")]
    with pytest.raises(Exception, match="not as long"), project.committed():
        ahead.put(project.connection, texts)
    assert n_texts(project) == 3
