"""Random histories of a team: copies of a file that go on separately, and meet in every way.

A history is drawn from a seed. In each step somebody labels, a clock jumps, a bundle is made, whole
or in part, something is merged, once or twice, a hand-in is taken back or that is undone, or a file
is put in the place of another. After each step the file must be what its history says; at the end
all must say the same, and nothing that was once saved may be lost.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.core.errors import UserError
from annotator.core.model import Entity, Event, Layer
from annotator.services import annotators, handing_in, labelling, merging, undoing
from annotator.store import receipts
from annotator.store.project import Project
from tests.exchange.bundling import lines_of, members_of, with_operations, zipped
from tests.projects import (
    assert_tables_are_history,
    contents,
    copied,
    made,
    operations_in,
    sha_of,
)
from tests.store.histories import PEOPLE, Move, play

YEARS = ("1999-01-01T00:00Z", "2099-12-31T23:59Z", "2026-06-01T12:00Z")
FILES = 3
_MOVES = (
    *("entity", "entity", "entity", "event", "event", "argument", "argument", "stance", "relation"),
    *("answer", "change", "change", "remove", "status", "undo", "redo", "mark_all", "regions"),
    *("withdraw", "answer_doubt", "newcomer", "undo_gesture"),
)


class World:
    """The files of a team, the bundles that lie about, and all that was ever saved."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.folder = folder
        self.bundles: list[Path] = []
        self.saved: set[str] = set()
        self.taken_back = 0
        lead = made(folder)
        with Project.open(lead) as project:
            for name in PEOPLE:
                annotators.ensure(project, name)
        self.paths = [copied(lead, f"copy-{n}.hashiya") for n in range(FILES)]
        self.years = [self.chance.choice(YEARS) for _ in self.paths]
        self.projects = [self._opened(n) for n in range(FILES)]

    def _opened(self, n: int) -> Project:
        return Project.open(self.paths[n], now=lambda: self.years[n])

    def close(self) -> None:
        """Close the files."""
        for project in self.projects:
            project.close()

    def step(self) -> None:
        """Let something happen in one of the files, and check it."""
        n = self.chance.randrange(FILES)
        self.chance.choice(_STEPS)(self, n)
        project = self.projects[n]
        assert_tables_are_history(project)
        self.saved |= {made_.hash for made_ in operations_in(project)}

    def meet(self) -> None:
        """Let all files have everything, in any order and twice; check that they are one."""
        for _ in range(2):
            for n, project in enumerate(self.projects):
                others = [path for k, path in enumerate(self.paths) if k != n]
                self.chance.shuffle(others)
                merged(project, *others)
        told = {made_.hash for made_ in operations_in(self.projects[0])}
        assert self.saved <= told
        for project in self.projects:
            assert_tables_are_history(project)
            assert contents(project) == contents(self.projects[0])
            again = merging.merge(project, [*self.paths[:0], *self._others(project)])
            assert (again.new, again.changed, again.receipt) == (0, 0, "")

    def _others(self, project: Project) -> list[Path]:
        return [path for path in self.paths if path != project.path]

    def drawn(self) -> int:
        """Return one of the numbers by which moves choose."""
        return self.chance.randrange(8)


def merged(project: Project, *sources: Path) -> merging.MergeReport:
    """Merge, and check that merging again changes nothing."""
    report = merging.merge(project, sources)
    assert report.refused == ()
    return report


@contextmanager
def world(folder: Path, seed: int) -> Iterator[World]:
    """Give the world of a seed, in an own folder that goes with it."""
    place = folder / f"world-{seed}"
    place.mkdir()
    made_ = World(place, seed)
    try:
        yield made_
    finally:
        made_.close()
        shutil.rmtree(place)


def play_history(folder: Path, seed: int, steps: int) -> World:
    """Play the history of a seed to its end."""
    with world(folder, seed) as found:
        for _ in range(steps):
            found.step()
        found.meet()
    return found


# --- steps --------------------------------------------------------------------------------------


def _label(found: World, n: int) -> None:
    for _ in range(found.chance.randrange(1, 4)):
        who, text = found.chance.randrange(2), found.chance.randrange(2)
        numbers = (found.drawn(), found.drawn(), found.drawn())
        play(found.projects[n], Move(found.chance.choice(_MOVES), who, text, *numbers))


def _jump(found: World, n: int) -> None:
    found.years[n] = found.chance.choice(YEARS)


def _fight(found: World, n: int) -> None:
    """Let two files say the same, and then change the same label at once."""
    other = (n + 1) % FILES
    merged(found.projects[n], found.paths[other])
    merged(found.projects[other], found.paths[n])
    label, who = found.drawn(), found.chance.randrange(2)
    for k in (n, other):
        name = found.chance.choice(("change", "change", "remove"))
        play(found.projects[k], Move(name, who, 0, label, found.drawn(), found.drawn()))
    found.saved |= {made_.hash for made_ in operations_in(found.projects[other])}


def _pull_away(found: World, n: int) -> None:
    """Let two files say the same; then one removes what the other lets a new label point to."""
    here, other = found.projects[n], found.projects[(n + 1) % FILES]
    merged(here, other.path)
    merged(other, here.path)
    layers = [Layer(sha_of(text), one.uid) for text in range(2) for one in here.annotators()]
    for layer in (here.layer(one.article, one.annotator) for one in layers):
        events = [one for one in here.labels(layer) if isinstance(one, Event)]
        mentions = [one for one in here.labels(layer) if isinstance(one, Entity)]
        if events and mentions and layer.status not in ("done", "skipped"):
            event, mention = found.chance.choice(events), found.chance.choice(mentions)
            with suppress(UserError):  # a type that the label schema lacks, or a role that is full
                labelling.add_argument(other, layer, event.uid, "actor", mention.uid)
                labelling.remove(here, layer, event.uid)
                merged(here, other.path)
    found.saved |= {made_.hash for made_ in operations_in(other)}


def _bundle(found: World, n: int) -> None:
    """Hand in all of a file, or a part: what others point to may be missing."""
    path = found.folder / f"bundle-{len(found.bundles)}.zip"
    handing_in.hand_in(found.projects[n], path)
    if found.chance.random() < 0.7:
        members = members_of(path)
        lines = lines_of(members)
        share = found.chance.random()
        kept = [one for one in lines if b'"scope":[]' in one or found.chance.random() < share]
        zipped(path, with_operations(members, kept))
    found.bundles.append(path)


def _merge_bundle(found: World, n: int) -> None:
    if found.bundles:
        picked = [found.chance.choice(found.bundles) for _ in range(found.chance.choice((1, 1, 2)))]
        merged(found.projects[n], *picked)
        if found.chance.random() < 0.3:
            before = contents(found.projects[n])
            assert merged(found.projects[n], *picked).new == 0
            assert contents(found.projects[n]) == before


def _merge_file(found: World, n: int) -> None:
    merged(found.projects[n], found.chance.choice(found._others(found.projects[n])))  # noqa: SLF001


def _take_back(found: World, n: int) -> None:
    project = found.projects[n]
    known = receipts.receipts(project)
    if known:
        try:
            merging.take_back(project, found.chance.choice(known).uid)
            found.taken_back += 1
        except UserError as trouble:
            assert trouble.code == "nothing_to_take_back"  # noqa: PT017


def _give_back(found: World, n: int) -> None:
    """Undo a taking back, of this file or of one that came by a merge."""
    project = found.projects[n]
    made_ = [one for one in operations_in(project) if one.kind == "take_back"]
    if made_:
        lead = annotators.who_undoes(project, "lead")
        try:
            undoing.undo_gesture(project, lead, found.chance.choice(made_).gesture)
        except UserError as trouble:
            assert trouble.code in ("nothing_to_undo", "changed_since")  # noqa: PT017


def _put_in_place(found: World, n: int) -> None:
    """Put a copy of another file in the place of this one, which is then merged back."""
    other = (n + 1) % FILES
    lost = found.folder / "lost.hashiya"
    found.projects[n].close()
    shutil.copy(found.paths[n], lost)
    shutil.copy(found.paths[other], found.paths[n])
    found.projects[n] = found._opened(n)  # noqa: SLF001
    merged(found.projects[n], lost)


_STEPS: tuple[Callable[[World, int], None], ...] = (
    *((_label,) * 6),
    *((_bundle,) * 2),
    *((_merge_bundle,) * 4),
    *((_take_back,) * 3),
    _jump,
    _fight,
    _pull_away,
    _merge_file,
    _give_back,
    _put_in_place,
)
