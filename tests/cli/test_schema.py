"""`hashiya schema check` and `hashiya schema show`, and `hashiya formats`."""

from pathlib import Path

import pytest

from annotator.paths import resource
from tests.cli.running import hashiya

BUNDLED = ["news", "ace", "wojood", "stance"]


@pytest.mark.parametrize("name", BUNDLED)
def test_show_prints_the_toml_as_it_was_written(name: str) -> None:
    written = resource(f"schemas/{name}.toml").read_text(encoding="utf-8")

    assert hashiya("schema", "show", name).out == written
    assert hashiya("schema", "show", name, "--json").told == {"ok": True, "toml": written}


@pytest.mark.parametrize("name", BUNDLED)
def test_the_bundled_schemas_have_no_faults(name: str) -> None:
    path = resource(f"schemas/{name}.toml")

    assert hashiya("schema", "check", path, lang="ar").out == "مخطط الوسوم سليم.\n"
    assert hashiya("schema", "check", path, "--json").told == {"ok": True, "faults": []}


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(
        '[schema]\nname = "own"\nclitics = "both"\n[[entity]]\nid = "1"\nkey = "S"\n',
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_fault_is_told_with_its_place(faulty: Path, lang: str) -> None:
    ran = hashiya("schema", "check", faulty, lang=lang)

    assert (ran.code, ran.out) == (1, "")
    places = [line.split(": ")[:2] for line in ran.err.splitlines()]
    expected = [(3, "schema.clitics"), (5, "entity[0].id"), (6, "entity[0].key")]
    assert places == [[f"{faulty.name}:{line}", place] for line, place in expected]


def test_faults_in_json_keep_their_codes(faulty: Path) -> None:
    ran = hashiya("schema", "check", faulty, "--json", lang="ar")

    assert ran.code == 1
    assert (ran.told["ok"], ran.told["error"], ran.told["message"]) == (
        False,
        "bad_schema",
        "3 أخطاء",
    )
    codes = [fault["code"] for fault in ran.told["faults"]]
    assert codes == ["schema_bad_value", "schema_bad_id", "schema_bad_key"]


def test_what_is_no_toml_is_told(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[schema\n")

    assert hashiya("schema", "check", path).err.startswith("own.toml: This is not sound TOML")


def test_a_file_that_is_not_there_is_wrong_use() -> None:
    assert hashiya("schema", "check", "gone.toml").code == 2
    assert hashiya("schema", "show", "gone").code == 2


# --- formats ------------------------------------------------------------------------------------


def test_formats_tell_what_they_read_write_count_and_lose() -> None:
    told = hashiya("formats", "--json").told

    first = told["formats"][0]
    assert first == {
        "name": "hashiya/1",
        "reads": True,
        "writes": True,
        "unit": "code points",
        "losses": [],
    }


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_formats_are_told_in_words(lang: str) -> None:
    told = hashiya("formats", lang=lang)

    assert told.code == 0
    assert "hashiya/1" in told.out
    assert ("نعم" in told.out) == (lang == "ar")


def test_nothing_that_a_format_loses_is_left_untranslated() -> None:
    from annotator.formats import registry
    from annotator.i18n import Language
    from annotator.services.wording import word

    arabic = Language.of("ar")
    for one in registry.formats():
        for what in (*one.losses, one.unit):
            assert not what or word(what, arabic) != what, what
