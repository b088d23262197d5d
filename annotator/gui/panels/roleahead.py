"""The role of a part of the article, by its name: a small window over the text."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from annotator.core.model import ROLES
from annotator.gui.look import Look
from annotator.gui.models.roles import HERE, role_name
from annotator.gui.panels.chooser import Offer
from annotator.gui.panels.typeahead import Ahead
from annotator.i18n import CODES, Language

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RoleAhead(Ahead):
    """All roles, found by their names in both languages; those that stand there say so.

    `has_part` says that less than whole lines is meant, so that just this can be asked for.
    """

    chosen = Signal(str, bool)  # role; whether just what is meant is, and not its whole lines

    def __init__(
        self,
        look: Look,
        present: Sequence[str],
        annotatable: Collection[str],
        parent: QWidget | None = None,
        *,
        has_part: bool = False,
    ) -> None:
        text = look.language.text
        super().__init__(look, text(HERE), offers(look.language, present, annotatable), parent)
        self.chooser.chosen.connect(self._on_chosen)
        self.exact = QCheckBox(text("Only what is selected, not its whole lines"), self)
        self.exact.setVisible(has_part)
        self.column.addWidget(self.exact)
        only = ROLES.index(present[0]) if len(present) == 1 else -1
        self.chooser.list.setCurrentRow(only)  # Return alone changes nothing

    def _on_chosen(self, id: str) -> None:
        is_exact = self.exact.isChecked()
        self.close()
        self.chosen.emit(id, is_exact)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose and leave from the tick box too."""
        if event.key() in _RETURN:
            self.chooser.choose()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


def offers(
    language: Language, present: Collection[str], annotatable: Collection[str]
) -> list[Offer]:
    """Return the roles as a chooser offers them: which stand there, and in which nothing counts."""
    both = [Language.of(code) for code in CODES]
    found = []
    for role in ROLES:
        said = [role_name(language, role)]
        if role not in annotatable:
            said.append(language.text("not labelled"))
        if role in present:
            said.append(language.text("now"))
        names = (*(role_name(one, role) for one in both), role)
        found.append(Offer(role, " · ".join(said), names))
    return found
