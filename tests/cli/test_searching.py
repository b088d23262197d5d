"""`hashiya search`, on the sample articles and on signs that are no syntax."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.measuring import SEEDS
from tests.cli.running import article_in, hashiya, program

TEXTS = {path.name: path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))}
UKRAINE = 29
"""Places of أوكرانيا in the sample articles, one of them glued to the word before it."""


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a project of the sample articles, which the tests here only read."""
    folder = tmp_path_factory.mktemp("seeds")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HASHIYA_DATA", str(folder / "data"))
        path = folder / "seeds.hashiya"
        assert hashiya("new", path).code == 0
        assert hashiya("import", path, SEEDS).code == 0
        yield path


def test_a_name_is_found_bare_and_behind_clitics_at_its_very_place(seeds: Path) -> None:
    told = hashiya("search", seeds, "أوكرانيا", "--fold", "letters", "--clitics", "--json").told

    assert set(told) == {"ok", "hits", "n"}
    assert told["n"] == len(told["hits"]) >= UKRAINE - 1
    uids = [row["uid"] for row in hashiya("articles", seeds, "--json").told["articles"]]
    by_uid = dict(zip(uids, TEXTS.values(), strict=True))
    for hit in told["hits"]:
        text = by_uid[hit["article"]]
        assert text[hit["start"] : hit["end"]] == hit["quote"] == "أوكرانيا"
        assert text[: hit["start"]].endswith(hit["left"])
        assert text[hit["end"] :].startswith(hit["right"])
    n_bare = hashiya("search", seeds, "أوكرانيا", "--no-clitics", "--json").told["n"]
    assert n_bare == 20


@pytest.mark.parametrize(
    ("query", "quote", "before"), [("ترامب", "ترامب", "و"), ("بوتين", "بوتين", "و")]
)
def test_the_hit_lies_on_the_stem_alone(seeds: Path, query: str, quote: str, before: str) -> None:
    hits = hashiya("search", seeds, query, "--json").told["hits"]
    assert {hit["quote"] for hit in hits} == {quote}
    assert any(hit["left"].endswith(before) for hit in hits)


def test_the_marks_behind_and_a_lam_for_the_article_are_covered(
    tmp_path: Path, project_file: Path
) -> None:
    article = tmp_path / "كتاب.txt"
    article.write_text("كتابٌ للاتحاد", "utf-8")
    assert hashiya("import", project_file, article).code == 0

    for query, quote in (("كتاب", "كتابٌ"), ("الاتحاد", "لاتحاد")):
        hits = hashiya("search", project_file, query, "--json").told["hits"]
        assert [hit["quote"] for hit in hits] == [quote]


def test_rows_are_limited_and_all_are_counted(seeds: Path) -> None:
    told = hashiya("search", seeds, "أوكرانيا", "--limit", 3, "--json").told
    assert (len(told["hits"]), told["n"]) == (3, 28)
    ran = hashiya("search", seeds, "في", "--limit", 0, "--json").told
    assert ran["n"] == len(ran["hits"]) > 50


def test_rows_can_be_streamed(seeds: Path) -> None:
    ran = hashiya("search", seeds, "أوكرانيا", "--jsonl", "--limit", 4)
    assert [set(row) for row in ran.rows] == [
        {"article", "start", "end", "quote", "left", "right"}
    ] * 4
    assert hashiya("search", seeds, "أوكرانيا", "--jsonl", "--json").code == 2


def test_people_read_a_line_a_hit(seeds: Path) -> None:
    ran = hashiya("search", seeds, "أوكرانيا", "--limit", 2)
    head, *rows = ran.out.splitlines()
    assert head.split() == ["Article", "Place", "Text"]
    assert len(rows) == 2
    assert all("[أوكرانيا]" in row for row in rows)
    assert ran.err == "28 hits.\n"
    assert hashiya("search", seeds, "زخرفستان", lang="ar").err == "لا مواضع.\n"


def test_a_beginning_and_a_pattern_are_asked_for_by_options(seeds: Path) -> None:
    def quotes(*words: object) -> set[str]:
        told = hashiya("search", seeds, *words, "--limit", 0, "--json").told
        return {hit["quote"] for hit in told["hits"]}

    assert quotes("أوكران") == set()
    assert quotes("أوكران", "--prefix") == {"أوكرانيا"}
    assert "موسكو" in quotes("مو", "--prefix")
    assert quotes("أوكران.a") == set()
    assert quotes(r"ويت\w+", "--regex") == {"ويتكوف"}
    assert quotes("اوكراني.", "--regex", "--fold", "letters") >= {"أوكرانيا"}
    assert hashiya("search", seeds, "x", "--regex", "--prefix").code == 2


def test_filters_can_be_given(seeds: Path) -> None:
    article = article_in(seeds)
    one = hashiya("search", seeds, "بوتين", "--article", article, "--json").told
    assert {hit["article"] for hit in one["hits"]} == {article}
    for words in (
        ("--status", "done"),
        ("--region", "nav"),
        ("--type", "PERS"),
        ("--source", "ليس هنا"),
    ):
        told = hashiya("search", seeds, "بوتين", *words, "--json").told
        assert told["n"] < 40
    assert hashiya("search", seeds, "بوتين", "--unlabelled-by", "x", "--json").code == 2


@pytest.mark.parametrize(
    ("query", "code", "error"),
    [
        ("", 2, "empty_query"),
        ("ٌ", 2, "empty_query"),
        ("ب" * 10_000, 2, "query_too_long"),
        ("و", 0, ""),
        ('"بوتين" OR NEAR(', 0, ""),
        ("%_*^", 2, "empty_query"),
        ("--", 2, ""),
    ],
)
def test_bad_queries_get_an_answer_or_one_sentence(
    seeds: Path, query: str, code: int, error: str
) -> None:
    ran = hashiya("search", seeds, "--json", query)
    assert ran.code == code
    assert "Traceback" not in ran.out + ran.err
    if error:
        assert ran.told["error"] == error
        assert ran.told["message"]


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("query", [r"(\w+\s*)+$x", "("])
def test_a_hanging_pattern_and_a_faulty_one_get_one_sentence(
    seeds: Path, query: str, lang: str
) -> None:
    ran = program("search", seeds, query, "--regex", "--lang", lang)
    assert ran.code == 2
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1


def test_more_than_a_thousand_hits_are_at_least_so_many(tmp_path: Path, project_file: Path) -> None:
    article = tmp_path / "كثير.txt"
    article.write_text("زرافة " * 1100, "utf-8")
    assert hashiya("import", project_file, article).code == 0

    told = hashiya("search", project_file, "زرافة", "--json").told
    assert (len(told["hits"]), told["n_at_least"], "n" in told) == (50, 1000, False)
    assert hashiya("search", project_file, "زرافة").err == "At least 1000 hits.\n"
    told = hashiya("search", project_file, "زرافة", "--limit", 0, "--json").told
    assert (len(told["hits"]), told["n_at_least"]) == (1100, 1100)
