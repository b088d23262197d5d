"""Articles made of the one in view: a page made two, a copy put right; and why one is wanted."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject

from annotator.arabic.unseen import counts_of
from annotator.core.errors import UserError
from annotator.core.model import LEAD, Article
from annotator.gui.canvas.view import Canvas
from annotator.gui.look import Look
from annotator.gui.panels.messages import MessagesBar
from annotator.gui.session import Session
from annotator.gui.widgets.literal import literal
from annotator.i18n import marked
from annotator.services import newarticles, regioning
from annotator.services.newarticles import Made
from annotator.services.reading import Reading
from annotator.services.wording import sentence

_LOOKED_AT = 20_000
"""Characters of a text that are looked at when it is shown: what reads wrong does so throughout."""


_COPY = "put_right"
"""The action that makes a copy."""


class NewArticles(QObject):
    """Makes articles of the one in view, and says where its text reads wrong."""

    def __init__(self, look: Look, session: Session, canvas: Canvas, messages: MessagesBar) -> None:
        super().__init__(canvas)
        self._look, self._session = look, session
        self._canvas, self._messages = canvas, messages
        self._told: set[str] = set()
        session.article_shown.connect(self._look_at)

    def make_two(self) -> None:
        """Add what stands above the caret's line and from it on as two articles."""
        reading = self._session.reading
        if reading is None or not reading.text:
            return
        start, _ = regioning.snapped(reading.text, self._canvas.caret(), self._canvas.caret())
        project, article = self._session.project, reading.article.sha256
        self._add(reading, lambda: newarticles.parted(project, article, start))

    def put_right(self) -> None:
        """Add a copy of the article in letters and in the order of reading."""
        reading = self._session.reading
        if reading is not None and reading.text:
            project, article = self._session.project, reading.article.sha256
            self._add(reading, lambda: newarticles.righted_copy(project, article))

    def _add(self, reading: Reading, make: Callable[[], Made]) -> None:
        try:
            if self._session.project.is_only_read:
                raise UserError("only_read")
            made = make()
        except UserError as trouble:
            self._session.refused.emit(trouble)
            return
        if self._messages.offers(_COPY):
            self._messages.trouble_over()
        self._messages.tell(" ".join(self._worded(made, reading.article)))
        if made.new:
            self._session.project_changed.emit()

    def _worded(self, made: Made, article: Article) -> Iterator[str]:
        text, title = self._look.language.text, literal(article.title, 40)
        if made.new:
            said = marked("Added as articles: {titles}. “{title}” stays as it is, with its labels.")
            yield text(said, titles=self._titles(made.new), title=title)
        if made.known:
            said = marked("There already as articles, and not added again: {titles}.")
            yield text(said, titles=self._titles(made.known))

    def _titles(self, articles: Sequence[Article]) -> str:
        language = self._look.language
        return language.listed(language.quoted(literal(one.title, 40)) for one in articles)

    def _look_at(self) -> None:
        """Say once where the text that is shown reads wrong; a copy is offered where one helps."""
        if self._messages.offers(_COPY):
            self._messages.trouble_over()  # it was of another article
        reading = self._session.reading
        if reading is None or self._messages.has_trouble or reading.article.sha256 in self._told:
            return
        begun = reading.text[:_LOOKED_AT]
        trouble = newarticles.unseen_trouble(begun, counts_of(begun))
        if trouble is None:
            return
        trouble = newarticles.unseen_trouble(reading.text, counts_of(reading.text)) or trouble
        self._told.add(reading.article.sha256)
        said = sentence(UserError(trouble.code, **trouble.data), self._look.language)
        if trouble.code in newarticles.WITH_COPY and self._session.project.role == LEAD:
            button = self._look.language.text(marked("Add a copy put right"))
            self._messages.tell_trouble(said, _COPY, button)
        else:
            self._messages.tell(said)
