"""The languages Hashiya speaks: gettext catalogues, plural forms, and which language to begin with.

Messages are English sentences, and English is what is said where a catalogue lacks one or was not
compiled. A `Language` is a value that is passed along; nothing is switched for the whole program.
No sentence lives here.
"""

import gettext
import locale
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from annotator.paths import resource

CODES = ("ar", "en")
_DOMAIN = "hashiya"
_VARIABLE = "HASHIYA_LANG"
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_IS_ARABIC = re.compile(r"ar(abic)?([_.@:-]|$)", re.IGNORECASE)
_MARK = "\u200e"  # left-to-right mark
_ARABIC = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_ENDS_IN_SIGN = re.compile(f"(?s:[^\\w«{_ARABIC}][^{_ARABIC}]*|[^«{_ARABIC}]*[^\\w{_ARABIC}])")


def marked(msgid: str) -> str:
    """Return `msgid` as it is: marked so that it stands in the catalogues, to be said later."""
    return msgid


@dataclass(frozen=True, slots=True)
class Language:
    """Arabic or English, with its catalogue."""

    code: str
    _catalogue: gettext.NullTranslations = field(repr=False, compare=False)

    @classmethod
    def of(cls, code: str) -> Self:
        """Return the language `code`, one of `CODES`; without its catalogue it speaks English."""
        if code not in CODES:
            raise ValueError(code)
        try:
            found = gettext.translation(_DOMAIN, resource("i18n"), [code], fallback=True)
        except (OSError, ValueError):  # a catalogue that cannot be read is none
            found = gettext.NullTranslations()
        return cls(code, found)

    @property
    def direction(self) -> str:
        """The direction of the interface, `rtl` or `ltr`; a paragraph's is its own."""
        return "rtl" if self.code == "ar" else "ltr"

    def text(self, msgid: str, /, **data: object) -> str:
        """Return what `msgid` says, with `data` in its places: `{name}` as in `str.format`.

        >>> Language.of("en").text("Made “{path}”.", path="a.hashiya")
        'Made “a.hashiya”.'
        """
        said = self._catalogue.gettext(msgid) if msgid else ""
        return said.format(**self._placed(data)) if data else said

    def plural(self, singular: str, plural: str, n: int, /, **data: object) -> str:
        """Return the form for `n`, which fills `{n}`; a catalogue may have one for zero too."""
        said = self._catalogue.ngettext(singular, plural, n)
        return said.format(n=n, **self._placed(data))

    def _placed(self, data: Mapping[str, object]) -> dict[str, object]:
        """Return `data` so that no Latin word loses its first or last sign to the Arabic around it.

        `--lang` in Arabic text would be shown as `lang--`, and a path would end with its stroke.
        """
        if self.code != "ar":
            return dict(data)
        return {name: _set_off(value) for name, value in data.items()}

    def quoted(self, text: str) -> str:
        """Return `text` in the quotation marks of the language."""
        return f"«{_set_off(text)}»" if self.code == "ar" else f"“{text}”"

    def listed(self, items: Iterable[str]) -> str:
        """Return `items` one after another, with the comma of the language between them."""
        return ("، " if self.code == "ar" else ", ").join(items)


def _set_off(value: object) -> object:
    text = str(value)
    return f"{_MARK}{text}{_MARK}" if _ENDS_IN_SIGN.fullmatch(text) else value


def usual_code(environment: Mapping[str, str]) -> str:
    """Return the code to begin with: HASHIYA_LANG, else Arabic where the system is, else English.

    >>> usual_code({"LANG": "ar_EG.UTF-8"}), usual_code({"LC_ALL": "C", "LANG": "ar_EG"})
    ('ar', 'en')
    >>> usual_code({"HASHIYA_LANG": "en", "LANG": "ar"})
    'en'
    """
    wanted = environment.get(_VARIABLE, "").strip().lower()
    if wanted in CODES:
        return wanted
    return "ar" if _IS_ARABIC.match(_system_language(environment)) else "en"


def _system_language(environment: Mapping[str, str]) -> str:
    """Return what the system speaks: `ar_EG.UTF-8`, or `Arabic_Egypt` on Windows; it may be empty.

    LANGUAGE, a list, goes before the locale, but not before the locale C: so gettext has it.
    """
    named = next((environment[name] for name in _LOCALE_VARIABLES if environment.get(name)), "")
    if named and named not in ("C", "POSIX") and environment.get("LANGUAGE"):
        return environment["LANGUAGE"]
    return named or _locale_of_process()


def _locale_of_process() -> str:
    try:
        return locale.getlocale()[0] or ""
    except ValueError:  # a locale that Python does not know
        return ""
