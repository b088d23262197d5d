"""Which key was meant: by its character, whatever language the keyboard speaks.

A key of the label schema is a place on the keyboard, named by its Latin letter. The character
that arrives is looked up first, Arabic ones by the usual layouts; only for characters that no
table has is the scan code asked. Pure but for the names of Qt's modifiers.
"""

import sys
from collections.abc import Mapping

import msgspec

_ROWS = ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "`1234567890-=")
_ARABIC_PC = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤر\ufefbىةوزظ", "ذ١٢٣٤٥٦٧٨٩٠-=")
_ARABIC_PC_SHIFTED = (
    "\u064e\u064b\u064f\u064c\ufef9إ`÷×؛<>",
    '\u0650\u064d][\ufef7أـ،/:"',
    "~\u0652}{\ufef5آ'٬.؟",
)
_ARABIC_MAC = ("ضصثقفغعهخحجة", "شسيبلاتنمك؛", "ظطذدزرو،./", "<١٢٣٤٥٦٧٨٩٠-=")
_LAM_ALEFS = {
    "لا": "b",
    "لأ": "g",
    "لإ": "t",
    "لآ": "b",
    "\ufefb": "b",
    "\ufef7": "g",
    "\ufef9": "t",
    "\ufef5": "b",
}
"""Two characters, or one of the presentation forms, from a single key."""
_AZERTY_DIGITS = {"&": "1", '"': "3", "'": "4", "(": "5", "-": "6", "_": "8"}
"""What the digits of a French keyboard give without Shift; elsewhere these stand on other keys."""
_X11_ROWS = {24: "qwertyuiop[]", 38: "asdfghjkl;'", 52: "zxcvbnm,./", 10: "1234567890-="}
_WINDOWS_ROWS = {16: "qwertyuiop[]", 30: "asdfghjkl;'", 44: "zxcvbnm,./", 2: "1234567890-="}


class Layout(msgspec.Struct, frozen=True):
    """A keyboard: which characters its keys give, and which places the keys have."""

    characters: Mapping[str, str]
    codes: Mapping[int, str]

    def place(self, character: str, code: int = 0) -> str:
        """Return the Latin letter, digit or sign that names the place of a key, or "".

        `character` is what the key typed, `code` its scan code.

        >>> layout("linux").place("ح"), layout("linux").place("P"), layout("darwin").place("ة")
        ('p', 'p', ']')
        """
        digit = _AZERTY_DIGITS.get(character)
        if digit and self.codes.get(code) == digit:
            return digit
        low = character.lower()
        if len(low) == 1 and low.isascii() and low.isprintable() and low != " ":
            return low
        found = _LAM_ALEFS.get(character) or self.characters.get(character)
        return found or self.codes.get(code, "")

    def arabic_legend(self, place: str) -> str:
        """Return the Arabic letter that stands on the key at `place`, or "".

        >>> layout("linux").arabic_legend("p"), layout("linux").arabic_legend("b")
        ('ح', 'لا')
        """
        for character, where in self.characters.items():
            if where == place:
                return "لا" if character == "\ufefb" else character
        return ""


def layout(platform: str = sys.platform) -> Layout:
    """Return the layout of Arabic keyboards on `platform` (as `sys.platform` names it)."""
    if platform == "darwin":
        return Layout(_pairs(_ARABIC_MAC), {})
    rows = _WINDOWS_ROWS if platform == "win32" else _X11_ROWS
    codes = {first + n: place for first, row in rows.items() for n, place in enumerate(row)}
    characters = _pairs(_ARABIC_PC)
    shifted = {key: where for key, where in _pairs(_ARABIC_PC_SHIFTED).items() if not key.isascii()}
    return Layout(
        {**characters, **{k: v for k, v in shifted.items() if k not in characters}}, codes
    )


def _pairs(rows: tuple[str, ...]) -> dict[str, str]:
    return {
        character: place
        for written, places in zip(rows, _ROWS, strict=False)
        for character, place in zip(written, places, strict=True)
    }
