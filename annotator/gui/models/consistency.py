"""Places of names that are labelled in different ways, as rows and in words. No Qt."""

from msgspec.structs import replace

from annotator.core.labelschema import LabelSchema
from annotator.gui.models.drawing import name_of
from annotator.gui.models.kwic import KwicRow, kwic_row
from annotator.gui.models.kwicwords import KwicWords
from annotator.gui.widgets.literal import literal
from annotator.i18n import Language, marked
from annotator.services.consistency import LookedAt, Place, none_told
from annotator.services.searchingcontext import InContext

FILTERS = (("", marked("All")), ("type", marked("Other type")), ("unlabelled", marked("No label")))
"""What can be looked at, with its name."""


class ConsistencyWords:
    """Words and colours of one label schema in one language."""

    def __init__(self, schema: LabelSchema, language: Language) -> None:
        self._schema, self._language = schema, language
        self._words = KwicWords(schema, language)

    def row(self, place: Place, context: InContext) -> KwicRow:
        """Return a place as a row: its label, or that it has none."""
        chips = [self._words.chip("entity", place.type)] if place.type else []
        row = kwic_row(context, chips, self._language.text("no label"))
        return replace(row, is_faint=place.is_done)

    def alike(self, row: KwicRow, place: Place) -> KwicRow:
        """Return the row of a place that is labelled as the others are by now."""
        return replace(row, chips=(self._words.chip("entity", place.meant),), is_faint=True)

    def as_was(self, row: KwicRow, place: Place) -> KwicRow:
        """Return the row of a place whose label was taken back."""
        chips = (self._words.chip("entity", place.type),) if place.type else ()
        return replace(row, chips=chips, is_faint=place.is_done)

    def told(self, place: Place) -> str:
        """Return how often the name has which type, in all articles that were begun."""
        types = (f"{self._name(type_)} {n}" for type_, n in place.types)
        labelled = self._language.listed(types)
        name = self._language.quoted(literal(place.quote))
        return self._language.text("{name} in all articles: {types}", name=name, types=labelled)

    def none(self, only: str, there: LookedAt) -> str:
        """Return that there is no such place, and what was looked at."""
        return none_told(self._language, only, there)

    def act(self, place: Place) -> str:
        """Return what is done by the one key."""
        meant = self._name(place.meant)
        return self._language.text("Label as the others: {type}", type=meant)

    def _name(self, type_: str) -> str:
        found = self._schema.entity_types.get(type_)
        return name_of(self._language, found) if found else type_
