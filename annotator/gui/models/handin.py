"""What goes with a hand-in and what went, in sentences. Pure."""

from dataclasses import dataclass, field

from annotator.core.model import STATUSES
from annotator.gui.models.statuses import status_name
from annotator.i18n import Language
from annotator.services.handing_in import HandInReport


@dataclass(frozen=True, slots=True)
class Going:
    """What would go: layers, operations, and how far the articles that were assigned have come."""

    layers: int
    operations: int
    statuses: dict[str, int] = field(default_factory=dict)

    @property
    def unfinished(self) -> int:
        """How many assigned articles are neither done nor skipped."""
        return self.statuses.get("new", 0) + self.statuses.get("started", 0)


def what_goes(language: Language, going: Going) -> str:
    """Return the layers and operations that would go."""
    if not going.operations:
        return language.text("Nothing was labelled in this file yet.")
    return language.text("What goes: {parts}", parts=_parts(language, going))


def how_far(language: Language, going: Going) -> str:
    """Return how many of the assigned articles have which status; empty where none is assigned."""
    told = [
        f"{status_name(status, language)}: {going.statuses[status]}"
        for status in STATUSES
        if going.statuses.get(status)
    ]
    return " · ".join(told)


def unfinished(language: Language, going: Going) -> str:
    """Return what is said of articles that are not finished; empty where all are."""
    if not going.unfinished:
        return ""
    return language.text(
        "Not finished: {n}. You can go on labelling and hand in again.", n=going.unfinished
    )


def went(language: Language, report: HandInReport) -> str:
    """Return what is in the bundle."""
    return language.text("Handed in: {parts}.", parts=_parts(language, report))


def _parts(language: Language, told: Going | HandInReport) -> str:
    return language.listed(
        (
            language.plural("{n} layer", "{n} layers", told.layers),
            language.plural("{n} operation", "{n} operations", told.operations),
        )
    )


def in_fours(fingerprint: str) -> str:
    """Return a fingerprint in groups of four, to be read out.

    >>> in_fours("0123456789ab")
    '0123 4567 89ab'
    """
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))
