"""The tables of colours, the sheet made from them, and who gets which slot."""

import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.logging import _QtMessageCapture

from annotator.core.schematoml import read_schema
from annotator.gui import theme as themes
from annotator.gui.slots import slots_of
from annotator.gui.theme import SLOTS, Theme
from annotator.paths import package, resource
from tests.gui.eyes import EYES, contrast, difference

EVERY = pytest.mark.parametrize("name", themes.NAMES)
INKS = ("text", "text_2", "text_3", "accent", "favor", "against", "neutral")
SAID_BY_COLOUR = ("doubt", "error", "good")
GROUNDS = ("window", "panel", "raised", "paper", "field", "shade", "event_tint")
SOFT = ("accent_soft", "hover", "doubt_soft", "error_soft", "good_soft")
HEX = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b")


@dataclass(frozen=True)
class Type:
    """A type of a label schema, as far as its colour goes."""

    id: str
    color: str = ""
    color_exact: bool = False


@EVERY
def test_text_can_be_read_on_every_ground(name: str) -> None:
    theme = Theme.of(name)
    for ink in INKS + SAID_BY_COLOUR:
        for ground in GROUNDS + SOFT:
            assert contrast(theme[ink], theme[ground]) >= 4.5, (ink, ground)


@EVERY
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("text", "selection", 6),
        ("on_accent", "accent", 7),
        ("on_event", "event", 10),
        ("line_strong", "field", 3.7),
        ("focus", "panel", 6),
        ("focus", "raised", 6),
    ],
)
def test_what_stands_on_a_ground_of_its_own_is_seen(
    name: str, ink: str, ground: str, least: float
) -> None:
    theme = Theme.of(name)
    assert contrast(theme[ink], theme[ground]) >= least


@EVERY
@pytest.mark.parametrize("slot", SLOTS)
def test_a_slot_is_read_on_its_chip_and_seen_on_paper(name: str, slot: str) -> None:
    theme, colours = Theme.of(name), Theme.of(name).slot(slot)
    assert contrast(colours.ink, colours.chip) >= (7 if theme.is_contrast else 5)
    assert contrast(colours.line, theme["paper"]) >= 3
    assert contrast(theme["text"], colours.tint) >= 7
    assert contrast(theme["text"], colours.chip) >= 7


@EVERY
@pytest.mark.parametrize("family", "nmo")
def test_underlines_of_a_family_stay_apart_for_every_eye(name: str, family: str) -> None:
    theme = Theme.of(name)
    lines = [theme.slot(slot).line for slot in SLOTS if slot.startswith(family)]
    for one, other in combinations(lines, 2):
        assert min(difference(one, other, eye) for eye in EYES) > 10.9


@EVERY
def test_slots_that_a_colour_blind_eye_confuses_differ_in_pattern(name: str) -> None:
    theme = Theme.of(name)
    for one, other in combinations(map(theme.slot, SLOTS), 2):
        if min(difference(one.line, other.line, eye) for eye in EYES) < 8:
            assert one.pattern != other.pattern


@EVERY
def test_for_and_against_stay_apart_for_every_eye(name: str) -> None:
    theme = Theme.of(name)
    for_it, against = theme["favor"], theme["against"]
    assert min(difference(for_it, against, eye) for eye in EYES) > 12


def test_the_difference_is_that_of_the_standard() -> None:
    black, white = QColor("black"), QColor("white")
    assert difference(black, white, "normal") == pytest.approx(100, abs=0.1)
    assert contrast(black, white) == pytest.approx(21)
    assert difference(white, white, "deutan") == 0


def test_high_contrast_has_no_tints() -> None:
    theme = Theme.of("contrast")
    assert {theme.slot(slot).tint.name() for slot in SLOTS} == {theme["paper"].name()}


def test_an_exact_colour_gets_a_tint_that_text_is_read_on() -> None:
    for name in themes.NAMES:
        colours = Theme.of(name).slot("#123456")
        assert colours.line == QColor("#123456")
        assert contrast(colours.ink, colours.chip) >= 7


@pytest.mark.parametrize("slot", ["", "n9", "x1", "#12", "no colour"])
def test_a_slot_that_is_none_is_refused(slot: str) -> None:
    with pytest.raises(KeyError):
        Theme.of("light").slot(slot)


@EVERY
def test_the_sheet_is_filled_and_qt_takes_it(
    name: str, qapp: QApplication, qtlog: _QtMessageCapture
) -> None:
    sheet = Theme.of(name).sheet()
    assert "@" not in sheet
    for address in re.findall(r'url\("(.+?)"\)', sheet):
        assert Path(address).is_file()
    qapp.setStyleSheet(sheet)
    qapp.setStyleSheet("")
    assert not qtlog.records


@EVERY
def test_the_palette_writes_text_on_its_grounds(name: str, qapp: QApplication) -> None:
    palette = Theme.of(name).palette()
    role = QPalette.ColorRole
    for ink, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.PlaceholderText, role.Base),
    ):
        assert contrast(palette.color(ink), palette.color(ground)) >= 4.5


def test_no_colour_is_named_outside_the_theme() -> None:
    gui = package() / "gui"
    named = [
        (file.relative_to(gui).as_posix(), found[0])
        for file in [*gui.rglob("*.py"), *resource("themes").iterdir()]
        if file.is_file() and file.name != "theme.py"
        for found in HEX.finditer(file.read_text("utf-8"))
        if file.is_relative_to(gui) or file.suffix in (".qss", ".svg")
    ]
    assert not named


def test_the_system_is_followed_unless_a_theme_was_chosen(qapp: QApplication) -> None:
    hints = qapp.styleHints()
    assert themes.name_of("contrast", hints) == "contrast"
    assert themes.name_of(themes.SYSTEM, hints) in themes.NAMES
    assert themes.name_of("a theme of another version", hints) in themes.NAMES


# --- who gets which slot ------------------------------------------------------------------------


def test_types_get_the_slots_that_the_bundled_schemas_name() -> None:
    text = resource("schemas/news.toml").read_text("utf-8")
    types = read_schema(text).entity_types.values()
    assert slots_of([*types])["PERS"] == "n6"
    assert {item.id: item.color for item in types if item.color} == slots_of([*types])


def test_a_colour_is_snapped_to_the_nearest_slot_that_is_free() -> None:
    line = Theme.of("light").slot("n6").line.name()
    assert slots_of([Type("A", line)]) == {"A": "n6"}
    snapped = slots_of([Type("A", "n6"), Type("B", line)])
    assert snapped["B"] != "n6"


def test_an_exact_colour_is_kept_and_a_missing_one_is_a_free_slot_of_its_own_family() -> None:
    given_out = slots_of([Type("A", "#123456", color_exact=True), Type("B"), Type("C", "o1")])
    assert given_out == {"A": "#123456", "B": "o2", "C": "o1"}


_colours = st.one_of(
    st.just(""), st.sampled_from(SLOTS), st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
)


@given(st.lists(_colours, max_size=40))
def test_every_type_gets_a_slot_and_always_the_same(colours: list[str]) -> None:
    types = [Type(f"T{at}", colour) for at, colour in enumerate(colours)]
    given_out = slots_of(types)
    assert given_out == slots_of(types)
    assert given_out.keys() == {item.id for item in types}
    assert set(given_out.values()) <= set(SLOTS)


@given(st.lists(_colours.filter(lambda colour: colour not in SLOTS), max_size=24))
def test_no_slot_is_given_twice_while_one_is_free(colours: list[str]) -> None:
    given_out = slots_of([Type(f"T{at}", colour) for at, colour in enumerate(colours)])
    assert len(set(given_out.values())) == len(colours)
