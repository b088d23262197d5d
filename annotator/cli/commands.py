"""Commands, options and arguments whose help is in the language of the run, and that load late.

What every command takes (`--json`, `--lang`, `--quiet`, `--bidi`, `--help`) is added here, and here
what goes wrong in one becomes a sentence and an exit code.
"""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import click

from annotator.cli import visual, wronguse
from annotator.cli.guard import guarded
from annotator.cli.output import Output
from annotator.cli.values import OneOf
from annotator.cli.wronguse import WrongUse
from annotator.i18n import CODES, Language, marked


@dataclass(frozen=True, slots=True)
class Entry:
    """A command that is not loaded yet: its module, its name there, and what it is for."""

    module: str
    attribute: str
    summary: str


# --- what every command takes -------------------------------------------------------------------


def output_of(context: click.Context) -> Output:
    """Return how the run of `context` speaks."""
    found: Output = context.obj
    return found


class Option(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option as it is written, and its help."""
        record = super().get_help_record(ctx)
        return (record[0], _translated(self, ctx)) if record else None


class Argument(click.Argument):
    """An argument whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Return the argument as it is written, and its help."""
        return self.make_metavar(ctx), _translated(self, ctx)


def _translated(parameter: click.Parameter, ctx: click.Context) -> str:
    about = parameter.help or ""
    return output_of(ctx).language.text(about)


def _noted(name: str, value_of: Callable[[Any], Any]) -> Callable[..., None]:
    """Return a callback that notes an option's value in the run's output, where it was given."""

    def note(ctx: click.Context, _: click.Parameter, given: object) -> None:
        if given:
            ctx.obj = replace(output_of(ctx), **{name: value_of(given)})

    return note


def _show_help(ctx: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if is_asked:
        replace(output_of(ctx), as_json=False).show(ctx.get_help())
        ctx.exit()


def common_options() -> list[click.Parameter]:
    """Return the options that every command has; their values go into its output."""
    noted: dict[str, Any] = {"is_eager": True, "expose_value": False}
    return [
        Option(
            ["--json", "as_json"],
            is_flag=True,
            callback=_noted("as_json", bool),
            help=marked("Print one JSON object on stdout and nothing else there."),
            **noted,
        ),
        Option(
            ["--lang", "language"],
            type=OneOf(CODES),
            callback=_noted("language", Language.of),
            help=marked("Speak Arabic or English; codes and data stay as they are."),
            **noted,
        ),
        Option(
            ["-q", "--quiet", "is_quiet"],
            is_flag=True,
            callback=_noted("is_quiet", bool),
            help=marked("Say only what was asked for and what went wrong."),
            **noted,
        ),
        Option(
            ["--bidi"],
            type=OneOf(visual.WAYS),
            callback=_noted("bidi", str),
            help=marked("Put Arabic in visual order, for terminals that cannot; never when piped."),
            **noted,
        ),
        Option(
            ["-h", "--help"],
            is_flag=True,
            callback=_show_help,
            help=marked("Show this help."),
            **noted,
        ),
    ]


# --- commands -----------------------------------------------------------------------------------


class _Spoken(click.Command):
    """A command whose help is translated when it is shown."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        prefix = output_of(ctx).language.text(marked("Usage: "))
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=prefix)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command is for, then what else there is to say."""
        language = output_of(ctx).language
        for text in (_summary(ctx), self.help):
            if text:
                formatter.write_paragraph()
                with formatter.indentation():
                    formatter.write_text(language.text(text))

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the arguments."""
        self._format(click.Argument, marked("Positional arguments"), ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        self._format(click.Option, marked("Options"), ctx, formatter)

    def _format(
        self,
        kind: type[click.Parameter],
        title: str,
        ctx: click.Context,
        formatter: click.HelpFormatter,
    ) -> None:
        found = [item.get_help_record(ctx) for item in self.params if isinstance(item, kind)]
        rows = [row for row in found if row is not None]
        if rows:
            with formatter.section(output_of(ctx).language.text(title)):
                formatter.write_dl(rows)


def _summary(ctx: click.Context) -> str:
    parent = ctx.parent.command if ctx.parent else None
    entry = parent.entries.get(ctx.info_name or "") if isinstance(parent, Group) else None
    return entry.summary if entry else ""


class Command(_Spoken):
    """A command; it returns its exit code, and nothing is 0.

    `saved` says what may be saved when it fails: a word of `output.SAVED`.
    """

    allow_extra_args = True

    def __init__(self, name: str | None, *, saved: str = "", **settings: Any) -> None:  # noqa: ANN401
        """Make the command with the options that all have."""
        super().__init__(name, add_help_option=False, **settings)
        self.saved = saved
        self.params += common_options()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words; refuse those that are too many."""
        rest = super().parse_args(ctx, args)
        if rest:
            raise WrongUse(
                marked("There is no place for “{words}” here."), ctx, words=" ".join(rest)
            )
        return rest

    def invoke(self, ctx: click.Context) -> int:
        """Do the work; whatever goes wrong is said, never raised."""
        work = super().invoke
        return guarded(output_of(ctx), lambda: work(ctx) or 0, saved=self.saved)


class Group(_Spoken, click.Group):
    """Commands by name, each loaded when it is called and not before."""

    def __init__(self, name: str, entries: Mapping[str, Entry], **settings: Any) -> None:  # noqa: ANN401
        """Make the group of `entries`."""
        settings.setdefault("callback", _want_command)
        super().__init__(name, add_help_option=False, invoke_without_command=True, **settings)
        self.entries = entries
        self.params += common_options()

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the work."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command of that name."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        found: click.Command = getattr(importlib.import_module(entry.module), entry.attribute)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first word names."""
        if args[0] not in self.entries:
            raise wronguse.unknown_command(args[0], self.entries, ctx, output_of(ctx).language)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        language = output_of(ctx).language
        rows = [(name, language.text(entry.summary)) for name, entry in self.entries.items()]
        with formatter.section(language.text(marked("Commands"))):
            formatter.write_dl(rows)


@click.pass_context
def _want_command(ctx: click.Context) -> None:
    """Refuse to go on where no command follows."""
    if ctx.invoked_subcommand is None and isinstance(ctx.command, Group):
        names = output_of(ctx).language.listed(ctx.command.entries)
        raise WrongUse(marked("A command is missing: {names}."), ctx, names=names)
