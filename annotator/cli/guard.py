"""Where whatever goes wrong in a run becomes a sentence and an exit code."""

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterator

from annotator.cli.output import DONE, Output
from annotator.core.errors import UserError


class PartlySavedError(Exception):
    """What went wrong, its cause, did so when a part of the work was saved already."""


def _true() -> bool:
    return True


@contextlib.contextmanager
def saving_in_parts(has_saved: Callable[[], bool] = _true) -> Iterator[None]:
    """Let what goes wrong in the block be told with the words that what came before is saved.

    Only where it `has_saved` something by then.
    """
    try:
        yield
    except (Exception, KeyboardInterrupt) as error:
        if has_saved():
            raise PartlySavedError from error
        raise


def guarded(output: Output, work: Callable[[], int], *, saved: str = "") -> int:
    """Do `work` and return its exit code; say what goes wrong and return the code for that.

    `saved` says what may be saved in spite of it: a word of `output.SAVED`.
    """
    try:
        code = work()
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        return _told(output, error, saved)
    return code


def _told(output: Output, error: BaseException | None, saved: str) -> int:
    match error:
        case UserError():
            return output.fail(error, saved)
        case PartlySavedError():
            return _told(output, error.__cause__, "before")
        case KeyboardInterrupt():
            return output.fail(UserError("cancelled"), saved)
        case BrokenPipeError():
            let_go_of_stdout()
            return DONE
        case OSError(errno=errno.ENOSPC, filename=None):
            let_go_of_stdout()
            return output.fail(UserError("disk_full"), saved)
    code = _of_words(output, error) if error else None
    if code is not None:
        return code
    if error and (known := _of_file(error)):
        return output.fail(known, saved)
    return output.fail(UserError("internal_error", path=_reported(error)), saved)


def _of_words(output: Output, error: BaseException) -> int | None:
    """Tell what the reader of the command line raised; None where it did not."""
    if "click" not in sys.modules:  # it was not needed to open the window
        return None
    from annotator.cli import wronguse

    return wronguse.told(output, error)


def _reported(error: BaseException | None) -> str:
    from annotator.cli import fault

    return str((fault.reported(error) if error else None) or "")


def _of_file(error: BaseException) -> UserError | None:
    """Return what `error` says of a project's file; None where the fault is ours."""
    from annotator.store import trouble  # not every command needs it

    return trouble.met(error)


def let_go_of_stdout() -> None:
    """Send what is still to be written nowhere, so that Python does not try again when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
