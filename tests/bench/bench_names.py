"""Names over all articles: counting them, the first page, memory, and making many labels one name.

Counting is held against a bare loop over the same rows, the gesture against its very rows, taken
out and written by executemany into a copy. The backup before it is made outside.

Run: python -m tests.bench.bench_names [ARTICLES]; 45 labels an article.
"""

import os
import shutil
import sys
import tempfile
import tracemalloc
from collections import Counter
from pathlib import Path

from annotator.gui.pages.nameswork import FIRST
from annotator.services import names, nameslinking, namesproposed
from annotator.services.backing_up import back_up
from annotator.services.names import Tally
from annotator.store import opening
from annotator.store.project import Project
from tests.bench import labelled
from tests.bench.measuring import Figure, best_pair, report, seconds

ARTICLES, LABELS = 2_000, 45
WHO = labelled.WHO
_COUNT_BOUND, _FIRST_BOUND, _MEMORY_BOUND, _MERGE_BOUND = 0.5, 200.0, 60.0, 0.1
_KEY = {"entities": "(layer,uid)", "spans": "(layer,label)", "attributes": "(layer,label)"}
_BARE = (
    "SELECT s.quote,e.type,e.link,l.article FROM layers l CROSS JOIN entities e ON e.layer=l.id"
    " CROSS JOIN spans s ON s.layer=e.layer AND s.label=e.uid AND s.part='extent' AND s.n=0"
    " ORDER BY l.article"
)


def main() -> int:
    """Measure in a project of `ARTICLES`, or as many as are asked for."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    labelled.LABELS = LABELS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["HASHIYA_DATA"] = str(folder / "data")
        path = labelled.labelled_project(folder, n)
        with Project.open(path) as project:
            figures = [_counting(project), _first(project), _memory(project)]
            figures.append(_merging(project, path))
        return report(figures)


def _counted(project: Project) -> int:
    tally = names.counted(project, me=_me(project))
    return len(namesproposed.proposals(tally.names()))


def _me(project: Project) -> str:
    found = project.annotator(WHO)
    assert found is not None
    return found.uid


def _bare_count(project: Project) -> int:
    met: Counter[tuple[str, str, str]] = Counter()
    for quote, type_, link, _ in project.connection.execute(_BARE):
        met[quote, type_, link] += 1
    return len(met)


def _counting(project: Project) -> Figure:
    ours, bare = best_pair(lambda: _counted(project), lambda: _bare_count(project))
    n = project.connection.execute("SELECT count(*) FROM entities").fetchone()[0]
    said = f"{n} labels in {ours:.2f} s, with proposals; bare {bare:.2f} s"
    return Figure("names counted, of a bare loop", bare / ours, _COUNT_BOUND, True, said)


def _first(project: Project) -> Figure:
    def first() -> None:
        tally = Tally(project, me=_me(project))
        tally.count_on(project, FIRST)
        tally.names()

    spent = min(seconds(first) for _ in range(3)) * 1000
    said = f"of {FIRST} articles, ms of CPU"
    return Figure("first page of names", spent, _FIRST_BOUND, False, said)


def _memory(project: Project) -> Figure:
    tracemalloc.start()
    _counted(project)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return Figure("memory of counting", peak, _MEMORY_BOUND, False, "MB at its peak")


def _merging(project: Project, path: Path) -> Figure:
    """Make the most frequent names one, until a tenth of all labels share it."""
    tally = names.counted(project, me=_me(project))
    chosen, n = [], 0
    for one in (found := tally.names()):
        if n * 10 < sum(each.n for each in found):
            chosen.append(one)
            n += one.n
    before = path.with_name("before.hashiya")
    shutil.copy(path, before)
    who = project.annotator(WHO)
    assert who is not None
    back_up(project, "bulk")
    ours = seconds(lambda: nameslinking.merge(project, who, chosen, "اسم جامع"))
    bare = _bare_merge(project, before)
    said = f"{n} labels of {len(chosen)} names in {ours:.2f} s; bare {bare:.2f} s"
    return Figure("labels made one name, of bare rows", bare / ours, _MERGE_BOUND, True, said)


def _bare_merge(project: Project, before: Path) -> float:
    bare = opening.connect(before, "rw")
    where = {table: f" WHERE {_KEY[table]} IN (SELECT layer,uid FROM named)" for table in _KEY}
    bare.execute("CREATE TEMP TABLE named(layer INTEGER, uid TEXT, PRIMARY KEY(layer,uid))")
    query = "SELECT layer,uid FROM entities WHERE link<>''"
    named = project.connection.execute(query).fetchall()
    bare.executemany("INSERT INTO named VALUES(?,?)", named)
    rows = {
        table: bare.execute(f"SELECT * FROM {table}{where[table]}").fetchall() for table in _KEY
    }
    query = "SELECT * FROM operations WHERE kind='link_names'"
    rows["operations"] = project.connection.execute(query).fetchall()

    def write() -> None:
        bare.execute("BEGIN IMMEDIATE")
        for table, key in _KEY.items():
            name = " AND ".join(f"{one}=?" for one in key.strip("()").split(","))
            bare.executemany(f"DELETE FROM {table} WHERE {name}", named)
        for table, found in rows.items():
            if found:
                marks = ",".join("?" * len(found[0]))
                bare.executemany(f"INSERT INTO {table} VALUES({marks})", found)
        bare.execute("COMMIT")

    return seconds(write)


if __name__ == "__main__":
    sys.exit(main())
