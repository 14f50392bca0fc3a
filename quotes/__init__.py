"""Who said what, when and in which role in news articles.

>>> import quotes
>>> found = quotes.extract("Prices will fall, the minister said.")  # doctest: +SKIP

The public names are in `__all__`; everything else may change. Importing this loads neither the
model nor pandas.
"""

from quotes.api import Quotes, extract, extract_many, load, open, read
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
from quotes.records import Document, Failure, Quote, Review, ReviewRequest, Span
from quotes.verification import verify

__version__ = "0.1.0"

__all__ = [
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
    "extract",
    "extract_many",
    "load",
    "open",
    "read",
    "verify",
]
