"""Who said what, when and in which role in news articles.

>>> import quotes
>>> found = quotes.extract("Prices will fall, the minister said.")  # doctest: +SKIP

The public names are in `__all__`, and `open`, which stands outside of it because a star import
would hide Python's own; everything else may change. Importing this loads neither the model nor
pandas.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotes.api import add, extract, extract_many, load, read
    from quotes.api import open as open
    from quotes.collection import Collection
    from quotes.errors import (
        EngineError,
        InputError,
        LanguageError,
        ModelError,
        ParseError,
        QuotesError,
        QuotesWarning,
        RuleError,
        SpeakerError,
        StoreError,
    )
    from quotes.extracted import Quotes
    from quotes.quote_columns import SCHEMA_VERSION
    from quotes.records import Document, Failure, Quote, Review, ReviewRequest, Span
    from quotes.source_audit import audit
    from quotes.verification import verify

__version__ = "0.1.0"

__all__ = [
    "SCHEMA_VERSION",
    "Collection",
    "Document",
    "EngineError",
    "Failure",
    "InputError",
    "LanguageError",
    "ModelError",
    "ParseError",
    "Quote",
    "Quotes",
    "QuotesError",
    "QuotesWarning",
    "Review",
    "ReviewRequest",
    "RuleError",
    "Span",
    "SpeakerError",
    "StoreError",
    "__version__",
    "add",
    "audit",
    "extract",
    "extract_many",
    "load",
    "read",
    "verify",
]


_MODULES = {
    "quotes.api": ("add", "extract", "extract_many", "load", "open", "read"),
    "quotes.collection": ("Collection",),
    "quotes.errors": (
        "EngineError",
        "InputError",
        "LanguageError",
        "ModelError",
        "ParseError",
        "QuotesError",
        "QuotesWarning",
        "RuleError",
        "SpeakerError",
        "StoreError",
    ),
    "quotes.extracted": ("Quotes",),
    "quotes.quote_columns": ("SCHEMA_VERSION",),
    "quotes.records": ("Document", "Failure", "Quote", "Review", "ReviewRequest", "Span"),
    "quotes.source_audit": ("audit",),
    "quotes.verification": ("verify",),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Return a public name, whose module is loaded when it is first asked for."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_MODULE_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the names of the module, with those that are not loaded yet."""
    return sorted({*globals(), *_MODULE_OF})
