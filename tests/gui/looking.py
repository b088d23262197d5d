"""One look at every scene of the demo, in one language and theme, in a process of its own.

    python -m tests.gui.looking PROJECT CODE THEME [SCENE …]

Each fault is printed, one a line, after a line that says how large a pixel is. A process of its
own, because Qt takes QT_SCALE_FACTOR when it starts.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

import demo_pictures
from annotator.core.model import replace
from demo_pictures import Scene
from demo_stage import Stage
from tests.gui.seeing import faults

_OF_THE_PLUGIN = "This plugin does not support"
"""What Qt says of drawing off screen alone."""


def _changed(**changes: object) -> Callable[[Stage], QWidget]:
    """Return a scene of the window with other settings; they stay for the scenes after it."""

    def show(stage: Stage) -> QWidget:
        stage.program.change(lambda now: replace(now, **changes))
        stage.rest()
        return stage.program.window

    return show


SCENES = (
    *(scene for scene in demo_pictures.SCENES if (scene.code, scene.theme) == ("ar", "light")),
    *(Scene(f"menu-{n}", demo_pictures.menu(n)) for n in range(1, 6)),
    Scene("compact", _changed(is_compact=True)),
    Scene("large", _changed(is_compact=False, zoom=36)),
    Scene("usual", _changed(zoom=22)),
)


def look(stage: Stage, names: list[str]) -> Iterator[str]:
    """Yield the faults of every scene, or of those named."""
    for scene in SCENES:
        if not names or scene.name in names:
            stage.tidy()
            widget = scene.show(stage)
            stage.rest()
            yield from (f"{scene.name}: {fault}" for fault in faults(widget))


def _main(project: str, code: str, theme: str, *names: str) -> None:
    said: list[str] = []

    def keep(_: QtMsgType, __: QMessageLogContext, message: str) -> None:
        if not message.startswith(_OF_THE_PLUGIN):
            said.append(f"Qt: {message}")

    qInstallMessageHandler(keep)
    with tempfile.TemporaryDirectory(dir=os.environ["HASHIYA_DATA"]) as folder:
        application = QApplication([])
        stage = Stage(application, demo_pictures.prepared(Path(project), Path(folder)))
        stage.wear(code, theme)
        print(stage.program.window.devicePixelRatioF())  # noqa: T201
        for fault in look(stage, list(names)):
            print(fault)  # noqa: T201
        stage.close()
    print(*said, sep="\n")  # noqa: T201


if __name__ == "__main__":
    _main(*sys.argv[1:])
