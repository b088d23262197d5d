"""`hashiya unseen`: what articles hold that is not seen, and copies of them put right."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.commands import Command
from annotator.cli.opened import opened
from annotator.cli.options import option, project_file
from annotator.cli.output import DONE, Output
from annotator.i18n import marked

if TYPE_CHECKING:
    from annotator.core.model import Article
    from annotator.store.project import Project


@click.command(
    "unseen",
    cls=Command,
    saved="nothing",
    help=marked(
        "Direction marks, characters of no width, tatweel, no-break and double spaces, shapes of"
        " letters: counted by article. A text never changes; with --right, an article whose text"
        " is stored as it is seen, or in shapes, gets a copy in letters and in the order of"
        " reading beside it, which names it."
    ),
)
@project_file()
@option(
    "--article", metavar="UID", default="", about=marked("Only this article: its uid or SHA-256.")
)
@option("--right", is_flag=True, about=marked("Add copies put right of those that read wrong."))
@click.pass_obj
def unseen(output: Output, /, file: Path, article: str, right: bool) -> int:
    """Say what articles hold that is not seen."""
    with opened(output, file) as project:
        wanted = list(_articles(project, article))
        rows = [_row(project, one, right=right) for one in wanted]
    rows = [row for row in rows if row["unseen"] or row["remark"]]
    if output.as_json:
        output.answer({"articles": rows})
        return DONE
    for row in rows:
        output.say(_line(output, row))
    if not rows:
        output.say(output.language.text(marked("Nothing in the articles is unseen.")))
    return DONE


def _articles(project: "Project", name: str) -> Iterator["Article"]:
    from annotator.services.listing import Filter, articles

    for row in articles(project, Filter(article=name) if name else Filter()):
        yield project.article(str(row["sha256"]))


def _row(project: "Project", article: "Article", *, right: bool) -> dict[str, Any]:
    from annotator.arabic.unseen import counts_of
    from annotator.services.newarticles import righted_copy, unseen_trouble

    text = project.text(article.sha256)
    counts = counts_of(text)
    trouble = unseen_trouble(text, counts)
    row: dict[str, Any] = {"uid": article.uid, "title": article.title, "unseen": counts}
    row["remark"] = trouble.code if trouble else None
    if right and trouble is not None and trouble.code != "direction_forced":
        row["copy"] = righted_copy(project, article.sha256).uid
    return row


def _line(output: Output, row: dict[str, Any]) -> str:
    from annotator.core.errors import UserError
    from annotator.services.textsentences import unseen_of
    from annotator.services.wording import sentence

    language = output.language
    parts = [f"{row['uid']}  {row['title']}"]
    if row["unseen"]:
        parts.append(unseen_of(language, row["unseen"]))
    if row["remark"]:
        n = sum(row["unseen"].get(kind, 0) for kind in _TOLD_BY[row["remark"]])
        parts.append(sentence(UserError(row["remark"], n=n), language))
    if row.get("copy"):
        parts.append(language.text(marked("The copy: {uid}"), uid=row["copy"]))
    return "\n    ".join(parts)


_TOLD_BY = {
    "order_of_eye": (),
    "direction_forced": ("override",),
    "joined_shapes": ("shapes",),
}
"""The kinds whose number a remark tells."""
