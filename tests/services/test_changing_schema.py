"""Types of a project's label schema changed: what it would touch, and that no label is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.labelschema import Named
from annotator.core.model import Entity, Event
from annotator.core.retyping import retyped
from annotator.services import (
    annotators,
    changing_schema,
    exporting,
    labelling,
    listing,
    merging,
    replying,
    undoing,
)
from annotator.services.changing_schema import TypeChange, change_schema, previewed
from annotator.store import rebuilding
from annotator.store.project import Project
from annotator.store.uniting import unite
from tests.exchange.bundling import bundle_of, team
from tests.projects import (
    assert_sound,
    code_of,
    contents,
    copied,
    extent_of,
    layer_of,
    made,
    n_operations,
    operations_in,
    quick_folder,
)

RENAME = TypeChange("rename", "PERS", "PERSON")
MERGE = TypeChange("merge", "GPE", "ORG")
SPLIT = TypeChange(
    "split", "PERS", into=(Named("POLITICIAN", "Politician", "سياسي"), Named("OFFICIAL", "", ""))
)


@pytest.fixture
def project() -> Iterator[Project]:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        labelled(project, "a1")
        yield project
        assert_sound(project)


def labelled(project: Project, name: str) -> None:
    """Label two people and a place with a subtype; the place also as an organization."""
    layer = layer_of(project, name)
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    labelling.add_entity(project, layer, extent_of("ترامب"), "PERS")
    labelling.add_entity(project, layer, extent_of("القاهرة"), "GPE", subtype="CITY")
    labelling.add_entity(project, layer, extent_of("القاهرة"), "ORG")


def types(project: Project) -> list[str]:
    return sorted(str(row["type"]) for row in listing.labels(project))


# --- what it would do ---------------------------------------------------------------------------


def test_a_preview_counts_and_changes_nothing(project: Project) -> None:
    labelled(project, "a2")
    before, n = contents(project), n_operations(project)

    found = previewed(project, RENAME)

    assert (found.kind, found.labels, found.articles) == ("entity", 4, 1)
    assert found.by_annotator == {"a1": 2, "a2": 2}
    assert (found.problems, found.twins) == ({}, 0)
    assert contents(project) == before
    assert n_operations(project) == n


def test_a_preview_of_merging_tells_twins_and_new_problems(project: Project) -> None:
    found = previewed(project, MERGE)

    assert (found.labels, found.twins) == (1, 2)
    assert found.problems == {"unknown_subtype": 1}


def test_what_was_a_problem_before_is_no_new_one(project: Project) -> None:
    change_schema(project, MERGE)

    found = previewed(project, TypeChange("merge", "PERS", "ORG"))

    assert found.problems == {"unknown_attribute": 2}
    assert found.twins == 0


def test_the_preview_is_what_becomes_true(project: Project) -> None:
    labelled(project, "a2")
    found = previewed(project, MERGE)
    before = [row["code"] for row in listing.problems(project)]

    change_schema(project, MERGE)

    after = [str(row["code"]) for row in listing.problems(project)]
    assert before == []
    assert after.count("twin") == found.twins == 4
    assert {code: after.count(code) for code in after if code != "twin"} == found.problems


# --- doing it -----------------------------------------------------------------------------------


def test_labels_show_the_new_name_and_keep_the_given_one(project: Project) -> None:
    change_schema(project, RENAME)

    assert types(project) == ["GPE", "ORG", "PERSON", "PERSON"]
    labels = project.labels(layer_of(project, "a1"))
    assert {label.type for label in labels if isinstance(label, Entity)} == {"PERS", "GPE", "ORG"}
    rows = project.connection.execute("SELECT type,given FROM entities WHERE type='PERSON'")
    assert rows.fetchall() == [("PERSON", "PERS")] * 2


def test_it_is_one_operation_of_the_project(project: Project) -> None:
    n = n_operations(project)

    gesture = change_schema(project, RENAME)

    last = operations_in(project)
    made_by = [one for one in last if one.gesture == gesture]
    assert n_operations(project) == n + 1
    assert [(one.kind, one.scope.is_project, one.who) for one in made_by] == [
        ("change_schema", True, "lead")
    ]


@pytest.mark.parametrize("change", [RENAME, MERGE, TypeChange("retire", "ORG"), SPLIT])
def test_it_can_be_undone_and_redone(project: Project, change: TypeChange) -> None:
    before = contents(project)
    gesture = change_schema(project, change)
    after = contents(project)
    lead = annotators.who_undoes(project, "lead")

    undoing.undo_gesture(project, lead, gesture)
    assert [contents(project)[name] for name in ("entities", "label_schema")] == [
        before[name] for name in ("entities", "label_schema")
    ]

    undoing.redo_gesture(project, lead, gesture)
    assert [contents(project)[name] for name in ("entities", "label_schema")] == [
        after[name] for name in ("entities", "label_schema")
    ]


def test_labelling_goes_on_under_the_new_name(project: Project) -> None:
    change_schema(project, RENAME)
    layer = layer_of(project, "a1", 1)

    labelling.add_entity(project, layer, extent_of("الوزارة", 1), "PERSON")
    assert (
        code_of(lambda: labelling.add_entity(project, layer, extent_of("الوزارة", 1), "PERS"))
        == "twin"
    )


def test_an_export_has_the_new_names(project: Project, tmp_path: Path) -> None:
    change_schema(project, RENAME)
    exporting.export(project, tmp_path / "all.jsonl")

    assert '"type":"PERSON"' in (tmp_path / "all.jsonl").read_text("utf-8")


def test_a_retired_type_stays_on_its_labels(project: Project) -> None:
    change_schema(project, TypeChange("retire", "ORG"))

    assert types(project) == ["GPE", "ORG", "PERS", "PERS"]
    assert list(listing.problems(project)) == []


def test_tables_made_again_are_the_same(project: Project) -> None:
    change_schema(project, RENAME)
    change_schema(project, MERGE)
    change_schema(project, TypeChange("rename", "PERSON", "PERS"))
    before = contents(project)

    rebuilding.rebuild(project.connection, lambda: project.label_schema)

    assert contents(project) == before


def test_only_a_lead_may(project: Project) -> None:
    project.role = "annotator"

    assert code_of(lambda: previewed(project, RENAME)) == "lead_only"
    assert code_of(lambda: change_schema(project, RENAME)) == "lead_only"


# --- splitting ----------------------------------------------------------------------------------


def to_decide(project: Project) -> list[tuple[str, str]]:
    """Return (annotator, uid) of the labels whose type was split."""
    found = [row for row in listing.problems(project) if row["code"] == "type_split"]
    return [(str(row["annotator"]), str(row["uid"])) for row in found]


def test_a_preview_of_splitting_counts_what_everybody_has_to_decide(project: Project) -> None:
    labelled(project, "a2")
    labelling.add_entity(project, layer_of(project, "a2", 1), extent_of("مسلحون", 1), "PERS")
    before = contents(project)

    found = previewed(project, SPLIT)

    assert (found.labels, found.articles) == (5, 2)
    assert found.by_annotator == {"a1": 2, "a2": 3}
    assert (found.problems, found.twins) == ({"type_split": 5}, 0)
    assert contents(project) == before


def test_after_splitting_everybody_has_a_list_in_her_own_layers(project: Project) -> None:
    labelled(project, "a2")
    before = contents(project)
    n = n_operations(project)

    change_schema(project, SPLIT)

    assert n_operations(project) == n + 1
    assert contents(project)["entities"] == before["entities"], "nobody writes in another's layer"
    assert sorted(name for name, _ in to_decide(project)) == ["a1", "a1", "a2", "a2"]
    assert {row["detail"] for row in listing.problems(project)} == {"POLITICIAN / OFFICIAL"}


def test_a_label_that_was_decided_is_no_problem_any_longer(project: Project) -> None:
    change_schema(project, SPLIT)
    layer = layer_of(project, "a1")
    first, second = (uid for _, uid in to_decide(project))
    before = contents(project)

    decided(project, first, "POLITICIAN")
    assert [uid for _, uid in to_decide(project)] == [second]
    decided(project, second, "OFFICIAL")
    assert list(listing.problems(project)) == []
    assert types(project) == ["GPE", "OFFICIAL", "ORG", "POLITICIAN"]

    undoing.undo(project, layer)
    undoing.undo(project, layer)
    assert contents(project)["entities"] == before["entities"]


def decided(project: Project, uid: str, type_name: str) -> None:
    layer = project.layer_of(uid)
    label = project.reading(layer).label(uid)
    assert isinstance(label, Entity)
    labelling.change(project, layer, retyped(project.label_schema, label, type_name))


def test_what_a_filler_is_split_into_fills_its_place_as_well(project: Project) -> None:
    layer = layer_of(project, "a1")
    labelling.add_event(project, layer, extent_of("لقاءه"), "MEET")
    event = next(one.uid for one in project.labels(layer) if isinstance(one, Event))
    person = next(one.uid for one in project.labels(layer) if one.type == "PERS")
    labelling.add_argument(project, layer, event, "actor", person)

    change_schema(project, SPLIT)
    decided(project, person, "OFFICIAL")

    assert [row["code"] for row in listing.problems(project)] == ["type_split"]


def test_splitting_reaches_an_annotator_by_a_reply(tmp_path: Path) -> None:
    path, files = team(tmp_path)
    a1 = files["a1"]
    merged_work = bundle_after_labelling(a1)
    with Project.open(path) as lead:
        merging.merge(lead, [merged_work])
        change_schema(lead, SPLIT)
        (theirs,) = to_decide(lead)
        (reply,) = replying.reply(lead, ["a1"], tmp_path / "replies")

    with Project.open(a1) as hers:
        merging.merge(hers, [reply.path])
        assert to_decide(hers) == [theirs]
        decided(hers, theirs[1], "OFFICIAL")
        assert to_decide(hers) == []
    with Project.open(path) as lead:
        report = merging.merge(lead, [bundle_of(a1)])
        assert (report.changed, report.problems) == (1, 0)
        assert to_decide(lead) == []


def bundle_after_labelling(path: Path) -> Path:
    """Label one person in a file that was handed out, and hand in."""
    with Project.open(path) as hers:
        labelling.add_entity(hers, layer_of(hers, "a1"), extent_of("بوتين"), "PERS")
    return bundle_of(path)


# --- merging in any order -----------------------------------------------------------------------


@settings(deadline=None, max_examples=30)
@given(st.randoms(use_true_random=False))
def test_schema_and_labels_arrive_in_any_order(chance: object) -> None:
    with quick_folder() as folder:
        path = made(folder)
        there, here = copied(path, "there.hashiya"), copied(path, "here.hashiya")
        with Project.open(path) as project, Project.open(there) as other:
            labelled(project, "a1")
            for change in (SPLIT, MERGE, TypeChange("rename", "ORG", "BODY")):
                change_schema(project, change)
            labelled(other, "a2")
            operations = operations_in(project) + operations_in(other)
            unite(project, operations_in(other))
            assert_sound(project)
            chance.shuffle(operations)  # type: ignore[attr-defined]
            named = [one for one in operations if one.kind in ("new", "annotator")]
            with Project.open(here) as united:
                unite(united, named)
                for operation in operations:
                    unite(united, [operation])
                assert contents(united)["entities"] == contents(project)["entities"]
                assert_sound(united)


def test_a_preview_can_be_cancelled(project: Project) -> None:
    class Impatient:
        cancelled = True

        def advance(self, done: int, total: int) -> None:
            """Look away."""

    assert code_of(lambda: changing_schema.previewed(project, MERGE, Impatient())) == "cancelled"
