"""One sentence of a real article, labelled as a label schema would have it. No widgets."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.core.labelschema import EntityType, EventType, LabelSchema, Named
from annotator.gui.canvas.marks import Mark
from annotator.gui.look import Look
from annotator.gui.slots import slots_of
from annotator.gui.widgets.chip import SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT = (
    "وأضاف الناطق باسم الكرملين ديميتري بيسكوف في تصريحات أوردتها وكالة «ريا نوفوستي»: "
    "«لقد أكدنا مراراً أن مثل هذا اللقاء بين بوتين وترامب، حديث الجميع، "
    "ونعتقد أنه ضروري من نواحٍ عدة…"
)
_Type = EntityType | EventType | Named


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A quote of the text, and the types that may stand on it: the first that a schema has."""

    kind: str
    quote: str
    types: tuple[str, ...]


_LABELLED = (
    _Labelled("event", "أضاف", ("STATEMENT",)),
    _Labelled("entity", "الناطق باسم الكرملين", ("OCC", "JOB")),
    _Labelled("entity", "الكرملين", ("ORG",)),
    _Labelled("entity", "ديميتري بيسكوف", ("PERS", "PER")),
    _Labelled("entity", "وكالة «ريا نوفوستي»", ("ORG",)),
    _Labelled("event", "اللقاء", ("CONSULT", "Meet")),
    _Labelled("entity", "بوتين", ("PERS", "PER")),
    _Labelled("entity", "ترامب", ("PERS", "PER")),
    _Labelled("evidence", "نعتقد أنه ضروري من نواحٍ عدة", ("favor",)),
)


def marks(look: Look, schema: LabelSchema) -> list[Mark]:
    """Return the marks of the sentence that `schema` has types for; none where it has none."""
    slots = slots_of(schema.entities)
    found = ((n, one, _type_of(schema, one)) for n, one in enumerate(_LABELLED))
    return [_mark(look, n, one, type_, slots) for n, one, type_ in found if type_ is not None]


def _type_of(schema: LabelSchema, labelled: _Labelled) -> _Type | None:
    of_kind: dict[str, Mapping[str, _Type]] = {
        "entity": schema.entity_types,
        "event": schema.event_types,
        "evidence": schema.stance_values,
    }
    known = of_kind[labelled.kind]
    return next((known[id] for id in labelled.types if id in known), None)


def _mark(look: Look, n: int, labelled: _Labelled, type_: _Type, slots: dict[str, str]) -> Mark:
    start = TEXT.index(labelled.quote)
    code = look.language.code
    name, is_evidence = getattr(type_, code), labelled.kind == "evidence"
    return Mark(
        f"sample{n}",
        labelled.kind,
        ((start, start + len(labelled.quote)),),
        look.language.text("Evidence: {value}", value=name) if is_evidence else name,
        getattr(type_, f"{code}_short", "") or name,
        type_.id,
        slots.get(type_.id, "") if labelled.kind == "entity" else "",
        SIGNS.get(type_.id, "") if is_evidence else "",
        type_.id if is_evidence else "",
    )
