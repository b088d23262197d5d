"""Names of files made from names of people: the same on every system, whatever a name holds."""

import re
import unicodedata
from collections.abc import Iterable

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
    safe = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", seen)).strip(" ")
    safe = safe.lstrip(".-").rstrip(". ")
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
