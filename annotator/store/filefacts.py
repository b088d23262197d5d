"""What a file that may be unsound says that it is, and whether its tables are there to be read."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from annotator.store import doctorfile
from annotator.store.doctorfindings import Findings
from annotator.store.salvaging import Salvage

_NEEDED = ("settings", "articles", "texts", "annotators", "layers", "operations")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says that it is: empty where that cannot be read.

    `articles` are SHA-256s, `names` of annotators by uid. `handed` tells apart the files that were
    handed out; `owner` is whose such a file is, None of a lead's.
    """

    uid: str = ""
    role: str = ""
    handed: str = ""
    owner: str | None = None
    articles: frozenset[str] = frozenset()
    names: dict[str, str] = field(default_factory=dict)


def facts_of(copy: Path) -> Facts:
    """Return what the copy of a file says that it is."""
    source = doctorfile.opened(copy, Findings())
    if source is None:
        return Facts()
    with closing(source):
        if not is_whole(source):
            return Facts()
        salvage = Salvage(source)
        names = {uid: name for uid, (name, _) in salvage.names.items()}
        settings = salvage.settings
        handed = settings.all.get("handed", "")
        head = (settings.uid, settings.all.get("role", ""), handed)
        owner = settings.owner if handed else None
        return Facts(*head, owner, salvage.all_articles, names)


def is_whole(source: sqlite3.Connection) -> bool:
    """Whether all tables are there that the new file is made from."""
    try:
        doctorfile.made_of(source, Findings())
        query = "SELECT name FROM sqlite_master WHERE type='table'"
        return {name for (name,) in source.execute(query)}.issuperset(_NEEDED)
    except (sqlite3.Error, UnicodeDecodeError):
        return False
