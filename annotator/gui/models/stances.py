"""Stances: what is still to be said of one, who may hold it, what it may be about. Pure."""

from collections.abc import Iterable, Mapping

import msgspec

from annotator.core.labelschema import LabelSchema, Named
from annotator.core.model import (
    AUTHOR,
    Entity,
    Event,
    Extent,
    Label,
    Party,
    Stance,
    extent_at,
    extent_of,
    replace,
)
from annotator.gui.models.filling import fits, near, taking

PARTS = ("holder", "target", "value")
"""What has to be said of a stance, in the order in which it is asked."""


class Draft(msgspec.Struct, frozen=True):
    """A stance of which nothing is written yet; what was not said is None or ""."""

    evidence: Extent = ()
    holder: Party | None = None
    target: Party | None = None
    value: str = ""
    voice: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it says enough to be written: the holder is the author unless one is given."""
        return self.target is not None and self.value != ""

    @property
    def voice_said(self) -> str:
        """The voice that was chosen, else the one that goes with the holder."""
        return self.voice or voice_of(self.holder or AUTHOR)


def voice_of(holder: Party) -> str:
    """Return the voice of a holder unless another is chosen: others are reported.

    >>> voice_of(AUTHOR), voice_of(Party("entity", "E1"))
    ('author', 'reported')
    """
    return "author" if holder.kind == "author" else "reported"


def asked(draft: Draft, passed: frozenset[str] = frozenset()) -> str:
    """Return the part of `draft` that is to be said next, or ""; the holder may be passed over."""
    said = {"holder": draft.holder, "target": draft.target, "value": draft.value}
    open_ones = [part for part in PARTS if not said[part]]
    waiting = [part for part in open_ones if part not in passed]
    return next(iter(waiting + open_ones), "")


def following(part: str) -> str:
    """Return the part that comes after `part`, going round.

    >>> following(""), following("holder"), following("value")
    ('holder', 'target', 'holder')
    """
    return PARTS[(PARTS.index(part) + 1) % len(PARTS)] if part in PARTS else PARTS[0]


def said(draft: Draft, part: str, given: str) -> Draft:
    """Return `draft` with a part said; parties are spelled as `spelled` does."""
    if part == "value":
        return replace(draft, value=given)
    if part == "voice":
        return replace(draft, voice=given)
    party = party_from(given)
    return replace(draft, holder=party) if part == "holder" else replace(draft, target=party)


def spelled(party: Party) -> str:
    """Return a party in one word.

    >>> spelled(AUTHOR), spelled(Party("topic", "peace")), party_from("topic:peace")
    ('author:', 'topic:peace', Party(kind='topic', ref='peace'))
    """
    return f"{party.kind}:{party.ref}"


def party_from(word: str) -> Party:
    """Return the party that `spelled` spelled so."""
    kind, _, ref = word.partition(":")
    return Party(kind, ref)


def same(
    labels: Iterable[Label], holder: Party, target: Party, voice: str, but: str = ""
) -> Stance | None:
    """Return the stance that says who, about what and in which voice; one a layer can be there."""
    others = (label for label in labels if isinstance(label, Stance) and label.uid != but)
    for stance in others:
        if (stance.holder, stance.target, stance.voice) == (holder, target, voice):
            return stance
    return None


def changed(stance: Stance, part: str, given: str) -> Stance:
    """Return `stance` with a part changed; a voice that went with the holder goes on doing so."""
    if part == "value":
        return replace(stance, type=given)
    if part == "voice":
        return replace(stance, voice=given)
    party = party_from(given)
    if part == "target":
        return replace(stance, target=party)
    is_usual = stance.voice == voice_of(stance.holder)
    return replace(stance, holder=party, voice=voice_of(party) if is_usual else stance.voice)


# --- evidence -----------------------------------------------------------------------------------


def together(text: str, *extents: Extent) -> Extent:
    """Return all places of `extents` in the text's order; those that meet become one.

    >>> together("قال نعم ثم لا", extent_at("قال نعم ثم لا", [(8, 10), (0, 3)]),
    ...     extent_at("قال نعم ثم لا", [(2, 7)]))
    (Span(start=0, end=7, quote='قال نعم'), Span(start=8, end=10, quote='ثم'))
    """
    places: list[tuple[int, int]] = []
    for start, end, _ in sorted(span for extent in extents for span in extent):
        if places and start <= places[-1][1]:
            places[-1] = places[-1][0], max(end, places[-1][1])
        else:
            places.append((start, end))
    return extent_at(text, places)


def without(extent: Extent, n: int) -> Extent:
    """Return `extent` without its span number `n`, from 0."""
    return extent[:n] + extent[n + 1 :]


# --- who and about what ---------------------------------------------------------------------------


def holders(schema: LabelSchema, labels: Mapping[str, Label], place: Extent, n: int) -> list[Party]:
    """Return the author, then the entities that may hold a stance, nearest to `place` first."""
    takes = taking(schema, schema.stance.holders)

    def is_wanted(label: Entity | Event) -> bool:
        return isinstance(label, Entity) and takes(label)

    found = near(labels.values(), place, n, is_wanted)
    return [AUTHOR, *(Party("entity", label.uid) for label in found)]


def targets(schema: LabelSchema, labels: Mapping[str, Label], place: Extent, n: int) -> list[Party]:
    """Return the topics, then what else the label schema allows, nearest to `place` first."""
    kinds = schema.stance.targets
    topics = [Party("topic", topic.id) for topic in schema.topics if "topic" in kinds]

    def is_wanted(label: Entity | Event) -> bool:
        return kind_of(label) in kinds

    found = near(labels.values(), place, n, is_wanted)
    return topics + [Party(kind_of(label), label.uid) for label in found]


def kind_of(label: Label) -> str:
    """Return `entity` or `event`, as a party of a stance is called; "" for other labels."""
    return "entity" if isinstance(label, Entity) else "event" if isinstance(label, Event) else ""


def place_of(stance: Stance | Draft, labels: Mapping[str, Label]) -> Extent:
    """Return where a stance stands in the text: its evidence, else its holder, else its target."""
    for party in (stance.holder, stance.target):
        label = labels.get(party.ref) if party and not stance.evidence else None
        if label is not None and extent_of(label):
            return extent_of(label)
    return stance.evidence


def why_not(schema: LabelSchema, part: str, label: Label) -> str:
    """Return the code by which `label` may not be the `part` of a stance; "" if it may."""
    if part == "holder":
        is_holder = isinstance(label, Entity) and fits(schema, schema.stance.holders, label)
        return "" if is_holder else "bad_holder"
    return "" if kind_of(label) in schema.stance.targets else "bad_target"


# --- the whole article ---------------------------------------------------------------------------


class Judgement(msgspec.Struct, frozen=True):
    """What the author of the article says on a topic; None where that was not judged yet."""

    topic: Named
    stance: Stance | None


def judgements(schema: LabelSchema, labels: Iterable[Label]) -> tuple[Judgement, ...]:
    """Return the author's stance on each topic, in the schema's order."""
    if "topic" not in schema.stance.targets:
        return ()
    found = {
        label.target.ref: label
        for label in labels
        if isinstance(label, Stance)
        and (label.holder, label.target.kind, label.voice) == (AUTHOR, "topic", "author")
    }
    return tuple(Judgement(topic, found.get(topic.id)) for topic in schema.topics)
