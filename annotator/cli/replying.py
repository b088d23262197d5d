"""`hashiya reply`."""

from pathlib import Path

import click

from annotator.cli.commands import Command
from annotator.cli.opened import opened
from annotator.cli.options import new_path, option, project_file
from annotator.cli.output import Output
from annotator.cli.values import Names
from annotator.i18n import marked


@click.command(
    "reply",
    cls=Command,
    help=marked(
        "Each annotator gets one bundle, to be merged into her file: the label schema, withdrawn"
        " articles, answers to her questions and what is assigned to her, with its articles."
        " Nothing of anybody else is in it."
    ),
)
@project_file()
@option(
    "--to",
    "names",
    type=Names(),
    required=True,
    metavar="ANNOTATOR,…",
    about=marked("Whom to reply to."),
)
@new_path(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="FOLDER",
    about=marked("The folder for the bundles; it is made where it is missing."),
)
@click.pass_obj
def reply(output: Output, file: Path, names: tuple[str, ...], folder: Path) -> None:
    """Send back to annotators what concerns them."""
    from annotator.services import replying

    language = output.language
    title = language.text(marked("Replying"))
    with opened(output, file) as project, output.progress(title) as progress:
        replies = replying.reply(project, names, folder, progress)
    told = [
        {
            "path": str(one.path),
            "annotator": one.name,
            "operations": one.operations,
            "articles": one.articles,
            "fingerprint": one.fingerprint,
        }
        for one in replies
    ]
    output.answer({"replies": told})
    for one in replies:
        path, name = language.quoted(str(one.path)), language.quoted(one.name)
        output.say(language.text(marked("Reply to {name}: {path}"), name=name, path=path))
