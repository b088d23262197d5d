"""What the file could not take: which trouble passes, what is tried again, and as lines of text."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from annotator.core.errors import UserError
from annotator.core.model import Layer
from annotator.core.operations import Operation
from annotator.gui.intents import PROVISIONAL, Intent
from annotator.services.gesturelines import Spelling, spelled
from annotator.store import trouble
from annotator.store.project import Project

TRY_AGAIN = trouble.OF_FILES | {"cannot_write", "file_went_back", "file_busy"}
"""Trouble of the file, not of the gesture: what was meant stays in view and can be tried again."""


class Tried(msgspec.Struct, frozen=True):
    """What came of it: what is still to be written, why, and what was refused for good."""

    waiting: list[Intent]
    trouble: UserError | None
    refused: list[UserError]


def tried(
    project: Project,
    layer: Layer,
    waiting: list[Intent],
    names_of: Callable[[Intent, Operation], dict[str, str]],
) -> Tried:
    """Write `waiting` in `layer`, which is not in view, until the file takes no more.

    `names_of` returns the uids that the file has given, by provisional uid.
    """
    refused: list[UserError] = []
    while waiting:
        try:
            with trouble.writing(project):
                operation = waiting[0].write(project, layer)
        except UserError as met:
            if met.code in TRY_AGAIN:
                return Tried(waiting, met, refused)
            refused.append(met)
            operation = None
        names = names_of(waiting[0], operation) if operation else {}
        waiting = [intent.under(names) for intent in waiting[1:]]
    return Tried([], None, refused)


def lines_of(unsaved: Iterable[tuple[Layer, list[Intent]]]) -> Iterator[str]:
    """Yield what was meant in layers of one annotator as lines that `apply` takes."""
    spelling = Spelling(_name_of)
    for layer, intents in unsaved:
        article = layer.article[:16]
        for intent in intents:
            if intent.said:
                yield spelled({"do": intent.name, "article": article, **dict(intent.said)})
            yield from spelling.labels(article, intent.shown, intent.removed)


def _name_of(uid: str) -> str:
    """Return what a label is called that the file has not named yet; nothing for others."""
    return f"n{uid.removeprefix(PROVISIONAL)}" if uid.startswith(PROVISIONAL) else ""
