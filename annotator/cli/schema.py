"""`hashiya schema check`, `hashiya schema show` and `hashiya schema change`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command, Entry, Group
from annotator.cli.opened import opened
from annotator.cli.options import argument, lead, option, path, project_file
from annotator.cli.output import DATA_AT_FAULT, DONE, Output
from annotator.cli.values import OneOf
from annotator.cli.wronguse import WrongUse
from annotator.core.errors import UserError
from annotator.core.schemachange import CHANGES, RETIRE, SPLIT
from annotator.i18n import Language, marked

GUIDELINES = "guidelines"
"""The change of a label schema that leaves its types as they are."""

if TYPE_CHECKING:
    from annotator.services.changing_schema import ChangePreview, TypeChange

schema = Group(
    "schema",
    {
        "check": Entry(__name__, "check", marked("Check a label schema in a TOML file.")),
        "show": Entry(__name__, "show", marked("Print a label schema as TOML.")),
        "change": Entry(
            __name__, "change", marked("Rename, merge, retire or split a type; change guidelines.")
        ),
    },
)


@click.command(
    "check",
    cls=Command,
    help=marked("Every fault is named with its place. The exit code is 0 where there is none."),
)
@path("path", marked("The TOML file."))
@click.pass_obj
def check(output: Output, path: Path) -> int:
    """Check a label schema in a TOML file."""
    from annotator.services.projects import schema_faults
    from annotator.services.wording import fault_sentence

    language = output.language
    faults = schema_faults(path)
    told = [
        {
            "code": fault.code,
            "where": fault.where,
            "line": fault.line,
            "value": fault.value,
            "message": fault_sentence(fault.code, fault.where, fault.value, language),
        }
        for fault in faults
    ]
    if not faults:
        output.report({"faults": []}, language.text(marked("The label schema has no faults.")))
        return DONE
    message = language.plural("{n} fault", "{n} faults", len(faults))
    output.answer_no("bad_schema", message, "nothing", {"faults": told})
    for fault in told:
        if not output.as_json:
            source = f"{path.name}:{fault['line']}" if fault["line"] else path.name
            said = {"source": source, "message": fault["message"]}
            output.complain(language.text(marked("{source}: {message}"), **said))
    return DATA_AT_FAULT


@click.command(
    "show",
    cls=Command,
    help=marked("For a project it is the one in force, as it was written, with its remarks."),
)
@argument("name", marked("news, ace, wojood or stance, a TOML file, or a project file."))
@click.pass_obj
def show(output: Output, name: str) -> None:
    """Print a label schema as TOML."""
    from annotator.services.projects import schema_toml

    toml = schema_toml(name)
    if output.as_json:
        output.answer({"toml": toml})
    else:
        sys.stdout.write(toml)


@click.command(
    "change",
    cls=Command,
    saved="nothing",
    help=marked(
        "rename A B: the type A is called B from now on. merge A B: labels of the type A are of the"
        " type B. retire A: the type stays for labels that are there and is offered no longer."
        " split A B C: A is retired, B and C are there, and each annotator finds her labels of the"
        " type A among her problems, to choose between them. guidelines PATH: a TOML file with the"
        " same types takes the place of the label schema, with other guidelines, names, keys and"
        " colours. No label is written anew, and `hashiya undo` takes it back."
    ),
)
@project_file()
@argument(
    "what",
    marked("rename, merge, retire, split or guidelines."),
    type=OneOf((*CHANGES, GUIDELINES)),
)
@argument("old", marked("The type to change; the TOML file of guidelines."), metavar="A")
@argument("new", marked("Its new name, or what it becomes."), metavar="[B…]", nargs=-1)
@option(
    "--name",
    "names",
    multiple=True,
    nargs=3,
    metavar="TYPE EN AR",
    about=marked("What a new type is called in English and Arabic; its id unless said."),
)
@option("--preview", is_flag=True, about=marked("Only say what would be done."))
@lead()
@click.pass_obj
def change(
    output: Output,
    file: Path,
    what: str,
    old: str,
    new: tuple[str, ...],
    names: tuple[tuple[str, str, str], ...],
    preview: bool,
    who: str,
) -> None:
    """Rename, merge, retire or split a type of a project's label schema."""
    from annotator.services import annotators, changing_schema

    if what == GUIDELINES:
        _change_guidelines(output, file, old, is_alone=not (new or names), preview=preview, who=who)
        return
    wanted = _wanted(what, old, new, names)
    title = output.language.text(marked("Counting"))
    with opened(output, file) as project, output.progress(title) as progress:
        found = changing_schema.previewed(project, wanted, progress)
        gesture = ""
        if not preview:
            by = annotators.lead(project, who)
            gesture = changing_schema.change_schema(project, wanted, by)
    output.answer(_as_map(found, gesture, preview))
    if not output.as_json:
        for line in _lines(found, preview, output.language):
            output.say(line)


def _change_guidelines(
    output: Output, file: Path, source: str, *, is_alone: bool, preview: bool, who: str
) -> None:
    """Let the label schema `source`, of the same types, take the place of the project's."""
    from annotator.services import annotators, changing_schema
    from annotator.services.projects import schema_toml

    if not is_alone:
        raise WrongUse(marked("guidelines takes one TOML file and nothing else."))
    toml = schema_toml(source)
    with opened(output, file) as project:
        changed = changing_schema.guidelines_previewed(project, toml)
        gesture = ""
        if not preview:
            by = annotators.lead(project, who)
            gesture = changing_schema.change_guidelines(project, toml, by)
    output.answer({"preview": preview, "what": GUIDELINES, "changed": changed, "gesture": gesture})
    if not output.as_json:
        text = output.language.text
        names = output.language.listed(changed) or "-"
        output.say(text(marked("What reads otherwise: {names}."), names=names))
        if gesture or preview:
            output.say(text(_PREVIEWED if preview else _CHANGED))


def _wanted(
    what: str, old: str, new: tuple[str, ...], names: tuple[tuple[str, str, str], ...]
) -> "TypeChange":
    """Return what is asked for; raise `WrongUse` where the types are too many or too few."""
    from annotator.core.labelschema import Named
    from annotator.services.changing_schema import TypeChange

    if len(new) < 2 if what == SPLIT else len(new) != (what != RETIRE):
        raise WrongUse(
            marked(
                "rename and merge take two types, retire takes one, split takes one and at least"
                " two that it becomes."
            )
        )
    called = {id: Named(id, en, ar) for id, en, ar in names}
    if called and (what != SPLIT or not called.keys() <= set(new)):
        raise WrongUse(marked("Names are for types that another is split into."))
    if what == SPLIT:
        return TypeChange(what, old, into=tuple(called.get(id) or Named(id, "", "") for id in new))
    return TypeChange(what, old, "".join(new))


def _as_map(found: "ChangePreview", gesture: str, preview: bool) -> dict[str, Any]:
    return {
        "preview": preview,
        "what": found.change.what,
        "kind": found.kind,
        "from": found.change.old,
        "to": found.change.new,
        "into": [one.id for one in found.change.into],
        "labels": found.labels,
        "articles": found.articles,
        "by_annotator": found.by_annotator,
        "problems": found.problems,
        "twins": found.twins,
        "gesture": gesture,
    }


def _lines(found: "ChangePreview", preview: bool, language: Language) -> Iterator[str]:
    from annotator.services.wording import sentence

    yield language.text(
        marked("Labels of the type {type}: {n}."), type=found.change.old, n=found.labels
    )
    if found.labels:
        yield language.text(marked("Articles with them: {n}."), n=found.articles)
    for name, n in found.by_annotator.items():
        yield f"  {language.quoted(name)}: {n}"
    n_problems = sum(found.problems.values())
    if n_problems and found.change.what == SPLIT:
        types = language.listed([one.id for one in found.change.into])
        said = marked("To decide, each by whose label it is, between {types}: {n}.")
        yield language.text(said, types=types, n=n_problems)
    elif n_problems:
        yield language.text(marked("New problems: {n}."), n=n_problems)
        for code, n in found.problems.items():
            yield f"  {n}: {sentence(UserError(code, detail='…'), language)}"
    if found.twins:
        said = marked("Labels that will say the same as another in the same place: {n}.")
        yield language.text(said, n=found.twins)
    yield language.text(_PREVIEWED if preview else _CHANGED)


_CHANGED = marked("The label schema was changed.")
_PREVIEWED = marked("Nothing was changed: this is what would be.")
