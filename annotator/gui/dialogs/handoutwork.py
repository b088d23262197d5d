"""What a hand-out dialog has a job do before anything is planned. No Qt."""

from collections import Counter
from pathlib import Path

from annotator.gui.models.handout import Known
from annotator.services.progress import Progress
from annotator.store import readers
from annotator.store.project import Project

_UNFINISHED = ("new", "started")


def usual_folder(project: Project, ending: str) -> Path:
    """Return where files for others go unless said: a folder beside the project, by its name."""
    return project.path.with_name(f"{project.path.stem}-{ending}")


def known(project: Project, progress: Progress) -> tuple[Known, ...]:
    """Return the people of the project in the order in which they came, and what they have."""
    assigned: Counter[str] = Counter()
    unfinished: Counter[str] = Counter()
    for one in readers.assigned(project):
        assigned[one.annotator] += 1
        unfinished[one.annotator] += one.status in _UNFINISHED
    return tuple(
        Known(one, assigned[one.uid], unfinished[one.uid])
        for one in project.annotators()
        if one.kind == "human"
    )
