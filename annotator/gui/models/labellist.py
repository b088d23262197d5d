"""All labels of the article as a list: what is drawn of each, found, and kept in order."""

from enum import IntEnum

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.model import (
    Answer,
    Argument,
    Entity,
    Event,
    Label,
    Relation,
    Stance,
)
from annotator.gui.models.drawing import tone_of
from annotator.gui.models.labelorder import LabelOrder
from annotator.gui.models.naming import Naming, quote_of
from annotator.gui.session import Session
from annotator.gui.widgets.chip import ChipFace
from annotator.gui.widgets.literal import shown
from annotator.gui.widgets.quote import NONE, Attached, attached_to

_Index = QModelIndex | QPersistentModelIndex
_SHORT = 40
_ONE_BY_ONE = 64
"""Changes of more labels than this are shown by reading the list anew."""


class LabelRole(IntEnum):
    """What a row is asked for."""

    ROW = Qt.ItemDataRole.UserRole + 1
    UID = Qt.ItemDataRole.UserRole + 2


class LabelRow(msgspec.Struct, frozen=True):
    """What is drawn of a label.

    `face` is its chip (None for what has no shape of its own: `name` then stands small), `quote`
    the text, `note` what it belongs to. `sign` is "!" for a problem, "?" for a doubt.
    """

    face: ChipFace | None
    name: str
    quote: str
    note: str
    sign: str = ""
    is_inner: bool = False
    letters: Attached = NONE


class LabelList(QAbstractListModel):
    """Labels in the order of the text; of one kind and with some words, where that is asked for."""

    def __init__(self, session: Session, naming: Naming, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._naming = session, naming
        self._order = LabelOrder(self._words_of)
        self._labels = session.shown_labels()
        self._group, self._query = "", ""
        session.article_shown.connect(self.read_anew)
        session.labels_changed.connect(self._on_labels_changed)
        self.read_anew()

    def show_group(self, group: str, query: str) -> None:
        """Show the labels of `group` ("" for all) that hold the words of `query`."""
        if (group, query) == (self._group, self._query):
            return
        self._group, self._query = group, query
        self.beginResetModel()
        self._order.find(group, query)
        self.endResetModel()

    def read_anew(self) -> None:
        """Read all labels."""
        self.beginResetModel()
        self._labels = self._session.shown_labels()
        self._order.fill(self._labels, self._group, self._query)
        self.endResetModel()

    def place_of(self, uid: str) -> int:
        """Return the row of the label `uid`, or -1."""
        return self._order.place_of(uid)

    def uid(self, place: int) -> str:
        """Return the label in the row `place`."""
        return self._order.uid(place)

    # --- following the labels ---

    def _on_labels_changed(self, uids: set[str]) -> None:
        self._labels = self._session.shown_labels()
        touched = self._order.with_pointing(uids)
        if len(touched) > _ONE_BY_ONE:
            self.read_anew()
            return
        for uid in sorted(touched, key=self._labels.__contains__):  # what is gone goes first
            self._follow(uid)

    def _follow(self, uid: str) -> None:
        before, after = self._order.place_for(uid, self._labels)
        if before == after >= 0:
            self._order.remove(uid)
            self._order.insert(uid)
            self.dataChanged.emit(self.index(before), self.index(before))
            return
        if before >= 0:
            self.beginRemoveRows(QModelIndex(), before, before)
            self._order.remove(uid)
            self.endRemoveRows()
        if after >= 0:
            self.beginInsertRows(QModelIndex(), after, after)
            self._order.insert(uid)
            self.endInsertRows()

    # --- what is drawn ---

    def row(self, uid: str) -> LabelRow:
        """Return what is drawn of the label `uid`."""
        label = self._labels.get(uid)
        if label is None:  # its row goes in a moment
            return LabelRow(None, "", "", "")
        face = self._face(label)
        sign = "!" if self._session.problems_of(uid) else "?" if label.doubt else ""
        is_inner = isinstance(label, Argument | Relation)
        letters = self._letters(label)
        name, quote, note = self._name(label), self._quote(label), self._note(label)
        return LabelRow(face, name, quote, note, sign, is_inner, letters)

    def _letters(self, label: Label) -> Attached:
        reading = self._session.reading
        if reading is None or not isinstance(label, Entity | Event):
            return NONE
        return attached_to(reading.text, label.extent)

    def _face(self, label: Label) -> ChipFace | None:
        if isinstance(label, Stance):
            tone = tone_of(self._naming.schema, label.type)[1]
            return ChipFace(self._naming.type_of(label), tone)
        slot = self._naming.slot(label)
        if slot or isinstance(label, Event):
            kind = "event" if isinstance(label, Event) else "entity"
            return ChipFace(self._naming.type_of(label, short=True), kind, slot)
        return None

    def _name(self, label: Label) -> str:
        if isinstance(label, Argument):
            return self._naming.role_of(label, self._labels)
        if isinstance(label, Answer):
            question = self._naming.schema.question_types.get(label.type)
            return str(getattr(question, self._naming.language.code, label.type))
        return self._naming.type_of(label)

    def _quote(self, label: Label) -> str:
        """Return the text of a label, or of what it says something about."""
        match label:
            case Argument():
                return self._at(label.filler)
            case Relation():
                return self._at(label.source)
            case Stance():
                return self._naming.party(label.holder, self._labels)
            case Answer():
                return self._values(label)
        return quote_of(label)

    def _values(self, label: Answer) -> str:
        question = self._naming.schema.question_types.get(label.type)
        names = {value.id: value for value in question.values} if question else {}
        code = self._naming.language.code
        given = (str(getattr(names.get(value), code, value)) for value in label.values)
        return self._naming.language.listed(given)

    def _note(self, label: Label) -> str:
        text = self._naming.language.text
        match label:
            case Argument():
                return text("in {event}", event=shown(self._at(label.event), _SHORT))
            case Relation():
                return shown(self._at(label.target), _SHORT)
            case Stance():
                return shown(self._naming.party(label.target, self._labels), _SHORT)
        return ""

    def _at(self, uid: str) -> str:
        label = self._labels.get(uid)
        return quote_of(label) if label else uid

    def _words_of(self, label: Label) -> str:
        said = (self._name(label), self._quote(label), self._note(label), label.type, label.note)
        return " ".join((*said, getattr(label, "link", "")))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Count the labels that are shown."""
        return 0 if parent.isValid() else len(self._order)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the quote, the row or the uid of a label."""
        if not index.isValid():
            return None
        uid = self._order.uid(index.row())
        if role == LabelRole.UID:
            return uid
        if role == LabelRole.ROW:
            return self.row(uid)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.row(uid).quote
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.row(uid)
            return shown(" ".join(filter(None, (row.name, row.quote, row.note))))
        return None
