"""Who speaks: mentions, names, roles and pronouns inside a document.

    resolve(analysis, attributions, known=...) → (speaker resolutions, document entities)
    mentions(analysis) → every name, description and pronoun that could speak

In: records. Out: records. Will not find quotes, and knows nothing outside the document.
"""

from __future__ import annotations

from quotes.speakers.entities import DocumentEntities, Entity, HeldRole
from quotes.speakers.mentions import Mention, mentions
from quotes.speakers.resolution import resolve

__all__ = [
    "DocumentEntities",
    "Entity",
    "HeldRole",
    "Mention",
    "mentions",
    "resolve",
]
