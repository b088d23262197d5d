"""Copies of a file that go on separately come together again: in any order, twice, without loss."""

import hashlib
import itertools
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.model import Entity, Event, Party, Region, replace
from annotator.core.operations import Operation
from annotator.services import exporting, importing, labelling, projectwide, undoing
from annotator.store import rebuilding
from annotator.store.knownoperations import known
from annotator.store.project import Project
from annotator.store.transaction import committed
from annotator.store.uniting import Union, unite
from tests.projects import (
    annotator,
    assert_sound,
    assert_tables_are_history,
    code_of,
    contents,
    copied,
    extent_of,
    layer_of,
    made,
    n_operations,
    operations_in,
    quick_folder,
    sha_of,
)
from tests.store.histories import SOME, Move, moves, play, play_all

YEARS = ("1999-01-01T00:00Z", "2099-12-31T23:59Z", "2026-01-01T00:00Z")
"""What the clocks of the copies say: it must not matter."""


@contextmanager
def copies(base: list[Move], n: int = 2) -> Iterator[list[Project]]:
    """Give `n` copies of a file in which `base` was played, each on a clock of its own."""
    with quick_folder() as folder, ExitStack() as stack:
        path = made(folder)
        with Project.open(path) as project:
            play_all(project, base)
        yield [
            stack.enter_context(
                Project.open(copied(path, f"copy-{k}.hashiya"), now=lambda k=k: YEARS[k])  # type: ignore[misc]
            )
            for k in range(n)
        ]


@pytest.fixture
def two() -> Iterator[tuple[Project, Project]]:
    """Two copies of a file in which a1 has labelled an entity and an event, each a replica."""
    with quick_folder() as folder:
        path = made(folder)
        with Project.open(path) as project:
            labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
            labelling.add_event(project, layer_of(project), extent_of("لقاءه"), "MEET")
            annotator(project, "a2")
        one, other = (copied(path, name) for name in ("one.hashiya", "other.hashiya"))
        with Project.open(one) as first, Project.open(other) as second:
            yield first, second


def united(project: Project, *others: Project) -> Union:
    """Unite the history of others into `project`."""
    return unite(project, [made for other in others for made in operations_in(other)])


def exchanged(*projects: Project) -> None:
    """Unite all histories into all files, and check that all say the same and are sound."""
    histories = [operations_in(project) for project in projects]
    for project in projects:
        unite(project, itertools.chain(*histories))
    for project in projects:
        assert_sound(project)
        assert contents(project) == contents(projects[0])


# --- in general ----------------------------------------------------------------------------------

_PLAYED = st.lists(moves(), min_size=1, max_size=12)


@SOME
@given(base=st.lists(moves(), max_size=10), one=_PLAYED, other=_PLAYED, seed=st.integers(0, 9))
def test_two_copies_that_went_on_separately_come_together_in_any_order(
    base: list[Move], one: list[Move], other: list[Move], seed: int
) -> None:
    with copies(base) as (first, second):
        play_all(first, one)
        play_all(second, other)
        everything = operations_in(first) + operations_in(second)
        random.Random(seed).shuffle(everything)  # noqa: S311

        united(first, second)
        unite(second, everything)

        _are_one([first, second], everything)


@SOME
@given(
    base=st.lists(moves(), max_size=8),
    played=st.tuples(_PLAYED, _PLAYED, _PLAYED),
    order=st.permutations(range(3)),
    seed=st.integers(0, 9),
)
def test_three_copies_come_together_through_each_other_in_parts_and_twice(
    base: list[Move], played: tuple[list[Move], ...], order: list[int], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311
    with copies(base, 3) as projects:
        for project, moves_ in zip(projects, played, strict=True):
            play_all(project, moves_)
        histories = [operations_in(project) for project in projects]
        everything = list(itertools.chain(*histories))
        for project in projects:
            for n in order:
                unite(project, _some(histories[n], chance))
            unite(project, everything)

        _are_one(projects, everything)


@SOME
@given(
    base=st.lists(moves(), min_size=2, max_size=8),
    rounds=st.lists(st.tuples(_PLAYED, _PLAYED), min_size=2, max_size=4),
)
def test_copies_that_meet_again_and_again_always_say_the_same(
    base: list[Move], rounds: list[tuple[list[Move], list[Move]]]
) -> None:
    with copies(base) as (first, second):
        for one, other in rounds:
            play_all(first, one)
            play_all(second, other)
            united(first, second)
            united(second, first)

            _are_one([first, second], operations_in(first) + operations_in(second))


@SOME
@given(
    label=st.integers(0, 7),
    base=st.lists(moves("entity", "event", "argument", people=1, texts=1), min_size=3, max_size=8),
    one=moves("change", "remove", people=1, texts=1),
    other=moves("change", "remove", people=1, texts=1),
)
def test_when_both_sides_change_the_same_label_at_once_both_end_with_the_same(
    label: int, base: list[Move], one: Move, other: Move
) -> None:
    """Both sides' first operations have the same Lamport number: the replica's name decides."""
    with copies(base) as (first, second):
        play(first, one._replace(a=label))
        play(second, other._replace(a=label))
        lamports = [max(made.lamport for made in operations_in(p)) for p in (first, second)]

        exchanged(first, second)

        changed = [made for made in operations_in(first) if made.lamport == max(lamports)]
        if len(changed) == 2:
            winner = max(changed, key=op.order)
            state = op.fold(operations_in(first))[winner.scope]
            assert all(state.get(change.key) == change.after for change in winner.changes)


def _some(operations: list[Operation], chance: random.Random) -> list[Operation]:
    """Return a part of `operations`, in a random order, that names everyone it speaks of."""
    given = [made for made in operations if made.scope.is_project or chance.random() < 0.6]
    chance.shuffle(given)
    return given


def _are_one(projects: list[Project], everything: list[Operation]) -> None:
    """Check that files agree, lost nothing, are sound, and change no more when united again."""
    told = {made.hash for made in everything}
    first = contents(projects[0])
    for project in projects:
        assert {made.hash for made in operations_in(project)} == told
        assert_sound(project)
        assert contents(project) == first
        assert unite(project, everything) == Union(0, len(told), 0)
        assert contents(project) == first


# --- what happens to one label --------------------------------------------------------------------


def test_the_last_writer_by_lamport_number_wins_whatever_the_clocks_say(
    two: tuple[Project, Project],
) -> None:
    first, second = two
    _set_note(first, "قديم")
    _set_note(second, "قديم أيضا")
    _set_note(second, "جديد")

    exchanged(first, second)

    assert _mention(first).note == "جديد"


def test_an_argument_whose_event_was_removed_on_the_other_side_is_held_and_comes_back(
    two: tuple[Project, Project],
) -> None:
    first, second = two
    mention, event = _mention(second), _event(second)
    labelling.remove(first, layer_of(first), event.uid)
    labelling.add_argument(second, layer_of(second), event.uid, "actor", mention.uid)
    before = contents(second)["arguments"]

    exchanged(first, second)

    assert contents(first)["arguments"] == []
    (held,) = contents(first)["held"]
    assert held[2:] == ("argument", "points_to_nothing")

    undoing.undo(first, layer_of(first))
    exchanged(first, second)

    assert contents(second)["held"] == []
    assert contents(second)["arguments"] == before


def test_a_stance_a_relation_and_what_hangs_on_held_labels_are_held_with_them(
    two: tuple[Project, Project],
) -> None:
    first, second = two
    mention, event = _mention(second), _event(second)
    layer = layer_of(second)
    labelling.add_event(second, layer, extent_of("قال"), "ATTACK")
    cause = next(one for one in second.labels(layer) if one.type == "ATTACK")
    labelling.add_argument(second, layer, cause.uid, "cause", event.uid)
    labelling.add_relation(second, layer, "same_as", cause.uid, event.uid)
    labelling.add_stance(
        second, layer, Party("event", event.uid), "favor", holder=Party("entity", mention.uid)
    )
    labelling.remove(first, layer_of(first), event.uid)

    exchanged(first, second)

    assert {row[2] for row in contents(first)["held"]} == {"argument", "relation", "stance"}
    assert [row for row in contents(first)["events"] if row[0] == cause.uid]


def test_a_gesture_in_a_layer_with_held_labels_leaves_them_held(
    two: tuple[Project, Project],
) -> None:
    first, second = two
    labelling.add_argument(
        second, layer_of(second), _event(second).uid, "actor", _mention(second).uid
    )
    labelling.remove(first, layer_of(first), _event(first).uid)
    exchanged(first, second)

    labelling.add_entity(first, layer_of(first), extent_of("موسكو"), "GPE")

    assert len(contents(first)["held"]) == 1
    assert_tables_are_history(first)


def test_status_and_answers_of_both_sides_come_together(two: tuple[Project, Project]) -> None:
    first, second = two
    labelling.answer(first, layer_of(first), "genre", ("report",))
    labelling.set_status(second, layer_of(second), "done")
    labelling.set_status(first, layer_of(first, "a2", 1), "skipped")
    labelling.answer(second, layer_of(second, "a2", 2), "sections", ("sport",))

    exchanged(first, second)

    assert layer_of(first).status == "done"
    assert {row[3] for row in contents(first)["answers"]} == {'["report"]', '["sport"]'}
    assert layer_of(first, "a2", 1).status == "skipped"


def test_two_answers_to_one_question_are_both_kept(two: tuple[Project, Project]) -> None:
    first, second = two
    labelling.answer(first, layer_of(first), "genre", ("report",))
    labelling.answer(second, layer_of(second), "genre", ("opinion",))

    exchanged(first, second)

    assert len(contents(first)["answers"]) == 2


def test_regions_withdrawals_answers_to_doubts_and_newcomers_come_together(
    two: tuple[Project, Project],
) -> None:
    first, second = two
    uid = _mention(first).uid
    labelling.change(first, layer_of(first), replace(_mention(first), doubt="من هو؟"))
    projectwide.set_regions(first, sha_of(0), [Region(0, 9, "headline"), Region(9, 50, "body")])
    projectwide.withdraw(second, sha_of(2))
    annotator(second, "قارئ جديد")
    projectwide.answer_doubt(first, uid, "الرئيس")

    exchanged(first, second)

    assert [region.role for region in second.regions(sha_of(0))] == ["headline", "body"]
    assert second.connection.execute(
        "SELECT count(*) FROM articles WHERE withdrawn"
    ).fetchone() == (1,)
    assert second.annotator("قارئ جديد") == first.annotator("قارئ جديد")
    assert contents(second)["doubt_answers"] == [(uid, "الرئيس")]


def test_of_two_leads_regions_one_list_stands_in_both_files(two: tuple[Project, Project]) -> None:
    first, second = two
    projectwide.set_regions(first, sha_of(0), [Region(0, 9, "headline")])
    projectwide.set_regions(second, sha_of(0), [Region(0, 30, "nav")])

    exchanged(first, second)

    assert len(first.regions(sha_of(0))) == 1


def test_one_person_who_was_named_in_both_copies_is_one_annotator(
    two: tuple[Project, Project],
) -> None:
    first, second = two
    for project, name in ((first, "أحمد"), (second, "احمد")):
        labelling.set_status(project, layer_of(project, name), "started")

    exchanged(first, second)

    assert len([one for one in first.annotators() if one.uid not in _known(first)]) == 1


def test_a_label_schema_from_the_other_side_renames_the_types_in_all_layers(
    two: tuple[Project, Project],
) -> None:
    first, second = two
    toml = second.schema_toml().replace(
        "renamed = [", 'renamed = [{from = "MEET", to = "ATTACK"}, '
    )
    with second.transaction("schema", "lead") as gesture:
        gesture.within(op.PROJECT).set(op.LABEL_SCHEMA, "", {"toml": toml})

    united(first, second)

    assert first.connection.execute("SELECT type FROM events").fetchall() == [("ATTACK",)]
    assert_tables_are_history(first)


def test_a_union_counts_what_was_new_what_was_known_and_what_is_held(
    two: tuple[Project, Project],
) -> None:
    first, second = two
    n = n_operations(first)
    labelling.add_argument(
        second, layer_of(second), _event(second).uid, "actor", _mention(second).uid
    )
    labelling.remove(first, layer_of(first), _event(first).uid)

    assert united(first, second) == Union(new=1, same=n, held=1)
    assert united(first, second) == Union(new=0, same=n + 1, held=0)


def test_lamport_numbers_go_on_above_those_that_came_in(two: tuple[Project, Project]) -> None:
    first, second = two
    for n in range(5):
        _set_note(second, f"ملاحظة {n}")
    greatest = max(made.lamport for made in operations_in(second))

    united(first, second)
    operation = labelling.set_status(first, layer_of(first), "done")

    assert operation is not None
    assert operation.lamport == greatest + 1


def test_a_union_with_one_altered_operation_brings_nothing(two: tuple[Project, Project]) -> None:
    first, second = two
    _set_note(second, "صحيح")
    _set_note(second, "ثم")
    good = operations_in(second)
    forged = [
        op.Operation(**{**_fields(made), "who": "somebody"}) if made.hash == good[-1].hash else made
        for made in good
    ]
    before = contents(first)

    with pytest.raises(UserError, match="changed_history"):
        unite(first, forged)

    assert contents(first) == before
    assert not first.connection.in_transaction


def test_undo_after_uniting_takes_back_own_operations_only(two: tuple[Project, Project]) -> None:
    first, second = two
    labelling.add_entity(second, layer_of(second), extent_of("موسكو"), "GPE")
    labelling.add_entity(first, layer_of(first), extent_of("ترامب"), "PERS")
    exchanged(first, second)

    undoing.undo(first, layer_of(first))

    assert _quotes(first) == {"بوتين", "موسكو"}
    with pytest.raises(UserError, match="nothing_to_undo"):
        undoing.undo(first, layer_of(first))


def test_undo_is_refused_where_the_other_side_changed_the_label_since(
    two: tuple[Project, Project],
) -> None:
    first, second = two
    _set_note(first, "مني")
    united(second, first)
    _set_note(second, "منك")
    united(first, second)
    before = contents(first)

    with pytest.raises(UserError, match="changed_since") as trouble:
        undoing.undo(first, layer_of(first))

    assert trouble.value.data["uids"] == [_mention(first).uid]
    assert contents(first) == before


def test_undo_of_an_entity_is_refused_where_the_other_side_made_it_a_filler(
    two: tuple[Project, Project],
) -> None:
    first, second = two
    labelling.add_entity(first, layer_of(first), extent_of("ترامب"), "PERS")
    united(second, first)
    filler = next(one for one in second.labels(layer_of(second)) if _quote(one) == "ترامب")
    labelling.add_argument(second, layer_of(second), _event(second).uid, "actor", filler.uid)
    united(first, second)
    (argument,) = (row[0] for row in contents(first)["arguments"])

    with pytest.raises(UserError, match="changed_since") as trouble:
        undoing.undo(first, layer_of(first))

    assert trouble.value.data["uids"] == [argument]


def test_undo_of_a_start_is_no_fault_where_labels_came_from_the_other_side(
    two: tuple[Project, Project],
) -> None:
    """The layer stays started, because there are labels in it; nothing falls over."""
    first, second = two
    labelling.set_status(first, layer_of(first, "a2", 1), "started")
    labelling.add_entity(second, layer_of(second, "a2", 1), extent_of("بغداد", 1), "GPE")
    exchanged(first, second)

    refused = code_of(lambda: undoing.undo(first, layer_of(first, "a2", 1)))

    assert refused in ("", "changed_since", "nothing_to_undo")
    assert layer_of(first, "a2", 1).status == "started"
    assert_sound(first)


def test_a_layer_that_both_sides_began_is_one_layer(two: tuple[Project, Project]) -> None:
    first, second = two
    for project, quote in ((first, "بغداد"), (second, "مسلحون")):
        labelling.add_entity(project, layer_of(project, "a2", 1), extent_of(quote, 1), "ORG")

    exchanged(first, second)

    assert len(first.labels(layer_of(first, "a2", 1))) == 2


def test_undoing_the_coming_of_a_layer_does_not_stop_its_history_from_travelling(
    two: tuple[Project, Project], tmp_path: Path
) -> None:
    """An import that brought a new annotator is taken back; the other copy can still unite."""
    first, second = two
    row = tmp_path / "rows.jsonl"
    labelling.set_status(second, layer_of(second, "زائر", 1), "started")
    labelling.add_entity(second, layer_of(second, "زائر", 1), extent_of("بغداد", 1), "GPE")
    exporting.export(second, row, who="زائر")
    importing.import_sources(first, [row])
    gesture = operations_in(first)[-1].gesture
    undoing.undo_gesture(first, annotator(first, "زائر"), gesture)

    assert_sound(first)
    with Project.open(copied(second.path.with_name("project.hashiya"), "third.hashiya")) as third:
        united(third, first)
        assert contents(third)["entities"] == contents(first)["entities"]


def test_the_same_rows_imported_for_different_people_on_two_sides_come_together(
    two: tuple[Project, Project], tmp_path: Path
) -> None:
    """Import keeps uids that are free; on each side these are, and together they are not."""
    first, second = two
    rows = _import_for_each(first, second, tmp_path)

    exchanged(first, second)

    assert len(contents(first)["entities"]) == 1 + 2
    exporting.export(first, tmp_path / "out.jsonl")
    found = (tmp_path / "out.jsonl").read_text("utf-8").split("\n")
    assert sorted(row for row in found if "آلة" in row) == sorted(rows)


def _import_for_each(first: Project, second: Project, folder: Path) -> list[str]:
    """Import the same labels for another person on each side; return the rows as they were."""
    file, rows = folder / "rows.jsonl", []
    with Project.open(made(folder, "foreign.hashiya")) as foreign:
        layer = layer_of(foreign, "آلة", 1)
        baghdad = extent_of("بغداد", 1)
        labelling.add_entity(foreign, layer, baghdad, "PERS", head=baghdad)
        labelling.add_event(foreign, layer, extent_of("هاجم", 1), "MEET")
        evidence = extent_of("آمنة", 1)
        labelling.add_stance(foreign, layer, Party("topic", "vaccines"), "favor", evidence=evidence)
        exporting.export(foreign, file)
    told = file.read_text("utf-8")
    for project, name in ((first, "آلة ١"), (second, "آلة ٢")):
        uid = name[-1].encode().hex() * 4
        rows.append(told.replace('"آلة"', f'"{name}"').replace(layer.annotator, uid))
        file.write_text(rows[-1], "utf-8")
        report = importing.import_sources(project, [file])
        assert (report.layers, report.refused) == (1, ())
    return [row.rstrip("\n") for row in rows]


def test_seven_hundred_labels_of_one_import_unite_and_rebuild(
    two: tuple[Project, Project],
) -> None:
    first, second = two
    _mark_many(first, 700)
    n = len(contents(first)["entities"])

    exchanged(first, second)

    assert len(contents(second)["entities"]) == n
    before = contents(second)
    with committed(second.connection, second.path.name):
        rebuilding.rebuild(second.connection, lambda: second.label_schema)
    assert contents(second) == before


@pytest.mark.parametrize("n", [1, 2, 499, 500, 501, 1003])
def test_lines_are_known_where_each_is(two: tuple[Project, Project], n: int) -> None:
    first, _ = two
    lines = [op.canonical_json(one) for one in operations_in(first)]
    some = [lines[k % len(lines)] for k in range(n)]

    assert known(first, some) == [hashlib.sha256(line).hexdigest() for line in some]
    assert known(first, [*some, lines[0] + b" ", *some]) is None
    assert known(first, []) == []


# --- what stands in the two files -----------------------------------------------------------------


def _mark_many(project: Project, n: int) -> None:
    with project.transaction("mark_all", annotator(project).uid) as gesture:
        part = gesture.within(op.Scope(sha_of(1), annotator(project).uid))
        text = project.text(sha_of(1))
        places = itertools.combinations(range(len(text)), 2)
        for start, end in itertools.islice(
            ((s, e) for s, e in places if not text[s:e].isspace()), n
        ):
            extent = extent_of(text[start:end], 1)
            part.put(Entity(gesture.new_uid("entity"), extent, "GPE"))


def _known(project: Project) -> set[str]:
    return {annotator(project, name).uid for name in ("a1", "a2")}


def _fields(operation: Operation) -> dict[str, Any]:
    return {field.name: getattr(operation, field.name) for field in fields(operation)}


def _quote(label: object) -> str:
    return label.extent[0].quote if isinstance(label, Entity | Event) else ""


def _quotes(project: Project) -> set[str]:
    labels = project.labels(layer_of(project))
    return {_quote(label) for label in labels if isinstance(label, Entity)}


def _mention(project: Project) -> Entity:
    labels = [one for one in project.labels(layer_of(project)) if isinstance(one, Entity)]
    return next(label for label in labels if _quote(label) == "بوتين")


def _event(project: Project) -> Event:
    return next(one for one in project.labels(layer_of(project)) if isinstance(one, Event))


def _set_note(project: Project, note: str) -> None:
    labelling.change(project, layer_of(project), replace(_mention(project), note=note))
