"""Changes of types: what each would touch is counted first, then it is done, and undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.core.model import LEAD
from annotator.core.schemachange import MERGE, RETIRE, SPLIT
from annotator.gui.dialogs.changetype import ChangeTypeDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.services import labelling
from annotator.store.project import Project
from tests import projects
from tests.gui import hostile, teams
from tests.gui.asking import LONG, is_literal, put, seen, type_in
from tests.gui.teams import PEOPLE, click


@pytest.fixture
def project() -> Iterator[Project]:
    with projects.quick_folder() as folder, teams.opened(folder) as project:
        yield project


def changing(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> ChangeTypeDialog:
    dialog = ChangeTypeDialog(look, project, jobs)
    put(qtbot, dialog)
    return dialog


def choose(dialog: ChangeTypeDialog, old: str, what: str = "", new: str = "") -> None:
    dialog.old.setCurrentIndex(dialog.old.findData(old))
    if what:
        dialog.what.press(what)
    if new:
        dialog.new_type.setCurrentIndex(dialog.new_type.findData(new))


def looked(dialog: ChangeTypeDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.preview is not None or bool(dialog.trouble.text), timeout=LONG)


def change(dialog: ChangeTypeDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.changed, timeout=LONG):
        click(dialog.go)


@pytest.fixture
def labelled(project: Project) -> Project:
    """Return the project with labels of two, one place being a person for one and more."""
    for name in PEOPLE:
        layer = projects.layer_of(project, name)
        for type_name in ("PERS", "ORG"):
            labelling.add_entity(project, layer, projects.extent_of("بوتين"), type_name)
    return project


def test_a_type_is_renamed_and_that_is_undone(
    look: Look, labelled: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = changing(look, labelled, jobs, qtbot)
    before = projects.contents(labelled)
    choose(dialog, "PERS")
    assert not dialog.go.isEnabled()
    type_in(dialog.new_name, "PERSON")
    looked(dialog, qtbot)
    assert dialog.preview is not None
    assert (dialog.preview.labels, dialog.preview.articles) == (2, 1)
    assert sorted(row[0].tip for row in dialog.people.table.rows) == sorted(PEOPLE)
    assert projects.contents(labelled) == before

    change(dialog, qtbot)
    assert "PERSON" in labelled.label_schema.entity_types
    assert dialog.old.findData("PERSON") >= 0
    with qtbot.waitSignal(dialog.changed, timeout=LONG):
        click(dialog.undo)
    assert "PERS" in labelled.label_schema.entity_types


def test_merging_says_what_would_be_twice(
    look: Look, labelled: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = changing(look, labelled, jobs, qtbot)
    choose(dialog, "ORG", MERGE, "PERS")
    looked(dialog, qtbot)
    assert dialog.preview is not None
    assert dialog.preview.twins > 0
    assert str(dialog.preview.twins) in dialog.problems.text()
    change(dialog, qtbot)
    assert "ORG" not in labelled.label_schema.entity_types


def test_only_types_of_its_kind_are_offered_to_merge_into(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = changing(look, project, jobs, qtbot)
    choose(dialog, "MEET", MERGE)
    assert [dialog.new_type.itemData(n) for n in range(dialog.new_type.count())] == ["ATTACK"]


def test_a_type_is_retired_once(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> None:
    dialog = changing(look, project, jobs, qtbot)
    choose(dialog, "ORG", RETIRE)
    looked(dialog, qtbot)
    change(dialog, qtbot)
    assert "ORG" in project.label_schema.retired
    choose(dialog, "PERS")
    choose(dialog, "ORG")
    looked(dialog, qtbot)
    assert "ORG" in dialog.trouble.text
    assert not dialog.go.isEnabled()


def write(dialog: ChangeTypeDialog, *types: tuple[str, str, str]) -> None:
    """Write what a type is split into: code, Arabic and English name of each."""
    while len(dialog.split_into.lines) < len(types):
        click(dialog.split_into.add)
    for line, given in zip(dialog.split_into.lines, types, strict=False):
        for field, words in zip(line.fields, given, strict=True):
            if words:
                type_in(field, words)


def test_a_type_is_split_and_that_is_undone(
    look: Look, labelled: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = changing(look, labelled, jobs, qtbot)
    before = projects.contents(labelled)
    choose(dialog, "PERS", SPLIT)
    write(dialog, ("OFFICIAL", "مسؤول", "Official"))
    assert dialog.change() is None, "one type is not enough"
    write(dialog, ("", "", ""), ("POET", "شاعر", ""), ("SINGER", "", ""))
    looked(dialog, qtbot)
    assert dialog.preview is not None
    assert dialog.preview.problems == {"type_split": 2}
    assert sorted(row[0].tip for row in dialog.people.table.rows) == sorted(PEOPLE)
    assert not dialog.problems.text(), "what is asked for is no warning"
    assert projects.contents(labelled) == before

    change(dialog, qtbot)
    schema = labelled.label_schema
    assert schema.choices == {"PERS": ("OFFICIAL", "POET", "SINGER")}
    assert (schema.entity_types["POET"].ar, schema.entity_types["POET"].en) == ("شاعر", "POET")
    assert projects.contents(labelled)["entities"] == before["entities"]
    assert dialog.split_into.into() == ()
    with qtbot.waitSignal(dialog.changed, timeout=LONG):
        click(dialog.undo)
    assert labelled.label_schema.choices == {}


def test_what_is_in_the_way_of_splitting_is_one_sentence(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = changing(look, project, jobs, qtbot)
    choose(dialog, "PERS", SPLIT)
    write(dialog, ("NEW", "", ""), ("MEET", "", ""))
    looked(dialog, qtbot)
    assert "MEET" in dialog.trouble.text
    assert not dialog.go.isEnabled()


def test_a_name_that_is_taken_is_one_sentence(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = changing(look, project, jobs, qtbot)
    choose(dialog, "PERS")
    type_in(dialog.new_name, "ORG")
    looked(dialog, qtbot)
    assert "ORG" in dialog.trouble.text
    assert not dialog.go.isEnabled()


def test_hostile_names_of_types_are_literal(
    look: Look, jobs: Jobs, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "hostile.hashiya"
    with Project.create(path, hostile.schema_of(teams.HOSTILE_NAME), "م") as project:
        assert project.role == LEAD
        dialog = changing(look, project, jobs, qtbot)
        choose(dialog, "PERS", MERGE, "ORG")
        looked(dialog, qtbot)
        assert is_literal(dialog)
        assert "\u202e" not in dialog.old.currentText() + seen(dialog)
