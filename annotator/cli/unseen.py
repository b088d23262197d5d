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
    from annotator.core.errors import UserError
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
        seen: dict[int, Article] = {}
        rows = [_row(project, one, seen, right=right) for one in wanted]
    rows = [(row, trouble) for row, trouble in rows if row["unseen"] or trouble]
    if output.as_json:
        output.answer({"articles": [row for row, _ in rows]})
        return DONE
    for row, trouble in rows:
        output.say(_line(output, row, trouble))
    if not rows:
        output.say(output.language.text(marked("Nothing in the articles is unseen.")))
    return DONE


def _articles(project: "Project", name: str) -> Iterator["Article"]:
    from annotator.services.listing import Filter, articles

    for row in articles(project, Filter(article=name) if name else Filter()):
        yield project.article(str(row["sha256"]))


def _row(
    project: "Project", article: "Article", seen: "dict[int, Article]", *, right: bool
) -> tuple[dict[str, Any], "UserError | None"]:
    """Return what is told of an article, and why its text reads wrong, where it does.

    `seen` are the articles before it, by the hash of their words.
    """
    from annotator.arabic.unseen import counts_of
    from annotator.services.newarticles import WITH_COPY, righted_copy, unseen_trouble

    text = project.text(article.sha256)
    counts = counts_of(text)
    trouble = unseen_trouble(text, counts) or _same(article, text, seen)
    row: dict[str, Any] = {"uid": article.uid, "title": article.title, "unseen": counts}
    row["remark"] = trouble.code if trouble else None
    if right and trouble is not None and trouble.code in WITH_COPY:
        row["copy"] = righted_copy(project, article.sha256).articles[0].uid
    return row, trouble


def _same(article: "Article", text: str, seen: "dict[int, Article]") -> "UserError | None":
    """Return that an article says what one before it says, where it does."""
    from annotator.arabic.fold import index_fold
    from annotator.services.newarticles import same_body

    other = seen.setdefault(hash(index_fold(text)), article)
    return None if other is article or not text.strip() else same_body(other)


def _line(output: Output, row: dict[str, Any], trouble: "UserError | None") -> str:
    from annotator.services.textsentences import unseen_of
    from annotator.services.wording import sentence

    language = output.language
    parts = [f"{row['uid']}  {row['title']}"]
    if row["unseen"]:
        parts.append(unseen_of(language, row["unseen"]))
    if trouble is not None:
        parts.append(sentence(trouble, language))
    if row.get("copy"):
        parts.append(language.text(marked("The copy: {uid}"), uid=row["copy"]))
    return "\n    ".join(parts)
