"""Who said what, when and in which role in news articles.

>>> import quotes
>>> found = quotes.extract("Prices will fall, the minister said.")  # doctest: +SKIP

The public names are in `__all__`, and `open`, which stands outside of it because a star import
would hide Python's own; everything else may change. Importing this loads neither the model nor
pandas.
"""

from typing import TYPE_CHECKING, Any

from quotes.api import add, extract, extract_many, load, read
from quotes.api import open as open
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

if TYPE_CHECKING:
    from quotes.collection import Collection

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


def __getattr__(name: str) -> Any:
    """Return `Collection`, which is loaded when it is asked for: it needs pandas."""
    if name == "Collection":
        from quotes.collection import Collection

        return Collection
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
