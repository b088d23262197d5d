"""Gestures in the project's own scope, in a lead's file only: regions, withdrawal, answers."""

from collections.abc import Callable, Sequence

from annotator.core import operations as op
from annotator.core import places
from annotator.core.bodies import Body
from annotator.core.errors import UserError, refuse
from annotator.core.model import BY_PERSON, LEAD, Region
from annotator.core.operations import Operation
from annotator.store.project import Project
from annotator.store.registers import regions_body


def set_regions(
    project: Project, article: str, regions: Sequence[Region], who: str = LEAD
) -> Operation | None:
    """Give the article with SHA-256 `article` all its regions, in text order."""
    given = [region._replace(source=BY_PERSON) for region in regions]
    return change_regions(project, article, lambda _: given, who)


def change_regions(
    project: Project,
    article: str,
    change: Callable[[list[Region]], Sequence[Region]],
    who: str = LEAD,
) -> Operation | None:
    """Make the regions of the article with SHA-256 `article` anew out of those in the file now."""
    _refuse_others(project)
    length = project.article(article).length
    with project.transaction("set_regions", who) as gesture:
        given = list(change(project.regions(article)))
        if not given:
            raise UserError("bad_regions", start=0, end=0, length=length)
        refuse(places.of_regions(given, length))
        gesture.within(op.PROJECT).set(op.REGIONS, article, regions_body(given))
    return gesture.operations[0] if gesture.operations else None


def withdraw(project: Project, article: str, who: str = LEAD) -> Operation | None:
    """Take an article out: kept, hidden and not exported, until this is undone."""
    return _set(project, "withdraw", op.WITHDRAWN, article, {"withdrawn": 1}, who)


def bring_back(project: Project, article: str, who: str = LEAD) -> Operation | None:
    """Let an article that was withdrawn be one of the project again."""
    return _set(project, "bring_back", op.WITHDRAWN, article, None, who)


def answer_doubt(project: Project, uid: str, text: str, who: str = LEAD) -> Operation | None:
    """Answer the question that stands on the label `uid`; an empty text takes the answer back."""
    layer = project.layer_of(uid)
    label = project.reading(layer).label(uid)
    if label is None or not label.doubt:
        raise UserError("no_doubt", uid=uid)
    body = {"text": text} if text else None
    return _set(project, "answer_doubt", op.DOUBT_ANSWER, uid, body, who)


def _set(
    project: Project, gesture_name: str, kind: str, uid: str, body: Body | None, who: str
) -> Operation | None:
    _refuse_others(project)
    with project.transaction(gesture_name, who) as gesture:
        gesture.within(op.PROJECT).set(kind, uid, body)
    return gesture.operations[0] if gesture.operations else None


def _refuse_others(project: Project) -> None:
    if project.role != LEAD:
        raise UserError("lead_only")
