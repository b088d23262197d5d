"""Catalogues are compiled whole, and only when they need it."""

import gettext
import os
from pathlib import Path

import pytest

import catalogues

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"

msgid "saved"
msgstr "حُفظ"

#, fuzzy
msgid "lost"
msgstr "ضاع"

msgid "%(n)d article"
msgid_plural "%(n)d articles"
msgstr[0] "لا مقالات"
msgstr[1] "مقال واحد"
msgstr[2] "مقالان"
msgstr[3] "%(n)d مقالات"
msgstr[4] "%(n)d مقالًا"
msgstr[5] "%(n)d مقال"
"""  # noqa: E501


@pytest.fixture
def po(tmp_path: Path) -> Path:
    path = tmp_path / "ar" / "LC_MESSAGES" / "hashiya.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    return path


def test_a_compiled_catalogue_answers_with_its_plurals(tmp_path: Path, po: Path) -> None:
    assert catalogues.compile_all(tmp_path) == [po.with_suffix(".mo")]
    arabic = gettext.translation("hashiya", tmp_path, languages=["ar"])
    assert arabic.gettext("saved") == "حُفظ"
    assert arabic.ngettext("%(n)d article", "%(n)d articles", 2) == "مقالان"
    assert arabic.ngettext("%(n)d article", "%(n)d articles", 11) == "%(n)d مقالًا"


def test_what_a_translator_has_not_confirmed_is_not_shown(tmp_path: Path, po: Path) -> None:
    catalogues.compile_all(tmp_path)
    assert gettext.translation("hashiya", tmp_path, languages=["ar"]).gettext("lost") == "lost"


def test_a_catalogue_is_stale_until_compiled_and_again_when_edited(
    tmp_path: Path, po: Path
) -> None:
    assert catalogues.stale(tmp_path) == [po]
    catalogues.compile_all(tmp_path)
    assert catalogues.stale(tmp_path) == []
    later = po.stat().st_mtime + 10
    os.utime(po, (later, later))
    assert catalogues.stale(tmp_path) == [po]


def test_compiling_leaves_nothing_else_behind(tmp_path: Path, po: Path) -> None:
    catalogues.compile_all(tmp_path)
    assert {path.name for path in po.parent.iterdir()} == {"hashiya.po", "hashiya.mo"}


def test_without_catalogues_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert catalogues.stale(tmp_path / "none") == []
    assert catalogues.compile_all(tmp_path / "none") == []
