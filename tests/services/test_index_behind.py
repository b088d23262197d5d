"""What came in is saved though its index cannot be written: that is told, and made up for."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from annotator.arabic.finding import Query
from annotator.core.errors import UserError
from annotator.i18n import CODES, Language
from annotator.services import importing, labelling, merging, searching
from annotator.services.searching import Where
from annotator.services.wording import sentence
from annotator.store import indexing
from annotator.store.project import Project
from tests.projects import add_articles, copied, extent_of, layer_of, made, quick_folder


@pytest.fixture
def path() -> Iterator[Path]:
    with quick_folder() as folder:
        yield made(folder)


@pytest.fixture(params=["disk_full", "disk_trouble"])
def failing(request: pytest.FixtureRequest, path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let no index be written once the file at `path` is there; return why."""
    assert path.exists()
    monkeypatch.setattr(indexing, "index_chunk", partial(_refused, code=request.param))
    return str(request.param)


def _refused(project: Project, *_: object, code: str = "disk_full") -> bool:
    raise UserError(code, path=project.path.name)


def _text(folder: Path, n: int) -> Path:
    path = folder / f"{n}.txt"
    path.write_text(f"خبر صنعاء {n} " * 20, "utf-8")
    return path


def test_an_import_whose_index_cannot_be_written_is_done_and_the_next_one_goes_on(
    path: Path, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.open(path) as project:
        report = importing.import_sources(project, [_text(path.parent, 1)])

        assert report.added == 1
        assert report.behind is not None
        assert report.behind.code == "index_behind"
        assert (report.behind.data["why"] == "full") == (failing == "disk_full")
        for code in CODES:
            assert project.path.name in sentence(report.behind, Language.of(code))
        monkeypatch.undo()
        assert importing.import_sources(project, [_text(path.parent, 2)]).behind is None
        found = searching.hits(project, Query("صنعاء"), Where())
        assert len({hit.article for hit in found}) == 2


def test_a_merge_whose_index_cannot_be_written_is_done_and_remarks_on_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, text = copied(path, "other.hashiya"), "عاد بوتين من القاهرة."
    with Project.open(other) as project:
        add_articles(project, text)
        layer, extent = layer_of(project, text=text), extent_of("بوتين", text)
        labelling.add_entity(project, layer, extent, "PERS")
    with Project.open(path) as project, monkeypatch.context() as patch:
        patch.setattr(indexing, "index_chunk", _refused)
        report = merging.merge(project, [other])

        assert (report.articles, report.refused) == (1, ())
        assert "index_behind" in [one.code for one in report.remarks]
        assert len(project.labels(layer_of(project, text=text))) == 1
