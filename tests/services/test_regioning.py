"""The role of a part of an article: regions split and joined, whole lines, who may, what counts."""

import functools
import random
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.arabic.graphemes import is_boundary
from annotator.core import places
from annotator.core.model import REGION_SOURCES, ROLES, Region
from annotator.paths import seeds
from annotator.services import (
    agreeing,
    applying,
    assigning,
    exporting,
    handing_out,
    importing,
    labelling,
    projectwide,
    regioning,
    undoing,
)
from annotator.services import projects as making
from annotator.services.assigning import Wish
from annotator.services.regioning import changed_stretch, roles_in, snapped, with_role, with_roles
from annotator.store.project import Project
from tests import strategies
from tests.projects import (
    TEXTS,
    add_articles,
    annotator,
    assert_sound,
    assert_tables_are_history,
    code_of,
    contents,
    extent_of,
    layer_of,
    made,
    n_operations,
    quick_folder,
    sha_of,
)

TEXT = TEXTS[0]
SECOND = TEXT.index("وأضاف")
"""Where the second of the two lines begins."""


@pytest.fixture
def project() -> Iterator[Project]:
    """Return a project whose articles are one body each."""
    with quick_folder() as folder, Project.open(made(folder)) as project:
        for text in TEXTS:
            projectwide.set_regions(project, sha_of(text), [Region(0, len(text), "body")])
        yield project
        assert_sound(project)
        assert_tables_are_history(project)


def roles_of(regions: Sequence[Region], length: int) -> list[str]:
    """Return the role of each character, "" in a gap."""
    found = [""] * length
    for start, end, role, _ in regions:
        found[start:end] = [role] * (end - start)
    return found


@st.composite
def stretches(draw: st.DrawFn) -> tuple[int, list[Region], int, int]:
    """Draw a length, regions of it that leave no gap, and a stretch in it."""
    length = draw(st.integers(1, 40))
    cuts = draw(st.lists(st.integers(1, length), unique=True).map(sorted))
    edges = [0, *(cut for cut in cuts if cut < length), length]
    regions = [
        Region(start, end, draw(st.sampled_from(ROLES[:4])), "rule")
        for start, end in pairwise(edges)
    ]
    start = draw(st.integers(0, length - 1))
    return length, regions, start, draw(st.integers(start + 1, length))


some_role = st.sampled_from(ROLES[:4])


# --- regions split and joined ---------------------------------------------------------------------


@given(drawn=stretches(), role=some_role)
def test_all_of_the_stretch_gets_the_role_and_nothing_else_changes(
    drawn: tuple[int, list[Region], int, int], role: str
) -> None:
    length, regions, start, end = drawn
    after = with_role(regions, start, end, role)

    wanted = roles_of(regions, length)
    wanted[start:end] = [role] * (end - start)
    assert roles_of(after, length) == wanted
    assert places.of_regions(after, length) is None
    assert "" not in wanted, "the text is covered as before"
    assert sum(one.start < end and start < one.end for one in after) == 1


@given(drawn=stretches(), role=some_role)
def test_giving_a_role_twice_is_giving_it_once(
    drawn: tuple[int, list[Region], int, int], role: str
) -> None:
    _, regions, start, end = drawn
    once = with_role(regions, start, end, role)

    assert with_role(once, start, end, role) == once
    assert changed_stretch(once, once) == (0, 0)


@given(drawn=stretches(), role=some_role)
def test_a_part_cut_out_and_given_its_role_again_is_joined_to_what_was_around_it(
    drawn: tuple[int, list[Region], int, int], role: str
) -> None:
    length, regions, start, end = drawn
    whole = with_role(regions, 0, length, "noise")
    cut = with_role(whole, start, end, role)

    again = with_role(cut, start, end, "noise")
    assert again == [Region(0, length, "noise", "person")]
    assert changed_stretch(whole, cut) == (start, end)


@given(drawn=stretches(), role=some_role)
def test_what_changed_is_found_from_both_lists(
    drawn: tuple[int, list[Region], int, int], role: str
) -> None:
    length, regions, start, end = drawn
    after = with_role(regions, start, end, role)
    first, last = changed_stretch(regions, after)

    differing = [
        n
        for n, pair in enumerate(
            zip(roles_of(regions, length), roles_of(after, length), strict=True)
        )
        if pair[0] != pair[1]
    ]
    assert (first, last) == ((differing[0], differing[-1] + 1) if differing else (0, 0))
    assert roles_in(after, start, end) == (role,)
    shown = dict.fromkeys(roles_of(regions, length)[start:end])
    assert roles_in(regions, start, end) == tuple(shown)


@st.composite
def pages(draw: st.DrawFn) -> tuple[list[Region], list[tuple[int, int]]]:
    """Draw regions, with gaps and neighbours of one role, and stretches in order and apart."""
    edges = [0, *sorted(draw(st.sets(st.integers(1, 60), min_size=1)))]
    regions = [
        Region(start, end, draw(some_role), draw(st.sampled_from(REGION_SOURCES)))
        for start, end in pairwise(edges)
        if draw(st.integers(0, 4))
    ]
    cuts = sorted(draw(st.sets(st.integers(0, 60), min_size=2)))
    return regions, [one for one in pairwise(cuts) if draw(st.booleans())]


@settings(max_examples=1000)
@given(drawn=pages(), role=some_role)
def test_many_stretches_in_one_pass_are_one_after_the_other(
    drawn: tuple[list[Region], list[tuple[int, int]]], role: str
) -> None:
    regions, lines = drawn
    one_by_one = list(regions)
    for start, end in lines:
        one_by_one = _one_more(one_by_one, start, end, role)
    assert with_roles(regions, lines, role) == one_by_one


def _one_more(regions: list[Region], start: int, end: int, role: str) -> list[Region]:
    """Return `regions` with one more stretch of the role, each region looked at on its own."""
    if any(one.start <= start and end <= one.end and one.role == role for one in regions):
        return regions
    before = [one._replace(end=min(one.end, start)) for one in regions if one.start < start]
    after = [one._replace(start=max(one.start, end)) for one in regions if one.end > end]
    if before and before[-1].end == start and before[-1].role == role:
        start = before.pop().start
    if after and after[0].start == end and after[0].role == role:
        end = after.pop(0).end
    return [*before, Region(start, end, role, "person"), *after]


def test_gaps_and_neighbours_that_were_told_apart_elsewhere_stay() -> None:
    regions = [Region(0, 4, "body"), Region(4, 8, "body"), Region(12, 20, "body")]

    assert with_role(regions, 14, 16, "nav") == [
        *regions[:2],
        Region(12, 14, "body"),
        Region(14, 16, "nav", "person"),
        Region(16, 20, "body"),
    ]
    assert with_role(regions, 8, 12, "body") == [regions[0], Region(4, 20, "body", "person")]
    assert with_role([], 3, 5, "nav") == [Region(3, 5, "nav", "person")]


# --- whole lines ----------------------------------------------------------------------------------


@given(strategies.texts(min_size=1), st.data())
def test_a_stretch_takes_its_lines_whole_and_an_exact_one_its_graphemes(
    text: str, data: st.DataObject
) -> None:
    text = text.replace("\r", " ")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = snapped(text, start, end)

    assert first < last
    assert first == 0 or text[first - 1] == "\n"
    assert last == len(text) or text[last - 1] == "\n"
    assert first <= start
    assert end <= last
    n_lines = text.count("\n", first, last - 1) + 1
    assert n_lines <= text.count("\n", start, end) + 1
    if start < end:
        first, last = snapped(text, start, end, is_exact=True)
        assert first <= start < end <= last
        assert is_boundary(text, first)
        assert last == len(text) or is_boundary(text, last) or text[last - 1] == "\n"


@pytest.mark.parametrize(
    ("stretch", "lines"),
    [
        ((0, 0), (0, 4)),
        ((3, 3), (0, 4)),  # a caret before the line feed
        ((4, 4), (4, 5)),  # on the empty line
        ((0, 4), (0, 4)),  # a line selected with its line feed
        ((1, 6), (0, 10)),
        ((10, 10), (5, 10)),  # behind the last line feed
    ],
)
def test_lines_of_a_caret_and_of_a_selection(
    stretch: tuple[int, int], lines: tuple[int, int]
) -> None:
    assert snapped("خبر\n\nعاجل\n", *stretch) == lines


def test_a_text_without_line_ends_is_one_line() -> None:
    assert snapped("خبر عاجل", 2, 5) == (0, 8)
    assert snapped("خبر عاجل", 2, 5, is_exact=True) == (2, 5)
    assert snapped("مُدُن", 1, 3, is_exact=True) == (0, 4), "a letter keeps its marks"


@pytest.mark.parametrize("stretch", [(-1, 2), (3, 2), (0, 9), (9, 9)])
def test_a_stretch_that_is_none_of_the_text_is_refused(stretch: tuple[int, int]) -> None:
    assert code_of(lambda: snapped("خبر عاجل", *stretch)) == "bad_regions"
    assert code_of(lambda: snapped("", 0, 0)) == "bad_regions"


# --- in a project ---------------------------------------------------------------------------------


def test_a_line_gets_a_role_by_one_operation_in_the_name_of_who_gave_it(project: Project) -> None:
    who = annotator(project).uid
    n = n_operations(project)

    operation = regioning.set_role(project, sha_of(0)[:16], (SECOND + 3, SECOND + 8), "noise", who)

    assert operation is not None
    assert (operation.kind, operation.who) == ("set_regions", who)
    assert operation.scope.is_project
    assert project.regions(sha_of(0)) == [
        Region(0, SECOND, "body", "person"),
        Region(SECOND, len(TEXT), "noise", "person"),
    ]
    assert regioning.set_role(project, sha_of(0), (SECOND, SECOND), "noise", who) is None
    assert n_operations(project) == n + 1


def test_a_part_of_a_line_gets_a_role_where_just_that_is_asked_for(project: Project) -> None:
    (start, end, _), *_ = extent_of("لقاءه مع ترامب")

    regioning.set_role(project, sha_of(0), (start, end), "related", "lead", is_exact=True)

    found = [(one.start, one.end, one.role) for one in project.regions(sha_of(0))]
    assert found == [(0, start, "body"), (start, end, "related"), (end, len(TEXT), "body")]


def test_undo_gives_back_the_regions_as_they_were_and_redo_the_role(project: Project) -> None:
    who = annotator(project)
    before = project.regions(sha_of(0))
    operation = regioning.set_role(project, sha_of(0), (0, 0), "headline", who.uid)
    assert operation is not None
    after = project.regions(sha_of(0))

    for _ in range(2):
        undoing.undo_gesture(project, who, operation.gesture)
        assert project.regions(sha_of(0)) == before
        undoing.redo_gesture(project, who, operation.gesture)
        assert project.regions(sha_of(0)) == after


@pytest.mark.parametrize(
    ("stretch", "role", "code"),
    [
        ((0, 10_000), "noise", "bad_regions"),
        ((-4, 3), "noise", "bad_regions"),
        ((0, 3), "cover", "unknown_region_role"),
        ((0, 3), "", "unknown_region_role"),
    ],
)
def test_what_is_no_stretch_or_no_role_is_refused_and_changes_nothing(
    project: Project, stretch: tuple[int, int], role: str, code: str
) -> None:
    before = contents(project)

    assert code_of(lambda: regioning.set_role(project, sha_of(0), stretch, role, "lead")) == code
    assert contents(project) == before


def test_a_handed_out_file_refuses_it_in_one_sentence(project: Project, tmp_path: Path) -> None:
    who = annotator(project, "سلمى")
    plan = assigning.planned(project, Wish((who.name,)))
    handed = handing_out.assign_and_hand_out(project, plan, tmp_path)
    with Project.open(handed.files[0].path) as hers:
        article = hers.connection.execute("SELECT sha256 FROM articles").fetchone()[0]
        before = contents(hers)

        code = code_of(lambda: regioning.set_role(hers, article, (0, 0), "noise", who.uid))
        assert code == "lead_only"
        assert contents(hers) == before


def test_a_role_given_meanwhile_by_somebody_else_is_not_lost(project: Project) -> None:
    """Each change is made out of the regions that are in the file by then."""
    with Project.open(project.path) as other:
        read = project.regions(sha_of(0))
        regioning.set_role(other, sha_of(0), (SECOND, SECOND), "noise", "lead")
        assert read != other.regions(sha_of(0))
        projectwide.change_regions(project, sha_of(0), lambda now: with_role(now, 0, 4, "nav"))

    assert [one.role for one in project.regions(sha_of(0))] == ["nav", "body", "noise"]


# --- labels that stand there ----------------------------------------------------------------------


def test_labels_in_a_part_that_is_not_labelled_any_more_stay_and_are_exported(
    project: Project, tmp_path: Path
) -> None:
    for name in ("a1", "a2"):
        layer = layer_of(project, name)
        labelling.add_entity(project, layer, extent_of("القاهرة"), "GPE")
        labelling.add_entity(project, layer, extent_of("ترامب"), "PERS")
        labelling.set_status(project, layer, "done")
    labels = contents(project)["entities"]

    operation = regioning.set_role(project, sha_of(0), (SECOND, SECOND), "noise", "lead")

    assert operation is not None
    assert regioning.n_labels_left_out(project, operation) == 2
    assert contents(project)["entities"] == labels
    assert "not_annotatable" not in exporting.export(project, tmp_path / "all.jsonl").left_out
    assert (tmp_path / "all.jsonl").read_text("utf-8").count('"type":"GPE"') == 2
    narrow = exporting.export(project, tmp_path / "narrow.jsonl", annotatable=True)
    assert narrow.left_out["not_annotatable"] == 2
    assert agreeing.agreement(project).totals.n_left_out == 2


@pytest.mark.parametrize(
    ("first", "then", "n"),
    [
        ("noise", "related", 0),  # nothing was labelled there before either
        ("noise", "body", 0),
        ("body", "headline", 0),
        ("body", "nav", 1),
    ],
)
def test_only_what_counted_before_is_told_as_left_out(
    project: Project, first: str, then: str, n: int
) -> None:
    labelling.add_entity(project, layer_of(project), extent_of("القاهرة"), "GPE")
    regioning.set_role(project, sha_of(0), (SECOND, SECOND), first, "lead")

    operation = regioning.set_role(project, sha_of(0), (SECOND, SECOND), then, "lead")

    assert operation is not None
    assert regioning.n_labels_left_out(project, operation) == n


def test_where_no_region_is_labelled_any_more_agreement_takes_the_whole_article(
    project: Project,
) -> None:
    for name in ("a1", "a2"):
        labelling.add_entity(project, layer_of(project, name), extent_of("القاهرة"), "GPE")
        labelling.set_status(project, layer_of(project, name), "done")

    operation = regioning.set_role(project, sha_of(0), (0, len(TEXT)), "noise", "lead")

    assert operation is not None
    assert regioning.n_labels_left_out(project, operation) == 0
    assert agreeing.agreement(project).totals.n_left_out == 0


# --- very much ------------------------------------------------------------------------------------


def test_of_a_million_characters_only_the_regions_around_a_line_are_written_anew(
    tmp_path: Path,
) -> None:
    """The rows written and the bytes of history follow the regions, not the text."""
    line = "قال الوزير إن الاجتماع القادم سيعقد في القاهرة. " * 4
    text = "\n".join(line[:199] for _ in range(5000))
    with quick_folder() as folder, Project.open(made(folder, texts=())) as project:
        (sha256,) = add_articles(project, text)
        projectwide.set_regions(project, sha256, [Region(0, len(text), "body")])
        statements: list[str] = []
        project.connection.set_trace_callback(statements.append)
        operation = regioning.set_role(project, sha256, (500_000, 500_000), "noise", "lead")
        project.connection.set_trace_callback(None)

        assert operation is not None
        assert [one.role for one in project.regions(sha256)] == ["body", "noise", "body"]
        assert sum(one.startswith("INSERT INTO regions") for one in statements) == 3
        assert len(statements) < 40


# --- edges ----------------------------------------------------------------------------------------

_PAGE = "عنوان\n\nمتن أول\nمتن ثان\n\nزوائد\nزوائد أخرى\n"
_PARTS = [Region(0, 7, "headline"), Region(7, 24, "body"), Region(24, len(_PAGE), "noise")]


@pytest.mark.parametrize(
    ("offset", "by", "stretch", "role"),
    [
        (7, 1, (7, 15), "headline"),
        (23, 1, (7, 15), "headline"),
        (30, -1, (15, 24), "noise"),
        (len(_PAGE), 1, (24, 30), "body"),
    ],
)
def test_a_part_begins_a_line_later_or_earlier_and_blank_lines_go_with_what_is_before(
    offset: int, by: int, stretch: tuple[int, int], role: str
) -> None:
    assert regioning.edge_step(_PAGE, _PARTS, offset, by) == (stretch, role)


def test_an_edge_that_is_none_or_would_swallow_its_part_is_refused() -> None:
    gap = [Region(0, 5, "headline"), Region(7, 24, "body")]
    blank = [Region(0, 5, "lead"), Region(5, 7, "headline"), Region(7, 24, "body")]
    one_line = [Region(0, 30, "body"), Region(30, len(_PAGE), "noise")]
    for regions, offset, by, code in (
        (_PARTS, 3, 1, "no_edge_above"),
        (_PARTS, 3, -1, "no_edge_above"),
        (gap, 9, -1, "no_edge_above"),
        ([], 0, 1, "no_edge_above"),
        (one_line, 31, 1, "part_is_one_line"),
        (_PARTS, 9, -1, "part_above_is_one_line"),
        (blank, 9, -1, "part_above_is_one_line"),
    ):
        step = functools.partial(regioning.edge_step, _PAGE, regions, offset, by)
        assert code_of(step) == code


def test_a_thousand_moves_of_edges_keep_regions_a_partition_of_the_text() -> None:
    chance, regions = random.Random(11), list(_PARTS)  # noqa: S311
    for n in range(1000):
        if len(regions) < 2:
            regions = list(_PARTS)
        number = chance.randrange(1, len(regions))
        edge, to = regions[number].start, chance.randrange(len(_PAGE) + 1)
        role = regions[number if to < edge else number - 1].role
        start, end = min(edge, to), max(edge, to)
        if start < end:
            start, end = regioning.snapped(_PAGE, start, end, is_exact=n % 2 == 0)
            regions = regioning.with_role(regions, start, end, role)
        assert places.of_regions(regions, len(_PAGE)) is None
        assert (regions[0].start, regions[-1].end) == (0, len(_PAGE))
        assert all(a.end == b.start for a, b in pairwise(regions))


def test_labels_that_stay_in_a_labelled_part_are_not_told_where_a_part_grows() -> None:
    """The lead of the first sample article is drawn over noise, caption and date behind it."""
    with quick_folder() as folder:
        path = folder / "seeds.hashiya"
        making.new(path)
        with Project.open(path) as project:
            importing.import_sources(project, [seeds() / "articles"])
            for name in ("a1", "a2"):
                with (seeds() / "labels" / f"{name}.jsonl").open("rb") as lines:
                    list(applying.apply_lines(project, name, lines))
            sha256 = project.article("206688c7c5d01001").sha256
            lead = next(one for one in project.regions(sha256) if one.role == "lead")
            text = project.text(sha256)
            end = text.index("\n", 504) + 1

            operation = regioning.set_role(project, sha256, (lead.start, end), "lead", "lead")

            assert operation is not None
            grown = next(one for one in project.regions(sha256) if one.role == "lead")
            assert grown.end > 504 > lead.end
            assert regioning.n_labels_left_out(project, operation) == 0


def test_a_label_across_a_new_edge_counts_no_more(project: Project) -> None:
    labelling.add_entity(project, layer_of(project), extent_of("القاهرة"), "GPE")
    behind = TEXT.index("القاهرة") + 3, len(TEXT)

    operation = regioning.set_role(project, sha_of(0), behind, "nav", "lead", is_exact=True)

    assert operation is not None
    assert regioning.n_labels_left_out(project, operation) == 1


def test_what_is_told_as_left_out_is_what_agreement_leaves_out(project: Project) -> None:
    quotes = (("القاهرة", "GPE"), ("ترامب", "PERS"), ("موسكو", "GPE"), ("بوتين", "PERS"))
    for name in ("a1", "a2"):
        layer = layer_of(project, name)
        for quote, type_ in quotes:
            labelling.add_entity(project, layer, extent_of(quote), type_)
        labelling.set_status(project, layer, "done")
    whole = [Region(0, len(TEXT), "body")]
    chance, told = random.Random(6), set()  # noqa: S311
    for _ in range(12):
        projectwide.set_regions(project, sha_of(0), whole)
        cuts = sorted(chance.sample(range(1, len(TEXT)), 3))
        roles = chance.sample(["body", "noise", "lead", "nav"], 4)
        edges = zip([0, *cuts], [*cuts, len(TEXT)], roles, strict=True)

        operation = projectwide.set_regions(project, sha_of(0), [Region(*one) for one in edges])

        assert operation is not None
        n = regioning.n_labels_left_out(project, operation)
        assert n == agreeing.agreement(project).totals.n_left_out
        told.add(n)
    assert len(told) > 2


def test_where_no_part_was_labelled_all_counted_before(project: Project) -> None:
    labelling.add_entity(project, layer_of(project), extent_of("القاهرة"), "GPE")
    projectwide.set_regions(project, sha_of(0), [Region(0, len(TEXT), "noise")])

    operation = regioning.set_role(project, sha_of(0), (0, 0), "body", "lead")

    assert operation is not None
    assert regioning.n_labels_left_out(project, operation) == 1
