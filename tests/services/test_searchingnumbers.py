"""The number beside a filter is how many places the search has with that filter."""

import itertools
from collections.abc import Iterator

import pytest

from annotator.core.model import Region, replace
from annotator.services import labelling, projectwide, searching
from annotator.services.searching import ANYWHERE, Pattern, Query, Where
from annotator.services.searchingnumbers import numbers
from annotator.store.project import Project
from tests import projects
from tests.projects import extent_of, layer_of, sha_of

ONE = "قال بوتين في موسكو.\nوعاد بوتين وترامب، ثم بوتين."
OTHER = "زار بوتين بغداد."
THIRD = "بوتين وبوتين وبوتين."
VALUES: dict[str, tuple[str, ...]] = {
    "status": ("new", "started", "done", "skipped"),
    "region": ("annotatable", "body", "caption", "nav"),
    "type": ("PERS", "ORG", "MEET"),
    "unlabelled": ("yes",),
}


@pytest.fixture
def project() -> Iterator[Project]:
    with projects.quick_folder() as folder:
        path = projects.made(folder, texts=(ONE, OTHER, THIRD))
        with Project.open(path) as project:
            line = ONE.index("\n") + 1
            regions = [Region(0, line, "nav"), Region(line, len(ONE), "body")]
            projectwide.set_regions(project, sha_of(ONE), regions)
            for text, nth, type_ in ((ONE, 0, "PERS"), (ONE, 1, "ORG"), (OTHER, 0, "PERS")):
                extent = extent_of("بوتين", text, nth)
                labelling.add_entity(project, layer_of(project, "a1", text), extent, type_)
            other = layer_of(project, "a2", THIRD)
            labelling.add_entity(project, other, extent_of("بوتين", THIRD), "PERS")
            labelling.set_status(project, layer_of(project, "a1", OTHER), "done")
            yield project


def filtered(where: Where, name: str, value: str, who: str) -> Where:
    if name == "unlabelled":
        return replace(where, unlabelled_by=who if value else "")
    return replace(where, who=who, **{name: value})


def n_hits(project: Project, where: Where) -> int:
    return sum(1 for _ in searching.hits(project, Query("بوتين"), where))


@pytest.mark.parametrize(
    "chosen",
    [(), (("status", "started"),), (("region", "body"), ("type", "ORG")), (("unlabelled", "yes"),)],
)
def test_each_number_is_that_of_the_search_with_the_filter(
    project: Project, chosen: tuple[tuple[str, str], ...]
) -> None:
    who = projects.annotator(project, "a1").uid
    where = ANYWHERE
    for name, value in chosen:
        where = filtered(where, name, value, who)
    found = numbers(project, Query("بوتين"), where, who)
    assert found.is_whole
    pairs = itertools.chain.from_iterable(
        ((name, value) for value in ("", *values)) for name, values in VALUES.items()
    )
    for name, value in pairs:
        expected = n_hits(project, filtered(where, name, value, who))
        assert (name, value, found.of(name, value)) == (name, value, expected)


def test_sources_are_counted_and_one_that_is_asked_for_leaves_its_own_numbers(
    project: Project,
) -> None:
    every = numbers(project, Query("بوتين"), ANYWHERE)
    assert sum(every.by_value["source"].values()) == every.all["source"] == 7
    source = project.article(sha_of(OTHER)).source
    one = numbers(project, Query("بوتين"), Where(source=source))
    assert one.by_value["source"] == every.by_value["source"]
    assert one.all["region"] == n_hits(project, Where(source=source))


def test_only_the_first_places_are_counted(project: Project) -> None:
    found = numbers(project, Query("بوتين"), ANYWHERE, most=2)
    assert (found.all["region"], found.is_whole) == (2, False)
    assert numbers(project, Pattern("بو.ين"), ANYWHERE).all["region"] == 7
