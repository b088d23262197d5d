"""Labels as the canvas draws them: names, colours, states. Pure."""

from collections.abc import Iterable, Mapping

from annotator.core.labelschema import EntityType, EventType, LabelSchema
from annotator.core.model import Entity, Event, Extent, Label, Region, Stance, replace
from annotator.gui.canvas.marks import Mark, Stretch
from annotator.i18n import Language, marked

ROLE_NAMES = {
    "headline": marked("Headline"),
    "lead": marked("Lead"),
    "body": marked("Body"),
    "subhead": marked("Subhead"),
    "caption": marked("Caption"),
    "byline": marked("Byline"),
    "date": marked("Date line"),
    "source": marked("Source line"),
    "keywords": marked("Keywords"),
    "related": marked("Related"),
    "nav": marked("Navigation"),
    "noise": marked("Noise"),
}
_EVIDENCE = marked("{sign} evidence: {value}")


def name_of(language: Language, type_: object, *, short: bool = False) -> str:
    """Return what a part of the label schema is called in `language`; shortly where it has that."""
    name = getattr(type_, f"{language.code}_short", "") if short else ""
    return str(name or getattr(type_, language.code))


def type_of(schema: LabelSchema, label: Label | None) -> EntityType | EventType | None:
    """Return the type of an entity or an event; None for other labels and for unknown types."""
    if isinstance(label, Entity):
        return schema.entity_types.get(label.type)
    return schema.event_types.get(label.type) if isinstance(label, Event) else None


def tone_of(schema: LabelSchema, value: str) -> tuple[str, str]:
    """Return sign and tone of a stance's value, by its place on the scale of the label schema.

    The last value of an ordered scale is for, the first against; all between and beside is
    neutral.
    """
    ids = [item.id for item in schema.stance.values]
    if value in ids and len(ids) > 1 and schema.stance.ordered:
        middle = (len(ids) - 1) / 2
        if ids.index(value) > middle:
            return "+", "favor"
        if ids.index(value) < middle:
            return "−", "against"
    return "=", "neutral"


class Drawing:
    """Makes marks for one label schema in one language; `slots` are the colours of its types."""

    def __init__(self, schema: LabelSchema, language: Language, slots: Mapping[str, str]) -> None:
        self._schema = schema
        self._language = language
        self._slots = slots
        self._names = _names_of(language, schema.entities)
        self._event_names = _names_of(language, schema.events)

    def mark(
        self,
        label: Label,
        *,
        is_pending: bool = False,
        is_unsaved: bool = False,
        has_problem: bool = False,
        number: int = 0,
    ) -> Mark | None:
        """Return how `label` is drawn; None where it has no place in the text."""
        plain = self._plain(label)
        if plain is None or not (is_pending or is_unsaved or has_problem or number or label.doubt):
            return plain
        return replace(
            plain,
            is_pending=is_pending,
            is_unsaved=is_unsaved,
            is_doubtful=bool(label.doubt),
            has_problem=has_problem,
            number=number,
        )

    def _plain(self, label: Label) -> Mark | None:
        match label:
            case Entity():
                names = self._names.get(label.type) or (label.type,) * 3
                slot = self._slots.get(label.type, "")
                return Mark(label.uid, "entity", _spans(label.extent), *names, slot)
            case Event():
                names = self._event_names.get(label.type) or (label.type,) * 3
                return Mark(label.uid, "event", _spans(label.extent), *names)
            case Stance() if label.evidence:
                return self._evidence(label)
        return None

    def _evidence(self, label: Stance) -> Mark:
        spans = _spans(label.evidence)
        if not label.type:  # a draft, of which this was not said yet
            return Mark(label.uid, "evidence", spans, *(self._language.text("Evidence"),) * 3)
        sign, tone = tone_of(self._schema, label.type)
        value = self._schema.stance_values.get(label.type)
        said = name_of(self._language, value) if value else label.type
        name = self._language.text(_EVIDENCE, sign=sign, value=said)
        short = f"{sign} {said}"
        return Mark(label.uid, "evidence", spans, name, short, short, sign=sign, tone=tone)

    def stretches(self, regions: Iterable[Region], annotatable: frozenset[str]) -> list[Stretch]:
        """Return the regions of an article as they are drawn."""
        return [
            Stretch(
                region.start,
                region.end,
                region.role,
                self._language.text(ROLE_NAMES[region.role]),
                region.role in annotatable,
            )
            for region in regions
        ]


def _names_of(
    language: Language, types: Iterable[EntityType | EventType]
) -> dict[str, tuple[str, str, str]]:
    """Return name, short name and code of each type, by its id."""
    return {
        type_.id: (name_of(language, type_), name_of(language, type_, short=True), type_.id)
        for type_ in types
    }


def _spans(extent: Extent) -> tuple[tuple[int, int], ...]:
    if len(extent) == 1:  # nearly all, and there may be 20,000
        return (extent[0][:2],)
    return tuple(span[:2] for span in extent)
