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
    """Return the annotator called `name`; raise `unknown_annotator`, or `not_your_file`."""
    if project.owner and not _is_owner(project, project.annotator(name)):
        raise UserError("not_your_file", name=name)
    return known_annotator(project, name)


def who_undoes(project: Project, name: str) -> Annotator:
    """Return the annotator called `name`; `lead` is the role, for what nobody in particular did."""
    if fold_name(name) == LEAD and not project.owner:
        return Annotator(LEAD, LEAD)
    return named(project, name)


def owner(project: Project) -> Annotator | None:
    """Return the only annotator who writes in this file; None in a lead's, which takes all."""
    return known_annotator(project, project.owner) if project.owner else None


def known_or_new(project: Project, name: str, kind: str = "human") -> Annotator:
    """Return the annotator called `name`, or who that would be; nothing is written.

    A file that a lead handed out belongs to one annotator and takes no other: `not_your_file`.
    """
    found = project.annotator(name)
    if found is not None and (not project.owner or _is_owner(project, found)):
        return found
    is_kept = fold_name(name) in _KEPT or "," in name
    trouble = "name_kept" if is_kept else name_problem(name)
    if trouble:
        raise UserError("bad_name", name=name, why=trouble)
    if project.role != LEAD:
        raise UserError("not_your_file", name=name)
    return Annotator(annotator_uid(project.uid, name), name, kind)


def ensure(project: Project, name: str, kind: str = "human") -> Annotator:
    """Return the annotator called `name`, made where the project has none by that name."""
    annotator = known_or_new(project, name, kind)
    if project.annotator(annotator.uid) is None:
        with project.transaction("annotator", LEAD) as gesture:
            body = {"name": annotator.name, "kind": annotator.kind}
            gesture.within(op.PROJECT).set(op.ANNOTATOR, annotator.uid, body)
    return annotator


def lead(project: Project, name: str = "") -> str:
    """Return the uid of the lead called `name`, made where it is new; the role where there is none.

    In a file that was handed out nobody is: `lead_only`.
    """
    if project.role != LEAD:
        raise UserError("lead_only")
    return ensure(project, name).uid if name and fold_name(name) != LEAD else LEAD


def _is_owner(project: Project, found: Annotator | None) -> bool:
    return found is not None and found.uid == project.owner
