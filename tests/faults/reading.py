"""What every reader of broken samples stands on: what it says, and a file with all in it."""

import contextlib
import random
from collections.abc import Callable
from pathlib import Path

from annotator.core.errors import UserError
from annotator.services import merging
from annotator.store.project import Project
from tests.exchange.bundling import handed_in, labelled, team

Read = Callable[[], str]
Reader = Callable[[Path, random.Random], contextlib.AbstractContextManager[Read]]


def told(act: Callable[[], object]) -> str:
    """Act, and return the code of expected trouble; anything else is a fault of ours."""
    try:
        act()
    except UserError as trouble:
        return trouble.code
    return "read"


def labelled_project(folder: Path) -> Path:
    """Make a project file with something of every kind in it, merged hand-ins too."""
    lead, files = team(folder)
    labelled(lead)
    with Project.open(lead) as project:
        merging.merge(project, [handed_in(files["a2"], "a2")])
    return lead


def labelled_file(folder: Path) -> bytes:
    """Return such a file."""
    return labelled_project(folder).read_bytes()
