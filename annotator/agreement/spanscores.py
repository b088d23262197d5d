"""Scores of one comparison of spans, without articles and intervals: for two readings in hand."""

from dataclasses import dataclass

import numpy as np

from annotator.agreement import matching
from annotator.agreement.arrays import Flags, Floats, Ints
from annotator.agreement.spans import AGREE, KINDS, LABEL, MISSING, Comparison, Spans


@dataclass(frozen=True, slots=True)
class Scores:
    """F1 scores of one comparison, each None where neither side has a span."""

    strict: float | None
    boundary: float | None
    overlap: float | None
    detection: float | None
    average: float | None
    """GATE's: the mean of strict and overlap."""
    by_iou: float | None
    """Over the shares of their union that same-label pairs have in common."""


def scores(spans: Spans, found: Comparison) -> Scores:
    """Return the scores of a comparison; every score is 2 · pairs over the spans of both sides."""
    items = found.items
    n = int((items.one >= 0).sum() + (items.other >= 0).sum())
    if not n:
        return Scores(*[None] * 6)
    counts = np.bincount(items.kind, minlength=len(KINDS))
    one, other = found.of_one_label
    shares = _iou(spans, items.one, items.other, items.kind != MISSING)
    strict, overlap = 2 * counts[AGREE] / n, 2 * len(one) / n
    return Scores(
        float(strict),
        float(2 * (counts[AGREE] + counts[LABEL]) / n),
        float(overlap),
        float(2 * (n - counts[MISSING]) / 2 / n),
        float((strict + overlap) / 2),
        float(2 * _iou(spans, one, other).sum() / n) if len(shares) or len(one) else 0.0,
    )


def _iou(spans: Spans, one: Ints, other: Ints, which: Flags | None = None) -> Floats:
    if which is not None:
        one, other = one[which], other[which]
    zeros = spans.reading * 0
    side = spans.side(np.arange(len(spans)), zeros)
    return matching.iou(side, side, one, other)


def character_f1(spans: Spans, meeting: tuple[int, int]) -> float | None:
    """Return F1 over (base character, label) of two readings, None where neither has a span."""
    one, other = (_characters(spans, reading) for reading in meeting)
    n = len(one) + len(other)
    return 2 * len(one & other) / n if n else None


def _characters(spans: Spans, reading: int) -> set[tuple[int, int]]:
    mine = np.flatnonzero(spans.reading == reading).tolist()
    return {
        (at, int(spans.label[span]))
        for span in mine
        for at in range(int(spans.first[span]), int(spans.last[span]))
    }
