"""What errors of the system mean to a person whose file is being written."""

import errno
from pathlib import Path

from annotator.core.errors import UserError

NO_ROOM = {
    getattr(errno, name): code
    for name, code in (("ENOSPC", "disk_full"), ("EDQUOT", "quota"), ("EFBIG", "quota"))
    if hasattr(errno, name)
}
"""No room on the disk, none in the quota, or a file larger than is allowed: the code of each."""
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_HELD_BY_OTHERS = frozenset({32, 33})
"""How Windows says that another program has the file open."""


def trouble_of(error: OSError, path: Path) -> UserError:
    """Return what `error`, met while writing `path`, means to a person.

    The codes are those of `store/trouble`, and `no_such_folder` and `cannot_write`.
    """
    if error.errno in NO_ROOM:
        return UserError(NO_ROOM[error.errno], path=path.name)
    if getattr(error, "winerror", 0) in _HELD_BY_OTHERS:
        return UserError("locked", path=path.name)
    if error.errno in _FORBIDDEN:
        return UserError("read_only", path=path.name, why="folder")
    if error.errno == errno.EIO:
        return UserError("disk_trouble", path=path.name)
    if isinstance(error, FileNotFoundError) and not path.parent.exists():
        return UserError("no_such_folder", path=path.parent.name or str(path.parent))
    return UserError("cannot_write", path=path.name)
