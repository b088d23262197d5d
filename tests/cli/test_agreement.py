"""`hashiya agreement`: tables, JSON, CSV and one page."""

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from annotator.formats.csvcells import guarded
from annotator.services import labelling, projects
from annotator.store.project import Project
from tests.cli.running import hashiya
from tests.projects import add_articles, annotator, extent_of, layer_of, made

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def team_file(tmp_path: Path) -> Path:
    """Return a project file that two have read."""
    path = made(tmp_path, "فريق.hashiya")
    with Project.open(path) as project:
        for who, city in (("a1", "GPE"), ("a2", "ORG")):
            layer = layer_of(project, who)
            labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
            labelling.add_entity(project, layer, extent_of("موسكو"), city)
            labelling.answer(project, layer, "genre", ("report",))
            labelling.set_status(project, layer, "done")
    return path


def test_json_has_the_promised_keys(team_file: Path) -> None:
    told = hashiya("agreement", team_file, "--json").told

    assert told["ok"] is True
    entities = told["entities"]
    assert entities["n_articles"] == 1
    assert (entities["strict_f1"], entities["boundary_f1"]) == (0.5, 1.0)
    assert (entities["overlap_f1"], entities["detection_f1"]) == (0.5, 1.0)
    assert entities["label_alpha"] == pytest.approx(0.4)
    assert set(entities["unitized_alpha"]) >= {"PERS", "GPE", "ORG"}
    assert entities["disagreements"]["label"] == 1
    assert entities["confusion"]["GPE"] == {"ORG": 1}
    assert entities["by_type"]["PERS"]["strict_f1"] == 1.0
    assert entities["by_pair"]["a1,a2"]["strict_f1"] == 0.5
    keys = ("ti_f1", "tc_f1", "ai_f1", "ac_f1", "ai_given_trigger_f1", "ac_given_trigger_f1")
    for key in keys:
        assert (told["events"][key], told["events"][f"{key}_reason"]) == (None, "no_items")
    assert told["stances"]["target_f1"] is None
    assert {"alpha_nominal", "alpha_ordinal"} <= set(told["stances"])
    genre = told["answers"]["genre"]
    assert (genre["n_items"], genre["percent"]) == (1, 1.0)
    assert (genre["alpha_nominal"], genre["alpha_nominal_reason"]) == (None, "one_label")
    for key in ("alpha_ordinal", "alpha_interval", "alpha_ratio", "fleiss_kappa", "scott_pi"):
        assert genre[key] is None
    assert {"gwet_ac1", "gwet_ac2"} <= set(genre)
    assert genre["by_pair"]["a1,a2"]["cohen_kappa_reason"] == "one_label"
    assert told["settings"]["trim"] is False


def test_every_null_has_its_reason(team_file: Path) -> None:
    def check(told: dict[str, Any]) -> None:
        for key, value in told.items():
            if isinstance(value, dict):
                check(value)
            elif value is None:
                assert told[f"{key}_reason"], key

    check(hashiya("agreement", team_file, "--json").told)


def test_what_narrows_the_answer(team_file: Path) -> None:
    told = hashiya("agreement", team_file, "--what", "entities", "--trim", "--json").told

    assert "events" not in told
    assert told["settings"]["trim"] is True
    assert told["settings"]["what"] == ["entities"]


@pytest.mark.parametrize(("lang", "said"), [("ar", "F1 التام"), ("en", "Strict F1")])
def test_people_read_tables(team_file: Path, lang: str, said: str) -> None:
    ran = hashiya("agreement", team_file, lang=lang)

    assert ran.code == 0
    assert said in ran.out
    line = next(line for line in ran.out.splitlines() if said in line)
    assert line.startswith("0.500")


def test_without_two_readings_a_sentence_says_so(project_file: Path) -> None:
    ran = hashiya("agreement", project_file)

    assert ran.code == 0
    assert "At least one article must be read by two annotators." in ran.err
    assert "no article was read by two" in ran.out


def test_csv_is_a_table_that_spreadsheets_read(team_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.csv"

    assert hashiya("agreement", team_file, "-o", path).code == 0

    told = path.read_bytes()
    assert told.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(told.decode("utf-8-sig"))))
    strict = next(row for row in rows if (row["measure"], row["of"]) == ("strict", ""))
    assert (strict["what"], float(strict["value"]), strict["n"]) == ("entities", 0.5, "4")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tx", "\rx"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert guarded(text) == "'" + text


class _Page(HTMLParser):
    """What a page is made of: its tags, and what its attributes lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str | None] = []
        self.root: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("src", "href")]
        if tag == "html":
            self.root = dict(attrs)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(("lang", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_the_page_needs_nothing_else(
    team_file: Path, tmp_path: Path, lang: str, direction: str
) -> None:
    path = tmp_path / "report.html"
    assert hashiya("agreement", team_file, "-o", path, lang=lang).code == 0

    page = _Page()
    page.feed(path.read_text("utf-8"))

    assert page.open == []
    assert (page.root["dir"], page.root["lang"]) == (direction, lang)
    assert page.links == []
    assert not page.tags & {"script", "img", "link", "iframe", "object"}
    told = path.read_text("utf-8")
    assert "prefers-color-scheme" in told
    assert "@media print" in told
    assert "url(" not in told
    assert "Krippendorff" in told or "كريبندورف" in told


def test_names_and_texts_are_escaped(tmp_path: Path) -> None:
    path = tmp_path / "hostile.hashiya"
    projects.new(path, title=HOSTILE)
    with Project.open(path) as project:
        add_articles(project, f"قال {HOSTILE} ثم ذهب")
        for who, type_ in ((HOSTILE, "PERS"), ("=2+2", "ORG")):
            layer = layer_of(project, annotator(project, who).name, f"قال {HOSTILE} ثم ذهب")
            quote = extent_of(HOSTILE, f"قال {HOSTILE} ثم ذهب")
            labelling.add_entity(project, layer, quote, type_)
            labelling.set_status(project, layer, "done")
    page, table = tmp_path / "r.html", tmp_path / "r.csv"

    hashiya("agreement", path, "-o", page)
    hashiya("agreement", path, "-o", table)

    assert "<script" not in page.read_text("utf-8")
    assert "&lt;script&gt;" in page.read_text("utf-8")
    assert "\n=" not in table.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--who", "نورة"), "unknown_annotator"),
        (("-o", "report.pdf"), "wrong_use"),
        (("--what", "mood"), "wrong_use"),
        (("--types", "NOSUCH"), "unknown_type"),
        (("--articles", "123"), "unknown_article"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    team_file: Path, words: tuple[str, ...], code: str
) -> None:
    ran = hashiya("agreement", team_file, *words, "--json")

    assert ran.code in (1, 2)
    assert json.loads(ran.out)["error"] == code
    assert "Traceback" not in ran.out + ran.err


def test_the_project_is_not_overwritten(team_file: Path) -> None:
    before = team_file.read_bytes()
    named = team_file.with_suffix(".csv")
    named.symlink_to(team_file)

    ran = hashiya("agreement", team_file, "-o", named)

    assert ran.code == 2
    assert team_file.read_bytes() == before
