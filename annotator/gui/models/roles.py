"""Roles of parts of an article in words, and what became of them. No Qt."""

from collections.abc import Sequence

from annotator.core.operations import Change, Operation
from annotator.gui.models.drawing import ROLE_NAMES
from annotator.i18n import Language, marked
from annotator.services import regioning

HERE = marked("Role of this part")
_SHOWN = 2
"""Roles that are named where there is little room."""


def role_name(language: Language, role: str) -> str:
    """Return what the role `role` is called in `language`."""
    return language.text(ROLE_NAMES[role])


def roles_said(language: Language, roles: Sequence[str]) -> str:
    """Return the names of `roles`; of a part that is in no region, that it has none."""
    if not roles:
        return language.text("no role")
    return language.listed(role_name(language, role) for role in roles)


def shortly_said(language: Language, roles: Sequence[str]) -> str:
    """Return as `roles_said`, of many the first."""
    more = " …" if len(roles) > _SHOWN else ""
    return roles_said(language, roles[:_SHOWN]) + more


def what_changed(language: Language, change: Change) -> str:
    """Return which role the part of an article got whose role `change`, of regions, changed."""
    before, after = regioning.regions_of(change.before), regioning.regions_of(change.after)
    stretch = regioning.changed_stretch(before, after)
    said = roles_said(language, regioning.roles_in(after, *stretch))
    return language.text("the role of this part is “{role}”", role=said)


def left_out(language: Language, n: int) -> str:
    """Return what becomes of `n` labels whose part of the article is not labelled any more."""
    return language.plural(
        "{n} label in it is kept and exported, but not counted in agreement",
        "{n} labels in it are kept and exported, but not counted in agreement",
        n,
    )


def place_of(operation: Operation, article: str = "") -> tuple[int, int] | None:
    """Return the part of an article (SHA-256) whose role `operation` changed; None if not."""
    change = regioning.change_in(operation, article)
    if change is None:
        return None
    before, after = regioning.regions_of(change.before), regioning.regions_of(change.after)
    return regioning.changed_stretch(before, after)
