"""Decisions of people on their way into a store: refused where they make no sense, else with what finds their quotes again.

In: a session and judgements as they were made. Out: the same judgements with words, surroundings and revision. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from quotes.errors import StoreError
from quotes.records import Action, Quote, Review, cut
from quotes.store.reviews.applying import around, saidon_of
from quotes.store.rows import quote_of
from quotes.store.views import Session

TOGETHER: tuple[Action, ...] = (
    "accept",
    "reject",
    "speaker",
    "role",
    "type",
    "date",
)  # what can be decided of many quotes at once
NAMELESS = ("merge", "split", "undo")  # actions that are about no quote
ARTICLES = """
    SELECT id, text, revision FROM revisions WHERE id IN (SELECT unnest(?))
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY added DESC, batch DESC) = 1"""


def refuse_nonsense(session: Session, judgement: Review) -> None:
    """Raises StoreError for a decision that nobody can mean."""
    value, action = judgement.value, judgement.action
    if not judgement.by.strip():
        raise StoreError("a decision needs the name of who decided (by)")
    if action == "type" and value not in ("direct", "indirect", "mixed"):
        raise StoreError(f"{value!r} is no type of quote: direct, indirect or mixed")
    if action == "date":
        try:
            saidon_of(value or "")
        except ValueError as error:
            raise StoreError(
                f"{value!r} is no date: write 2023-10-27, 2023-10, 2023 or 2023-W43"
            ) from error
    if action == "merge" and len(set(judgement.names)) < 2:
        raise StoreError("merge needs at least two names")
    if action == "split" and not judgement.names:
        raise StoreError("split needs the name that is another speaker")
    if action == "undo" and not session.value(
        "SELECT count(*) FROM raw_judgements WHERE id = ?", [judgement.undoes]
    ):
        raise StoreError(f"no decision {judgement.undoes!r} to take back")


def anchored(session: Session, made: Sequence[Review], store: Path) -> tuple[Review, ...]:
    """The decisions with what finds their quotes again. Raises StoreError, naming the store, for one whose quote or words are not there."""
    about = [judgement for judgement in made if judgement.action not in NAMELESS]
    if not about:
        return tuple(made)
    found = _reviewed(session, about)
    names = {
        judgement.document or found[judgement.quote].document
        for judgement in about
        if judgement.document or judgement.quote in found
    }
    articles = {row["id"]: row for row in session.rows(ARTICLES, [sorted(names)])} if names else {}
    return tuple(
        j if j.action in NAMELESS else _anchored(j, found.get(j.quote or ""), articles, store)
        for j in made
    )


def _reviewed(session: Session, about: Sequence[Review]) -> dict[str | None, Quote]:
    """The quotes that the decisions are about, as people's earlier decisions left them."""
    ids = [judgement.quote for judgement in about if judgement.quote]
    if not ids:
        return {}
    rows = session.rows("SELECT * FROM reviewed_quotes WHERE id IN (SELECT unnest(?))", [ids])
    return {row["id"]: quote_of(row) for row in rows}


def _anchored(
    judgement: Review, found: Quote | None, articles: dict[str, dict[str, Any]], store: Path
) -> Review:
    """One decision with words, surroundings and revision."""
    name = judgement.document or (found.document if found else None)
    if name is None:
        raise StoreError(
            f"{store}: no quote {judgement.quote!r}: it may have changed with a new revision of its article"
        )
    if name not in articles:
        raise StoreError(f"{store}: no document {name!r}")
    text = articles[name]["text"]
    content = judgement.content or (found.content if found else ())
    source = judgement.source or (found.source if found else ())
    if not content or any(
        span.end > len(text) or not span.of(text).strip()
        for span in (*content, *judgement.cue, *source)
    ):
        raise StoreError(f"{store}: document {name!r}: the words marked do not lie in its text")
    before, after = around(text, content)
    return replace(
        judgement,
        document=name,
        revision=articles[name]["revision"],
        content=content,
        cue=judgement.cue or (found.cue if found else ()),
        source=source,
        words=cut(text, content),
        source_words=cut(text, source),
        before=before,
        after=after,
    )
