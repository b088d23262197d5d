"""The table of actions as Qt's actions: one for each, shared by menus, buttons and shortcuts."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotator.gui import icons
from annotator.gui.actions import ACTIONS, MENUS, Action, why_not
from annotator.gui.look import Look
from annotator.gui.widgets.literal import isolated


class Commands(QObject):
    """Every action of the table, wired to what it does in this window."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._actions = {action.id: self._made(action, window) for action in ACTIONS}
        self._wired: set[str] = set()

    def _made(self, action: Action, window: QWidget) -> QAction:
        name = self._look.language.text(action.name)
        made = QAction(_with_key(name.replace("&", "&&"), action), window)
        if action.icon:
            made.setIcon(icons.icon(self._look, action.icon))
        if not action.is_typed:
            made.setShortcuts([QKeySequence(key) for key in action.keys])
            made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        made.setMenuRole(QAction.MenuRole.NoRole)
        window.addAction(made)
        return made

    def wire(self, id: str, act: Callable[[], object]) -> None:
        """Let the action `id` do `act`."""
        self._actions[id].triggered.connect(lambda: act())
        self._wired.add(id)

    def wire_all(self, acts: dict[str, Callable[[], object]]) -> None:
        """Let each action named do what stands beside it."""
        for id, act in acts.items():
            self.wire(id, act)

    @property
    def unwired(self) -> set[str]:
        """The ids of actions that do nothing yet."""
        return set(self._actions) - self._wired

    def do(self, id: str) -> None:
        """Do the action `id`, where it can be done now."""
        if self._actions[id].isEnabled():
            self._actions[id].trigger()

    def action(self, id: str) -> QAction:
        """Return the action `id`."""
        return self._actions[id]

    def allow(self, there: Iterable[str]) -> None:
        """Let only those be done whose needs are in `there`; the others say why in their hint."""
        known = frozenset(there)
        for action in ACTIONS:
            why = why_not(action, known)
            made = self._actions[action.id]
            made.setEnabled(not why)
            made.setToolTip(self._look.language.text(why))

    def is_allowed(self, id: str) -> bool:
        """Whether the action `id` can be done now."""
        return self._actions[id].isEnabled()

    def menu_bar(self) -> QMenuBar:
        """Return the menus, as a bar that stands inside the window's own top bar."""
        bar = QMenuBar()
        bar.setNativeMenuBar(False)
        for id, name in MENUS:
            bar.addMenu(self._menu(id, self._look.language.text(name), bar))
        return bar

    def _menu(self, id: str, name: str, parent: QWidget) -> QMenu:
        menu = QMenu(name, parent)
        menu.setToolTipsVisible(True)
        for action in ACTIONS:
            if action.menu == id and not action.is_typed:
                menu.addAction(self._actions[action.id])
        return menu


def _with_key(name: str, action: Action) -> str:
    """Return what a menu says: the key isolated, or an Arabic menu would show it as ",+Ctrl"."""
    if action.is_typed or not action.keys:
        return name
    key = QKeySequence(action.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{name}\t{isolated(key, is_rtl=False)}"
