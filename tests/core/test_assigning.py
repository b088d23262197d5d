"""Who is to read what: shares, overlap, strata, near-duplicates, and the same for the same seed."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.assigning import Candidate, Pair, Reader, dealt, with_overlap
from annotator.core.errors import UserError

A, B, C = (Reader(uid, f"اسم {uid}") for uid in "abc")


def articles(n: int, **given: object) -> list[Candidate]:
    """Return `n` articles from three sources, of many lengths, none a near-duplicate."""
    made = [Candidate(f"{n:064x}", f"s{n % 3}", 500 + n * 37 % 1000, n) for n in range(n)]
    return [replace(one, **given) for one in made]  # type: ignore[arg-type]


def loads(pairs: Sequence[Pair]) -> Counter[str]:
    return Counter(uid for uid, _ in pairs)


def readers_by_article(pairs: Sequence[Pair]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for uid, article in pairs:
        found.setdefault(article, set()).add(uid)
    return found


def shared_out(
    candidates: Sequence[Candidate],
    readers: Sequence[Reader],
    overlap: int = 1,
    double: int = 0,
    seed: int = 0,
) -> list[Pair]:
    return dealt(with_overlap(candidates, readers, overlap, double, seed), readers, seed)


def after(candidates: Sequence[Candidate], pairs: Sequence[Pair]) -> list[Candidate]:
    """Return `candidates` as they are once `pairs` are assigned."""
    given = readers_by_article(pairs)
    return [
        replace(one, readers=one.readers | frozenset(given.get(one.article, ())))
        for one in candidates
    ]


# --- shares and overlap -------------------------------------------------------------------------


def test_everybody_gets_her_share() -> None:
    pairs = shared_out(articles(40), [replace(A, share=2), B, C])

    assert loads(pairs) == {"a": 20, "b": 10, "c": 10}
    assert len(readers_by_article(pairs)) == len(pairs) == 40


def test_each_article_has_as_many_readers_as_the_overlap() -> None:
    pairs = shared_out(articles(31), [A, B, C], overlap=2)

    assert {len(readers) for readers in readers_by_article(pairs).values()} == {2}
    assert sorted(loads(pairs).values()) == [20, 21, 21]


def test_overlap_makes_every_pair_of_people_meet() -> None:
    everybody = [Reader(uid, uid) for uid in "abcde"]

    pairs = shared_out(articles(100), everybody, overlap=2)

    met = Counter(frozenset(readers) for readers in readers_by_article(pairs).values())
    assert len(met) == 10
    assert max(met.values()) - min(met.values()) <= 2


def test_a_share_that_is_more_than_all_articles_goes_to_the_others() -> None:
    pairs = shared_out(articles(10), [replace(A, share=50), B, C], overlap=2)

    assert loads(pairs) == {"a": 10, "b": 5, "c": 5}


def test_at_least_so_many_are_read_by_two_and_no_more() -> None:
    pairs = shared_out(articles(60), [A, B, C], double=12)

    n_readers = Counter(map(len, readers_by_article(pairs).values()))
    assert n_readers == {1: 48, 2: 12}
    assert set(loads(pairs).values()) == {24}


def test_what_is_read_by_two_is_drawn_evenly_over_sources_and_lengths() -> None:
    candidates = articles(120)

    wanted = with_overlap(candidates, [A, B], 1, 24)

    by_source = Counter(one.source for one in wanted if one.wanted == 2)
    by_length = Counter(one.length > 1000 for one in wanted if one.wanted == 2)
    assert set(by_source.values()) == {8}
    assert abs(by_length[True] - by_length[False]) <= 4


# --- strata -------------------------------------------------------------------------------------


def test_sources_and_lengths_are_spread_evenly() -> None:
    candidates = articles(240)
    by_article = {one.article: one for one in candidates}

    pairs = shared_out(candidates, [A, B, C])

    for source in ("s0", "s1", "s2"):
        got = Counter(uid for uid, article in pairs if by_article[article].source == source)
        assert max(got.values()) - min(got.values()) <= 4
    letters = Counter[str]()
    for uid, article in pairs:
        letters[uid] += by_article[article].length
    assert max(letters.values()) < 1.05 * min(letters.values())


# --- chance -------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_in_whatever_order_it_is_asked() -> None:
    candidates, people = articles(50), [A, B, C]
    first = shared_out(candidates, people, 2, seed=7)

    random.Random(1).shuffle(candidates)  # noqa: S311

    assert shared_out(candidates, people[::-1], 2, seed=7) == first
    assert shared_out(candidates, people, 2, seed=8) != first


def test_lots_are_drawn_by_names_so_that_they_are_the_same_in_another_project() -> None:
    others = [Reader(f"other-{one.uid}", one.name) for one in (A, B, C)]

    there = shared_out(articles(30), others, 2)

    assert [(uid.removeprefix("other-"), one) for uid, one in there] == sorted(
        shared_out(articles(30), [A, B, C], 2)
    )


def test_what_was_drawn_once_is_drawn_for_ever() -> None:
    told = "".join(
        uid for uid, _ in sorted(shared_out(articles(12), [A, B, C]), key=lambda p: p[1])
    )

    assert told == DRAWN


# --- near-duplicates ----------------------------------------------------------------------------


def test_near_duplicates_go_to_the_same_people_and_count_once() -> None:
    candidates = [replace(one, group=0 if n < 12 else n) for n, one in enumerate(articles(31))]

    pairs = shared_out(candidates, [A, B])

    owners = {uid for uid, article in pairs if int(article, 16) < 12}
    assert len(owners) == 1
    n_groups = Counter(uid for uid, one in pairs if int(one, 16) >= 12) + Counter(owners)
    assert set(n_groups.values()) == {10}
    assert len(readers_by_article(pairs)) == 31


def test_a_new_near_duplicate_goes_to_who_has_the_old_one() -> None:
    candidates = articles(20)
    candidates[3] = replace(candidates[3], readers=frozenset("c"))
    candidates[9] = replace(candidates[9], group=3)

    given = readers_by_article(shared_out(candidates, [A, B, C]))

    assert given[candidates[9].article] == {"c"}
    assert candidates[3].article not in given


def test_near_duplicates_can_be_what_is_read_by_two() -> None:
    candidates = [replace(one, group=n // 4) for n, one in enumerate(articles(8))]

    pairs = shared_out(candidates, [A, B, C], double=5)

    assert sorted(map(len, readers_by_article(pairs).values())) == [2] * 8


# --- what is there already ----------------------------------------------------------------------


def test_more_articles_complete_the_shares() -> None:
    old = after(articles(30), shared_out(articles(30), [A, B]))

    pairs = shared_out([*old, *articles(60)[30:]], [A, B, C])

    assert {int(article, 16) >= 30 for _, article in pairs} == {True}
    assert loads(pairs) == {"a": 5, "b": 5, "c": 20}


def test_nobody_is_given_what_she_reads() -> None:
    old = after(articles(20), shared_out(articles(20), [A, B]))

    pairs = shared_out(old, [A, B], overlap=2)

    assert set(pairs).isdisjoint((uid, one.article) for one in old for uid in one.readers)
    assert {len(one.readers) for one in after(old, pairs)} == {2}


def test_what_has_its_readers_is_left_alone() -> None:
    old = after(articles(20), shared_out(articles(20), [A, B], 2))

    assert shared_out(old, [A, B, C], 2) == []


# --- what cannot be -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "people", "overlap", "double", "code"),
    [
        (0, [A, B], 1, 0, "nothing_to_assign"),
        (5, [A, B], 0, 0, "overlap_zero"),
        (5, [A, B], 3, 0, "overlap_too_great"),
        (5, [A, B], 1, 6, "double_too_many"),
        (5, [A], 1, 5, "double_needs_two"),
    ],
)
def test_what_cannot_be_is_said(
    n: int, people: list[Reader], overlap: int, double: int, code: str
) -> None:
    with pytest.raises(UserError) as trouble:
        with_overlap(articles(n), people, overlap, double)

    assert trouble.value.code == code


def test_one_person_can_be_the_second_reader() -> None:
    candidates = articles(5, readers=frozenset("a"))

    assert loads(shared_out(candidates, [B], double=3)) == {"b": 3}


# --- properties ---------------------------------------------------------------------------------

people = st.lists(
    st.tuples(st.sampled_from("abcdefg"), st.integers(1, 5)),
    min_size=1,
    max_size=5,
    unique_by=lambda one: one[0],
).map(lambda rows: [Reader(uid, uid, share) for uid, share in rows])
some_articles = st.lists(
    st.tuples(
        st.sampled_from(["", "bbc", "الجزيرة"]),
        st.integers(1, 3000),
        st.integers(0, 25),
        st.frozensets(st.sampled_from("abcxyz"), max_size=3),
    ),
    min_size=1,
    max_size=40,
).map(
    lambda rows: [
        Candidate(f"{n:064x}", source, length, group, readers)
        for n, (source, length, group, readers) in enumerate(rows)
    ]
)


@settings(deadline=None)
@given(some_articles, people, st.integers(1, 5), st.integers(0, 9))
def test_everything_asked_for_is_assigned_and_nothing_else(
    candidates: list[Candidate], readers: list[Reader], overlap: int, seed: int
) -> None:
    overlap = min(overlap, len(readers))

    pairs = shared_out(candidates, readers, overlap, seed=seed)

    assert len(set(pairs)) == len(pairs)
    for before, now in zip(candidates, after(candidates, pairs), strict=True):
        assert len(now.readers) == max(overlap, len(before.readers))
        assert now.readers - before.readers <= {reader.uid for reader in readers}


@settings(deadline=None)
@given(st.integers(1, 80), people, st.integers(1, 5), st.integers(0, 9))
def test_shares_are_within_one(n: int, readers: list[Reader], overlap: int, seed: int) -> None:
    overlap = min(overlap, len(readers))

    got = loads(shared_out(articles(n), readers, overlap, seed=seed))

    weight = sum(reader.share for reader in readers)
    ideal = {one.uid: Fraction(n * overlap * one.share, weight) for one in readers}
    if max(ideal.values()) <= n:
        assert all(abs(got[uid] - share) < 1 for uid, share in ideal.items())
    assert max(got.values()) <= n


@settings(deadline=None)
@given(some_articles, people, st.integers(0, 9))
def test_near_duplicates_that_nobody_has_stay_together(
    candidates: list[Candidate], readers: list[Reader], seed: int
) -> None:
    fresh = [replace(one, readers=frozenset()) for one in candidates]

    given_to = readers_by_article(shared_out(fresh, readers, len(readers) // 2 or 1, seed=seed))

    by_group: dict[int, set[frozenset[str]]] = {}
    for one in fresh:
        by_group.setdefault(one.group, set()).add(frozenset(given_to[one.article]))
    assert {len(found) for found in by_group.values()} == {1}


@settings(deadline=None)
@given(some_articles, people, st.integers(0, 40))
def test_at_least_so_many_are_double_or_it_is_refused(
    candidates: list[Candidate], readers: list[Reader], double: int
) -> None:
    everybody = {reader.uid for reader in readers}
    n_able = sum(len(one.readers | everybody) >= 2 for one in candidates)
    try:
        pairs = shared_out(candidates, readers, 1, double)
    except UserError as trouble:
        code = "double_too_many" if double > len(candidates) else "double_needs_two"
        assert trouble.code == code  # noqa: PT017
        assert n_able < double
    else:
        assert sum(len(one.readers) >= 2 for one in after(candidates, pairs)) >= double


DRAWN = "aaccbcbbacab"
