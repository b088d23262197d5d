"""Buttons: with words (primary, second, quiet) and with an icon only."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from annotator.gui import icons
from annotator.gui.look import Look
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.literal import isolated, shown, tooltip

_ICON = 16
_ICON_WITH_WORDS = 22  # drawn in the middle of it: Qt itself leaves 4 px before the words
_SQUARE = 30
_LONGEST = 60


class Button(QPushButton):
    """A button with words; `kind` is primary (one a page), second or quiet."""

    def __init__(self, look: Look, text: str, kind: str = "second", icon: str = "") -> None:
        super().__init__()
        self._look = look
        self.setProperty("look", kind)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        self.show_words(text)
        if icon:
            role = "on_accent" if kind == "primary" else "text_2"
            self.setIcon(icons.icon(look, icon, role))
            self.setIconSize(QSize(_ICON_WITH_WORDS, _ICON))

    def show_words(self, text: str) -> None:
        """Say something else; what is longer than a button is cut and told in the tooltip."""
        self.setText(shown(text, _LONGEST).replace("&", "&&"))
        self.setAccessibleName(shown(text))
        self.setToolTip(tooltip(text) if len(text) > _LONGEST else "")


class IconButton(QToolButton):
    """A button with an icon only: `name` is told to readers and, with its key, in the tooltip."""

    def __init__(
        self, look: Look, icon: str, name: str, key: str = "", *, role: str = "text_2"
    ) -> None:
        super().__init__()
        self._look, self._role = look, role
        self.setProperty("look", "quiet")
        self.setFixedSize(_SQUARE, _SQUARE)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_as(icon, name, key)

    def show_as(self, icon: str, name: str, key: str = "") -> None:
        """Mean something else: another icon, name and key."""
        self.setIcon(icons.icon(self._look, icon, self._role))
        self.setAccessibleName(shown(name))
        key_told = f" ({isolated(key, is_rtl=False)})" if key else ""
        self.setToolTip(tooltip(name) + key_told)


def with_key(look: Look, widget: QWidget, latin: str, arabic: str = "") -> QWidget:
    """Return `widget` with the cap of its key behind it."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(widget)
    row.addWidget(KeyCap(look, latin, arabic))
    whole.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return whole
