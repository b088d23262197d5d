"""Gestures in the project's own scope: regions, withdrawal, answers to doubts, and who may."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.arabic.regions import regions_of
from annotator.core.errors import UserError
from annotator.core.model import LEAD, Region, replace
from annotator.services import (
    annotators,
    exporting,
    labelling,
    listing,
    projectwide,
    questions,
)
from annotator.store import doubts, queries
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


@pytest.fixture
def project() -> Iterator[Project]:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        yield project
        assert_sound(project)


def test_a_person_gives_an_article_all_its_regions_at_once(project: Project) -> None:
    given = [Region(0, 10, "headline"), Region(12, 40, "body"), Region(40, 50, "nav")]
    operation = projectwide.set_regions(project, sha_of(0), given)
    assert operation is not None
    assert operation.scope.is_project
    assert operation.who == LEAD
    assert project.regions(sha_of(0)) == [one._replace(source="person") for one in given]
    assert project.regions(sha_of(1)) == [Region(*one, "rule") for one in regions_of(TEXTS[1])]


def test_regions_say_that_a_person_gave_them_whatever_was_handed_in(project: Project) -> None:
    projectwide.set_regions(project, sha_of(0), [Region(0, 10, "body", "rule")])
    assert project.regions(sha_of(0))[0].source == "person"


def test_giving_the_same_regions_again_is_no_operation(project: Project) -> None:
    given = [Region(0, 10, "headline")]
    projectwide.set_regions(project, sha_of(0), given)
    n = n_operations(project)
    assert projectwide.set_regions(project, sha_of(0), given) is None
    assert n_operations(project) == n


@pytest.mark.parametrize(
    ("regions", "code"),
    [
        ([], "bad_regions"),
        ([Region(0, 0, "body")], "bad_regions"),
        ([Region(0, 10_000, "body")], "bad_regions"),
        ([Region(0, 9, "body"), Region(5, 12, "nav")], "bad_regions"),
        ([Region(5, 9, "body"), Region(0, 5, "nav")], "bad_regions"),
        ([Region(0, 9, "cover")], "unknown_region_role"),
    ],
)
def test_regions_that_are_none_are_refused(
    project: Project, regions: list[Region], code: str
) -> None:
    before = contents(project)
    with pytest.raises(UserError, match=code):
        projectwide.set_regions(project, sha_of(0), regions)
    assert contents(project) == before


def test_a_withdrawn_article_is_kept_hidden_and_not_exported(
    project: Project, tmp_path: Path
) -> None:
    for n in (0, 1):
        labelling.set_status(project, layer_of(project, "a1", n), "done")
    projectwide.withdraw(project, sha_of(0))

    assert exporting.export(project, tmp_path / "out.jsonl").rows == 1
    assert [article.sha256 for _, article in queries.articles(project)] == [sha_of(1), sha_of(2)]
    assert project.text(sha_of(0)) == TEXTS[0]
    assert projectwide.withdraw(project, sha_of(0)) is None


def test_a_doubt_is_answered_changed_and_taken_back(project: Project) -> None:
    layer = layer_of(project, "a2")
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS", doubt="من هو؟")
    uid = project.labels(layer)[0].uid
    for text, expected in (("الرئيس", [(uid, "الرئيس")]), ("غيره", [(uid, "غيره")]), ("", [])):
        projectwide.answer_doubt(project, uid, text)
        assert contents(project)["doubt_answers"] == expected
    assert projectwide.answer_doubt(project, uid, "") is None


def test_a_label_without_a_doubt_and_one_that_is_not_there_have_no_answer(
    project: Project,
) -> None:
    layer = layer_of(project)
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    with pytest.raises(UserError, match="no_doubt"):
        projectwide.answer_doubt(project, project.labels(layer)[0].uid, "x")
    for uid in ("E00000000000000", "", "زرافة"):
        with pytest.raises(UserError, match="unknown_label"):
            projectwide.answer_doubt(project, uid, "x")


def test_the_answer_outlives_the_doubt(project: Project) -> None:
    layer = layer_of(project)
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS", doubt="؟")
    (label,) = project.labels(layer)
    projectwide.answer_doubt(project, label.uid, "نعم")
    labelling.change(project, layer, replace(label, doubt=""))
    assert contents(project)["doubt_answers"] == [(label.uid, "نعم")]


def test_in_a_file_that_is_not_a_leads_nothing_of_the_project_is_changed(tmp_path: Path) -> None:
    path = made(tmp_path, "handed.hashiya")
    with Project.open(path) as project:
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS", doubt="؟")
        project.connection.execute("UPDATE settings SET value='annotator' WHERE name='role'")
    with Project.open(path) as project:
        uid = project.labels(layer_of(project))[0].uid
        before = contents(project)
        with pytest.raises(UserError, match="lead_only"):
            projectwide.set_regions(project, sha_of(0), [Region(0, 9, "body")])
        with pytest.raises(UserError, match="lead_only"):
            projectwide.withdraw(project, sha_of(0))
        with pytest.raises(UserError, match="lead_only"):
            projectwide.answer_doubt(project, uid, "x")
        with pytest.raises(UserError, match="not_your_file"):
            annotators.ensure(project, "somebody")
        assert annotators.ensure(project, "A1").name == "a1"
        assert contents(project) == before


# --- who labels -----------------------------------------------------------------------------------


def test_a_name_is_made_once_however_it_is_spelled(project: Project) -> None:
    first = annotators.ensure(project, "أحمد علي")
    n = n_operations(project)
    for spelling in ("احمد على", " أَحْمَد  علي", "أحمد علي ", first.uid):
        assert annotators.ensure(project, spelling) == first
    assert n_operations(project) == n
    assert annotators.named(project, "احمد علي") == first


def test_a_name_that_nobody_has_is_unknown(project: Project) -> None:
    annotator(project)
    for name in ("a2", "", "0" * 16):
        with pytest.raises(UserError, match="unknown_annotator"):
            annotators.named(project, name)


def test_a_newcomer_is_an_operation_of_the_lead(project: Project) -> None:
    someone = annotators.ensure(project, "سارة", "machine")
    own = [one for one in operations_in(project) if one.kind == "annotator"]
    assert (own[-1].who, own[-1].scope.is_project) == (LEAD, True)
    assert own[-1].changes[0].after == {"name": "سارة", "kind": "machine"}
    assert someone.kind == "machine"


def test_history_knows_what_was_done(project: Project) -> None:
    projectwide.withdraw(project, sha_of(2))
    assert {"new", "withdraw"} <= {one.kind for one in operations_in(project)}


def test_a_withdrawn_article_is_brought_back_by_a_gesture_of_its_own(project: Project) -> None:
    before = list(queries.articles(project))
    projectwide.withdraw(project, sha_of(0))
    assert [one.sha256 for one in doubts.withdrawn_articles(project)] == [sha_of(0)]

    projectwide.bring_back(project, sha_of(0))

    assert list(queries.articles(project)) == before
    assert doubts.withdrawn_articles(project) == []
    assert projectwide.bring_back(project, sha_of(0)) is None


def test_questions_are_told_with_their_answers_those_without_one_first(project: Project) -> None:
    uids = []
    for name in ("a1", "a2"):
        layer = layer_of(project, name)
        labelling.add_entity(project, layer, extent_of("بوتين"), "PERS", doubt=f"{name}؟")
        uids.append(project.labels(layer)[0].uid)
    projectwide.answer_doubt(project, uids[0], "نعم")

    found = questions.questions(project)

    assert [(one.uid, one.annotator, one.quote, one.text, one.answer) for one in found] == [
        (uids[1], "a2", "بوتين", "a2؟", ""),
        (uids[0], "a1", "بوتين", "a1؟", "نعم"),
    ]
    rows = {row["uid"]: row["doubt_answer"] for row in listing.labels(project)}
    assert rows == {uids[0]: "نعم", uids[1]: ""}
