"""How annotators agree over time, on the page: its rows, their lines, and what a click opens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.agreement.drift import WINDOW
from annotator.gui.models import agreementtime
from annotator.gui.models.agreementplot import Scale
from annotator.gui.pages.agreementwork import writing
from annotator.gui.program import Program
from annotator.gui.widgets.charts.overtime import OverTimeChart
from annotator.i18n import Language
from annotator.services import agreeing, agreeingplaces
from annotator.services.agreeing import AgreementReport
from annotator.services.progress import SILENT
from annotator.store.project import Project
from tests import projects
from tests.gui import agreed
from tests.gui.agreementpages import chart, click, places_shown, shown

ARABIC, ENGLISH = Language.of("ar"), Language.of("en")
N, FALLEN = 28, 8
TEXTS = tuple(f"زار بوتين مدينة موسكو في اليوم {n}" for n in range(N))


@pytest.fixture(scope="module")
def project() -> Iterator[Project]:
    """Return a project in which the second stops seeing names in the last eight articles."""
    whole = [("بوتين", "PERS"), ("موسكو", "GPE")]
    half = whole[:1]
    steady = {n: half if n in (3, 9) else whole for n in range(N - FALLEN)}
    with projects.quick_folder() as folder:
        path = agreed.read_by(
            folder / "fallen.hashiya",
            {
                "أمل": dict.fromkeys(range(N), whole),
                "باسم": {**steady, **dict.fromkeys(range(N - FALLEN, N), ())},
                "جمانة": {0: whole},
            },
            texts=TEXTS,
        )
        with Project.open(path) as opened:
            yield opened


@pytest.fixture(scope="module")
def report(project: Project) -> AgreementReport:
    return agreeing.agreement(project, over_time=True)


def test_a_fall_is_marked_where_it_lasts_and_who_read_little_has_a_reason(
    report: AgreementReport,
) -> None:
    rows = {row.name: row for row in agreementtime.rows(report, "entities", ARABIC)}

    fallen, few = rows["باسم"], rows["جمانة"]
    assert len(fallen.averages) == N
    assert not fallen.why
    assert fallen.flagged[-1]
    assert not any(fallen.flagged[: N - FALLEN])
    assert f"نزل تحت الحد في {sum(fallen.flagged)} مقالات" in fallen.said
    assert few.why == "أقل من 20 مقالًا"
    assert "بلا حد: أقل من 20 مقالًا" in few.said
    assert few.limits == (None,)


def test_who_met_nobody_has_a_dash_and_opens_nothing(tmp_path: Path) -> None:
    labels = [("بوتين", "PERS")]
    readings = {"أمل": {0: labels}, "باسم": {0: labels}, "جمانة": {1: [("بغداد", "GPE")]}}
    path = agreed.read_by(tmp_path / "alone.hashiya", readings)
    with Project.open(path) as project:
        report = agreeing.agreement(project, over_time=True)

    alone = agreementtime.rows(report, "entities", ENGLISH)[-1]

    assert (alone.name, alone.value, alone.averages, alone.opens) == ("جمانة", "—", (), None)
    assert alone.why == "no article was read by two"


def test_a_row_opens_what_differs_in_its_latest_articles(
    project: Project, report: AgreementReport
) -> None:
    rows = {row.name: row for row in agreementtime.rows(report, "entities", ARABIC)}
    opens = rows["باسم"].opens
    assert opens is not None
    (where,) = opens.wheres

    found = agreeingplaces.places(project, report.asked, where)

    titles = {place.article for place in found}
    assert len(where.articles) == WINDOW
    assert titles <= set(where.articles)
    assert len(found) == 2 * FALLEN + 1  # and one of the article in which she saw half


def test_lines_lie_between_the_least_tenth_and_one(report: AgreementReport) -> None:
    rows = agreementtime.rows(report, "entities", ARABIC)
    low = agreementtime.lowest(rows)
    up = Scale(0, 20, low)

    assert low == pytest.approx(round(low, 1))
    for row in rows:
        points = agreementtime.line(row.averages, Scale(0, 100), up)
        assert all(0 <= x <= 100 and 0 <= y <= 20 for x, y in points)
        assert [x for x, _ in points] == sorted(x for x, _ in points)


def test_the_card_stands_on_the_page_and_a_click_opens_the_places(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    page = shown(program, agreed.three_readings(tmp_path / "t.hashiya"), qtbot)
    over = chart(page, OverTimeChart)
    assert len(over.spots) == len(agreed.NAMES)

    assert page.board is not None
    page.board.ensureWidgetVisible(over)
    click(over, over.spots[0])

    assert places_shown(page, qtbot) > 0


def test_what_is_written_from_the_page_has_it_too(
    project: Project, report: AgreementReport, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"

    assert writing(report, path, ARABIC)(project, SILENT) == path

    assert ARABIC.text("Over time") in path.read_text("utf-8")
