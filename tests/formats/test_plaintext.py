"""Files of text: what is none, what is too much of it, and what the article is called."""

import os
import sqlite3
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest

from annotator import paths
from annotator.services.importing import ImportReport, import_sources
from tests.formats.rows import bare, codes, empty, exported, imported, rows_of, taken_from
from tests.formats.textfiles import stored, text_from
from tests.projects import quick_folder


def why(data: bytes, name: str = "x.txt", **options: str) -> list[tuple[str, object]]:
    """Import a file with `data` before a sound one; return code and reason of what is refused."""
    with empty() as project:
        bad, good = project.path.parent / name, project.path.parent / "z.txt"
        bad.write_bytes(data)
        good.write_text("خبر سليم", encoding="utf-8")
        report = import_sources(project, [bad, good], **options)  # type: ignore[arg-type]
        assert stored(project) == ["خبر سليم"]
        assert report.added == 1
        assert all(one.source == name for one in report.refused)
    return [(one.trouble.code, one.trouble.data.get("why")) for one in report.refused]


def _png() -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8


def _zip() -> bytes:
    with quick_folder() as folder:
        with zipfile.ZipFile(folder / "x.zip", "w") as archive:
            archive.writestr("خبر.txt", "خبر")
        return (folder / "x.zip").read_bytes()


def _sqlite() -> bytes:
    with quick_folder() as folder:
        connection = sqlite3.connect(folder / "x.db")
        connection.execute("CREATE TABLE t(x)")
        connection.close()
        return (folder / "x.db").read_bytes()


@pytest.mark.parametrize("name", ["x.txt", "x", "x.png", "خبر.text"])
@pytest.mark.parametrize(
    "data",
    [_png(), _zip(), _sqlite(), b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", bytes(range(256)) * 20,
     b"\x00" * 5000, b"GIF89a\x01\x00", b"\x1f\x8b\x08\x00", b"PK\x03\x04"],
    ids=["png", "zip", "sqlite", "pdf", "bytes", "nuls", "gif", "gzip", "half a zip"],
)  # fmt: skip
def test_a_file_of_another_kind_is_refused_whatever_it_is_called(data: bytes, name: str) -> None:
    ((code, reason),) = why(data, name)

    assert (code, reason) in [("not_text", "binary"), ("not_text", "nul")]


def test_a_project_file_is_no_source() -> None:
    with empty() as project:
        report = import_sources(project, [project.path])

        assert codes(report) == ["unknown_format"]
        assert project.connection.execute("SELECT count(*) FROM articles").fetchone() == (0,)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert why(data) == [("not_text", "empty")]


@pytest.mark.parametrize("text", [" ", "\n", "\r\n\r\n", "\t \u00a0\u3000\u2028\n", "\u0085"])
def test_a_file_of_white_space_is_refused(text: str) -> None:
    assert why(text.encode()) == [("empty_text", None)]


def test_a_nul_is_refused_with_its_place() -> None:
    with empty() as project:
        report = taken_from(project, "خبر\nثان\0ي\n".encode() * 1, "x.txt")

        trouble = report.refused[0].trouble
        assert (trouble.code, trouble.data) == (
            "not_text",
            {"why": "nul", "offset": 7, "unit": "characters"},
        )
        assert report.refused[0].line == 2


def test_a_lone_surrogate_in_the_bytes_is_refused_where_no_encoding_is_given() -> None:
    data = "قال بوتين ".encode() * 20 + b"\xed\xa0\x80" + "قال بوتين ".encode() * 20

    ((code, _),) = why(data)

    assert code == "not_text"


@pytest.mark.parametrize(
    ("text", "code", "numbers"),
    [
        ("ا" * 1_000_001, "article_too_long", (1_000_001, 1_000_000)),
        ("خبر\n" + "ا" * 100_001, "paragraph_too_long", (100_001, 100_000)),
        (("ا" * 99_999 + "\r\n") * 10 + "ا", "article_too_long", (1_000_001, 1_000_000)),
    ],
)
def test_a_text_over_a_limit_is_refused_with_both_numbers(
    text: str, code: str, numbers: tuple[int, int]
) -> None:
    with empty() as project:
        trouble = taken_from(project, text.encode(), "x.txt").refused[0].trouble

    assert trouble.code == code
    assert (trouble.data["length"], trouble.data["limit"]) == numbers


def test_a_text_at_the_limits_is_taken() -> None:
    text = ("😀" * 99_999 + "\n") * 10

    assert text_from(text.replace("\n", "\r\n").encode("utf-32"), encoding="utf-32") == text


HUGE = """
import resource, sys, time
from pathlib import Path
from annotator.services.importing import import_sources
from annotator.store.project import Project
project = Project.open(Path(sys.argv[1]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
report = import_sources(project, [Path(sys.argv[2])])
print([item.trouble.code for item in report.refused], report.added)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
print(time.perf_counter() - start)
"""


def _in_a_process_of_its_own(project: Path, source: Path) -> tuple[str, int, float]:
    command = [sys.executable, "-c", textwrap.dedent(HUGE), str(project), str(source)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    refused, kilobytes, seconds = told.stdout.splitlines()
    return refused, int(kilobytes), float(seconds)


@pytest.mark.parametrize("name", ["x.txt", "x.jsonl"])
@pytest.mark.parametrize("kind", ["sparse", "letters"])
def test_a_file_of_a_hundred_megabytes_is_refused_without_being_held(name: str, kind: str) -> None:
    with empty() as project:
        path = project.path.parent / name
        with path.open("wb") as file:
            if name.endswith(".jsonl"):
                file.write(b'{"format":"hashiya/1","text":"')
            if kind == "sparse":
                os.truncate(file.fileno(), 100_000_000)
            else:
                file.write("ا".encode() * 50_000_000)

        refused, kilobytes, seconds = _in_a_process_of_its_own(project.path, path)

    assert refused.endswith("] 0")
    assert refused != "[] 0"
    assert kilobytes < 64_000
    assert seconds < 5


def test_the_title_is_the_stem_of_the_file_and_the_source_holds_no_path() -> None:
    with empty() as project:
        folder = project.path.parent / "مجلد"
        folder.mkdir()
        (folder / "خبر عاجل.v2.txt").write_text("قال بوتين", encoding="utf-8")
        import_sources(project, [folder])
        imported(project, bare("قال بوتين"))

        article = rows_of(exported(project))[0]["article"]

    assert (article["title"], article["source"]) == ("خبر عاجل.v2", "")
    assert "مجلد" not in str(article)


def test_the_seeds_keep_their_identities() -> None:
    with empty() as project:
        report: ImportReport = import_sources(project, [paths.seeds() / "articles"])

        found = [row[0] for row in project.connection.execute("SELECT uid FROM articles")]

    assert (report.added, report.refused, report.ignored) == (5, (), ())
    assert sorted(found) == sorted(
        ["206688c7c5d01001", "e98b804d34599c4d", "d3698ad98695b51f", "a1f0013b11719d7f",
         "28f76ca777fc531f"]
    )  # fmt: skip
