"""Merging: hand-ins, replies and other files of the project into this one, and taking back.

Histories are united as sets, so the order of merging does not matter and merging again changes
nothing. All sources that are given come in by one transaction, or none does.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core import operations as op
from annotator.core import takingback, uids
from annotator.core.errors import UserError
from annotator.core.filenames import names_apart
from annotator.core.model import LEAD
from annotator.core.operations import Operation
from annotator.services import arriving, uniting_sources
from annotator.services.arriving import Source
from annotator.services.backing_up import before_bulk
from annotator.services.progress import SILENT, Progress, go_on
from annotator.services.touched import refuse_unsound
from annotator.services.uniting_sources import Part, United, has_new_article, remarks_on
from annotator.store import backing, keptreceipts, receipts, takenback
from annotator.store.indexing import caught_up
from annotator.store.journalgathering import Gathered
from annotator.store.knownoperations import known, n_taken_back
from annotator.store.project import Project
from annotator.store.receipts import Receipt
from annotator.store.trouble import writes
from annotator.store.workfolder import work_folder


@dataclass(frozen=True, slots=True)
class RefusedSource:
    """A source that is not merged, and why; `source` tells it from the others (`names_apart`)."""

    source: str
    trouble: UserError


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did, or in a dry run would do.

    `new` and `same` count operations; `changed` labels that stood here and now read otherwise or
    are gone, `held` and `problems` labels of the layers touched, `articles` those that came along.
    `remarks` say what is worth a look and refuse nothing. With one refused source nothing is done.
    """

    new: int = 0
    same: int = 0
    changed: int = 0
    held: int = 0
    problems: int = 0
    articles: int = 0
    layers: int = 0
    receipt: str = ""
    backup: Path | None = None
    parts: tuple[Part, ...] = ()
    remarks: tuple[UserError, ...] = ()
    refused: tuple[RefusedSource, ...] = ()


class _NothingKept(Exception):  # noqa: N818
    """Ends the transaction of a dry run, and of a merge that is refused."""


@dataclass(slots=True)
class _Ended:
    united: United | None = None
    refused: list[RefusedSource] = field(default_factory=list)
    receipt: str = ""


@writes
def merge(
    project: Project,
    sources: Sequence[Path],
    *,
    dry_run: bool = False,
    progress: Progress = SILENT,
) -> MergeReport:
    """Merge bundles and project files into `project`: all of them or none.

    Before it a checked copy of the project is kept, after it a receipt by which what came can be
    taken back; neither where everything is known. With `dry_run` the project stays as it is.
    """
    with contextlib.ExitStack() as stack:
        found, refused = _opened(project, sources, stack, progress)
        if refused:
            return MergeReport(refused=tuple(refused))
        try:
            all_known = _all_known(project, found)
            if all_known is not None:
                return all_known
            articles = [one.sha256 for source in found for one in source.articles()]
        except UserError as trouble:
            return MergeReport(refused=(_of_source(trouble),))
        refuse_unsound(project, articles)
        backup = None if dry_run else backing.backed_up(project, "merge")
        into = stack.enter_context(_trial(project, progress)) if dry_run else project
        ended = _merged(into, found, progress, dry_run=dry_run)
    if ended.united is None:
        return MergeReport(refused=tuple(ended.refused), backup=backup)
    if ended.receipt:
        parts = (part.receipt for part in ended.united.parts)
        keptreceipts.note(project, {ended.receipt, *filter(None, parts)})
    behind = caught_up(project) if ended.united.articles and not dry_run else None
    return _report(ended.united, ended.receipt, backup, behind)


@writes
def take_back(project: Project, receipt: str, who: str = LEAD) -> Operation:
    """Take back what came with the merge of that receipt, until this is undone.

    The articles that it touches are looked over first, and before many operations are left out a
    backup is kept. Raise `unknown_receipt`; `nothing_to_take_back` where all of it is taken back
    already; `unsound_article`.
    """
    if project.role != LEAD:
        raise UserError("lead_only")
    found = receipts.receipt(project, receipt)
    if found is None:
        raise UserError("unknown_receipt", receipt=receipt)
    names = receipts.operations_in(project, found.ranges)
    if not names:
        raise UserError("nothing_to_take_back", receipt=receipt)
    refuse_unsound(project, takenback.articles_of(project.connection, names))
    before_bulk(project, len(names))
    with project.transaction("take_back", who) as gesture:
        body = takingback.body_naming(names)
        gesture.within(op.PROJECT).set(op.TAKEN_BACK, receipt, body)
    if not gesture.operations:
        raise UserError("nothing_to_take_back", receipt=receipt)
    return gesture.operations[0]


# --- how it goes --------------------------------------------------------------------------------


def _opened(
    project: Project, sources: Sequence[Path], stack: contextlib.ExitStack, progress: Progress
) -> tuple[list[Source], list[RefusedSource]]:
    """Open all sources, each once; return those that may be merged, and why others may not."""
    found: list[Source] = []
    refused: list[RefusedSource] = []
    for path, name in zip(sources, names_apart(sources), strict=True):
        try:
            if path.exists() and project.path.exists() and path.samefile(project.path):
                raise UserError("merges_itself", path=path.name)
            source = stack.enter_context(arriving.opened(path, progress))
            source.name = name
            arriving.refuse_unbelieved(project, source)
        except UserError as trouble:
            if trouble.code == "cancelled" or _is_of_this_file(project, path, trouble):
                raise
            trouble.data["path"] = name
            refused.append(RefusedSource(name, trouble))
        else:
            found.append(source)
    return found, refused


def _is_of_this_file(project: Project, source: Path, trouble: UserError) -> bool:
    """Whether `trouble`, met while `source` was looked at, is the project's own."""
    own = project.path.name
    return trouble.code in _OF_THIS_FILE and trouble.data.get("path") == own != source.name


def _all_known(project: Project, found: Sequence[Source]) -> MergeReport | None:
    """Return what there is to report where the project has everything; None where it has not."""
    parts = []
    n_left_out = 0
    for source in found:
        names = known(project, source.lines())
        if names is None or has_new_article(project, source):
            return None
        n_left_out += n_taken_back(project, names)
        parts.append(Part(source.name, source.who.name, source.fingerprint, 0, len(names), ()))
    remarks = tuple(remarks_on(project, found, (), n_left_out))
    return MergeReport(same=sum(part.same for part in parts), parts=tuple(parts), remarks=remarks)


@contextlib.contextmanager
def _trial(project: Project, progress: Progress) -> Iterator[Project]:
    """Open a copy of `project` to merge into, which is thrown away: others go on writing."""
    with work_folder("trial") as folder:
        copy = folder / project.path.name
        step = lambda n, total: go_on(progress, n, total)  # noqa: E731
        with backing.trial_copy(project, copy, step) as found:
            yield found


def _merged(
    project: Project, found: Sequence[Source], progress: Progress, *, dry_run: bool
) -> _Ended:
    ended = _Ended()
    with (
        contextlib.suppress(_NothingKept),
        project.turn.taken(by_person=False),
        Gathered(lambda: project.replica) as gathered,
        project.committed(gathered=gathered),
    ):
        if not dry_run:
            project.begin_second_record()  # while it can still be left undone
        try:
            ended.united = uniting_sources.united(project, found, progress, gathered)
        except UserError as trouble:
            ended.refused.append(_of_source(trouble))
            raise _NothingKept from trouble
        if dry_run:
            raise _NothingKept
        ended.receipt = _receipts_written(project, ended.united)
    return ended


def _of_source(trouble: UserError) -> RefusedSource:
    """Return `trouble` as that of a source; raise it where it is the project's own."""
    if "path" not in trouble.data or trouble.code in _OF_THIS_FILE:
        raise trouble
    return RefusedSource(str(trouble.data["path"]), trouble)


_OF_THIS_FILE = frozenset(
    {"cancelled", "disk_full", "read_only", "locked", "disk_trouble", "file_moved"}
)
"""Trouble that is not a source's."""


def _receipts_written(project: Project, united: United) -> str:
    """Keep a receipt of the merge, and one of each source where there are several."""
    if not united.new:
        return ""
    uid, at = uids.new_receipt(), project.time()
    united.name_receipts(uid)
    for receipt in _receipts(uid, at, united):
        receipts.write(project, receipt)
    return uid


def _receipts(uid: str, at: str, united: United) -> Iterator[Receipt]:
    parts = united.parts
    names = ", ".join(part.who or part.source for part in parts)
    bundle = parts[0].fingerprint if len(parts) == 1 else ""
    yield Receipt(uid, at, names, bundle, united.counts, (united.brought,))
    for part in parts:
        if part.receipt not in ("", uid):
            counts = {"new": part.new, "same": part.same}
            name = part.who or part.source
            yield Receipt(part.receipt, at, name, part.fingerprint, counts, part.ranges)


def _report(
    united: United, receipt: str, backup: Path | None, behind: UserError | None
) -> MergeReport:
    counts = united.counts
    return MergeReport(
        counts["new"],
        counts["same"],
        counts["changed"],
        counts["held"],
        counts["problems"],
        united.articles,
        united.layers,
        receipt,
        backup,
        united.parts,
        united.remarks if behind is None else (*united.remarks, behind),
    )
