"""Replies: what a lead sends back to annotators, as one bundle each.

It holds what was done in the project's scope for all or for her (label schema and guidelines,
withdrawals, regions, answers to her questions, her assignments), and the articles assigned to her.
Nobody else's labels or names are in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.core import bundles
from annotator.core import operations as op
from annotator.core.bundles import Who
from annotator.core.errors import UserError
from annotator.core.filenames import file_stems
from annotator.core.model import LEAD, Annotator
from annotator.exchange.packing import Contents, pack
from annotator.services.annotators import named
from annotator.services.handing_in import fingerprint, head, replaced
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import handout
from annotator.store.outgoing import Outgoing, assigned, read_by
from annotator.store.project import Project

_SUFFIX = ".reply.zip"


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to one annotator, and how much is in it."""

    path: Path
    name: str
    operations: int
    articles: int
    fingerprint: str


def reply(
    project: Project, names: Sequence[str], folder: Path, progress: Progress = SILENT
) -> list[Reply]:
    """Write into `folder`, made where it is missing, the reply to each of the annotators `names`.

    What holds for her and is in no operation that she may see is first said again, once.
    """
    if project.role != LEAD:
        raise UserError("lead_only")
    people = list(dict.fromkeys(named(project, name) for name in names))
    _make(folder)
    done = []
    everyone = project.annotators()
    stems = dict(zip(everyone, file_stems(one.name for one in everyone), strict=True))
    for n, annotator in enumerate(people):
        go_on(progress, n, len(people))
        done.append(_written(project, annotator, folder / (stems[annotator] + _SUFFIX)))
    return done


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise UserError("no_such_folder", path=folder.name) from error
    except OSError as error:
        raise UserError("cannot_write", path=folder.name) from error


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
    with replaced(project, path) as file:
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
