"""A whole sample article labelled by keyboard alone, the program killed in the middle.

What comes out is what the same gestures give by `apply`, but for the uids of labels.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from annotator.paths import seeds
from annotator.services import annotators, applying, exporting, importing, projects
from annotator.store.project import Project

ARTICLE = "206688c7c5d01001"
NAME = "سلمى"
ROOT = Path(__file__).resolve().parents[2]


def gestures() -> list[dict[str, Any]]:
    """Return what a1 did in one article, with what is pressed for it and no more."""
    lines = (seeds() / "labels" / "a1.jsonl").read_text("utf-8").splitlines()
    kept: list[dict[str, Any]] = []
    known: set[str] = set()
    for one in map(json.loads, lines):
        is_here = one.get("article") == ARTICLE or one.get("event") in known
        if not is_here or one["do"] not in _KEYS:
            continue
        if one["do"] in ("add_entity", "add_event"):
            known.add("$" + one["as"])
        kept.append({key: one[key] for key in _KEYS[one["do"]] if key in one})
    return kept


_PLACED = ("do", "as", "article", "start", "end", "type")
_KEYS = {
    "add_entity": (*_PLACED, "subtype"),
    "add_event": _PLACED,
    "add_argument": ("do", "event", "role", "filler"),
    "add_stance": ("do", "as", "article", "holder", "target", "value", "voice", "evidence"),
    "answer": ("do", "article", "question", "values"),
    "set_status": ("do", "article", "status"),
}


@pytest.mark.slow
@pytest.mark.window
@pytest.mark.parametrize("letters", ["latin", "arabic"])
def test_a_whole_article_by_keyboard_alone_is_what_apply_makes_of_it(
    tmp_path: Path, letters: str
) -> None:
    typed, applied = tmp_path / "typed.hashiya", tmp_path / "applied.hashiya"
    projects.new(typed)
    with Project.open(typed) as project:
        importing.import_sources(project, [seeds() / "articles"])
        who = annotators.ensure(project, NAME).uid
    shutil.copyfile(typed, applied)
    wanted, file = gestures(), tmp_path / "gestures.jsonl"
    lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in wanted]
    file.write_text("".join(lines), "utf-8")

    half = len(wanted) // 2
    assert _type(typed, who, file, 0, half, letters, "killed") == -signal.SIGKILL
    assert _type(typed, who, file, half, len(wanted), letters, "end") == 0

    with Project.open(applied) as project:
        answers = list(applying.apply_lines(project, NAME, [line.encode() for line in lines]))
        assert not [answer for answer in answers if answer.trouble]
    assert len(wanted) > 100
    assert _told(typed) == _told(applied)


def _type(path: Path, who: str, file: Path, first: int, last: int, *how: str) -> int:
    command = [sys.executable, "-m", "tests.journeys.typing_on", str(path), who, str(file)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [*command, str(first), str(last), *how],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert not re.search(r"Traceback|Error", done.stderr), done.stderr
    return done.returncode


def _told(path: Path) -> list[dict[str, Any]]:
    """Return the exported rows, each uid replaced by what its label is."""
    out = path.with_suffix(".jsonl")
    with Project.open(path) as project:
        exporting.export(project, out)
    text = out.read_text("utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    for uid, name in _names(rows).items():
        text = text.replace(uid, name)
    found: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
    for row in found:
        for event in row["events"]:
            event["arguments"].sort(key=_spelled)
        for kind in _KINDS:
            row[kind].sort(key=_spelled)
    return found


_KINDS = ("entities", "events", "stances", "relations", "answers")


def _names(rows: list[dict[str, Any]]) -> dict[str, str]:
    names: dict[str, str] = {}
    labels = [(kind, label) for row in rows for kind in _KINDS for label in row[kind]]
    for kind, label in labels:
        names[label["uid"]] = _said(kind, label)
        names |= {argument["uid"]: "argument" for argument in label.get("arguments", [])}
    return names


def _spelled(label: dict[str, Any]) -> str:
    return json.dumps(label, sort_keys=True)


def _said(kind: str, label: dict[str, Any]) -> str:
    place = f"{label.get('start', '')}-{label.get('end', '')}"
    return f"{kind} {label.get('type') or label.get('question') or ''} {place}".replace('"', "")
