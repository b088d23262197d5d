"""`hashiya formats`."""

import click

from annotator.cli.commands import Command
from annotator.cli.output import Output
from annotator.i18n import Language, marked


@click.command(
    "formats",
    cls=Command,
    help=marked("What a format cannot hold is counted and told when it is written."),
)
@click.pass_obj
def formats(output: Output) -> None:
    """List the formats that can be used."""
    from annotator.formats import registry

    found = [
        {
            "name": one.name,
            "reads": one.reads,
            "writes": one.writes,
            "unit": one.unit,
            "losses": list(one.losses),
        }
        for one in registry.formats()
    ]
    if output.as_json:
        output.answer({"formats": found})
    else:
        _show(output, found)


def _show(output: Output, found: list[dict[str, object]]) -> None:
    from annotator.cli.tables import lines_of

    language = output.language
    head = (
        marked("Format"),
        marked("Reads"),
        marked("Writes"),
        marked("Offsets"),
        marked("Not held"),
    )
    rows = ([_cell(value, language) for value in one.values()] for one in found)
    for line in lines_of([language.text(one) for one in head], rows, output.keeps_cells_apart):
        output.show_row(line)


def _cell(value: object, language: Language) -> str:
    from annotator.services.wording import word

    if isinstance(value, bool):
        return language.text(marked("yes")) if value else language.text(marked("no"))
    if isinstance(value, list):
        return language.listed(word(str(one), language) for one in value) or "—"
    return word(str(value), language) or "—"
