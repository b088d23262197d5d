"""Searching a project: hits on the original, filters, pages, counts, and patterns that hang."""

import json
from collections.abc import Iterator

import pytest

from annotator.arabic.fold import find_all, fold, index_query
from annotator.core.errors import UserError
from annotator.core.model import Region
from annotator.services import importing, labelling, projectwide, searching
from annotator.services.searching import Counted, Found, Pattern, Query, Where
from annotator.store import indexing
from annotator.store.project import Project
from annotator.store.searching import occurrences
from tests.projects import (
    TEXTS,
    add_articles,
    code_of,
    extent_of,
    layer_of,
    made,
    quick_folder,
    sha_of,
)

MORE = (
    "قال ترامب: لأوكرانيا وأوكرانيا حقوق، وللاتحاد الأوروبي كلمة.",
    "أوكرانيا " * 30 + "\n" + "الاتحاد الأوروبي",
)


@pytest.fixture(scope="module")
def project() -> Iterator[Project]:
    """Give a project that the tests here only read, with labels of two annotators."""
    with quick_folder() as folder, Project.open(made(folder)) as project:
        add_articles(project, *MORE)
        row = {"format": "hashiya/1", "article": {"source": "موقع الجزيرة"}, "text": "زرافة"}
        (folder / "one.jsonl").write_text(json.dumps(row), "utf-8")
        importing.import_sources(project, [folder / "one.jsonl"])
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
        labelling.add_entity(project, layer_of(project, "a2"), extent_of("بوتين", 0, 1), "ORG")
        labelling.set_status(project, layer_of(project, "a1", 1), "done")
        line = TEXTS[0].index("\n") + 1
        regions = [Region(0, line, "nav"), Region(line, len(TEXTS[0]), "body")]
        projectwide.set_regions(project, sha_of(0), regions)
        yield project


def found(project: Project, query: str, where: Where = searching.ANYWHERE) -> list[Found]:
    return list(searching.hits(project, Query(query), where))


def places(hits: list[Found]) -> list[tuple[str, int]]:
    return [(hit.article, hit.start) for hit in hits]


def test_hits_lie_on_the_original_with_what_stands_around_them(project: Project) -> None:
    hits = found(project, "أوكرانيا")
    assert len(hits) == 32
    for hit in hits:
        text = project.text(hit.article)
        assert text[hit.start : hit.end] == hit.quote == "أوكرانيا"
        assert text[: hit.start].endswith(hit.left)
        assert text[hit.end :].startswith(hit.right)
    assert hits[0].left.endswith(" ل")
    assert [hit.quote for hit in found(project, "الاتحاد")] == ["لاتحاد", "الاتحاد"]


def test_articles_come_in_the_order_in_which_they_were_imported(project: Project) -> None:
    hits = [*map(sha_of, range(3)), *map(sha_of, MORE)]
    seen = list(dict.fromkeys(hit.article for hit in found(project, "في")))
    assert seen == [one for one in hits if one in seen]
    assert len(seen) == 3


def test_pages_follow_one_another_without_a_gap(project: Project) -> None:
    whole = found(project, "أوكرانيا")
    after, pages = searching.BEGINNING, []
    for _ in range(100):
        page = searching.page(project, Query("أوكرانيا"), after=after, limit=7)
        pages.append(page)
        after = page.after
        if page.is_last:
            break
    assert [hit for page in pages for hit in page.hits] == whole
    assert [len(page.hits) for page in pages] == [7, 7, 7, 7, 4]
    assert places(found(project, "بوتين")) == places(list(searching.hits(project, Query("بوتين"))))


def test_a_query_behind_clitics_is_read_without_them_too_and_that_comes_later(
    project: Project,
) -> None:
    hits = found(project, "لأوكرانيا")
    assert [hit.quote for hit in hits] == ["لأوكرانيا"] + 31 * ["أوكرانيا"]
    assert [hit.place.reading for hit in hits] == [0] + 31 * [1]
    assert hits[1].left.endswith("و")
    bare = places(found(project, "أوكرانيا"))
    assert places(hits[1:]) == [place for place in bare if place[1] != hits[0].start + 1]
    assert [hit.quote for hit in found(project, "والاتحاد الأوروبي")] == [
        "لاتحاد الأوروبي",
        "الاتحاد الأوروبي",
    ]
    assert len(found(project, "فللاتحاد")) == 2


def test_pages_and_counts_go_on_from_one_reading_to_the_next(project: Project) -> None:
    seen: list[Found] = []
    query, after = Query("لأوكرانيا"), searching.BEGINNING
    for _ in range(100):
        page = searching.page(project, query, after=after, limit=5)
        seen += page.hits
        after = page.after
        if page.is_last:
            break
    assert seen == found(project, "لأوكرانيا")
    assert searching.count(project, query).n == len(seen) == 32
    few = searching.count(project, query, most=3)
    assert searching.count(project, query, so_far=few).n == 32


@pytest.mark.parametrize(
    "query",
    [
        Query("لأوكرانيا", with_clitics=False),
        Query("لأوكرانيا", is_prefix=True),
        Query(":لأوكرانيا"),
    ],
)
def test_the_clitics_of_a_query_stay_where_they_are_asked_for(
    project: Project, query: Query
) -> None:
    assert all(hit.place.reading == 0 for hit in searching.hits(project, query))
    as_written = searching.hits(project, Query("لأوكرانيا"), is_as_written=True)
    assert [hit.quote for hit in as_written] == ["لأوكرانيا"]


@pytest.mark.parametrize("query", ["بوتين", "القاهرة", "لقاءه", "وزير", "في", "بغداد"])
def test_a_word_that_only_looks_like_one_behind_clitics_is_read_once(
    project: Project, query: str
) -> None:
    assert all(hit.place.reading == 0 for hit in found(project, query))


def test_hits_are_counted_exactly_up_to_a_number(project: Project) -> None:
    query = Query("أوكرانيا")
    assert searching.count(project, query) == Counted(
        32, searching.count(project, query).after, True
    )
    few = searching.count(project, query, most=10)
    assert (few.n, few.is_whole) == (10, False)
    assert searching.count(project, query, so_far=few).n == 32


@pytest.mark.parametrize(
    ("where", "n"),
    [
        (Where(), 2),
        (Where(article=sha_of(0)[:16]), 2),
        (Where(article=sha_of(1)), 0),
        (Where(region="nav"), 1),
        (Where(region="annotatable"), 1),
        (Where(region="caption"), 0),
        (Where(status="started"), 2),
        (Where(status="started", who="a2"), 2),
        (Where(status="new"), 0),
        (Where(status="done"), 0),
        (Where(type="PERS"), 1),
        (Where(type="PER"), 1),
        (Where(type="PERS", who="a1"), 1),
        (Where(type="PERS", who="a2"), 0),
        (Where(type="GPE"), 0),
        (Where(unlabelled_by="a1"), 1),
        (Where(unlabelled_by="a2", type="ORG"), 0),
    ],
)
def test_filters_leave_out_what_they_say(project: Project, where: Where, n: int) -> None:
    assert len(found(project, "بوتين", where)) == n
    assert searching.count(project, Query("بوتين"), where).n == n


def test_a_source_is_named_by_a_part_of_it(project: Project) -> None:
    assert len(found(project, "زرافة", Where(source="الجزيره"))) == 1
    assert found(project, "زرافة", Where(source="الأهرام")) == []
    assert found(project, "بوتين", Where(source="الجزيرة")) == []


def test_the_status_of_articles_that_nobody_began_is_new(project: Project) -> None:
    articles = {hit.article for hit in found(project, "في", Where(status="new"))}
    assert articles == {sha_of(2)}
    assert {hit.article for hit in found(project, "في", Where(status="done"))} == {sha_of(1)}
    mine = {hit.article for hit in found(project, "في", Where(status="new", who="a2"))}
    assert mine == {sha_of(1), sha_of(2)}


@pytest.mark.parametrize(
    ("where", "code"),
    [
        (Where(who="ليس هنا"), "unknown_annotator"),
        (Where(unlabelled_by="ليس هنا"), "unknown_annotator"),
        (Where(article="0" * 16), "unknown_article"),
        (Where(region="body2"), "unknown_region_role"),
    ],
)
def test_what_is_not_there_cannot_be_asked_for(project: Project, where: Where, code: str) -> None:
    assert code_of(lambda: found(project, "بوتين", where)) == code


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "empty_query"),
        ("ٌ", "empty_query"),
        ("ـــ", "empty_query"),
        ("؟!", "empty_query"),
        ("ب" * 10_000, "query_too_long"),
        ("قال " * 2_500, "query_too_long"),
    ],
)
def test_a_query_of_nothing_and_one_without_end_are_refused(
    project: Project, query: str, code: str
) -> None:
    assert code_of(lambda: found(project, query)) == code


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "بوتين OR مصر",
        "NOT في",
        "في*",
        "NEAR(في موسكو)",
        "'; --",
        '"في" AND "بغداد"',
        "text:في",
    ],
)
def test_signs_in_a_query_are_never_syntax(project: Project, query: str) -> None:
    assert found(project, "لا " + query) == []


@pytest.mark.parametrize("query", ["و", "ب", "لل", "وال", "وب"])
def test_clitics_alone_are_words_like_others(project: Project, query: str) -> None:
    assert found(project, query) == []


def test_each_word_of_the_articles_is_found_where_the_text_has_it(project: Project) -> None:
    for n, text in enumerate(TEXTS):
        for word in set(text.replace(".", " ").replace("،", " ").split()):
            if not index_query(word):
                continue
            hits = searching.hits(
                project, Query(word, with_clitics=False), Where(article=sha_of(n))
            )
            assert [(hit.start, hit.end) for hit in hits] == find_all(text, word)
            assert sha_of(n) in {hit.article for hit in found(project, word)}


def test_a_beginning_is_looked_for_where_it_is_asked_for(project: Project) -> None:
    def quotes(query: str) -> set[str]:
        return {hit.quote for hit in searching.hits(project, Query(query, is_prefix=True))}

    assert quotes("أوكران") == {"أوكرانيا"}
    assert quotes("أو") == {"أوكرانيا"}
    assert quotes("الاتحاد الأ") == {"لاتحاد الأوروبي", "الاتحاد الأوروبي"}
    assert quotes("الاتحاد الأوروب") == {"لاتحاد الأوروبي", "الاتحاد الأوروبي"}


def test_articles_that_no_index_has_yet_are_searched_too(project: Project) -> None:
    value = project.connection.execute("SELECT value FROM settings WHERE name='indexed'").fetchone()
    whole = found(project, "أوكرانيا")
    project.connection.execute("UPDATE settings SET value='5' WHERE name='indexed'")
    try:
        assert {hit.article for hit in found(project, "أوكرانيا")} == {hit.article for hit in whole}
        assert indexing.pending(project) == 1
    finally:
        project.connection.execute("UPDATE settings SET value=? WHERE name='indexed'", value)


def test_withdrawn_articles_are_not_searched() -> None:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        projectwide.withdraw(project, sha_of(0))
        assert found(project, "بوتين") == []


def test_words_are_counted_for_a_guess(project: Project) -> None:
    assert occurrences(project, "اوكرانيا") == 30
    assert occurrences(project, "لاوكرانيا") == 1
    assert occurrences(project, "ليست") == 0


WORD = "بوتين"
HARD = {
    "without blanks": ("قالبوتين" * 12_000, 0),
    "drawn out": ("".join(f"{one}ـ" for one in f"قال {WORD} ثم " * 3_000), 3_000),
    "vocalised": ("".join(f"{one}\u064e" for one in f"قال و{WORD} " * 3_000), 3_000),
    "shapes of old fonts": ("ﻗﺎﻝ ﺑﻮﺗﻴﻦ " * 3_000, 3_000),
    "one paragraph": (f"قال ل{WORD} " * 8_000, 8_000),
}


@pytest.mark.parametrize("what", HARD)
def test_texts_of_every_kind_are_searched_exactly(what: str) -> None:
    text, n = HARD[what]
    with quick_folder() as folder, Project.open(made(folder, texts=())) as project:
        add_articles(project, text)
        hits = searching.page(project, Query(WORD), limit=10_000).hits
        assert len(hits) == n
        assert all(text[hit.start : hit.end] == hit.quote for hit in hits)
        assert all(fold(hit.quote) == WORD for hit in hits)


# --- regular expressions --------------------------------------------------------------------------


def test_a_pattern_is_over_the_text_as_it_stands_or_over_its_fold(project: Project) -> None:
    def quotes(pattern: Pattern) -> list[str]:
        return [hit.quote for hit in searching.hits(project, pattern)]

    assert quotes(Pattern("[وف]?بو\\w+")) == ["بوتين", "بوتين"]
    assert quotes(Pattern("منظمة")) == ["منظمة"]
    assert quotes(Pattern("منظمه", "letters")) == ["مُنظَّمة", "منظمة"]
    assert quotes(Pattern("^هاجم")) == ["هاجم"]
    assert quotes(Pattern("x*")) == []


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("", "empty_query"),
        ("(", "bad_pattern"),
        ("a{99999999999}", "bad_pattern"),
        ("(" * 500 + ")" * 500, "bad_pattern"),
        ("a" * 10_000, "query_too_long"),
        (r"(\w+\s*)+$x", "pattern_too_slow"),
    ],
)
def test_a_bad_pattern_is_refused_and_a_hanging_one_is_ended(
    project: Project, pattern: str, code: str
) -> None:
    assert code_of(lambda: list(searching.hits(project, Pattern(pattern)))) == code


def test_a_fault_in_a_pattern_has_its_place(project: Project) -> None:
    with pytest.raises(UserError) as caught:
        list(searching.hits(project, Pattern("بوت(ين")))
    assert caught.value.data["at"] == 4
