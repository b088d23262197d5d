"""Where whatever goes wrong in a run becomes a sentence and an exit code."""

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterator

import click

from annotator.cli import fault, wronguse
from annotator.cli.output import DONE, WRONG_USE, Output
from annotator.core.errors import UserError


class PartlySavedError(Exception):
    """What went wrong, its cause, did so when a part of the work was saved already."""


@contextlib.contextmanager
def saving_in_parts() -> Iterator[None]:
    """Let what goes wrong in the block be told with the words that what came before is saved."""
    try:
        yield
    except (Exception, KeyboardInterrupt) as error:
        raise PartlySavedError from error


def guarded(output: Output, work: Callable[[], int], *, saved: str = "") -> int:
    """Do `work` and return its exit code; say what goes wrong and return the code for that.

    `saved` says what may be saved in spite of it: a word of `output.SAVED`.
    """
    try:
        code = _exit_code(work)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        return _told(output, error, saved)
    return code


def _exit_code(work: Callable[[], int]) -> int:
    try:
        return work()
    except click.exceptions.Exit as end:
        return end.exit_code


def _told(output: Output, error: BaseException | None, saved: str) -> int:
    match error:
        case UserError():
            return output.fail(error, saved)
        case PartlySavedError():
            return _told(output, error.__cause__, "before")
        case KeyboardInterrupt():
            return output.fail(UserError("cancelled"), saved)
        case click.ClickException():
            return _wrong_use(output, error)
        case BrokenPipeError():
            let_go_of_stdout()
            return DONE
        case OSError(errno=errno.ENOSPC, filename=None):
            let_go_of_stdout()
            return output.fail(UserError("disk_full"), saved)
    if error and (known := _of_file(error)):
        return output.fail(known, saved)
    path = fault.reported(error) if error else None
    return output.fail(UserError("internal_error", path=str(path or "")), saved)


def _of_file(error: BaseException) -> UserError | None:
    """Return what `error` says of a project's file; None where the fault is ours."""
    from annotator.store import trouble  # not every command needs it

    return trouble.met(error)


def _wrong_use(output: Output, error: click.ClickException) -> int:
    output.fail_with(wronguse.CODE, wronguse.worded(error, output.language))
    context = getattr(error, "ctx", None)
    if context is not None and not (output.as_json or context.obj.is_quiet):
        output.remark(f"{context.command_path} --help")
    return WRONG_USE


def let_go_of_stdout() -> None:
    """Send what is still to be written nowhere, so that Python does not try again when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
