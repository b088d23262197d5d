"""Colours by role and by label slot: the only place where a colour is named.

The palette, the style sheet and every painter read the tables here. The sheet itself is
`resources/themes/window.qss`, written with `@role`. Sizes and faces live in the sheet and in
`fonts`.
"""

import re
from collections.abc import Callable, Mapping
from typing import Self

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QStyleHints

from annotator.paths import resource

NAMES = ("light", "dark", "contrast")
SYSTEM = "system"

_ROLES = {  # role: light, dark, high contrast
    "window": "#efece5 #141617 #000000",  # ground between cards
    "panel": "#f8f6f1 #1a1c1e #000000",  # side panels, bars
    "raised": "#ffffff #222527 #000000",  # cards, buttons, menus
    "paper": "#fffdf8 #1b1d1f #000000",  # the article, forms, tables
    "field": "#ffffff #131516 #000000",  # inputs
    "line": "#dcd6ca #33373a #ffffff",  # hairlines, card borders: decoration only
    "line_strong": "#8a8376 #7b8185 #ffffff",  # input borders, scroll handle
    "text": "#22201c #e9e5dc #ffffff",
    "text_2": "#575248 #c0bbb0 #ffffff",  # labels, second voice
    "text_3": "#6b655a #aaa59a #e6e6e6",  # hints, counts, dimmed regions
    "accent": "#0b5f63 #74c9c4 #ffe14d",  # primary button, in hand, arcs
    "on_accent": "#ffffff #07201f #000000",
    "accent_soft": "#dcebe8 #1f3a3a #332d00",  # current row, chosen segment
    "hover": "#ece8df #26292c #262626",  # row or button under the pointer
    "selection": "#bcdedb #275a59 #665a00",  # text selected by the pointer
    "focus": "#0b5f63 #74c9c4 #ffe14d",  # the 2 px ring
    "event": "#3c4149 #ccd1d8 #ffffff",  # event chip and trigger frame
    "on_event": "#ffffff #17191c #000000",
    "event_tint": "#e9e9ea #2e3236 #1f1f1f",  # behind a trigger
    "favor": "#0e6a8f #6cc3ea #7fd4ff",
    "against": "#ac431f #f49a74 #ffb38a",
    "neutral": "#625d54 #b0aba0 #ffffff",
    "doubt": "#855700 #e6b450 #ffe14d",  # question, undecided, warning
    "doubt_soft": "#f8ebcd #3a3018 #000000",
    "error": "#a5281c #ff9182 #ff9c8f",  # problem, failure
    "error_soft": "#f9e3de #41221e #000000",
    "good": "#2b6a3b #85ca90 #8cff9e",  # done, saved, above target
    "good_soft": "#e0eedf #1f3524 #000000",
    "shade": "#f4f1ea #17191a #000000",  # ground of regions not labelled
}

_SLOTS = {  # slot: line, tint, chip, ink in light; the same in dark
    "n1": "#b23f6b #fdecf0 #fcd3de #8b3655 #bf5a7d #3a2229 #5c2f3e #fd9cba",
    "n2": "#785800 #f8f0df #efdebc #705306 #cc9c2a #332811 #513c0d #e2b75c",
    "n3": "#969300 #f2f2e0 #e2e3be #5e5b07 #e7e575 #2c2c13 #434211 #c5c463",
    "n4": "#044f3b #e2f6ee #c2eada #04684e #76fbcd #143026 #0e4b39 #64d6af",
    "n5": "#009390 #dff6f5 #bceae8 #0b6563 #06bcb8 #0d302f #004a48 #46d6d1",
    "n6": "#2f56b4 #eaf1ff #d1e0fe #35549a #567dd0 #202a3e #2d3f64 #9dbdff",
    "n7": "#8b7be5 #f0effe #dddbff #564a96 #b4abfd #29273d #3e3962 #bab3fd",
    "n8": "#700f61 #fcebf7 #f5d4ec #803a71 #ffccf1 #372232 #56314d #eea0db",
    "m1": "#d95f7c #feecee #fdd3d9 #8d364b #fdd1d7 #3b2226 #5e2f39 #fe9eaf",
    "m2": "#5f3801 #fceee0 #f6dabe #7c4b02 #b26f03 #372613 #573812 #f1af64",
    "m3": "#729e22 #ecf4e3 #d6e6c5 #446401 #8cb452 #242e18 #35461d #a7cd77",
    "m4": "#0b8543 #e6f6e9 #c9e9d0 #036a34 #95f8b1 #1a3020 #204a2d #7fd497",
    "m5": "#004e41 #e1f6f0 #bfebde #076756 #07957e #113129 #034b3e #58d7bb",
    "m6": "#0a9fb5 #dff6fa #bce9f2 #016372 #13b8d1 #0e2f36 #014853 #49d2ea",
    "m7": "#665dc4 #efeffe #dbdcfd #514c98 #d9dbfd #28273d #3c3a62 #b5b5ff",
    "m8": "#591f80 #f5edfe #e8d8f9 #6b438b #9768be #302539 #4a355b #d3a9f9",
    "o1": "#b73f4f #feecec #fed3d5 #8f3641 #c35a64 #3c2223 #5e3033 #fd9fa5",
    "o2": "#da673d #feede7 #fdd6c8 #8e3b1c #fe9976 #3b231b #5e3223 #fea484",
    "o3": "#5b5005 #f4f2df #e7e1bd #655900 #a6930b #2f2b12 #48400e #d0bf5e",
    "o4": "#088268 #e2f6ef #c1ebdc #046852 #6ffbd4 #123128 #084b3c #5ed7b5",
    "o5": "#0a5a64 #dff6f9 #bce9f0 #0b646e #11a5b6 #0d3034 #004951 #46d3e6",
    "o6": "#039acf #e2f4fe #c1e6fb #066082 #b8e6ff #132e3b #0e465d #63cbfe",
    "o7": "#382f91 #eef0ff #d9ddfd #4c4d99 #7275cf #26283e #393b63 #b1b7fd",
    "o8": "#8353b6 #f4edfe #e6d8fa #67448e #caa1fd #2e253a #48365d #ceaafd",
}
_PATTERNS = {"n": "solid", "m": "dash", "o": "double"}
SLOTS = tuple(_SLOTS)

_PALETTE = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.Highlight: "accent_soft",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.PlaceholderText: "text_3",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line_strong",
    QPalette.ColorRole.Shadow: "line_strong",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Accent: "accent",
}
_WRITTEN = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)
_SHEET = "themes/window.qss"
_IN_SHEET = re.compile(r"@(\w+)")


class SlotColours(msgspec.Struct, frozen=True):
    """The colours of one label slot; `ink` is what is written on `chip`.

    `pattern` of the underline (solid, dash, double) tells the three families apart.
    """

    line: QColor
    tint: QColor
    chip: QColor
    ink: QColor
    pattern: str


class Theme(msgspec.Struct, frozen=True):
    """The colours of one theme. `theme["accent"]` is a role, `theme.slot("n6")` a label's slot."""

    name: str
    _roles: Mapping[str, QColor]
    _slots: Mapping[str, SlotColours]

    @classmethod
    def of(cls, name: str) -> Self:
        """Return the theme `name`, one of `NAMES`."""
        which = NAMES.index(name)
        roles = {role: QColor(row.split()[which]) for role, row in _ROLES.items()}
        return cls(name, roles, {slot: _SLOT_IN[name](slot) for slot in SLOTS})

    @property
    def is_light(self) -> bool:
        """Whether text is darker than its ground."""
        return self.name == "light"

    @property
    def is_contrast(self) -> bool:
        """Whether frames and patterns carry all: no tints, and chips are outlined."""
        return self.name == "contrast"

    def __getitem__(self, role: str) -> QColor:
        """Return the colour of `role`; a role that is not in the table is a KeyError."""
        return QColor(self._roles[role])

    def slot(self, name: str) -> SlotColours:
        """Return the colours of a slot, or those made of a schema's exact colour `#rrggbb`."""
        if name in self._slots:
            return self._slots[name]
        return self._exact(QColor.fromString(name), name)

    def palette(self) -> QPalette:
        """Return the palette for QApplication."""
        palette = QPalette()
        for place, role in _PALETTE.items():
            palette.setColor(place, self[role])
        for place in _WRITTEN:
            palette.setColor(QPalette.ColorGroup.Disabled, place, self["text_3"])
        return palette

    def sheet(self) -> str:
        """Return the style sheet for QApplication, with colours in place of `@role`."""
        template = resource(_SHEET).read_text("utf-8")
        return _IN_SHEET.sub(self._in_sheet, template)

    def _in_sheet(self, found: re.Match[str]) -> str:
        """Return what a word behind @ stands for: a role, or a part of a picture's address."""
        pictures = {
            "folder": resource(_SHEET).parent.as_posix(),
            "ink": "dark" if self.is_light else "pale",
            "counter": "pale" if self.is_light else "dark",  # what is drawn on the accent
        }
        return pictures.get(found[1]) or self[found[1]].name()

    def _exact(self, line: QColor, name: str) -> SlotColours:
        """Return colours for an underline that the schema insists on: its ink is plain text."""
        if not line.isValid():
            raise KeyError(name)
        if self.is_contrast:
            return SlotColours(line, self["paper"], self["paper"], self["text"], "solid")
        tint, chip = (mixed(self["paper"], line, share) for share in (0.10, 0.24))
        return SlotColours(line, tint, chip, self["text"], "solid")


def _light_slot(slot: str) -> SlotColours:
    line, tint, chip, ink, *_ = map(QColor, _SLOTS[slot].split())
    return SlotColours(line, tint, chip, ink, _PATTERNS[slot[0]])


def _dark_slot(slot: str) -> SlotColours:
    *_, line, tint, chip, ink = map(QColor, _SLOTS[slot].split())
    return SlotColours(line, tint, chip, ink, _PATTERNS[slot[0]])


def _contrast_slot(slot: str) -> SlotColours:
    """Return the dark line and ink on black: the ink is the paler of the two, and reads better."""
    dark, black = _dark_slot(slot), QColor(_ROLES["paper"].split()[2])
    return SlotColours(dark.line, black, QColor(black), dark.ink, dark.pattern)


_SLOT_IN: Mapping[str, Callable[[str], SlotColours]] = {
    "light": _light_slot,
    "dark": _dark_slot,
    "contrast": _contrast_slot,
}


def mixed(ground: QColor, colour: QColor, share: float) -> QColor:
    """Return `ground` with `share` (0 to 1) of `colour` in it."""
    kept = 1 - share
    return QColor(
        round(ground.red() * kept + colour.red() * share),
        round(ground.green() * kept + colour.green() * share),
        round(ground.blue() * kept + colour.blue() * share),
    )


def name_of(choice: str, hints: QStyleHints) -> str:
    """Return the theme that `choice` means: itself, or for `SYSTEM` what the system asks for.

    A system that says nothing gets light.
    """
    if choice in NAMES:
        return choice
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"
