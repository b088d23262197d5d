"""Names of files: what every system takes, each another, and the ordinary ones as they are."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.filenames import file_stems
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
