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


def test_a_copy_put_right_stands_beside_the_original_and_names_it(project: Project) -> None:
    (sha256,) = add_articles(project, REVERSED)

    copy = newarticles.righted_copy(project, sha256)

    assert project.text(copy.sha256) == "النهاية 2025\nمرحبا بكم"
    assert project.text(sha256) == REVERSED
    told = {"article": project.article(sha256).uid, "how": "righted"}
    assert orjson.loads(copy.meta) == {"made_from": told}
    assert newarticles.righted_copy(project, sha256) == copy
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

    one, other = newarticles.parted(project, sha256, at)

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
