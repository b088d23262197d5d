"""The article as a whole: the paper's stance on each topic, and the questions of the label schema.

Each answer is saved by itself at once. What was not judged yet looks like nothing else.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from annotator.core.labelschema import Question
from annotator.core.model import Answer, replace
from annotator.gui.look import Look
from annotator.gui.models.stances import Judgement, judgements
from annotator.gui.panels.handnotices import Closed
from annotator.gui.panels.part import clear
from annotator.gui.panels.questionrow import QuestionRow
from annotator.gui.panels.topicrow import TopicRow
from annotator.gui.session import Session
from annotator.gui.widgets.card import Card
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.progressline import ProgressLine
from annotator.gui.widgets.words import Words


class ArticleCard(QWidget):
    """Topics above, questions below; nothing of it is ever in hand."""

    action_asked = Signal(str)
    label_asked = Signal(str)

    def __init__(self, look: Look, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._session = look, session
        self.topics: dict[str, TopicRow] = {}
        self.questions: dict[str, QuestionRow] = {}
        self._closed = Closed(look)
        self._closed.action_asked.connect(self.action_asked)
        self._progress = ProgressLine(look, look.language.text("Topics judged"))
        self._said = Words(look, "", "hint")
        self._place = QVBoxLayout()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.refresh)
        self._put_together()
        self.build()
        session.article_shown.connect(self.refresh)
        session.labels_changed.connect(self._on_labels_changed)
        session.status_changed.connect(self._later.start)
        session.project_changed.connect(self._on_project_changed)

    def _put_together(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._closed)
        self._place.setSpacing(8)
        column.addLayout(self._place)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    # --- what the label schema asks ---

    def build(self) -> None:
        """Make the rows that the label schema asks for."""
        self._progress.setParent(None)
        self._said.setParent(None)
        clear(self._place)
        schema = self._session.schema
        self.topics = {one.topic.id: self._topic_row(one) for one in judgements(schema, ())}
        self.questions = {one.id: self._question_row(one) for one in schema.questions}
        if self.topics:
            self._place.addWidget(self._topic_card())
        if self.questions:
            self._place.addWidget(self._question_card())
        if not self.topics and not self.questions:
            said = self._look.language.text("The label schema asks nothing of the whole article")
            self._place.addWidget(Empty(self._look, said))
        self.refresh()

    def _topic_card(self) -> QWidget:
        card = Card(self._look)
        said = self._look.language.text("Stance of the paper, over the whole article")
        card.parts.addWidget(Words(self._look, said, "head", wraps=True))
        card.parts.addWidget(self._said)
        card.parts.addWidget(self._progress)
        for row in self.topics.values():
            card.parts.addWidget(row)
        return card

    def _question_card(self) -> QWidget:
        card = Card(self._look)
        said = self._look.language.text("Questions about the article")
        card.parts.addWidget(Words(self._look, said, "head"))
        for row in self.questions.values():
            card.parts.addWidget(row)
        return card

    def _topic_row(self, judgement: Judgement) -> TopicRow:
        topic = judgement.topic
        row = TopicRow(self._look, self._session.schema, topic)
        row.judged.connect(lambda value: self._judge(topic.id, value))
        row.opened.connect(lambda: self._open(topic.id))
        return row

    def _question_row(self, question: Question) -> QuestionRow:
        row = QuestionRow(self._look, question)
        row.answered.connect(lambda values: self._answer(question.id, values))
        row.noted.connect(lambda note: self._note(question.id, note))
        return row

    # --- showing it ---

    def refresh(self) -> None:
        """Show what the session shows now."""
        self._later.stop()
        session = self._session
        found = judgements(session.schema, session.shown_labels().values())
        self._closed.show_status(session.status)
        for one in found:
            if one.topic.id in self.topics:
                uid = one.stance.uid if one.stance else ""
                state = self._state_of(uid)
                self.topics[one.topic.id].show_stance(
                    one.stance, state=state, is_closed=session.is_closed
                )
        self._show_progress(sum(one.stance is not None for one in found), len(found))
        labels = session.shown_labels().values()
        answers = {label.type: label for label in labels if isinstance(label, Answer)}
        for id, row in self.questions.items():
            answer = answers.get(id)
            state = self._state_of(answer.uid if answer else "")
            row.show_answer(answer, state=state, is_closed=session.is_closed)

    def _show_progress(self, n: int, total: int) -> None:
        said = self._look.language.text("{n} of {total} topics judged", n=n, total=total)
        self._said.setText(said)
        self._progress.show_progress(n, total)

    def _state_of(self, uid: str) -> str:
        if not uid:
            return ""
        if self._session.is_unsaved(uid):
            return "unsaved"
        return "pending" if self._session.is_pending(uid) else ""

    def _answer_to(self, question: str) -> Answer | None:
        for label in self._session.shown_labels().values():
            if isinstance(label, Answer) and label.type == question:
                return label
        return None

    # --- answering ---

    def _judge(self, topic: str, value: str) -> None:
        """Write the paper's stance on a topic; no value takes it back."""
        session = self._session
        found = judgements(session.schema, session.shown_labels().values())
        stance = next((one.stance for one in found if one.topic.id == topic), None)
        if value:
            session.do(session.intents.judge(stance, topic, value))
        elif stance is not None:
            session.do(session.intents.remove(stance.uid))

    def _open(self, topic: str) -> None:
        session = self._session
        found = judgements(session.schema, session.shown_labels().values())
        for one in found:
            if one.topic.id == topic and one.stance is not None:
                session.take_in_hand(one.stance.uid)
                self.label_asked.emit(one.stance.uid)

    def _answer(self, question: str, values: tuple[str, ...]) -> None:
        given = self._answer_to(question)
        if values or given is not None:
            self._session.do(self._session.intents.answer(given, question, values))

    def _note(self, question: str, note: str) -> None:
        given = self._answer_to(question)
        if given is not None and note != given.note:
            self._session.do(self._session.intents.amend(replace(given, note=note)))

    def _on_labels_changed(self, _: set[str]) -> None:
        if self.isVisible():
            self._later.start()

    def _on_project_changed(self) -> None:
        schema = self._session.schema
        if [*self.topics] != [topic.id for topic in schema.topics] or [*self.questions] != [
            question.id for question in schema.questions
        ]:
            self.build()
        else:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while another tab was in front."""
        super().showEvent(event)
        self.refresh()
