"""The source audit: whom an article, an author, an outlet, a month lets speak.

    audit("articles/", by="outlet") → Audit     audit(store="quotes-store") → Audit
    voices.audit(utterances, mentions, by="outlet") → groups of voices

In: articles, or a store. Out: counts and shares. What people know beside (gender, origin, party) is
theirs to add; the program guesses none of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from quotes.collection import Collection
    from quotes.models import Models
    from quotes.parsing.interface import Parser
    from quotes.source_audit.collection_audit import Audit
    from quotes.store import Store

Grouping = Literal["article", "author", "outlet", "month"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)


def audit(
    articles: Any = None,
    *,
    store: str | Path | Store | Collection | None = None,
    by: Grouping | None = None,
    columns: Mapping[str, str] | None = None,
    facts: str | Path | None = None,
    model: str = "embedded",
    parser: Models | Parser | None = None,
) -> Audit:
    """Count whom articles, authors, outlets or months let speak: in articles, or in a store.

    Args:
        articles: Paths or addresses (one or several, as for `quotes.read`), a Document or several,
            or a pandas frame with an article a row.
        store: A store, or its folder, in place of articles.
        by: What to count by: "article", "author", "outlet" or "month"; by default article for
            articles, outlet for a store.
        columns: Names of columns that are called otherwise, such as `{"text": "body"}`.
        facts: A CSV file of an earlier audit, from which the column `facts` is taken.
        model: "embedded", "stanza:en" or a folder of Stanza models.
        parser: Models loaded with `quotes.load`, in place of `model`.

    Returns:
        An `Audit`: its `groups` with their voices, `failures`, `to_frame()`, `to_csv()` and
        `to_json()`; docs/audit.md has the columns. Articles that cannot be processed are also
        warned of (`QuotesWarning`).

    Raises:
        InputError: for neither articles nor a store, articles of which none can be processed, or a
            file of facts that cannot be read.
        ModelError: without a model.
        StoreError: where the store cannot be read.
        TypeError: for a value of another type.
        ValueError: for articles and a store together, or an unknown `by`.
    """
    from quotes.source_audit.collection_audit import audit_collection

    return audit_collection(
        articles, store=store, by=by, columns=columns, facts=facts, model=model, parser=parser
    )
