"""The command line as a whole: help in both languages, wrong use, and what is never shown."""

import re
import sys
from pathlib import Path

import pytest

from annotator import __version__
from annotator.cli import commands
from annotator.cli.main import ENTRIES
from annotator.i18n import Language
from tests.cli.running import COMMANDS, PYTHON, hashiya, program

HEAVY = ("numpy", "PySide6", "rich", "sqlite_utils", "bidi", "msgspec")
LOADED = (
    "import sys; from annotator.cli.main import run; from annotator.__main__ import open_window;"
    "run(sys.argv[1:], open_window);"
    "sys.stderr.write(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
)


def spoken(command: list[str]) -> str:
    return " ".join(command)


# --- help ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=spoken)
def test_help_in_arabic_has_no_english_sentence_left(command: list[str]) -> None:
    ran = hashiya(*command, "--help", lang="ar")

    assert ran.code == 0
    assert "الاستعمال: hashiya" in ran.out
    usage, _, rest = ran.out.partition("\n\n")
    assert usage
    assert not re.search(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b", rest), rest


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=spoken)
def test_help_in_english_has_no_arabic(command: list[str]) -> None:
    ran = hashiya(*command, "--help")

    assert ran.code == 0
    assert ran.out.startswith("Usage: hashiya")
    assert not re.search("[\u0600-\u06ff]", ran.out)


@pytest.mark.parametrize("command", COMMANDS, ids=spoken)
def test_every_option_and_argument_says_what_it_is_in_both_languages(command: list[str]) -> None:
    arabic, english = (hashiya(*command, "-h", lang=lang).out for lang in ("ar", "en"))

    assert len(re.findall(r"^  \S+.*  \S", english, re.MULTILINE)) >= 5
    for name in re.findall(r"^  (-[-a-z, ]+)", english, re.MULTILINE):
        assert name.strip() in arabic


def test_the_list_of_commands_has_them_all_in_the_language_asked_for() -> None:
    said = hashiya("--lang", "ar", "--help").out

    assert [name for name in ENTRIES if re.search(f"^  {name} .*[\u0621-\u064a]", said, re.M)] == [
        *ENTRIES
    ]


def test_lang_goes_before_the_variable_wherever_it_stands() -> None:
    for words in (["--lang", "ar", "new", "-h"], ["new", "-h", "--lang=ar"]):
        assert "الاستعمال" in hashiya(*words).out
    assert hashiya("--lang", "en", "new", "-h", lang="ar").out.startswith("Usage")


def test_the_version_is_said() -> None:
    assert hashiya("--version").out == f"hashiya {__version__}\n"


# --- the window ---------------------------------------------------------------------------------


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="screens of other systems")
@pytest.mark.parametrize("words", [[], ["مشروع.hashiya"], ["--json"], ["A.HASHIYA", "--json"]])
def test_without_a_screen_one_sentence_says_so_and_no_window_is_tried(words: list[str]) -> None:
    nowhere = {"QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    ran = program(*words, environment=nowhere)

    assert ran.code == 3
    if "--json" in words:
        assert ran.told["error"] == "no_display"
    else:
        assert ran.err.startswith("There is no screen here to open a window on")
        assert ran.out == ""


# --- wrong use ----------------------------------------------------------------------------------

WRONG: list[tuple[list[str], str, str]] = [
    (["labls", "x"], "labls", "labels"),
    (["new"], "FILE", ""),
    (["new", "a", "b"], "b", ""),
    (["new", "a", "--titel", "x"], "--titel", "--title"),
    (["new", "a", "--title"], "--title", ""),
    (["new", "a", "--json=1"], "--json", ""),
    (["labels", "a", "--kind", "person"], "person", "entity"),
    (["labels", "a", "--limit", "-3"], "-3", "--limit"),
    (["labels", "a", "--limit", "9" * 30], "9", "--limit"),
    (["labels", "a", "--json", "--jsonl"], "--jsonl", ""),
    (["stats", "a", "--json", "--jsonl"], "--jsonl", ""),
    (["export", "a"], "--output", ""),
    (["export", "a", "-o", "b", "--split", "80/30"], "80/30", "--split"),
    (["export", "a", "-o", "b", "--split", "80/x/20"], "80/x/20", "--split"),
    (["export", "a", "-o", "-", "--split", "80/10/10"], "--split", ""),
    (["export", "a", "-o", "-", "--json"], "--json", ""),
    (["export", "a", "-o", "b", "--seed", "3"], "--seed", ""),
    (["import", "a"], "SOURCE", ""),
    (["apply", "a"], "--as", ""),
    (["undo", "a", "--as", "x"], "--article", ""),
    (["redo", "a", "--as", "x", "--article", "y", "--gesture", "z"], "--gesture", ""),
    (["schema"], "check", ""),
    (["schema", "chek"], "chek", "check"),
    (["--lang", "fr"], "fr", "ar"),
    (["--bad"], "--bad", ""),
    (["--lang"], "--lang", ""),
]


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize(
    ("words", "at_fault", "helpful"), WRONG, ids=[" ".join(words) for words, *_ in WRONG]
)
def test_wrong_use_is_one_sentence_and_exit_code_2(
    words: list[str], at_fault: str, helpful: str, lang: str
) -> None:
    ran = hashiya(*words, lang=lang)

    assert ran.code == 2
    told = ran.told["message"] if "--json" in words else ran.err
    assert at_fault in told
    assert helpful in told
    assert bool(re.search("[\u0621-\u064a]{2}", told)) == (lang == "ar")
    assert len(told.strip().splitlines()) <= 2


def test_wrong_use_with_json_is_one_object() -> None:
    ran = hashiya("new", "--json")

    assert ran.code == 2
    assert ran.told == {
        "ok": False,
        "error": "wrong_use",
        "message": "“FILE” is missing.",
        "saved": "nothing",
        "data": {},
    }
    assert ran.err == ""


def test_what_helps_is_named_after_wrong_use() -> None:
    assert hashiya("schema", "show").err.splitlines()[-1] == "hashiya schema show --help"
    assert "hashiya" not in hashiya("-q", "schema", "show", "-q").err


# --- our own faults -----------------------------------------------------------------------------


def test_a_fault_of_our_own_is_a_sentence_and_a_report_without_anybodys_text(
    monkeypatch: pytest.MonkeyPatch, project_file: Path, tmp_path: Path
) -> None:
    monkeypatch.setenv("HASHIYA_DATA", str(tmp_path / "data"))

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("سر من نص مقال")

    monkeypatch.setattr("annotator.services.statistics.statistics", broken)

    ran = hashiya("stats", project_file, "--json")

    assert ran.code == 3
    assert ran.told["error"] == "internal_error"
    report = next((tmp_path / "data" / "logs").iterdir())
    assert str(report) in ran.told["message"]
    told = report.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in told
    assert "annotator.cli.statistics:" in told
    assert "سر" not in told
    assert str(project_file.parent) not in told


def test_a_fault_is_a_sentence_even_where_no_report_can_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("in the way")
    monkeypatch.setenv("HASHIYA_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("annotator.services.projects.schema_toml", lambda _: 1 / 0)

    ran = hashiya("schema", "show", "news")

    assert (ran.code, ran.out) == (3, "")
    assert ran.err == "Hashiya stopped by a fault of its own.\n"


@pytest.mark.parametrize("words", [["formats"], ["schema", "show", "news"]], ids=spoken)
def test_no_traceback_reaches_a_person(words: list[str]) -> None:
    start = [
        sys.executable,
        "-c",
        "import sys; from annotator.cli import commands; from annotator.__main__ import main;"
        "commands.Command.parse_args = lambda *_: 1 / 0; sys.exit(main())",
    ]

    ran = program(*words, start=start)

    assert ran.code == 3
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert len(ran.err.splitlines()) == 1


# --- what is loaded -----------------------------------------------------------------------------


def test_help_and_new_load_neither_numpy_nor_the_window_nor_rich(tmp_path: Path) -> None:
    start = [*PYTHON[:3], "-c", LOADED]

    help_loads = program("--help", start=start).err.split()
    new_loads = program("new", tmp_path / "a.hashiya", start=start).err.split()

    assert not set(HEAVY) & set(help_loads)
    assert not {"numpy", "PySide6", "rich", "bidi"} & set(new_loads)


def test_a_command_is_loaded_when_it_is_called_and_not_before() -> None:
    loaded = (
        "import sys; from annotator.cli.main import run; run(['--help'], None);"
        "sys.stderr.write(str([n for n in sys.modules if n.startswith('annotator.cli.')]))"
    )

    told = program(start=[*PYTHON[:3], "-c", loaded]).err

    for entry in ENTRIES.values():
        assert f"'{entry.module}'" not in told


def test_every_command_can_be_loaded() -> None:
    group = commands.Group("all", ENTRIES)

    for name in ENTRIES:
        assert group.get_command(group.make_context("all", [], obj=None), name) is not None
    assert Language.of("ar").direction == "rtl"
