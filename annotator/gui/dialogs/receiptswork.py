"""What a dialog has a job do with receipts: take back, bring back. No Qt."""

from collections.abc import Callable

from annotator.core.model import LEAD
from annotator.services import merging, undoing
from annotator.services.annotators import who_undoes
from annotator.services.progress import Progress
from annotator.store.project import Project

Work = Callable[[Project, Progress], str]


def taken_back(receipt: str) -> Work:
    """Return the work of taking back what came with `receipt`; it returns the gesture."""
    return lambda project, _: merging.take_back(project, receipt).gesture


def brought_back(gesture: str) -> Work:
    """Return the work of undoing a taking back."""

    def work(project: Project, _: Progress) -> str:
        undoing.undo_gesture(project, who_undoes(project, LEAD), gesture)
        return ""

    return work
