"""What the canvas is given to draw: the session's labels as marks, made anew where they differ."""

from collections.abc import Collection, Iterable

from PySide6.QtCore import QObject

from annotator.core.model import Event, Label
from annotator.gui.canvas.marks import Link, Mark, Stretch
from annotator.gui.canvas.view import Canvas
from annotator.gui.intents import AHEAD
from annotator.gui.models.drawing import Drawing
from annotator.gui.session import Session
from annotator.services.reading import Reading


class Feed(QObject):
    """Keeps the canvas at what the session shows."""

    def __init__(self, session: Session, canvas: Canvas, drawing: Drawing) -> None:
        super().__init__(canvas)
        self._session = session
        self._canvas = canvas
        self._drawing = drawing
        self._numbers: dict[str, int] = {}
        self._ahead: Label | None = None
        session.article_shown.connect(self.show_article)
        session.regions_changed.connect(self._on_regions_changed)
        session.labels_changed.connect(self._on_labels_changed)
        session.hand_changed.connect(self._on_hand_changed)

    def show_article(self) -> None:
        """Show the article of the session from its beginning, or nothing."""
        reading = self._session.reading
        self._numbers, self._ahead = {}, None
        if reading is None:
            self._canvas.show_article("", [])
            return
        self._canvas.show_article(reading.text, self._stretches(reading))
        self._canvas.change_marks((), self._all_marks())
        self._on_hand_changed()

    def _stretches(self, reading: Reading) -> list[Stretch]:
        return self._drawing.stretches(reading.regions, reading.annotatable)

    def _on_regions_changed(self) -> None:
        reading = self._session.reading
        if reading is not None:
            self._canvas.dress(self._stretches(reading))

    def set_links(
        self, links: Iterable[Link], numbers: dict[str, int], ahead: Label | None = None
    ) -> None:
        """Draw the links of the event in hand, and the numbers of what fills it or may fill it.

        What is `ahead` is being made, and is drawn as what waits to be written is.
        """
        differing = {
            uid
            for uid in numbers.keys() | self._numbers.keys()
            if numbers.get(uid) != self._numbers.get(uid)
        }
        if ahead != self._ahead:
            differing.add(AHEAD)
        self._numbers, self._ahead = numbers, ahead
        if differing:
            self._draw(differing)
        is_event = isinstance(self._session.label(self._session.hand), Event)
        self._canvas.set_event_in_hand(self._session.hand if is_event else "", list(links))

    def _on_labels_changed(self, uids: set[str]) -> None:
        self._draw(uids)

    def _draw(self, uids: Collection[str]) -> None:
        marks = [mark for uid in uids if (mark := self._mark(uid)) is not None]
        drawn = {mark.uid for mark in marks}
        self._canvas.change_marks([uid for uid in uids if uid not in drawn], marks)

    def _all_marks(self) -> list[Mark]:
        """Return the marks of an article that was just read: nothing in it waits to be written."""
        session = self._session
        problems = session.problems
        marks = (
            self._drawing.mark(label, has_problem=uid in problems)
            for uid, label in session.labels.items()
        )
        return [mark for mark in marks if mark is not None]

    def _mark(self, uid: str) -> Mark | None:
        session = self._session
        label = self._ahead if uid == AHEAD else session.label(uid)
        if label is None:
            return None
        if uid == AHEAD:
            return self._drawing.mark(label, is_pending=True)
        return self._drawing.mark(
            label,
            is_pending=session.is_pending(uid),
            is_unsaved=session.is_unsaved(uid),
            has_problem=bool(session.problems_of(uid)),
            number=self._numbers.get(uid, 0),
        )

    def _on_hand_changed(self) -> None:
        hand = self._session.hand
        is_event = isinstance(self._session.label(hand), Event)
        self._canvas.set_current("" if is_event else hand)
        if not is_event:
            self._canvas.set_event_in_hand("", [])
