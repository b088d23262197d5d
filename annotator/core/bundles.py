"""What stands in a bundle: its manifest, and the articles that it brings or names.

A line of its operations is the canonical JSON over which the operation is hashed (`incoming`).
"""

from typing import Annotated

import msgspec

from annotator.core import canonical, strictjson
from annotator.core.errors import UserError

FORMAT = "hashiya-bundle/1"
MANIFEST = "manifest.json"
ARTICLES = "articles.jsonl"
OPERATIONS = "operations.jsonl"
LABEL_SCHEMA = "label_schema.toml"
MEMBERS = (ARTICLES, OPERATIONS, LABEL_SCHEMA)
"""What may stand in a bundle beside its manifest, in the order in which it is written."""
HANDIN = "handin"
REPLY = "reply"

Hash = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
ProjectUid = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{32}\Z")]
Replica = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-v]{8}\Z")]
Uid = Annotated[str, msgspec.Meta(max_length=64)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**40)]


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member as it must be found: its SHA-256, its length in bytes, its lines."""

    sha256: Hash
    bytes: Count
    lines: Count


class Who(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An annotator; with an empty uid a lead, who hands in a whole file."""

    uid: Uid = ""
    name: str = ""
    kind: str = ""


class Counts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much a bundle holds."""

    operations: Count
    layers: Count
    articles: Count


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a bundle is.

    `annotator` is who hands it in, or whom a reply is for; `project` the uid of the project,
    `replica` the file that it comes from, `label_schema` the digest of the one in force there.
    """

    format: str
    purpose: str
    project: ProjectUid
    annotator: Who
    replica: Replica
    label_schema: Hash
    counts: Counts
    members: dict[str, Member]


class ArticleRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article of a bundle; without a text only named, for who has it.

    `regions` are (start, end, role, source), as rules or an import gave them.
    """

    sha256: Hash
    title: str = ""
    source: str = ""
    language: str = ""
    meta: str = "{}"
    encoding: str = ""
    rules: str = ""
    regions: tuple[tuple[int, int, str, str], ...] = ()
    text: str = ""


class _Format(msgspec.Struct):
    """What is asked first of a manifest: a later one may look otherwise."""

    format: str


_FORMAT = msgspec.json.Decoder(_Format)
_MANIFEST = msgspec.json.Decoder(Manifest)
_ARTICLE = msgspec.json.Decoder(ArticleRecord)
_NUL = b"\\u0000"
"""What SQLite would cut a text at, as JSON spells it."""


def manifest_from(data: bytes) -> Manifest:
    """Return the manifest that `data` spells.

    Raise `UserError`: `too_new` where a later Hashiya wrote it, `damaged_bundle` where it is none.
    """
    try:
        spelled = strictjson.decoded(data, _FORMAT).format
        name, _, version = spelled.partition("/")
        if name == FORMAT.partition("/")[0] and spelled != FORMAT and version.isdecimal():
            raise UserError("too_new", why="bundle")
        found = strictjson.checked(data, _MANIFEST)
    except UserError as trouble:
        if trouble.code == "too_new":
            raise
        raise UserError("damaged_bundle", why="manifest") from trouble
    if found.format != FORMAT or found.purpose not in (HANDIN, REPLY):
        raise UserError("damaged_bundle", why="manifest")
    return found


def article_from(line: bytes) -> ArticleRecord:
    """Return the article on a line; raise what `strictjson.checked` raises, or `text_differs`."""
    found = _as_we_spell(line) or strictjson.checked(line, _ARTICLE)
    if found.text and canonical.text_digest(found.text) != found.sha256:
        raise UserError("text_differs", why="bundle", article=found.sha256[:16])
    return found


def _as_we_spell(line: bytes) -> ArticleRecord | None:
    """Return the article on a line that is spelled as ours are: then nothing stands in it twice."""
    try:
        found = _ARTICLE.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    is_ours = line.find(_NUL) < 0 and encoded(found) == line
    return found if is_ours else None


def encoded(record: msgspec.Struct) -> bytes:
    """Return a manifest or an article as canonical JSON."""
    return canonical.encoded(msgspec.to_builtins(record))
