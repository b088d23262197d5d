"""Parts of the HTML page of a report: tables, bars and intervals, as text that is escaped."""

from collections.abc import Iterable, Sequence
from html import escape

from annotator.agreement.figures import NOT_UNITIZED, Figure
from annotator.agreement.intervals import LEAST_ARTICLES
from annotator.agreement.report import NO_SPAN, Confusion, PairRow, Reader, TypeRow
from annotator.i18n import Language, marked
from annotator.services.agreeingnames import Naming
from annotator.services.agreeingwords import at_most, figure_name, interval_of, said, value_of, why

FEW_LABELS = 30
"""Types with fewer labels are shown greyed."""
_MOST_TYPES = 24
"""Types that a matrix shows; the rest is in the CSV."""


def number(told: object) -> str:
    """Return a number that keeps its direction in Arabic text."""
    return f'<bdi dir="ltr">{escape(str(told))}</bdi>'


def section(title: str, parts: Iterable[str], note: str = "") -> str:
    """Return a card with a title, and a note beside it."""
    beside = f"<small>{escape(note)}</small>" if note else ""
    return f"<section><h2>{escape(title)} {beside}</h2>{''.join(parts)}</section>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    """Return a table; `head` is text, `rows` are cells of HTML."""
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="wide"><table class="{kind}"><thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def strip(figures: Iterable[tuple[str, Figure]], language: Language) -> str:
    """Return figures one under another, by the names of their fields or keys."""
    return lines([(figure_name(name, language), figure) for name, figure in figures], language)


def lines(figures: Iterable[tuple[str, Figure]], language: Language) -> str:
    """Return figures one under another: name, value, point with its interval, and what it is over.

    Drawn from 0 to 1, in the direction of the page.
    """
    rows = []
    for name, figure in figures:
        over = language.text(
            marked("items {n}, articles {articles}"), n=figure.n, articles=figure.n_articles
        )
        told = " · ".join(filter(None, (over, why(figure, language), at_most(figure, language))))
        rows.append(
            (
                escape(name),
                f"<strong>{number(value_of(figure))}</strong>",
                number(interval_of(figure)),
                _line(figure),
                f"<small>{escape(told)}</small>",
            )
        )
    head = [
        language.text(title)
        for title in (
            marked("Figure"),
            marked("Value"),
            marked("95 % interval"),
            "",
            marked("Over"),
        )
    ]
    return table(head, rows, "strip")


def _line(figure: Figure) -> str:
    if figure.value is None:
        return '<div class="line"></div>'
    value = min(max(figure.value, 0.0), 1.0)
    bar = ""
    if figure.low is not None and figure.high is not None:
        low, high = max(figure.low, 0.0), max(figure.high, 0.0)
        bar = f'<i style="inset-inline-start:{low:.1%};width:{high - low:.1%}"></i>'
    return f'<div class="line">{bar}<b style="inset-inline-start:{value:.1%}"></b></div>'


def heat(rows: Sequence[PairRow], language: Language) -> str:
    """Return the matrix of pairs: strict F1 above the diagonal, number of articles below it."""
    readers = list(dict.fromkeys(reader for row in rows for reader in (row.first, row.second)))
    found = {frozenset((row.first, row.second)): row for row in rows}
    lines = [
        [
            escape(one.name),
            *(_pair_cell(one, at, other, to, found) for to, other in _numbered(readers)),
        ]
        for at, one in _numbered(readers)
    ]
    return table(["", *(reader.name for reader in readers)], lines, "matrix")


def _numbered(readers: list[Reader]) -> list[tuple[int, Reader]]:
    return list(enumerate(readers))


def _pair_cell(
    one: Reader, at: int, other: Reader, to: int, found: dict[frozenset[Reader], PairRow]
) -> str:
    row = found.get(frozenset((one, other)))
    if row is None or at == to:
        return ""
    if at > to:
        return number(row.n_articles)
    few = " few" if row.n_articles < LEAST_ARTICLES else ""
    share = row.strict.value if row.strict.value is not None else 0.0
    told = number(value_of(row.strict))
    return f'<span class="cell{few}" style="--share:{share:.2f}">{told}</span>'


def bars(rows: Sequence[TypeRow], naming: Naming, language: Language) -> str:
    """Return a bar for each type: strict, overlap behind it, the interval, and the number."""
    told = []
    for row in rows:
        few = " few" if row.n < FEW_LABELS else ""
        strict, overlap = (figure.value or 0.0 for figure in (row.strict, row.overlap))
        bar = (
            f'<div class="bar{few}"><i style="width:{max(overlap, 0):.1%}"></i>'
            f'<b style="width:{max(strict, 0):.1%}"></b></div>'
        )
        strict_f1, *others = (_value(figure, language) for figure in _figures(row))
        interval = number(interval_of(row.strict))
        name = escape(naming(row.type))
        told.append([name, number(row.n), bar, strict_f1, interval, *others])
    head = (
        *(marked("Type"), marked("Labels"), "", marked("Strict"), marked("95 % interval")),
        *(marked("Overlap"), marked("Unitized alpha")),
    )
    width = len(told[0]) if told else len(head)
    return table([language.text(title) for title in head[:width]], told, "bars")


def _figures(row: TypeRow) -> list[Figure]:
    figures = [row.strict, row.overlap]
    return figures if row.unitized.reason == NOT_UNITIZED else [*figures, row.unitized]


def _value(figure: Figure, language: Language) -> str:
    """Return a value, or why there is none."""
    if figure.value is not None:
        return number(value_of(figure))
    return f"{number('—')} <small>{escape(said(figure.reason, language))}</small>"


def matrix(found: Confusion, naming: Naming, nothing: str, language: Language) -> str:
    """Return a confusion matrix; `nothing` names the side on which there is no label."""
    sizes: dict[str, int] = {}
    for (one, other), n in found.items():
        for name in (one, other):
            sizes[name] = sizes.get(name, 0) + n
    names = sorted((name for name in sizes if name != NO_SPAN), key=lambda name: -sizes[name])
    names = [*names[:_MOST_TYPES], *([NO_SPAN] if NO_SPAN in sizes else [])]
    greatest = max((n for (one, other), n in found.items() if one != other), default=1)
    rows = [
        [
            _name(one, naming, nothing),
            *(_count_cell(found, one, other, greatest) for other in names),
        ]
        for one in names
    ]
    head = ["", *(naming.short(name) if name else nothing for name in names)]
    left = len(sizes) - len(names)
    more = language.text(marked("More of them: {n}"), n=left) if left else ""
    return table(head, rows, "matrix") + (f"<p><small>{escape(more)}</small></p>" if more else "")


def _name(id: str, naming: Naming, nothing: str) -> str:
    return escape(naming(id) if id else nothing)


def _count_cell(found: Confusion, one: str, other: str, greatest: int) -> str:
    n = found.get((one, other), 0)
    if not n:
        return ""
    kind = "same" if one == other else "other"
    share = 1.0 if one == other else n / greatest
    return f'<span class="cell {kind}" style="--share:{share:.2f}">{number(n)}</span>'


def stack(rows: Iterable[tuple[str, Sequence[tuple[str, int]]]], language: Language) -> str:
    """Return stacked bars: a name, and counts by code in the order of their colours."""
    lines, codes = [], []
    for name, counts in rows:
        total = sum(n for _, n in counts)
        parts = "".join(
            f'<i class="c{at}" style="width:{n / total:.1%}">{number(n)}</i>'
            for at, (code, n) in enumerate(counts)
            if n
        )
        codes = [code for code, _ in counts]
        lines.append([escape(name), f'<div class="stack">{parts}</div>', number(total)])
    legend = "".join(
        f'<span><i class="c{at}"></i> {escape(said(code, language))}</span>'
        for at, code in enumerate(codes)
    )
    return table(["", "", language.text(marked("Items"))], lines, "stacks") + (
        f'<p class="legend">{legend}</p>'
    )


def counts(found: Iterable[tuple[str, int]], language: Language) -> str:
    """Return counts by code, the greatest first; nothing where all are 0."""
    ordered = sorted(found, key=lambda pair: -pair[1])
    rows = [(escape(said(code, language)), number(n)) for code, n in ordered if n]
    if not rows:
        return ""
    return table([language.text(marked("Why")), language.text(marked("Items"))], rows)
