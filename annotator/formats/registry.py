"""The formats there are. Adding one adds a line."""

from annotator.core.errors import UserError
from annotator.formats.base import Format
from annotator.formats.jsonl import HASHIYA
from annotator.formats.plaintext import TEXT


def formats() -> tuple[Format, ...]:
    """Return every format, in the order in which a file is tried."""
    return (HASHIYA, TEXT)


def reader(format_name: str, file_name: str, head: bytes) -> Format:
    """Return the format called `format_name`, or with no name the one that the content tells.

    `head` is the first bytes of the file called `file_name`.
    """
    for item in formats():
        names = (item.name, item.name.partition("/")[0], item.suffix)
        if item.reads and (
            format_name in names if format_name else item.recognises(file_name, head)
        ):
            return item
    raise UserError("unknown_format", format=format_name or file_name)
