"""Who labels: found by name however it is spelled, made when a name is first used."""

from annotator.arabic.fold import fold_name
from annotator.arabic.names import name_problem
from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.model import LEAD, Annotator
from annotator.core.uids import annotator_uid
from annotator.store.project import Project
from annotator.store.queries import known_annotator

_KEPT = frozenset({"all", "gold", "lead", "author"})
"""Names that mean something else where annotators are named; commas part them there."""


def named(project: Project, name: str) -> Annotator:
    """Return the annotator called `name`; raise `unknown_annotator`."""
    return known_annotator(project, name)


def ensure(project: Project, name: str, kind: str = "human") -> Annotator:
    """Return the annotator called `name`, made where the project has none by that name.

    A file that a lead handed out belongs to one annotator and takes no other: `not_your_file`.
    """
    found = project.annotator(name)
    if found is not None:
        return found
    is_kept = fold_name(name) in _KEPT or "," in name
    trouble = "name_kept" if is_kept else name_problem(name)
    if trouble:
        raise UserError("bad_name", name=name, why=trouble)
    if project.role != LEAD:
        raise UserError("not_your_file", name=name)
    annotator = Annotator(annotator_uid(project.uid, name), name, kind)
    with project.transaction("annotator", LEAD) as gesture:
        body = {"name": annotator.name, "kind": annotator.kind}
        gesture.within(op.PROJECT).set(op.ANNOTATOR, annotator.uid, body)
    return annotator
