"""Labels that break the clitic policy are listed, and mended in one gesture with one undo."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.core import retyping
from annotator.core.errors import UserError
from annotator.core.model import Entity, Event, Span, extent_at, replace
from annotator.services import (
    clitics,
    exporting,
    importing,
    labelling,
    listing,
    merging,
    snapping,
    undoing,
)
from annotator.services.clitics import Broken, Change
from annotator.services.listing import Filter
from annotator.store.project import Project
from tests import projects
from tests.projects import (
    SCHEMA,
    annotator,
    assert_sound,
    contents,
    extent_of,
    layer_of,
    made,
    quick_folder,
    sha_of,
)

ONE = "التقى بوتين ترامب في موسكو، وقال ترامب وبوتين إن لقاءه لقاء مهم."
OTHER = "عاد بوتين من القاهرة، ورحب بوتين بالقاهرة وببوتين."
TEXTS = (ONE, OTHER)
INCLUDE = SCHEMA.replace('version = "1"', 'version = "1"\nclitics = "include"', 1)


@pytest.fixture(params=["exclude"])
def project(request: pytest.FixtureRequest) -> Iterator[Project]:
    schema = INCLUDE if request.param == "include" else SCHEMA
    with (
        quick_folder() as folder,
        Project.open(made(folder, schema=schema, texts=TEXTS)) as project,
    ):
        yield project
        assert_sound(project)


def add(project: Project, quote: str, text: str, type_: str = "PERS", name: str = "a1") -> None:
    layer = layer_of(project, name, text)
    labelling.add_entity(project, layer, extent_of(quote, text), type_)


def quotes(project: Project, text: str, name: str = "a1") -> list[str]:
    labels = project.labels(layer_of(project, name, text))
    return [one.extent[0].quote for one in labels if isinstance(one, Entity | Event)]


def problems(project: Project) -> list[tuple[str, str]]:
    return [(row["code"], row["detail"]) for row in listing.problems(project)]


def test_what_breaks_the_policy_is_listed_with_its_letters(project: Project) -> None:
    add(project, "وبوتين", ONE)
    add(project, "ترامب", ONE)
    add(project, "بالقاهرة", OTHER, "GPE")
    assert sorted(problems(project)) == [("clitic_inside", "ب"), ("clitic_inside", "و")]


@pytest.mark.parametrize("project", ["include"], indirect=True)
def test_what_stands_beside_a_label_is_listed_where_labels_take_it_in(project: Project) -> None:
    start = ONE.index("وبوتين") + 1
    layer = layer_of(project, "a1", ONE)
    labelling.add_entity(project, layer, extent_at(ONE, [(start, start + 5)]), "PERS")
    add(project, "وقال", ONE)
    assert problems(project) == [("clitic_outside", "و")]
    clitics.mend(project, annotator(project))
    assert quotes(project, ONE) == ["وقال", "وبوتين"]
    assert problems(project) == []


def test_all_are_mended_in_one_gesture_and_one_undo_brings_them_back(project: Project) -> None:
    who = annotator(project)
    for quote, text in (("وبوتين", ONE), ("ترامب", ONE), ("بالقاهرة", OTHER)):
        add(project, quote, text)
    labelling.add_event(project, layer_of(project, "a1", ONE), extent_of("لقاءه", ONE), "MEET")
    add(project, "وبوتين", ONE, name="a2")
    before = [project.labels(layer_of(project, "a1", text)) for text in TEXTS]
    changes = Change("بالقاهرة", "القاهرة", 1), Change("وبوتين", "بوتين", 1)
    assert clitics.broken(project, who) == Broken(2, 2, changes=changes)

    mended = clitics.mend(project, who)

    assert (mended.labels, mended.left_out, mended.kept) == (2, 0, 0)
    assert mended.articles == {sha_of(ONE), sha_of(OTHER)}
    assert len({one.gesture for one in mended.operations}) == 1
    assert sorted(quotes(project, ONE)) == sorted(["ترامب", "بوتين", "لقاءه"])
    assert quotes(project, OTHER) == ["القاهرة"]
    assert quotes(project, ONE, "a2") == ["وبوتين"]
    left = [row for row in listing.problems(project) if row["code"] == "clitic_inside"]
    assert [row["annotator"] for row in left] == ["a2"]
    assert clitics.broken(project, who) == Broken()

    undoing.undo_gesture(project, who, mended.operations[0].gesture)
    assert [project.labels(layer_of(project, "a1", text)) for text in TEXTS] == before


def test_done_layers_and_labels_that_would_be_twins_stay_as_they_are(project: Project) -> None:
    who = annotator(project)
    add(project, "وبوتين", ONE)
    start = ONE.index("وبوتين") + 1
    layer = layer_of(project, "a1", ONE)
    labelling.add_entity(project, layer, extent_at(ONE, [(start, start + 5)]), "PERS")
    add(project, "بالقاهرة", OTHER, "GPE")
    labelling.set_status(project, layer_of(project, "a1", OTHER), "done")
    before = contents(project)
    assert clitics.broken(project, who) == Broken(done=1, kept=1)

    mended = clitics.mend(project, who)

    assert (mended.labels, mended.left_out, mended.kept, mended.operations) == (0, 1, 1, ())
    assert contents(project)["entities"] == before["entities"]


def test_a_head_goes_no_further_than_what_is_left(project: Project) -> None:
    layer = layer_of(project, "a1", ONE)
    head = extent_of("وبوتين", ONE)
    labelling.add_entity(project, layer, extent_of("وبوتين", ONE), "PERS", head=head)
    clitics.mend(project, annotator(project))
    (label,) = project.labels(layer)
    start = ONE.index("وبوتين") + 1
    assert isinstance(label, Entity)
    assert label.head == label.extent == (Span(start, start + 5, "بوتين"),)


def test_a_word_is_taken_by_the_counts_of_the_whole_project(project: Project) -> None:
    text = "قال لموسكو"
    projects.add_articles(project, text)
    assert snapping.as_labelled(project, "exclude", text, 4, 10) == (5, 10)
    assert snapping.as_labelled(project, "include", text, 4, 10) == (4, 10)
    assert not list(listing.problems(project, Filter(article=sha_of(text))))


def test_while_the_file_is_held_the_words_of_the_article_decide(tmp_path: Path) -> None:
    path = made(tmp_path, texts=TEXTS)
    start, end = ONE.index("وبوتين"), ONE.index("وبوتين") + 6
    with Project.open(path) as project:
        project.connection.execute("PRAGMA busy_timeout=0")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            found = snapping.as_labelled(project, "exclude", ONE, start, end)
            other.execute("ROLLBACK")
    assert found == (start + 1, end)


def test_only_what_mending_mends_is_counted_and_what_it_leaves_out_apart(project: Project) -> None:
    who = annotator(project)
    add(project, "وبوتين", ONE)
    for quote in ("وببوتين", "ببوتين"):  # both would be the same label: the first is mended
        add(project, quote, OTHER)
    told = clitics.broken(project, who)
    changes = Change("وببوتين", "بوتين", 1), Change("وبوتين", "بوتين", 1)
    assert told == Broken(labels=2, articles=2, kept=1, changes=changes)
    labelling.set_status(project, layer_of(project, "a1", ONE), "done")
    assert clitics.broken(project, who) == Broken(
        labels=1, articles=1, done=1, kept=1, changes=(Change("وببوتين", "بوتين", 1),)
    )
    assert clitics.broken(project, who, article=sha_of(ONE)[:16]) == Broken(done=1)

    made = clitics.mend(project, who)
    assert (made.labels, len(made.articles), made.left_out, made.kept) == (1, 1, 1, 1)
    assert sorted(quotes(project, OTHER)) == ["ببوتين", "بوتين"]
    assert quotes(project, ONE) == ["وبوتين"]  # its layer is done


# --- said to be right -----------------------------------------------------------------------------


def test_a_problem_that_is_said_to_be_right_is_gone_and_undo_brings_it_back(
    project: Project,
) -> None:
    who, layer = annotator(project), layer_of(project, "a1", ONE)
    add(project, "وبوتين", ONE)
    (label,) = project.labels(layer)
    before = project.labels(layer)
    assert clitics.say_right(project, layer, label.uid) is not None
    assert problems(project) == []
    assert clitics.broken(project, who) == Broken()
    assert clitics.mend(project, who).operations == ()
    assert clitics.say_right(project, layer, label.uid) is None

    undoing.undo(project, layer)
    assert project.labels(layer) == before
    assert problems(project) == [("clitic_inside", "و")]
    with pytest.raises(UserError, match="unknown_label"):
        clitics.say_right(project, layer, "E" + "0" * 14)


def test_what_was_said_of_some_letters_says_nothing_of_others(project: Project) -> None:
    layer = layer_of(project, "a1", OTHER)
    add(project, "وببوتين", OTHER)
    (label,) = project.labels(layer)
    clitics.say_right(project, layer, label.uid)
    (label,) = project.labels(layer)
    assert isinstance(label, Entity)
    assert problems(project) == []
    retyped = retyping.retyped(project.label_schema, label, "ORG")
    labelling.change(project, layer, retyped)
    assert problems(project) == []  # it is of the letters, whatever the type

    start = OTHER.index("ببوتين")
    shorter = replace(retyped, extent=extent_at(OTHER, [(start, start + 6)]))
    labelling.change(project, layer, shorter)
    assert problems(project) == [("clitic_inside", "ب")]
    clitics.mend(project, annotator(project))
    (label,) = project.labels(layer)
    assert isinstance(label, Entity)
    assert label.attributes == ()


def test_what_is_right_survives_export_and_a_merge(project: Project, tmp_path: Path) -> None:
    layer = layer_of(project, "a1", ONE)
    add(project, "وبوتين", ONE)
    (label,) = project.labels(layer)
    lines = tmp_path / "before.jsonl"
    exporting.export(project, lines)
    copy = tmp_path / "copy.hashiya"
    shutil.copy(project.path, copy)
    clitics.say_right(project, layer, label.uid)
    with Project.open(copy) as other:
        merging.merge(other, [project.path])
        assert problems(other) == []
        assert other.labels(layer) == project.labels(layer)
    exporting.export(project, lines)
    new = made(tmp_path, "new.hashiya", texts=())
    with Project.open(new) as other:
        importing.import_sources(other, [lines])
        assert problems(other) == []
        again = tmp_path / "again.jsonl"
        exporting.export(other, again)
    assert again.read_bytes() == lines.read_bytes()
