"""How commands open the project that they are given: what it lacks comes back, and is told.

Those that only read answer, where the file is damaged, from what can be read of it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from annotator.cli.output import DATA_AT_FAULT, DONE, Output
from annotator.core.errors import UserError

if TYPE_CHECKING:
    from annotator.store.project import Project

_GONE = frozenset({"file_gone", "file_replaced"})


@contextmanager
def opened(output: Output, file: Path) -> Iterator["Project"]:
    """Open the project file for the length of the block; close it at the end.

    On stderr stands what came back into it, and once whether the second record could be written.
    Where the file was changed and a backup is due, one is made at the end.
    """
    from annotator.services import reopening
    from annotator.store import workfolder
    from annotator.store.project import Project
    from annotator.store.trouble import reading

    workfolder.sweep()
    with Project.open(file) as project, reading(project):
        found = reopening.merged_back(project)
        if found.is_anything:
            from annotator.services.reopeningwords import told

            for said in told(found, file.name, output.language):
                output.complain(said)
        try:
            yield project
            if project.connection.total_changes:
                _back_up(output, project)
        finally:
            project.try_second_record()
            if project.second_record is not None:
                from annotator.services.wording import sentence

                output.complain(sentence(project.second_record, output.language))


def _back_up(output: Output, project: "Project") -> None:
    """Make a backup where one is due; what the command did is done whether or not it can be.

    What became of the file meanwhile is told, for what was saved stands or falls with it.
    """
    from annotator.services import backing_up

    try:
        _refuse_gone(project)
        if backing_up.is_due(project, time.process_time()):
            backing_up.back_up(project, "close")
    except UserError as trouble:
        told = trouble if trouble.code == "locked" else _in_the_file(project)
        if told is None and trouble.code == "no_backup":
            told = backing_up.beside(trouble)
        if told is not None and told.code != "locked":  # else the next one is due too
            from annotator.services.wording import sentence

            output.complain(sentence(told, output.language))


def _refuse_gone(project: "Project") -> None:
    """Raise `file_gone` or `file_replaced` where the file stands at its place no longer."""
    met = project.whereabouts.trouble()
    if met is not None and met.code in _GONE:
        raise UserError(met.code, **met.data | {"why": "after"})


def _in_the_file(project: "Project") -> UserError | None:
    """Return why the file is not what was saved in it, where that is so."""
    from annotator.store import watching

    try:
        _refuse_gone(project)
        watching.refuse_unreadable(project)
    except UserError as trouble:
        return trouble
    return None


# --- reading --------------------------------------------------------------------------------------


@dataclass(slots=True)
class Answering:
    """An answer under way: how it speaks, and whether any of it is out already."""

    output: Output
    has_begun: bool = False

    def begin(self) -> None:
        """Take note that something of it is out."""
        self.has_begun = True

    def through(self, stream: BinaryIO) -> BinaryIO:
        """Return what writes to `stream` and notes that something was written there."""
        return cast("BinaryIO", _Noting(stream, self))


class _Noting:
    """A stream to write to that notes the first bytes of an answer."""

    def __init__(self, stream: BinaryIO, answering: Answering) -> None:
        self._stream = stream
        self._answering = answering

    def write(self, data: bytes) -> int:
        """Write `data`."""
        self._answering.begin()
        return self._stream.write(data)


def answered(output: Output, file: Path, answer: Callable[["Project", Answering], None]) -> int:
    """Let `answer` read the project file; return the exit code.

    Where the file is damaged it answers from what can be read, and on stderr stands what is
    missing; unless a part of the answer was out already: then that is not all, and is told.
    """
    answering = Answering(output)
    try:
        with opened(output, file) as project:
            answer(project, answering)
            return DONE
    except UserError as trouble:
        if answering.has_begun and trouble.code == "damaged":
            raise UserError("damaged", path=file.name, why="listed") from trouble
        if answering.has_begun:
            raise
        return _answered_partly(output, file, trouble, answer)


def _answered_partly(
    output: Output,
    file: Path,
    trouble: UserError,
    answer: Callable[["Project", Answering], None],
) -> int:
    from annotator.services import recovering

    with recovering.opened(file, trouble) as (project, found):
        from annotator.services.recoverywords import missing
        from annotator.services.wording import sentence

        said = " ".join(missing(found, output.language))
        partly = UserError("partly_read", path=file.name, missing=said)
        output.complain(sentence(partly, output.language))
        answer(project, Answering(replace(output, partly=partly)))
    return DATA_AT_FAULT
