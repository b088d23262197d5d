"""`hashiya mend-clitics`: labels that break the clitic policy, mended or said to be right."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.labelling import touched
from annotator.cli.opened import opened
from annotator.cli.options import annotator, option, project_file
from annotator.cli.output import DONE, Output
from annotator.cli.wronguse import WrongUse
from annotator.i18n import marked

if TYPE_CHECKING:
    from annotator.core.model import Annotator
    from annotator.core.operations import Operation
    from annotator.services.clitics import Broken, Mended
    from annotator.store.project import Project


@click.command(
    "mend-clitics",
    cls=Command,
    saved="nothing",
    help=marked(
        "Attached letters are left out of labels or taken in, as the label schema says. Layers that"
        " are done are left out, and labels that would be there twice stay as they are. One"
        " gesture, and one `hashiya undo --gesture` takes it back. `hashiya problems` lists them."
    ),
)
@project_file()
@annotator()
@option(
    "--preview", is_flag=True, about=marked("Only say what would be mended; nothing is changed.")
)
@option(
    "--article", metavar="UID", default="", about=marked("Only this article: its uid or SHA-256.")
)
@option(
    "--right",
    metavar="LABEL",
    default="",
    about=marked("Mend nothing: the letters of this label are right as they are."),
)
@click.pass_obj
def mend_clitics(
    output: Output, /, file: Path, name: str, preview: bool, article: str, right: str
) -> int:
    """Mend labels that break the clitic policy."""
    from annotator.services import annotators, clitics
    from annotator.store.queries import known_annotator

    if right and (preview or article):
        raise WrongUse(marked("--right stands alone."))
    with opened(output, file) as project:
        if preview:
            who = known_annotator(project, name)
            _preview(output, clitics.broken(project, who, article=article))
            return DONE
        who = annotators.named(project, name)  # whoever is new has no labels
        if right:
            _tell_right(output, _say_right(project, who, right))
            return DONE
        made = clitics.mend(project, who, article=article)
    _tell(output, made)
    return DONE


def _say_right(project: "Project", who: "Annotator", uid: str) -> "Operation | None":
    from annotator.services import clitics
    from annotator.services.references import References

    return clitics.say_right(project, References(project, who).layer_of(uid), uid)


def _preview(output: Output, found: "Broken") -> None:
    language = output.language
    told = {"n": found.labels, "n_articles": found.articles}
    words = [{"from": one.before, "to": one.after, "n": one.n} for one in found.changes]
    output.answer({**told, "left_out": found.done, "kept": found.kept, "words": words})
    labels = language.plural("{n} label", "{n} labels", found.labels)
    articles = language.plural("in {n} article", "in {n} articles", found.articles)
    said = marked("To mend: {what}") if found.labels else marked("Nothing to mend.")
    output.say(language.text(said, what=f"{labels} {articles}"))
    for one in found.changes:
        change = marked("{before} becomes {after}: {n}")
        output.say(language.text(change, before=one.before, after=one.after, n=one.n))
    _tell_left_out(output, found.done, found.kept)
    output.remark(language.text(marked("Nothing was changed.")))


def _tell(output: Output, made: "Mended") -> None:
    language = output.language
    gesture = made.operations[0].gesture if made.operations else ""
    output.answer(
        {
            **_names(made.operations),
            "gesture": gesture,
            "n": made.labels,
            "n_articles": len(made.articles),
            "left_out": made.left_out,
            "kept": made.kept,
        }
    )
    output.say(language.text(marked("Mended: {n}."), n=made.labels))
    if gesture:
        output.say(language.text(marked("The gesture: {gesture}"), gesture=gesture))
    _tell_left_out(output, made.left_out, made.kept)


def _tell_left_out(output: Output, n_done: int, n_kept: int) -> None:
    language = output.language
    if n_done:
        done = marked("In articles that are done, and left out: {n}")
        output.say(language.text(done, n=n_done))
    if n_kept:
        kept = marked("Left as they are, because the same label stands there: {n}")
        output.say(language.text(kept, n=n_kept))


def _tell_right(output: Output, operation: "Operation | None") -> None:
    operations = (operation,) if operation else ()
    gesture = operation.gesture if operation else ""
    output.answer({**_names(operations), "gesture": gesture, "n": len(operations)})
    right = marked("Its letters are right as they are.")
    nothing = marked("It has no such problem: nothing was changed.")
    output.say(output.language.text(right if operation else nothing))


def _names(operations: "tuple[Operation, ...]") -> dict[str, Any]:
    names = [operation.hash for operation in operations]
    return {"op": names[0] if names else "", "ops": names, "uids": touched(operations)}
