"""What the machine remembers: read whatever the file holds, written so that windows agree."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from annotator import paths
from annotator.core.errors import UserError
from annotator.gui import settings
from annotator.gui.settings import OfProject, Place, Recent, Settings


def file() -> Path:
    paths.data_folder().mkdir(parents=True, exist_ok=True)
    return paths.data_folder() / settings.NAME


def written(told: object) -> None:
    file().write_text(json.dumps(told), "utf-8")


# --- reading --------------------------------------------------------------------------------------


def test_where_nothing_is_remembered_everything_is_as_usual() -> None:
    assert settings.read() == (Settings(), None)


def test_what_was_changed_is_read_again() -> None:
    place = Place("0011223344556677", 120, 7, "events")
    changed = settings.change(
        lambda now: settings.with_project(
            Settings(language="ar", theme="dark", zoom=30, splitters={"main": (1, 2)}),
            "p1",
            who="n1",
            place=place,
        )
    )

    assert settings.read() == (changed, None)
    assert changed.of_project("p1") == OfProject("n1", place)
    assert changed.of_project("p2") == OfProject()


@pytest.mark.parametrize(
    "told", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"zoom":', b"[" * 100_000, b"\0" * 100]
)
def test_a_damaged_file_is_set_aside_and_told_in_a_sentence(told: bytes) -> None:
    file().write_bytes(told)

    found, trouble = settings.read()

    assert found == Settings()
    assert trouble is not None
    assert (trouble.code, trouble.data) == (
        "settings_damaged",
        {"path": "settings-damaged-1.json"},
    )
    assert file().with_name("settings-damaged-1.json").read_bytes() == told
    assert settings.read() == (Settings(), None)


def test_what_was_set_aside_before_stays() -> None:
    for n in range(3):
        file().write_text(f"{n}", "utf-8")
        settings.read()

    kept = [path.read_text("utf-8") for path in sorted(file().parent.glob("settings-damaged-*"))]
    assert kept == ["0", "1", "2"]


def test_what_does_not_fit_is_left_out_and_the_rest_holds() -> None:
    written(
        {
            "language": "fr",
            "theme": "dark",
            "zoom": 900,
            "chips": 3,
            "new_in_a_later_version": [1],
            "recent": [{"path": "/a"}, {"path": 5}, "x", {"path": "/b", "title": "ب"}],
            "projects": {"p": {"who": "n"}, "q": 3, "r": {"place": {"offset": "x"}}},
        }
    )

    found, trouble = settings.read()

    assert trouble is None
    assert (found.language, found.theme, found.zoom, found.chips) == ("", "dark", 22, "name")
    assert found.recent == (Recent("/a"), Recent("/b", "ب"))
    assert found.projects == {"p": OfProject("n")}


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(Settings.__struct_fields__),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text() | st.floats(-9, 9),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        ),
    )
)
def test_no_json_can_break_the_reading(told: dict[str, object]) -> None:
    written(told)

    found, trouble = settings.read()

    assert trouble is None
    assert 16 <= found.zoom <= 36


@given(st.binary(max_size=300))
@examples(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_bytes_can_break_the_reading(told: bytes) -> None:
    file().write_bytes(told)

    assert isinstance(settings.read()[0], Settings)


def test_a_file_that_cannot_be_read_is_no_reason_to_stop() -> None:
    file().mkdir()

    found, trouble = settings.read()

    assert found == Settings()
    assert trouble is not None
    assert trouble.code == "cannot_read"


# --- recent projects ------------------------------------------------------------------------------


def test_the_last_twelve_projects_are_remembered_the_newest_first(tmp_path: Path) -> None:
    found = Settings()
    for n in [*range(15), 5]:
        found = settings.with_recent(found, tmp_path / f"{n}.hashiya", f"مشروع {n}")

    names = [Path(one.path).stem for one in found.recent]
    assert names == ["5", "14", "13", "12", "11", "10", "9", "8", "7", "6", "4", "3"]
    assert found.recent[0].title == "مشروع 5"


def test_a_project_that_is_gone_is_remembered_as_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.hashiya"
    path.write_bytes(b"")
    found = settings.with_recent(Settings(), path, "")
    assert found.recent[0].is_there

    path.unlink()

    assert not found.recent[0].is_there
    assert settings.without_recent(found, str(path)).recent == ()


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_no_unicode_is_not_remembered_and_breaks_nothing(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.hashiya"))

    settings.change(lambda now: settings.with_recent(now, path, "x"))

    assert settings.read() == (Settings(), None)


def test_projects_that_were_open_long_ago_are_forgotten() -> None:
    found = Settings()
    for n in range(250):
        found = settings.with_project(found, f"p{n}", who="n")

    assert len(found.projects) == 200
    assert found.of_project("p249").who == "n"
    assert found.of_project("p0").who == ""


# --- writing --------------------------------------------------------------------------------------

OPENING = """
import sys
from pathlib import Path
from annotator.gui import settings
for n in range(6):
    path = Path(f"/p/{sys.argv[1]}-{n}.hashiya")
    settings.change(lambda now: settings.with_recent(now, path, ""))
    settings.change(lambda now: settings.with_project(now, path.stem, who=sys.argv[1]))
"""


def test_windows_that_write_at_once_do_not_lose_each_others_projects() -> None:
    command = [sys.executable, "-c", OPENING]
    windows = [subprocess.Popen([*command, name]) for name in ("a", "b")]
    assert [window.wait(60) for window in windows] == [0, 0]

    found, trouble = settings.read()

    assert trouble is None
    assert len(found.recent) == 12
    assert len({one.path for one in found.recent}) == 12
    assert len(found.projects) == 12


def test_a_change_is_made_on_what_the_file_says_now_not_on_what_was_read() -> None:
    settings.change(lambda now: settings.with_splitter(now, "main", (300, 500)))
    changed = settings.change(lambda now: settings.with_project(now, "p", who="n"))

    assert changed.splitters == {"main": (300, 500)}
    assert changed.of_project("p").who == "n"


def test_where_nothing_can_be_written_the_change_says_so_and_the_old_file_stays(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    monkeypatch.setenv("HASHIYA_DATA", str(tmp_path / "taken"))

    with pytest.raises(UserError, match="no_data_folder"):
        settings.change(lambda now: now)
    assert settings.read()[0] == Settings()


def test_an_edit_that_fails_leaves_the_file_and_lets_others_write() -> None:
    before = settings.change(lambda now: settings.with_project(now, "p", who="n"))

    with pytest.raises(ZeroDivisionError):
        settings.change(lambda now: Settings(zoom=1 // 0))

    assert settings.read() == (before, None)
    settings.change(lambda now: now)


def test_the_file_can_be_read_by_a_person() -> None:
    settings.change(lambda now: settings.with_recent(now, Path("/أ/مشروع.hashiya"), "عيّنة"))

    assert '"title": "عيّنة"' in file().read_text("utf-8")
