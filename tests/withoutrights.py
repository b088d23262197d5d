"""Python in a process of its own that may do no more than the rights of files let it do."""

import ctypes
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

_CAPBSET_DROP = 24
_DAC_OVERRIDE, _DAC_READ_SEARCH = 1, 2
"""What lets root read and write whatever the rights say; see capabilities(7)."""
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
RIGHTS = pytest.mark.skipif(
    os.name == "nt" or (AS_ROOT and sys.platform != "linux"), reason="rights are POSIX's"
)


def _give_up() -> None:
    """Let what is started next have no rights beyond those of the files."""
    if AS_ROOT:
        system = ctypes.CDLL(None, use_errno=True)
        for capability in (_DAC_OVERRIDE, _DAC_READ_SEARCH):
            if system.prctl(_CAPBSET_DROP, capability, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "prctl")


def run(code: str, *words: object, data: Path) -> str:
    """Run `code` without rights, with `words` behind its name; return what it printed."""
    environment = os.environ | {
        "HASHIYA_DATA": str(data),
        "HASHIYA_LANG": "en",
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "PYTHONUTF8": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        timeout=120,
        check=False,
        preexec_fn=_give_up,  # the tests start no thread that holds a lock here
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
