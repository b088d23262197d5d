"""What a name of an annotator or a title may look like, so that two names that look alike are one.

After Boucher and Anderson, "Trojan Source" (2021): what cannot be seen has no place in a name.
"""

import unicodedata

from annotator.arabic.characters import ZWJ, ZWNJ
from annotator.arabic.fold import fold_name

MAX_LENGTH = 80

# Controls, formats, surrogates, private and unassigned characters, line and paragraph separators.
_REFUSED_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def name_problem(name: str, longest: int = MAX_LENGTH) -> str | None:
    r"""Return why `name` will not do, as a code; None when it will.

    `name_empty`: nothing of it is left when folded. `name_too_long`: more code points than
    `longest`. `name_not_nfc`: not in Normalization Form C. `name_invisible`: holds a character that
    cannot be seen; joiners of zero width may stand between letters.

    >>> name_problem("أحمد"), name_problem("أحمد\u202e")
    (None, 'name_invisible')
    """
    if not fold_name(name):
        return "name_empty"
    if len(name) > longest:
        return "name_too_long"
    if not unicodedata.is_normalized("NFC", name):
        return "name_not_nfc"
    if not all(_is_visible(name, offset) for offset in range(len(name))):
        return "name_invisible"
    return None


def _is_visible(name: str, offset: int) -> bool:
    """Return whether the character at `offset` is one that a name may hold where it stands."""
    character = name[offset]
    if character in (ZWNJ, ZWJ):
        neighbours = name[:offset][-1:], name[offset + 1 : offset + 2]
        return all(map(str.isalpha, neighbours))
    return unicodedata.category(character) not in _REFUSED_CATEGORIES
