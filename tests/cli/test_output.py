"""What goes out: exit codes, streams, encodings, terminals."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.cli import guard, output
from annotator.cli.output import Output, exit_code
from annotator.core.errors import UserError
from annotator.i18n import Language
from annotator.services.sentences import SENTENCES
from tests.cli.running import PYTHON, article_in, hashiya, lines, program

ENGLISH = Output(Language.of("en"))


# --- exit codes ---------------------------------------------------------------------------------


def test_every_code_has_an_exit_code_that_is_not_success() -> None:
    codes = {code.partition(".")[0] for code in SENTENCES}

    assert {exit_code(code) for code in codes} == {1, 2, 3}


def test_no_exit_code_is_kept_for_a_code_that_is_never_said() -> None:
    kept = set(output._EXIT)  # noqa: SLF001

    assert kept - {code.partition(".")[0] for code in SENTENCES} == {"wrong_use"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("not_a_project", 1),
        ("damaged", 1),
        ("bad_schema", 1),
        ("nothing_to_undo", 1),
        ("cancelled", 1),
        ("very_new", 1),
        ("file_exists", 2),
        ("no_such_file", 2),
        ("unknown_format", 2),
        ("unknown_article", 2),
        ("disk_full", 3),
        ("old_sqlite", 3),
        ("too_new", 3),
        ("internal_error", 3),
    ],
)
def test_exit_codes_tell_data_from_use_from_machine(code: str, expected: int) -> None:
    assert exit_code(code) == expected


# --- failing ------------------------------------------------------------------------------------


def test_what_fails_after_a_part_was_saved_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> int:
        with guard.saving_in_parts():
            raise UserError("disk_full", path="a.hashiya")

    assert guard.guarded(ENGLISH, work, saved="nothing") == 3
    assert capsys.readouterr().err.endswith("What came before is saved; this is not.\n")


def test_stopping_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> int:
        raise KeyboardInterrupt

    assert guard.guarded(ENGLISH, work, saved="nothing") == 1
    assert capsys.readouterr().err == "Stopped before the end, as you asked. Nothing was changed.\n"


def test_a_failure_in_json_carries_the_data_of_the_trouble(tmp_path: Path) -> None:
    ran = hashiya("articles", tmp_path / "غائب.hashiya", "--json", lang="ar")

    assert ran.code == 2
    assert ran.told == {
        "ok": False,
        "error": "no_such_file",
        "message": "لا ملف باسم «غائب.hashiya».",
        "saved": "nothing",
        "data": {"path": "غائب.hashiya"},
    }


# --- one object and nothing else ----------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize(
    "words",
    [
        ["articles"],
        ["labels"],
        ["problems"],
        ["history"],
        ["stats"],
        ["schema", "show"],
        ["import"],
        ["export"],
        ["undo"],
    ],
    ids=" ".join,
)
def test_with_json_one_object_is_all_that_is_printed(
    words: list[str], lang: str, labelled_file: Path, tmp_path: Path
) -> None:
    more: dict[str, list[object]] = {
        "import": [tmp_path / "خبر.txt"],
        "export": ["-o", tmp_path / "out.jsonl"],
        "undo": ["--as", "سارة", "--article", article_in(labelled_file)],
    }

    ran = hashiya(*words, labelled_file, *more.get(words[0], []), "--json", lang=lang)

    assert ran.code == 0
    assert ran.told["ok"] is True
    assert ran.err == ""


def test_json_holds_arabic_as_it_is(labelled_file: Path) -> None:
    assert "بوتين" in hashiya("labels", labelled_file, "--json").out


@pytest.mark.parametrize("words", [["--json", "formats"], ["formats", "--json"]], ids=" ".join)
def test_common_options_stand_before_or_after_the_command(words: list[str]) -> None:
    assert hashiya(*words).told["ok"] is True


# --- streams ------------------------------------------------------------------------------------


def test_output_is_utf_8_under_the_locale_c(tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}

    assert program("new", tmp_path / "a.hashiya", environment=plain).code == 0
    ran = program("articles", tmp_path / "a.hashiya", "--lang", "ar", environment=plain)

    assert ran.code == 0
    assert ran.err == "لا شيء للعرض.\n"


def test_a_reader_that_has_read_enough_ends_it_quietly(tmp_path: Path) -> None:
    long = tmp_path / "long.toml"
    long.write_text("# حاشية\n" * 200_000, encoding="utf-8")
    process = subprocess.Popen(
        [*PYTHON, "schema", "show", str(long)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()

    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where a full disk can be played")
def test_a_full_disk_behind_stdout_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*PYTHON, "schema", "show", "news", "--lang", "en"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert ended.returncode == 3
    (said,) = ended.stderr.decode().splitlines()
    assert said.startswith(SENTENCES["disk_full.bare"])


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent otherwise there")
def _heeds_ctrl_c() -> None:
    """Undo what a shell does to programs that it starts in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_leaves_what_was_answered_and_a_sentence(project_file: Path) -> None:
    process = subprocess.Popen(
        [*PYTHON, "apply", str(project_file), "--as", "سارة", "--lang", "en"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_heeds_ctrl_c if os.name == "posix" else None,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    article = article_in(project_file)
    gesture = {"do": "add_entity", "article": article, "start": 6, "end": 11, "type": "PERS"}
    process.stdin.write(lines(gesture))
    process.stdin.flush()
    assert b'"ok":true' in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)

    assert process.returncode == 1
    assert out == b""
    assert err.decode() == (
        "Stopped before the end, as you asked. What came before is saved; this is not.\n"
    )
    assert len(hashiya("labels", project_file, "--json").told["labels"]) == 1


def test_quiet_says_only_what_was_asked_for(project_file: Path, article_file: Path) -> None:
    assert hashiya("import", project_file, article_file, "-q").out == ""
    assert "خبر" in hashiya("articles", project_file, "--quiet").out
    assert hashiya("labels", project_file, "-q").err == ""
    assert hashiya("new", project_file, "-q").err != ""


def test_bytes_that_are_no_text_are_refused_on_the_command_line(tmp_path: Path) -> None:
    ran = hashiya("new", tmp_path / "a.hashiya", "--title", "\udcff")

    assert ran.code == 2
    assert "UTF-8" in ran.err
    assert not (tmp_path / "a.hashiya").exists()


# --- terminals ----------------------------------------------------------------------------------


def in_a_terminal(*words: object, stream: str = "stdout", **environment: str) -> str:
    """Return what the program writes where `stream` is a terminal."""
    pty = pytest.importorskip("pty", reason="only where there are pseudo-terminals")
    ours, its = pty.openpty()
    other = "stderr" if stream == "stdout" else "stdout"
    process = subprocess.Popen(
        [*PYTHON, *map(str, words)],
        **{stream: its, other: subprocess.DEVNULL},
        env={**os.environ, "HASHIYA_LANG": "en", "TERM": "xterm-256color", **environment},
    )
    os.close(its)
    written = bytearray()
    while part := _read(ours):
        written += part
    os.close(ours)
    process.wait(60)
    return written.decode().replace("\r\n", "\n")


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 65_536)
    except OSError:  # the other end is closed
        return b""


def test_arabic_is_put_in_visual_order_in_a_terminal_and_never_when_piped(
    project_file: Path,
) -> None:
    words = ["articles", project_file, "--bidi", "on"]

    assert "خبر"[::-1] in in_a_terminal(*words)
    assert "خبر" in program(*words).out


@pytest.mark.parametrize(
    ("environment", "is_reversed"), [({"TERM": "linux"}, True), ({"VTE_VERSION": "7000"}, False)]
)
def test_visual_order_follows_what_the_terminal_is_known_to_do(
    project_file: Path, environment: dict[str, str], is_reversed: bool
) -> None:
    told = in_a_terminal("articles", project_file, **environment)

    assert ("خبر"[::-1] in told) == is_reversed
    assert ("خبر" in told) == (not is_reversed)


def test_progress_is_shown_in_a_terminal_only(tmp_path: Path, article_file: Path) -> None:
    path = tmp_path / "a.hashiya"
    hashiya("new", path)
    words = ["import", path, article_file]

    assert "Importing" in in_a_terminal(*words, stream="stderr")
    assert "Importing" not in in_a_terminal(*words, "-q", stream="stderr")
    assert program(*words).err == ""


def test_no_color_is_heeded(tmp_path: Path, article_file: Path) -> None:
    path = tmp_path / "a.hashiya"
    hashiya("new", path)

    told = in_a_terminal("import", path, article_file, stream="stderr", NO_COLOR="1")

    assert "\x1b[3" not in told
    assert sys.getdefaultencoding() == "utf-8"
