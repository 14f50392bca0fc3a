"""The refusal of a request.

QuotesError
└── Refused         with the status of HTTP and a code that programs can rely on
    ├── Question    which can be answered: who is meant, or whether to go on
    └── WrongField  about one field of a form
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quotes.errors import QuotesError

CODES = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "too_large",
    415: "unknown_type",
}


class Refused(QuotesError):
    """A request that is not answered. The message says what to do."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status

    @property
    def code(self) -> str:
        """A word for the status that programs can rely on."""
        return CODES.get(self.status, "error")


class Question(Refused):
    """A request that is answered with a question.

    Attributes:
        people: Speakers of whom one may be meant.
        again: Values with which the request is to be sent again.
    """

    def __init__(
        self, message: str, people: Sequence[Any] | None = None, *, again: Mapping[str, str] = {}
    ) -> None:
        named = "; ".join(f"{person.name} ({person.label})" for person in people or ())
        super().__init__(409, f"{message} {named}".strip())
        self.question, self.people, self.again = message, people, dict(again)


class WrongField(Refused):
    """A form that is not taken, because of one of its fields."""

    def __init__(self, status: int, field: str, message: str) -> None:
        super().__init__(status, message)
        self.field = field


def error_object(status: int, message: str) -> dict[str, object]:
    """Return an error in the one shape that errors have in JSON."""
    return {"error": {"status": status, "code": CODES.get(status, "error"), "message": message}}
