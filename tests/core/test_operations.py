"""Operations: one name for one change, and one state whatever the order of arrival."""

import hashlib
import itertools
import json
import random
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from annotator.core import operations as op
from annotator.core.bodies import Body, body_of
from annotator.core.model import KINDS, LETTER, Entity, Label, Span
from annotator.core.operations import Change, Operation, Scope
from tests.core.labels import SOME, changes, kind_of, labels, operations

LAYER = Scope("c" * 64, "a1")


def operation(lamport: int = 1, replica: str = "aaaaaaaa", **fields: object) -> Operation:
    """Return an operation with a name, in one layer; `fields` are those that matter."""
    values = {
        "kind": "change",
        "scope": LAYER,
        "replica": replica,
        "sequence": 1,
        "prev": "",
        "lamport": lamport,
        "who": "a1",
        "at": "",
        "gesture": "G",
        "changes": (note_of("E1", "مذكرة"),),
        **fields,
    }
    return op.recorded(Operation(**values))[0]  # type: ignore[arg-type]


def note_of(uid: str, note: str) -> Change:
    return Change("entity", uid, None, body_of(Entity(uid, (Span(0, 1, "ق"),), "PERS", note=note)))


def gone(uid: str) -> Change:
    return Change("entity", uid, {"type": "PERS"}, None)


# --- the name -------------------------------------------------------------------------------------


@SOME
@given(made=operations())
def test_the_hash_is_the_sha_256_of_canonical_json_that_anybody_can_write(made: Operation) -> None:
    told = {
        "at": made.at,
        "body": json.loads(op.recorded(made)[1]),
        "gesture": made.gesture,
        "kind": made.kind,
        "lamport": made.lamport,
        "prev": made.prev,
        "replica": made.replica,
        "scope": [made.scope.article, made.scope.annotator] if made.scope.article else [],
        "sequence": made.sequence,
        "undoes": made.undoes,
        "who": made.who,
    }
    written = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert op.canonical_json(made) == written
    assert op.recorded(made)[0].hash == hashlib.sha256(written).hexdigest()


def test_the_hash_of_an_operation_never_changes_with_the_program() -> None:
    label = Entity("Eaaaaaaaa000001", (Span(4, 9, "بوتين"),), "PERS", note='انظر "ص ٣"\n')
    made = operation(
        lamport=7,
        kind="add_entity",
        changes=(
            Change("entity", label.uid, None, body_of(label)),
            Change("status", "", None, {"status": "started"}),
        ),
        at="2026-11-21T18:40Z",
    )
    assert op.canonical_json(made).decode() == (
        '{"at":"2026-11-21T18:40Z","body":{"changes":[{"after":{"note":"انظر \\"ص ٣\\"\\n",'
        '"spans":[[4,9,"بوتين"]],"type":"PERS"},"kind":"entity","uid":"Eaaaaaaaa000001"},'
        '{"after":{"status":"started"},"kind":"status","uid":""}]},"gesture":"G",'
        '"kind":"add_entity","lamport":7,"prev":"","replica":"aaaaaaaa","scope":["'
        + "c" * 64
        + '","a1"],"sequence":1,"undoes":"","who":"a1"}'
    )


@SOME
@given(made=operations(), other=operations())
def test_operations_that_differ_have_names_that_differ(made: Operation, other: Operation) -> None:
    one, two = op.recorded(made)[0], op.recorded(other)[0]
    assert (one.hash == two.hash) == (op.canonical_json(made) == op.canonical_json(other))
    if not op.is_bulk(made) and not op.is_bulk(other):
        assert (one.hash == two.hash) == (made == other)


@SOME
@given(made=operations(), field=st.sampled_from(["who", "at", "gesture", "prev", "undoes"]))
def test_every_field_takes_part_in_the_name(made: Operation, field: str) -> None:
    altered = replace(made, **{field: getattr(made, field) + "x"})
    assert op.recorded(altered)[0].hash != op.recorded(made)[0].hash


@SOME
@given(made=operations())
def test_an_operation_is_named_the_same_when_it_is_read_back(made: Operation) -> None:
    named, body = op.recorded(made)
    read = replace(made, changes=op.changes_from(json.loads(body)))
    assert op.recorded(read)[0].hash == named.hash
    assert sorted(read.changes, key=_key) == sorted(made.changes, key=_key)


# --- the body -------------------------------------------------------------------------------------


@SOME
@given(
    made=st.lists(labels(), max_size=8, unique_by=lambda label: label.uid),
    others=st.lists(changes(), max_size=3, unique_by=lambda change: change.key),
    kind=st.sampled_from(["import", "mark_all", "change"]),
)
def test_a_body_of_rows_or_of_changes_holds_the_changes(
    made: list[Label], others: list[Change], kind: str
) -> None:
    given_changes = [Change(kind_of(one), one.uid, None, body_of(one)) for one in made]
    given_changes += [one for one in others if one.key not in {had.key for had in given_changes}]
    written = operation(kind=kind, changes=tuple(given_changes))
    body: Body = json.loads(op.recorded(written)[1])

    assert sorted(op.changes_from(body), key=_key) == sorted(given_changes, key=_key)
    assert ("added" in body) == (
        op.is_bulk(written)
        and any(one.before is None and one.uid and one.after is not None for one in given_changes)
    )


def test_rows_of_one_kind_keep_their_order_and_leave_out_what_a_label_does_not_say() -> None:
    three = tuple(note_of(f"E{n}", note) for n, note in enumerate(("", "ب", "")))
    written = operation(kind="import", changes=three)
    table = json.loads(op.recorded(written)[1])["added"]["entity"]

    assert table["columns"] == ["uid", "note", "spans", "type"]
    assert [row[:2] for row in table["rows"]] == [["E0", 0], ["E1", "ب"], ["E2", 0]]
    assert op.changes_from(json.loads(op.recorded(written)[1])) == three


# --- the fold -------------------------------------------------------------------------------------


@SOME
@given(made=st.lists(operations(), max_size=12), chance=st.randoms(use_true_random=False))
def test_the_fold_is_the_same_in_any_order_and_with_repetitions(
    made: list[Operation], chance: random.Random
) -> None:
    named = [op.recorded(one)[0] for one in made]
    shuffled = named + chance.sample(named, len(named) // 2)
    chance.shuffle(shuffled)

    assert op.fold(shuffled) == op.fold(named)
    assert op.fold(reversed(named)) == op.fold(named)


@SOME
@given(made=st.lists(operations(), max_size=12))
def test_the_fold_is_what_writing_one_after_another_in_the_total_order_leaves(
    made: list[Operation],
) -> None:
    named = [op.recorded(one)[0] for one in made]
    state: dict[tuple[Scope, tuple[str, str]], Body | None] = {}
    for one in sorted(
        named, key=lambda this: (this.lamport, this.replica, this.sequence, this.hash)
    ):
        for change in one.changes:
            state[one.scope, change.key] = change.after
    expected: op.State = {one.scope: {} for one in named}
    for (scope, key), body in state.items():
        if body is not None:
            expected[scope][key] = body
    assert op.fold(named) == expected


@SOME
@given(order=st.permutations(range(4)), removes=st.integers(0, 3))
def test_of_equal_lamport_numbers_the_greater_replica_then_sequence_then_hash_wins(
    order: list[int], removes: int
) -> None:
    made = [
        operation(5, "bbbbbbbb", sequence=2, changes=(note_of("E1", "ب٢"),)),
        operation(5, "bbbbbbbb", sequence=1, changes=(note_of("E1", "ب١"),)),
        operation(5, "aaaaaaaa", sequence=9, changes=(note_of("E1", "أ٩"),)),
        operation(4, "cccccccc", sequence=9, changes=(note_of("E1", "ج٩"),)),
    ]
    if removes:
        made[removes] = operation(
            made[removes].lamport,
            made[removes].replica,
            sequence=made[removes].sequence,
            changes=(gone("E1"),),
        )
    found = op.fold(made[n] for n in order)
    assert found[LAYER]["entity", "E1"]["note"] == "ب٢"


def test_two_operations_alike_but_for_their_body_are_told_apart_by_their_hash() -> None:
    """A copied replica can make them; both orders of arrival must end with the same."""
    made = [operation(5, changes=(note_of("E1", note),)) for note in ("أ", "ب", "ج")]
    last = max(made, key=lambda one: one.hash)
    for order in itertools.permutations(made):
        assert op.fold(order)[LAYER] == {("entity", "E1"): last.changes[0].after}


def test_a_removal_that_came_first_wins_over_what_is_older() -> None:
    removal, older = operation(5, changes=(gone("E1"),)), operation(3)
    assert op.fold([removal, older]) == op.fold([older, removal]) == {LAYER: {}}


def test_what_is_left_out_never_was() -> None:
    first, second = operation(1), operation(2, changes=(note_of("E1", "ثانية"),))
    assert op.fold([first, second], {second.hash}) == op.fold([first])


@SOME
@given(made=st.lists(operations(), max_size=6))
@example(made=[])
def test_scopes_do_not_touch_each_other(made: list[Operation]) -> None:
    named = [op.recorded(one)[0] for one in made]
    whole = op.fold(named)
    for scope in whole:
        alone = op.fold(one for one in named if one.scope == scope)
        assert alone == {scope: whole[scope]}


def test_the_project_is_the_scope_without_article() -> None:
    assert op.PROJECT.is_project
    assert op.scope_as_list(op.PROJECT) == []
    assert not LAYER.is_project
    assert op.scope_as_list(LAYER) == ["c" * 64, "a1"]
    assert set(LETTER) == set(KINDS)


def _key(change: Change) -> str:
    return json.dumps([change.kind, change.uid, change.before, change.after], sort_keys=True)
