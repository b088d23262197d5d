"""Lists beside the charts: texts that are treated differently, and the most disputed articles.

Pure.
"""

from dataclasses import dataclass

from annotator.agreement.figures import FREE_TEXT
from annotator.gui.models.agreementnames import TypeFace, TypeNames
from annotator.gui.models.agreementplot import Opening
from annotator.i18n import Language, marked
from annotator.services.agreeing import WHATS, AgreementReport, ArticleRow, StringRow
from annotator.services.agreeingplaces import Where

MOST_ARTICLES = 500
"""Articles that the list shows; the report that is exported has all."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row: text from an article or its title, chips with counts, and a note behind them."""

    text: str
    chips: tuple[tuple[TypeFace, int], ...]
    note: str
    said: str
    opens: Opening


def string_rows(
    report: AgreementReport, names: TypeNames, language: Language
) -> tuple[TextRow, ...]:
    """Return the texts that are treated differently, most disputed first."""
    return tuple(_of_string(row, names, language) for row in report.strings)


def article_rows(report: AgreementReport, language: Language) -> tuple[TextRow, ...]:
    """Return the articles in which anything is disputed, most disputed first."""
    disputed = [row for row in report.articles if row.n_disputed]
    compared = [answer for answer in report.answers if answer.percent.reason != FREE_TEXT]
    questions = tuple(answer.name for answer in compared)
    return tuple(_of_article(row, questions, language) for row in disputed[:MOST_ARTICLES])


def _of_string(row: StringRow, names: TypeNames, language: Language) -> TextRow:
    chips = tuple((_face(names, type_), n) for type_, n in row.types.items() if type_)
    nothing = row.types.get("", 0)
    note = f"{names.nothing('entities')} {nothing}" if nothing else ""
    counts = language.listed(
        [*(f"{face.name} {n}" for face, n in chips), *([note] if note else [])]
    )
    title = language.text(marked("Disagreements: {name}"), name=language.quoted(row.text))
    wheres = (Where("entities", text=row.text, disputed=True),)
    return TextRow(row.text, chips, note, f"{row.text}: {counts}", Opening(title, wheres))


def _face(names: TypeNames, type_: str) -> TypeFace:
    return names.face("entities", type_)


def _of_article(row: ArticleRow, questions: tuple[str, ...], language: Language) -> TextRow:
    note = language.text(
        marked("{disputed} of {items} disputed"), disputed=row.n_disputed, items=row.n_items
    )
    if row.strict is not None:
        note += f" · F1 {row.strict:.2f}"
    families = [what for what in (*WHATS, "roles") if what != "answers"]
    wheres = [Where(what, article=row.uid, disputed=True) for what in families]
    wheres += [Where("answers", article=row.uid, question=id, disputed=True) for id in questions]
    title = language.text(marked("Disagreements: {name}"), name=language.quoted(row.title))
    return TextRow(row.title, (), note, f"{row.title}: {note}", Opening(title, tuple(wheres)))
