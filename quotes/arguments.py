"""Checks of the arguments that people give in Python.

In: the name of a parameter and its value. Out: nothing, or a TypeError or ValueError that names the
parameter, what was given and what is allowed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from numbers import Integral, Real
from typing import Any

from quotes.defaults import ACTS, ALL_ACTS
from quotes.records import Act

# of types, where they read better
NAMES = {Integral: "int", Iterable: "list", Mapping: "mapping", Real: "number"}


def require(name: str, value: object, *types: type[Any], optional: bool = False) -> None:
    """Check that a value is of one of these types; True and False are no numbers.

    Args:
        name: The name of the parameter.
        value: The value.
        types: The types allowed.
        optional: Allow None.

    Raises:
        TypeError: for a value of another type.
    """
    if (value is None and optional) or (
        isinstance(value, types) and (bool in types or not isinstance(value, bool))
    ):
        return
    allowed = " or ".join(NAMES.get(each, each.__name__) for each in types)
    article = "an" if allowed[0] in "aeiou" else "a"
    raise TypeError(f"{name} must be {article} {allowed}, not {type(value).__name__}")


def require_texts(**values: object) -> None:
    """Check that each value is a str or None.

    Raises:
        TypeError: for another.
    """
    for name, value in values.items():
        require(name, value, str, optional=True)


def require_list(name: str, values: Iterable[str]) -> tuple[str, ...]:
    """Return several texts as a tuple.

    Raises:
        TypeError: for a single text, or a value of another type.
    """
    if isinstance(values, str):
        raise TypeError(f"{name} must be a list of texts, not a str: [{values!r}]")
    require(name, values, Iterable)
    texts = tuple(values)
    for text in texts:
        require(f"each of {name}", text, str)
    return texts


def require_choice(name: str, value: object, choices: Collection[str]) -> None:
    """Check that a value is None or one of these texts.

    Raises:
        TypeError: for a value that is no text.
        ValueError: for another text; it lists what is allowed.
    """
    require(name, value, str, optional=True)
    if value is not None and value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}, not {value!r}")


def require_acts(name: str, value: Sequence[str] | str) -> tuple[Act, ...]:
    """Return acts of quotes, given as a list or as a text of them with commas; "all" is all.

    Raises:
        TypeError: for a value that is no such list.
        ValueError: for an act that does not exist, or none at all.
    """
    if isinstance(value, str):
        value = [act.strip() for act in value.split(",")]
    given = require_list(name, value)
    for act in given:
        require_choice(f"each of {name}", act, (*ACTS, ALL_ACTS))
    if not given:
        raise ValueError(f"{name} must hold at least one of {', '.join(ACTS)}")
    return ACTS if ALL_ACTS in given else tuple(act for act in ACTS if act in given)


def require_number(
    name: str, value: object, *, at_least: int, whole: bool = True, optional: bool = False
) -> None:
    """Check that a value is a number (a whole one) of at least this size.

    Raises:
        TypeError: for a value that is no such number.
        ValueError: for a number that is too small.
    """
    require(name, value, Integral if whole else Real, optional=optional)
    if isinstance(value, Real) and float(value) < at_least:
        raise ValueError(f"{name} must be at least {at_least}, not {value}")


def require_confidence(name: str, value: object) -> None:
    """Check that a value is a number from 0 to 1.

    Raises:
        TypeError: for a value that is no number.
        ValueError: for a number outside of 0 to 1.
    """
    require(name, value, Real)
    if isinstance(value, Real) and not 0 <= float(value) <= 1:
        raise ValueError(f"{name} must lie between 0 and 1, not {value}")


def require_callable(name: str, value: object) -> None:
    """Check that a value is None or can be called.

    Raises:
        TypeError: for another.
    """
    if value is not None and not callable(value):
        raise TypeError(f"{name} must be a function, not {type(value).__name__}")
