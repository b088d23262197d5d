"""`hashiya schema check`, `show` and `change`, and `hashiya formats`."""

from pathlib import Path

import pytest

from annotator.paths import resource
from tests.cli.running import Ran, hashiya, lines

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


# --- change -------------------------------------------------------------------------------------


def test_a_type_is_renamed_and_labels_show_it(labelled_file: Path) -> None:
    told = hashiya("schema", "change", labelled_file, "rename", "PERS", "PERSON", "--json").told

    assert (told["kind"], told["labels"], told["articles"]) == ("entity", 1, 1)
    assert told["by_annotator"] == {"سارة": 1}
    types = [row["type"] for row in hashiya("labels", labelled_file, "--json").told["labels"]]
    assert sorted(types) == ["CONSULT", "GPE", "PERSON", "actor"]
    assert hashiya("problems", labelled_file, "--json").told["problems"] == []
    assert 'from = "PERS"' in hashiya("schema", "show", labelled_file).out

    undone = hashiya("undo", labelled_file, "--as", "lead", "--gesture", told["gesture"])
    assert undone.code == 0
    types = [row["type"] for row in hashiya("labels", labelled_file, "--json").told["labels"]]
    assert "PERS" in types


def split(file: Path, *words: str, lang: str = "en") -> Ran:
    into = ("POLITICIAN", "OFFICIAL", "--name", "POLITICIAN", "Politician", "سياسي")
    return hashiya("schema", "change", file, "split", "PERS", *into, *words, lang=lang)


def test_a_type_is_split_and_each_label_of_it_is_a_problem(labelled_file: Path) -> None:
    before = hashiya("labels", labelled_file, "--json").told
    seen = split(labelled_file, "--preview", "--json").told
    assert hashiya("problems", labelled_file, "--json").told["problems"] == []

    told = split(labelled_file, "--json").told

    assert (told["to"], told["into"], told["labels"]) == ("", ["POLITICIAN", "OFFICIAL"], 1)
    assert (told["by_annotator"], told["problems"]) == ({"سارة": 1}, {"type_split": 1})
    assert {**told, "preview": True, "gesture": ""} == seen
    assert hashiya("labels", labelled_file, "--json").told == before
    (problem,) = hashiya("problems", labelled_file, "--json").told["problems"]
    assert (problem["code"], problem["annotator"]) == ("type_split", "سارة")
    assert "POLITICIAN / OFFICIAL" in problem["message"]
    assert 'ar = "سياسي"' in hashiya("schema", "show", labelled_file).out

    line = {"do": "change", "uid": problem["uid"], "type": "OFFICIAL"}
    ran = hashiya("apply", labelled_file, "--as", "سارة", given=lines(line))
    assert ran.code == 0
    assert hashiya("problems", labelled_file, "--json").told["problems"] == []


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_splitting_is_told_in_words(labelled_file: Path, lang: str) -> None:
    ran = split(labelled_file, lang=lang)

    assert ran.code == 0
    assert "سارة" in ran.out
    assert {"ar": "للاختيار", "en": "To decide"}[lang] in ran.out
    assert all(type_name in ran.out for type_name in ("POLITICIAN", "OFFICIAL"))


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_preview_of_a_change_writes_nothing(labelled_file: Path, lang: str) -> None:
    before = labelled_file.read_bytes()

    ran = hashiya("schema", "change", labelled_file, "merge", "GPE", "ORG", "--preview", lang=lang)

    assert ran.code == 0
    assert len(ran.out.splitlines()) == 4
    assert "سارة" in ran.out
    assert labelled_file.read_bytes() == before


def test_a_change_in_the_name_of_a_lead(labelled_file: Path) -> None:
    words = ("schema", "change", labelled_file, "retire", "ORG", "--as", "سلمى")

    assert hashiya(*words).code == 0

    last = hashiya("history", labelled_file, "--json").told["history"][-1]
    assert (last["kind"], last["who"]) == ("change_schema", "سلمى")


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("rename", "PERS"), 2, "wrong_use"),
        (("retire", "PERS", "ORG"), 2, "wrong_use"),
        (("split", "PERS", "ORG"), 2, "wrong_use"),
        (("split", "PERS", "A", "B", "--name", "C", "C", "ج"), 2, "wrong_use"),
        (("rename", "PERS", "A", "--name", "A", "A", "أ"), 2, "wrong_use"),
        (("split", "PERS", "A", "A"), 2, "split_needs_two"),
        (("split", "PERS", "A", "CONSULT"), 2, "cannot_split"),
        (("rename", "NONE", "X"), 2, "no_such_type"),
        (("rename", "PERS", "ORG"), 2, "type_exists"),
        (("merge", "PERS", "CONSULT"), 2, "cannot_merge"),
        (("rename", "PERS", "not an id"), 1, "bad_schema"),
    ],
)
def test_a_change_that_cannot_be_is_one_sentence(
    labelled_file: Path, words: tuple[str, ...], code: int, error: str
) -> None:
    before = labelled_file.read_bytes()

    assert hashiya("schema", "change", labelled_file, *words, lang="ar").code == code
    ran = hashiya("schema", "change", labelled_file, *words, "--json")
    assert (ran.code, ran.told["error"]) == (code, error)
    assert labelled_file.read_bytes() == before


# --- guidelines ---------------------------------------------------------------------------------


@pytest.fixture
def edited(labelled_file: Path) -> Path:
    """Return the label schema of a project as TOML, with another guideline for people."""
    toml = hashiya("schema", "show", labelled_file, "--json").told["toml"]
    path = labelled_file.with_name("edited.toml")
    head, _, rest = toml.partition('id = "PERS"\n')
    path.write_text(
        f'{head}id = "PERS"\nguideline_ar = "الأسماء وحدها."\n{_without_one(rest)}', "utf-8"
    )
    return path


def _without_one(rest: str) -> str:
    """Return the rest of a label schema without the first type's own guideline in Arabic."""
    lines = rest.splitlines(keepends=True)
    at = next((n for n, line in enumerate(lines) if line.startswith(("guideline_ar", "[["))), 0)
    return "".join(lines[:at] + lines[at + lines[at].startswith("guideline_ar") :])


def test_guidelines_are_previewed_changed_and_undone(labelled_file: Path, edited: Path) -> None:
    before = hashiya("schema", "show", labelled_file).out
    words = ("schema", "change", labelled_file, "guidelines", edited)

    seen = hashiya(*words, "--preview", "--json").told
    assert (seen["changed"], seen["gesture"]) == (["PERS"], "")
    assert hashiya("schema", "show", labelled_file).out == before

    told = hashiya(*words, "--json").told
    assert told["changed"] == ["PERS"]
    assert "الأسماء وحدها." in hashiya("schema", "show", labelled_file).out
    again = hashiya(*words, "--json").told
    assert (again["changed"], again["gesture"]) == ([], "")
    hashiya("undo", labelled_file, "--as", "lead", "--gesture", told["gesture"])
    assert hashiya("schema", "show", labelled_file).out == before


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_guidelines_are_told_in_words(labelled_file: Path, edited: Path, lang: str) -> None:
    ran = hashiya("schema", "change", labelled_file, "guidelines", edited, "--lang", lang)

    assert (ran.code, ran.err) == (0, "")
    assert "PERS" in ran.out


def test_other_types_come_by_no_file_of_guidelines(labelled_file: Path, edited: Path) -> None:
    before = hashiya("schema", "show", labelled_file).out
    more = edited.read_text("utf-8") + '\n[[topic]]\nid = "water"\nen = "Water"\nar = "المياه"\n'
    edited.write_text(more, "utf-8")
    for preview in ((), ("--preview",)):
        ran = hashiya("schema", "change", labelled_file, "guidelines", edited, *preview, "--json")
        assert (ran.code, ran.told["error"]) == (1, "other_types")
        assert "water" in ran.told["message"]
    for words in (("B",), ("--name", "B", "b", "b")):
        assert hashiya("schema", "change", labelled_file, "guidelines", edited, *words).code == 2
    missing = hashiya("schema", "change", labelled_file, "guidelines", "none.toml", "--json")
    assert missing.told["error"] == "no_such_file"
    assert hashiya("schema", "show", labelled_file).out == before
