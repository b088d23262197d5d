"""Opening: what this file at this place once kept comes back, said, and nothing else does."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.core.operations import Operation
from annotator.i18n import Language
from annotator.services import (
    assigning,
    backing_up,
    doctoring,
    handing_in,
    handing_out,
    importing,
    labelling,
    marking,
    merging,
    restoring,
    undoing,
)
from annotator.services.assigning import Wish
from annotator.services.reopening import Reopened, merged_back
from annotator.services.reopeningwords import told
from annotator.store import journal, keptreceipts, receipts, takenback
from annotator.store.project import Project
from annotator.store.receipts import Receipt
from tests.projects import (
    add_articles,
    annotator,
    assert_sound,
    contents,
    copied,
    extent_of,
    layer_of,
    made,
    operations_in,
    quick_folder,
    sha_of,
)

TEXT = "نص جديد عن مدينة الإسكندرية."


@pytest.fixture
def path() -> Iterator[Path]:
    with quick_folder() as folder:
        path = made(folder)
        with Project.open(path) as project:
            annotator(project)
        yield path


def worked(project: Project) -> list[Operation]:
    """Do some work in a project; return all its operations."""
    layer = layer_of(project)
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    labelling.add_entity(project, layer, extent_of("ترامب"), "PERS")
    undoing.undo(project, layer)
    marking.mark_all(project, annotator(project), "موسكو", "GPE")
    labelling.set_status(project, layer, "done")
    return operations_in(project)


def hashes(project: Project) -> set[str]:
    return {one.hash for one in operations_in(project)}


def test_an_old_file_put_back_gets_all_of_it_again(path: Path) -> None:
    old = path.read_bytes()
    with Project.open(path) as project:
        names = {one.hash for one in worked(project)}
        before = contents(project)
        n_old = len(names) - 5
    path.write_bytes(old)
    with Project.open(path) as project:
        found = merged_back(project)
        assert found == Reopened(back=len(names) - n_old)
        assert hashes(project) == names
        after = contents(project)
        assert {k: v for k, v in after.items() if k != "replicas"} == {
            k: v for k, v in before.items() if k != "replicas"
        }
        assert_sound(project)
        assert not merged_back(project).is_anything
        labelling.set_status(project, layer_of(project), "started")
        own = [one for one in operations_in(project) if one.replica == project.replica]
        assert len({(one.scope, one.sequence) for one in own}) == len(own)
        assert {one.replica for one in own} == {project.replicas.names[0]}


def test_what_a_crash_left_in_the_file_alone_is_written_down_on_opening(path: Path) -> None:
    old = path.read_bytes()
    with Project.open(path) as project:
        names = {one.hash for one in worked(project)}
        record = journal.path_of(project.uid, project.replica)
    written = record.read_bytes().rstrip(b"\n").splitlines()
    record.write_bytes(b"\n".join(written[:-2]) + b"\n")

    with Project.open(path) as project:
        assert not merged_back(project).is_anything
    assert record.read_bytes().rstrip(b"\n").splitlines() == written

    path.write_bytes(old)
    with Project.open(path) as project:
        assert merged_back(project).back == 5
        assert hashes(project) == names


def test_opening_it_again_and_again_brings_nothing_twice(path: Path) -> None:
    old = path.read_bytes()
    with Project.open(path) as project:
        worked(project)
    for n in range(3):
        path.write_bytes(old)
        with Project.open(path) as project:
            assert merged_back(project).back == 5 + n
            labelling.set_status(project, layer_of(project, text=1), ("started", "done")[n % 2])


def test_what_a_merge_brought_comes_back_too(path: Path) -> None:
    with Project.open(copied(path, "other.hashiya")) as other:
        worked(other)
        handing_in.hand_in(other, path.with_name("b.zip"))
        theirs = hashes(other)
    with Project.open(path) as project:
        labelling.set_status(project, layer_of(project, text=2), "started")
        old = path.read_bytes()
        assert merging.merge(project, [path.with_name("b.zip")]).new == 5
    path.write_bytes(old)
    with Project.open(path) as project:
        assert merged_back(project).back == 5
        assert theirs <= hashes(project)
        assert_sound(project)


def merged_twice(path: Path) -> tuple[bytes, list[Receipt]]:
    """Merge two hand-ins at once; return the file before it, and the receipts."""
    for name in ("b", "c"):
        with Project.open(copied(path, f"{name}.hashiya")) as other:
            worked(other)
            labelling.set_status(other, layer_of(other, text=1), "started")
            handing_in.hand_in(other, path.with_name(f"{name}.zip"))
    with Project.open(path) as project:
        labelling.set_status(project, layer_of(project, text=2), "started")
        old = path.read_bytes()
        merging.merge(project, [path.with_name(f"{name}.zip") for name in ("b", "c")])
        labelling.set_status(project, layer_of(project, text=2), "done")
        found = receipts.receipts(project)
        return old, sorted(found, key=lambda one: -one.counts["new"])


def test_what_came_back_of_merges_can_still_be_taken_back(path: Path) -> None:
    old, before = merged_twice(path)
    assert len(before) == 3
    path.write_bytes(old)
    with Project.open(path) as project:
        left = hashes(project)
        assert merged_back(project).back == 13
        after = {one.uid: one for one in receipts.receipts(project)}
        assert {one.uid: (one.name, one.counts) for one in before} == {
            uid: (one.name, one.counts) for uid, one in after.items()
        }
        for one in before[1:]:
            merging.take_back(project, one.uid)
        assert sum(one.counts["new"] for one in before[1:]) == before[0].counts["new"]
        assert takenback.names(project.connection) == hashes_of_merge(project, after[before[0].uid])
        assert_sound(project)
        assert left < hashes(project)
    assert doctoring.examine(path).is_sound


def hashes_of_merge(project: Project, receipt: Receipt) -> set[str]:
    return {*receipts.operations_in(project, receipt.ranges)}


def test_what_was_taken_back_is_so_again_and_its_receipt_says_so(path: Path) -> None:
    old, (whole, *_) = merged_twice(path)
    with Project.open(path) as project:
        merging.take_back(project, whole.uid)
        before = contents(project)["entities"]
    path.write_bytes(old)
    with Project.open(path) as project:
        merged_back(project)
        assert contents(project)["entities"] == before
        with pytest.raises(UserError, match="nothing_to_take_back"):
            merging.take_back(project, whole.uid)


def test_a_receipt_waits_until_all_that_it_is_for_is_there(path: Path) -> None:
    old = path.read_bytes()
    with Project.open(path) as project:
        labelling.set_status(project, layer_of(project), "started")
        add_articles(project, TEXT)
        other = copied(path, "other.hashiya")
        with Project.open(other) as theirs:
            labelling.set_status(theirs, layer_of(theirs), "done")
            labelling.set_status(
                theirs, theirs.layer(sha_of(TEXT), annotator(theirs).uid), "started"
            )
            handing_in.hand_in(theirs, path.with_name("b.zip"))
        uid = merging.merge(project, [path.with_name("b.zip")]).receipt
    path.write_bytes(old)
    with Project.open(path) as project:
        assert merged_back(project).waiting > 0
        with pytest.raises(UserError, match="unknown_receipt"):
            merging.take_back(project, uid)
        add_articles(project, TEXT)
        assert merged_back(project).back > 0
        merging.take_back(project, uid)


def test_receipts_that_cannot_be_written_down_stay_in_the_file(path: Path) -> None:
    with Project.open(copied(path, "other.hashiya")) as other:
        worked(other)
        handing_in.hand_in(other, path.with_name("b.zip"))
    with Project.open(path) as project:
        keptreceipts.path_of(project.uid, project.replica).mkdir(parents=True)
        old = path.read_bytes()
        uid = merging.merge(project, [path.with_name("b.zip")]).receipt
        assert receipts.receipt(project, uid) is not None
    path.write_bytes(old)
    with Project.open(path) as project:
        assert merged_back(project).back == 5
        with pytest.raises(UserError, match="unknown_receipt"):
            merging.take_back(project, uid)


def test_a_backup_with_what_was_done_since_has_the_receipts_of_it(path: Path) -> None:
    with Project.open(path) as project:
        backing_up.back_up(project, "asked")
    first = backing_up.backup_of(path)
    _, before = merged_twice(path)
    path.unlink()
    restoring.restore(path, path, first)
    with Project.open(path) as project:
        assert {one.uid for one in receipts.receipts(project)} == {one.uid for one in before}
        merging.take_back(project, before[0].uid)
    assert doctoring.examine(path).is_sound


def test_of_work_that_was_merged_again_one_receipt_comes_back_and_no_earlier_one(
    path: Path,
) -> None:
    with Project.open(copied(path, "b.hashiya")) as other:
        worked(other)
        handing_in.hand_in(other, path.with_name("b.zip"))
    with Project.open(path) as project:
        labelling.set_status(project, layer_of(project, text=2), "started")
        old = path.read_bytes()
        merging.merge(project, [path.with_name("b.zip")])
        labelling.set_status(project, layer_of(project, text=2), "done")
    path.write_bytes(old)
    with Project.open(path) as project:
        again = merging.merge(project, [path.with_name("b.zip")]).receipt
        assert merged_back(project).back == 1
        assert [one.uid for one in receipts.receipts(project)] == [again]
    assert doctoring.examine(path).is_sound

    path.write_bytes(old)
    with Project.open(path) as project:
        merged_back(project)
        assert [one.uid for one in receipts.receipts(project)] == [again]
    assert doctoring.examine(path).is_sound


def test_of_several_sources_the_receipt_of_one_is_missed_too(path: Path) -> None:
    merged_twice(path)
    with Project.open(path) as project:
        before = receipts.receipts(project)
        gone = before[-1].uid
        assert "-" in gone
        project.connection.execute("DELETE FROM receipts WHERE uid=?", (gone,))

    repair = doctoring.repair(path, path.with_name("copy.hashiya"))

    assert repair is not None
    assert [one.where for one in repair.before.findings] == [f"receipts/{gone}"]
    with Project.open(repair.path) as project:
        told = [replace(one, ranges=()) for one in receipts.receipts(project)]
    assert sorted(told, key=lambda one: one.uid) == sorted(
        (replace(one, ranges=()) for one in before), key=lambda one: one.uid
    )


@pytest.mark.parametrize("damage", [b"", b"nothing\n", b"#0 {}\n"])
def test_receipts_whose_hash_does_not_hold_are_passed_over(path: Path, damage: bytes) -> None:
    old, before = merged_twice(path)
    with Project.open(path) as project:
        kept = keptreceipts.path_of(project.uid, project.replica)
    lines = kept.read_bytes().split(b"\n")
    kept.write_bytes(damage + b"\n".join(lines[1:]))
    path.write_bytes(old)
    with Project.open(path) as project:
        merged_back(project)
        assert len(receipts.receipts(project)) == len(before) - 1


def test_nothing_of_another_file_on_the_machine_is_poured_in(path: Path) -> None:
    other = copied(path, "other.hashiya")
    old = path.read_bytes()
    with Project.open(other) as project:
        theirs = {one.hash for one in worked(project)}
    with Project.open(path) as project:
        mine = hashes(project)
        labelling.set_status(project, layer_of(project), "started")
        mine |= hashes(project)
    path.write_bytes(old)
    with Project.open(path) as project:
        assert merged_back(project).back == 1
        assert hashes(project) == mine
        assert not (hashes(project) & (theirs - mine))
    with Project.open(other) as project:
        assert not merged_back(project).is_anything
        assert hashes(project) == theirs


def test_work_on_articles_that_the_older_copy_lacks_waits_for_them(path: Path) -> None:
    with Project.open(path) as project:
        layer_of(project)
        labelling.set_status(project, layer_of(project), "started")
        old = path.read_bytes()
        (sha256,) = add_articles(project, TEXT)
        layer = project.layer(sha256, annotator(project).uid)
        labelling.add_entity(project, layer, extent_of("الإسكندرية", TEXT), "GPE")
        for status in ("skipped", "started") * 30:
            labelling.set_status(project, layer_of(project), status)
        everything = hashes(project)
        first = project.replica
    path.write_bytes(old)
    with Project.open(path) as project:
        found = merged_back(project)
        assert (found.back, found.waiting) == (60, 1)
        labelling.set_status(project, layer_of(project, text=1), "started")
        assert project.replica != first  # the number of what waits is not given again
    with Project.open(path) as project:
        found = merged_back(project)
        assert (found.back, found.waiting) == (0, 1)
        add_articles(project, TEXT)
    with Project.open(path) as project:
        found = merged_back(project)
        assert (found.back, found.waiting) == (1, 0)
        assert everything <= hashes(project)
        assert_sound(project)
    with Project.open(path) as project:
        assert not merged_back(project).is_anything


def test_a_lacking_import_of_labels_is_told_and_its_numbers_are_not_given_again(path: Path) -> None:
    rows = path.with_name("rows.jsonl")
    rows.write_text(
        '{"format":"hashiya/1","article":{"title":"ن","source":"","language":"ar","meta":"{}"},'
        f'"text":"{TEXT}","annotator":{{"name":"a1","kind":"human"}},"entities":['
        '{"type":"GPE","start":17,"end":27}]}\n',
        encoding="utf-8",
    )
    with Project.open(path) as project:
        labelling.set_status(project, layer_of(project), "started")
        old = path.read_bytes()
        assert importing.import_sources(project, [rows]).layers == 1
        layer = project.layer(sha_of(TEXT), annotator(project).uid)
        labelling.set_status(project, layer, "done")
        before = operations_in(project)
        first = project.replica
    path.write_bytes(old)
    with Project.open(path) as project:
        found = merged_back(project)
        assert (found.back, found.waiting, found.imports) == (0, 1, 1)
        assert importing.import_sources(project, [rows]).layers == 1
        assert project.replica != first
        assert merged_back(project).back == 1
        places = {(one.scope, one.replica, one.sequence): one.hash for one in before}
        for one in operations_in(project):
            known = places.get((one.scope, one.replica, one.sequence), one.hash)
            assert known == one.hash


def test_a_handed_out_file_has_a_journal_of_its_own(path: Path) -> None:
    folder = path.parent / "out"
    with Project.open(path) as project:
        plan = assigning.planned(project, Wish(("a1", "a2")))
        handing_out.assign_and_hand_out(project, plan, folder)
        lead = project.replica
    hers = folder / "a1.hashiya"
    old = hers.read_bytes()
    with Project.open(hers) as project:
        article = project.connection.execute("SELECT sha256 FROM articles LIMIT 1").fetchone()[0]
        layer = project.layer(article, project.owner)
        labelling.set_status(project, layer, "done")
        names = hashes(project)
        assert project.replica != lead
    hers.write_bytes(old)
    with Project.open(hers) as project:
        assert merged_back(project) == Reopened(back=1)
        assert hashes(project) == names  # and nothing of the lead's
    with Project.open(path) as project:
        assert not merged_back(project).is_anything


def test_a_file_that_cannot_be_written_is_read_and_says_what_it_lacks(path: Path) -> None:
    old = path.read_bytes()
    with Project.open(path) as project:
        worked(project)
    path.write_bytes(old)
    path.chmod(0o444)
    try:
        with Project.open(path) as project:
            found = merged_back(project)
            assert found.back == 0
            assert found.waiting == 5
            assert found.trouble is not None
            assert found.trouble.code == "read_only"
            assert len(hashes(project)) > 0
    finally:
        path.chmod(0o644)
    with Project.open(path) as project:
        assert merged_back(project).back == 5


def test_a_record_that_cannot_be_read_keeps_nobody_from_opening(path: Path) -> None:
    with Project.open(path) as project:
        worked(project)
        place = journal.path_of(project.uid, project.replica)
    place.unlink()
    place.mkdir()
    with Project.open(path) as project:
        found = merged_back(project)
        assert found.trouble is not None
        assert found.trouble.code == "second_record_unread"
        labelling.set_status(project, layer_of(project), "started")


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system how much was read")
def test_opening_reads_no_more_of_a_long_journal_than_of_a_short_one(path: Path) -> None:
    read = []
    with Project.open(path) as project:
        layer = layer_of(project)
        for n in (100, 1500):
            for k in range(n):
                labelling.set_status(project, layer, ("started", "skipped")[k % 2])
            before = _bytes_read()
            assert not merged_back(project).is_anything
            read.append(_bytes_read() - before)
        size = journal.path_of(project.uid, project.replica).stat().st_size
    assert size > 600_000
    assert max(read) < 300_000
    assert read[1] < 2 * read[0] + 70_000


def _bytes_read() -> int:
    told = Path("/proc/self/io").read_text("ascii")
    return int(told.split("rchar:")[1].split()[0])


def test_what_came_back_is_told_in_both_languages() -> None:
    found = Reopened(back=3, waiting=1, imports=1, damaged=2)
    arabic, english = (told(found, "a.hashiya", Language.of(code)) for code in ("ar", "en"))
    assert len(arabic) == len(english) == 4
    assert "3 عمليات" in arabic[0]
    assert "3 operations" in english[0]
    assert told(Reopened(), "a", Language.of("en")) == []


def test_a_file_given_to_another_machine_begins_a_journal_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.open(path) as project:
        worked(project)
        n_before = len(hashes(project))
    monkeypatch.setenv("HASHIYA_DATA", str(path.with_name("other machine")))
    with Project.open(path) as project:
        assert not merged_back(project).is_anything
        labelling.set_status(project, layer_of(project), "started")
        place = journal.path_of(project.uid, project.replica)
        assert len([raw for raw in place.read_bytes().split(b"\n") if raw]) == 1
        assert len(hashes(project)) == n_before + 1
        shutil.rmtree(os.environ["HASHIYA_DATA"])
