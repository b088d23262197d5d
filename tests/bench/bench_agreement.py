"""Agreement of 5 annotators over 10,000 articles with 45 spans each: all pairs, all views.

Seconds of CPU, not ratios: the bounds are those of the design. Each figure is measured in a process
of its own. Run: `python -m tests.bench.bench_agreement [ARTICLES]`.
"""

import json
import os
import random
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.agreement import articles, statistics, whole
from annotator.agreement.batch import Batch
from annotator.agreement.counted import Names
from annotator.agreement.texts import AS_STORED, Classes
from annotator.core.uids import label_uid, layer_uid
from annotator.services import (
    agreeing,
    agreeingcounts,
    agreeingsums,
    annotators,
    importing,
    labelling,
    projects,
)
from annotator.services.progress import SILENT
from annotator.store import comparing
from annotator.store.comparingrows import Numbering
from annotator.store.project import Project
from tests.bench.measuring import Figure, article, report, seconds, words

LENGTH = 2000
READERS = 5
ENTITIES, EVENTS = 41, 4
HANDED_IN = 10
TYPES = (
    *("PERS", "GPE", "ORG", "NORP", "OCC", "DATE", "EVENT", "LOC", "FAC", "TIME", "CARDINAL"),
    *("ORDINAL", "LAW", "PRODUCT", "MONEY", "PERCENT", "WEBSITE", "LANGUAGE"),
)
SHARES = (24, 19, 14, 10, 9, 7, 4, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1)
"""How often types are used, about as in news."""
ROLES = ("actor", "recipient", "place", "date")


def main() -> int:
    """Measure; `ARTICLES` (10,000 unless given) is the size of the project."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["HASHIYA_DATA"] = str(folder / "data")
        path = folder / "team.hashiya"
        made(path, n)
        told = f"{n} articles, {READERS} annotators, {ENTITIES + EVENTS} spans a reading"
        arrays = _child("from_arrays", path)
        cold = _child("cold", path)
        again = _child("hand_in", path)
        beside = max(one["beside"] for one in (arrays, cold, again))
    told += f"; 500,000 squares in Python took {beside * 1000:.0f} ms beside it"
    return report(
        [
            Figure("agreement from arrays, s", arrays["seconds"], 5.0, False, told),
            Figure("agreement from a cold file, s", cold["seconds"], 15.0, False, told),
            Figure("its peak memory, MB", cold["peak"], 800, False, told),
            Figure(
                f"hand-in of {HANDED_IN} articles, from kept counts, ms",
                again["seconds"] * 1000,
                50,
                False,
                f"then all figures {again['figures'] * 1000:.0f} ms; the first report of a"
                f" process from kept counts {again['first']:.2f} s",
            ),
        ]
    )


def _child(what: str, path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.bench_agreement", f"--{what}", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _beside() -> float:
    """Return the seconds that a plain loop takes: how busy the machine is."""
    return min(seconds(lambda: sum(at * at for at in range(500_000))) for _ in range(3))


# --- what is measured ----------------------------------------------------------------------------


def from_arrays(path: Path) -> dict[str, float]:
    """Return the seconds of counting and of the report; reading the file is left out."""
    spent = 0.0
    with Project.open(path) as project:
        rows = comparing.articles_read(project)
        names, classes = Numbering(), Classes()
        parts: list[whole.Sums] = []
        for told, batch in agreeingcounts.batches(project, rows, names, AS_STORED):
            spent += _summed(project, told, batch, names, classes, parts)
        scales, known = agreeing.scales(project.label_schema), _names(project, names)
    began = time.process_time()
    whole.whole_report(whole.joined_parts(parts), known, whole.Choice(), scales)
    return {"seconds": spent + time.process_time() - began}


def _summed(
    project: Project,
    told: comparing.Compared,
    batch: Batch,
    names: Numbering,
    classes: Classes,
    parts: list[whole.Sums],
) -> float:
    """Count a batch and add its sums to `parts`; return how long that took."""
    known, n = _names(project, names), len(told.articles)
    began = time.process_time()
    cells = articles.cells_of(batch, classes)
    statistics.packed(cells, n)
    parts.append(whole.sums_of(cells, n, known, whole.Choice()))
    return time.process_time() - began


def _names(project: Project, names: Numbering) -> Names:
    return Names(agreeingsums.readers(project), tuple(names.names))


def cold(path: Path) -> dict[str, float]:
    """Return the seconds and the peak memory of the first report, which keeps its counts."""
    began = time.process_time()
    with Project.open(path) as project:
        agreeing.agreement(project)
    spent = time.process_time() - began
    return {
        "seconds": spent,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def hand_in(path: Path) -> dict[str, float]:
    """Return the seconds of bringing all sums up to date after a hand-in, the best of some.

    `first` are those of the first report from kept counts, `figures` of the report after that.
    """
    with Project.open(path) as project:
        known, times = agreeing.Known(), []
        began = time.process_time()
        agreeing.agreement(project, known=known)
        first = time.process_time() - began
        for _ in range(5):
            _hand_in(project)
            began = time.process_time()
            agreeingsums.up_to_date(project, agreeingsums.EVERYTHING, SILENT, known)
            times.append(time.process_time() - began)
        began = time.process_time()
        agreeing.agreement(project, known=known)
        figures = time.process_time() - began
        return {"seconds": min(times), "first": first, "figures": figures}


def _hand_in(project: Project) -> None:
    """Change the readings of one annotator: they are taken up again, changed, and done."""
    reader = annotators.ensure(project, "r1")
    query = "SELECT sha256 FROM articles ORDER BY id LIMIT ?"
    for (sha256,) in project.connection.execute(query, (HANDED_IN,)).fetchall():
        for status in ("started", "done"):
            labelling.set_status(project, project.layer(sha256, reader.uid), status)


# --- the project ---------------------------------------------------------------------------------


def made(path: Path, n: int) -> None:
    """Make a project whose readings differ a little: rows are written without gestures."""
    chance, vocabulary = random.Random(11), words()
    projects.new(path)
    with Project.open(path) as project:
        source = path.with_suffix(".jsonl")
        with source.open("w", encoding="utf-8") as file:
            for number in range(n):
                row: dict[str, object] = {
                    "format": "hashiya/1",
                    "article": {"title": f"مقال {number}"},
                }
                row["text"] = article(chance, vocabulary, LENGTH, number)
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        importing.import_sources(project, [source])
        readers = [annotators.ensure(project, f"r{at}") for at in range(1, READERS + 1)]
        _labels(project.connection, chance, [reader.uid for reader in readers])


_WRITE = {
    "layers": "INSERT INTO layers(id,uid,article,annotator,status) VALUES(?,?,?,?,'done')",
    "operations": "INSERT INTO operations(hash,replica,sequence,prev,lamport,layer,who,at,kind,"
    "gesture,body) VALUES(?,'benchmrk',1,'',1,?,?,'','bench','G0','{}')",
    "entities": 'INSERT INTO entities(uid,layer,type,start,"end") VALUES(?,?,?,?,?)',
    "events": 'INSERT INTO events(uid,layer,type,start,"end") VALUES(?,?,?,?,?)',
    "arguments": "INSERT INTO arguments(uid,layer,event,role,filler) VALUES(?,?,?,?,?)",
    "spans": 'INSERT INTO spans(layer,label,part,n,start,"end",quote) VALUES(?,?,?,0,?,?,?)',
    "stances": "INSERT INTO stances(uid,layer,holder_kind,holder,target_kind,target,value,voice)"
    " VALUES(?,?,'author','','topic',?,?,'author')",
    "answers": 'INSERT INTO answers(uid,layer,question,"values") VALUES(?,?,?,?)',
}


def _labels(connection: sqlite3.Connection, chance: random.Random, readers: list[str]) -> None:
    name, sql = connection.execute(
        "SELECT name,sql FROM sqlite_master WHERE name='spans_quoted'"
    ).fetchone()
    connection.execute("BEGIN")
    connection.execute(f"DROP TRIGGER {name}")
    numbers = dict(connection.execute("SELECT uid,id FROM annotators"))
    counter = iter(range(1, 1 << 30))
    query = "SELECT a.id,a.sha256,t.text FROM articles a JOIN texts t ON t.article=a.id"
    for row, sha256, text in connection.execute(query).fetchall():
        rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _WRITE}
        truth = _truth(chance, text)
        for uid in readers:
            layer = next(counter)
            rows["layers"].append((layer, layer_uid(sha256, uid), row, numbers[uid]))
            rows["operations"].append((f"{layer:064x}", layer, uid))
            _reading(chance, rows, layer, text, truth, counter)
        for table, found in rows.items():
            connection.executemany(_WRITE[table], found)
    connection.execute(sql)
    connection.execute("COMMIT")


def _truth(chance: random.Random, text: str) -> list[tuple[int, int, str]]:
    places = [found.span() for found in re.finditer(r"\S+", text)]
    firsts = sorted(chance.sample(range(len(places) - 3), ENTITIES + EVENTS + 3))
    return [
        (places[at][0], places[at + chance.choice((0, 0, 0, 1, 2))][1], kind)
        for at, kind in zip(firsts, chance.choices(TYPES, SHARES, k=len(firsts)), strict=True)
    ]


def _reading(
    chance: random.Random,
    rows: dict[str, list[tuple[Any, ...]]],
    layer: int,
    text: str,
    truth: list[tuple[int, int, str]],
    counter: Iterator[int],
) -> None:
    def uid(kind: str) -> str:
        return label_uid(kind, "benchmrk", next(counter))

    fillers: list[str] = []
    for at, (start, end, type_) in enumerate(truth):
        lot = chance.random()
        if lot < 0.06:
            continue
        start += lot > 0.95 and end - start > 2
        is_event = at % 12 == 0
        kind = "event" if is_event else "entity"
        name = uid(kind)
        if is_event:
            type_ = chance.choice(("CONSULT", "CONSULT", "CONSULT", "AID"))
        elif 0.5 < lot < 0.55:
            type_ = chance.choice(TYPES)
        rows["events" if is_event else "entities"].append((name, layer, type_, start, end))
        rows["spans"].append((layer, name, "extent", start, end, text[start:end]))
        if is_event and len(fillers) > 1:
            for filler in fillers[-2:]:
                role = chance.choices(ROLES, (8, 1, 1, 1))[0]
                rows["arguments"].append((uid("argument"), layer, name, role, filler))
        fillers += [] if is_event else [name]
    value = chance.choice(("favor", "favor", "neutral"))
    rows["stances"].append((uid("stance"), layer, "peace-talks", value))
    answer = chance.choice(('["report"]', '["report"]', '["brief"]'))
    rows["answers"].append((uid("answer"), layer, "genre", answer))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measured = {"--from_arrays": from_arrays, "--cold": cold, "--hand_in": hand_in}
        print(json.dumps(measured[sys.argv[1]](Path(sys.argv[2])) | {"beside": _beside()}))
        sys.exit()
    sys.exit(main())
