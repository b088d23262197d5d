"""What a report says in JSON, CSV and on the page: settings, everything counted, and why not."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.agreement import overview
from annotator.agreement.drift import WINDOW
from annotator.core.model import AUTHOR, Party
from annotator.i18n import Language
from annotator.services import labelling
from annotator.services.agreeing import AgreementReport, Asked, agreement
from annotator.services.agreeingcsv import as_csv, write_csv
from annotator.services.agreeinghtml import as_html
from annotator.services.agreeingjson import as_json
from annotator.store.project import Project
from tests.projects import add_articles, extent_of, layer_of, made, quick_folder

ENGLISH, ARABIC = Language.of("en"), Language.of("ar")
MANY = tuple(f"زار بوتين مدينة موسكو في اليوم {n}." for n in range(WINDOW + 5))
Cells = dict[tuple[str, str, str], dict[str, str]]


@pytest.fixture
def project() -> Iterator[Project]:
    """Return a project with three texts that nobody has read."""
    with quick_folder() as folder, Project.open(made(folder)) as opened:
        yield opened


@pytest.fixture
def team(project: Project) -> Project:
    """Return a project of which two have read one article, with labels of all kinds."""
    for who, city, role, value in (
        ("a1", "GPE", "actor", "favor"),
        ("a2", "ORG", "theme", "favor"),
    ):
        layer = layer_of(project, who)
        for quote, type_ in (("بوتين", "PERS"), ("موسكو", city), ("القاهرة", "GPE")):
            labelling.add_entity(project, layer, extent_of(quote), type_)
        labelling.add_event(project, layer, extent_of("لقاءه"), "MEET")
        uids = {label.type: label.uid for label in project.labels(layer)}
        labelling.add_argument(project, layer, uids["MEET"], role, uids["PERS"])
        labelling.add_relation(project, layer, "same_as", uids["PERS"], uids["GPE"])
        labelling.add_stance(project, layer, Party("topic", "peace-talks"), value, holder=AUTHOR)
        labelling.answer(project, layer, "genre", ("report",))
        labelling.set_status(project, layer, "done")
    return project


@pytest.fixture(scope="module")
def long_team() -> Iterator[Project]:
    """Return a project of which two have read 25 articles: they agree, and in the end do not."""
    with quick_folder() as folder, Project.open(made(folder, texts=())) as opened:
        add_articles(opened, *MANY)
        for n, text in enumerate(MANY):
            for who, city in (("a1", "GPE"), ("a2", "ORG" if n >= WINDOW or n == 3 else "GPE")):
                layer = layer_of(opened, who, text)
                labelling.add_entity(opened, layer, extent_of("بوتين", text), "PERS")
                labelling.add_entity(opened, layer, extent_of("موسكو", text), city)
                labelling.set_status(opened, layer, "done")
        yield opened


def full(project: Project, asked: Asked | None = None) -> AgreementReport:
    return agreement(project, asked or Asked(), in_full=True)


def cells(report: AgreementReport) -> Cells:
    """Return the rows of the CSV by what, measure and of."""
    rows = csv.DictReader(io.StringIO(as_csv(report)))
    return {(row["what"], row["measure"], row["of"]): row for row in rows}


def section(page: str, title: str) -> str:
    """Return the card of the page with that title."""
    return page[page.index(f"<h2>{title}") :].partition("</section>")[0]


# --- settings ------------------------------------------------------------------------------------


def test_the_csv_begins_with_what_was_asked(team: Project) -> None:
    asked = Asked(("entities",), who=("a1", "a2"), types=("PERS", "GPE"), trim=True)

    rows = list(csv.reader(io.StringIO(as_csv(full(team, asked)))))

    told = [(row[1], row[3]) for row in rows if row[0] == "settings"]
    assert rows[1][0] == "settings"
    for setting in (
        *(("what", "entities"), ("who", "a1"), ("who", "a2"), ("types", "PERS"), ("types", "GPE")),
        *(("articles", "all"), ("trim", "true"), ("trim_punctuation", "false")),
        *(("without_suggestions", "false"), ("text", "folded"), ("status", "done")),
        ("schema_digest", team.label_schema.digest),
    ):
        assert setting in told


def test_json_and_page_name_the_label_schema_and_what_is_compared(team: Project) -> None:
    report = full(team, Asked(("entities",)))

    assert as_json(report)["settings"]["schema"] == {
        "name": "everything",
        "version": "1",
        "digest": team.label_schema.digest,
    }
    methods = section(as_html(report, ENGLISH), "Methods")
    assert "Compared are: Entities." in methods
    assert "after folding" in methods


# --- what was asked for, and no more -------------------------------------------------------------


def test_types_that_were_not_asked_for_have_no_row(team: Project) -> None:
    report = full(team, Asked(types=("GPE",)))

    assert report.entities is not None
    assert [row.type for row in report.entities.by_type] == ["GPE"]
    assert set(as_json(report)["entities"]["by_type"]) == {"GPE"}
    assert {
        of for what, measure, of in cells(report) if (what, measure) == ("entities", "n_labels")
    } == {"GPE"}
    assert {row.text for row in report.strings} == {"موسكو"}


def test_what_knows_no_types_says_so(team: Project) -> None:
    report = full(team, Asked(types=("GPE", "MEET")))

    assert report.events is not None
    assert report.entities is not None
    assert report.events.tc.value == 1.0
    for figure in (report.events.ai, report.events.ac_given_trigger, report.events.role_alpha):
        assert (figure.value, figure.reason) == (None, "not_by_type")
    assert report.entities.unitized.reason == "not_by_type"
    assert not report.events.roles
    assert report.unitized is not None
    assert [row.type for row in report.unitized.by_type] == ["GPE"]


# --- all of it -----------------------------------------------------------------------------------


def test_a_report_in_full_has_all_articles(
    long_team: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "MOST_ARTICLES", 3)

    some, every = agreement(long_team), full(long_team)

    assert (len(some.articles), len(every.articles)) == (3, len(MANY))
    assert len(as_json(every)["articles"]) == len(MANY)
    assert sum(key[:2] == ("articles", "n_disputed") for key in cells(every)) == len(MANY)
    assert every.articles[:3] == some.articles
    said = f"More of them: {len(MANY) - 3}</small>"
    assert said in section(as_html(some, ENGLISH), "Articles, most disputed first")


def test_the_csv_is_written_as_it_is_told(team: Project, tmp_path: Path) -> None:
    report = full(team)

    write_csv(report, tmp_path / "r.csv")

    assert (tmp_path / "r.csv").read_bytes().decode("utf-8-sig") == as_csv(report)


def test_the_csv_has_pairs_of_relations_topics_and_why_what_is_missing(team: Project) -> None:
    found = cells(full(team))

    assert found["relations", "strict", "a1,a2"]["value"] == "1.0"
    assert found["stances", "topic_alpha", "peace-talks"]["reason"] == "one_label"
    assert found["entities", "missing", "missing_inner"]["value"] == "0"
    assert found["stances", "percent", "a1,a2"]["value"] == "1.0"
    assert found["texts", "n_disputed", "موسكو"]["value"] == "1"


def test_disputed_texts_are_in_json(team: Project) -> None:
    (told,) = as_json(full(team))["texts"]

    assert (told["text"], told["types"], told["n_disputed"]) == ("موسكو", {"GPE": 1, "ORG": 1}, 1)


def test_a_figure_without_an_interval_says_why_and_what_may_be(team: Project) -> None:
    told = as_json(full(team))["entities"]

    assert told["strict_f1_no_interval"] == "few_articles"
    assert 0 < told["strict_f1_greatest_rate"] <= 1
    row = cells(full(team))["entities", "strict", ""]
    assert float(row["greatest_rate"]) == told["strict_f1_greatest_rate"]
    assert "at most" in section(as_html(full(team), ENGLISH), "Entities")


# --- figures that were wrong, or nowhere ---------------------------------------------------------


def test_where_all_agree_the_page_reports_no_disagreement(project: Project) -> None:
    for who in ("a1", "a2"):
        layer = layer_of(project, who)
        labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
        labelling.set_status(project, layer, "done")

    told = section(as_html(full(project), ENGLISH), "Kinds of disagreement")

    assert re.findall(r'<bdi dir="ltr">(\d+)</bdi>', told) == ["0"]


def test_pooled_tables_hold_what_agrees_once(team: Project) -> None:
    report = full(team)

    assert report.entities is not None
    assert report.stances is not None
    assert report.entities.confusion["PERS", "PERS"] == 1
    assert dict(report.stances.values.confusion) == {("favor", "favor"): 1}
    assert dict(report.answers[0].confusion) == {("report", "report"): 1}
    assert as_json(report)["settings"]["pooled_confusion"] == "both orders, the diagonal once"


def test_what_differs_stands_in_both_orders_of_values_too(team: Project) -> None:
    layer = layer_of(team, "a3")
    labelling.answer(team, layer, "genre", ("opinion",))
    labelling.set_status(team, layer, "done")

    genre = next(answer for answer in full(team).answers if answer.name == "genre")

    assert dict(genre.confusion) == {
        ("report", "report"): 1,
        ("report", "opinion"): 2,
        ("opinion", "report"): 2,
    }


def test_the_family_over_all_types_is_everywhere(team: Project) -> None:
    report = full(team)
    told, found = as_json(report)["entities"]["unitizing"], cells(report)

    assert report.unitized is not None
    assert told["place_alpha"] == report.unitized.place.value == 1.0
    assert told["value_alpha"] < 1.0
    assert told["by_type"]["PERS"] == {"alpha": 1.0, "alpha_n": 10, "coverage": 1.0}
    for key in ("u_alpha", "place_alpha", "value_alpha"):
        assert float(found["outermost", key, ""]["value"]) == told[key]
    assert found["outermost", "one_type_coverage", "PERS"]["value"] == "1.0"
    page = section(as_html(report, ENGLISH), "Unitized alpha over all types")
    assert "(cuα, experimental)" in page
    assert "Person (PERS)" in page
    assert "شخص (PERS)" in section(as_html(report, ARABIC), "ألفا التقطيع على كل الأنواع")


def test_triggers_say_that_no_lengths_are_measured(team: Project) -> None:
    report = full(team)

    assert cells(report)["triggers", "unitized", "MEET"]["reason"] == "not_unitized"
    page = as_html(report, ENGLISH)
    triggers = page[page.index("<h2>Triggers") :]
    assert "Unitized alpha: not measured for triggers" in section(triggers, "Every type")


# --- names ---------------------------------------------------------------------------------------


def test_the_page_names_types_roles_values_and_questions_by_the_label_schema(team: Project) -> None:
    page = as_html(full(team), ARABIC)

    assert "شخص (PERS)" in section(page, "كل نوع")
    assert "شخص (PERS)" in section(page, "مصفوفة الخلط")
    assert "محادثات السلام (peace-talks)" in page
    assert "genre" in page  # the label schema has no name for it


# --- over time -----------------------------------------------------------------------------------


def test_an_annotator_who_drifts_is_flagged_everywhere(long_team: Project) -> None:
    report = full(long_team, Asked(("entities",)))
    (one, other), found = report.drifts, cells(report)

    assert (one.reader.name, one.what, len(one.steps)) == ("a1", "entities", len(MANY))
    assert one.reason == ""
    assert one.first.value == pytest.approx((19 * 4 + 2) / 80)
    assert other.flagged[-1] == other.steps[-1]
    told = as_json(report)["drift"]["entities"]["a2"]
    assert told["n_flagged"] == len(other.flagged) > 0
    assert (told["n_articles"], len(told["steps"])) == (len(MANY), len(MANY))
    assert told["steps"][-1]["is_flagged"] is True
    assert found["entities", "drift_n_flagged", "a2"]["value"] == str(told["n_flagged"])
    assert found["entities", "drift_last_window", "a2"]["low"]
    page = section(as_html(report, ENGLISH), "Over time")
    assert page.count("<polyline") == 4
    assert "<circle" in page


def test_with_few_articles_there_is_no_limit_but_a_reason(team: Project) -> None:
    report = full(team)

    assert {one.reason for one in report.drifts} == {"few_articles"}
    told = as_json(report)["drift"]["entities"]["a1"]
    assert (told["limit"], told["limit_reason"]) == (None, "few_articles")
    assert (told["first_window_f1"], told["first_window_f1_reason"]) == (None, "few_articles")
    assert told["last_window_f1"] == pytest.approx(4 / 6)
    assert cells(report)["entities", "drift_limit", "a1"]["reason"] == "few_articles"
    assert "fewer than 20 articles" in section(as_html(report, ENGLISH), "Over time")


def test_who_read_nothing_with_others_has_no_steps_but_a_reason(project: Project) -> None:
    labelling.set_status(project, layer_of(project, "a1"), "done")

    (entities, events) = full(project).drifts

    assert entities.steps == events.steps == ()
    assert entities.reason == entities.last.reason == entities.average.reason == "no_pairs"
