"""Names of files: what every system takes, each another, and the ordinary ones as they are."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.core.filenames import file_stems, names_apart
from tests.strategies import HOSTILE_NAMES, names


@pytest.mark.parametrize("name", ["a1", "سارة", "أحمد بن علي", "Zoë", "O'Brien", "م. كريم"])
def test_an_ordinary_name_stays(name: str) -> None:
    assert file_stems([name]) == [name]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("../../etc", "_.._etc"),
        ("a/b", "a_b"),
        ("a\\b:c", "a_b_c"),
        ("CON", "CON_"),
        ("com1.txt", "com1.txt_"),
        ("-rf", "rf"),
        (".hidden", "hidden"),
        ("dot. ", "dot"),
        ("", "_"),
        ("علي\u202eيلع", "علييلع"),
        ("ali\u0301", "alí"),
    ],
)
def test_what_some_system_refuses_is_replaced(name: str, stem: str) -> None:
    assert file_stems([name]) == [stem]


def test_names_that_some_system_takes_for_one_are_numbered() -> None:
    told = ["Ali", "ali", "ALI", "a/b", "a_b", "é", "e\u0301", "ﬁ", "fi"]

    assert file_stems(told) == ["Ali", "ali-2", "ALI-3", "a_b", "a_b-2", "é", "é-2", "ﬁ", "fi-2"]


@example(["- بوتين"])
@given(st.lists(st.one_of(names(), st.sampled_from(HOSTILE_NAMES)), max_size=12))
def test_every_name_is_safe_and_none_twice(some: list[str]) -> None:
    stems = file_stems(some)

    keys = {unicodedata.normalize("NFKC", stem.casefold()) for stem in stems}
    assert len(keys) == len(some)
    for stem in stems:
        assert 0 < len(f"{stem}.hashiya".encode()) < 220
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', stem)
        assert not stem.startswith((".", "-", " "))
        assert not stem.endswith((".", " "))
        assert unicodedata.is_normalized("NFC", stem)
        assert stem.split(".")[0].rstrip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1"}


# --- told apart ---------------------------------------------------------------------------------


def told_apart(*paths: str) -> list[str]:
    return names_apart([PurePosixPath(path) for path in paths])


def test_a_name_alone_needs_no_folder() -> None:
    assert told_apart("/a/1.zip", "/a/2.zip", "1.hashiya") == ["1.zip", "2.zip", "1.hashiya"]


def test_files_of_one_name_are_told_apart_by_as_little_as_can_be() -> None:
    same = ("/a/x/in/1.zip", "/a/y/in/1.zip", "/a/y/out/1.zip", "/b/2.zip")

    assert told_apart(*same) == ["x/in/1.zip", "y/in/1.zip", "out/1.zip", "2.zip"]
    assert told_apart("in/1.zip", "1.zip", "/in/1.zip") == ["in/1.zip", "1.zip", "/in/1.zip"]


def test_what_is_given_twice_is_called_the_same() -> None:
    assert told_apart("/a/1.zip", "/a/1.zip") == ["1.zip", "1.zip"]
    assert told_apart("/", ".") == ["/", "."]


def test_folders_of_windows_are_told_apart_too() -> None:
    paths = [PureWindowsPath(r"C:\a\1.zip"), PureWindowsPath(r"D:\a\1.zip")]

    assert names_apart(paths) == ["C:/a/1.zip", "D:/a/1.zip"]


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), max_size=6))
def test_different_paths_are_always_called_differently(parts: list[list[str]]) -> None:
    paths = [PurePosixPath("/", *some) for some in parts]
    found = names_apart(paths)

    assert len(set(found)) == len(set(paths))
    for path, name in zip(paths, found, strict=True):
        assert str(path).endswith(name)
