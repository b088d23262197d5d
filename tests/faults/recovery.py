"""Recovery of a project file that SQLite cannot read: what comes back, and from where.

    .venv/bin/python -m tests.faults.recovery [TRIALS] [SEED]

Two files of one project stand on one machine and are worked in by turns; one of them is damaged
and recovered into a new file. With backup and second record nothing that was told as saved may be
lost, and nothing of the other file be poured in. With neither, what comes back is what stands on
pages that are left: an operation may be lost only where a page that bears its name, or the text of
its article, was destroyed. Never may there be an operation whose hash does not hold. At the end a
larger file, of 60 articles and 300 operations, meets the same with neither. Exits 1 where any of
this is not so.
"""

import json
import random
import shutil
import struct
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotator import paths
from annotator.core.canonical import text_digest
from annotator.core.errors import UserError
from annotator.services import applying, importing, listing, projects, recovering
from annotator.store import restoring
from annotator.store.project import Project
from tests.faults.disasters import Count, Trial
from tests.projects import TEXTS, operations_in, quick_folder

PAGE = 8192
PAGES = 5
_OVERFLOWS = 8000
"""Bytes of an operation that may go on on other pages."""


@dataclass(slots=True)
class Recovered(Count):
    """What became of the operations; without backup and second record besides what may be lost.

    `back` of `acknowledged` came back; `unexplained` are those that were lost though no page with
    their names was destroyed, nor the text of their article; of `made_up` ones the hashes do not
    hold; `nothing` counts files of which nothing came back.
    """

    back: int = 0
    unexplained: int = 0
    made_up: int = 0
    nothing: int = 0

    @property
    def is_well_without(self) -> bool:
        """Whether all came back that is on pages that are left, and nothing was made up."""
        return not (self.unexplained or self.made_up or self.poured_in or self.unsound)


# --- damage ---------------------------------------------------------------------------------------

Damage = Callable[[bytes, random.Random], bytes | None]
"""Returns what is left of the bytes of a file; None where it is gone."""


def _header_page(raw: bytes, _: random.Random) -> bytes:
    return bytes(PAGE) + raw[PAGE:]


def _schema_page(raw: bytes, chance: random.Random) -> bytes:
    """Destroy one of the pages on which the statements of the tables stand."""
    kind, _, n, _, _, last = struct.unpack_from(">BHHHBI", raw, 100)
    assert kind == 5, "there is more than one of them"
    cells = struct.unpack_from(f">{n}H", raw, 112)
    pages = [last, *(struct.unpack_from(">I", raw, at)[0] for at in cells)]
    return _without(raw, [chance.choice(pages) - 1], chance)


def _pages(raw: bytes, chance: random.Random) -> bytes:
    return _without(raw, chance.sample(range(len(raw) // PAGE), PAGES), chance)


def _without(raw: bytes, pages: list[int], chance: random.Random) -> bytes:
    found = bytearray(raw)
    for page in pages:
        found[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
    return bytes(found)


def _half(raw: bytes, _: random.Random) -> bytes:
    return raw[: len(raw) // 2]


def _deleted(_raw: bytes, _: random.Random) -> None:
    return None


DAMAGES: dict[str, Damage] = {
    "header page destroyed": _header_page,
    "schema page destroyed": _schema_page,
    f"{PAGES} random pages destroyed": _pages,
    "truncated to half": _half,
    "deleted": _deleted,
}


# --- trials ---------------------------------------------------------------------------------------


def counted(name: str, trials: int, seed: int, *, with_record: bool = True) -> Recovered:
    """Let so many files meet the damage called `name`, with backup and second record or without."""
    count = Recovered()
    for n in range(trials):
        with quick_folder() as folder:
            trial = Trial(folder, random.Random(f"{seed} {name} {n}"))
            trial.work()
            _recover(trial, DAMAGES[name], count, with_record=with_record)
            count.trials += 1
    return count


def _recover(trial: Trial, damage: Damage, count: Recovered, *, with_record: bool) -> None:
    """Damage the file of a trial, recover it beside its place, and count what came back."""
    path = trial.file.path
    raw = path.read_bytes()
    left = damage(raw, trial.chance)
    if left is None:
        path.unlink()
    else:
        path.write_bytes(left)
    if not with_record:
        for kept in ("journals", "backups"):
            shutil.rmtree(paths.data_folder() / kept)
    trial.file.path = path.with_name("recovered.hashiya")
    try:
        recovering.recover(path, trial.file.path)
    except UserError as trouble:
        if trouble.code != "cannot_repair" or with_record:
            raise
        _look(trial, count, raw, left, set())
        count.nothing += 1
        return
    with Project.open(trial.file.path) as project:
        there = {one.hash for one in operations_in(project)}
        count.made_up += restoring.n_altered(project)
    _look(trial, count, raw, left, there)
    trial.look(count)


def _look(trial: Trial, count: Recovered, raw: bytes, left: bytes | None, there: set[str]) -> None:
    """Count what came back, and what did not although all that it needs is left."""
    mine, rest = trial.file.acknowledged, left or b""
    count.back += len(mine.keys() & there)
    whole = {page for page in range(len(raw) // PAGE) if _page(raw, page) == _page(rest, page)}
    texts = {text_digest(text) for text in TEXTS if text.encode() in rest}
    for name in mine.keys() - there:
        bearing = {at // PAGE for at in _places(raw, name.encode())}
        is_long = len(repr(mine[name])) > _OVERFLOWS
        has_text = mine[name].scope.is_project or mine[name].scope.article in texts
        count.unexplained += has_text and bearing <= whole and not is_long
    if not there:
        count.acknowledged += len(mine)
        count.lost += len(mine)


def _page(raw: bytes, number: int) -> bytes:
    return raw[number * PAGE : (number + 1) * PAGE]


def _places(raw: bytes, name: bytes) -> list[int]:
    found, at = [], raw.find(name)
    while at >= 0:
        found.append(at)
        at = raw.find(name, at + 1)
    return found


# --- a larger file --------------------------------------------------------------------------------

_WORDS = TEXTS[1].split()
_ARTICLES, _OPERATIONS = 60, 300
_LENGTHS = (50, 300, 1500)
"""Words of an article."""


_OF_LARGER = ("header page destroyed", f"{PAGES} random pages destroyed")


def of_larger(name: str, trials: int, seed: int) -> str:
    """Return what comes back of a larger file that meets a damage so often, with neither."""
    chance = random.Random(f"{seed} {name}")
    with quick_folder() as folder:
        path = _larger(folder, chance)
        raw = path.read_bytes()
        with Project.open(path) as project:
            whole = {one.hash for one in operations_in(project)}
        shutil.rmtree(paths.data_folder())
        shares, read, articles, made_up = [], [], [], 0
        for n in range(trials):
            path.write_bytes(DAMAGES[name](raw, chance) or b"")
            to = folder / f"{n}.hashiya"
            recovery = recovering.recover(path, to)
            with Project.open(to) as project:
                there = {one.hash for one in operations_in(project)}
                made_up += restoring.n_altered(project)
            to.unlink()
            shares.append(len(there & whole) / len(whole))
            read.append(shares[-1] + recovery.made.lost.waiting / len(whole))
            articles.append(recovery.made.n_articles / _ARTICLES)
    return (
        f"larger file of {len(raw) // PAGE} pages, {name}, with neither: operations read"
        f" {sum(read) / trials:.1%} (least {min(read):.1%}), with the text of their article"
        f" {sum(shares) / trials:.1%} (least {min(shares):.1%}), articles"
        f" {sum(articles) / trials:.1%}, made up {made_up}; {trials} files"
    )


def _larger(folder: Path, chance: random.Random) -> Path:
    sources = folder / "articles"
    sources.mkdir()
    for n in range(_ARTICLES):
        words = chance.choices(_WORDS, k=chance.choice(_LENGTHS))
        (sources / f"{n:03}.txt").write_text(f"{n} {' '.join(words)}.", "utf-8")
    path = folder / "larger.hashiya"
    projects.new(path)
    with Project.open(path) as project:
        importing.import_sources(project, [sources])
        uids = [row["uid"] for row in listing.articles(project)]
        starts = [n * 7 for n in range(_OPERATIONS // _ARTICLES)]
        lines = (
            {"do": "add_entity", "article": uid, "start": start, "end": start + 5, "type": "PERS"}
            for uid in uids
            for start in starts
        )
        given = (json.dumps(line).encode() for line in lines)
        for answer in applying.apply_lines(project, "a1", given):
            assert answer.trouble is None, answer.trouble
    return path


def told(name: str, count: Recovered, *, with_record: bool) -> str:
    """Return what came of the files that met one damage, in a line."""
    share = count.back / max(count.acknowledged, 1)
    kept = "with backup and second record" if with_record else "with neither"
    return (
        f"{name}, {kept}: {count.trials} files, {count.back} of {count.acknowledged} operations"
        f" came back ({share:.1%}), lost {count.lost}, unexplained {count.unexplained}, made up"
        f" {count.made_up}, poured in {count.poured_in}, numbered twice {count.twice}, unsound"
        f" {count.unsound}, nothing at all {count.nothing}"
    )


def main() -> int:
    """Print what came back of each damage; return 1 where it is not what it must be."""
    numbers = [int(one) for one in sys.argv[1:]]
    trials, seed = (*numbers, *(100, 7)[len(numbers) :])
    began, is_well = time.perf_counter(), True
    with ProcessPoolExecutor(2) as pool:
        for with_record in (True, False):
            work = partial(counted, trials=trials, seed=seed, with_record=with_record)
            for name, count in zip(DAMAGES, pool.map(work, DAMAGES), strict=True):
                is_whole = with_record or name == next(iter(DAMAGES))
                is_well &= (
                    count.is_well and not count.made_up if is_whole else count.is_well_without
                )
                print(told(name, count, with_record=with_record), flush=True)
        for line in pool.map(partial(of_larger, trials=trials // 5 or 1, seed=seed), _OF_LARGER):
            is_well &= "made up 0" in line
            print(line, flush=True)
    print(f"{time.perf_counter() - began:.0f} s")
    return int(not is_well)


if __name__ == "__main__":
    sys.exit(main())
