"""A small window over the text, with a field and what fits below it; and in it any type."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.core.labelschema import LabelSchema
from annotator.gui.dressing import direction_of
from annotator.gui.look import Look
from annotator.gui.models.types import KIND_NAMES, KINDS, offered
from annotator.gui.panels.chooser import Chooser, Offer
from annotator.gui.session import Session
from annotator.gui.slots import slots_of

_WIDTH = 280
_BETWEEN = ":"  # stands in no id of a kind


class Ahead(QFrame):
    """A chooser over the text, shown at a point.

    It is gone on Esc or a click elsewhere; what is chosen is for who offers it.
    """

    closed = Signal()

    def __init__(
        self, look: Look, hint: str, given: Sequence[Offer], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._look = look
        self.setLayoutDirection(direction_of(look))
        self.setProperty("box", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.chooser = Chooser(look, hint, given)
        self.chooser.left.connect(self.close)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(4, 4, 4, 4)
        self.column.addWidget(self.chooser)
        self.column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self.chooser.setFixedWidth(_WIDTH)

    def open_at(self, point: QPoint) -> None:
        """Show it below `point` (of the screen), towards the reading side, wholly on the screen."""
        self.move(self._place(point))
        self.show()
        self.move(self._place(point))  # only a shown window knows how large it is
        self.chooser.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self, point: QPoint) -> QPoint:
        left = point.x() - self.width() if self._look.is_rtl else point.x()
        screen = QGuiApplication.screenAt(point) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        return QPoint(
            max(room.left(), min(left, room.right() + 1 - self.width())),
            max(room.top(), min(point.y(), room.bottom() + 1 - self.height())),
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that it is gone."""
        self.closed.emit()


class TypeAhead(Ahead):
    """Types of `kinds`, found by their names in both languages however they are spelled."""

    chosen = Signal(str, str)  # kind, type

    def __init__(
        self,
        look: Look,
        session: Session,
        kinds: Sequence[str] = KINDS,
        parent: QWidget | None = None,
    ) -> None:
        hint = look.language.text("Name of a type")
        super().__init__(look, hint, offers(look, session.schema, kinds), parent)
        self.chooser.chosen.connect(self._on_chosen)

    def _on_chosen(self, id: str) -> None:
        kind, _, type_id = id.partition(_BETWEEN)
        self.close()
        self.chosen.emit(kind, type_id)


def offers(look: Look, schema: LabelSchema, kinds: Sequence[str]) -> list[Offer]:
    """Return the types of `kinds` as a chooser offers them; with several kinds each says its."""
    slots = slots_of(schema.entities)
    found = []
    for kind in kinds:
        suffix = f" · {look.language.text(KIND_NAMES[kind])}" if len(kinds) > 1 else ""
        for one in offered(schema, look.language, slots, kind):
            names = (*one.names, look.language.text(KIND_NAMES[kind]))
            found.append(Offer(f"{kind}{_BETWEEN}{one.id}", one.name + suffix, names, one.slot))
    return found
