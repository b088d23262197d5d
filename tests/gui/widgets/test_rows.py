"""Rows of lists."""

import pytest
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
)
from pytestqt.qtbot import QtBot

from annotator.gui.look import Look
from annotator.gui.widgets.rows import RowDelegate, RowRole
from tests.gui.widgets.made import HOSTILE, colours, dressed, look_of


def _list(look: Look, title: str) -> QListView:
    view = QListView()
    model = QStandardItemModel(view)
    item = QStandardItem(title)
    item.setData("started", RowRole.STATUS)
    item.setData("38 وسمًا", RowRole.NOTE)
    model.appendRow(item)
    view.setModel(model)
    view.setItemDelegate(RowDelegate(look, view))
    view.resize(280, 120)
    return view


@pytest.mark.parametrize("title", [HOSTILE, "", "عنوان", "A title in English that is long " * 3])
def test_a_row_draws_any_title(title: str, look: Look, qtbot: QtBot) -> None:
    view = _list(look, title)
    qtbot.addWidget(view)
    view.setCurrentIndex(view.model().index(0, 0))
    assert view.visualRect(view.currentIndex()).height() == 72
    assert len(colours(view.grab().toImage())) > 2


def test_a_row_is_30_px_high_where_the_window_is_compact(qapp: QApplication, qtbot: QtBot) -> None:
    look = look_of("ar", is_compact=True)
    for _ in dressed(qapp, look):
        view = _list(look, "عنوان طويل " * 9)
        qtbot.addWidget(view)
        assert view.visualRect(view.model().index(0, 0)).height() == 30
        assert isinstance(view, QAbstractItemView)
        view.grab()
