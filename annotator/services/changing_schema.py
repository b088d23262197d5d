"""Changing the types of a project's label schema: what it would do first, then the doing.

It is one operation in the project's scope. No label is written: tables, listings and exports show
the type after renaming, in whatever order schema and labels arrive. What a type was split into each
annotator decides for her own labels, which are listed as problems until then.
"""

from collections import Counter
from dataclasses import dataclass

from annotator.core import operations as op
from annotator.core.checks import Problem
from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema, Named
from annotator.core.layerproblems import problems_of_layer
from annotator.core.model import LEAD
from annotator.core.overruling import ids_that_differ
from annotator.core.schemachange import MERGE, SPLIT, changed_toml, kind_of_type
from annotator.core.schematoml import read_schema
from annotator.services.backing_up import EVERYWHERE, before_bulk
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import queries, storedlabels
from annotator.store.project import Project
from annotator.store.retyping import layers_with_type
from annotator.store.trouble import reads, writes


@dataclass(frozen=True, slots=True)
class TypeChange:
    """What is to be done with the type `old`: `rename`, `merge` (into `new`), `retire` or `split`.

    Split it becomes one of the types `into`, whose names, where they are given, are new ones'.
    """

    what: str
    old: str
    new: str = ""
    into: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """What a change of a type would touch, and what would become a problem.

    `by_annotator` counts labels by the name shown, `problems` new problems by code, twins apart:
    `twins` are labels that would then say what another says in the same place.
    """

    change: TypeChange
    kind: str
    toml: str
    labels: int
    articles: int
    by_annotator: dict[str, int]
    problems: dict[str, int]
    twins: int


@reads
def previewed(project: Project, change: TypeChange, progress: Progress = SILENT) -> ChangePreview:
    """Return what `change` would do; raise what is in its way. Nothing is written."""
    if project.role != LEAD:
        raise UserError("lead_only")
    toml = _changed(project, change)
    kind = kind_of_type(project.label_schema, change.old)
    layers = layers_with_type(project.connection, kind, change.old)
    names = queries.shown_names(project)
    by_annotator: Counter[str] = Counter()
    for _, uid, _, n in layers:
        by_annotator[names[uid]] += n
    found: Counter[str] = Counter()
    if change.what == SPLIT:
        found["type_split"] = by_annotator.total()
    if change.what == MERGE:  # no other change can break what was in order
        for done, (row, _, article, _) in enumerate(layers):
            go_on(progress, done, len(layers))
            found += _new_problems(project, read_schema(toml), row, article)
    return ChangePreview(
        change,
        kind,
        toml,
        by_annotator.total(),
        len({article for _, _, article, _ in layers}),
        dict(sorted(by_annotator.items())),
        {code: n for code, n in sorted(found.items()) if n and code != "twin"},
        found["twin"],
    )


@writes
def change_schema(project: Project, change: TypeChange, who: str = LEAD) -> str:
    """Do `change`: one gesture, which can be undone; return its name. A backup is kept before."""
    if project.role != LEAD:
        raise UserError("lead_only")
    _changed(project, change)
    before_bulk(project, EVERYWHERE)
    with project.transaction("change_schema", who) as gesture:
        toml = _changed(project, change)
        gesture.within(op.PROJECT).set(op.LABEL_SCHEMA, "", {"toml": toml})
    return gesture.name


@reads
def guidelines_previewed(project: Project, toml: str) -> list[str]:
    """Return the ids of what would read otherwise by the label schema `toml`.

    It must say what labels depend on as the one in force does (`other_types`): only guidelines,
    names, keys and colours may differ.
    """
    if project.role != LEAD:
        raise UserError("lead_only")
    now, then = project.label_schema, read_schema(toml)
    if (now.digest, now.retired) != (then.digest, then.retired):
        raise UserError("other_types", names=ids_that_differ(now, then))
    return ids_that_differ(now, then)


@writes
def change_guidelines(project: Project, toml: str, who: str = LEAD) -> str:
    """Put the label schema `toml`, which has the same types, in the place of the one in force.

    It is one gesture, which can be undone; return its name, or nothing where it is there already.
    """
    guidelines_previewed(project, toml)
    with project.transaction("change_schema", who) as gesture:
        guidelines_previewed(project, toml)
        gesture.within(op.PROJECT).set(op.LABEL_SCHEMA, "", {"toml": toml})
    return gesture.name if gesture.operations else ""


def _changed(project: Project, change: TypeChange) -> str:
    """Return the label schema as `change` makes it; raise what is in its way."""
    return changed_toml(project.schema_toml(), change.what, change.old, change.new, change.into)


def _new_problems(project: Project, schema: LabelSchema, row: int, article: str) -> Counter[str]:
    """Return by code the problems that a layer would have by `schema` and does not have now."""
    labels, text = storedlabels.labels_of(project.connection, row), project.text(article)
    now = problems_of_layer(project.label_schema, labels, text, "")
    known = {_named(one) for one in now}
    then = problems_of_layer(schema, labels, text, "")
    return Counter(one.code for one in then if _named(one) not in known)


def _named(problem: Problem) -> tuple[str, str, str]:
    """Return what makes it the same problem by both schemas; of a twin the detail is the type."""
    return problem.code, problem.uid, "" if problem.code == "twin" else problem.detail
