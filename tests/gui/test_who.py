"""Who labels: chosen among those who are there, or a new name that will do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.errors import UserError
from annotator.gui.dialogs.names import name_trouble
from annotator.gui.dialogs.who import Who
from annotator.gui.look import Look
from annotator.services import annotators
from annotator.services.wording import sentence
from annotator.store.project import Project
from tests import projects
from tests.gui.asking import HOSTILE, is_literal, put, type_in

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(projects.made(tmp_path)) as project:
        yield project


@pytest.fixture
def who(look: Look, project: Project, qtbot: QtBot) -> Who:
    """Return the question in a project where two have labelled, and a machine."""
    for name in ("سلمى", "أحمد"):
        annotators.ensure(project, name)
    annotators.ensure(project, "crf", "machine")
    who = Who(look, project)
    put(qtbot, who)
    return who


def test_one_who_is_there_is_chosen(who: Who, qtbot: QtBot) -> None:
    assert [one.text() for one in who.choices[:2]] == [who.choices[0].text(), who.choices[1].text()]
    QTest.mouseClick(who.choices[1], LEFT, pos=who.choices[1].rect().center())
    who.choices[1].click()
    with qtbot.waitSignal(who.annotator_chosen) as chosen:
        QTest.mouseClick(who.go, LEFT)
    assert chosen.args[0].name == "أحمد"


def test_machines_are_nobody_to_choose(who: Who) -> None:
    assert [one.name for one in who.known] == ["سلمى", "أحمد"]


def test_a_new_name_is_typed_and_taken_by_enter(who: Who, project: Project, qtbot: QtBot) -> None:
    type_in(who.field.field, "  منى   علي ")
    with qtbot.waitSignal(who.annotator_chosen) as chosen:
        QTest.keyClick(who.field.field, Qt.Key.Key_Return)
    assert chosen.args[0].name == "منى علي"
    assert project.annotator("منى علي") == chosen.args[0]


def test_nothing_is_written_before_it_is_confirmed(who: Who, project: Project) -> None:
    before = projects.contents(project)
    type_in(who.field.field, "منى")
    QTest.keyClick(who, Qt.Key.Key_Escape)
    assert not who.isVisible()
    assert projects.contents(project) == before


def test_another_spelling_of_a_name_is_said_to_be_the_same_person(
    who: Who, project: Project, look: Look, qtbot: QtBot
) -> None:
    type_in(who.field.field, "احمدُ")
    assert "أحمد" in who.field.same.text()
    assert who.field.same.isVisible()
    assert "أحمد" in who.go.text()
    n_before = len(project.annotators())
    with qtbot.waitSignal(who.annotator_chosen) as chosen:
        QTest.mouseClick(who.go, LEFT)
    assert chosen.args[0].name == "أحمد"
    assert len(project.annotators()) == n_before


BAD = ["gold", "all", "Lead", "author", "a,b", "ـ", "ا" * 81, "من\u200bى", "e\u0301", "x\u202e"]


@pytest.mark.parametrize("name", BAD)
def test_a_name_that_will_not_do_is_refused_with_the_reason(
    who: Who, look: Look, name: str
) -> None:
    who.field.field.setText(name)
    assert not who.go.isEnabled()
    assert who.field.trouble.isVisible()
    trouble = name_trouble(who.field.name)
    assert trouble is not None
    assert who.field.trouble.text()
    assert "\u202e" not in who.field.trouble.text()


@pytest.mark.parametrize("name", [*BAD, "سلمى", "a b", "🙂", "م\u200cن"])
def test_names_are_refused_just_as_the_service_refuses_them(project: Project, name: str) -> None:
    trouble = name_trouble(name)
    said = projects.code_of(lambda: annotators.ensure(project, name))
    assert (trouble.code if trouble else "") == said


def test_the_reason_is_the_service_s_own_sentence(who: Who, look: Look) -> None:
    who.field.field.setText("ا" * 81)
    wanted = UserError("bad_name", name="", why="name_too_long")
    assert who.field.trouble.text() == sentence(wanted, look.language)


def test_the_first_one_in_a_project_is_asked_for_a_name(
    look: Look, project: Project, qtbot: QtBot
) -> None:
    who = Who(look, project)
    put(qtbot, who)
    assert not who.go.isEnabled()
    type_in(who.field.field, "سلمى")
    assert who.go.isEnabled()


def test_a_file_handed_out_to_one_takes_no_other(
    look: Look, project: Project, qtbot: QtBot
) -> None:
    annotators.ensure(project, "سلمى")
    project.role = "annotator"
    who = Who(look, project)
    put(qtbot, who)
    assert not who.field.isVisible()
    assert len([one for one in who.choices if one.isVisible()]) == 1
    assert who.go.isEnabled()


def test_who_labels_now_is_chosen_already(look: Look, project: Project, qtbot: QtBot) -> None:
    annotators.ensure(project, "سلمى")
    second = annotators.ensure(project, "أحمد")
    who = Who(look, project, second.uid)
    put(qtbot, who)
    assert who.chosen == second


def test_a_file_that_cannot_be_written_is_told_in_words(who: Who, project: Project) -> None:
    type_in(who.field.field, "منى")
    project.connection.execute("PRAGMA query_only=ON")
    QTest.mouseClick(who.go, LEFT)
    assert who.isVisible()
    assert who.trouble.text


def test_hostile_names_are_literal(look: Look, project: Project, qtbot: QtBot) -> None:
    annotators.ensure(project, "<b>&<img src=x>" + "ط" * 60)
    who = Who(look, project)
    put(qtbot, who)
    who.field.field.setText(HOSTILE)
    assert is_literal(who)
    assert who.width() < 900
