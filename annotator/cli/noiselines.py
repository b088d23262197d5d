"""`hashiya noise-lines`: lines that are always noise on a site, kept, found and given the role."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.opened import opened
from annotator.cli.options import lead, option, project_file
from annotator.cli.output import DONE, Output
from annotator.cli.wronguse import WrongUse
from annotator.i18n import marked

if TYPE_CHECKING:
    from annotator.core.noiselines import NoiseLine
    from annotator.services.noiselines import Changed, Place
    from annotator.services.progress import Progress
    from annotator.store.project import Project

_UID = 8
"""Characters of a rule's uid that are shown; as many as tell it apart are enough."""
_NO_RULE = marked("No rule yet: add one with --add.")
_NOTHING_LEFT = marked("No line that a rule means is left to be made noise.")


@click.command(
    "noise-lines",
    cls=Command,
    saved="nothing",
    help=marked(
        "Without an option the rules are listed. A rule is a line of text, never a pattern:"
        " vocalisation and spaces are passed over. It holds for what is imported later from its"
        " site, the host in the source of an article, or for articles without a source. Its lines"
        " in articles that are there can be found and be given the role: one gesture, and one"
        " `hashiya undo --as LEAD --gesture` takes it back. Lines with labels are left out."
    ),
)
@project_file()
@option("--add", metavar="LINE", default=None, about=marked("Keep this line as a rule."))
@option(
    "--site", metavar="SITE", default="", about=marked("The site of the rule, or a source of it.")
)
@option(
    "--beginning", is_flag=True, about=marked("The rule means every line that begins with LINE.")
)
@option(
    "--remove",
    metavar="UID",
    default="",
    about=marked("Take away the rule that has this uid, or whose uid begins so."),
)
@option("--find", is_flag=True, about=marked("List the lines in articles that are there."))
@option("--apply", "applies", is_flag=True, about=marked("Give those lines the role noise."))
@lead()
@click.pass_obj
def noise_lines(
    output: Output,
    /,
    file: Path,
    add: str | None,
    site: str,
    beginning: bool,
    remove: str,
    find: bool,
    applies: bool,
    who: str,
) -> int:
    """Keep lines that are always noise on a site."""
    if add is None and (site or beginning):
        raise WrongUse(marked("--site and --beginning belong to --add."))
    if (add is not None) + bool(remove) + find > 1 or (applies and (remove or find)):
        raise WrongUse(marked("Choose one of --add, --remove, --find and --apply."))
    with opened(output, file) as project, _looking(output) as progress:
        if remove:
            _remove(output, project, remove, who)
        elif add is not None or applies:
            new = [] if add is None else [_rule(site, add, beginning=beginning)]
            _keep(output, project, new, who, progress, applies=applies)
        elif find:
            _find(output, project, progress)
        else:
            _list(output, project)
    return DONE


def _looking(output: Output) -> Any:  # noqa: ANN401
    return output.progress(output.language.text(marked("Looking …")))


def _rule(site: str, line: str, *, beginning: bool) -> "NoiseLine":
    from annotator.core import noiselines

    match = noiselines.BEGINNING if beginning else noiselines.WHOLE
    return noiselines.made(site, line, match)


# --- doing ----------------------------------------------------------------------------------------


def _remove(output: Output, project: "Project", uid: str, who: str) -> None:
    from annotator.services import annotators, noiselines

    rule = noiselines.rule_called(project, uid)
    made = noiselines.remove(project, rule, annotators.lead(project, who))
    output.answer({"rule": _row(rule), "gesture": made.gesture if made else ""})
    said = marked("Taken away: “{line}”. Lines that got the role by it keep it.")
    output.say(output.language.text(said, line=rule.line))


def _keep(
    output: Output,
    project: "Project",
    new: "list[NoiseLine]",
    who: str,
    progress: "Progress",
    *,
    applies: bool,
) -> None:
    """Keep the rules `new`; where it `applies` their lines get the role, or all rules' lines."""
    from annotator.services import annotators, noiselines

    places = []
    if applies:
        places = list(noiselines.places(project, new or noiselines.rules(project), progress))
    free = [one for one in places if one.can_change]
    made = noiselines.keep(project, new, free, annotators.lead(project, who), progress)
    _tell(output, new, made, len(places) - len(free))


def _tell(output: Output, new: "list[NoiseLine]", made: "Changed", n_labelled: int) -> None:
    language, left_out = output.language, made.left_out + n_labelled
    told: dict[str, Any] = {"rule": _row(new[0])} if new else {}
    output.answer(
        {
            **told,
            "gesture": made.gesture,
            "n": made.lines,
            "n_articles": len(made.articles),
            "left_out": left_out,
        }
    )
    for rule in new:
        said = marked("Kept: “{line}”.") if made.gesture else marked("There already: “{line}”.")
        output.say(language.text(said, line=rule.line))
    if made.lines:
        n_articles = len(made.articles)
        lines = language.plural("{n} line", "{n} lines", made.lines)
        articles = language.plural("in {n} article", "in {n} articles", n_articles)
        output.say(language.text(marked("Noise now: {what}"), what=f"{lines} {articles}"))
    elif not new and not left_out:
        output.say(language.text(_NOTHING_LEFT))
    if left_out:
        output.say(language.text(marked("Left as they are, for their labels: {n}"), n=left_out))
    if made.gesture:
        output.say(language.text(marked("The gesture: {gesture}"), gesture=made.gesture))


# --- listing --------------------------------------------------------------------------------------


def _row(rule: "NoiseLine") -> dict[str, str]:
    return {"uid": rule.uid, "site": rule.site, "line": rule.line, "match": rule.match}


def _list(output: Output, project: "Project") -> None:
    from annotator.services import noiselines

    rules = noiselines.rules(project)
    output.answer({"rules": [_row(one) for one in rules]})
    text = output.language.text
    heads = (marked("Rule"), marked("Site"), marked("Compared"), marked("Line"))
    cells = [
        (
            one.uid[:_UID],
            one.site or text(noiselines.NO_SITE),
            text(noiselines.COMPARED[one.match]),
            one.line,
        )
        for one in rules
    ]
    _show(output, heads, cells, _NO_RULE)


def _find(output: Output, project: "Project", progress: "Progress") -> None:
    from annotator.services import noiselines

    rules = noiselines.rules(project)
    places = list(noiselines.places(project, rules, progress))
    rows = [_found(project, one) for one in places]
    n_labelled = sum(not one.can_change for one in places)
    output.answer({"places": rows, "n": len(rows), "n_labelled": n_labelled})
    heads = (marked("Article"), marked("Place"), marked("Labels"), marked("Text"))
    cells = [
        (row["article"], f"{row['start']}–{row['end']}", row["n_labels"], row["quote"])
        for row in rows
    ]
    _show(output, heads, cells, _NOTHING_LEFT if rules else _NO_RULE)


def _found(project: "Project", one: "Place") -> dict[str, Any]:
    return {
        "article": one.article[:16],
        "start": one.start,
        "end": one.end,
        "quote": project.text(one.article)[one.start : one.end].strip(),
        "roles": list(one.roles),
        "n_labels": one.n_labels,
    }


def _show(
    output: Output, heads: tuple[str, ...], cells: "list[tuple[Any, ...]]", nothing: str
) -> None:
    """Show a table where no JSON was asked for; say `nothing` where it is empty."""
    from annotator.cli.tables import lines_of

    if output.as_json:
        return
    head = [output.language.text(one) for one in heads]
    for line in lines_of(head, cells, output.keeps_cells_apart):
        output.show_row(line)
    if not cells:
        output.remark(output.language.text(nothing))
