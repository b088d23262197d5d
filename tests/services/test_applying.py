"""`apply`: what each line does, what it answers, and that a refused line changes nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import UserError
from annotator.core.model import Answer, Entity, Event, Label, Relation, Stance
from annotator.services import applying, exporting
from annotator.services.sentences import SENTENCES
from annotator.store.project import Project
from tests.projects import (
    TEXTS,
    annotator,
    assert_sound,
    contents,
    extent_of,
    layer_of,
    made,
    n_operations,
    operations_in,
    quick_folder,
    sha_of,
)
from tests.store.histories import SOME

A = sha_of(0)[:16]
B = sha_of(1)


class Run:
    """One run of `apply` in the name of somebody, asked line by line."""

    def __init__(self, project: Project, name: str = "a1") -> None:
        self.project = project
        self.name = name
        self._applier = applying.Applier(project, annotator(project, name))

    def __call__(self, do: str = "", **fields: object) -> dict[str, Any]:
        line = {"do": do, **fields} if do else fields
        return self.line(json.dumps(line).encode())

    def line(self, line: bytes) -> dict[str, Any]:
        return self._applier.serve(line).as_map(lambda trouble: trouble.code)

    def code(self, do: str = "", **fields: object) -> str:
        """Return why a line is refused, having checked that it changed nothing."""
        return self.code_of(json.dumps({"do": do, **fields} if do else fields).encode())

    def code_of(self, line: bytes) -> str:
        before = contents(self.project)
        answered = self.line(line)
        assert contents(self.project) == before, answered
        assert answered["ok"] is False, answered
        assert answered["error"] == answered["message"]
        return str(answered["error"])

    def uid(self, do: str, **fields: object) -> str:
        """Return the uid of the label that a line makes."""
        answered = self(do, **fields)
        assert answered["ok"], answered
        return str(answered["uids"][0])

    def label(self, uid: str) -> Any:  # noqa: ANN401
        return self.project.reading(self.project.layer_of(uid)).label(uid)

    def entity(self, quote: str, type_name: str = "PERS", text: int = 0, /, **more: object) -> str:
        fields = {"article": sha_of(text), "type": type_name, **placed(quote, text), **more}
        return self.uid("add_entity", **fields)

    def event(self, quote: str = "لقاءه", type_name: str = "MEET", /, **more: object) -> str:
        fields = {"article": A, "type": type_name, **placed(quote), **more}
        return self.uid("add_event", **fields)


@pytest.fixture
def project() -> Iterator[Project]:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        yield project
        assert_sound(project)


@pytest.fixture
def run(project: Project) -> Run:
    return Run(project)


def place(quote: str, text: int = 0) -> list[int]:
    (span,) = extent_of(quote, text)
    return [span.start, span.end]


def placed(quote: str, text: int = 0) -> dict[str, int]:
    start, end = place(quote, text)
    return {"start": start, "end": end}


# --- what a line answers --------------------------------------------------------------------------


def test_a_line_is_answered_by_its_operation_and_its_labels(run: Run, project: Project) -> None:
    answered = run("add_entity", article=A, type="PERS", quote="بوتين", **placed("بوتين"))
    operation = operations_in(project)[-1]
    uids = [change.uid for change in operation.changes if change.kind == "entity"]
    assert answered == {"ok": True, "op": operation.hash, "ops": [operation.hash], "uids": uids}


def test_the_answer_is_given_after_commit(run: Run, project: Project, tmp_path: Path) -> None:
    answered = run("add_entity", article=A, type="PERS", **placed("بوتين"))
    with Project.open(project.path) as other:
        assert answered["op"] in {made_.hash for made_ in operations_in(other)}


def test_a_gesture_that_touches_no_label_names_none(run: Run) -> None:
    for line in (
        {"do": "set_status", "article": A, "status": "skipped"},
        {"do": "set_regions", "article": A, "regions": [{"start": 0, "end": 9, "role": "body"}]},
        {"do": "withdraw", "article": B},
    ):
        answered = run(**line)
        assert (answered["ok"], answered["uids"]) == (True, [])
        assert len(answered["ops"]) == 1


def test_a_line_that_changes_nothing_is_no_operation(run: Run, project: Project) -> None:
    uid = run.entity("بوتين")
    n = n_operations(project)
    nothing = {"ok": True, "op": "", "ops": [], "uids": []}
    assert run("change", uid=uid) == nothing
    assert run("change", uid=uid, type="PERS", note="") == nothing
    assert run("set_status", article=A, status="started") == nothing
    assert run("answer", article=A, question="genre", values=[]) == nothing
    assert run("mark_all", query="ليس هنا", type="PERS") == nothing | {
        "left_out": 0,
        "left_out_places": 0,
    }
    assert n_operations(project) == n


def test_lines_are_served_one_by_one_and_empty_ones_passed_over(project: Project) -> None:
    good = json.dumps({"do": "add_entity", "article": A, "type": "PERS", **placed("بوتين")})
    lines = [b"", b"  \r\n", good.encode() + b"\r\n", b"nonsense\n", good.encode(), b"\n"]
    answered = list(applying.apply_lines(project, "a1", lines))
    assert [one.trouble.code if one.trouble else "" for one in answered] == ["", "not_json", "twin"]


def test_strict_stops_at_the_first_refused_line(project: Project) -> None:
    status = json.dumps({"do": "set_status", "article": A, "status": "done"}).encode()
    answered = list(applying.apply_lines(project, "a1", [status, b"{}", status], strict=True))
    assert [one.trouble is None for one in answered] == [True, False]


def test_every_code_that_refuses_has_a_sentence(run: Run) -> None:
    """Those of this file: a person must be told what to do, in both languages."""
    codes = {"unknown_name", "empty_query", "unknown_do", "not_yours", "missing_key", "lead_only"}
    assert codes - set(SENTENCES) == set()


# --- adding ---------------------------------------------------------------------------------------


def test_an_entity_holds_all_that_the_line_says(run: Run) -> None:
    uid = run.uid(
        "add_entity",
        article=sha_of(0),
        spans=[place("الرئيس"), place("بوتين")],
        quotes=["الرئيس", "بوتين"],
        head=place("بوتين"),
        type="PERS",
        subtype="NAMED",
        attributes=[{"name": "number", "value": "one"}, {"name": "mention", "value": "NOM"}],
        link="فلاديمير بوتين",
        note="ملاحظة\nسطر",
        doubt="أهو؟",
    )
    assert run.label(uid) == Entity(
        uid,
        extent_of("الرئيس") + extent_of("بوتين"),
        "PERS",
        "NAMED",
        extent_of("بوتين"),
        "فلاديمير بوتين",
        (("mention", "NOM"), ("number", "one")),
        "ملاحظة\nسطر",
        "أهو؟",
    )


def test_an_event_an_argument_a_stance_a_relation_and_an_answer_are_made(run: Run) -> None:
    event = run.event(attributes=[{"name": "polarity", "value": "negative"}])
    person, city = run.entity("بوتين"), run.entity("موسكو", "GPE")
    argument = run.uid("add_argument", event=event, role="actor", filler=person, note="n")
    stance = run.uid(
        "add_stance",
        article=A,
        target={"kind": "entity", "ref": city},
        value="favor",
        holder=person,
        voice="reported",
        evidence=[place("مفيدًا")],
        quotes=["مفيدًا"],
        attributes=[{"name": "strength", "value": "weak"}],
    )
    relation = run.uid("add_relation", type="same_as", source=person, target=city)
    answer = run.uid("answer", article=A, question="sections", values=["sport", "economy"])

    assert isinstance(run.label(event), Event)
    assert run.label(event).attributes == (("polarity", "negative"),)
    assert (run.label(argument).type, run.label(argument).filler) == ("actor", person)
    found = run.label(stance)
    assert isinstance(found, Stance)
    assert (found.holder.ref, found.target.ref, found.voice) == (person, city, "reported")
    assert [span.quote for span in found.evidence] == ["مفيدًا"]
    assert isinstance(run.label(relation), Relation)
    assert isinstance(run.label(answer), Answer)
    assert run.label(answer).values == ("sport", "economy")


def test_attributes_with_a_default_are_filled_in(run: Run) -> None:
    assert run.label(run.entity("بوتين")).attributes == (("mention", "NAM"),)
    assert run.label(run.event()).attributes == (("polarity", "positive"),)


def test_an_article_is_named_by_uid_or_by_sha256(run: Run) -> None:
    one = run.uid("add_entity", article=A, type="PERS", **placed("بوتين"))
    other = run.uid("add_entity", article=sha_of(0), type="PERS", **placed("ترامب"))
    assert run.project.layer_of(one) == run.project.layer_of(other)


def test_a_dollar_name_is_the_label_of_an_earlier_line_of_the_run(run: Run) -> None:
    run("add_event", article=A, type="MEET", **placed("لقاءه"), **{"as": "v1"})
    person = run.uid("add_entity", article=A, type="PERS", **placed("بوتين"), **{"as": "e1"})
    argument = run.uid("add_argument", event="$v1", role="actor", filler="$e1", **{"as": "x"})
    assert run.label(argument).filler == person
    assert run("change", uid="$e1", note="ن")["uids"] == [person]
    assert run("remove", uid="$v1")["ok"]
    assert run.code("remove", uid="$x") == "unknown_label"
    assert Run(run.project).code("remove", uid="$e1") == "unknown_name"


def test_a_refused_line_names_nothing(run: Run) -> None:
    run("add_entity", article=A, type="NOPE", **placed("بوتين"), **{"as": "e1"})
    assert run.code("remove", uid="$e1") == "unknown_name"


def test_a_name_may_be_given_again(run: Run) -> None:
    run("add_entity", article=A, type="PERS", **placed("بوتين"), **{"as": "e"})
    second = run.uid("add_entity", article=A, type="PERS", **placed("ترامب"), **{"as": "e"})
    assert run("remove", uid="$e")["uids"] == [second]


def test_dollar_names_stand_in_stances_and_relations(run: Run) -> None:
    person = run.entity("بوتين", **{"as": "p"})
    city = run.entity("موسكو", "GPE", **{"as": "c"})
    stance = run.uid(
        "add_stance",
        article=A,
        target={"kind": "entity", "ref": "$c"},
        value="favor",
        holder="$p",
    )
    relation = run.uid("add_relation", type="same_as", source="$p", target="$c")
    assert (run.label(stance).holder.ref, run.label(stance).target.ref) == (person, city)
    assert (run.label(relation).source, run.label(relation).target) == (person, city)


def test_an_answer_is_replaced_and_taken_back(run: Run) -> None:
    first = run("answer", article=A, question="genre", values=["report"])["uids"]
    again = run("answer", article=A, question="genre", values=["opinion"])["uids"]
    gone = run("answer", article=A, question="genre", values=[])["uids"]
    assert first == again == gone


# --- quotes ---------------------------------------------------------------------------------------


def test_quotes_are_compared_where_they_are_given(run: Run) -> None:
    spans = [place("الرئيس"), place("بوتين")]
    base = {"article": A, "type": "PERS"}
    assert run.code("add_entity", **base, quote="ترامب", **placed("بوتين")) == "quote_differs"
    assert run.code("add_entity", **base, quote="", **placed("بوتين")) == "quote_differs"
    wrong = run.code("add_entity", **base, spans=spans, quotes=["الرئيس", "ترامب"])
    assert wrong == "quote_differs"
    assert run.code("add_entity", **base, spans=spans, quotes=["الرئيس"]) == "missing_key"
    wrong = run.code(
        "add_stance",
        article=A,
        target={"kind": "topic", "ref": "vaccines"},
        value="favor",
        evidence=[place("بوتين")],
        quotes=["ترامب"],
    )
    assert wrong == "quote_differs"
    run.uid("add_entity", **base, spans=spans, quotes=["الرئيس", "بوتين"])


def test_quotes_beside_start_and_end_are_compared_or_refused(run: Run) -> None:
    assert run.code("add_entity", article=A, type="PERS", quotes=["ترامب"], **placed("بوتين")) in (
        "quote_differs",
        "unknown_key",
    )


def test_a_quote_beside_spans_is_refused(run: Run) -> None:
    fields = {"article": A, "type": "PERS", "spans": [place("بوتين")]}
    for more in ({"quote": "بوتين"}, placed("بوتين"), {"start": 3}, {"end": 3}):
        assert run.code("add_entity", **fields, **more) == "unknown_key"


# --- refusals -------------------------------------------------------------------------------------

_E = {"do": "add_entity", "article": A, "type": "PERS", **placed("بوتين")}
_V = {"do": "add_event", "article": A, "type": "MEET", **placed("لقاءه")}
_S = {"do": "add_stance", "article": A, "target": {"kind": "topic", "ref": "vaccines"},
      "value": "favor"}  # fmt: skip
_Q = {"do": "answer", "article": A, "question": "genre", "values": ["report"]}
_N = len(TEXTS[0])
_REFUSED: list[tuple[dict[str, Any], str]] = [
    # what a line is
    ({}, "missing_key"),
    ({"do": "dance"}, "unknown_do"),
    ({"do": ""}, "unknown_do"),
    ({"do": 5}, "wrong_type"),
    ({"do": "add_entity"}, "missing_key"),
    ({**_E, "colour": "red"}, "unknown_key"),
    ({**_E, "attributes": [{"name": "mention", "value": "NAM", "x": 1}]}, "unknown_key"),
    ({**_E, "article": None}, "wrong_type"),
    ({**_E, "article": 5}, "wrong_type"),
    ({**_E, "start": "4"}, "wrong_type"),
    ({**_E, "start": 4.5}, "wrong_type"),
    ({**_E, "start": True}, "wrong_type"),
    ({**_E, "note": 5}, "wrong_type"),
    ({**_E, "attributes": {"mention": "NAM"}}, "wrong_type"),
    ({**_E, "attributes": [["mention", "NAM"]]}, "wrong_type"),
    ({**_E, "attributes": [{"name": "mention"}]}, "missing_key"),
    ({"do": "add_entity", "article": A, "type": "PERS"}, "missing_key"),
    ({"do": "add_entity", "article": A, "type": "PERS", "start": 0}, "missing_key"),
    ({"do": "add_entity", "article": A, "type": "PERS", "end": 3}, "missing_key"),
    ({"do": "add_entity", "article": A, "type": "PERS", "spans": []}, "missing_key"),
    ({"do": "add_entity", "article": A, "type": "PERS", "spans": [[0]]}, "wrong_type"),
    ({"do": "add_entity", "article": A, "type": "PERS", "spans": [[0, 3, 5]]}, "wrong_type"),
    # articles
    ({**_E, "article": ""}, "unknown_article"),
    ({**_E, "article": "x"}, "unknown_article"),
    ({**_E, "article": A[:15]}, "unknown_article"),
    ({**_E, "article": A.upper()}, "unknown_article"),
    ({**_E, "article": "0" * 64}, "unknown_article"),
    ({**_E, "article": A[:15] + "%"}, "unknown_article"),
    # places
    ({**_E, "start": -1}, "out_of_text"),
    ({**_E, "end": _N + 1}, "out_of_text"),
    ({**_E, "start": 9, "end": 4}, "out_of_text"),
    ({**_E, "start": 2**63, "end": 2**63 + 5}, "out_of_text"),
    ({**_E, "start": -(10**40), "end": 10**40}, "out_of_text"),
    ({**_E, "start": 3, "end": 3}, "empty_span"),
    ({**_E, "start": 3, "end": 4}, "empty_span"),
    ({**_E, "start": _N - 1, "end": _N}, "empty_span"),
    ({**_E, **{"start": place("مفيدًا")[0], "end": place("مفيدًا")[0] + 4}}, "inside_grapheme"),
    ({**_E, "head": place("ترامب")}, "bad_head"),
    ({**_E, "head": [0, 0]}, "empty_span"),
    ({**_E, "head": [0]}, "wrong_type"),
    # the label schema
    ({**_E, "type": ""}, "unknown_type"),
    ({**_E, "type": "MEET"}, "unknown_type"),
    ({**_E, "subtype": "CITY"}, "unknown_subtype"),
    ({**_E, "attributes": [{"name": "x", "value": "y"}]}, "unknown_attribute"),
    ({**_E, "attributes": [{"name": "mention", "value": "y"}]}, "unknown_value"),
    ({**_E, "attributes": [{"name": "mention", "value": "NAM"}] * 2}, "repeated_attribute"),
    ({**_V, "type": "PERS"}, "unknown_type"),
    ({**_V, "subtype": "x"}, "unknown_key"),
    ({**_V, "link": "x"}, "unknown_key"),
    ({**_S, "value": "love"}, "unknown_value"),
    ({**_S, "voice": "loud"}, "bad_voice"),
    ({**_S, "holder": "nobody"}, "bad_holder"),
    ({**_S, "holder": ""}, "bad_holder"),
    ({**_S, "target": {"kind": "topic", "ref": "war"}}, "unknown_topic"),
    ({**_S, "target": {"kind": "place", "ref": "x"}}, "unknown_value wrong_type"),
    ({**_S, "target": "vaccines"}, "wrong_type"),
    ({**_S, "target": {"kind": "entity", "ref": "E"}}, "bad_target"),
    ({**_S, "target": {"kind": "entity", "ref": "$e"}}, "unknown_name"),
    ({**_S, "evidence": [[3, 4]]}, "empty_span"),
    ({**_S, "evidence": [place("بوتين"), place("قال")]}, "bad_extent"),
    ({**_S, "quotes": ["x"]}, "missing_key"),
    ({**_Q, "question": "colour"}, "unknown_type"),
    ({**_Q, "values": ["poem"]}, "unknown_value"),
    ({**_Q, "values": ["report", "opinion"]}, "bad_values"),
    ({**_Q, "values": "report"}, "wrong_type"),
    ({**_Q, "question": "sections", "values": ["sport", "sport"]}, "bad_values"),
    # labels
    ({"do": "remove", "uid": ""}, "unknown_label"),
    ({"do": "remove", "uid": "E00000000000000"}, "unknown_label"),
    ({"do": "remove", "uid": "زرافة"}, "unknown_label"),
    ({"do": "remove", "uid": "$x"}, "unknown_name"),
    ({"do": "remove", "uid": "$"}, "unknown_name"),
    ({"do": "change", "uid": "E00000000000000", "note": "x"}, "unknown_label"),
    ({"do": "add_argument", "event": "V0", "role": "actor", "filler": "E0"}, "unknown_label"),
    ({"do": "add_relation", "type": "same_as", "source": "E0", "target": "E1"}, "unknown_label"),
    # the rest
    ({"do": "set_status", "article": A, "status": "finished"}, "unknown_value wrong_type"),
    ({"do": "set_status", "article": A, "status": "new"}, "unknown_value wrong_type"),
    ({"do": "undo", "article": A}, "nothing_to_undo"),
    ({"do": "redo", "article": A}, "nothing_to_redo"),
    ({"do": "undo", "article": "x"}, "unknown_article"),
    ({"do": "mark_all", "query": "", "type": "PERS"}, "empty_query"),
    ({"do": "mark_all", "query": " ،.", "type": "PERS"}, "empty_query"),
    ({"do": "mark_all", "query": "بوتين", "type": "NOPE"}, "unknown_type"),
    ({"do": "mark_all", "query": "ليس هنا", "type": "NOPE"}, "unknown_type"),
    ({"do": "mark_all", "query": "بوتين", "type": "PERS", "article": "x"}, "unknown_article"),
    ({"do": "set_regions", "article": A, "regions": []}, "bad_regions"),
    ({"do": "set_regions", "article": A, "regions": [{"start": 0, "end": 9}]}, "missing_key"),
    (
        {
            "do": "set_regions",
            "article": A,
            "regions": [{"start": 0, "end": _N + 1, "role": "nav"}],
        },
        "bad_regions",
    ),
    (
        {"do": "set_regions", "article": A, "regions": [{"start": 0, "end": 9, "role": "x"}]},
        "unknown_region_role",
    ),
    ({"do": "withdraw", "article": "x"}, "unknown_article"),
    ({"do": "answer_doubt", "uid": "E0", "text": "x"}, "unknown_label"),
]


@pytest.mark.parametrize(("line", "code"), _REFUSED)
def test_a_line_is_refused_and_changes_nothing(run: Run, line: dict[str, Any], code: str) -> None:
    assert run.code_of(json.dumps(line).encode()) in code.split()
    assert run("add_entity", article=B, type="GPE", **placed("بغداد", 1))["ok"]


@pytest.mark.parametrize("line", [line for line, _ in _REFUSED])
def test_why_a_line_is_refused_is_not_told_in_words_of_the_parser(
    project: Project, line: dict[str, Any]
) -> None:
    answered = applying.Applier(project, annotator(project)).serve(json.dumps(line).encode())
    assert answered.trouble is not None
    assert not any("Invalid" in str(value) for value in answered.trouble.data.values())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", "not_json"),
        (b"[]", "wrong_type"),
        (b'"add_entity"', "wrong_type"),
        (b"null", "wrong_type"),
        (b"\xef\xbb\xbf{}", "not_json"),
        (b'{"do":"undo","article":"\xff"}', "not_json"),
        (b'{"do":"undo","article":"\\ud800"}', "not_json"),
        (b'{"do":"undo","article":"x","article":"y"}', "duplicate_key"),
        (b'{"do":"undo","do":"redo","article":"x"}', "duplicate_key"),
        (b'{"do":"undo","article":"x\\u0000"}', "not_text"),
        (b'{"do":"undo","article":"a\x00b"}', "not_json"),
        (b'{"do":"undo","article":NaN}', "not_json"),
        (b'{"do":"undo","article":"x"} {"do":"undo"}', "not_json"),
        (b'{"a":' * 50_000, "not_json"),
        (b"[" * 50_000 + b"]" * 50_000, "not_json"),
    ],
)
def test_a_line_that_is_no_sound_json_is_refused(run: Run, line: bytes, code: str) -> None:
    assert run.code_of(line) == code


@pytest.mark.parametrize("field", ["note", "doubt", "link", "type", "subtype"])
@pytest.mark.parametrize("halves", ["\\ud83d", "\\ude00", "\\u0000", "x\\udfffy"])
def test_nul_and_halves_of_characters_come_into_no_field(run: Run, field: str, halves: str) -> None:
    line = json.dumps({**_E, field: "@"}).replace('"@"', f'"{halves}"').encode()
    assert run.code_of(line) in ("not_text", "not_json")


@pytest.mark.parametrize(
    "note",
    ["\u202eمعكوس", "\u2066", "\ufeff", "\u2028", "\x01\x7f", "😀", "👨\u200d👩",
     "'; DROP TABLE entities;--", "%s{0}", "<b>", "=1+1", "\\", '"', "ً", "م" * 5000],
)  # fmt: skip
def test_a_note_is_kept_as_it_was_written(run: Run, note: str) -> None:
    uid = run.entity("بوتين", note=note, doubt=note, link=note)
    found = run.label(uid)
    assert (found.note, found.doubt, found.link) == (note, note, note)


def test_what_belongs_to_somebody_else_is_not_touched(run: Run) -> None:
    other = Run(run.project, "a2")
    event, person = other.event(), other.entity("بوتين")
    mine = run.entity("ترامب")
    my_event = run.event("قال", "ATTACK")
    assert run.code("change", uid=person, note="x") == "not_your_layer"
    assert run.code("remove", uid=person) == "not_your_layer"
    assert run.code("add_argument", event=event, role="actor", filler=mine) == "not_your_layer"
    assert run.code("add_relation", type="same_as", source=person, target=mine) == "not_your_layer"
    assert run.code("add_relation", type="same_as", source=mine, target=person) == "unknown_label"
    assert run.code("add_argument", event=my_event, role="actor", filler=person) == "unknown_label"
    stance = {"target": {"kind": "entity", "ref": person}, "value": "favor", "article": A}
    assert run.code("add_stance", **stance) == "bad_target"
    assert run.code("undo", article=B) == "nothing_to_undo"


def test_a_label_of_another_article_cannot_be_pointed_to(run: Run) -> None:
    event, far = run.event(), run.entity("بغداد", "GPE", 1)
    near = run.entity("بوتين")
    assert run.code("add_argument", event=event, role="actor", filler=far) == "unknown_label"
    assert run.code("add_relation", type="same_as", source=near, target=far) == "unknown_label"


def test_twins_circles_and_fillers_of_a_wrong_type_are_refused(run: Run) -> None:
    person, event, attack = run.entity("بوتين"), run.event(), run.event("قال", "ATTACK")
    assert run.code(**_E) == "twin"  # type: ignore[arg-type]
    assert run.code("add_argument", event=event, role="place", filler=person) == "bad_filler"
    assert run.code("add_argument", event=event, role="cause", filler=attack) == "unknown_role"
    run("add_argument", event=event, role="theme", filler=attack)
    assert run.code("add_argument", event=attack, role="cause", filler=event) == "circle"
    assert run.code("add_argument", event=event, role="theme", filler=attack) == "twin"
    assert run.code("add_relation", type="same_as", source=person, target=person) == "circle"
    run("add_relation", type="same_as", source=person, target=event)
    assert run.code("add_relation", type="same_as", source=event, target=person) == "twin"
    run(**_S)  # type: ignore[arg-type]
    assert run.code(**{**_S, "value": "against"}) == "twin"  # type: ignore[arg-type]


# --- a done layer ---------------------------------------------------------------------------------


def test_in_a_done_layer_every_gesture_but_its_status_is_refused(run: Run) -> None:
    person, event = run.entity("بوتين"), run.event()
    run("add_argument", event=event, role="actor", filler=person)
    run("set_status", article=A, status="done")
    for line in (
        {**_E, **placed("ترامب")},
        {**_V, **placed("قال")},
        _S,
        _Q,
        {"do": "add_argument", "event": event, "role": "theme", "filler": person},
        {"do": "add_relation", "type": "same_as", "source": event, "target": person},
        {"do": "change", "uid": person, "note": "x"},
        {"do": "remove", "uid": person},
    ):
        assert run.code_of(json.dumps(line).encode()) == "layer_done"
    assert run("mark_all", query="بوتين", type="ORG")["uids"] == []
    assert run("undo", article=A)["ok"]
    assert run("redo", article=A)["ok"]
    assert layer_of(run.project).status == "done"
    assert run("set_status", article=A, status="started")["ok"]
    assert run("remove", uid=person)["ok"]


def test_in_a_withdrawn_article_nothing_is_labelled(run: Run) -> None:
    """It is hidden and not exported: what is labelled there would be lost from sight."""
    run("withdraw", article=A)
    for line in (_E, _V, _S, _Q):
        assert run.code_of(json.dumps(line).encode()) == "article_withdrawn"


# --- change ---------------------------------------------------------------------------------------


def test_of_an_entity_every_field_can_be_changed(run: Run) -> None:
    uid = run.entity("بوتين")
    steps: list[tuple[dict[str, Any], str, object]] = [
        ({"note": "ن"}, "note", "ن"),
        ({"doubt": "؟"}, "doubt", "؟"),
        ({"link": "ب"}, "link", "ب"),
        ({"subtype": "GROUP"}, "subtype", "GROUP"),
        (
            {"attributes": [{"name": "number", "value": "many"}]},
            "attributes",
            (("mention", "NAM"), ("number", "many")),
        ),
        ({"head": place("بوتين")}, "head", extent_of("بوتين")),
        ({"head": []}, "head", ()),
        ({**placed("ترامب"), "quote": "ترامب"}, "extent", extent_of("ترامب")),
        ({"end": place("موسكو")[1]}, "extent", extent_of("ترامب في موسكو")),
        ({"start": place("موسكو")[0]}, "extent", extent_of("موسكو")),
        (
            {"spans": [place("قال"), place("بوتين")], "quotes": ["قال", "بوتين"]},
            "extent",
            extent_of("قال") + extent_of("بوتين"),
        ),
        ({"spans": [place("بوتين")]}, "extent", extent_of("بوتين")),
        ({"subtype": ""}, "subtype", ""),
        ({"type": "GPE"}, "type", "GPE"),
    ]
    for fields, name, value in steps:
        answered = run("change", uid=uid, **fields)
        assert answered["ok"], answered
        assert answered["uids"] == [uid] or answered["uids"] == []
        assert getattr(run.label(uid), name) == value
    found = run.label(uid)
    assert (found.note, found.doubt, found.link) == ("ن", "؟", "ب")


def test_several_fields_are_changed_in_one_operation(run: Run, project: Project) -> None:
    uid = run.entity("بوتين")
    n = n_operations(project)
    run("change", uid=uid, type="ORG", note="ن", link="ل", **placed("ترامب"))
    found = run.label(uid)
    assert n_operations(project) == n + 1
    assert (found.type, found.note, found.link, found.extent) == (
        "ORG", "ن", "ل", extent_of("ترامب")
    )  # fmt: skip


def test_retyping_keeps_what_the_new_type_knows_and_fills_in_its_defaults(run: Run) -> None:
    uid = run.entity(
        "بوتين", subtype="NAMED", attributes=[{"name": "mention", "value": "PRO"}], note="ن"
    )
    run("change", uid=uid, type="ORG")
    found = run.label(uid)
    assert (found.type, found.subtype, found.attributes, found.note) == ("ORG", "", (), "ن")
    run("change", uid=uid, type="PERS")
    assert run.label(uid).attributes == (("mention", "NAM"),)


def test_an_event_can_be_changed_and_retyped(run: Run) -> None:
    uid = run.event(attributes=[{"name": "polarity", "value": "negative"}])
    run("change", uid=uid, note="ن", **placed("قال"))
    assert run.label(uid).extent == extent_of("قال")
    run("change", uid=uid, attributes=[])
    assert run.label(uid).attributes == (("polarity", "positive"),)
    run("change", uid=uid, type="ATTACK")
    assert (run.label(uid).type, run.label(uid).attributes) == ("ATTACK", ())


def test_a_retyped_event_keeps_arguments_that_its_type_does_not_know(run: Run) -> None:
    event, city = run.event(), run.entity("موسكو", "GPE")
    argument = run.uid("add_argument", event=event, role="place", filler=city)
    assert run("change", uid=event, type="ATTACK")["ok"]
    assert run.label(argument).type == "place"


def test_an_argument_can_be_changed(run: Run) -> None:
    event, other = run.event(), run.event("قال", "ATTACK")
    person, second = run.entity("بوتين"), run.entity("ترامب")
    uid = run.uid("add_argument", event=event, role="actor", filler=person)
    run("change", uid=uid, filler=second, note="ن")
    assert (run.label(uid).filler, run.label(uid).note) == (second, "ن")
    run("change", uid=uid, role="theme")
    assert run.label(uid).type == "theme"
    run("change", uid=uid, event=other, role="actor")
    assert (run.label(uid).event, run.label(uid).type) == (other, "actor")
    assert run.code("change", uid=uid, role="place") == "unknown_role"
    assert run.code("change", uid=uid, filler="E0") == "unknown_label"
    assert run.code("change", uid=uid, filler=uid) == "bad_filler"


def test_an_argument_can_be_turned_round(run: Run) -> None:
    event, attack = run.event(), run.event("قال", "ATTACK")
    uid = run.uid("add_argument", event=event, role="theme", filler=attack)
    assert run("change", uid=uid, event=attack, filler=event, role="cause")["ok"]


def test_a_stance_can_be_changed(run: Run) -> None:
    person, city = run.entity("بوتين"), run.entity("موسكو", "GPE")
    uid = run.uid(**_S)  # type: ignore[arg-type]
    run("change", uid=uid, value="against", voice="reported", doubt="؟")
    assert (run.label(uid).type, run.label(uid).voice) == ("against", "reported")
    run("change", uid=uid, holder=person)
    assert run.label(uid).holder.ref == person
    run("change", uid=uid, target={"kind": "entity", "ref": city})
    assert run.label(uid).target.ref == city
    run("change", uid=uid, evidence=[place("مفيدًا")], quotes=["مفيدًا"])
    assert run.label(uid).evidence == extent_of("مفيدًا")
    run("change", uid=uid, evidence=[], holder="author")
    assert (run.label(uid).evidence, run.label(uid).holder.kind) == ((), "author")
    run("change", uid=uid, attributes=[{"name": "strength", "value": "weak"}])
    assert run.label(uid).attributes == (("strength", "weak"),)
    wrong = run.code("change", uid=uid, evidence=[place("مفيدًا")], quotes=["x"])
    assert wrong == "quote_differs"


def test_a_relation_and_an_answer_can_be_changed(run: Run) -> None:
    person, city, second = run.entity("بوتين"), run.entity("موسكو", "GPE"), run.entity("ترامب")
    uid = run.uid("add_relation", type="same_as", source=person, target=city)
    run("change", uid=uid, source=second, target=person)
    assert (run.label(uid).source, run.label(uid).target) == (second, person)
    assert run.code("change", uid=uid, type="part_of") == "bad_filler"
    answer = run.uid(**_Q)  # type: ignore[arg-type]
    run("change", uid=answer, values=["opinion"], note="ن")
    assert (run.label(answer).values, run.label(answer).note) == (("opinion",), "ن")
    assert run.code("change", uid=answer, values=[]) == "bad_values"


_FOREIGN: dict[str, dict[str, object]] = {
    "entity": {"role": "actor", "value": "favor", "values": ["x"], "evidence": [], "source": "E",
               "event": "V", "filler": "E", "holder": "author", "voice": "author",
               "target": "E", "question": "genre"},
    "event": {"subtype": "x", "link": "x", "head": [0, 3], "role": "x", "value": "x"},
    "argument": {"type": "actor", "start": 0, "end": 3, "attributes": [], "spans": [],
                 "link": "x", "value": "x", "source": "E"},
    "stance": {"type": "x", "start": 0, "spans": [], "role": "x", "source": "E", "values": []},
    "relation": {"start": 0, "evidence": [], "value": "x", "role": "x", "holder": "author"},
    "answer": {"type": "genre", "attributes": [], "start": 0, "value": "x", "role": "x"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "field"), [(kind, field) for kind, fields in _FOREIGN.items() for field in fields]
)
def test_a_field_that_a_kind_does_not_have_cannot_be_changed(
    run: Run, kind: str, field: str
) -> None:
    uids = _one_of_each(run)
    assert run.code("change", uid=uids[kind], **{field: _FOREIGN[kind][field]}) == "unknown_key"


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("entity", {"spans": []}, "empty_span"),
        ("entity", {"start": 3, "end": 4}, "empty_span"),
        ("entity", {"start": -1}, "out_of_text"),
        ("entity", {"end": 10**30}, "out_of_text"),
        ("entity", {"quote": "ترامب"}, "unknown_key"),
        ("entity", {"quotes": ["ترامب"]}, "unknown_key"),
        ("entity", {**placed("ترامب"), "quote": "x"}, "quote_differs"),
        ("entity", {"spans": [place("ترامب")], "quotes": ["x"]}, "quote_differs"),
        ("entity", {"spans": [place("ترامب")], "quotes": []}, "missing_key"),
        ("entity", {"spans": [place("ترامب")], "start": 0}, "unknown_key"),
        ("entity", {"head": [0, 3]}, "bad_head"),
        ("entity", {"head": [1]}, "wrong_type"),
        ("entity", {"head": [1, 2, 3]}, "wrong_type"),
        ("entity", {"type": "NOPE"}, "unknown_type"),
        ("entity", {"type": "MEET"}, "unknown_type"),
        ("entity", {"subtype": "CITY"}, "unknown_subtype"),
        ("entity", {"attributes": [{"name": "x", "value": "y"}]}, "unknown_attribute"),
        ("entity", {"note": 5}, "wrong_type"),
        ("entity", {"note": "x", "type": "NOPE"}, "unknown_type"),
        ("event", {"spans": []}, "empty_span"),
        ("event", {"type": "PERS"}, "unknown_type"),
        ("stance", {"value": "love"}, "unknown_value"),
        ("stance", {"voice": "loud"}, "bad_voice"),
        ("stance", {"holder": "E0"}, "bad_holder"),
        ("stance", {"target": {"kind": "topic", "ref": "war"}}, "unknown_topic"),
        ("stance", {"target": "E0"}, "wrong_type unknown_key"),
        ("stance", {"quotes": ["x"]}, "unknown_key"),
        ("relation", {"target": {"kind": "entity", "ref": "E0"}}, "wrong_type unknown_key"),
        ("relation", {"source": "E0"}, "unknown_label"),
        ("relation", {"type": "cause"}, "unknown_type"),
        ("answer", {"values": ["poem"]}, "unknown_value"),
    ],
)
def test_a_change_is_refused_and_changes_nothing(
    run: Run, kind: str, fields: dict[str, Any], code: str
) -> None:
    uids = _one_of_each(run)
    assert run.code("change", uid=uids[kind], **fields) in code.split()


def test_the_change_of_start_alone_is_refused_for_a_label_of_several_spans(run: Run) -> None:
    uid = run.uid("add_entity", article=A, type="PERS", spans=[place("قال"), place("بوتين")])
    assert run.code("change", uid=uid, start=0) == "missing_key"


def _one_of_each(run: Run) -> dict[str, str]:
    event, person = run.event(), run.entity("بوتين")
    return {
        "entity": person,
        "event": event,
        "argument": run.uid("add_argument", event=event, role="actor", filler=person),
        "stance": run.uid(**_S),  # type: ignore[arg-type]
        "relation": run.uid("add_relation", type="same_as", source=event, target=person),
        "answer": run.uid(**_Q),  # type: ignore[arg-type]
    }


# --- remove ---------------------------------------------------------------------------------------


def test_removing_a_label_removes_what_points_to_it_and_names_it_first(run: Run) -> None:
    event, outer = run.event(), run.event("قال", "ATTACK")
    person, other = run.entity("بوتين"), run.entity("ترامب")
    going = {
        run.uid("add_argument", event=event, role="actor", filler=person),
        run.uid("add_argument", event=outer, role="cause", filler=event),
        run.uid("add_relation", type="same_as", source=person, target=event),
        run.uid("add_stance", article=A, target={"kind": "event", "ref": event}, value="favor"),
    }
    staying = run.uid("add_argument", event=outer, role="actor", filler=other)

    answered = run("remove", uid=event)

    assert answered["uids"][0] == event
    assert set(answered["uids"][1:]) == going
    assert len(answered["ops"]) == 1
    left = {label.uid for label in run.project.labels(layer_of(run.project))}
    assert left == {outer, person, other, staying}


def test_removing_a_filler_leaves_the_event(run: Run) -> None:
    uids = _one_of_each(run)
    answered = run("remove", uid=uids["entity"])
    assert answered["uids"] == [uids["entity"], uids["argument"], uids["relation"]]
    assert run.label(uids["event"]) is not None


def test_a_removed_label_cannot_be_removed_again(run: Run) -> None:
    uid = run.entity("بوتين")
    run("remove", uid=uid)
    assert run.code("remove", uid=uid) == "unknown_label"
    assert run.code("change", uid=uid, note="x") == "unknown_label"


# --- undo, marking and a lead's gestures ----------------------------------------------------------


def test_undo_and_redo_name_the_labels_that_they_brought_or_took(run: Run) -> None:
    uid = run.entity("بوتين")
    assert run("undo", article=A)["uids"] == [uid]
    assert run("redo", article=A)["uids"] == [uid]
    assert run.code("redo", article=A) == "nothing_to_redo"


def test_mark_all_labels_every_place_in_every_article(run: Run) -> None:
    answered = run("mark_all", query="في", type="GPE")
    assert len(answered["ops"]) == 3
    assert len(answered["uids"]) == sum(text.split().count("في") for text in TEXTS)


def test_mark_all_can_be_kept_to_one_article(run: Run) -> None:
    answered = run("mark_all", query="في", type="GPE", article=B)
    assert (len(answered["ops"]), len(answered["uids"])) == (1, 1)


def test_a_doubt_is_answered_by_a_lead(run: Run, project: Project) -> None:
    uid, sure = run.entity("بوتين", doubt="؟"), run.entity("ترامب")
    assert run("answer_doubt", uid=uid, text="نعم")["ok"]
    assert contents(project)["doubt_answers"] == [(uid, "نعم")]
    assert run.code("answer_doubt", uid=sure, text="x") == "no_doubt"
    assert run("answer_doubt", uid=uid, text="")["ok"]
    assert contents(project)["doubt_answers"] == []


def test_in_a_file_that_was_handed_out_nothing_of_the_project_is_changed(tmp_path: Path) -> None:
    path = made(tmp_path, "handed.hashiya")
    with Project.open(path) as project:
        Run(project).entity("بوتين", doubt="؟", **{"as": "e"})
        project.connection.execute("UPDATE settings SET value='annotator' WHERE name='role'")
    with Project.open(path) as project:
        run = Run(project)
        uid = project.labels(layer_of(project))[0].uid
        regions = [{"start": 0, "end": 9, "role": "body"}]
        assert run.code("set_regions", article=A, regions=regions) == "lead_only"
        assert run.code("withdraw", article=A) == "lead_only"
        assert run.code("answer_doubt", uid=uid, text="x") == "lead_only"
        assert run("set_status", article=A, status="done")["ok"]
        with pytest.raises(UserError, match="not_your_file"):
            list(applying.apply_lines(project, "somebody", []))


@pytest.mark.parametrize("name", ["", " ", "a\0b", "\u202eعلي", "ع" * 81, "\ud800", "ali\u0301x\n"])
def test_nobody_is_called_by_a_name_that_cannot_be_seen_or_said(
    project: Project, name: str
) -> None:
    before = contents(project)
    with pytest.raises(UserError, match="bad_name"):
        list(applying.apply_lines(project, name, []))
    assert contents(project) == before


# --- in general -----------------------------------------------------------------------------------

_ANY = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=4),
        st.sampled_from(["PERS", "MEET", "author", "$e", "$v", A, B, "actor", "topic"]),
        st.integers(-2, _N + 2),
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["kind", "ref", "name", "value", "start"]), inner)
    ),
    max_leaves=4,
)  # fmt: skip
_LINES: list[dict[str, Any]] = [
    _E, _V, _S, _Q,
    {"do": "add_argument", "event": "$v", "role": "actor", "filler": "$e"},
    {"do": "add_relation", "type": "same_as", "source": "$e", "target": "$v"},
    {"do": "change", "uid": "$e"}, {"do": "change", "uid": "$v"}, {"do": "change", "uid": "$s"},
    {"do": "change", "uid": "$a"}, {"do": "change", "uid": "$q"}, {"do": "change", "uid": "$r"},
    {"do": "remove", "uid": "$e"}, {"do": "undo", "article": A}, {"do": "redo", "article": A},
    {"do": "set_status", "article": A, "status": "done"},
    {"do": "mark_all", "query": "بوتين", "type": "PERS"},
]  # fmt: skip
_FIELDS = (
    "article", "type", "start", "end", "quote", "spans", "quotes", "head", "attributes", "link",
    "note", "doubt", "event", "role", "filler", "holder", "target", "value", "voice", "evidence",
    "source", "values", "question", "status", "query", "as", "subtype", "do", "uid",
)  # fmt: skip


@st.composite
def _strange_lines(draw: st.DrawFn) -> list[bytes]:
    lines = []
    for line in draw(st.lists(st.sampled_from(_LINES), min_size=2, max_size=6)):
        strange = draw(st.dictionaries(st.sampled_from(_FIELDS), _ANY, max_size=2))
        lines.append(json.dumps({**line, **strange}).encode())
    return lines


@SOME
@given(lines=_strange_lines())
def test_any_line_is_done_or_refused_and_never_falls_over(lines: list[bytes]) -> None:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        run = Run(project)
        for line in (
            {**_E, "as": "e"},
            {**_V, "as": "v"},
            {**_S, "as": "s"},
            {**_Q, "as": "q"},
            {"do": "add_argument", "event": "$v", "role": "actor", "filler": "$e", "as": "a"},
            {"do": "add_relation", "type": "same_as", "source": "$e", "target": "$v", "as": "r"},
        ):
            assert run.line(json.dumps(line).encode())["ok"]
        for strange in lines:
            before = contents(project)
            answered = run.line(strange)
            if not answered["ok"] or not answered["ops"]:
                assert contents(project) == before
        assert_sound(project)


def test_what_was_applied_can_be_exported(run: Run, project: Project, tmp_path: Path) -> None:
    _one_of_each(run)
    report = exporting.export(project, tmp_path / "out.jsonl")
    assert report.rows == 1
    (row,) = (tmp_path / "out.jsonl").read_text("utf-8").split("\n")[:-1]
    found = json.loads(row)
    assert [len(found[name]) for name in ("entities", "events", "stances", "answers")] == [1] * 4
    assert isinstance(project.labels(layer_of(project))[0], Label)
