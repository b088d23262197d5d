"""Characters that are nothing to look at. No Qt."""

import re

from annotator.arabic.characters import INVISIBLE

# Joiners and selectors of shapes are among them, but belong to a letter's grapheme.
_UNSEEN = re.compile(f"[{INVISIBLE}\u034f\u206a-\u206f\ufff0-\ufffb\U000e0000-\U000e0fff]")


def is_unseen(character: str) -> bool:
    """Whether a grapheme that begins with `character` is nothing to look at."""
    return _UNSEEN.match(character) is not None


def has_unseen(text: str) -> bool:
    """Whether `text` may hold a grapheme that is nothing to look at."""
    return _UNSEEN.search(text) is not None
