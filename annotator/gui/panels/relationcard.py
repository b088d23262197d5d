"""The relation in hand, or one that is being made: source, type, target."""

from annotator.core.labelschema import RelationType
from annotator.core.model import Entity, Event, Relation, replace
from annotator.gui.look import Look
from annotator.gui.models import relating
from annotator.gui.models.drawing import name_of
from annotator.gui.models.filling import DIGITS, Filler, near
from annotator.gui.panels.chooser import Offer
from annotator.gui.panels.handcard import HandCard
from annotator.gui.panels.offers import label_offers
from annotator.gui.panels.rolerows import Near, NearRow
from annotator.gui.panels.sentence import Clause, Sentence
from annotator.gui.panels.wells import WellFace
from annotator.gui.session import Session
from annotator.i18n import marked

_NEAR = 6
_FIRST_LIST = 200
_NAMES = {
    "source": marked("Source"),
    "type": marked("Relation"),
    "target": marked("Target of the relation"),
}
_HINTS = {
    "type": marked("Choose the relation: press its number."),
    "source": marked("Press the source in the text, or its number."),
    "target": marked("Press the other end in the text, or its number."),
}


class RelationCard(HandCard):
    """A draft asks for its type, where several are allowed, then for its target."""

    kind = Relation

    def __init__(
        self, look: Look, session: Session, uid: str, draft: Relation | None = None
    ) -> None:
        super().__init__(look, session, uid)
        self.draft: Relation | None = draft
        self._chosen = ""
        self.sentence, self.near = Sentence(look), NearRow(look)
        self.sentence.pressed.connect(self.choose_part)
        self.near.taken.connect(self.take)
        self.near.list_asked.connect(self.choose_from_list)
        self.attributes, self.note = self.attribute_rows(), self.note_line()
        self.add_parts(self.sentence, self.near, self.attributes, self.note)

    @property
    def in_hand(self) -> Relation | None:
        """The relation as it is shown, or as far as it has come."""
        label = self.label if self.draft is None else self.draft
        return label if isinstance(label, Relation) else None

    @property
    def asking(self) -> str:
        """The part that asks: source, type, target or ""."""
        if self.is_closed or self.draft is None:
            return "" if self.is_closed else self._chosen
        if self._chosen:
            return self._chosen
        return "target" if self.draft.type else "type"

    def refresh(self) -> None:
        """Show the relation as it is."""
        relation = self.in_hand
        if relation is None:
            return
        is_draft = self.draft is not None
        self.show_head(
            "draft_relation" if is_draft else "relation", state="draft" if is_draft else ""
        )
        self.sentence.show_clauses(
            self._clauses(relation), hint=self._hint(relation), is_closed=self.is_closed
        )
        self._show_near()
        type_ = self.session.schema.relation_types.get(relation.type)
        types = type_.attributes if type_ and not is_draft else ()
        self.show_attributes(self.attributes, types)
        self.show_note(self.note)

    def _clauses(self, relation: Relation) -> tuple[Clause, ...]:
        wrong = {"wrong"} & {self.state_of(self.uid)} if self.draft is None else set()
        state = next(iter(wrong), "")
        return (
            self._end("source", relation.source, state),
            self._clause("type", self.naming.type_of(relation) if relation.type else ""),
            self._end("target", relation.target, state),
        )

    def _clause(self, part: str, said: str) -> Clause:
        name = self.text(_NAMES[part])
        state = "asking" if self.asking == part else "" if said else "empty"
        face = WellFace(said or name, is_quote=False, is_strong=bool(said), state=state)
        return Clause(part, name, face)

    def _end(self, part: str, uid: str, state: str) -> Clause:
        if not uid:
            return self._clause(part, "")
        asking = "asking" if self.asking == part else state
        return Clause(part, self.text(_NAMES[part]), self.face_of(uid, asking))

    def _hint(self, relation: Relation) -> str:
        if self.asking:
            return self.text(_HINTS[self.asking])
        type_ = self.session.schema.relation_types.get(relation.type)
        is_symmetric = type_ is not None and type_.symmetric
        return (
            self.text("Symmetric: it makes no difference which end is first.")
            if is_symmetric
            else ""
        )

    # --- what can be taken ---

    def _offers(self, n: int) -> list[Near]:
        """Return what the part that asks can be."""
        if self.asking == "type":
            return [
                Near(type_.id, WellFace(name_of(self.look.language, type_), is_quote=False))
                for type_ in self._types()
            ][:n]
        return [Near(label.uid, self.face_of(label.uid)) for label in self._labels(n)]

    def _types(self) -> list[RelationType]:
        relation = self.in_hand
        source = self.session.label(relation.source) if relation else None
        return list(relating.types_for(self.session.schema, source)) if source else []

    def _labels(self, n: int) -> list[Filler]:
        relation, labels = self.in_hand, self.session.shown_labels()
        if relation is None or self.asking not in ("source", "target"):
            return []
        if self.asking == "target":
            return relating.others(self.session.schema, labels, relation, n)
        other = labels.get(relation.target)
        place = other.extent if isinstance(other, Entity | Event) else ()
        return near(labels.values(), place, n, lambda one: self._why_not("source", one.uid) == "")

    def _show_near(self) -> None:
        found = self._offers(_NEAR + 1)
        numbered = tuple(
            Near(one.id, _with_key(one.face, n)) for n, one in enumerate(found[:_NEAR], 1)
        )
        self.near.show_near(numbered, has_more=len(found) > _NEAR)

    def choose_from_list(self) -> None:
        """Open the list of all that the part that asks can be."""
        if self.asking == "type":
            offers = [
                Offer(type_.id, name_of(self.look.language, type_), (type_.id, type_.ar, type_.en))
                for type_ in self._types()
            ]
        else:
            offers = label_offers(self.naming, self._labels(_FIRST_LIST))
        if offers:
            self.open_choice(self.text(_NAMES[self.asking]), offers, self.take)

    # --- saying a part ---

    def choose_part(self, part: str) -> None:
        """Let a part ask."""
        self._chosen = "" if part == self._chosen else part
        self.told.emit("")
        self.refresh()

    def choose_type(self) -> None:
        """Let the type ask."""
        self.choose_part("type")

    def take(self, given: str) -> None:
        """Say the part that asks."""
        relation, part = self.in_hand, self.asking
        if relation is None or not part:
            return
        changed = _said(relation, part, given)
        why = self._why_not_this(changed) if changed.target and changed.type else ""
        self.told.emit(why)
        if why:
            return
        self._chosen = ""
        if self.draft is not None and not (changed.target and changed.type):
            self.draft = changed
            self.refresh()
        elif self.draft is not None:
            ends = changed.source, changed.target
            self.session.do(self.session.intents.relate(changed.type, *ends))
        else:
            self.session.do(self.session.intents.change(changed))

    def _why_not(self, part: str, uid: str) -> str:
        relation = self.in_hand
        return self._why_not_this(_said(relation, part, uid)) if relation else "unknown_label"

    def _why_not_this(self, relation: Relation) -> str:
        return relating.why_not(self.session.schema, self.session.shown_labels(), relation)

    def press_entity(self, uid: str) -> bool:
        """Take a label as the end that asks; one that cannot be it is told."""
        if self.asking not in ("source", "target"):
            return False
        self.take(uid)
        return True

    def press_key(self, place: str, *, is_shifted: bool) -> bool:
        """Take a digit as the number of what can be taken, and zero as the whole list."""
        if is_shifted or not self.asking or not place.isdecimal():
            return False
        if place == "0":
            self.choose_from_list()
            return True
        found = self._offers(_NEAR)
        if int(place) > len(found):
            return False
        self.take(found[int(place) - 1].id)
        return True


def _said(relation: Relation, part: str, given: str) -> Relation:
    if part == "type":
        return replace(relation, type=given)
    if part == "source":
        return replace(relation, source=given)
    return replace(relation, target=given)


def _with_key(face: WellFace, n: int) -> WellFace:
    return replace(face, key=str(n) if n <= DIGITS else "")
