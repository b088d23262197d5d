"""Pages whose roles were read by a person: the sample articles, and pages of our own.

`seed_roles.tsv` has a line for each stretch (start of the seed's name, start, end, role);
`pages/*.tsv` a line for each line of a page (role, text). Two more than the seeds show: bullets and
verses that are body, a link in the middle, questions, credits, hashtags, a bar about cookies.
`otherpages/*.tsv` are pages as other kinds of site have them, written before the rules were held
against them: bars of sections, players, sharing, credits of pictures, boxes amid the body.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).resolve().parent
_SEEDS = _HERE.parents[1] / "seeds" / "articles"


class Read(NamedTuple):
    """A stretch `[start, end)` of a page, and the role that a person read in it."""

    start: int
    end: int
    role: str


class Page(NamedTuple):
    """A page as text, and all of it that is not blank with its roles."""

    name: str
    text: str
    read: list[Read]


def seeds() -> list[Page]:
    """Return the sample articles."""
    found: dict[str, list[Read]] = {}
    lines = (_HERE / "seed_roles.tsv").read_text("utf-8").splitlines()
    for line in lines[1:]:
        seed, start, end, role = line.split("\t")
        found.setdefault(seed, []).append(Read(int(start), int(end), role))
    return [Page(seed, _text_of(seed), read) for seed, read in found.items()]


def own() -> list[Page]:
    """Return the pages that were written for this."""
    return [_page(file) for file in sorted((_HERE / "pages").glob("*.tsv"))]


def others() -> list[Page]:
    """Return the pages in the styles of other sites, of which the rules knew nothing."""
    return [_page(file) for file in sorted((_HERE / "otherpages").glob("*.tsv"))]


def _text_of(seed: str) -> str:
    (file,) = _SEEDS.glob(f"{seed}_*.txt")
    return file.read_text("utf-8")


def _page(file: Path) -> Page:
    lines = file.read_text("utf-8").splitlines()
    return Page(file.stem, "\n".join(line.partition("\t")[2] for line in lines), [*_read(lines)])


def _read(lines: list[str]) -> Iterator[Read]:
    start = 0
    for line in lines:
        role, _, text = line.partition("\t")
        if text:
            yield Read(start, start + len(text), role)
        start += len(text) + 1
