"""The looks that widgets are tried in."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import (
    QApplication,
)

from annotator.gui.look import Look
from annotator.gui.theme import NAMES
from annotator.i18n import CODES
from tests.gui.widgets.made import dressed, look_of


@pytest.fixture(params=[(code, theme) for code in CODES for theme in NAMES], ids="-".join)
def look(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Look]:
    code, theme = request.param
    yield from dressed(qapp, look_of(code, theme))


@pytest.fixture(params=CODES)
def light(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Look]:
    yield from dressed(qapp, look_of(request.param))


@pytest.fixture
def arabic(qapp: QApplication) -> Iterator[Look]:
    yield from dressed(qapp, look_of("ar"))
