"""Names as rows of a list: what they are called, how they are spelled, their types and numbers."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.labelschema import LabelSchema
from annotator.gui.models.kwicwords import KwicWords
from annotator.gui.widgets.chip import ChipFace
from annotator.gui.widgets.literal import literal, shown
from annotator.i18n import Language, marked
from annotator.services.names import Name, fitting
from annotator.services.namesproposed import Proposal

BY_NUMBER, BY_NAME = "number", "name"
ORDERS = ((BY_NUMBER, marked("By labels")), (BY_NAME, marked("By name")))
"""How the list can be ordered, with what that is called."""
ROW = Qt.ItemDataRole.UserRole + 1
_SPELLINGS = 6
"""Spellings of a name that a row shows."""
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class NameRow(msgspec.Struct, frozen=True):
    """A name as it is painted; `said` is all of it, for readers of the screen and for the hint."""

    name: str
    is_shared: bool
    spellings: str
    chips: tuple[ChipFace, ...]
    labels: int
    articles: int
    said: str


class NamesWords:
    """Words and colours of one label schema in one language."""

    def __init__(self, schema: LabelSchema, language: Language) -> None:
        self._language = language
        self._kwic = KwicWords(schema, language)

    def row(self, name: Name) -> NameRow:
        """Return a name as a row."""
        is_plain = [one.text for one in name.spellings] == [name.shown]
        told = "" if is_plain else self.spelled(name, _SPELLINGS)
        types = self.types(name)
        plural = self._language.plural
        labels = plural("{n} label", "{n} labels", name.n)
        articles = plural("in {n} article", "in {n} articles", name.n_articles)
        parts = (literal(name.shown), told, types, f"{labels} {articles}")
        said = " · ".join(part for part in parts if part)
        chips = tuple(self.chip(type_) for type_, _ in name.types)
        return NameRow(
            shown(name.shown), bool(name.link), told, chips, name.n, name.n_articles, said
        )

    def chip(self, type_: str) -> ChipFace:
        """Return the chip of a type of entity."""
        return self._kwic.chip("entity", type_)

    def types(self, name: Name) -> str:
        """Return the types of a name with their numbers."""
        told = (f"{self.chip(type_).name} {n}" for type_, n in name.types)
        return self._language.listed(told)

    def spelled(self, name: Name, most: int) -> str:
        """Return the spellings of a name with their numbers, `most` of them at most."""
        told = [f"{literal(one.text, 40)} {one.n}" for one in name.spellings[:most]]
        return " · ".join([*told, "…"] if len(name.spellings) > most else told)

    def why(self, one: Proposal) -> str:
        """Return why names may be one."""
        text = self._language.text
        key = literal(one.key)
        if one.why == "spelling":
            return text("A spelling of the shared name: {key}", key=key)
        return text("The same but for long vowels and letters alike: {key}", key=key)


def ordered(names: Sequence[Name], order: str) -> list[Name]:
    """Return `names`, which come by number, in an order of `ORDERS`."""
    if order == BY_NAME:
        return sorted(names, key=lambda one: (one.key, one.link))
    return list(names)


def wanted(names: Sequence[Name], text: str, type_name: str, order: str) -> list[Name]:
    """Return those of `names` that are looked for, in order."""
    return ordered(fitting(names, text, type_name), order)


class NamesModel(QAbstractListModel):
    """All names that are looked for; a row is put together when it is first painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.names: list[Name] = []
        self._words: NamesWords | None = None
        self._rows: dict[int, NameRow] = {}

    def show_names(self, names: list[Name], words: NamesWords) -> None:
        """Show these names and no others."""
        self.beginResetModel()
        self.names, self._words, self._rows = names, words, {}
        self.endResetModel()

    def row(self, number: int) -> NameRow:
        """Return the row with that number."""
        found = self._rows.get(number)
        if found is None:
            if self._words is None:
                raise ValueError("no names are shown")
            found = self._rows[number] = self._words.row(self.names[number])
        return found

    # --- Qt's ---

    def rowCount(self, parent: _Index = _NONE) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self.names)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row, and what it says."""
        if role == ROW:
            return self.row(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.row(index.row()).said
        return None
