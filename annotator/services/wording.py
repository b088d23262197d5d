"""Codes of trouble, of problems and of faults in a label schema as sentences; and words.

The templates are in `sentences`; the catalogues translate them.
"""

import re
from collections.abc import Sequence
from string import Formatter

from annotator.core.errors import UserError
from annotator.i18n import Language, marked
from annotator.services.placesentences import SAVED_BEFORE
from annotator.services.sentences import SENTENCES, UNKNOWN

_WORDS = {
    "entity": marked("entity"),
    "event": marked("event"),
    "argument": marked("argument"),
    "stance": marked("stance"),
    "relation": marked("relation"),
    "answer": marked("answer"),
    "new": marked("new"),
    "started": marked("started"),
    "done": marked("done"),
    "skipped": marked("skipped"),
    "human": marked("human"),
    "machine": marked("machine"),
    "gold": marked("gold"),
    "topic": marked("topic"),
    "not_done": marked("layers that are not done"),
    "other_types": marked("labels of other types"),
    "not_annotatable": marked("labels in regions that are not labelled"),
    "points_to_left_out": marked("labels that point to what was left out"),
    "labels": marked("labels"),
    "regions": marked("regions"),
    "status": marked("status"),
    "code points": marked("code points"),
    "str": marked("text"),
    "int": marked("a whole number"),
    "float": marked("a number"),
    "bool": marked("true or false"),
    "array": marked("a list"),
    "object": marked("an object"),
    "null": marked("null"),
}
"""Words of the glossary, and of JSON, that data name in English."""

_EXPECTED = re.compile(r"Expected `(.+?)`.*, got `(.+?)`")
_MISSING = re.compile(r"Object missing required field `(.+?)`")
"""How msgspec says what is wrong, in the value of `schema_wrong_type`."""

_PLACES = (
    marked("(Offsets {start} to {end}.)"),
    marked("(Line {line}.)"),
    marked("(At “{where}”.)"),
    marked("(Perhaps: {encodings}.)"),
)
_GROUPED = ("length", "limit", "size")
_NAMED_AT_MOST = 5


def sentence(trouble: UserError, language: Language, *, tells_before: bool = True) -> str:
    """Return `trouble` as a sentence, with its place where the data have one.

    Of what could not be written it also `tells_before` what became of what was saved before.
    """
    said = _filled(trouble.code, trouble.data, language)
    for place in _PLACES:
        if all(trouble.data.get(field) not in (None, "", []) for field in fields_of(place)):
            said = f"{said} {language.text(place, **_told(trouble.data, language))}"
            break
    before = _saved_before(trouble) if tells_before else ""
    return f"{said} {language.text(before)}" if before else said


def _saved_before(trouble: UserError) -> str:
    """Return the template on what was saved before trouble in writing; else nothing."""
    why = trouble.data.get("why")
    usual = "" if why == "read" else SAVED_BEFORE.get(trouble.code, "")
    return SAVED_BEFORE.get(f"{trouble.code}.{why}", usual)


def fault_sentence(code: str, where: str, value: str, language: Language) -> str:
    """Return a fault of a label schema as a sentence after its place in the file."""
    data: dict[str, object] = {"where": where, "value": value}
    if found := _EXPECTED.match(value):
        data |= {"expected": found[1], "found": found[2]}
    elif found := _MISSING.match(value):
        data |= {"why": "missing", "key": found[1]}
    said = _filled(code, data, language)
    return said if "where" in fields_of(template_of(code, data)) else f"{where}: {said}"


def word(name: str, language: Language) -> str:
    """Return the word for `name`, such as a kind or a status; what is not known stays as it is."""
    return language.text(_WORDS[name]) if name in _WORDS else name


def template_of(code: str, data: dict[str, object]) -> str:
    """Return the English template for `code` that says most with `data`."""
    for key in (f"{code}.{data.get('why')}", code, f"{code}.bare"):
        template = SENTENCES.get(key)
        if template and all(data.get(field) not in (None, "") for field in fields_of(template)):
            return template
    return SENTENCES.get(code, UNKNOWN)


def fields_of(template: str) -> set[str]:
    """Return the names of the places in `template`.

    >>> sorted(fields_of("“{path}” is not a {kind}."))
    ['kind', 'path']
    """
    return {field for _, field, _, _ in Formatter().parse(template) if field}


def _filled(code: str, data: dict[str, object], language: Language) -> str:
    known: dict[str, object] = {"code": code, "detail": data.get("uid", ""), **data}
    template = template_of(code, known)
    blank = dict.fromkeys(fields_of(template), "?")
    return language.text(template, **blank | _told(known, language))


def _told(data: dict[str, object], language: Language) -> dict[str, str]:
    return {name: _as_text(name, value, language) for name, value in data.items()}


def _as_text(name: str, value: object, language: Language) -> str:
    """Return a value as text: long numbers grouped, lists listed, types of JSON in words."""
    if isinstance(value, list | tuple):
        is_fault = name == "faults"
        return _listed(
            [_fault(item, language) if is_fault else str(item) for item in value], language
        )
    if name in _GROUPED and isinstance(value, int):
        return f"{value:,}"
    return _types(str(value), language) if name in ("expected", "found") else str(value)


def _types(named: str, language: Language) -> str:
    """Return types of JSON in words: `int | null` is a whole number that may be left out."""
    types = named.removesuffix(" | null").split(" | ")
    return " | ".join(word(name, language) for name in types)


def _fault(fault: Sequence[str], language: Language) -> str:
    code, where, value = fault
    return fault_sentence(code, where, value, language)


def _listed(items: list[str], language: Language) -> str:
    """Return the first items; what a person cannot take in at once is left out and marked so."""
    left_out = ["…"] if len(items) > _NAMED_AT_MOST else []
    return language.listed(items[:_NAMED_AT_MOST] + left_out)
