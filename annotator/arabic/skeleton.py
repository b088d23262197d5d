"""What two spellings of one foreign name have in common: the letters that writers agree on.

A key for proposals only, never for searching or merging: of the pairs that it joins about three in
four are one name when the key has four letters, and hardly any when it has fewer.
"""

import re

from annotator.arabic.characters import ARABIC_LETTERS
from annotator.arabic.fold import fold

LEAST = 4
"""Letters from which on a key says anything."""
_DROPPED = "اويء"
_SAME = {"غ": "ج", "ق": "ك", "ث": "ت", "ذ": "د", "ظ": "ض", "ص": "س", "ط": "ت"}
_TABLE = str.maketrans(_SAME | dict.fromkeys(_DROPPED, ""))
_DOUBLES = re.compile(f"([{ARABIC_LETTERS}])\\1+")
_SIGNS = re.compile(r"[\W_]+")
_LETTERS = re.compile(f"[{ARABIC_LETTERS}]")


def skeleton(name: str) -> str:
    """Return the key of `name`: without long vowels, doubles and blanks, alike letters joined.

    >>> skeleton("ترمب") == skeleton("ترامب"), skeleton("غوغل") == skeleton("جوجل")
    (True, True)
    >>> skeleton("عبد الله") == skeleton("عبدالله"), skeleton("ستيف") == skeleton("ستيفن")
    (True, False)
    """
    return _DOUBLES.sub(r"\1", _SIGNS.sub("", fold(name)).translate(_TABLE))


def says_something(key: str) -> bool:
    """Whether `key` has the letters that a proposal needs.

    >>> says_something(skeleton("نتنياهو")), says_something(skeleton("لبنان"))
    (True, False)
    """
    return len(_LETTERS.findall(key)) >= LEAST
