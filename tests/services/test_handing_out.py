"""Handing out: a file for each, with all that is hers and not a byte of anybody else's."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.model import LEAD, Annotator, Region
from annotator.i18n import Language
from annotator.services import (
    annotators,
    applying,
    assigning,
    exporting,
    handing_out,
    importing,
    labelling,
    marking,
    projectwide,
    undoing,
)
from annotator.services.assigning import Wish
from annotator.services.changing_schema import TypeChange, change_schema
from annotator.services.handing_out import HandedOut
from annotator.services.wording import sentence
from annotator.store import history, rebuilding
from annotator.store.project import Project
from annotator.store.uniting import unite
from tests.projects import (
    add_articles,
    annotator,
    assert_sound,
    code_of,
    contents,
    extent_of,
    layer_of,
    made,
    n_operations,
    operations_in,
    quick_folder,
    sha_of,
)

SARA, LAYLA, ZAYD = "سارة", "ليلى الحوراني", "Zayd-Qx7"
MORE = "افتتح الرئيس المعرض في دمشق أمس، وحضر الافتتاح وزراء من سبع دول عربية."
NOTES = {name: f"ملاحظة خاصة من {name} لا يراها أحد" for name in (SARA, LAYLA, ZAYD)}


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as folder:
        yield folder


@pytest.fixture
def project(folder: Path) -> Iterator[Project]:
    with Project.open(made(folder)) as project:
        add_articles(project, MORE)
        yield project
        assert_sound(project)


def given_out(project: Project, folder: Path, *names: str, **wanted: Any) -> HandedOut:  # noqa: ANN401
    plan = assigning.planned(project, Wish(names or (SARA, LAYLA, ZAYD), **wanted))
    return handing_out.assign_and_hand_out(project, plan, folder / "out")


def opened(folder: Path, name: str) -> Project:
    return Project.open(folder / "out" / f"{name}.hashiya")


def worked(project: Project, *names: str) -> None:
    """Let everybody label two articles in the lead's file, with notes and doubts of her own."""
    for name in names:
        for text, quote in ((0, "بوتين"), (1, "بغداد")):
            layer = layer_of(project, name, text)
            labelling.add_entity(
                project,
                layer,
                extent_of(quote, text),
                "PERS",
                note=NOTES[name],
                doubt=f"أهذا {name}؟",
            )
            labelling.set_status(project, layer, "done")


# --- what it holds ------------------------------------------------------------------------------


def test_each_gets_a_file_with_her_articles_and_her_name(project: Project, folder: Path) -> None:
    done = given_out(project, folder, overlap=2)

    assert [handed.path.name for handed in done.files] == [
        f"{name}.hashiya" for name in (SARA, LAYLA, ZAYD)
    ]
    for handed in done.files:
        with Project.open(handed.path) as file:
            assert (file.uid, file.role, file.owner) == (
                project.uid,
                "annotator",
                handed.annotator.uid,
            )
            assert file.annotators() == [handed.annotator] == [annotators.owner(file)]
            assert file.title == project.title
            hers = articles_in(file)
            assert len(hers) == handed.articles
            assert all(file.text(one) == project.text(one) for one in hers)
            assert all(file.regions(one) == project.regions(one) for one in hers)
            assert file.schema_toml() == project.schema_toml()
            assert_sound(file)


def articles_in(file: Project) -> list[str]:
    return [row[0] for row in file.connection.execute("SELECT sha256 FROM articles ORDER BY id")]


def test_her_layers_come_with_all_their_history(project: Project, folder: Path) -> None:
    worked(project, SARA, LAYLA)
    sara = annotator(project, SARA)
    given_out(project, folder, overlap=3)

    with opened(folder, SARA) as file:
        for text in (0, 1):
            layer = project.layer(sha_of(text), sara.uid)
            assert file.labels(layer) == project.labels(layer) != []
            assert file.layer(*layer_key(layer)) == layer
            row, there = project.layer_row(layer), file.layer_row(layer)
            assert list(history.operations_of(file.connection, there)) == list(
                history.operations_of(project.connection, row)
            )
        assert_sound(file)


def layer_key(layer: Any) -> tuple[str, str]:  # noqa: ANN401
    return layer.article, layer.annotator


def test_everything_in_it_is_known_to_the_lead(project: Project, folder: Path) -> None:
    trouble_the_history(project)
    given_out(project, folder, overlap=2)
    known = {one.hash for one in operations_in(project)}

    for name in (SARA, LAYLA, ZAYD):
        with opened(folder, name) as file:
            assert {one.hash for one in operations_in(file)} <= known


def test_its_tables_can_be_made_again_from_its_history(project: Project, folder: Path) -> None:
    trouble_the_history(project)
    given_out(project, folder, overlap=3)

    for name in (SARA, LAYLA, ZAYD):
        with opened(folder, name) as file:
            assert_sound(file)
            before = contents(file)
            rebuilding.rebuild(file.connection, lambda: file.label_schema)
            assert contents(file) == before


def trouble_the_history(project: Project) -> None:
    """Make a history in which what is of one stands together with what is of others."""
    worked(project, SARA, LAYLA, ZAYD)
    rows = folder_of_rows(project)
    importing.import_sources(project, [rows])
    projectwide.set_regions(project, sha_of(0), [Region(0, 60, "body")])
    by_layla = annotator(project, LAYLA).uid
    projectwide.set_regions(project, sha_of(1), [Region(0, 50, "body")], by_layla)
    for name in (SARA, LAYLA):
        doubted = project.labels(layer_of(project, name))[0]
        projectwide.answer_doubt(project, doubted.uid, f"جواب إلى {name}")
    change_schema(project, TypeChange("rename", "PERS", "PERSON"))
    projectwide.withdraw(project, sha_of(2))


def folder_of_rows(project: Project) -> Path:
    """Return a file of rows of two new people, whom one operation will name together."""
    path = project.path.parent / "rows.jsonl"
    exporting.export(project, path)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    told = []
    for name in ("هند", "Omar-Zz9"):
        row = {**rows[0], "annotator": {"uid": "", "name": name, "kind": "human"}}
        told.append(json.dumps(row, ensure_ascii=False))
    path.write_text("\n".join(told) + "\n", encoding="utf-8")
    return path


def test_what_was_said_of_several_is_said_again_for_her(project: Project, folder: Path) -> None:
    importing.import_sources(project, [folder_of_rows_of(project)])

    given_out(project, folder, "هند", "Omar-Zz9", overlap=2)

    with opened(folder, "هند") as file:
        named = [one for one in operations_in(file) if one.changes[0].kind == op.ANNOTATOR]
        assert [len(one.changes) for one in named] == [1]
        assert named[0].kind == "hand_out"
        assert_sound(file)


def folder_of_rows_of(project: Project) -> Path:
    worked(project, SARA)
    return folder_of_rows(project)


def test_a_lead_who_has_a_name_is_not_told_either(project: Project, folder: Path) -> None:
    lead = annotators.lead(project, "سلمى-رئيسة")
    plan = assigning.planned(project, Wish((SARA, LAYLA)))
    handing_out.assign_and_hand_out(project, plan, folder / "out", lead)
    change_schema(project, TypeChange("rename", "PERS", "PERSON"), lead)
    assigning.assign(project, assigning.planned(project, Wish((LAYLA,), taken_from=(SARA,))), lead)
    add_articles(project, "نصٌّ جديد تمامًا عن المناخ والزراعة في المغرب العربي.", "خبر آخر قصير.")
    n = n_operations(project)

    plan = assigning.planned(project, Wish((SARA, LAYLA)))
    handing_out.assign_and_hand_out(project, plan, folder / "out", lead)
    said = n_operations(project) - n

    for name in (SARA, LAYLA):
        with opened(folder, name) as file:
            assert "PERSON" in file.label_schema.entity_types
            assert_sound(file)
            assert lead.encode() not in file.path.read_bytes()
    given_out(project, folder, SARA, LAYLA)
    assert n_operations(project) == n + said


def test_handing_out_again_says_nothing_twice(project: Project, folder: Path) -> None:
    trouble_the_history(project)
    given_out(project, folder, overlap=3)
    n = n_operations(project)

    assert given_out(project, folder, overlap=3).gesture == ""
    assert n_operations(project) == n


# --- blind --------------------------------------------------------------------------------------


def test_not_a_byte_of_anybody_else_is_in_it(project: Project, folder: Path) -> None:
    trouble_the_history(project)
    labelling.remove(
        project, reopened(project, LAYLA), project.labels(layer_of(project, LAYLA))[0].uid
    )
    given_out(project, folder, overlap=2)

    for name in (SARA, LAYLA, ZAYD):
        path = folder / "out" / f"{name}.hashiya"
        content = path.read_bytes() + everything_packed_in(path)
        for other in foreign_to(project, name):
            for spelled in (other.encode(), other.encode("utf-16-le"), other.encode("utf-16-be")):
                assert spelled not in content, (name, other)


def reopened(project: Project, name: str) -> Any:  # noqa: ANN401
    layer = layer_of(project, name)
    labelling.set_status(project, layer, "started")
    return layer


def everything_packed_in(path: Path) -> bytes:
    """Return the bodies of operations that are stored packed, as they read."""
    connection = sqlite3.connect(path)
    try:
        bodies = connection.execute("SELECT body FROM operations").fetchall()
    finally:
        connection.close()
    return json.dumps([history.plain_body(body) for (body,) in bodies], ensure_ascii=False).encode()


def foreign_to(project: Project, name: str) -> set[str]:
    """Return whatever could tell one annotator of the others: names, uids, words, articles."""
    own = annotator(project, name)
    others = [one for one in project.annotators() if one != own]
    found = {word for one in others for word in (one.uid, one.name)}
    found |= {note for writer, note in NOTES.items() if writer != name}
    found |= {f"أهذا {other.name}" for other in others} | {f"جواب إلى {one.name}" for one in others}
    for operation in operations_in(project):
        of_other = operation.scope.annotator not in ("", own.uid)
        if of_other:
            found |= {operation.hash, *(change.uid for change in operation.changes if change.uid)}
    hers = {
        article
        for article, annotator_uid in project.connection.execute(
            "SELECT article,annotator FROM assignments"
        )
        if annotator_uid == own.uid
    } | {one.scope.article for one in operations_in(project) if one.scope.annotator == own.uid}
    everything = {*map(sha_of, (0, 1, 2)), sha_of(MORE)}
    left_out = everything - hers | {sha_of(2)}
    found |= left_out
    return {word for word in found if word} | {
        project.text(article)[:30].split("\n")[0] for article in left_out - {sha_of(2)}
    }


def test_an_operation_over_several_articles_is_not_hers_when_one_is_not(
    project: Project, folder: Path
) -> None:
    given_out(project, folder, SARA, LAYLA)
    with opened(folder, SARA) as file:
        hers, other = (
            articles_in(file)[0],
            next(one for one in map(sha_of, (0, 1, 2)) if one not in articles_in(file)),
        )
    with project.transaction("set_regions", LEAD) as gesture:
        part = gesture.within(op.PROJECT)
        for article in (hers, other):
            part.set(op.REGIONS, article, {"regions": [[0, 9, "headline", "person"]]})

    given_out(project, folder, SARA, LAYLA)

    with opened(folder, SARA) as file:
        assert other.encode() not in file.path.read_bytes()
        assert file.regions(hers) == [Region(0, 9, "headline", "person")]
        assert_sound(file)


def test_nothing_hidden_lies_in_pages_that_are_free(project: Project, folder: Path) -> None:
    trouble_the_history(project)
    given_out(project, folder)

    with opened(folder, SARA) as file:
        assert file.connection.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert file.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


# --- one annotator only -------------------------------------------------------------------------


@pytest.fixture
def hers(project: Project, folder: Path) -> Iterator[Project]:
    worked(project, LAYLA)
    given_out(project, folder, overlap=3)
    with opened(folder, SARA) as file:
        yield file
        assert_sound(file)


def test_she_labels_and_undoes_in_it(hers: Project) -> None:
    layer = layer_of(hers, SARA)
    labelling.add_entity(hers, layer, extent_of("ترامب"), "PERS")
    assert len(hers.labels(layer)) == 1

    undoing.undo(hers, layer)

    assert (hers.labels(layer), hers.layer(*layer_key(layer)).status) == ([], "new")
    assert hers.layer_row(layer) is not None


@pytest.mark.parametrize("name", [LAYLA, "جديد", "gold", "lead"])
def test_nobody_else_is_let_in(hers: Project, name: str) -> None:
    refusals = {"not_your_file", "bad_name"} if name in ("gold", "lead") else {"not_your_file"}

    assert code_of(lambda: annotators.ensure(hers, name)) in refusals
    assert code_of(lambda: annotators.named(hers, name)) == "not_your_file"
    assert code_of(lambda: annotators.who_undoes(hers, name)) == "not_your_file"
    assert code_of(lambda: next(applying.apply_lines(hers, name, [b"{}"]))) in refusals


def test_not_even_by_a_layer_of_hers(project: Project, hers: Project) -> None:
    layla = annotator(project, LAYLA)
    for gesture in (
        lambda: labelling.add_entity(
            hers, hers.layer(sha_of(0), layla.uid), extent_of("ترامب"), "PERS"
        ),
        lambda: labelling.set_status(hers, hers.layer(sha_of(0), layla.uid), "done"),
        lambda: marking.mark_all(hers, layla, "بوتين", "PERS"),
        lambda: undoing.undo(hers, hers.layer(sha_of(0), layla.uid)),
    ):
        assert code_of(gesture) in ("not_your_file", "nothing_to_undo")


def test_an_import_brings_nobody_else_in(project: Project, hers: Project, folder: Path) -> None:
    exporting.export(project, folder / "all.jsonl")
    before = contents(hers)

    report = importing.import_sources(hers, [folder / "all.jsonl"])

    assert {one.trouble.code for one in report.refused} == {"not_your_file"}
    assert report.layers == 0
    assert contents(hers)["annotators"] == before["annotators"]
    assert contents(hers)["layers"] == before["layers"]


def test_what_is_the_project_s_is_not_hers_to_change(hers: Project, folder: Path) -> None:
    regions = [Region(0, 10, "body")]
    for gesture in (
        lambda: projectwide.set_regions(hers, sha_of(0), regions),
        lambda: projectwide.withdraw(hers, sha_of(0)),
        lambda: change_schema(hers, TypeChange("retire", "PERS")),
        lambda: assigning.planned(hers, Wish(("x",))),
        lambda: handing_out.hand_out(hers, [], folder),
        lambda: annotators.lead(hers),
        lambda: hers_in_project_scope(hers),
    ):
        assert code_of(gesture) == "lead_only"


def hers_in_project_scope(hers: Project) -> None:
    with hers.transaction("x", LEAD) as gesture:
        gesture.within(op.PROJECT)


# --- files that are there -----------------------------------------------------------------------


def test_an_earlier_file_is_replaced_when_its_work_is_known(project: Project, folder: Path) -> None:
    given_out(project, folder, SARA, LAYLA)
    add_articles(project, "نصٌّ جديد تمامًا عن المناخ والزراعة في المغرب العربي.", "خبر آخر قصير.")

    done = given_out(project, folder, SARA, LAYLA)

    assert [handed.articles for handed in done.files] == [3, 3]


def test_trouble_of_a_file_in_the_way_is_not_that_of_the_project_with_its_name(
    folder: Path,
) -> None:
    with Project.open(made(folder, name=f"{SARA}.hashiya")) as project:
        done = given_out(project, folder)
        path = done.files[0].path
        assert path.name == project.path.name
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("PRAGMA user_version=999")
        add_articles(project, MORE)

        with pytest.raises(UserError) as met:
            given_out(project, folder)
        said = sentence(met.value, Language.of("en"))

        assert (met.value.code, met.value.data) == ("too_new", {"path": path.name})
        assert "Not saved" not in said
        assert str(folder) not in f"{said} {met.value}"


def test_a_file_with_work_of_hers_is_not_replaced(project: Project, folder: Path) -> None:
    given_out(project, folder)
    with opened(folder, SARA) as file:
        labelling.set_status(file, layer_of(file, SARA, first_text(file)), "started")
    before, n = contents_of(folder), n_operations(project)
    add_articles(project, "نصٌّ جديد تمامًا عن المناخ والزراعة في المغرب العربي.")

    assert code_of(lambda: given_out(project, folder)) == "holds_work"

    assert contents_of(folder) == before
    assert n_operations(project) == n


def first_text(file: Project) -> str:
    return file.text(articles_in(file)[0])


def contents_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


def labelled_in(folder: Path, quote: str) -> list[op.Operation]:
    """Let her label `quote` in her file; return its history."""
    with opened(folder, SARA) as file:
        labelling.add_entity(file, layer_of(file, SARA), extent_of(quote), "PERS")
        return operations_in(file)


@pytest.mark.parametrize("is_lost", [False, True], ids=["merged", "lost"])
def test_a_file_put_in_the_place_of_an_earlier_one_gives_no_name_twice(
    project: Project, folder: Path, is_lost: bool
) -> None:
    """It is another replica, even where work in the earlier file comes to the lead only later."""
    given_out(project, folder, SARA)
    first = labelled_in(folder, "بوتين")
    if is_lost:
        (folder / "out" / f"{SARA}.hashiya").unlink()
    else:
        unite(project, first)

    given_out(project, folder, SARA)
    second = labelled_in(folder, "ترامب")
    unite(project, first + second)

    labels = project.labels(layer_of(project, SARA))
    assert len(labels) == 2
    assert len({one.gesture for one in operations_in(project) if one.scope.annotator}) == 2


@pytest.mark.parametrize("content", [b"", b"anything at all"])
def test_a_file_that_is_something_else_stays(
    project: Project, folder: Path, content: bytes
) -> None:
    (folder / "out").mkdir()
    (folder / "out" / f"{SARA}.hashiya").write_bytes(content)

    assert code_of(lambda: given_out(project, folder)) == "file_exists"
    assert contents_of(folder) == {f"{SARA}.hashiya": content}


def test_another_project_s_file_stays(project: Project, folder: Path) -> None:
    (folder / "out").mkdir()
    Project.create(folder / "out" / f"{SARA}.hashiya", project.schema_toml()).close()

    assert code_of(lambda: given_out(project, folder)) == "file_exists"


def test_a_folder_that_is_a_file_is_refused(project: Project, folder: Path) -> None:
    (folder / "out").write_text("x")

    assert code_of(lambda: given_out(project, folder)) == "not_a_folder"


def test_hostile_names_stay_in_the_folder(project: Project, folder: Path) -> None:
    done = given_out(project, folder, "../../evil", "CON", "a/b", overlap=3)

    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "CON_.hashiya",
        "_.._evil.hashiya",
        "a_b.hashiya",
    ]
    assert all(handed.path.parent == folder / "out" for handed in done.files)


# --- whatever goes wrong ------------------------------------------------------------------------


class Stop:
    """Progress of somebody who cancels when so many steps are done."""

    def __init__(self, after: int) -> None:
        self._left = after

    @property
    def cancelled(self) -> bool:
        return self._left <= 0

    def advance(self, done: int, total: int) -> None:
        self._left -= 1


@pytest.mark.parametrize("step", range(1, 5))
def test_cancelled_at_any_step_nothing_is_left(project: Project, folder: Path, step: int) -> None:
    before = told(project)
    plan = assigning.planned(project, Wish((SARA, LAYLA, ZAYD)))

    with pytest.raises(UserError, match="cancelled"):
        handing_out.assign_and_hand_out(project, plan, folder / "out", progress=Stop(step))

    assert told(project) == before
    assert not (folder / "out").exists()


def told(project: Project) -> dict[str, Any]:
    kept = ("assignments", "layers", "articles", "label_schema", "regions")
    return {name: rows for name, rows in contents(project).items() if name in kept}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_said(project: Project, folder: Path) -> None:
    (folder / "out").mkdir(mode=0o500)

    assert code_of(lambda: given_out(project, folder)) == "read_only"


def test_where_a_file_cannot_be_made_the_assignment_is_taken_back(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(project)
    monkeypatch.setattr("annotator.store.handout._OPERATIONS", "SELECT no_such_thing")

    with pytest.raises(sqlite3.OperationalError):
        given_out(project, folder)

    assert told(project) == before
    assert not (folder / "out").exists()


def test_where_one_file_cannot_be_replaced_none_is(project: Project, folder: Path) -> None:
    given_out(project, folder, SARA, LAYLA)
    add_articles(project, "نصٌّ جديد تمامًا عن المناخ والزراعة في المغرب العربي.", "خبر آخر قصير.")
    before, assigned = contents_of(folder), told(project)
    plan = assigning.planned(project, Wish((SARA, LAYLA, ZAYD), overlap=2))

    class Vandal:
        """Somebody who takes the last file away before it gets its name."""

        cancelled = False

        def advance(self, done: int, total: int) -> None:
            if done == total:
                max((folder / "out").glob(".hashiya-new-*"), key=os.path.getmtime).unlink()

    assert (
        code_of(
            lambda: handing_out.assign_and_hand_out(
                project, plan, folder / "out", progress=Vandal()
            )
        )
        == "cannot_write"
    )
    assert contents_of(folder) == before
    assert told(project) == assigned


def test_undoing_it_takes_the_assignment_back(project: Project, folder: Path) -> None:
    before = told(project)
    done = given_out(project, folder)

    undoing.undo_gesture(project, Annotator(LEAD, LEAD), done.gesture)

    assert told(project) == before
    undoing.redo_gesture(project, Annotator(LEAD, LEAD), done.gesture)
    assert told(project)["assignments"] != before["assignments"]


# --- taking it back -----------------------------------------------------------------------------


def files_of(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "out").iterdir())


def test_a_hand_out_is_taken_back_with_its_files(project: Project, folder: Path) -> None:
    before = told(project)
    done = given_out(project, folder)

    assert handing_out.undo_hand_out(project, done) == ()

    assert told(project) == before
    assert files_of(folder) == []


def test_whoever_had_a_file_before_has_it_again(project: Project, folder: Path) -> None:
    given_out(project, folder, SARA)
    before = told(project)
    (added,) = add_articles(project, "نصٌّ جديد تمامًا عن المناخ والزراعة في المغرب العربي.")
    done = given_out(project, folder, SARA, ZAYD, overlap=2)
    with opened(folder, SARA) as hers:
        assert added in articles_in(hers)

    (kept,) = handing_out.undo_hand_out(project, done)

    assert kept.annotator.name == SARA
    assert told(project)["assignments"] == before["assignments"]
    assert files_of(folder) == [f"{SARA}.hashiya"]
    with opened(folder, SARA) as hers:
        assert len(articles_in(hers)) == kept.articles == 4
        assert added not in articles_in(hers)


def test_what_somebody_began_to_label_is_not_taken_back(project: Project, folder: Path) -> None:
    done = given_out(project, folder, SARA, ZAYD, overlap=2)
    with opened(folder, ZAYD) as his:
        layer = layer_of(his, ZAYD)
        labelling.add_entity(his, layer, extent_of("بوتين"), "PERS")
    before, files = told(project), contents_of(folder)

    assert code_of(lambda: handing_out.undo_hand_out(project, done)) == "holds_work"

    assert told(project) == before
    assert contents_of(folder) == files


@pytest.mark.parametrize("step", [1, 2])
def test_a_taking_back_that_is_cancelled_leaves_the_hand_out(
    project: Project, folder: Path, step: int
) -> None:
    given_out(project, folder, SARA)
    add_articles(project, "نصٌّ جديد تمامًا عن المناخ والزراعة في المغرب العربي.")
    done = given_out(project, folder, SARA, ZAYD, overlap=2)
    before, files = told(project), contents_of(folder)

    with pytest.raises(UserError, match="cancelled"):
        handing_out.undo_hand_out(project, done, progress=Stop(step))

    assert told(project) == before
    assert contents_of(folder) == files


def test_a_hand_out_can_be_taken_back_once(project: Project, folder: Path) -> None:
    done = given_out(project, folder)
    handing_out.undo_hand_out(project, done)

    assert code_of(lambda: handing_out.undo_hand_out(project, done)) == "nothing_to_undo"
