"""What a zip says of itself, checked before anything in it is read.

The end of the directory is looked at first, by our own eyes: a reader that takes the whole
directory in would take in millions of names. Nothing is extracted, and no name becomes a path.
"""

import os
import stat
import struct
import zipfile
from itertools import pairwise
from typing import BinaryIO

from annotator.core.bundles import MANIFEST, MEMBERS
from annotator.core.errors import UserError

LARGEST_ZIP = 512 * 1024 * 1024
LARGEST_MANIFEST = 4 * 1024 * 1024
LARGEST_MEMBER = 512 * 1024 * 1024
LARGEST_WHOLE = 640 * 1024 * 1024
"""Bytes of a bundle, and of what unpacks from it: the work of a large team has room in it."""
_RATIO = 100
_RATIO_FROM = 1024 * 1024
"""How many times its packed length a member may have, once it unpacks to more than this."""
_END = struct.Struct("<4s4H2LH")
_END_SIGN = b"PK\x05\x06"
_END64_SIGN = b"PK\x06\x07"
_LOCATOR = 20
_LARGEST_DIRECTORY = 16 * 1024
_HEADER = 30
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_ALLOWED = frozenset((MANIFEST, *MEMBERS))
BROKEN = (
    zipfile.BadZipFile,
    OSError,
    ValueError,
    struct.error,
    NotImplementedError,
    EOFError,
    OverflowError,
    IndexError,
    RuntimeError,
)
"""What the reader of the standard library raises over what is no sound zip; it has no one word."""


def opened(file: BinaryIO) -> zipfile.ZipFile:
    """Return the zip in `file`, whose members are ours alone and as large as they may be.

    Raise `UserError`: `not_a_bundle`, `damaged_bundle`, `strange_bundle`, `bundle_too_big`.
    """
    size = file.seek(0, os.SEEK_END)
    if size > LARGEST_ZIP:
        raise UserError("bundle_too_big", size=size, limit=LARGEST_ZIP)
    _check_end(file, size)
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        raise UserError("damaged_bundle") from error
    _check_members(archive.infolist())
    return archive


def _check_end(file: BinaryIO, size: int) -> None:
    """Refuse what has no plain end of a small directory as its last bytes."""
    file.seek(0)
    if file.read(2) != b"PK":
        raise UserError("not_a_bundle")
    file.seek(max(0, size - _END.size - _LOCATOR))
    tail = file.read()
    if len(tail) < _END.size or not tail[-_END.size :].startswith(_END_SIGN):
        raise UserError("damaged_bundle")
    _, disk, first_disk, on_disk, n_members, length, start, comment = _END.unpack(
        tail[-_END.size :]
    )
    if tail[: -_END.size].startswith(_END64_SIGN) or n_members > len(_ALLOWED):
        raise UserError("strange_bundle", why="members")
    if disk or first_disk or comment or on_disk != n_members:
        raise UserError("damaged_bundle")
    if length > _LARGEST_DIRECTORY or start + length + _END.size != size:
        raise UserError("damaged_bundle")


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    for member in members:
        _check_member(member)
    if len(set(names)) < len(names):
        raise UserError("strange_bundle", why="twice")
    if MANIFEST not in names:
        raise UserError("not_a_bundle")
    if sum(member.file_size for member in members) > LARGEST_WHOLE:
        raise UserError("bundle_too_big", limit=LARGEST_WHOLE)
    places = sorted((one.header_offset, one.header_offset + one.compress_size) for one in members)
    if any(end + _HEADER > start for (_, end), (start, _) in pairwise(places)):
        raise UserError("strange_bundle", why="overlap")


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    if name != member.orig_filename or name not in _ALLOWED:
        raise UserError("strange_bundle", why="members", name=ascii(member.orig_filename)[1:61])
    if member.flag_bits & _ENCRYPTED:
        raise UserError("strange_bundle", why="encrypted")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UserError("strange_bundle", why="compression")
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
        raise UserError("strange_bundle", why="members", name=name)
    limit = LARGEST_MANIFEST if name == MANIFEST else LARGEST_MEMBER
    is_bomb = member.file_size > max(_RATIO_FROM, _RATIO * member.compress_size)
    if member.file_size > limit or is_bomb:
        raise UserError("bundle_too_big", limit=limit)
