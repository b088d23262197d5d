"""Regions that an article came with, out of what is left of a file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from annotator.arabic import regions
from annotator.core import places
from annotator.core.model import BY_RULE, REGION_SOURCES, Region
from annotator.store import givenregions

Read = Callable[[str, str, str, object], Sequence[tuple[Any, ...]]]
"""Returns the rows of a table, of some columns, whose column of that name has a value."""


def regions_of(read: Read, rows: Iterable[int], sha256: str, text: str) -> list[Region]:
    """Return the regions that the article `sha256` came with; `rows` are all that it may have had.

    Where they are not as they were kept, a seal that is left may vouch for those that stand there,
    or for those of the rules; where none does, those that stand are taken, if they can be of the
    text.
    """
    of_article = [*rows]
    seals = set()
    for row in of_article:
        for told, seal in read("regions_given", "regions,seal", "article", row):
            seals.add(seal)
            given = givenregions.read(sha256, told, seal)
            if given and _are_sound(given, text):
                return given
    by_rules = [Region(*one, BY_RULE) for one in regions.regions_of(text)]
    standing = [*_standing(read, of_article, text)]
    for found in chain(standing, [by_rules]):
        if givenregions.spelled(sha256, found)[1] in seals:
            return found
    return standing[0] if standing else by_rules


def _standing(read: Read, rows: Iterable[int], text: str) -> Iterator[list[Region]]:
    """Yield the regions that stand there and can be of the text."""
    for row in rows:
        found = [Region(*one) for one in read("regions", _COLUMNS, "article", row)]
        if found and _are_sound(found, text):
            yield sorted(found)


_COLUMNS = 'start,"end",role,source'


def _are_sound(found: list[Region], text: str) -> bool:
    try:
        is_sound = places.of_regions(sorted(found), len(text)) is None
        return is_sound and all(one.source in REGION_SOURCES for one in found)
    except TypeError:  # a column may hold anything
        return False
