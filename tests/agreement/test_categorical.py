"""Coefficients over values: published examples, to the digits that were printed."""

from itertools import pairwise

import numpy as np
import pytest

from annotator.agreement import categorical, distances
from annotator.agreement.arrays import Ints, ints
from annotator.agreement.figures import NO_CHANCE, NO_ITEMS, ONE_LABEL, Figure

# --- two annotators, contingency tables ----------------------------------------------------------

TABLES = {
    "Cohen 1960, p. 37": "25 12 3; 13 2 15; 12 16 2",
    "Cohen 1960, p. 45": "88 14 18; 10 40 10; 2 6 12",
    "Artstein and Poesio 2008, p. 558": "20 10; 20 50",
    "Artstein and Poesio 2008, p. 568": "46 0 0; 6 32 6; 0 0 10",
    "Krippendorff 2004, p. 246, a": "12 9 9; 9 14 9; 9 9 20",
    "Krippendorff 2004, p. 246, b": "12 18 18; 0 14 18; 0 0 20",
    "Brennan and Prediger 1981, 1": "50 0 0; 10 10 10; 20 0 0",
    "Brennan and Prediger 1981, 2": "50 0 10; 0 10 10; 10 10 0",
    "GATE guide": "1 2; 3 4",
    "paradox": "80 7; 8 5",
    "paradox 2": "118 5; 2 0",
    "Likert": "20 5 1 0; 4 15 6 1; 0 5 18 4; 0 1 3 12",
    "abstractors": "13 0 0; 0 20 7; 0 4 56",
    "diagnosis": "40 4 4 17; 6 25 2 13; 4 1 21 12; 15 5 9 45",
}


def table(name: str) -> Ints:
    return ints([[int(n) for n in row.split()] for row in TABLES[name].split(";")])


def measured(name: str, measure: str) -> Figure:
    found = table(name)
    counts = categorical.counts_of_table(found)
    ranks = list(range(len(found)))
    measures = {
        "percent": lambda: categorical.percent(categorical.coincidences(counts)),
        "kappa": lambda: categorical.cohen_kappa(found),
        "kappa max": lambda: categorical.greatest_kappa(found),
        "kappa quadratic": lambda: categorical.cohen_kappa(
            found, distances.quadratic_weights(ranks)
        ),
        "pi": lambda: categorical.scott_pi(found),
        "alpha": lambda: categorical.krippendorff_alpha(categorical.coincidences(counts)),
        "ac1": lambda: categorical.gwet_ac1(counts),
        "ac2": lambda: categorical.gwet_ac2(counts, distances.quadratic_weights(ranks)),
    }
    return measures[measure]()


@pytest.mark.parametrize(
    ("name", "measure", "value"),
    [
        ("Cohen 1960, p. 37", "percent", 0.29),
        ("Cohen 1960, p. 37", "kappa", -0.0923),
        ("Cohen 1960, p. 37", "kappa max", 0.8462),
        ("Cohen 1960, p. 37", "pi", -0.1008),
        ("Cohen 1960, p. 37", "alpha", -0.0953),
        ("Cohen 1960, p. 37", "ac1", -0.0480),
        ("Cohen 1960, p. 37", "ac2", 0.1831),
        ("Cohen 1960, p. 45", "percent", 0.70),
        ("Cohen 1960, p. 45", "kappa", 0.4915),
        ("Cohen 1960, p. 45", "kappa max", 0.8305),
        ("Cohen 1960, p. 45", "pi", 0.4872),
        ("Cohen 1960, p. 45", "alpha", 0.4885),
        ("Cohen 1960, p. 45", "ac1", 0.57597),
        ("Cohen 1960, p. 45", "ac2", 0.63855),
        ("Cohen 1960, p. 45", "kappa quadratic", 0.4545),
        ("Artstein and Poesio 2008, p. 558", "percent", 0.70),
        ("Artstein and Poesio 2008, p. 558", "pi", 0.3407),
        ("Artstein and Poesio 2008, p. 558", "kappa", 0.3478),
        ("Artstein and Poesio 2008, p. 558", "alpha", 0.3440),
        ("Artstein and Poesio 2008, p. 558", "ac1", 0.4495),
        ("Artstein and Poesio 2008, p. 568", "percent", 0.88),
        ("Artstein and Poesio 2008, p. 568", "pi", 0.79953),
        ("Artstein and Poesio 2008, p. 568", "kappa", 0.80132),
        ("Artstein and Poesio 2008, p. 568", "alpha", 0.80053),
        ("Artstein and Poesio 2008, p. 568", "ac1", 0.8287),
        ("Krippendorff 2004, p. 246, a", "percent", 0.46),
        ("Krippendorff 2004, p. 246, a", "kappa", 0.1858),
        ("Krippendorff 2004, p. 246, a", "pi", 0.1858),
        ("Krippendorff 2004, p. 246, a", "alpha", 0.1898),
        ("Krippendorff 2004, p. 246, b", "pi", 0.1858),
        ("Krippendorff 2004, p. 246, b", "kappa", 0.2582),
        ("Krippendorff 2004, p. 246, b", "alpha", 0.1898),
        ("Brennan and Prediger 1981, 1", "kappa", 0.2727),
        ("Brennan and Prediger 1981, 2", "kappa", 0.2857),
        ("GATE guide", "kappa", -0.0870),
        ("GATE guide", "pi", -0.0989),
        ("paradox", "percent", 0.85),
        ("paradox", "kappa", 0.3144),
        ("paradox", "pi", 0.3143),
        ("paradox", "alpha", 0.3177),
        ("paradox", "ac1", 0.8080),
        ("paradox 2", "kappa", -0.0234),
        ("paradox 2", "pi", -0.0288),
        ("paradox 2", "ac1", 0.9408),
        ("Likert", "ac1", 0.58046),
        ("Likert", "ac2", 0.84028),
        ("abstractors", "kappa", 0.79641),
        ("abstractors", "pi", 0.79624),
        ("abstractors", "ac1", 0.84933),
        ("abstractors", "alpha", 0.79726),
        ("diagnosis", "kappa", 0.4315),
        ("diagnosis", "pi", 0.43034),
        ("diagnosis", "ac1", 0.45616),
        ("diagnosis", "alpha", 0.43162),
    ],
)
def test_two_annotators_as_published(name: str, measure: str, value: float) -> None:
    assert measured(name, measure).value == pytest.approx(value, abs=6e-5)


def test_weighted_kappa_of_cohen_1968() -> None:
    apart = np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]])

    found = categorical.cohen_kappa(table("Cohen 1960, p. 45"), 1 - apart / 6)

    assert found.value == pytest.approx(0.3478, abs=6e-5)


def test_distances_of_artstein_and_poesio() -> None:
    apart = np.array([[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]])
    counts = categorical.counts_of_table(table("Artstein and Poesio 2008, p. 568"))
    pairs = categorical.coincidences(counts)

    alpha = categorical.krippendorff_alpha(pairs, apart)
    kappa = categorical.cohen_kappa(table("Artstein and Poesio 2008, p. 568"), 1 - apart)

    assert categorical.disagreement(pairs, apart).observed == pytest.approx(0.09)
    assert categorical.disagreement(pairs, apart).expected == pytest.approx(0.4879, abs=5e-5)
    assert alpha.value == pytest.approx(0.81555, abs=6e-6)
    assert kappa.value == pytest.approx(0.81633, abs=6e-6)


def test_specific_agreement_of_the_gate_guide() -> None:
    found = categorical.specific_agreement(table("GATE guide"))

    assert [figure.value for figure in found] == pytest.approx([2 / 7, 8 / 13])


# --- alpha, with values missing ------------------------------------------------------------------

MEG_OWEN = ("0 1 0 0 0 0 0 0 0 0", "1 1 1 0 0 1 0 1 0 0")
BEN_GERRY = ("a a b b d c c c e d d a", "b a b b b c c c e d d d")
BEN_GERRY_MISSING = ("a a b b d c c c e d d a", "b a b b b c c c e · d d")
FOUR_RATERS = (
    "1 2 3 3 2 1 4 1 2 · · ·",
    "1 2 3 3 2 2 4 1 2 5 · ·",
    "· 3 3 3 2 3 4 2 2 5 1 3",
    "1 2 3 3 2 4 4 1 2 5 1 ·",
)
WIKIPEDIA = (
    "· · · · · 3 4 1 2 1 1 3 3 · 3",
    "1 · 2 1 3 3 4 3 · · · · · · ·",
    "· · 2 1 3 4 4 · 2 1 1 3 3 · 4",
)
DRESS = ("YES YES", "NO NO", "NO ·")
STANCES = (
    "1 1 0 -1 -1 0 1 0 -1 1",
    "1 1 1 -1 -1 0 1 0 -1 0",
    "1 0 0 -1 0 0 1 · -1 1",
)


def counts(rows: tuple[str, ...]) -> tuple[Ints, list[str]]:
    told = [row.split() for row in rows]
    names = sorted({value for row in told for value in row} - {"·"})
    if all(name.lstrip("-").isdigit() for name in names):
        names.sort(key=int)
    numbers = [[names.index(value) if value != "·" else -1 for value in row] for row in told]
    return categorical.counts_of(ints(numbers), len(names)), names


def alpha(rows: tuple[str, ...], metric: str = "nominal") -> Figure:
    found, names = counts(rows)
    pairs = categorical.coincidences(found)
    metrics = {
        "nominal": lambda: distances.nominal(len(names)),
        "ordinal": lambda: distances.ordinal(pairs.sum(axis=1)),
        "interval": lambda: distances.interval([float(name) for name in names]),
        "ratio": lambda: distances.ratio([float(name) for name in names]),
    }
    return categorical.krippendorff_alpha(pairs, metrics[metric]())


@pytest.mark.parametrize(
    ("rows", "metric", "value"),
    [
        (MEG_OWEN, "nominal", 0.0952),
        (BEN_GERRY, "nominal", 0.6920),
        (BEN_GERRY_MISSING, "nominal", 0.66489),
        (("a a b b b b b c c c c c", "a b b b b b c c c c c c"), "nominal", 0.7341),
        (FOUR_RATERS, "nominal", 0.7434),
        (FOUR_RATERS, "ordinal", 0.8154),
        (FOUR_RATERS, "interval", 0.8491),
        (FOUR_RATERS, "ratio", 0.7974),
        (WIKIPEDIA, "nominal", 56 / 81),
        (WIKIPEDIA, "ordinal", 0.8067),
        (WIKIPEDIA, "interval", 0.8108),
        (WIKIPEDIA, "ratio", 0.8089),
        (DRESS, "nominal", -1 / 3),
        (STANCES, "nominal", 0.59712),
        (STANCES, "ordinal", 0.77858),
        (STANCES, "interval", 0.79336),
    ],
)
def test_alpha_as_published(rows: tuple[str, ...], metric: str, value: float) -> None:
    assert alpha(rows, metric).value == pytest.approx(value, abs=6e-5)


def test_alpha_of_every_label_of_the_four_raters() -> None:
    found, _ = counts(FOUR_RATERS)
    pairs = categorical.coincidences(found)

    values = [categorical.label_alpha(pairs, at).value for at in range(5)]

    assert values == pytest.approx([0.7204, 0.6667, 0.7400, 0.7771, 1.0], abs=6e-5)


def test_what_only_one_annotator_gave_changes_no_alpha() -> None:
    shorter = tuple(" ".join(row.split()[:11]) for row in FOUR_RATERS)

    for metric in ("nominal", "ordinal", "interval", "ratio"):
        assert alpha(shorter, metric).value == pytest.approx(alpha(FOUR_RATERS, metric).value)
    assert alpha(("YES YES NO", "NO NO ·", "NO · ·")).value == pytest.approx(-1 / 3)


@pytest.mark.parametrize(
    ("rows", "ac1", "fleiss"),
    [(FOUR_RATERS, 0.7754, 0.7612), (STANCES, 0.60199, None), (BEN_GERRY_MISSING, 0.66144, None)],
)
def test_gwet_and_fleiss_with_values_missing(
    rows: tuple[str, ...], ac1: float, fleiss: float | None
) -> None:
    found, _ = counts(rows)

    assert categorical.gwet_ac1(found).value == pytest.approx(ac1, abs=6e-5)
    if fleiss is not None:
        assert categorical.fleiss_kappa(found).value == pytest.approx(fleiss, abs=6e-5)


def test_gwet_ac2_of_stances() -> None:
    found, _ = counts(STANCES)

    weighted = categorical.gwet_ac2(found, distances.quadratic_weights([-1.0, 0.0, 1.0]))

    assert weighted.value == pytest.approx(0.80392, abs=6e-6)


def test_percent_is_one_less_the_observed_disagreement() -> None:
    found, _ = counts(FOUR_RATERS)
    pairs = categorical.coincidences(found)

    assert categorical.percent(pairs).value == pytest.approx(0.8)
    assert categorical.disagreement(pairs, distances.nominal(5)).observed == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("rows", "metric", "observed", "expected"),
    [
        (MEG_OWEN, "nominal", 0.4, 0.4421),
        (BEN_GERRY, "nominal", 0.25, 0.8116),
        (("a a b b b b b c c c c c", "a b b b b b c c c c c c"), "nominal", 0.1667, 0.6268),
        (FOUR_RATERS, "nominal", 0.2, 0.7795),
        (FOUR_RATERS, "interval", 0.4333, 2.8718),
    ],
)
def test_observed_and_expected_disagreement_as_published(
    rows: tuple[str, ...], metric: str, observed: float, expected: float
) -> None:
    found, names = counts(rows)
    pairs = categorical.coincidences(found)
    apart = {
        "nominal": lambda: distances.nominal(len(names)),
        "interval": lambda: distances.interval([float(name) for name in names]),
    }

    told = categorical.disagreement(pairs, apart[metric]())

    assert (told.observed, told.expected) == pytest.approx((observed, expected), abs=6e-5)


# --- what chance gives ---------------------------------------------------------------------------


def by_chance(observed: float, figure: Figure) -> float:
    """Return the agreement by chance that a corrected figure stands on."""
    assert figure.value is not None
    return (observed - figure.value) / (1 - figure.value)


@pytest.mark.parametrize(
    ("name", "measure", "chance"),
    [
        ("Cohen 1960, p. 37", "kappa", 0.35),
        ("Cohen 1960, p. 37", "ac1", 0.3225),
        ("Cohen 1960, p. 45", "kappa", 0.41),
        ("Cohen 1960, p. 45", "ac1", 0.2925),
        ("Artstein and Poesio 2008, p. 558", "pi", 0.545),
        ("Artstein and Poesio 2008, p. 558", "kappa", 0.54),
        ("Artstein and Poesio 2008, p. 568", "pi", 0.4014),
        ("Artstein and Poesio 2008, p. 568", "kappa", 0.396),
        ("Brennan and Prediger 1981, 1", "kappa", 0.45),
        ("Brennan and Prediger 1981, 2", "kappa", 0.44),
        ("GATE guide", "kappa", 0.54),
        ("GATE guide", "pi", 0.545),
        ("paradox", "ac1", 0.21875),
        ("paradox 2", "ac1", 0.0544),
        ("Likert", "ac1", 0.24729),
    ],
)
def test_agreement_by_chance_as_published(name: str, measure: str, chance: float) -> None:
    observed = measured(name, "percent").value

    assert observed is not None
    assert by_chance(observed, measured(name, measure)) == pytest.approx(chance, abs=6e-5)


# --- many annotators -----------------------------------------------------------------------------

FLEISS = (
    "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333"
    " 144444 224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224"
    " 111155 224444 133333 555555"
)
RANDOLPH = ("YYY YYN NNY NNN", "YYY YYN YYN YYY")
MIESKES = (
    "UH-VB-UH INP-INP-INP UH-UH-UH INP-INP-INP RB-RB-RB JJ-JJ-JJ INP-INP-INP PRP-PRP-PRP NN-NN-RB"
    " VB-VBP-VB PRP-PRP-PRP INP-INP-INP RB-UH-UH INP-INP-INP MD-MD-MD PRP-PRP-PRP INP-INP-INP"
)
UNNAMED = "hhh hhl hlh lhh llh lll lll lhl llh llh"


def by_item(told: str) -> Ints:
    items = [list(item.split("-") if "-" in item else item) for item in told.split()]
    names = sorted({value for item in items for value in item})
    return ints([[item.count(name) for name in names] for item in items])


@pytest.mark.parametrize(
    ("told", "kappa"),
    [
        (FLEISS, 0.4302),
        (RANDOLPH[0], 1 / 3),
        (RANDOLPH[1], -0.2),
        (MIESKES, 0.8048),
        (UNNAMED, 0.0498),
    ],
)
def test_fleiss_kappa_as_published(told: str, kappa: float) -> None:
    assert categorical.fleiss_kappa(by_item(told)).value == pytest.approx(kappa, abs=6e-5)


def test_alpha_of_the_patients_of_fleiss() -> None:
    pairs = categorical.coincidences(by_item(FLEISS))

    assert categorical.krippendorff_alpha(pairs).value == pytest.approx(0.4334, abs=6e-5)


def test_fleiss_kappa_of_every_class() -> None:
    found = by_item(FLEISS)
    of_classes = [
        categorical.fleiss_kappa(np.stack([found[:, at], 6 - found[:, at]], axis=1)).value
        for at in range(5)
    ]

    assert of_classes == pytest.approx([0.245, 0.245, 0.520, 0.471, 0.566], abs=6e-4)


def test_fleiss_kappa_of_every_word_class_of_mieskes() -> None:
    found = by_item(MIESKES)
    names = sorted({value for item in MIESKES.split() for value in item.split("-")})
    of_classes = {
        name: categorical.fleiss_kappa(np.stack([found[:, at], 3 - found[:, at]], axis=1)).value
        for at, name in enumerate(names)
    }

    assert of_classes == pytest.approx(
        {"INP": 1, "JJ": 1, "MD": 1, "PRP": 1, "NN": 0.48, "RB": 0.557, "UH": 0.669, "VB": 0.292,
         "VBP": -0.02}, abs=6e-4,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "observed", "chance"),
    [(FLEISS, 0.5556, 0.2199), (MIESKES, 0.8431, 0.1965), (UNNAMED, 0.5333, 0.5089)],
)
def test_observed_agreement_of_many_and_what_chance_gives(
    told: str, observed: float, chance: float
) -> None:
    share = categorical.percent(categorical.coincidences(by_item(told))).value

    assert share == pytest.approx(observed, abs=6e-5)
    assert share is not None
    kappa = categorical.fleiss_kappa(by_item(told))
    assert by_chance(share, kappa) == pytest.approx(chance, abs=6e-5)


# --- sets ----------------------------------------------------------------------------------------

SETS = (("", ""), ("A", ""), ("A", "A"), ("A", "B"), ("AB", "A"), ("AB", "AC"), ("ABC", "ABC"),
        ("C", "AC"), ("C", "AC"))  # fmt: skip


@pytest.mark.parametrize(
    ("distance", "value", "observed", "expected"),
    [
        ("nominal", 0.23881, 0.66667, 0.87582),
        ("jaccard", 0.31562, 0.46296, 0.67647),
        ("masi", 0.27308, 0.54321, 0.74728),
    ],
)
def test_alpha_of_sets(distance: str, value: float, observed: float, expected: float) -> None:
    sets = sorted({frozenset(one) for pair in SETS for one in pair}, key=sorted)
    numbers = [[sets.index(frozenset(pair[side])) for pair in SETS] for side in (0, 1)]
    pairs = categorical.coincidences(categorical.counts_of(ints(numbers), len(sets)))
    metric = (
        distances.nominal(len(sets)) if distance == "nominal" else distances.of_sets(sets, distance)
    )

    found = categorical.disagreement(pairs, metric)

    assert categorical.krippendorff_alpha(pairs, metric).value == pytest.approx(value, abs=6e-6)
    assert (found.observed, found.expected) == pytest.approx((observed, expected), abs=6e-6)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("A", "AB", 2 / 3), ("AB", "BC", 8 / 9), ("A", "B", 1.0), ("AB", "AB", 0.0),
     ("12", "1234", 2 / 3), ("", "", 0.0)],
)  # fmt: skip
def test_masi_of_single_pairs(one: str, other: str, distance: float) -> None:
    assert distances.masi(frozenset(one), frozenset(other)) == pytest.approx(distance)


# --- what has no figure --------------------------------------------------------------------------


def test_one_label_in_use_has_no_coefficient_but_a_reason() -> None:
    found = ints([[3, 0], [2, 0]])
    pairs = categorical.coincidences(found)

    assert categorical.krippendorff_alpha(pairs) == Figure(None, 5, reason=ONE_LABEL)
    assert categorical.fleiss_kappa(found).reason == ONE_LABEL
    assert categorical.gwet_ac1(found).reason == ONE_LABEL
    assert categorical.cohen_kappa(ints([[4, 0], [0, 0]])).reason == ONE_LABEL
    assert categorical.scott_pi(ints([[4, 0], [0, 0]])).reason == ONE_LABEL
    assert categorical.percent(pairs).value == 1.0


def test_no_item_that_two_gave_has_no_coefficient_but_a_reason() -> None:
    for found in (ints([[1, 0], [0, 1]]), np.zeros((0, 2), dtype=np.int64)):
        pairs = categorical.coincidences(found)
        for figure in (
            categorical.krippendorff_alpha(pairs),
            categorical.percent(pairs),
            categorical.fleiss_kappa(found),
            categorical.gwet_ac1(found),
            categorical.cohen_kappa(ints([[0, 0], [0, 0]])),
        ):
            assert (figure.value, figure.reason) == (None, NO_ITEMS)


def test_values_that_are_the_same_to_a_metric_leave_nothing_to_correct() -> None:
    pairs = categorical.coincidences(ints([[1, 1], [2, 0]]))

    found = categorical.krippendorff_alpha(pairs, distances.interval([1.0, 1.0]))

    assert (found.value, found.reason) == (None, NO_CHANCE)


def test_kappa_comes_near_f_as_what_is_not_marked_grows() -> None:
    both, first, second = 80, 10, 20
    kappas = [
        categorical.cohen_kappa(ints([[both, first], [second, rest]])).value
        for rest in (0, 50, 100, 500, 1000, 10_000, 100_000)
    ]
    expected = [-0.1379, 0.6129, 0.7123, 0.8131, 0.8274, 0.8406, 0.8420]

    assert kappas == pytest.approx(expected, abs=6e-5)
    assert all(low < high for low, high in pairwise(k for k in kappas if k is not None))
    assert 2 * both / (2 * both + first + second) == pytest.approx(0.8421, abs=6e-5)
