"""What the statuses of a layer are called where they stand alone. Pure."""

from annotator.i18n import Language, marked

_NAMES = {
    "new": marked("New"),
    "started": marked("Started"),
    "done": marked("Done"),
    "skipped": marked("Skipped"),
}


def status_name(status: str, language: Language) -> str:
    """Return the name of a status; what is not known stands for itself."""
    return language.text(_NAMES[status]) if status in _NAMES else status
