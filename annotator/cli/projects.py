"""`hashiya new`."""

from pathlib import Path

import click

from annotator.cli.commands import Command
from annotator.cli.options import option, path
from annotator.cli.output import Output
from annotator.i18n import marked


@click.command(
    "new",
    cls=Command,
    saved="nothing",
    help=marked(
        "The file is a lead's: in it the label schema, regions and assignments can be changed. An"
        " existing file is left as it is."
    ),
)
@path("file", marked("The file to make; its name ends in .hashiya."))
@option(
    "--schema",
    default="news",
    metavar="SCHEMA",
    about=marked(
        "What may be labelled: news, ace, wojood or stance, a TOML file, or the project file to"
        " take it from; news unless said."
    ),
)
@option(
    "--title", default="", metavar="TITLE", about=marked("The title; the file's name unless said.")
)
@click.pass_obj
def new(output: Output, file: Path, schema: str, title: str) -> None:
    """Make a project file."""
    from annotator.services import projects

    projects.new(file, schema, title)
    made = output.language.text(marked("Made the project “{path}”."), path=file)
    output.report({"path": str(file)}, made)
