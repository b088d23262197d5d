"""What `bootstrap.py demo` plays: the main job on the sample articles, and what came of it.

Five articles in, two annotators' labels in one file, statistics, undo and redo, JSONL out, and in
again elsewhere; a team of three, from handing out to how far they agree; then a file that goes back
to an older copy, and one that is deleted, and all work comes back. It calls the services
that the command line and the window call, and draws the window off screen. Every file it made is
printed, one a line. Where somebody sits before a screen, the window is opened at the end.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".demo"
os.environ["HASHIYA_DATA"] = str(FOLDER / "data")  # nothing of the demo stays elsewhere

from annotator.core.errors import UserError  # noqa: E402
from annotator.gui import probe  # noqa: E402
from annotator.i18n import Language  # noqa: E402
from annotator.paths import seeds  # noqa: E402
from annotator.services import (  # noqa: E402
    annotators,
    applying,
    exporting,
    importing,
    listing,
    projects,
    statistics,
    undoing,
)
from annotator.services.wording import sentence  # noqa: E402
from annotator.store.project import Project  # noqa: E402

ANNOTATORS = ("a1", "a2")
COUNTED = ("entity", "event", "argument", "stance", "relation", "answer")


def main() -> int:
    """Play the demo; return 0 when every step did what it should."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    environment = dict(os.environ)
    began = time.monotonic()
    made = [*_play(), *_together(), *_kept()]
    made += _pictures(FOLDER / "sample.hashiya")
    print(f"\nDone in {time.monotonic() - began:.1f} s. What was made, one file a line:")
    for path in made:
        print(path)
    if sys.stdin.isatty() and sys.stdout.isatty() and can_open(environment):
        window = [sys.executable, "-m", "annotator", str(FOLDER / "sample.hashiya")]
        return subprocess.run(window, env=environment, cwd=ROOT, check=False).returncode
    return 0


def can_open(environment: Mapping[str, str]) -> bool:
    """Whether a window would be seen: there is a screen, and all that Qt needs for it."""
    if environment.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    try:
        probe.check(environment)
    except UserError:
        return False
    return True


def _play() -> Iterator[Path]:
    path = FOLDER / "sample.hashiya"
    projects.new(path, title="عيّنة")
    yield path
    with Project.open(path) as project:
        _bring_in(project)
        for name in ANNOTATORS:
            _label(project, name)
        _tell(project)
        _undo_and_redo(project)
        exported = FOLDER / "labels.jsonl"
        report = exporting.export(project, exported)
        print(f"Exported: {report.rows} rows, one an article and annotator.")
    yield from (exported, exported.with_name(exported.name + ".features.json"))
    yield from _round_trip(exported)


def _together() -> Iterator[Path]:
    import demo_together

    return demo_together.play(FOLDER / "together")


def _kept() -> Iterator[Path]:
    import demo_kept

    return demo_kept.play(FOLDER / "sample.hashiya", FOLDER / "kept")


def _pictures(project: Path) -> list[Path]:
    """Draw the window off screen; where Qt cannot start, say why, and go on without."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        probe.check(os.environ)
    except UserError as trouble:
        print(f"No pictures of the window: {sentence(trouble, Language.of('en'))}")
        return []
    import demo_pictures

    made = list(demo_pictures.saved(project, FOLDER / "pictures"))
    print(f"Drawn: {len(made)} pictures of the window.")
    return made


def _bring_in(project: Project) -> None:
    report = importing.import_sources(project, [seeds() / "articles"])
    if report.refused or report.added != 5:
        raise SystemExit(f"the sample articles were not all imported: {report}")
    print(f"Imported: {report.added} articles.")
    for row in listing.articles(project):
        print(f"  {row['uid']}  {row['length']:>5} characters  {row['title']}")


def _label(project: Project, name: str) -> None:
    with (seeds() / "labels" / f"{name}.jsonl").open("rb") as lines:
        answers = list(applying.apply_lines(project, name, lines))
    refused = [answer.trouble for answer in answers if answer.trouble]
    if refused:
        raise SystemExit(f"gestures of {name} were refused: {refused[:3]}")
    print(f"Labelled by {name}: {len(answers)} gestures, each saved before the next.")


def _tell(project: Project) -> None:
    found = statistics.statistics(project)
    print("Statistics:")
    for name, one in sorted(found["annotators"].items()):
        counts = ", ".join(f"{kind} {one['labels'][kind]}" for kind in COUNTED)
        done = one["statuses"]["done"]
        print(f"  {name}: {counts}; {done} of {one['layers']} articles done")
    n_problems = sum(1 for _ in listing.problems(project))
    n_operations = sum(1 for _ in listing.history(project))
    print(f"  problems {n_problems}, operations in history {n_operations}")
    print("Some of what was labelled:")
    for row in listing.labels(project, listing.Filter(who="a1", kind="stance", limit=3)):
        evidence = " … ".join(span["quote"] for span in row.get("evidence", ()))
        print(f"  {row['type']:>8}  {row['voice']:>8}  {evidence}")


def _undo_and_redo(project: Project) -> None:
    """Take the last gesture of a1 in the last article back, and do it again."""
    annotator = annotators.named(project, "a1")
    uid = [row["uid"] for row in listing.articles(project)][-1]
    layer = project.layer(project.article(uid).sha256, annotator.uid)
    undone = undoing.undo(project, layer)
    redone = undoing.redo(project, layer)
    print(f"Undone and done again: {undone.hash[:12]}, {redone.hash[:12]}.")


def _round_trip(exported: Path) -> Iterator[Path]:
    path, again = FOLDER / "copy.hashiya", FOLDER / "labels-again.jsonl"
    projects.new(path)
    with Project.open(path) as project:
        importing.import_sources(project, [exported])
        exporting.export(project, again)
    if exported.read_bytes() != again.read_bytes():
        raise SystemExit("export, import and export again gave other bytes")
    print("Imported into an empty project and exported again: the same bytes.")
    yield path
    yield again


if __name__ == "__main__":
    sys.exit(main())
