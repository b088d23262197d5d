"""`hashiya noise-lines`: rules listed, kept, found, given the role, taken away; and undone."""

import contextlib
from pathlib import Path

import pytest

from annotator.cli.output import Output
from annotator.store.project import Project
from tests import projects
from tests.cli.running import hashiya

LINE = "تابعونا على كل المنصات الاجتماعية الآن"
PAGE = f"قمة في القاهرة يوم غد صباحًا\nقال الرئيس بوتين إن لقاءه مفيد.\n{LINE}\nنشر في 5 مايو"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a project with one page, in which سلمى labels."""
    path = projects.made(tmp_path, texts=(PAGE,))
    with Project.open(path) as project:
        projects.annotator(project, "سلمى")
    return path


def test_a_line_is_kept_found_given_the_role_and_taken_back(file: Path) -> None:
    made = hashiya("noise-lines", file, "--add", LINE, "--json").told
    assert made["rule"] | {"uid": ""} == {"uid": "", "site": "", "line": LINE, "match": "line"}
    assert (made["n"], bool(made["gesture"])) == (0, True)
    before = file.read_bytes()
    (found,) = hashiya("noise-lines", file, "--find", "--json").told["places"]
    assert PAGE[found["start"] : found["end"]].strip() == found["quote"] == LINE
    listed = hashiya("noise-lines", file)
    assert made["rule"]["uid"][:8] in listed.out
    assert file.read_bytes() == before

    done = hashiya("noise-lines", file, "--apply", "--json").told
    assert (done["n"], done["n_articles"], done["left_out"]) == (1, 1, 0)
    assert hashiya("noise-lines", file, "--find", "--json").told["n"] == 0
    left = hashiya("noise-lines", file, "--find")
    assert left.err == "No line that a rule means is left to be made noise.\n"
    assert hashiya("noise-lines", file, "--apply").out == left.err
    undone = hashiya("undo", file, "--as", "سلمى", "--gesture", done["gesture"])
    assert undone.code == 0
    assert hashiya("noise-lines", file, "--find", "--json").told["n"] == 1

    hashiya("noise-lines", file, "--remove", made["rule"]["uid"][:8])
    empty = hashiya("noise-lines", file)
    assert (empty.out, empty.err) == ("", "No rule yet: add one with --add.\n")
    assert hashiya("noise-lines", file, "--find").err == empty.err


def test_a_new_rule_and_its_lines_are_one_gesture(file: Path) -> None:
    ran = hashiya("noise-lines", file, "--add", "نشر في", "--beginning", "--apply")
    said = ran.out.splitlines()
    assert said[:2] == ["Kept: “نشر في”.", "Noise now: 1 line in 1 article"]
    gesture = said[2].rpartition(" ")[2]
    assert hashiya("undo", file, "--as", "سلمى", "--gesture", gesture).code == 0
    assert hashiya("noise-lines", file, "--json").told == {"ok": True, "rules": []}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--add", " "), 1, "A line of noise needs a letter or a digit: nothing was kept."),
        (("--remove", "ff"), 2, "“ff” does not name just one rule about noise"),
        (("--site", "x.org"), 2, "--site and --beginning belong to --add."),
        (("--add", "س", "--find"), 2, "Choose one of --add, --remove, --find and --apply."),
        (("--remove", "ff", "--apply"), 2, "Choose one of --add, --remove, --find and --apply."),
    ],
)
def test_what_does_not_fit_is_said_in_one_sentence_and_changes_nothing(
    file: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    before = file.read_bytes()
    ran = hashiya("noise-lines", file, *words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(said)
    assert file.read_bytes() == before


def test_giving_the_role_tells_how_far_it_is_and_can_be_stopped(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Once:
        """Progress of somebody who stops once the lines are found."""

        n = 0

        @property
        def cancelled(self) -> bool:
            return self.n > 1

        def advance(self, done: int, total: int) -> None:
            """Count how often something is told."""
            self.n += 1

    monkeypatch.setattr(Output, "progress", lambda *_: contextlib.nullcontext(Once()))
    hashiya("noise-lines", file, "--add", LINE)
    assert hashiya("noise-lines", file, "--apply").code != 0
    with Project.open(file) as project:
        assert "noise" not in [one.role for one in project.regions(projects.sha_of(PAGE))]
