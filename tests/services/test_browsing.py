"""The list of an annotator's articles, page by page, against the same list read at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.arabic.fold import index_fold
from annotator.core.model import Annotator
from annotator.services import browsing, labelling, projectwide
from annotator.services.browsing import Page, Wanted
from annotator.store import paging
from annotator.store.indexing import index_pending
from annotator.store.paging import Asked
from annotator.store.project import Project
from tests import projects

TITLES = (
    "الكرملين يعلن لقاءً في موسكو",
    "قمّة الدوحة: أوكرانيا وروسيا",
    "إستقالة وزير",
    "لقاء بالكرملين",
    "Vaccines <b>&",
    "أوكرانيا أولًا",
    "خبر",
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    path = projects.made(tmp_path, texts=tuple(f"{title}\n{'نص ' * 5}" for title in TITLES))
    with Project.open(path) as project:
        query = "UPDATE articles SET title=? WHERE id=?"
        project.connection.executemany(query, ((t, n) for n, t in enumerate(TITLES, 1)))
        index_anew(project)
        yield project


def index_anew(project: Project, up_to: int = len(TITLES)) -> None:
    """Index the titles up to a row id, as if the rest had just been imported."""
    connection = project.connection
    connection.execute("INSERT INTO titles(titles) VALUES('delete-all')")
    rows = [(n, index_fold(title)) for n, title in enumerate(TITLES[:up_to], 1)]
    connection.executemany("INSERT INTO titles(rowid,title) VALUES(?,?)", rows)
    connection.execute("UPDATE settings SET value=? WHERE name='indexed'", (str(up_to),))


@pytest.fixture
def annotator(project: Project) -> Annotator:
    return projects.annotator(project)


def set_status(project: Project, annotator: Annotator, title: str, status: str) -> None:
    labelling.set_status(project, project.layer(sha_of(project, title), annotator.uid), status)


def sha_of(project: Project, title: str) -> str:
    query = "SELECT sha256 FROM articles WHERE title=?"
    return str(project.connection.execute(query, (title,)).fetchone()[0])


def walked(project: Project, annotator: Annotator, wanted: Wanted, limit: int = 2) -> list[str]:
    """Read the list to its end, some rows at a time."""
    found, page = [], Page((), 0, is_last=False)
    while not page.is_last:
        page = browsing.page(project, annotator, wanted, page.after, limit)
        found += [row.title for row in page.rows]
    return found


def walked_back(project: Project, annotator: Annotator, wanted: Wanted) -> list[str]:
    """Read the list from its end to its beginning, two rows at a time."""
    found: list[str] = []
    page = Page((), 1000, is_last=False)
    while not page.is_last:
        page = browsing.page_before(project, annotator, wanted, page.after, 2)
        found = [row.title for row in page.rows] + found
    return found


def test_pages_give_every_article_once_in_the_order_in_which_they_came(
    project: Project, annotator: Annotator
) -> None:
    assert walked(project, annotator, Wanted()) == list(TITLES)
    assert walked_back(project, annotator, Wanted()) == list(TITLES)


def test_a_status_filters_also_what_was_never_begun(project: Project, annotator: Annotator) -> None:
    set_status(project, annotator, TITLES[1], "done")
    set_status(project, annotator, TITLES[4], "skipped")
    set_status(project, annotator, TITLES[5], "done")

    assert walked(project, annotator, Wanted("done")) == [TITLES[1], TITLES[5]]
    assert walked(project, annotator, Wanted("skipped")) == [TITLES[4]]
    rest = [title for n, title in enumerate(TITLES) if n not in (1, 4, 5)]
    assert walked(project, annotator, Wanted("new"), 1) == rest
    assert walked_back(project, annotator, Wanted("new")) == rest


def test_another_annotators_status_is_not_mine(project: Project, annotator: Annotator) -> None:
    set_status(project, projects.annotator(project, "a2"), TITLES[0], "done")

    assert walked(project, annotator, Wanted("done")) == []
    assert TITLES[0] in walked(project, annotator, Wanted("new"))


@pytest.mark.parametrize("indexed", [0, 3, len(TITLES)])
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("كرملين", (0, 3)),
        ("الكرملين", (0, 3)),
        ("لقاء", (0, 3)),
        ("اوكرانيا", (1, 5)),
        ("قمه الدوحه", (1,)),
        ("استقال", (2,)),
        ("VACC", (4,)),
        ("خبر لقاء", ()),
        ("<b>", (4,)),
        ('" OR "', ()),
    ],
)
def test_words_of_the_title_are_found_however_they_are_spelled_and_indexed(
    project: Project, annotator: Annotator, words: str, found: tuple[int, ...], indexed: int
) -> None:
    index_anew(project, indexed)

    expected = [TITLES[n] for n in found]
    assert walked(project, annotator, Wanted("", words), 1) == expected
    assert walked_back(project, annotator, Wanted("", words)) == expected


def test_a_filter_without_a_letter_finds_nothing_and_blanks_filter_nothing(
    project: Project, annotator: Annotator
) -> None:
    assert walked(project, annotator, Wanted("", "«…»")) == []
    assert walked(project, annotator, Wanted("", "  ")) == list(TITLES)


def test_status_and_words_filter_together(project: Project, annotator: Annotator) -> None:
    set_status(project, annotator, TITLES[3], "done")

    assert walked(project, annotator, Wanted("done", "لقاء")) == [TITLES[3]]
    assert walked(project, annotator, Wanted("new", "لقاء")) == [TITLES[0]]


def test_next_and_previous_follow_the_filter_even_for_an_article_that_left_it(
    project: Project, annotator: Annotator
) -> None:
    set_status(project, annotator, TITLES[1], "done")
    set_status(project, annotator, TITLES[5], "done")

    def around(n: int, wanted: Wanted) -> tuple[str, ...]:
        found = browsing.around(project, annotator, sha_of(project, TITLES[n]), wanted)
        return tuple(project.article(sha).title if sha else "" for sha in found)

    assert around(0, Wanted()) == ("", TITLES[1])
    assert around(6, Wanted()) == (TITLES[5], "")
    assert around(3, Wanted("done")) == (TITLES[1], TITLES[5])
    assert around(1, Wanted("new")) == (TITLES[0], TITLES[2])
    for indexed in (0, 2, 7):
        index_anew(project, indexed)
        assert around(2, Wanted("", "اوكرانيا")) == (TITLES[1], TITLES[5])


def test_withdrawn_articles_are_in_no_list_and_in_no_count(
    project: Project, annotator: Annotator
) -> None:
    gone = sha_of(project, TITLES[1])
    set_status(project, annotator, TITLES[1], "done")
    projectwide.withdraw(project, gone)

    assert TITLES[1] not in walked(project, annotator, Wanted())
    assert walked(project, annotator, Wanted("done")) == []
    counted = browsing.progress(project, annotator)
    assert (counted.done, counted.total) == (0, len(TITLES) - 1)
    assert browsing.row_of(project, annotator, gone) is None


def test_progress_and_places_are_the_same_in_whatever_steps_they_are_counted(
    project: Project, annotator: Annotator, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_status(project, annotator, TITLES[2], "done")
    set_status(project, annotator, TITLES[6], "done")
    for step in (1, 3, 100):
        monkeypatch.setattr(browsing, "_COUNTED_AT_ONCE", step)
        counted = browsing.progress(project, annotator)
        while not counted.is_whole:
            counted = browsing.progress(project, annotator, counted)
        assert (counted.done, counted.total) == (2, len(TITLES))
        places = [
            browsing.place(project, annotator, sha_of(project, title), counted) for title in TITLES
        ]
        assert places == list(range(1, len(TITLES) + 1))


def test_labels_are_counted_in_the_annotators_own_layers(
    project: Project, annotator: Annotator
) -> None:
    text = project.text(sha_of(project, TITLES[0]))
    layer = project.layer(sha_of(project, TITLES[0]), annotator.uid)
    labelling.add_entity(project, layer, projects.extent_of("الكرملين", text), "ORG")
    labelling.add_event(project, layer, projects.extent_of("موسكو", text), "MEET")

    assert browsing.label_counts(project, annotator, [1, 2]) == {1: 2}
    other = projects.annotator(project, "a2")
    assert browsing.label_counts(project, other, [1, 2]) == {}


def test_no_page_scans_a_table_or_sorts(project: Project) -> None:
    for asked in (
        Asked("x"),
        Asked("x", "done"),
        Asked("x", "new"),
        Asked("x", is_backward=True),
        Asked("x", "done", is_backward=True),
        Asked("x", "", '"كرملين"'),
        Asked("x", "done", '"كرملين"'),
    ):
        values = dict.fromkeys(("annotator", "status", "titles", "start", "end", "limit"), 1)
        plan = project.connection.execute(
            "EXPLAIN QUERY PLAN " + paging.page_query(asked), values
        ).fetchall()
        steps = [row[3] for row in plan]
        assert not [step for step in steps if "TEMP B-TREE" in step], steps
        scans = [step for step in steps if step.startswith("SCAN") and "CONSTANT" not in step]
        assert all("VIRTUAL TABLE INDEX" in step and "M" in step for step in scans), steps


def test_the_index_that_the_program_makes_is_the_one_that_is_asked(
    tmp_path: Path,
) -> None:
    with Project.open(projects.made(tmp_path, "other.hashiya")) as project:
        index_pending(project)
        who = projects.annotator(project)
        titles = [row.title for row in browsing.page(project, who).rows]
        assert walked(project, who, Wanted("", titles[1])) == [titles[1]]
