"""Places as they are read in a list: title, whole words around, labels there."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.arabic.graphemes import is_boundary
from annotator.core.model import Region
from annotator.services import labelling, projectwide
from annotator.services.searchingcontext import AROUND, InContext, around, in_context
from annotator.store.project import Project
from tests.projects import (
    TEXTS,
    annotator,
    extent_of,
    layer_of,
    made,
    quick_folder,
    sha_of,
)
from tests.strategies import texts


@pytest.fixture
def project() -> Iterator[Project]:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        yield project


def place_of(project: Project, nth: int = 0, who: str = "a1") -> InContext:
    """Return the `nth` بوتين of the first article as it is read."""
    (span,) = extent_of("بوتين", nth=nth)
    (found,) = in_context(project, [(sha_of(0), span.start, span.end)], annotator(project, who).uid)
    return found


def test_a_place_is_read_on_its_line(project: Project) -> None:
    found = place_of(project, 1)
    assert found.before == "وأضاف "
    assert found.quote == "بوتين"
    assert found.after.startswith(" أن الاجتماع")
    assert "\n" not in found.before + found.after
    assert found.title == project.article(sha_of(0)).title


def test_long_lines_are_cut_between_words() -> None:
    text = "كلمة " * 100 + "بوتين" + " كلمة" * 100
    before, after = around(text, 500, 505)
    assert before.startswith("… كلمة ")
    assert after.endswith(" كلمة …")
    assert len(before) <= AROUND + 2


@given(texts(max_size=300), st.data())
def test_what_is_around_is_of_the_same_line_and_whole(text: str, data: st.DataObject) -> None:
    ends = [n for n in range(len(text) + 1) if is_boundary(text, n)]
    start, end = sorted(data.draw(st.tuples(st.sampled_from(ends), st.sampled_from(ends))))
    before, after = around(text, start, end)
    assert text[:start].endswith(before.removeprefix("… "))
    assert text[end:].startswith(after.removesuffix(" …"))
    assert "\n" not in before + after


def test_labels_of_one_annotator_are_told_the_nearest_first(project: Project) -> None:
    layer = layer_of(project)
    labelling.add_entity(project, layer, extent_of("الرئيس فلاديمير بوتين"), "ORG")
    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
    labelling.add_event(project, layer, extent_of("لقاءه"), "MEET")
    labelling.add_entity(project, layer_of(project, "a2"), extent_of("بوتين"), "GPE")
    assert place_of(project).labels == (("entity", "PERS"), ("entity", "ORG"))
    assert place_of(project, who="a2").labels == (("entity", "GPE"),)
    assert place_of(project, 1).labels == ()


def test_a_place_in_a_region_that_is_not_labelled_is_told(project: Project) -> None:
    line = TEXTS[0].index("\n") + 1
    regions = [Region(0, line, "nav"), Region(line, len(TEXTS[0]), "body")]
    projectwide.set_regions(project, sha_of(0), regions)
    assert [place_of(project, nth).is_annotatable for nth in (0, 1)] == [False, True]
