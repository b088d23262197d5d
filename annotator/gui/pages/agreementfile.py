"""Asking where a report of agreement is to be written."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.i18n import Language


def asked_path(parent: QWidget, language: Language) -> Path | None:
    """Ask for a file, and return it with the ending of the kind that was chosen; or None."""
    text = language.text
    page, table, name = text("Page (HTML)"), text("Table (CSV)"), text("agreement")
    kinds = f"{page} (*.html);;{table} (*.csv)"
    title = text("Export the report")
    chosen, kind = QFileDialog.getSaveFileName(parent, title, name + ".html", kinds)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(".csv" if "*.csv" in kind else ".html")
