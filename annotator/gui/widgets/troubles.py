"""Trouble in the window: the sentence for it, with what people wrote in it shown literally."""

from annotator.core.errors import UserError
from annotator.gui.widgets.literal import isolated, literal, shown
from annotator.i18n import Language
from annotator.services.wording import sentence

_IN_SENTENCE = 80
_FROM_PEOPLE = frozenset(
    ("name", "other", "path", "detail", "text", "quote", "format", "schema", "type", "value")
)
"""Data of trouble that people wrote."""
_LISTS = frozenset(("names", "copies"))
"""The same where there are several."""


def worded(trouble: UserError, language: Language) -> str:
    """Return `trouble` as a sentence that no name in it can turn round."""
    return sentence(named(trouble), language)


def named(trouble: UserError) -> UserError:
    """Return `trouble` with what people wrote made fit to stand in a sentence, cut and literal."""
    return UserError(trouble.code, **{k: _fit(k, value) for k, value in trouble.data.items()})


def _fit(name: str, value: object) -> object:
    if isinstance(value, list | tuple) and name in _LISTS:
        return [literal(str(one)) for one in value]
    if not isinstance(value, str) or not value or name not in _FROM_PEOPLE:
        return value
    # the ending of a file's name must not wander to the beginning of an Arabic one
    return isolated(shown(value, _IN_SENTENCE), is_rtl=False) if name == "path" else literal(value)
