"""Paragraphs laid out for tests, in every font that is at hand, as the canvas lays them out."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QTextLayout, QTextOption

from annotator.gui.canvas.linemap import LineMap
from annotator.gui.canvas.paragraphs import Paragraph, split

_ROOT = Path(__file__).parents[2]
# Two glyphs for lam-alef; one; no Arabic, so that another font steps in; what most machines have;
# stacked letters; one glyph again. The last two are tried where HASHIYA_TEST_FONTS has them.
FAMILIES = [
    "Noto Naskh Arabic",
    "IBM Plex Sans Arabic",
    "IBM Plex Mono",
    "DejaVu Sans",
    "Amiri",
    "Vazirmatn",
]

HARD = {
    "ligatures": "لا والاتفاق للاتحاد الأب الإذن الآن الله لله اًلا محمد ﻻ ﷲ ﷺ",
    "marks": "مُحَمَّدٌ مُستشفــى هٰذا ٱلله مو\u0654تمر ـّل َب",
    "tatweel": "محـــمد بـ ــ ـ",
    "joiners": "نمى\u200cرود می\u200cخواهم ه\u200d بـ\u200dب لا\u200cلا ل\u200dا",
    "Latin words": "قال 6th, CBS News AFP نعم A/B C++ Netflix. Ltd (x) 25% offer 6th, CBS ff ffi",
    "Latin in Arabic": "قالت شبكة CBS News إن AFP نقلت عن Witkoff و Netflix. Ltd",
    "guillemets": "وصفه بـ«الكاذب» و«CBS» (نعم) [لا] “قال” ‹هو›",
    "numbers": "25% و٢٥٪ و2,500.50 و٣٫١٤ و12/05/2022 و+964 770 123-4567 و20-30",
    "signs": "A/B و C++ و C# و COVID-19 و أ.ف.ب و O'Neil و @name_1 و #هاشتاغ_2025",
    "addresses": "https://aljazeera.net/أخبار?x=1&y=2 و a@b.iq و www.x.org/",
    "emoji": "قال 😀 ثم 👨\u200d👩\u200d👧\u200d👦 ثم 🇪🇬🇵🇸 ثم 👍🏽 ❤\ufe0f 1\ufe0f\u20e3 نعم",
    "isolates": "قال \u2067AFP 25%\u2069 ثم \u2066عربي abc\u2069 ثم \u2068CBS\u2069 نعم",
    "embeddings": "قال \u202bAFP و\u202c ثم \u202aعربي abc\u202c \u202eabc\u202c \u202dعربي\u202c",
    "marks of direction": "\u200fقال\u200f AFP\u200e 25\u200e%\u061c نعم\u200e",
    "blanks": "ع\u00a0ع\u202fع\u2009ع\u3000ع\tع  ع   ع",
    "invisible": "لا\u200bلا ب\u2060ب ك\u00adك ف\ufeffف م\u034fم \u180eن",
    "unassigned": "ا\u0378ب ا\U000e0080ب \U0001fbfb ا\ue000ب \ufdd0 \uffff \ufffe ا\U0010ffffب",
    "controls": "أ\x01ب\x1bج\x7fد\x85ه\x9fو\x0bز",
    "other scripts": "Путин و λόγος و שלום و 한국 و 中文 و Ｆｕ！ و e\u0301t cafe\u0301",
    "no Arabic": "Text without any Arabic: CBS News, 25% C++ (A/B) https://x.org e\u0301 😀",
    "no letters": "2025 — 25% *** +964 770",
    "one letter": "و",
    "blank": "  ",
}
SEEDS = [
    path.read_text(encoding="utf-8") for path in sorted((_ROOT / "seeds/articles").glob("*.txt"))
]


@cache
def _loaded() -> frozenset[str]:
    """Load the bundled fonts and those in the folder HASHIYA_TEST_FONTS; return all families."""
    folders = [_ROOT / "resources/fonts", Path(os.environ.get("HASHIYA_TEST_FONTS", "/nowhere"))]
    for folder in folders:
        for path in folder.rglob("*.[to]tf"):
            QFontDatabase.addApplicationFont(str(path))
    return frozenset(QFontDatabase.families())


def font(family: str, pixels: int = 22) -> QFont:
    """Return a font of this family; skip the test where it is not at hand."""
    if family not in _loaded():
        pytest.skip(f"{family} is neither bundled nor on this machine")
    made = QFont(family)
    made.setPixelSize(pixels)
    return made


def laid_out(
    paragraph: Paragraph, face: QFont, width: float = 1e5, *, is_rtl: bool | None = None
) -> QTextLayout:
    """Lay a paragraph out as the canvas does, or in a direction that is given."""
    is_rtl = paragraph.is_rtl if is_rtl is None else is_rtl
    layout = QTextLayout(paragraph.display, face)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    rtl, ltr = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
    option.setTextDirection(rtl if is_rtl else ltr)
    right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
    option.setAlignment(right if is_rtl else left)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)  # or it forgets its shapes, and each question costs all of them
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
    layout.endLayout()
    return layout


def line_maps(paragraph: Paragraph, layout: QTextLayout) -> list[LineMap]:
    """Return the maps of all lines."""
    numbers = range(layout.lineCount())
    return [LineMap(layout.lineAt(number), layout, paragraph.display) for number in numbers]


def paragraphs_of(texts: list[str]) -> Iterator[Paragraph]:
    """Yield the paragraphs of all texts."""
    for text in texts:
        yield from split(text)


class PageOf:
    """A page of text in one column, laid out as it is asked for."""

    def __init__(self, text: str, face: QFont, width: float = 300) -> None:
        self.text = text
        self.paragraphs = split(text)
        self._face, self._width = face, width
        self._laid: dict[int, LaidLines] = {}

    def lines_of(self, index: int) -> "LaidLines":
        if index not in self._laid:
            layout = laid_out(self.paragraphs[index], self._face, self._width)
            self._laid[index] = LaidLines(line_maps(self.paragraphs[index], layout))
        return self._laid[index]


class LaidLines:
    """The lines of a paragraph."""

    def __init__(self, lines: list[LineMap]) -> None:
        self.lines = lines

    def line_map(self, number: int) -> LineMap:
        return self.lines[number]

    def line_of(self, units: int, *, is_end: bool = False) -> int:
        starts = [line.start for line in self.lines]
        return max(0, sum(start <= units - is_end for start in starts) - 1)
