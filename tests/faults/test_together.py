"""Two programs on one file: no gesture of either is lost."""

from tests.faults.together import counted
from tests.projects import quick_folder


def test_two_processes_that_label_at_once_lose_no_gesture() -> None:
    with quick_folder() as folder:
        count = counted(folder, 100, 2)

    assert count.is_complete, count
    assert count.there == 200
