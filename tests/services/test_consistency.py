"""Names labelled in different ways are found, and made alike place by place."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from annotator.core.errors import UserError
from annotator.core.model import Entity, Region
from annotator.services import consistency, labelling, listing, projectwide, undoing
from annotator.store.project import Project
from tests.projects import (
    SCHEMA,
    add_articles,
    annotator,
    assert_sound,
    code_of,
    contents,
    extent_of,
    layer_of,
    made,
    quick_folder,
    sha_of,
)

if TYPE_CHECKING:
    from annotator.services.consistency import Place

ONE = "التقى بوتين ترامب في موسكو. وقال ترامب إن موسكو ترحب."
OTHER = "عاد بوتين من موسكو، ورحب ترامب وبوتين بموسكو."
UNREAD = "بوتين وموسكو."
INCLUDE = SCHEMA.replace('version = "1"', 'version = "1"\nclitics = "include"', 1)


@pytest.fixture(params=["exclude"])
def project(request: pytest.FixtureRequest) -> Iterator[Project]:
    schema = INCLUDE if request.param == "include" else SCHEMA
    with quick_folder() as folder:
        path = made(folder, schema=schema, texts=(ONE, OTHER, UNREAD))
        with Project.open(path) as project:
            yield project
            assert_sound(project)


def add(project: Project, quote: str, text: str, type_: str, nth: int = 0) -> None:
    layer = layer_of(project, "a1", text)
    labelling.add_entity(project, layer, extent_of(quote, text, nth), type_)


def told(project: Project, **more: object) -> list[tuple[str, str, str, str, str]]:
    found = consistency.places(project, annotator(project), **more)  # type: ignore[arg-type]
    return [(one.article[:4], one.what, one.quote, one.type, one.meant) for one in found]


def at(text: str) -> str:
    return sha_of(text)[:4]


def test_another_type_and_no_label_are_told_with_what_the_others_have(project: Project) -> None:
    for quote, text, type_, nth in (
        ("موسكو", ONE, "GPE", 0),
        ("موسكو", ONE, "GPE", 1),
        ("موسكو", OTHER, "ORG", 0),
        ("بوتين", ONE, "PERS", 0),
        ("بوتين", OTHER, "PERS", 0),
    ):
        add(project, quote, text, type_, nth)
    found = told(project)
    assert found == [
        (at(OTHER), "type", "موسكو", "ORG", "GPE"),
        (at(OTHER), "unlabelled", "بوتين", "", "PERS"),
        (at(OTHER), "unlabelled", "موسكو", "", "GPE"),
    ]
    assert told(project, only="type") == found[:1]
    assert told(project, only="unlabelled") == found[1:]
    assert told(project, limit=1) == found[:1]
    (first, *_) = consistency.places(project, annotator(project))
    assert first.types == (("GPE", 2), ("ORG", 1))
    assert first.left.endswith("من ")
    assert first.right.startswith("،")


def test_where_two_types_are_as_frequent_both_are_shown(project: Project) -> None:
    add(project, "موسكو", ONE, "GPE", 0)
    add(project, "موسكو", ONE, "ORG", 1)
    assert [(one[3], one[4]) for one in told(project)] == [("GPE", "ORG"), ("ORG", "GPE")]


def test_only_what_was_read_and_may_be_labelled_is_looked_at(project: Project) -> None:
    add(project, "موسكو", ONE, "GPE", 0)
    add(project, "بوتين", OTHER, "PERS")
    line = ONE.index(". ") + 1
    regions = [Region(0, line, "body"), Region(line, len(ONE), "nav")]
    projectwide.set_regions(project, sha_of(ONE), regions)
    assert told(project) == [
        (at(ONE), "unlabelled", "بوتين", "", "PERS"),
        (at(OTHER), "unlabelled", "موسكو", "", "GPE"),
        (at(OTHER), "unlabelled", "بوتين", "", "PERS"),
        (at(OTHER), "unlabelled", "موسكو", "", "GPE"),
    ]
    labelling.set_status(project, layer_of(project, "a1", OTHER), "skipped")
    assert told(project) == []


def test_another_annotator_is_somebody_else(project: Project) -> None:
    add(project, "موسكو", ONE, "GPE", 0)
    assert list(consistency.places(project, annotator(project, "a2"))) == []


@pytest.mark.parametrize("project", ["include"], indirect=True)
def test_where_labels_take_clitics_in_the_name_is_the_same_with_and_without(
    project: Project,
) -> None:
    add(project, "بموسكو", OTHER, "GPE")
    add(project, "موسكو", OTHER, "ORG")
    add(project, "بوتين", ONE, "PERS")
    found = told(project)
    assert (at(OTHER), "type", "بموسكو", "GPE", "ORG") in found
    assert (at(OTHER), "unlabelled", "وبوتين", "", "PERS") in found


def test_each_place_is_made_alike_in_one_gesture_and_undone(project: Project) -> None:
    who = annotator(project)
    for nth in (0, 1):
        add(project, "موسكو", ONE, "GPE", nth)
    add(project, "موسكو", OTHER, "ORG", 0)
    before = contents(project)["entities"]
    for place in list(consistency.places(project, who)):
        made = consistency.make_alike(project, who, place)
        assert made is not None
    assert told(project) == []
    layer = layer_of(project, "a1", OTHER)
    assert {one.type for one in project.labels(layer) if isinstance(one, Entity)} == {"GPE"}
    assert list(listing.problems(project)) == []
    undoing.undo(project, layer)
    undoing.undo(project, layer)
    assert contents(project)["entities"] == before


def test_what_went_or_was_finished_meanwhile_is_refused_in_a_word(project: Project) -> None:
    who = annotator(project)
    add(project, "موسكو", ONE, "GPE", 0)
    add(project, "موسكو", ONE, "ORG", 1)
    place: Place = next(consistency.places(project, who))
    layer = layer_of(project, "a1", ONE)
    labelling.remove(project, layer, place.uid)
    assert code_of(lambda: consistency.make_alike(project, who, place)) == "unknown_label"
    (left,) = list(consistency.places(project, who))
    labelling.set_status(project, layer, "done")
    (done,) = list(consistency.places(project, who))
    assert done.is_done
    assert not left.is_done
    with pytest.raises(UserError, match="layer_done"):
        consistency.make_alike(project, who, done)


def test_the_places_come_page_after_page(project: Project) -> None:
    texts = [f"بوتين في موسكو {'نعم ' * n}بوتين." for n in range(120)]
    add_articles(project, *texts)
    for text in texts:
        add(project, "موسكو", text, "GPE")
    add(project, "بوتين", texts[0], "PERS")
    who = annotator(project)
    known = consistency.names(project, who)
    first = consistency.page(project, who, known)
    assert consistency.PAGE <= len(first.places) < 65
    assert not first.is_last
    found, after, is_last = list(first.places), first.after, False
    while not is_last:
        more = consistency.page(project, who, known, after)
        found, after, is_last = [*found, *more.places], more.after, more.is_last
    assert len(found) == 239
    assert found == list(consistency.places(project, who))
