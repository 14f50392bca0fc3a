"""The outcome of a review in one word for people, the same on pages and on a terminal."""

from __future__ import annotations

from collections.abc import Mapping

REVIEW_LABELS: Mapping[str, str] = {
    "accepted": "accepted",
    "changed": "corrected",
    "added": "added",
    "rejected": "rejected",
    "machine": "not reviewed",
}
