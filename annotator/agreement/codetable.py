"""Counts by code: sparse tables that add up."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.arrays import Ints


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by code, the codes ascending; none is 0."""

    codes: Ints
    n: Ints

    @classmethod
    def of(cls, codes: Ints, n: Ints) -> "Table":
        """Return the table of counts that may have a code several times."""
        if not len(codes):
            return cls(codes, n)
        order = np.argsort(codes, kind="stable")
        codes = codes[order]
        starts = np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]]))
        found = np.add.reduceat(n[order], starts)
        return cls(codes[starts][found != 0], found[found != 0])

    @classmethod
    def joined(cls, parts: Sequence["Table"]) -> "Table":
        """Return the counts of all `parts` together."""
        codes = np.concatenate([part.codes for part in parts])
        return cls.of(codes, np.concatenate([part.n for part in parts]))

    def changed(self, out: "Table", into: "Table") -> "Table":
        """Return the counts with those of `out` taken out and those of `into` added."""
        delta = Table.of(np.concatenate([out.codes, into.codes]), np.concatenate([-out.n, into.n]))
        rank = np.searchsorted(self.codes, delta.codes)
        if not len(self.codes):
            return delta
        is_known = self.codes[np.minimum(rank, len(self.codes) - 1)] == delta.codes
        n = self.n.copy()
        n[rank[is_known]] += delta.n[is_known]
        codes = self.codes
        if not is_known.all():
            codes = np.insert(codes, rank[~is_known], delta.codes[~is_known])
            n = np.insert(n, rank[~is_known], delta.n[~is_known])
        return Table(codes, n) if n.all() else Table(codes[n != 0], n[n != 0])
