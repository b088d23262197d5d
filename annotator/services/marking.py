"""Label every occurrence of a name: proposals with their context, and all of them in one gesture.

The places are those of the search, in annotatable regions. Where the label schema leaves clitics
out of a label, a label lies on the stem alone; where it takes them in, on the clitics too.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from annotator.arabic.finding import Query
from annotator.core import checks, places
from annotator.core.errors import UserError
from annotator.core.model import Annotator, Entity, extent_at
from annotator.core.operations import Operation, Scope
from annotator.core.places import annotatable_parts
from annotator.core.retyping import with_defaults
from annotator.services import searching
from annotator.services.backing_up import HANDFUL, before_bulk
from annotator.services.searching import Found, Where
from annotator.services.searchingfilters import ANNOTATABLE
from annotator.store.project import Project
from annotator.store.searching import Labelled, labelled
from annotator.store.transaction import Gesture
from annotator.store.trouble import reads, writes

State = Literal["new", "labelled", "otherwise", "done", "outside"]
"""Of a proposal: to be labelled; labelled so already; otherwise; in a layer that is done; or, where
places of a search are meant, in a region that is not labelled."""


class Proposal(msgspec.Struct, frozen=True):
    """A place that may be labelled: `[start, end)` of an article, and the text around it.

    `types` are those of the labels there that it would meet, where its state is `otherwise`.
    """

    article: str
    start: int
    end: int
    quote: str
    left: str
    right: str
    state: State
    types: tuple[str, ...] = ()


class Marked(msgspec.Struct, frozen=True):
    """What was labelled: the operations; done layers left out; places labelled otherwise.

    `n_done` are the places in the layers left out, `n_met` those passed over because by then a
    label was there.
    """

    operations: tuple[Operation, ...]
    left_out: int
    otherwise: tuple[Proposal, ...] = ()
    n_done: int = 0
    n_met: int = 0


@reads
def proposals(
    project: Project,
    annotator: Annotator,
    query: Query,
    type_name: str,
    article: str = "",
    listed: Where | None = None,
) -> Iterator[Proposal]:
    """Yield every place of `query` in annotatable regions, article by article; nothing is changed.

    With `listed`, the filters of a search, they are the places that this search lists, in every
    region and without the query's own clitics too. Raise what `mark_all` does.
    """
    _check(project, query, type_name)
    where = listed or Where(article=article, region=ANNOTATABLE)
    found = searching.hits(project, query, where, is_as_written=listed is None)
    return _proposals(project, annotator, found, type_name)


@writes
def mark_all(
    project: Project,
    annotator: Annotator,
    query: Query | str,
    type_name: str,
    article: str = "",
) -> Marked:
    """Label as `type_name` every place of `query` that no label stands against.

    Places that have that label are passed over, those labelled otherwise too, and done layers are
    left out. Before many places are touched a backup is kept. Raise `empty_query`,
    `query_too_long`, `unknown_type` and `unknown_article`.
    """
    wanted = Query(query) if isinstance(query, str) else query
    _check(project, wanted, type_name)
    before_bulk(project, _n_places(project, wanted, article))
    otherwise: list[Proposal] = []
    with project.transaction("mark_all", annotator.uid) as gesture:
        found = proposals(project, annotator, wanted, type_name, article)
        left = _mark(project, gesture, annotator, _new_of(found, otherwise), type_name)
    return Marked(tuple(gesture.operations), left.layers, tuple(otherwise), left.done, left.met)


@writes
def mark(
    project: Project, annotator: Annotator, chosen: Sequence[Proposal], type_name: str
) -> Marked:
    """Label the `chosen` proposals as `type_name`, in one gesture; before many a backup is kept."""
    _check_type(project, type_name)
    in_order = sorted(chosen, key=lambda one: (one.article, one.start, one.end))
    before_bulk(project, len(in_order))
    with project.transaction("mark_all", annotator.uid) as gesture:
        left = _mark(project, gesture, annotator, in_order, type_name)
    return Marked(tuple(gesture.operations), left.layers, (), left.done, left.met)


def _n_places(project: Project, query: Query, article: str) -> int:
    """Count the places of `query`, labelled ones too, no further than to see that they are many."""
    found = searching.hits(
        project, query, Where(article=article, region=ANNOTATABLE), is_as_written=True
    )
    return sum(1 for _ in itertools.islice(found, HANDFUL + 1))


def _check(project: Project, query: Query, type_name: str) -> None:
    searching.checked(query)
    _check_type(project, type_name)


def _check_type(project: Project, type_name: str) -> None:
    if project.label_schema.current(type_name) not in project.label_schema.entity_types:
        raise UserError("unknown_type", kind="entity", detail=type_name)


# --- where ----------------------------------------------------------------------------------------


def _proposals(
    project: Project, annotator: Annotator, found: Iterator[Found], type_name: str
) -> Iterator[Proposal]:
    current = project.label_schema.current(type_name)
    is_whole = project.label_schema.clitics == "include"
    for sha256, in_article in itertools.groupby(found, key=lambda hit: hit.article):
        hits = list(in_article)
        is_done = project.layer(sha256, annotator.uid).status == "done"
        there = [
            one
            for one in labelled(project, hits[0].place.row)
            if one.kind == "entity" and one.annotator == annotator.uid
        ]
        parts = annotatable_parts(project.regions(sha256), project.annotatable)
        for hit in hits:
            one = _proposal(project, hit, current, there, is_whole=is_whole, is_done=is_done)
            is_inside = any(a <= one.start and one.end <= b for a, b in parts)
            yield one if is_inside or one.state != "new" else replace(one, state="outside")


def _proposal(
    project: Project,
    hit: Found,
    type_name: str,
    there: Sequence[Labelled],
    *,
    is_whole: bool,
    is_done: bool,
) -> Proposal:
    start = hit.with_clitics_from if is_whole else hit.start
    text = project.text(hit.article)
    left, right = searching.context(text, start, hit.end)
    state, types = _met(start, hit.end, type_name, there)
    if is_done and state == "new":
        state = "done"
    quote = text[start : hit.end]
    return Proposal(hit.article, start, hit.end, quote, left, right, state, types)


def _met(
    start: int, end: int, type_name: str, there: Sequence[Labelled]
) -> tuple[State, tuple[str, ...]]:
    """Return what a label on `[start, end)` would meet, and the types that stand against it.

    A label of another type around it or inside it does not: labels may be nested.
    """
    touching = [one for one in there if one.start < end and start < one.end]
    if any((one.start, one.end, one.type) == (start, end, type_name) for one in touching):
        return "labelled", ()
    against = (one.type for one in touching if _is_against(one, start, end, type_name))
    types = tuple(dict.fromkeys(against))
    return ("otherwise" if types else "new"), types


def _is_against(label: Labelled, start: int, end: int, type_name: str) -> bool:
    if label.type == type_name or (label.start, label.end) == (start, end):
        return True
    is_around = label.start <= start and end <= label.end
    return not (is_around or (start <= label.start and label.end <= end))


# --- labelling ------------------------------------------------------------------------------------


class _LeftOut(msgspec.Struct, frozen=True):
    """Layers that are done, the places in them, and places where a label was by then."""

    layers: int
    done: int
    met: int


def _new_of(found: Iterable[Proposal], otherwise: list[Proposal]) -> Iterator[Proposal]:
    """Yield what is to be labelled or is left out; note in `otherwise` what is labelled so."""
    for one in found:
        if one.state == "otherwise":
            otherwise.append(one)
        elif one.state in ("new", "done"):
            yield one


def _mark(
    project: Project,
    gesture: Gesture,
    annotator: Annotator,
    chosen: Iterable[Proposal],
    type_name: str,
) -> _LeftOut:
    """Label `chosen`, which are in order of articles; return what is left out."""
    n_layers = n_done = n_met = 0
    for article, in_article in itertools.groupby(chosen, key=lambda one: one.article):
        try:
            part = gesture.within(Scope(article, annotator.uid))
        except UserError as trouble:
            if trouble.code != "layer_done":
                raise
            n_layers, n_done = n_layers + 1, n_done + sum(1 for _ in in_article)
            continue
        text = project.text(article)
        for one in in_article:
            extent = extent_at(text, [(one.start, one.end)])
            bare = Entity(gesture.new_uid("entity"), extent, type_name)
            entity = with_defaults(gesture.schema, bare)
            schema, reading = gesture.schema, part.reading
            if places.of_text(text, entity) or checks.of_new(schema, reading, entity):
                n_met += 1
            else:
                part.put(entity)
    return _LeftOut(n_layers, n_done, n_met)
