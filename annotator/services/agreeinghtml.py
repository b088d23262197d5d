"""The report as one page that needs nothing else: no script, no network, in either direction."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from annotator.agreement.figures import NOT_UNITIZED
from annotator.agreement.flatfigures import Unitized
from annotator.agreement.report import (
    Disagreements,
    EventReport,
    RelationReport,
    SpanReport,
    StanceReport,
    ValueReport,
)
from annotator.files import replacing
from annotator.i18n import Language, marked
from annotator.paths import resource
from annotator.services import agreeingparts as parts
from annotator.services.agreeing import AgreementReport
from annotator.services.agreeingdrifthtml import over_time
from annotator.services.agreeingnames import Naming, SchemaNames
from annotator.services.agreeingwords import methods, said, topic_figures, value_of

_ARTICLES = 50
"""Articles that the page lists, and says how many more there are; CSV and JSON have all."""
_STYLE = "agreement.css"


def write_html(report: AgreementReport, path: Path, language: Language) -> None:
    """Write the page in the place of `path`, whole or not at all."""
    with replacing(path) as file:
        file.write(as_html(report, language).encode("utf-8", "replace"))


def as_html(report: AgreementReport, language: Language) -> str:
    """Return the page in `language`; names and texts are escaped."""
    title = language.text(marked("Agreement of the annotators"))
    style = (resource("themes") / _STYLE).read_text("utf-8")
    body = "".join(_body(report, language))
    return (
        f'<!DOCTYPE html>\n<html lang="{language.code}" dir="{language.direction}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} – {escape(report.title)}</title>\n"
        f"<style>\n{style}</style>\n</head>\n<body>\n"
        f"<header><h1>{escape(title)}</h1><p>{escape(report.title)}</p></header>\n"
        f"<main>{body}</main>\n</body>\n</html>\n"
    )


def _body(report: AgreementReport, language: Language) -> Iterator[str]:
    text, names = language.text, SchemaNames(report.label_schema, language)
    if report.totals.n_joint == 0:
        told = text(marked("At least one article must be read by two annotators."))
        yield f'<p class="empty">{escape(told)}</p>'
    yield _readers(report, language)
    if report.entities is not None:
        naming = names.of("entities")
        yield from _spans(report.entities, text(marked("Entities")), naming, language)
        if report.unitized is not None:
            yield _unitizing(report.unitized, naming, language)
    if report.events is not None:
        yield from _events(report.events, names, language)
    if report.stances is not None:
        yield from _stances(report.stances, names, language)
    if report.relations is not None:
        yield _relations(report.relations, names.of("relations"), language)
    for answer in report.answers:
        title = text(marked("Question: {name}"), name=names.of("questions")(answer.name))
        yield from _values(answer, title, names.of_answers(answer.name), language)
    yield over_time(report.drifts, language)
    yield _articles(report, language)
    yield _strings(report, names.of("entities"), language)
    paragraphs = [f"<p>{escape(paragraph)}</p>" for paragraph in methods(report, language)]
    yield parts.section(text(marked("Methods")), paragraphs)


def _readers(report: AgreementReport, language: Language) -> str:
    head = (
        *(marked("Annotator"), marked("Articles done"), marked("Read by others too")),
        *(marked("Labels"), marked("With suggestions")),
    )
    rows = [
        [
            escape(row.reader.name),
            *map(parts.number, (row.n_articles, row.n_joint, row.n_labels, row.n_seen)),
        ]
        for row in report.readers
    ]
    table = parts.table([language.text(title) for title in head], rows)
    return parts.section(language.text(marked("Annotators")), [table])


def _spans(found: SpanReport, title: str, naming: Naming, language: Language) -> Iterator[str]:
    text = language.text
    names = ("detection", "strict", "boundary", "overlap", "label_alpha", "outer", "inner")
    strip = parts.strip([(name, getattr(found, name)) for name in names], language)
    yield parts.section(title, [strip])
    if found.by_pair:
        note = text(marked("Above the diagonal strict F1, below it the number of articles"))
        yield parts.section(text(marked("Every two")), [parts.heat(found.by_pair, language)], note)
    if found.by_type:
        bars = parts.bars(found.by_type, naming, language)
        why = found.by_type[0].unitized.reason
        note = (
            f"{text(marked('Unitized alpha'))}: {said(why, language)}"
            if why == NOT_UNITIZED
            else ""
        )
        yield parts.section(text(marked("Every type")), [bars], note)
    if found.confusion:
        matrix = parts.matrix(found.confusion, naming, text(marked("no label")), language)
        yield parts.section(text(marked("What is taken for what")), [matrix], _pooled(language))
    if found.n_items:
        yield parts.section(text(marked("Kinds of disagreement")), _kinds(found, language))


def _pooled(language: Language) -> str:
    return language.text(marked("What differs stands in both orders, what agrees once"))


def _unitizing(found: Unitized, naming: Naming, language: Language) -> str:
    """Return the family over all types: what is measured type by type stands with the types."""
    text = language.text
    figures = (("u_alpha", found.unitized), ("place_alpha", found.place))
    told = [parts.strip([*figures, ("value_alpha", found.value)], language)]
    if found.by_type:
        told.append(parts.lines([(naming(row.type), row.alpha) for row in found.by_type], language))
    note = text(
        marked("Of the outermost labels; below, type by type, (k)uα, which is experimental")
    )
    return parts.section(text(marked("Unitized alpha over all types")), told, note)


def _kinds(found: SpanReport, language: Language) -> list[str]:
    rows = [
        (f"{pair.first.name} · {pair.second.name}", _by_kind(pair.disagreements))
        for pair in found.by_pair
    ]
    reasons = {**found.disagreements.reasons, **found.disagreements.missing}
    return [parts.stack(rows, language), parts.counts(reasons.items(), language)]


def _by_kind(found: Disagreements) -> list[tuple[str, int]]:
    return [(code, found.kinds[code]) for code in ("boundary", "label", "both", "missing")]


def _events(found: EventReport, names: SchemaNames, language: Language) -> Iterator[str]:
    fields = (
        *("ti", "tc", "ai", "ac", "ai_plus", "ac_plus", "ai_overlap"),
        *("ai_given_trigger", "ac_given_trigger", "type_alpha", "role_alpha"),
    )
    strip = parts.strip([(name, getattr(found, name)) for name in fields], language)
    note = language.text(marked("From the trigger to the role, in the order in which it is lost"))
    yield parts.section(language.text(marked("Events")), [strip], note)
    if found.roles:
        nothing = language.text(marked("no argument"))
        title = language.text(marked("Roles of aligned events"))
        yield parts.section(
            title, [parts.matrix(found.roles, names.of("roles"), nothing, language)]
        )
    if found.triggers.n_items:
        title = language.text(marked("Triggers"))
        yield from _spans(found.triggers, title, names.of("events"), language)


def _stances(found: StanceReport, names: SchemaNames, language: Language) -> Iterator[str]:
    text = language.text
    told = parts.strip([("target_f1", found.target_f1)], language)
    yield parts.section(text(marked("Targets of stances")), [told])
    title = text(marked("Values of stances"))
    yield from _values(found.values, title, names.of("stances"), language)
    if found.by_topic:
        topics = topic_figures(found.by_topic, names.of("topics"), language)
        told = parts.lines(topics, language)
        yield parts.section(text(marked("Values of stances by topic: alpha, nominal")), [told])


def _values(found: ValueReport, title: str, naming: Naming, language: Language) -> Iterator[str]:
    figures = [("percent", found.percent), *found.alphas.items(), *found.others.items()]
    rows = [
        [
            escape(f"{row.first.name} · {row.second.name}"),
            parts.number(row.n_items),
            parts.number(value_of(row.percent)),
            parts.number(value_of(row.cohen_kappa)),
        ]
        for row in found.by_pair
        if row.n_items
    ]
    told = [parts.strip(figures, language)]
    if rows:
        head = (marked("Every two"), marked("Items"), marked("Observed"), marked("Cohen's kappa"))
        told.append(parts.table([language.text(cell) for cell in head], rows))
    if found.confusion:
        told.append(
            parts.matrix(found.confusion, naming, language.text(marked("no label")), language)
        )
    yield parts.section(title, told, _pooled(language) if found.confusion else "")


def _relations(found: RelationReport, naming: Naming, language: Language) -> str:
    figures = (
        ("ends_f1", found.ends_f1),
        ("relations_strict", found.strict),
        ("type_alpha", found.type_alpha),
    )
    told = [parts.strip(figures, language)]
    if found.by_pair:
        pairs = [(f"{row.first.name} · {row.second.name}", row.target_f1) for row in found.by_pair]
        told.append(parts.lines(pairs, language))
    if found.confusion:
        told.append(
            parts.matrix(found.confusion, naming, language.text(marked("no label")), language)
        )
    return parts.section(said("relations", language), told)


def _articles(report: AgreementReport, language: Language) -> str:
    if not report.articles:
        return ""
    rows = [
        [
            escape(row.title),
            *map(parts.number, (row.uid, row.n_readings, row.n_items, row.n_disputed)),
            parts.number("—" if row.strict is None else f"{row.strict:.2f}"),
        ]
        for row in report.articles[:_ARTICLES]
    ]
    head = (
        *(marked("Title"), marked("Article"), marked("Readings"), marked("Items")),
        *(marked("Disputed"), marked("Strict")),
    )
    told = parts.table([language.text(title) for title in head], rows)
    left = report.totals.n_joint - len(rows)
    note = language.text(marked("More of them: {n}"), n=left) if left else ""
    return parts.section(language.text(marked("Articles, most disputed first")), [told], note)


def _strings(report: AgreementReport, naming: Naming, language: Language) -> str:
    if not report.strings:
        return ""
    nothing = language.text(marked("no label"))
    rows = []
    for row in report.strings:
        types = " · ".join(
            f"{escape(naming(type_) if type_ else nothing)} {parts.number(n)}"
            for type_, n in row.types.items()
        )
        rows.append([f'<q dir="auto">{escape(row.text)}</q>', types, parts.number(row.n)])
    head = (marked("Text"), marked("Types"), marked("Items"))
    told = parts.table([language.text(title) for title in head], rows)
    title = language.text(marked("Texts most in dispute"))
    note = language.text(marked("The same text, treated differently"))
    return parts.section(title, [told], note)
