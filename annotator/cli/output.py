"""What goes out: one JSON object or sentences for people, on the right stream, and the exit code.

With `--json` nothing but the object is on stdout. Progress and remarks are on stderr.
"""

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from annotator.cli import visual
from annotator.core.errors import UserError
from annotator.i18n import Language, marked
from annotator.services.progress import SILENT, Progress
from annotator.services.wording import sentence

DONE, DATA_AT_FAULT, WRONG_USE, MACHINE_LACKS = range(4)

# 2: the words of the command do not fit: a name that is not there, or a place that is taken.
# 3: the disk, the rights, another program or the version of something. All else is 1.
_EXIT = {
    "bad_link": WRONG_USE,
    "bad_name": WRONG_USE,
    "bad_pattern": WRONG_USE,
    "bad_shares": WRONG_USE,
    "bad_split": WRONG_USE,
    "cannot_merge": WRONG_USE,
    "cannot_split": WRONG_USE,
    "double_needs_two": WRONG_USE,
    "double_too_many": WRONG_USE,
    "empty_query": WRONG_USE,
    "file_exists": WRONG_USE,
    "former_name": WRONG_USE,
    "is_a_folder": WRONG_USE,
    "is_retired": WRONG_USE,
    "is_split": WRONG_USE,
    "is_the_project": WRONG_USE,
    "merges_itself": WRONG_USE,
    "no_backups": WRONG_USE,
    "no_such_file": WRONG_USE,
    "no_such_folder": WRONG_USE,
    "no_such_name": WRONG_USE,
    "no_such_type": WRONG_USE,
    "nobody_named": WRONG_USE,
    "not_a_folder": WRONG_USE,
    "not_of_name": WRONG_USE,
    "overlap_too_great": WRONG_USE,
    "overlap_zero": WRONG_USE,
    "pattern_too_slow": WRONG_USE,
    "query_too_long": WRONG_USE,
    "repeated_name": WRONG_USE,
    "split_needs_a_path": WRONG_USE,
    "split_needs_two": WRONG_USE,
    "takes_from_herself": WRONG_USE,
    "type_exists": WRONG_USE,
    "type_twice": WRONG_USE,
    "unknown_annotator": WRONG_USE,
    "unknown_article": WRONG_USE,
    "unknown_backup": WRONG_USE,
    "unknown_format": WRONG_USE,
    "unknown_gesture": WRONG_USE,
    "unknown_journal": WRONG_USE,
    "unknown_noise_line": WRONG_USE,
    "unknown_receipt": WRONG_USE,
    "unknown_schema": WRONG_USE,
    "unknown_uid": WRONG_USE,
    "wrong_use": WRONG_USE,
    "cannot_open": MACHINE_LACKS,
    "cannot_read": MACHINE_LACKS,
    "cannot_write": MACHINE_LACKS,
    "data_unread": MACHINE_LACKS,
    "dead_display": MACHINE_LACKS,
    "disk_full": MACHINE_LACKS,
    "disk_trouble": MACHINE_LACKS,
    "file_busy": MACHINE_LACKS,
    "file_gone": MACHINE_LACKS,
    "file_moved": MACHINE_LACKS,
    "file_replaced": MACHINE_LACKS,
    "file_went_back": MACHINE_LACKS,
    "internal_error": MACHINE_LACKS,
    "locked": MACHINE_LACKS,
    "missing_libraries": MACHINE_LACKS,
    "no_backup": MACHINE_LACKS,
    "no_data_folder": MACHINE_LACKS,
    "no_display": MACHINE_LACKS,
    "no_platform": MACHINE_LACKS,
    "no_qt": MACHINE_LACKS,
    "old_sqlite": MACHINE_LACKS,
    "quota": MACHINE_LACKS,
    "read_only": MACHINE_LACKS,
    "too_new": MACHINE_LACKS,
    "wrong_qt": MACHINE_LACKS,
}

SAVED = {
    "": "",
    "nothing": marked("Nothing was changed."),
    "before": marked("What came before is saved; this is not."),
}
"""What a command that fails may have saved: by a word for `saved`, and the sentence for it."""


def exit_code(code: str) -> int:
    """Return the exit code for trouble of that code: 1 data, 2 use, 3 machine."""
    return _EXIT.get(code, DATA_AT_FAULT)


@dataclass(frozen=True, slots=True)
class Output:
    """How one run speaks: in which language, to people or to scripts, and how much."""

    language: Language
    as_json: bool = False
    is_quiet: bool = False
    bidi: str = "auto"
    partly: UserError | None = None
    """Why what is answered is not all, where it is not."""

    # --- for people ---

    def say(self, text: str) -> None:
        """Say what was done, on stdout; nothing with `--quiet` or `--json`."""
        if not (self.as_json or self.is_quiet):
            self.show(text)

    def show(self, text: str) -> None:
        """Show what was asked for, on stdout."""
        lines = [visual.printable(line) for line in text.split("\n")]
        self._write(sys.stdout, "\n".join(lines), self.language.direction)

    def show_row(self, line: str) -> None:
        """Show a line of a table, on stdout: tables run from left to right."""
        self._write(sys.stdout, line, "ltr")

    def remark(self, text: str) -> None:
        """Say something beside the work, on stderr."""
        if not self.is_quiet:
            self.complain(text)

    def complain(self, text: str) -> None:
        """Say on stderr what went wrong, on one line."""
        self._write(sys.stderr, visual.printable(text), self.language.direction)

    def _write(self, stream: IO[str], text: str, direction: str) -> None:
        if visual.is_visual(self.bidi, stream, os.environ):
            text = visual.in_visual_order(text, direction)
        stream.write(text + "\n")

    @property
    def keeps_cells_apart(self) -> bool:
        """Whether a terminal that orders Arabic itself is to be kept from swapping cells."""
        return sys.stdout.isatty() and not visual.is_visual(self.bidi, sys.stdout, os.environ)

    # --- for scripts ---

    def answer(self, told: dict[str, Any]) -> None:
        """Print the one JSON object, where one was asked for."""
        if self.as_json:
            sys.stdout.write(json_line(self.head() | told) + "\n")

    def head(self) -> dict[str, Any]:
        """Return what an answer for scripts begins with: that it is whole, or why not."""
        if self.partly is None:
            return {"ok": True}
        return _failed(self.partly.code, sentence(self.partly, self.language), "nothing")

    def answer_no(self, code: str, message: str, saved: str, told: dict[str, Any]) -> None:
        """Print the one JSON object of work that was not done, or not whole."""
        if self.as_json:
            sys.stdout.write(json_line(_failed(code, message, saved) | told) + "\n")

    def report(self, told: dict[str, Any], text: str) -> None:
        """Say what was done, as JSON or as a sentence."""
        self.answer(told)
        self.say(text)

    def fail(self, trouble: UserError, saved: str = "") -> int:
        """Say what went wrong; return the exit code."""
        said = sentence(trouble, self.language, tells_before=saved != "before")
        return self.fail_with(trouble.code, said, saved, trouble.data)

    def fail_with(
        self, code: str, message: str, saved: str = "", data: dict[str, Any] | None = None
    ) -> int:
        """Say `message` for `code` and what was saved; return the exit code."""
        self.answer_no(code, message, saved or "nothing", {"data": data or {}})
        if not self.as_json:
            self.complain(f"{message} {self.language.text(SAVED[saved])}".rstrip())
        return exit_code(code)

    # --- long work ---

    @contextlib.contextmanager
    def progress(self, title: str) -> Iterator[Progress]:
        """Show how far the work has come, on stderr and only in a terminal."""
        if self.is_quiet or not sys.stderr.isatty():
            yield SILENT
            return
        from annotator.cli.bar import shown

        if visual.is_visual(self.bidi, sys.stderr, os.environ):
            title = visual.in_visual_order(title, self.language.direction)
        with shown(title) as bar:
            yield bar


def _failed(code: str, message: str, saved: str) -> dict[str, Any]:
    return {"ok": False, "error": code, "message": message, "saved": saved}


def json_line(told: object) -> str:
    """Return `told` as JSON on one line, Arabic as it is."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def prepare_streams() -> None:
    """Let what we print be UTF-8 with plain line ends everywhere, also under the locale C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
