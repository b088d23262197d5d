"""`hashiya articles`, `labels`, `problems` and `history`."""

from pathlib import Path

import pytest

from tests.cli.running import article_in, hashiya, lines

LISTINGS = ["articles", "labels", "problems", "history"]


def test_articles_have_their_status_by_annotator(labelled_file: Path) -> None:
    (row,) = hashiya("articles", labelled_file, "--json").told["articles"]

    assert set(row) == {"uid", "sha256", "title", "length", "status"}
    assert row["sha256"].startswith(row["uid"])
    assert row["status"] == {"سارة": "started"}


def test_labels_have_what_the_interface_promises(labelled_file: Path) -> None:
    rows = hashiya("labels", labelled_file, "--json").told["labels"]

    assert [row["kind"] for row in rows] == ["entity", "entity", "event", "argument"]
    first = rows[0]
    assert (first["type"], first["start"], first["end"], first["quote"]) == ("PERS", 6, 11, "بوتين")
    assert (first["annotator"], first["article"]) == ("سارة", article_in(labelled_file))


@pytest.mark.parametrize(
    ("words", "n"),
    [
        (["--kind", "entity"], 2),
        (["--type", "GPE"], 1),
        (["--who", "سارة"], 4),
        (["--status", "started"], 4),
        (["--status", "done"], 0),
        (["--limit", "3"], 3),
        (["--limit", "0"], 4),
    ],
    ids=str,
)
def test_filters_choose_the_rows(labelled_file: Path, words: list[str], n: int) -> None:
    assert len(hashiya("labels", labelled_file, *words, "--json").told["labels"]) == n
    assert len(hashiya("labels", labelled_file, *words, "--jsonl").rows) == n


def test_an_article_is_named_by_uid_or_sha256(labelled_file: Path) -> None:
    (row,) = hashiya("articles", labelled_file, "--json").told["articles"]

    for name in (row["uid"], row["sha256"]):
        assert len(hashiya("labels", labelled_file, "--article", name, "--jsonl").rows) == 4


@pytest.mark.parametrize("listing", LISTINGS)
def test_jsonl_and_json_have_the_same_rows(labelled_file: Path, listing: str) -> None:
    whole = hashiya(listing, labelled_file, "--json").told

    assert hashiya(listing, labelled_file, "--jsonl").rows == whole[listing]


def test_problems_have_a_sentence_for_their_code(labelled_file: Path) -> None:
    gesture = {
        "do": "add_event",
        "article": article_in(labelled_file),
        "start": 28,
        "end": 32,
        "type": "STATEMENT",
    }
    assert hashiya("apply", labelled_file, "--as", "سارة", given=lines(gesture)).code == 0

    rows = hashiya("problems", labelled_file, "--json", lang="ar").told["problems"]

    assert [row["code"] for row in rows] == ["role_missing"]
    assert rows[0]["message"] == f"الدور «{rows[0]['detail']}» ما زال شاغرًا."
    assert rows[0]["message"] in hashiya("problems", labelled_file, lang="ar").out


def test_history_is_in_order_and_counts_changes(labelled_file: Path) -> None:
    rows = hashiya("history", labelled_file, "--json").told["history"]

    assert [row["lamport"] for row in rows] == sorted(row["lamport"] for row in rows)
    assert rows[-1]["kind"] == "add_argument"
    assert rows[-1]["who"] == "سارة"
    assert rows[-1]["changes"] == 1


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("listing", LISTINGS)
def test_tables_are_for_people(labelled_file: Path, listing: str, lang: str) -> None:
    ran = hashiya(listing, labelled_file, lang=lang)

    assert ran.code == 0
    if listing == "problems":
        assert ran.out == ""
        assert (
            ran.err
            == {
                "ar": "لا شيء للعرض.\n",
                "en": "There is nothing to list.\n",
            }[lang]
        )
    else:
        assert len(ran.out.splitlines()) > 1
        assert ("Article" in ran.out) == (lang == "en")


def test_kinds_are_said_in_words(labelled_file: Path) -> None:
    said = hashiya("labels", labelled_file, lang="ar").out

    assert "كيان" in said
    assert "عنصر" in said
    assert "entity" not in said


def test_a_title_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path, source = tmp_path / "a.hashiya", tmp_path / "rows.jsonl"
    source.write_text(
        '{"format":"hashiya/1","text":"خبر","article":{"title":"\\u001b[2Jعنوان"}}\n',
        encoding="utf-8",
    )
    hashiya("new", path)
    hashiya("import", path, source)

    assert "\x1b" not in hashiya("articles", path).out


@pytest.mark.parametrize("listing", LISTINGS)
def test_who_is_not_there_is_told(labelled_file: Path, listing: str) -> None:
    ran = hashiya(listing, labelled_file, "--who", "منى", "--json")

    assert (ran.code, ran.told["error"]) == (2, "unknown_annotator")
