"""What undo and redo take next: a gesture in the layer in view, or one in the project's own scope.

History knows the order within each scope; between the two it is known here, as long as the article
stays in view.
"""

from collections.abc import Sequence

from annotator.core.errors import UserError
from annotator.core.model import Annotator, Layer
from annotator.core.operations import Operation, Scope
from annotator.services import undoing
from annotator.store.project import Project
from annotator.store.trouble import PASSING

_IN_LAYER = ""


class TakingBack:
    """The gestures made since an article came into view, the last one last."""

    def __init__(self) -> None:
        self._article = ""
        self._made: list[str] = []
        self._undone: list[str] = []
        self._wide: set[str] = set()
        """Gestures over several layers, of which that in view is one."""
        self.was_wide = False
        """Whether what was taken back last was such a gesture."""

    def begin(self, article: str) -> None:
        """Begin anew where another article is in view: of that only the layer is taken back."""
        if article != self._article:
            self._article = article
            self._made, self._undone = [], []

    def note(self, operation: Operation) -> None:
        """Note a gesture that was made; what was undone before is not done again after it."""
        self._made.append(operation.gesture if operation.scope.is_project else _IN_LAYER)
        self._undone = []

    def note_wide(self, gesture: str) -> None:
        """Note a gesture that was made in several layers, that in view among them."""
        self._made.append(gesture)
        self._wide.add(gesture)
        self._undone = []

    def note_taken_back(self, gesture: str) -> None:
        """Note that a gesture was taken back elsewhere, as in a dialog: redo does it again."""
        if gesture in self._made:
            self._made.remove(gesture)
            self._undone.append(gesture)

    def take_back(
        self, project: Project, layer: Layer, annotator: Annotator, kind: str
    ) -> Operation:
        """Take back the last gesture (`kind` is "undo"), or do again what was undone ("redo")."""
        among, onto = self._made, self._undone
        if kind == "redo":
            among, onto = onto, among
        gesture = among[-1] if among else _IN_LAYER
        self.was_wide = gesture in self._wide
        try:
            if gesture == _IN_LAYER:
                operation = (undoing.undo if kind == "undo" else undoing.redo)(project, layer)
            else:
                in_project = undoing.undo_gesture if kind == "undo" else undoing.redo_gesture
                operation = _in_view(in_project(project, annotator, gesture).operations, layer)
        except UserError as trouble:
            if gesture != _IN_LAYER and trouble.code not in PASSING:
                among.pop()  # or the gestures before it could not be taken back any more
                if trouble.code == "changed_since" and gesture not in self._wide:
                    raise UserError(trouble.code, why="regions", **trouble.data) from None
            raise
        if among:
            among.pop()
        onto.append(gesture)
        return operation


def _in_view(operations: Sequence[Operation], layer: Layer) -> Operation:
    """Return the part of a gesture that is about the layer in view, else about the project."""
    scope = Scope(layer.article, layer.annotator)
    return next((one for one in operations if one.scope == scope), operations[0])
