"""Where the program's own files lie, in a clone."""

from pathlib import Path

import platformdirs
import pytest

from annotator import paths

ROOT = Path(__file__).resolve().parents[2]


def test_a_clone_has_its_resources_and_seeds_at_the_top() -> None:
    assert paths.resource("schemas/news.toml") == ROOT / "resources" / "schemas" / "news.toml"
    assert paths.seeds() == ROOT / "seeds"


def test_the_data_folder_is_the_one_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HASHIYA_DATA")
    assert paths.data_folder() == platformdirs.user_data_path("hashiya", appauthor=False)
    assert paths.log_folder() == platformdirs.user_log_path("hashiya", appauthor=False)


def test_another_data_folder_takes_the_logs_along(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HASHIYA_DATA", "بيانات")
    assert paths.data_folder() == tmp_path / "بيانات"
    assert paths.log_folder() == tmp_path / "بيانات" / "logs"


def test_asking_where_makes_no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HASHIYA_DATA", str(tmp_path / "none"))
    paths.log_folder()
    assert list(tmp_path.iterdir()) == []
