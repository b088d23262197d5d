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


def treebank(path: Path) -> list[Sentence]:
    """Return the sentences of the treebank at `path`; end with a sentence where it has none."""
    try:
        found = list(sentences(path))
    except OSError as trouble:
        raise SystemExit(f"{path}: {trouble.strerror}") from None
    except (ValueError, LookupError):
        raise SystemExit(f"{path} is not CoNLL-U in UTF-8.") from None
    if not any(one.words and one.text.strip() for one in found):
        raise SystemExit(f"{path} holds no sentence.")
    return found


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
