"""Whom an operation of the project's scope is for."""

import pytest

from annotator.core import operations as op
from annotator.core.operations import PROJECT, Change, Operation
from annotator.core.recipients import ALL, articles_in, recipient_of

ONE, OTHER = "1" * 64, "2" * 64
SET = {"assigned": 1}


def made(*changes: tuple[str, str], who: str = "lead") -> Operation:
    told = tuple(Change(kind, uid, None, SET) for kind, uid in changes)
    return Operation("x", PROJECT, "aaaaaaaa", 1, "", 1, who, "", "G", told)


def owner_of(label: str) -> str | None:
    return {"E1": "sara", "E2": "ali"}.get(label)


@pytest.mark.parametrize(
    ("operation", "recipient"),
    [
        (made((op.LABEL_SCHEMA, "")), ALL),
        (made((op.REGIONS, ONE)), ALL),
        (made((op.WITHDRAWN, ONE)), ALL),
        (made((op.ANNOTATOR, "sara")), "sara"),
        (made((op.ANNOTATOR, "sara"), (op.ANNOTATOR, "ali")), None),
        (made((op.ASSIGNMENT, f"{ONE}/sara"), (op.ASSIGNMENT, f"{OTHER}/sara")), "sara"),
        (made((op.ASSIGNMENT, f"{ONE}/sara"), (op.ASSIGNMENT, f"{ONE}/ali")), None),
        (made((op.DOUBT_ANSWER, "E1")), "sara"),
        (made((op.DOUBT_ANSWER, "E3")), None),
        (made((op.LABEL_SCHEMA, ""), (op.DOUBT_ANSWER, "E2")), "ali"),
        (made((op.REGIONS, ONE), who="ali"), "ali"),
        (made((op.DOUBT_ANSWER, "E1"), who="ali"), None),
        (made(("something_new", "x")), None),
        (made(), ALL),
    ],
)
def test_an_operation_is_for_all_for_one_or_for_the_lead(
    operation: Operation, recipient: str | None
) -> None:
    assert recipient_of(operation, owner_of) == recipient


def test_the_articles_that_an_operation_speaks_of_are_known() -> None:
    told = made((op.REGIONS, ONE), (op.ASSIGNMENT, f"{OTHER}/sara"), (op.LABEL_SCHEMA, ""))

    assert articles_in(told) == {ONE}
