"""What is drawn over an article: marks, links and stretches. Values only; no Qt, no project.

Offsets are code points of the article, half-open, in logical order. Whoever makes marks out of
labels decides what they say; the canvas decides where that has room.
"""

import msgspec


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A label as it is drawn. Chips say the longest of `name` and `short` that has room.

    A msgspec struct as labels are: an article may have 20,000.
    """

    uid: str
    kind: str  # "entity", "event", "evidence"
    spans: tuple[tuple[int, int], ...]
    name: str
    short: str = ""
    code: str = ""
    slot: str = ""  # of an entity; events and evidence have their own ink
    sign: str = ""  # of evidence: "+", "=", "−"
    tone: str = ""  # of evidence: "favor", "against", "neutral"
    is_pending: bool = False
    is_unsaved: bool = False
    is_doubtful: bool = False
    has_problem: bool = False
    is_suggested: bool = False
    number: int = 0  # disc of a filler of the event in hand; 0: none


class Link(msgspec.Struct, frozen=True):
    """An argument of the event in hand: the uids of both ends and the role's name as shown."""

    trigger: str
    filler: str
    role: str


class Stretch(msgspec.Struct, frozen=True):
    """A region as it is drawn: its role, the role's name as shown, and whether one labels in it."""

    start: int
    end: int
    role: str
    name: str
    is_annotatable: bool
