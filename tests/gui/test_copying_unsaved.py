"""What the file did not take is copied as lines, and `apply` puts the same into the file later."""

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from annotator.core.model import Answer, Argument, Entity, Label, Party, Span, replace
from annotator.gui.program import Program
from annotator.gui.session import Session
from annotator.store.project import Project
from tests import projects
from tests.cli.running import hashiya
from tests.gui.onpage import page_of, session_of
from tests.gui.test_not_saved import SHIFT, in_view, label_word, press, take_away

A, B = projects.sha_of(0), projects.sha_of(1)


def copied(program: Program) -> list[dict[str, object]]:
    """Copy what was not saved; return the lines that are on the clipboard."""
    QGuiApplication.clipboard().clear()
    program.window.commands.do("copy_unsaved")
    return [json.loads(line) for line in QGuiApplication.clipboard().text().splitlines()]


def do(session: Session, *intents: object) -> None:
    for intent in intents:
        session.do(intent)  # type: ignore[arg-type]  # the intents of its own
        session.flush()


def plain(labels: list[Label]) -> list[str]:
    """Return labels without their uids, which are the file's to give."""
    order = {one.uid: n for n, one in enumerate(sorted(labels, key=lambda one: one.uid))}
    said = [repr(one) for one in labels]
    for uid in order:
        kind = type(next(one for one in labels if one.uid == uid)).__name__
        said = [one.replace(uid, kind) for one in said]
    return sorted(said)


def put_in(path: Path, tmp_path: Path) -> None:
    """Let `hashiya apply` put what is on the clipboard into the file at `path`."""
    lines = tmp_path / "copied.jsonl"
    lines.write_text(QGuiApplication.clipboard().text(), encoding="utf-8")
    answered = hashiya("apply", path, lines, "--as", "سلمى")
    assert answered.code == 0, answered


def labels_in(path: Path, article: str = A) -> list[Label]:
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
        return project.labels(project.layer(article, who))


def shown(session: Session) -> list[Label]:
    return list(session.shown_labels().values())


def test_the_same_labels_stand_after_apply(opened: Program, tmp_path: Path) -> None:
    session = session_of(opened)
    path = session.project.path
    bring_back = take_away(opened)
    label_word(opened, "بوتين", "p")
    press(opened, "o")
    page_of(opened).canvas.place_caret(projects.extent_of("لقاءه")[0].start + 1)
    press(opened, "m", SHIFT)
    meant = in_view(opened)
    assert len(meant) == 2

    copied(opened)
    bring_back()
    put_in(path, tmp_path)

    assert plain(labels_in(path)) == plain(shown(session))


def everything(session: Session) -> None:
    """Do every gesture that changes labels: adding, changing, pointing, removing."""
    make = session.intents
    do(session, make.add_entity(projects.extent_of("بوتين"), "PERS"))
    putin = session.hand
    do(session, make.add_entity(projects.extent_of("موسكو"), "GPE"))
    moscow = session.hand
    do(session, make.add_event(projects.extent_of("لقاءه"), "MEET"))
    meeting = session.hand
    do(session, make.fill(meeting, "theme", putin))
    do(session, make.fill_with_new(meeting, "theme", projects.extent_of("ترامب"), "PERS"))
    do(
        session,
        make.add_stance(Party("topic", "peace-talks"), "favor", holder=Party("entity", putin)),
    )
    stance = session.label(session.hand)
    assert stance is not None
    do(session, make.change(replace(stance, evidence=projects.extent_of("الاجتماع"))))
    do(session, make.relate("same_as", putin, moscow))
    do(session, make.answer(None, "summary", ("قصير\u2028جدًا",)))
    one = session.label(moscow)
    assert isinstance(one, Entity)
    do(session, make.change(replace(one, note="ملاحظة «أولى»", doubt="أهي مدينة؟", link="Q649")))
    do(session, make.add_entity(projects.extent_of("القاهرة"), "GPE"))
    do(session, make.remove(session.hand))


def test_every_gesture_comes_back_as_it_was_meant(opened: Program, tmp_path: Path) -> None:
    session = session_of(opened)
    path = session.project.path
    bring_back = take_away(opened)
    everything(session)
    n_shown = len(shown(session))

    copied(opened)
    bring_back()
    put_in(path, tmp_path)

    found = labels_in(path)
    assert len(found) == n_shown
    assert plain(found) == plain(shown(session))


def test_what_was_done_to_labels_of_the_file_comes_back_too(
    opened: Program, tmp_path: Path
) -> None:
    session = session_of(opened)
    path, make = session.project.path, session.intents
    everything(session)
    labels = {type(one).__name__: one for one in shown(session)}
    bring_back = take_away(opened)
    entity, answer, argument = labels["Entity"], labels["Answer"], labels["Argument"]
    assert isinstance(entity, Entity)
    assert isinstance(answer, Answer)
    assert isinstance(argument, Argument)
    start, end, _ = entity.extent[0]
    text = projects.TEXTS[0]
    parts = (
        Span(start, start + 2, text[start : start + 2]),
        Span(end - 2, end, text[end - 2 : end]),
    )
    do(session, make.change(replace(entity, extent=parts)))
    now = session.label(entity.uid)
    assert isinstance(now, Entity)
    do(session, make.retype(now, "ORG"))
    do(session, make.answer(answer, "summary", ("غيره",)))
    do(session, make.remove(argument.uid))
    do(session, make.answer(answer, "summary", ()))

    copied(opened)
    bring_back()
    put_in(path, tmp_path)

    assert plain(labels_in(path)) == plain(shown(session))


def test_status_and_roles_of_parts_are_copied(opened: Program, tmp_path: Path) -> None:
    session = session_of(opened)
    path, make = session.project.path, session.intents
    bring_back = take_away(opened)
    do(session, make.set_role(A, (0, 3), "noise", is_exact=True))
    label_word(opened, "بوتين", "p")
    do(session, make.set_status("done"))

    said = copied(opened)
    bring_back()
    put_in(path, tmp_path)

    assert [one["do"] for one in said] == ["set_role", "add_entity", "set_status"]
    with Project.open(path) as project:
        assert project.regions(A)[0].role == "noise"
        who = projects.annotator(project, "سلمى").uid
        assert project.layer(A, who).status == "done"


def test_what_was_meant_in_articles_that_were_left_is_among_it(
    opened: Program, tmp_path: Path
) -> None:
    path = session_of(opened).project.path
    bring_back = take_away(opened)
    label_word(opened, "بوتين", "p")
    page_of(opened).show_article(B)
    label_word(opened, "بغداد", "g", article=1)

    said = copied(opened)
    bring_back()
    put_in(path, tmp_path)

    assert [(one["type"], one["quote"], one["article"]) for one in said] == [
        ("PERS", "بوتين", A[:16]),
        ("GPE", "بغداد", B[:16]),
    ]
    assert len(labels_in(path)) == len(labels_in(path, B)) == 1


def test_a_person_reads_in_it_what_it_is_and_where(opened: Program) -> None:
    take_away(opened)
    label_word(opened, "بوتين", "p")
    (span,) = projects.extent_of("بوتين")

    (said,) = copied(opened)

    assert {key: said[key] for key in ("type", "quote", "start", "end")} == {
        "type": "PERS",
        "quote": "بوتين",
        "start": span.start,
        "end": span.end,
    }
    assert "بوتين" in QGuiApplication.clipboard().text()


def test_the_button_stands_where_it_is_told_and_what_is_copied_stays_not_saved(
    opened: Program,
) -> None:
    take_away(opened)
    messages = page_of(opened).messages
    assert not messages.copy.isVisible()
    label_word(opened, "بوتين", "p")
    assert messages.copy.isVisible()
    assert messages.copy.text() == "انسخ"

    QTest.mouseClick(messages.copy, Qt.MouseButton.LeftButton)

    assert QGuiApplication.clipboard().text().count("\n") == 1
    assert session_of(opened).has_unsaved
    assert "سلمى" in messages.sentence.text()
    assert messages.act.isVisible()
    assert messages.copy.isVisible()


def test_where_everything_is_saved_nothing_is_copied(opened: Program) -> None:
    label_word(opened, "بوتين", "p")
    QGuiApplication.clipboard().setText("ما كان")

    opened.window.commands.do("copy_unsaved")

    assert QGuiApplication.clipboard().text() == "ما كان"
    assert "محفوظ" in page_of(opened).messages.sentence.text()


def test_of_two_annotators_each_copies_her_own(opened: Program) -> None:
    session = session_of(opened)
    with Project.open(session.project.path) as other:
        second = projects.annotator(other, "زيد")
    take_away(opened)
    label_word(opened, "بوتين", "p")
    session.annotator = second
    session.show_article(A)
    label_word(opened, "ترامب", "p")

    said = copied(opened)

    assert [one["quote"] for one in said] == ["ترامب"]
    assert "1" in page_of(opened).messages.sentence.text()
