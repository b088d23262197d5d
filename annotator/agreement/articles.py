"""Every cell of a batch of articles: the one way from readings to what is kept and summed."""

import numpy as np

from annotator.agreement import answers, counting, events, relations, stances, statistics
from annotator.agreement.arrays import Flags, Ints, ints
from annotator.agreement.batch import Batch
from annotator.agreement.counting import Prepared
from annotator.agreement.statistics import Cells
from annotator.agreement.texts import Classes


def cells_of(batch: Batch, classes: Classes | None = None) -> Cells:
    """Return the cells of all articles of `batch`, numbered as in it.

    `classes` of characters may be shared between batches.
    """
    ready = counting.prepared(batch, classes)
    framed, are_out, n_doubled = events.frames(ready)
    parts = [
        *counting.entity_cells(ready),
        *events.event_cells(ready, framed),
        *stances.stance_cells(ready),
        *relations.relation_cells(ready),
        *answers.answer_cells(ready),
        *_readings(ready, are_out, n_doubled),
    ]
    return statistics.joined(parts)


def _readings(ready: Prepared, events_out: Flags, n_events_doubled: Ints) -> list[Cells]:
    batch = ready.batch
    n = batch.n_readings
    entities, triggers = batch.entities.reading, batch.events.reading
    said = [one.reading for one in batch.statements] + [one.reading for one in batch.links]
    others = ints(said)
    n_labels = sum(
        (
            np.bincount(reading, minlength=n)
            for reading in (entities, triggers, others, batch.answers.reading)
        ),
        np.zeros(n, dtype=np.int64),
    )
    left_out = np.bincount(entities[ready.is_out], minlength=n)
    left_out = left_out + np.bincount(triggers[events_out], minlength=n)
    doubled = ready.n_duplicates + n_events_doubled
    return counting.reading_cells(ready, n_labels, left_out, doubled)
