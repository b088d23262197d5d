"""A process with a window in which gestures are typed, by keys alone, and which may be killed.

Run: python -m tests.journeys.typing_on PROJECT ANNOTATOR GESTURES FROM TO latin|arabic end|killed
"""

import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from annotator.core.model import Entity, Event, Label
from annotator.gui import fonts
from annotator.gui.program import Program
from tests.journeys.typist import Typist, focus


def main() -> int:
    """Type the gestures from one number to another; then end, or be killed in the middle."""
    path, who, file, first, last, letters, end = sys.argv[1:]
    gestures = [json.loads(line) for line in Path(file).read_text("utf-8").splitlines()]
    application = QApplication([])
    fonts.load()
    program = Program(application, "ar")
    program.window.resize(1440, 900)
    assert program.open_project(Path(path), who)
    page, session = program.window.page, program.session
    assert page is not None
    assert session is not None
    page.show_article(gestures[0]["article"])
    focus(page.canvas)
    typist = Typist(program, is_arabic=letters == "arabic")
    typist.names = _names(gestures[: int(first)], session.labels)
    for gesture in gestures[int(first) : int(last)]:
        typist.do(gesture)
    print(json.dumps({"pressed": typist.pressed, "moved": typist.moved}), flush=True)  # noqa: T201
    if end == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    program.quit()
    return 0


def _names(done: list[dict[str, Any]], labels: Mapping[str, Label]) -> dict[str, str]:
    """Return the uids of what was labelled before, found as eyes find it: by type and place."""
    places = {
        (one.type, one.extent[0].start, one.extent[0].end): uid
        for uid, one in labels.items()
        if isinstance(one, Entity | Event)
    }
    return {
        "$" + one["as"]: places[one["type"], one["start"], one["end"]]
        for one in done
        if one["do"] in ("add_entity", "add_event")
    }


if __name__ == "__main__":
    sys.exit(main())
