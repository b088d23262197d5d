"""`hashiya assign`: files, tables, JSON, and refusals in one sentence."""

import sys
from pathlib import Path

import pytest

from annotator import paths
from tests.cli.running import Ran, hashiya, program

SEEDS = paths.seeds() / "articles"


@pytest.fixture(scope="session")
def _five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("five")
    path = folder / "five.hashiya"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HASHIYA_DATA", str(folder / "data"))
        assert hashiya("new", path).code == 0
        assert hashiya("import", path, SEEDS).code == 0
    return path


@pytest.fixture
def five(tmp_path: Path, _five: Path) -> Path:
    """Return a project file with the five sample articles."""
    path = tmp_path / "five.hashiya"
    path.write_bytes(_five.read_bytes())
    return path


def assign(five: Path, *words: object, lang: str = "en") -> Ran:
    return hashiya("assign", five, *words, "-o", five.parent / "out", lang=lang)


def test_a_file_is_made_for_each_name(five: Path) -> None:
    ran = assign(five, "--to", "a1,a2,سارة", "--overlap", 3, "--json")

    told = ran.told
    assert (ran.code, ran.err) == (0, "")
    assert (told["ok"], told["articles"], told["double"], told["seed"]) == (True, 5, 5, 0)
    assert [(one["annotator"], one["articles"], one["new"]) for one in told["assigned"]] == [
        ("a1", 5, 5),
        ("a2", 5, 5),
        ("سارة", 5, 5),
    ]
    for one in told["assigned"]:
        file = Path(one["path"])
        assert file == five.parent / "out" / f"{one['annotator']}.hashiya"
        assert len(hashiya("articles", file, "--json").told["articles"]) == 5
        statuses = [row["status"] for row in hashiya("articles", file, "--json").told["articles"]]
        assert statuses == [{one["annotator"]: "new"}] * 5


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_it_is_told_as_a_table(five: Path, lang: str) -> None:
    ran = assign(five, "--to", "a1،سارة", lang=lang)

    head, first, second, *rest = ran.out.splitlines()
    assert ran.code == 0
    assert len(head.split()) == 5
    assert sorted([int(first.split()[0]), int(second.split()[0])]) == [2, 3]
    assert second.endswith("سارة")
    assert any("سارة.hashiya" in line for line in rest)


def test_a_preview_writes_nothing(five: Path) -> None:
    before = five.read_bytes()

    ran = hashiya("assign", five, "--to", "a1,a2", "--shares", "4,1", "--preview", "--json")

    assert [one["new"] for one in ran.told["assigned"]] == [4, 1]
    assert (ran.told["preview"], ran.told["gesture"]) == (True, "")
    assert five.read_bytes() == before
    assert not (five.parent / "out").exists()


def test_the_same_seed_gives_the_same_and_another_another(five: Path) -> None:
    def drawn(seed: int) -> str:
        copy = five.with_name(f"{seed}-{len(list(five.parent.iterdir()))}.hashiya")
        copy.write_bytes(five.read_bytes())
        out = copy.with_suffix("")
        told = hashiya("assign", copy, "--to", "a,b", "--seed", seed, "-o", out, "--json").told
        rows = hashiya("articles", told["assigned"][0]["path"], "--json").told["articles"]
        return ",".join(row["uid"] for row in rows)

    seeds = [drawn(seed) for seed in (1, 1, 2, 3)]

    assert seeds[0] == seeds[1]
    assert len(set(seeds)) > 1


def test_it_is_undone_by_the_lead(five: Path) -> None:
    gesture = assign(five, "--to", "a1,a2", "--json").told["gesture"]

    assert hashiya("undo", five, "--as", "lead", "--gesture", gesture).code == 0

    assert hashiya("stats", five, "--json").told["assignments"] == {}
    assert hashiya("redo", five, "--as", "lead", "--gesture", gesture).code == 0
    assert set(hashiya("stats", five, "--json").told["assignments"]) == {"a1", "a2"}


def test_articles_are_taken_over(five: Path) -> None:
    assign(five, "--to", "a1,a2")
    had = hashiya("stats", five, "--json").told["assignments"]["a1"]["assigned"]

    told = assign(five, "--to", "a3", "--from", "a1", "--json").told

    assert [(one["annotator"], one["new"], one["gone"]) for one in told["assigned"]] == [
        ("a3", had, 0),
        ("a1", 0, had),
    ]
    assert set(hashiya("stats", five, "--json").told["assignments"]) == {"a2", "a3"}


@pytest.mark.parametrize("words", [(), ("--preview",)], ids=str)
def test_after_taking_over_it_is_said_who_needs_a_reply(five: Path, words: tuple[str, ...]) -> None:
    said = "stays in the files of “a1” until a reply"
    assert said not in assign(five, "--to", "a1,a2").out

    assert said in assign(five, "--to", "a3", "--from", "a1", *words).out


def test_stats_tell_how_far_everybody_is(five: Path) -> None:
    assign(five, "--to", "a1,a2")

    told = hashiya("stats", five, "--json").told["assignments"]["a1"]
    assert told["assigned"] == told["new"] > 0
    assert told["words"] > 100
    assert (told["words_done"], told["unassigned"]) == (0, 0)
    assert f"of {told['words']}" in hashiya("stats", five).out


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("--to", ""), 2, "nobody_named"),
        (("--to", "a,a"), 2, "repeated_name"),
        (("--to", "أحمد,احمد"), 2, "repeated_name"),
        (("--to", "a\u202eb"), 2, "bad_name"),
        (("--to", "gold"), 2, "bad_name"),
        (("--to", "a,b", "--overlap", 3), 2, "overlap_too_great"),
        (("--to", "a,b", "--overlap", 0), 2, "overlap_zero"),
        (("--to", "a,b", "--at-least-double", 6), 2, "double_too_many"),
        (("--to", "a", "--at-least-double", 1), 2, "double_needs_two"),
        (("--to", "a,b", "--shares", "1"), 2, "bad_shares"),
        (("--to", "a,b", "--shares", "1,0"), 2, "bad_shares"),
        (("--to", "a,b", "--shares", "1,x"), 2, "wrong_use"),
        (("--to", "a,b,c,d,e,f"), 1, "nothing_for"),
        (("--to", "a", "--from", "b"), 2, "unknown_annotator"),
        (("--to", "a", "--seed", "-1"), 2, "wrong_use"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    five: Path, words: tuple[object, ...], code: int, error: str
) -> None:
    before = five.read_bytes()

    for lang in ("ar", "en"):
        ran = assign(five, *words, lang=lang)
        assert (ran.code, ran.out) == (code, "")
        assert "?" not in ran.err.splitlines()[0]
    told = assign(five, *words, "--json").told
    assert (told["ok"], told["error"], told["saved"]) == (False, error, "nothing")
    assert five.read_bytes() == before
    assert not (five.parent / "out").exists()


def test_a_folder_is_asked_for(five: Path) -> None:
    ran = hashiya("assign", five, "--to", "a")

    assert (ran.code, ran.out) == (2, "")
    assert "-o FOLDER" in ran.err


# --- a file that was handed out -----------------------------------------------------------------


@pytest.fixture
def hers(five: Path) -> Path:
    assign(five, "--to", "a1,a2", "--overlap", 2)
    return five.parent / "out" / "a1.hashiya"


def test_it_takes_no_other_annotator(hers: Path, five: Path) -> None:
    uid = hashiya("articles", hers, "--json").told["articles"][0]["uid"]
    hashiya("export", five, "-o", five.parent / "all.jsonl")
    for words in (
        ("apply", hers, "--as", "a2"),
        ("undo", hers, "--as", "a2", "--article", uid),
        ("redo", hers, "--as", "a2", "--article", uid),
    ):
        ran = hashiya(*words)
        assert ran.code == 1
        assert "a2" in ran.err
    ran = hashiya("import", hers, five.parent / "all.jsonl", "--json")
    assert {one["code"] for one in ran.told["refused"]} == {"not_your_file"}
    assert len(ran.told["refused"]) == 5


def test_the_project_is_not_changed_in_it(hers: Path) -> None:
    uid = hashiya("articles", hers, "--json").told["articles"][0]["uid"]
    line = f'{{"do":"withdraw","article":"{uid}"}}\n'.encode()

    assert '"error":"lead_only"' in hashiya("apply", hers, "--as", "a1", given=line).out
    for words in (
        ("assign", hers, "--to", "a3", "-o", hers.parent),
        ("schema", "change", hers, "retire", "ORG"),
    ):
        ran = hashiya(*words, "--json")
        assert (ran.code, ran.told["error"]) == (1, "lead_only")


def test_a_file_with_work_is_kept(hers: Path, five: Path) -> None:
    uid = hashiya("articles", hers, "--json").told["articles"][0]["uid"]
    line = f'{{"do":"set_status","article":"{uid}","status":"done"}}\n'.encode()
    assert hashiya("apply", hers, "--as", "a1", given=line).code == 0
    before = hers.read_bytes()

    ran = assign(five, "--to", "a1,a2", "--overlap", 2, "--json")

    assert (ran.code, ran.told["error"]) == (1, "holds_work")
    assert hers.read_bytes() == before


def test_numpy_and_qt_are_not_loaded_for_it(five: Path) -> None:
    ran = program(
        *(str(five), str(five.parent / "out")),
        start=(_PYTHON, "-c", _LOADED),
    )

    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[-1] == "[]"


_PYTHON = sys.executable
_LOADED = """
import sys
from annotator.cli.main import run
code = run(["assign", sys.argv[1], "--to", "a,b", "-o", sys.argv[2], "-q"], lambda *_: 0)
print([name for name in ("numpy", "PySide6") if name in sys.modules])
sys.exit(code)
"""
