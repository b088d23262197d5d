"""The faces that are bundled, and what they can write."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QRawFont
from PySide6.QtWidgets import QApplication

from annotator.gui import fonts
from annotator.paths import resource, seeds

FILES = sorted(resource("fonts").glob("*.ttf"))


@pytest.fixture(autouse=True)
def loaded(qapp: QApplication) -> None:
    assert fonts.load() == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_face_can_be_read_and_has_its_licence_beside_it(file: Path) -> None:
    assert QFontDatabase.addApplicationFont(str(file)) >= 0
    licence = file.with_name(file.name.split("_")[0] + "-OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert file.name in (file.parent / "README.md").read_text("utf-8")


def test_five_faces_are_bundled() -> None:
    assert len(FILES) == 5
    assert sum(file.stat().st_size for file in FILES) < 1_100_000


@pytest.mark.parametrize(
    ("font", "family", "weight"),
    [
        (fonts.article(), fonts.ARTICLE, QFont.Weight.Normal),
        (fonts.article(24, bold=True), fonts.ARTICLE, QFont.Weight.Bold),
        (fonts.window(), fonts.WINDOW, QFont.Weight.Normal),
        (fonts.window(16, strong=True), fonts.WINDOW, QFont.Weight.DemiBold),
        (fonts.code(), fonts.CODE, QFont.Weight.Normal),
    ],
)
def test_a_use_gets_its_face_and_weight(font: QFont, family: str, weight: QFont.Weight) -> None:
    found = QFontInfo(font)
    assert (found.family(), found.weight()) == (family, weight)
    assert found.pixelSize() == font.pixelSize()


def test_articles_are_written_in_one_face() -> None:
    face = QRawFont.fromFont(fonts.article())
    letters = {
        letter
        for file in sorted((seeds() / "articles").glob("*.txt"))
        for letter in file.read_text("utf-8-sig")
    }
    assert not {
        letter for letter in letters - {"\n", "\r"} if not face.supportsCharacter(ord(letter))
    }


def test_the_window_writes_both_scripts_and_its_signs_in_one_face() -> None:
    face = QRawFont.fromFont(fonts.window())
    signs = "حاشية، «؟» Hashiya “x” 0123456789٠١٢٣٤٥٦٧٨٩ · – — … − × % | [ ] ← →"
    assert not {sign for sign in signs if not face.supportsCharacter(ord(sign))}


def test_faces_may_be_loaded_again() -> None:
    assert fonts.load() == []
