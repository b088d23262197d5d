"""What every card in hand can do; each kind of label has its own.

A card shows the label `uid` as the session shows it, and makes intents of what is pressed.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal

from annotator.core.labelschema import AttributeType
from annotator.core.model import (
    Attributes,
    Entity,
    Event,
    Extent,
    Label,
    Relation,
    Stance,
    replace,
)
from annotator.gui.canvas.marks import Link
from annotator.gui.intents import PROVISIONAL
from annotator.gui.look import Look
from annotator.gui.models.naming import Naming, quote_of
from annotator.gui.models.relating import ties_of
from annotator.gui.panels.cardhead import CardHead, Head
from annotator.gui.panels.chooser import Chooser, Offer
from annotator.gui.panels.part import Part
from annotator.gui.panels.particulars import AttributeRows, NoteLine, RelationRow, RelationRows
from annotator.gui.panels.wells import WellFace
from annotator.gui.session import Session
from annotator.gui.slots import slots_of
from annotator.gui.widgets.card import Card
from annotator.gui.widgets.chip import ChipFace
from annotator.gui.widgets.quote import NONE, attached_to


class HandCard(Card):
    """A card of what is in hand; `refresh` shows what the session shows now."""

    action_asked = Signal(str)
    label_asked = Signal(str)
    place_asked = Signal(int, int)
    text_asked = Signal()  # the keyboard belongs to the article again
    told = Signal(str)  # a code: why something was not done; "" takes back what was told
    kind: type[Label]
    """Which labels it shows."""
    draft: object = None
    """What it shows before anything of that is written."""

    def __init__(self, look: Look, session: Session, uid: str) -> None:
        super().__init__(look, is_in_hand=True)
        self.look, self.session, self.uid = look, session, uid
        self.naming = Naming(look.language, session.schema, slots_of(session.schema.entities))
        self.head, self.choice = CardHead(look), Part()
        self.head.action_asked.connect(self.action_asked)
        self.head.type_asked.connect(self.choose_type)
        self.add_parts(self.head, self.choice)

    def refresh(self) -> None:
        """Show what the session shows now."""
        raise NotImplementedError

    def forget(self) -> None:
        """Know that labels have changed, before they are shown."""

    def adopts(self, uid: str) -> bool:
        """Go on with `uid`, where that is what it has just made; return whether it was."""
        is_new = self.uid.startswith(PROVISIONAL) or self.draft is not None
        is_its_kind = isinstance(self.session.label(uid), self.kind)
        if not is_new or not is_its_kind or self.session.label(self.uid) is not None:
            return False
        self.uid, self.draft = uid, None
        self.forget()
        return True

    def press_entity(self, uid: str) -> bool:
        """Take a label that was pressed in the text; return whether the card asked for one."""
        return False

    def press_key(self, place: str, *, is_shifted: bool) -> bool:
        """Take a key pressed in the text; return whether it meant anything here."""
        return False

    def fill_with_new(self, extent: Extent, type_name: str) -> bool:
        """Take a place that is to become an entity; return whether the card asked for one."""
        return False

    def show_selection(self, selection: Extent) -> None:
        """Know what is selected in the text."""

    def ahead(self) -> Label | None:
        """Return what the text shows of a draft that is not written yet, under the uid `AHEAD`."""
        return None

    def links(self) -> list[Link]:
        """Return the links that the text shows for this card."""
        return []

    def numbers(self) -> dict[str, int]:
        """Return the numbers that labels have in this card."""
        return {}

    def choose_type(self) -> None:
        """Open the list of types."""

    def choose_role(self, role: str) -> None:
        """Let `role` ask, where there are roles."""

    def add_evidence(self, extent: Extent) -> None:
        """Take `extent` as more evidence, where there is any."""

    def let_go(self) -> bool:
        """Close what is open in the card; return whether anything was."""
        if self.choice.isHidden():
            return False
        self.close_choice()
        return True

    # --- what they share ---

    @property
    def label(self) -> Label | None:
        """The label as it is shown."""
        return self.session.label(self.uid)

    @property
    def is_closed(self) -> bool:
        """Whether nothing may be changed: the article is done, or the label is not in the file."""
        is_missing = self.uid.startswith(PROVISIONAL) and self.session.is_unsaved(self.uid)
        return self.session.is_closed or is_missing

    def text(self, msgid: str, **data: object) -> str:
        """Return a sentence in the language of the window."""
        return self.look.language.text(msgid, **data)

    def state_of(self, uid: str) -> str:
        """Return how a label stands: unsaved, pending, wrong, or ""."""
        if self.session.is_unsaved(uid):
            return "unsaved"
        if self.session.is_pending(uid):
            return "pending"
        return "wrong" if self.session.problems_of(uid) else ""

    def add_parts(self, *parts: Part) -> None:
        """Put parts at the end of the card."""
        for part in parts:
            self.parts.addWidget(part)

    def change(self, label: Label) -> None:
        """Write the label as it now is."""
        self.told.emit("")
        self.session.do(self.session.intents.change(label))

    def remove_label(self, uid: str) -> None:
        """Remove a label that belongs to this one."""
        self.told.emit("")
        with_it = tuple(one.uid for one in self.session.going_with(uid))
        self.session.do(self.session.intents.remove(uid, with_it))

    def show_place(self, uid: str) -> None:
        """Ask for the place of a label to be shown."""
        label = self.session.label(uid)
        if isinstance(label, Entity | Event) and label.extent:
            self.place_asked.emit(label.extent[0].start, label.extent[-1].end)

    def face_of(
        self,
        uid: str,
        state: str = "",
        *,
        number: int = 0,
        key: str = "",
        is_removable: bool = False,
    ) -> WellFace:
        """Return the well of an entity or an event."""
        label = self.session.label(uid)
        return WellFace(
            quote_of(label) if label else uid,
            slot=self.naming.slot(label),
            is_event=isinstance(label, Event),
            number=number,
            key=key,
            is_removable=is_removable and not self.is_closed,
            state=state,
            is_small=bool(key),
            name=f"{quote_of(label)}, {self.naming.type_of(label)}" if label else uid,
        )

    def show_head(self, kind: str, chip: ChipFace | None = None, state: str = "") -> None:
        """Show the head of the label in hand."""
        label = self.label
        reading, quote, letters = self.session.reading, "", NONE
        if isinstance(label, Entity | Event):
            quote = quote_of(label)
            letters = attached_to(reading.text, label.extent) if reading else NONE
        known = self.state_of(self.uid) if self.uid else ""
        said = state or ("" if known == "wrong" else known)
        self.head.show_head(
            Head(kind, said, chip, quote, bool(label and label.doubt), self.is_closed, letters)
        )

    # --- a list to choose from ---

    def open_choice(
        self,
        hint: str,
        offers: Sequence[Offer],
        take: Callable[[str], None],
        *,
        takes_new: bool = False,
    ) -> None:
        """Open a list in the card, and give it the keyboard; `take` gets what is chosen."""
        chooser = Chooser(self.look, hint, offers, takes_new=takes_new)

        def on_chosen(id: str) -> None:
            self.close_choice()
            take(id)

        chooser.chosen.connect(on_chosen)
        chooser.left.connect(self.close_choice)
        self.choice.show_value(chooser, lambda column: column.addWidget(chooser))
        chooser.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_choice(self) -> None:
        """Close the list, and give the keyboard back to the article."""
        self.choice.show_value(None, lambda column: None)
        self.text_asked.emit()

    # --- attributes, relations, note ---

    def attribute_rows(self) -> AttributeRows:
        """Return the part that shows the attributes of the label."""
        rows = AttributeRows(self.look)
        rows.chosen.connect(self._on_attribute_chosen)
        return rows

    def _on_attribute_chosen(self, name: str, values: tuple[str, ...]) -> None:
        label = self.label
        if isinstance(label, Entity | Event | Stance | Relation):
            kept = [pair for pair in label.attributes if pair[0] != name]
            pairs = sorted([*kept, *((name, value) for value in values)])
            self.change(replace(label, attributes=tuple(pairs)))

    def show_attributes(self, rows: AttributeRows, types: Sequence[AttributeType]) -> None:
        """Show the attributes of the label."""
        rows.show_attributes(types, _attributes(self.label), is_closed=self.is_closed)

    def relation_rows(self) -> RelationRows:
        """Return the part that shows the relations of the label."""
        rows = RelationRows(self.look)
        rows.relation_pressed.connect(self.label_asked)
        rows.removal_asked.connect(self.remove_label)
        return rows

    def show_relations(self, rows: RelationRows) -> None:
        """Show the relations of the label, each with the label at its other end."""
        rows.show_relations(
            tuple(
                RelationRow(
                    tie.relation.uid,
                    self.naming.type_of(tie.relation),
                    self.face_of(
                        tie.other,
                        self.state_of(tie.relation.uid),
                        is_removable=True,
                    ),
                )
                for tie in ties_of(self.session.pointing_to(self.uid), self.uid)
            )
        )

    def note_line(self) -> NoteLine:
        """Return the part that shows the note of the label."""
        line = NoteLine(self.look)
        line.writing_asked.connect(lambda: self.action_asked.emit("note"))
        return line

    def show_note(self, line: NoteLine) -> None:
        """Show the note of the label."""
        label = self.label
        line.show_note(label.note if label else "", is_closed=self.is_closed)


def _attributes(label: Label | None) -> Attributes:
    if isinstance(label, Entity | Event | Stance | Relation):
        return label.attributes
    return ()
