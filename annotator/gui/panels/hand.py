"""The tab of what is in hand: its card, under it what is wrong with it and what was asked about it.

A stance or a relation that is being made is a draft of this panel: nothing of it is in the file.
Cards are loaded when there is something in hand for the first time.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from annotator.core.model import Entity, Event, Extent, Relation
from annotator.gui.canvas.marks import Link
from annotator.gui.intents import AHEAD
from annotator.gui.keys import Layout
from annotator.gui.look import Look
from annotator.gui.models import mending
from annotator.gui.panels.handnotices import Closed, Nothing, Told
from annotator.gui.panels.part import clear
from annotator.gui.panels.strips import HandStrips
from annotator.gui.session import Session

if TYPE_CHECKING:
    from annotator.gui.panels.handcard import HandCard

_AFTER = 10
"""Milliseconds after a change until it is shown here: what is painted in the text goes first."""


class HandPanel(QWidget):
    """Shows the card of the label in hand, and takes clicks and keys of the text for it."""

    links_changed = Signal()
    label_asked = Signal(str)
    place_asked = Signal(int, int)
    action_asked = Signal(str)
    text_asked = Signal()  # the keyboard belongs to the article again

    def __init__(
        self, look: Look, session: Session, layout: Layout, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._session = look, session
        self._schema = session.schema
        self._card: HandCard | None = None
        self._selection: Extent = ()
        self._linked: tuple[object, ...] = ()
        self._is_opening, self._is_behind = False, False
        self._told, self._closed = Told(look), Closed(look)
        self._nothing = Nothing(look, layout)
        self._closed.action_asked.connect(self.action_asked)
        self._strips = HandStrips(look, session)
        self._strips.led_to.connect(self._on_led_to)
        self._strips.action_asked.connect(self.action_asked)
        self._place = QVBoxLayout()
        self._later = QTimer(self, singleShot=True, interval=_AFTER)
        self._later.timeout.connect(self.refresh)
        self._put_together()
        session.hand_changed.connect(self._on_hand_changed)
        session.article_shown.connect(self._on_article_shown)
        session.labels_changed.connect(self._on_labels_changed)
        session.problems_changed.connect(self._later.start)
        session.status_changed.connect(self._later.start)
        session.project_changed.connect(self._on_project_changed)
        self._on_hand_changed()

    def _put_together(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = QScrollArea()
        outer.addWidget(self._area)
        inside = QWidget()
        self._area.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._closed)
        column.addLayout(self._place)
        column.addWidget(self._told)
        column.addWidget(self._strips)
        column.addWidget(self._nothing, 1000)  # in the middle of all the room there is
        column.addStretch(1)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    # --- what the page asks for ---

    @property
    def card(self) -> "HandCard | None":
        """The card of what is in hand, or None; it shows what the session shows now."""
        if self._later.isActive():
            self.refresh()
        return self._card

    @property
    def has_draft(self) -> bool:
        """Whether a stance or a relation is being made."""
        is_draft = self._card is not None and self._card.draft is not None
        return is_draft and not self._is_behind

    def press_entity(self, uid: str) -> bool:
        """Take a label that was pressed in the text; return whether the card asked for one."""
        card = self._ready()
        return uid == AHEAD or (card is not None and card.press_entity(uid))

    def press_key(self, place: str, is_shifted: bool = False) -> bool:
        """Take a key that was pressed in the text; return whether it meant anything here."""
        card = self._ready()
        if card is None:
            return False
        if place == "escape" and card.let_go():
            return True
        return card.press_key(place, is_shifted=is_shifted)

    def fill_with_new(self, extent: Extent, type_name: str) -> bool:
        """Label `extent` and let it play the role that asks; return whether one did."""
        card = self._ready()
        return card is not None and card.fill_with_new(extent, type_name)

    def _ready(self) -> "HandCard | None":
        """Return the card; its label has the uid that the file gave, for others to point to."""
        self._session.flush()
        return self.card

    def links(self) -> list[Link]:
        """Return the arguments of the event in hand."""
        card = self.card
        return card.links() if card else []

    def numbers(self) -> dict[str, int]:
        """Return the numbers of the fillers of the event in hand, the same as in its card."""
        card = self.card
        return card.numbers() if card else {}

    def show_selection(self, extent: Extent) -> None:
        """Know what is selected in the text: it can become evidence, or a head."""
        self._selection = extent
        if self._card is not None:
            self._card.show_selection(extent)

    def begin_stance(self, extent: Extent = ()) -> None:
        """Begin a stance with `extent` as its evidence; nothing is written yet."""
        from annotator.gui.models.stances import Draft
        from annotator.gui.panels.stancecard import StanceCard

        if self._session.reading is None or self._session.is_closed:
            return
        self._show_draft(StanceCard(self._look, self._session, "", Draft(extent)))

    def begin_relation(self) -> None:
        """Begin a relation of the entity or the event in hand."""
        from annotator.gui.models import relating
        from annotator.gui.panels.relationcard import RelationCard

        source = self._session.label(self._session.hand)
        if self._session.is_closed:
            return
        if not isinstance(source, Entity | Event):
            self._tell("no_label")
            return
        types = relating.types_for(self._session.schema, source)
        if not types:
            self._tell("no_relation")
            return
        type_name = types[0].id if len(types) == 1 else ""
        draft = Relation("", type_name, source.uid, "")
        self._show_draft(RelationCard(self._look, self._session, "", draft), keeps_hand=True)

    def add_evidence(self, extent: Extent) -> None:
        """Add `extent` to the evidence of the stance in hand."""
        if self._card is not None and extent:
            self._card.add_evidence(extent)

    def choose_type(self) -> None:
        """Open the list of types for what is in hand."""
        card = self.card
        if card is not None:
            card.choose_type()

    def choose_role(self, role: str) -> None:
        """Let a role of the event in hand ask."""
        card = self.card
        if card is not None:
            card.choose_role(role)

    def mend(self) -> bool:
        """Mend the first problem of what is in hand; return whether there was one."""
        return self._strips.mend_first()

    def let_go(self) -> None:
        """Drop a draft; the session lets go of a label."""
        if self.has_draft:
            self._show(self._card_of_hand())

    # --- which card ---

    def _on_hand_changed(self) -> None:
        if self._is_opening:
            return
        self._linked = ()  # the text lets go of links at once, so they are told anew
        self._tell("")
        if not self._is_behind:
            self._is_behind = self._card is None or not self._card.adopts(self._session.hand)
        self._later.start()

    def _card_of_hand(self) -> "HandCard | None":
        if not self._session.hand:
            return None
        from annotator.gui.panels.cardof import card_of

        return card_of(self._look, self._session, self._session.hand)

    def _on_article_shown(self) -> None:
        self._is_behind = True
        self._later.start()

    def _on_project_changed(self) -> None:
        if self._schema != self._session.schema:  # else a draft would be lost for nothing
            self._schema = self._session.schema
            self._on_article_shown()

    def _on_labels_changed(self, _: set[str]) -> None:
        if self._card is not None:
            self._card.forget()
        self._later.start()

    def _show_draft(self, card: "HandCard", *, keeps_hand: bool = False) -> None:
        if not keeps_hand:
            self._is_opening = True
            self._session.take_in_hand("")
            self._is_opening = False
        self._show(card)

    def _show(self, card: "HandCard | None") -> None:
        there = self.window().focusWidget()
        if there is not None and self.isAncestorOf(there):
            self.text_asked.emit()
        clear(self._place)
        self._card = card
        self._is_behind = False
        if card is not None:
            card.action_asked.connect(self._on_action_asked)
            card.label_asked.connect(self.label_asked)
            card.place_asked.connect(self.place_asked)
            card.text_asked.connect(self.text_asked)
            card.told.connect(self._tell)
            self._place.addWidget(card)
            card.show_selection(self._selection)
            self._area.verticalScrollBar().setValue(0)
        self.refresh()

    def _on_action_asked(self, id: str) -> None:
        if id == "let_go":
            self.let_go()
            self._session.take_in_hand("")
        elif id == "relation":
            self.begin_relation()
        else:
            self.action_asked.emit(id)

    def _on_led_to(self, repair: mending.Repair) -> None:
        if repair.leads_to in (mending.TYPE, mending.CHOICE):
            self.choose_type()
        elif repair.leads_to == mending.ROLE:
            self.choose_role(repair.about)
        else:
            self.label_asked.emit(repair.label)

    # --- showing it ---

    def refresh(self) -> None:
        """Show what the session shows now."""
        self._later.stop()
        if self._is_behind:
            self._show(self._card_of_hand())
            return
        self._closed.show_status(self._session.status)
        self._nothing.show_for(self._session, is_there=self._card is None)
        if self._card is not None:
            self._card.refresh()
        self._strips.show_of(self._card.uid if self._card else "")
        card = self._card
        linked = (card.links(), card.numbers(), card.ahead()) if card else ([], {}, None)
        if linked != self._linked:
            self._linked = linked
            self.links_changed.emit()

    def _tell(self, code: str) -> None:
        self._told.tell(code)
        self._later.start()  # what the text shows of a draft may be another

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the keyboard to the first part of the card; without one it would leave the page."""
        super().focusInEvent(event)
        if self._card is not None:
            self.focusNextChild()
