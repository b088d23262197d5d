"""What every widget is told when it is made: theme, language and density."""

import msgspec

from annotator.gui.theme import Theme
from annotator.i18n import Language


class Look(msgspec.Struct, frozen=True):
    """The theme, the language and the density; a window is built anew when one of them changes."""

    theme: Theme
    language: Language
    is_compact: bool = False

    @property
    def is_rtl(self) -> bool:
        """Whether the interface runs from right to left; an article's direction is its own."""
        return self.language.direction == "rtl"
