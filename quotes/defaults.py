"""Defaults that several parts of the package share."""

from __future__ import annotations

DEFAULT_LANGUAGE = "en"
"""ISO 639-1 code taken for a text whose language is neither given nor detected."""

MIN_CONFIDENCE = 0.3
"""Confidence from which a quote is shown unless the user asks otherwise.

It gave the best F1 on held-out folds of PolNeAR train.
"""

STORE_FOLDER = "quotes-store"
"""Folder of a store where none is named."""
