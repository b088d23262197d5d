"""Lines that are always noise on a site, in articles that are imported: the project's rules hold.

Of a file of text the regions are found anew as if those lines were blank, so that what stands on
top of every page is no headline. Regions that a row of JSONL gives itself stay as they are.
"""

from collections.abc import Iterator

from annotator.core.model import BY_RULE, Article, Region, extent_of, replace
from annotator.core.noiselines import NoiseLines, n_labels_in
from annotator.formats.base import Unit
from annotator.formats.plaintext import headline, regions_of, title_of_file, whole_body
from annotator.services.noiselines import as_noise, rules
from annotator.store.project import Project


class NoiseInImport:
    """Gives units the regions that they have by the project's rules."""

    def __init__(self, project: Project) -> None:
        self._lines = NoiseLines(rules(project))

    def in_unit(self, unit: Unit, article: Article) -> tuple[Article, tuple[Region, ...]]:
        """Return the article and the regions of `unit` as the rules leave them."""
        is_file = not unit.line
        if not is_file and unit.regions != whole_body(unit.text):
            return article, unit.regions
        lines = _free(unit, self._lines.places(article.source, unit.text))
        if not lines:
            return article, unit.regions
        found = regions_of(_blanked(unit.text, lines)) if is_file else unit.regions
        regions = tuple(as_noise(found, lines, BY_RULE))
        if is_file and article.title == headline(unit.text, unit.regions):
            title = headline(unit.text, regions) or title_of_file(unit.source)
            article = replace(article, title=title)
        return article, regions


def _free(unit: Unit, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return those of `lines` in which no label of `unit` has a letter."""
    labels = unit.reading.labels if unit.reading else ()
    spans = [[(span.start, span.end) for span in extent_of(label)] for label in labels]
    n_labels = n_labels_in(lines, spans)
    return [line for line, n in zip(lines, n_labels, strict=True) if not n]


def _blanked(text: str, lines: list[tuple[int, int]]) -> str:
    r"""Return `text` with blanks for `lines`, every offset as it was.

    >>> _blanked("تابعونا\nخبر", [(0, 8)])
    '       \nخبر'
    """
    return "".join(_parts(text, lines))


def _parts(text: str, lines: list[tuple[int, int]]) -> Iterator[str]:
    last = 0
    for start, end in lines:
        yield text[last:start]
        yield "".join(one if one == "\n" else " " for one in text[start:end])
        last = end
    yield text[last:]
