"""Which name is labelled as what, where, and which spellings are one with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from annotator.arabic.finding import Query
from annotator.core.labelschema import LabelSchema
from annotator.gui import fonts
from annotator.gui.dialogs.frame import column
from annotator.gui.dialogs.markallwork import Wanted
from annotator.gui.look import Look
from annotator.gui.models.searchfilters import filters_told
from annotator.gui.models.types import offered
from annotator.gui.pages.searchoptions import LEVELS
from annotator.gui.widgets.card import FormRow
from annotator.gui.widgets.fields import LineField
from annotator.gui.widgets.literal import literal
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.words import Words

_NAME_WIDTH = 74
_FIELD, _TYPES = 260, 200
_HERE, _ALL = "here", "all"


class MarkAllChoices(QWidget):
    """A name, a type, and how far both go; `changed` after every choice."""

    changed = Signal()

    def __init__(self, look: Look, schema: LabelSchema, wanted: Wanted) -> None:
        """Begin with `wanted`, whose article is the one in view, or none."""
        super().__init__()
        self._look, self._article, self._listed = look, wanted.article, wanted.listed
        self._make_parts(schema, wanted)
        text = look.language.text
        match = (self.clitics, self.last_name)
        rows = [
            self._row(text("Name"), self.field, self.type, self.scope),
            self._row(text("Match"), self.level, *match),
        ]
        filters = filters_told(look.language, schema, wanted.listed) if wanted.listed else []
        if filters:
            self.filters = Words(look, " · ".join(filters), "second", wraps=True)
            rows.append(self._row(text("Filters"), self.filters))
        self.setLayout(column(*rows, gap=4))
        for signal in (
            self.field.textChanged,
            self.type.currentIndexChanged,
            self.scope.values_chosen,
            self.level.values_chosen,
            self.clitics.toggled,
            self.last_name.toggled,
        ):
            signal.connect(self._on_changed)
        self._allow()

    def _row(self, name: str, *parts: QWidget) -> FormRow:
        return FormRow(self._look, name, *parts, width=_NAME_WIDTH)

    def _make_parts(self, schema: LabelSchema, wanted: Wanted) -> None:
        look, text, query = self._look, self._look.language.text, wanted.query
        self.field = LineField(look, text("Name"), query.text, direction="rtl")
        self.field.setFont(fonts.article(16))
        self.field.setFixedWidth(_FIELD)
        self.type = QComboBox()
        self.type.setAccessibleName(text("Type"))
        self.type.setFixedWidth(_TYPES)
        self.type.addItem(text("Choose a type"), "")
        for one in offered(schema, look.language, {}, "entity"):
            self.type.addItem(literal(one.name, 40), one.id)
        self.type.setCurrentIndex(max(self.type.findData(schema.current(wanted.type)), 0))
        scopes = [Choice(_HERE, text("This article")), Choice(_ALL, text("All articles"))]
        self.scope = Segments(look, text("Where"), scopes, [_HERE if self._article else _ALL])
        self.scope.setVisible(bool(self._article))
        levels = [Choice(level, text(name)) for level, name, _ in LEVELS]
        self.level = Segments(look, text("Match"), levels, [query.level])
        self.clitics = QCheckBox(text("With attached letters: و ف ب ل ك"))
        self.clitics.setChecked(query.with_clitics)
        self.last_name = QCheckBox(text("The last name alone too"))
        self.last_name.setChecked(query.with_last_name)

    def _on_changed(self, *_: object) -> None:
        self._allow()
        self.changed.emit()

    def _allow(self) -> None:
        """Let the last name be asked for where there is one."""
        self.last_name.setEnabled(len(self.field.text().split()) > 1)

    def wanted(self) -> Wanted | None:
        """Return what is chosen; None where the name or the type is missing."""
        name, type_ = self.field.text().strip(), self.type.currentData()
        if not name or not type_:
            return None
        (level,) = self.level.values()
        has_two = len(name.split()) > 1
        query = Query(
            name,
            next(one for one, _, _ in LEVELS if one == level),
            self.clitics.isChecked(),
            self._listed is not None and self._listed.is_prefix,
            with_last_name=has_two and self.last_name.isChecked(),
        )
        is_here = self.scope.values() == (_HERE,)
        return Wanted(query, type_, self._article if is_here else "", self._listed)
