"""Operations from elsewhere: what we write is taken as it is, and nothing else."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import incoming
from annotator.core import operations as op
from annotator.core.bodies import body_of
from annotator.core.incoming import Arrived, BadOperationError, NewerOperationError
from annotator.core.model import KIND_OF, KINDS, Label
from annotator.core.noiselines import BEGINNING, NoiseLine
from annotator.services import marking
from annotator.store.project import Project
from tests.core.labels import labels
from tests.projects import annotator, made, operations_in, quick_folder
from tests.store.histories import SOME, Move, moves, play_all


@SOME
@given(st.lists(moves(), min_size=1, max_size=12))
def test_whatever_is_done_is_taken_as_it_was_written(played: list[Move]) -> None:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        play_all(project, played)
        marking.mark_all(project, annotator(project), "بوتين", "PERS")
        for operation in operations_in(project):
            found = incoming.arrived(op.canonical_json(operation))

            assert incoming.operation_of(found) == operation
            assert found.hash == operation.hash
            assert found.order == op.order(operation)
            for arrival, change in zip(found.changes, operation.changes, strict=True):
                assert (arrival.kind, arrival.uid) == change.key
                if change.after is None:
                    assert arrival.after is None
                elif change.kind in KINDS:
                    assert body_of(incoming.label_of(arrival)) == change.after
                else:
                    assert incoming.body_of(arrival) == change.after


def spelled(**changed: object) -> bytes:
    """Return the line of an operation that labels something, with fields changed."""
    after = {"spans": [[0, 5, "بوتين"]], "type": "PERS"}
    change = {"after": after, "kind": "entity", "uid": "Eaaaaaaaa000001"}
    value = {
        "at": "2026-11-22T01:00Z",
        "body": {"changes": [change]},
        "gesture": "Gaaaaaaaa000002",
        "kind": "add_entity",
        "lamport": 3,
        "prev": "",
        "replica": "aaaaaaaa",
        "scope": ["0" * 64, "0123456789abcdef"],
        "sequence": 1,
        "undoes": "",
        "who": "0123456789abcdef",
    }
    told = json.dumps(
        {**value, **changed}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return told.encode()


def body(
    kind: str = "entity", uid: str = "Eaaaaaaaa000001", /, **after: object
) -> dict[str, object]:
    """Return a body in which one thing is changed."""
    return {"changes": [{"after": after, "kind": kind, "uid": uid}]}


SPAN = [[0, 5, "بوتين"]]
RULE = NoiseLine("", "تابعونا")
NO_RULES = (
    NoiseLine("", "ً", BEGINNING),
    NoiseLine("", "سطر\nسطر"),
    NoiseLine("", "سطر", "pattern"),
    NoiseLine("", "ا" * 1001),
)
WRONG: list[dict[str, object]] = [
    {"at": "2026"},
    {"lamport": 0},
    {"lamport": 2**50},
    {"lamport": "3"},
    {"lamport": 3.0},
    {"lamport": True},
    {"sequence": -1},
    {"replica": "short"},
    {"scope": ["0" * 64]},
    {"scope": ["x" * 64, "a"]},
    {"scope": ["0" * 64, ""]},
    {"who": ""},
    {"who": None},
    {"gesture": "g" * 100},
    {"kind": "عملية"},
    {"prev": "0" * 65},
    {"body": {}},
    {"body": {"changes": None}},
    {"body": {"changes": [{}]}},
    {"body": {"changes": [], "more": []}},
    {"body": body(spans=SPAN, type="PERS", more="")},
    {"body": body(spans=SPAN)},
    {"body": body(spans=[[0, 5]], type="PERS")},
    {"body": body(spans=[["0", 5, "x"]], type="PERS")},
    {"body": body(spans=SPAN, type=None)},
    {"body": body(spans=SPAN, type="PERS", origin=["person", "", 1001])},
    {"body": body(spans=SPAN, type="PERS", attributes=[["b", "1"], ["a", "2"]])},
    {"body": body(spans=SPAN, type="PERS", attributes=[["a", "1"], ["a", "2"]])},
    {"body": body("entity", "Vaaaaaaaa000001", spans=SPAN, type="PERS")},
    {"body": body("entity", "E1", spans=SPAN, type="PERS")},
    {"body": body("event", spans=SPAN, type="MEET")},
    {"body": body("label", spans=SPAN, type="MEET")},
    {"body": body("status", "", status="new")},
    {"body": body("status", "x", status="done")},
    {"body": body("suggestions", "", suggestions="none")},
    {"body": body("label_schema", "", toml="")},
    {"body": body("withdrawn", "0" * 64, withdrawn=1)},
    {"scope": [], "body": body(spans=SPAN, type="PERS")},
    {"scope": [], "body": body("withdrawn", "0" * 64, withdrawn=2)},
    {"scope": [], "body": body("withdrawn", "x", withdrawn=1)},
    {"scope": [], "body": body("regions", "0" * 64, regions=[])},
    {"scope": [], "body": body("regions", "0" * 64, regions=[[0, 0, "body", "rule"]])},
    {"scope": [], "body": body("regions", "0" * 64, regions=[[0, 9, "cover", "rule"]])},
    {"scope": [], "body": body("regions", "0" * 64, regions=[[0, 9, "body", "chance"]])},
    {"scope": [], "body": body("regions", "0" * 64, regions=[[0, 9**9, "body", "rule"]])},
    {"scope": [], "body": body("annotator", "u", kind="human", name="a\u202eb")},
    {"scope": [], "body": body("annotator", "u", kind="lead", name="سارة")},
    {"scope": [], "body": body("annotator", "", kind="human", name="سارة")},
    {"scope": [], "body": body("taken_back", "M1", operations="")},
    {"scope": [], "body": body("taken_back", "M1", operations="z" * 64)},
    {"scope": [], "body": body("doubt_answer", "u", text="x")},
    {"scope": [], "body": body("assignment", "u", assigned=1)},
    {"scope": [], "body": body("noise_line", "0" * 64, **RULE.body)},
    {"scope": [], "body": body("noise_line", RULE.uid, **(RULE.body | {"site": "x.org"}))},
    {"scope": [], "body": body("noise_line", RULE.uid, **(RULE.body | {"match": "pattern"}))},
]
WRONG += [{"scope": [], "body": body("noise_line", one.uid, **one.body)} for one in NO_RULES]


def test_a_line_that_we_could_have_written_is_taken() -> None:
    assert incoming.arrived(spelled()).changes[0].kind == "entity"
    rule = spelled(scope=[], body=body("noise_line", RULE.uid, **RULE.body))
    assert incoming.arrived(rule).changes[0].uid == RULE.uid


@pytest.mark.parametrize("changed", WRONG, ids=str)
def test_a_line_that_we_could_not_have_written_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(BadOperationError):
        incoming.arrived(spelled(**changed))


def test_another_spelling_of_the_same_is_refused() -> None:
    line = spelled()
    for other in (
        line + b" ",
        b" " + line,
        line.replace(b":", b": ", 1),
        line.replace("بوتين".encode(), json.dumps("بوتين").strip('"').encode()),
        line.replace(b'"who":', b'"who":"x","who":', 1),
        line.replace(b'"kind":"entity","uid":', b'"uid":"E","kind":"entity","uid":', 1),
        line.decode().encode("utf-16"),
        line.replace(b'"type":"PERS"', b'"subtype":"","type":"PERS"', 1),
    ):
        with pytest.raises(BadOperationError):
            incoming.arrived(other)


def test_bulk_work_is_taken_only_as_tables() -> None:
    entity = {"after": {"spans": SPAN, "type": "PERS"}, "kind": "entity"}
    changes = [{**entity, "uid": f"Eaaaaaaaa00000{n}"} for n in (1, 2)]
    rows = [[change["uid"], SPAN, "PERS"] for change in changes]
    table = {"added": {"entity": {"columns": ["uid", "spans", "type"], "rows": rows}}}

    found = incoming.arrived(spelled(kind="import", body=table))

    assert [change.uid for change in found.changes] == [change["uid"] for change in changes]
    wrongs: tuple[dict[str, object], ...] = (
        {"changes": changes},
        {"added": {}},
        {"added": {"entity": {"columns": ["uid", "type", "spans"], "rows": rows}}},
        {"added": {"entity": {"columns": ["uid", "spans"], "rows": rows}}},
        {"added": {"entity": {"columns": [], "rows": rows}}},
        {"added": {"entity": {"columns": ["uid", "spans", "type"], "rows": [rows[0]] * 2}}},
        {"added": {"entity": []}},
    )
    for wrong in wrongs:
        with pytest.raises(BadOperationError):
            incoming.arrived(spelled(kind="import", body=wrong))


def test_a_long_line_is_refused_before_it_fills_the_memory() -> None:
    with pytest.raises(BadOperationError, match="too long"):
        incoming.arrived(
            spelled(body=body(spans=[], type="PERS")).replace(b"[]", b"[" + b"[]," * 10**6 + b"[]]")
        )


@given(st.integers(0, 10**6))
def test_no_change_of_a_byte_makes_it_fall_over(seed: int) -> None:
    chance, line = random.Random(seed), bytearray(spelled())  # noqa: S311
    for _ in range(chance.randrange(1, 4)):
        line[chance.randrange(len(line))] = chance.randrange(256)
    try:
        found = incoming.arrived(bytes(line))
    except BadOperationError:
        return
    assert op.canonical_json(incoming.operation_of(found)) == bytes(line)


# --- the quick way ------------------------------------------------------------------------------


@SOME
@given(st.lists(moves(), min_size=1, max_size=12))
def test_what_is_decoded_in_one_go_is_what_is_read_part_by_part(played: list[Move]) -> None:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        play_all(project, played)
        lines = [op.canonical_json(operation) for operation in operations_in(project)]
    for line in lines:
        _are_the_same(incoming._of_one_label(line), incoming._of_any_kind(line))  # noqa: SLF001


@SOME
@given(labels(), st.none() | labels(), st.booleans(), st.integers(0, 10**6))
def test_a_label_of_any_kind_is_decoded_in_one_go_and_nothing_else_is(
    after: Label, before: Label | None, is_removed: bool, seed: int
) -> None:
    bodies = {"after": body_of(after)}
    if before is not None and type(before) is type(after):
        bodies["before"] = body_of(before)
        if is_removed:
            del bodies["after"]
    change = {**bodies, "kind": KIND_OF[type(after)], "uid": after.uid}
    line = spelled(body={"changes": [change]})

    found = incoming._of_one_label(line)  # noqa: SLF001
    _are_the_same(found, incoming._of_any_kind(line))  # noqa: SLF001

    chance, other = random.Random(seed), bytearray(line)  # noqa: S311
    other[chance.randrange(len(line))] = chance.choice(b'"0,:[]{}aEVz\\')
    _agree_on(bytes(other))


@pytest.mark.parametrize("changed", WRONG, ids=str)
def test_what_is_refused_is_not_decoded_in_one_go(changed: dict[str, object]) -> None:
    assert incoming._of_one_label(spelled(**changed)) is None  # noqa: SLF001


def test_a_text_with_nul_a_long_line_and_no_line_are_not_decoded_in_one_go() -> None:
    nul = body(spans=SPAN, type="PERS", note="\0")
    long = body(spans=SPAN, type="PERS", note="x" * 70_000)
    for line in (spelled(body=nul), spelled(body=long), b"", b"{}", b"x" * 30):
        assert incoming._of_one_label(line) is None  # noqa: SLF001
    assert incoming.arrived(spelled(body=body(spans=SPAN, type="PERS", note="\\u0000"))).changes


def _agree_on(line: bytes) -> None:
    """Check that the quick way takes nothing that the other refuses, nor says anything else."""
    quick = incoming._of_one_label(line)  # noqa: SLF001
    try:
        found = incoming._of_any_kind(line)  # noqa: SLF001
    except BadOperationError:
        assert quick is None
    else:
        if quick is not None:
            _are_the_same(quick, found)


def _are_the_same(quick: Arrived | None, found: Arrived) -> None:
    is_one_label = len(found.changes) == 1 and found.changes[0].kind in KINDS
    assert (quick is not None) == (is_one_label and not found.scope.is_project)
    if quick is None:
        return
    assert (quick.scope, quick.hash, quick.body) == (found.scope, found.hash, found.body)
    for name in (
        "at",
        "gesture",
        "kind",
        "lamport",
        "prev",
        "replica",
        "sequence",
        "undoes",
        "who",
    ):
        assert getattr(quick.line, name) == getattr(found.line, name)
    (one,), (other,) = quick.changes, found.changes
    assert (one.kind, one.uid, one.after is None) == (other.kind, other.uid, other.after is None)
    if one.after is not None:
        assert incoming.label_of(one) == incoming.label_of(other)
        assert incoming.body_of(one) == incoming.body_of(other)


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from(("aaaaaaaa", "bbbbbbbb")))))
def test_operations_are_put_in_the_total_order(given_: list[tuple[int, str]]) -> None:
    lines = [
        spelled(lamport=lamport, replica=replica, sequence=n)
        for n, (lamport, replica) in enumerate(given_, 1)
    ]
    found = [incoming.arrived(line) for line in lines]

    assert list(incoming.in_order(found)) == sorted(found, key=lambda one: one.order)


def _line(kind: str, scope: list[str]) -> bytes:
    body = {"changes": [{"after": {"line": "x"}, "kind": kind, "uid": "1"}]}
    rest = {"gesture": "G1", "kind": "set", "lamport": 1, "prev": "", "replica": "0" * 8}
    more = {"scope": scope, "sequence": 1, "undoes": "", "who": "lead"}
    told = {"at": "", "body": body, **rest, **more}
    return json.dumps(told, separators=(",", ":")).encode()


@pytest.mark.parametrize("scope", [[], ["0" * 64, "A1"]])
def test_a_kind_that_nobody_knows_is_told_from_what_nobody_wrote(scope: list[str]) -> None:
    with pytest.raises(NewerOperationError):
        incoming.arrived(_line("noise_page", scope))
    elsewhere = op.STATUS if not scope else op.NOISE_LINE
    for kind in (elsewhere, "Noise page", "", "صفحة"):
        with pytest.raises(BadOperationError) as met:
            incoming.arrived(_line(kind, scope))
        assert met.type is BadOperationError
