"""Bench: merging the hand-ins of five annotators, 1,000 articles with 50 labels each.

Every label is a gesture of its own. All hand-ins come by one merge: one transaction. Against a bare
loop: each bundle unpacked, its lines hashed and parsed, and executemany of the very rows that the
merge made, without a check, a trigger, a backup or a second record.

    .venv/bin/python -m tests.bench.bench_merge [ARTICLES]
"""

import hashlib
import os
import random
import re
import resource
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import orjson

from annotator.core import operations as op
from annotator.core.bodies import body_of
from annotator.core.model import Annotator, Argument, Entity, Event, Label, Span
from annotator.core.operations import Change, Operation, Scope
from annotator.core.uids import GESTURE, label_uid, layer_uid, new_replica, numbered
from annotator.services import annotators, handing_in, merging
from annotator.store import history
from annotator.store.bulk import last_id
from annotator.store.project import Project
from tests.bench.barely import copied_together
from tests.bench.imported import project_of
from tests.bench.measuring import Figure, report, seconds

READERS = 5
ARTICLES = 1000
LENGTH = 2000
ENTITIES, EVENTS, ARGUMENTS = 30, 8, 12
LABELS = ENTITIES + EVENTS + ARGUMENTS
RUNS = 2
WRITTEN = ("layers", "operations", "entities", "events", "arguments", "spans")
"""The tables that a merge of these hand-ins writes into."""


def main() -> int:
    """Print the figures; return 1 where one is outside its bound."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    folder = Path(tempfile.mkdtemp(prefix="hashiya-bench-"))
    os.environ["HASHIYA_DATA"] = str(folder / "data")
    try:
        return report(_figures(folder, n))
    finally:
        shutil.rmtree(folder)


def _figures(folder: Path, n: int) -> list[Figure]:
    lead = _lead(folder, n)
    bundles = [_handed_in(lead, number) for number in range(READERS)]
    before = _peak()
    runs = [_run(lead.with_name(f"{run}.hashiya"), lead, bundles, n) for run in range(RUNS)]
    ours, again, read, rows, peak = (min(column) for column in zip(*runs, strict=True))
    told = f"{ours:.1f} s, bare {read:.1f} to read and {rows:.1f} for the rows"
    return [
        Figure("merge of 5 hand-ins", (read + rows) / ours, 0.25, True, told),
        Figure("the same again, all known", read / again, 0.4, True, f"{again:.1f} s"),
        Figure("memory that the merge took, MB", peak - before, 512, False, f"{n} articles"),
    ]


def _peak() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _run(path: Path, lead: Path, bundles: list[Path], n: int) -> tuple[float, ...]:
    """Return the seconds of a merge into a copy of `lead`, of one more, and of the bare loop.

    Behind them stands the peak of memory after the first, in MB.
    """
    shutil.copy(lead, path)
    with Project.open(path) as project:
        began = time.process_time()
        merged = merging.merge(project, bundles)
        ours, peak = time.process_time() - began, _peak()
        read = seconds(lambda: _read_barely(bundles))
        began = time.process_time()
        again = merging.merge(project, bundles)
        ours_again = time.process_time() - began
    if merged.new != n * READERS * (LABELS + 1) or again.new or merged.held:
        raise SystemExit(f"merged {merged}, then {again}")
    rows = copied_together(path, path.with_suffix(".bare"), WRITTEN)
    return ours, ours_again, read, rows, peak


def _read_barely(bundles: list[Path]) -> None:
    """Unpack the operations of bundles, hash each line and parse it."""
    for bundle in bundles:
        with zipfile.ZipFile(bundle) as archive:
            lines = archive.read("operations.jsonl").split(b"\n")
        for line in lines[:-1]:
            hashlib.sha256(line).hexdigest()
            orjson.loads(line)


def _lead(folder: Path, n: int) -> Path:
    path = project_of(folder / "lead.hashiya", n, LENGTH)
    with Project.open(path) as project:
        for number in range(READERS):
            annotators.ensure(project, f"a{number}")
    return path


def _handed_in(lead: Path, number: int) -> Path:
    """Return the bundle of the annotator of that number, who labelled every article."""
    path = lead.with_name(f"a{number}.hashiya")
    shutil.copy(lead, path)
    bundle = path.with_suffix(".zip")
    with Project.open(path) as project:
        who = annotators.named(project, f"a{number}")
        _label(project, who, number)
        connection = project.connection
        connection.execute("UPDATE settings SET value='annotator' WHERE name='role'")
        connection.execute("INSERT INTO settings VALUES('annotator',?)", (who.uid,))
    with Project.open(path) as project:
        handing_in.hand_in(project, bundle)
    path.unlink()
    return bundle


def _label(project: Project, who: Annotator, seed: int) -> None:
    """Write the history of a reader, an operation a label, as its gestures would."""
    chance, replica = random.Random(seed), new_replica()
    connection = project.connection
    numbers = iter(range(1, 1 << 30))
    lamports = iter(range(project.clock().lamport + 1, 1 << 30))
    connection.execute("BEGIN")
    articles = connection.execute(
        "SELECT a.sha256,t.text FROM articles a JOIN texts t ON t.article=a.id"
    ).fetchall()
    for sha256, text in articles:
        scope = Scope(sha256, who.uid)
        connection.execute(
            "INSERT INTO layers(uid,article,annotator) SELECT ?,a.id,n.id FROM articles a,"
            "annotators n WHERE a.sha256=? AND n.uid=?",
            (layer_uid(sha256, who.uid), sha256, who.uid),
        )
        layer, prev = last_id(connection, "layers"), ""
        changes = [*_changes(chance, text, replica, numbers)]
        changes.append((Change(op.STATUS, "", None, {"status": "done"}),))
        for sequence, some in enumerate(changes, 1):
            name = numbered(GESTURE, replica, next(numbers))
            head = (replica, sequence, prev, next(lamports), who.uid, "2026-11-22T01:00Z", name)
            made = history.append(connection, Operation("add", scope, *head, some), layer)
            prev = made.hash
    connection.execute("COMMIT")


def _changes(
    chance: random.Random, text: str, replica: str, numbers: Iterator[int]
) -> Iterator[tuple[Change, ...]]:
    for kind, label in _labels(chance, text, replica, numbers):
        yield (Change(kind, label.uid, None, body_of(label)),)


def _labels(
    chance: random.Random, text: str, replica: str, numbers: Iterator[int]
) -> Iterator[tuple[str, Label]]:
    def uid(kind: str) -> str:
        return label_uid(kind, replica, next(numbers))

    places = sorted(chance.sample([found.span() for found in re.finditer(r"\S+", text)], 38))
    spans = [Span(start, end, text[start:end]) for start, end in places]
    types = ("PERS", "ORG", "GPE")
    entities = [Entity(uid("entity"), (span,), chance.choice(types)) for span in spans[:ENTITIES]]
    yield from (("entity", one) for one in entities)
    for n, span in enumerate(spans[ENTITIES:]):
        event = Event(uid("event"), (span,), "CONSULT", (("polarity", "positive"),))
        yield "event", event
        for filler in chance.sample(entities, 2 if n < ARGUMENTS - EVENTS else 1):
            yield "argument", Argument(uid("argument"), event.uid, "actor", filler.uid)


if __name__ == "__main__":
    sys.exit(main())
