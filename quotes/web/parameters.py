"""The parameters of a request, named in the table of pages, checked and typed.

In: the parameters as text. Out: `Parameters`, with values of the types that the page's parameters
have. Raises Refused (400) for a value that does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from quotes.web.errors import Refused

ParamKind = Literal["text", "day", "number", "share", "choice"]

MAX_TEXT_CHARS = 4000  # of a text in an address: a pasted paragraph
MAX_NUMBER = 1_000_000  # the largest whole number


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a page.

    `choices` are the values of a choice; `where` it stands: in the path, or after the "?".
    """

    name: str
    kind: ParamKind
    description: str
    choices: tuple[str, ...] = ()
    required: bool = False
    where: Literal["query", "path"] = "query"
    default: Any = None


@dataclass(frozen=True, slots=True)
class Parameters:
    """The checked values of a request by name.

    `by` is the name of the user, "" when unknown; `raw` are the values as the address has them.
    """

    values: Mapping[str, Any]
    by: str = ""
    raw: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def address(self, path: str, **changes: Any) -> str:
        """Return the address of a page with these parameters, at the first page of its list.

        Args:
            path: The path of the page.
            **changes: Parameters with other values; None takes one away.
        """
        query = {n: v for n, v in self.raw.items() if v and n not in ("page", "format")}
        query.update({name: str(value) for name, value in changes.items() if value is not None})
        for name in (name for name, value in changes.items() if value is None):
            query.pop(name, None)
        return path + ("?" + urlencode(sorted(query.items())) if query else "")


def read_parameters(
    params: Iterable[Param], query: Mapping[str, str], path: Mapping[str, str], *, by: str = ""
) -> Parameters:
    """Read and check the values of parameters; unknown ones are passed over.

    Raises:
        Refused: A value does not fit, or a required one is missing.
    """
    values = {p.name: _value(p, (path if p.where == "path" else query).get(p.name)) for p in params}
    known = {p.name for p in params if p.where == "query"}
    return Parameters(values, by, {name: value for name, value in query.items() if name in known})


def _value(param: Param, text: str | None) -> Any:
    text = (text or "").strip()
    if not text:
        if param.required:
            raise Refused(400, f"the parameter {param.name} is missing: {param.description}")
        return param.default
    if len(text) > MAX_TEXT_CHARS:
        raise Refused(
            400, f"{param.name}: {len(text):,} characters are too many, at most {MAX_TEXT_CHARS:,}"
        )
    return _READERS[param.kind](param, text)


def _text(param: Param, text: str) -> str:
    if re.search("[\x00-\x08\x0e-\x1f\ud800-\udfff]", text):
        raise Refused(400, f"{param.name}: contains control characters")
    return text


def _day(param: Param, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(
            400, f"{param.name}: {text[:40]!r} is not a day: write it as YYYY-MM-DD"
        ) from None


def _number(param: Param, text: str) -> int:
    if not re.fullmatch("[0-9]{1,7}", text) or int(text) > MAX_NUMBER:
        raise Refused(
            400, f"{param.name}: {text[:40]!r} is not a whole number from 0 to {MAX_NUMBER:,}"
        )
    return int(text)


def _share(param: Param, text: str) -> float:
    if not re.fullmatch(r"[01](\.[0-9]{1,6})?", text) or float(text) > 1:
        raise Refused(400, f"{param.name}: {text[:40]!r} is not a number from 0 to 1")
    return float(text)


def _choice(param: Param, text: str) -> str:
    if text not in param.choices:
        raise Refused(400, f"{param.name}: {text[:40]!r} is not one of: {', '.join(param.choices)}")
    return text


_READERS = {"text": _text, "day": _day, "number": _number, "share": _share, "choice": _choice}
