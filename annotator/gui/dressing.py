"""Putting a look on the program: style, face, palette, sheet and direction in one place."""

from PySide6.QtCore import QLibraryInfo, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from annotator.gui import fonts
from annotator.gui.look import Look


def dress(application: QApplication, look: Look) -> None:
    """Give all windows `look`. The faces are to be loaded first, once; call again to change it."""
    application.setStyle("Fusion")
    application.setFont(fonts.window())
    application.setPalette(look.theme.palette())
    application.setStyleSheet(look.theme.sheet())
    application.setLayoutDirection(direction_of(look))


def direction_of(look: Look) -> Qt.LayoutDirection:
    """Return the direction of the interface; an article's is its own."""
    if look.is_rtl:
        return Qt.LayoutDirection.RightToLeft
    return Qt.LayoutDirection.LeftToRight


def load_words_of_qt(application: QApplication, translator: QTranslator, language: str) -> None:
    """Let Qt's own dialogs and menus speak the language too."""
    application.removeTranslator(translator)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language}", folder):
        application.installTranslator(translator)
