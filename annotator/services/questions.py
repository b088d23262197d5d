"""What annotators ask the lead: every question that stands on a label, with its answer if any."""

from dataclasses import dataclass

from annotator.services import listing
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import doubts
from annotator.store.project import Project
from annotator.store.queries import Filter


@dataclass(frozen=True, slots=True)
class Question:
    """A question on the label `uid`, which is of a `kind` and a `type`; `answer` may be empty.

    `title` is the article's, `annotator` the name of whoever asks; `quote` is the text that the
    label lies on, empty where it has none.
    """

    uid: str
    article: str
    title: str
    annotator: str
    kind: str
    type: str
    quote: str
    text: str
    answer: str


def questions(project: Project, progress: Progress = SILENT) -> list[Question]:
    """Return the questions of all people, those without an answer first."""
    found: list[Question] = []
    layers = doubts.layers_that_ask(project)
    for n, (article, annotator) in enumerate(layers):
        go_on(progress, n, len(layers))
        found += _of_layer(project, article, annotator)
    return sorted(found, key=lambda one: bool(one.answer))


def _of_layer(project: Project, article: str, annotator: str) -> list[Question]:
    title = project.article(article).title
    return [
        Question(
            row["uid"],
            article,
            title,
            row["annotator"],
            row["kind"],
            row["type"],
            row["quote"],
            row["doubt"],
            row["doubt_answer"],
        )
        for row in listing.labels(project, Filter(article=article, who=annotator))
        if "doubt" in row
    ]
