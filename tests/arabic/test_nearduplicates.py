"""Near-duplicates: what is one article twice, what is not, and the same on every machine."""

import os
import random
import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths
from annotator.arabic import nearduplicates
from annotator.arabic.nearduplicates import ALIKE, FEWEST_WORDS, near_duplicates, resemblance
from tests.strategies import texts

SEEDS = [path.read_text("utf-8") for path in sorted((paths.seeds() / "articles").glob("*.txt"))]
WORDS = " ".join(SEEDS).split()


def made(n: int, chance: random.Random) -> list[str]:
    return [chance.choice(WORDS) + str(chance.randrange(1000)) for _ in range(n)]


def with_changes(words: Sequence[str], n: int, chance: random.Random) -> list[str]:
    """Return `words` with `n` of them, far apart, replaced."""
    changed = list(words)
    for place in range(0, len(words), max(1, len(words) // n))[:n]:
        changed[place] = f"بديل{chance.randrange(10**9)}"
    return changed


# --- what is one article twice ------------------------------------------------------------------


def test_reports_of_the_same_events_are_no_near_duplicates() -> None:
    assert near_duplicates(SEEDS) == [0, 1, 2, 3, 4]
    pairs = [(one, other) for n, one in enumerate(SEEDS) for other in SEEDS[n + 1 :]]
    assert max(resemblance(*pair) for pair in pairs) < 0.02


@pytest.mark.parametrize("text", SEEDS, ids=range(5))
def test_marks_spelling_blanks_and_punctuation_make_no_other_article(text: str) -> None:
    other = text.replace("أ", "ا").replace("ة", "ه").replace("،", " ،  ").replace("\n", "\n\n")

    assert near_duplicates([text, SEEDS[0][:500], other.replace("ي", "يـ")])[2] == 0


@pytest.mark.parametrize("n_words", [FEWEST_WORDS, 80, 350, 2000])
def test_a_word_in_twenty_five_may_differ(n_words: int) -> None:
    chance = random.Random(n_words)  # noqa: S311
    for _ in range(20):
        words = made(n_words, chance)
        other = with_changes(words, n_words // 25, chance)
        assert near_duplicates([" ".join(words), SEEDS[0], " ".join(other)]) == [0, 1, 0]


def test_an_article_of_which_one_word_in_eight_differs_is_another() -> None:
    chance = random.Random(8)  # noqa: S311
    words = made(400, chance)

    assert near_duplicates([" ".join(words), " ".join(with_changes(words, 50, chance))]) == [0, 1]


def test_a_paragraph_may_be_added() -> None:
    chance = random.Random(3)  # noqa: S311
    words = made(300, chance)

    added = " ".join(words + made(90, chance))
    twice_as_long = " ".join(words + made(300, chance))

    assert near_duplicates([" ".join(words), added, twice_as_long]) == [0, 0, 2]


def test_what_is_near_to_one_of_a_group_belongs_to_it() -> None:
    chance = random.Random(5)  # noqa: S311
    words = made(500, chance)
    added = made(120, chance)
    step, far = [*words[60:], *added[:60]], [*words[120:], *added]
    first, second, third = (" ".join(one) for one in (words, step, far))
    assert resemblance(first, third) < ALIKE

    assert near_duplicates([first, third]) == [0, 1]
    assert near_duplicates([first, third, second]) == [0, 0, 0]


# --- short texts --------------------------------------------------------------------------------


def test_short_texts_are_near_duplicates_only_when_identical_after_folding() -> None:
    short = " ".join(WORDS[: FEWEST_WORDS - 20])

    assert near_duplicates([short, short + " أيضا", short.replace(" ", "\n")]) == [0, 1, 0]


def test_a_text_without_words_is_like_itself_alone() -> None:
    assert near_duplicates(["😀", "!!", "😀", "؟"]) == [0, 1, 0, 3]


def test_there_may_be_no_texts() -> None:
    assert near_duplicates([]) == []


# --- properties ---------------------------------------------------------------------------------


@given(st.lists(texts(1, 60), max_size=8))
def test_a_text_is_in_the_group_of_its_first_appearance(some: list[str]) -> None:
    groups = near_duplicates(some + some)

    assert groups[len(some) :] == groups[: len(some)]
    assert all(group <= n and groups[group] == group for n, group in enumerate(groups))


@given(texts(0, 200), texts(0, 200))
def test_resemblance_is_symmetric_and_1_with_itself(one: str, other: str) -> None:
    assert resemblance(one, other) == resemblance(other, one)
    assert 0 <= resemblance(one, other) <= 1
    assert resemblance(one, one) == 1


@given(st.integers(0, 2**32), st.integers(FEWEST_WORDS, 400), st.floats(0, 0.2))
def test_who_meets_is_who_resembles(seed: int, n_words: int, changed: float) -> None:
    """Pairs far from the threshold are always told rightly; what is exact is the comparison."""
    chance = random.Random(seed)  # noqa: S311
    words = made(n_words, chance)
    other = [f"غيره{chance.random()}" if chance.random() < changed else word for word in words]
    pair = " ".join(words), " ".join(other)
    likeness = resemblance(*pair)

    is_found = near_duplicates(pair) == [0, 0]

    assert is_found <= (likeness >= ALIKE)
    if likeness >= 0.8:
        assert is_found


def test_the_hashes_are_the_same_in_every_run() -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", _ASKED],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1] != b""


_ASKED = (
    "from annotator.arabic import nearduplicates as near\n"
    "print(near._keys(near._least(near._shingles(near._Words().of(' '.join(map(str,range(99))))))))"
)


def test_many_that_share_a_part_are_compared_with_few(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)  # noqa: S311
    shared = made(200, chance)
    alike = [" ".join(shared + made(150, chance)) for _ in range(400)]
    n_compared = 0
    exactly = nearduplicates._jaccard  # noqa: SLF001

    def counted(one: Sequence[int], other: Sequence[int]) -> float:
        nonlocal n_compared
        n_compared += 1
        return exactly(one, other)

    monkeypatch.setattr(nearduplicates, "_jaccard", counted)

    assert near_duplicates(alike) == list(range(400))
    assert n_compared <= 32 * len(alike)
