"""Cells of CSV that no spreadsheet takes for a formula, and back again.

A spreadsheet looks for the sign of a formula behind what nobody sees and in forms that only look
alike: a full-width `＝`, a mark of direction before `=`. An apostrophe before such a cell makes it
text; cells that begin with one get another, so that nothing is lost. Numbers are no text and are
written as they are.
"""

import unicodedata

_SIGNS = frozenset("=+-@\u2212")
_FIRST = ("\t", "\r", "\n", "'")
_UNSEEN = ("C", "Z", "Mn")
"""Beginnings of the categories of controls, of blanks, and of marks that stand on nothing."""


def guarded(text: str) -> str:
    """Return `text` as a cell that is shown and never calculated.

    >>> guarded("=1+1"), guarded("سلمى"), guarded("＝1"), guarded("'a")
    ("'=1+1", 'سلمى', "'＝1", "''a")
    """
    return f"'{text}" if text.startswith(_FIRST) or _first_seen(text) in _SIGNS else text


def unguarded(cell: str) -> str:
    """Return the text that `guarded` made the cell of.

    >>> unguarded("'=1+1"), unguarded("''a")
    ('=1+1', "'a")
    """
    return cell.removeprefix("'")


def _first_seen(text: str) -> str:
    """Return the first character that is seen, in its plainest form; "" where none is."""
    for sign in text:
        if not unicodedata.category(sign).startswith(_UNSEEN):
            return unicodedata.normalize("NFKC", sign)[:1]
    return ""
