"""What restoring did or would do, in sentences, for the command line and the window."""

from collections.abc import Iterator

from annotator.i18n import Language, marked
from annotator.services.backing_up import REASONS
from annotator.services.restoring import Differences, RestoreReport
from annotator.store.backupfolder import Backup


def reason_of(backup: Backup, language: Language) -> str:
    """Return why a backup was made."""
    reason = backup.facts.reason
    return language.text(REASONS[reason]) if reason in REASONS else reason


def size_of(backup: Backup) -> str:
    """Return how much room a backup takes, in megabytes."""
    return f"{backup.size / 1e6:.1f} MB"


def of_report(report: RestoreReport, language: Language) -> Iterator[str]:
    """Yield what was restored: counts, and what to look at."""
    for template, n in (
        (marked("Articles: {n}."), report.articles),
        (marked("Labels: {n}."), report.labels),
        (marked("Operations since the backup, put on top: {n}."), report.since),
        (
            marked("Operations left out, because their articles came after the backup: {n}."),
            report.without_article,
        ),
        (
            marked("Operations that are not what their hashes say: {n}. Examine the file."),
            report.altered,
        ),
    ):
        if n:
            yield language.text(template, n=f"{n:,}")


_GONE = marked("The file is no longer there, so nothing is compared with the backup.")
_UNREAD = marked("The present file cannot be read, so it is not compared with the backup.")


def of_differences(found: Differences, language: Language) -> Iterator[str]:
    """Yield what goes and what comes back, compared with the present file."""
    if found.lost is None:
        yield language.text(_GONE if found.is_gone else _UNREAD)
        return
    for template, n in (
        (marked("Operations of the present file that are not in it: {n}."), found.lost),
        (marked("Operations that the present file lacks: {n}."), found.gained),
        (marked("Articles of the present file that are not in it: {n}."), found.articles_lost),
        (marked("Articles that the present file lacks: {n}."), found.articles_gained),
    ):
        if n:
            yield language.text(template, n=f"{n:,}")
    if not (found.lost or found.gained or found.articles_lost or found.articles_gained):
        yield language.text(marked("It says the same as the present file."))
