"""Operations that come back into the file that once kept them, spelled as a journal has them.

Unlike a merge this refuses nothing: what cannot stand yet waits, and all else comes back.
"""

from collections.abc import Iterable, Iterator

from annotator.core.incoming import Arrived
from annotator.store import keptreceipts
from annotator.store.otherjournals import arrived_in
from annotator.store.project import Project
from annotator.store.uniting import Uniting

_READERS = (
    "SELECT EXISTS(SELECT 1 FROM articles WHERE sha256=?),EXISTS(SELECT 1 FROM annotators"
    " WHERE uid=?)"
)


def unite_lines(project: Project, lines: Iterable[bytes], replicas: Iterable[str] = ()) -> int:
    """Add the operations that `lines` spell to `project`, in one transaction; return how many.

    One whose article or annotator is not there is left out, and so is a line that is none of ours.
    Of `replicas` the receipts come back with them.
    """
    given = {one.hash: one for one in arrived_in(lines)}
    ordered = sorted(given.values(), key=lambda one: (one.scope.article, one.scope.annotator))
    n_of_project = sum(1 for one in ordered if one.scope.is_project)
    with project.turn.taken(by_person=False), project.committed(is_kept_twice=True):
        uniting = Uniting(project, len(ordered))
        uniting.of_project(ordered[:n_of_project])
        uniting.fold_project()
        uniting.of_layers(_with_a_layer(project, ordered[n_of_project:]))
        n_new = uniting.ended().new
        keptreceipts.come_back(project, replicas)
        return n_new


def _with_a_layer(project: Project, ordered: Iterable[Arrived]) -> Iterator[Arrived]:
    """Yield those operations of layers whose article and annotator are in the project by now."""
    scope, is_there = None, False
    for one in ordered:
        if one.scope != scope:
            scope = one.scope
            key = (scope.article, scope.annotator)
            is_there = project.connection.execute(_READERS, key).fetchone() == (1, 1)
        if is_there:
            yield one
