"""`hashiya new`."""

from pathlib import Path

import pytest

from tests.cli.running import hashiya


def test_new_makes_a_project_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "أخبار.hashiya"

    ran = hashiya("new", path, lang="ar")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("أُنشئ المشروع «")
    assert path.exists()


def test_new_in_json_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.hashiya"

    assert hashiya("new", path, "--json").told == {"ok": True, "path": str(path)}


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_new_refuses_an_existing_file_and_leaves_it(tmp_path: Path, lang: str) -> None:
    path = tmp_path / "a.hashiya"
    path.write_text("mine")

    ran = hashiya("new", path, lang=lang)

    assert (ran.code, ran.out) == (2, "")
    assert "a.hashiya" in ran.err
    assert path.read_text() == "mine"


def test_new_names_a_folder_that_is_not_there(tmp_path: Path) -> None:
    ran = hashiya("new", tmp_path / "غائب" / "a.hashiya", "--json")

    assert (ran.code, ran.told["error"]) == (2, "no_such_folder")


@pytest.mark.parametrize("schema", ["ace", "wojood", "stance"])
def test_new_takes_a_bundled_label_schema(tmp_path: Path, schema: str) -> None:
    path = tmp_path / "a.hashiya"

    assert hashiya("new", path, "--schema", schema).code == 0
    assert hashiya("schema", "show", path).out == hashiya("schema", "show", schema).out


def test_new_takes_a_file_or_another_project_as_label_schema(tmp_path: Path) -> None:
    toml = tmp_path / "own.toml"
    toml.write_text('[schema]\nname = "own" # ملاحظة\n[[entity]]\nid = "PERS"\n', encoding="utf-8")

    assert hashiya("new", tmp_path / "a.hashiya", "--schema", toml).code == 0
    assert hashiya("new", tmp_path / "b.hashiya", "--schema", tmp_path / "a.hashiya").code == 0
    shown = hashiya("schema", "show", tmp_path / "b.hashiya")
    assert shown.out == toml.read_text(encoding="utf-8")


def test_new_tells_the_faults_of_a_label_schema_and_makes_nothing(tmp_path: Path) -> None:
    toml = tmp_path / "own.toml"
    toml.write_text('[schema]\nname = "own"\n[[entity]]\nid = "PERS"\nkye = "p"\n')

    ran = hashiya("new", tmp_path / "a.hashiya", "--schema", toml)

    assert ran.code == 1
    assert "entity[0].kye" in ran.err
    assert not (tmp_path / "a.hashiya").exists()


def test_new_names_a_label_schema_that_is_not_there(tmp_path: Path) -> None:
    ran = hashiya("new", tmp_path / "a.hashiya", "--schema", "nwes")

    assert ran.code == 2
    assert "nwes" in ran.err
