"""Names made one and parted: the `link` of all labels of a spelling, in one gesture with one undo.

An annotator's own labels only. What is in her done layers is left out, and so is what others
labelled; both are counted.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping

import msgspec

from annotator.arabic.manynames import name_key
from annotator.arabic.names import name_problem
from annotator.core.errors import UserError
from annotator.core.model import Annotator, Entity, hull, replace
from annotator.core.operations import Operation, Scope
from annotator.services.backing_up import before_bulk
from annotator.services.names import Name
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import namedmentions, searching
from annotator.store.namedmentions import Mention
from annotator.store.project import Project
from annotator.store.transaction import Gesture
from annotator.store.trouble import writes

LONGEST = 200
"""Code points of a shared name, at most."""
_SHOWN = 60
"""Code points of a name that will not do, in the sentence that says so."""
_AT_ONCE = 200

Wanted = Mapping[tuple[str, str], str]
"""By shared name and spelling of labels: the name that they are to share, "" for none."""


class Linked(msgspec.Struct, frozen=True):
    """What was changed: the operations, and how many labels in which articles.

    `done` labels are left out because their layers are done, `others` because they are other
    people's.
    """

    operations: tuple[Operation, ...] = ()
    labels: int = 0
    articles: frozenset[str] = frozenset()
    done: int = 0
    others: int = 0


def as_link(text: str) -> str:
    """Return `text` as a shared name: on one line, composed, without what is not seen.

    >>> as_link(" دونالد \u200f ترامب ")
    'دونالد ترامب'
    """
    blanks = " ".join(text.split())
    seen = "".join(each for each in blanks if not unicodedata.category(each).startswith("C"))
    return " ".join(unicodedata.normalize("NFC", seen).split())[:LONGEST].strip()


def checked_link(text: str) -> str:
    """Return what `text` is as a shared name, without blanks around it; refuse with `bad_link`."""
    link = unicodedata.normalize("NFC", " ".join(text.split()))
    trouble = name_problem(link, LONGEST) if name_key(link) else "name_empty"
    if trouble:
        raise UserError("bad_link", name=link[:_SHOWN], why=trouble, limit=LONGEST)
    return link


@writes
def merge(
    project: Project,
    annotator: Annotator,
    names: Iterable[Name],
    link: str,
    progress: Progress = SILENT,
) -> Linked:
    """Let all labels of `names` share `link`; of one name alone, this gives it another."""
    shared = checked_link(link)
    wanted = {pair: shared for name in names for pair in name.pairs}
    return _link(project, annotator, wanted, progress)


@writes
def split(
    project: Project,
    annotator: Annotator,
    name: Name,
    spellings: Collection[str],
    link: str = "",
    progress: Progress = SILENT,
) -> Linked:
    """Take the labels of some `spellings` out of a name: they share `link`, or nothing.

    Raise `not_of_name` where the name has no such spelling.
    """
    shared = checked_link(link) if link else ""
    known = {one.text for one in name.spellings}
    for spelling in spellings:
        if spelling not in known:
            raise UserError("not_of_name", name=name.shown, spelling=spelling)
    wanted = dict.fromkeys(((name.link, spelling) for spelling in spellings), shared)
    return _link(project, annotator, wanted, progress)


@writes
def set_apart(
    project: Project,
    annotator: Annotator,
    names: Iterable[Name],
    progress: Progress = SILENT,
) -> Linked:
    """Say that `names` are different: each that shares nothing gets a name of its own.

    That is how it stays known, for different shared names are never proposed as one. No name that
    anybody's labels share is given; whether any do is looked up when it is written.
    """
    apart = [one for one in names if not one.link]
    meant = [(one, checked_link(as_link(one.shown) or one.key)) for one in apart]
    wanted = {pair: link for one, link in meant for pair in one.pairs}

    def own() -> Wanted:
        given: set[str] = set()
        found: dict[tuple[str, str], str] = {}
        for one, link in meant:
            given.add(free := _free(project, link, given))
            found |= dict.fromkeys(one.pairs, free)
        return found

    return _link(project, annotator, wanted, progress, own)


def _free(project: Project, link: str, given: Collection[str]) -> str:
    """Return `link`, with a number behind it where labels share it or it is `given`."""
    found, n = link, 2
    while found in given or namedmentions.is_shared(project, found):
        found, n = f"{link[: LONGEST - 6]} ({n})", n + 1
    return found


# --- one gesture ----------------------------------------------------------------------------------


class _Found:
    """The labels that a gesture is about, gathered article by article."""

    def __init__(self) -> None:
        self.due: dict[str, list[Mention]] = {}
        self.n_done = self.n_others = 0

    def take(self, one: Mention, annotator: Annotator) -> None:
        """Count a label that is another's or in a done layer; gather any other."""
        if one.annotator != annotator.uid:
            self.n_others += 1
        elif one.status == "done":
            self.n_done += 1
        else:
            self.due.setdefault(one.article, []).append(one)


def _link(
    project: Project,
    annotator: Annotator,
    wanted: Wanted,
    progress: Progress,
    settle: Callable[[], Wanted] | None = None,
) -> Linked:
    """Give each label that is `wanted` its name; before many labels a backup is kept.

    `settle` says in the transaction, where nobody else writes, which names they get in the end.
    """
    found = _find(project, annotator, wanted, progress)
    if not found.due:
        return Linked((), 0, frozenset(), found.n_done, found.n_others)
    before_bulk(project, sum(map(len, found.due.values())), progress)
    n_labels, touched = 0, set[str]()
    with project.transaction("link_names", annotator.uid) as gesture:
        wanted = settle() if settle else wanted
        for n, (article, mentions) in enumerate(found.due.items()):
            go_on(progress, n, len(found.due))
            n_changed = _write(gesture, Scope(article, annotator.uid), mentions, wanted)
            if n_changed:
                touched.add(article)
            elif n_changed is None:
                found.n_done += len(mentions)
            n_labels += n_changed or 0
    return Linked(
        tuple(gesture.operations), n_labels, frozenset(touched), found.n_done, found.n_others
    )


def _find(project: Project, annotator: Annotator, wanted: Wanted, progress: Progress) -> _Found:
    found, total = _Found(), searching.last_row(project)
    spellings = sorted({spelling for _, spelling in wanted})
    for there in namedmentions.stretches(project, _AT_ONCE):
        go_on(progress, there.after, total)
        for one in namedmentions.chosen(project, there, spellings):
            if wanted.get((one.link, one.spelling), one.link) != one.link:
                found.take(one, annotator)
    return found


def _write(
    gesture: Gesture, scope: Scope, mentions: Iterable[Mention], wanted: Wanted
) -> int | None:
    """Write the names of a layer; return how many labels changed, None where it is done by now.

    No check is asked: what a label shares makes no problem and mends none.
    """
    try:
        part = gesture.within(scope)
    except UserError as trouble:
        if trouble.code != "layer_done":
            raise
        return None
    n = 0
    for one in mentions:
        label = part.reading.label(one.uid)
        if isinstance(label, Entity) and _is_as_found(label, one):
            part.put(replace(label, link=wanted[one.link, one.spelling]))
            n += 1
    return n


def _is_as_found(label: Entity, one: Mention) -> bool:
    """Whether nobody has changed it since the labels were gathered."""
    return (label.link, *hull(label.extent)) == (one.link, one.start, one.end)
