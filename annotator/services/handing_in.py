"""Handing in: what an annotator did, or a lead's whole file, as a bundle for another file."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator.core import bundles, recipients
from annotator.core import operations as op
from annotator.core.bundles import Who
from annotator.core.errors import UserError
from annotator.core.operations import Operation
from annotator.exchange.packing import Contents, Head, pack
from annotator.files import replacing
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store.outgoing import Outgoing, assigned
from annotator.store.project import Project
from annotator.store.trouble import reads

_TOLD_EVERY = 500


@dataclass(frozen=True, slots=True)
class HandInReport:
    """What went into a bundle; `name` is whose work it is, empty where it is a lead's file.

    `fingerprint` is what sender and receiver can read out to each other to compare.
    """

    path: Path
    name: str
    operations: int
    layers: int
    articles: int
    fingerprint: str


@reads
def hand_in(project: Project, path: Path, progress: Progress = SILENT) -> HandInReport:
    """Write a bundle to `path`, replaced as a whole: what the owner of the file did in it.

    A lead's file, which belongs to nobody, hands in all that it holds, so that another lead can
    merge it. Raise `unsound_history` where an operation is not what its hash says.
    """
    given = HandIn(project)
    total = given.n_operations

    def told(lines: Iterator[bytes]) -> Iterator[bytes]:
        for n, line in enumerate(lines):
            if n % _TOLD_EVERY == 0:
                go_on(progress, n, total)
            yield line

    contents = Contents(
        map(bundles.encoded, given.articles()), told(given.lines()), project.schema_toml()
    )
    with replaced(project, path) as file:
        manifest = pack(file, head(project, bundles.HANDIN, given.who), contents, given.n_layers)
    counts = manifest.counts
    told_of = (counts.operations, counts.layers, counts.articles)
    return HandInReport(path, given.who.name, *told_of, fingerprint(manifest))


def head(project: Project, purpose: str, who: Who) -> Head:
    """Return what the manifest of a bundle from `project` says of it."""
    digest = project.label_schema.digest
    return Head(purpose, project.uid, who, project.replica, digest)


def fingerprint(manifest: bundles.Manifest) -> str:
    """Return the first twelve digits of the hash over the operations of a bundle."""
    member = manifest.members.get(bundles.OPERATIONS)
    return member.sha256[:12] if member else ""


@contextlib.contextmanager
def replaced(project: Project, path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path`; refuse the project itself."""
    if path.exists() and project.path.exists() and path.samefile(project.path):
        raise UserError("is_the_project", path=path.name)
    with replacing(path) as file:
        yield file


class HandIn:
    """What a file hands in: read for a bundle, or straight from the file by whoever merges it."""

    def __init__(self, project: Project) -> None:
        """Take down the moment of the file; nothing is read yet."""
        self._project = project
        self.who = _owner(project)
        self._outgoing = Outgoing(project, self.who.uid)
        self._of_project = [one for one in self._outgoing.of_project() if self._goes(one)]

    @property
    def n_layers(self) -> int:
        """How many layers are handed in."""
        return self._outgoing.n_layers

    @property
    def n_operations(self) -> int:
        """How many operations are handed in, about."""
        return self._outgoing.n_operations

    def articles(self) -> Iterator[bundles.ArticleRecord]:
        """Yield the articles of the layers: with a text where nobody handed it to her."""
        handed = assigned(self._project, self.who.uid) if self.who.uid else ()
        return self._outgoing.articles(handed)

    def lines(self) -> Iterator[bytes]:
        """Yield the operations: of the project's scope first, then layer by layer."""
        yield from map(op.canonical_json, self._of_project)
        yield from self._outgoing.of_layers()

    def _goes(self, operation: Operation) -> bool:
        """Whether an operation of the project's scope goes along: of an annotator her name only."""
        if not self.who.uid:
            return True
        is_hers = recipients.recipient_of(operation, lambda _: None) == self.who.uid
        return is_hers and all(change.kind == op.ANNOTATOR for change in operation.changes)


def _owner(project: Project) -> Who:
    if not project.owner:
        return Who()
    found = project.annotator(project.owner)
    if found is None:
        raise UserError("unknown_annotator", name=project.owner)
    return Who(found.uid, found.name, found.kind)
