"""What a request may be refused for.

QuotesError
└── Refused         with the status of HTTP and one word that programs can rely on
"""

from __future__ import annotations

from quotes.errors import QuotesError

WORDS = {
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
        return WORDS.get(self.status, "error")


def error_object(status: int, message: str) -> dict[str, object]:
    """The one shape of an error in JSON."""
    return {"error": {"status": status, "code": WORDS.get(status, "error"), "message": message}}
