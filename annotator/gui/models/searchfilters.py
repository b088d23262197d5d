"""What a search asks for besides its words, told in words: its filters."""

from collections import Counter
from collections.abc import Mapping

from annotator.core.labelschema import LabelSchema
from annotator.gui.models.drawing import ROLE_NAMES, name_of
from annotator.gui.models.searchasked import Asked
from annotator.gui.models.statuses import status_name
from annotator.gui.widgets.literal import literal
from annotator.i18n import Language
from annotator.services.searchingfilters import ANNOTATABLE


def filters_told(language: Language, schema: LabelSchema, asked: Asked) -> list[str]:
    """Return the filters of `asked`, each with its name; nothing where none leaves a hit out."""
    text = language.text
    told = []
    if asked.is_prefix:
        told.append(text("As the beginning of a word"))
    for name, value in (
        ("Region", _region(language, asked.region)),
        ("Source", literal(asked.source, 40) if asked.source else ""),
        ("Status", status_name(asked.status, language) if asked.status else ""),
        ("Type", _type(language, schema, asked.type)),
    ):
        if value:
            told.append(text("{name}: {value}", name=text(name), value=value))
    if asked.is_unlabelled:
        told.append(text("Only places without a label"))
    return told


def sites_of(sources: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the sites, folders or files of `sources` with their numbers, the greatest first.

    >>> sites_of({"https://www.example.org/a": 2, "https://www.example.org/b": 1, "old/1.txt": 2})
    [('www.example.org/', 3), ('old/', 2)]
    """
    found = Counter[str]()
    for source, n in sources.items():
        found[_site(source)] += n
    found.pop("", None)
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def _site(source: str) -> str:
    """Return the part of a source that others may share: it is what a filter looks for."""
    _, is_address, behind = source.partition("://")
    shared, slash, _ = (behind if is_address else source).partition("/")
    return shared + slash


def _region(language: Language, role: str) -> str:
    if role == ANNOTATABLE:
        return language.text("What is labelled")
    return language.text(ROLE_NAMES[role]) if role else ""


def _type(language: Language, schema: LabelSchema, type_: str) -> str:
    if not type_:
        return ""
    found = schema.entity_types.get(type_) or schema.event_types.get(type_)
    return literal(name_of(language, found), 40) if found else literal(type_, 40)
