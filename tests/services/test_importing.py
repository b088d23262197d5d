"""Import: sources, units kept and refused, identities, and what is left when it stops half-way."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.core import uids
from annotator.core.errors import UserError
from annotator.core.model import Layer, extent_at
from annotator.services import annotators, labelling, projectwide, undoing
from annotator.services.importing import ImportReport, import_sources
from annotator.store.project import Project
from tests.formats.rows import (
    SARA,
    SCHEMA,
    Row,
    bare,
    codes,
    empty,
    entity,
    example,
    exported,
    imported,
    rows_of,
    spelled,
    written,
)
from tests.formats.test_files import small_disk
from tests.projects import assert_sound, contents, copied, made

TEXT = "قال بوتين شيئًا"


def titles(project: Project) -> list[str]:
    """Return the titles of the articles in the order in which they came."""
    return [row[0] for row in project.connection.execute("SELECT title FROM articles ORDER BY id")]


def first_layer(project: Project, name: str = "زيد") -> Layer:
    """Return the layer of `name` over the first article."""
    (sha256,) = project.connection.execute("SELECT sha256 FROM articles LIMIT 1").fetchone()
    return project.layer(sha256, annotators.ensure(project, name).uid)


def label_first(project: Project, start: int, end: int, name: str = "زيد") -> str:
    """Label a stretch of the first article by hand, and return the uid."""
    layer = first_layer(project, name)
    extent = extent_at(project.text(layer.article), [(start, end)])
    operation = labelling.add_entity(project, layer, extent, "PERS")
    assert operation is not None
    return next(change.uid for change in operation.changes if change.uid)


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
    assert sorted(report.ignored) == ["e.md", "f", "g.json", "h.png"]


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


AS_NOBODY = """
import os, sys, tempfile
from pathlib import Path
from annotator.core.errors import UserError
from annotator.services.importing import import_sources
from annotator.store.project import Project
import annotator.store.staging
with Project.open(Path(sys.argv[4])) as project:  # loads what another user may not read
    import_sources(project, [Path(sys.argv[5])])
tempfile.tempdir = os.environ["HASHIYA_DATA"] = sys.argv[3]
os.setgid(65534)
os.setuid(65534)
try:
    with Project.open(Path(sys.argv[1])) as project:
        report = import_sources(project, [Path(sys.argv[2])])
    print(report.added, [one.trouble.code for one in report.refused])
except UserError as trouble:
    print(trouble.code)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
@pytest.mark.parametrize(
    ("what", "expected"),
    [("file", "0 ['cannot_read']"), ("folder", "0 ['cannot_read']"), ("project", "read_only")],
)
def test_what_this_user_may_not_read_or_write_is_refused_by_name(what: str, expected: str) -> None:
    with empty() as project:
        base = project.path.parent
        folder, own, other = base / "in", base / "own", copied(project.path, "other.hashiya")
        folder.mkdir()
        own.mkdir()
        source, read = folder / "a.txt", written(base, example(1))
        source.write_text(TEXT, encoding="utf-8")
        for path in (base, own, project.path):
            os.chown(path, 65534, 65534)
        {"file": source, "folder": folder, "project": project.path}[what].chmod(
            0o400 if what == "project" else 0
        )
        command = [sys.executable, "-c", AS_NOBODY, project.path, folder, own, other, read]
        told = subprocess.run(command, capture_output=True, text=True, check=False)

    assert told.stdout.strip() == expected, told.stderr[-500:]


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


# --- layers and identities -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.update(status="started"),
        lambda row: row.update(suggestions="none"),
        lambda row: row["entities"][0].update(note="أخرى"),
        lambda row: row["entities"][0].update(type="ORG"),
        lambda row: row["entities"][0]["origin"].update(confidence=0.376),
        lambda row: row["entities"].append(entity("new", 0, 4)),
        lambda row: row["answers"].pop(),
        lambda row: row["stances"].clear(),
        lambda row: row["events"][0]["arguments"].clear(),
    ],
)
def test_a_layer_that_exists_with_other_labels_is_refused_and_stays(
    change: Callable[[Row], object],
) -> None:
    row = example(1)
    with empty() as project:
        imported(project, row)
        before = contents(project)
        change(row)

        report = imported(project, example(2), row, example(3))

        assert (codes(report), report.layers) == (["layer_exists"], 2)
        after = contents(project)
        assert set(before["entities"]) <= set(after["entities"])
        assert len(after["layers"]) == len(before["layers"]) + 2


def test_the_same_row_twice_in_one_file_is_one_layer_and_a_duplicate() -> None:
    with empty() as project:
        report = imported(project, example(1), example(2), example(1))

    assert (report.layers, report.duplicates, codes(report)) == (2, 1, [])


def test_another_reading_by_the_same_annotator_in_one_file_is_refused() -> None:
    with empty() as project:
        report = imported(project, example(1), example(1, entities=[], events=[], stances=[],
                                                       relations=[]))  # fmt: skip

        assert (report.layers, codes(report)) == (1, ["layer_exists"])
        assert rows_of(exported(project))[0]["entities"]


def test_the_same_text_twice_is_one_article(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    with empty() as project:
        report = import_sources(project, [tmp_path, tmp_path / "a.txt"])

        assert (report.added, report.duplicates) == (1, 2)
        assert titles(project) == ["a"]


def test_uids_repeated_in_every_row_become_uids_of_their_own() -> None:
    rows = [
        bare(f"{TEXT} {n}", entities=[entity("e1", 0, 3), entity("e2", 4, 9)]) for n in range(50)
    ]
    with empty() as project:
        imported(project, *rows)

        found = [label["uid"] for row in rows_of(exported(project)) for label in row["entities"]]

    assert len(set(found)) == 100


def test_a_uid_that_another_layer_has_is_replaced_and_its_references_with_it() -> None:
    with empty() as project:
        imported(project, example(1))
        data = rows_of(exported(project))[0]
        other = {**data, "annotator": {"uid": "u-2", "name": "بدر", "kind": "human"}}

        assert imported(project, other).refused == ()
        assert imported(project, other).duplicates == 1

        first, second = sorted(rows_of(exported(project)), key=lambda row: row["annotator"]["uid"],
                               reverse=True)  # fmt: skip
        assert first == data
        assert not _uids(first) & _uids(second)
        assert len(_uids(second)) == len(_uids(first))
        assert_sound(project)


def _uids(row: Row) -> set[str]:
    kinds = ("entities", "events", "stances", "relations", "answers")
    found = {label["uid"] for kind in kinds for label in row[kind]}
    return found | {item["uid"] for event in row["events"] for item in event["arguments"]}


def derived(text: str, annotator: str, uid: str) -> str:
    """Return the uid that an entity called `uid` gets in the layer of `annotator` over `text`."""
    row = bare(text, annotator={"uid": annotator, "name": annotator}, entities=[entity(uid, 0, 3)])
    with empty() as project:
        imported(project, row)
        return str(rows_of(exported(project))[0]["entities"][0]["uid"])


def test_a_uid_that_would_be_derived_may_stand_in_the_same_row() -> None:
    taken = derived(TEXT, "u", "e1")
    labels = [entity("e1", 0, 3), entity(taken, 4, 9)]
    row = bare(TEXT, annotator={"uid": "u", "name": "u"}, entities=labels)
    for rows in (row, {**row, "entities": labels[::-1]}):
        with empty() as project:
            report = imported(project, rows)

            assert (report.layers, codes(report)) == (1, [])
            assert len({one["uid"] for one in rows_of(exported(project))[0]["entities"]}) == 2
            assert imported(project, rows).duplicates == 1


def test_a_uid_that_would_be_derived_may_be_taken_in_another_layer() -> None:
    taken = derived(TEXT, "u", "e1")
    with empty() as project:
        imported(project, bare(TEXT, entities=[entity(taken, 4, 9)]))
        row = bare(TEXT, annotator={"uid": "u", "name": "u"}, entities=[entity("e1", 0, 3)])

        assert codes(imported(project, row)) == []
        assert imported(project, row).duplicates == 1
        assert_sound(project)


def test_a_uid_that_this_file_has_yet_to_give_does_not_stand_in_its_way() -> None:
    with empty() as project:
        imported(project, bare(TEXT, annotator={}))
        label_first(project, 0, 3)
        counter = project.clock().counter
        coming = [uids.label_uid("entity", project.replica, counter + n) for n in range(1, 9)]
        labels = [entity(uid, 4, 9, ("PERS", "ORG", "GPE")[n % 3]) for n, uid in enumerate(coming)]
        imported(project, bare(TEXT, entities=labels))

        found = [label_first(project, start, start + 2) for start in (4, 10)]

        assert len({*found, *coming}) >= 2
        assert_sound(project)


@pytest.mark.parametrize("gone", ["undone", "removed"])
def test_a_uid_that_an_undo_may_bring_back_is_taken(gone: str) -> None:
    with empty() as project:
        imported(project, bare(TEXT, annotator={}))
        uid = label_first(project, 4, 9)
        layer = first_layer(project)
        if gone == "undone":
            undoing.undo(project, layer)
        else:
            labelling.remove(project, layer, uid)
        imported(project, bare(TEXT, entities=[entity(uid, 4, 9)]))

        (undoing.redo if gone == "undone" else undoing.undo)(project, layer)

        assert [label.uid for label in project.labels(layer)] == [uid]
        assert_sound(project)


def test_an_import_is_nobodys_gesture_to_undo() -> None:
    with empty() as project:
        imported(project, bare(TEXT, annotator={"uid": "lead", "name": "قائد"},
                               entities=[entity("e", 0, 3)]))  # fmt: skip
        imported(project, example(1))
        for sha256, uid in project.connection.execute(
            "SELECT a.sha256,n.uid FROM layers l JOIN articles a ON a.id=l.article"
            " JOIN annotators n ON n.id=l.annotator"
        ).fetchall():
            with pytest.raises(UserError, match="nothing_to_undo"):
                undoing.undo(project, Layer(sha256, uid))


def test_a_row_without_a_uid_belongs_to_whom_the_project_knows_by_that_name() -> None:
    with empty() as project:
        imported(project, bare(TEXT, annotator={}))
        known = annotators.ensure(project, "أحمد")

        imported(project, bare("خبر", annotator={"name": "احمد"}))

        assert [one.uid for one in project.annotators()] == [known.uid]


def test_rows_of_one_annotator_may_come_in_several_files() -> None:
    with empty() as project:
        imported(project, example(1))
        imported(project, example(2))

        assert [(one.uid, one.name) for one in project.annotators()] == [("u-sara", "سارة")]


def test_more_than_a_thousand_labels_are_several_operations_of_one_gesture() -> None:
    labels = [entity(f"e{n}", n * 4, n * 4 + 3) for n in range(2500)]
    with empty() as project:
        imported(project, bare("قال " * 2500, entities=labels, status="done"))

        told = project.connection.execute(
            "SELECT count(*),count(DISTINCT gesture),count(DISTINCT hash),max(sequence)"
            " FROM operations WHERE kind='import' AND layer IS NOT NULL"
        ).fetchone()
        assert told == (3, 1, 3, 3)
        assert len(rows_of(exported(project))[0]["entities"]) == 2500
        assert_sound(project)


def test_every_operation_has_a_lamport_number_of_its_own() -> None:
    with empty() as project:
        imported(project, example(1), example(2), example(2, annotator={"uid": "x", "name": "س"}))
        label_first(project, 0, 4)
        imported(project, example(3))

        found = [row[0] for row in project.connection.execute("SELECT lamport FROM operations")]

    assert len(set(found)) == len(found)


def test_a_big_import_leaves_a_file_that_opens_and_refuses_false_quotes() -> None:
    rows = [
        bare(f"{TEXT} {n}", entities=[entity(f"e{k}", 0, 3) for k in range(40)]) for n in range(80)
    ]
    with empty() as project:
        assert imported(project, *rows).layers == 80
        with Project.open(project.path) as again:
            assert_sound(again)
            with pytest.raises(Exception, match="quote"):
                again.connection.execute(
                    'INSERT INTO spans(layer,label,part,n,start,"end",quote)'
                    " VALUES(1,'x','extent',0,0,3,'xxx')"
                )


def test_what_was_withdrawn_stays_withdrawn() -> None:
    with empty() as project:
        imported(project, example(1))
        projectwide.withdraw(project, first_layer(project, "سارة").article)

        report = imported(project, example(1))

        assert report.added == 0
        assert exported(project) == b""


# --- while others work, and where there is no room -----------------------------------------------


class Meddling(Cancelling):
    """Progress during which somebody works in the same file, on another connection."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(10**6)
        self._path = path
        self._name = name

    def advance(self, done: int, total: int) -> None:
        if not self.steps:
            with Project.open(self._path) as other:
                label_first(other, 4, 9, self._name)
        super().advance(done, total)


@pytest.mark.parametrize("name", ["زيد", "عمرو"])
def test_a_gesture_made_while_an_import_is_got_ready_stands_beside_it(name: str) -> None:
    with empty() as project:
        imported(project, bare(TEXT, annotator={}))
        annotators.ensure(project, "زيد")
        row = bare(TEXT, annotator={"uid": "", "name": "زيد"}, entities=[entity("e", 0, 3)])
        try:
            report = imported(project, row, progress=Meddling(project.path, name))
        except UserError as trouble:
            report = ImportReport(0, 0, 0)
            assert trouble.code in ("layer_exists", "locked")  # noqa: PT017

        found = [(row["annotator"]["name"], row["entities"][0]["quote"])
                 for row in rows_of(exported(project))]  # fmt: skip
        assert (name, "بوتين") in found
        assert len(found) == 1 + report.layers
        lamports = [row[0] for row in project.connection.execute("SELECT lamport FROM operations")]
        assert len(set(lamports)) == len(lamports)
        assert_sound(project)


@pytest.mark.parametrize("n", [100_000, 200_000, 249_999])
def test_on_a_full_disk_an_import_is_whole_or_refused_and_the_project_as_it_was(n: int) -> None:
    source = written(Path(os.environ["HASHIYA_DATA"]), bare("خبر\n" * n))
    with (
        small_disk("2m") as folder,
        Project.open(made(folder, schema=SCHEMA, texts=())) as project,
    ):
        before = contents(project)
        try:
            report = import_sources(project, [source])
        except UserError as trouble:
            assert trouble.code == "disk_full"  # noqa: PT017
            assert contents(project) == before
        else:
            assert (report.added, len(rows_of(exported(project)))) == (1, 1)

        assert_sound(project)
        assert project.connection.in_transaction is False


def test_where_an_import_cannot_be_got_ready_it_is_refused_and_the_project_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [
        bare(f"{TEXT} {n}\n" * 2000, entities=[entity(f"e{k}", 0, 3) for k in range(1500)])
        for n in range(40)
    ]
    with small_disk() as small, empty() as project:
        source = written(project.path.parent, *rows)
        before = contents(project)
        monkeypatch.setattr("tempfile.tempdir", str(small))

        with pytest.raises(UserError, match="disk_full"):
            import_sources(project, [source])

        assert contents(project) == before
        assert list(small.iterdir()) == []


def test_a_copy_of_the_file_imports_under_a_replica_of_its_own() -> None:
    with empty() as project:
        imported(project, example(1))
        with Project.open(copied(project.path, "copy.hashiya")) as copy:
            imported(copy, example(2, annotator=dict(SARA)))

            replicas = "SELECT count(DISTINCT replica) FROM operations WHERE kind='import'"
            assert copy.connection.execute(replicas).fetchone() == (2,)
            assert_sound(copy)
