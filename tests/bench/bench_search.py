"""The first page of a search, of hits verified in their texts, and counting them after that.

A page looks at 2,000 articles at most: where words stand in all of them, and in none as asked for,
it comes back empty and counting shows what looking at all takes.

Run: python -m tests.bench.bench_search [ARTICLES]
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from annotator.services import importing, projects, searching
from annotator.services.searching import Query, Where
from annotator.store.project import Project
from tests.bench.measuring import Figure, article, report, words

LENGTH = 2000
BOUND = 200.0
RUNS = 5
RARE = 997
"""One article of so many has the rare words."""

QUERIES: tuple[tuple[str, Query, Where], ...] = (
    ("a common word", Query("في"), Where()),
    ("a name", Query("أوكرانيا"), Where()),
    ("a name with the article", Query("الاتحاد"), Where()),
    ("a phrase", Query("الرئيس الروسي"), Where()),
    ("a rare name behind clitics", Query("زمبرطيا"), Where()),
    ("a common word, to the letter, vocalised", Query("فِي", "exact"), Where()),
    ("a beginning", Query("أوكران", is_prefix=True), Where()),
    ("a beginning of two letters", Query("ال", is_prefix=True), Where()),
    ("a word that is nowhere", Query("زخرفستان"), Where()),
    ("a rare name in a region", Query("زمبرطيا"), Where(region="body")),
)


def main() -> int:
    """Measure the queries in a project of `ARTICLES` (10,000 unless given)."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["HASHIYA_DATA"] = str(folder / "data")
        path = folder / "search.hashiya"
        projects.new(path)
        with Project.open(path) as project:
            lines = folder / "texts.jsonl"
            with lines.open("w", encoding="utf-8") as file:
                file.writelines(_lines(n))
            began = time.perf_counter()
            importing.import_sources(project, [lines])
            print(f"{n} articles imported and indexed in {time.perf_counter() - began:.1f} s")
            return report([_figure(project, *one) for one in QUERIES])


def _lines(n: int) -> Iterator[str]:
    chance, vocabulary = random.Random(6), words()
    for number in range(n):
        text = article(chance, vocabulary, LENGTH, number)
        if number % RARE == RARE // 2:
            text += " وقالت لزمبرطيا"
        row = {"format": "hashiya/1", "article": {"title": f"{number:06}"}, "text": text}
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _figure(project: Project, what: str, query: Query, where: Where) -> Figure:
    """Return the median time of the first page, in ms; and what counting on took."""

    def first() -> int:
        return len(searching.page(project, query, where).hits)

    pages = [_timed(first) for _ in range(RUNS)]
    began = time.perf_counter()
    counted = searching.count(project, query, where)
    took = time.perf_counter() - began
    shown = "" if counted.is_whole else "at least "
    told = f"{pages[0][1]} hits; counted {shown}{counted.n} in {took * 1000:.0f} ms"
    return Figure(f"{what}, ms", statistics.median(ms for ms, _ in pages), BOUND, False, told)


def _timed(action: Callable[[], int]) -> tuple[float, int]:
    began = time.perf_counter()
    found = action()
    return (time.perf_counter() - began) * 1000, found


if __name__ == "__main__":
    sys.exit(main())
