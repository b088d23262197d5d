"""Operations that are not what their hashes say: none gets out of its file under another hash."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.services import assigning, handing_out, replying
from annotator.services.assigning import Wish
from annotator.store.outgoing import Outgoing
from annotator.store.project import Project
from tests.cli.running import hashiya
from tests.exchange.bundling import bundle_of, labelled, team
from tests.faults.doctampering import behind
from tests.projects import annotator, contents, quick_folder, sha_of

N_FLIPS = 24 if os.environ.get("HASHIYA_LONG") == "1" else 6
OLD = b"what stood there before"
BODY = """UPDATE operations SET body=replace(body,'"type":"PERS"','"type":"NORP"')"""
WHO = "UPDATE operations SET who='a9' WHERE layer IS NOT NULL"
LAYER = "UPDATE operations SET layer=(SELECT max(id) FROM layers) WHERE layer IS NOT NULL"
LOST = "UPDATE operations SET layer=999 WHERE layer=(SELECT max(layer) FROM operations)"
IN_PROJECT = "UPDATE operations SET at='2031-01-01T00:00Z' WHERE layer IS NULL"


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as found:
        yield found


@pytest.fixture
def lead(folder: Path) -> Path:
    """Return a lead's file; beside it, in `handed`, that of a1, in which she labelled."""
    path, files = team(folder, ("a1",))
    labelled(files["a1"])
    return path


def hers(lead: Path) -> Path:
    return lead.parent / "handed" / "a1.hashiya"


def altered(path: Path, statement: str) -> None:
    with behind(path) as connection:
        assert connection.execute(statement).rowcount


def sources(lead: Path) -> Path:
    """Return a bundle at whose place something else stands."""
    path = lead.with_name("a1.zip")
    path.write_bytes(OLD)
    return path


def refused_everywhere(lead: Path, codes: set[str]) -> str:
    """Hand in and merge the file of a1; return what is said, and check that nothing came of it."""
    with Project.open(lead) as project:
        before = contents(project)
    bundle = sources(lead)

    handed = hashiya("handin", hers(lead), "-o", bundle, "--json")
    merged = hashiya("merge", lead, hers(lead), "--json")

    assert (handed.code, merged.code) == (1, 1), (handed.out, merged.out)
    assert handed.told["error"] in codes
    assert merged.told["refused"][0]["code"] in codes
    assert bundle.read_bytes() == OLD
    assert sorted(path.name for path in lead.parent.glob("*.zip*")) == [bundle.name]
    with Project.open(lead) as project:
        assert contents(project) == before
    return str(handed.told["message"])


@pytest.mark.parametrize("statement", [BODY, WHO, LAYER, LOST])
def test_an_altered_operation_is_neither_handed_in_nor_merged(lead: Path, statement: str) -> None:
    altered(hers(lead), statement)

    said = refused_everywhere(lead, {"unsound_history"})

    assert "a1.hashiya" in said
    assert "doctor --repair" in said


@pytest.mark.parametrize("seed", range(N_FLIPS))
def test_no_flipped_bit_in_a_body_gets_out_under_another_hash(lead: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    with behind(hers(lead)) as connection:
        query = "SELECT hash,CAST(body AS BLOB) FROM operations WHERE layer IS NOT NULL ORDER BY id"
        name, body = chance.choice(connection.execute(query).fetchall())
        flipped = bytearray(body)
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        query = "UPDATE operations SET body=CAST(? AS TEXT) WHERE hash=?"
        connection.execute(query, (bytes(flipped), name))

    refused_everywhere(lead, {"unsound_history", "damaged"})


def test_the_article_is_named_in_both_languages_and_what_to_do(lead: Path) -> None:
    altered(hers(lead), BODY)
    for lang in ("en", "ar"):
        ran = hashiya("handin", hers(lead), "-o", sources(lead), lang=lang)
        assert (ran.code, ran.out) == (1, "")
        assert sha_of(0)[:16] in ran.err
        assert "hashiya doctor --repair" in ran.err.replace("\u200e", "")
        assert ran.err.count("\n") == 1


def test_the_repaired_copy_is_handed_in(lead: Path) -> None:
    altered(hers(lead), BODY)
    copy = lead.with_name("copy.hashiya")
    hashiya("doctor", hers(lead), "--repair", "-o", copy)

    bundle_of(copy)

    with Project.open(hers(lead)) as project:
        names = {row[0] for row in project.connection.execute("SELECT hash FROM operations")}
    with Project.open(lead) as project:
        known = {row[0] for row in project.connection.execute("SELECT hash FROM operations")}
    assert hashiya("merge", lead, copy.with_suffix(".zip")).code == 0
    with Project.open(lead) as project:
        after = {row[0] for row in project.connection.execute("SELECT hash FROM operations")}
    assert known < after <= known | names


def test_of_two_files_of_one_name_the_one_that_is_meant_is_named(lead: Path) -> None:
    other = lead.parent / "other" / "a1.hashiya"
    other.parent.mkdir()
    other.write_bytes(hers(lead).read_bytes())
    altered(hers(lead), BODY)

    told = hashiya("merge", lead, other, hers(lead), "--json").told

    assert [one["source"] for one in told["refused"]] == ["handed/a1.hashiya"]
    assert "handed/a1.hashiya" in told["message"]


def test_what_a_lead_sends_out_is_looked_over_too(lead: Path) -> None:
    assert hashiya("merge", lead, bundle_of(hers(lead))).code == 0
    altered(lead, BODY)
    with Project.open(lead) as project:
        before = contents(project)
        plan = assigning.planned(project, Wish(("a1", "a2"), overlap=2))
        for send in (
            lambda: handing_out.hand_out(project, [annotator(project)], lead.parent / "out"),
            lambda: handing_out.assign_and_hand_out(project, plan, lead.parent / "out"),
        ):
            with pytest.raises(UserError, match="unsound_history"):
                send()
        assert contents(project) == before
        assert replying.reply(project, ["a1"], lead.parent / "replies")
    assert not (lead.parent / "out").exists()


def test_an_altered_operation_of_the_project_is_sent_to_nobody(lead: Path) -> None:
    altered(lead, IN_PROJECT)
    altered(hers(lead), IN_PROJECT)
    refused_everywhere(lead, {"unsound_history"})
    with Project.open(lead) as project:
        before, a1 = contents(project), annotator(project)
        for send in (
            lambda: handing_out.hand_out(project, [a1], lead.parent / "out"),
            lambda: replying.reply(project, ["a1"], lead.parent / "out"),
        ):
            with pytest.raises(UserError, match="unsound_history"):
                send()
        assert contents(project) == before
    assert not (lead.parent / "out").exists()


@pytest.mark.parametrize(("statement", "n"), [("SELECT 1", 0), (BODY, 1), (IN_PROJECT, None)])
def test_those_that_hold_are_counted(lead: Path, statement: str, n: int | None) -> None:
    with behind(hers(lead)) as connection:
        connection.execute(statement)
    with Project.open(hers(lead)) as project:
        outgoing = Outgoing(project)
        count = "SELECT count(*) FROM operations WHERE layer IS NULL"
        wanted = project.connection.execute(count).fetchone()[0] if n is None else n
        assert outgoing.n_operations - outgoing.n_sound == wanted
