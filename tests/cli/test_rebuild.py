"""`hashiya rebuild`: the same again, and files in which nothing is left of what was left out."""

import json
from pathlib import Path

from annotator.store.project import Project
from tests import projects
from tests.cli.running import article_in, hashiya, lines

TEXT = "تقرير كتب على عجل عن قافلة زرقاء غادرت الإسكندرية."
TITLE = "قافلة-زرقاء"
PERSON = "زينب المنصوري"


def secret_file(labelled_file: Path, tmp_path: Path) -> tuple[Path, str]:
    """Add an article, and somebody who labels both; return the file and the article's uid."""
    text = tmp_path / f"{TITLE}.txt"
    text.write_text(TEXT, encoding="utf-8")
    assert hashiya("import", labelled_file, text).code == 0
    known = article_in(labelled_file)
    told = json.loads(hashiya("articles", labelled_file, "--json").out)["articles"]
    (uid,) = (one["uid"] for one in told if one["uid"] != known)
    gestures = lines(
        {"do": "add_entity", "article": uid, "start": 13, "end": 17, "type": "PERS"},
        {"do": "add_entity", "article": known, "start": 6, "end": 11, "type": "ORG"},
    )
    assert hashiya("apply", labelled_file, "--as", PERSON, given=gestures).code == 0
    return labelled_file, uid


def rebuilt(path: Path, to: Path, *without: str) -> dict[str, object]:
    words = [word for uid in without for word in ("--without", uid)]
    ran = hashiya("rebuild", path, "-o", to, *words, "--json")
    assert ran.code == 0, ran.out
    found: dict[str, object] = json.loads(ran.out)
    return found


def has(path: Path, *words: str) -> list[str]:
    """Return those of `words` that stand anywhere in the bytes of a file."""
    raw = path.read_bytes()
    return [word for word in words if word.encode() in raw]


def contents(path: Path) -> dict[str, projects.Rows]:
    with Project.open(path) as project:
        return projects.contents(project)


def test_a_file_rebuilt_says_the_same(labelled_file: Path, tmp_path: Path) -> None:
    path, _ = secret_file(labelled_file, tmp_path)
    new = tmp_path / "new.hashiya"

    told = rebuilt(path, new)

    assert contents(new) == contents(path)
    assert hashiya("doctor", new).code == 0
    assert (told["articles"], told["elsewhere"]) == (2, [])
    assert hashiya("merge", path, new).code == 0


def test_nothing_of_an_article_is_left(labelled_file: Path, tmp_path: Path) -> None:
    path, uid = secret_file(labelled_file, tmp_path)
    words = (uid, "الإسكندرية", TITLE, TEXT)
    assert has(path, *words) == list(words)
    new = tmp_path / "new.hashiya"

    told = rebuilt(path, new, uid)

    assert has(new, *words) == []
    assert told["without"] == {"articles": [uid], "annotators": [], "operations": 1}
    assert str(path) in told["elsewhere"]  # type: ignore[operator]
    assert hashiya("doctor", new).code == 0
    assert PERSON in hashiya("labels", new, "--json").out


def test_nothing_of_an_annotator_is_left(labelled_file: Path, tmp_path: Path) -> None:
    path, _ = secret_file(labelled_file, tmp_path)
    with Project.open(path) as project:
        found = project.annotator(PERSON)
    assert found is not None
    new = tmp_path / "new.hashiya"

    rebuilt(path, new, found.uid)

    assert has(path, found.uid, PERSON) == [found.uid, PERSON]
    assert has(new, found.uid, PERSON) == []
    with Project.open(new) as project:
        assert [one.name for one in project.annotators()] == ["سارة"]
    assert hashiya("doctor", new).code == 0


def test_what_was_left_out_cannot_be_merged_back(labelled_file: Path, tmp_path: Path) -> None:
    path, uid = secret_file(labelled_file, tmp_path)
    new = tmp_path / "new.hashiya"
    rebuilt(path, new, uid)

    ran = hashiya("merge", new, path, "--json")

    assert (ran.code, json.loads(ran.out)["error"]) == (1, "foreign_project")


def test_wrong_use_makes_no_file(labelled_file: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.hashiya"

    ran = hashiya("rebuild", labelled_file, "-o", new, "--without", "nobody", "--json")

    assert (ran.code, json.loads(ran.out)["error"]) == (2, "unknown_uid")
    assert not new.exists()
    assert hashiya("rebuild", labelled_file, "-o", labelled_file).code == 2
    assert hashiya("rebuild", labelled_file).code == 2
    new.write_text("none")
    ran = hashiya("rebuild", new, "-o", tmp_path / "other.hashiya", "--json")
    assert (ran.code, json.loads(ran.out)["error"]) == (1, "cannot_repair")


def test_an_annotators_file_leaves_nothing_out(project_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    assert hashiya("assign", project_file, "--to", "بدر", "-o", folder).code == 0
    ran = hashiya(
        *("rebuild", folder / "بدر.hashiya", "-o", tmp_path / "new.hashiya"),
        *("--without", article_in(project_file), "--json"),
    )
    assert (ran.code, json.loads(ran.out)["error"]) == (1, "lead_only")
