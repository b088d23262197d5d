"""`hashiya handin`."""

from pathlib import Path

import click

from annotator.cli.commands import Command
from annotator.cli.opened import opened
from annotator.cli.options import new_path, project_file
from annotator.cli.output import Output
from annotator.i18n import marked


@click.command(
    "handin",
    cls=Command,
    saved="nothing",
    help=marked(
        "A file that was handed out gives what its annotator did in it, a lead's file all that it"
        " holds. An existing bundle is replaced as a whole. The file stays as it is, and can hand"
        " in again at any time."
    ),
)
@project_file()
@new_path(
    "-o",
    "--output",
    "to",
    required=True,
    metavar="BUNDLE.zip",
    about=marked("The bundle to write."),
)
@click.pass_obj
def handin(output: Output, file: Path, to: Path) -> None:
    """Hand in what was done as a bundle."""
    from annotator.services.handing_in import hand_in

    language = output.language
    title = language.text(marked("Handing in"))
    with opened(output, file) as project, output.progress(title) as progress:
        report = hand_in(project, to, progress)
    parts = [
        language.plural("{n} operation", "{n} operations", report.operations),
        language.plural("{n} layer", "{n} layers", report.layers),
    ]
    said = language.text(
        marked("Handed in, to {path}: {parts}. Fingerprint: {fingerprint}"),
        path=language.quoted(str(to)),
        parts=language.listed(parts),
        fingerprint=report.fingerprint,
    )
    told = {
        "path": str(to),
        "annotator": report.name,
        "operations": report.operations,
        "layers": report.layers,
        "articles": report.articles,
        "fingerprint": report.fingerprint,
    }
    output.report(told, said)
