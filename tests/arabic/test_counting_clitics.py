"""What the bench of clitics counts, on a treebank small enough to count by hand."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import clitics, conllu

ROOT = Path(__file__).resolve().parents[2]
TREEBANK = """\
# text = وقال للوزير: كتابه وـصل، بعدما
1-2\tوقال\t_
1\tو\t_
2\tقال\t_
3-4\tللوزير\t_
3\tل\t_
4\tالوزير\t_
5\t:\t_
6-7\tكتابه\t_
6\tكتاب\t_
7\tه\t_
8\tو\t_
9\tـ\t_
10\tصل\t_
11\t،\t_
12\tبعد\t_
13\tما\t_

# text = من بغداد قال
1\tمن\t_
2\tب\t_
3\tغداد\t_
4\tقال\t_
"""


@pytest.fixture
def words(tmp_path: Path) -> list[clitics.Written]:
    path = tmp_path / "small.conllu"
    path.write_text(TREEBANK, encoding="utf-8")
    return [word for one in conllu.sentences(path) for word in clitics.written(one)]


def test_words_are_put_together_and_parted_where_the_treebank_parts_them(
    words: list[clitics.Written],
) -> None:
    assert [(word.form, sorted(word.cuts)) for word in words] == [
        ("وقال", [1]),
        ("للوزير", [1]),
        ("كتابه", [4]),
        ("و", []),
        ("صل", []),
        ("بعدما", [3]),
        ("من", []),
        ("بغداد", [1]),
        ("قال", []),
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "holds no sentence."),
        ("# text = \n1\tقال\t_\n\n", "holds no sentence."),
        ("قال الوزير\n", "is not CoNLL-U in UTF-8."),
        (None, "No such file or directory"),
    ],
    ids=["empty", "blank", "no-treebank", "not-there"],
)
@pytest.mark.parametrize("bench", ["sentences", "clitics"])
def test_without_a_treebank_a_bench_ends_with_one_sentence(
    tmp_path: Path, bench: str, given: str | None, said: str
) -> None:
    path = tmp_path / "given.conllu"
    if given is not None:
        path.write_text(given, encoding="utf-8")

    ran = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{bench}", str(path)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=60,
        check=False,
    )

    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith(str(path))
    assert (ran.stderr.count("\n"), ran.stderr.strip()[-len(said) :]) == (1, said)


def test_cuts_and_guesses_are_counted(words: list[clitics.Written]) -> None:
    found = clitics.counted(words)

    assert (found.n_words, found.n_cuts, found.n_among) == (9, 5, 4)  # بعدما is no clitic
    assert (found.front.right, found.front.wrong, found.front.missed) == (2, 0, 1)  # ب|غداد
    assert (found.behind.right, found.behind.wrong, found.behind.missed) == (1, 0, 0)


def test_a_score_is_told_as_precision_recall_and_f() -> None:
    score = clitics.Score()
    score.add({1, 2}, {2, 3, 4})
    assert score.told == "0.500 / 0.333 / 0.400"
