"""Rows of labels written together are those that are written one by one, with all they hold."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.model import KIND_OF, Entity, Extent, Label, Span, extent_of, replace
from annotator.store import rows
from annotator.store.project import Project
from annotator.store.transaction import committed
from tests.core.labels import SOME, labels
from tests.projects import TEXTS, contents, layer_of, made, quick_folder


def _in_text(label: Label) -> Label:
    """Return `label` with quotes that are those of the text."""
    names = [name for name in ("extent", "head", "evidence") if hasattr(label, name)]
    return replace(label, **{name: _quoted(getattr(label, name)) for name in names})


def _quoted(extent: Extent) -> Extent:
    length = len(TEXTS[0])
    return tuple(Span(start, end, TEXTS[0][start:end]) for start, end, _ in extent if end <= length)


def _stands(label: Label) -> bool:
    return bool(extent_of(label)) or not hasattr(label, "extent")


_LABELS = st.lists(labels().map(_in_text).filter(_stands), max_size=12, unique_by=lambda x: x.uid)


def _one_by_one(project: Project, layer: int, some: list[Label]) -> None:
    for label in some:
        kind = KIND_OF[type(label)]
        row = rows.row_of(label, layer, project.label_schema)
        project.connection.execute(rows.INSERT[kind], row)
        for query, found in (
            (rows.INSERT_SPAN, rows.span_rows(label, layer)),
            (rows.INSERT_ATTRIBUTE, rows.attribute_rows(label, layer)),
            (rows.INSERT_VOTE, rows.vote_rows(label, layer)),
        ):
            project.connection.executemany(query, found)


@SOME
@given(_LABELS)
def test_what_is_usual_need_not_be_said(some: list[Label]) -> None:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        layer = _layer(project)
        found = []
        for write in (_one_by_one, _together):
            with committed(project.connection, project.path.name):
                write(project, layer, some)
            found.append(contents(project))
            with committed(project.connection, project.path.name):
                rows.clear(project.connection, layer)

    assert found[0] == found[1]


def _together(project: Project, layer: int, some: list[Label]) -> None:
    rows.insert(project.connection, layer, some, project.label_schema)


def _layer(project: Project) -> int:
    layer_of(project)
    with committed(project.connection, project.path.name):
        query = (
            "INSERT INTO layers(uid,article,annotator) SELECT 'x',min(a.id),n.id FROM articles a,"
            "(SELECT min(id) AS id FROM annotators) n RETURNING id"
        )
        return int(project.connection.execute(query).fetchone()[0])


@pytest.mark.parametrize("n", [0, 1, 142, 143, 199, 200, 600])
def test_as_many_rows_are_written_as_are_given(tmp_path: Path, n: int) -> None:
    text = TEXTS[0]
    some: list[Label] = [
        Entity(
            f"E{k:014}", (Span(0, 1 + k % 9, text[: 1 + k % 9]),), "PERS", note="؟" * (k % 7 == 3)
        )
        for k in range(n)
    ]
    with Project.open(made(tmp_path)) as project:
        layer = _layer(project)
        with committed(project.connection, project.path.name):
            _together(project, layer, some)

        found = project.connection.execute("SELECT uid,note FROM entities ORDER BY uid").fetchall()
        assert found == [(one.uid, one.note) for one in some]
        spans = project.connection.execute("SELECT quote FROM spans ORDER BY label").fetchall()
        assert spans == [(one.extent[0].quote,) for one in some if isinstance(one, Entity)]
