"""Arguments and options that several commands take, each said once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from annotator.cli.commands import Argument, Option
from annotator.cli.values import Number, OneOf, Text
from annotator.core.model import KINDS, STATUSES
from annotator.i18n import marked

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def argument(name: str, about: str, **settings: Any) -> Decorator:  # noqa: ANN401
    """Return a decorator that gives a command an argument; `about` is marked."""
    settings.setdefault("type", Text())
    return click.argument(name, cls=Argument, help=about, **settings)


def option(*names: str, about: str, **settings: Any) -> Decorator:  # noqa: ANN401
    """Return a decorator that gives a command an option; `about` is marked."""
    if not settings.get("is_flag"):
        settings.setdefault("type", Text())
    return click.option(*names, cls=Option, help=about, **settings)


def path(name: str, about: str, **settings: Any) -> Decorator:  # noqa: ANN401
    """Return a decorator that gives a command the path of a file or a folder."""
    return argument(name, about, type=click.Path(path_type=Path, readable=False), **settings)


def new_path(*names: str, about: str, metavar: str, required: bool = False) -> Decorator:
    """Return a decorator that gives a command the option of a path: None unless it is given."""
    kind = click.Path(path_type=Path, readable=False)
    return option(*names, type=kind, required=required, metavar=metavar, about=about)


def project_file() -> Decorator:
    """Return the argument that names the project file."""
    return path("file", marked("The project file."))


def annotator(*, required: bool = True) -> Decorator:
    """Return the option that says in whose name something is done."""
    about = marked("The annotator in whose name it is done.")
    given: dict[str, Any] = {"required": True} if required else {"default": ""}
    return option("--as", "name", metavar="ANNOTATOR", about=about, **given)


def lead() -> Decorator:
    """Return the option that says which lead changes the project; the role unless said."""
    about = marked("The lead in whose name it is done; the role lead unless said.")
    return option("--as", "who", default="", metavar="LEAD", about=about)


def journals() -> Decorator:
    """Return the option that says which journals of other files are taken too."""
    about = marked(
        "Take what the journal of another file of the project has, by its replica, or `all`; may be"
        " given several times."
    )
    return option("--journals", multiple=True, metavar="REPLICA", about=about)


def filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` the options that choose the rows of a listing."""
    for one in reversed(_FILTERS):
        command = one(command)
    return command


_FILTERS = (
    option(
        "--article",
        metavar="UID",
        default="",
        about=marked("Only this article: its uid or SHA-256."),
    ),
    option(
        "--who", metavar="ANNOTATOR", default="", about=marked("Only what is this annotator's.")
    ),
    option("--kind", type=OneOf(KINDS), default=None, about=marked("Only labels of this kind.")),
    option("--type", metavar="TYPE", default="", about=marked("Only labels of this type.")),
    option(
        "--status", type=OneOf(STATUSES), default=None, about=marked("Only layers of this status.")
    ),
    option("--limit", type=Number(), default=0, about=marked("At most so many rows; 0 is all.")),
)
