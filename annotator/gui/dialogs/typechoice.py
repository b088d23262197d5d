"""Which types go out: all, or those that are ticked."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.core.labelschema import (
    EntityType,
    EventType,
    LabelSchema,
    Named,
    Question,
    RelationType,
)
from annotator.gui.dialogs.frame import column
from annotator.gui.look import Look
from annotator.gui.widgets.segments import Choice, Segments


class TypeChoice(QWidget):
    """All types of `schema`, or some: entities, events, stance values, relations, questions."""

    types_chosen = Signal()

    def __init__(self, look: Look, schema: LabelSchema) -> None:
        super().__init__()
        text = look.language.text
        both = [Choice("all", text("All")), Choice("some", text("Only these"))]
        self.which = Segments(look, text("Types"), both, ["all"])
        self.some = Segments(
            look, text("Only these"), list(_choices(look, schema)), takes_several=True
        )
        self.some.hide()
        self.setLayout(column(self.which, self.some, gap=6))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.which.values_chosen.connect(self._on_which_chosen)
        self.some.values_chosen.connect(self.types_chosen)

    @property
    def is_some(self) -> bool:
        """Whether only some go out."""
        return self.which.values() == ("some",)

    def types(self) -> tuple[str, ...]:
        """Return the ids of those that go out; none where all do."""
        return self.some.values() if self.is_some else ()

    def _on_which_chosen(self) -> None:
        self.some.setVisible(self.is_some)
        self.types_chosen.emit()


def _choices(look: Look, schema: LabelSchema) -> Iterable[Choice]:
    listed: tuple[EntityType | EventType | Named | RelationType | Question, ...] = (
        *schema.entities,
        *schema.events,
        *schema.stance_values.values(),
        *schema.relations,
        *schema.questions,
    )
    seen: set[str] = set()
    for one in listed:
        if one.id not in seen:
            seen.add(one.id)
            yield Choice(one.id, one.ar if look.language.code == "ar" else one.en)
