"""Which card shows which kind of label."""

from annotator.core.model import Argument, Entity, Event, Label, Relation, Stance
from annotator.gui.intents import PROVISIONAL
from annotator.gui.look import Look
from annotator.gui.panels.entitycard import EntityCard
from annotator.gui.panels.eventcard import EventCard
from annotator.gui.panels.handcard import HandCard
from annotator.gui.panels.relationcard import RelationCard
from annotator.gui.panels.stancecard import StanceCard
from annotator.gui.session import Session

_CARDS: tuple[tuple[type[Label], type[HandCard]], ...] = (
    (Event, EventCard),
    (Entity, EntityCard),
    (Stance, StanceCard),
    (Relation, RelationCard),
)


def card_of(look: Look, session: Session, uid: str) -> HandCard | None:
    """Return a new card for the label `uid`, of an argument that of its event; None where none is.

    Answers are not shown in hand.
    """
    label = session.label(uid)
    if isinstance(label, Argument):
        return card_of(look, session, label.event)
    for kind, card in _CARDS:
        if isinstance(label, kind):
            return card(look, session, uid)
    return None


def adopts(card: HandCard | None, session: Session, uid: str) -> bool:
    """Let `card` go on with `uid`, where that is what it has just made; return whether it was."""
    label = session.label(uid)
    if card is None or label is None or session.label(card.uid) is not None:
        return False
    is_its_kind = any(isinstance(label, kind) and isinstance(card, one) for kind, one in _CARDS)
    if not is_its_kind or not (card.uid.startswith(PROVISIONAL) or has_draft(card)):
        return False
    card.uid = uid
    if isinstance(card, StanceCard | RelationCard):
        card.draft = None
    card.forget()
    return True


def has_draft(card: HandCard | None) -> bool:
    """Whether `card` shows something of which nothing is written."""
    return isinstance(card, StanceCard | RelationCard) and card.draft is not None
