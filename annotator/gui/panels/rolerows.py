"""The roles of the event in hand, each with its fillers; and what stands near the one that asks."""

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.panels.part import Part
from annotator.gui.panels.wells import WellButton, WellFace
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.flow import Flow
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.words import Words, hairline
from annotator.i18n import marked

_NAME_WIDTH = 74
_GAP = 8
_TOP = 4
ASKING = marked("Press an entity, or its number")
ASKING_EVENT = marked("Press an entity or an event, or its number")
EMPTY = marked("Press to fill it")


class FilledBy(msgspec.Struct, frozen=True):
    """A filler of a role: the uid of its argument, that of its label, and its well."""

    argument: str
    filler: str
    face: WellFace


class RoleRow(msgspec.Struct, frozen=True):
    """A role as it is shown; `is_asking` is the one that the next filler is for."""

    id: str
    name: str
    fillers: tuple[FilledBy, ...]
    is_required: bool = False
    is_missing: bool = False
    is_asking: bool = False
    may_hold_more: bool = True
    takes_events: bool = False
    is_unknown: bool = False


class RoleRows(Part):
    """The roles in the label schema's order. A press on a row makes its role the one that asks."""

    role_chosen = Signal(str)
    filler_pressed = Signal(str)  # the uid of the label
    removal_asked = Signal(str)  # the uid of the argument
    list_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(2)
        self._look = look

    def show_roles(self, rows: tuple[RoleRow, ...], *, is_closed: bool) -> None:
        """Show `rows`."""

        def build(column: QVBoxLayout) -> None:
            column.addWidget(hairline())
            column.addSpacing(4)
            for row in rows:
                column.addWidget(self._row(row, is_closed=is_closed))

        self.show_value((rows, is_closed) if rows else None, build)

    def _row(self, row: RoleRow, *, is_closed: bool) -> QWidget:
        wells: list[QWidget] = [self._filler(filler) for filler in row.fillers]
        last = self._place(row, is_closed=is_closed)
        whole = _Row(self._look, row, [*wells, last] if last else wells)
        if not is_closed and row.may_hold_more:
            whole.pressed.connect(lambda: self.role_chosen.emit(row.id))
        return whole

    def _filler(self, filler: FilledBy) -> QWidget:
        well = WellButton(self._look, filler.face)
        well.setObjectName(f"filler:{filler.argument}")
        well.clicked.connect(lambda: self.filler_pressed.emit(filler.filler))
        well.removal_asked.connect(lambda: self.removal_asked.emit(filler.argument))
        return well

    def _place(self, row: RoleRow, *, is_closed: bool) -> QWidget | None:
        """Return what stands after the fillers: where the next goes, or what to do about it."""
        if is_closed or not row.may_hold_more or (row.fillers and not row.is_asking):
            return None if row.fillers else Words(self._look, "—", "hint")
        say = self._look.language
        if row.is_asking:
            said = say.text(ASKING_EVENT if row.takes_events else ASKING)
            face = WellFace(said, is_quote=False, state="asking", name=f"{row.name}: {said}")
        else:
            said = say.text(EMPTY)
            face = WellFace(said, is_quote=False, state="hint", name=f"{row.name}: {said}")
        well = WellButton(self._look, face)
        well.setObjectName(f"role:{row.id}")
        chosen = self.list_asked.emit if row.is_asking else lambda: self.role_chosen.emit(row.id)
        well.clicked.connect(chosen)
        return well


class _Row(QWidget):
    """A role's name, 74 px wide, beside its wells."""

    pressed = Signal()

    def __init__(self, look: Look, row: RoleRow, wells: list[QWidget]) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 1, 0, 1)
        line.setSpacing(_GAP)
        line.addWidget(_name(look, row), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(3)
        for well in wells:  # aligned, or the narrowest would set the greatest width of all
            column.addWidget(well, 0, Qt.AlignmentFlag.AlignLeft)
        line.addLayout(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the role."""
        event.accept()
        self.pressed.emit()


def _name(look: Look, row: RoleRow) -> QWidget:
    box = QWidget()
    box.setFixedWidth(_NAME_WIDTH)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, _TOP, 0, 0)
    column.setSpacing(0)
    line = QHBoxLayout()
    line.setSpacing(3)
    role = "accent" if row.is_asking else "error" if row.is_unknown else "text_2"
    face = fonts.window(13, strong=row.is_asking)
    line.addWidget(Literal(look, row.name, font=face, role=role))
    if row.is_required:
        line.addWidget(Words(look, "*", "error"))
    line.addStretch(1)
    column.addLayout(line)
    if row.is_missing:
        column.addWidget(Words(look, look.language.text("needed"), "error"))
    return box


class Near(msgspec.Struct, frozen=True):
    """What may be taken by one key: its id and its well."""

    id: str
    face: WellFace


class NearRow(Part):
    """A well of candidates with their digits; where there are more, the key of the whole list."""

    taken = Signal(str)
    list_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def show_near(
        self, near: tuple[Near, ...], *, has_more: bool = False, is_closed: bool = False
    ) -> None:
        """Show what may be taken."""

        def build(column: QVBoxLayout) -> None:
            box = Box("well", QVBoxLayout())
            box.parts.setContentsMargins(4, 2, 4, 2)
            inside = QWidget()
            flow = Flow(inside, 2)
            for one in near:
                flow.addWidget(self._button(one, is_closed=is_closed))
            if has_more:
                flow.addWidget(self._whole_list())
            box.parts.addWidget(inside)
            column.addWidget(box)

        value = (near, has_more, is_closed) if near or has_more else None
        self.show_value(value, build)

    def _button(self, one: Near, *, is_closed: bool) -> QWidget:
        well = WellButton(self._look, one.face)
        well.setObjectName(f"near:{one.id}")
        well.setEnabled(not is_closed)
        well.clicked.connect(lambda: self.taken.emit(one.id))
        return well

    def _whole_list(self) -> QWidget:
        said = self._look.language.text("All of them")
        well = WellButton(self._look, WellFace(said, is_quote=False, key="0"))
        well.setObjectName("near_list")
        well.clicked.connect(self.list_asked)
        return well
