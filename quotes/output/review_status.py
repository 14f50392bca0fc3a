"""What reviews and prints are called for people, the same on pages and on a terminal."""

from __future__ import annotations

from collections.abc import Mapping

REVIEW_LABELS: Mapping[str, str] = {
    "accepted": "accepted",
    "changed": "corrected",
    "added": "added",
    "rejected": "rejected",
    "machine": "not reviewed",
}

REVIEW_NAMES: Mapping[str, str] = {
    "date": "day",
    "span": "words",
    "published": "day of publication",
    "url": "address",
    "accept_finding": "finding of a draft accepted",
}
"""What an action changes, where its own name does not say it to people."""

PRINTED_LABELS: Mapping[str, str] = {
    "outlets": "printed in several outlets",
    "changed": "wording changed",
    "disputed": "prints disagree on the speaker",
}
"""How a statement is printed."""
