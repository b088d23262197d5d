"""What an import and an export did or would do, in sentences."""

from annotator.gui.widgets.troubles import worded
from annotator.i18n import Language
from annotator.services.exporting import ExportReport
from annotator.services.importing import ImportReport
from annotator.services.textsentences import unseen_of
from annotator.services.wording import word


def counts(language: Language, report: ImportReport) -> str:
    """Return what an import would bring: new, there already, refused."""
    parts = [language.text("New: {parts}", parts=_new(language, report))]
    if report.duplicates:
        parts.append(language.text("Already there: {n}", n=report.duplicates))
    if report.refused:
        parts.append(language.text("Not taken: {n}", n=len(report.refused)))
    return " · ".join(parts)


def imported_of(language: Language, report: ImportReport) -> str:
    """Return what an import brought."""
    if not (report.added or report.layers):
        said = [language.text("Nothing was imported.")]
    else:
        said = [language.text("Imported: {parts}.", parts=_new(language, report))]
    if report.duplicates:
        said.append(language.text("Already there: {n}.", n=report.duplicates))
    if report.refused:
        said.append(language.text("Not taken: {n}.", n=len(report.refused)))
    if report.behind is not None:
        said.append(worded(report.behind, language))
    if report.unseen:
        said.append(unseen_of(language, report.unseen))
    return " ".join(said)


def ignored_of(language: Language, report: ImportReport) -> str:
    """Return how many files in folders are of no kind that is read; empty where there are none."""
    if not report.ignored:
        return ""
    return language.text("Files in folders that are not read: {n}.", n=len(report.ignored))


def exported_of(language: Language, report: ExportReport) -> str:
    """Return what an export wrote and what it left out."""
    if not report.rows:
        return language.text("No layer is as asked for, so no row was exported.")
    rows = language.plural("{n} row", "{n} rows", report.rows)
    said = [language.text("Exported: {rows}.", rows=rows)]
    for what, n in report.left_out.items():
        said.append(language.text("Left out: {what} ({n}).", what=word(what, language), n=n))
    for what, n in report.losses:
        told = word(what, language)
        said.append(language.text("The format cannot hold: {what} ({n}).", what=told, n=n))
    return " ".join(said)


def _new(language: Language, report: ImportReport) -> str:
    parts = []
    if report.added or not report.layers:
        parts.append(language.plural("{n} article", "{n} articles", report.added))
    if report.layers:
        parts.append(language.plural("{n} layer", "{n} layers", report.layers))
    return language.listed(parts)
