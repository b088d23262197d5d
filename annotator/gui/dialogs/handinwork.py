"""What a hand-in dialog has a job do: count what would go, and where to. No Qt."""

from collections import Counter
from pathlib import Path

from annotator.core.filenames import file_stems
from annotator.core.model import Annotator
from annotator.gui.models.handin import Going
from annotator.services.handing_in import HandIn
from annotator.services.progress import Progress
from annotator.store import readers
from annotator.store.project import Project

ENDING = ".handin.zip"


def usual_place(project: Project, owner: Annotator | None) -> Path:
    """Return where the bundle goes unless said: beside the file, under the annotator's name."""
    stem = file_stems([owner.name])[0] if owner else project.path.stem
    return project.path.with_name(stem + ENDING)


def going(project: Project, progress: Progress) -> Going:
    """Return what would go now."""
    given = HandIn(project)
    hers = (one for one in readers.assigned(project) if one.annotator == project.owner)
    return Going(given.n_layers, given.n_operations, dict(Counter(one.status for one in hers)))
