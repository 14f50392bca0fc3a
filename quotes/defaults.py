"""Defaults that several parts of the package share."""

from __future__ import annotations

from typing import get_args

from quotes.records import Act

DEFAULT_LANGUAGE = "en"
"""ISO 639-1 code taken for a text whose language is neither given nor detected."""

MIN_CONFIDENCE = 0.3
"""Probability from which a quote is shown unless the user asks otherwise.

Of floors of `Quote.probability` it is the highest that loses none of the statements found in the
training outlets (0.4: 1.5 points, 0.5: 4.4 points); as a confidence it gave the best F1 on held-out
folds of PolNeAR train.
"""

SURE_SPEAKER = 0.8
"""Confidence in a speaker below which the name is shown with a question mark."""

ACTS: tuple[Act, ...] = get_args(Act)
"""All acts that a quote may tell of."""

ALL_ACTS = "all"
"""What stands for all acts where acts are asked for."""

SHOWN_ACTS: tuple[Act, ...] = ("speech",)
"""Acts of which quotes are shown unless the user asks otherwise."""

STORE_FOLDER = "quotes-store"
"""Folder of a store where none is named."""
