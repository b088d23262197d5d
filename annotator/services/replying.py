"""Replies: what a lead sends back to annotators, as one bundle each.

It holds what was done in the project's scope for all or for her (label schema and guidelines,
withdrawals, regions, answers to her questions, her assignments), and the articles assigned to her.
Nobody else's labels or names are in it. All replies of one call are written, or none is.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.core import bundles
from annotator.core import operations as op
from annotator.core.bundles import Who
from annotator.core.errors import UserError
from annotator.core.filenames import file_stems
from annotator.core.model import LEAD, Annotator
from annotator.core.writetrouble import trouble_of
from annotator.exchange.packing import Contents, pack
from annotator.files import put_in_place, replacing
from annotator.services.annotators import named
from annotator.services.handing_in import fingerprint, head
from annotator.services.handing_out import made_folder
from annotator.services.progress import SILENT, Progress, go_on, unbroken
from annotator.store import handout
from annotator.store.outgoing import Outgoing, assigned, read_by, refuse_altered
from annotator.store.project import Project
from annotator.store.trouble import writes

_SUFFIX = ".reply.zip"


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to one annotator, and how much is in it."""

    path: Path
    name: str
    operations: int
    articles: int
    fingerprint: str


@writes
def reply(
    project: Project, names: Sequence[str], folder: Path, progress: Progress = SILENT
) -> list[Reply]:
    """Write into `folder`, made where it is missing, the replies to the annotators `names`.

    All of them are written or none: where one cannot be, those that stood there stay. What holds
    for her and is in no operation that she may see is first said again, once. Raise
    `unsound_history` where an operation of the project's scope is not what its hash says.
    """
    if project.role != LEAD:
        raise UserError("lead_only")
    people = list(dict.fromkeys(named(project, name) for name in names))
    everyone = project.annotators()
    stems = dict(zip(everyone, file_stems(one.name for one in everyone), strict=True))
    refuse_altered(project)
    with made_folder(folder):
        places = [(one, folder / (stems[one] + _SUFFIX)) for one in people]
        for _, path in places:
            _refuse_place(project, path)
        with _ready_beside(folder) as ready:
            done = []
            for n, (annotator, path) in enumerate(places):
                go_on(progress, n, len(places))
                done.append(_written(project, annotator, Path(ready) / path.name))
            go_on(progress, len(places), len(places))
            with unbroken(progress):
                put_in_place([(one.path, folder / one.path.name) for one in done])
    return [replace(one, path=folder / one.path.name) for one in done]


def _refuse_place(project: Project, path: Path) -> None:
    """Raise where something stands at `path` that no reply can take the place of."""
    if path.exists() and project.path.exists() and path.samefile(project.path):
        raise UserError("is_the_project", path=path.name)
    if path.is_dir():
        raise UserError("is_a_folder", path=path.name)
    if path.exists() and not path.is_file():
        raise UserError("cannot_write", path=path.name)


def _ready_beside(folder: Path) -> "tempfile.TemporaryDirectory[str]":
    """Return a folder on the same disk, in which replies are made ready."""
    try:
        return tempfile.TemporaryDirectory(
            prefix=".hashiya-", dir=folder, ignore_cleanup_errors=True
        )
    except OSError as error:
        raise trouble_of(error, folder) from error


def _written(project: Project, annotator: Annotator, path: Path) -> Reply:
    read = read_by(project, annotator.uid)
    _say_again(project, annotator, read)
    operations = sorted(handout.visible(project, annotator.uid, read), key=op.order)
    outgoing, hers = Outgoing(project, annotator.uid), assigned(project, annotator.uid)
    articles = (one for one in outgoing.articles() if one.sha256 in hers)
    contents = Contents(
        map(bundles.encoded, articles), map(op.canonical_json, operations), project.schema_toml()
    )
    who = Who(annotator.uid, annotator.name, annotator.kind)
    with replacing(path) as file:
        manifest = pack(file, head(project, bundles.REPLY, who), contents, 0)
    counts = manifest.counts
    return Reply(path, annotator.name, counts.operations, counts.articles, fingerprint(manifest))


def _say_again(project: Project, annotator: Annotator, articles: frozenset[str]) -> None:
    unsaid = handout.unsaid(project, annotator.uid, articles)
    if unsaid:
        with project.transaction("reply", LEAD) as gesture:
            part = gesture.within(op.PROJECT)
            for kind, uid in unsaid:
                part.say_again(kind, uid)
