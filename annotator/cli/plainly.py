"""The usual start, with at most a project file to open: nothing of the command line is to be read.

The window is there a good while sooner without what reads commands and options.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from annotator.cli.guard import guarded
from annotator.cli.output import Output, prepare_streams
from annotator.i18n import Language, usual_code

SUFFIX = ".hashiya"

OpenWindow = Callable[[Language, Path | None], int]
"""Opens the window, on a project file where one is given; returns the exit code."""


def is_plain(words: Sequence[str]) -> bool:
    """Whether `words` are no more than a project file to open.

    >>> is_plain([]), is_plain(["كتاب.hashiya"]), is_plain(["--lang", "ar"]), is_plain(["doctor"])
    (True, True, False, False)
    """
    return not words or (len(words) == 1 and is_file(words[0]) and not words[0].startswith("-"))


def is_file(word: str) -> bool:
    """Whether `word` can only be meant as a project file."""
    return word.lower().endswith(SUFFIX)


def run(words: Sequence[str], open_window: OpenWindow) -> int:
    """Open the window as plain `words` say; return the exit code."""
    prepare_streams()
    output = Output(Language.of(usual_code(os.environ)))
    file = Path(words[0]) if words else None
    return guarded(output, lambda: open_window(output.language, file))
