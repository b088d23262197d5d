"""The two sides of the page of labelling: lists and palette, and the tabs of what is in hand."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from annotator.gui.keys import Layout
from annotator.gui.look import Look
from annotator.gui.panels.articlecard import ArticleCard
from annotator.gui.panels.articles import ArticlesPanel
from annotator.gui.panels.hand import HandPanel
from annotator.gui.panels.labels import LabelsPanel
from annotator.gui.panels.palette import PalettePanel
from annotator.gui.panels.problems import ProblemsPanel
from annotator.gui.session import Session

_COUNT_AFTER = 60
"""Milliseconds: a key does not wait for what counts all labels."""
READING_WIDTH = (240, 304, 420)
FAR_WIDTH = (300, 338, 460)
"""Least, usual and greatest width in pixels."""


class ReadingSide(QWidget):
    """The articles above, the palette below."""

    action_asked = Signal(str)

    def __init__(self, look: Look, session: Session, layout: Layout) -> None:
        super().__init__()
        self.articles = ArticlesPanel(look, session)
        self.palette_panel = PalettePanel(look, session, layout)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self.articles)
        self.splitter.addWidget(self.palette_panel)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([430, 370])
        self.splitter.setStretchFactor(0, 1)
        self.articles.action_asked.connect(self.action_asked)
        _fill(self, self.splitter, READING_WIDTH)


class FarSide(QWidget):
    """Tabs: what is in hand, all labels, the article as a whole, problems and questions."""

    action_asked = Signal(str)
    label_asked = Signal(str)
    place_asked = Signal(int, int)

    def __init__(self, look: Look, session: Session, layout: Layout) -> None:
        super().__init__()
        language = look.language
        self._look, self._session = look, session
        self.hand = HandPanel(look, session, layout)
        self.labels = LabelsPanel(look, session)
        self.article = ArticleCard(look, session)
        self.problems = ProblemsPanel(look, session)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for part, name in (
            (self.hand, language.text("In hand")),
            (self.labels, language.text("All labels")),
            (self.article, language.text("Article")),
            (self.problems, language.text("Problems")),
        ):
            self.tabs.addTab(part, name)
        for part in (self.hand, self.labels, self.article, self.problems):
            part.action_asked.connect(self.action_asked)
        for part in (self.hand, self.labels, self.problems):
            part.label_asked.connect(self.label_asked)
        for part in (self.hand, self.problems):
            part.place_asked.connect(self.place_asked)
        self._counting = QTimer(self, singleShot=True, interval=_COUNT_AFTER)
        self._counting.timeout.connect(self._count)
        session.hand_changed.connect(self._on_hand_changed)
        session.problems_changed.connect(self._count)
        session.labels_changed.connect(self._on_labels_changed)
        session.article_shown.connect(self._count)
        _fill(self, self.tabs, FAR_WIDTH)

    def show_part(self, part: QWidget) -> None:
        """Bring one of the tabs to the front."""
        self.tabs.setCurrentWidget(part)
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_hand_changed(self) -> None:
        if self._session.hand and self.tabs.currentWidget() is self.article:
            self.tabs.setCurrentWidget(self.hand)

    def _on_labels_changed(self, _: set[str]) -> None:
        self._counting.start()

    def _count(self) -> None:
        language = self._look.language
        n_labels = len(self._session.shown_labels())
        n_problems = sum(map(len, self._session.problems.values()))
        for place, name, n in (
            (1, language.text("All labels"), n_labels),
            (3, language.text("Problems"), n_problems),
        ):
            self.tabs.setTabText(place, f"{name} {n}" if n else name)


def _fill(side: QWidget, inner: QWidget, widths: tuple[int, int, int]) -> None:
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(inner)
    side.setMinimumWidth(widths[0])
    side.setMaximumWidth(widths[2])
