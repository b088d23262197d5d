"""What is done to a stance in hand, or to one that is being made."""

from annotator.core.model import AUTHOR, Extent, Party, Stance, replace
from annotator.gui.intents import AHEAD
from annotator.gui.look import Look
from annotator.gui.models import stances
from annotator.gui.models.stances import Draft
from annotator.gui.panels.offers import label_offers
from annotator.gui.panels.stanceview import NAMES, NEAR, StanceView
from annotator.gui.session import Session

_FIRST_LIST = 200


class StanceCard(StanceView):
    """A draft asks for its parts in turn, and is written when it has a target and a value."""

    kind = Stance

    def __init__(self, look: Look, session: Session, uid: str, draft: Draft | None = None) -> None:
        super().__init__(look, session, uid, draft)
        self.sentence.pressed.connect(self.choose_part)
        self.near.taken.connect(self.say_part)
        self.near.list_asked.connect(self.choose_from_list)
        self.values.chosen.connect(self.say_part)
        self.voice.chosen.connect(self.choose_voice)
        self.evidence.place_asked.connect(self.place_asked)
        self.evidence.removal_asked.connect(self.remove_evidence)
        self.evidence.addition_asked.connect(self.add_selection)

    def ahead(self) -> Stance | None:
        """Return the draft as a stance, where it has evidence that can be drawn."""
        draft = self.draft
        if draft is None or not draft.evidence:
            return None
        target = draft.target or Party("topic")
        holder = draft.holder or AUTHOR
        return Stance(AHEAD, holder, target, draft.value, draft.voice_said, draft.evidence)

    # --- saying a part ---

    def choose_part(self, part: str) -> None:
        """Let a part ask; pressed again it does no longer."""
        self.chosen = "" if part == self.chosen else part
        self.told.emit("")
        self.refresh()

    def choose_type(self) -> None:
        """Let the value ask."""
        self.choose_part("value")

    def say_part(self, given: str) -> None:
        """Say the part that asks."""
        if self.asking:
            self._put(self.asking, given)

    def choose_voice(self, voice: str) -> None:
        """Say whose voice it is told in."""
        self._put("voice", voice)

    def _put(self, part: str, given: str) -> None:
        self.told.emit("")
        self.chosen = ""
        if self.draft is not None:
            self.draft = stances.said(self.draft, part, given)
            self._write_draft(self.draft)
        elif self.in_hand is not None:
            self._write_change(stances.changed(self.in_hand, part, given))

    def _write_draft(self, draft: Draft) -> None:
        """Write a whole draft; where the same stance is there, open that and add the evidence.

        As long as nobody said whose it is, a stance of the paper that is there already is not
        taken for meant.
        """
        if not draft.is_whole or draft.target is None:
            self.refresh()
            return
        holder = draft.holder or AUTHOR
        there = self._same(holder, draft.target, draft.voice_said)
        if there is None:
            self._add(draft, holder, draft.target)
        elif draft.holder is None and "holder" not in self.passed:
            self.refresh()
        else:
            self._open(there, draft.evidence)

    def _same(self, holder: Party, target: Party, voice: str, but: str = "") -> Stance | None:
        labels = self.session.shown_labels().values()
        return stances.same(labels, holder, target, voice, but)

    def _add(self, draft: Draft, holder: Party, target: Party) -> None:
        if draft.holder is None and "holder" not in self.passed:
            self.chosen = "holder"  # it goes on being asked when the stance is written
        intent = self.session.intents.add_stance(
            target, draft.value, holder=holder, voice=draft.voice_said, evidence=draft.evidence
        )
        self.session.do(intent)

    def _open(self, stance: Stance, evidence: Extent) -> None:
        reading = self.session.reading
        whole = stances.together(reading.text, stance.evidence, evidence) if reading else ()
        if evidence and whole != stance.evidence:
            self.session.do(self.session.intents.change(replace(stance, evidence=whole)))
        self.label_asked.emit(stance.uid)
        self.told.emit("stance_opened")

    def _write_change(self, stance: Stance) -> None:
        there = self._same(stance.holder, stance.target, stance.voice, stance.uid)
        if there is not None:
            self.label_asked.emit(there.uid)
            self.told.emit("stance_opened")
        else:
            self.change(stance)

    # --- evidence ---

    def show_selection(self, selection: Extent) -> None:
        """Offer what is selected as evidence."""
        self.selection = selection
        self.refresh()

    def add_selection(self) -> None:
        """Take what is selected as more evidence."""
        if self.can_add:
            self.add_evidence(self.selection)

    def add_evidence(self, extent: Extent) -> None:
        """Take `extent` as more evidence."""
        reading = self.session.reading
        if reading is not None and not self.is_closed:
            self._set_evidence(stances.together(reading.text, self.current().evidence, extent))

    def remove_evidence(self, n: int) -> None:
        """Leave a piece of evidence out, counted from 0."""
        self._set_evidence(stances.without(self.current().evidence, n))

    def _set_evidence(self, evidence: Extent) -> None:
        self.told.emit("")
        stance = self.in_hand
        if self.draft is not None:
            self.draft = replace(self.draft, evidence=evidence)
            self.refresh()
        elif stance is not None and evidence != stance.evidence:
            self.change(replace(stance, evidence=evidence))

    # --- what the panel asks ---

    def press_entity(self, uid: str) -> bool:
        """Take a label as the part that asks, or in a draft as the other party it can be."""
        label = self.session.label(uid)
        if label is None:
            return False
        for part in self._open_parts():
            if not stances.why_not(self.session.schema, part, label):
                self._put(part, stances.spelled(Party(stances.kind_of(label), uid)))
                return True
        return False

    def _open_parts(self) -> list[str]:
        """Return the parts that a label may be said for, the one that asks first."""
        parts = [self.asking] if self.asking in ("holder", "target") else []
        if self.draft is not None:
            said = {"holder": self.draft.holder, "target": self.draft.target}
            parts += [part for part in said if said[part] is None and part not in parts]
        return [] if self.is_closed else parts

    def press_key(self, place: str, *, is_shifted: bool) -> bool:
        """Take digits, Return for the next part, and Shift with S for more evidence."""
        if is_shifted:
            return self._press_shifted(place)
        if place == "return" and not self.is_closed:
            asking = self.asking
            self.passed |= {asking}
            self.chosen = stances.following(asking)
            self.refresh()
            return True
        if not place.isdecimal() or not self.asking:
            return False
        if place == "0":
            self.choose_from_list()
            return True
        return self._take_number(int(place))

    def _press_shifted(self, place: str) -> bool:
        evidence = self.current().evidence
        if place == "s" and self.can_add:
            self.add_selection()
            return True
        if place.isdecimal() and 1 <= int(place) <= len(evidence) and not self.is_closed:
            self.remove_evidence(int(place) - 1)
            return True
        return False

    def _take_number(self, number: int) -> bool:
        words = [stances.spelled(party) for party in self.parties(NEAR)[:NEAR]]
        if self.asking == "value":
            words = list(self.session.schema.stance_values)
        if not 1 <= number <= len(words):
            return False
        self.say_part(words[number - 1])
        return True

    def choose_from_list(self) -> None:
        """Open the list of all that the part that asks can be."""
        parties = self.parties(_FIRST_LIST)
        found = (self.session.label(party.ref) for party in parties)
        labels = [label for label in found if label is not None]
        if labels:
            offers = label_offers(self.naming, labels)
            self.open_choice(self.text(NAMES[self.asking]), offers, self._take)

    def _take(self, uid: str) -> None:
        label = self.session.label(uid)
        if label is not None:
            self.say_part(stances.spelled(Party(stances.kind_of(label), uid)))
