"""Sums of items in the words of a report: what became of them, and what is taken for what."""

import numpy as np

from annotator.agreement import edges
from annotator.agreement.arrays import Ints
from annotator.agreement.codetable import Table
from annotator.agreement.joint import pair_code
from annotator.agreement.report import NO_SPAN, Confusion, Disagreements
from annotator.agreement.spans import BOTH, BOUNDARY, KINDS, MISSING, MISSING_REASONS, NONE
from annotator.agreement.sums import ItemSums


def of_pair(table: Table, pair: tuple[int, int] | None, bits: int) -> tuple[Ints, Ints]:
    """Return the codes, without the pair before `bits`, and counts: of a pair, or of all."""
    codes, n = table.codes, table.n
    if pair is not None:
        code = pair_code(pair)
        since, until = np.searchsorted(codes, [code << bits, (code + 1) << bits])
        codes, n = codes[since:until], n[since:until]
    return codes & ((1 << bits) - 1), n


def confusion(
    sums: ItemSums, names: tuple[str, ...], pair: tuple[int, int] | None = None
) -> Confusion:
    """Return how many items have which type on either side; of all pairs in both orders."""
    found: dict[tuple[str, str], int] = {}
    codes, n = of_pair(sums.confusion, pair, 32)
    together = Table.of(codes, n)
    name = {value: names[value] for value in sums.values.tolist()} | {NONE: NO_SPAN}
    for code, count in zip(together.codes.tolist(), together.n.tolist(), strict=True):
        one, other = name[code >> 16], name[code & NONE]
        found[one, other] = found.get((one, other), 0) + count
        if pair is None and one != other:
            found[other, one] = found.get((other, one), 0) + count
    return found


def disagreements(sums: ItemSums, pair: tuple[int, int] | None = None) -> Disagreements:
    """Return what became of items, and why; of a pair also on which side a span is missing."""
    codes, n = of_pair(sums.reasons, pair, 16)
    kind, reason = codes >> 8, codes & 255
    by_kind = np.bincount(kind, n, minlength=len(KINDS)).astype(int)
    told = dict(zip(KINDS, by_kind.tolist(), strict=True))
    if pair is not None:
        places, counts = of_pair(sums.confusion, pair, 32)
        told["missing_first"] = int(counts[places >> 16 == NONE].sum())
        told["missing_second"] = int(counts[places & NONE == NONE].sum())
    is_edge = (kind == BOUNDARY) | (kind == BOTH)
    edge = np.bincount(reason[is_edge], n[is_edge], minlength=len(edges.REASONS)).astype(int)
    reasons = {name: n for name, n in zip(edges.REASONS, edge.tolist(), strict=True) if n}
    lost = kind == MISSING
    missing = np.bincount(reason[lost], n[lost], minlength=len(MISSING_REASONS)).astype(int)
    return Disagreements(told, reasons, dict(zip(MISSING_REASONS, missing.tolist(), strict=True)))
