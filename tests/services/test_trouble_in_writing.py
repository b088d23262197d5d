"""Each trouble in writing says what was not saved, what to do now, and what was saved before."""

import re

import pytest

from annotator.core import writetrouble
from annotator.core.errors import UserError
from annotator.gui.notsaved import TRY_AGAIN
from annotator.i18n import CODES, Language
from annotator.services.placesentences import SAVED_BEFORE
from annotator.services.wording import sentence
from annotator.store import trouble

NOTHING_MEANT = {"file_busy"}
"""What another program writes is shown later: nothing of this window's waits for it."""
WRITTEN = sorted((trouble.OF_FILES | TRY_AGAIN) - NOTHING_MEANT)
NOT_SAVED = {"en": r"^Not saved:|was not saved:", "ar": r"^لم يُحفظ"}
WHAT_TO_DO = {
    "en": r"\b(Free|Allow|Open|Put|Try|Check|Leave|restore)\b",
    "ar": r"(أفرغ|اسمح|افتحه?|أعده?|افحص|اتركه|استعد)(?![\w])",
}
BEFORE = {"en": r"What was (saved|done here) before", "ar": r"أما ما (حُفظ|أُنجز هنا) من قبل"}


def met(code: str, **data: object) -> UserError:
    return trouble.in_writing(UserError(code, path="رأي.hashiya", **data))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", WRITTEN)
def test_each_says_all_three(name: str, code: str) -> None:
    said = sentence(met(name), Language.of(code))

    assert "رأي.hashiya" in said
    assert re.search(NOT_SAVED[code], said.replace("“رأي.hashiya” ", "")), said
    assert re.search(WHAT_TO_DO[code], said), said
    assert re.search(BEFORE[code], said), said


@pytest.mark.parametrize("name", sorted(trouble.OF_FILES))
def test_what_the_file_could_not_take_stays_in_view(name: str) -> None:
    assert name in TRY_AGAIN


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", ["read_only", "disk_full", "quota"])
def test_so_does_what_is_told_of_a_folder_or_of_a_file_that_has_no_name(
    name: str, code: str
) -> None:
    for data in ({"path": "", "why": "folder"}, {"path": "x", "why": "folder"}):
        said = sentence(UserError(name, **data), Language.of(code))
        assert re.search(BEFORE[code], said), said


def test_what_the_system_says_of_a_file_is_worded_too() -> None:
    codes = {*writetrouble.NO_ROOM.values(), "locked", "read_only", "disk_trouble", "cannot_write"}

    assert codes <= SAVED_BEFORE.keys()


@pytest.mark.parametrize("name", ["damaged", "not_a_project", "disk_trouble"])
def test_where_the_file_may_be_lost_nobody_is_told_that_it_is_safe(name: str) -> None:
    said = sentence(met(name), Language.of("en"))

    assert "safe" not in said
    assert "second record" in said


@pytest.mark.parametrize("name", sorted(trouble.OF_FILES))
def test_where_one_only_reads_nothing_is_said_of_it(name: str) -> None:
    said = sentence(UserError(name, path="a.hashiya", why="read"), Language.of("en"))

    assert "What was" not in said


def test_a_file_that_is_left_in_the_middle_of_a_change_and_read_only_takes_nothing() -> None:
    known = UserError("read_only", path="a.hashiya", why="read")

    assert sentence(trouble.in_writing(known), Language.of("en")).startswith("Not saved")
