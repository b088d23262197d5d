"""Lists, places and geometry of agreement: what is listed, in which order, and where it lies."""

from collections.abc import Iterator

import pytest

from annotator.gui.models import (
    agreementbars,
    agreementmatrix,
    agreementpairs,
    agreementplot,
    agreementrows,
    agreementstrips,
)
from annotator.gui.models.agreementnames import TypeNames
from annotator.gui.models.agreementplaces import PlaceWords, hull_of, in_order
from annotator.gui.models.agreementplot import Opening, Scale, Spot
from annotator.gui.pages.agreementwork import Filter, Places, computing, finding
from annotator.gui.theme import NAMES as THEMES
from annotator.gui.theme import Theme
from annotator.gui.widgets.charts.inks import contrast, shade
from annotator.i18n import Language
from annotator.services import agreeing
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


# --- lists ----------------------------------------------------------------------------------------


def test_disputed_texts_and_articles_open_their_disagreements(
    project: Project, report: AgreementReport, names: TypeNames
) -> None:
    strings = agreementrows.string_rows(report, names, ARABIC)
    articles = agreementrows.article_rows(report, ARABIC)

    for row, string in zip(strings[:5], report.strings, strict=False):
        assert len(places(project, report, row.opens).found) == string.n
        assert sum(n for _, n in row.chips) == sum(n for type_, n in string.types.items() if type_)
    assert [row.text for row in articles] == [row.title for row in report.articles]
    first = places(project, report, articles[0].opens)
    assert {one.place.article for one in first.found} == {report.articles[0].uid}


def test_places_come_article_by_article_in_the_order_of_the_text(
    project: Project, report: AgreementReport
) -> None:
    rows = agreementrows.article_rows(report, ARABIC)
    found = places(project, report, rows[0].opens).found
    starts = [hull_of(one.place) for one in found]

    assert len({one.what for one in found}) > 1
    assert starts == sorted(starts)
    assert in_order(reversed(found)) == in_order(found)


def test_both_readings_are_said_and_marked(project: Project, report: AgreementReport) -> None:
    assert report.entities is not None
    words = PlaceWords(project.label_schema, ARABIC)
    stack = agreementpairs.stacks(report.entities, "entities", ARABIC)[0]
    by_group = {part.group: part for part in stack.parts}

    (differs, *_), (missing, *_) = (
        places(project, report, by_group[group].opens).found for group in ("type", "missing")
    )
    row, marks = words.row(differs), words.marks(differs)
    assert [voice.reader for voice in row.voices] == [
        differs.place.first.name,
        differs.place.second.name,
    ]
    assert [mark.uid for mark in marks] == ["first", "second"]
    for mark, voice in zip(marks, row.voices, strict=True):
        assert mark.name.startswith(voice.reader)
    assert len(words.marks(missing)) == 1
    assert [voice.face is None for voice in words.row(missing).voices].count(True) == 1
    assert "لا وسم" in words.row(missing).said


def test_hidden_signs_and_long_names_are_cut_in_words(project: Project) -> None:
    schema = project.label_schema
    assert TypeNames(schema, ARABIC).name("entities", "GONE") == "GONE"
    assert TypeNames(schema, ARABIC).face("entities", "GONE").slot
    assert TypeNames(schema, ARABIC).name("roles", "") == "لا عنصر"


# --- filters --------------------------------------------------------------------------------------


def test_filters_are_what_the_report_says_was_asked(project: Project) -> None:
    who = tuple(row.reader.uid for row in agreeing.agreement(project).readers[:2])
    wanted = Filter(without_suggestions=True, trim=True, who=who)

    asked = computing(wanted)(project, SILENT).report.asked  # type: ignore[attr-defined]

    assert (asked.who, asked.trim, asked.without_suggestions) == (who, True, True)


# --- geometry -------------------------------------------------------------------------------------


def no_overlap(spots: list[Spot]) -> bool:
    boxes = [spot.box for spot in spots]
    return not any(
        one.x < other.end - 0.01
        and other.x < one.end - 0.01
        and one.y < other.y + other.height - 0.01
        and other.y < one.y + one.height - 0.01
        for n, one in enumerate(boxes)
        for other in boxes[n + 1 :]
    )


@pytest.mark.parametrize("width", [180, 400, 900])
@pytest.mark.parametrize("height", [120, 240])
def test_spots_never_lie_over_one_another_and_none_is_lost(
    report: AgreementReport, names: TypeNames, width: int, height: int
) -> None:
    found = report.entities
    assert found is not None
    readers = [row.reader for row in report.readers]
    heat = agreementpairs.heat_map(found, "entities", readers, ARABIC)
    shown = agreementmatrix.matrix(report, "entities", ("", ""), names, ARABIC)
    strip = agreementstrips.strips(report, ARABIC)[1]
    bars = agreementbars.bars(found, "entities", names, ARABIC)
    stacks = agreementpairs.stacks(found, "entities", ARABIC)
    laid = [
        (agreementpairs.heat_spots(heat, width, height)[2], len(heat.cells)),
        (agreementmatrix.lay_out(shown, width, height)[2], len(shown.cells)),
        (agreementstrips.lay_out(strip.rows, width, height, 0.4)[1], len(strip.rows)),
        (agreementbars.lay_out(bars, width)[2], len(bars)),
        (agreementpairs.stack_spots(stacks, width)[1], sum(len(one.parts) for one in stacks)),
    ]
    for spots, n in laid:
        assert len(spots) == n
        assert no_overlap(spots)
        assert all(spot.box.width > 0 and spot.box.height > 0 for spot in spots)


def test_values_beyond_the_axis_are_put_at_its_ends() -> None:
    scale = Scale(10, 100, 0.4)
    assert (scale.at(-1), scale.at(0.4), scale.at(1), scale.at(2)) == (10, 10, 110, 110)


@pytest.mark.parametrize("low", [0.4, 0.0, -1.0])
@pytest.mark.parametrize("length", [20, 60, 100, 400])
def test_numbers_of_an_axis_are_never_too_near_and_include_both_ends(
    low: float, length: int
) -> None:
    scale = Scale(0, length, low)
    shown = agreementplot.ticks(scale)
    assert (shown[0], shown[-1]) == (low, 1.0)
    assert len(shown) == 2 or length * (shown[1] - shown[0]) / (1 - low) >= 30


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("role", ["accent", "against", "text_3"])
def test_every_number_can_be_read_on_its_ground(name: str, role: str) -> None:
    theme = Theme.of(name)
    for step in range(101):
        for ground in ("raised", "panel"):
            colour, ink = shade(theme, role, step / 100, ground)
            assert contrast(colour, ink) >= 4.5
