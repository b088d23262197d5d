"""`hashiya apply`, `hashiya undo` and `hashiya redo`."""

import contextlib
import functools
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import click

from annotator.cli.commands import Command
from annotator.cli.guard import let_go_of_stdout, saving_in_parts
from annotator.cli.opened import opened
from annotator.cli.options import annotator, option, path, project_file
from annotator.cli.output import DATA_AT_FAULT, DONE, Output
from annotator.cli.wronguse import WrongUse
from annotator.core.errors import UserError
from annotator.core.model import KINDS
from annotator.i18n import marked

if TYPE_CHECKING:
    from annotator.core.operations import Operation
    from annotator.services.undoing import Undone

STDIN = "-"


@click.command(
    "apply",
    cls=Command,
    saved="nothing",
    help=marked(
        "Each line is saved on its own, then answered by a line of JSON. A line that is refused"
        " changes nothing; the next is still served, and the exit code is 1."
    ),
)
@project_file()
@path("gestures", marked("The file of gestures; - or nothing is stdin."), required=False)
@annotator()
@option("--strict", is_flag=True, about=marked("Stop at the first line refused."))
@click.pass_obj
def apply(output: Output, file: Path, gestures: Path | None, name: str, strict: bool) -> int:
    """Do gestures, one JSON object a line."""
    served = _Served()
    with saving_in_parts(lambda: served.n > 0):
        is_read = _serve(output, file, gestures, name, strict=strict, served=served)
    if not is_read:
        return DATA_AT_FAULT
    if served.n_refused:
        refused = marked("Refused: {refused} of {n}. Nothing was changed by them.")
        output.remark(output.language.text(refused, refused=served.n_refused, n=served.n))
    return DATA_AT_FAULT if served.n_refused else DONE


@dataclass(slots=True)
class _Served:
    """How many lines were served so far, and how many of them refused."""

    n: int = 0
    n_refused: int = 0


def _serve(
    output: Output,
    file: Path,
    gestures: Path | None,
    name: str,
    *,
    strict: bool,
    served: _Served,
) -> bool:
    """Serve and answer line by line; return whether somebody read the answers to the end."""
    from annotator.services.applying import apply_lines
    from annotator.services.wording import sentence

    said = functools.partial(sentence, language=output.language)
    with _opened(gestures) as source, opened(output, file) as project:
        for answer in apply_lines(project, name, iter(source.readline, b""), strict):
            served.n += 1
            served.n_refused += answer.trouble is not None
            if not _print(answer.as_map(said)):
                return False
    return True


def _print(answer: dict[str, Any]) -> bool:
    """Print an answer at once, in ASCII; return whether somebody still reads."""
    try:
        sys.stdout.write(json.dumps(answer, separators=(",", ":")) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        let_go_of_stdout()
        return False
    return True


@contextlib.contextmanager
def _opened(path: Path | None) -> Iterator[BinaryIO]:
    """Open the file of gestures, or stdin; whoever writes there may wait for each answer."""
    if path is None or str(path) == STDIN:
        yield sys.stdin.buffer
        return
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise UserError("no_such_file", path=path.name) from None
    except IsADirectoryError:
        raise UserError("is_a_folder", path=path.name) from None
    except OSError:
        raise UserError("cannot_read", path=path.name) from None
    with file:
        yield file


# --- undo and redo ------------------------------------------------------------------------------

_HOW = marked(
    "With --article: the newest operation in that layer. With --gesture: all of it, but for layers"
    " that are done. It is refused where a label has changed since."
)


_WHOSE = marked("“--as” is missing. This gesture was done as: {who}.")


def _taking(command: Callable[..., int]) -> Callable[..., int]:
    """Give `command` what undo and redo take."""
    about_gesture = marked("The gesture, named as in `hashiya history`.")
    for one in (  # without --as it is said whose the gesture is
        option("--gesture", metavar="ID", default="", about=about_gesture),
        option(
            "--article", metavar="UID", default="", about=marked("The article: uid or SHA-256.")
        ),
        annotator(required=False),
        project_file(),
    ):
        command = one(command)
    return command


@click.command("undo", cls=Command, saved="nothing", help=_HOW)
@_taking
@click.pass_obj
def undo(output: Output, /, **given: Any) -> int:  # noqa: ANN401
    """Take back what an annotator did last."""
    return _take_back(output, "undo", **given)


@click.command("redo", cls=Command, saved="nothing", help=_HOW)
@_taking
@click.pass_obj
def redo(output: Output, /, **given: Any) -> int:  # noqa: ANN401
    """Do again what was undone."""
    return _take_back(output, "redo", **given)


def _take_back(
    output: Output, kind: Literal["undo", "redo"], file: Path, name: str, article: str, gesture: str
) -> int:
    from annotator.services import annotators, undoing

    if bool(article) == bool(gesture):
        raise WrongUse(marked("Give either --article or --gesture."))
    if article and not name:
        raise WrongUse(marked("“{name}” is missing."), name="--as")
    with opened(output, file) as project:
        if not name:
            names = output.language.listed(undoing.done_by(project, gesture))
            raise WrongUse(_WHOSE, who=names)
        who = annotators.who_undoes(project, name)
        if gesture:
            whole = undoing.undo_gesture if kind == "undo" else undoing.redo_gesture
            undone = whole(project, who, gesture)
        else:
            layer = project.layer(project.article(article).sha256, who.uid)
            newest = undoing.undo if kind == "undo" else undoing.redo
            undone = undoing.Undone((newest(project, layer),))
    _tell(output, kind, undone)
    return DONE


def _tell(output: Output, kind: str, undone: "Undone") -> None:
    uids = touched(undone.operations)
    names = [operation.hash for operation in undone.operations]
    told = {"op": names[0] if names else "", "ops": names, "uids": uids}
    said = marked("Undone.") if kind == "undo" else marked("Redone.")
    output.report(told | {"left_out": undone.left_out}, output.language.text(said))
    if uids:
        labels = output.language.plural("{n} label", "{n} labels", len(uids))
        output.say(output.language.text(marked("Changed: {labels}."), labels=labels))
    if undone.left_out:
        left_out = marked("Layers left out because they are done: {n}.")
        output.say(output.language.text(left_out, n=undone.left_out))


def touched(operations: Iterable["Operation"]) -> list[str]:
    """Return the uids of the labels that `operations` made, changed or removed."""
    return [change.uid for one in operations for change in one.changes if change.kind in KINDS]
