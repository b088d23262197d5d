"""`hashiya unseen`: what is not seen, counted by article, and copies put right."""

from pathlib import Path

from tests.cli.running import hashiya

REVERSED = "2025 ﺔﻳﺎﻬﻨﻟﺍ"


def imported(project_file: Path, text: str) -> str:
    source = project_file.with_name("نص.txt")
    source.write_text(text, encoding="utf-8")
    ran = hashiya("import", project_file, source, "--json")
    assert ran.code == 0
    return str(ran.told["remarks"][0]["code"]) if ran.told["remarks"] else ""


def test_what_is_not_seen_is_counted_by_article(project_file: Path) -> None:
    assert imported(project_file, "قــال\u200f  هو") == ""

    told = hashiya("unseen", project_file, "--json").told["articles"]

    assert [row["unseen"] for row in told if row["title"] == "نص"] == [
        {"bidi": 1, "tatweel": 2, "spaces": 1}
    ]


def test_a_copy_put_right_is_added_when_it_is_asked_for(project_file: Path) -> None:
    assert imported(project_file, REVERSED) == "order_of_eye"
    n = len(hashiya("articles", project_file, "--json").told["articles"])

    told = hashiya("unseen", project_file, "--right", "--json").told["articles"]

    (copy,) = [row["copy"] for row in told if "copy" in row]
    found = hashiya("articles", project_file, "--json").told["articles"]
    assert len(found) == n + 1
    assert copy in {one["uid"] for one in found}
    again = hashiya("unseen", project_file, "--right", "--json").told["articles"]
    assert [row["copy"] for row in again if "copy" in row] == [copy]


def test_it_is_told_in_words(project_file: Path) -> None:
    imported(project_file, REVERSED)

    said = hashiya("unseen", project_file, "--article", _uid(project_file), lang="ar").out

    assert "أشكال الحروف (7)" in said
    assert "كلماته معكوسة" in said


def test_where_nothing_is_unseen_that_is_said(project_file: Path) -> None:
    uid = hashiya("articles", project_file, "--json").told["articles"][0]["uid"]

    ran = hashiya("unseen", project_file, "--article", uid)

    assert ran.code == 0
    assert ran.out == "Nothing in the articles is unseen.\n"


def _uid(project_file: Path) -> str:
    rows = hashiya("articles", project_file, "--json").told["articles"]
    return next(str(row["uid"]) for row in rows if row["title"] == "نص")
