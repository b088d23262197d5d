"""Writing: a gesture is one transaction, writers take turns, an error leaves all as it was."""

import os
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.core.model import Entity, Layer
from annotator.core.operations import Scope
from annotator.services import exporting, importing, labelling
from annotator.store import fingerprints, queries
from annotator.store.bulk import checked_at_the_end
from annotator.store.project import Project
from annotator.store.transaction import committed
from annotator.store.turn import Turn
from tests.projects import (
    annotator,
    assert_sound,
    code_of,
    contents,
    copied,
    extent_of,
    layer_of,
    made,
    n_operations,
    operations_in,
    sha_of,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made(tmp_path)


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.open(path) as project:
        yield project


# --- a gesture ------------------------------------------------------------------------------------


def test_a_gesture_that_falls_over_leaves_nothing(project: Project) -> None:
    layer = layer_of(project)
    before = contents(project)

    with pytest.raises(ZeroDivisionError):
        _put(project, layer, "بوتين", "", fall_over=True)

    assert contents(project) == before
    assert not project.connection.in_transaction
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    assert_sound(project)


def test_a_wrong_quote_in_a_gesture_leaves_nothing(project: Project) -> None:
    layer = layer_of(project)
    before = contents(project)

    with pytest.raises(sqlite3.IntegrityError, match="the quote is not the text"):
        _put(project, layer, "بوتين", "ترامب")

    assert contents(project) == before


def _put(
    project: Project, layer: Layer, quote: str, wrong: str, *, fall_over: bool = False
) -> None:
    """Put a label, then one with the wrong quote, if there is one, and fall over, if told to."""
    with project.gesture(layer, "test") as part:
        part.put(Entity(part.gesture.new_uid("entity"), extent_of(quote), "PERS"))
        if wrong:
            span = extent_of(quote)[0]._replace(quote=wrong)
            part.put(Entity(part.gesture.new_uid("entity"), (span,), "PERS"))
        if fall_over:
            raise ZeroDivisionError


def test_a_gesture_that_puts_a_label_and_takes_it_away_again_is_none(project: Project) -> None:
    layer = layer_of(project)
    before = contents(project)

    with project.gesture(layer, "test") as part:
        label = Entity(part.gesture.new_uid("entity"), extent_of("بوتين"), "PERS")
        part.put(label)
        part.remove(label)

    assert part.operation is None
    assert contents(project) == before


def test_what_a_gesture_changes_twice_is_one_change_from_first_to_last(project: Project) -> None:
    layer = layer_of(project)
    with project.gesture(layer, "test") as part:
        uid = part.gesture.new_uid("entity")
        for note in ("أ", "ب", "ج"):
            part.put(Entity(uid, extent_of("بوتين"), "PERS", note=note))

    assert part.operation is not None
    (change,) = (one for one in part.operation.changes if one.kind == "entity")
    assert change.before is None
    assert change.after is not None
    assert change.after["note"] == "ج"
    assert_sound(project)


def test_a_gesture_over_several_layers_is_one_operation_in_each_under_one_name(
    project: Project,
) -> None:
    people = [annotator(project, name).uid for name in ("a1", "a2", "a3")]
    with project.transaction("test", people[0]) as gesture:
        for uid in people:
            part = gesture.within(Scope(sha_of(0), uid))
            part.put(Entity(gesture.new_uid("entity"), extent_of("بوتين"), "PERS"))

    assert {made_.scope.annotator for made_ in gesture.operations} == set(people)
    assert {made_.gesture for made_ in gesture.operations} == {gesture.name}
    assert len({made_.lamport for made_ in gesture.operations}) == 3
    assert_sound(project)


def test_a_gesture_of_2500_labels_is_three_operations_of_at_most_1000(tmp_path: Path) -> None:
    text = "ب" * 3000
    with Project.open(made(tmp_path, "long.hashiya", texts=(text,))) as project:
        layer = layer_of(project, "a1", text)
        with project.gesture(layer, "mark_all") as part:
            for start in range(2500):
                span = extent_of("ب", "ب")[0]._replace(start=start, end=start + 1)
                part.put(Entity(part.gesture.new_uid("entity"), (span,), "PERS"))
        made_here = [made_ for made_ in operations_in(project) if made_.kind == "mark_all"]

        assert [len(made_.changes) for made_ in made_here] == [1000, 1000, 501]
        assert [made_.sequence for made_ in made_here] == [1, 2, 3]
        assert_sound(project)


def test_uids_grow_and_are_not_used_again_after_a_refusal(project: Project) -> None:
    layer = layer_of(project)
    uids = []
    for n, quote in enumerate(("بوتين", "ترامب", "موسكو", "القاهرة")):
        with suppress(UserError):
            labelling.add_entity(project, layer, extent_of(quote), "NOPE")
        operation = labelling.add_entity(project, layer, extent_of(quote), "PERS", note=str(n))
        assert operation is not None
        uids.append(operation.changes[0].uid)
    assert uids == sorted(uids)
    assert len(set(uids)) == 4


def test_times_are_left_out_where_the_project_leaves_them_out(path: Path) -> None:
    with Project.open(path) as project:
        project.connection.execute("UPDATE settings SET value='none' WHERE name='times'")
    with Project.open(path, now=lambda: "2026-11-21T18:40Z") as project:
        labelling.set_status(project, layer_of(project), "done")
        assert operations_in(project)[-1].at == ""


def test_times_are_utc_to_the_minute(project: Project) -> None:
    labelling.set_status(project, layer_of(project), "done")
    at = operations_in(project)[-1].at
    assert time.strftime("%Y-%m-%dT", time.gmtime()) in at or at
    time.strptime(at, "%Y-%m-%dT%H:%MZ")


# --- trouble with the file ------------------------------------------------------------------------


def test_a_full_disk_is_named_and_leaves_all_as_it_was(project: Project) -> None:
    layer = layer_of(project)
    before = contents(project)
    pages = project.connection.execute("PRAGMA page_count").fetchone()[0]
    project.connection.execute(f"PRAGMA max_page_count={pages}")
    answer = "نص طويل " * 300
    codes = [
        code_of(lambda n=n: labelling.answer(project, layer, "summary", (answer + str(n),)))  # type: ignore[misc]
        for n in range(100)
    ]
    assert set(codes) == {"", "disk_full"}
    full = n_operations(project)

    project.connection.execute("PRAGMA max_page_count=1073741823")
    assert_sound(project)
    labelling.set_status(project, layer, "done")
    assert n_operations(project) == full + 1
    assert before != contents(project)


def test_a_file_that_another_program_is_writing_to_is_locked(path: Path) -> None:
    with Project.open(path) as project:
        layer = layer_of(project)
        project.connection.execute("PRAGMA busy_timeout=50")
        before = contents(project)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(UserError, match="locked") as trouble:
                labelling.set_status(project, layer, "done")
            other.execute("ROLLBACK")
        assert trouble.value.data == {"path": "project.hashiya"}
        assert contents(project) == before
        labelling.set_status(project, layer, "done")


def test_who_reads_the_history_row_by_row_keeps_nobody_from_writing(path: Path) -> None:
    """As `hashiya history FILE | less` does, for as long as somebody looks at the first page."""
    with Project.open(path) as reader, Project.open(path) as writer:
        layer = layer_of(writer)
        for n in range(3):
            labelling.answer(writer, layer, "summary", (str(n),))
        writer.connection.execute("PRAGMA busy_timeout=50")
        for reading in (
            queries.operations(reader),
            queries.articles(reader),
            queries.layers(reader),
        ):
            assert next(iter(reading))
            labelling.answer(writer, layer, "summary", (str(reading),))


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be moved there")
def test_a_file_that_was_moved_away_meanwhile_is_said_to_be(path: Path) -> None:
    with Project.open(path) as project:
        layer = layer_of(project)
        path.rename(path.with_name("moved.hashiya"))
        with pytest.raises(UserError, match="file_gone"):
            labelling.set_status(project, layer, "done")


# --- many spans at once ---------------------------------------------------------------------------


def test_many_spans_are_written_without_the_trigger_and_it_is_there_again(
    project: Project,
) -> None:
    layer = layer_of(project)
    labelling.set_status(project, layer, "started")
    before = fingerprints.of(project.connection)
    _bulk(project, "هاجم")
    assert fingerprints.of(project.connection) == before == fingerprints.FINGERPRINT
    with pytest.raises(sqlite3.IntegrityError, match="the quote is not the text"):
        _span(project, 2, "غير", n=1)
    project.close()
    Project.open(project.path).close()


@pytest.mark.parametrize("quote", ["غير", "هاج", ""])
def test_a_wrong_quote_among_many_brings_nothing_and_the_trigger_is_there(
    project: Project, quote: str
) -> None:
    layer = layer_of(project)
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    before = contents(project)

    with pytest.raises(sqlite3.IntegrityError):
        _bulk(project, "هاجم", quote)

    assert contents(project) == before
    assert fingerprints.of(project.connection) == fingerprints.FINGERPRINT
    with pytest.raises(sqlite3.IntegrityError, match="the quote is not the text"):
        _span(project, 1, "غير", n=9)


def test_an_error_among_many_spans_brings_the_trigger_back(project: Project) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        committed(project.connection, "x"),
        checked_at_the_end(project.connection),
    ):
        raise ZeroDivisionError
    assert fingerprints.of(project.connection) == fingerprints.FINGERPRINT


def _bulk(project: Project, *quotes: str) -> None:
    with committed(project.connection, "x"), checked_at_the_end(project.connection):
        project.connection.execute(
            "INSERT INTO layers(id,uid,article,annotator) VALUES(2,'u2',2,1)"
        )
        for n, quote in enumerate(quotes):
            _span(project, 2, quote, n)


def _span(project: Project, layer: int, quote: str, n: int = 0) -> None:
    row = (layer, "E1", "extent", n, 0, 4, quote)
    project.connection.execute("INSERT INTO spans VALUES(?,?,?,?,?,?,?)", row)


# --- turns ----------------------------------------------------------------------------------------


def test_a_persons_gesture_goes_before_the_jobs_that_wait() -> None:
    turn, order = Turn(), []
    held, release = threading.Event(), threading.Event()

    def write(name: str, by_person: bool) -> None:
        with turn.taken(by_person):
            order.append(name)

    def hold() -> None:
        with turn.taken(by_person=False):
            held.set()
            release.wait(5)

    first = threading.Thread(target=hold)
    first.start()
    held.wait(5)
    jobs = [threading.Thread(target=write, args=(f"job {n}", False)) for n in range(4)]
    for job in jobs:
        job.start()
    time.sleep(0.05)
    person = threading.Thread(target=write, args=("person", True))
    person.start()
    time.sleep(0.05)
    release.set()
    for thread in (first, person, *jobs):
        thread.join(5)

    assert order[0] == "person"
    assert len(order) == 5


def test_one_writer_at_a_time_whatever_happens_in_the_block() -> None:
    turn, inside, most = Turn(), [0], [0]

    def write(n: int) -> None:
        for k in range(50):
            with suppress(ZeroDivisionError), turn.taken(by_person=bool(n % 2)):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                try:
                    if k % 5 == 0:
                        raise ZeroDivisionError
                finally:
                    inside[0] -= 1

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)
    assert most == [1]


def test_threads_with_a_project_each_and_one_turn_lose_nothing(path: Path) -> None:
    turn, troubles = Turn(), []
    with Project.open(path) as project:
        for name in ("a0", "a1", "a2"):
            annotator(project, name)

    def label(n: int) -> None:
        try:
            with Project.open(path, turn=turn) as own:
                for k in range(20):
                    layer = layer_of(own, f"a{n}", n)
                    labelling.answer(own, layer, "summary", (f"{n} {k}",))
        except BaseException as trouble:
            troubles.append(trouble)
            raise

    threads = [threading.Thread(target=label, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert troubles == []
    with Project.open(path) as project:
        assert len([one for one in operations_in(project) if one.kind == "answer"]) == 60
        assert_sound(project)


# --- two processes --------------------------------------------------------------------------------

_WRITER = """
    import sys
    from pathlib import Path
    from annotator.services import labelling
    from annotator.store.project import Project
    from tests.projects import extent_of, layer_of
    name, n = sys.argv[2], int(sys.argv[3])
    with Project.open(Path(sys.argv[1])) as project:
        print("ready", flush=True)
        sys.stdin.readline()
        for k in range(n):
            layer = layer_of(project, name, 0)
            made = labelling.answer(project, layer, "summary", (f"{name} {k}",))
            print(made.hash, flush=True)
"""


def test_two_processes_that_write_at_once_lose_nothing_and_wait_for_each_other(
    path: Path,
) -> None:
    n = 100
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(_WRITER), str(path), name, str(n)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )
        for name in ("a1", "a2")
    ]
    told: set[str] = set()
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        out, _ = writer.communicate(timeout=120)
        assert writer.returncode == 0
        told |= set(out.split())

    with Project.open(path) as project:
        found = {made_.hash for made_ in operations_in(project) if made_.kind == "answer"}
        lamports = [made_.lamport for made_ in operations_in(project)]
        assert found == told
        assert len(told) == 2 * n
        assert len(set(lamports)) == len(lamports)
        assert_sound(project)


def test_the_same_newcomer_named_by_two_programs_at_once_is_one(path: Path) -> None:
    with Project.open(path) as first, Project.open(path) as second:
        assert first.annotators() == second.annotators() == []
        assert annotator(first, "أحمد") == annotator(second, "احمد")
        assert len(first.annotators()) == 1
        assert_sound(first)


def test_a_gesture_while_an_import_is_made_ready_does_not_stop_it(
    path: Path, tmp_path: Path
) -> None:
    """Somebody begins, meanwhile, the very layer that the import brings."""
    row = _row(path, tmp_path)

    with Project.open(path) as project, Project.open(path) as window:
        labelled: list[object] = []

        def meddle() -> None:
            if not labelled:
                layer = layer_of(window, "زائر", 1)
                labelled.append(labelling.set_status(window, layer, "skipped"))

        report = importing.import_sources(project, [row], progress=Meddling(meddle))
        assert labelled
        codes = [refusal.trouble.code for refusal in report.refused]
        assert codes == ["layer_exists"]
        assert layer_of(project, "زائر", 1).status == "skipped"
        assert_sound(project)


def test_gestures_while_an_import_is_made_ready_are_all_kept(path: Path, tmp_path: Path) -> None:
    row = _row(path, tmp_path)
    with Project.open(path) as project, Project.open(path) as window:

        def meddle() -> None:
            labelling.set_status(window, layer_of(window, "a9", 0), "started")
            labelling.set_status(window, layer_of(window, "a9", 0), "skipped")

        report = importing.import_sources(project, [row], progress=Meddling(meddle))
        assert (report.layers, report.refused) == (1, ())
        assert layer_of(project, "a9", 0).status == "skipped"
        own = [one for one in operations_in(project) if one.replica == project.replica]
        places = [(one.scope, one.sequence) for one in own]
        assert len(set(places)) == len(places)
        assert_sound(project)


def _row(path: Path, tmp_path: Path) -> Path:
    """Return a row of JSONL of a layer of زائر over TEXTS[1], made in a copy."""
    row = tmp_path / "rows.jsonl"
    with Project.open(copied(path, "copy.hashiya")) as foreign:
        layer = layer_of(foreign, "زائر", 1)
        labelling.add_entity(foreign, layer, extent_of("بغداد", 1), "GPE")
        exporting.export(foreign, row)
    return row


class Meddling:
    """Progress during which something else is done to the same file."""

    cancelled = False

    def __init__(self, meddle: Callable[[], None]) -> None:
        self._meddle = meddle

    def advance(self, done: int, total: int) -> None:
        self._meddle()
