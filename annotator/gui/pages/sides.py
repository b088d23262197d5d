"""The two sides of the page of labelling: lists and palette, and the tabs of what is in hand."""

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from annotator.gui.keys import Layout
from annotator.gui.look import Look
from annotator.gui.panels.articles import ArticlesPanel
from annotator.gui.panels.hand import HandPanel
from annotator.gui.panels.palette import PalettePanel
from annotator.gui.session import Session

if TYPE_CHECKING:
    from annotator.gui.panels.articlecard import ArticleCard
    from annotator.gui.panels.labels import LabelsPanel
    from annotator.gui.panels.problems import ProblemsPanel

_COUNT_AFTER = 60
"""Milliseconds: a key does not wait for what counts all labels."""
READING_WIDTH = (240, 304, 420)
FAR_WIDTH = (300, 338, 460)
"""Least, usual and greatest width in pixels."""
_HAND, _LABELS, _ARTICLE, _PROBLEMS = range(4)
"""The tabs, in their order."""


class ReadingSide(QWidget):
    """The articles above, the palette below."""

    action_asked = Signal(str)

    def __init__(
        self, look: Look, session: Session, layout: Layout, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        _fill(self, self.splitter, READING_WIDTH)
        self.articles = ArticlesPanel(look, session, self.splitter)
        self.palette_panel = PalettePanel(look, session, layout, self.splitter)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([430, 370])
        self.splitter.setStretchFactor(0, 1)
        self.articles.action_asked.connect(self.action_asked)


class FarSide(QWidget):
    """Tabs: what is in hand, all labels, the article as a whole, problems and questions.

    But for the first, what a tab shows is made when the tab is first looked at, or asked for.
    """

    action_asked = Signal(str)
    label_asked = Signal(str)
    place_asked = Signal(int, int)
    role_asked = Signal(str, str)  # event, role: a person fills it
    type_asked = Signal(str)  # label: a person chooses another type for it
    topic_asked = Signal(str)  # topic: a person judges it

    def __init__(
        self, look: Look, session: Session, layout: Layout, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._session = look, session
        self.tabs = QTabWidget()
        _fill(self, self.tabs, FAR_WIDTH)
        self.tabs.setDocumentMode(True)
        self._places = [_Place() for _ in self._names()]
        for place, name in zip(self._places, self._names(), strict=True):
            self.tabs.addTab(place, name)
        self.hand = HandPanel(look, session, layout, self._places[_HAND])
        self._places[_HAND].hold(self.hand)
        self.hand.action_asked.connect(self.action_asked)
        self.hand.label_asked.connect(self.label_asked)
        self.hand.place_asked.connect(self.place_asked)
        self._counting = QTimer(self, singleShot=True, interval=_COUNT_AFTER)
        self._counting.timeout.connect(self._count)
        self.tabs.currentChanged.connect(self._part)
        session.hand_changed.connect(self._on_hand_changed)
        session.problems_changed.connect(self._count)
        session.labels_changed.connect(self._on_labels_changed)
        session.article_shown.connect(self._count)

    def _names(self) -> tuple[str, ...]:
        text = self._look.language.text
        return text("In hand"), text("All labels"), text("Article"), text("Problems")

    # --- what the tabs show ---

    @functools.cached_property
    def labels(self) -> "LabelsPanel":
        """All labels."""
        from annotator.gui.panels.labels import LabelsPanel

        made = LabelsPanel(self._look, self._session, self._places[_LABELS])
        made.action_asked.connect(self.action_asked)
        made.label_asked.connect(self.label_asked)
        self._places[_LABELS].hold(made)
        return made

    @functools.cached_property
    def article(self) -> "ArticleCard":
        """The article as a whole."""
        from annotator.gui.panels.articlecard import ArticleCard

        made = ArticleCard(self._look, self._session, self._places[_ARTICLE])
        made.action_asked.connect(self.action_asked)
        self._places[_ARTICLE].hold(made)
        return made

    @functools.cached_property
    def problems(self) -> "ProblemsPanel":
        """Problems, questions and notes."""
        from annotator.gui.panels.problems import ProblemsPanel

        made = ProblemsPanel(self._look, self._session, self._places[_PROBLEMS])
        made.action_asked.connect(self.action_asked)
        made.label_asked.connect(self.label_asked)
        made.place_asked.connect(self.place_asked)
        made.role_asked.connect(self.role_asked)
        made.type_asked.connect(self.type_asked)
        made.topic_asked.connect(self.topic_asked)
        self._places[_PROBLEMS].hold(made)
        return made

    def _part(self, at: int) -> QWidget:
        """Return what the tab `at` shows."""
        if at == _LABELS:
            return self.labels
        if at == _ARTICLE:
            return self.article
        return self.problems if at == _PROBLEMS else self.hand

    def show_part(self, part: QWidget) -> None:
        """Bring one of the tabs to the front."""
        at = next(at for at, place in enumerate(self._places) if place.isAncestorOf(part))
        self.tabs.setCurrentIndex(at)
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_hand_changed(self) -> None:
        if self._session.hand and self.tabs.currentIndex() == _ARTICLE:
            self.tabs.setCurrentIndex(_HAND)

    def _on_labels_changed(self, _: set[str]) -> None:
        self._counting.start()

    def _count(self) -> None:
        language = self._look.language
        n_labels = len(self._session.shown_labels())
        n_problems = sum(map(len, self._session.problems.values()))
        for place, name, n in (
            (_LABELS, language.text("All labels"), n_labels),
            (_PROBLEMS, language.text("Problems"), n_problems),
        ):
            self.tabs.setTabText(place, f"{name} {n}" if n else name)


class _Place(QWidget):
    """A tab, whose part may be made later."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def hold(self, part: QWidget) -> None:
        """Show `part`, at once and not in the next turn of the event loop."""
        self._column.addWidget(part)
        part.show()


def _fill(side: QWidget, inner: QWidget, widths: tuple[int, int, int]) -> None:
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(inner)
    side.setMinimumWidth(widths[0])
    side.setMaximumWidth(widths[2])
