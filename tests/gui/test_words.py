"""Our own words: an Arabic sentence is set from the right whatever it begins with."""

import pytest
from PySide6.QtGui import QTextLayout
from pytestqt.qtbot import QtBot

from annotator.core.errors import UserError
from annotator.gui.look import Look
from annotator.gui.theme import Theme
from annotator.gui.widgets.troubles import worded
from annotator.gui.widgets.words import Words
from annotator.i18n import Language


def _look(code: str) -> Look:
    return Look(Theme.of("light"), Language.of(code))


def _is_set_from_the_right(text: str) -> bool:
    """Whether Qt puts the beginning of `text` to the right of its end."""
    layout = QTextLayout(text)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    begin, end = (line.cursorToX(at)[0] for at in (0, len(text)))  # type: ignore[index]
    return bool(begin > end)


@pytest.mark.parametrize("path", ["project.hashiya", "مشروع.hashiya"])
@pytest.mark.parametrize("code", ["damaged", "not_a_project", "too_new", "is_a_folder"])
def test_a_sentence_that_begins_with_a_name_is_set_from_its_own_side(
    qtbot: QtBot, code: str, path: str
) -> None:
    for language, from_the_right in (("ar", True), ("en", False)):
        look = _look(language)
        words = Words(look, worded(UserError(code, path=path), look.language))
        qtbot.addWidget(words)

        assert _is_set_from_the_right(words.text()) is from_the_right, (language, words.text())


def test_words_without_any_arabic_stay_as_they_are(qtbot: QtBot) -> None:
    words = Words(_look("ar"), "Hashiya 0.1")
    qtbot.addWidget(words)

    assert words.text() == "Hashiya 0.1"
