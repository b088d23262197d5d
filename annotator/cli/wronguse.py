"""Wrong use of the command line, worded: what click refuses, and what our own values refuse."""

import difflib
from collections.abc import Iterable

import click

from annotator.cli.output import WRONG_USE, Output
from annotator.i18n import Language, marked

CODE = "wrong_use"


class WrongUse(click.UsageError):
    """Words of a command line that do not fit; `template` is a marked sentence for `data`."""

    def __init__(self, template: str, ctx: click.Context | None = None, **data: object) -> None:
        """Refuse with `template`, filled when the language is known."""
        super().__init__(template, ctx)
        self.data = data


def told(output: Output, error: BaseException) -> int | None:
    """Tell what click or we raised, and return its exit code; None where it is nothing of that."""
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if not isinstance(error, click.ClickException):
        return None
    output.fail_with(CODE, worded(error, output.language))
    context = getattr(error, "ctx", None)
    if context is not None and not (output.as_json or context.obj.is_quiet):
        output.remark(f"{context.command_path} --help")
    return WRONG_USE


def worded(error: click.ClickException, language: Language) -> str:
    """Return what click or we refused, as one sentence."""
    match error:
        case WrongUse():
            return language.text(error.message, **error.data)
        case click.MissingParameter():
            return language.text(marked("“{name}” is missing."), name=_name(error))
        case click.NoSuchOption():
            said = language.text(marked("There is no option “{name}”."), name=error.option_name)
            return _with_likely(said, error.possibilities, language)
        case click.BadOptionUsage():
            said = marked("“{name}” needs a value.")
            if _is_flag(error):
                said = marked("“{name}” takes no value.")
            return language.text(said, name=error.option_name)
        case click.BadParameter():
            return language.text(marked("The value of “{name}” does not fit."), name=_name(error))
    return language.text(marked("The words do not fit the command."))


def unknown_command(
    name: str, names: Iterable[str], ctx: click.Context, language: Language
) -> WrongUse:
    """Return the refusal of a command that does not exist, with the ones it looks like."""
    said = language.text(marked("There is no command “{name}”."), name=name)
    likely = difflib.get_close_matches(name, list(names))
    return WrongUse("{said}", ctx, said=_with_likely(said, likely, language))


def _with_likely(said: str, names: list[str] | None, language: Language) -> str:
    if not names:
        return said
    likely = language.text(marked("Did you mean {names}?"), names=language.listed(names))
    return f"{said} {likely}"


def _is_flag(error: click.BadOptionUsage) -> bool:
    parameters = error.ctx.command.params if error.ctx else []
    return any(
        isinstance(one, click.Option) and one.is_flag and error.option_name in one.opts
        for one in parameters
    )


def _name(error: click.BadParameter) -> str:
    parameter = error.param
    if parameter is None:
        return "?"
    return parameter.opts[-1] if isinstance(parameter, click.Option) else _shown(parameter)


def _shown(parameter: click.Parameter) -> str:
    return parameter.metavar or str(parameter.name).upper()
