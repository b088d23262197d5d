"""What words of the command line may be: choices, numbers, lists, shares, and plain text."""

import sys
from collections.abc import Sequence

import click

from annotator.cli.wronguse import WrongUse
from annotator.i18n import marked

_LONG = 10
"""Digits that no share needs."""


def text_of(value: str) -> str:
    """Return `value`; refuse bytes of the command line that were not text, which Python keeps."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise WrongUse(marked("“{value}” is not text in UTF-8."), value=value) from None
    return value


class Text(click.ParamType[str]):
    """Any text."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return `value` as it is."""
        return text_of(value)


class OneOf(click.ParamType[str]):
    """One of a few words."""

    name = "word"

    def __init__(self, words: Sequence[str]) -> None:
        """Take one of `words`."""
        self.words = tuple(words)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return `value` where it is one of the words."""
        if value not in self.words:
            said = marked("“{value}” does not fit {name}: give one of {words}.")
            raise WrongUse(said, value=value, name=_name(param), words=" | ".join(self.words))
        return value

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show the words."""
        return "|".join(self.words)


class Number(click.ParamType[int]):
    """A whole number from 0."""

    name = "number"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return `value` as a number."""
        try:
            number = int(value)
        except ValueError:
            number = -1
        if not 0 <= number <= sys.maxsize:
            said = marked("“{value}” does not fit {name}: give a whole number from 0.")
            raise WrongUse(said, value=value, name=_name(param))
        return number

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show the letter that stands for a number."""
        return "N"


class Shares(click.ParamType[tuple[int, ...]]):
    """Shares in hundredths, as in 80/10/10: two or three that make 100."""

    name = "shares"

    def convert(
        self,
        value: str | tuple[int, ...],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[int, ...]:
        """Return the numbers between the strokes."""
        if isinstance(value, tuple):
            return value
        parts = value.split("/")
        shares = tuple(int(part) for part in parts if part.isdecimal())
        if len(shares) != len(parts) or len(shares) not in (2, 3) or sum(shares) != 100:
            said = marked("“{value}” does not fit {name}: give two or three shares that make 100.")
            raise WrongUse(said, value=value, name=_name(param))
        return shares


class Weights(click.ParamType[tuple[int, ...]]):
    """Whole numbers with commas between them, Arabic commas too."""

    name = "weights"

    def convert(
        self,
        value: str | tuple[int, ...],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[int, ...]:
        """Return the numbers."""
        if isinstance(value, tuple):
            return value
        parts = text_of(value).replace("،", ",").split(",")
        if not all(part.strip().isdecimal() and len(part) < _LONG for part in parts):
            said = marked("“{value}” does not fit {name}: give whole numbers as in 2,1,1.")
            raise WrongUse(said, value=value, name=_name(param))
        return tuple(int(part) for part in parts)


class Names(click.ParamType[tuple[str, ...]]):
    """Names with commas between them, Arabic commas too."""

    name = "names"

    def convert(
        self,
        value: str | tuple[str, ...],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, ...]:
        """Return the names, without white space around them."""
        if isinstance(value, tuple):
            return value
        parts = text_of(value).replace("،", ",").split(",")
        return tuple(part.strip() for part in parts if part.strip())


def _name(parameter: click.Parameter | None) -> str:
    return parameter.opts[-1] if parameter else "?"
