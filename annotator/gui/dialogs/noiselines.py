"""Lines that are always noise on a site: the rules, a new one, and the lines that they mean."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from annotator.core.model import Annotator
from annotator.core.noiselines import BEGINNING, WHOLE, NoiseLine
from annotator.gui.dialogs import noiselineswork as work
from annotator.gui.dialogs.cellview import CellView
from annotator.gui.dialogs.frame import row
from annotator.gui.dialogs.noiselineswork import Seen
from annotator.gui.dialogs.working import SummingUp
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models import noiselines as told
from annotator.gui.models.kwic import KwicRow
from annotator.gui.panels.kwic import KwicList
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.words import Words
from annotator.i18n import marked
from annotator.services.noiselines import Changed
from annotator.store.project import Project

_SIZE = (1000, 640)
_TITLES = (marked("Line"), marked("Site"), marked("Compared"))
_ABOUT = marked(
    "In articles that are imported later from the site, such a line is noise from the start. A rule"
    " about articles without a source holds for all that have none, as files of text do. In"
    " articles that are there the ticked lines get the role; lines with labels are left as they"
    " are. Vocalisation and spaces make no difference."
)
_NO_RULE = marked("No rule yet: choose “This line is always noise…” at a line of an article.")


class NoiseLinesDialog(SummingUp):
    """Lists the rules, `new` first where one is wanted, and the lines of the chosen one."""

    kept = Signal(object)  # Changed
    removed = Signal(str)  # the gesture
    taken_back = Signal(str)  # the gesture
    place_asked = Signal(str, int, int)  # the article's SHA-256, start and end in its text

    def __init__(
        self,
        look: Look,
        project: Project,
        who: Annotator,
        jobs: Jobs,
        new: NoiseLine | None = None,
        parent: QWidget | None = None,
    ) -> None:
        text = look.language.text
        super().__init__(look, text("Lines that are always noise"), project, jobs, parent)
        self._who, self._new, self._gesture = who, new, ""
        self._chosen: NoiseLine | None = new
        self.rules: tuple[NoiseLine, ...] = ()
        self.seen: Seen | None = None
        self.view = CellView(look, text("Lines that are always noise"), [*map(text, _TITLES)])
        self.begins = QCheckBox(text("Also lines that only begin so"))
        self.list = KwicList(look, text("Lines"), has_ticks=True)
        self._none = Empty(look, text("The lines that a rule means are listed here."))
        self.summary = Words(look, text("Looking …"), "strong")
        self.n_ticked = Words(look, "", "second")
        self.all = Button(look, text("Tick all"), "quiet")
        self.none = Button(look, text("Tick none"), "quiet")
        self._put_together()
        self.remove, self.undo = self._put_foot(
            text("Always noise"), text("Take the rule away"), text("Undo")
        )
        self.choices = (self.view, self.begins, self.list, self.all, self.none, self.remove)
        self._listen()
        self.resize(*_SIZE)
        self._look_again()

    def _put_together(self) -> None:
        self._stack = QStackedWidget()
        for part in (self.list, self._none):
            self._stack.addWidget(part)
        about = self.look.language.text(_ABOUT)
        self.body.addWidget(Words(self.look, about, "small", wraps=True))
        self.body.addWidget(self.view)
        self.body.addWidget(self.begins)
        self.body.addLayout(row(self.summary, None, self.n_ticked, self.all, self.none))
        self.body.addWidget(self._stack, 1)
        self.begins.setVisible(self._new is not None)

    def _listen(self) -> None:
        self.view.selectionModel().currentRowChanged.connect(self._on_rule_chosen)
        self.begins.toggled.connect(self._on_begins_toggled)
        self.list.rows.on_ticked = self._offer
        self.list.entered.connect(self._on_row_entered)
        self.all.clicked.connect(lambda: self._tick(is_on=True))
        self.none.clicked.connect(lambda: self._tick(is_on=False))
        self.go.clicked.connect(self._on_go_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        self.undo.clicked.connect(self._on_undo_clicked)

    # --- looking ---

    @property
    def is_new(self) -> bool:
        """Whether the rule that is chosen is not kept yet."""
        return self._chosen is not None and self._chosen == self._new

    def _look_again(self) -> None:
        if self.seen is None or self.seen.rule != self._chosen:
            self._show_lines([])
        self.seen = None
        self._look(work.looking(self._chosen), self._on_seen)
        self._offer()

    def _on_seen(self, found: Seen) -> None:
        """Show what was found, if it is of the rule that is chosen: others change rules too."""
        self._show_rules(found.rules)
        if found.rule != self._chosen:
            self._look_again()
            return
        self.seen = found
        language = self.look.language
        self._show_lines(told.rows(language, found.places, found.found))
        if not self._gesture:
            said = told.summary(language, found.places, is_whole=found.is_whole)
            self.summary.setText(said if self._chosen else language.text(_NO_RULE))
        self._offer()

    def _show_lines(self, rows: Sequence[KwicRow]) -> None:
        """Show the lines of a rule, all ticked that can be."""
        free = [number for number, one in enumerate(rows) if one.can_tick]
        self.list.rows.show_rows(rows, free)
        self._stack.setCurrentWidget(self.list if rows else self._none)
        self.list.go_to(0)

    def _show_rules(self, rules: tuple[NoiseLine, ...]) -> None:
        """Show the rules, the new one first unless it is kept by now."""
        if self._new in rules:
            self._new = None
            self.begins.hide()
        self.rules = (self._new, *rules) if self._new else rules
        if self._chosen not in self.rules:
            self._chosen = self.rules[0] if self.rules else None
        rows = [
            told.rule_row(self.look.language, one, is_new=one is self._new) for one in self.rules
        ]
        model = self.view.selectionModel()
        model.blockSignals(True)
        self.view.show_rows(rows)
        if self._chosen is not None:
            self.view.choose(self.rules.index(self._chosen))
        model.blockSignals(False)

    def _on_rule_chosen(self) -> None:
        at = self.view.currentIndex().row()
        if 0 <= at < len(self.rules) and self.rules[at] != self._chosen:
            self._chosen, self._gesture = self.rules[at], ""
            self._look_again()

    def _on_begins_toggled(self, is_on: bool) -> None:
        if self._new is not None:
            match = BEGINNING if is_on else WHOLE
            self._new = self._chosen = NoiseLine(self._new.site, self._new.line, match)
            self._gesture = ""
            self._look_again()

    def _tick(self, *, is_on: bool) -> None:
        self.list.rows.turn(range(len(self.list.rows.rows)), is_on=is_on)

    def _offer(self) -> None:
        n = len(self.list.rows.ticked) if self.seen is not None else 0
        has_rows = self.seen is not None and any(one.can_tick for one in self.list.rows.rows)
        text = self.look.language.text
        self.n_ticked.setText(text("Ticked: {n}", n=n) if has_rows else "")
        for button in (self.all, self.none):
            button.setVisible(has_rows)
        is_ready = self.seen is not None and not self.is_busy
        self.go.setEnabled(is_ready and (self.is_new or bool(n)))
        self.remove.setVisible(self._chosen is not None and not self.is_new)
        self.remove.setEnabled(is_ready)
        self.undo.setVisible(bool(self._gesture))
        self.undo.setEnabled(not self.is_busy)

    def _on_row_entered(self, number: int) -> None:
        one = self.list.rows.rows[number]
        self.place_asked.emit(one.article, one.start, one.end)

    # --- doing ---

    def _on_go_clicked(self) -> None:
        if self.seen is None or self._chosen is None:
            return
        new = [self._chosen] if self.is_new else []
        chosen = [self.seen.places[number] for number in sorted(self.list.rows.ticked)]
        self._do(work.keeping(new, chosen, self._who), self._on_kept)

    def _on_kept(self, changed: Changed) -> None:
        self._gesture = changed.gesture
        self.summary.setText(told.kept(self.look.language, changed))
        if changed.gesture:
            self.kept.emit(changed)
        self._look_again()
        (self.undo if self._gesture else self.close_button).setFocus()

    def _on_remove_clicked(self) -> None:
        if self._chosen is not None:
            self._do(work.removing(self._chosen, self._who), self._on_removed)

    def _on_removed(self, gesture: str) -> None:
        self._gesture = gesture
        said = self.look.language.text("Saved: the rule holds no longer. Its lines stay noise.")
        self.summary.setText(said)
        if gesture:
            self.removed.emit(gesture)
        self._chosen = None
        self._look_again()

    def _on_undo_clicked(self) -> None:
        self._do(work.taking_back(self._gesture, self._who), self._on_taken_back)

    def _on_taken_back(self, gesture: str) -> None:
        self._gesture = ""
        self.taken_back.emit(gesture)
        self._look_again()
