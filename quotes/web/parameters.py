"""The parameters of a request, named in the table of pages, checked and typed.

In: the parameters as text. Out: `Parameters`, with values of the types that the page's parameters
have. Raises Refused (400) for a value that does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from quotes.web.errors import Refused

ParamKind = Literal["text", "day", "number", "share", "choice"]

MAX_TEXT_CHARS = 4000  # of a text in an address: a pasted paragraph
MAX_VALUES = 50  # of a parameter that may stand several times
MAX_NUMBER = 1_000_000  # the largest whole number


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a page.

    `choices` are the values of a choice; `where` it stands: in the path, or after the "?";
    `several`: it may stand several times, and its value is a tuple.
    """

    name: str
    kind: ParamKind
    description: str
    choices: tuple[str, ...] = ()
    required: bool = False
    where: Literal["query", "path"] = "query"
    default: Any = None
    several: bool = False


@dataclass(frozen=True, slots=True)
class Parameters:
    """The checked values of a request by name.

    `by` is the name of the user, "" when unknown; `raw` are names and values as the address has
    them, in its order; a name may stand several times.
    """

    values: Mapping[str, Any]
    by: str = ""
    raw: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def text(self, name: str) -> str:
        """Return the first value of a name as the address has it, "" where it has none."""
        return next((value for given, value in self.raw if given == name), "")

    def others(self, *names: str) -> list[tuple[str, str]]:
        """Return the names and values of an address but for some, and the page of its list."""
        left_out = (*names, "page", "format", "more")
        return [(name, value) for name, value in self.raw if value and name not in left_out]

    def address(self, path: str, **changes: Any) -> str:
        """Return the address of a page with these parameters, at the first page of its list.

        Args:
            path: The path of the page.
            **changes: Parameters with other values; None takes one away.
        """
        query = self.others(*changes)
        query += [(name, str(value)) for name, value in changes.items() if value is not None]
        return _address(path, query)

    def toggled(self, path: str, name: str, value: str) -> str:
        """Return the address with a value of a parameter added, or taken away where it is there."""
        query = self.others()
        pair = (name, value)
        return _address(path, [p for p in query if p != pair] + [pair] * (pair not in query))

    @property
    def as_file(self) -> bool:
        """True if the whole list is asked for, as a file."""
        return self["format"] is not None

    def page_of(self, total: int, size: int) -> tuple[int, int]:
        """Return the page of a list that is asked for, at most the last, and the number of pages.

        Args:
            total: The number of rows of the list.
            size: The number of rows on a page.
        """
        pages = max(1, -(-total // size))
        return min(self["page"] or 1, pages), pages


def _address(path: str, query: Iterable[tuple[str, str]]) -> str:
    pairs = sorted(query)
    return path + ("?" + urlencode(pairs) if pairs else "")


def read_parameters(
    params: Iterable[Param], query: Mapping[str, str], path: Mapping[str, str], *, by: str = ""
) -> Parameters:
    """Read and check the values of parameters; unknown ones are passed over.

    Raises:
        Refused: A value does not fit, or a required one is missing.
    """
    pairs = multi_items(query)
    values = dict[str, Any]()
    for param in params:
        given = [text for name, text in pairs if name == param.name]
        if param.where == "path":
            values[param.name] = _value(param, path.get(param.name))
        elif param.several:
            values[param.name] = _values(param, given)
        else:
            values[param.name] = _value(param, given[-1] if given else None)
    known = {p.name for p in params if p.where == "query"}
    return Parameters(values, by, tuple(pair for pair in pairs if pair[0] in known))


def multi_items(query: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return names and values; a mapping of Starlette may have a name several times."""
    every = getattr(query, "multi_items", query.items)
    return [(str(name), str(value)) for name, value in every()]


def _values(param: Param, texts: list[str]) -> tuple[Any, ...] | None:
    if len(texts) > MAX_VALUES:
        raise Refused(400, f"{param.name}: {len(texts):,} values, at most {MAX_VALUES}")
    found = dict.fromkeys(value for text in texts if (value := _value(param, text)) is not None)
    return tuple(found) or None


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
