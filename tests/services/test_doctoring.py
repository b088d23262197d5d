"""When a file was examined last: what was noted of it may be anything, and is then not believed."""

import datetime
import json
from collections.abc import Iterator

import pytest

from annotator import paths
from annotator.services import doctoring
from annotator.store.project import Project
from tests.projects import made, quick_folder


@pytest.fixture
def project() -> Iterator[Project]:
    """Return a project whose examination was just noted."""
    with quick_folder() as folder, Project.open(made(folder)) as opened:
        doctoring.note_examined(opened)
        yield opened


def test_one_that_was_just_examined_is_not_due(project: Project) -> None:
    assert not doctoring.is_due(project)


@pytest.mark.parametrize(
    "at",
    [
        "",
        "yesterday",
        3,
        None,
        "now, without a zone",
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+23:59",
    ],
)
def test_a_time_that_says_nothing_means_that_it_is_due(project: Project, at: object) -> None:
    if at == "now, without a zone":
        at = datetime.datetime.now(datetime.UTC).replace(tzinfo=None).isoformat()
    (noted,) = (paths.data_folder() / "examined").iterdir()
    noted.write_text(json.dumps({"at": at}), "ascii")

    assert doctoring.is_due(project)
