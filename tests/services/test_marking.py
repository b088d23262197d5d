"""Labelling every place of a query: folded, by whole words, in annotatable regions, once."""

from collections.abc import Iterator

import pytest

from annotator.arabic.fold import find_all
from annotator.core.errors import UserError
from annotator.core.model import Entity, Region
from annotator.services import labelling, marking, projectwide
from annotator.store.project import Project
from tests.projects import (
    TEXTS,
    add_articles,
    annotator,
    assert_sound,
    contents,
    extent_of,
    layer_of,
    made,
    n_operations,
    quick_folder,
    sha_of,
)


@pytest.fixture
def project() -> Iterator[Project]:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        yield project
        assert_sound(project)


def quotes(project: Project, n: int, name: str = "a1") -> list[str]:
    labels = project.labels(layer_of(project, name, n))
    return [label.extent[0].quote for label in labels if isinstance(label, Entity)]


def test_every_place_is_labelled_in_one_gesture(project: Project) -> None:
    marked = marking.mark_all(project, annotator(project), "بوتين", "PERS")
    assert quotes(project, 0) == ["بوتين", "بوتين"]
    assert len(marked.operations) == 1
    assert marked.left_out == 0
    assert marked.operations[0].kind == "mark_all"


def test_marks_and_tatweel_make_no_difference(project: Project) -> None:
    marking.mark_all(project, annotator(project), "منظمة", "ORG")
    assert quotes(project, 2) == ["مُنظَّمة"]


def test_places_are_those_of_the_search_in_each_article(project: Project) -> None:
    for query in ("في", "غزة", "بغداد", "القاهرة"):
        marking.mark_all(project, annotator(project, query), query, "GPE")
        for n, text in enumerate(TEXTS):
            expected = [text[start:end] for start, end in find_all(text, query)]
            assert quotes(project, n, query) == expected


def test_marking_again_passes_over_what_is_marked(project: Project) -> None:
    who = annotator(project)
    labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS", note="لي")
    marking.mark_all(project, who, "بوتين", "PERS")
    n = n_operations(project)

    again = marking.mark_all(project, who, "بوتين", "PERS")

    assert (again.operations, n_operations(project)) == ((), n)
    assert len(quotes(project, 0)) == 2
    assert any(getattr(label, "note", "") == "لي" for label in project.labels(layer_of(project)))


def test_only_annotatable_regions_are_marked(project: Project) -> None:
    line = TEXTS[0].index("\n") + 1
    regions = [Region(0, line, "nav"), Region(line, len(TEXTS[0]), "body")]
    projectwide.set_regions(project, sha_of(0), regions)
    marking.mark_all(project, annotator(project), "بوتين", "PERS")
    (label,) = project.labels(layer_of(project))
    assert isinstance(label, Entity)
    assert label.extent == extent_of("بوتين", nth=1)


def test_a_place_over_two_annotatable_regions_that_touch_is_marked(project: Project) -> None:
    cut = TEXTS[0].index("بوتين") + 2
    regions = [Region(0, cut, "headline"), Region(cut, len(TEXTS[0]), "body")]
    projectwide.set_regions(project, sha_of(0), regions)
    marking.mark_all(project, annotator(project), "بوتين", "PERS")
    assert len(quotes(project, 0)) == 2


def test_done_layers_are_left_out_and_counted(project: Project) -> None:
    who = annotator(project)
    for n in (0, 1):
        labelling.set_status(project, layer_of(project, "a1", n), "done")
    marked = marking.mark_all(project, who, "في", "GPE")
    assert (len(marked.operations), marked.left_out) == (1, 2)
    assert quotes(project, 0) == quotes(project, 1) == []


def test_one_article_alone_can_be_marked(project: Project) -> None:
    marking.mark_all(project, annotator(project), "في", "GPE", sha_of(1)[:16])
    assert [len(quotes(project, n)) for n in range(3)] == [0, 1, 0]


def test_withdrawn_articles_are_not_marked(project: Project) -> None:
    projectwide.withdraw(project, sha_of(0))
    marking.mark_all(project, annotator(project), "في", "GPE")
    assert quotes(project, 0) == []


def test_articles_that_are_not_indexed_yet_are_marked_too(project: Project) -> None:
    (sha256,) = add_articles(project, "مقال جديد عن زرافة")
    project.connection.execute("UPDATE settings SET value='0' WHERE name='indexed'")
    marking.mark_all(project, annotator(project), "زرافة", "ORG")
    layer = project.layer(sha256, annotator(project).uid)
    assert len(project.labels(layer)) == 1
    project.connection.execute("UPDATE settings SET value='4' WHERE name='indexed'")


@pytest.mark.parametrize(
    ("query", "type_name", "code"),
    [
        ("", "PERS", "empty_query"),
        (" \t", "PERS", "empty_query"),
        ("،؟", "PERS", "empty_query"),
        ("ـــ", "PERS", "empty_query"),
        ("بوتين", "NOPE", "unknown_type"),
        ("بوتين", "MEET", "unknown_type"),
        ("ليس هنا", "NOPE", "unknown_type"),
    ],
)
def test_a_query_of_nothing_and_an_unknown_type_are_refused(
    project: Project, query: str, type_name: str, code: str
) -> None:
    who = annotator(project)
    before = contents(project)
    with pytest.raises(UserError, match=code):
        marking.mark_all(project, who, query, type_name)
    assert contents(project) == before


@pytest.mark.parametrize("query", ['"', "بوتين OR مصر", "NOT في", "في*", "NEAR(في موسكو)", "'; --"])
def test_words_of_the_index_are_only_words(project: Project, query: str) -> None:
    marking.mark_all(project, annotator(project), "لا " + query, "PERS")
    assert contents(project)["entities"] == []
