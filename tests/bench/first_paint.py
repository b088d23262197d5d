"""A process that opens the window as `hashiya` does, says when it was painted, and ends.

Run: python -m tests.bench.first_paint [PROJECT.hashiya] [files]
It prints one line of JSON: for each step when it was reached on the clock that all processes
share, and the CPU seconds of the process until then; with `files`, which takes time, also the
files that were read.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

_at = {"Python": (time.monotonic(), time.process_time())}
_read: set[str] = set()


def main() -> int:
    """Start the program; it ends when its first window has been painted."""
    if sys.argv[-1] == "files":
        sys.argv.pop()
        sys.addaudithook(_see)
    from annotator import __main__ as program
    from annotator.gui import app

    _note("command line imported")
    started = app.started

    def seen(application: object, language: Any, file: Path | None = None) -> Any:  # noqa: ANN401
        _note("Qt imported, application made")
        made = started(application, language, file)
        _note("window made")
        _watch(made)
        return made

    app.started = seen
    return program.main()


def _see(event: str, data: tuple[object, ...]) -> None:
    if event == "open" and isinstance(data[0], str):
        _read.add(data[0])


def _note(what: str) -> None:
    _at.setdefault(what, (time.monotonic(), time.process_time()))


def _watch(program: Any) -> None:  # noqa: ANN401
    """Wait for the paint of the welcome, or of the article where a project is opened."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Sight(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, self, self.tell)
            return False

        def tell(self) -> None:
            _note("painted")
            _say()
            program.quit()

    window, session = program.window, program.session
    if len(sys.argv) > 1:
        assert session is not None
        assert session.reading is not None
    seen = window.welcome if window.page is None else window.page.canvas.viewport()
    seen.installEventFilter(Sight(program))


def _say() -> None:
    print(json.dumps({"at": _at, "files": sorted(_read | _mapped())}), flush=True)


def _mapped() -> set[str]:
    """Return the files that are mapped into this process: libraries of Python and Qt."""
    try:
        lines = Path("/proc/self/maps").read_text("utf-8").splitlines()
    except OSError:
        return set()
    return {path for line in lines if (path := line[73:].strip()).startswith("/")}


if __name__ == "__main__":
    sys.exit(main())
