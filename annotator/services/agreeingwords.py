"""Words for figures, disagreements and reasons; the paragraph that a paper could print."""

from collections.abc import Mapping

from annotator.agreement.figures import Figure
from annotator.i18n import Language, marked
from annotator.services.agreeing import AgreementReport

FIGURES = {
    "strict": marked("Strict F1: same span, same type"),
    "boundary": marked("Boundary F1: same span, any type"),
    "overlap": marked("Overlap F1: spans touch, same type"),
    "detection": marked("Detection F1: spans touch, any type"),
    "label_alpha": marked("Alpha of the type, where both marked"),
    "pair_mean": marked("Mean of the pairs' strict F1"),
    "outer": marked("Strict F1 of outermost labels"),
    "inner": marked("Strict F1 of labels inside others"),
    "unitized": marked("Unitized alpha: where labels lie"),
    "ti": marked("Trigger found (TI)"),
    "tc": marked("Trigger and event type (TC)"),
    "ai": marked("Argument found (AI)"),
    "ac": marked("Argument and role (AC)"),
    "ai_plus": marked("Argument found, same trigger (AI+)"),
    "ac_plus": marked("Argument and role, same trigger (AC+)"),
    "ai_overlap": marked("Argument found, spans touch"),
    "ai_given_trigger": marked("Argument, where the triggers meet"),
    "ac_given_trigger": marked("Role, where the triggers meet"),
    "type_alpha": marked("Alpha of the type, where both marked"),
    "role_alpha": marked("Alpha of the role, where both marked"),
    "target_f1": marked("F1 of the targets"),
    "ends_f1": marked("F1 of the ends, any type"),
    "relations_strict": marked("F1 of the ends and the type"),
    "percent": marked("Observed agreement"),
    "nominal": marked("Alpha, nominal"),
    "ordinal": marked("Alpha, ordinal"),
    "interval": marked("Alpha, interval"),
    "ratio": marked("Alpha, ratio"),
    "set": marked("Alpha of sets, Jaccard"),
    "masi": marked("Alpha of sets, MASI"),
    "fleiss_kappa": marked("Fleiss' kappa"),
    "scott_pi": marked("Scott's pi"),
    "gwet_ac1": marked("Gwet's AC1"),
    "gwet_ac2": marked("Gwet's AC2"),
    "cohen_kappa": marked("Cohen's kappa"),
}
"""What the figures of a report are called, by the name of their field or key."""

_CODES = {
    "agree": marked("same span and type"),
    "label": marked("type differs"),
    "boundary": marked("edges differ"),
    "both": marked("edges and type differ"),
    "missing": marked("only one marked it"),
    "missing_first": marked("the first left it out"),
    "missing_second": marked("the second left it out"),
    "missing_elsewhere": marked("the same text is marked elsewhere"),
    "missing_inner": marked("inside a label that agrees"),
    "invisible": marked("blanks or marks"),
    "punctuation": marked("punctuation"),
    "particle": marked("attached particle (و ف ب ك ل س)"),
    "particle_and_article": marked("attached particle with the article ال"),
    "article": marked("the article ال"),
    "pronoun": marked("attached pronoun"),
    "title": marked("title before the name"),
    "words_before": marked("more words before it"),
    "words_after": marked("more words after it"),
    "words_around": marked("more on both sides"),
    "part_of_word": marked("part of a word"),
    "crossing": marked("the spans cross"),
    "gaps": marked("the gaps differ"),
    "no_items": marked("nothing was labelled"),
    "no_pairs": marked("no article was read by two"),
    "one_label": marked("only one value was used"),
    "no_chance": marked("chance alone would agree as well"),
    "not_ordered": marked("the values have no order"),
    "not_numbers": marked("the values are no numbers"),
    "free_text": marked("free texts are not compared"),
    "few_articles": marked("fewer than 20 articles"),
    "few_disagreements": marked("fewer than 5 disagreements"),
    "unstable": marked("undefined without one of the articles"),
    "entities": marked("Entities"),
    "events": marked("Events"),
    "stances": marked("Stances"),
    "relations": marked("Relations"),
    "answers": marked("Answers"),
}

TARGETS: Mapping[str, float] = {
    "entities.detection": 0.90,
    "entities.strict": 0.80,
    "entities.overlap": 0.90,
    "entities.label_alpha": 0.80,
    "events.tc": 0.65,
    "events.ac": 0.50,
    "stances.ordinal": 0.667,
    "stances.nominal": 0.667,
}
"""What to reach, until a team sets its own: for alpha Krippendorff's (2004) 0.667 for tentative and
0.800 for safe conclusions; for F1 no threshold is accepted, and these are ours."""


def figure_name(name: str, language: Language) -> str:
    """Return what the figure with that field or key is called."""
    return language.text(FIGURES[name]) if name in FIGURES else name


def said(code: str, language: Language) -> str:
    """Return the words for a kind, a reason or a part; what is not known stays as it is."""
    return language.text(_CODES[code]) if code in _CODES else code


def value_of(figure: Figure, digits: int = 2) -> str:
    """Return a value as it is printed, "—" where it is undefined."""
    return "—" if figure.value is None else f"{figure.value:.{digits}f}"


def interval_of(figure: Figure) -> str:
    """Return the interval as it is printed, or nothing."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{figure.low:.2f}–{figure.high:.2f}"


def why(figure: Figure, language: Language) -> str:
    """Return why a figure has no value, or no interval; nothing where it has both."""
    return said(figure.reason or figure.no_interval, language)


def settings_lines(report: AgreementReport, language: Language) -> list[str]:
    """Return what was compared and how, a sentence each."""
    asked, totals = report.asked, report.totals
    names = {row.reader.uid: row.reader.name for row in report.readers}
    lines = [
        language.text(
            marked("Readings that are done now: {n}; articles read by two or more: {joint}."),
            n=totals.n_readings,
            joint=totals.n_joint,
        ),
        language.text(_EDGES[asked.trim, asked.punctuation]),
        language.text(
            marked("Readings made with suggestions in view are left out.")
            if asked.without_suggestions
            else marked("Readings made with suggestions in view are among them: {n}."),
            n=totals.n_seen,
        ),
    ]
    for told, chosen in (
        (marked("Only these annotators: {names}."), [names.get(uid, uid) for uid in asked.who]),
        (marked("Only these types: {names}."), asked.types),
        (marked("Only these articles: {names}."), asked.articles),
    ):
        if chosen:
            lines.append(language.text(told, names=language.listed(chosen)))
    return lines


_EDGES = {
    (False, False): marked("Spans are compared at their stored offsets."),
    (True, False): marked(
        "Ends are normalised first: blanks, invisible signs and tatweel at the ends do not count."
    ),
    (False, True): marked("Punctuation at the ends is taken off first."),
    (True, True): marked(
        "Ends are normalised first: blanks, invisible signs, tatweel and punctuation at the ends"
        " do not count."
    ),
}


def methods(report: AgreementReport, language: Language) -> list[str]:
    """Return the paragraphs on methods, ready to be printed."""
    name, version = report.schema
    told = [
        language.text(
            marked(
                "Agreement was computed with Hashiya {version} under the label schema {name},"
                " version {schema}, over the layers that their annotators had marked done."
            ),
            version=report.version,
            name=name,
            schema=version,
        ),
        *(language.text(paragraph) for paragraph in _METHODS),
    ]
    return [*told, " ".join(settings_lines(report, language))]


_METHODS = (
    marked(
        "Spans of two readings were paired one to one: the same span before an overlap, the same"
        " type before another, the greater share of their union first. F1 is twice the pairs over"
        " the spans of both; team values are pooled over pairs and articles. Overlap and lengths"
        " are counted in base characters, without marks and tatweel."
    ),
    marked(
        "Chance-corrected figures are Krippendorff's alpha (2004), unitized alpha of Krippendorff"
        " et al. (2016) type by type, Cohen's, Scott's and Fleiss' coefficients, and Gwet's AC1 and"
        " AC2 with the number of values in the label schema. Trigger and argument scores follow Ji"
        " and Grishman (2008)."
    ),
    marked(
        "Intervals are 95 % intervals of a jackknife over articles with Student's t; they are shown"
        " from 20 articles and 5 disagreements on. A figure that is undefined is left out, with its"
        " reason."
    ),
)
