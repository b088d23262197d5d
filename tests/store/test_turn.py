"""Turns: a window that may not wait keeps the next one for its gesture."""

import threading
import time

from annotator.store.turn import Turn


def test_a_free_turn_is_free_for_a_person_at_once() -> None:
    assert Turn().kept_for_person()


def test_a_job_that_begins_again_at_once_leaves_the_turn_to_who_asked_for_it() -> None:
    turn, order = Turn(), list[str]()
    begun, asked = threading.Event(), threading.Event()

    def work() -> None:
        for _ in range(3):
            with turn.taken(by_person=False):
                order.append("job")
                begun.set()
                asked.wait(5)

    job = threading.Thread(target=work)
    job.start()
    begun.wait(5)
    assert not turn.kept_for_person()
    asked.set()
    while not turn.kept_for_person():
        time.sleep(0.001)
    with turn.taken():
        order.append("person")
    job.join(5)

    assert order == ["job", "person", "job", "job"]


def test_jobs_go_on_where_who_asked_never_comes() -> None:
    turn = Turn()
    turn.kept_for_person()
    began = time.monotonic()

    with turn.taken(by_person=False):
        waited = time.monotonic() - began

    assert waited >= 0.9
