"""What `hashiya agreement` prints for people: all that the page has, with settings and reasons."""

from pathlib import Path

import pytest

from annotator.cli.tables import lines_of
from annotator.core.model import AUTHOR, Party
from annotator.services import labelling
from annotator.store.project import Project
from tests.cli.running import hashiya
from tests.projects import extent_of, layer_of, made


@pytest.fixture
def team_file(tmp_path: Path) -> Path:
    """Return a project file of which two have read one article, with labels of all kinds."""
    path = made(tmp_path)
    with Project.open(path) as project:
        for who, city, genre in (("a1", "GPE", "report"), ("a2", "ORG", "opinion")):
            layer = layer_of(project, who)
            for quote, type_ in (("بوتين", "PERS"), ("موسكو", city), ("القاهرة", "GPE")):
                labelling.add_entity(project, layer, extent_of(quote), type_)
            labelling.add_event(project, layer, extent_of("لقاءه"), "MEET")
            target = Party("topic", "peace-talks")
            labelling.add_stance(project, layer, target, "favor", holder=AUTHOR)
            labelling.answer(project, layer, "genre", (genre,))
            labelling.set_status(project, layer, "done")
    return path


def table(out: str, title: str) -> list[str]:
    """Return the lines of the table with that title, its head first."""
    return out.partition(f"\n{title}\n")[2].partition("\n\n")[0].splitlines()


def test_the_settings_stand_before_the_figures(team_file: Path) -> None:
    words = ("--trim", "--trim-punctuation", "--without-suggestions", "--what", "entities")
    ran = hashiya("agreement", team_file, *words, "--who", "a1,a2", "--types", "PERS,GPE")

    settings = ran.out.partition("\n\n")[0]
    for said in (
        "under the label schema everything, version 1",
        "tatweel and punctuation at the ends do not count.",
        "Readings made with suggestions in view are left out.",
        "Only these annotators: a1, a2.",
        "Only these types: PERS, GPE.",
        "Compared are: Entities.",
    ):
        assert said in settings


def test_what_was_not_narrowed_is_said_too(team_file: Path) -> None:
    settings = hashiya("agreement", team_file).out.partition("\n\n")[0]

    assert "Spans are compared at their stored offsets." in settings
    assert "All annotators, types and articles are compared." in settings
    assert "Compared are: Entities, Events, Stances, Relations, Answers." in settings


def test_types_that_were_not_asked_for_have_no_row(team_file: Path) -> None:
    out = hashiya("agreement", team_file, "--types", "GPE").out

    rows = table(out, "Every type")
    assert [row.split()[-1] for row in rows[1:]] == ["GPE"]


def test_confusions_pairs_topics_and_texts_are_printed(team_file: Path) -> None:
    out = hashiya("agreement", team_file).out

    assert table(out, "What is taken for what")[1:] == ["1      ORG · GPE"]
    kappa = table(out, "Question: genre: Every two")
    assert kappa[0].split("  ")[0] == "Cohen's kappa"
    assert kappa[1].split() == ["0.000", "0.000", "1", "a1", "·", "a2"]
    assert "Peace talks (peace-talks)" in "".join(
        table(out, "Values of stances by topic: alpha, nominal")
    )
    assert table(out, "Question: genre: What is taken for what")[1:] == ["1      report · opinion"]
    assert table(out, "Texts most in dispute")[1].split() == [
        "1",
        "GPE",
        "1",
        "·",
        "ORG",
        "1",
        "موسكو",
    ]
    assert table(out, "Unitized alpha over all types")[2].startswith("1.000")


def test_drift_is_printed_with_why_it_cannot_be_judged(team_file: Path) -> None:
    out = hashiya("agreement", team_file, "--what", "entities").out

    (_, *rows) = table(out, "Over time")
    assert [row.split("  ")[-1].strip() for row in rows] == [
        f"{who} · Entities (fewer than 20 articles)" for who in ("a1", "a2")
    ]


def test_in_arabic_all_that_is_arabic_stands_in_the_last_column(team_file: Path) -> None:
    out = hashiya("agreement", team_file, lang="ar").out

    rows = [line for line in out.splitlines() if line.startswith(("0.", "1.", "—"))]
    assert any("شخص (PERS)" in row for row in rows)
    for row in rows:
        cells = [cell for cell in row.split("  ") if cell.strip()]
        assert not any(any("\u0600" <= sign <= "\u06ff" for sign in one) for one in cells[:-1])


def test_no_reason_is_cut(project_file: Path) -> None:
    for lang, reason in (("en", "(no article was read by two)"), ("ar", "(لا مقال قرأه اثنان)")):
        out = " ".join(hashiya("agreement", project_file, lang=lang).out.split())

        assert "…" not in out
        assert reason in out


def test_a_long_last_cell_goes_on_in_the_next_line() -> None:
    words = " ".join(["كلمة"] * 30)

    lines = list(lines_of(("n", "text"), [(12, words), (3, "قصير")], wraps=True))

    assert " ".join(line[4:] for line in lines[1:-1]) == words
    assert lines[1].startswith("12  ")
    assert all(line.startswith("    ") and len(line) <= 64 for line in lines[2:-1])
    assert lines[-1] == "3   قصير"


def test_a_word_without_an_end_is_cut_all_the_same() -> None:
    (_, line) = lines_of(("n", "text"), [(1, "ا" * 90)], wraps=True)

    assert line.endswith("…")
