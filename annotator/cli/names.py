"""`hashiya names`: the names that entities bear, over all articles; made one, parted, renamed."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.labelling import touched
from annotator.cli.namesrows import name_cells, name_row, proposal_cells, proposal_row
from annotator.cli.opened import Answering, answered, opened
from annotator.cli.options import argument, option, project_file
from annotator.cli.output import DONE, Output, json_line
from annotator.cli.values import Number
from annotator.cli.wronguse import WrongUse
from annotator.core.errors import UserError
from annotator.i18n import marked

if TYPE_CHECKING:
    from annotator.core.model import Annotator
    from annotator.services.names import Name
    from annotator.services.nameslinking import Linked
    from annotator.services.namesproposed import Proposal
    from annotator.services.progress import Progress
    from annotator.store.project import Project

_LIST, _MERGE, _SPLIT, _APART = "list", "merge", "split", "apart"
_ACTS = (_LIST, _MERGE, _SPLIT, _APART)


@click.command(
    "names",
    cls=Command,
    saved="nothing",
    help=marked(
        "Labels that share a name (`link`) are one name, others where they are spelled alike. merge"
        " NAME… lets all labels of these names share the one said with --to; of one name alone it"
        " is renamed. split NAME SPELLING… takes spellings out of a shared name, or gives them the"
        " one said with --to. apart NAME NAME… says that names are different: each gets a name of"
        " its own, and they are proposed no more. Only labels of --as are changed, those in done"
        " layers are not; one gesture, and one `hashiya undo --gesture` takes it back."
    ),
)
@project_file()
@argument(
    "act",
    marked("list, merge, split or apart; any other word is a name to list."),
    metavar="[list|merge|split|apart]",
    default=_LIST,
    required=False,
)
@argument("words", marked("Names, as they are listed."), metavar="[NAME…]", nargs=-1)
@option("--as", "name", default="", metavar="ANNOTATOR", about=marked("Whose labels are changed."))
@option("--to", "link", default="", metavar="LINK", about=marked("The name that is shared."))
@option("--proposals", is_flag=True, about=marked("List names that may be one, and why."))
@option("--who", metavar="ANNOTATOR", default="", about=marked("Only what is this annotator's."))
@option("--type", "type_name", metavar="TYPE", default="", about=marked("Only names of this type."))
@option("--limit", type=Number(), default=0, about=marked("At most so many rows; 0 is all."))
@option("--jsonl", is_flag=True, about=marked("Print one JSON object a row."))
@click.pass_obj
def names(output: Output, /, file: Path, act: str, words: tuple[str, ...], **given: Any) -> int:  # noqa: ANN401
    """List names over all articles, or make them one and part them."""
    if act not in _ACTS:
        _refuse_act(act, is_change=bool(given["name"] or given["link"]))
        act, words = _LIST, (act, *words)
    if act == _LIST:
        _refuse(given["link"] or given["name"], marked("--as and --to belong to a change."))
        _refuse(given["jsonl"] and output.as_json, marked("Give either --json or --jsonl."))
        return answered(output, file, lambda project, to: _list(project, to, words, given))
    _refuse(given["proposals"], marked("--proposals belongs to a list."))
    _refuse(not given["name"], marked("Say with --as whose labels are changed."))
    _refuse(len(words) < _LEAST[act], _TOO_FEW[act])
    return _change(output, file, act, words, given["name"], given["link"])


_LEAST = {_MERGE: 1, _SPLIT: 2, _APART: 2}
_TOO_FEW = {
    _MERGE: marked("Name at least one name."),
    _SPLIT: marked("Name a name, and at least one spelling to take out of it."),
    _APART: marked("Name at least two names that are different."),
}


def _refuse_act(act: str, *, is_change: bool) -> None:
    """Refuse a word that is no act where a change is meant; else it is a name to list."""
    if is_change:
        said = marked("“{value}” does not fit {name}: give one of {words}.")
        raise WrongUse(said, value=act, name="act", words=" | ".join(_ACTS))


def _refuse(is_wrong: object, said: str) -> None:
    if is_wrong:
        raise WrongUse(said)


# --- listing --------------------------------------------------------------------------------------


def _list(
    project: "Project", answering: Answering, words: tuple[str, ...], given: dict[str, Any]
) -> None:
    from annotator.services import names as service
    from annotator.services.namesproposed import proposals
    from annotator.store.queries import known_annotator

    who = known_annotator(project, given["who"]).uid if given["who"] else ""
    with answering.output.progress(answering.output.language.text(marked("Counting"))) as progress:
        known = service.counted(project, who, progress=progress).names()
    found = service.fitting(known, type_name=given["type_name"])
    if words:
        found = [one for one in found if any(service.fitting([one], word) for word in words)]
    if given["proposals"]:
        chosen = {(one.link, one.key) for one in found}
        policy = project.label_schema.clitics
        made = [
            one
            for one in proposals(known, policy)
            if any((each.link, each.key) in chosen for each in one.names)
        ]
        _tell_proposals(answering, made[: given["limit"] or None], given["jsonl"])
    else:
        is_all = not (words or given["type_name"] or given["who"])
        none = marked("No label has a name.") if is_all else marked("No name fits.")
        shown = found[: given["limit"] or None]
        _tell_names(answering, shown, len(found), none, jsonl=given["jsonl"])


def _tell_names(
    answering: Answering, found: "Sequence[Name]", n: int, none: str, *, jsonl: bool
) -> None:
    output = answering.output
    if jsonl:
        _stream(answering, map(name_row, found))
    elif output.as_json:
        output.answer({"names": [name_row(one) for one in found], "n": n})
    else:
        heads = (marked("Labels"), marked("Articles"), marked("Types"), marked("Link"))
        cells = (name_cells(one) for one in found)
        _show(answering, (*heads, marked("Spellings")), cells, none)


def _tell_proposals(answering: Answering, made: "Sequence[Proposal]", jsonl: bool) -> None:
    output = answering.output
    if jsonl:
        _stream(answering, map(proposal_row, made))
    elif output.as_json:
        output.answer({"proposals": [proposal_row(one) for one in made], "n": len(made)})
    else:
        heads = (marked("Labels"), marked("Why"), marked("Names"))
        cells = (proposal_cells(one, output.language) for one in made)
        _show(answering, heads, cells, marked("No names that may be one."))


def _stream(answering: Answering, rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        answering.begin()
        sys.stdout.write(json_line(row) + "\n")


def _show(
    answering: Answering, heads: Sequence[str], cells: Iterable[Sequence[object]], none: str
) -> None:
    from annotator.cli.tables import lines_of

    output, n = answering.output, 0
    head = [output.language.text(one) for one in heads]
    for line in lines_of(head, cells, output.keeps_cells_apart):
        answering.begin()
        output.show_row(line)
        n += 1
    if not n:
        output.remark(output.language.text(none))


# --- changing -------------------------------------------------------------------------------------


def _change(
    output: Output, file: Path, act: str, words: tuple[str, ...], name: str, link: str
) -> int:
    from annotator.services import annotators
    from annotator.services import names as service

    if link:
        from annotator.services.nameslinking import checked_link

        checked_link(link)
    with opened(output, file) as project:
        title = output.language.text(marked("Counting"))
        with output.progress(title) as progress:
            known = service.counted(project, progress=progress).names()
            change = _CHANGES[act](known, words, link)
            who = annotators.named(project, name)  # whoever is new has no labels
            made: Linked = change(project, who, progress)
    _tell_change(output, made)
    return DONE


Change = Callable[["Project", "Annotator", "Progress"], "Linked"]


def _merging(known: "Sequence[Name]", words: tuple[str, ...], link: str) -> Change:
    from annotator.services import nameslinking

    found = [one for word in words for one in _named(known, word)]
    to = link or nameslinking.as_link(found[0].shown)
    return lambda project, who, progress: nameslinking.merge(project, who, found, to, progress)


def _splitting(known: "Sequence[Name]", words: tuple[str, ...], link: str) -> Change:
    from annotator.arabic.manynames import name_key
    from annotator.services import nameslinking

    name = max(_named(known, words[0]), key=lambda one: bool(one.link))
    meant: list[str] = []
    for word in words[1:]:
        found = [one.text for one in name.spellings if name_key(one.text) == name_key(word)]
        if not found:
            raise UserError("not_of_name", name=name.shown, spelling=word)
        meant += found
    return lambda project, who, progress: nameslinking.split(
        project, who, name, meant, link, progress
    )


def _parting(known: "Sequence[Name]", words: tuple[str, ...], link: str) -> Change:
    from annotator.services import nameslinking

    _refuse(link, marked("apart gives each name its own: leave --to out."))
    found = [one for word in words for one in _named(known, word)]
    return lambda project, who, progress: nameslinking.set_apart(project, who, found, progress)


_CHANGES = {_MERGE: _merging, _SPLIT: _splitting, _APART: _parting}


def _named(known: "Sequence[Name]", word: str) -> "list[Name]":
    from annotator.services.names import called

    found = called(known, word)
    if not found:
        raise UserError("no_such_name", name=word)
    return found


def _tell_change(output: Output, made: "Linked") -> None:
    names = [operation.hash for operation in made.operations]
    gesture = made.operations[0].gesture if made.operations else ""
    output.answer(
        {"gesture": gesture, "op": names[0] if names else "", "ops": names}
        | {"uids": touched(made.operations), "n": made.labels, "articles": len(made.articles)}
        | {"done": made.done, "others": made.others}
    )
    text = output.language.text
    said = marked("Labels that got a name or lost one: {n}; articles: {articles}.")
    output.say(text(said, n=made.labels, articles=len(made.articles)))
    if gesture:
        output.say(text(marked("The gesture: {gesture}"), gesture=gesture))
    if made.done:
        output.say(text(marked("Labels left out, in done layers: {n}."), n=made.done))
    if made.others:
        output.say(text(marked("Labels left out, of other people: {n}."), n=made.others))
