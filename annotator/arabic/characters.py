"""Classes of characters, written as the inside of a regular expression's brackets.

Code points are spelled as escapes: marks and invisible characters cannot be read in an editor.
"""

import re
from collections.abc import Iterator

TATWEEL = "\u0640"
ZWNJ = "\u200c"
ZWJ = "\u200d"
HAMZA_ABOVE = "\u0654"

ARABIC_MARKS = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff"
)
LATIN_MARKS = "\u0300-\u036f"
MARKS = ARABIC_MARKS + LATIN_MARKS

ARABIC_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06fc"
    "\u06ff\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9"
    "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufdf0-\ufdfb\ufe70-\ufe74\ufe76-\ufefc"
)
EUROPEAN_LETTERS = (
    "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u0373\u0376\u0377\u037b-\u037d\u037f"
    "\u0386\u0388-\u03f5\u03f7-\u0481\u048a-\u052f\u1e00-\u1fbc"
)
DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"

# What may stand inside a written word without being seen as a letter of its own.
JOINERS = TATWEEL + ZWNJ + ZWJ

# Soft hyphen, zero-width characters, bidi controls, byte order mark.
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"


def characters_of(written: str) -> Iterator[str]:
    """Yield the characters of a class in which `a-z` stands for all from a to z.

    >>> "".join(characters_of("\u0628-\u062bو"))
    'بةتثو'
    """
    for first, last in re.findall("(.)(?:-(.))?", written, re.DOTALL):
        yield from map(chr, range(ord(first), ord(last or first) + 1))
