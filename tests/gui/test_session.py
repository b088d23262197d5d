"""The session: pending at once, saved in the next turn, refused or kept as not saved."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from annotator.core.errors import UserError
from annotator.core.model import Argument, Entity, Event, Extent, Label, Layer, replace
from annotator.gui.intents import Intent
from annotator.gui.session import Saved, Session
from annotator.services import labelling
from annotator.store.project import Project
from tests import projects


def extent(quote: str, nth: int = 0) -> Extent:
    return projects.extent_of(quote, 0, nth)


def saved(session: Session, qtbot: QtBot, intent: Intent) -> Saved:
    with qtbot.waitSignal(session.saved) as signal:
        session.do(intent)
    found: Saved = signal.args[0]
    return found


def label_of(
    session: Session, quote: str, kind: type[Entity] | type[Event] = Entity
) -> Entity | Event:
    return next(
        label
        for label in session.labels.values()
        if isinstance(label, kind) and label.extent[0].quote == quote
    )


def in_file(session: Session) -> list[Label]:
    assert isinstance(session.layer, Layer)
    return session.project.labels(session.layer)


def test_the_file_that_a_window_shows_is_examined_only_briefly(session: Session) -> None:
    assert session.project.is_waited_for
    with Project.open(session.project.path) as of_a_job:
        assert not of_a_job.is_waited_for


def test_a_label_is_pending_until_it_is_in_the_file(session: Session, qtbot: QtBot) -> None:
    session.do(session.intents.add_entity(extent("بوتين"), "PERS"))
    (pending,) = session.shown_labels().values()

    assert session.is_pending(pending.uid)
    assert session.hand == pending.uid
    assert in_file(session) == []

    with qtbot.waitSignal(session.saved):
        pass

    (kept,) = in_file(session)
    assert session.shown_labels() == {kept.uid: kept}
    assert not session.is_pending(kept.uid)
    assert session.hand == kept.uid


def test_what_is_in_view_equals_the_file_after_any_gestures(session: Session, qtbot: QtBot) -> None:
    intents = session.intents
    saved(session, qtbot, intents.add_entity(extent("بوتين"), "PERS"))
    saved(session, qtbot, intents.add_event(extent("لقاءه"), "MEET"))
    event, person = label_of(session, "لقاءه", Event), label_of(session, "بوتين")
    saved(session, qtbot, intents.fill(event.uid, "actor", person.uid))
    saved(session, qtbot, intents.fill_with_new(event.uid, "place", extent("موسكو"), "GPE"))
    saved(session, qtbot, intents.retype(person, "ORG"))
    saved(session, qtbot, intents.answer(None, "genre", ("report",)))
    session.undo()
    session.undo()
    session.redo()

    assert session.labels == {label.uid: label for label in in_file(session)}
    assert [one.type for one in session.arguments_of(event.uid)] == ["actor", "place"]


def test_a_new_filler_is_one_gesture(session: Session, qtbot: QtBot) -> None:
    intents = session.intents
    saved(session, qtbot, intents.add_event(extent("لقاءه"), "MEET"))
    event = label_of(session, "لقاءه", Event)
    saved(session, qtbot, intents.fill_with_new(event.uid, "place", extent("موسكو"), "GPE"))

    assert session.hand == event.uid
    session.undo()

    assert list(session.labels.values()) == [event]


def test_what_the_label_schema_refuses_is_shown_no_longer(session: Session, qtbot: QtBot) -> None:
    saved(session, qtbot, session.intents.add_entity(extent("بوتين"), "PERS"))
    before = dict(session.labels)

    with qtbot.waitSignal(session.refused) as signal:
        session.do(session.intents.add_entity(extent("بوتين"), "PERS"))

    assert signal.args[0].code == "twin"
    assert session.shown_labels() == before
    assert session.hand == ""


def test_a_done_article_refuses_and_says_so(session: Session, qtbot: QtBot) -> None:
    saved(session, qtbot, session.intents.set_status("done"))

    with qtbot.waitSignal(session.refused) as signal:
        session.do(session.intents.add_entity(extent("بوتين"), "PERS"))

    assert signal.args[0].code == "layer_done"
    assert (session.status, session.shown_labels()) == ("done", {})
    saved(session, qtbot, session.intents.set_status("started"))
    saved(session, qtbot, session.intents.add_entity(extent("بوتين"), "PERS"))
    assert session.status == "started"


def test_a_disk_that_is_full_keeps_the_mark_and_trying_again_works(
    session: Session, qtbot: QtBot
) -> None:
    saved(session, qtbot, session.intents.add_entity(extent("بوتين"), "PERS"))
    label = label_of(session, "بوتين")
    connection = session.project.connection
    n_pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={n_pages}")
    wordy = replace(label, note="ملاحظة " * 9000)

    with qtbot.waitSignal(session.not_saved) as signal:
        session.do(session.intents.change(wordy))

    assert signal.args[0].code == "disk_full"
    assert session.is_unsaved(label.uid)
    assert session.shown_labels() == {label.uid: wordy}
    assert in_file(session) == [label]

    connection.execute("PRAGMA max_page_count=1073741823")
    session.try_again()

    assert session.unsaved == []
    assert in_file(session) == [wordy]


def test_another_window_is_followed(session: Session) -> None:
    with Project.open(session.project.path) as other:
        layer = other.layer(projects.sha_of(0), projects.annotator(other).uid)
        labelling.add_entity(other, layer, extent("موسكو"), "GPE")

    session.read_again()

    assert [label.type for label in session.labels.values()] == ["GPE"]


def test_going_with_names_all_that_would_go(session: Session, qtbot: QtBot) -> None:
    intents = session.intents
    saved(session, qtbot, intents.add_event(extent("لقاءه"), "MEET"))
    event = label_of(session, "لقاءه", Event)
    saved(session, qtbot, intents.fill_with_new(event.uid, "place", extent("موسكو"), "GPE"))
    place = label_of(session, "موسكو")

    assert [type(one) for one in session.going_with(place.uid)] == [Argument]
    done = saved(session, qtbot, intents.remove(place.uid))

    assert len(done.operation.changes) == 2
    assert list(session.labels.values()) == [event]


def test_undo_with_nothing_to_undo_is_one_refusal(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.refused) as signal:
        session.undo()

    assert isinstance(signal.args[0], UserError)
    assert signal.args[0].code == "nothing_to_undo"


def test_no_article_takes_no_gesture(session: Session, tmp_path: Path) -> None:
    session.show_article("")

    session.do(session.intents.set_status("done"))
    session.undo()

    assert (session.reading, session.labels, session.status) == (None, {}, "")
