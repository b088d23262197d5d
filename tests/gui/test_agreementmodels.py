"""What charts of agreement show: numbers against the report, places against the numbers."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.agreement.figures import NOT_ORDERED, Figure, undefined
from annotator.gui.models import (
    agreementbars,
    agreementmatrix,
    agreementpairs,
    agreementstrips,
)
from annotator.gui.models.agreementnames import TypeNames
from annotator.gui.models.agreementplot import Opening
from annotator.gui.models.agreementstrips import state_of
from annotator.gui.pages.agreementwork import Places, finding
from annotator.i18n import Language
from annotator.services import agreeing, agreeingwords
from annotator.services.agreeing import AgreementReport
from annotator.services.progress import SILENT
from annotator.store.project import Project
from tests import projects
from tests.gui import agreed

ARABIC, ENGLISH = Language.of("ar"), Language.of("en")


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


@pytest.fixture(scope="module")
def names(project: Project) -> TypeNames:
    return TypeNames(project.label_schema, ARABIC)


def places(project: Project, report: AgreementReport, opening: Opening) -> Places:
    found = finding(opening, report.asked)(project, SILENT)
    assert isinstance(found, Places)
    return found


# --- the overview ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "target", "state"),
    [
        (0.81, 0.9, 0.8, "good"),
        (0.8, 0.9, 0.8, "undecided"),
        (0.7, 0.9, 0.8, "undecided"),
        (0.7, 0.8, 0.8, "undecided"),
        (0.6, 0.79, 0.8, "below"),
        (0.6, 0.79, None, "plain"),
        (None, None, 0.8, "open"),
        (None, None, None, "open"),
    ],
)
def test_an_interval_that_holds_the_target_leaves_it_undecided(
    low: float | None, high: float | None, target: float | None, state: str
) -> None:
    assert state_of(Figure(0.75, low=low, high=high), target) == state


def test_strips_show_the_figures_of_the_report(report: AgreementReport) -> None:
    entities, events, stances, *_ = agreementstrips.strips(report, ARABIC)
    assert report.entities is not None
    assert report.events is not None
    assert report.stances is not None
    spans, frames = report.entities, report.events

    assert [row.figure for row in entities.rows] == [
        spans.detection,
        spans.strict,
        spans.label_alpha,
    ]
    assert [row.figure for row in events.rows] == [frames.ti, frames.tc, frames.ai, frames.ac]
    assert events.is_funnel
    assert not entities.is_funnel
    assert [row.figure for row in stances.rows] == [
        report.stances.target_f1,
        report.stances.values.alphas["ordinal"],
        report.stances.values.alphas["nominal"],
    ]
    assert [row.target for row in entities.rows] == [0.9, 0.8, 0.8]
    assert entities.note == "5 مقالات · 3 موسِّمين"


def test_with_few_articles_nothing_is_decided_and_it_says_why(report: AgreementReport) -> None:
    for strip in agreementstrips.strips(report, ARABIC):
        for row in strip.rows:
            assert row.state in ("open", "undefined")
            assert agreeingwords.why(row.figure, ARABIC) in row.said


def test_an_undefined_figure_is_a_dash_with_its_reason(
    report: AgreementReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert report.stances is not None
    alphas = {**report.stances.values.alphas, "ordinal": undefined(NOT_ORDERED)}
    monkeypatch.setattr(agreementstrips, "_figure", lambda *_: alphas["ordinal"])

    row = agreementstrips.strips(report, ARABIC)[0].rows[0]

    assert (row.value, row.state) == ("—", "undefined")
    assert "القيم بلا ترتيب" in row.said


def test_strips_share_one_axis_that_has_room_for_all(report: AgreementReport) -> None:
    shown = [one for one in agreementstrips.strips(report, ARABIC) if one.what != "answers"]
    lows = agreementstrips.lowest(shown)
    values = [row.figure.value for strip in shown for row in strip.rows]

    (low,) = set(lows.values())
    assert low in (0.4, 0.0, -1.0)
    assert all(value >= low for value in values if value is not None)


def test_a_hard_question_does_not_squeeze_the_other_strips(report: AgreementReport) -> None:
    entities = agreementstrips.strips(report, ARABIC)[0]
    hard = replace(entities.rows[0], figure=Figure(-0.2))
    shown = [entities, replace(entities, what="answers", rows=(hard,))]

    assert agreementstrips.lowest(shown) == {"entities": 0.4, "answers": -1.0}


# --- every two annotators -------------------------------------------------------------------------


def test_the_heat_map_has_strict_f1_above_and_articles_below(report: AgreementReport) -> None:
    found = report.entities
    assert found is not None
    readers = [row.reader for row in report.readers]
    heat = agreementpairs.heat_map(found, "entities", readers, ARABIC)
    cells = {(cell.row, cell.column): cell for cell in heat.cells}
    pairs = {(pair.first.uid, pair.second.uid): pair for pair in found.by_pair}

    assert len(cells) == 9
    for row, one in enumerate(readers):
        assert cells[row, row].kind == "same"
        for column, other in enumerate(readers[row + 1 :], row + 1):
            pair = pairs.get((one.uid, other.uid)) or pairs[other.uid, one.uid]
            above, below = cells[row, column], cells[column, row]
            assert above.text == f"{pair.strict.value:.2f}"
            assert below.text == str(pair.n_articles)
            assert above.is_hatched
            assert above.opens is not None
            assert above.opens.wheres[0].first == pair.first.uid


def test_two_without_an_article_in_common_have_a_dash(tmp_path: Path) -> None:
    path = agreed.read_by(
        tmp_path / "apart.hashiya",
        {
            "أ": {0: [("بوتين", "PERS")], 1: [("بغداد", "GPE")]},
            "ب": {0: [("بوتين", "PERS")]},
            "ج": {1: [("بغداد", "GPE")]},
        },
    )
    with Project.open(path) as project:
        report = agreeing.agreement(project)
    assert report.entities is not None
    readers = [row.reader for row in report.readers]
    heat = agreementpairs.heat_map(report.entities, "entities", readers, ENGLISH)
    none = [cell for cell in heat.cells if cell.kind == "none"]

    assert [(cell.text, cell.opens) for cell in none] == [("—", None), ("0", None)]
    assert "no article in common" in none[0].said


def test_the_parts_of_a_bar_are_all_disagreements_of_two_once(report: AgreementReport) -> None:
    found = report.entities
    assert found is not None
    shown = agreementpairs.stacks(found, "entities", ARABIC)
    kinds = [pair.disagreements.kinds for pair in found.by_pair]
    wanted = [sum(kind[one] for one in ("label", "boundary", "both", "missing")) for kind in kinds]

    assert sorted((stack.n for stack in shown), reverse=True) == [stack.n for stack in shown]
    assert sorted(stack.n for stack in shown) == sorted(n for n in wanted if n)


def test_every_part_of_a_bar_opens_as_many_places_as_it_says(
    project: Project, report: AgreementReport
) -> None:
    assert report.entities is not None
    for stack in agreementpairs.stacks(report.entities, "entities", ARABIC):
        for part in stack.parts:
            found = places(project, report, part.opens)
            assert len(found.found) == min(part.n, 200), part.said
            assert found.has_more == (part.n > 200)


# --- types ----------------------------------------------------------------------------------------


def test_bars_are_the_types_of_the_report_and_those_with_few_labels_are_grey(
    report: AgreementReport, names: TypeNames
) -> None:
    assert report.entities is not None
    shown = agreementbars.bars(report.entities, "entities", names, ARABIC)

    assert [bar.n for bar in shown] == sorted((bar.n for bar in shown), reverse=True)
    assert {bar.is_few for bar in shown} == {True, False}
    for bar, row in zip(shown, report.entities.by_type, strict=True):
        assert (bar.strict, bar.overlap) == (row.strict.value, row.overlap.value)
        assert bar.is_few == (row.n < 30)
        assert bar.name in bar.said


@pytest.mark.parametrize("kind", agreementmatrix.KINDS)
def test_every_cell_of_the_matrix_opens_as_many_places_as_it_says(
    project: Project, report: AgreementReport, names: TypeNames, kind: str
) -> None:
    shown = agreementmatrix.matrix(report, kind, ("", ""), names, ARABIC)
    filled = [cell for cell in shown.cells if cell.n and cell.n <= 200]

    assert shown.names[-1] == names.nothing(kind)
    assert filled
    for cell in filled[:: max(len(filled) // 4, 1)]:
        assert cell.opens is not None
        assert len(places(project, report, cell.opens).found) == cell.n, cell.said


def test_the_matrix_of_two_is_not_symmetric_and_names_them(
    project: Project, report: AgreementReport, names: TypeNames
) -> None:
    assert report.entities is not None
    pair = report.entities.by_pair[0]
    two = (pair.first.uid, pair.second.uid)
    shown = agreementmatrix.matrix(report, "entities", two, names, ARABIC)

    assert (shown.rows, shown.columns) == (pair.first.name, pair.second.name)
    assert sum(cell.n for cell in shown.cells) == pair.n_items
    for cell in [cell for cell in shown.cells if cell.n][::12]:
        assert cell.opens is not None
        assert len(places(project, report, cell.opens).found) == min(cell.n, 200)


def test_the_darkest_cells_are_the_largest_shares_of_their_row(
    report: AgreementReport, names: TypeNames
) -> None:
    shown = agreementmatrix.matrix(report, "entities", ("", ""), names, ARABIC)
    for row in range(len(shown.names)):
        cells = [cell for cell in shown.cells if cell.row == row and not cell.is_same]
        order = sorted(cells, key=lambda cell: cell.n)
        assert [cell.share for cell in order] == sorted(cell.share for cell in cells)
        assert all(0 <= cell.share <= 1 for cell in cells)
