"""Identities: how labels, layers, annotators, replicas and gestures are named.

Label uids grow (a kind letter, the replica, a counter), because random ones cost twice the time
to index. Derived ones are hashes, so that importing again names the same thing the same way.
"""

import hashlib
import re
import secrets

from annotator.arabic.fold import fold_name
from annotator.core.model import LETTER

_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_UID = re.compile(r"[EVASRQ][0-9a-v]{14}")
_COUNTED = re.compile(r"[A-Z][0-9a-v]{8}[0-7][0-9a-v]{5}")
GESTURE = "G"
RECEIPT = "M"


def new_replica() -> str:
    """Return a random name for one file at one place: 8 characters, 40 bits."""
    return _base32(secrets.randbits(40), 8)


def numbered(letter: str, replica: str, counter: int) -> str:
    """Return the uid with `counter` made by `replica`; uids sort as their counters do.

    >>> numbered("E", "0a1b2c3d", 33)
    'E0a1b2c3d000011'
    """
    return letter + replica + _base32(counter, 6)


def number_of(uid: str) -> int:
    """Return the counter in a uid that `numbered` made.

    >>> number_of("E0a1b2c3d000011")
    33
    """
    return int(uid[9:], len(_DIGITS))


def is_numbered_by(uid: str, replica: str) -> bool:
    """Whether `uid` has the form of one that `replica` numbered.

    >>> is_numbered_by("E0a1b2c3d000011", "0a1b2c3d"), is_numbered_by("E1", "0a1b2c3d")
    (True, False)
    """
    return uid[1:9] == replica and _COUNTED.fullmatch(uid) is not None


def label_uid(kind: str, replica: str, counter: int) -> str:
    """Return the uid of a new label of `kind`."""
    return numbered(LETTER[kind], replica, counter)


def is_label_uid(uid: str, kind: str) -> bool:
    """Whether `uid` has the form that labels of `kind` are given."""
    return uid[:1] == LETTER[kind] and _UID.fullmatch(uid) is not None


def derived_label_uid(layer: str, kind: str, foreign: str) -> str:
    """Return the uid of a label that another program, or another layer, called `foreign`."""
    digest = _digest("label", layer, kind, foreign)
    return LETTER[kind] + _base32(int(digest[:18], 16) & ((1 << 70) - 1), 14)


def layer_uid(article: str, annotator: str) -> str:
    """Return the uid of the layer of `annotator` over the article with SHA-256 `article`."""
    return _digest("layer", article, annotator)[:16]


def annotator_uid(project: str, name: str) -> str:
    """Return the uid that `name` has in `project`, however it is spelled.

    >>> annotator_uid("p", "أحمد") == annotator_uid("p", "احمد ")
    True
    """
    return _digest("annotator", project, fold_name(name))[:16]


def new_batch() -> str:
    """Return a random name for the gesture of an import, which is made ready outside the file."""
    return GESTURE + _base32(secrets.randbits(70), 14)


def new_receipt() -> str:
    """Return a random name for the receipt of a merge."""
    return RECEIPT + _base32(secrets.randbits(70), 14)


def new_project() -> str:
    """Return a random uid for a project: 32 hex digits."""
    return secrets.token_hex(16)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _base32(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, digit = divmod(number, 32)
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))
