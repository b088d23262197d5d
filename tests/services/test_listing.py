"""Listings: which rows come, with which keys, in which order; and what is hidden."""

from collections.abc import Callable, Iterator

import pytest

from annotator.core.errors import UserError
from annotator.services import listing, projectwide
from annotator.services.listing import Filter
from annotator.store.project import Project
from tests.formats.rows import Row, bare, empty, example, imported, span

SARA, BADR = "سارة", "بدر"
ONE, TWO = (example(number)["article"]["sha256"] for number in (1, 2))


@pytest.fixture(scope="module")
def team() -> Iterator[Project]:
    """Return a project with two articles; one is read by two, the other by one."""
    with empty() as project:
        badr = {"uid": "u-badr", "name": BADR, "kind": "human"}
        imported(project, example(1), example(2, status="started"))
        imported(project, example(1, annotator=badr, status="new", stances=[], answers=[]))
        imported(project, bare("خبر لم يقرأه أحد", annotator={}))
        yield project


def listed(rows: Iterator[Row]) -> list[Row]:
    return list(rows)


# --- articles ------------------------------------------------------------------------------------


def test_articles_are_listed_as_they_came_with_the_status_of_every_reader(team: Project) -> None:
    found = listed(listing.articles(team))

    assert [list(row) for row in found] == [["uid", "sha256", "title", "length", "status"]] * 3
    assert found[0] == {
        "uid": ONE[:16],
        "sha256": ONE,
        "title": "خبر 1",
        "length": len(example(1)["text"]),
        "status": {SARA: "done", BADR: "new"},
    }
    assert [row["status"] for row in found[1:]] == [{SARA: "started"}, {}]


@pytest.mark.parametrize(
    ("wanted", "n"),
    [
        (Filter(), 3), (Filter(limit=2), 2), (Filter(limit=99), 3), (Filter(article=TWO), 1),
        (Filter(article=TWO[:16]), 1), (Filter(status="done"), 1), (Filter(status="skipped"), 0),
        (Filter(who=SARA, status="started"), 1), (Filter(who=BADR, status="done"), 0),
        (Filter(who=BADR, status="new"), 3), (Filter(who="u-badr"), 3), (Filter(who="سَارة"), 3),
        (Filter(status="started", limit=1), 1), (Filter(article=ONE, status="started"), 0),
        (Filter(kind="entity"), 2), (Filter(kind="stance", who=BADR), 0), (Filter(type="PERS"), 2),
        (Filter(type="NOBODY"), 0), (Filter(kind="event", type="PERS"), 0),
    ],
)  # fmt: skip
def test_articles_are_filtered(team: Project, wanted: Filter, n: int) -> None:
    assert len(listed(listing.articles(team, wanted))) == n


def test_with_a_reader_only_her_status_is_told_and_new_where_she_has_not_begun(
    team: Project,
) -> None:
    found = [row["status"] for row in listing.articles(team, Filter(who=BADR))]

    assert found == [{BADR: "new"}] * 3


LISTINGS = [listing.articles, listing.labels, listing.problems, listing.history]


@pytest.mark.parametrize("rows", LISTINGS)
def test_what_is_not_there_is_refused_by_name(
    team: Project, rows: Callable[..., Iterator[Row]]
) -> None:
    with pytest.raises(UserError, match="unknown_article"):
        list(rows(team, Filter(article="0" * 64)))
    with pytest.raises(UserError, match="unknown_annotator"):
        list(rows(team, Filter(who="زينب")))


def test_two_readers_of_the_same_name_are_both_told() -> None:
    with empty() as project:
        for uid, status in (("u-1", "done"), ("u-2", "started")):
            imported(project, example(1, annotator={"uid": uid, "name": SARA}, status=status))

        (row,) = listing.articles(project)

        assert sorted(row["status"].values()) == ["done", "started"]
        assert len(listed(listing.articles(project, Filter(status="done")))) == 1


# --- labels --------------------------------------------------------------------------------------

FIRST = ["kind", "uid", "article", "annotator", "type", "start", "end", "quote"]
N = {"entity": 3, "event": 2, "argument": 2, "stance": 1, "relation": 1, "answer": 2}


def test_labels_begin_with_the_keys_of_the_interface(team: Project) -> None:
    found = listed(listing.labels(team))

    assert len(found) == 3 * sum(N.values()) - 3
    assert all(list(row)[:8] == FIRST for row in found)
    for row in found:
        text = team.text(team.article(row["article"]).sha256)
        assert text[row["start"] : row["end"]] == row["quote"]


def test_a_label_is_told_with_what_is_its_own(team: Project) -> None:
    found = {row["kind"]: row for row in listing.labels(team, Filter(article=ONE, who=SARA))}
    entities = listed(listing.labels(team, Filter(article=ONE, who=SARA, kind="entity")))
    putin = next(row for row in entities if row["quote"] == "بوتين")

    assert putin["head"] == [span("بوتين")]
    assert putin["attributes"] == [{"name": "mention", "value": "NAM"}]
    assert putin["origin"] == {"by": "suggestion", "source": "ذاكرة", "confidence": 0.375}
    assert (putin["link"], putin["note"], putin["doubt"]) == ("Vladimir Putin", "ملاحظة", "أهو هو؟")
    assert (
        found["argument"]["quote"]
        == {"cause": "التقى", "actor": "بوتين"}[found["argument"]["type"]]
    )
    assert found["stance"]["target"] == {"kind": "topic", "ref": "peace-talks"}
    assert found["stance"]["holder"]["kind"] == "entity"
    assert (found["stance"]["voice"], found["stance"]["quote"]) == ("reported", "مفيدًا")
    assert {found["relation"]["source"], found["relation"]["target"]} <= {
        row["uid"] for row in entities
    }
    assert (found["answer"]["type"], found["answer"]["values"]) == ("summary", ["لقاء في موسكو"])
    assert (found["answer"]["start"], found["answer"]["end"], found["answer"]["quote"]) == (
        0,
        0,
        "",
    )


def test_a_label_of_several_spans_tells_them_all(team: Project) -> None:
    wanted = Filter(article=ONE, who=SARA, kind="entity")
    (row,) = [one for one in listing.labels(team, wanted) if "ويتكوف" in one["quote"]]

    assert row["quote"] == "المبعوث ويتكوف"
    assert row["spans"] == [span("المبعوث"), span("ويتكوف")]


@pytest.mark.parametrize(
    ("wanted", "n"),
    [
        (Filter(who=SARA), 22), (Filter(who=BADR), 8), (Filter(article=TWO), 11),
        (Filter(kind="entity"), 9), (Filter(kind="answer"), 4), (Filter(type="PERS"), 6),
        (Filter(kind="event", type="PERS"), 0), (Filter(type="favor"), 2),
        (Filter(type="actor"), 3),
        (Filter(status="done"), 11), (Filter(status="started"), 11), (Filter(status="skipped"), 0),
        (Filter(limit=5), 5), (Filter(kind="entity", limit=4), 4), (Filter(limit=10**6), 30),
        (Filter(article=ONE, who=BADR, kind="relation"), 1),
    ],
)  # fmt: skip
def test_labels_are_filtered(team: Project, wanted: Filter, n: int) -> None:
    assert len(listed(listing.labels(team, wanted))) == n


def test_labels_come_article_by_article_in_the_order_of_export(team: Project) -> None:
    found = [(row["article"], row["annotator"]) for row in listing.labels(team)]
    groups = list(dict.fromkeys(found))

    assert groups == sorted(groups, key=lambda pair: pair[0])
    assert found == sorted(found, key=groups.index)
    starts = [row["start"] for row in listing.labels(team, Filter(article=ONE, who=SARA,
                                                                  kind="entity"))]  # fmt: skip
    assert starts == sorted(starts)


def test_listings_give_row_after_row_and_do_not_hold_them(team: Project) -> None:
    for rows in LISTINGS:
        found = rows(team)
        assert iter(found) is found
        next(found, None)


# --- withdrawn articles --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "n"),
    [(Filter(type="PERS"), 3), (Filter(type="NOBODY"), 0), (Filter(status="done"), 1),
     (Filter(status="started"), 1), (Filter(status="skipped"), 0)],
)  # fmt: skip
def test_history_is_filtered_by_what_was_changed(team: Project, wanted: Filter, n: int) -> None:
    assert len(listed(listing.history(team, wanted))) == n


def test_withdrawn_articles_are_hidden_from_every_list_but_history() -> None:
    with empty() as project:
        imported(project, example(1, events=[], stances=[], relations=[]), example(2))
        for row in listed(listing.articles(project)):
            projectwide.withdraw(project, row["sha256"])

        assert listed(listing.articles(project)) == []
        assert listed(listing.labels(project)) == []
        assert listed(listing.problems(project)) == []
        assert [row["kind"] for row in listing.history(project)][-2:] == ["withdraw"] * 2
