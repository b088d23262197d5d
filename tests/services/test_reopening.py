"""Opening: what this file at this place once kept comes back, said, and nothing else does."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.operations import Operation
from annotator.i18n import Language
from annotator.services import (
    assigning,
    handing_in,
    handing_out,
    importing,
    labelling,
    marking,
    merging,
    undoing,
)
from annotator.services.assigning import Wish
from annotator.services.reopening import Reopened, merged_back
from annotator.services.reopeningwords import told
from annotator.store import journal
from annotator.store.project import Project
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
