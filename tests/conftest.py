"""What every test needs: no display, and no trace in the data folder of who runs the tests."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import catalogues

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True, scope="session")
def _both_languages() -> None:
    """Compile the catalogues where they were edited since the set-up."""
    if catalogues.stale():
        catalogues.compile_all()


@pytest.fixture(autouse=True)
def _own_data_folder(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Give the test a data folder of its own; wait for what a closed window still writes there."""
    folder = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("HASHIYA_DATA", str(folder))
    yield folder
    for thread in threading.enumerate():
        if thread.name == "closing backup":
            thread.join()
