"""The whole report of a comparison: cells in, sums of the chosen readings, figures out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from annotator.agreement import events, statistics
from annotator.agreement.arrays import Flags, Floats, Ints, arranged, ints
from annotator.agreement.counted import Counted, Names, by_two, counted
from annotator.agreement.eventreport import event_report
from annotator.agreement.joint import joint_of
from annotator.agreement.overview import (
    MOST_ARTICLES,
    ArticleCounts,
    ReaderRow,
    Totals,
    article_counts,
    reader_rows,
    totals,
)
from annotator.agreement.report import (
    DisputedString,
    EventReport,
    RelationReport,
    SpanReport,
    StanceReport,
    ValueReport,
)
from annotator.agreement.spanreport import span_report
from annotator.agreement.splicing import Splice
from annotator.agreement.stancereport import relation_report, stance_report
from annotator.agreement.statistics import Cells
from annotator.agreement.stringsums import (
    StringSums,
    changed_strings,
    disputed_strings,
    joined_strings,
    string_sums,
)
from annotator.agreement.sums import (
    ItemSums,
    changed_rows,
    changed_sums,
    item_sums,
    joined_sums,
)
from annotator.agreement.unitsums import UnitSums, changed_units, joined_units, unit_sums
from annotator.agreement.valuereport import Scale, answer_report

WHATS = ("entities", "events", "stances", "relations", "answers")
_ITEMS = (statistics.ENTITIES, statistics.TRIGGERS, statistics.ROLES, statistics.RELATIONS)
_VALUES = (statistics.READ, statistics.STANCES, statistics.ANSWERS)
_STRINGS = (statistics.STRINGS, statistics.STRING_PLACES)
_N_DETAILS = events.AC_GIVEN + 1


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for: kinds of labels, annotators (numbers; empty: all), types, articles.

    `articles` are numbers of articles, None for all; `without_seen` leaves out readings that were
    made with suggestions in view.
    """

    what: tuple[str, ...] = WHATS
    who: frozenset[int] = frozenset()
    types: frozenset[str] = frozenset()
    articles: frozenset[int] | None = None
    without_seen: bool = False

    @property
    def is_of_some(self) -> bool:
        """Whether some readings of an article may be left out."""
        return bool(self.who) or self.without_seen


@dataclass(frozen=True, slots=True)
class Scales:
    """What the label schema says of values: of stances, of each question, and the topics."""

    stance: Scale
    questions: tuple[Scale, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of the chosen readings of `n_articles`, by article, so that articles can be changed.

    `values` are the cells of who read what, of stances and of answers, sorted by family and
    article; `arguments` counts by article and detail of `events`.
    """

    n_articles: int
    values: Cells
    items: Mapping[int, ItemSums]
    units: UnitSums
    strings: StringSums
    arguments: Floats


@dataclass(frozen=True, slots=True)
class Whole:
    """The report; what was not asked for is None, or empty."""

    totals: Totals
    readers: tuple[ReaderRow, ...]
    entities: SpanReport | None = None
    events: EventReport | None = None
    stances: StanceReport | None = None
    relations: RelationReport | None = None
    answers: tuple[ValueReport, ...] = ()
    articles: tuple[ArticleCounts, ...] = ()
    strings: tuple[DisputedString, ...] = field(default=())


def sums_of(cells: Cells, n_articles: int, names: Names, choice: Choice, first: int = 0) -> Sums:
    """Return the sums of some articles, which are numbered on from `first` in the whole."""
    flags = _flags(choice, n_articles, first)
    of_articles = cells if flags is None else cells.taken(flags[cells.article])
    families = statistics.by_family(of_articles)
    found = _chosen(families, n_articles, names, choice, flags)
    arguments, joint = found.of(statistics.ARGUMENTS), joint_of(found)
    nothing = statistics.nothing()
    return Sums(
        n_articles,
        _in_order(statistics.joined(families.get(family, nothing) for family in _VALUES)),
        {family: item_sums(found, family, joint) for family in _ITEMS},
        unit_sums(families.get(statistics.UNITS, nothing), n_articles),
        string_sums(*(families.get(family, nothing) for family in _STRINGS)),
        by_two(arguments.article, arguments.detail, arguments.n, (n_articles, _N_DETAILS)),
    )


def _flags(choice: Choice, n_articles: int, first: int) -> Flags | None:
    if choice.articles is None:
        return None
    flags = np.zeros(n_articles, dtype=bool)
    flags[[at - first for at in choice.articles if first <= at < first + n_articles]] = True
    return flags


def _chosen(
    families: Mapping[int, Cells],
    n_articles: int,
    names: Names,
    choice: Choice,
    flags: Flags | None,
) -> Counted:
    return counted(
        families,
        n_articles,
        names,
        who=choice.who,
        types=choice.types,
        articles=flags,
        without_seen=choice.without_seen,
    )


def joined_parts(parts: Sequence[Sums]) -> Sums:
    """Return the sums of all `parts` (one at least), their articles numbered one after another."""
    sizes = [part.n_articles for part in parts]
    firsts = [sum(sizes[:at]) for at in range(len(sizes))]
    values = [_shifted(part.values, at) for part, at in zip(parts, firsts, strict=True)]
    strings = [
        replace(part.strings, article=part.strings.article + at)
        for part, at in zip(parts, firsts, strict=True)
    ]
    items = {
        family: joined_sums([part.items[family] for part in parts], firsts) for family in _ITEMS
    }
    return Sums(
        sum(sizes),
        _in_order(statistics.joined(values)),
        items,
        joined_units([part.units for part in parts], firsts),
        joined_strings(strings),
        np.concatenate([part.arguments for part in parts]),
    )


def _in_order(cells: Cells) -> Cells:
    """Return cells sorted by family and article."""
    return cells.taken(arranged(cells.family, cells.article)[0])


def _shifted(cells: Cells, first: int) -> Cells:
    return replace(cells, article=cells.article + first)


def changed(whole: Sums, out: Sums, into: Sums, numbers: Sequence[int], n_articles: int) -> Sums:
    """Return `whole` with the articles `numbers` changed: `out` is what they were, `into` are now.

    Articles of `out` and `into` stand in the order of `numbers`; there may be new ones in the end.
    """
    at = np.asarray(numbers, dtype=np.int64)
    out, into = _renumbered(out, at), _renumbered(into, at)
    return Sums(
        n_articles,
        _changed_values(whole.values, into.values, at),
        {
            family: changed_sums(part, out.items[family], into.items[family], at, n_articles)
            for family, part in whole.items.items()
        },
        changed_units(whole.units, into.units, n_articles),
        changed_strings(whole.strings, out.strings, into.strings, at),
        changed_rows(whole.arguments, at, into.arguments, n_articles),
    )


def _changed_values(whole: Cells, into: Cells, gone: Ints) -> Cells:
    """Return the cells `whole`, sorted by family and article, with those of `gone` replaced."""
    families = np.repeat(ints(_VALUES), len(gone))
    splice = Splice(
        _by_article(whole.family, whole.article),
        _by_article(families, np.tile(gone, len(_VALUES))),
        _by_article(into.family, into.article),
    )
    return whole.spliced(into, splice)


def _by_article(family: Ints, article: Ints) -> Ints:
    return family << 32 | article


def _renumbered(part: Sums, at: Ints) -> Sums:
    items = {
        family: replace(one, article=at[one.article], row=at[one.row])
        for family, one in part.items.items()
    }
    return replace(
        part,
        values=replace(part.values, article=at[part.values.article]),
        items=items,
        units=replace(part.units, row=at[part.units.row]),
        strings=replace(part.strings, article=at[part.strings.article]),
    )


def whole_report(
    sums: Sums,
    names: Names,
    choice: Choice,
    scales: Scales,
    most_articles: int | None = MOST_ARTICLES,
) -> Whole:
    """Return the report of the chosen readings; `most_articles` are listed, all where None."""
    flags = _flags(choice, sums.n_articles, 0)
    found = _chosen(statistics.by_family(sums.values), sums.n_articles, names, choice, flags)
    items, what = sums.items, choice.what
    told = Whole(
        totals(found),
        reader_rows(found),
        articles=tuple(
            article_counts(found, {at: items[at] for at in _asked(what)}, most_articles)
        ),
    )
    if "entities" in what:
        entities = span_report(found, items[statistics.ENTITIES], sums.units)
        strings = disputed_strings(sums.strings, tuple(names.names), types=choice.types)
        told = replace(told, entities=entities, strings=strings)
    if "events" in what:
        triggers, roles = items[statistics.TRIGGERS], items[statistics.ROLES]
        told = replace(told, events=event_report(found, triggers, roles, sums.arguments))
    if "stances" in what:
        told = replace(told, stances=stance_report(found, scales.stance, scales.topics))
    if "relations" in what:
        told = replace(told, relations=relation_report(found, items[statistics.RELATIONS]))
    if "answers" in what:
        answers = tuple(answer_report(found, scale) for scale in scales.questions)
        told = replace(told, answers=answers)
    return told


_OF_WHAT = {
    "entities": (statistics.ENTITIES,),
    "events": (statistics.TRIGGERS, statistics.ROLES),
    "relations": (statistics.RELATIONS,),
}


def _asked(what: Sequence[str]) -> list[int]:
    return [family for name, families in _OF_WHAT.items() if name in what for family in families]
