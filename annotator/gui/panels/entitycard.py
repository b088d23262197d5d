"""The entity in hand: type, subtype, attributes, the name that it shares, its head."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.core.labelschema import EntityType
from annotator.core.model import Entity, Extent, replace
from annotator.gui.look import Look
from annotator.gui.models import links
from annotator.gui.models.drawing import name_of
from annotator.gui.models.filling import DIGITS
from annotator.gui.models.naming import quote_of
from annotator.gui.panels.chooser import Offer
from annotator.gui.panels.handcard import HandCard
from annotator.gui.panels.offers import entity_types
from annotator.gui.panels.part import Part
from annotator.gui.panels.rolerows import Near, NearRow
from annotator.gui.panels.wells import WellButton, WellFace
from annotator.gui.session import Session
from annotator.gui.widgets.card import FormRow
from annotator.gui.widgets.chip import ChipFace


class EntityCard(HandCard):
    """Digits choose the subtype, the same one again takes it back."""

    kind = Entity

    def __init__(self, look: Look, session: Session, uid: str) -> None:
        super().__init__(look, session, uid)
        self._selection: Extent = ()
        self.subtypes = NearRow(look)
        self.subtypes.taken.connect(self.choose_subtype)
        self.attributes, self.relations = self.attribute_rows(), self.relation_rows()
        self.particulars = Part(2)
        self.note = self.note_line()
        self.add_parts(self.subtypes, self.attributes, self.particulars, self.relations, self.note)

    @property
    def in_hand(self) -> Entity | None:
        """The entity as it is shown."""
        label = self.label
        return label if isinstance(label, Entity) else None

    def _type(self) -> EntityType | None:
        entity = self.in_hand
        return self.session.schema.entity_types.get(entity.type) if entity else None

    def refresh(self) -> None:
        """Show the entity as it is."""
        entity, type_ = self.in_hand, self._type()
        if entity is None:
            return
        slot = self.naming.slot(entity) or "o3"
        self.show_head("entity", ChipFace(self.naming.type_of(entity), "entity", slot))
        self._show_subtypes(entity, type_)
        self.show_attributes(self.attributes, type_.attributes if type_ else ())
        self._show_particulars(entity)
        self.show_relations(self.relations)
        self.show_note(self.note)

    def _show_subtypes(self, entity: Entity, type_: EntityType | None) -> None:
        known = type_.subtypes if type_ else ()
        wells = [
            Near(
                item.id,
                WellFace(
                    name_of(self.look.language, item),
                    is_quote=False,
                    key=str(n) if n <= DIGITS else "",
                    is_on=item.id == entity.subtype,
                ),
            )
            for n, item in enumerate(known, 1)
        ]
        if entity.subtype and entity.subtype not in [item.id for item in known]:
            face = WellFace(entity.subtype, is_quote=False, is_on=True, state="wrong")
            wells.append(Near(entity.subtype, face))
        self.subtypes.show_near(tuple(wells), is_closed=self.is_closed)

    def choose_subtype(self, subtype: str) -> None:
        """Give the entity a subtype; the one that it has is taken back."""
        entity = self.in_hand
        if entity is not None and not self.is_closed:
            chosen = "" if subtype == entity.subtype else subtype
            self.change(replace(entity, subtype=chosen))

    def press_key(self, place: str, *, is_shifted: bool) -> bool:
        """Take a digit as the number of a subtype."""
        type_ = self._type()
        known = type_.subtypes if type_ else ()
        if is_shifted or not place.isdecimal() or not 1 <= int(place) <= len(known):
            return False
        self.choose_subtype(known[int(place) - 1].id)
        return True

    # --- the shared name and the head ---

    def show_selection(self, selection: Extent) -> None:
        """Offer what is selected as the head, where it lies in the entity."""
        self._selection = selection
        entity = self.in_hand
        if entity is not None:
            self._show_particulars(entity)

    def _show_particulars(self, entity: Entity) -> None:
        names = links.names_for(self.session.shown_labels().values(), entity)
        likely = "" if entity.link else self._likely(entity)
        head = entity.head[0].quote if entity.head else ""
        offered = "" if head else self._selected_head(entity)
        value = (entity.link, likely, bool(names), head, offered, self.is_closed)

        def build(column: QVBoxLayout) -> None:
            if entity.link or not self.is_closed:
                wells = self._link_wells(entity.link, likely)
                column.addWidget(FormRow(self.look, self.text("Link"), wells))
            if head or offered:
                well = self._head_well(head, offered)
                column.addWidget(FormRow(self.look, self.text("Head"), well))

        self.particulars.show_value(value, build)

    def _likely(self, entity: Entity) -> str:
        return links.likely_name(self.session.shown_labels().values(), entity)

    def _link_wells(self, link: str, likely: str) -> QWidget:
        if likely:
            face = WellFace(likely, is_quote=False, state="empty", name=self.text("Take this name"))
            well = self._well(face, "likely_link")
            well.clicked.connect(lambda: self.set_link(likely))
            return well
        face = WellFace(
            link or self.text("Give a name"),
            is_quote=False,
            state="" if link else "empty",
            is_removable=bool(link) and not self.is_closed,
            name=self.text("Name shared across articles"),
        )
        well = self._well(face, "link")
        well.clicked.connect(self.choose_link)
        well.removal_asked.connect(lambda: self.set_link(""))
        return well

    def _well(self, face: WellFace, name: str) -> WellButton:
        well = WellButton(self.look, face)
        well.setObjectName(name)
        well.setEnabled(not self.is_closed)
        return well

    def choose_link(self) -> None:
        """Open the list of the names that the entities here share; a new one can be typed."""
        entity = self.in_hand
        if entity is not None and not self.is_closed:
            names = links.names_for(self.session.shown_labels().values(), entity)
            offers = [Offer(name, name) for name in names]
            hint = self.text("Name shared across articles")
            self.open_choice(hint, offers, self.set_link, takes_new=True)

    def set_link(self, name: str) -> None:
        """Let the entity share `name`, or none."""
        entity = self.in_hand
        if entity is not None and name != entity.link:
            self.change(replace(entity, link=name))

    def _selected_head(self, entity: Entity) -> str:
        """Return the selection where it lies in the entity and is less than that."""
        if len(self._selection) != 1 or self._selection == entity.extent:
            return ""
        start, end, quote = self._selection[0]
        is_inside = any(span.start <= start and end <= span.end for span in entity.extent)
        return quote if is_inside else ""

    def _head_well(self, head: str, offered: str) -> QWidget:
        said = head or self.text(
            "Make it the head: {quote}", quote=self.look.language.quoted(offered)
        )
        face = WellFace(
            said,
            is_quote=bool(head),
            state="" if head else "empty",
            is_removable=bool(head) and not self.is_closed,
        )
        well = self._well(face, "head")
        well.clicked.connect(self._show_head_place if head else self.take_head)
        well.removal_asked.connect(lambda: self._set_head(()))
        return well

    def _show_head_place(self) -> None:
        entity = self.in_hand
        if entity is not None and entity.head:
            self.place_asked.emit(entity.head[0].start, entity.head[-1].end)

    def take_head(self) -> None:
        """Make the selection the head of the entity."""
        entity = self.in_hand
        if entity is not None and self._selected_head(entity):
            self._set_head(self._selection)

    def _set_head(self, head: Extent) -> None:
        entity = self.in_hand
        if entity is not None:
            self.change(replace(entity, head=head))

    # --- the type ---

    def choose_type(self) -> None:
        """Open the list of the types of entities."""
        entity = self.in_hand
        if entity is not None and not self.is_closed:
            hint = self.text("Type of “{quote}”", quote=quote_of(entity))
            self.open_choice(hint, entity_types(self.naming), self._retype)

    def _retype(self, type_name: str) -> None:
        entity = self.in_hand
        if entity is not None and type_name != entity.type:
            self.session.do(self.session.intents.retype(entity, type_name))
