"""A new project: four questions, nothing made before the last, nothing lost on the way."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs import sample, schemas
from annotator.gui.dialogs.draft import Draft, file_name
from annotator.gui.dialogs.newname import NamePage
from annotator.gui.dialogs.newproject import NewProject
from annotator.gui.dialogs.newschema import SchemaPage
from annotator.gui.dialogs.newwho import WhoPage
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.services.projects import BUNDLED, schema_toml
from annotator.store.project import Project
from tests.gui.asking import HOSTILE, LONG, NEWS, drop, is_literal, put, seen, type_in

LEFT = Qt.MouseButton.LeftButton
TITLE = "محادثات السلام 2025"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "مكان"
    place.mkdir()
    return place


@pytest.fixture
def new(look: Look, jobs: Jobs, place: Path, qtbot: QtBot) -> NewProject:
    new = NewProject(look, jobs, Draft(folder=place))
    put(qtbot, new)
    return new


def name_page(new: NewProject) -> NamePage:
    assert isinstance(new.pages[0], NamePage)
    return new.pages[0]


def schema_page(new: NewProject) -> SchemaPage:
    assert isinstance(new.pages[1], SchemaPage)
    return new.pages[1]


def who_page(new: NewProject) -> WhoPage:
    assert isinstance(new.pages[3], WhoPage)
    return new.pages[3]


def enter(new: NewProject) -> None:
    """Press Enter where the keyboard is."""
    QTest.keyClick(new.focusWidget() or new, Qt.Key.Key_Return)


def go_to_who(new: NewProject) -> None:
    name_page(new).field.setText(TITLE)
    for _ in range(3):
        enter(new)


def test_a_project_is_made_by_the_keyboard_alone(
    new: NewProject, place: Path, qtbot: QtBot
) -> None:
    type_in(name_page(new).field, TITLE)
    for step in (1, 2, 3):
        enter(new)
        assert new.draft.step == step
    type_in(who_page(new).who.field, "سلمى")
    assert list(place.iterdir()) == []
    with qtbot.waitSignal(new.project_made) as made:
        enter(new)

    path, uid = made.args
    assert path == place / f"{TITLE}.hashiya"
    with Project.open(path) as project:
        assert project.title == TITLE
        assert project.label_schema.name == "news"
        assert [(one.uid, one.name) for one in project.annotators()] == [(uid, "سلمى")]
    assert not new.isVisible()


def test_articles_are_read_in_when_it_is_made(
    new: NewProject, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "مقالات"
    folder.mkdir()
    for n in range(5):
        (folder / f"{n}.txt").write_text(f"{n} {NEWS}", "utf-8")
    go_to_who(new)
    new.go_back()
    assert drop(new.articles.sources, folder)
    qtbot.waitUntil(lambda: bool(new.articles.note), timeout=LONG)
    new.go_on()
    who_page(new).who.field.setText("سلمى")
    with qtbot.waitSignal(new.project_made, timeout=LONG) as made:
        QTest.mouseClick(new.next, LEFT)
    with Project.open(made.args[0]) as project:
        assert project.connection.execute("SELECT count(*) FROM articles").fetchone() == (5,)


def test_what_is_refused_is_told_before_the_project_is_opened(
    new: NewProject, tmp_path: Path, qtbot: QtBot
) -> None:
    good, bad = tmp_path / "a.txt", tmp_path / "b.txt"
    good.write_text(NEWS, "utf-8")
    bad.write_bytes(b"\x89PNG\r\n\x1a\n")
    go_to_who(new)
    new.draft.sources = (good, bad)
    who_page(new).who.field.setText("سلمى")
    QTest.mouseClick(new.next, LEFT)
    qtbot.waitUntil(lambda: new.made_page.isVisible(), timeout=LONG)
    assert new.made_page.table.isVisible()
    assert not new.back.isVisible()
    with qtbot.waitSignal(new.project_made):
        enter(new)


def test_reading_in_can_be_stopped_and_the_project_stays(
    new: NewProject, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(1500):
        (folder / f"{n}.txt").write_text(f"{n} {NEWS}", "utf-8")
    go_to_who(new)
    new.draft.sources = (folder,)
    who_page(new).who.field.setText("سلمى")
    QTest.mouseClick(new.next, LEFT)
    assert new.stop.isVisible()
    assert not new.back.isEnabled()
    QTest.mouseClick(new.stop, LEFT)
    qtbot.waitUntil(lambda: new.made_page.isVisible(), timeout=LONG)
    assert new.made_page.trouble.text
    with qtbot.waitSignal(new.project_made) as made:
        QTest.mouseClick(new.next, LEFT)
    with Project.open(made.args[0]) as project:
        assert project.connection.execute("SELECT count(*) FROM articles").fetchone() == (0,)


def test_unsure_encodings_are_picked_before_it_is_made(
    new: NewProject, tmp_path: Path, qtbot: QtBot
) -> None:
    odd = tmp_path / "odd.txt"
    odd.write_bytes("أب جد".encode("cp1256"))
    go_to_who(new)
    new.go_back()
    new.articles.sources.add([odd])
    qtbot.waitUntil(lambda: new.articles.encodings.isVisible(), timeout=LONG)
    names = [one.text() for one in new.articles.encodings.choices]
    new.articles.encodings.choices[names.index("Windows-1256")].click()
    new.go_on()
    who_page(new).who.field.setText("سلمى")
    with qtbot.waitSignal(new.project_made, timeout=LONG) as made:
        QTest.mouseClick(new.next, LEFT)
    with Project.open(made.args[0]) as project:
        assert project.connection.execute("SELECT text FROM texts").fetchall() == [("أب جد",)]


def test_going_back_loses_nothing(new: NewProject) -> None:
    go_to_who(new)
    who_page(new).who.field.setText("سلمى")
    for _ in range(3):
        QTest.mouseClick(new.back, LEFT)
    assert name_page(new).field.text() == TITLE
    for _ in range(3):
        enter(new)
    assert who_page(new).who.field.text() == "سلمى"
    assert new.next.isEnabled()


def test_a_step_that_is_done_is_gone_back_to_by_a_click(new: NewProject) -> None:
    go_to_who(new)
    QTest.mouseClick(new.steps[1], LEFT)
    assert new.draft.step == 1
    QTest.mouseClick(new.steps[3], LEFT)
    assert new.draft.step == 1


def test_a_draft_outlives_the_dialog(new: NewProject, look: Look, jobs: Jobs, qtbot: QtBot) -> None:
    go_to_who(new)
    who_page(new).who.field.setText("سلمى")
    QTest.keyClick(new, Qt.Key.Key_Escape)
    assert not new.isVisible()
    again = NewProject(look, jobs, new.draft)
    put(qtbot, again)
    assert again.draft.step == 3
    assert who_page(again).who.name == "سلمى"
    assert name_page(again).field.text() == TITLE


def test_escape_makes_nothing(new: NewProject, place: Path) -> None:
    go_to_who(new)
    QTest.keyClick(new, Qt.Key.Key_Escape)
    assert list(place.iterdir()) == []


def test_a_file_that_is_there_is_refused_with_one_sentence(new: NewProject, place: Path) -> None:
    path = place / f"{TITLE}.hashiya"
    path.write_text("mine")
    name_page(new).field.setText(TITLE)
    assert name_page(new).trouble.text.count("\n") == 0
    assert "hashiya" in name_page(new).trouble.text
    assert not new.next.isEnabled()
    enter(new)
    assert new.draft.step == 0
    name_page(new).field.setText(TITLE + " 2")
    assert name_page(new).trouble.text == ""
    assert new.next.isEnabled()
    assert path.read_text() == "mine"


def test_a_file_that_came_meanwhile_is_left_as_it_is(new: NewProject, place: Path) -> None:
    go_to_who(new)
    who_page(new).who.field.setText("سلمى")
    path = place / f"{TITLE}.hashiya"
    path.write_text("mine")
    QTest.mouseClick(new.next, LEFT)
    assert new.trouble.text
    assert path.read_text() == "mine"


def test_a_folder_that_is_not_there_is_told(new: NewProject, place: Path) -> None:
    name_page(new).field.setText(TITLE)
    name_page(new).folder.setText(str(place / "none"))
    assert "none" in name_page(new).trouble.text
    assert not new.next.isEnabled()


@pytest.mark.parametrize(
    "title", ["a/b", "..", "con", "x" * 200, "ط" * 200, "<b>&?*", "\u202eabc", "a\nb", "  . "]
)
def test_every_title_gives_a_name_that_a_disk_takes(title: str, tmp_path: Path) -> None:
    name = file_name(title)
    assert name.endswith(".hashiya")
    assert not set(name) & set('/\\:*?"<>|\n\u202e')
    (tmp_path / name).write_text("")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_bundled_schemas_are_shown_with_their_real_counts(new: NewProject, look: Look) -> None:
    new.draft.title = TITLE
    new.go_to(1)
    said = seen(schema_page(new))
    for id in BUNDLED:
        schema = schemas.bundled(id)
        assert schemas.counted(look.language, schema) in said
        assert str(len(schema.entities)) in schemas.counted(look.language, schema)


@pytest.mark.parametrize("id", BUNDLED)
def test_a_click_on_a_card_chooses_its_schema(new: NewProject, id: str) -> None:
    new.draft.title = TITLE
    new.go_to(1)
    page = schema_page(new)
    QTest.mouseClick(page.cards[id], LEFT)
    assert new.draft.schema == id
    assert [key for key, card in page.cards.items() if card.disc.isChecked()] == [id]


@pytest.mark.parametrize("id", BUNDLED)
def test_the_sample_is_labelled_by_every_bundled_schema(look: Look, id: str) -> None:
    marks = sample.marks(look, schemas.bundled(id))
    assert len(marks) >= 3
    for mark in marks:
        ((start, end),) = mark.spans
        assert sample.TEXT[start:end].strip()
        assert mark.name


def test_a_schema_of_one_s_own_is_taken(new: NewProject, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[schema]\nname="مخططي"\n[[entity]]\nid="A"\nar="شيء"\n', "utf-8")
    go_to_who(new)
    new.go_to(1)
    schema_page(new).take_file(path)
    assert new.draft.schema == str(path)
    assert "مخططي" in seen(schema_page(new))
    new.go_to(3)
    who_page(new).who.field.setText("سلمى")
    with qtbot.waitSignal(new.project_made) as made:
        QTest.mouseClick(new.next, LEFT)
    with Project.open(made.args[0]) as project:
        assert project.label_schema.name == "مخططي"


def test_another_own_schema_takes_the_place_of_the_first(new: NewProject, tmp_path: Path) -> None:
    page = schema_page(new)
    for name in ("one", "two"):
        path = tmp_path / f"{name}.toml"
        path.write_text(f'[schema]\nname="{name}"\n', "utf-8")
        page.take_file(path)
    assert len(page.cards) == len(BUNDLED) + 1
    assert page.note == "two"


def test_faults_of_a_schema_are_worded_with_their_places(new: NewProject, tmp_path: Path) -> None:
    path = tmp_path / "<b>&.toml"
    path.write_text(schema_toml("news").replace('key = "p"', 'key = "s"'), "utf-8")
    new.draft.title = TITLE
    new.go_to(1)
    page = schema_page(new)
    page.take_file(path)
    assert "entity[0].key" in page.trouble.text
    assert new.draft.schema == "news"
    assert is_literal(new)
    page.take_file(tmp_path / "none.toml")
    assert "none.toml" in page.trouble.text
    binary = tmp_path / "picture.toml"
    binary.write_bytes(b"\x89PNG\xff")
    page.take_file(binary)
    assert page.trouble.text


def test_a_name_that_will_not_do_stops_at_the_last_step(new: NewProject, place: Path) -> None:
    go_to_who(new)
    assert not new.next.isEnabled()
    who_page(new).who.field.setText("gold")
    assert not new.next.isEnabled()
    assert who_page(new).who.trouble.text()
    enter(new)
    assert list(place.iterdir()) == []


def test_other_ways_are_asked_for(new: NewProject, qtbot: QtBot, look: Look) -> None:
    from annotator.gui.widgets.buttons import Button

    for button in new.findChildren(Button):
        if button.text() in ("English", "العربية"):
            with qtbot.waitSignal(new.action_asked) as asked:
                QTest.mouseClick(button, LEFT)
    assert asked.args == ["language"]


def test_hostile_answers_are_literal(new: NewProject, place: Path) -> None:
    name_page(new).field.setText(HOSTILE)
    assert is_literal(new)
    enter(new)
    assert new.draft.step == 1
    assert is_literal(new)
    assert not new.grab().isNull()


def test_it_fits_the_smallest_window(new: NewProject, qtbot: QtBot) -> None:
    new.resize(1000, 640)
    name_page(new).field.setText(TITLE)
    enter(new)
    page = schema_page(new)
    qtbot.waitUntil(lambda: page.width() <= 1000 - 344 - 2 * 64, timeout=LONG)
    for card in page.cards.values():
        assert card.mapTo(new, card.rect().topLeft()).x() >= 0
        assert card.width() <= page.width()
