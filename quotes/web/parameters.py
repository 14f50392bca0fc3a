"""What a request asks: its parameters, named in the table of pages, checked and typed.

In: the parameters as text. Out: `Parameters`, whose values are what the page's parameters say. Raises Refused (400) for what makes no sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from quotes.web.errors import Refused

Kind = Literal["text", "day", "number", "share", "choice"]

LONGEST = 4000  # characters of a text in an address: a pasted paragraph
MOST = 1_000_000  # the largest whole number


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a page: `says` what it means. `choices` are the values of a choice; `where`: in the path, or after the "?"."""

    name: str
    kind: Kind
    says: str
    choices: tuple[str, ...] = ()
    required: bool = False
    where: Literal["query", "path"] = "query"
    default: Any = None


@dataclass(frozen=True, slots=True)
class Parameters:
    """The checked values of a request by name, `by` (who asks, "" when unknown), and `given`: the values as they stood in the address."""

    values: Mapping[str, Any]
    by: str = ""
    given: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def address(self, path: str, **changed: Any) -> str:
        """The address of a page with the same parameters, some of them changed (None: taken away), at the first page of the list."""
        kept = {
            name: value
            for name, value in self.given.items()
            if value and name not in ("page", "format")
        }
        kept.update({name: str(value) for name, value in changed.items() if value is not None})
        for name in (name for name, value in changed.items() if value is None):
            kept.pop(name, None)
        return path + ("?" + urlencode(sorted(kept.items())) if kept else "")


def asked(
    params: Iterable[Param], query: Mapping[str, str], path: Mapping[str, str], *, by: str = ""
) -> Parameters:
    """The values of the parameters. Unknown parameters are passed over. Raises Refused."""
    values = {p.name: _value(p, (path if p.where == "path" else query).get(p.name)) for p in params}
    known = {p.name for p in params if p.where == "query"}
    return Parameters(values, by, {name: value for name, value in query.items() if name in known})


def _value(param: Param, text: str | None) -> Any:
    text = (text or "").strip()
    if not text:
        if param.required:
            raise Refused(400, f"the parameter {param.name} is missing: {param.says}")
        return param.default
    if len(text) > LONGEST:
        raise Refused(
            400, f"{param.name}: has {len(text):,} characters, at most {LONGEST:,} can be asked for"
        )
    return READING[param.kind](param, text)


def _text(param: Param, text: str) -> str:
    if re.search("[\x00-\x08\x0e-\x1f\ud800-\udfff]", text):
        raise Refused(400, f"{param.name}: holds control characters")
    return text


def _day(param: Param, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(
            400, f"{param.name}: {text[:40]!r} is no day: write it as YYYY-MM-DD"
        ) from None


def _number(param: Param, text: str) -> int:
    if not re.fullmatch("[0-9]{1,7}", text) or int(text) > MOST:
        raise Refused(400, f"{param.name}: {text[:40]!r} is no whole number between 0 and {MOST:,}")
    return int(text)


def _share(param: Param, text: str) -> float:
    if not re.fullmatch(r"[01](\.[0-9]{1,6})?", text) or float(text) > 1:
        raise Refused(400, f"{param.name}: {text[:40]!r} is no number between 0 and 1")
    return float(text)


def _choice(param: Param, text: str) -> str:
    if text not in param.choices:
        raise Refused(400, f"{param.name}: {text[:40]!r} is none of: {', '.join(param.choices)}")
    return text


READING = {"text": _text, "day": _day, "number": _number, "share": _share, "choice": _choice}
