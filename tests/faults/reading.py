"""What every reader of broken samples stands on: what it says, and a file with all in it.

A reader answers `READ`, some words of what it made of the sample, or the code of a refusal that has
a sentence: it is worded here, as the program would, so that a sentence that fails is a fault too.
"""

import contextlib
import random
from collections.abc import Callable
from pathlib import Path

from annotator.core.errors import UserError
from annotator.i18n import Language
from annotator.services import merging, wording
from annotator.services.sentences import UNKNOWN
from annotator.store.project import Project
from tests.exchange.bundling import handed_in, labelled, team
from tests.projects import TEXTS

Read = Callable[[], str]
Reader = Callable[[Path, random.Random], contextlib.AbstractContextManager[Read]]


READ = "read"
MADE = frozenset(
    {READ, "in part", "came back", "nothing", "another name", "to be examined", "no receipt"},
)
"""What a reader may have made of a sample that it did not refuse."""


def told(act: Callable[[], object]) -> str:
    """Act, and return the code of expected trouble; anything else is a fault of ours."""
    try:
        act()
    except UserError as trouble:
        return refused(trouble)
    return READ


def refused(trouble: UserError) -> str:
    """Return the code of a refusal, which somebody is told in a sentence of her language."""
    said = wording.sentence(trouble, _ARABIC)
    if not said or wording.template_of(trouble.code, trouble.data) == UNKNOWN:
        raise AssertionError(f"no sentence for {trouble.code}")
    return trouble.code


_ARABIC = Language.of("ar")


def labelled_project(folder: Path) -> Path:
    """Make a project file with something of every kind in it, merged hand-ins too."""
    lead, files = team(folder, texts=TEXTS[:2])
    labelled(lead)
    with Project.open(lead) as project:
        merging.merge(project, [handed_in(files["a2"], "a2")])
    return lead


def labelled_file(folder: Path) -> bytes:
    """Return such a file."""
    return labelled_project(folder).read_bytes()
