"""Recovery, table by table: what one page says, others or hashes say again."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator import paths
from annotator.services import annotators, assigning, handing_out, labelling, recovering
from annotator.store import restoring, tables
from annotator.store.project import Project
from annotator.store.recovering import Recovery
from tests import projects
from tests.projects import assert_sound, code_of, copied, extent_of, layer_of, operations_in, sha_of


@pytest.fixture
def file() -> Iterator[Path]:
    """Give a project in which two have labelled two articles; nothing is kept beside it."""
    with projects.quick_folder() as folder:
        path = projects.made(folder)
        with Project.open(path) as project:
            for name in ("a1", "a2"):
                layer = layer_of(project, name)
                labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
        forget()
        yield path


def forget() -> None:
    for kept in ("journals", "backups"):
        shutil.rmtree(paths.data_folder() / kept, ignore_errors=True)


def without(path: Path, *names: str) -> Path:
    """Destroy the first pages of tables and indexes."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT name,rootpage FROM sqlite_master"
        roots = dict(connection.execute(query).fetchall())
    found = bytearray(path.read_bytes())
    for name in names:
        at = (roots[name] - 1) * tables.PAGE_SIZE
        found[at : at + tables.PAGE_SIZE] = b"\xa5" * tables.PAGE_SIZE
    path.write_bytes(found)
    return path


def names_in(path: Path) -> set[str]:
    with Project.open(path) as project:
        assert_sound(project)
        assert restoring.n_altered(project) == 0
        return {one.hash for one in operations_in(project)}


def recovered(path: Path) -> Recovery:
    return recovering.recover(path, path.with_name("new.hashiya"))


@pytest.mark.parametrize(
    "gone",
    [
        ("articles",),
        ("annotators",),
        ("layers",),
        ("annotators", "sqlite_autoindex_annotators_1", "articles"),
        ("layers", "sqlite_autoindex_layers_1", "sqlite_autoindex_layers_2"),
        ("layers", "layers_by_status", "annotators"),
        ("label_schemas", "receipts", "replicas", "regions", "progress"),
        ("operations_in_scope", "sqlite_autoindex_operations_1", "entities", "spans", "words_data"),
    ],
    ids=" ".join,
)
def test_no_operation_is_lost_with_what_others_say_again(file: Path, gone: tuple[str, ...]) -> None:
    before = names_in(file)

    found = recovered(without(file, *gone))

    assert names_in(found.path) >= before
    assert found.file.articles == 3
    assert found.file.labels == 2
    assert found.n_missing == 0
    with Project.open(found.path) as project:
        assert {one.name for one in project.annotators()} == {"a1", "a2"}


def test_without_its_history_the_texts_come_back_and_the_rest_is_said_to_be_gone(
    file: Path,
) -> None:
    found = recovered(without(file, "operations"))

    assert (found.total.articles, found.total.labels) == (3, 0)
    assert found.is_cut
    assert not found.is_whole


def test_without_a_label_schema_one_with_the_types_in_use_stands_in_its_place(file: Path) -> None:
    raw = file.read_bytes()
    file.write_bytes(raw.replace(b"[[entity]]", b"[[entity)]"))

    found = recovered(file)

    assert not found.has_schema
    assert found.file.labels == 2
    with Project.open(found.path) as project:
        assert [one.id for one in project.label_schema.entities] == ["PERS"]


def test_without_its_settings_it_is_a_project_of_its_own_and_that_is_said(file: Path) -> None:
    with Project.open(file) as project:
        uid = project.uid

    found = recovered(without(file, "settings"))

    assert not found.is_same
    with Project.open(found.path) as project:
        assert project.uid != uid


def test_the_second_record_of_its_place_says_which_project_it_was() -> None:
    with projects.quick_folder() as folder:
        path = projects.made(folder)
        with Project.open(path) as project:
            uid = project.uid
            labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")

        found = recovered(without(path, "settings", "operations"))

        assert found.is_same
        assert found.record.labels == 1
        with Project.open(found.path) as project:
            assert project.uid == uid


def test_nothing_is_taken_from_the_second_record_of_a_copy_elsewhere() -> None:
    with projects.quick_folder() as folder:
        path = projects.made(folder)
        with Project.open(path) as project:
            annotators.ensure(project, "a1")
        other = copied(path, "other.hashiya")
        with Project.open(other) as project:
            labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")

        found = recovered(without(path, "operations"))

        assert found.total.labels == 0
        assert len(names_in(other) - names_in(found.path)) >= 1


def test_a_text_that_nothing_names_any_more_is_left_out_and_counted(file: Path) -> None:
    found = recovered(without(file, "articles", "sqlite_autoindex_articles_1"))

    assert found.file.articles == 1, "a layer vouches for it"
    assert found.n_unnamed == 2
    assert found.file.labels == 2


def test_a_file_that_was_handed_out_finds_its_own_second_record() -> None:
    with projects.quick_folder() as folder:
        lead = projects.made(folder)
        with Project.open(lead) as project:
            plan = assigning.planned(project, assigning.Wish(("سلمى",), overlap=1))
            done = handing_out.assign_and_hand_out(project, plan, folder / "files")
        path = done.files[0].path
        with Project.open(path) as project:
            owner = annotators.owner(project)
            assert owner is not None
            layer = project.layer(sha_of(0), owner.uid)
            labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")

        found = recovered(without(path, "operations"))

        assert found.record.labels == 1
        with Project.open(found.path) as project:
            assert project.owner == owner.uid
            assert len(project.labels(layer)) == 1


def test_a_file_that_is_gone_comes_back_from_what_is_kept_and_nothing_from_nothing(
    file: Path,
) -> None:
    file.unlink()

    assert code_of(lambda: recovered(file)) == "cannot_repair"
    assert not file.with_name("new.hashiya").exists()


def test_what_was_recovered_is_kept_once_and_takes_no_place(file: Path) -> None:
    to = file.with_name("kept.hashiya")
    found = recovering.recovered(without(file, "operations_in_scope"))

    found.keep(to)

    assert code_of(lambda: found.keep(to)) == "file_exists"
    found.throw_away()
    assert not found.recovery.path.exists()
    assert len(names_in(to)) > 2
