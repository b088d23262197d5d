"""Replies: what a lead sends back reaches her for whom it is, and says nothing of anybody else."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.core.model import Region
from annotator.services import (
    annotators,
    assigning,
    changing_schema,
    labelling,
    listing,
    merging,
    projectwide,
    replying,
)
from annotator.services.applying import Applier
from annotator.services.reading import answered_doubts
from annotator.store.project import Project
from tests.exchange.bundling import bundle_of, handed_in, labelled, members_of, team
from tests.projects import (
    add_articles,
    assert_sound,
    code_of,
    contents,
    extent_of,
    layer_of,
    quick_folder,
    sha_of,
)


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as found:
        yield found


def replied(lead: Project, folder: Path, *names: str) -> list[Path]:
    """Reply to annotators; return the bundles."""
    return [one.path for one in replying.reply(lead, names, folder / "replies")]


def merged_into(path: Path, reply: Path) -> merging.MergeReport:
    """Merge a reply into the file of an annotator."""
    with Project.open(path) as hers:
        report = merging.merge(hers, [reply])
        assert_sound(hers)
    assert report.refused == ()
    return report


def doubtful(hers: Project, name: str) -> str:
    """Ask the lead a question; return the label's uid."""
    layer = layer_of(hers, name)
    labelling.add_entity(hers, layer, extent_of("القاهرة"), "GPE", doubt="مدينة أم حكومة؟")
    return next(one.uid for one in hers.labels(layer) if one.doubt)


@pytest.mark.parametrize("who", ["lead", "chief"])
def test_the_answer_to_her_question_reaches_the_annotator(folder: Path, who: str) -> None:
    path, files = team(folder)
    with Project.open(files["a1"]) as hers:
        uid = doubtful(hers, "a1")
    with Project.open(path) as lead:
        merging.merge(lead, [bundle_of(files["a1"])])
        if who == "lead":
            projectwide.answer_doubt(lead, uid, "مدينة")
        else:
            line = json.dumps({"do": "answer_doubt", "uid": uid, "text": "مدينة"})
            applier = Applier(lead, annotators.ensure(lead, who))
            assert applier.serve(line.encode()).trouble is None
        (reply,) = replied(lead, folder, "a1")

    merged_into(files["a1"], reply)

    with Project.open(files["a1"]) as hers:
        labels = hers.labels(layer_of(hers, "a1"))
        assert answered_doubts(hers, labels) == {uid: "مدينة"}
        assert [one.name for one in hers.annotators()] == ["a1"]


def test_label_schema_withdrawals_and_regions_reach_everybody(folder: Path) -> None:
    path, files = team(folder)
    with Project.open(path) as lead:
        projectwide.withdraw(lead, sha_of(2))
        projectwide.set_regions(lead, sha_of(0), [Region(0, 9, "headline")])
        replies = replied(lead, folder, "a1", "a2")

    for file, reply in zip(files.values(), replies, strict=True):
        assert merged_into(file, reply).new == 2
        assert merged_into(file, reply).new == 0
        with Project.open(file) as hers:
            assert hers.is_withdrawn(sha_of(2))
            assert [region.role for region in hers.regions(sha_of(0))] == ["headline"]


def test_more_articles_come_by_a_reply(folder: Path) -> None:
    path, files = team(folder)
    with Project.open(path) as lead:
        (added,) = add_articles(lead, "مقال جديد يوزَّع لاحقًا عن القاهرة.")
        plan = assigning.planned(lead, assigning.Wish(("a1",), seed=1))
        assigning.assign(lead, plan)
        replies = replied(lead, folder, "a1", "a2")

    assert merged_into(files["a1"], replies[0]).articles == 1
    assert merged_into(files["a2"], replies[1]).articles == 0
    with Project.open(files["a1"]) as hers:
        assert hers.text(added).startswith("مقال")
        labelling.set_status(hers, hers.layer(added, hers.owner), "done")


def test_a_reply_holds_nothing_of_anybody_else(folder: Path) -> None:
    path, files = team(folder, ("سارة", "خالد"))
    labelled(files["خالد"], "خالد")
    with Project.open(files["خالد"]) as his:
        theirs = doubtful(his, "خالد")
    with Project.open(path) as lead:
        merging.merge(lead, [bundle_of(files["خالد"])])
        projectwide.answer_doubt(lead, theirs, "جواب لخالد وحده")
        other = lead.annotator("خالد")
        assert other is not None
        (reply,) = replied(lead, folder, "سارة")

    told = b"".join(members_of(reply).values())
    for word in ("خالد", "جواب لخالد", other.uid, theirs):
        assert word.encode() not in told


def test_a_reply_is_for_one_and_a_lead_loses_nothing_by_it(folder: Path) -> None:
    path, files = team(folder)
    with Project.open(path) as lead:
        merging.merge(lead, [handed_in(files["a1"])])
        first, second = replied(lead, folder, "a1", "a2")
        before = contents(lead)
        assert merging.merge(lead, [first, second]).new == 0
        assert contents(lead) == before
    with Project.open(files["a1"]) as hers:
        before = contents(hers)
        (refused,) = merging.merge(hers, [second]).refused
        assert refused.trouble.code == "not_your_bundle"
        assert contents(hers) == before


def test_replying_twice_says_the_same(folder: Path) -> None:
    path, _ = team(folder)
    with Project.open(path) as lead:
        (first,) = replied(lead, folder, "a1")
        told = first.read_bytes()
        assert replied(lead, folder, "a1") == [first]

    assert first.read_bytes() == told


def test_only_a_lead_replies_and_only_to_whom_she_knows(folder: Path) -> None:
    path, files = team(folder)
    with Project.open(files["a1"]) as hers:
        assert code_of(lambda: replied(hers, folder, "a1")) == "lead_only"
    with Project.open(path) as lead:
        assert code_of(lambda: replied(lead, folder, "nobody")) == "unknown_annotator"
        (folder / "replies").touch()
        assert code_of(lambda: replied(lead, folder, "a1")) == "not_a_folder"


# --- all files or none --------------------------------------------------------------------------


class Stop:
    """Progress of somebody who cancels when so many steps are done."""

    def __init__(self, after: int) -> None:
        self._left = after

    @property
    def cancelled(self) -> bool:
        return self._left <= 0

    def advance(self, done: int, total: int) -> None:
        self._left -= 1


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "replies").iterdir()}


@pytest.mark.parametrize("step", [1, 2, 3])
def test_cancelled_at_any_step_no_reply_is_written(folder: Path, step: int) -> None:
    path, _ = team(folder)
    with Project.open(path) as lead:
        told = ("a1", "a2")
        with pytest.raises(UserError, match="cancelled"):
            replying.reply(lead, told, folder / "replies", Stop(step))
        assert not (folder / "replies").exists()

        replied(lead, folder, "a1")
        before = files_in(folder)
        projectwide.withdraw(lead, sha_of(2))
        with pytest.raises(UserError, match="cancelled"):
            replying.reply(lead, told, folder / "replies", Stop(step))
        assert files_in(folder) == before
        assert replying.reply(lead, told, folder / "replies", Stop(4))
        assert sorted(files_in(folder)) == ["a1.reply.zip", "a2.reply.zip"]
        assert files_in(folder)["a1.reply.zip"] != before["a1.reply.zip"]


def test_where_one_reply_cannot_be_written_those_before_stay(folder: Path) -> None:
    path, _ = team(folder)
    with Project.open(path) as lead:
        (first,) = replied(lead, folder, "a1")
        before = first.read_bytes()
        projectwide.withdraw(lead, sha_of(2))
        (folder / "replies" / "a2.reply.zip").mkdir()

        assert code_of(lambda: replied(lead, folder, "a1", "a2")) == "is_a_folder"
        assert first.read_bytes() == before
        assert [one.name for one in sorted((folder / "replies").iterdir())] == [
            "a1.reply.zip",
            "a2.reply.zip",
        ]


def test_where_one_reply_cannot_be_put_in_place_none_is(folder: Path) -> None:
    path, _ = team(folder)

    class Vandal:
        """Somebody who takes the last reply away before it gets its name."""

        cancelled = False

        def advance(self, done: int, total: int) -> None:
            if done == total:
                (made,) = (folder / "replies").glob(".hashiya-*/a2.reply.zip")
                made.unlink()

    with Project.open(path) as lead:
        (first,) = replied(lead, folder, "a1")
        before = first.read_bytes()
        projectwide.withdraw(lead, sha_of(2))
        work = lambda: replying.reply(lead, ("a1", "a2"), folder / "replies", Vandal())  # noqa: E731

        assert code_of(work) == "cannot_write"
        assert files_in(folder) == {"a1.reply.zip": before}


def test_a_reply_never_takes_the_place_of_the_project(folder: Path) -> None:
    path, _ = team(folder)
    (folder / "replies").mkdir()
    there = path.rename(folder / "replies" / "a1.reply.zip")
    with Project.open(there) as lead:
        assert code_of(lambda: replied(lead, folder, "a1")) == "is_the_project"


def test_guidelines_and_articles_brought_back_reach_everybody(folder: Path) -> None:
    lead, files = team(folder)
    with Project.open(lead) as project, Project.open(files["a1"]) as hers:
        toml = project.schema_toml().replace(
            'id = "PERS"', 'id = "PERS"\nguideline_en = "Names."', 1
        )
        changing_schema.change_guidelines(project, toml)
        projectwide.withdraw(project, sha_of(0))
        for n, expected in enumerate((2, 3)):
            (sent,) = replying.reply(project, ["a1"], folder / f"replies-{n}")
            assert merging.merge(hers, [sent.path]).refused == ()
            assert len(list(listing.articles(hers))) == expected
            projectwide.bring_back(project, sha_of(0))
        assert hers.label_schema.entity_types["PERS"].guideline_en == "Names."
