"""What holds for any readings: symmetry, sums, the order of scores, no figure without a reason."""

import math
import random
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import articles, categorical, statistics, whole
from annotator.agreement.arrays import ints
from annotator.agreement.figures import Figure
from annotator.agreement.report import Reader, SpanReport
from tests.agreement.readings import (
    FILLING,
    SCALES,
    Event,
    Label,
    Reading,
    batch,
    entities_of,
    named,
    reported,
)

TYPES = ("PER", "LOC", "ORG")
labels = st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from(TYPES)).map(
    lambda told: (told[0], told[0] + told[1], told[2])
)
entities = st.lists(labels, max_size=7).map(tuple)
arguments = st.lists(
    st.tuples(st.sampled_from(("Attacker", "Place")), st.integers(0, 20), st.integers(1, 5)).map(
        lambda told: (told[0], told[1], told[1] + told[2])
    ),
    max_size=3,
).map(tuple)
events = st.lists(
    st.builds(
        lambda start, width, type_, told: Event(start, start + width, type_, told),
        st.integers(0, 30),
        st.integers(1, 6),
        st.sampled_from(("Attack", "Meet")),
        arguments,
    ),
    max_size=3,
).map(tuple)
stances = st.dictionaries(
    st.sampled_from(("t1", "t2")), st.sampled_from(("-1", "0", "1")), max_size=2
).map(lambda told: tuple(("author", "topic", topic, value) for topic, value in told.items()))
answers = st.dictionaries(st.just("genre"), st.sampled_from(("report", "opinion")), max_size=1).map(
    lambda told: tuple(told.items())
)


@st.composite
def teams(draw: st.DrawFn, max_articles: int = 3) -> list[Reading]:
    """Draw the readings of three annotators; any of them may not have read an article."""
    n = draw(st.integers(1, max_articles))
    return [
        Reading(article, annotator, draw(entities), draw(events), (), draw(stances), (),
                draw(answers), draw(st.booleans()))
        for article in range(n)
        for annotator in (1, 2, 3)
        if draw(st.integers(0, 4))
    ]  # fmt: skip


def figures(told: object) -> list[Figure]:
    """Return all figures in a report."""
    if isinstance(told, Figure):
        return [told]
    if isinstance(told, dict):
        return [figure for value in told.values() for figure in figures(value)]
    if isinstance(told, tuple | list):
        return [figure for value in told for figure in figures(value)]
    if is_dataclass(told):
        return [one for field in fields(told) for one in figures(getattr(told, field.name))]
    return []


TEXTS = [FILLING] * 3


@settings(max_examples=12, deadline=None)
@given(teams())
def test_every_figure_is_a_number_or_says_why_not(team: list[Reading]) -> None:
    for figure in figures(reported(batch(team, TEXTS))):
        assert (figure.value is None) == bool(figure.reason)
        if figure.value is not None:
            assert math.isfinite(figure.value)
            assert figure.value <= 1 + 1e-12
        assert (figure.low is None) == (figure.high is None)


def numbers(told: object) -> list[Any]:
    return [(one.value, one.n, one.n_articles, one.n_disputed) for one in figures(told)]


@settings(max_examples=12, deadline=None)
@given(teams(), st.randoms(use_true_random=False))
def test_the_order_of_articles_and_of_readings_changes_nothing(
    team: list[Reading], chance: random.Random
) -> None:
    places = [0, 1, 2]
    chance.shuffle(places)
    moved = [replace(one, article=places[one.article]) for one in team]
    chance.shuffle(moved)

    before, after = (reported(batch(told, TEXTS)) for told in (team, moved))

    for name in ("entities", "events", "stances", "answers"):
        left, right = getattr(before, name), getattr(after, name)
        for one, other in zip(numbers(left), numbers(right), strict=True):
            assert one == pytest.approx(other)


@settings(max_examples=12, deadline=None)
@given(teams())
def test_who_is_called_the_first_changes_no_team_figure(team: list[Reading]) -> None:
    turned = [replace(one, annotator=4 - one.annotator) for one in team]

    before, after = (reported(batch(told, TEXTS)) for told in (team, turned))

    assert before.entities is not None
    assert after.entities is not None
    for name in ("strict", "boundary", "overlap", "detection", "label_alpha", "unitized"):
        one, other = getattr(before.entities, name), getattr(after.entities, name)
        assert one.value == (None if other.value is None else pytest.approx(other.value))
    kinds = dict(before.entities.disagreements.kinds)
    assert kinds == dict(after.entities.disagreements.kinds)
    assert before.entities.confusion == after.entities.confusion
    assert numbers(before.events and before.events.ai) == numbers(after.events and after.events.ai)


@settings(max_examples=12, deadline=None)
@given(teams())
def test_scores_stand_in_their_order_and_items_hold_all_labels(team: list[Reading]) -> None:
    found = entities_of(batch(team, TEXTS))
    if found.strict.value is None:
        return
    told = {
        name: getattr(found, name).value or 0
        for name in ("strict", "boundary", "overlap", "detection")
    }

    assert told["strict"] <= told["overlap"] + 1e-12
    assert told["strict"] <= told["boundary"] <= told["detection"] + 1e-12
    assert told["overlap"] <= told["detection"] + 1e-12
    kinds = found.disagreements.kinds
    matched = found.n_items - kinds["missing"]
    assert found.n_labels == 2 * matched + kinds["missing"]
    assert sum(kinds.values()) == found.n_items
    assert sum(row.n for row in found.by_type) == found.n_labels
    assert found.inner.n + found.outer.n == found.n_labels
    assert sum(row.n_items for row in found.by_pair) == found.n_items
    assert sum(found.disagreements.missing.values()) == kinds["missing"]


@settings(max_examples=12, deadline=None)
@given(entities)
def test_identical_readings_agree_wholly(told: tuple[Label, ...]) -> None:
    found = entities_of(batch([Reading(0, 1, told), Reading(0, 2, told)], TEXTS[:1]))

    for figure in figures(found):
        assert figure.value in (None, 1.0)


@settings(max_examples=12, deadline=None)
@given(teams())
def test_a_corpus_is_the_sum_of_its_articles(team: list[Reading]) -> None:
    all_at_once = entities_of(batch(team, TEXTS))
    one_by_one = [
        entities_of(batch([one for one in team if one.article == article], TEXTS))
        for article in range(3)
    ]

    for kind, n in all_at_once.disagreements.kinds.items():
        assert n == sum(found.disagreements.kinds[kind] for found in one_by_one)
    assert all_at_once.n_labels == sum(found.n_labels for found in one_by_one)
    together = _strict_pairs(all_at_once)
    assert together == pytest.approx(sum(_strict_pairs(found) for found in one_by_one))


def _strict_pairs(found: SpanReport) -> float:
    return (found.strict.value or 0.0) * found.n_labels / 2


@settings(max_examples=12, deadline=None)
@given(teams(), teams(), st.lists(st.integers(0, 2), max_size=3, unique=True))
def test_changed_articles_give_what_counting_all_anew_gives(
    before: list[Reading], other: list[Reading], which: list[int]
) -> None:
    after = [one for one in before if one.article not in which]
    after += [one for one in other if one.article in which]
    choice, names = whole.Choice(), named()
    parts = {
        name: whole.sums_of(articles.cells_of(batch(team, TEXTS)), 3, names, choice)
        for name, team in (("before", before), ("after", after))
    }
    rows = sorted(which)
    small = []
    for team in (before, after):
        found = articles.cells_of(batch(team, TEXTS))
        blobs = statistics.packed(found, 3)
        cells = statistics.unpacked([blobs[row] for row in rows])
        small.append(whole.sums_of(cells, len(rows), names, choice))

    changed = whole.changed(parts["before"], small[0], small[1], rows, 3)

    expected = whole.whole_report(parts["after"], names, choice, SCALES)
    assert whole.whole_report(changed, names, choice, SCALES) == expected


@settings(max_examples=12, deadline=None)
@given(teams())
def test_cells_are_the_same_after_packing(team: list[Reading]) -> None:
    cells = articles.cells_of(batch(team, TEXTS))

    again = statistics.unpacked(statistics.packed(cells, 3))

    order = np.argsort(cells.article, kind="stable")
    for field in fields(cells):
        assert np.array_equal(getattr(again, field.name), getattr(cells, field.name)[order])


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_alpha_of_labels_by_chance_is_near_0(seed: int) -> None:
    chance = np.random.default_rng(seed)
    values = chance.integers(0, 3, size=(2, 3000))
    counts = categorical.counts_of(values, 3)

    alpha = categorical.krippendorff_alpha(categorical.coincidences(counts)).value
    kappa = categorical.cohen_kappa(categorical.table_of(values[0], values[1], 3)).value

    assert alpha is not None
    assert kappa is not None
    for value in (alpha, kappa):
        assert abs(value) < 5 * math.sqrt(0.5 / 3000)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30))
def test_naming_the_labels_otherwise_changes_no_nominal_figure(
    pairs: list[tuple[int, int]],
) -> None:
    turned = [(3 - one, 3 - other) for one, other in pairs]
    found = []
    for told in (pairs, turned):
        values = ints(told).T
        counts = categorical.counts_of(values, 4)
        found.append(
            (
                categorical.krippendorff_alpha(categorical.coincidences(counts)).value,
                categorical.cohen_kappa(categorical.table_of(values[0], values[1], 4)).value,
                categorical.gwet_ac1(counts).value,
            )
        )

    assert found[0] == pytest.approx(found[1])


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=3, max_size=40))
def test_alpha_is_pi_but_for_the_size_of_the_sample(pairs: list[tuple[int, int]]) -> None:
    counts = categorical.counts_of(ints(pairs).T, 3)
    table = categorical.pairs_of(counts)
    alpha = categorical.krippendorff_alpha(categorical.coincidences(counts)).value
    pi = categorical.scott_pi(table).value
    if alpha is None or pi is None:
        assert alpha == pi
        return
    n = 2 * len(pairs)

    assert 1 - alpha == pytest.approx((1 - pi) * (n - 1) / n)


def test_mean_pairwise_f_is_positive_specific_agreement() -> None:
    chance = random.Random(3)  # noqa: S311
    truth = [(at * 3, at * 3 + 2, "PER") for at in range(30)]
    readings = [Reading(0, who, tuple(chance.sample(truth, 20))) for who in (1, 2, 3)]

    found = entities_of(batch(readings, TEXTS[:1]))

    assert found.pair_mean.value == pytest.approx(found.strict.value)


def test_readers_are_named_in_pairs() -> None:
    readings = [Reading(0, who, ((0, 2, "PER"),)) for who in (1, 2, 3)]

    found = entities_of(batch(readings, TEXTS[:1]))

    assert [(row.first, row.second) for row in found.by_pair] == [
        (Reader("u1", "a1"), Reader("u2", "a2")),
        (Reader("u1", "a1"), Reader("u3", "a3")),
        (Reader("u2", "a2"), Reader("u3", "a3")),
    ]
