"""The receipts of a file: what each merge brought, and whether it stands or was taken back."""

from dataclasses import dataclass

from annotator.core import operations as op
from annotator.services.progress import SILENT, Progress
from annotator.store import history, receipts, takenback
from annotator.store.project import Project
from annotator.store.receipts import Receipt
from annotator.store.trouble import reads


@dataclass(frozen=True, slots=True)
class Listed:
    """A receipt and whether what it brought stands; `gesture` took it back and can be undone.

    `is_part` says that it is one source of a merge of several, which has a receipt of its own.
    """

    receipt: Receipt
    is_standing: bool
    gesture: str = ""
    is_part: bool = False


@reads
def listed(project: Project, progress: Progress = SILENT) -> list[Listed]:
    """Return all receipts, the newest first, the whole of a merge before its parts."""
    found = receipts.receipts(project)
    names = takenback.names(project.connection)
    wholes = {one.uid for one in found}
    gestures = _gestures(project)
    told = []
    for one in found:
        brought = receipts.operations_in(project, one.ranges)
        whole = one.uid.rpartition("-")[0]
        is_standing = not names.issuperset(brought)
        gesture = "" if is_standing else gestures.get(one.uid, "")
        told.append((whole or one.uid, Listed(one, is_standing, gesture, whole in wholes)))
    newest = {key: at for at, (key, _) in enumerate(told)}
    return [one for _, one in sorted(told, key=lambda pair: _place(newest, *pair))]


def _place(newest: dict[str, int], key: str, one: Listed) -> tuple[int, bool, str]:
    return -newest[key], one.is_part, one.receipt.uid


def _gestures(project: Project) -> dict[str, str]:
    """Return by receipt the last gesture that took it back and is not undone."""
    found: dict[str, str] = {}
    for one in sorted(history.operations_of(project.connection, None), key=op.order):
        for change in one.changes:
            if change.kind == op.TAKEN_BACK:
                found[change.uid] = one.gesture if change.after is not None else ""
    return found
