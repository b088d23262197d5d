"""The formats there are. Adding one adds a line."""

from pathlib import Path

from annotator.core.errors import UserError
from annotator.formats.base import Format
from annotator.formats.jsonl import HASHIYA
from annotator.formats.plaintext import TEXT

_HEAD = 4096


def formats() -> tuple[Format, ...]:
    """Return every format, in the order in which a file is tried."""
    return (HASHIYA, TEXT)


def reader(name: str, path: Path) -> Format:
    """Return the format called `name`, or with no name the one that the file's content tells."""
    if name:
        found = [item for item in formats() if name in (item.name, item.name.partition("/")[0])]
        if not found or not found[0].reads:
            raise UserError("unknown_format", format=name)
        return found[0]
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for item in formats():
        if item.recognises(path, head):
            return item
    raise UserError("unknown_format", format=path.name)
