"""Names of files: made from names of people, the same on every system; and told apart by folder."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath

_MOST_BYTES = 180
"""Of a name without its ending; file systems take 255 in all."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)


def file_stems(names: Iterable[str]) -> list[str]:
    """Return for each of `names` what a file of it can be called, each another on every system.

    An ordinary name stays as it is. Names that some system takes for one are numbered.

    >>> file_stems(["سارة", "a/b", "CON", "Ali", "ali", ".."])
    ['سارة', 'a_b', 'CON_', 'Ali', 'ali-2', '_']
    """
    taken: set[str] = set()
    found = []
    for name in names:
        stem = numbered = _stem(name)
        n = 1
        while _key(numbered) in taken:
            n += 1
            numbered = f"{stem}-{n}"
        taken.add(_key(numbered))
        found.append(numbered)
    return found


def _stem(name: str) -> str:
    seen = "".join(one for one in name if unicodedata.category(one) not in _UNSEEN)
    safe = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", seen)).lstrip(" .-").rstrip(". ")
    safe = _shortened(safe) or "_"
    first, _, _ = safe.partition(".")
    return f"{safe}_" if _DEVICE.fullmatch(first.rstrip(" ")) else safe


def _shortened(name: str) -> str:
    """Return as much of `name` as fits, by whole characters with their marks."""
    while len(name.encode()) > _MOST_BYTES:
        name = name[:-1]
        while name and unicodedata.combining(name[-1]):
            name = name[:-1]
    return name.rstrip(". ")


def _key(stem: str) -> str:
    """Return what is the same for two names that some file system takes for one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", stem).casefold())


def names_apart(paths: Sequence[PurePath]) -> list[str]:
    """Return for each of `paths` its name, after as many folders as tell it from the others.

    A path that is given twice is called the same twice.

    >>> names_apart([PurePath("/a/x/1.zip"), PurePath("/a/y/1.zip"), PurePath("/a/y/2.zip")])
    ['x/1.zip', 'y/1.zip', '2.zip']
    """
    once = dict.fromkeys(paths)
    n_parts = dict.fromkeys(once, 1)
    while True:
        found = {path: _tail(path, n) for path, n in n_parts.items()}
        uses = Counter(found.values())
        longer = [
            path for path, n in n_parts.items() if uses[found[path]] > 1 and n < len(path.parts)
        ]
        if not longer:
            return [found[path] for path in paths]
        for path in longer:
            n_parts[path] += 1


def _tail(path: PurePath, n: int) -> str:
    return type(path)(*path.parts[-n:]).as_posix() if path.parts else str(path)
