"""One annotator's names, labelled in different ways: with several types, or here and not there.

A name is what its spellings fold to. What was looked at by a person counts: layers that are started
or done, and of these what lies in regions that are labelled.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from annotator.arabic.cliticpolicy import INCLUDE
from annotator.arabic.manynames import ManyNames, NamePlace, name_key, without_clitics
from annotator.core import retyping
from annotator.core.errors import UserError
from annotator.core.model import Annotator, Entity, extent_at
from annotator.core.operations import Operation
from annotator.core.places import annotatable_parts
from annotator.i18n import Language, marked
from annotator.services import labelling
from annotator.services.progress import SILENT, Progress, go_on
from annotator.services.searching import context
from annotator.store import mentions, searching
from annotator.store.mentions import BegunLayer, Mention
from annotator.store.project import Project

What = Literal["type", "unlabelled"]
"""Labelled with another type than elsewhere; or not labelled, as it is elsewhere."""
WHATS: tuple[What, ...] = ("type", "unlabelled")
_NONE = {
    "": marked("Every name is labelled in one way."),
    "type": marked("No name has several types. Places without a label were left aside."),
    "unlabelled": marked("No place of a name lacks a label. Differing types were left aside."),
}
_NOTHING = marked("Nothing was looked at: no article is started or done.")
_LOOKED_AT = marked("Looked at: names: {names}; articles that are started or done: {articles}.")
PAGE = 60
_AT_ONCE = 100
_STRETCH = 1_000
"""Articles that one page looks at."""
Types = tuple[tuple[str, int], ...]
"""Types with how many labels of a name have them, the most frequent first."""


class Place(msgspec.Struct, frozen=True):
    """A place where a name is labelled otherwise than elsewhere, with the text around it.

    `type` and `uid` are of the label there, empty where nothing is labelled; `types` are those of
    the name in all articles, `meant` the one that most others have.
    """

    what: What
    name: str
    article: str
    start: int
    end: int
    quote: str
    left: str
    right: str
    types: Types
    meant: str
    type: str = ""
    uid: str = ""
    is_done: bool = False


class Names:
    """The names of one annotator: their types, and what finds them in a text."""

    def __init__(self, types: Mapping[str, Types]) -> None:
        self.types = types
        self._many = ManyNames(types)

    def key(self, quote: str) -> str:
        """Return the name of which `quote` is a spelling."""
        key = name_key(quote)
        return without_clitics(key, self.types)

    def places(self, text: str) -> list[NamePlace]:
        """Return where the names stand in `text`."""
        return self._many.places(text)


class LookedAt(msgspec.Struct, frozen=True):
    """What was looked at: names that are labelled somewhere, and articles started or done."""

    names: int
    articles: int


def none_told(language: Language, only: str, there: LookedAt) -> str:
    """Return that there is no place of the kind `only`, "" for any, and what was looked at."""
    if not there.articles:
        return language.text(_NOTHING)
    said = language.text(_LOOKED_AT, names=there.names, articles=there.articles)
    return f"{language.text(_NONE[only])} {said}"


class Page(msgspec.Struct, frozen=True):
    """Some places in order; the next page begins `after` the article with that row id."""

    places: tuple[Place, ...]
    after: int
    is_last: bool


def names(project: Project, annotator: Annotator) -> Names:
    """Return the names that `annotator` has labelled."""
    met: dict[str, dict[str, int]] = {}
    for quote, type_, n in mentions.counted(project, annotator.uid):
        key = name_key(quote)
        if any(map(str.isalpha, key)):
            types = met.setdefault(key, {})
            types[type_] = types.get(type_, 0) + n
    found: dict[str, dict[str, int]] = {}
    for key, types in met.items():
        into = found.setdefault(without_clitics(key, met), {})
        for type_, n in types.items():
            into[type_] = into.get(type_, 0) + n
    return Names({key: _by_number(types) for key, types in found.items()})


def looked_at(project: Project, annotator: Annotator, known: Names | None = None) -> LookedAt:
    """Return how much there is of `annotator` to look at; `known` are her names, if at hand."""
    known = known or names(project, annotator)
    return LookedAt(len(known.types), mentions.n_layers_begun(project, annotator.uid))


def _by_number(types: Mapping[str, int]) -> Types:
    return tuple(sorted(types.items(), key=lambda one: (-one[1], one[0])))


def page(
    project: Project,
    annotator: Annotator,
    known: Names,
    after: int = 0,
    only: What | None = None,
    progress: Progress = SILENT,
) -> Page:
    """Return the places of the next articles behind `after`: some, or those of a stretch."""
    found: list[Place] = []
    for n in range(0, _STRETCH, _AT_ONCE):
        layers = mentions.layers_begun(project, annotator.uid, after, _AT_ONCE)
        for done, layer in enumerate(layers):
            go_on(progress, n + done, _STRETCH)
            found += _in_layer(project, layer, known, only)
            after = layer.article
            if len(found) >= PAGE:
                return Page(tuple(found), after, False)
        if len(layers) < _AT_ONCE:
            return Page(tuple(found), after, True)
    return Page(tuple(found), after, False)


def places(
    project: Project, annotator: Annotator, only: What | None = None, limit: int = 0
) -> Iterator[Place]:
    """Yield all places, article by article, `limit` of them at most; 0 is all."""
    known, after, n, is_last = names(project, annotator), 0, 0, False
    while not is_last:
        found = page(project, annotator, known, after, only)
        for place in found.places:
            yield place
            n += 1
            if n == limit:
                return
        after, is_last = found.after, found.is_last


# --- in one layer ---------------------------------------------------------------------------------


def _in_layer(project: Project, layer: BegunLayer, known: Names, only: What | None) -> list[Place]:
    text = searching.text_of(project, layer.article)
    there = mentions.mentions(project, layer.row)
    found: list[Place] = []
    if only != "unlabelled":
        found += _otherwise(text, layer, there, known)
    if only != "type":
        found += _unlabelled(project, text, layer, there, known)
    return sorted(found, key=lambda place: (place.start, place.end, place.uid))


def _otherwise(text: str, layer: BegunLayer, there: list[Mention], known: Names) -> Iterator[Place]:
    """Yield the entities whose name most often has another type."""
    for one in there:
        name = known.key(one.quote) if one.quote else ""
        types = known.types.get(name, ())
        if len(types) > 1 and (one.type != types[0][0] or types[0][1] == types[1][1]):
            others = (type_ for type_, _ in types if type_ != one.type)
            meant = next(others, one.type)
            yield Place(
                "type",
                name,
                layer.sha256,
                one.start,
                one.end,
                one.quote,
                *context(text, one.start, one.end),
                types,
                meant,
                one.type,
                one.uid,
                layer.status == "done",
            )


def _unlabelled(
    project: Project, text: str, layer: BegunLayer, there: list[Mention], known: Names
) -> Iterator[Place]:
    """Yield where a name stands that no entity touches, in regions that are labelled."""
    is_whole = project.label_schema.clitics == INCLUDE
    spots = known.places(text)
    if not spots:
        return
    parts = annotatable_parts(searching.regions_of(project, layer.article), project.annotatable)
    for first, end, name, outer in spots:
        start = outer if is_whole else first
        is_touched = any(one.start < end and start < one.end for one in there)
        if is_touched or not any(a <= start and end <= b for a, b in parts):
            continue
        types = known.types[name]
        around = context(text, start, end)
        yield Place(
            "unlabelled",
            name,
            layer.sha256,
            start,
            end,
            text[start:end],
            *around,
            types,
            types[0][0],
            is_done=layer.status == "done",
        )


# --- made alike -----------------------------------------------------------------------------------


def make_alike(project: Project, annotator: Annotator, place: Place) -> Operation | None:
    """Label `place` as most others of its name are; None where it is so by now.

    Raise `layer_done` where the layer is done, and `unknown_label` where its label is gone.
    """
    layer = project.layer(place.article, annotator.uid)
    if place.what == "unlabelled":
        extent = extent_at(project.text(place.article), [(place.start, place.end)])
        return labelling.add_entity(project, layer, extent, place.meant)
    labels = project.labels(layer)
    label = next((one for one in labels if one.uid == place.uid), None)
    if not isinstance(label, Entity):
        raise UserError("unknown_label", kind="entity", detail=place.uid)
    alike = retyping.retyped(project.label_schema, label, place.meant)
    return labelling.change(project, layer, alike)
