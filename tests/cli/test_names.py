"""`hashiya names`: listed, proposed, made one, parted, and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.services import labelling
from annotator.store.project import Project
from tests import projects
from tests.cli.running import Ran, hashiya
from tests.projects import extent_of, layer_of

ONE = "التقى بوتين ترامب في موسكو. وقال ترامب إن موسكو ترحب."
OTHER = "عاد بوتين من موسكو، ورحب ترمب وترمب."
LABELS = (
    ("ترامب", ONE, "PERS", 0),
    ("ترامب", ONE, "PERS", 1),
    ("ترمب", OTHER, "PERS", 0),
    ("موسكو", ONE, "GPE", 0),
    ("موسكو", OTHER, "ORG", 0),
)


@pytest.fixture
def file() -> Iterator[Path]:
    """Give a project in which `a1` has labelled names."""
    with projects.quick_folder() as folder:
        path = projects.made(folder, texts=(ONE, OTHER))
        with Project.open(path) as project:
            for quote, text, type_, nth in LABELS:
                layer = layer_of(project, "a1", text)
                labelling.add_entity(project, layer, extent_of(quote, text, nth), type_)
        yield path


def named(file: Path, *words: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = hashiya("names", file, *words, "--json").told["names"]
    return found


def changed(file: Path, *words: object, lang: str = "en") -> Ran:
    return hashiya("names", file, *words, "--as", "a1", lang=lang)


def links(file: Path) -> list[str]:
    return sorted(str(one["link"]) for one in named(file))


def test_names_are_listed_with_spellings_and_types(file: Path) -> None:
    told = hashiya("names", file, "--json").told
    assert set(told) == {"ok", "names", "n"}
    assert [one["name"] for one in told["names"]] == ["ترامب", "موسكو", "ترمب"]
    assert told["names"][1] == {
        "name": "موسكو",
        "link": "",
        "key": "موسكو",
        "labels": 2,
        "articles": 2,
        "spellings": [{"text": "موسكو", "n": 2}],
        "types": [{"type": "GPE", "n": 1}, {"type": "ORG", "n": 1}],
    }
    assert [one["name"] for one in named(file, "--type", "ORG")] == ["موسكو"]
    assert [one["name"] for one in named(file, "list", "تَرمب")] == ["ترمب"]
    assert named(file, "تَرمب") == named(file, "list", "تَرمب")
    assert named(file, "ترمب", "موسكو") == named(file, "list", "ترمب", "موسكو")
    assert len(named(file, "--limit", 1)) == 1
    assert len(hashiya("names", file, "--jsonl").rows) == 3
    assert named(file, "--who", "a1") == named(file)


def test_proposals_say_why(file: Path) -> None:
    told = hashiya("names", file, "--proposals", "--json").told
    (one,) = told["proposals"]
    assert (one["why"], one["key"], one["link"]) == ("skeleton", "ترمب", "ترامب")
    assert [each["name"] for each in one["names"]] == ["ترامب", "ترمب"]
    assert hashiya("names", file, "--proposals", "--jsonl").rows == [one]
    assert hashiya("names", file, "list", "موسكو", "--proposals", "--json").told["n"] == 0


@pytest.mark.parametrize("language", ["ar", "en"])
def test_people_get_a_table_or_one_sentence(file: Path, language: str) -> None:
    shown = hashiya("names", file, lang=language)
    assert (shown.code, len(shown.out.splitlines())) == (0, 4)
    assert "موسكو 2" in shown.out
    proposed = hashiya("names", file, "--proposals", lang=language)
    assert len(proposed.out.splitlines()) == 2
    nothing = hashiya("names", file, "list", "بايدن", lang=language)
    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err.count("\n") == 1


@pytest.mark.parametrize("filter_", [("list", "بايدن"), ("--type", "EVENT"), ("--who", "a2")])
def test_where_no_name_fits_it_is_not_said_that_there_is_none(
    file: Path, filter_: tuple[str, ...]
) -> None:
    with Project.open(file) as project:
        layer_of(project, "a2", ONE)
    assert hashiya("names", file, *filter_).err == "No name fits.\n"
    assert hashiya("names", file, *filter_, lang="ar").err == "لا اسم يطابق.\n"


def test_where_no_label_has_a_name_that_is_said() -> None:
    with projects.quick_folder() as folder:
        file = projects.made(folder, texts=(ONE,))
        assert hashiya("names", file).err == "No label has a name.\n"


def test_names_are_made_one_and_taken_back(file: Path) -> None:
    told = changed(file, "merge", "ترامب", "ترمب", "--to", "دونالد ترامب", "--json").told
    assert (told["n"], told["articles"], told["done"], told["others"]) == (3, 2, 0, 0)
    assert (len(told["uids"]), len(told["ops"])) == (3, 2)
    assert links(file) == ["", "دونالد ترامب"]
    assert hashiya("undo", file, "--as", "a1", "--gesture", told["gesture"]).code == 0
    assert links(file) == ["", "", ""]


def test_a_name_is_renamed_and_a_spelling_taken_out(file: Path) -> None:
    assert changed(file, "merge", "ترامب", "ترمب").code == 0
    assert links(file) == ["", "ترامب"]
    assert changed(file, "merge", "ترامب", "--to", "دونالد ترامب").code == 0
    assert links(file) == ["", "دونالد ترامب"]
    assert changed(file, "split", "دونالد ترامب", "ترمب", "--json").told["n"] == 1
    assert links(file) == ["", "", "دونالد ترامب"]
    assert changed(file, "split", "دونالد ترامب", "ترامب", "--to", "آخر").code == 0
    assert links(file) == ["", "", "آخر"]


def test_names_that_are_different_are_proposed_no_more(file: Path) -> None:
    assert changed(file, "apart", "ترامب", "ترمب", "--json").told["n"] == 3
    assert links(file) == ["", "ترامب", "ترمب"]
    assert hashiya("names", file, "--proposals", "--json").told["n"] == 0


def test_what_is_left_out_is_told(file: Path) -> None:
    with Project.open(file) as project:
        labelling.set_status(project, layer_of(project, "a1", ONE), "done")
        layer = layer_of(project, "a2", OTHER)
        labelling.add_entity(project, layer, extent_of("ترمب", OTHER), "PERS")
    ran = changed(file, "merge", "ترامب", "ترمب")
    assert ran.out.splitlines()[0] == "Labels that got a name or lost one: 1; articles: 1."
    assert ran.out.splitlines()[2:] == [
        "Labels left out, in done layers: 2.",
        "Labels left out, of other people: 1.",
    ]
    again = changed(file, "merge", "ترامب", "ترمب", lang="ar").out.splitlines()
    assert again[0].startswith("وسوم")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("merge", "بايدن"), "no_such_name"),
        (("merge", ""), "no_such_name"),
        (("merge", "ترامب", "--to", " ،"), "bad_link"),
        (("merge", "ترامب", "--to", "ط" * 10_000), "bad_link"),
        (("merge", "ترامب", "--to", "تر\u202eامب"), "bad_link"),
        (("split", "ترامب", "بايدن"), "not_of_name"),
        (("split", "ترامب"), "wrong_use"),
        (("apart", "ترامب"), "wrong_use"),
        (("apart", "ترامب", "ترمب", "--to", "آخر"), "wrong_use"),
        (("merge",), "wrong_use"),
        (("join", "ترامب"), "wrong_use"),
        (("merge", "ترامب", "--proposals"), "wrong_use"),
    ],
)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_does_not_fit_is_refused_in_one_sentence(
    file: Path, words: tuple[str, ...], code: str, language: str
) -> None:
    before = links(file)
    ran = hashiya("names", file, *words, "--as", "new", "--json", lang=language)
    assert (ran.code, ran.told["error"]) == (2, code)
    assert len(ran.told["message"]) < 300
    assert "\u202e" not in changed(file, *words, lang=language).err
    assert links(file) == before
    with Project.open(file) as project:
        assert project.annotator("new") is None


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Nobody in this project is called “ghost”; in it are: a1."),
        ("ar", "لا أحد في هذا المشروع باسم «ghost»، وفيه: a1."),
    ],
)
def test_whoever_has_no_labels_is_not_made_an_annotator(
    file: Path, language: str, said: str
) -> None:
    ran = hashiya("names", file, "merge", "ترامب", "--as", "ghost", lang=language)
    assert ran.code == 2
    assert ran.err.startswith(said)
    with Project.open(file) as project:
        assert [one.name for one in project.annotators()] == ["a1"]


def test_a_name_with_what_cannot_be_seen_is_to_be_typed_anew(file: Path) -> None:
    told = {
        lang: changed(file, "merge", "ترامب", "--to", "تر\u202eامب", lang=lang).err
        for lang in ("ar", "en")
    }
    assert "holds a character that cannot be seen: type it anew." in told["en"]
    assert "محرف لا يُرى: اكتبه من جديد." in told["ar"]


def test_lists_and_changes_are_kept_apart(file: Path) -> None:
    assert hashiya("names", file, "--as", "a1").code == 2
    assert hashiya("names", file, "--to", "x").code == 2
    assert hashiya("names", file, "--json", "--jsonl").code == 2
    assert hashiya("names", file, "merge", "ترامب").code == 2
    assert hashiya("names", file, "--who", "nobody").code == 2
