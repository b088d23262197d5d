"""Bundles that somebody broke or made to harm: refused with one reason, and nothing kept."""

import io
import json
import stat
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.i18n import Language
from annotator.services import merging
from annotator.services.wording import sentence
from annotator.store.project import Project
from tests.exchange.bundling import (
    ARTICLES,
    MANIFEST,
    OPERATIONS,
    SCHEMA,
    Members,
    canonical,
    handed_in,
    lines_of,
    manifest_of,
    members_of,
    refusal,
    resealed,
    team,
    with_manifest,
    with_operations,
    zip_bytes,
    zipped,
)
from tests.projects import contents, quick_folder

SECONDS = 2.0


class Ground:
    """A lead's file, and the sound bundle that an attack begins from."""

    def __init__(self, folder: Path) -> None:
        lead, files = team(folder)
        self.folder = folder
        self.bundle = handed_in(files["a1"])
        self.members = members_of(self.bundle)
        self.project = Project.open(lead)

    def refused(self, data: bytes | Members) -> str:
        """Return the code by which a bundle of `data` is refused, soon and in both languages."""
        path = self.folder / "attack.zip"
        path.write_bytes(data if isinstance(data, bytes) else zip_bytes(data))
        began = time.process_time()
        trouble = refusal(self.project, path)
        assert time.process_time() - began < SECONDS
        assert all("attack.zip" in sentence(trouble, Language.of(code)) for code in ("ar", "en"))
        return trouble.code


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with quick_folder() as folder:
        found = Ground(folder)
        yield found
        assert merging.merge(found.project, [found.bundle], dry_run=True).new > 0
        found.project.close()


# --- no zip, half a zip -------------------------------------------------------------------------


def test_what_is_no_zip_is_no_bundle(ground: Ground) -> None:
    assert ground.refused(b"") == "not_a_bundle"
    assert ground.refused(b"hello") == "not_a_bundle"
    assert ground.refused(b"{}" * 1000) == "not_a_bundle"


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_torn_bundle(ground: Ground, part: float) -> None:
    whole = ground.bundle.read_bytes()

    assert ground.refused(whole[: int(len(whole) * part)]) == "damaged_bundle"


def test_a_bundle_with_more_behind_it(ground: Ground) -> None:
    assert ground.refused(ground.bundle.read_bytes() + b"x" * 100) == "damaged_bundle"


def test_a_bundle_with_something_before_it(ground: Ground) -> None:
    assert ground.refused(b"PK" + ground.bundle.read_bytes()) == "not_a_bundle"
    assert ground.refused(b"PK\x03\x04" + ground.bundle.read_bytes()) == "damaged_bundle"


def test_an_empty_zip(ground: Ground) -> None:
    assert ground.refused({}) == "not_a_bundle"


def test_a_zip_without_a_manifest(ground: Ground) -> None:
    rest = {name: data for name, data in ground.members.items() if name != MANIFEST}

    assert ground.refused(rest) == "not_a_bundle"


def test_a_comment_behind_the_directory(ground: Ground) -> None:
    held = io.BytesIO(ground.bundle.read_bytes())
    with zipfile.ZipFile(held, "a") as archive:
        archive.comment = b"PK\x05\x06 a comment"

    assert ground.refused(held.getvalue()) == "damaged_bundle"


# --- zipped again: harmless ---------------------------------------------------------------------


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_in_another_order_and_otherwise_compressed_are_the_same_bundle(
    ground: Ground, method: int
) -> None:
    backwards = dict(reversed(ground.members.items()))
    path = zipped(ground.folder / "again.zip", backwards, method)
    once = merging.merge(ground.project, [ground.bundle], dry_run=True)

    again = merging.merge(ground.project, [path], dry_run=True)

    assert (again.new, again.same, again.refused) == (once.new, once.same, ())


# --- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../operations.jsonl",
        "/etc/passwd",
        "C:\\windows\\system.ini",
        "..\\x.jsonl",
        "a/../../b",
        "con",
        "NUL.jsonl",
        "Operations.jsonl",
        "operations.jsonl/",
        "articles\u202elnosj.",
        "ope\u0301rations.jsonl",
        "__MACOSX/._operations.jsonl",
        "extra.jsonl",
    ],
)
def test_a_member_of_any_other_name(ground: Ground, name: str) -> None:
    assert ground.refused({**ground.members, name: b"x\n"}) == "strange_bundle"


def test_a_name_with_nul_in_it(ground: Ground) -> None:
    data = zip_bytes({**ground.members, "articles.jsonlXjunk": b"x\n"})

    assert ground.refused(data.replace(b"jsonlXjunk", b"jsonl\0junk")) == "strange_bundle"


def test_the_same_name_twice(ground: Ground) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in (MANIFEST, OPERATIONS, SCHEMA):
            archive.writestr(name, ground.members[name])
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(OPERATIONS, b"{}\n")

    assert ground.refused(held.getvalue()) == "strange_bundle"


def test_thousands_of_members(ground: Ground) -> None:
    many = {f"m{n}": b"" for n in range(5000)}

    assert ground.refused({**ground.members, **many}) == "strange_bundle"


def test_a_directory_of_millions_of_names_is_not_read(ground: Ground) -> None:
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *(0,) * 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    directory = entry * 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 4, 4, len(directory), 4, 0)

    assert ground.refused(b"PK\x03\x04" + directory + end) == "damaged_bundle"


# --- kinds of members ---------------------------------------------------------------------------


def _with_entry(members: Members, change: Callable[[zipfile.ZipInfo], None]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name)
            if name == OPERATIONS:
                change(entry)
            archive.writestr(entry, data)
    return held.getvalue()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_a_folder_a_pipe_a_device(ground: Ground, kind: int) -> None:
    def change(entry: zipfile.ZipInfo) -> None:
        entry.create_system, entry.external_attr = 3, (kind | 0o644) << 16

    assert ground.refused(_with_entry(ground.members, change)) == "strange_bundle"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_is_not_ours(ground: Ground, method: int) -> None:
    assert ground.refused(zip_bytes(ground.members, method)) == "strange_bundle"


def test_an_encrypted_member(ground: Ground) -> None:
    data = bytearray(zip_bytes(ground.members))
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1

    assert ground.refused(bytes(data)) == "strange_bundle"


def test_members_that_lie_over_each_other(ground: Ground) -> None:
    data = bytearray(zip_bytes(ground.members, zipfile.ZIP_STORED))
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = struct.pack("<L", 5)

    assert ground.refused(bytes(data)) == "strange_bundle"


# --- sizes that lie -----------------------------------------------------------------------------


def _declaring(data: bytes, name: str, size: int) -> bytes:
    """Return a zip whose directory says that the member `name` unpacks to `size` bytes."""
    changed = bytearray(data)
    place = data.index(name.encode(), data.index(b"PK\x01\x02")) - 46
    changed[place + 24 : place + 28] = struct.pack("<L", size)
    return bytes(changed)


def test_a_bomb_is_refused_before_it_is_unpacked(ground: Ground) -> None:
    bomb = zip_bytes({**ground.members, OPERATIONS: b"0" * 300_000_000})

    assert ground.refused(bomb) == "bundle_too_big"


def test_a_bomb_that_says_it_is_small(ground: Ground) -> None:
    bomb = zip_bytes({**ground.members, OPERATIONS: b"0" * 50_000_000})

    assert ground.refused(_declaring(bomb, OPERATIONS, 1000)) == "damaged_bundle"


def test_a_small_member_that_says_it_is_large(ground: Ground) -> None:
    data = zip_bytes(ground.members, zipfile.ZIP_STORED)
    size = len(ground.members[OPERATIONS])

    assert ground.refused(_declaring(data, OPERATIONS, size + 5)) == "damaged_bundle"
    assert ground.refused(_declaring(data, OPERATIONS, 2**32 - 2)) == "bundle_too_big"


def test_a_manifest_that_is_too_long(ground: Ground) -> None:
    told = ground.members[MANIFEST] + b" " * (5 * 1024 * 1024)
    data = zip_bytes({**ground.members, MANIFEST: told}, zipfile.ZIP_STORED)

    assert ground.refused(data) == "bundle_too_big"


def test_a_member_longer_or_shorter_than_the_manifest_says(ground: Ground) -> None:
    operations = ground.members[OPERATIONS]
    longer = {**ground.members, OPERATIONS: operations + operations[-200:]}
    shorter = {**ground.members, OPERATIONS: operations[: operations.rindex(b"\n", 0, -1) + 1]}

    assert ground.refused(longer) == "damaged_bundle"
    assert ground.refused(shorter) == "damaged_bundle"


def test_a_member_that_was_edited(ground: Ground) -> None:
    edited = ground.members[OPERATIONS].replace("بوتين".encode(), "ترامب".encode())

    assert ground.refused({**ground.members, OPERATIONS: edited}) == "damaged_bundle"


def test_windows_line_ends(ground: Ground) -> None:
    edited = ground.members[OPERATIONS].replace(b"\n", b"\r\n")

    assert ground.refused({**ground.members, OPERATIONS: edited}) == "damaged_bundle"
    assert ground.refused(resealed({**ground.members, OPERATIONS: edited})) == "damaged_bundle"


def test_a_last_line_without_an_end(ground: Ground) -> None:
    cut = {**ground.members, OPERATIONS: ground.members[OPERATIONS].rstrip(b"\n")}

    assert ground.refused(resealed(cut)) == "damaged_bundle"


# --- manifests ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[]",
        b"null",
        b'{"format":1}',
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b"[" * 100_000,
        b'{"format":"hashiya-bundle/1"}',
        b'{"format":"another/1"}',
        b'{"a":NaN}',
    ],
)
def test_a_manifest_that_is_none(ground: Ground, manifest: bytes) -> None:
    assert ground.refused({**ground.members, MANIFEST: manifest}) == "damaged_bundle"


@pytest.mark.parametrize(
    "changed",
    [
        {"project": "../../etc"},
        {"project": 5},
        {"purpose": "destroy"},
        {"replica": "too long a name"},
        {"label_schema": "0" * 63},
        {"annotator": "a1"},
        {"annotator": {"uid": "u" * 65, "name": "", "kind": ""}},
        {"counts": {"operations": -1, "layers": 0, "articles": 0}},
        {"members": {}},
        {"members": []},
        {"more": 1},
    ],
)
def test_a_manifest_with_a_field_that_does_not_fit(
    ground: Ground, changed: dict[str, object]
) -> None:
    assert ground.refused(with_manifest(ground.members, **changed)) == "damaged_bundle"


def test_a_manifest_with_a_key_twice(ground: Ground) -> None:
    told = ground.members[MANIFEST].replace(b'{"annotator"', b'{"format":"x","annotator"', 1)

    assert ground.refused({**ground.members, MANIFEST: told}) == "damaged_bundle"


def test_a_manifest_that_names_a_member_too_many_or_too_few(ground: Ground) -> None:
    told = manifest_of(ground.members)["members"]
    fewer = {name: one for name, one in told.items() if name != OPERATIONS}
    more = {**told, "extra.jsonl": told[OPERATIONS]}

    assert ground.refused(with_manifest(ground.members, members=fewer)) == "damaged_bundle"
    assert ground.refused(with_manifest(ground.members, members=more)) == "damaged_bundle"


def test_a_bundle_of_a_newer_version(ground: Ground) -> None:
    newer = with_manifest(ground.members, format="hashiya-bundle/2", signature="…")

    assert ground.refused(newer) == "too_new"


def test_a_bundle_with_a_kind_of_operation_that_only_a_newer_version_knows(ground: Ground) -> None:
    lines = lines_of(ground.members)
    of_layer = json.loads(lines[-1])
    of_layer["body"] = {"changes": [{"after": {"page": 3}, "kind": "noise_page", "uid": "P1"}]}
    before = contents(ground.project)
    newer = with_operations(ground.members, [*lines[:-1], canonical(of_layer)])

    assert ground.refused(newer) == "too_new"

    path = ground.folder / "attack.zip"
    assert "update Hashiya" in sentence(refusal(ground.project, path), Language.of("en"))
    assert contents(ground.project) == before


def test_a_bundle_of_another_project(ground: Ground) -> None:
    assert ground.refused(with_manifest(ground.members, project="0" * 32)) == "foreign_project"


def test_a_label_schema_that_is_not_the_one_of_the_manifest(ground: Ground) -> None:
    other = with_manifest(ground.members, label_schema="0" * 64)
    broken = resealed({**other, SCHEMA: b"[schema\n"})
    no_text = resealed({**other, SCHEMA: b"\xff\xff"})

    assert {ground.refused(one) for one in (other, broken, no_text)} == {"damaged_bundle"}


# --- articles -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"sha256": "0" * 64, "text": "نص آخر"}, "text_differs"),
        ({"sha256": "zz"}, "damaged_bundle"),
        ({"sha256": "0" * 64, "more": 1}, "damaged_bundle"),
        ({"text": "نص"}, "damaged_bundle"),
        ([], "damaged_bundle"),
    ],
)
def test_an_article_that_is_none(ground: Ground, line: object, code: str) -> None:
    told = json.dumps(line).encode() + b"\n"

    assert ground.refused(resealed({**ground.members, ARTICLES: told})) == code


def test_the_project_is_never_touched(ground: Ground) -> None:
    before = contents(ground.project)
    ground.refused(ground.bundle.read_bytes()[:-1])

    assert contents(ground.project) == before
