"""`hashiya assign`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.opened import opened
from annotator.cli.options import lead, option, project_file
from annotator.cli.output import Output
from annotator.cli.tables import lines_of
from annotator.cli.values import Names, Number, Weights
from annotator.cli.wronguse import WrongUse
from annotator.i18n import Language, marked

if TYPE_CHECKING:
    from annotator.services.assigning import Plan
    from annotator.services.handing_out import HandedOut


@click.command(
    "assign",
    cls=Command,
    saved="nothing",
    help=marked(
        "Articles are dealt by shares, evenly over sources and lengths; near-duplicates go to the"
        " same people. What is assigned already stays, and shares are completed. Each file holds"
        " nothing of anybody else's; an earlier one is replaced unless it holds work that the"
        " project lacks."
    ),
)
@project_file()
@option(
    "--to",
    type=Names(),
    required=True,
    metavar="NAME,…",
    about=marked("Who gets articles; new names are taken in."),
)
@option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FOLDER",
    about=marked("The folder of the files; made when missing."),
)
@option(
    "--overlap",
    type=Number(),
    default=1,
    about=marked("How many people read each article; 1 unless said."),
)
@option(
    "--at-least-double",
    type=Number(),
    default=0,
    about=marked("Let at least so many articles be read by two."),
)
@option(
    "--shares",
    type=Weights(),
    default=(),
    metavar="2,1,…",
    about=marked("How many parts each gets, in the order of --to; the same unless said."),
)
@option(
    "--from",
    "taken_from",
    type=Names(),
    default=(),
    metavar="NAME,…",
    about=marked("Give only what these people were assigned and have not finished."),
)
@option(
    "--seed",
    type=Number(),
    default=0,
    about=marked("The number that draws the lots; 0 unless said."),
)
@option("--preview", is_flag=True, about=marked("Only say what would be done."))
@lead()
@click.pass_obj
def assign(
    output: Output,
    /,
    file: Path,
    to: tuple[str, ...],
    folder: Path | None,
    preview: bool,
    who: str,
    **wanted: Any,  # noqa: ANN401
) -> None:
    """Assign articles and write a project file for each annotator."""
    from annotator.services import annotators, assigning, handing_out

    if folder is None and not preview:
        raise WrongUse(marked("Say where the files are to go: -o FOLDER."))
    wish = assigning.Wish(to, **wanted)
    language = output.language
    with opened(output, file) as project:
        with output.progress(language.text(marked("Comparing articles"))) as progress:
            plan = assigning.planned(project, wish, progress)
        done = handing_out.HandedOut("", ())
        if folder is not None and not preview:
            by = annotators.lead(project, who)
            with output.progress(language.text(marked("Writing files"))) as progress:
                done = handing_out.assign_and_hand_out(project, plan, folder, by, progress)
    output.answer(_as_map(plan, done, preview))
    _show(output, plan, done, preview)


def _as_map(plan: "Plan", done: "HandedOut", preview: bool) -> dict[str, Any]:
    paths = {handed.annotator.uid: str(handed.path) for handed in done.files}
    return {
        "preview": preview,
        "seed": plan.wish.seed,
        "overlap": plan.wish.overlap,
        "articles": plan.n_articles,
        "near_duplicates": {"groups": plan.n_groups, "articles": plan.n_alike},
        "double": plan.n_double,
        "left": plan.n_left,
        "gesture": done.gesture,
        "assigned": [
            {
                "annotator": one.annotator.name,
                "uid": one.annotator.uid,
                "articles": one.articles,
                "new": one.new,
                "gone": one.gone,
                "words": one.words,
                "path": paths.get(one.annotator.uid, ""),
            }
            for one in plan.portions
        ],
    }


def _show(output: Output, plan: "Plan", done: "HandedOut", preview: bool) -> None:
    if output.as_json or output.is_quiet:
        return
    text = output.language.text
    head = [marked("Articles"), marked("New"), marked("Gone"), marked("Words"), marked("Annotator")]
    rows = (
        (one.articles, one.new, one.gone, one.words, one.annotator.name) for one in plan.portions
    )
    for line in lines_of(list(map(text, head)), rows, output.keeps_cells_apart):
        output.show_row(line)
    for said in _facts(plan, output.language):
        output.say(said)
    if preview:
        output.say(text(marked("Nothing was assigned: this is what would be.")))
    elif not done.gesture:
        output.say(text(marked("Nothing new was assigned.")))
    for handed in done.files:
        output.say(text(marked("Made the file “{path}”."), path=handed.path))


def _facts(plan: "Plan", language: Language) -> Iterator[str]:
    """Yield what is to be known of a plan beside who gets what, a sentence each."""
    text = language.text
    yield text(marked("Read by two or more: {n}."), n=plan.n_double)
    if plan.n_groups:
        alike = language.plural("{n} article", "{n} articles", plan.n_alike)
        said = marked("Near-duplicates: {articles} in {n} groups; each counts once in the shares.")
        yield text(said, articles=alike, n=plan.n_groups)
    if plan.n_left:
        said = marked("Left where they were, because everybody named reads them already: {n}.")
        yield text(said, n=plan.n_left)
    if plan.givers:
        names = language.listed(language.quoted(one.name) for one in plan.givers)
        said = marked("What is taken over stays in the files of {names} until a reply to them.")
        yield text(said, names=names)
