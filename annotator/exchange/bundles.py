"""A bundle, read: every member is measured and hashed before a line of it is used.

What is read from is any file that can be sought in: one on a disk, or what a transport fetched.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import BinaryIO, Self

from annotator.core import bundles
from annotator.core.bundles import ArticleRecord, Manifest, Member
from annotator.core.errors import UserError
from annotator.exchange.zipdirectory import BROKEN, LARGEST_MANIFEST, opened

_CHUNK = 256 * 1024
_BROKEN = (*BROKEN, zlib.error)
LONGEST_LINE = 64 * 1024 * 1024
_LARGEST_SCHEMA = 1024 * 1024
Step = Callable[[int, int], None]
"""Told how many bytes of how many have been checked."""


def _go_on(_done: int, _total: int) -> None:
    """Tell nobody."""


class Bundle:
    """A bundle that is whole: its manifest, and its members line by line.

    Every trouble of it is a `UserError` without a path, which who opened it knows.
    """

    def __init__(self, file: BinaryIO, step: Step = _go_on) -> None:
        """Check the bundle in `file` from end to end; `step` may raise to stop."""
        self._archive = opened(file)
        self._names = frozenset(self._archive.namelist())
        self.manifest = self._read_manifest()
        self._check_members(step)

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def articles(self) -> Iterator[ArticleRecord]:
        """Yield the articles that the bundle names or brings."""
        for number, line in enumerate(self._lines(bundles.ARTICLES), 1):
            try:
                yield bundles.article_from(line)
            except UserError as trouble:
                if trouble.code == "text_differs":
                    raise
                raise UserError("damaged_bundle", why="article", line=number) from trouble

    def operations(self) -> Iterator[bytes]:
        """Yield the operations as lines of canonical JSON, without their ends."""
        return self._lines(bundles.OPERATIONS)

    def label_schema(self) -> str:
        """Return the label schema in force where the bundle was made; empty where it has none."""
        if bundles.LABEL_SCHEMA not in self._names:
            return ""
        data = b"".join(self._chunks(bundles.LABEL_SCHEMA, _LARGEST_SCHEMA))
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            raise UserError("damaged_bundle", why="schema") from error

    # --- checking ---

    def _read_manifest(self) -> Manifest:
        data = b"".join(self._chunks(bundles.MANIFEST, LARGEST_MANIFEST))
        manifest = bundles.manifest_from(data)
        if manifest.members.keys() != self._names - {bundles.MANIFEST}:
            raise UserError("damaged_bundle", why="manifest")
        for name, member in manifest.members.items():
            if self._archive.getinfo(name).file_size != member.bytes:
                raise UserError("damaged_bundle")
        return manifest

    def _check_members(self, step: Step) -> None:
        members = self.manifest.members
        done, total = 0, sum(member.bytes for member in members.values())
        for name, member in members.items():
            for length in self._checked(name, member):
                done += length
                step(done, total)

    def _checked(self, name: str, member: Member) -> Iterator[int]:
        """Read a member from end to end, chunk by chunk; refuse one that is not as told."""
        digest = hashlib.sha256()
        length = n_lines = 0
        last = b"\n"
        for chunk in self._chunks(name, member.bytes):
            digest.update(chunk)
            length += len(chunk)
            n_lines += len(chunk) - len(chunk.replace(b"\n", b""))  # a tenth of the time of `count`
            last = chunk[-1:]
            yield len(chunk)
        is_whole = (length, n_lines, digest.hexdigest()) == (
            member.bytes,
            member.lines,
            member.sha256,
        )
        if not is_whole or (last != b"\n" and name != bundles.LABEL_SCHEMA):
            raise UserError("damaged_bundle")

    # --- reading ---

    def _lines(self, name: str) -> Iterator[bytes]:
        if name not in self._names:
            return
        parts: list[bytes] = []
        length = 0
        for chunk in self._chunks(name, self.manifest.members[name].bytes):
            first, *others = chunk.split(b"\n")
            parts.append(first)
            length += len(first)
            if length > LONGEST_LINE:
                raise UserError("bundle_too_big", limit=LONGEST_LINE)
            if others:
                yield b"".join(parts)
                yield from others[:-1]
                parts, length = others[-1:], len(others[-1])

    def _chunks(self, name: str, limit: int) -> Iterator[bytes]:
        """Yield a member unpacked, in chunks; refuse one that is longer than `limit`."""
        length = 0
        try:
            with self._archive.open(name) as member:
                while chunk := member.read(_CHUNK):
                    length += len(chunk)
                    if length > limit:
                        raise UserError("damaged_bundle")
                    yield chunk
        except _BROKEN as error:
            raise UserError("damaged_bundle") from error


def is_bundle(head: bytes) -> bool:
    """Whether a file that begins with `head` may be a bundle: whether it is a zip."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))
