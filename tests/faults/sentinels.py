"""Words that stand for what is private, and the many ways in which they could be written down."""

import json
import urllib.parse
from collections.abc import Iterable
from pathlib import Path

TEXT, NAME, FOLDER, FILE = "زنبقةالنص", "زنبقةالاسم", "زنبقةالمجلد", "زنبقةالملف"
"""In the text of an article, in the name of a person, of a folder, and of a file or title."""
LATIN = {TEXT: "lilyoftext", NAME: "lilyofname", FOLDER: "lilyoffolder", FILE: "lilyoffile"}
"""The same in Latin letters, each beside its word: nobody's way of escaping hides it."""
ALL = tuple(LATIN)


def both(word: str) -> str:
    """Return a word with its Latin twin, as it is put into texts and names."""
    return f"{word} {LATIN[word]}"


def found_in(data: bytes, words: Iterable[str] = ALL) -> list[str]:
    """Return those of `words` that stand in `data`, however they are spelled."""
    lowered = data.lower()
    return [word for word in words if any(form in lowered for form in _forms(word))]


def _forms(word: str) -> list[bytes]:
    forms = [word.encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be", "cp1256")]
    forms += [json.dumps(word)[1:-1].encode(), urllib.parse.quote(word).encode()]
    forms += [repr(word.encode())[2:-1].encode(), LATIN[word].encode()]
    return [form.lower() for form in forms]


def found_below(folder: Path) -> dict[str, list[str]]:
    """Return the files below `folder` in which, or in whose names, one of the words stands."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        told = str(path.relative_to(folder)).encode("utf-8", "surrogateescape")
        words = found_in(path.read_bytes() + b"\n" + told)
        if words:
            found[path.name] = words
    return found
