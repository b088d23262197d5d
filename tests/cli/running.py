"""Runs of the command line: inside this process, and as a program of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from annotator.__main__ import open_window
from annotator.cli.main import ENTRIES, run

PYTHON = (sys.executable, "-W", "error", "-m", "annotator")
COMMANDS = [[name] for name in ENTRIES if name != "schema"] + [
    ["schema"],
    ["schema", "check"],
    ["schema", "show"],
    ["schema", "change"],
]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run left: the exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> dict[str, Any]:
        """The one JSON object that is all of stdout."""
        found: dict[str, Any] = json.loads(self.out)
        assert self.out.endswith("}\n")
        assert self.out.count("\n") == 1
        return found

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON objects on stdout, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def hashiya(*words: object, given: bytes = b"", lang: str = "en") -> Ran:
    """Run the command line here, speaking `lang`."""
    runner = CliRunner(env={"HASHIYA_LANG": lang})
    with runner.isolation(input=given) as (out, err, _):
        code = run([str(word) for word in words], open_window)
        sys.stdout.flush()
        sys.stderr.flush()
        return Ran(code, out.getvalue().decode(), err.getvalue().decode())


def program(
    *words: object,
    given: bytes = b"",
    start: Sequence[str] = PYTHON,
    environment: Mapping[str, str] | None = None,
) -> Ran:
    """Run the program in a process of its own; what it writes must be UTF-8."""
    ended = subprocess.run(
        [*start, *map(str, words)],
        input=given,
        capture_output=True,
        env={**os.environ, "HASHIYA_LANG": "en", **(environment or {})},
        check=False,
        timeout=120,
    )
    return Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def lines(*gestures: dict[str, Any]) -> bytes:
    """Return gestures as `apply` reads them."""
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in gestures)


def article_in(file: Path) -> str:
    """Return the uid of the first article of a project."""
    uid: str = hashiya("articles", file, "--json").told["articles"][0]["uid"]
    return uid
