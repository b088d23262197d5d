"""Starts Hashiya: a command, or the window. The only module that knows both."""

import importlib
import sys
from pathlib import Path

from annotator.cli import plainly
from annotator.i18n import Language

_WINDOW = "annotator.gui.app"


def main() -> int:
    """Do what the command line says; return the exit code."""
    words = sys.argv[1:]
    if plainly.is_plain(words):
        return plainly.run(words, open_window)
    from annotator.cli.main import run

    return run(words, open_window)


def open_window(language: Language, file: Path | None) -> int:
    """Open the window, on `file` where one is given; return the exit code when it is closed."""
    return int(importlib.import_module(_WINDOW).run(language, file))


if __name__ == "__main__":
    sys.exit(main())
