"""Arabic as DOS programs with code page 864 wrote it: in shapes, by order of reading or of the eye.

That page has two of the four shapes of most letters; where one is missing its neighbour stands in.
"""

import unicodedata
from collections.abc import Iterator

from bidi import get_display  # type: ignore[import-untyped]

_BYTES = bytes(range(0x80, 0x100)).decode("cp864", "replace")
_STAND_IN = {
    "initial": ("initial", "medial", "isolated", "final"),
    "medial": ("medial", "initial", "isolated", "final"),
    "final": ("final", "isolated", "initial", "medial"),
    "isolated": ("isolated", "final", "initial", "medial"),
}
_JOINS_NOTHING_AFTER = frozenset("اأآدذرزوؤةىء")
_LAM_ALEFS = ("لا", "لأ", "لآ")


def _shapes() -> dict[str, dict[str, str]]:
    """Return the shapes on the page of each letter, and of lam with alef, by their kind."""
    found: dict[str, dict[str, str]] = {}
    for shape in _BYTES:
        kind, _, codes = unicodedata.decomposition(shape).partition(" ")
        if kind.strip("<>") in _STAND_IN:
            letters = "".join(chr(int(code, 16)) for code in codes.split())
            found.setdefault(letters, {})[kind.strip("<>")] = shape
    return found


_SHAPES = _shapes()


def in_shapes(text: str) -> str:
    """Return `text` in the shapes of code page 864, as far as it has them, in order of reading."""
    units = list(_units("".join(sign for sign in text if not unicodedata.combining(sign))))
    return "".join(_shape(units, n) for n in range(len(units)))


def cp864(text: str, *, by_eye: bool = False) -> bytes:
    """Return `text` as bytes of code page 864, each line in the order of the eye where asked."""
    written = in_shapes(text)
    if by_eye:
        written = "\n".join(
            get_display(line, base_dir="R") if line else "" for line in written.split("\n")
        )
    return written.encode("cp864", "ignore")


def _units(text: str) -> Iterator[str]:
    """Yield letters, and lam with alef as one; the page has no alef with hamza below."""
    text, at = text.replace("إ", "ا"), 0
    while at < len(text):
        n = 2 if text[at : at + 2] in _LAM_ALEFS else 1
        yield text[at : at + n]
        at += n


def _shape(units: list[str], n: int) -> str:
    unit = units[n]
    if unit not in _SHAPES:
        return unit
    is_joined_before = n > 0 and _joins_after(units[n - 1])
    is_joined_after = _joins_after(unit) and n + 1 < len(units) and _joins_before(units[n + 1])
    wanted = {
        (False, False): "isolated", (False, True): "initial",
        (True, False): "final", (True, True): "medial",
    }[is_joined_before, is_joined_after]  # fmt: skip
    return next(_SHAPES[unit][kind] for kind in _STAND_IN[wanted] if kind in _SHAPES[unit])


def _joins_after(unit: str) -> bool:
    is_letter = unit in _SHAPES and len(unit) == 1
    return unit == "ـ" or (is_letter and unit not in _JOINS_NOTHING_AFTER)


def _joins_before(unit: str) -> bool:
    return unit == "ـ" or (unit in _SHAPES and unit != "ء")
