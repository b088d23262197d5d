"""The journey of a team by the command line: hand out, label, hand in, merge in every order."""

import itertools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator import paths
from annotator.store.project import Project
from tests.cli.running import hashiya
from tests.projects import assert_sound, quick_folder

SEEDS = paths.seeds()
NAMES = ("a1", "a2", "a3")


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as found:
        yield found


def done(*words: object, given: bytes = b"") -> dict[str, Any]:
    """Run a command that must succeed; return its answer."""
    ran = hashiya(*words, "--json", given=given)
    assert ran.code == 0, ran.out
    return ran.told


def gestures(name: str) -> bytes:
    """Return the sample gestures of a reader."""
    return (SEEDS / "labels" / f"{name}.jsonl").read_bytes()


def handed_in(folder: Path) -> tuple[Path, list[Path]]:
    """Hand the sample articles out to three, let them label and hand in; return the files."""
    lead = folder / "lead.hashiya"
    done("new", lead)
    done("import", lead, SEEDS / "articles")
    done("assign", lead, "--to", ",".join(NAMES), "--overlap", 3, "--seed", 7, "-o", folder / "out")
    bundles = []
    for name in NAMES:
        file, bundle = folder / "out" / f"{name}.hashiya", folder / f"{name}.zip"
        ran = hashiya("apply", file, "--as", name, given=gestures(name))
        assert ran.code == 0, ran.out[-500:]
        done("handin", file, "-o", bundle)
        bundles.append(bundle)
    return lead, bundles


def exported(file: Path) -> bytes:
    """Return all layers of a project as JSONL."""
    path = file.with_suffix(".jsonl")
    done("export", file, "-o", path)
    return path.read_bytes()


def test_hand_ins_in_every_order_and_one_twice_give_the_same_bytes(folder: Path) -> None:
    lead, bundles = handed_in(folder)
    found = set()
    for n, order in enumerate(itertools.permutations(bundles)):
        file = folder / f"order-{n}.hashiya"
        shutil.copy(lead, file)
        for bundle in order:
            told = done("merge", file, bundle)
            n_problems = 2 if bundle.stem == "a2" else 0  # a2 takes an attached letter in, twice
            assert (told["same"], told["held"], told["problems"]) == (1, 0, n_problems)
        again = done("merge", file, order[n % 3])
        assert (again["new"], again["changed"], again["receipt"]) == (0, 0, "")
        found.add(exported(file))
    told = done("merge", lead, *bundles, bundles[0])
    found.add(exported(lead))

    assert len(found) == 1
    (rows,) = ([json.loads(row) for row in one.splitlines()] for one in found)
    assert [row["annotator"]["name"] for row in rows] != []
    assert sorted({row["annotator"]["name"] for row in rows}) == list(NAMES)
    assert len(rows) == 3 * 5
    with Project.open(lead) as project:
        assert_sound(project)
    compared = done("agreement", lead)
    assert compared["entities"]["n_articles"] == 4  # one that only the third has read to its end
    assert set(compared["entities"]["by_pair"]) == {"a1,a2", "a1,a3", "a2,a3"}
    for what, figure in (("entities", "strict_f1"), ("events", "tc_f1"), ("stances", "target_f1")):
        assert 0.6 < compared[what][figure] < 0.95

    before = exported(lead)
    back = done("take-back", lead, told["receipt"])
    assert all(not json.loads(row)["entities"] for row in exported(lead).splitlines())
    done("undo", lead, "--as", "lead", "--gesture", back["gesture"])
    assert exported(lead) == before


def test_a_question_travels_to_the_lead_and_its_answer_back(folder: Path) -> None:
    lead, _ = handed_in(folder)
    hers, bundle = folder / "out" / "a3.hashiya", folder / "question.zip"
    (label, *_) = done("labels", hers, "--kind", "entity", "--limit", 1)["labels"]
    reopened = {"do": "set_status", "article": label["article"], "status": "started"}
    asked = {"do": "change", "uid": label["uid"], "doubt": "أهذا هو النوع؟"}
    given = "\n".join(json.dumps(one) for one in (reopened, asked)).encode()
    assert hashiya("apply", hers, "--as", "a3", given=given).code == 0
    done("handin", hers, "-o", bundle)
    done("merge", lead, bundle)
    answer = json.dumps({"do": "answer_doubt", "uid": label["uid"], "text": "نعم"})
    withdrawn = json.dumps({"do": "withdraw", "article": label["article"]})
    given = f"{answer}\n{withdrawn}\n".encode()
    assert hashiya("apply", lead, "--as", "chief", given=given).code == 0

    told = done("reply", lead, "--to", "a3", "-o", folder / "replies")
    (reply,) = told["replies"]
    done("merge", hers, reply["path"])

    with Project.open(hers) as project:
        answers = dict(project.connection.execute("SELECT label,text FROM doubt_answers"))
        assert answers == {label["uid"]: "نعم"}
        assert project.is_withdrawn(project.article(label["article"]).sha256)
        assert [one.name for one in project.annotators()] == ["a3"]
        assert_sound(project)
    assert b"chief" not in hers.read_bytes()
