"""How a query is meant and which hits are wanted: the far side of the page of search."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.core.labelschema import LabelSchema
from annotator.core.model import ROLES, STATUSES, Annotator
from annotator.gui.look import Look
from annotator.gui.models.drawing import ROLE_NAMES
from annotator.gui.models.searchasked import Asked, Level
from annotator.gui.models.searchfilters import sites_of
from annotator.gui.models.statuses import status_name
from annotator.gui.models.types import offered
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.fields import LineField
from annotator.gui.widgets.literal import literal
from annotator.gui.widgets.words import Words, hairline
from annotator.i18n import marked
from annotator.services import searchingfilters as filters

if TYPE_CHECKING:
    from annotator.services.searchingnumbers import Numbers

WIDTH = 300
_EDGE = 14
_SOURCES = 4
"""Sources with their numbers, at most."""
_NO_SITES = (("", 0),) * _SOURCES
_TYPED = 200
"""Milliseconds without a key until a source that was typed is looked for."""
LEVELS: tuple[tuple[Level, str, str], ...] = (
    ("exact", marked("Exact"), marked("as written")),
    ("marks", marked("No marks, no tatweel"), ""),
    ("letters", marked("Alike letters"), "أ إ آ ا · ى ي · ة ه"),
)
"""The levels with their names and what they join."""
_ANY_LABEL = marked("Any label, or none")


class SearchOptions(QScrollArea):
    """Match, filters, and what can be done with all places."""

    changed = Signal()
    mark_asked = Signal()

    def __init__(
        self, look: Look, schema: LabelSchema, who: Annotator | None, asked: Asked
    ) -> None:
        super().__init__()
        self._look, self._schema, self._who = look, schema, who
        self._is_showing = False
        self._names: dict[QComboBox, dict[str, str]] = {}
        self._make_match()
        self._make_filters()
        text = look.language.text
        self.clear = Button(look, text("Remove the filter"), "quiet")
        self.mark = Button(look, text("Label these places…"), "second", "tags")
        why_not = text("A regular expression may find parts of words: they are not labelled.")
        self.why_not = Words(look, why_not, "hint", wraps=True)
        self._later = QTimer(self, singleShot=True, interval=_TYPED)
        self._put_together()
        self._listen()
        self.show_asked(asked)

    # --- what it is made of ---

    def _make_match(self) -> None:
        text = self._look.language.text
        self._levels = QButtonGroup(self)
        self.levels: dict[str, QRadioButton] = {}
        for level, name, _ in LEVELS:
            self.levels[level] = QRadioButton(text(name))
            self._levels.addButton(self.levels[level])
        self.clitics = QCheckBox(text("With attached letters: و ف ب ل ك"))
        self.prefix = QCheckBox(text("As the beginning of a word"))
        self.pattern = QCheckBox(text("As a regular expression"))
        self.checks = (self.clitics, self.prefix, self.pattern)

    def _make_filters(self) -> None:
        text, language = self._look.language.text, self._look.language
        statuses = [(one, status_name(one, language)) for one in STATUSES]
        self.status = _choice(text("Status"), text("Any status"), statuses)
        roles = [(one, text(ROLE_NAMES[one])) for one in ROLES]
        roles.insert(0, (filters.ANNOTATABLE, text("What is labelled")))
        self.region = _choice(text("Region"), text("All regions"), roles)
        self.type = _choice(text("Type"), text(_ANY_LABEL), self._types())
        for box in (self.status, self.region, self.type):
            self._names[box] = {box.itemData(n): box.itemText(n) for n in range(box.count())}
        self.source = LineField(self._look, text("Source"), hint=text("Source, or a part of it"))
        self.sources = [Button(self._look, "", "quiet") for _ in range(_SOURCES)]
        for button in self.sources:
            button.hide()
            button.clicked.connect(lambda _=False, button=button: self._take_source(button))
        self.unlabelled = QCheckBox(text("Only places without a label"))
        self.whose = Words(self._look, self._of_whom(), "head")

    def _types(self) -> list[tuple[str, str]]:
        return [
            (one.id, literal(one.name, 40))
            for kind in ("entity", "event")
            for one in offered(self._schema, self._look.language, {}, kind)
        ]

    def _of_whom(self) -> str:
        text = self._look.language.text
        if self._who is None:
            return text("Nobody labels here yet")
        return text("By {name}", name=literal(self._who.name, 24))

    def _put_together(self) -> None:
        look, text = self._look, self._look.language.text
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(_EDGE, 14, _EDGE, 12)
        column.setSpacing(2)
        match, articles = Words(look, text("Match"), "head"), Words(look, text("Where"), "head")
        self._add(column, match, *(self._level_row(*one) for one in LEVELS), *self.checks)
        column.addWidget(hairline())
        self._add(column, articles, self.region, self.source, *self.sources)
        column.addWidget(hairline())
        self._add(column, self.whose, self.status, self.type, self.unlabelled)
        column.addWidget(self.clear)
        column.addStretch(1)
        column.addWidget(self.why_not)
        column.addWidget(self.mark)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setProperty("box", "panel")
        inside.setProperty("box", "panel")
        self.setFixedWidth(WIDTH)
        self.setFrameShape(QScrollArea.Shape.NoFrame)

    def _add(self, column: QVBoxLayout, name: Words, *parts: QWidget) -> None:
        column.addSpacing(6)
        column.addWidget(name)
        column.addSpacing(4)
        for part in parts:
            column.addWidget(part)
            if isinstance(part, QComboBox | LineField):
                column.addSpacing(6)
        column.addSpacing(6)

    def _level_row(self, level: Level, _: str, note: str) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.levels[level], 1)
        row.addWidget(Words(self._look, self._look.language.text(note) if note else "", "hint"))
        return part

    def _listen(self) -> None:
        for button in (*self.levels.values(), *self.checks, self.unlabelled):
            button.toggled.connect(self._on_changed)
        for choice in (self.status, self.region, self.type):
            choice.currentIndexChanged.connect(self._on_changed)
        self.source.textChanged.connect(lambda _: self._later.start())
        self._later.timeout.connect(self._on_changed)
        self.clear.clicked.connect(self.clear_filters)
        self.mark.clicked.connect(self.mark_asked)

    # --- numbers beside the filters ---

    def show_numbers(self, numbers: "Numbers | None") -> None:
        """Say beside each value how many places it would leave; None says nothing."""
        for name, box in (
            (filters.STATUS, self.status),
            (filters.REGION, self.region),
            (filters.TYPE, self.type),
        ):
            is_known = numbers is not None and (name == filters.REGION or self._who is not None)
            names = self._names[box]
            for at in range(box.count()):
                of = numbers.of(name, box.itemData(at)) if numbers and is_known else None
                box.setItemText(at, self._with_number(names[box.itemData(at)], of, numbers))
        only = self._look.language.text("Only places without a label")
        n = numbers.of(filters.UNLABELLED, filters.YES) if numbers and self._who else None
        self.unlabelled.setText(self._with_number(only, n, numbers))
        self._show_sources(numbers)

    def _with_number(self, name: str, n: int | None, numbers: "Numbers | None") -> str:
        if n is None or numbers is None:
            return name
        return f"{name} · {n}" if numbers.is_whole else f"{name} · {n}+"

    def _show_sources(self, numbers: "Numbers | None") -> None:
        found = sites_of(numbers.by_value[filters.SOURCE])[:_SOURCES] if numbers else []
        for button, (site, n) in zip(self.sources, [*found, *_NO_SITES], strict=False):
            button.setVisible(bool(site))
            button.setProperty("site", site)
            button.show_words(self._with_number(literal(site, 30), n, numbers))

    def _take_source(self, button: Button) -> None:
        self.source.setText(str(button.property("site")))
        self._later.stop()
        self._on_changed()

    # --- what is chosen ---

    @property
    def is_waiting(self) -> bool:
        """Whether what was typed has not been told yet."""
        return self._later.isActive()

    def asked(self, text: str) -> Asked:
        """Return what is asked for with the query `text`."""
        level = next(one for one, _, _ in LEVELS if self.levels[one].isChecked())
        return Asked(
            text=text,
            level=level,
            with_clitics=self.clitics.isChecked(),
            is_prefix=self.prefix.isChecked() and not self.pattern.isChecked(),
            is_pattern=self.pattern.isChecked(),
            who=self._who.uid if self._who else "",
            status=self.status.currentData(),
            source=self.source.text().strip(),
            region=self.region.currentData(),
            type=self.type.currentData(),
            is_unlabelled=self.unlabelled.isChecked(),
        )

    def show_asked(self, asked: Asked) -> None:
        """Show how `asked` is meant; nothing is said to have been chosen."""
        self._is_showing = True
        self.levels[asked.level].setChecked(True)
        self.clitics.setChecked(asked.with_clitics)
        self.prefix.setChecked(asked.is_prefix)
        self.pattern.setChecked(asked.is_pattern)
        self.unlabelled.setChecked(asked.is_unlabelled)
        for choice, value in (
            (self.status, asked.status),
            (self.region, asked.region),
            (self.type, asked.type),
        ):
            choice.setCurrentIndex(max(choice.findData(value), 0))
        self.source.setText(asked.source)
        self._later.stop()
        self._is_showing = False
        self._allow()

    def show_people(self, schema: LabelSchema, who: Annotator | None) -> None:
        """Offer the types of `schema`, and what is `who`'s; what is chosen stays where it can."""
        if (schema, who) == (self._schema, self._who):
            return
        self._schema, self._who = schema, who
        asked = self.asked("")
        self.whose.setText(self._of_whom())
        self._is_showing = True
        self.type.clear()
        types = [("", self._look.language.text(_ANY_LABEL)), *self._types()]
        self._names[self.type] = dict(types)
        for value, said in types:
            self.type.addItem(said, value)
        self.show_asked(asked)

    def clear_filters(self) -> None:
        """Leave no hit out any more."""
        self._is_showing = True
        for choice in (self.status, self.region, self.type):
            choice.setCurrentIndex(0)
        self.source.clear()
        self._later.stop()
        self.unlabelled.setChecked(False)
        self._is_showing = False
        self._on_changed()

    def _allow(self) -> None:
        """Let only that be chosen which means something now."""
        is_text = not self.pattern.isChecked()
        self.clitics.setEnabled(is_text)
        self.prefix.setEnabled(is_text)
        self.why_not.setVisible(not is_text)
        for part in (self.status, self.type, self.unlabelled):
            part.setEnabled(self._who is not None)
        self.clear.setVisible(self.asked("").has_filter)

    def _on_changed(self) -> None:
        if not self._is_showing:
            self._allow()
            self.changed.emit()


def _choice(name: str, any_one: str, choices: Iterable[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItem(any_one, "")
    for value, said in choices:
        box.addItem(said, value)
    return box
