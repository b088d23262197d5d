"""Labelling every occurrence: by level and clitics, in annotatable regions, in one gesture."""

from collections.abc import Iterator

import pytest

from annotator.arabic.finding import Finder, Query
from annotator.core.errors import UserError
from annotator.core.model import Entity, Region
from annotator.services import labelling, marking, projectwide, undoing
from annotator.store.project import Project
from tests.projects import (
    SCHEMA,
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
            expected = [text[hit.start : hit.end] for hit in Finder(Query(query)).hits(text)]
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


# --- clitics, levels and last names ---------------------------------------------------------------

CLITICS = "التقى وبوتين، وَبُوتِين ولبوتين، وللاتحاد. وزير؛ بوتينا"


def marked_in(text: str, query: Query | str, schema: str = SCHEMA) -> list[str]:
    """Return what is labelled of `text` in a project of that alone."""
    with quick_folder() as folder, Project.open(made(folder, schema=schema, texts=())) as project:
        (sha256,) = add_articles(project, text)
        marking.mark_all(project, annotator(project), query, "PERS")
        labels = project.labels(project.layer(sha256, annotator(project).uid))
        assert_sound(project)
        return [label.extent[0].quote for label in labels if isinstance(label, Entity)]


def test_the_label_lies_on_the_stem_where_the_schema_leaves_clitics_out() -> None:
    assert marked_in(CLITICS, "بوتين") == ["بوتين", "بُوتِين", "بوتين"]
    assert marked_in(CLITICS, "الاتحاد") == ["لاتحاد"]
    assert marked_in(CLITICS, "زير") == []


def test_the_label_takes_the_clitics_in_where_the_schema_does() -> None:
    schema = SCHEMA.replace('version = "1"', 'version = "1"\nclitics = "include"', 1)
    assert marked_in(CLITICS, "بوتين", schema) == ["وبوتين", "وَبُوتِين", "ولبوتين"]
    assert marked_in(CLITICS, "الاتحاد", schema) == ["وللاتحاد"]


def test_levels_and_clitics_can_be_chosen() -> None:
    assert marked_in(CLITICS + " بوتين", Query("بوتين", with_clitics=False)) == ["بوتين"]
    assert marked_in("إلى الى", Query("إلى", "exact")) == ["إلى"]


def test_what_is_labelled_is_never_more_than_the_query_as_it_is_written() -> None:
    assert marked_in(CLITICS + " بوتين", "وبوتين") == ["وبوتين", "وَبُوتِين"]


def test_the_last_name_of_a_person_is_labelled_where_it_is_asked_for(project: Project) -> None:
    who = annotator(project)
    marking.mark_all(project, who, Query("فلاديمير بوتين", with_last_name=True), "PERS")
    assert quotes(project, 0) == ["فلاديمير بوتين", "بوتين"]


# --- proposals, and what is labelled already ------------------------------------------------------


def states(project: Project, query: str, type_name: str = "PERS") -> list[tuple[str, str]]:
    found = marking.proposals(project, annotator(project), Query(query), type_name)
    return [(one.quote, one.state) for one in found]


def test_proposals_have_their_context_and_change_nothing(project: Project) -> None:
    who = annotator(project)
    before = contents(project)

    found = list(marking.proposals(project, who, Query("بوتين"), "PERS"))

    assert contents(project) == before
    assert [(one.article, one.start, one.state) for one in found] == [
        (sha_of(0), extent_of("بوتين", nth=n)[0].start, "new") for n in range(2)
    ]
    for one in found:
        assert one.left + one.quote + one.right in TEXTS[0]


def test_places_labelled_otherwise_are_listed_and_stay_so(project: Project) -> None:
    who, layer = annotator(project), layer_of(project)
    labelling.add_entity(project, layer, extent_of("بوتين"), "ORG")
    labelling.add_entity(project, layer, extent_of("وأضاف بوتين أن"), "PERS")
    before = project.labels(layer)
    assert states(project, "بوتين") == [("بوتين", "otherwise"), ("بوتين", "otherwise")]

    made = marking.mark_all(project, who, "بوتين", "PERS")

    assert made.operations == ()
    assert [one.types for one in made.otherwise] == [("ORG",), ("PERS",)]
    assert project.labels(layer) == before


def test_a_label_of_another_type_may_lie_around_or_inside(project: Project) -> None:
    layer = layer_of(project)
    labelling.add_entity(project, layer, extent_of("الرئيس فلاديمير بوتين"), "ORG")
    labelling.add_entity(project, layer, extent_of("بوتين أن الاجتماع"), "ORG")
    labelling.add_entity(project, layer, extent_of("أن الاجتماع"), "GPE")
    assert states(project, "بوتين") == [("بوتين", "new"), ("بوتين", "new")]
    assert states(project, "فلاديمير") == [("فلاديمير", "new")]
    assert states(project, "أن الاجتماع القادم") == [("أن الاجتماع القادم", "otherwise")]


def test_labels_of_others_and_of_other_kinds_are_no_matter(project: Project) -> None:
    labelling.add_entity(project, layer_of(project, "a2"), extent_of("بوتين"), "ORG")
    labelling.add_event(project, layer_of(project), extent_of("لقاءه"), "MEET")
    assert states(project, "بوتين") == [("بوتين", "new"), ("بوتين", "new")]
    assert states(project, "لقاءه", "ORG") == [("لقاءه", "new")]


def test_a_done_layer_is_named_in_the_proposals(project: Project) -> None:
    annotator(project)
    labelling.set_status(project, layer_of(project, "a1", 1), "done")
    assert states(project, "بغداد", "GPE") == [("بغداد", "done"), ("بغداد", "done")]


def test_chosen_proposals_alone_are_labelled(project: Project) -> None:
    who = annotator(project)
    found = list(marking.proposals(project, who, Query("في"), "GPE"))
    made = marking.mark(project, who, found[-1:], "GPE")
    assert len(made.operations) == 1
    assert [quotes(project, n) for n in range(3)] == [[], [], ["في"]]
    assert marking.mark(project, who, found[-1:], "GPE").operations == ()


@pytest.mark.parametrize("query", ["بوتين", "في", "القاهرة", "بغداد"])
def test_one_undo_of_the_gesture_gives_back_the_labels(project: Project, query: str) -> None:
    who = annotator(project)
    labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "ORG")
    before = [project.labels(layer_of(project, "a1", n)) for n in range(3)]

    made = marking.mark_all(project, who, query, "GPE")
    assert made.operations
    undoing.undo_gesture(project, who, made.operations[0].gesture)

    assert [project.labels(layer_of(project, "a1", n)) for n in range(3)] == before


def test_a_query_without_end_is_refused(project: Project) -> None:
    with pytest.raises(UserError, match="query_too_long"):
        marking.mark_all(project, annotator(project), "ب" * 10_000, "PERS")
