"""Places of a search by date, by what is before and by what is after."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.services import importing, searching
from annotator.services.searching import ANYWHERE, Query
from annotator.services.searchingorder import ORDERS, Order, in_order
from annotator.store.project import Project
from tests import projects

TEXTS = (
    ("2025-05-06", "ثم زار بوتين بغداد. قال إن بوتين يعود.\nوبوتين أخيرًا"),
    ("2025-11-01", "استقبل بوتين أحمد"),
    ("", "آخر ما قاله بوتين زاهر"),
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with projects.quick_folder() as folder, Project.open(projects.made(folder, texts=())) as made:
        lines = tmp_path / "texts.jsonl"
        rows = []
        for n, (date, text) in enumerate(TEXTS):
            meta = json.dumps({"published": date} if date else {})
            article = {"title": f"{n}", "meta": meta}
            rows.append(json.dumps({"format": "hashiya/1", "article": article, "text": text}))
        lines.write_text("\n".join(rows) + "\n", "utf-8")
        importing.import_sources(made, [lines])
        yield made


def told(project: Project, order: Order, most: int = 100) -> list[str]:
    """Return the words around each place, in order."""
    found = in_order(project, Query("بوتين"), ANYWHERE, order, most=most)
    said = []
    for article, start, end in found.spots:
        text = project.text(article)
        said.append(" ".join([*text[:start].split()[-1:], "*", *text[end:].split()[:1]]))
    return said


@pytest.mark.parametrize(
    ("query", "order", "is_undated"),
    [
        ("بوتين", "date", False),
        ("زاهر", "date", True),
        ("زاهر", "after", False),
        ("س", "date", False),
    ],
)
def test_it_is_known_where_no_article_has_a_date(
    project: Project, query: str, order: Order, is_undated: bool
) -> None:
    assert in_order(project, Query(query), ANYWHERE, order).is_undated is is_undated


def test_the_newest_article_comes_first_and_one_without_a_date_last(project: Project) -> None:
    assert told(project, "date") == [
        "استقبل * أحمد",
        "زار * بغداد.",
        "إن * يعود.",
        "و * أخيرًا",
        "قاله * زاهر",
    ]


DATED = (
    ("b", {"published": "2025-05-06T23:30:00-02:00"}),  # 01:30 of the 7th in UTC
    ("c", {"published": "2025-05-07T00:30:00Z"}),
    ("d", {"published": "٦ مايو ٢٠٢٥", "date": "2025-05-06 أمس"}),
    ("e", {"date": "2024-01-01"}),
    ("f", {"published": "06/05/2025"}),
    ("g", {"published": "2025-13-45"}),
    ("h", {"published": 20250506}),
    ("i", {"published": "9999-99"}),
)


def test_only_what_begins_as_an_iso_day_is_a_date(tmp_path: Path) -> None:
    with projects.quick_folder() as folder, Project.open(projects.made(folder, texts=())) as made:
        lines = tmp_path / "texts.jsonl"
        rows = [
            {"format": "hashiya/1", "article": {"meta": json.dumps(meta)}, "text": f"{name} بوتين"}
            for name, meta in reversed(DATED)
        ]
        lines.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        importing.import_sources(made, [lines])
        found = in_order(made, Query("بوتين"), ANYWHERE, "date")
        names = [made.text(article)[0] for article, _, _ in found.spots]
    assert names == [*"bcde", *"ihgf"]  # those without a date as they came


def test_what_is_before_is_compared_from_the_place_to_the_right(project: Project) -> None:
    before = told(project, "before")
    assert before[0] == "و * أخيرًا"  # first in its paragraph, and its conjunction is no word
    assert before[1:] == ["استقبل * أحمد", "إن * يعود.", "زار * بغداد.", "قاله * زاهر"]


def test_what_is_after_is_compared_without_signs_and_folded(project: Project) -> None:
    after = [one.partition("* ")[2] for one in told(project, "after")]
    assert after == ["أحمد", "أخيرًا", "بغداد.", "زاهر", "يعود."]


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_has_the_very_places_of_the_search(project: Project, order: Order) -> None:
    hits = searching.hits(project, Query("بوتين"))
    found = in_order(project, Query("بوتين"), ANYWHERE, order)
    assert sorted(found.spots) == sorted((hit.article, hit.start, hit.end) for hit in hits)
    assert (found.n_articles, found.is_whole) == (3, True)


def test_only_so_many_are_sorted_and_that_is_said(project: Project) -> None:
    found = in_order(project, Query("بوتين"), ANYWHERE, "after", most=2)
    assert (len(found.spots), found.is_whole) == (2, False)
    assert len(told(project, "after", most=2)) == 2
    assert in_order(project, Query("زرافة"), ANYWHERE, "date").spots == ()
    with pytest.raises(UserError, match="empty_query"):
        in_order(project, Query("،"), ANYWHERE, "before")
