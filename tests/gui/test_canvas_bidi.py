"""The order in which a line shows its characters, against two oracles that know nothing of Qt."""

from pathlib import Path

import pytest
from bidi import get_display  # type: ignore[import-untyped]
from PySide6.QtGui import QFont

from annotator.gui.canvas.linemap import LineMap
from annotator.gui.canvas.paragraphs import Paragraph, split
from annotator.gui.canvas.unseen import is_unseen
from tests.gui.laying import FAMILIES, HARD, SEEDS, font, laid_out, line_maps, paragraphs_of

CASES = Path("/usr/share/unicode/BidiCharacterTest.txt")
# Every how many-eth of Unicode's 91,707 cases is tried.
EVERY = 17
# What is shown as something else, or as nothing where a letter is; tabs are shown as blanks.
NOT_COMPARED = set("\t\n\u2028\u2029\x0b\x0c\x1c\x1d\x1e\x1f\x85\r")
# Characters without properties: which way they run depends on the version of Unicode.
UNKNOWN = {"unassigned"}

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("family", FAMILIES)
def test_seeds_are_shown_in_the_order_of_python_bidi(family: str) -> None:
    face = font(family)
    paragraphs = [p for p in paragraphs_of(SEEDS) if p.text]

    assert len(paragraphs) > 90
    for paragraph in paragraphs:
        assert _shown(paragraph, face, is_rtl=paragraph.is_rtl) == _expected(
            paragraph.text, is_rtl=paragraph.is_rtl
        )


@pytest.mark.parametrize("is_rtl", [True, False])
@pytest.mark.parametrize("name", sorted(HARD.keys() - UNKNOWN))
def test_hard_cases_are_shown_in_the_order_of_python_bidi(name: str, is_rtl: bool) -> None:
    text = "".join(char for char in HARD[name] if char not in NOT_COMPARED)
    (paragraph,) = split(text)

    shown = _shown(paragraph, font(FAMILIES[0]), is_rtl=is_rtl)

    assert shown == _expected(paragraph.display, is_rtl=is_rtl)


def test_unicodes_own_cases_are_shown_in_unicodes_order() -> None:
    if not CASES.exists():
        pytest.skip(f"{CASES} is not on this machine (Debian's unicode-data)")
    face, n_cases, wrong = font(FAMILIES[0]), 0, []
    lines = [line for line in CASES.read_text("utf-8").splitlines() if line and line[0] != "#"]
    for line in lines[::EVERY]:
        codes, _, base, _, order = line.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        if set(text) & NOT_COMPARED or any(map(is_unseen, text)):
            continue
        n_cases += 1
        expected = "".join(text[int(number)] for number in order.split())
        if _shown(split(text)[0], face, is_rtl=base == "1") != expected:
            wrong.append(line)

    assert wrong == []
    assert n_cases > 1000


def _shown(paragraph: Paragraph, face: QFont, *, is_rtl: bool) -> str:
    """Return what can be seen of a paragraph on one line, from left to right."""
    layout = laid_out(paragraph, face, is_rtl=is_rtl)
    (line,) = line_maps(paragraph, layout)
    return _without_unseen("".join(_characters(paragraph, line)))


def _characters(paragraph: Paragraph, line: LineMap) -> list[str]:
    characters = []
    for cell in line.cells():
        first = paragraph.offset(cell.start) - paragraph.start
        last = paragraph.offset(cell.end) - paragraph.start
        grapheme = paragraph.display[first:last]
        characters.append(grapheme[::-1] if cell.is_rtl else grapheme)
    return characters


def _expected(text: str, *, is_rtl: bool) -> str:
    ordered = str(get_display(text, base_dir="R" if is_rtl else "L"))
    return _without_unseen(ordered)


def _without_unseen(text: str) -> str:
    return "".join(char for char in text if not is_unseen(char))
