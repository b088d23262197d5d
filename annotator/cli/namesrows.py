"""Names and proposals as `hashiya names` tells them: in JSON, and in the cells of a table."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from annotator.i18n import Language, marked

if TYPE_CHECKING:
    from annotator.services.names import Name
    from annotator.services.namesproposed import Proposal

_WHY = {
    "spelling": marked("spelled as one of it"),
    "skeleton": marked("same letters but for long vowels and letters alike: {key}"),
}


def name_row(one: "Name") -> dict[str, Any]:
    """Return a name as a row of JSON."""
    return {
        "name": one.shown,
        "link": one.link,
        "key": one.key,
        "labels": one.n,
        "articles": one.n_articles,
        "spellings": [{"text": each.text, "n": each.n} for each in one.spellings],
        "types": [{"type": type_, "n": n} for type_, n in one.types],
    }


def proposal_row(one: "Proposal") -> dict[str, Any]:
    """Return a proposal as a row of JSON."""
    return {
        "why": one.why,
        "key": one.key,
        "link": one.link,
        "types_differ": one.types_differ,
        "names": [name_row(each) for each in one.names],
    }


def name_cells(one: "Name") -> Sequence[object]:
    """Return the cells of a name: numbers, types, shared name and spellings."""
    types = " ".join(f"{type_} {n}" for type_, n in one.types)
    return one.n, one.n_articles, types, one.link or "-", _spelled(one)


def _spelled(one: "Name") -> str:
    return " · ".join(f"{each.text} {each.n}" for each in one.spellings)


def proposal_cells(one: "Proposal", language: Language) -> Sequence[object]:
    """Return the cells of a proposal: labels, why, and names with their numbers."""
    why = language.text(_WHY[one.why], key=one.key)
    if one.types_differ:
        why = language.text(marked("{why}; their types differ"), why=why)
    names = " | ".join(f"{each.shown} {each.n}" for each in one.names)
    return sum(each.n for each in one.names), why, names
