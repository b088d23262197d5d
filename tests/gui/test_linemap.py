"""The line map: every grapheme has its box, the box is hit, the ink is in the box."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextLayout

from annotator.arabic.graphemes import graphemes
from annotator.gui.canvas.displacement import NARROW
from annotator.gui.canvas.linemap import LineMap
from annotator.gui.canvas.paragraphs import Paragraph, split
from annotator.gui.canvas.unseen import is_unseen
from tests.gui.laying import FAMILIES, HARD, SEEDS, font, laid_out, line_maps, paragraphs_of
from tests.strategies import news_texts, refused_texts

WIDTHS = [120, 333, 700, 100_000]
Span = tuple[int, int]
# Fonts that come with the program.
BUNDLED = FAMILIES[:2]
# Qt leaves out soft hyphens when it counts which glyph stands for which character.
MISCOUNTED = {"invisible"}

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("family", FAMILIES)
def test_the_middle_of_every_box_is_a_hit_on_its_grapheme(family: str) -> None:
    face, n_hits, wrong = font(family), 0, []
    for paragraph in paragraphs_of([*SEEDS, *HARD.values()]):
        for width in WIDTHS:
            lines = line_maps(paragraph, laid_out(paragraph, face, width))
            hits = list(_hits(paragraph, lines))
            n_hits += len(hits)
            wrong += [hit for hit in hits if hit[0] != hit[1]]

    assert wrong == []
    assert n_hits > 50_000


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("text", [*SEEDS, *HARD.values()])
def test_every_grapheme_that_can_be_seen_has_a_box_or_hangs_over_the_end(
    family: str, text: str
) -> None:
    face = font(family)
    for paragraph in split(text):
        lines = line_maps(paragraph, laid_out(paragraph, face, 333))
        for start, end in graphemes(paragraph.text):
            boxes = _boxes(paragraph, lines, start, end)
            character = paragraph.display[start]
            hangs = character.isspace() and not boxes
            assert hangs or is_unseen(character) or boxes[0][1] - boxes[0][0] >= NARROW


def test_half_of_a_ligature_is_the_half_that_is_read_then() -> None:
    for family in BUNDLED:
        paragraph = split("لا")[0]
        (line,) = line_maps(paragraph, laid_out(paragraph, font(family), 300))
        (lam,), (alef,), (both,) = line.boxes(0, 1), line.boxes(1, 2), line.boxes(0, 2)

        assert alef[0] == both[0] < alef[1] == lam[0] < lam[1] == both[1]


def test_latin_in_arabic_is_boxed_letter_by_letter_from_left_to_right() -> None:
    paragraph = split("قال AFP في")[0]
    (line,) = line_maps(paragraph, laid_out(paragraph, font(BUNDLED[0]), 300))
    boxes = [line.boxes(units, units + 1)[0] for units in (4, 5, 6)]

    assert boxes == sorted(boxes)
    assert line.boxes(4, 7) == [(boxes[0][0], boxes[2][1])]
    assert line.boxes(2, 6) == [(boxes[0][0], boxes[1][1]), (boxes[2][1], line.boxes(2, 3)[0][1])]


def test_a_character_without_ink_has_an_empty_box_and_is_selected_with_its_neighbours() -> None:
    paragraph = split("لا\u200bلا")[0]
    (line,) = line_maps(paragraph, laid_out(paragraph, font(BUNDLED[1]), 300))
    (empty,) = line.boxes(2, 3)

    assert empty[0] == empty[1] == line.boxes(1, 2)[0][0] == line.boxes(3, 4)[0][1]
    assert line.boxes(1, 3) == line.boxes(1, 2)
    assert {line.at(x / 4)[:2] for x in range(4 * 300)} == {(0, 1), (1, 2), (3, 4), (4, 5)}


@pytest.mark.parametrize("text", ["", "\u200b", "\u2067\u2069"])
def test_a_line_without_ink_is_hit_and_has_a_caret_at_the_right(text: str) -> None:
    paragraph = split(f"{text}\nا")[0] if text else split("")[0]
    (line,) = line_maps(paragraph, laid_out(paragraph, font(BUNDLED[0]), 300))

    assert line.at(150) == (0, min(1, len(text)), False)
    assert line.cells() == []
    side = 300 if paragraph.is_rtl else 0
    assert line.edge(0) == line.edge(len(text), of_previous=True) == side


def test_blanks_that_hang_over_the_end_have_no_box_and_are_not_hit() -> None:
    paragraph = split("كلمة   أخرى")[0]
    first, second = line_maps(paragraph, laid_out(paragraph, font(BUNDLED[0]), 60))

    assert (first.start, first.end, second.start) == (0, 7, 7)
    assert first.boxes(4, 7) == []
    assert first.boxes(0, 7) == first.boxes(0, 4)
    assert {first.at(x)[:2] for x in range(-50, 200)} == {(0, 1), (1, 2), (2, 3), (3, 4)}
    assert first.edge(4, of_previous=True) == first.edge(7, of_previous=True) == first.runs[0].left


def test_blanks_at_the_end_of_a_paragraph_can_be_hit() -> None:
    paragraph = split("كلمة ")[0]
    (line,) = line_maps(paragraph, laid_out(paragraph, font(BUNDLED[0]), 100))

    assert line.boxes(4, 5)[0] == (line.runs[0].left, line.boxes(3, 4)[0][0])


@pytest.mark.parametrize("family", BUNDLED)
@pytest.mark.parametrize("name", sorted(HARD.keys() - MISCOUNTED))
def test_what_is_wrapped_is_boxed_where_its_ink_is(family: str, name: str) -> None:
    paragraph, face = split(HARD[name])[0], font(family)
    for width in range(60, 420, 20):
        layout = laid_out(paragraph, face, width)
        for number, line in enumerate(line_maps(paragraph, layout)):
            assert all(abs(x - box[0]) < 3.5 for x, box in _glyphs(layout, number, line))


@pytest.mark.parametrize("family", BUNDLED)
def test_boxes_begin_where_the_glyphs_of_the_seeds_do(family: str) -> None:
    face, n_glyphs = font(family), 0
    for paragraph in paragraphs_of(SEEDS):
        for width in (120, 333):
            layout = laid_out(paragraph, face, width)
            for number, line in enumerate(line_maps(paragraph, layout)):
                pairs = _glyphs(layout, number, line)
                n_glyphs += len(pairs)
                assert all(abs(x - box[0]) < 3.5 for x, box in pairs)
    assert n_glyphs > 15_000


@given(refused_texts(max_size=60), st.sampled_from([60, 150, 1000]), st.sampled_from(FAMILIES[:2]))
@settings(deadline=None)
def test_boxes_of_the_graphemes_tile_the_line(text: str, width: int, family: str) -> None:
    for paragraph in split(text):
        for line in line_maps(paragraph, laid_out(paragraph, font(family), width)):
            parts = sorted(
                run.box(start, end) for run in line.runs for start, end in pairwise(run.positions)
            )
            for run in line.runs:
                assert run.ways == sorted(run.ways)
                assert run.ways[0] == 0
                assert run.ways[-1] == pytest.approx(run.right - run.left)
            assert all(a[1] == pytest.approx(b[0], abs=0.05) for a, b in pairwise(parts))


@given(news_texts(80), st.data())
@settings(deadline=None)
def test_boxes_of_adjacent_ranges_are_those_of_the_whole(text: str, data: st.DataObject) -> None:
    for paragraph in split(text):
        for line in line_maps(paragraph, laid_out(paragraph, font(BUNDLED[1]), 150)):
            cut = data.draw(st.sampled_from([*(cell.end for cell in line.cells()), line.end]))
            parts = [line.boxes(line.start, cut), line.boxes(cut, line.end)]
            whole = line.boxes(line.start, line.end)
            assert sum(map(_width, parts)) == pytest.approx(_width(whole), abs=0.1)


@given(refused_texts(max_size=60), st.floats(-50, 500), st.sampled_from([60, 150, 400]))
@settings(deadline=None)
def test_any_place_is_a_hit_on_a_whole_grapheme_of_the_line(
    text: str, x: float, width: int
) -> None:
    for paragraph in split(text):
        for line in line_maps(paragraph, laid_out(paragraph, font(BUNDLED[0]), width)):
            start, end, _ = line.at(x)
            assert line.start <= start <= end <= line.end
            assert start < end or line.start == line.end


def test_a_line_of_a_long_paragraph_costs_no_more_than_one_of_a_short_one() -> None:
    paragraph = split("قال الوزير CBS إن 25% 😀 " * 4000)[0]
    layout = laid_out(paragraph, font(BUNDLED[0]), 700)
    line = LineMap(layout.lineAt(1000), layout, paragraph.display)

    assert layout.lineCount() > 1000
    assert line.at(350)[0] in range(line.start, line.end)


def _hits(paragraph: Paragraph, lines: list[LineMap]) -> Iterator[tuple[Span, Span]]:
    """Yield, for the middle of each grapheme's boxes, what is hit and what is meant."""
    for start, end in graphemes(paragraph.text):
        meant = paragraph.units(paragraph.start + start), paragraph.units(paragraph.start + end)
        for line in lines:
            for left, right in line.boxes(*meant):
                if left < right:
                    on_line = max(meant[0], line.start), min(meant[1], line.end)
                    yield line.at((left + right) / 2)[:2], on_line


def _boxes(
    paragraph: Paragraph, lines: list[LineMap], start: int, end: int
) -> list[tuple[float, float]]:
    first = paragraph.units(paragraph.start + start)
    last = paragraph.units(paragraph.start + end)
    return [box for line in lines for box in line.boxes(first, last)]


def _width(boxes: list[tuple[float, float]]) -> float:
    return sum(right - left for left, right in boxes)


def _glyphs(
    layout: QTextLayout, number: int, line: LineMap
) -> list[tuple[float, tuple[float, float]]]:
    """Return where glyphs are drawn that stand for one grapheme alone, with its box."""
    flags = QTextLayout.GlyphRunRetrievalFlag
    asked = flags.RetrieveStringIndexes | flags.RetrieveGlyphPositions | flags.RetrieveGlyphIndexes
    runs = layout.lineAt(number).glyphRuns(-1, -1, asked)
    shared = Counter(round(glyphs.boundingRect().left()) for glyphs in runs)
    pairs = []
    for glyphs in runs:
        rect, indexes = glyphs.boundingRect(), glyphs.stringIndexes()
        if shared[round(rect.left())] > 1 or rect.width() < 1:
            continue  # in parts of several fonts the indexes are not those of the text
        count = Counter(indexes)
        run = next(run for run in line.runs if abs(run.left - rect.left()) < 0.1)
        for start, end in pairwise(run.positions):
            if count[start] == 1 and (end == run.end or end in count):
                x = glyphs.positions()[indexes.index(start)].x()
                pairs.append((x, run.box(start, end)))
    return pairs
