"""Agreement on answers to questions about whole articles: one of several values, or a set of them.

An item is an article; who did not answer has no value there. Values stand in the order of the label
schema, and q of Gwet's coefficients is how many there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement import categorical, distances, statistics
from annotator.agreement.arrays import Floats, Ints
from annotator.agreement.counting import Prepared
from annotator.agreement.figures import NOT_NUMBERS, NOT_ORDERED, Figure, undefined
from annotator.agreement.statistics import Cells


def answer_cells(ready: Prepared) -> list[Cells]:
    """Return one cell for each value given: `first` the annotator, `second` the question."""
    given = ready.batch.answers
    who = (ready.batch.annotator[given.reading], given.question)
    article = ready.batch.article[given.reading]
    values = (given.value, given.value * 0)
    return [statistics.cells(statistics.ANSWERS, article, who, values)]


@dataclass(frozen=True, slots=True)
class Values:
    """Readings of many items: `values[annotator, item]`, -1 for none, and what each value is.

    `article` is the article of each item. `numbers` are the values as numbers or ranks, empty where
    they are in no order; `sets` what each value holds where several may be given.
    """

    values: Ints
    article: Ints
    n_values: int
    numbers: Sequence[float] = ()
    are_numbers: bool = False
    sets: Sequence[distances.Set] = ()

    @property
    def ranked(self) -> "Values":
        """The same with only the values that have a rank: what is off the scale is not given."""
        n = len(self.numbers)
        on_scale = np.where(self.values < n, self.values, -1)
        return Values(on_scale, self.article, n, self.numbers, self.are_numbers)

    @property
    def counts(self) -> Ints:
        """How many gave each value, by item."""
        return categorical.counts_of(self.values, self.n_values)


def metrics(told: Values, counts: Ints) -> dict[str, Floats | str]:
    """Return the metrics that the values allow, by name; or why one is not.

    `counts` are those of the values with a rank; they stand first among all values.
    """
    n = len(told.numbers)
    numbers = np.asarray(told.numbers, dtype=float)
    marginals = counts[counts.sum(axis=1) > 1].sum(axis=0).astype(float)
    is_ratio = told.are_numbers and n > 0 and bool((numbers >= 0).all())
    found: dict[str, Floats | str] = {
        "nominal": distances.nominal(told.n_values),
        "ordinal": distances.ordinal(marginals) if n else NOT_ORDERED,
        "interval": distances.interval(numbers) if told.are_numbers and n else NOT_NUMBERS,
        "ratio": distances.ratio(numbers) if is_ratio else NOT_NUMBERS,
    }
    if told.sets:
        found["set"] = distances.of_sets(told.sets)
        found["masi"] = distances.of_sets(told.sets, "masi")
    return found


def chance_corrected(told: Values) -> dict[str, Figure]:
    """Return Fleiss' kappa, Scott's pi and Gwet's AC1 and AC2 over all who read an item."""
    counts = told.counts
    several = counts[counts.sum(axis=1) > 1]
    found = {
        "fleiss_kappa": categorical.fleiss_kappa(counts),
        "scott_pi": categorical.scott_pi(categorical.pairs_of(several)),
        "gwet_ac1": categorical.gwet_ac1(counts),
    }
    if len(told.numbers):
        weights = distances.quadratic_weights(np.asarray(told.numbers, dtype=float))
        found["gwet_ac2"] = categorical.gwet_ac2(told.ranked.counts, weights)
    else:
        found["gwet_ac2"] = undefined(NOT_ORDERED, len(several))
    return found
