"""Exporting 500,000 labels in 10,000 layers, against the standard library's json of ready rows.

Run: python -m tests.bench.bench_export [LAYERS]
"""

import json
import os
import resource
import sys
import tempfile
from pathlib import Path

from annotator.services import exporting, importing, projects
from annotator.store.project import Project
from tests.bench.bench_import import write_rows
from tests.bench.measuring import Figure, report, seconds


def main() -> int:
    """Measure the export; `LAYERS` is 10,000 unless given."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["HASHIYA_DATA"] = str(folder / "data")
        source, exported = folder / "rows.jsonl", folder / "out.jsonl"
        write_rows(source, n)
        if os.fork() == 0:  # the import has a memory of its own
            _import(folder / "p.hashiya", source)
            os._exit(0)
        os.wait()
        return report(_figures(folder / "p.hashiya", exported, n))


def _import(path: Path, source: Path) -> None:
    projects.new(path)
    with Project.open(path) as project:
        importing.import_sources(project, [source])


def _figures(path: Path, exported: Path, n: int) -> list[Figure]:
    with Project.open(path) as project:
        ours = min(seconds(lambda: exporting.export(project, exported)) for _ in range(2))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bare = min(_bare(exported) for _ in range(2))
    told = f"{n * 50 / ours:.0f} labels/s, json.dumps {n * 50 / bare:.0f}"
    return [
        Figure("export", bare / ours, 0.45, True, told),
        Figure("peak memory of the export, MB", peak, 300, False, f"{n} layers"),
    ]


def _bare(exported: Path) -> float:
    """Return the time of json.dumps alone, a row at a time so that nothing else is kept."""
    spent = 0.0
    with exported.open("rb") as lines:
        for line in lines:
            row = json.loads(line)
            spent += seconds(lambda: json.dumps(row, ensure_ascii=False))  # noqa: B023
    return spent


if __name__ == "__main__":
    sys.exit(main())
