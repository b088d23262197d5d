"""`hashiya mark-all`: label every occurrence of a name, or look at the places first."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.labelling import touched
from annotator.cli.opened import opened
from annotator.cli.options import annotator, argument, option, project_file
from annotator.cli.output import DONE, Output
from annotator.cli.searching import clitics, folding, in_context
from annotator.i18n import Language, marked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.arabic.finding import Query
    from annotator.core.model import Annotator
    from annotator.services.marking import Marked, Proposal
    from annotator.store.project import Project

_STATES = {
    "new": marked("to be labelled"),
    "labelled": marked("labelled already"),
    "otherwise": marked("labelled otherwise: {types}"),
    "done": marked("in a layer that is done"),
    "outside": marked("not labelled here"),
}


@click.command(
    "mark-all",
    cls=Command,
    saved="nothing",
    help=marked(
        "Only regions that are labelled, and never inside a longer word. Places labelled otherwise"
        " are listed and stay as they are; layers that are done are left out. One gesture, and one"
        " `hashiya undo --gesture` takes it back."
    ),
)
@project_file()
@argument("query", marked("What to look for."))
@annotator()
@option(
    "--type",
    "type_name",
    metavar="TYPE",
    required=True,
    about=marked("The type that the places get."),
)
@option("--preview", is_flag=True, about=marked("Only list the places; nothing is changed."))
@option(
    "--article", metavar="UID", default="", about=marked("Only this article: its uid or SHA-256.")
)
@folding
@clitics
@option(
    "--last-name",
    "with_last_name",
    is_flag=True,
    about=marked("Also the last word of the query alone, as of a person's name."),
)
@click.pass_obj
def mark_all(
    output: Output,
    /,
    file: Path,
    query: str,
    name: str,
    type_name: str,
    preview: bool,
    article: str,
    fold: Any,  # noqa: ANN401
    with_clitics: bool,
    with_last_name: bool,
) -> int:
    """Label every occurrence of a name."""
    from annotator.arabic.finding import Query
    from annotator.services import annotators, marking

    wanted = Query(query, fold or "letters", with_clitics, with_last_name=with_last_name)
    with opened(output, file) as project:
        if preview:
            _preview(output, project, _reader(project, name), wanted, type_name, article)
            return DONE
        _refuse(project, annotators.known_or_new(project, name), wanted, type_name, article)
        who = annotators.ensure(project, name)
        made = marking.mark_all(project, who, wanted, type_name, article)
    _tell(output, made)
    return DONE


def _refuse(
    project: "Project", who: "Annotator", query: "Query", type_name: str, article: str
) -> None:
    """Refuse what cannot be labelled before an annotator is made for it."""
    from annotator.services import marking

    next(marking.proposals(project, who, query, type_name, article), None)


def _reader(project: "Project", name: str) -> "Annotator":
    """Return who is called `name`, also where nobody is: looking makes no annotator."""
    from annotator.core.model import Annotator

    return project.annotator(name) or Annotator("", name)


def _preview(
    output: Output,
    project: "Project",
    who: "Annotator",
    query: "Query",
    type_name: str,
    article: str,
) -> None:
    from annotator.services import marking

    found = list(marking.proposals(project, who, query, type_name, article))
    n_new = sum(one.state == "new" for one in found)
    told = {"proposals": [_row(one) for one in found], "n": len(found), "n_new": n_new}
    output.answer(told)
    if not output.as_json:
        _list(output, found)
        said = marked("Places: {n}; to be labelled: {new}. Nothing was changed.")
        output.remark(output.language.text(said, n=len(found), new=n_new))


def _tell(output: Output, made: "Marked") -> None:
    uids = touched(made.operations)
    names = [operation.hash for operation in made.operations]
    gesture = made.operations[0].gesture if made.operations else ""
    otherwise = [_row(one) for one in made.otherwise]
    output.answer(
        {"gesture": gesture, "op": names[0] if names else "", "ops": names, "uids": uids}
        | {"n": len(uids), "left_out": made.left_out, "left_out_places": made.n_done}
        | {"otherwise": otherwise}
    )
    language = output.language
    output.say(language.text(marked("Labelled: {n}."), n=len(uids)))
    if gesture:
        output.say(language.text(marked("The gesture: {gesture}"), gesture=gesture))
    if made.left_out:
        places = language.plural("{n} place", "{n} places", made.n_done)
        articles = language.plural("in {n} article", "in {n} articles", made.left_out)
        left_out = marked("Left out, because the layer is done: {places} {articles}.")
        output.say(language.text(left_out, places=places, articles=articles))
    if made.otherwise and not output.as_json:
        kept = marked("Places that are labelled otherwise and stay so: {n}.")
        output.say(language.text(kept, n=len(made.otherwise)))
        if not output.is_quiet:
            _list(output, made.otherwise)


def _row(one: "Proposal") -> dict[str, Any]:
    return {
        "article": one.article[:16],
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "left": one.left,
        "right": one.right,
        "state": one.state,
        "types": list(one.types),
    }


def _list(output: Output, found: "Iterable[Proposal]") -> None:
    from annotator.cli.tables import lines_of

    heads = (marked("Article"), marked("Place"), marked("State"), marked("Text"))
    head = [output.language.text(one) for one in heads]
    for line in lines_of(head, _cells(found, output.language), output.keeps_cells_apart):
        output.show_row(line)


def _cells(found: "Iterable[Proposal]", language: Language) -> Iterator[tuple[str, ...]]:
    for one in found:
        state = language.text(_STATES[one.state], types=language.listed(one.types))
        shown = in_context(one.left, one.quote, one.right)
        yield one.article[:16], f"{one.start}–{one.end}", state, shown
