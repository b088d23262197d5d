"""The journey of a team by the window: hand out, label, hand in, merge; as services do it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from annotator.gui.models import agreementstrips
from annotator.i18n import Language
from annotator.paths import seeds
from annotator.services import annotators, applying, exporting, importing, projects
from annotator.services.agreeingwords import figure_name
from annotator.services.assigning import Wish, planned
from annotator.services.handing_in import hand_in
from annotator.services.handing_out import assign_and_hand_out
from annotator.services.merging import merge
from annotator.store.project import Project
from tests.cli.running import hashiya
from tests.projects import quick_folder

NAMES = {"سلمى": "a1", "بدر": "a2", "آمنة": "a3"}
ARABIC = Language.of("ar")
SHOWN = {
    "entities": {
        "detection": "detection_f1",
        "strict": "strict_f1",
        "label_alpha": "label_alpha",
    },
    "events": {"ti": "ti_f1", "tc": "tc_f1", "ai": "ai_f1", "ac": "ac_f1"},
    "stances": {
        "target_f1": "target_f1",
        "ordinal": "alpha_ordinal",
        "nominal": "alpha_nominal",
    },
}
"""The strips of the page, and the keys of the command's figures that stand in them."""
ROOT = Path(__file__).resolve().parents[2]
_FEW = 3
_KEPT = ("do", "as", "article", "start", "end", "type", "subtype")


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as found:
        yield found


def gestures(name: str) -> bytes:
    """Return the first entities and events that a reader labelled in two articles, then done."""
    lines = (seeds() / "labels" / f"{NAMES[name]}.jsonl").read_text("utf-8").splitlines()
    found: dict[str, list[dict[str, Any]]] = {}
    for one in map(json.loads, lines):
        if one["do"] in ("add_entity", "add_event") and "spans" not in one:
            found.setdefault(one["article"], []).append({k: one[k] for k in _KEPT if k in one})
    few = []
    for article in sorted(found)[:2]:
        events = [one for one in found[article] if one["do"] == "add_event"]
        few += [one for one in found[article] if one not in events][:_FEW] + events[:1]
        few.append({"do": "set_status", "article": article, "status": "done"})
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in few)


def lead_file(folder: Path) -> tuple[Path, str]:
    path = folder / "lead.hashiya"
    projects.new(path)
    with Project.open(path) as project:
        importing.import_sources(project, [seeds() / "articles"])
        return path, annotators.ensure(project, "ليلى").uid


def exported(path: Path) -> bytes:
    """Return all layers as JSONL."""
    out = path.with_suffix(".jsonl")
    with Project.open(path) as project:
        exporting.export(project, out)
    return out.read_bytes()


def without_uids(rows: bytes) -> list[Any]:
    """Return rows without the uids of labels, which tell in which file they were made."""
    return [_without(json.loads(row)) for row in rows.splitlines()]


def _without(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [_without(one) for one in value]
    if isinstance(value, dict):
        is_label = "uid" in value and "origin" in value
        return {k: _without(one) for k, one in value.items() if not (is_label and k == "uid")}
    return value


@dataclass(frozen=True)
class Played:
    """What came of it: bundles, the files of all orders, and strips of agreement as shown."""

    bundles: list[Path]
    orders: list[Path]
    strips: list[tuple[str, list[str]]]


def play(lead: Path, who: str, folder: Path, work: dict[str, Path]) -> Played:
    """Let the team work in a window."""
    people = [f"{name}={file}" for name, file in work.items()]
    played = subprocess.run(
        [sys.executable, "-m", "tests.journeys.teaming", str(lead), who, str(folder), *people],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert not re.search(r"Traceback|Error", played.stderr), played.stderr
    assert played.returncode == 0
    told = json.loads(played.stdout)
    bundles, orders = ([Path(one) for one in told[name]] for name in ("bundles", "orders"))
    return Played(bundles, orders, [(name, rows) for name, rows in told["strips"]])


def by_services(lead: Path, folder: Path) -> None:
    """Do with `lead` what the team does in the window."""
    with Project.open(lead) as project:
        plan = planned(project, Wish(tuple(NAMES), overlap=len(NAMES)))
        files = assign_and_hand_out(project, plan, folder).files
    bundles = [one.path.with_suffix(".zip") for one in files]
    for one, bundle in zip(files, bundles, strict=True):
        with Project.open(one.path) as project:
            lines = gestures(one.annotator.name).splitlines(keepends=True)
            answers = list(applying.apply_lines(project, one.annotator.name, lines))
            assert not [answer for answer in answers if answer.trouble]
            hand_in(project, bundle)
    with Project.open(lead) as project:
        assert merge(project, bundles).refused == ()


@pytest.mark.slow
@pytest.mark.window
def test_a_team_works_in_the_window_as_services_do_it(folder: Path) -> None:
    lead, who = lead_file(folder)
    services = folder / "services.hashiya"
    shutil.copy(lead, services)
    work = {}
    for name in NAMES:
        work[name] = folder / f"{NAMES[name]}.jsonl"
        work[name].write_bytes(gestures(name))

    played = play(lead, who, folder / "files", work)
    by_services(services, folder / "others")

    assert len(played.bundles) == len(NAMES)
    rows = exported(lead)
    labels = [label for row in map(json.loads, rows.splitlines()) for label in row["entities"]]
    assert len(rows.splitlines()) == len(NAMES) * 5
    assert len(labels) > len(NAMES) * _FEW
    assert without_uids(rows) == without_uids(exported(services))
    assert len(played.orders) == 6
    assert {exported(path) for path in played.orders} == {rows}
    assert_shown(played.strips, hashiya("agreement", lead, "--json").told)


def assert_shown(strips: list[tuple[str, list[str]]], told: dict[str, Any]) -> None:
    """Check that the page shows the figures that the command prints."""
    n_known = 0
    assert len(strips) == len(SHOWN)
    for (name, rows), (what, figures) in zip(strips, SHOWN.items(), strict=True):
        assert name.startswith(ARABIC.text(agreementstrips.TITLES[what]))
        for row, (field, key) in zip(rows, figures.items(), strict=True):
            value = told[what][key]
            number = "—" if value is None else f"{value:.2f}"
            assert row.splitlines()[0] == f"{figure_name(field, ARABIC)}: {number}"
            n_known += value is not None
    assert n_known >= 5
    assert told["settings"]["n_joint_articles"] > 0


@pytest.mark.slow
@pytest.mark.window
def test_bundles_of_the_window_merged_by_services_give_the_same_bytes(folder: Path) -> None:
    lead, who = lead_file(folder)
    before = folder / "before.hashiya"
    shutil.copy(lead, before)
    work = {}
    for name in list(NAMES)[:2]:
        work[name] = folder / f"{NAMES[name]}.jsonl"
        work[name].write_bytes(gestures(name))
    bundles = play(lead, who, folder / "files", work).bundles

    rows = exported(lead)
    with Project.open(lead) as project:
        hand_in(project, folder / "whole.zip")
    with Project.open(before) as project:
        assert merge(project, [folder / "whole.zip", *reversed(bundles)]).refused == ()

    assert exported(before) == rows
