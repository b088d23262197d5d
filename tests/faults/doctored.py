"""A project file with something of everything in it, and files that were handed out of it."""

import random
from pathlib import Path

from annotator.core.model import Layer, Party
from annotator.services import (
    annotators,
    changing_schema,
    exporting,
    importing,
    labelling,
    merging,
    projectwide,
    undoing,
)
from annotator.services.agreeing import agreement
from annotator.services.assigning import Wish, planned
from annotator.services.changing_schema import TypeChange
from annotator.services.handing_in import hand_in
from annotator.services.handing_out import assign_and_hand_out
from annotator.store.project import Project
from annotator.store.uniting import unite
from tests import projects
from tests.formats.rows import example, spelled
from tests.projects import extent_of, layer_of, made, sha_of
from tests.store.histories import EVERY_MOVE, LABELLING, Move, play_all

PEOPLE = ("سلمى", "بدر")
_LONG = 6
"""How often the text of an article is repeated, so that some do not fit on a page."""

# --- files --------------------------------------------------------------------------------------


def lead_file(folder: Path) -> Path:
    """Make a lead's file: labels of two people, imported ones, and a hand-in taken back.

    There is a row in every table that the program writes. Of two people to whom it was handed out
    one has handed in twice, the other not at all; her file and the bundles stay beside it.
    """
    path = made(folder)
    with Project.open(path) as project:
        projects.add_articles(project, *(text * _LONG for text in projects.TEXTS))
        play_all(project, _moves(7, 60))
        labelling.add_entity(project, layer_of(project), extent_of("ترامب"), "PERS")
        _import_labels(project, folder)
        _import_an_article(project, folder)
        plan = planned(project, Wish(PEOPLE, overlap=len(PEOPLE)))
        done = assign_and_hand_out(project, plan, folder)
    (first, *_) = (one.path for one in done.files)
    _merged(path, _handed_in(first, "غزة"))
    receipt = _merged(path, _handed_in(first, "العالمية")).receipt
    with Project.open(path) as project:
        merging.take_back(project, receipt)
        labelling.answer(project, layer_of(project), "summary", ("خبر عن لقاء",))
        _answer_a_question(project)
        changing_schema.change_schema(project, TypeChange("rename", "ATTACK", "STRIKE"))
        _read_by_two(project)
    _let_one_be_held(path)
    with Project.open(path) as project:
        agreement(project)
    return path


def handed_out(folder: Path) -> list[Path]:
    """Return the files that were handed out when `lead_file` was made in that folder."""
    return [folder / f"{name}.hashiya" for name in PEOPLE]


def play_at_random(path: Path, seed: int, n: int) -> None:
    """Let two people do `n` things of every sort in a file, as chance has it."""
    chance = random.Random(seed)
    names = (*EVERY_MOVE, *LABELLING, "entity", "entity", "event", "argument")
    given = [
        Move(chance.choice(names), *(chance.randrange(k) for k in (2, 2, 8, 8, 8)))
        for _ in range(n)
    ]
    with Project.open(path) as project:
        play_all(project, given)


def united(path: Path, other: Path) -> None:
    """Unite the history of another copy into a file."""
    with Project.open(path) as project, Project.open(other) as source:
        unite(project, projects.operations_in(source))


def _moves(seed: int, n: int) -> list[Move]:
    chance = random.Random(seed)
    names = (*LABELLING, "entity", "entity", "event", "argument", "argument", "regions", "status")
    return [
        Move(chance.choice(names), *(chance.randrange(k) for k in (2, 2, 8, 8, 8)))
        for _ in range(n)
    ]


def _import_labels(project: Project, folder: Path) -> None:
    """Import labels for a third person: they are recorded as bulk work."""
    rows = folder / "rows.jsonl"
    exporting.export(project, rows)
    mine = annotators.named(project, "a1")
    told = rows.read_text("utf-8").replace(mine.uid, "f" * 16).replace('"name":"a1"', '"name":"a3"')
    rows.write_text(told, "utf-8")
    importing.import_sources(project, [rows])


def _import_an_article(project: Project, folder: Path) -> None:
    """Import an article with labels of every kind, votes and regions that somebody gave it."""
    row = example()
    middle = row["text"].index("\n")
    row["regions"] = [
        {"start": 0, "end": middle, "role": "headline", "source": "person"},
        {"start": middle, "end": len(row["text"]), "role": "body", "source": "rule"},
    ]
    rows = folder / "article.jsonl"
    rows.write_bytes(spelled(row))
    report = importing.import_sources(project, [rows])
    assert not report.refused


def _answer_a_question(project: Project) -> None:
    """Answer the doubt that came with a hand-in."""
    (layer,) = (one for one in _layers_of(project, PEOPLE[0]) if one.article == sha_of(2))
    asked = next(label for label in project.labels(layer) if label.doubt)
    projectwide.answer_doubt(project, asked.uid, "نعم، مدينة")


def _layers_of(project: Project, name: str) -> list[Layer]:
    who = annotators.named(project, name)
    return [Layer(sha_of(n), who.uid) for n in range(len(projects.TEXTS))]


def _let_one_be_held(path: Path) -> None:
    """Let a relation come from a copy of the file after one of its ends was removed here."""
    with Project.open(path) as project:
        layer = layer_of(project, "a1", 2)
        for quote in ("الصحة", "غزة"):
            labelling.add_entity(project, layer, extent_of(quote, 2), "ORG")
    copy = projects.copied(path, "copy.hashiya")
    with Project.open(copy) as project:
        one, other, *_ = (label.uid for label in project.labels(layer))
        labelling.add_relation(project, layer, "same_as", one, other)
    with Project.open(path) as project:
        labelling.remove(project, layer, one)
    united(path, copy)
    copy.unlink()


def _read_by_two(project: Project) -> None:
    """Say that two people have read two articles, so that there are counts of agreement."""
    for text in (0, 1):
        for who in ("a1", "a2"):
            layer = layer_of(project, who, text)
            first, *_, last = projects.TEXTS[text].split()
            labelling.add_entity(project, layer, extent_of(last, text), "PERS")
            labelling.add_event(project, layer, extent_of(first, text), "MEET")
            labelling.add_stance(project, layer, Party("topic", "vaccines"), "favor")
            labelling.answer(project, layer, "genre", ("report",))
            labelling.set_status(project, layer, "done")


def _handed_in(path: Path, quote: str) -> Path:
    bundle = path.with_name(f"{quote}.zip")
    with Project.open(path) as project:
        owner = annotators.owner(project)
        assert owner is not None
        layer = Layer(sha_of(2), owner.uid)
        labelling.add_entity(project, layer, extent_of(quote, 2), "GPE", doubt="أهي مدينة؟")
        labelling.add_event(project, layer, extent_of("حملة", 2), "MEET")
        undoing.undo(project, layer)
        hand_in(project, bundle)
    return bundle


def _merged(path: Path, bundle: Path) -> merging.MergeReport:
    with Project.open(path) as project:
        report = merging.merge(project, [bundle])
    assert not report.refused
    return report
