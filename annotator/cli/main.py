"""The command `hashiya`: its commands, none of them loaded before it is called."""

import itertools
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from annotator import __version__
from annotator.cli.commands import Command, Entry, Group, Option, output_of
from annotator.cli.guard import guarded
from annotator.cli.output import Output, prepare_streams
from annotator.cli.plainly import OpenWindow, is_file
from annotator.i18n import CODES, Language, marked, usual_code

PROGRAM = "hashiya"


def _entry(module: str, attribute: str, summary: str) -> Entry:
    return Entry(f"annotator.cli.{module}", attribute, summary)


ENTRIES = {
    "new": _entry("projects", "new", marked("Make a project file.")),
    "import": _entry("importing", "import_", marked("Import articles and labels.")),
    "export": _entry("exporting", "export", marked("Export layers as JSONL.")),
    "apply": _entry("labelling", "apply", marked("Do gestures given as lines of JSON.")),
    "undo": _entry("labelling", "undo", marked("Undo what an annotator did.")),
    "redo": _entry("labelling", "redo", marked("Redo what was undone.")),
    "articles": _entry("listing", "articles", marked("List articles with their status.")),
    "labels": _entry("listing", "labels", marked("List labels.")),
    "problems": _entry("listing", "problems", marked("List labels that break the label schema.")),
    "history": _entry("listing", "history", marked("List the operations, oldest first.")),
    "search": _entry("searching", "search", marked("Find words in the articles.")),
    "unseen": _entry("unseen", "unseen", marked("Say what articles hold that is not seen.")),
    "mark-all": _entry("marking", "mark_all", marked("Label every occurrence of a name.")),
    "consistency": _entry(
        "consistency", "consistency", marked("List names that are labelled in different ways.")
    ),
    "noise-lines": _entry(
        "noiselines", "noise_lines", marked("Keep lines that are always noise on a site.")
    ),
    "mend-clitics": _entry(
        "mendclitics", "mend_clitics", marked("Mend labels that break the clitic policy.")
    ),
    "names": _entry(
        "names", "names", marked("List names over all articles, make them one and part them.")
    ),
    "stats": _entry("statistics", "stats", marked("Count labels, layers and active minutes.")),
    "handin": _entry("handing_in", "handin", marked("Hand in what was done as a bundle.")),
    "merge": _entry(
        "merging", "merge", marked("Merge hand-ins, replies and other files of the project.")
    ),
    "take-back": _entry("merging", "take_back", marked("Take back what a merge brought.")),
    "reply": _entry("replying", "reply", marked("Send back to annotators what concerns them.")),
    "assign": _entry("assigning", "assign", marked("Assign articles, a file an annotator.")),
    "agreement": _entry("agreement", "agreement", marked("Say how far annotators agree.")),
    "backups": _entry(
        "backing_up", "backups", marked("List the backups of a project file, or remove them.")
    ),
    "restore": _entry("restoring", "restore", marked("Make a project file again from a backup.")),
    "doctor": _entry("doctor", "doctor", marked("Examine a project file, and repair a copy.")),
    "rebuild": _entry(
        "rebuild", "rebuild", marked("Make a project file anew from its history, or without some.")
    ),
    "schema": _entry("schema", "schema", marked("Check or show a label schema.")),
    "formats": _entry("formats", "formats", marked("List the formats.")),
}


class Root(Group):
    """`hashiya`: a command, or a project file to open, or nothing."""

    def __init__(self, open_window: OpenWindow) -> None:
        """Make the root; `open_window` is asked where no command is named."""
        super().__init__(PROGRAM, ENTRIES, callback=_window_without_file(open_window), help=_ABOUT)
        self.params.insert(0, _version_option())
        self._window = _window_on_file(open_window)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first word names, or the window for a project file."""
        if args[0] not in self.entries and is_file(args[0]):
            return args[0], self._window, args
        return super().resolve_command(ctx, args)


_ABOUT = marked("Without a command, or with a project file alone, the window opens.")


def _version_option() -> Option:
    def show(ctx: click.Context, _: click.Parameter, is_asked: bool) -> None:
        if is_asked:
            output_of(ctx).show(f"{PROGRAM} {__version__}")
            ctx.exit()

    about = marked("Show the version.")
    return Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show, help=about
    )


def _window_without_file(open_window: OpenWindow) -> Callable[[], int | None]:
    @click.pass_context
    def callback(ctx: click.Context) -> int | None:
        if ctx.invoked_subcommand is not None:
            return None
        output = output_of(ctx)
        return guarded(output, lambda: open_window(output.language, None))

    return callback


def _window_on_file(open_window: OpenWindow) -> Command:
    @click.command("window", cls=Command)
    @click.argument("file", type=click.Path(path_type=Path, readable=False))
    @click.pass_obj
    def window(output: Output, file: Path) -> int:
        return open_window(output.language, file)

    return window


def run(arguments: Sequence[str], open_window: OpenWindow) -> int:
    """Do what the words of a command line say; return the exit code."""
    prepare_streams()
    output = Output(_language(arguments), as_json="--json" in arguments)

    def work() -> int:
        root = Root(open_window)
        with root.make_context(PROGRAM, list(arguments), obj=Output(output.language)) as context:
            return int(root.invoke(context) or 0)

    return guarded(output, work)


def _language(arguments: Sequence[str]) -> Language:
    """Return the language to speak until the options are read: what is refused before is told."""
    for word, following in itertools.zip_longest(arguments, arguments[1:], fillvalue=""):
        name, _, value = word.partition("=")
        if name == "--lang" and (value or following) in CODES:
            return Language.of(value or following)
    return Language.of(usual_code(os.environ))
