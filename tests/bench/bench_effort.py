"""How much a person has to do for a label: the sample labels made in the real window.

By mouse and keys, and by keys alone. One press of a key, one click and one drag are an action
each; arrows, wheel and the way of the pointer are movement and counted apart. What was wanted is
compared with what is in the file at the end.
Run: QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_effort [mouse|keys] [ARTICLES]
"""

import os
import sys
import tempfile
from pathlib import Path

from annotator.paths import seeds
from annotator.services import annotators, importing, projects
from annotator.store.project import Project
from tests.bench.keyhand import Keys, Tally
from tests.bench.measuring import Figure, report
from tests.bench.mousehand import Mouse
from tests.bench.wantedlabels import Row, left_out, meant, told, wanted, without_keys
from tests.bench.windowing import rest, started
from tests.gui.onpage import page_of, session_of

_NAMES = ("a1", "a2")
_KINDS = {
    "add_entity": "entities",
    "subtype": "subtypes",
    "add_event": "events",
    "add_argument": "arguments",
    "add_stance": "stances",
}
_BOUNDS = {"add_entity": 2.2, "add_argument": 2.0, "add_stance": 5.0}
_SIZE = (1440, 900)


def main() -> int:
    """Replay both lists both ways."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    ways = [word for word in sys.argv[1:] if word in ("mouse", "keys")] or ["mouse", "keys"]
    n = next((int(word) for word in sys.argv[1:] if word.isdecimal()), 5)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["HASHIYA_DATA"] = str(folder / "data")
        for way in ways:
            tally = Tally()
            for annotator in _NAMES:
                tally.add(_replayed(folder / f"{way}-{annotator}.hashiya", annotator, way, n))
            _print(way, tally)
            if way == "mouse":
                figures += _figures(tally)
    for annotator in _NAMES:
        print(f"{annotator}: no gesture makes, or no bound asks for: {dict(left_out(annotator))}")
    return report(figures)


def _replayed(path: Path, annotator: str, way: str, n: int) -> Tally:
    """Make the labels of `annotator` in `n` articles of a new project; check the file."""
    projects.new(path)
    with Project.open(path) as project:
        importing.import_sources(project, [seeds() / "articles"])
        who = annotators.ensure(project, annotator).uid
    program, tally = started(), Tally()
    program.window.resize(*_SIZE)
    assert program.open_project(path, who)
    lists = dict(list(wanted(annotator).items())[:n])
    schema = session_of(program).schema
    for article, every in lists.items():
        rows = without_keys(every, schema)
        tally.made["no key"] += sum(a is not b for a, b in zip(rows, every, strict=True))
        page_of(program).show_article(article)
        rest()
        hand = (Mouse if way == "mouse" else Keys)(program, tally)
        for row in rows:
            hand.do(row)
        session_of(program).flush()
        _check(path, who, article, rows)
    program.close_project()
    program.window.retire()
    return tally


def _check(path: Path, who: str, article: str, rows: list[Row]) -> None:
    """Raise where the file has not exactly the labels that were wanted."""
    with Project.open(path) as project:
        sha256 = project.article(article).sha256
        found = told(project.labels(project.layer(sha256, who)))
    asked = meant(rows)
    if found != asked:
        raise SystemExit(f"{article}: missing {asked - found}, too many {found - asked}")


def _print(way: str, tally: Tally) -> None:
    print({"mouse": "by mouse and keys", "keys": "by keys alone"}[way])
    for kind, name in _KINDS.items():
        n, acts, moves = tally.made[kind], tally.actions[kind], tally.moves[kind]
        if n:
            each = f"{acts / n:.2f} actions, {(acts + moves) / n:.2f} with movement"
            print(f"  {n} {name}: {each}, {tally.held[kind] / n:.2f} of them with a key held")
            spent = {what: count for (one, what), count in tally.why.most_common() if one == kind}
            print(f"    {spent}")
    print(f"  {tally.made['no key']} subtypes have no digit and were left out")


def _figures(tally: Tally) -> list[Figure]:
    return [
        Figure(
            f"actions for each of the {_KINDS[kind]}, mouse and keys",
            tally.actions[kind] / max(tally.made[kind], 1),
            bound,
            False,
            f"{tally.made[kind]} made and in the file as wanted, movement left out",
        )
        for kind, bound in _BOUNDS.items()
    ]


if __name__ == "__main__":
    sys.exit(main())
