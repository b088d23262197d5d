"""Assigning 10,000 articles of 2,000 characters to five people, against one fold of their texts.

Some are near-duplicates, and all of a source share a stretch, as pages of one site do. Run:
python -m tests.bench.bench_assign
"""

import random
import sys
from functools import partial

from annotator.arabic.fold import fold
from annotator.arabic.nearduplicates import near_duplicates
from annotator.core.assigning import Candidate, Reader, dealt, with_overlap
from tests.bench.measuring import Figure, article, best_pair, report, seconds, words

ARTICLES, LENGTH, SOURCES, TWICE = 10_000, 2_000, 20, 200
PEOPLE = [Reader(f"a{n}", f"a{n}", 1 + n % 2) for n in range(5)]


def texts(n: int) -> list[str]:
    """Return `n` articles: each fiftieth is one of the others with little changed."""
    chance, vocabulary = random.Random(11), words()
    shared = [article(chance, vocabulary, LENGTH // 10, source) for source in range(SOURCES)]
    made = [
        shared[number % SOURCES] + article(chance, vocabulary, LENGTH * 9 // 10, number)
        for number in range(n)
    ]
    for number in range(0, n, n // TWICE):
        changed = made[number].split()
        changed[100:103] = ["غيره"]
        made[(number + 7) % n] = " ".join(changed)
    return made


def candidates(groups: list[int]) -> list[Candidate]:
    """Return the articles as they are assigned, in their groups."""
    return [
        Candidate(f"{number:064x}", f"s{number % SOURCES}", 1000 + number % 1999, group)
        for number, group in enumerate(groups)
    ]


def assigned(given: list[Candidate]) -> None:
    """Let each article be read by two, and then one half by a third."""
    dealt(with_overlap(given, PEOPLE, 2), PEOPLE)
    dealt(with_overlap(given, PEOPLE, 1, len(given) // 2), PEOPLE)


def main() -> int:
    """Measure the search, how it grows, and the dealing."""
    some = texts(ARTICLES)
    groups = near_duplicates(some)
    if len(some) - len(set(groups)) != TWICE:
        print("near-duplicates were overlooked")
        return 1
    ours, bare = best_pair(partial(near_duplicates, some), lambda: [fold(one) for one in some])
    half = min(seconds(partial(near_duplicates, some[: ARTICLES // 2])) for _ in range(3))
    dealing, _ = best_pair(partial(assigned, candidates(groups)), lambda: None)
    told = f"{ours:.1f} s, one fold {bare:.2f} s"
    return report(
        [
            Figure("near-duplicates of 10,000 articles in folds", ours / bare, 35, False, told),
            Figure("twice as many articles", ours / half, 2.6, False, f"half in {half:.1f} s"),
            Figure(
                "dealing them twice to five people in folds",
                dealing / bare,
                10,
                False,
                f"{dealing:.2f} s",
            ),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
