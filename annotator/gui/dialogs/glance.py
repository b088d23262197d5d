"""A glance at what an import will read: how many files, and which are in an unsure encoding.

No Qt. Files are looked at one by one, so that whoever looks can stop between two of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.arabic.decode import SURE, NotText, decode
from annotator.core.errors import UserError
from annotator.formats.registry import reader
from annotator.services.sources import Refusal, files_of

_HEAD = 1 << 18
"""Bytes of a file that are looked at."""
ENCODINGS = (
    "utf-8",
    "cp1256",
    "iso8859-6",
    "cp720",
    "mac-arabic",
    "cp864",
    "utf-16-le",
    "utf-16-be",
)
"""Encodings that Arabic is found in, the commonest first."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """A file whose encoding cannot be told; `guess` is the likeliest, or nothing."""

    path: Path
    name: str
    guess: str = ""


@dataclass(frozen=True, slots=True)
class Glance:
    """What was seen: files in all and looked at, those that are not read, and what stands out."""

    n_files: int = 0
    n_seen: int = 0
    n_rows_files: int = 0
    ignored: tuple[str, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    refused: tuple[Refusal, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every file has been looked at."""
        return self.n_seen == self.n_files


def glances(sources: Sequence[Path]) -> Iterator[Glance]:
    """Yield what is seen of `sources`, files and folders, after each file; first the bare count."""
    found = [files_of(source) for source in sources]
    files = [file for one in found for file in one.files]
    seen = Glance(
        len(files),
        ignored=tuple(name for one in found for name in one.ignored),
        refused=tuple(refusal for one in found for refusal in one.refused),
    )
    yield seen
    for path, name in files:
        seen = _with(replace(seen, n_seen=seen.n_seen + 1), Path(path), name)
        yield seen


def _with(seen: Glance, path: Path, name: str) -> Glance:
    """Return `seen` with what the file at `path` shows of itself."""
    try:
        head = head_of(path, name)
        if reader("", name, head).name != "text":
            return replace(seen, n_rows_files=seen.n_rows_files + 1)
        decoded = decode(head)
    except NotText as trouble:
        if trouble.code == "unsure":
            return replace(seen, unsure=(*seen.unsure, Unsure(path, name)))
        return _refusing(seen, name, UserError("not_text", why=trouble.code))
    except UserError as trouble:
        return _refusing(seen, name, trouble)
    if decoded.certainty < SURE:
        return replace(seen, unsure=(*seen.unsure, Unsure(path, name, decoded.encoding)))
    return seen


def _refusing(seen: Glance, name: str, trouble: UserError) -> Glance:
    return replace(seen, refused=(*seen.refused, Refusal(name, 0, trouble)))


def head_of(path: Path, name: str) -> bytes:
    """Return the first bytes of a file, cut where no character is parted."""
    try:
        with path.open("rb") as file:
            data = file.read(_HEAD)
    except FileNotFoundError:
        raise UserError("no_such_file", path=name) from None
    except OSError:
        raise UserError("cannot_read", path=name) from None
    if len(data) < _HEAD:
        return data
    return data[: len(data) // 4 * 4] if b"\0" in data else data[: data.rfind(b"\n") + 1] or data


def first_lines(data: bytes, encoding: str, n: int = 5) -> str:
    """Return the first `n` lines that say something, read in `encoding`; raise NotText.

    >>> first_lines("قال الرئيس".encode("cp1256"), "cp1256")
    'قال الرئيس'
    """
    text = decode(data, encoding).text
    lines = (line.strip() for line in text.splitlines())
    return "\n".join([line for line in lines if line][:n])
