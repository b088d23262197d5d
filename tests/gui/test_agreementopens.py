"""What the figures of the overview open: exactly what each of them counts as disagreement."""

from collections.abc import Iterator

import pytest

from annotator.gui.models import agreementstrips
from annotator.i18n import Language
from annotator.services import agreeing, agreeingplaces, agreeingwords
from annotator.services.agreeing import AgreementReport
from annotator.services.agreeingplaces import Where
from annotator.store.project import Project
from tests import projects
from tests.gui import agreed

ARABIC = Language.of("ar")


@pytest.fixture(scope="module")
def project() -> Iterator[Project]:
    """Return the sample articles in three readings."""
    with (
        projects.quick_folder() as folder,
        Project.open(agreed.three_readings(folder / "three.hashiya")) as opened,
    ):
        yield opened


@pytest.fixture(scope="module")
def report(project: Project) -> AgreementReport:
    return agreeing.agreement(project)


@pytest.mark.parametrize("what", ["entities", "events", "stances", "relations"])
def test_every_figure_opens_exactly_what_it_counts_as_disagreement(
    project: Project, report: AgreementReport, what: str
) -> None:
    strip = next(one for one in agreementstrips.strips(report, ARABIC) if one.what == what)
    for row in strip.rows:
        if row.opens is None:
            assert row.figure.value is None, row.name
            continue
        (where,) = row.opens.wheres
        found = agreeingplaces.places(project, report.asked, where, limit=100_000)
        n = len(found)
        if where.what == "arguments":  # counted by side, as F1 does
            n = sum((place.one is not None) + (place.other is not None) for place in found)
        if where.what == "stances" and where.figure != "target_f1":  # of an item two and two
            assert report.stances is not None
            pairs = report.stances.values.by_pair
            assert n == sum(m for pair in pairs for (a, b), m in pair.confusion.items() if a != b)
        else:
            assert n == row.figure.n_disputed, row.name
        assert n or row.figure.value in (1.0, None), row.name


def test_questions_have_a_strip_with_the_alpha_of_each(report: AgreementReport) -> None:
    strip = agreementstrips.strips(report, ARABIC)[-1]
    questions = report.label_schema.questions

    assert (strip.what, strip.title) == ("answers", "الأسئلة")
    assert [row.name for row in strip.rows] == [question.ar for question in questions]
    for question, answer, row in zip(questions, report.answers, strip.rows, strict=True):
        field = {"many": "set", "scale": "ordinal"}.get(question.kind, "nominal")
        assert row.figure == answer.alphas[field]
        assert f"التوافق الملحوظ: {agreeingwords.value_of(answer.percent)}" in row.said
        assert (row.opens is None) == (question.kind == "text")


def test_a_question_opens_where_two_answer_otherwise(
    project: Project, report: AgreementReport
) -> None:
    strip = agreementstrips.strips(report, ARABIC)[-1]
    for answer, row in zip(report.answers, strip.rows, strict=True):
        if row.opens is None:
            continue
        found = agreeingplaces.places(project, report.asked, row.opens.wheres[0], limit=1000)
        differing = {(one.article, one.first.uid, one.second.uid) for one in found}
        n = sum(m for pair in answer.by_pair for (a, b), m in pair.confusion.items() if a != b)
        assert len(differing) == n > 0
        assert len({article for article, *_ in differing}) == row.figure.n_disputed


def test_without_an_interval_it_says_how_many_may_differ_at_most(report: AgreementReport) -> None:
    for strip in agreementstrips.strips(report, ARABIC):
        for row in strip.rows:
            figure = row.figure
            if figure.greatest_rate is not None:
                told = f"المختلف {figure.n_disputed} من {figure.n_items}"
                assert told in row.said
                assert f"{100 * figure.greatest_rate:.3g} %" in row.said


def test_arguments_that_are_not_shared_stand_side_by_side(
    project: Project, report: AgreementReport
) -> None:
    found = {
        figure: agreeingplaces.places(
            project, report.asked, Where("arguments", figure=figure), limit=100_000
        )
        for figure in ("ai", "ac")
    }

    assert len(found["ac"]) > len(found["ai"])
    same_words = [place for place in found["ac"] if place.kind == "label"]
    assert same_words
    for place in same_words:
        assert place.one is not None
        assert place.other is not None
        assert place.one.spans == place.other.spans
