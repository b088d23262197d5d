"""Label every place of a query, folded and by whole words, in one annotator's layers.

Clitics come with the search's own issue; the hits will then come from there.
"""

from dataclasses import dataclass

from annotator.arabic.fold import find_all, index_query
from annotator.core import checks, places
from annotator.core.errors import UserError
from annotator.core.model import Annotator, Entity, extent_at
from annotator.core.operations import BULK_LIMIT, Operation, Scope
from annotator.core.retyping import with_defaults
from annotator.services.backing_up import back_up
from annotator.store import queries
from annotator.store.project import Project
from annotator.store.transaction import Gesture


@dataclass(frozen=True, slots=True)
class Marked:
    """What was labelled: the operations, and how many done layers were left out."""

    operations: tuple[Operation, ...]
    left_out: int


def mark_all(
    project: Project, annotator: Annotator, query: str, type_name: str, article: str = ""
) -> Marked:
    """Label as `type_name` every place where `query` stands in annotatable regions.

    Places that have that label already are passed over, and so are done layers. Before very many
    articles are touched a backup is kept.
    """
    if not index_query(query):
        raise UserError("empty_query")
    if project.label_schema.current(type_name) not in project.label_schema.entity_types:
        raise UserError("unknown_type", kind="entity", detail=type_name)
    left_out = 0
    wanted = project.article(article).sha256 if article else ""
    if len(_candidates(project, query, wanted)) > BULK_LIMIT:
        back_up(project, "bulk")
    with project.transaction("mark_all", annotator.uid) as gesture:
        for sha256 in _candidates(project, query, wanted):
            try:
                _mark(project, gesture, Scope(sha256, annotator.uid), query, type_name)
            except UserError as trouble:
                if trouble.code != "layer_done":
                    raise
                left_out += 1
    return Marked(tuple(gesture.operations), left_out)


def _candidates(project: Project, query: str, wanted: str) -> list[str]:
    if wanted:
        return [wanted]
    return queries.hashes(project, queries.articles_with(project, index_query(query)))


def _mark(project: Project, gesture: Gesture, scope: Scope, query: str, type_name: str) -> None:
    text = project.text(scope.article)
    parts = places.annotatable_parts(project.regions(scope.article), project.annotatable)
    hits = [
        (start, end)
        for start, end in find_all(text, query)
        if any(first <= start and end <= last for first, last in parts)
    ]
    if not hits:
        return
    part = gesture.within(scope)
    for hit in hits:
        bare = Entity(gesture.new_uid("entity"), extent_at(text, [hit]), type_name)
        entity = with_defaults(gesture.schema, bare)
        trouble = places.of_text(text, entity) or checks.of_new(
            gesture.schema, part.reading, entity
        )
        if trouble is None:
            part.put(entity)
