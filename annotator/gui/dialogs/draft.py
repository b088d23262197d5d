"""What has been answered of a new project so far, and what is wrong with it. No widgets.

It outlives the dialog, so that nothing is lost by going back, by closing it, or when the window is
built anew for another language.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core.errors import UserError
from annotator.gui.dialogs.importwork import Plan
from annotator.services.projects import BUNDLED

SUFFIX = ".hashiya"
_LONGEST = 120  # UTF-8 bytes of a file's name, far below what any file system takes
_NOT_IN_NAMES = re.compile(
    '[\x00-\x1f\x7f-\x9f/\\\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2060-\u206f]+'
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(slots=True)
class Draft:
    """The answers. `schema` is the name of a bundled label schema or the path of a TOML file."""

    title: str = ""
    folder: Path = field(default_factory=Path)
    schema: str = BUNDLED[0]
    own_schema: str = ""
    sources: tuple[Path, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)
    who: str = ""
    step: int = 0

    @property
    def path(self) -> Path:
        """Where the project file will be."""
        return self.folder / file_name(self.title)

    def plan(self) -> Plan:
        """Return what is to be imported."""
        return Plan(self.sources, told=self.told)

    def trouble(self) -> UserError | None:
        """Return why no file can be made at `path`; None where it can."""
        if not self.folder.is_dir():
            name = self.folder.name or str(self.folder)
            return UserError("no_such_folder", path=name)
        if os.path.lexists(self.path):
            return UserError("file_exists", path=self.path.name)
        if not os.access(self.folder, os.W_OK | os.X_OK):
            return UserError("cannot_write", path=self.path.name)
        return None


def file_name(title: str) -> str:
    """Return a file's name that every system takes, made of `title`.

    >>> file_name("محادثات السلام 2025"), file_name('a/b: "c"?'), file_name("con")
    ('محادثات السلام 2025.hashiya', 'a b c.hashiya', 'con_.hashiya')
    """
    words = " ".join(_NOT_IN_NAMES.sub(" ", title).split()).strip(". ")
    stem = words.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore").rstrip(". ")
    if _RESERVED.fullmatch(stem):
        stem += "_"
    return (stem or "hashiya") + SUFFIX
