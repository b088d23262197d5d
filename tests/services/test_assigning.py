"""Assigning: plans that change nothing, what they record, and what cannot be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.model import Region
from annotator.core.recipients import recipient_of
from annotator.services import (
    annotators,
    assigning,
    exporting,
    importing,
    labelling,
    projectwide,
    undoing,
)
from annotator.services.assigning import Plan, Wish
from annotator.services.workloads import workloads
from annotator.store import rebuilding
from annotator.store.project import Project
from annotator.store.queries import Filter
from annotator.store.uniting import unite
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
    n_operations,
    operations_in,
    quick_folder,
    sha_of,
)

TEXTS = tuple(
    f"خبر رقم {n}: قال المتحدث باسم الوزارة إن الاجتماع {n * 7} سيعقد في المدينة {n * 3}."
    for n in range(12)
)
LONG = " ".join(f"كلمة{n}" for n in range(120))


@pytest.fixture
def project() -> Iterator[Project]:
    with quick_folder() as folder, Project.open(made(folder, texts=TEXTS)) as project:
        yield project
        assert_sound(project)


def done(project: Project, *names: str, **wanted: object) -> Plan:
    plan = assigning.planned(project, Wish(names, **wanted))  # type: ignore[arg-type]
    assigning.assign(project, plan)
    return plan


def assigned(project: Project) -> dict[str, set[str]]:
    """Return the articles assigned to each, by name."""
    names = {one.uid: one.name for one in project.annotators()}
    found: dict[str, set[str]] = {}
    for uid, article in project.connection.execute("SELECT annotator,article FROM assignments"):
        found.setdefault(names[uid], set()).add(article)
    return found


def sizes(project: Project) -> dict[str, int]:
    return {name: len(articles) for name, articles in assigned(project).items()}


# --- planning and recording ---------------------------------------------------------------------


def test_a_plan_changes_nothing(project: Project) -> None:
    before, n = contents(project), n_operations(project)

    plan = assigning.planned(project, Wish(("a", "b"), (2, 1)))

    assert [(one.annotator.name, one.articles) for one in plan.portions] == [("a", 8), ("b", 4)]
    assert contents(project) == before
    assert n_operations(project) == n


def test_what_is_assigned_is_a_layer_that_is_new(project: Project) -> None:
    done(project, "a", "b", overlap=2)

    assert sizes(project) == {"a": 12, "b": 12}
    rows = project.connection.execute("SELECT status,count(*) FROM layers GROUP BY 1").fetchall()
    assert rows == [("new", 24)]


def test_each_operation_names_one_recipient(project: Project) -> None:
    done(project, "a", "b", "c", overlap=2)

    people = {one.uid for one in project.annotators()}
    found = [one for one in operations_in(project) if one.kind == "assign"]
    assert {recipient_of(one, lambda _: None) for one in found} == people
    assert len(found) == 6


def test_it_is_in_history_and_can_be_undone_and_redone(project: Project) -> None:
    plan = assigning.planned(project, Wish(("a", "b")))
    gesture = assigning.assign(project, plan)
    given = assigned(project)
    lead = annotators.who_undoes(project, "lead")

    undoing.undo_gesture(project, lead, gesture)
    assert assigned(project) == {}
    assert project.connection.execute("SELECT count(*) FROM layers").fetchone() == (0,)

    undoing.redo_gesture(project, lead, gesture)
    assert assigned(project) == given


def test_a_lead_who_labels_too_can_undo_it_by_her_name(project: Project) -> None:
    uid = annotators.lead(project, "سلمى")
    gesture = assigning.assign(project, assigning.planned(project, Wish(("a", "b"))), uid)

    undoing.undo_gesture(project, annotators.named(project, "سلمى"), gesture)

    assert assigned(project) == {}


def test_a_layer_in_which_something_was_done_outlives_its_assignment(project: Project) -> None:
    gesture = assigning.assign(project, assigning.planned(project, Wish(("a",))))
    layer = layer_of(project, "a", TEXTS[0])
    labelling.add_entity(project, layer, extent_of("الوزارة", TEXTS[0]), "ORG")

    undoing.undo_gesture(project, annotators.who_undoes(project, "lead"), gesture)

    assert len(project.labels(layer)) == 1
    assert project.connection.execute("SELECT count(*) FROM layers").fetchone() == (1,)


def test_undoing_all_her_work_leaves_the_assigned_layer(project: Project) -> None:
    done(project, "a")
    layer = layer_of(project, "a", TEXTS[0])
    labelling.add_entity(project, layer, extent_of("الوزارة", TEXTS[0]), "ORG")

    undoing.undo(project, layer)

    assert project.layer(layer.article, layer.annotator).status == "new"
    assert project.layer_row(layer) is not None


def test_an_empty_gesture_does_not_drop_the_assigned_layer(project: Project) -> None:
    done(project, "a")
    layer = layer_of(project, "a", TEXTS[0])

    assert labelling.set_status(project, layer, "new") is None

    assert project.layer_row(layer) is not None


def test_assigned_layers_are_exported(project: Project, tmp_path: Path) -> None:
    done(project, "a", "b")

    assert exporting.export(project, tmp_path / "all.jsonl").rows == 12


def test_it_is_made_again_from_history(project: Project) -> None:
    done(project, "a", "b", overlap=2)
    before = contents(project)
    project.connection.execute("DELETE FROM assignments")

    rebuilding.rebuild(project.connection, lambda: project.label_schema)

    assert contents(project) == before


def test_it_comes_by_merging_in_any_order(project: Project) -> None:
    there = copied(project.path, "other.hashiya")
    done(project, "a", "b", overlap=2)
    operations = operations_in(project)

    with Project.open(there) as other:
        for operation in reversed(operations):
            unite(other, [operation])
        assert contents(other)["assignments"] == contents(project)["assignments"]
        assert contents(other)["layers"] == contents(project)["layers"]
        assert_sound(other)


# --- later --------------------------------------------------------------------------------------


def test_more_articles_and_another_annotator_later(project: Project) -> None:
    done(project, "a", "b")
    before = assigned(project)
    add_articles(project, *(text + " وأضاف." for text in TEXTS))

    done(project, "a", "b", "c")

    assert sizes(project) == {"a": 8, "b": 8, "c": 8}
    assert all(assigned(project)[name] > articles for name, articles in before.items())


def test_begun_layers_count_as_read(project: Project) -> None:
    for text in TEXTS[:4]:
        labelling.set_status(project, layer_of(project, "a", text), "started")

    plan = done(project, "a", "b")

    assert [(one.before, one.new) for one in plan.portions] == [(4, 2), (0, 6)]


def test_withdrawn_articles_are_not_assigned(project: Project) -> None:
    projectwide.withdraw(project, sha_of(TEXTS[0]))

    assert done(project, "a").n_articles == 11
    assert sha_of(TEXTS[0]) not in assigned(project)["a"]


def test_machines_and_gold_do_not_count_as_readers(project: Project) -> None:
    machine = annotators.ensure(project, "model-1", "machine")
    labelling.set_status(project, project.layer(sha_of(TEXTS[0]), machine.uid), "done")

    assert done(project, "a", "b").n_double == 0
    assert sum(sizes(project).values()) == 12


# --- near-duplicates ----------------------------------------------------------------------------


def test_near_duplicates_are_found_in_what_is_labelled(project: Project) -> None:
    one, other = LONG, LONG.replace("كلمة7 ", "غيرها ") + "\nروابط ذات صلة"
    different = "\n".join(reversed(LONG.split()))
    first, second, _ = add_articles(project, one, other, different)

    plan = done(project, "a", "b", "c")

    assert (plan.n_groups, plan.n_alike) == (1, 2)
    assert sum({first, second} <= articles for articles in assigned(project).values()) == 1


def test_regions_that_are_not_labelled_make_no_near_duplicates(project: Project) -> None:
    texts = [f"{LONG}\n{TEXTS[n]} {' '.join(f'م{n}_{k}' for k in range(80))}" for n in range(2)]
    for article, text in zip(add_articles(project, *texts), texts, strict=True):
        regions = [Region(0, len(LONG), "related"), Region(len(LONG) + 1, len(text), "body")]
        projectwide.set_regions(project, article, regions)

    assert assigning.planned(project, Wish(("a", "b"))).n_groups == 0


# --- taking over --------------------------------------------------------------------------------


def test_what_a_colleague_has_not_finished_is_taken_over(project: Project) -> None:
    done(project, "a", "b")
    finished, begun, *_ = sorted(assigned(project)["a"])
    uid = annotator(project, "a").uid
    labelling.set_status(project, project.layer(finished, uid), "done")
    labelling.set_status(project, project.layer(begun, uid), "started")

    plan = done(project, "b", "c", taken_from=("a",))

    assert [(one.annotator.name, one.new, one.gone) for one in plan.portions] == [
        ("b", 0, 0),
        ("c", 5, 0),
        ("a", 0, 5),
    ]
    assert assigned(project)["a"] == {finished}
    assert project.layer(begun, uid).status == "started"
    taken = [one for one in operations_in(project) if one.kind == "assign"][-2:]
    assert [len(one.changes) for one in taken] == [5, 5]


def test_what_everybody_reads_already_stays_where_it_is(project: Project) -> None:
    done(project, "a", "b", overlap=2)

    plan = assigning.planned(project, Wish(("b", "c"), taken_from=("a",)))
    assert (plan.n_left, plan.portions[1].new) == (0, 12)

    plan = assigning.planned(project, Wish(("b",), taken_from=("a",)))
    assert (plan.n_left, plan.removed, plan.added) == (12, (), ())


def test_taking_over_can_be_undone(project: Project) -> None:
    done(project, "a", "b")
    before = assigned(project)
    gesture = assigning.assign(project, assigning.planned(project, Wish(("c",), taken_from=("a",))))

    undoing.undo_gesture(project, annotators.who_undoes(project, "lead"), gesture)

    assert assigned(project) == before


@pytest.mark.parametrize(
    ("names", "taken_from", "code"),
    [
        (("b",), ("b",), "takes_from_herself"),
        (("b",), ("nobody",), "unknown_annotator"),
        (("b",), ("c",), "nothing_to_take_over"),
    ],
)
def test_what_cannot_be_taken_over(
    project: Project, names: tuple[str, ...], taken_from: tuple[str, ...], code: str
) -> None:
    done(project, "a", "b")
    annotators.ensure(project, "c")

    assert code_of(lambda: assigning.planned(project, Wish(names, taken_from=taken_from))) == code


# --- what cannot be -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(()), "nobody_named"),
        (Wish(("a", "b"), (1,)), "bad_shares"),
        (Wish(("a", "b"), (1, 0)), "bad_shares"),
        (Wish(("a", "a")), "repeated_name"),
        (Wish(("أحمد", "احمد")), "repeated_name"),
        (Wish(("Ali", "ALI ")), "repeated_name"),
        (Wish(("a\u202eb",)), "bad_name"),
        (Wish(("",)), "bad_name"),
        (Wish(("gold",)), "bad_name"),
        (Wish(("a,b",)), "bad_name"),
        (Wish(("m",)), "annotator_differs"),
        (Wish(("a", "b"), overlap=3), "overlap_too_great"),
        (Wish(("a", "b"), overlap=0), "overlap_zero"),
        (Wish(("a", "b"), at_least_double=13), "double_too_many"),
        (Wish(("a",), at_least_double=1), "double_needs_two"),
        (Wish(tuple(f"n{n}" for n in range(13))), "nothing_for"),
        (Wish(("a", "b"), (1000, 1)), "nothing_for"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    project: Project, wish: Wish, code: str
) -> None:
    annotators.ensure(project, "m", "machine")
    before = contents(project)

    assert code_of(lambda: assigning.planned(project, wish)) == code
    assert contents(project) == before


def test_nothing_left_to_assign_is_said(project: Project) -> None:
    done(project, "a", "b")

    assert code_of(lambda: done(project, "c")) == "nothing_to_assign"
    assert done(project, "a", "b").added == ()


def test_no_articles_are_nothing_to_assign() -> None:
    with quick_folder() as folder, Project.open(made(folder, texts=())) as project:
        assert code_of(lambda: done(project, "a")) == "nothing_to_assign"


def test_it_can_be_cancelled(project: Project) -> None:
    class Impatient:
        cancelled = True

        def advance(self, done: int, total: int) -> None:
            """Look away."""

    with pytest.raises(UserError, match="cancelled"):
        assigning.planned(project, Wish(("a",)), Impatient())


# --- how far everybody is -----------------------------------------------------------------------


def test_workloads_tell_how_far_everybody_is(project: Project) -> None:
    done(project, "a", "b", overlap=2)
    uid = annotator(project, "a").uid
    for text, status in zip(TEXTS, ("done", "done", "skipped", "started"), strict=False):
        labelling.set_status(project, project.layer(sha_of(text), uid), status)

    first, second = workloads(project)

    assert first.statuses == {"new": 8, "started": 1, "done": 2, "skipped": 1}
    assert (first.assigned, second.assigned) == (12, 12)
    assert first.words == second.words == sum(len(text.split()) for text in TEXTS)
    assert first.words_done == sum(len(text.split()) for text in TEXTS[:3])
    assert [one.assigned for one in workloads(project, Filter(who="b", status="new"))] == [12]
    assert workloads(project, Filter(article=sha_of(TEXTS[0])))[0].statuses["done"] == 1


def test_what_she_did_without_being_asked_is_counted_apart(project: Project) -> None:
    done(project, "a", "b")
    other = sorted(assigned(project)["b"])[0]
    labelling.set_status(project, project.layer(other, annotator(project, "a").uid), "started")

    assert [one.unassigned for one in workloads(project)] == [1, 0]


def test_a_project_without_assignments_has_no_workloads(project: Project) -> None:
    importing.import_sources(project, [])

    assert workloads(project) == []
    assert op.ASSIGNMENT not in {
        change.kind for one in operations_in(project) for change in one.changes
    }
