"""Choosing the encoding of files where it cannot be told, by what their first lines look like."""

import itertools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QRadioButton, QVBoxLayout, QWidget

from annotator.arabic.decode import NotText
from annotator.arabic.likeness import arabic_likeness
from annotator.arabic.unseen import is_in_order_of_eye, righted
from annotator.core.errors import UserError
from annotator.gui import fonts
from annotator.gui.dialogs.frame import column, row
from annotator.gui.dialogs.glance import ENCODINGS, Unsure, first_lines, head_of
from annotator.gui.look import Look
from annotator.gui.panels.part import clear
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.literal import Literal, literal
from annotator.gui.widgets.words import Words
from annotator.i18n import marked

_MOST_READINGS = 5
_NAMES = {
    "utf-8": "UTF-8",
    "cp1256": "Windows-1256",
    "iso8859-6": "ISO 8859-6",
    "cp720": "DOS 720",
    "cp864": "DOS 864",
    "mac-arabic": "Mac Arabic",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
}
_LEAVE_OUT = marked("Leave them out")


def name_of(encoding: str) -> str:
    """Return what people call the codec `encoding`."""
    return _NAMES.get(encoding, encoding)


@dataclass(frozen=True, slots=True)
class Sample:
    """What the first lines say when they are read in `encoding`, in the order of reading."""

    encoding: str
    text: str


def samples(data: bytes, guess: str) -> list[Sample]:
    """Return how `data` may be read, each text once, the guess and what looks most Arabic first."""
    by_text: dict[str, Sample] = {}
    for encoding in dict.fromkeys(filter(None, (guess, *ENCODINGS))):
        try:
            text = first_lines(data, encoding, 2)
        except NotText:
            continue
        if is_in_order_of_eye(text):
            text = righted(text)  # else nobody could read the line that is right
        by_text.setdefault(unicodedata.normalize("NFKC", text), Sample(encoding, text))
    read = [one for one in by_text.values() if one.text]
    read.sort(key=lambda one: (one.encoding != guess, -arabic_likeness(one.text)))
    return read[:_MOST_READINGS]


class EncodingPick(Box):
    """Asks how files that are unsure are to be read; until it is said they are left out.

    One answer holds for all of them; each can be looked at before.
    """

    encoding_picked = Signal(str)  # a codec, or nothing: leave them out

    def __init__(self, look: Look) -> None:
        super().__init__("doubt", column(gap=4, margins=(12, 8, 12, 8)))
        self._look = look
        self._unsure: tuple[Unsure, ...] = ()
        self.encoding = ""
        self._said = Words(look, "", "strong", wraps=True)
        self.files = QComboBox()
        self.files.setAccessibleName(look.language.text("The file to look at"))
        self.files.currentIndexChanged.connect(self._on_file_chosen)
        self._readings: QVBoxLayout = column(gap=2)
        self._group = QButtonGroup(self)
        self.parts.addWidget(self._said)
        self.parts.addLayout(row(self.files, None))
        self.parts.addLayout(self._readings)
        self.hide()

    @property
    def picked(self) -> dict[str, str]:
        """The encoding that was picked, by the path of each file it holds for."""
        return {str(one.path): self.encoding for one in self._unsure if self.encoding}

    @property
    def choices(self) -> list[QRadioButton]:
        """The readings to choose from; the last leaves the files out."""
        return [button for button in self._group.buttons() if isinstance(button, QRadioButton)]

    def show_unsure(self, unsure: Sequence[Unsure]) -> None:
        """Ask for these files; nothing is asked where there are none."""
        if tuple(unsure) == self._unsure:
            return
        self._unsure = tuple(unsure)
        self.setVisible(bool(unsure))
        self._said.setText(
            self._look.language.plural(
                "It cannot be told in which encoding {n} file is. Which line can be read?",
                "It cannot be told in which encoding {n} files are. Which line can be read?",
                len(unsure),
            )
        )
        self.files.blockSignals(True)
        self.files.clear()
        self.files.addItems([literal(one.name) for one in unsure[:200]])
        self.files.blockSignals(False)
        self.files.setVisible(len(unsure) > 1)
        self._on_file_chosen(0)

    def _on_file_chosen(self, index: int) -> None:
        clear(self._readings)
        for button in self._group.buttons():
            self._group.removeButton(button)
        if not 0 <= index < len(self._unsure):
            return
        for sample in self._samples(self._unsure[index]):
            self._add(sample.encoding, name_of(sample.encoding), sample.text)
        self._add("", self._look.language.text(_LEAVE_OUT), "")
        for before, after in itertools.pairwise([self.files, *self.choices]):
            QWidget.setTabOrder(before, after)

    def _samples(self, unsure: Unsure) -> list[Sample]:
        try:
            return samples(head_of(unsure.path, unsure.name), unsure.guess)
        except UserError:
            return []

    def _add(self, encoding: str, name: str, text: str) -> None:
        button = QRadioButton(name)
        button.setChecked(encoding == self.encoding)
        button.setMinimumWidth(130)
        button.clicked.connect(lambda: self._on_picked(encoding))
        self._group.addButton(button)
        read = Literal(self._look, text, font=fonts.article(16), follows_text=True)
        button.setAccessibleDescription(text)
        line = row(button, read, gap=12)
        line.setStretch(1, 1)
        self._readings.addLayout(line)

    def _on_picked(self, encoding: str) -> None:
        if encoding != self.encoding:
            self.encoding = encoding
            self.encoding_picked.emit(encoding)
