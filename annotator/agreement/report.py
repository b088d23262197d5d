"""What a comparison says, as values that are ready to be shown: names for numbers, figures, counts.

Made by `spanreport`, `eventreport` and `valuereport` from cells; nothing here is computed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.agreement.figures import Figure

NO_SPAN = ""
"""The type that stands for no label on one side of a confusion matrix."""


@dataclass(frozen=True, slots=True)
class Reader:
    """An annotator whose readings are compared: uid and the name that is shown."""

    uid: str
    name: str


Pair = tuple[Reader, Reader]
Confusion = Mapping[tuple[str, str], int]
"""How many items one has as the first type and the other as the second; `NO_SPAN` for none.

In a pair the first type is the first reader's. Pooled over pairs it is symmetric: both orders hold
the number of items of either. On the diagonal each item is counted once, of values too.
"""


@dataclass(frozen=True, slots=True)
class Disagreements:
    """What became of items: counts by kind, by why edges differ, and by why a span is missing.

    `kinds` has agree, label, boundary, both, missing; for a pair also `missing_first` and
    `missing_second`. `reasons` are of boundary and both together, by the names of `edges`;
    `missing` are missing, missing_elsewhere, missing_inner.
    """

    kinds: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    missing: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One type of label: figures over the items that have it on either side.

    `n` counts its labels in the readings of all meetings; fewer than 30 are shown greyed.
    """

    type: str
    n: int
    strict: Figure
    overlap: Figure
    unitized: Figure


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two annotators: figures over the articles that both read."""

    first: Reader
    second: Reader
    n_articles: int
    n_items: int
    strict: Figure
    boundary: Figure
    overlap: Figure
    detection: Figure
    label_alpha: Figure
    disagreements: Disagreements
    confusion: Confusion


@dataclass(frozen=True, slots=True)
class SpanReport:
    """Agreement on labels that lie in the text (entities, or triggers of events)."""

    n_articles: int
    n_labels: int
    n_items: int
    strict: Figure
    boundary: Figure
    overlap: Figure
    detection: Figure
    label_alpha: Figure
    pair_mean: Figure
    """The mean of the pairs' strict F1; `low` and `high` are one standard deviation off."""
    outer: Figure
    inner: Figure
    n_inner_missing: int
    unitized: Figure
    """Where units of any type are: |uα."""
    disagreements: Disagreements
    confusion: Confusion
    by_type: tuple[TypeRow, ...]
    by_pair: tuple[PairRow, ...]


@dataclass(frozen=True, slots=True)
class EventReport:
    """Agreement on events, in the order in which it is lost: trigger, type, argument, role."""

    n_articles: int
    n_events: int
    n_arguments: int
    ti: Figure
    tc: Figure
    ai: Figure
    ac: Figure
    ai_plus: Figure
    ac_plus: Figure
    ai_overlap: Figure
    ai_given_trigger: Figure
    ac_given_trigger: Figure
    type_alpha: Figure
    role_alpha: Figure
    triggers: SpanReport
    roles: Confusion


@dataclass(frozen=True, slots=True)
class ValuePair:
    """Two annotators over values: kappa, the observed agreement, and their table."""

    first: Reader
    second: Reader
    n_articles: int
    n_items: int
    percent: Figure
    cohen_kappa: Figure
    confusion: Confusion


@dataclass(frozen=True, slots=True)
class ValueReport:
    """Agreement on values: of one question, or of stances whose targets two saw.

    `alphas` by metric (nominal, ordinal, interval, ratio; set and masi where several values may be
    given), `others` fleiss_kappa, scott_pi, gwet_ac1, gwet_ac2.
    """

    name: str
    n_articles: int
    n_items: int
    percent: Figure
    alphas: Mapping[str, Figure]
    others: Mapping[str, Figure]
    by_value: Mapping[str, Figure]
    """Nominal alpha of each value against all others."""
    by_pair: tuple[ValuePair, ...]
    confusion: Confusion


@dataclass(frozen=True, slots=True)
class TargetPair:
    """Two annotators: F1 over the items (holder, target, voice) of both, apart from values."""

    first: Reader
    second: Reader
    n_articles: int
    n_items: int
    target_f1: Figure


@dataclass(frozen=True, slots=True)
class StanceReport:
    """Agreement on stances: which targets were seen, and which value those were given."""

    n_articles: int
    n_items: int
    target_f1: Figure
    target_pairs: tuple[TargetPair, ...]
    values: ValueReport
    by_topic: Mapping[str, Figure]
    """Nominal alpha of the values of each topic; targets in the text under the empty name."""


@dataclass(frozen=True, slots=True)
class RelationReport:
    """Agreement on relations: the same ends, and of the same type."""

    n_articles: int
    n_relations: int
    ends_f1: Figure
    strict: Figure
    type_alpha: Figure
    confusion: Confusion
    by_pair: tuple[TargetPair, ...]


@dataclass(frozen=True, slots=True)
class DisputedString:
    """A text that is treated differently: how often each type, and none (`NO_SPAN`), was given.

    `article`, `start` and `end` are one place where it stands.
    """

    article: int
    start: int
    end: int
    types: Mapping[str, int]
    n: int
