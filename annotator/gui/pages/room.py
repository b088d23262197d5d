"""How the page of labelling shares its width: three columns, two with tabs, or a drawer."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from annotator.gui.look import Look

TWO_COLUMNS_BELOW, DRAWER_BELOW = 1280 - 68, 1100 - 68
"""Widths of the page in pixels, the rail of 68 left out."""
NEAR, FAR = 304, 338
"""Usual widths of the two sides in pixels."""


class Room(QObject):
    """Puts the two sides beside the article, or both into tabs on the reading side.

    Where even these take too much, the tabs are a drawer: hidden until something in them is asked
    for.
    """

    def __init__(
        self, look: Look, splitter: QSplitter, near: QWidget, far: QWidget, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._splitter, self._near, self._far = splitter, near, far
        self._names = (look.language.text("Articles and types"), look.language.text("Labels"))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.hide()
        self._n_columns = 3
        self.is_drawer = False

    def fit(self, width: int) -> None:
        """Share `width` pixels."""
        n_columns = 2 if width < TWO_COLUMNS_BELOW else 3
        if n_columns != self._n_columns:
            self._n_columns = n_columns
            (self._into_tabs if n_columns == 2 else self._into_columns)()
        is_drawer = width < DRAWER_BELOW
        if is_drawer != self.is_drawer:
            self.is_drawer = is_drawer
            self.tabs.setVisible(n_columns == 2 and not is_drawer)

    def _into_tabs(self) -> None:
        for part, name in zip((self._near, self._far), self._names, strict=True):
            self.tabs.addTab(part, name)
        self.tabs.setMaximumWidth(self._far.maximumWidth())
        self._splitter.insertWidget(0, self.tabs)
        self._splitter.setStretchFactor(1, 1)
        self.tabs.show()
        self._share(FAR)

    def _into_columns(self) -> None:
        self.tabs.hide()
        self.tabs.setParent(None)  # first, or the article would be counted behind it
        self._splitter.insertWidget(0, self._near)
        self._splitter.insertWidget(2, self._far)
        for part in (self._near, self._far):
            part.show()
        self._splitter.setStretchFactor(1, 1)
        self._share(NEAR, FAR)

    def _share(self, *sides: int) -> None:
        """Give the sides their usual width and the article the rest."""
        rest = max(1, self._splitter.width() - sum(sides))
        self._splitter.setSizes([sides[0], rest, *sides[1:]])

    def show_side(self, part: QWidget) -> None:
        """Bring a side into view: `part` is one of the two."""
        if self._n_columns == 2:
            self.tabs.setCurrentWidget(part)
            self.tabs.show()

    def close_drawer(self) -> None:
        """Give the article the whole width again, where the sides are a drawer."""
        if self.is_drawer:
            self.tabs.hide()

    def turn_drawer(self) -> None:
        """Open the drawer, or close it."""
        if self.is_drawer:
            self.tabs.setVisible(not self.tabs.isVisible())
