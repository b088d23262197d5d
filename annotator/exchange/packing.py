"""A bundle, written: the manifest first, the same bytes for the same contents.

Members are made ready in temporary files, because the manifest that stands before them names their
hashes. What is written to is any file: one on a disk, or what a transport will send.
"""

import contextlib
import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, BinaryIO

from annotator.core import bundles
from annotator.core.bundles import Counts, Manifest, Member, Who
from annotator.core.errors import UserError
from annotator.exchange.zipdirectory import LARGEST_MEMBER, LARGEST_WHOLE, LARGEST_ZIP

_IN_MEMORY = 16 * 1024 * 1024
_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_ORDINARY_FILE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Head:
    """What a manifest says besides what is counted while the members are written."""

    purpose: str
    project: str
    annotator: Who
    replica: str
    label_schema: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a bundle: lines without their ends, `n_layers` among the operations."""

    articles: Iterable[bytes]
    operations: Iterable[bytes]
    label_schema: str


def pack(file: BinaryIO, head: Head, contents: Contents, n_layers: int) -> Manifest:
    """Write a bundle into `file`; return its manifest.

    Raise `UserError("bundle_too_big")` where nobody could read it.
    """
    given = {
        bundles.ARTICLES: (line + b"\n" for line in contents.articles),
        bundles.OPERATIONS: (line + b"\n" for line in contents.operations),
        bundles.LABEL_SCHEMA: [contents.label_schema.encode()],
    }
    with contextlib.ExitStack() as stack:
        ready = {name: _made_ready(stack, parts) for name, parts in given.items()}
        ready = {name: one for name, one in ready.items() if one[1].bytes}
        members = {name: member for name, (_, member) in ready.items()}
        if sum(member.bytes for member in members.values()) > LARGEST_WHOLE:
            raise UserError("bundle_too_big", limit=LARGEST_WHOLE)
        manifest = _manifest(head, members, n_layers)
        _write(file, manifest, {name: content for name, (content, _) in ready.items()})
    return manifest


def _made_ready(stack: contextlib.ExitStack, parts: Iterable[bytes]) -> tuple[IO[bytes], Member]:
    spooled = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # the stack closes it
    content: IO[bytes] = stack.enter_context(spooled)
    digest = hashlib.sha256()
    length = n_lines = 0
    for part in parts:
        content.write(part)
        digest.update(part)
        length += len(part)
        n_lines += part.count(b"\n")
        if length > LARGEST_MEMBER:
            raise UserError("bundle_too_big", limit=LARGEST_MEMBER)
    return content, Member(digest.hexdigest(), length, n_lines)


def _manifest(head: Head, members: dict[str, Member], n_layers: int) -> Manifest:
    n_lines = {name: member.lines for name, member in members.items()}
    n_operations, n_articles = (n_lines.get(n, 0) for n in (bundles.OPERATIONS, bundles.ARTICLES))
    return Manifest(
        bundles.FORMAT,
        head.purpose,
        head.project,
        head.annotator,
        head.replica,
        head.label_schema,
        Counts(n_operations, n_layers, n_articles),
        members,
    )


def _write(file: BinaryIO, manifest: Manifest, contents: dict[str, IO[bytes]]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry(bundles.MANIFEST), bundles.encoded(manifest))
        for name, content in contents.items():
            content.seek(0)
            with archive.open(_entry(name), "w") as member:
                shutil.copyfileobj(content, member, 1 << 20)
    if file.tell() > LARGEST_ZIP:
        raise UserError("bundle_too_big", limit=LARGEST_ZIP)


def _entry(name: str) -> zipfile.ZipInfo:
    """Return an entry of the zip that is the same on every machine and on every day."""
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _ORDINARY_FILE
    return entry
