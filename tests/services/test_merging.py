"""Merging hand-ins, replies and files: what comes in, what is refused, and taking back."""

import itertools
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.model import Region, replace
from annotator.services import (
    annotators,
    arriving,
    exporting,
    handing_in,
    labelling,
    listing,
    merging,
    projectwide,
    undoing,
)
from annotator.store import backing, backupfolder, filecopy, receipts, rotation
from annotator.store.project import Project
from tests.exchange.bundling import (
    Members,
    bundle_of,
    canonical,
    handed_in,
    labelled,
    lines_of,
    manifest_of,
    members_of,
    refusal,
    resealed,
    team,
    with_manifest,
    with_operations,
    zipped,
)
from tests.projects import (
    add_articles,
    annotator,
    assert_sound,
    code_of,
    contents,
    copied,
    extent_of,
    layer_of,
    made,
    operations_in,
    quick_folder,
    sha_of,
)

N = 11
"""Operations that `labelled` leaves in a file that was handed out."""


class Team:
    """A lead's file, open, and the files of two annotators."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path, self.files = team(folder)
        self.lead = Project.open(self.path)

    def exported(self, project: Project | None = None) -> bytes:
        """Return all layers as JSONL."""
        path = self.folder / "out.jsonl"
        exporting.export(project or self.lead, path)
        return path.read_bytes()


@pytest.fixture
def ours() -> Iterator[Team]:
    with quick_folder() as folder:
        found = Team(folder)
        yield found
        assert_sound(found.lead)
        found.lead.close()


def merged(project: Project, *paths: Path, dry_run: bool = False) -> merging.MergeReport:
    """Merge; nothing may be refused."""
    report = merging.merge(project, paths, dry_run=dry_run)
    assert report.refused == ()
    return report


# --- what comes in ------------------------------------------------------------------------------


def test_a_hand_in_comes_in_and_is_counted(ours: Team) -> None:
    report = merged(ours.lead, handed_in(ours.files["a1"]))

    assert (report.new, report.same, report.changed, report.held) == (N, 1, 0, 0)
    assert report.layers == 2
    assert [(part.source, part.who, part.new) for part in report.parts] == [("a1.zip", "a1", N)]
    with Project.open(ours.files["a1"]) as hers:
        layer = layer_of(ours.lead, "a1")
        assert ours.lead.labels(layer) == hers.labels(layer)
        assert ours.lead.layer(sha_of(1), layer.annotator).status == "done"


def test_the_same_bundle_again_is_all_known_and_changes_nothing(ours: Team) -> None:
    bundle = handed_in(ours.files["a1"])
    merged(ours.lead, bundle)
    before = contents(ours.lead)

    report = merged(ours.lead, bundle)

    assert (report.new, report.same, report.changed, report.receipt) == (0, N + 1, 0, "")
    assert report.backup is None
    assert contents(ours.lead) == before


def test_the_same_bundle_twice_in_one_merge_comes_in_once(ours: Team) -> None:
    bundle = handed_in(ours.files["a1"])

    report = merged(ours.lead, bundle, bundle)

    assert (report.new, report.same) == (N, N + 2)
    assert [part.new for part in report.parts] == [N, 0]


def test_a_dry_run_says_what_a_merge_then_does_and_changes_nothing(ours: Team) -> None:
    bundle, before = handed_in(ours.files["a1"]), contents(ours.lead)

    dry = merged(ours.lead, bundle, dry_run=True)

    assert contents(ours.lead) == before
    assert receipts.receipts(ours.lead) == []
    assert not backupfolder.folder_of(ours.lead).exists()
    wet = merged(ours.lead, bundle)
    told = ("new", "same", "changed", "held", "problems", "layers", "articles")
    assert [getattr(dry, name) for name in told] == [getattr(wet, name) for name in told]


def test_sources_of_one_name_are_told_apart_by_their_folders(ours: Team) -> None:
    paths = []
    for name, path in ours.files.items():
        (ours.folder / name).mkdir()
        paths.append(handed_in(path, name).rename(ours.folder / name / "mine.zip"))
    whole = paths[1].read_bytes()
    paths[1].write_bytes(whole[:-9])

    (refused,) = merging.merge(ours.lead, paths).refused
    assert (refused.source, refused.trouble.data["path"]) == ("a2/mine.zip", "a2/mine.zip")
    paths[1].write_bytes(whole)
    assert [part.source for part in merged(ours.lead, *paths).parts] == [
        "a1/mine.zip",
        "a2/mine.zip",
    ]


class Meanwhile:
    """Progress during which something else happens, once, at the step that says so."""

    cancelled = False

    def __init__(self, happens: Callable[[], None], at: Callable[[int, int], bool]) -> None:
        self._happens, self._is_at = happens, at
        self.n_steps = 0
        self.has_happened = False

    def advance(self, done: int, total: int) -> None:
        self.n_steps += 1
        if not self.has_happened and self._is_at(done, total):
            self.has_happened = True
            self._happens()


@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 6])
def test_others_write_while_a_dry_run_is_under_way(ours: Team, step: int) -> None:
    bundles = [handed_in(path, name) for name, path in ours.files.items()]
    told = ("new", "same", "changed", "held", "problems", "layers", "articles", "remarks")
    expected = merged(ours.lead, *bundles, dry_run=True)

    def write() -> None:
        with Project.open(ours.path) as other:
            other.connection.execute("PRAGMA busy_timeout=0")
            labelling.add_entity(other, layer_of(other, "a3"), extent_of("ترامب"), "PERS")

    progress = Meanwhile(write, lambda _done, _total: progress.n_steps == step)
    dry = merging.merge(ours.lead, bundles, dry_run=True, progress=progress)

    assert progress.has_happened
    assert [getattr(dry, name) for name in told] == [getattr(expected, name) for name in told]
    wet = merged(ours.lead, *bundles)
    assert [getattr(dry, name) for name in told] == [getattr(wet, name) for name in told]
    assert len(ours.lead.labels(layer_of(ours.lead, "a3"))) == 1


def test_a_dry_run_leaves_nothing_behind(
    ours: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = handed_in(ours.files["a1"])
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    merged(ours.lead, bundle, ours.files["a2"], dry_run=True)

    assert list(tmp_path.iterdir()) == []


def test_a_copy_to_try_on_is_of_one_moment_however_often_the_file_is_written(
    ours: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filecopy, "_AT_ONCE", 4)
    n_steps = 0

    def write(_done: int, _total: int) -> None:
        nonlocal n_steps
        n_steps += 1
        with Project.open(ours.path) as other:
            other.connection.execute("PRAGMA busy_timeout=0")
            status = ("started", "done")[n_steps % 2]
            labelling.set_status(other, layer_of(other, "a3"), status)

    with backing.trial_copy(ours.lead, ours.folder / "trial.hashiya", write) as copy:
        assert_sound(copy)
        assert contents(copy) == contents(ours.lead)
    assert n_steps == 3, "it began three times, and was then read in one go"


def test_bundles_in_every_order_give_the_same_file(ours: Team) -> None:
    bundles = [handed_in(path, name) for name, path in ours.files.items()]
    labelled(copied(ours.path, "third.hashiya"), "a2")
    bundles.append(bundle_of(ours.path.with_name("third.hashiya")))
    found = set()
    for n, order in enumerate(itertools.permutations(bundles)):
        with Project.open(copied(ours.path, f"lead-{n}.hashiya")) as project:
            for bundle in order:
                merged(project, bundle)
            merged(project, order[0])
            found.add(ours.exported(project))
            assert_sound(project)
    merged(ours.lead, *bundles)

    assert found == {ours.exported()}


def test_a_file_that_was_handed_out_can_be_merged_itself(ours: Team) -> None:
    labelled(ours.files["a1"])
    before = ours.files["a1"].read_bytes()

    assert merged(ours.lead, ours.files["a1"]).new == N
    assert ours.files["a1"].read_bytes() == before
    assert merged(ours.lead, bundle_of(ours.files["a1"])).same == N + 1


def test_one_person_on_two_laptops_unites_in_either_file_and_at_the_lead(ours: Team) -> None:
    first = ours.files["a1"]
    second = ours.folder / "laptop.hashiya"
    shutil.copy(first, second)
    labelled(first)
    with Project.open(second) as project:
        layer = layer_of(project, "a1", 2)
        labelling.add_entity(project, layer, extent_of("غزة", 2), "GPE")
    with Project.open(first) as project:
        assert merged(project, bundle_of(second)).new == 1
        assert_sound(project)

    assert merged(ours.lead, bundle_of(second), bundle_of(first)).new == N + 1
    with Project.open(first) as project:
        for n in range(3):
            assert project.labels(layer_of(project, "a1", n)) == ours.lead.labels(
                layer_of(ours.lead, "a1", n)
            )


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=("AB", "BA"))
def test_a_layer_of_two_sources_is_counted_once_whatever_their_order(
    ours: Team, order: tuple[int, int]
) -> None:
    first, second = ours.files["a1"], ours.folder / "laptop.hashiya"
    shutil.copy(first, second)
    for path in (first, second):  # the same on both: twins, once they meet
        with Project.open(path) as project:
            labelling.add_entity(project, layer_of(project, "a1"), extent_of("بوتين"), "PERS")
    with Project.open(first) as project:
        merged(project, bundle_of(second))
    with Project.open(second) as project:
        layer = layer_of(project, "a1")
        (person,) = project.labels(layer)
        labelling.change(project, layer, replace(person, note="الرئيس"))
    sources = [(bundle_of(first), bundle_of(second))[n] for n in order]

    dry = merged(ours.lead, *sources, dry_run=True)
    report = merged(ours.lead, *sources)

    assert len(list(listing.problems(ours.lead))) == 2
    for told in (dry, report):
        assert (told.problems, told.changed, told.held) == (2, 0, 0)


def _without_event(members: Members) -> list[bytes]:
    """Return the operations of a bundle but for the one that adds an event."""
    return [line for line in lines_of(members) if b'"add_event"' not in line]


@pytest.mark.parametrize("is_whole_first", [True, False])
def test_labels_held_are_counted_once_where_two_sources_touch_a_layer(
    ours: Team, is_whole_first: bool
) -> None:
    whole = handed_in(ours.files["a1"])
    members = members_of(whole)
    part = zipped(ours.folder / "part.zip", with_operations(members, _without_event(members)))
    first = [whole, part] if is_whole_first else [part, whole]

    assert merged(ours.lead, part, dry_run=True).held == 2
    assert merged(ours.lead, *first).held == 0


def test_what_was_changed_after_a_first_hand_in_counts_as_changed(ours: Team) -> None:
    merged(ours.lead, handed_in(ours.files["a1"]))
    with Project.open(ours.files["a1"]) as project:
        layer = layer_of(project, "a1")
        gone = next(one for one in project.labels(layer) if one.uid.startswith("R"))
        labelling.remove(project, layer, gone.uid)

    report = merged(ours.lead, bundle_of(ours.files["a1"]))

    assert (report.new, report.same, report.changed) == (1, N + 1, 1)


def test_an_annotator_who_did_nothing_hands_in_nothing_and_is_no_fault(ours: Team) -> None:
    report = merged(ours.lead, bundle_of(ours.files["a2"]))

    assert (report.new, report.same, report.receipt) == (0, 1, "")


def test_two_leads_give_each_other_everything_with_new_articles(ours: Team) -> None:
    other = copied(ours.path, "other.hashiya")
    with Project.open(other) as project:
        (added,) = add_articles(project, "مقال جديد عن القاهرة وبغداد.")
        projectwide.set_regions(project, added, [Region(0, 9, "headline"), Region(9, 20, "body")])
        layer = project.layer(added, annotator(project, "a9").uid)
        labelling.add_entity(project, layer, extent_of("بغداد", project.text(added)), "GPE")
        projectwide.withdraw(project, sha_of(2))
        expected = contents(project)

    report = merged(ours.lead, bundle_of(other))

    assert report.articles == 1
    assert [region.role for region in ours.lead.regions(added)] == ["headline", "body"]
    told = contents(ours.lead)
    for name in ("articles", "texts", "regions", "entities", "operations", "annotators"):
        assert told[name] == expected[name], name


# --- what is worth a look -----------------------------------------------------------------------


def test_types_that_the_label_schema_lacks_stand_as_problems(ours: Team) -> None:
    with Project.open(ours.files["a1"]) as project:
        toml = project.schema_toml().replace('id = "GPE"', 'id = "CITY"')
        toml = toml.replace('"GPE"', '"CITY"')
        project.connection.execute("UPDATE label_schemas SET toml=?", (toml,))
    with Project.open(ours.files["a1"]) as project:
        labelling.add_entity(project, layer_of(project, "a1"), extent_of("موسكو"), "CITY")
        labelling.add_entity(project, layer_of(project, "a1"), extent_of("بوتين"), "PERS")

    report = merged(ours.lead, bundle_of(ours.files["a1"]))

    assert (report.problems, report.held) == (1, 0)
    assert [remark.code for remark in report.remarks] == ["other_label_schema"]
    assert ("CITY",) in ours.lead.connection.execute("SELECT type FROM entities").fetchall()


@pytest.mark.parametrize("year", ["1999", "2099"])
def test_a_clock_that_is_wrong_is_remarked_and_takes_no_part(ours: Team, year: str) -> None:
    with Project.open(ours.files["a1"], now=lambda: f"{year}-05-05T10:00Z") as project:
        labelling.set_status(project, layer_of(project, "a1"), "done")

    report = merged(ours.lead, bundle_of(ours.files["a1"]))

    assert report.new == 1
    (remark,) = report.remarks
    assert (remark.code, str(remark.data["at"])[:4]) == ("strange_clock", year)


def test_labels_that_point_to_what_is_not_there_are_held_and_come_back(ours: Team) -> None:
    members = members_of(handed_in(ours.files["a1"]))
    part = with_operations(members, _without_event(members))

    report = merged(ours.lead, zipped(ours.folder / "part.zip", part))

    assert (report.held, report.changed) == (2, 0)
    assert merged(ours.lead, ours.files["a1"].with_suffix(".zip")).held == 0


# --- what is refused ----------------------------------------------------------------------------


def test_of_several_sources_with_a_bad_one_nothing_comes_in(ours: Team) -> None:
    good = handed_in(ours.files["a1"])
    torn = ours.folder / "torn.zip"
    torn.write_bytes(good.read_bytes()[:-9])

    assert refusal(ours.lead, good, torn).code == "damaged_bundle"
    assert not backupfolder.folder_of(ours.lead).exists()


def test_operations_of_another_annotator_refuse_the_whole(ours: Team) -> None:
    members = members_of(handed_in(ours.files["a1"]))
    a2 = annotator(ours.lead, "a2")
    who = {"uid": a2.uid, "name": a2.name, "kind": "human"}
    path = zipped(ours.folder / "wrong.zip", with_manifest(members, annotator=who))

    assert refusal(ours.lead, path).code == "not_hers"


def test_an_annotator_cannot_change_the_project(ours: Team) -> None:
    members = members_of(handed_in(ours.files["a1"]))
    with Project.open(copied(ours.path, "other.hashiya")) as project:
        projectwide.withdraw(project, sha_of(0))
        withdrawal = op.canonical_json(operations_in(project)[-1])
        withdrawal = next(
            op.canonical_json(one) for one in operations_in(project) if one.kind == "withdraw"
        )
    path = ours.folder / "more.zip"
    zipped(path, with_operations(members, [withdrawal, *lines_of(members)]))

    assert refusal(ours.lead, path).code == "not_hers"


def test_an_annotator_cannot_make_herself_gold(ours: Team) -> None:
    members = members_of(bundle_of(ours.files["a1"]))
    (line,) = lines_of(members)
    forged = line.replace(b'"kind":"human"', b'"kind":"gold"')
    path = zipped(ours.folder / "gold.zip", with_operations(members, [forged]))

    assert refusal(ours.lead, path).code == "annotator_differs"


def test_a_bundle_of_another_project_is_refused(ours: Team) -> None:
    with Project.open(made(ours.folder, "foreign.hashiya")) as foreign:
        foreign.connection.execute("UPDATE settings SET value=? WHERE name='project'", ("ab" * 16,))
    path = ours.folder / "foreign.hashiya"
    bundle = bundle_of(path)

    assert refusal(ours.lead, bundle).code == "foreign_project"
    assert refusal(ours.lead, path).code == "foreign_project"


def test_work_on_articles_that_are_not_here_is_refused_with_their_names(ours: Team) -> None:
    with Project.open(ours.files["a1"]) as project:
        text = "نص لا يعرفه المشرف."
        (added,) = add_articles(project, text)
        layer = project.layer(added, project.owner)
        labelling.add_entity(project, layer, extent_of("المشرف", text), "PERS")
    members = members_of(bundle_of(ours.files["a1"]))
    without = {
        **members,
        "articles.jsonl": b"\n".join(b'{"sha256":"%s"}' % added.encode() for _ in "x") + b"\n",
    }
    trouble = refusal(ours.lead, zipped(ours.folder / "bare.zip", resealed(without)))

    assert (trouble.code, trouble.data["articles"]) == ("unknown_text", [added[:16]])
    assert merged(ours.lead, bundle_of(ours.files["a1"])).articles == 1


@pytest.mark.parametrize(
    "forge",
    [
        lambda line: line.replace(b'"lamport":', b'"lamport":9999999999999999', 1),
        lambda line: line.replace(b'"type":"PERS"', b'"type":5', 1),
        lambda line: line.replace(b'"kind":"add_entity"', b'"kind":"add_entity","extra":1', 1),
        lambda line: line.replace(b"{", b"{ ", 1),
        lambda line: line.replace(b'"link":', b'"note":"\\u0000","link":', 1),
        lambda line: b"[]",
        lambda line: b"",
        lambda line: b"[" * 500_000,
        lambda line: b'{"at":' + b"1" * 100_000,
        lambda line: b"\xff" + line,
    ],
)
def test_an_operation_that_hashiya_does_not_write_refuses_the_whole_with_its_line(
    ours: Team, forge: object
) -> None:
    assert callable(forge)
    members = members_of(handed_in(ours.files["a1"]))
    lines = lines_of(members)
    at = next(n for n, line in enumerate(lines) if b'"add_entity"' in line)
    lines[at] = forge(lines[at])
    path = zipped(ours.folder / "forged.zip", with_operations(members, lines))

    trouble = refusal(ours.lead, path)

    assert (trouble.code, trouble.data.get("line")) == ("damaged_bundle", at + 1)


def test_operations_that_are_sound_json_but_no_history_of_ours(ours: Team) -> None:
    members = members_of(handed_in(ours.files["a1"]))
    for value in ({}, {"at": ""}, {"scope": ["x", "y"]}, [1, 2], "text", 5, None):
        told = with_operations(members, [canonical(value)])
        path = zipped(ours.folder / "none.zip", told)
        assert refusal(ours.lead, path).code == "damaged_bundle"


def test_a_project_is_not_merged_into_itself(ours: Team) -> None:
    assert refusal(ours.lead, ours.path).code == "merges_itself"


def test_a_file_that_is_none_of_ours(ours: Team) -> None:
    plain, empty, strange = (ours.folder / name for name in ("a.txt", "b.zip", "c.db"))
    plain.write_text("نص", "utf-8")
    empty.touch()
    with sqlite3.connect(strange) as connection:
        connection.execute("CREATE TABLE a(x)")
    connection.close()

    assert {refusal(ours.lead, path).code for path in (plain, empty, strange)} == {"not_a_bundle"}
    assert refusal(ours.lead, ours.folder / "none.zip").code == "no_such_file"
    assert refusal(ours.lead, ours.folder).code == "is_a_folder"


def test_an_annotators_file_takes_only_replies_and_her_own_work(ours: Team) -> None:
    colleague = handed_in(ours.files["a2"], "a2")
    with Project.open(ours.files["a1"]) as hers:
        for path in (colleague, ours.files["a2"], ours.path, bundle_of(ours.path)):
            assert refusal(hers, path).code == "not_your_bundle"


def test_where_no_copy_can_be_kept_nothing_is_merged(
    ours: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle, before = handed_in(ours.files["a1"]), contents(ours.lead)
    blocked = ours.folder / "blocked"
    blocked.touch()
    monkeypatch.setenv("HASHIYA_DATA", str(blocked))

    assert code_of(lambda: merging.merge(ours.lead, [bundle])) == "no_backup"
    assert contents(ours.lead) == before


def test_trouble_of_the_project_itself_is_not_the_sources(
    ours: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = handed_in(ours.files["a1"])

    def failing(project: Project, *_: object) -> None:
        raise UserError("disk_trouble", path=project.path.name)

    monkeypatch.setattr(arriving, "refuse_unbelieved", failing)
    with pytest.raises(UserError) as met:
        merging.merge(ours.lead, [bundle])

    assert (met.value.code, met.value.data["path"]) == ("disk_trouble", ours.lead.path.name)


def test_cancelling_leaves_the_project_as_it_was(ours: Team) -> None:
    class Impatient:
        """Cancels after some steps."""

        def __init__(self, patience: int) -> None:
            self.patience = patience

        @property
        def cancelled(self) -> bool:
            return self.patience < 0

        def advance(self, done: int, total: int) -> None:
            assert done >= 0
            assert total >= 0
            self.patience -= 1

    bundle, before = handed_in(ours.files["a1"]), contents(ours.lead)
    for patience in range(4):
        progress = Impatient(patience)
        assert code_of(lambda: merging.merge(ours.lead, [bundle], progress=progress)) == "cancelled"  # noqa: B023
        assert contents(ours.lead) == before


# --- the copy before ----------------------------------------------------------------------------


def test_a_checked_copy_of_what_was_before_is_kept_twelve_at_most(ours: Team) -> None:
    kept: list[Path] = []
    with Project.open(ours.files["a1"]) as project:
        for n in range(rotation.NEWEST + 2):
            labelling.set_status(project, layer_of(project, "a1"), ("done", "started")[n % 2])
            kept.append(merged(ours.lead, bundle_of(ours.files["a1"])).backup or Path())

    found = sorted(backupfolder.folder_of(ours.lead).glob("*.backup"))
    assert found == kept[-rotation.NEWEST :]
    assert found[-1].name.startswith("000014-merge-")


# --- taking back --------------------------------------------------------------------------------


def test_what_a_merge_brought_is_taken_back_and_that_is_undone(ours: Team) -> None:
    before = ours.exported()
    receipt = merged(ours.lead, handed_in(ours.files["a1"])).receipt
    after = ours.exported()

    operation = merging.take_back(ours.lead, receipt)

    assert operation.scope.is_project
    assert ours.exported() == before
    assert_sound(ours.lead)

    lead = annotators.who_undoes(ours.lead, "lead")
    undoing.undo_gesture(ours.lead, lead, operation.gesture)
    assert ours.exported() == after
    assert_sound(ours.lead)

    merging.take_back(ours.lead, receipt)
    assert ours.exported() == before


def test_layers_that_nobody_was_assigned_are_gone_with_what_was_taken_back(ours: Team) -> None:
    before = ours.exported()
    other = copied(ours.path, "other.hashiya")
    labelled(other, "زائر")
    receipt = merged(ours.lead, bundle_of(other)).receipt
    assert "زائر".encode() in ours.exported()

    merging.take_back(ours.lead, receipt)

    assert ours.exported() == before


def test_merging_again_what_was_taken_back_says_so_and_brings_nothing(ours: Team) -> None:
    bundle = handed_in(ours.files["a1"])
    merging.take_back(ours.lead, merged(ours.lead, bundle).receipt)
    before = contents(ours.lead)

    report = merged(ours.lead, bundle)

    assert (report.new, report.same) == (0, N + 1)
    assert [(one.code, one.data) for one in report.remarks] == [("brings_taken_back", {"n": N})]
    assert contents(ours.lead) == before


def test_labels_that_came_later_and_point_into_it_are_held_until_it_comes_back(
    ours: Team,
) -> None:
    receipt = merged(ours.lead, handed_in(ours.files["a1"])).receipt
    with Project.open(ours.files["a1"]) as project:
        layer = layer_of(project, "a1")
        labels = project.labels(layer)
        event = next(one.uid for one in labels if one.uid.startswith("V"))
        person = next(one.uid for one in labels if one.uid.startswith("E"))
        labelling.add_argument(project, layer, event, "theme", person)
    merged(ours.lead, bundle_of(ours.files["a1"]))

    operation = merging.take_back(ours.lead, receipt)

    assert [row[3] for row in contents(ours.lead)["held"]] == ["points_to_nothing"]
    lead = annotators.who_undoes(ours.lead, "lead")
    undoing.undo_gesture(ours.lead, lead, operation.gesture)
    assert contents(ours.lead)["held"] == []


def test_of_a_merge_of_several_one_can_be_taken_back(ours: Team) -> None:
    bundles = [handed_in(path, name) for name, path in ours.files.items()]
    with Project.open(copied(ours.path, "alone.hashiya")) as project:
        merged(project, bundles[1])
        alone = ours.exported(project)
    report = merged(ours.lead, *bundles)
    assert [part.receipt for part in report.parts] == [f"{report.receipt}-1", f"{report.receipt}-2"]

    merging.take_back(ours.lead, report.parts[0].receipt)

    assert ours.exported() == alone


def test_taking_back_travels_to_another_lead_in_any_order(ours: Team) -> None:
    bundle = handed_in(ours.files["a1"])
    other = copied(ours.path, "other.hashiya")
    merging.take_back(ours.lead, merged(ours.lead, bundle).receipt)
    back = bundle_of(ours.path)
    found: list[bytes] = []
    for order in ([bundle, back], [back, bundle]):
        with Project.open(copied(other, f"{len(found)}.hashiya")) as project:
            for path in order:
                merged(project, path)
            found.append(ours.exported(project))
            assert_sound(project)

    assert found == [ours.exported()] * 2


def test_taking_back_is_for_leads_and_for_receipts_of_this_file(ours: Team) -> None:
    receipt = merged(ours.lead, handed_in(ours.files["a1"])).receipt
    assert code_of(lambda: merging.take_back(ours.lead, "nothing")) == "unknown_receipt"
    merging.take_back(ours.lead, receipt)
    assert code_of(lambda: merging.take_back(ours.lead, receipt)) == "nothing_to_take_back"
    with Project.open(ours.files["a1"]) as hers:
        assert code_of(lambda: merging.take_back(hers, receipt)) == "lead_only"


def test_receipts_tell_who_and_how_much(ours: Team) -> None:
    report = merged(ours.lead, handed_in(ours.files["a1"]))

    (receipt,) = receipts.receipts(ours.lead)

    assert (receipt.uid, receipt.name) == (report.receipt, "a1")
    assert receipt.counts["new"] == N
    assert receipt.bundle == report.parts[0].fingerprint != ""
    with pytest.raises(UserError, match="is_the_project"):
        handing_in.hand_in(ours.lead, ours.path)


def test_counts_of_the_manifest_are_only_told(ours: Team) -> None:
    members = members_of(handed_in(ours.files["a1"]))
    assert manifest_of(members)["counts"] == {"operations": N + 1, "layers": 2, "articles": 3}
    other = with_manifest(members, counts={"operations": 2**40, "layers": 0, "articles": 7})

    assert merged(ours.lead, zipped(ours.folder / "counts.zip", other)).new == N
