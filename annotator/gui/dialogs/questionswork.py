"""What a dialog has a job do with questions and withdrawn articles. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass

from annotator.core.model import Article
from annotator.services import listing, projectwide
from annotator.services.progress import Progress
from annotator.store import doubts
from annotator.store.project import Project
from annotator.store.queries import Filter


@dataclass(frozen=True, slots=True)
class Seen:
    """The articles that are withdrawn, and how many labels lie on the one that might be."""

    withdrawn: tuple[Article, ...]
    n_labels: int


def answered(uid: str, text: str) -> Callable[[Project, Progress], None]:
    """Return the work of answering the question on the label `uid`."""

    def work(project: Project, _: Progress) -> None:
        projectwide.answer_doubt(project, uid, text)

    return work


def seen(article: str) -> Callable[[Project, Progress], Seen]:
    """Return the work of looking what is withdrawn, and what lies on `article`, if one is named."""

    def work(project: Project, _: Progress) -> Seen:
        labels = listing.labels(project, Filter(article=article)) if article else ()
        return Seen(tuple(doubts.withdrawn_articles(project)), sum(1 for _ in labels))

    return work


def withdrawn(article: str) -> Callable[[Project, Progress], None]:
    """Return the work of withdrawing an article."""

    def work(project: Project, _: Progress) -> None:
        projectwide.withdraw(project, article)

    return work


def brought_back(article: str) -> Callable[[Project, Progress], None]:
    """Return the work of bringing an article back."""

    def work(project: Project, _: Progress) -> None:
        projectwide.bring_back(project, article)

    return work
