"""Which readings meet: every two readings of one article, numbered article by article."""

from dataclasses import dataclass

import numpy as np

from annotator.agreement.arrays import Flags, Ints, arranged, news

Pairs = tuple[Ints, Ints]
"""Places in the first and in the second side, as long as one another."""


@dataclass(frozen=True, slots=True)
class Meetings:
    """The meetings `one[at]`, `other[at]`, and by reading: its article, and its slot in that.

    `group` is the first reading of the article. A reading meets those in the slots after its own in
    turn: with that in slot s in meeting `before` + s. `size` readings are in the article, `width`
    in the article that has most.
    """

    one: Ints
    other: Ints
    group: Ints
    slot: Ints
    before: Ints
    size: Ints
    width: int

    @classmethod
    def of(cls, pairs: Pairs, n_readings: int) -> "Meetings":
        """Return the meetings `pairs`, in the order in which `Batch.meetings` gives them."""
        one, other = pairs
        group, since = np.arange(n_readings), np.zeros(n_readings, dtype=np.int64)
        group[other[::-1]] = one[::-1]  # the last one written is that of the earliest meeting
        since[one[::-1]] = np.arange(len(one))[::-1]
        slot = np.bincount(other, minlength=n_readings)
        size = np.bincount(group, minlength=n_readings).take(group)
        return cls(one, other, group, slot, since - slot - 1, size, int(size.max(initial=1)))

    def number(self, one: Ints, other: Ints) -> Ints:
        """Return the meetings of two readings each, of which `one` comes first in its article."""
        return self.before.take(one) + self.slot.take(other)

    def alone(self) -> Flags:
        """Return in which slots a reading meets nobody, its own and what there is not.

        Shape (readings, width).
        """
        slots = np.arange(self.width)
        found: Flags = (slots == self.slot[:, None]) | (slots >= self.size[:, None])
        return found

    def partners(self) -> Ints:
        """Return the readings by article and slot, shape (readings, width), -1 where none is."""
        found = np.full((len(self.group), self.width), -1)
        found[self.group, self.slot] = np.arange(len(self.group))
        return found

    def shared(self, reading: Ints, kind: Ints) -> Ints:
        """Return how many things both readings of each meeting have, repeated ones counted.

        `reading` and `kind` of things are as long as one another; equal kinds stand in one article.
        """
        slot = self.slot.take(reading)
        order, _ = arranged(kind, slot)
        kind, slot, reading = kind.take(order), slot.take(order), reading.take(order)
        again = times_before(kind, slot)
        if again.any():
            order, _ = arranged(kind, again, slot)
            kind, again, reading = kind.take(order), again.take(order), reading.take(order)
        one, other = pairs_in_runs(news(kind) | news(again))
        meeting = self.number(reading.take(one), reading.take(other))
        return np.bincount(meeting, minlength=len(self.one))


def times_before(owner: Ints, kind: Ints) -> Ints:
    """Return how often each of sorted rows came before."""
    place = np.arange(len(owner))
    return place - np.maximum.accumulate(np.where(news(owner) | news(kind), place, 0))


def pairs_in_runs(is_new: Flags) -> Pairs:
    """Return every two places in one run, the earlier first; `is_new` where a run begins.

    Neighbours come first, then those that are two apart, and so on.
    """
    run = np.cumsum(is_new, dtype=np.int32)
    found = [np.zeros(0, dtype=np.int64)] * 2
    for step in range(1, len(run)):
        at = np.flatnonzero(run[step:] == run[:-step])
        if not len(at):
            break
        found += [at, at + step]
    return np.concatenate(found[::2]), np.concatenate(found[1::2])
