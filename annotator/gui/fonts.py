"""The faces of the window: loaded from the program's own files, made by use and size in pixels."""

from PySide6.QtGui import QFont, QFontDatabase

from annotator.paths import resource

ARTICLE = "Noto Naskh Arabic"
WINDOW = "IBM Plex Sans Arabic"
CODE = "IBM Plex Mono"
_BODY, _HEAVY = QFont.Weight.Normal, QFont.Weight.DemiBold


def load() -> list[str]:
    """Let Qt know the faces; return the names of the files that could not be read.

    Call once, after QApplication is made. Without a face Qt falls back to what the system has.
    """
    files = sorted(resource("fonts").glob("*.ttf"))
    return [file.name for file in files if QFontDatabase.addApplicationFont(str(file)) < 0]


def article(px: int = 22, *, bold: bool = False) -> QFont:
    """Return the face of articles and of quotes from them."""
    return _made([ARTICLE, WINDOW], px, QFont.Weight.Bold if bold else _BODY)


def window(px: int = 13, *, strong: bool = False) -> QFont:
    """Return the face of everything that is not an article, in both scripts."""
    return _made([WINDOW, ARTICLE], px, _HEAVY if strong else _BODY)


def code(px: int = 12) -> QFont:
    """Return the face of codes and TOML."""
    return _made([CODE, WINDOW], px, _BODY)


def _made(families: list[str], px: int, weight: QFont.Weight) -> QFont:
    font = QFont(families)
    font.setPixelSize(px)
    font.setWeight(weight)
    return font
