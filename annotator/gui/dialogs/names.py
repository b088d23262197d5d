"""What an annotator may be called, asked before there is a project to ask.

`services.annotators.ensure` has the last word; the same names are refused here, as they are typed.
"""

from collections.abc import Iterable

from annotator.arabic.fold import fold_name
from annotator.arabic.names import name_problem
from annotator.core.errors import UserError
from annotator.core.model import Annotator

_KEPT = frozenset({"all", "gold", "lead", "author"})


def name_trouble(name: str) -> UserError | None:
    """Return why nobody can be called `name`; None where that is a name.

    >>> str(name_trouble("gold")), name_trouble("سلمى")
    ("bad_name(name='gold', why='name_kept')", None)
    """
    is_kept = fold_name(name) in _KEPT or "," in name
    why = "name_kept" if is_kept else name_problem(name)
    return UserError("bad_name", name=name, why=why) if why else None


def same_person(name: str, known: Iterable[Annotator]) -> Annotator | None:
    """Return who of `known` is meant by `name`, however it is spelled."""
    wanted = fold_name(name)
    return next((one for one in known if wanted and fold_name(one.name) == wanted), None)
