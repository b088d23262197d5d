"""Intervals of figures over values, and of unitized alpha: against leaving each article out."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass

import numpy as np
import pytest

from annotator.agreement import categorical, distances, intervals
from annotator.agreement.answers import Values
from annotator.agreement.figures import FEW_ARTICLES, FEW_DISAGREEMENTS, Figure
from annotator.agreement.report import SpanReport, StanceReport, ValueReport
from annotator.agreement.valuereport import Scale, alpha
from annotator.agreement.whole import Scales
from tests.agreement.readings import FILLING, NAMES, Reading, batch, reported

N = 40
VALUES = ("-1", "0", "1")
SCALES = Scales(
    Scale("stance", VALUES, (1.0, 2.0, 3.0)),
    (
        Scale("genre", ("report", "opinion", "politics"), (1.0, 2.0, 4.0), are_numbers=True),
        Scale("sections", ("politics", "sport"), is_set=True),
    ),
    ("t1", "t2"),
)


def team(n: int, seed: int = 5, wrong: float = 0.3) -> list[Reading]:
    """Return three readings of `n` articles, of which some differ; a few are not there."""
    chance = np.random.default_rng(seed)
    made = []
    for article in range(n):
        truth = [int(chance.integers(0, 3)) for _ in range(4)]
        for annotator in (1, 2, 3):
            if chance.random() < 0.1:
                continue
            told = [
                int(chance.integers(0, 3)) if chance.random() < wrong else right for right in truth
            ]
            sections = ("politics",) if told[1] else ("politics", "sport")
            made.append(
                Reading(
                    article,
                    annotator,
                    entities=((0, 4 + told[2], "PER"), (20, 25, NAMES[1 + told[3]])),
                    stances=(
                        ("author", "topic", "t1", VALUES[told[0]]),
                        ("author", "topic", "t2", VALUES[told[1]]),
                    ),
                    answers=(
                        ("genre", ("report", "opinion", "politics")[told[2]]),
                        *(("sections", one) for one in sections),
                    ),
                )
            )
    return made


def told(readings: list[Reading], n: int) -> tuple[StanceReport, ValueReport, ValueReport]:
    found = reported(batch(readings, [FILLING] * n), SCALES)
    assert found.stances is not None
    return found.stances, found.answers[0], found.answers[1]


def values_of(report: ValueReport) -> dict[str, Figure]:
    """Return every figure of a report of values, by a name of its own."""
    return {
        "percent": report.percent,
        **report.alphas,
        **report.others,
        **{f"value {name}": figure for name, figure in report.by_value.items()},
        **{
            f"{pair.first.uid} {pair.second.uid} {name}": getattr(pair, name)
            for pair in report.by_pair
            for name in ("percent", "cohen_kappa")
        },
    }


def expected(whole: float, without: list[float], floor: float) -> tuple[float, float]:
    """Return the jackknife interval from its definition, one article after another."""
    n = len(without)
    pseudo = [n * whole - (n - 1) * one for one in without]
    mean = sum(pseudo) / n
    spread = math.sqrt(sum((one - mean) ** 2 for one in pseudo) / (n - 1) / n)
    half = intervals.t_quantile(n - 1) * spread
    return max(mean - half, floor), min(mean + half, 1.0)


@pytest.mark.parametrize("which", [0, 1, 2])
def test_every_figure_of_values_has_the_interval_of_leaving_out_each_article(which: int) -> None:
    readings = team(N)
    of = lambda some: _values(told(some, N)[which])  # noqa: E731

    _as_by_hand(readings, of)


def _values(report: StanceReport | ValueReport) -> dict[str, Figure]:
    if isinstance(report, ValueReport):
        return values_of(report)
    topics = {f"topic {name}": figure for name, figure in report.by_topic.items()}
    return values_of(report.values) | topics


def _as_by_hand(readings: list[Reading], of: Callable[[list[Reading]], dict[str, Figure]]) -> None:
    """Compare all intervals with those of the readings without each article in turn."""
    found = of(readings)
    less = [of([one for one in readings if one.article != article]) for article in range(N)]
    n_compared = 0
    for name, figure in found.items():
        if figure.value is None:
            assert figure.reason
            continue
        assert figure.low is not None, name
        assert figure.high is not None, name
        joint = _joint(readings, name)
        left = [one[name].value for one, is_in in zip(less, joint, strict=True) if is_in]
        assert None not in left
        floor = 0.0 if name.endswith("percent") else -1.0
        low, high = expected(figure.value, [one for one in left if one is not None], floor)
        assert (figure.low, figure.high) == pytest.approx((low, high)), name
        assert figure.is_wide == (figure.n_articles < 50)
        n_compared += 1
    assert n_compared > 8


def _joint(readings: list[Reading], name: str) -> list[bool]:
    """Return which articles a figure is over: those of the two, or of two at least."""
    who = {int(uid[1:]) for uid in name.split()[:2]} if name.startswith("u") else {1, 2, 3}
    least = 2
    read = [{one.annotator for one in readings if one.article == at} & who for at in range(N)]
    return [len(some) >= least for some in read]


def test_unitized_alpha_has_the_interval_of_leaving_out_each_article() -> None:
    readings = team(N)

    def of(some: list[Reading]) -> dict[str, Figure]:
        entities = _entities(some, N)
        rows = {f"of {row.type}": row.unitized for row in entities.by_type}
        return rows | {"any type": entities.unitized}

    found = of(readings)
    assert set(found) == {"of PER", "of LOC", "of ORG", "any type"}
    less = [of([one for one in readings if one.article != article]) for article in range(N)]
    joint = _joint(readings, "")
    for name, figure in found.items():
        left = [one[name].value for one, is_in in zip(less, joint, strict=True) if is_in]
        assert figure.value is not None
        low, high = expected(figure.value, [one for one in left if one is not None], -1.0)
        assert (figure.low, figure.high) == pytest.approx((low, high)), name


def _entities(readings: list[Reading], n: int) -> SpanReport:
    found = reported(batch(readings, [FILLING] * n), SCALES).entities
    assert found is not None
    return found


# --- where there is none -------------------------------------------------------------------------


def figures(told: object) -> Iterator[Figure]:
    """Yield all figures in a report but means of pairs, whose bounds are no interval."""
    if isinstance(told, Figure):
        yield told
        return
    inside: Iterable[object] = ()
    if isinstance(told, dict):
        inside = told.values()
    elif isinstance(told, tuple):
        inside = told
    elif is_dataclass(told):
        names = (field.name for field in fields(told) if field.name != "pair_mean")
        inside = (getattr(told, name) for name in names)
    for one in inside:
        yield from figures(one)


@pytest.mark.parametrize(
    ("n", "wrong", "why"), [(19, 0.3, FEW_ARTICLES), (30, 0.0, FEW_DISAGREEMENTS), (30, 0.3, "")]
)
def test_a_figure_has_an_interval_or_says_why_not(n: int, wrong: float, why: str) -> None:
    found = reported(batch(team(n, wrong=wrong), [FILLING] * n), SCALES)
    parts = (found.entities, found.events, found.stances, found.relations, found.answers)
    reasons = set()
    for figure in figures(parts):
        if figure.value is None:
            assert figure.reason
            continue
        assert (figure.low is None) == bool(figure.no_interval)
        assert (figure.greatest_rate is None) == (figure.low is not None)
        assert figure.n_disputed <= figure.n_items
        reasons.add(figure.no_interval)
    assert why in reasons


def test_where_everything_agrees_it_says_how_many_may_differ_at_most() -> None:
    """The rule of three: none of n differ, so at most 3 in n do."""
    stances, genre, _ = told(team(30, wrong=0), 30)
    entities = _entities(team(30, wrong=0), 30)

    for figure in (genre.percent, stances.target_f1, entities.strict, entities.detection):
        assert figure.value == 1.0
        assert figure.n_disputed == 0
        assert figure.greatest_rate == pytest.approx(3 / figure.n_items)
    assert genre.percent.n_items == genre.n_items
    assert entities.strict.n_items == entities.n_items


def test_where_nothing_agrees_all_may_differ() -> None:
    readings = [
        Reading(at, who, ((0, 4, "PER" if who == 1 else "LOC"),))
        for at in range(30)
        for who in (1, 2)
    ]
    strict = _entities(readings[:8], 30).strict

    assert (strict.value, strict.n_disputed, strict.n_items) == (0.0, 4, 4)
    assert strict.greatest_rate == pytest.approx(1.0)


def test_a_question_with_very_many_values_has_an_interval_too() -> None:
    chance = np.random.default_rng(2)
    truth = chance.integers(0, 80, size=60)
    names = tuple(f"v{at}" for at in range(80))
    matrix = np.stack([truth, np.where(chance.random(60) < 0.3, (truth + 1) % 80, truth)])

    found = alpha(
        Values(matrix, np.arange(60), len(names)), distances.nominal(80), np.ones(60, dtype=bool)
    )

    whole = categorical.krippendorff_alpha(
        categorical.coincidences(categorical.counts_of(matrix, 80))
    )
    assert found.value == pytest.approx(whole.value)
    assert found.low is not None
