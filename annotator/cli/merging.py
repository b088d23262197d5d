"""`hashiya merge` and `hashiya take-back`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.opened import Answering, answered, opened
from annotator.cli.options import argument, option, path, project_file
from annotator.cli.output import DONE, Output, exit_code
from annotator.i18n import Language, marked

if TYPE_CHECKING:
    from annotator.core.errors import UserError
    from annotator.services.merging import MergeReport
    from annotator.services.receipts import Listed
    from annotator.services.uniting_sources import Part
    from annotator.store.project import Project


@click.command(
    "merge",
    cls=Command,
    saved="nothing",
    help=marked(
        "Everything that is given comes in, or nothing does. The order does not matter, and what is"
        " merged again changes nothing. Before it a copy of the project is kept; after it there is"
        " a receipt, by which what came can be taken back."
    ),
)
@project_file()
@path(
    "sources",
    marked("Bundles, and files of the same project."),
    nargs=-1,
    required=True,
    metavar="BUNDLE|FILE.hashiya...",
)
@option("--dry-run", is_flag=True, about=marked("Only say what would be done."))
@click.pass_obj
def merge(output: Output, file: Path, sources: tuple[Path, ...], dry_run: bool) -> int:
    """Merge hand-ins, replies and other files of the project."""
    from annotator.services import merging

    title = output.language.text(marked("Merging"))
    with opened(output, file) as project, output.progress(title) as progress:
        report = merging.merge(project, sources, dry_run=dry_run, progress=progress)
    if report.refused:
        return _refuse(output, report)
    output.answer(_as_map(output, report, dry_run))
    if not output.as_json:
        _say(output, report, dry_run)
    return DONE


def _refuse(output: Output, report: "MergeReport") -> int:
    first = report.refused[0].trouble
    told = _as_map(output, report, is_dry=False)
    message = _sentence(output, first)
    output.answer_no(first.code, message, "nothing", told)
    if not output.as_json:
        for one in report.refused:
            output.complain(_sentence(output, one.trouble))
        output.complain(output.language.text(marked("Nothing was merged.")))
    return exit_code(first.code)


def _as_map(output: Output, report: "MergeReport", is_dry: bool) -> dict[str, Any]:
    return {
        "new": report.new,
        "same": report.same,
        "changed": report.changed,
        "held": report.held,
        "problems": report.problems,
        "receipt": report.receipt,
        "refused": [
            {"source": one.source, **_as_remark(output, one.trouble)} for one in report.refused
        ],
        "articles": report.articles,
        "layers": report.layers,
        "dry_run": is_dry,
        "backup": str(report.backup or ""),
        "sources": [
            {
                "source": part.source,
                "annotator": part.who,
                "fingerprint": part.fingerprint,
                "new": part.new,
                "same": part.same,
                "receipt": part.receipt,
            }
            for part in report.parts
        ],
        "remarks": [_as_remark(output, remark) for remark in report.remarks],
    }


def _as_remark(output: Output, trouble: "UserError") -> dict[str, Any]:
    line = {"line": trouble.data["line"]} if "line" in trouble.data else {}
    return {"code": trouble.code, "message": _sentence(output, trouble), **line}


def _sentence(output: Output, trouble: "UserError") -> str:
    from annotator.services.wording import sentence

    return sentence(trouble, output.language)


def _say(output: Output, report: "MergeReport", is_dry: bool) -> None:
    from annotator.cli.tables import lines_of

    if output.is_quiet:
        return
    language = output.language
    for line in _lines(report, language, is_dry):
        output.show(line)
    if len(report.parts) > 1:
        head = [language.text(one) for one in _HEAD]
        rows = (_row(part, language) for part in report.parts)
        for line in lines_of(head, rows, output.keeps_cells_apart):
            output.show_row(line)
    for remark in report.remarks:
        output.remark(_sentence(output, remark))


_HEAD = (marked("New"), marked("Known"), marked("Receipt"), marked("Of"), marked("File"))


def _row(part: "Part", language: Language) -> tuple[object, ...]:
    who = part.who or language.text(marked("lead"))
    return part.new, part.same, part.receipt or "-", who, part.source


def _lines(report: "MergeReport", language: Language, is_dry: bool) -> Iterator[str]:
    new = language.plural("{n} operation", "{n} operations", report.new)
    said = marked("Nothing was merged; this could be: {parts}.") if is_dry else _MERGED
    if not report.new:
        said = marked("There is nothing new in it. Known already: {parts}.")
        new = language.plural("{n} operation", "{n} operations", report.same)
    yield language.text(said, parts=new)
    for template, n in (
        (marked("Known already: {n}."), report.same if report.new else 0),
        (marked("Articles that came along: {n}."), report.articles),
        (marked("Labels that are otherwise now: {n}."), report.changed),
        (marked("Labels held back: {n}."), report.held),
        (marked("Problems in the layers touched: {n}."), report.problems),
    ):
        if n:
            yield language.text(template, n=n)
    if report.receipt:
        yield language.text(marked("Receipt: {receipt}"), receipt=report.receipt)
    if report.backup:
        yield language.text(marked("Copy of what was before: {path}"), path=report.backup)


_MERGED = marked("Merged: {parts}.")


@click.command(
    "take-back",
    cls=Command,
    saved="nothing",
    help=marked(
        "What came with that merge is left out of the project, and stays in its history. Undoing"
        " the gesture brings it back. Without a receipt all of them are listed, the newest first."
    ),
)
@project_file()
@argument(
    "receipt",
    marked("The receipt that the merge left."),
    metavar="[RECEIPT]",
    required=False,
    default="",
)
@click.pass_obj
def take_back(output: Output, file: Path, receipt: str) -> int:
    """Take back what a merge brought, or list the receipts."""
    from annotator.services import merging

    if not receipt:
        return answered(output, file, _list_receipts)
    with opened(output, file) as project:
        operation = merging.take_back(project, receipt)
    said = output.language.text(
        marked("Taken back: what came with {receipt}. To undo it: gesture {gesture}."),
        receipt=receipt,
        gesture=operation.gesture,
    )
    told = {"receipt": receipt, "op": operation.hash, "gesture": operation.gesture}
    output.report(told, said)
    return DONE


def _list_receipts(project: "Project", answering: Answering) -> None:
    from annotator.cli.tables import lines_of
    from annotator.services.receipts import listed

    output, found = answering.output, listed(project)
    language = output.language
    answering.begin()
    if output.as_json:
        output.answer({"receipts": [_receipt_as_map(one) for one in found]})
        return
    head = [language.text(one) for one in _RECEIPTS]
    rows = [_receipt_row(one, language) for one in found]
    for line in lines_of(head, rows, output.keeps_cells_apart):
        output.show_row(line)
    if not found:
        output.remark(language.text(marked("Nothing was merged into this file.")))


def _receipt_as_map(one: "Listed") -> dict[str, Any]:
    """Return a receipt with what was counted; counts that were not are left out."""
    receipt = one.receipt
    return {
        "receipt": receipt.uid,
        "at": receipt.at,
        "of": receipt.name,
        "fingerprint": receipt.bundle,
        **receipt.counts,
        "is_part": one.is_part,
        "taken_back": not one.is_standing,
        "gesture": one.gesture,
    }


_RECEIPTS = (
    *(marked("Receipt"), marked("Time"), marked("New"), marked("Known"), marked("Changed")),
    *(marked("Problems"), marked("State"), marked("Of")),
)


def _receipt_row(one: "Listed", language: Language) -> tuple[object, ...]:
    receipt, counts = one.receipt, one.receipt.counts
    state = marked("Stands") if one.is_standing else marked("Taken back")
    told = (counts.get(name, "-") for name in ("new", "same", "changed", "problems"))
    whose = receipt.name or language.text(marked("lead"))
    return receipt.uid, receipt.at, *told, language.text(state), whose
