"""Articles made of others: copies put right, a page made two; and what an import remarks."""

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from annotator.core.canonical import text_digest
from annotator.core.model import Region
from annotator.services import assigning, handing_out, importing, newarticles, searching
from annotator.services.assigning import Wish
from annotator.store.project import Project
from tests.projects import (
    TEXTS,
    add_articles,
    annotator,
    assert_sound,
    assert_tables_are_history,
    code_of,
    contents,
    made,
    quick_folder,
    sha_of,
)

REVERSED = "2025 ﺔﻳﺎﻬﻨﻟﺍ\nﻢﻜﺑ ﺎﺒﺣﺮﻣ"
SHAPED = "ﻣﺮﺣﺒﺎ ﺑﻜﻢ"
FORCED = "قال\u202e الوزير"


@pytest.fixture
def project() -> Iterator[Project]:
    """Return a project with the usual articles."""
    with quick_folder() as folder, Project.open(made(folder)) as project:
        yield project
        assert_sound(project)
        assert_tables_are_history(project)


def test_an_import_counts_what_is_not_seen_and_remarks_on_what_reads_wrong(
    project: Project, tmp_path: Path
) -> None:
    for name, text in (("a", REVERSED), ("b", SHAPED), ("c", FORCED), ("d", "قــال\u00a0هو")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")

    report = importing.import_sources(project, [tmp_path])
    again = importing.import_sources(project, [tmp_path])

    assert report.unseen == {"override": 1, "tatweel": 2, "no_break": 1, "shapes": 23}
    assert [(one.source, one.trouble.code) for one in report.remarks] == [
        ("a.txt", "order_of_eye"),
        ("b.txt", "joined_shapes"),
        ("c.txt", "direction_forced"),
    ]
    assert (again.duplicates, again.unseen, again.remarks) == (4, {}, ())


def test_words_that_run_together_are_remarked_on_and_get_no_copy(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("قالالرئيسالروسيإناللقاءكانمفيدا" * 9, encoding="utf-8")

    report = importing.import_sources(project, [tmp_path])

    assert [one.trouble.code for one in report.remarks] == ["words_run_together"]
    assert "words_run_together" not in newarticles.WITH_COPY


def test_damage_done_before_is_remarked_on_and_what_can_be_is_put_right(
    project: Project, tmp_path: Path
) -> None:
    text = "قال الوزير إن اللقاء كان مفيدا وإن الأمر قد انتهى.\n" * 3
    given = {
        "a": (text.encode().decode("cp1256"), "misread"),
        "b": (text.encode().decode("latin-1"), "misread"),
        "c": (text.encode().decode("cp1256").replace("\n", "\ufffd\n"), "misread_and_lost"),
        "d": (text.replace("ا", "\ufffd", 2), "characters_lost"),
        "e": ("The president said in Moscow that he would meet: لقاء", "hardly_arabic"),
    }
    for name, (wrong, _) in given.items():
        (tmp_path / f"{name}.txt").write_text(wrong, encoding="utf-8")

    report = importing.import_sources(project, [tmp_path])

    told = {one.source: one.trouble for one in report.remarks}
    assert {name: told[f"{name}.txt"].code for name in given} == {
        name: code for name, (_, code) in given.items()
    }
    assert told["a.txt"].data["encoding"] == "Windows-1256"
    assert told["d.txt"].data["n"] == 2
    for name in ("a", "b"):
        (copy,) = newarticles.righted_copy(project, text_digest(given[name][0])).articles
        assert project.text(copy.sha256) == text


def test_the_same_body_in_another_spelling_is_remarked_on_wherever_the_first_is(
    project: Project, tmp_path: Path
) -> None:
    spellings = [
        TEXTS[0].replace("ا", "اـ"),
        "خبر أول عن إعادة البناء",
        "خبر اول عن اعادة البناء",
        "غيره",
    ]
    for n, text in enumerate(spellings):
        (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")

    report = importing.import_sources(project, [tmp_path])

    others = [text_digest(TEXTS[0])[:16], text_digest(spellings[1])[:16]]
    assert [one.trouble.code for one in report.remarks] == ["same_body"] * 2
    assert [one.trouble.data["article"] for one in report.remarks] == others


def test_a_copy_put_right_stands_beside_the_original_and_names_it(project: Project) -> None:
    (sha256,) = add_articles(project, REVERSED)

    (copy,) = newarticles.righted_copy(project, sha256).new

    assert project.text(copy.sha256) == "النهاية 2025\nمرحبا بكم"
    assert project.text(sha256) == REVERSED
    told = {"article": project.article(sha256).uid, "how": "righted"}
    assert orjson.loads(copy.meta) == {"made_from": told}
    assert newarticles.righted_copy(project, sha256) == newarticles.Made((copy,), (copy,))
    hits = list(searching.hits(project, searching.Query("النهاية", "letters")))
    assert copy.sha256 in {hit.article for hit in hits}


def test_what_is_right_gets_no_copy(project: Project) -> None:
    before = contents(project)

    assert code_of(lambda: newarticles.righted_copy(project, sha_of(0))) == "nothing_to_right"
    assert contents(project) == before


def test_a_page_becomes_two_articles_that_name_it(project: Project) -> None:
    page = "خبر أول عن أمر كبير جدا\nقال الوزير إن الأمر قد انتهى.\n\n خبر ثان\nقالت الوزيرة لا.\n"
    (sha256,) = add_articles(project, page)
    at = page.index(" خبر ثان")

    one, other = newarticles.parted(project, sha256, at).new

    for part, start, end in ((one, 0, at - 2), (other, at + 1, len(page) - 1)):
        text = project.text(part.sha256)
        assert text == page[start:end]
        told = orjson.loads(part.meta)["made_from"]
        assert told == {
            "article": project.article(sha256).uid, "how": "part", "start": start, "end": end,
        }  # fmt: skip
        assert isinstance(project.regions(part.sha256)[0], Region)
    assert other.title == "خبر ثان"
    assert project.text(sha256) == page


def test_what_is_there_already_is_not_made_again(project: Project) -> None:
    page = "خبر أول\nقال الوزير.\nخبر ثان\nقالت الوزيرة."
    (sha256,) = add_articles(project, page)
    first = newarticles.parted(project, sha256, page.index("خبر ثان"))
    before = contents(project)

    again = newarticles.parted(project, sha256, page.index("خبر ثان"))
    assert (again.articles, again.new) == (first.articles, ())
    assert contents(project) == before

    (other,) = newarticles.parted(project, sha256, page.index("قال الوزير")).new[1:]
    assert project.text(other.sha256) == page[page.index("قال الوزير") :]
    (twice,) = add_articles(project, "خبر\nخبر")
    made = newarticles.parted(project, twice, 4)
    assert (len(set(made.articles)), set(made.new), made.known) == (1, set(made.articles), ())


@pytest.mark.parametrize(
    ("at", "code"), [(0, "nothing_above"), (10_000, "nothing_above"), (2, "nothing_above")]
)
def test_where_a_part_would_hold_nothing_no_article_is_made(
    project: Project, at: int, code: str
) -> None:
    (sha256,) = add_articles(project, "  \nقال الوزير")
    before = contents(project)

    assert code_of(lambda: newarticles.parted(project, sha256, at)) == code
    assert contents(project) == before


def test_a_file_that_was_handed_out_gets_no_articles(project: Project, tmp_path: Path) -> None:
    (sha256,) = add_articles(project, SHAPED)
    plan = assigning.planned(project, Wish((annotator(project).name,)))
    given = handing_out.assign_and_hand_out(project, plan, tmp_path).files[0].path

    with Project.open(given) as hers:
        assert code_of(lambda: newarticles.righted_copy(hers, sha256)) == "lead_only"
        assert code_of(lambda: newarticles.parted(hers, sha256, 5)) == "lead_only"


def test_the_samples_of_the_tests_read_right() -> None:
    assert all(newarticles.unseen_trouble(text, {}) is None for text in TEXTS)
    assert text_digest(SHAPED) != text_digest(REVERSED)
