"""Label schemas that this machine has read before, kept ready in its data folder.

Reading and checking the TOML of a large one takes longer than all else when a project is opened.
What is kept is found again by a hash of the TOML and of the version that checked it, and begins
with a hash of that and of all that follows; it can be lost or damaged at any time, and is then made
again.
"""

import contextlib
import hashlib
from pathlib import Path

import msgspec

from annotator import __version__
from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema
from annotator.core.schematoml import read_schema
from annotator.files import replacing

KEPT = 20
"""Files that stay in the folder; those that were written first go first."""


def schema_of(toml: str, data_folder: Path) -> LabelSchema:
    """Return the label schema that `toml` says; raise `UserError("bad_schema")` with its faults."""
    key = _key(toml)
    place = data_folder / "schemas" / f"{key}.json"
    try:
        return msgspec.json.decode(_vouched(key, place.read_bytes()), type=LabelSchema)
    except (OSError, ValueError):  # msgspec's errors are values' errors
        schema = read_schema(toml)
    with contextlib.suppress(OSError, UserError):
        body = msgspec.json.encode(schema)
        _keep(place, _seal(key, body) + b"\n" + body)
    return schema


def _vouched(key: str, content: bytes) -> bytes:
    """Return what follows the hash; raise `ValueError` where that does not hold."""
    seal, _, body = content.partition(b"\n")
    if seal != _seal(key, body):
        raise ValueError(key)
    return body


def _seal(key: str, body: bytes) -> bytes:
    return hashlib.sha256(key.encode("ascii") + b"\n" + body).hexdigest().encode("ascii")


def _key(toml: str) -> str:
    return hashlib.sha256(f"{__version__}\n{toml}".encode("utf-8", "surrogatepass")).hexdigest()


def _keep(place: Path, content: bytes) -> None:
    """Write `content`, whole or not at all, and let the oldest go."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with replacing(place) as file:
        file.write(content)
    kept = sorted(place.parent.glob("*.json"), key=lambda one: one.stat().st_mtime_ns)
    for old in kept[:-KEPT]:
        old.unlink(missing_ok=True)
