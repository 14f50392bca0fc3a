"""The source audit: whom an article, an author, an outlet, a month lets speak.

    voices_of_store(store) → Voices     voices_of_documents(processed, language) → Voices
    audit(utterances, mentions, by="outlet") → groups of voices

In: quotes and names of a collection. Out: counts and shares. What people know beside (gender,
origin, party) is theirs to add; the program guesses none of it.
"""

from __future__ import annotations

from typing import Literal, get_args

Grouping = Literal["article", "author", "outlet", "month"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
