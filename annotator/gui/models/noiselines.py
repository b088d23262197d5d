"""Lines that are always noise in words: rules, the lines that they mean, what became of them."""

from collections.abc import Sequence

from annotator.core.noiselines import NoiseLine
from annotator.gui.models.cells import Row, name_cell, words_cell
from annotator.gui.models.kwic import KwicRow, kwic_row
from annotator.gui.models.roles import roles_said
from annotator.i18n import Language
from annotator.services.noiselines import COMPARED, NO_SITE, Changed, Place
from annotator.services.searchingcontext import InContext


def rule_row(language: Language, rule: NoiseLine, *, is_new: bool) -> Row:
    """Return a rule as a row of cells: what it says, on which site, how it is compared."""
    site = name_cell(rule.site) if rule.site else words_cell(language.text(NO_SITE))
    match = language.text(COMPARED[rule.match])
    said = f"{match} · {language.text('new')}" if is_new else match
    return name_cell(rule.line), site, words_cell(said, "accent" if is_new else "")


def rows(language: Language, places: Sequence[Place], found: Sequence[InContext]) -> list[KwicRow]:
    """Return the lines, which are read as `found`, as rows: those with labels take no tick."""
    made = []
    for one, place in zip(places, found, strict=True):
        note = roles_said(language, one.roles)
        if one.n_labels:
            note = language.plural("{n} label", "{n} labels", one.n_labels)
        made.append(kwic_row(place, (), note, can_tick=one.can_change))
    return made


def summary(language: Language, places: Sequence[Place], *, is_whole: bool) -> str:
    """Return how many lines there are, and how many are left as they are for their labels."""
    if not places:
        return language.text("No line that the rule means is left to be made noise")
    lines = language.plural("{n} line", "{n} lines", len(places))
    if not is_whole:
        lines = language.text("the first {n} lines", n=len(places))
    n_articles = len({one.article for one in places})
    told = [f"{lines} {language.plural('in {n} article', 'in {n} articles', n_articles)}"]
    n_labelled = sum(not one.can_change for one in places)
    if n_labelled:
        told.append(language.text("Left as they are, for their labels: {n}", n=n_labelled))
    return " · ".join(told)


def kept(language: Language, changed: Changed) -> str:
    """Return what was saved."""
    if not changed.lines:
        return language.text("Saved: the rule")
    lines = language.plural("{n} line", "{n} lines", changed.lines)
    articles = language.plural("in {n} article", "in {n} articles", len(changed.articles))
    told = [language.text("Noise now: {what}", what=f"{lines} {articles}")]
    if changed.left_out:
        told.append(language.text("Left as they are, for their labels: {n}", n=changed.left_out))
    return " · ".join(told)
