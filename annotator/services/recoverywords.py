"""What recovery brought back from where, and what is missing, in sentences."""

from collections.abc import Iterable, Iterator

from annotator.core.model import LEAD
from annotator.i18n import Language, marked
from annotator.store.otherjournals import OtherJournal
from annotator.store.recovering import Part, Recovery

_FILE = marked("From what is left of the file: {parts}.")
_BACKUP = marked("From backup {number}, what the file lacks: {parts}.")
_RECORD = marked("From the second record: {parts}.")
_OTHER = marked("From the journals of other files: {parts}.")
_MORE = marked(
    "Another file of this project has more in its journal {replica}: {operations}, by {who}, the"
    " last at {last}."
)
_MORE_UNDATED = marked(
    "Another file of this project has more in its journal {replica}: {operations}, by {who}."
)
_NOT_TAKEN = marked("Not taken: that belongs to the other file. To take it: --journals {replica}")
_LEAD = marked("the lead")
_TAKEN = marked("Taken, as you asked.")
_MISSING = (
    marked("Articles that are named and whose text is gone: {n}."),
    marked("Operations on them, left out: {n}."),
    marked("Texts that nothing vouches for, left out: {n}."),
    marked("Operations that can no longer be read whole: {n}."),
    marked("Operations known to be missing: {n}."),
)
_CUT = marked("Newer operations than all of these were saved once, and are gone.")
_ANOTHER = marked(
    "Which project it was can no longer be read: what is recovered is a project of its own."
)
_STAND_IN = marked(
    "The label schema is gone: one with the types that the labels use stands in its place."
)
_NOTHING = marked("Nothing is known to be missing.")


def sources(found: Recovery, language: Language) -> Iterator[str]:
    """Yield what came from the file, from its backup and from the second record."""
    for template, part in (
        (_FILE, found.file),
        (_BACKUP, found.backup),
        (_RECORD, found.record),
        (_OTHER, found.other),
    ):
        if part.operations or part.articles:
            yield language.text(template, parts=_counted(part, language), number=found.number)


def _counted(part: Part, language: Language) -> str:
    return language.listed(
        (
            language.plural("{n} operation", "{n} operations", part.operations),
            language.plural("{n} article", "{n} articles", part.articles),
            language.plural("{n} label", "{n} labels", part.labels),
        )
    )


def missing(found: Recovery, language: Language) -> Iterator[str]:
    """Yield what is known to be missing; that nothing is, where that is so."""
    lost = found.made.lost
    counts = (len(lost.texts), lost.waiting, found.n_unnamed, len(lost.operations), found.n_missing)
    for template, n in zip(_MISSING, counts, strict=True):
        if n:
            yield language.text(template, n=f"{n:,}")
    if found.is_cut:
        yield language.text(_CUT)
    if not found.is_same:
        yield language.text(_ANOTHER)
    if not found.has_schema:
        yield language.text(_STAND_IN)
    if found.is_whole:
        yield language.text(_NOTHING)


def journal(one: OtherJournal, language: Language) -> str:
    """Return whose a journal of another file is, and what it has more."""
    who = language.listed([language.text(_LEAD) if name == LEAD else name for name in one.who])
    n = language.plural("{n} operation", "{n} operations", one.n_operations)
    template = _MORE if one.last else _MORE_UNDATED
    return language.text(template, replica=one.replica, operations=n, who=who, last=one.last)


def journals(found: Iterable[OtherJournal], language: Language) -> Iterator[str]:
    """Yield the same of each, and whether it was taken, for the command line."""
    for one in found:
        then = language.text(_TAKEN if one.is_taken else _NOT_TAKEN, replica=one.replica)
        yield f"{journal(one, language)} {then}"


def journals_as_maps(found: Iterable[OtherJournal]) -> list[dict[str, object]]:
    """Return the same for scripts."""
    return [
        {
            "replica": one.replica,
            "annotators": list(one.who),
            "operations": one.n_operations,
            "last": one.last,
            "taken": one.is_taken,
        }
        for one in found
    ]


def as_map(found: Recovery) -> dict[str, object]:
    """Return the same for scripts."""
    parts = {"file": found.file, "backup": found.backup, "second_record": found.record}
    parts["other_journals"] = found.other
    return {
        **{
            name: {"operations": one.operations, "articles": one.articles, "labels": one.labels}
            for name, one in parts.items()
        },
        "missing": {
            "articles": found.made.lost.texts,
            "unnamed_texts": found.n_unnamed,
            "waiting": found.made.lost.waiting,
            "unreadable": len(found.made.lost.operations),
            "operations": found.n_missing,
            "newest": found.is_cut,
            "project": not found.is_same,
            "label_schema": not found.has_schema,
        },
    }
