"""Files of text in whatever encoding, with whatever line ends, become the text that was written."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotator import paths
from annotator.i18n import Language
from annotator.services.importing import import_sources
from annotator.services.newarticles import righted_copy
from annotator.services.wording import sentence
from tests.arabic.dospages import cp864
from tests.formats.rows import bare, empty, entity, exported, imported, rows_of, taken_from
from tests.formats.textfiles import stored, text_from
from tests.strategies import encodings, texts

SEEDS = [
    path.read_bytes().decode().replace("\r\n", "\n")
    for path in sorted((paths.seeds() / "articles").glob("*.txt"))
]


@settings(deadline=None, max_examples=60)
@given(texts(1, 60).filter(lambda text: bool(text.strip("\ufeff").strip())), encodings)
def test_the_text_is_what_was_written_with_line_feeds_and_nothing_else_changed(
    text: str, encoding: str
) -> None:
    data = text.encode(encoding)

    found = text_from(data, encoding=encoding)

    has_mark = encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    told = text[1:] if has_mark and text.startswith("\ufeff") else text
    assert found == told.replace("\r\n", "\n").replace("\r", "\n")


@settings(deadline=None, max_examples=40)
@given(texts(1, 40).filter(lambda text: bool(text.strip("\ufeff\ufffe").strip())), st.data())
def test_labels_on_an_article_from_a_file_with_any_line_ends_come_back(
    text: str, data: st.DataObject
) -> None:
    ends = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    written = ("خبر\n" + text.replace("\r", "\n")).replace("\n", ends)
    with empty() as first, empty("other") as second:
        taken_from(first, written.encode(), "خبر.txt")
        assume(stored(first))  # a short file of many controls is taken for another kind of file
        (found,) = stored(first)
        last = len(found.rstrip())
        assert imported(first, bare(found, entities=[entity("e", 0, last)])).refused == ()
        line = exported(first)

        taken_from(second, line)

        assert exported(second) == line
        assert rows_of(line)[0]["text"] == written.replace(ends, "\n")
        assert rows_of(line)[0]["entities"][0]["quote"] == found[:last]


_ENCODED = [
    ("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""), ("utf-16-le", ""), ("utf-16-be", ""),
    ("utf-32", ""), ("utf-8", "utf-8"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16"),
]  # fmt: skip


def seeds_from(written: list[bytes], encoding: str) -> list[str]:
    """Return the texts that files with the five seeds in some encoding become."""
    with empty() as project:
        folder = project.path.parent / "seeds"
        folder.mkdir()
        for number, data in enumerate(written):
            (folder / f"{number}.txt").write_bytes(data)
        assert import_sources(project, [folder], encoding=encoding).refused == ()
        return stored(project)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(("encoding", "told"), _ENCODED)
def test_the_seeds_are_the_same_texts_in_every_unicode_encoding(
    ends: str, encoding: str, told: str
) -> None:
    found = seeds_from([text.replace("\n", ends).encode(encoding) for text in SEEDS], told)

    assert found == SEEDS


def held_by(encoding: str) -> list[str]:
    """Return as much of the seeds as `encoding` can write."""
    return [text.encode(encoding, "ignore").decode(encoding) for text in SEEDS]


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859-6"])
def test_the_seeds_in_an_old_encoding_that_is_told_are_the_same_texts(encoding: str) -> None:
    written = [text.replace("\n", "\r\n").encode(encoding) for text in held_by(encoding)]

    assert seeds_from(written, encoding) == held_by(encoding)


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859-6", "mac-arabic", "cp720"])
def test_the_seeds_in_an_old_encoding_are_known_by_their_look(encoding: str) -> None:
    assert seeds_from([text.encode(encoding) for text in held_by(encoding)], "") == (
        held_by(encoding)
    )


def test_a_text_that_may_be_of_several_encodings_is_refused_with_their_names() -> None:
    with empty() as project:
        report = taken_from(project, "موسكو واشنطن كييف".encode("cp1256"), "x.txt")

    (refusal,) = report.refused
    assert refusal.trouble.data["why"] == "unsure"
    assert "cp1256" in str(refusal.trouble.data["encodings"])
    for language, said in (("en", "(Perhaps: cp1256"), ("ar", "(لعلّه: cp1256")):
        assert said in sentence(refusal.trouble, Language.of(language))


def test_dos_page_864_comes_in_as_it_is_with_a_remark_and_a_copy_in_letters() -> None:
    with empty() as project:
        report = taken_from(project, cp864(SEEDS[0], by_eye=True), "x.txt")

        assert [one.trouble.code for one in report.remarks] == ["order_of_eye"]
        (article,) = project.connection.execute("SELECT sha256 FROM articles").fetchone()
        (copy,) = righted_copy(project, article).articles
        assert "الكرملين" in project.text(copy.sha256)


def test_one_byte_order_mark_belongs_to_the_encoding_and_the_next_to_the_text() -> None:
    mark = "\ufeff".encode()

    assert text_from(mark + "خبر".encode()) == "خبر"
    assert text_from(mark + mark + "خبر".encode()) == "\ufeffخبر"
    assert text_from("خ\ufeffبر".encode()) == "خ\ufeffبر"


@pytest.mark.parametrize(
    ("data", "encoding", "reason"),
    [
        (
            b"\xd8\xae\xd8\xa8\xd8\xb1 \xed\xa0\x80 \xd8\xae\xd8\xa8\xd8\xb1",
            "utf-8",
            "wrong_encoding",
        ),
        ("خبر عاجل".encode("utf-16-le") + b"\x00\xd8", "utf-16-le", "wrong_encoding"),
        ("خبر".encode("cp1256"), "utf-8", "wrong_encoding"),
        ("خبر".encode(), "ascii", "wrong_encoding"),
        (b"\x81\xa1\xa2", "iso8859-6", "wrong_encoding"),
        ("خبر".encode(), "utf-9", "unknown_encoding"),
        ("خبر".encode(), "base64", "unknown_encoding"),
        ("خبر".encode(), "rot13", "unknown_encoding"),
        ("خبر".encode(), "unicode-escape", "unknown_encoding"),
    ],
)
def test_what_the_given_encoding_does_not_fit_is_refused(
    data: bytes, encoding: str, reason: str
) -> None:
    with empty() as project:
        path = project.path.parent / "x.txt"
        path.write_bytes(data)
        report = import_sources(project, [path], encoding=encoding)

    ((code, why_not),) = [(one.trouble.code, one.trouble.data["why"]) for one in report.refused]
    assert (code, why_not) == ("not_text", reason)
