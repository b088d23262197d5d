"""Copies of a project that a sync program made beside it, because two machines changed it at once.

Each holds what was done on one of them. Merging is a union, so nothing of either is lost.
"""

import os
import platform
import re
from itertools import islice
from pathlib import Path, PurePath

from annotator.store import beside
from annotator.store.project import Project
from annotator.store.trouble import reads

_LOOKED_AT = 5_000
"""Names in the folder that are looked at."""
_COPIES = (
    re.compile(r" \([^()]*(?:conflict|konflikt|conflit|متعارض|متضارب)[^()]*\)", re.IGNORECASE),
    re.compile(r"[._ -](?:sync-)?conflict[._ -].*", re.IGNORECASE),
    re.compile(r"_conf\([^()]*\)"),
    re.compile(r" \(\d{1,3}\)| \d{1,2}| - Copy(?: \(\d+\))?"),
    re.compile(r"-(?:DESKTOP|LAPTOP)-[A-Z0-9]{3,}(?:-\d+)?"),
)
"""What sync programs add to the name of a file that two machines have changed."""


def plain_stem(stem: str) -> str:
    """Return the name of a file without what a sync program added to it.

    >>> plain_stem("news (سلمى's conflicted copy 2026-11-22)")
    'news'
    """
    own = re.compile(f"-{re.escape(platform.node() or '-')}(?:-\\d+)?")  # OneDrive adds the machine
    for pattern in (*_COPIES, own):
        found = re.search(f"(?:{pattern.pattern})$", stem, pattern.flags)
        if found and found.start():
            return stem[: found.start()]
    return stem


@reads
def conflict_copies(project: Project) -> tuple[Path, ...]:
    """Return the files beside `project` that a sync program made of it where two changed it.

    They are of the same project and, in a handed-out file, of the same annotator. Merging one
    takes in what only it holds.
    """
    return copies_of(project.path, (project.uid, project.owner))


def copies_of(file: Path, whose: tuple[str, str]) -> tuple[Path, ...]:
    """Return such files beside `file`, which need not be open; `whose` as `beside.identity_of`."""
    path = Path(os.path.realpath(file))
    wanted = plain_stem(path.stem)
    names = (PurePath(name) for name in _names_in(path.parent))
    alike = [
        path.parent / name
        for name in sorted(names)
        if name.suffix == path.suffix and plain_stem(name.stem) == wanted and name.name != path.name
    ]
    return tuple(one for one in alike if one.is_file() and beside.identity_of(one) == whose)


def _names_in(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return [entry.name for entry in islice(found, _LOOKED_AT)]
    except OSError:
        return []
