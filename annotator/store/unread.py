"""What may not be looked into in the data folder, and how that is told."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator import paths
from annotator.core.errors import UserError

_ABSENT = (FileNotFoundError, NotADirectoryError)


def trouble() -> UserError:
    """Return what is told where something in the data folder cannot be read."""
    return UserError("data_unread", path=paths.data_folder().name)


@contextmanager
def told() -> Iterator[None]:
    """Run a block that looks into the data folder; raise `data_unread` where that may not be."""
    try:
        yield
    except PermissionError as error:
        raise trouble() from error


def refuse_closed(place: Path) -> None:
    """Raise `PermissionError` where something is at `place`, or may be, that cannot be read."""
    try:
        place.stat()
    except _ABSENT:
        return
    how = os.R_OK | os.X_OK if place.is_dir() else os.R_OK
    if not os.access(place, how):
        raise PermissionError(f"no rights to {place.name}")


def is_folder(place: Path) -> bool:
    """Whether a folder is at `place`; raise `PermissionError` where it may not be looked into."""
    refuse_closed(place)
    return place.is_dir()
