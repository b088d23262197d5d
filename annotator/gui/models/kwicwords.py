"""Places of a search and proposals of labels as rows of a list, in words and chips."""

from annotator.core.labelschema import LabelSchema
from annotator.gui.models.drawing import name_of
from annotator.gui.models.kwic import KwicRow, kwic_row
from annotator.gui.slots import slots_of
from annotator.gui.widgets.chip import ChipFace
from annotator.i18n import Language, marked
from annotator.services.searchingcontext import InContext

_NONE = marked("no label")
_NOT_LABELLED = marked("not labelled here")


class KwicWords:
    """Words and colours of one label schema in one language."""

    def __init__(self, schema: LabelSchema, language: Language) -> None:
        self._language, self._schema = language, schema
        self._slots = slots_of(schema.entities)

    def row(self, place: InContext) -> KwicRow:
        """Return a place of a search: what is labelled there, or that nothing is."""
        note = _NONE if place.is_annotatable else _NOT_LABELLED
        chips = [self.chip(kind, type_) for kind, type_ in place.labels]
        return kwic_row(place, chips, self._language.text(note))

    def chip(self, kind: str, type_: str) -> ChipFace:
        """Return the chip of a type, under its short name where it has one."""
        types = self._schema.entity_types if kind == "entity" else self._schema.event_types
        found = types.get(type_)
        name = name_of(self._language, found, short=True) if found else type_
        return ChipFace(name, kind, self._slots.get(type_, "o3") if kind == "entity" else "")
