"""The page of labelling: lists and palette, the article, and what is in hand, wired together."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from annotator.core.errors import UserError
from annotator.core.model import Entity, extent_at, hull
from annotator.core.operations import Operation
from annotator.gui.canvas.view import Canvas
from annotator.gui.keys import Layout
from annotator.gui.look import Look
from annotator.gui.models import aiming
from annotator.gui.models.drawing import Drawing
from annotator.gui.models.told import Teller
from annotator.gui.pages.feed import Feed
from annotator.gui.pages.newarticles import NewArticles
from annotator.gui.pages.regioning import Regioning
from annotator.gui.pages.room import Room
from annotator.gui.pages.sides import FarSide, ReadingSide
from annotator.gui.pages.typist import Typist
from annotator.gui.panels.findbar import FindBar
from annotator.gui.panels.header import Header
from annotator.gui.panels.messages import MessagesBar
from annotator.gui.session import Saved, Session
from annotator.gui.slots import slots_of
from annotator.gui.widgets.literal import literal
from annotator.gui.widgets.troubles import worded
from annotator.gui.widgets.words import hairline
from annotator.services.reading import changed_labels

_LONGEST_QUOTE = 30
_COUNT_AFTER = 60
"""Milliseconds: what counts all labels is not to be waited for by a key."""


class LabelPage(QWidget):
    """Everything that one labels with. It asks the window for what is not its own."""

    action_asked = Signal(str)

    def __init__(
        self, look: Look, session: Session, layout: Layout, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._session = look, session
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self, childrenCollapsible=False)
        self.reading_side = ReadingSide(look, session, layout, self.splitter)
        middle = QWidget(self.splitter)
        self.header = Header(look, session, middle)
        self.find_bar = FindBar(look, middle)
        self.canvas = Canvas(look, middle)
        self.far_side = FarSide(look, session, layout, self.splitter)
        self.messages = MessagesBar(look, self)
        self.typist = Typist(session, self.canvas, self.far_side.hand, layout)
        drawing = Drawing(session.schema, look.language, slots_of(session.schema.entities))
        self._feed = Feed(session, self.canvas, drawing)
        self.regioning = Regioning(look, session, self.canvas, self.messages)
        self.new_articles = NewArticles(look, session, self.canvas, self.messages)
        self._teller = Teller(session.schema, look.language)
        self._counting = QTimer(self, singleShot=True, interval=_COUNT_AFTER)
        self._counting.timeout.connect(self._count)
        self._put_together(middle)
        self._wire_canvas()
        self._wire_panels()
        self._wire_session()

    # --- layout ---

    def _put_together(self, middle: QWidget) -> None:
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.find_bar)
        column.addWidget(self.canvas, 1)
        for part in (self.reading_side, middle, self.far_side):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([304, 730, 338])
        self.room = Room(self._look, self.splitter, self.reading_side, self.far_side, self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.splitter, 1)
        outer.addWidget(hairline())
        outer.addWidget(self.messages)

    # --- wiring ---

    def _wire_canvas(self) -> None:
        canvas = self.canvas
        canvas.mark_pressed.connect(self._on_mark_pressed)
        canvas.text_clicked.connect(self._on_text_clicked)
        canvas.caret_moved.connect(self._on_caret_moved)
        canvas.ends_moved.connect(self.typist.set_place)
        canvas.zoom_changed.connect(lambda _: self._count())
        canvas.selection_changed.connect(self._on_selection_changed)
        self.find_bar.hits_changed.connect(self._on_hits_changed)
        self.find_bar.closed.connect(canvas.setFocus)

    def _wire_panels(self) -> None:
        near, far = self.reading_side, self.far_side
        near.articles.article_asked.connect(self.show_article)
        near.articles.place_changed.connect(self.header.show_place)
        near.palette_panel.type_asked.connect(self.apply_type)
        far.hand.links_changed.connect(self._on_links_changed)
        far.hand.text_asked.connect(self.canvas.setFocus)
        far.label_asked.connect(self.go_to)
        far.role_asked.connect(self._on_role_asked)
        far.type_asked.connect(self._on_type_asked)
        far.topic_asked.connect(lambda _: self.focus_on(far.article))
        far.place_asked.connect(self.go_to_place)
        for part in (near, far, self.header, self.messages):
            part.action_asked.connect(self.action_asked)
        self.typist.asked_again.connect(self._on_asked_again)

    def _wire_session(self) -> None:
        session = self._session
        session.article_shown.connect(self._on_article_shown)
        session.saved.connect(self._on_saved)
        session.refused.connect(self._on_refused)
        session.not_saved.connect(self._on_not_saved)
        session.all_saved.connect(self.messages.trouble_over)
        session.taken_back.connect(self._on_taken_back)
        session.labels_changed.connect(self._on_labels_changed)

    # --- what panels and commands ask for ---

    def show_article(self, article: str) -> None:
        """Show an article, and put the keys into its text."""
        self.room.close_drawer()
        self._session.show_article(article)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def apply_type(self, kind: str, type_name: str) -> None:
        """Label with a type that was clicked or searched for."""
        if kind in ("entity", "event"):
            self.typist.label(kind, type_name)
        elif kind == "stance":
            self.typist.begin_stance()
        elif kind == "relation":
            self.far_side.hand.begin_relation()
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_on(self, part: QWidget) -> None:
        """Bring a part of one of the sides into view and give it the keys."""
        far = self.far_side
        if far.isAncestorOf(part):
            self.room.show_side(far)
            far.show_part(part)
        else:
            self.room.show_side(self.reading_side)
            part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose_type(self) -> None:
        """Let a type be found by its name, at the caret; of what is in hand, in its card."""
        if self._session.hand and self.canvas.selection() is None:
            self.focus_on(self.far_side.hand)
            self.far_side.hand.choose_type()
            return
        from annotator.gui.panels.typeahead import TypeAhead

        ahead = TypeAhead(self._look, self._session, parent=self)
        ahead.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ahead.chosen.connect(self.apply_type)
        place = self.canvas.selection() or (self.canvas.caret(),) * 2
        below = self.canvas.box_of(*place).bottomRight()
        ahead.open_at(self.canvas.viewport().mapToGlobal(below))

    def go_to(self, uid: str) -> None:
        """Take the label `uid` in hand and scroll to it."""
        self._session.read_rest()
        label = self._session.label(uid)
        if label is None:
            return
        self._session.take_in_hand(uid)
        place = self._session.place_of(label)
        if place:
            self.go_to_place(*place)

    def go_to_place(self, start: int, end: int) -> None:
        """Scroll to a place in the text, put the caret there and flash it."""
        self.canvas.place_caret(start)
        self.canvas.scroll_to(start, end)
        self.canvas.flash(start, end)

    def step_label(self, by: int) -> None:
        """Take the next label in hand, in the order of the text, or the one before."""
        session = self._session
        session.read_rest()
        held, labels = session.label(session.hand), session.shown_labels().values()
        self.go_to(aiming.stepped(labels, held, self.canvas.caret(), by))

    def open_find(self) -> None:
        """Open the find bar, on what is selected where that is short."""
        reading, selection = self._session.reading, self.canvas.selection()
        if reading is not None:
            query = reading.text[slice(*selection)] if selection else ""
            self.find_bar.open_on(reading.text, query if len(query) <= 80 else "")

    # --- slots ---

    def _on_mark_pressed(self, uid: str, modifiers: Qt.KeyboardModifier) -> None:
        plain = not modifiers & (
            Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
        )
        if plain and self.far_side.hand.press_entity(uid):
            return
        self._session.take_in_hand(uid)

    def _on_text_clicked(self, _: int) -> None:
        if isinstance(self._session.label(self._session.hand), Entity):
            self._session.take_in_hand("")

    def _on_caret_moved(self, offset: int) -> None:
        held = self._session.label(self._session.hand)
        if isinstance(held, Entity):
            start, end = hull(held.extent)
            if not start <= offset <= end:
                self._session.take_in_hand("")

    def _on_role_asked(self, event: str, role: str) -> None:
        self.go_to(event)
        self.focus_on(self.far_side.hand)
        self.far_side.hand.choose_role(role)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_type_asked(self, uid: str) -> None:
        self.go_to(uid)
        self.focus_on(self.far_side.hand)
        self.far_side.hand.choose_type()

    def _on_selection_changed(self) -> None:
        reading, selection = self._session.reading, self.canvas.selection()
        place = aiming.trimmed(reading.text, *selection) if reading and selection else (0, 0)
        extent = extent_at(reading.text, [place]) if reading and place[0] < place[1] else ()
        self.far_side.hand.show_selection(extent)

    def _on_hits_changed(self, hits: list[tuple[int, int]], current: int) -> None:
        self.canvas.set_hits(hits, current)
        if current >= 0:
            self.canvas.scroll_to(*hits[current])

    def _on_links_changed(self) -> None:
        hand = self.far_side.hand
        self._feed.set_links(hand.links(), hand.numbers(), hand.card.ahead() if hand.card else None)

    def _on_article_shown(self) -> None:
        reading = self._session.reading
        self.find_bar.set_text(reading.text if reading else "")
        self._count()

    def _on_saved(self, saved: Saved) -> None:
        self.messages.tell_saved(self._teller.saved(saved, self._session))

    def _on_refused(self, trouble: UserError) -> None:
        self.messages.tell_refused(worded(trouble, self._look.language))

    def _on_not_saved(self, trouble: UserError) -> None:
        language = self._look.language
        again = language.text("Try again")
        self.messages.tell_trouble(worded(trouble, language), "try_again", again)

    def _on_taken_back(self, operation: Operation, kind: str) -> None:
        self.messages.tell(self._teller.taken_back(operation, kind, self._session))
        written = changed_labels(self._session.schema, operation)
        found = [label for label in written.values() if label is not None]
        place = next((place for label in found if (place := self._session.place_of(label))), None)
        place = place or self._teller.place_before(operation, self.regioning.article)
        if place is not None:
            self.canvas.scroll_to(*place)
            self.canvas.flash(*place)

    def _on_asked_again(self, uid: str) -> None:
        session, heir = self._session, self.typist.heir()
        going = session.going_with(uid)
        said = self._teller.would_go(session.label(uid), going, session)
        if heir is None:
            self.messages.tell(said)
            return
        quote = literal(" ".join(span.quote for span in heir.extent), _LONGEST_QUOTE)
        button = self._look.language.text("Let {quote} stand in", quote=quote)
        self.messages.tell_trouble(said, "hand_over", button)

    def _on_labels_changed(self, _: set[str]) -> None:
        self._counting.start()

    def _count(self) -> None:
        self.messages.set_counts(self._session.shown_labels().values(), self.canvas.zoom())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        self.room.fit(event.size().width())
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type into the article; what means nothing there goes on to the window."""
        if not self.typist.press(event):
            super().keyPressEvent(event)
