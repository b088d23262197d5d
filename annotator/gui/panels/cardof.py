"""Which card shows which kind of label."""

from annotator.core.model import Argument
from annotator.gui.look import Look
from annotator.gui.panels.entitycard import EntityCard
from annotator.gui.panels.eventcard import EventCard
from annotator.gui.panels.handcard import HandCard
from annotator.gui.panels.relationcard import RelationCard
from annotator.gui.panels.stancecard import StanceCard
from annotator.gui.session import Session

_CARDS: tuple[type[HandCard], ...] = (EventCard, EntityCard, StanceCard, RelationCard)


def card_of(look: Look, session: Session, uid: str) -> HandCard | None:
    """Return a new card for the label `uid`, of an argument that of its event; None where none is.

    Answers are not shown in hand.
    """
    label = session.label(uid)
    if isinstance(label, Argument):
        return card_of(look, session, label.event)
    return next((card(look, session, uid) for card in _CARDS if isinstance(label, card.kind)), None)
