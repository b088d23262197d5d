"""The colours that painting the page needs, asked of the theme once."""

from PySide6.QtGui import QColor

from annotator.gui.canvas.marks import Mark
from annotator.gui.theme import SlotColours, Theme

_ROLES = (
    "paper", "shade", "line", "text", "text_2", "text_3", "accent", "on_accent", "accent_soft",
    "hover", "selection", "event", "on_event", "event_tint", "favor", "against", "neutral",
    "doubt", "error", "raised",
)  # fmt: skip
_USUAL_SLOT = "o3"


class Inks:
    """Colours by role, by slot and by tone; `inks["paper"]` is not a copy."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.is_contrast = theme.is_contrast
        self._roles = {role: theme[role] for role in _ROLES}
        self._slots: dict[str, SlotColours] = {}

    def __getitem__(self, role: str) -> QColor:
        return self._roles[role]

    def slot(self, name: str) -> SlotColours:
        """Return the colours of a slot; a name that is none gets those of a type without one."""
        found = self._slots.get(name)
        if found is None:
            try:
                found = self._theme.slot(name)
            except KeyError:
                found = self._theme.slot(_USUAL_SLOT)
            self._slots[name] = found
        return found

    def of_tone(self, mark: Mark) -> QColor:
        """Return the ink of evidence."""
        return self._roles[mark.tone if mark.tone in ("favor", "against") else "neutral"]

    def of_line(self, mark: Mark, *, is_in_hand: bool = False) -> QColor:
        """Return the ink of the lane, frame or brackets of `mark`."""
        if mark.is_suggested:
            return self["text_3"]
        if mark.kind == "entity":
            return self.slot(mark.slot).line
        if mark.kind == "evidence":
            return self.of_tone(mark)
        return self["accent" if is_in_hand else "event"]
