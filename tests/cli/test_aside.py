"""A file of the version before that nobody may write, on the command line: it is read."""

from pathlib import Path

import pytest

from annotator.store.project import Project
from tests.cli.running import hashiya
from tests.projects import annotator, made
from tests.store.regionsgiven import previous


@pytest.mark.parametrize("words", [["articles"], ["labels"], ["stats"], ["search", "بوتين"]])
def test_what_only_reads_answers_as_of_any_file(words: list[str], tmp_path: Path) -> None:
    path = made(tmp_path)
    with Project.open(path) as project:
        annotator(project)
    before = previous(path, tmp_path / "before.hashiya")
    before.chmod(0o444)
    whole = before.read_bytes()

    ran = hashiya(words[0], before, *words[1:])

    assert ran == hashiya(words[0], path, *words[1:])
    assert ran.code == 0
    assert before.read_bytes() == whole


def test_what_writes_says_that_it_is_read_only(tmp_path: Path) -> None:
    before = previous(made(tmp_path), tmp_path / "before.hashiya")
    before.chmod(0o444)
    page = tmp_path / "page.txt"
    page.write_text("وصل الوزير اليوم إلى بغداد.", "utf-8")

    ran = hashiya("import", before, page)

    assert ran.code == 3
    assert "read-only" in ran.err
