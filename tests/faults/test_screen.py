"""What the screen says after a fault of the disk is what the disk says, and can be tried again."""

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from annotator.core.model import Label
from annotator.store.project import Project
from tests.faults.faults import NONE, Fault, WatchedVfs, watched_python
from tests.faults.sqlitevfs import NoSharedSqliteError, shared_sqlite
from tests.projects import annotator, assert_sound, extent_of, layer_of, made, quick_folder, sha_of

pytestmark = pytest.mark.window
EVERY = 4


@pytest.fixture(autouse=True)
def _reaches_sqlite() -> None:
    try:
        shared_sqlite()
    except NoSharedSqliteError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("kind", ["full", "io"])
def test_a_mark_is_shown_as_saved_only_where_it_is_on_the_disk(qapp: object, kind: str) -> None:
    chance, n, at = random.Random(kind), 0, 1
    with quick_folder() as folder, WatchedVfs() as vfs:
        while at < 300:
            path = made(folder, f"{at}.hashiya")
            fault = vfs.fault = Fault(kind, folder, at, is_for_good=True)
            if not _kept_in_step(path, fault):
                break
            vfs.fault = NONE
            n += 1
            at += chance.randrange(1, 2 * EVERY)
    assert n > 5


def _uids(labels: Iterable[Label]) -> set[str]:
    return {label.uid for label in labels}


def _kept_in_step(path: Path, fault: Fault) -> bool:
    """Label under `fault` and compare screen and disk; return whether the fault struck."""
    from annotator.gui.session import Session

    with Project.open(path) as project:
        session = Session(project, annotator(project))
        session.show_article(sha_of(0))
        layer = layer_of(project)
        told: list[str] = []
        session.saved.connect(lambda _: told.append("saved"))
        session.not_saved.connect(lambda trouble: told.append(trouble.code))
        session.do(session.intents.add_entity(extent_of("بوتين"), "PERS"))
        with watched_python(fault), fault.on():
            session.flush()
        if not fault.hits:
            return False
        with Project.open(path) as another:
            on_disk = _uids(another.labels(layer))
        is_saved = told == ["saved"]
        assert is_saved == (not session.unsaved)
        if is_saved:
            assert _uids(session.in_file) == on_disk
            assert len(on_disk) == 1
        session.try_again()
        assert _uids(session.in_file) == _uids(project.labels(layer)), (fault, told)
        assert len(project.labels(layer)) == 1
        assert_sound(project)
    return True
