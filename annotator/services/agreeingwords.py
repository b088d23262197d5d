"""Words for figures, disagreements and reasons; the paragraph that a paper could print."""

from collections.abc import Mapping

from annotator.agreement.figures import Figure
from annotator.i18n import Language, marked
from annotator.services.agreeing import AgreementReport
from annotator.services.agreeingnames import Naming

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
    "u_alpha": marked("Unitized alpha (uα): where labels lie, and their types"),
    "place_alpha": marked("Place alone (|uα): where labels lie, any type"),
    "value_alpha": marked("Type alone (cuα, experimental): where both marked"),
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
    "not_unitized": marked("not measured for triggers"),
    "not_by_type": marked("counted over all types together only"),
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


def topic_figures(
    found: Mapping[str, Figure], naming: Naming, language: Language
) -> list[tuple[str, Figure]]:
    """Return the figures of topics under their names, and of targets in the text."""
    in_text = language.text(marked("targets in the text"))
    return [(naming(topic) if topic else in_text, figure) for topic, figure in found.items()]


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


def at_most(figure: Figure, language: Language) -> str:
    """Return how many of all items may differ at most, where that is said for an interval."""
    if figure.greatest_rate is None:
        return ""
    return language.text(
        marked("{k} of {n} items differ: at most {rate} % of all (95 %)"),
        k=figure.n_disputed,
        n=figure.n_items,
        rate=f"{100 * figure.greatest_rate:.3g}",
    )


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
    chosen = [
        language.text(told, names=language.listed(some))
        for told, some in (
            (marked("Only these annotators: {names}."), [names.get(uid, uid) for uid in asked.who]),
            (marked("Only these types: {names}."), asked.types),
            (marked("Only these articles: {names}."), asked.articles),
        )
        if some
    ]
    if asked.types:
        chosen.append(
            language.text(marked("Stances, answers and arguments have no choice of types."))
        )
    if not chosen:
        chosen.append(language.text(marked("All annotators, types and articles are compared.")))
    whats = language.listed(said(what, language) for what in asked.what)
    return [*lines, *chosen, language.text(marked("Compared are: {names}."), names=whats)]


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


def settings_told(report: AgreementReport, language: Language) -> list[str]:
    """Return what a table of figures has to say of how they were made, a sentence each."""
    return [methods(report, language)[0], *settings_lines(report, language)]


_METHODS = (
    marked(
        "Spans of two readings were paired one to one: the same span before an overlap, the same"
        " type before another, the greater share of their union first. F1 is twice the pairs over"
        " the spans of both; team values are pooled over pairs and articles. Overlap and lengths"
        " are counted in base characters, without marks and tatweel."
    ),
    marked(
        "Texts are the same where they are after folding: without marks and tatweel, the forms of a"
        " letter as one. Tables pooled over pairs hold what differs in both orders, and what agrees"
        " once."
    ),
    marked(
        "Chance-corrected figures are Krippendorff's alpha (2004), unitized alpha of Krippendorff"
        " et al. (2016) type by type and, of the outermost labels, over all types, Cohen's, Scott's"
        " and Fleiss' coefficients, and Gwet's AC1 and AC2 with the number of values in the label"
        " schema. Trigger and argument scores follow Ji and Grishman (2008)."
    ),
    marked(
        "Over time, an annotator's strict F1 with all who read the same article is followed in the"
        " order of finishing: by windows of 20 articles, and by an average in which a new article"
        " weighs 0.2, against a limit of three standard deviations below the first 20 articles"
        " (Roberts 1959). What falls below it twice in a row is flagged."
    ),
    marked(
        "Intervals are 95 % intervals of a jackknife over articles with Student's t; they are shown"
        " from 20 articles and 5 disagreements on. A figure that is undefined is left out, with its"
        " reason."
    ),
)
