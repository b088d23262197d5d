"""How a stance looks in hand, or one that is being made: a sentence, then evidence, then voice."""

from annotator.core.model import Extent, Party, Stance, replace
from annotator.gui.look import Look
from annotator.gui.models import stances
from annotator.gui.models.stances import Draft
from annotator.gui.panels.handcard import HandCard
from annotator.gui.panels.rolerows import Near, NearRow
from annotator.gui.panels.sentence import Clause, Sentence
from annotator.gui.panels.stanceparts import EvidenceRows, ValueRow, VoiceRow, chip_of
from annotator.gui.panels.wells import WellFace
from annotator.gui.session import Session
from annotator.i18n import marked

NEAR = 7
"""How many parties have a digit; the rest is in the list."""
NAMES = {"holder": marked("Holder"), "value": marked("Value"), "target": marked("Target")}
_HINTS = {
    "holder": marked("Whose stance? Press an entity or a number; Enter leaves it to the paper."),
    "target": marked("On what? Press its number, or a label in the text."),
    "value": marked("Which stance? Press its number."),
}


class StanceView(HandCard):
    """Shows the stance `uid`, or a draft. At most one of its parts asks."""

    def __init__(self, look: Look, session: Session, uid: str, draft: Draft | None = None) -> None:
        super().__init__(look, session, uid)
        self.draft: Draft | None = draft
        self.chosen = ""
        self.passed: frozenset[str] = frozenset()
        self.selection: Extent = ()
        self.sentence, self.near = Sentence(look), NearRow(look)
        self.values = ValueRow(look, session.schema)
        self.evidence, self.voice = EvidenceRows(look), VoiceRow(look)
        self.attributes, self.note = self.attribute_rows(), self.note_line()
        self.add_parts(self.sentence, self.near, self.values, self.evidence, self.voice)
        self.add_parts(self.attributes, self.note)

    # --- what is there ---

    @property
    def in_hand(self) -> Stance | None:
        """The stance as it is shown; None for a draft."""
        label = self.label
        return label if isinstance(label, Stance) and self.draft is None else None

    def current(self) -> Draft:
        """Return what is said so far."""
        if self.draft is not None:
            return self.draft
        stance = self.in_hand
        if stance is None:
            return Draft()
        return Draft(stance.evidence, stance.holder, stance.target, stance.type, stance.voice)

    @property
    def asking(self) -> str:
        """The part that asks: holder, target, value or ""."""
        if self.is_closed or self.draft is None or self.chosen:
            return "" if self.is_closed else self.chosen
        return stances.asked(self.draft, self.passed)

    # --- showing it ---

    def refresh(self) -> None:
        """Show the stance as it is."""
        if self.draft is None and self.in_hand is None:
            return
        is_draft = self.draft is not None
        self.show_head("draft_stance" if is_draft else "stance", state="draft" if is_draft else "")
        hint = self.text(_HINTS[self.asking]) if self.asking else ""
        self.sentence.show_clauses(self._clauses(), hint=hint, is_closed=self.is_closed)
        self._show_offers()
        current = self.current()
        self.evidence.show_evidence(
            current.evidence, can_add=self.can_add, is_closed=self.is_closed
        )
        self.voice.show_voice(current.voice_said, is_closed=self.is_closed)
        types = () if is_draft else self.session.schema.stance.attributes
        self.show_attributes(self.attributes, types)
        self.show_note(self.note)

    def _clauses(self) -> tuple[Clause, ...]:
        current = self.current()
        return (
            self._party("holder", current.holder),
            self._value(current.value),
            self._party("target", current.target),
        )

    def _party(self, part: str, party: Party | None) -> Clause:
        name = self.text(NAMES[part])
        is_asking = self.asking == part
        if party is None:
            face = WellFace(name, is_quote=False, state="asking" if is_asking else "empty")
            return Clause(part, name, face)
        face = self.face_of_party(party)
        state = "asking" if is_asking else face.state
        return Clause(part, name, replace(face, state=state, is_strong=True))

    def face_of_party(self, party: Party, key: str = "") -> WellFace:
        """Return the well of a holder or a target."""
        if party.kind in ("entity", "event"):
            return self.face_of(party.ref, key=key)
        said = self.naming.party(party, self.session.shown_labels())
        return WellFace(said, is_quote=False, key=key)

    def _value(self, value: str) -> Clause:
        part = "value"
        name = self.text(NAMES[part])
        is_asking = self.asking == "value"
        if not value:
            face = WellFace(name, is_quote=False, state="asking" if is_asking else "empty")
            return Clause("value", name, face)
        said = self.naming.value(value)
        face = WellFace(said, is_quote=False, is_strong=True, state="asking" if is_asking else "")
        chip = chip_of(self.session.schema, value, said)
        return Clause("value", f"{name}: {said}", face, chip, is_asking)

    def _show_offers(self) -> None:
        found = self.parties(NEAR + 1)
        near = tuple(
            Near(stances.spelled(party), self.face_of_party(party, str(n)))
            for n, party in enumerate(found[:NEAR], 1)
        )
        self.near.show_near(near, has_more=len(found) > NEAR)
        is_value = self.asking == "value"
        self.values.show_values(self._names() if is_value else {}, self.current().value)

    def _names(self) -> dict[str, str]:
        return {id: self.naming.value(id) for id in self.session.schema.stance_values}

    def parties(self, n: int) -> list[Party]:
        """Return what the part that asks can be."""
        current, labels = self.current(), self.session.shown_labels()
        place = stances.place_of(current, labels)
        if self.asking == "holder":
            return stances.holders(self.session.schema, labels, place, n)
        if self.asking != "target":
            return []
        holder = current.holder.ref if current.holder else ""
        found = stances.targets(self.session.schema, labels, place, n + 1)
        return [party for party in found if not holder or party.ref != holder]

    @property
    def can_add(self) -> bool:
        """Whether something is selected that can become evidence."""
        return bool(self.selection) and not self.is_closed
