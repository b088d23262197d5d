"""Regular expressions of people, over a text as it stands or over its fold.

They are run in a process of their own, for one may take for ever: `serve` is what that does.
"""

import re
from multiprocessing.connection import Connection

from annotator.arabic.finding import Hit
from annotator.arabic.fold import fold, folded
from annotator.arabic.foldtable import Level
from annotator.arabic.graphemes import snap_outward

Found = list[tuple[int, int, int]]


def hits(pattern: re.Pattern[str], text: str, level: Level) -> list[Hit]:
    """Return where `pattern` fits the fold of `text`, in whole graphemes of the original.

    What fits between two characters is no place.
    """
    spans = [found.span() for found in pattern.finditer(fold(text, level)) if found.group()]
    if not spans:
        return []
    view = folded(text, level)
    found = (snap_outward(text, *view.to_original(*span)) for span in spans)
    return [Hit(start, end, start) for start, end in dict.fromkeys(found)]


def compiled(written: str) -> re.Pattern[str]:
    """Return `written` as a pattern in which `^` and `$` are the ends of a paragraph.

    Raise ValueError, with the place in it or -1, where it is none.
    """
    try:
        return re.compile(written, re.MULTILINE)
    except re.error as error:
        raise ValueError(-1 if error.pos is None else error.pos) from None
    except (RecursionError, OverflowError, MemoryError):
        raise ValueError(-1) from None


def serve(line: Connection, written: str, level: Level) -> None:
    """Answer each text that comes through `line` with its hits, until there is nobody there.

    The first answers say that the process is up, and where in `written` a fault is, if anywhere.
    """
    line.send(True)
    try:
        pattern = compiled(written)
    except ValueError as fault:
        line.send(fault.args[0])
        return
    line.send(None)
    while True:
        try:
            text = line.recv()
        except EOFError:
            return
        line.send([tuple(hit) for hit in hits(pattern, text, level)])
