"""`hashiya schema check` and `hashiya schema show`."""

import sys
from pathlib import Path

import click

from annotator.cli.commands import Command, Entry, Group
from annotator.cli.options import argument, path
from annotator.cli.output import DATA_AT_FAULT, DONE, Output
from annotator.i18n import marked

schema = Group(
    "schema",
    {
        "check": Entry(__name__, "check", marked("Check a label schema in a TOML file.")),
        "show": Entry(__name__, "show", marked("Print a label schema as TOML.")),
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
