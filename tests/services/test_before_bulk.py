"""Before a gesture that changes many places a backup is kept, whichever service changes them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.arabic.finding import Query
from annotator.core.errors import UserError
from annotator.core.model import Entity, extent_at
from annotator.core.schemachange import RENAME
from annotator.services import backing_up, clitics, marking, merging, restoring
from annotator.services.backing_up import HANDFUL, backups_of
from annotator.services.changing_schema import TypeChange, change_schema
from annotator.store import backing
from annotator.store.project import Project
from tests.exchange.bundling import handed_in, team
from tests.projects import annotator, contents, layer_of, made, quick_folder

MANY = HANDFUL + 1


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as folder:
        yield folder


def _reasons(project: Project) -> list[str]:
    return [one.facts.reason for one in backups_of(project.path)]


def _filled(folder: Path, n: int) -> Project:
    """Open a project with one article, in which a name stands `n` times."""
    return Project.open(made(folder, texts=(_text(n),)))


def _text(n: int) -> str:
    return " ثم ".join(["بصنعاء"] * n)


def _mark_all(project: Project) -> object:
    return marking.mark_all(project, annotator(project), "صنعاء", "GPE")


def _mark(project: Project) -> object:
    who = annotator(project)
    chosen = [*marking.proposals(project, who, Query("صنعاء"), "GPE")]
    return marking.mark(project, who, chosen, "GPE")


@pytest.mark.parametrize("labelled", [_mark_all, _mark])
@pytest.mark.parametrize("n", [HANDFUL, MANY])
def test_before_many_places_are_labelled_a_backup_is_kept(
    folder: Path, labelled: Callable[[Project], object], n: int
) -> None:
    with _filled(folder, n) as project:
        annotator(project)
        before = contents(project)["operations"]
        labelled(project)

        assert _reasons(project) == ["bulk"] * (n > HANDFUL)
        assert project.connection.execute("SELECT count(*) FROM entities").fetchone() == (n,)
        if n > HANDFUL:
            to = folder / "before.hashiya"
            restoring.restore(project.path, to, backups_of(project.path)[0], as_it_was=True)
            with Project.open(to) as there:
                assert contents(there)["operations"] == before


@pytest.mark.parametrize("n", [HANDFUL, MANY])
def test_so_it_is_before_many_are_mended(folder: Path, n: int) -> None:
    text = " ثم ".join(["بوتين وبوتين"] * n)
    with Project.open(made(folder, texts=(text,))) as project:
        who = annotator(project)
        with project.gesture(layer_of(project, text=text), "add_entity") as part:
            for one in re.finditer("وبوتين", text):
                extent = extent_at(text, [one.span()])
                part.put(Entity(part.gesture.new_uid("entity"), extent, "GPE"))
        mended = clitics.mend(project, who)

        assert mended.labels == n
        assert _reasons(project) == ["bulk"] * (n > HANDFUL)


def test_before_the_label_schema_changes_one_is_kept_whatever_the_number(folder: Path) -> None:
    with _filled(folder, 1) as project:
        change_schema(project, TypeChange(RENAME, "GPE", "PLACE"))

        assert _reasons(project) == ["bulk"]


def test_a_change_of_many_waits_where_no_backup_can_be_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> backing.Made:
        raise UserError("no_backup", path="x", why="full")

    monkeypatch.setattr(backing, "back_up", full)
    with _filled(folder, MANY) as project:
        annotator(project)
        before = contents(project)
        with pytest.raises(UserError, match="no_backup"):
            _mark_all(project)

        assert contents(project) == before


def test_before_many_operations_are_taken_back_one_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "HANDFUL", 0)
    lead, files = team(folder)
    with Project.open(lead) as project:
        receipt = merging.merge(project, [handed_in(files["a1"])]).receipt
        merging.take_back(project, receipt)

        assert _reasons(project) == ["merge", "bulk"]
