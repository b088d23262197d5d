"""Where an open project file lies and which file that is: asked before and after each gesture.

SQLite keeps writing into the file that it opened, wherever that is by now. Only the file's own
number tells whether it still stands at its path. Nothing here opens the file: closing it again
would let go of SQLite's locks.
"""

import os
import stat
from pathlib import Path
from typing import Literal, Self

import msgspec

from annotator.core.errors import UserError

State = Literal["there", "gone", "replaced", "read_only"]

_ANYBODY_MAY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class Whereabouts(msgspec.Struct, frozen=True):
    """The place of an open file, and the number of the file that stood there when it was opened."""

    path: str
    device: int
    number: int

    @classmethod
    def of(cls, path: Path) -> Self:
        """Return the whereabouts of the file at `path`, before it is opened.

        Nothing is refused where no file is seen there: who opens it says why.
        """
        try:
            found = os.stat(path)  # noqa: PTH116  # half the time of Path's own
        except OSError:
            return cls("", 0, 0)
        return cls(str(path.absolute()), found.st_dev, found.st_ino)

    def state(self) -> State:
        """Return how the file stands now; about two microseconds on a disk of this machine.

        A file that nobody may write is `read_only` to the superuser too, whom it would not stop.
        """
        if not self.path:
            return "there"
        try:
            found = os.stat(self.path)  # noqa: PTH116
        except OSError:
            return "gone"
        if (found.st_dev, found.st_ino) != (self.device, self.number):
            return "replaced"
        if not found.st_mode & _ANYBODY_MAY_WRITE or not os.access(self.path, os.W_OK):
            return "read_only"
        return "there"

    def trouble(self) -> UserError | None:
        """Return why a gesture cannot be kept in the file now; None where it can."""
        name = os.path.basename(self.path)  # noqa: PTH119
        match self.state():
            case "gone":
                return UserError("file_gone", path=name)
            case "replaced":
                return UserError("file_replaced", path=name)
            case "read_only":
                return UserError("read_only", path=name)
            case _:
                return None

    def refuse(self) -> None:
        """Raise the trouble of the file, if there is any."""
        trouble = self.trouble()
        if trouble is not None:
            raise trouble


class OnlyRead(Whereabouts, frozen=True):
    """The place of a file that stands for another one, to be read: no gesture is kept in it."""

    def state(self) -> State:
        """Return that the file is as it is."""
        return "there"

    def trouble(self) -> UserError | None:
        """Return that nothing can be kept here."""
        return UserError("only_read", path=os.path.basename(self.path))  # noqa: PTH119


ANYWHERE = Whereabouts("", 0, 0)
"""Of a file that is only being made, and of which nothing is asked."""
