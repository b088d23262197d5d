"""Treebanks in CoNLL-U, as far as the benches of words and sentences need them."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Word(NamedTuple):
    """A word between blanks, as it is written, and the syntactic words that it holds."""

    form: str
    parts: tuple[str, ...]


class Sentence(NamedTuple):
    """A sentence as it is written, and its words."""

    text: str
    words: tuple[Word, ...]


def sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of the treebank at `path`."""
    text, rows = "", []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# text = "):
                text = line.removeprefix("# text = ")
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                yield Sentence(text, tuple(_words(rows)))
                text, rows = "", []
    if rows:
        yield Sentence(text, tuple(_words(rows)))


def _words(rows: list[list[str]]) -> Iterator[Word]:
    last = 0
    forms = {row[0]: row[1] for row in rows}
    for number, form, *_ in rows:
        if "-" in number:
            first, end = map(int, number.split("-"))
            yield Word(form, tuple(forms[str(n)] for n in range(first, end + 1)))
            last = end
        elif "." not in number and int(number) > last:
            yield Word(form, (form,))
