"""What is merged: bundles and project files, read alike, and what is believed of each.

A lead's file takes from an annotator only what she did in her own layers, and all from a lead's. An
annotator's file takes a lead's reply to her, and what she herself did elsewhere.
"""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from annotator.core import bundles, incoming
from annotator.core import operations as op
from annotator.core.bundles import ArticleRecord, Who
from annotator.core.errors import UserError
from annotator.core.incoming import Arrived, BadOperationError, NewerOperationError
from annotator.core.model import LEAD
from annotator.core.schematoml import checked_schema
from annotator.exchange.bundles import Bundle, is_bundle
from annotator.services.handing_in import HandIn, fingerprint
from annotator.services.progress import Progress, go_on
from annotator.store.backing import opened_copy
from annotator.store.project import Project
from annotator.store.trouble import sound
from annotator.store.workfolder import work_folder

_HEAD = 4


class Given(Protocol):
    """What a source holds, whatever it is."""

    def articles(self) -> Iterator[ArticleRecord]:
        """Yield the articles that it brings or names."""

    def lines(self) -> Iterator[bytes]:
        """Yield its operations as lines: those of the project's scope first."""


class Source:
    """One of the things to be merged, open and whole.

    `who` is whose work it is, or whom a reply is for; `name` the file's, with as much of its folder
    as whoever merges several gives it.
    """

    def __init__(
        self, name: str, purpose: str, project: str, who: Who, digest: str, given: Given
    ) -> None:
        """Say what it is; `project` is a uid, `digest` of the label schema in force there."""
        self.name = name
        self.purpose = purpose
        self.project = project
        self.who = who
        self.digest = digest
        self.fingerprint = ""
        self.toml = ""
        self.n_operations = 0
        self._given = given
        self._file = name

    @property
    def is_leads(self) -> bool:
        """Whether it comes from a lead: a reply, or all of a lead's file."""
        return self.purpose == bundles.REPLY or not self.who.uid

    def check_label_schema(self, digest: str) -> None:
        """Refuse a bundle whose label schema, where it is not the one of `digest`, is none."""
        if self.toml and self.digest != digest:
            schema, faults = checked_schema(self.toml)
            if schema is None or faults or schema.digest != self.digest:
                raise UserError("damaged_bundle", path=self.name)

    def articles(self) -> Iterator[ArticleRecord]:
        """Yield the articles that it brings or names."""
        with self.named():
            yield from self._given.articles()

    def of_project(self) -> Iterator[Arrived]:
        """Yield its operations in the project's scope, which stand before all others."""
        for one in self._arrived():
            if not one.scope.is_project:
                return
            yield one

    def of_layers(self) -> Iterator[Arrived]:
        """Yield its operations in layers; refuse those that are not its annotator's."""
        is_first = True
        for one in self._arrived():
            if one.scope.is_project:
                if not is_first:
                    raise UserError("damaged_bundle", why="order", path=self.name)
                continue
            is_first = False
            if self.purpose == bundles.REPLY or self.who.uid not in ("", one.scope.annotator):
                raise UserError("not_hers", path=self.name, name=self.who.name)
            yield one

    def lines(self) -> Iterator[bytes]:
        """Yield its operations as they are spelled."""
        with self.named():
            yield from self._given.lines()

    @contextlib.contextmanager
    def named(self) -> Iterator[None]:
        """Let trouble in the block say of which source it is: of two files of one name, too."""
        try:
            yield
        except UserError as trouble:
            if trouble.data.get("path", self._file) == self._file:
                trouble.data["path"] = self.name
            raise

    def _arrived(self) -> Iterator[Arrived]:
        for number, line in enumerate(self.lines(), 1):
            try:
                yield incoming.arrived(line)
            except NewerOperationError as error:
                raise UserError("too_new", why="bundle", path=self.name) from error
            except BadOperationError as error:
                raise UserError(
                    "damaged_bundle", why="operation", path=self.name, line=number
                ) from error


@contextlib.contextmanager
def opened(path: Path, progress: Progress) -> Iterator[Source]:
    """Open the bundle or the project file at `path`; raise `UserError` with what it is instead."""
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(_file(path))
            is_zip = is_bundle(file.read(_HEAD))
            how = _bundle if is_zip else _project_file
            source = how(stack, path, file, lambda n, total: go_on(progress, n, total))
        except UserError as trouble:
            trouble.data.setdefault("path", path.name)
            raise
        yield source


def _file(path: Path) -> BinaryIO:
    """Open the file at `path` for reading; raise `UserError` where that cannot be."""
    try:
        if path.is_dir():
            raise UserError("is_a_folder")
        return path.open("rb")
    except FileNotFoundError as error:
        raise UserError("no_such_file", path=path.name) from error
    except OSError as error:
        raise UserError("cannot_read", path=path.name) from error


def _bundle(
    stack: contextlib.ExitStack, path: Path, file: BinaryIO, step: Callable[[int, int], None]
) -> Source:
    bundle = stack.enter_context(Bundle(file, step))
    manifest = bundle.manifest
    who, digest = manifest.annotator, manifest.label_schema
    source = Source(path.name, manifest.purpose, manifest.project, who, digest, _OfBundle(bundle))
    source.fingerprint = fingerprint(manifest)
    source.toml = bundle.label_schema()
    source.n_operations = manifest.counts.operations
    return source


class _OfBundle:
    """A bundle as what is given."""

    def __init__(self, bundle: Bundle) -> None:
        self.articles = bundle.articles
        self.lines = bundle.operations


def _project_file(
    stack: contextlib.ExitStack, path: Path, _: BinaryIO, step: Callable[[int, int], None]
) -> Source:
    """Open a copy of a project file: the file itself stays as it is, whatever its version."""
    copy = stack.enter_context(work_folder("merge")) / path.name
    try:
        project = stack.enter_context(opened_copy(path, copy))
    except UserError as trouble:
        code = "not_a_bundle" if trouble.code == "not_a_project" else trouble.code
        raise UserError(code, **{**trouble.data, "path": path.name}) from trouble
    with sound(path.name):
        given = HandIn(project)
        digest, n_operations = project.label_schema.digest, given.n_operations
    source = Source(path.name, bundles.HANDIN, project.uid, given.who, digest, given)
    source.n_operations = n_operations
    return source


def refuse_unbelieved(project: Project, source: Source) -> None:
    """Raise where `project` is not to take `source`: another project's, or another's work."""
    if source.project != project.uid:
        raise UserError("foreign_project", path=source.name)
    source.check_label_schema(project.label_schema.digest)
    if project.role != LEAD and source.who.uid != project.owner:
        raise UserError("not_your_bundle", path=source.name)


def refuse_unbelieved_of_project(
    project: Project, source: Source, is_known: Callable[[str], bool]
) -> None:
    """Raise where an annotator's work says more of the project than her own name."""
    if source.is_leads:
        return
    for one in source.of_project():
        is_name = all(
            change.kind == op.ANNOTATOR and change.uid == source.who.uid for change in one.changes
        )
        if not (is_name or is_known(one.hash)):
            raise UserError("not_hers", path=source.name, name=source.who.name)
        _refuse_other_kind(project, source, one)


def _refuse_other_kind(project: Project, source: Source, one: Arrived) -> None:
    there = project.annotator(source.who.uid)
    wanted = there.kind if there else "human"
    for change in one.changes:
        is_name = change.kind == op.ANNOTATOR and change.after is not None
        if is_name and change.after.kind != wanted:
            raise UserError(
                "annotator_differs", path=source.name, name=source.who.name, kind=wanted
            )
