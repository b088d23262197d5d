"""Names labelled in different ways: walked through place by place, and made alike by one key."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from annotator.core.model import Annotator
from annotator.gui.dialogs import consistencywork as work
from annotator.gui.dialogs.consistencywork import Alike, Looked
from annotator.gui.dialogs.frame import row
from annotator.gui.dialogs.working import WorkDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models.consistency import FILTERS, ConsistencyWords
from annotator.gui.panels.kwic import KwicList
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.words import Words
from annotator.services.consistency import WHATS, Place
from annotator.store.project import Project

_SIZE = (1000, 640)


class ConsistencyDialog(WorkDialog):
    """Lists the places; a click opens one, Space labels it as the others and goes on."""

    labelled = Signal(object)  # Alike
    taken_back = Signal(str)  # the gesture
    place_asked = Signal(str, int, int)  # the article's SHA-256, start and end in its text

    def __init__(
        self,
        look: Look,
        project: Project,
        who: Annotator,
        jobs: Jobs,
        parent: QWidget | None = None,
    ) -> None:
        text = look.language.text
        title = text("Names that are labelled in different ways")
        super().__init__(look, title, project, jobs, parent)
        self._who = who
        self._words = ConsistencyWords(project.label_schema, look.language)
        self.places: list[Place] = []
        self._looked: Looked | None = None
        self._made: list[Alike] = []
        choices = [Choice(value, text(name)) for value, name in FILTERS]
        self.only = Segments(look, text("Which places"), choices, [""])
        self.list = KwicList(look, text("Places"))
        self.nothing = Empty(look, "")
        self._looking = Empty(look, text("Looking …"))
        self.told = Words(look, "", "strong", wraps=True)
        self.hint = Words(
            look, text("Space labels the place and goes on; a click or Enter opens it."), "hint"
        )
        self._put_together()
        (self.undo,) = self._put_foot(text("Label as the others"), text("Undo"))
        self.add_cap("Space")
        self.choices = (self.only,)
        self._listen()
        self.resize(*_SIZE)
        self._begin()

    def _put_together(self) -> None:
        self._stack = QStackedWidget()
        for part in (self._looking, self.list, self.nothing):
            self._stack.addWidget(part)
        self.body.addLayout(row(self.only, None, self.hint))
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.told)

    def _listen(self) -> None:
        self.only.values_chosen.connect(lambda _: self._begin())
        self.list.rows.ask_for_more = self._look_on
        self.list.entered.connect(self._on_row_entered)
        self.list.left_up.connect(self.only.setFocus)
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._offer())
        self.go.clicked.connect(self.make_alike)
        self.undo.clicked.connect(self.take_back)
        for keys, act in (("Space", self.make_alike), ("Ctrl+Z", self.take_back)):
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

    @property
    def is_waiting(self) -> bool:
        """Whether something is still to come."""
        return self.is_looking or self.is_busy

    # --- looking ---

    def _begin(self) -> None:
        self.places, self._looked, self._made = [], None, []
        self.list.rows.show_rows(())
        self._stack.setCurrentWidget(self._looking)
        self._look_on()

    def _look_on(self) -> None:
        (value,) = self.only.values() or ("",)
        only = next((what for what in WHATS if what == value), None)
        self._look(work.looking(self._who, only, self._looked), self._on_looked)
        self._offer()

    def _on_looked(self, found: Looked) -> None:
        is_first = self._looked is None
        self._looked = found
        self.places += found.places
        pairs = zip(found.places, found.context, strict=True)
        rows = [self._words.row(place, context) for place, context in pairs]
        if is_first:
            self.list.rows.show_rows(rows)
            if found.looked_at is not None:
                (only,) = self.only.values() or ("",)
                self.nothing.sentence.setText(self._words.none(only, found.looked_at))
            self._stack.setCurrentWidget(self.list if rows else self.nothing)
            self.list.go_to(0)
            self.list.setFocus()
        else:
            self.list.rows.add_rows(rows)
        self.list.rows.has_more = not found.is_last
        self._offer()

    @property
    def place(self) -> Place | None:
        """The place of the current row."""
        return self.places[self.list.row] if 0 <= self.list.row < len(self.places) else None

    def _is_made(self, number: int) -> bool:
        return any(one.number == number for one in self._made)

    def _offer(self) -> None:
        """Let only that be done which can be done now, and say what it is."""
        place, is_idle = self.place, not self.is_busy
        can_make = place is not None and not place.is_done and not self._is_made(self.list.row)
        text = self.look.language.text
        self.go.setEnabled(can_make and is_idle)
        self.go.show_words(self._words.act(place) if place else text("Label as the others"))
        told = self._words.told(place) if place else ""
        if place is not None and place.is_done:
            told = f"{told} · {text('in a layer that is done')}"
        self.told.setText(told)
        self.undo.setVisible(bool(self._made))
        self.undo.setEnabled(is_idle)

    def _on_row_entered(self, number: int) -> None:
        one = self.places[number]
        self.place_asked.emit(one.article, one.start, one.end)

    # --- made alike ---

    def make_alike(self) -> None:
        """Label the current place as the others of its name are."""
        place = self.place
        if place is not None and self.go.isEnabled() and not self.is_looking:
            self._do(work.making_alike(self._who, self.list.row, place), self._on_made)

    def _on_made(self, made: Alike) -> None:
        if made.gesture:
            self._made.append(made)
            self.labelled.emit(made)
        place, old = self.places[made.number], self.list.rows.rows[made.number]
        self.list.rows.show_row(made.number, self._words.alike(old, place))
        self.list.go_to(made.number + 1)
        self.list.setFocus()
        self._offer()

    def take_back(self) -> None:
        """Take back what was made alike last."""
        if self._made and not self.is_waiting:
            self._do(work.taking_back(self._who, self._made[-1]), self._on_taken_back)

    def _on_taken_back(self, made: Alike) -> None:
        self._made.pop()
        self.taken_back.emit(made.gesture)
        place, old = self.places[made.number], self.list.rows.rows[made.number]
        self.list.rows.show_row(made.number, self._words.as_was(old, place))
        self.list.go_to(made.number)
        self.list.setFocus()
        self._offer()

    # --- where it does not come to its end ---

    def _on_stopped(self, *, was_doing: bool) -> None:
        if self._looked is None:
            self._stack.setCurrentWidget(self.list)
        self._offer()

    def _on_trouble(self) -> None:
        self._on_stopped(was_doing=True)
