"""The report as one page that needs nothing else: no script, no network, in either direction."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from annotator.agreement.report import Disagreements, EventReport, SpanReport, ValueReport
from annotator.files import replacing
from annotator.i18n import Language, marked
from annotator.paths import resource
from annotator.services import agreeingparts as parts
from annotator.services.agreeing import AgreementReport
from annotator.services.agreeingwords import methods, said, value_of

_ARTICLES = 50
"""Articles that the page lists; the CSV has all."""
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
    text = language.text
    if report.totals.n_joint == 0:
        told = text(marked("At least one article must be read by two annotators."))
        yield f'<p class="empty">{escape(told)}</p>'
    yield _readers(report, language)
    if report.entities is not None:
        yield from _spans(report.entities, text(marked("Entities")), language)
    if report.events is not None:
        yield from _events(report.events, language)
    if report.stances is not None:
        found = report.stances
        told = parts.strip([("target_f1", found.target_f1)], language)
        yield parts.section(text(marked("Targets of stances")), [told])
        yield from _values(found.values, text(marked("Values of stances")), language)
    if report.relations is not None:
        yield _relations(report, language)
    for answer in report.answers:
        title = text(marked("Question: {name}"), name=answer.name)
        yield from _values(answer, title, language)
    yield _articles(report, language)
    yield _strings(report, language)
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


def _spans(found: SpanReport, title: str, language: Language) -> Iterator[str]:
    text = language.text
    names = ("detection", "strict", "boundary", "overlap", "label_alpha", "outer", "inner")
    strip = parts.strip([(name, getattr(found, name)) for name in names], language)
    yield parts.section(title, [strip])
    if found.by_pair:
        note = text(marked("Above the diagonal strict F1, below it the number of articles"))
        yield parts.section(text(marked("Every two")), [parts.heat(found.by_pair, language)], note)
    if found.by_type:
        yield parts.section(text(marked("Every type")), [parts.bars(found.by_type, language)])
    if found.confusion:
        matrix = parts.matrix(found.confusion, text(marked("no label")))
        yield parts.section(text(marked("What is taken for what")), [matrix])
    if found.n_items:
        yield parts.section(text(marked("Kinds of disagreement")), _kinds(found, language))


def _kinds(found: SpanReport, language: Language) -> list[str]:
    rows = [
        (f"{pair.first.name} · {pair.second.name}", _by_kind(pair.disagreements))
        for pair in found.by_pair
    ]
    reasons = {**found.disagreements.reasons, **found.disagreements.missing}
    return [parts.stack(rows, language), parts.counts(reasons.items(), language)]


def _by_kind(found: Disagreements) -> list[tuple[str, int]]:
    return [(code, found.kinds[code]) for code in ("boundary", "label", "both", "missing")]


def _events(found: EventReport, language: Language) -> Iterator[str]:
    names = (
        *("ti", "tc", "ai", "ac", "ai_plus", "ac_plus", "ai_overlap"),
        *("ai_given_trigger", "ac_given_trigger", "type_alpha", "role_alpha"),
    )
    strip = parts.strip([(name, getattr(found, name)) for name in names], language)
    note = language.text(marked("From the trigger to the role, in the order in which it is lost"))
    yield parts.section(language.text(marked("Events")), [strip], note)
    if found.roles:
        nothing = language.text(marked("no argument"))
        title = language.text(marked("Roles of aligned events"))
        yield parts.section(title, [parts.matrix(found.roles, nothing)])
    if found.triggers.n_items:
        yield from _spans(found.triggers, language.text(marked("Triggers")), language)


def _values(found: ValueReport, title: str, language: Language) -> Iterator[str]:
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
        told.append(parts.matrix(found.confusion, language.text(marked("no label"))))
    yield parts.section(title, told)


def _relations(report: AgreementReport, language: Language) -> str:
    found = report.relations
    if found is None:
        return ""
    figures = (
        ("ends_f1", found.ends_f1),
        ("relations_strict", found.strict),
        ("type_alpha", found.type_alpha),
    )
    told = [parts.strip(figures, language)]
    if found.confusion:
        told.append(parts.matrix(found.confusion, language.text(marked("no label"))))
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
    left = len(report.articles) - len(rows)
    note = language.text(marked("More of them: {n}"), n=left) if left else ""
    return parts.section(language.text(marked("Articles, most disputed first")), [told], note)


def _strings(report: AgreementReport, language: Language) -> str:
    if not report.strings:
        return ""
    nothing = language.text(marked("no label"))
    rows = []
    for row in report.strings:
        types = " · ".join(
            f"{escape(type_ or nothing)} {parts.number(n)}" for type_, n in row.types.items()
        )
        rows.append([f'<q dir="auto">{escape(row.text)}</q>', types, parts.number(row.n)])
    head = (marked("Text"), marked("Types"), marked("Items"))
    told = parts.table([language.text(title) for title in head], rows)
    title = language.text(marked("Texts most in dispute"))
    note = language.text(marked("The same text, treated differently"))
    return parts.section(title, [told], note)
