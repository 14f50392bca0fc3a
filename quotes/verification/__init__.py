"""Verification: every quotation of a draft checked against its sources.

    verify(draft, against=...) → Verification, with a `Finding` for each claim
    claims.claims_of(document, quotes) → claims        verifier.Verifier(...).check(claim) → Finding

In: a draft, and sources as running text, transcripts or the quotes of a store. Out: verdicts with
their evidence. "Not found" says something about these sources, and nothing about the world.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.collection import Collection
    from quotes.extracted import Quotes
    from quotes.models import Models
    from quotes.parsing.interface import Parser
    from quotes.records import Document
    from quotes.store import Store
    from quotes.verification.verification import Verification


def verify(
    draft: str | Document | Quotes,
    *,
    against: str | Path | Document | Sequence[str | Path | Document] = (),
    store: str | Path | Store | Collection | None = None,
    published: date | str | None = None,
    indirect: bool = False,
    strict: bool = False,
    model: str = "embedded",
    parser: Models | Parser | None = None,
) -> Verification:
    """Check every quotation of a draft against its sources.

    Args:
        draft: The text itself, a Document (`quotes.read`) or the `Quotes` that were extracted from
            one.
        against: Paths of files and folders, addresses, or Documents, one or several.
        store: A store, or its folder, whose quotes are searched, too.
        published: Day of the draft, as a date or "YYYY-MM-DD": "on Monday" is counted from it.
        indirect: Check indirect statements, too.
        strict: Take fillers and false starts of speech that a draft leaves out for alterations.
        model: "embedded", "stanza:en" or a folder of Stanza models.
        parser: Models loaded with `quotes.load`, in place of `model`.

    Returns:
        A `Verification`: its findings in the order of the draft, `worst_first`, `to_frame()`,
        `to_json()` and `to_html()`.

    Raises:
        InputError: for a draft without letters, or without any source that can be read.
        StoreError: where the store cannot be read.
        TypeError: for a value of another type.
    """
    from quotes.verification.verify_draft import verify_draft

    return verify_draft(
        draft,
        against=against,
        store=store,
        published=published,
        indirect=indirect,
        strict=strict,
        model=model,
        parser=parser,
    )
