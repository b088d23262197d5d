"""Rows that are refused between two that are taken."""

from annotator.services.importing import ImportReport
from tests.formats.rows import Row, codes, empty, example, exported, imported, rows_of
from tests.projects import assert_sound


def refused(row: Row) -> ImportReport:
    """Import `row` between two sound ones, check that these alone were taken, and report."""
    with empty() as project:
        report = imported(project, example(101), row, example(102))

        texts = {found["text"] for found in rows_of(exported(project))}
        assert texts == {example(101)["text"], example(102)["text"]}
        assert (report.added, report.layers, len(report.refused)) == (2, 2, 1)
        assert (report.refused[0].source, report.refused[0].line) == ("rows.jsonl", 2)
        assert_sound(project)
    return report


def code_of(row: Row) -> str:
    """Return why `row` is refused."""
    return codes(refused(row))[0]
