"""Importing 10,000 articles with their index, and 500,000 labels in 10,000 layers.

Against the same rows and the same index written in one bare loop: texts read, or lines parsed by
the standard library, and executemany of the rows that the import made.

Run: python -m tests.bench.bench_import [ARTICLES]
"""

import hashlib
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from annotator.arabic.fold import index_fold
from annotator.core.uids import label_uid
from annotator.services import importing, projects
from annotator.store.indexing import index_pending
from annotator.store.project import Project
from tests.bench.barely import copied, copied_together, empty_tables, sql_of
from tests.bench.measuring import Figure, article, report, seconds, words

_Read = Callable[[], list[str]]

LENGTH = 2000
ENTITIES, EVENTS = 40, 4


def main() -> int:
    """Measure both imports; `ARTICLES` (10,000 unless given) is their size."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["HASHIYA_DATA"] = str(folder / "data")
        # labels first: a child's peak memory begins with that of the process that starts it
        labels = _of_labels(folder, n)
        return report([*_of_articles(folder, n), *labels])


def _of_articles(folder: Path, n: int) -> list[Figure]:
    """Return the figures of articles as lines of JSONL, and as a folder of text files."""
    chance, vocabulary = random.Random(5), words()
    texts = [article(chance, vocabulary, LENGTH, number) for number in range(n)]
    lines = folder / "texts.jsonl"
    with lines.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            row = {"format": "hashiya/1", "article": {"title": f"{number:06}"}, "text": text}
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    files = folder / "texts"
    files.mkdir()
    for number, text in enumerate(texts):
        (files / f"{number:06}.txt").write_text(text, "utf-8")
    return [
        _figure("articles from JSONL, with index", lines, n, (lambda: _texts_in(lines), 0.45)),
        _figure("articles from files, with index", files, n, (lambda: _texts_of(files), 0.35)),
        _of_index(lines, texts),
    ]


def _of_index(lines: Path, texts: list[str]) -> Figure:
    """Return the share that building the same index barely takes of our time for it alone."""
    made = lines.with_name("indexed.hashiya")
    _import(made, lines)
    ours, bare = [], []
    for run in range(3):
        with Project.open(made) as project:
            for table in _INDEXES:
                project.connection.execute(f"INSERT INTO {table}({table}) VALUES('delete-all')")
            project.connection.execute("UPDATE settings SET value='0' WHERE name='indexed'")
            ours.append(seconds(lambda: index_pending(project)))
        connection = empty_tables(made, made.with_suffix(f".{run}.sqlite"), ())
        bare.append(_bare_index(made, connection, texts))
    told = f"{len(texts) / min(ours):.0f} articles/s, bare {len(texts) / min(bare):.0f}"
    return Figure("index building", min(bare) / min(ours), 0.70, True, told)


def _texts_in(path: Path) -> list[str]:
    with path.open("rb") as lines:
        return [json.loads(line)["text"] for line in lines]


def _texts_of(folder: Path) -> list[str]:
    return [path.read_bytes().decode() for path in sorted(folder.iterdir())]


def _figure(what: str, source: Path, n: int, bare_reading: tuple[_Read, float]) -> Figure:
    """Return the share that the bare loop takes of our time, with the least that it may be.

    The bounds were 0.70 while an import wrote rows and an index only. The bare loop still does no
    more; ours also looks for what is not seen in a text and for letters in the order of the eye,
    seals the regions and, for files, gives each line its role.
    """
    read, least = bare_reading
    times = [
        _pair(source.with_name(f"{source.stem}{source.suffix[1:]}{run}"), source, read)
        for run in range(3)
    ]
    ours, bare = (min(column) for column in zip(*times, strict=True))
    told = f"{n / ours:.0f} articles/s, bare {n / bare:.0f}"
    return Figure(f"import of {what}", bare / ours, least, True, told)


def _pair(path: Path, source: Path, read: _Read) -> tuple[float, float]:
    """Return the time of an import and of the bare loop, each into a new file."""
    made = path.with_suffix(".hashiya")
    ours = seconds(lambda: _import(made, source))
    return ours, _bare_articles(path.with_suffix(".sqlite"), made, read)


def _import(path: Path, source: Path) -> importing.ImportReport:
    projects.new(path)
    with Project.open(path) as project:
        found = importing.import_sources(project, [source])
    if found.refused:
        raise SystemExit(f"refused: {found.refused[:2]}")
    return found


_INDEXES = ("words", "titles")
_OF_ARTICLES = ("articles", "texts", "regions", "regions_given")


def _bare_articles(path: Path, made: Path, read: _Read) -> float:
    """Return the time of reading, and of writing the rows and both indexes that `made` has."""
    connection = empty_tables(made, path, _OF_ARTICLES)
    texts: list[str] = []
    spent = seconds(lambda: texts.extend(read()))
    connection.execute("BEGIN")
    spent += sum(copied(made, connection, table) for table in _OF_ARTICLES)
    return spent + _bare_index(made, connection, texts)


def _bare_index(made: Path, connection: sqlite3.Connection, texts: list[str]) -> float:
    """Return the time of writing both indexes that `made` has, to the end of the transaction."""
    for table in _INDEXES:
        connection.execute(sql_of(made, table))
    if not connection.in_transaction:
        connection.execute("BEGIN")
    titles = [f"{number:06}" for number in range(len(texts))]
    spent = seconds(lambda: _index(connection, "words(rowid,text)", texts))
    spent += seconds(lambda: _index(connection, "titles(rowid,title)", titles))
    return spent + seconds(lambda: connection.execute("COMMIT"))


def _index(connection: sqlite3.Connection, table: str, texts: list[str]) -> None:
    folded = ((number, index_fold(text)) for number, text in enumerate(texts, 1))
    connection.executemany(f"INSERT INTO {table} VALUES(?,?)", folded)


# --- labels -------------------------------------------------------------------------------------


def write_rows(path: Path, n: int) -> None:
    """Write `n` rows of `hashiya/1` with 50 labels each, spelled as export spells them."""
    chance, vocabulary = random.Random(7), words()
    with path.open("w", encoding="utf-8") as file:
        for number in range(n):
            row = _row(chance, article(chance, vocabulary, LENGTH, number), number)
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def _row(chance: random.Random, text: str, number: int) -> dict[str, Any]:
    counter = iter(range(number * 64, (number + 1) * 64))
    places = [found.span() for found in re.finditer(r"\S+", text)]
    picked = sorted(chance.sample(places, ENTITIES + EVENTS))
    entities = [_entity(chance, text, place, next(counter)) for place in picked[:ENTITIES]]
    events = [_event(chance, text, place, counter, entities) for place in picked[ENTITIES:]]
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return {
        "format": "hashiya/1",
        "article": {
            "uid": sha256[:16],
            "sha256": sha256,
            "title": f"مقال {number}",
            "source": "",
            "language": "ar",
            "meta": "{}",
        },
        "text": text,
        "annotator": {"uid": "", "name": "a1", "kind": "human"},
        "status": "done",
        "suggestions": "none",
        "schema": {"name": "news", "version": "1", "digest": ""},
        "regions": [{"start": 0, "end": len(text), "role": "body", "source": "rule"}],
        "entities": entities,
        "events": events,
        "stances": [],
        "relations": [],
        "answers": [],
    }


def _placed(kind: str, type_: str, text: str, place: tuple[int, int], n: int) -> dict[str, Any]:
    start, end = place
    span = {"start": start, "end": end, "quote": text[start:end]}
    edges = {"word_start": start, "word_end": end, "pre": "", "post": ""}
    return {"uid": label_uid(kind, "benchmrk", n), "type": type_, **span, "spans": [span], **edges}


def _common() -> dict[str, Any]:
    origin = {"by": "person", "source": "", "confidence": 1.0}
    return {"note": "", "doubt": "", "origin": origin, "decision": "", "votes": []}


def _entity(chance: random.Random, text: str, place: tuple[int, int], n: int) -> dict[str, Any]:
    placed = _placed("entity", chance.choice(("PERS", "ORG", "GPE", "OCC")), text, place, n)
    return {**placed, "subtype": "", "head": [], "attributes": [], "link": "", **_common()}


def _event(
    chance: random.Random,
    text: str,
    place: tuple[int, int],
    counter: Iterator[int],
    entities: list[dict[str, Any]],
) -> dict[str, Any]:
    arguments = []
    for filler in chance.sample(entities, chance.choice((1, 2))):
        where = {name: filler[name] for name in ("start", "end", "quote")}
        uid = label_uid("argument", "benchmrk", next(counter))
        arguments.append(
            {"uid": uid, "role": "actor", "filler": filler["uid"], **where, **_common()}
        )
    placed = _placed("event", "CONSULT", text, place, next(counter))
    return {**placed, "attributes": [], "arguments": arguments, **_common()}


def _of_labels(folder: Path, n: int) -> list[Figure]:
    source, path = folder / "labels.jsonl", folder / "labels.hashiya"
    write_rows(source, n)
    ours, peak = _in_a_process_of_its_own(path, source)
    bare = _bare_labels(source, path, folder / "bare-labels.sqlite")
    told = f"{n * 50 / ours:.0f} labels/s, bare {n * 50 / bare:.0f}"
    return [
        Figure("import of labels", bare / ours, 0.25, True, told),
        Figure("peak memory of the import of labels, MB", peak, 300, False, f"{n} layers"),
    ]


_CHILD = """
import resource, sys
from pathlib import Path
from tests.bench.bench_import import _import
from tests.bench.measuring import seconds
spent = seconds(lambda: _import(Path(sys.argv[1]), Path(sys.argv[2])))
print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def _in_a_process_of_its_own(path: Path, source: Path) -> tuple[float, float]:
    """Return the CPU seconds and the peak memory (MB) of an import, and of nothing else."""
    command = [sys.executable, "-c", _CHILD, str(path), str(source)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    spent, peak = map(float, done.stdout.split())
    return spent, peak


_LABELLED = (
    "articles",
    "texts",
    "layers",
    "entities",
    "events",
    "arguments",
    "spans",
    "operations",
)


def _bare_labels(source: Path, path: Path, bare: Path) -> float:
    """Return the time of bare loads, and of executemany of the very rows that the import made."""
    loads = seconds(lambda: [json.loads(line) and None for line in source.open("rb")])
    return loads + copied_together(path, bare, _LABELLED)


if __name__ == "__main__":
    sys.exit(main())
