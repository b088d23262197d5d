"""Fuzzing that is guided by coverage, by hand: one reader of bytes for so many seconds.

    .venv/bin/python -m pip install atheris     # no dependency: Linux and macOS, Apache-2.0
    .venv/bin/python -m tests.faults.guided READER [SECONDS] [CORPUS FOLDER]

READER is one of `TARGETS`; 90 seconds unless said. The program ends with code 0 where nothing fell
over; else the bytes that did it are in a file `crash-…` of the folder it was started in, and
`python -m tests.faults.guided READER crash-…` shows the traceback.
"""

import contextlib
import importlib
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from annotator.core.errors import UserError

Target = Callable[[bytes], object]
_SECONDS, _MEGABYTES, _LONGEST = 90, 512, 2


def _operation(data: bytes) -> None:
    from annotator.core import incoming

    with contextlib.suppress(incoming.BadOperationError):
        incoming.arrived(data)


def _schema(data: bytes) -> None:
    from annotator.core.schematoml import checked_schema

    checked_schema(data.decode("utf-8", "replace"))


def _gesture(data: bytes) -> None:
    from annotator.services import gestures

    gestures.gesture_of(data)


def _row(data: bytes) -> None:
    from annotator.services.sources import units_of

    path = _folder() / "rows.jsonl"
    path.write_bytes(data)
    for unit in units_of(str(path), path.name, "jsonl", ""):
        repr(unit)


def _text(data: bytes) -> None:
    from annotator.services.sources import units_of

    path = _folder() / "text.txt"
    path.write_bytes(data)
    for unit in units_of(str(path), path.name, "", ""):
        repr(unit)


def _bundle(data: bytes) -> None:
    from annotator.services import arriving
    from annotator.services.progress import SILENT

    path = _folder() / "bundle.zip"
    path.write_bytes(data)
    with arriving.opened(path, SILENT) as source:
        for line in source.lines():
            repr(line)


def _settings(data: bytes) -> None:
    from annotator.gui import settings

    (_folder() / settings.NAME).write_bytes(data)
    settings.read()


def _journal(data: bytes) -> None:
    """Read the lines from both ends, and what each would say if it vouched for itself."""
    from annotator.core import incoming
    from annotator.store import journalfile, journalreading

    path = _folder() / "journal.jsonl"
    path.write_bytes(data)
    raws = list(journalfile.forwards(path))
    if [raw for raw in journalfile.backwards(path) if raw] != raws[::-1]:
        raise AssertionError("the lines are others from the end")
    for raw in raws:
        journalfile.line_of(raw)
        said = raw.partition(b" ")[2]
        journalreading.remark_in(journalfile.Line("", said, is_remark=True))
        with contextlib.suppress(incoming.BadOperationError):
            incoming.arrived(said)


def _names(data: bytes) -> None:
    """Read the names that a file had at its place."""
    from annotator.store import replica

    path = _folder() / "p.hashiya"
    place = _folder() / "replicas" / replica.key_of("p", path)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(data)
    replica.Replicas("p", path, _folder()).current()


def _pages(data: bytes) -> None:
    """Walk over the pages of what may be a file of ours, for records that can be read."""
    from annotator.store import recordshapes, walking

    path = _folder() / "damaged.hashiya"
    path.write_bytes(data)
    walking.is_likely(path)
    for record in walking.records(path, recordshapes.of_row, recordshapes.of_key, _passed):
        for value in record.values:
            if isinstance(value, bytes):
                recordshapes.is_too_long(value)


def _passed(_at: int, _of: int) -> None:
    """Let the walk go on."""


TARGETS: dict[str, Target] = {
    "operation": _operation,
    "schema": _schema,
    "gesture": _gesture,
    "row": _row,
    "text": _text,
    "bundle": _bundle,
    "settings": _settings,
    "journal": _journal,
    "names": _names,
    "pages": _pages,
}


def _folder() -> Path:
    return Path(os.environ["HASHIYA_DATA"])


def _samples(reader: str, folder: Path) -> None:
    """Write sound samples, from which the fuzzer goes on."""
    from annotator.core import operations as op
    from annotator.store.project import Project
    from annotator.store.tables import PAGE_SIZE
    from tests.exchange.bundling import handed_in, team
    from tests.faults.gesturing import stream
    from tests.formats.rows import example, spelled
    from tests.projects import SCHEMA, operations_in

    _, files = team(_folder())
    bundle = handed_in(files["a1"])
    with Project.open(files["a1"]) as project:
        lines = [op.canonical_json(one) for one in operations_in(project)]
    whole = files["a1"].read_bytes()
    samples = {
        "operation": lines,
        "schema": [SCHEMA.encode()],
        "gesture": stream(random.Random(1), 1),
        "row": [spelled(example(n)) for n in range(2)],
        "text": ["قال الرئيس".encode(name) for name in ("utf-8", "utf-16", "cp1256")],
        "bundle": [bundle.read_bytes()],
        "settings": [json.dumps({"zoom": 22, "recent": [{"path": "a", "title": "b"}]}).encode()],
        "journal": [b"".join(b"%b %b\n" % (b"0" * 64, line) for line in lines)],
        "names": [b"0" * 8 + b"\n", b"\n" + b"1" * 8 + b" waits\n"],
        "pages": [whole[at : at + 8 * PAGE_SIZE] for at in range(0, len(whole), 8 * PAGE_SIZE)],
    }
    for n, sample in enumerate(samples[reader]):
        (folder / str(n)).write_bytes(sample)


def main() -> int:
    """Fuzz one reader; end as the fuzzer ends."""
    name, *rest = sys.argv[1:]
    memory = Path("/dev/shm")  # noqa: S108
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as data:
        os.environ["HASHIYA_DATA"] = data
        if rest and Path(rest[0]).is_file():
            _expected(TARGETS[name])(Path(rest[0]).read_bytes())
            return 0
        return _fuzz(name, rest)


def _fuzz(name: str, rest: list[str]) -> int:
    atheris = importlib.import_module("atheris")
    corpus = Path(rest[1]) if len(rest) > 1 else _folder() / "corpus"
    corpus.mkdir(exist_ok=True)
    act = _expected(TARGETS[name])
    with atheris.instrument_imports(include=["annotator"]):  # all that is imported on the way
        _samples(name, corpus)
        for sample in corpus.iterdir():
            act(sample.read_bytes())
    limits = (f"-max_total_time={rest[0] if rest else _SECONDS}", f"-rss_limit_mb={_MEGABYTES}")
    atheris.Setup([sys.argv[0], *limits, f"-timeout={_LONGEST}", str(corpus)], act)
    atheris.Fuzz()
    return 0


def _expected(target: Target) -> Target:
    """Return `target`, for which trouble that has a sentence is nothing."""

    def act(data: bytes) -> None:
        with contextlib.suppress(UserError):
            target(data)

    return act


if __name__ == "__main__":
    sys.exit(main())
