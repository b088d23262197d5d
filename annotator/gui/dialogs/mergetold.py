"""What a merge would bring, or brought, in counts and sentences. No widgets."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.core.errors import UserError
from annotator.gui.models.handin import in_fours
from annotator.gui.widgets.literal import isolated, literal
from annotator.gui.widgets.troubles import worded
from annotator.i18n import Language, marked
from annotator.services.merging import MergeReport, RefusedSource
from annotator.services.uniting_sources import Part

_COUNTED = (
    ("new", marked("New operations")),
    ("same", marked("Known already")),
    ("layers", marked("Layers")),
    ("articles", marked("New articles")),
    ("changed", marked("Labels changed")),
    ("held", marked("Labels held")),
    ("problems", marked("Problems")),
)


@dataclass(frozen=True, slots=True)
class SourceTold:
    """What is said of one source: who and how much, or why it is refused."""

    said: str
    is_refused: bool = False


def figures(language: Language, report: MergeReport) -> list[tuple[str, int]]:
    """Return the counts of a report with their names."""
    return [(language.text(name), getattr(report, field)) for field, name in _COUNTED]


def told_of_sources(language: Language, report: MergeReport) -> dict[str, SourceTold]:
    """Return what is said of each source, by the name that tells it from the others."""
    told = {part.source: SourceTold(_of_part(language, part)) for part in report.parts}
    for one in report.refused:
        told[one.source] = SourceTold(_of_refused(language, one), is_refused=True)
    return told


def _of_refused(language: Language, one: RefusedSource) -> str:
    trouble = UserError(one.trouble.code, **{"path": one.source, **one.trouble.data})
    return worded(trouble, language)


def _of_part(language: Language, part: Part) -> str:
    said = [
        literal(part.who) if part.who else language.text("The lead"),
        language.text("New: {parts}", parts=_operations(language, part.new)),
    ]
    if part.same:
        said.append(language.text("Known: {n}", n=part.same))
    if part.fingerprint:
        code = isolated(in_fours(part.fingerprint), is_rtl=False)
        said.append(language.text("Fingerprint: {fingerprint}", fingerprint=code))
    return " · ".join(said)


def would_be(language: Language, report: MergeReport) -> str:
    """Return in a sentence what a dry run found."""
    if report.refused:
        return language.text("Nothing can be merged together with what is refused.")
    if not report.new:
        return language.text("There is nothing new in it.")
    return language.text("This is what would come; nothing is merged yet.")


def merged(language: Language, report: MergeReport) -> str:
    """Return in a sentence what was merged."""
    if not report.new:
        return language.text("There is nothing new in it.")
    return language.text("Merged: {parts}.", parts=_operations(language, report.new))


def remarks(language: Language, report: MergeReport) -> str:
    """Return what is worth a look, a line each."""
    return "\n".join(_remarks(language, report))


def _remarks(language: Language, report: MergeReport) -> Iterator[str]:
    for remark in report.remarks:
        yield worded(remark, language)


def _operations(language: Language, n: int) -> str:
    return language.plural("{n} operation", "{n} operations", n)
