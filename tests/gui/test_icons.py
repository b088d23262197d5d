"""Icons: bundled, coloured by role, sharp, and mirrored where they follow the reading."""

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from PySide6.QtWidgets import QApplication

from annotator.gui import icons
from annotator.gui.look import Look
from annotator.gui.theme import Theme
from annotator.i18n import Language
from annotator.paths import resource

MEANT = [
    "highlighter",
    "search",
    "chart-no-axes-column",
    "scale",
    "list-tree",
    "users",
    "settings",
    "check",
    "undo-2",
    "redo-2",
    "plus",
    "x",
    "trash-2",
    "scissors",
    "git-merge",
    "gavel",
    "download",
    "upload",
    "funnel",
    "sparkles",
    "history",
    "link",
    "copy",
    "message-square",
    "corner-down-left",
    "grip-vertical",
    "ellipsis",
    "eye",
    "pilcrow",
    "zoom-in",
    "moon",
    "sun",
    "panel-right",
    "chevron-left",
    "chevron-right",
    "chevron-down",
    "circle-check",
    "circle-help",
    "triangle-alert",
    "flag",
    "inbox",
    "clock",
    "folder-open",
    "file-plus",
    "book-open",
    "languages",
    "keyboard",
    "quote",
    "tags",
    "layers",
]
MIRRORED = {"undo-2", "redo-2", "list-tree", "panel-right"} | {
    "chevron-left",
    "chevron-right",
    "arrow-left",
    "arrow-right",
}


def look(code: str = "ar", theme: str = "light") -> Look:
    return Look(Theme.of(theme), Language.of(code))


def picture(code: str, name: str, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return icons.icon(look(code), name).pixmap(QSize(32, 32), 1, mode).toImage()


def ink(image: QImage) -> int:
    return sum(
        image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())
    )


@pytest.mark.parametrize("name", MEANT)
def test_every_icon_that_the_look_names_is_bundled(name: str) -> None:
    assert name in icons.names()


def test_the_licence_stands_beside_the_icons() -> None:
    licence = (resource("icons") / "LICENSE").read_text("utf-8")
    assert "ISC License" in licence
    assert "Cole Bemis" in licence


@pytest.mark.parametrize("name", icons.names())
def test_an_icon_draws_something_in_the_colour_of_its_role(name: str, qapp: QApplication) -> None:
    image = icons.icon(look(), name, "error").pixmap(QSize(64, 64), 1).toImage()
    inks = {
        image.pixelColor(x, y).name()
        for x in range(64)
        for y in range(64)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {look().theme["error"].name()}


@pytest.mark.parametrize("name", icons.names())
def test_only_what_follows_the_reading_is_mirrored_in_arabic(name: str, qapp: QApplication) -> None:
    english, arabic = picture("en", name), picture("ar", name)
    is_mirrored = name in MIRRORED
    expected = english.flipped(Qt.Orientation.Horizontal) if is_mirrored else english
    assert _is_alike(arabic, expected)


def _is_alike(one: QImage, other: QImage) -> bool:
    return all(
        abs(one.pixelColor(x, y).alpha() - other.pixelColor(x, y).alpha()) < 32
        for x in range(one.width())
        for y in range(one.height())
    )


@pytest.mark.parametrize("ratio", [1, 1.25, 1.5, 2, 3])
def test_an_icon_is_drawn_at_the_pixel_ratio_of_the_screen(
    ratio: float, qapp: QApplication
) -> None:
    pixmap = icons.icon(look(), "flag").pixmap(QSize(16, 16), ratio)
    assert pixmap.size() == QSize(round(16 * ratio), round(16 * ratio))
    assert pixmap.devicePixelRatio() == ratio


def test_an_icon_of_a_disabled_button_is_paler(qapp: QApplication) -> None:
    usual, disabled = picture("ar", "flag"), picture("ar", "flag", QIcon.Mode.Disabled)
    assert 0 < ink(disabled) < ink(usual)


def test_an_icon_stays_square_in_an_oblong_place(qapp: QApplication) -> None:
    image = QImage(60, 20, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    icons.draw(painter, look(), "circle-help", QRectF(0, 0, 60, 20))
    painter.end()
    columns = [x for x in range(60) if any(image.pixelColor(x, y).alpha() for y in range(20))]
    assert min(columns) >= 20
    assert max(columns) < 40


def test_an_icon_has_the_size_that_was_asked_for(qapp: QApplication) -> None:
    assert icons.icon(look(), "flag", size=20).availableSizes() == [QSize(20, 20)]


def test_an_icon_that_is_not_bundled_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon(look(), "no-such-icon")
