"""How a team works in the demo: hand out, label, hand in, merge, and how far three readers agree.

It calls the services that the command line and the window call.
"""

from collections.abc import Iterator
from pathlib import Path

from annotator.agreement.figures import Figure
from annotator.i18n import Language
from annotator.paths import seeds
from annotator.services import (
    agreeing,
    agreeinghtml,
    applying,
    assigning,
    handing_in,
    handing_out,
    importing,
    merging,
    projects,
)
from annotator.store.project import Project

NAMES = ("a1", "a2", "a3")


def play(folder: Path) -> Iterator[Path]:
    """Play it in `folder`; yield the files that were made, the lead's first."""
    folder.mkdir(parents=True)
    lead = folder / "lead.hashiya"
    projects.new(lead, title="محادثات السلام")
    with Project.open(lead) as project:
        importing.import_sources(project, [seeds() / "articles"])
        plan = assigning.planned(project, assigning.Wish(NAMES, overlap=len(NAMES), seed=1))
        handed = handing_out.assign_and_hand_out(project, plan, folder / "files").files
    print(f"Handed out: {plan.n_articles} articles to {len(handed)}, each read by all of them.")
    bundles = [_labelled(one) for one in handed]
    with Project.open(lead) as project:
        merged = merging.merge(project, bundles)
        print(f"Merged: {merged.new} operations, {merged.problems} problems, {merged.held} held.")
        report = agreeing.agreement(project, agreeing.Asked())
        _tell(report)
        page = folder / "agreement.html"
        agreeinghtml.write_html(report, page, Language.of("ar"))
    yield from (lead, *(one.path for one in handed), *bundles, page)


def _labelled(handed: handing_out.Handed) -> Path:
    """Label in a file that was handed out, and hand it in; return the bundle."""
    name = handed.annotator.name
    bundle = handed.path.with_suffix(".zip")
    with Project.open(handed.path) as project:
        with (seeds() / "labels" / f"{name}.jsonl").open("rb") as lines:
            answers = list(applying.apply_lines(project, name, lines))
        refused = [answer.trouble for answer in answers if answer.trouble]
        if refused:
            raise SystemExit(f"gestures of {name} were refused: {refused[:3]}")
        report = handing_in.hand_in(project, bundle)
    print(f"Handed in by {name}: {report.operations} operations, {report.fingerprint}.")
    return bundle


def _tell(report: agreeing.AgreementReport) -> None:
    entities, events, stances = report.entities, report.events, report.stances
    if entities is None or events is None or stances is None:
        raise SystemExit("nothing was compared")
    print(f"Agreement on {report.totals.n_joint} articles that more than one has marked done:")
    figures = {
        "entities, detection F1": entities.detection,
        "entities, strict F1": entities.strict,
        "entities, alpha of the type": entities.label_alpha,
        "events, trigger and type F1": events.tc,
        "events, argument and role F1": events.ac,
        "stances, F1 of the targets": stances.target_f1,
        "stances, alpha ordinal": stances.values.alphas["ordinal"],
    }
    for name, figure in figures.items():
        print(f"  {_value(figure)}  {name}, {figure.n} items")


def _value(figure: Figure) -> str:
    return f"{figure.value:.3f}" if figure.value is not None else f"— ({figure.reason})"
