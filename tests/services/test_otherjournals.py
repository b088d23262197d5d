"""Journals of other files of a project: recovery offers them, and takes only what is asked for."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator.services import backing_up, doctoring, labelling, rebuilding_file, recovering
from annotator.store.project import Project
from tests.cli.running import hashiya
from tests.projects import (
    annotator,
    assert_sound,
    code_of,
    copied,
    extent_of,
    layer_of,
    made,
    operations_in,
    quick_folder,
)

PAGE = 8192


@dataclass
class Two:
    """A project file, a copy of it that went on elsewhere and is gone, and what each did."""

    path: Path
    own: set[str]
    others: set[str]
    replica: str


def label(path: Path, quote: str, name: str = "a1") -> str:
    with Project.open(path) as project:
        made = labelling.add_entity(project, layer_of(project, name), extent_of(quote), "PERS")
        assert made is not None
        return made.hash


def names_in(path: Path) -> set[str]:
    with Project.open(path) as project:
        assert_sound(project)
        return {one.hash for one in operations_in(project)}


def destroy(path: Path) -> None:
    path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:])


@pytest.fixture
def two() -> Iterator[Two]:
    with quick_folder() as folder:
        path = made(folder)
        own = {label(path, "بوتين")}
        other = copied(path, "other.hashiya")
        with Project.open(other) as project:
            who = annotator(project, "سلمى")
            replica = project.replica
        others = {label(other, "ترامب", "سلمى"), label(other, "موسكو", "سلمى")}
        assert who.name == "سلمى"
        with Project.open(other) as project:
            others |= {one.hash for one in operations_in(project) if one.replica == replica}
        other.unlink()
        yield Two(path, own | names_in(path), others, replica)


def test_they_are_offered_and_said_whose_they_are_and_not_taken(two: Two) -> None:
    destroy(two.path)

    found = recovering.recover(two.path, two.path.with_name("new.hashiya"))

    (offered,) = found.journals
    assert offered.replica == two.replica
    assert not offered.is_taken
    assert offered.n_operations == len(two.others)
    assert offered.last.endswith("Z")
    assert names_in(found.path) == two.own
    assert found.other.operations == 0


def test_what_is_asked_for_is_taken_and_counted(two: Two) -> None:
    destroy(two.path)

    found = recovering.recover(two.path, two.path.with_name("new.hashiya"), journals=[two.replica])

    (offered,) = found.journals
    assert offered.is_taken
    assert offered.who == ("lead", "سلمى")
    assert names_in(found.path) == two.own | two.others
    assert found.other.operations == offered.n_operations == len(two.others)
    assert found.other.labels == 2
    with Project.open(found.path) as project:
        layer = layer_of(project, "سلمى")
        assert len(project.labels(layer)) == 2


def test_a_sound_file_takes_them_too_when_it_is_rebuilt_and_asked_to(two: Two) -> None:
    folder = two.path.parent
    plain = rebuilding_file.rebuild(two.path, folder / "1.hashiya")
    asked = rebuilding_file.rebuild(two.path, folder / "2.hashiya", journals=["all"])

    assert [one.is_taken for one in plain.journals] == [False]
    assert names_in(plain.path) == two.own
    assert [one.is_taken for one in asked.journals] == [True]
    assert names_in(asked.path) == two.own | two.others


def test_a_repair_takes_them_where_it_is_asked_to(two: Two) -> None:
    with Project.open(two.path) as project:
        project.connection.execute("DELETE FROM entities")
    repaired = doctoring.repair(two.path, two.path.with_name("1.hashiya"), journals=["all"])

    assert repaired is not None
    assert repaired.after.is_sound
    assert names_in(repaired.path) == two.own | two.others


def test_of_a_file_that_is_gone_they_are_offered_as_well(two: Two) -> None:
    with Project.open(two.path) as project:
        backing_up.back_up(project, "asked")
    two.path.unlink()

    found = recovering.recover(two.path, two.path.with_name("new.hashiya"))

    assert [one.replica for one in found.journals] == [two.replica]
    assert names_in(found.path) == two.own


def test_a_journal_that_is_not_there_is_told_and_nothing_is_made(two: Two) -> None:
    destroy(two.path)
    to = two.path.with_name("new.hashiya")

    assert code_of(lambda: recovering.recover(two.path, to, journals=["zzzzzzzz"])) == (
        "unknown_journal"
    )
    assert not to.exists()


def test_where_no_other_has_more_nothing_is_offered(two: Two) -> None:
    destroy(two.path)
    first = recovering.recover(two.path, two.path.with_name("1.hashiya"), journals=["all"])
    destroy(first.path)
    shutil.copy(first.path, two.path)

    again = recovering.recover(two.path, two.path.with_name("2.hashiya"))

    assert again.journals == ()


def test_a_file_that_was_handed_out_takes_only_what_is_its_owners(two: Two) -> None:
    folder = two.path.parent / "out"
    assert hashiya("assign", two.path, "--to", "سلمى,a1", "--overlap", 2, "-o", folder).code == 0
    hers = folder / "سلمى.hashiya"
    with Project.open(hers) as project:
        uid, owner = project.uid, project.owner
    destroy(hers)

    found = recovering.recover(hers, folder / "new.hashiya", journals=["all"])

    with Project.open(found.path) as project:
        assert (project.uid, project.owner) == (uid, owner)
        whose = {one.scope.annotator for one in operations_in(project) if one.scope.annotator}
        assert whose == {owner}
    assert found.other.labels == 2
    for journal in found.journals:
        assert journal.who == ("سلمى",)


def test_the_command_line_names_them_and_takes_them(two: Two) -> None:
    destroy(two.path)
    folder = two.path.parent

    plain = hashiya("rebuild", two.path, "-o", folder / "1.hashiya")
    asked = hashiya("rebuild", two.path, "-o", folder / "2.hashiya", "--journals", two.replica)
    told = hashiya("rebuild", two.path, "-o", folder / "3.hashiya", "--journals", "all", "--json")
    repaired = hashiya(
        "doctor", two.path, "--repair", "-o", folder / "4.hashiya", "--journals", "all", "--json"
    )

    assert plain.code == asked.code == told.code == 0
    assert f"--journals {two.replica}" in plain.out
    assert "سلمى" in plain.out or "lead" in plain.out
    assert "Taken, as you asked" in asked.out
    (one,) = told.told["journals"]
    assert one["taken"] is True
    assert one["operations"] == len(two.others)
    assert told.told["recovered"]["other_journals"]["operations"] == len(two.others)
    assert repaired.told["copy"]["journals"][0]["taken"] is True
    assert names_in(folder / "1.hashiya") == two.own
    assert names_in(folder / "4.hashiya") == two.own | two.others


@pytest.mark.parametrize(
    "words",
    [
        ("rebuild", "-o", "x.hashiya", "--journals", "zzzzzzzz"),
        ("rebuild", "-o", "x.hashiya", "--journals", "all", "--without", "e" * 16),
        ("doctor", "--journals", "all"),
    ],
    ids=" ".join,
)
def test_the_command_line_refuses_what_makes_no_sense(two: Two, words: tuple[str, ...]) -> None:
    name, *rest = words
    rest = [str(two.path.with_name(one)) if one == "x.hashiya" else one for one in rest]

    ended = hashiya(name, two.path, *rest)

    assert ended.code == 2
    assert not two.path.with_name("x.hashiya").exists()
