"""What each page says: plain values, from which the HTML, the JSON under /api/ and the CSV are made alike.

In: a desk and what was asked. Out: a dictionary; what is listed is under `items`. The table of all pages is `routes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from quotes.records import Review, Span, Speaker
from quotes.standing_reviews import standing
from quotes.store import EVERYTHING, Selection, article_queries, quote_search, review_queries
from quotes.store import audit as audit_queries
from quotes.store import speakers as stored_speakers
from quotes.store.ingest import Step
from quotes.web import articles, audit, review_queue, who_said
from quotes.web import speakers as speaker_queries
from quotes.web.app_state import AppState
from quotes.web.articles import article_of, evidence, quote_in
from quotes.web.highlights import Piece, is_wrapped, paragraphs
from quotes.web.parameters import Parameters
from quotes.web.search import PAGE_SIZE, counted, find, of_speaker, selection_of
from quotes.web.speaker_chart import inline_chart, whole_chart

Answer = dict[str, Any]

WHOLE = 100_000  # rows of a CSV file at most


def search(desk: AppState, asked: Parameters) -> Answer:
    """Quotes by words, a name or a whole statement."""
    words = asked["q"] or ""
    statement = who_said.is_statement(words)
    found = speaker_queries.named(desk.store, desk.shelf, words) if words and not statement else ()
    wanted = selection_of(asked, about=None if found else words)
    page, order = asked["page"] or 1, asked["sort"] or "newest"
    if len(found) == 1 and not asked["speaker"]:
        wanted = selection_of(asked, **of_speaker(found[0].id))
    whole = asked["format"] == "csv"
    said, note = who_said.who_said(desk.store, desk.shelf, words) if statement else ([], "")
    values, total = (
        ({}, quote_search.count(desk.shelf, wanted)) if whole else counted(desk.shelf, wanted)
    )
    return {
        "words": words,
        "people": [{"id": s.id, "name": s.name, "kind": s.kind} for s in found],
        "said": said,
        "note": note,
        "total": total,
        "page": page,
        "pages": max(1, -(-total // PAGE_SIZE)),
        "facets": values,
        "items": find(
            desk.shelf,
            wanted,
            order=order,
            page=1 if whole else page,
            size=WHOLE if whole else PAGE_SIZE,
        ),
    }


def check(desk: AppState, asked: Parameters) -> Answer:
    """Who said these words: the quotes that come nearest."""
    found, note = who_said.who_said(desk.store, desk.shelf, asked["words"], limit=20)
    return {"words": asked["words"], "items": found, "note": note}


def article(desk: AppState, asked: Parameters) -> Answer:
    """An article with its quotes in their places."""
    found = article_of(desk.store, desk.shelf, asked["id"])
    document = found.document
    chosen = found.find(asked["quote"]) if asked["quote"] else None
    return {
        "id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "published": document.published,
        "source": document.source,
        "language": document.language,
        "revision": found.revision,
        "text": document.text,
        "paragraphs": [_block(block) for block in paragraphs(document.text, found.sure)],
        "items": [evidence(found, shown) for shown in found.quotes],
        "chosen": evidence(found, chosen) if chosen else None,
    }


def quote(desk: AppState, asked: Parameters) -> Answer:
    """A quote with its evidence and the words around it."""
    found, shown = quote_in(desk.store, desk.shelf, asked["id"])
    return {
        "quote": evidence(found, shown),
        "around": _around(found, shown),
        "history": _history(desk, shown.quote.id, shown.row),
    }


def _around(found: articles.Article, shown: articles.Shown) -> list[Answer]:
    """The paragraphs about a quote as pieces, only this quote marked."""
    stretch = articles.around(found.document, shown.quote)
    cut = [
        [_within(piece, stretch) for piece in block]
        for block in paragraphs(found.document.text, [shown.quote])
    ]
    return [
        _block([piece for piece in block if piece.text])
        for block in cut
        if any(piece.text for piece in block)
    ]


def _within(piece: Piece, stretch: Span) -> Piece:
    """What of a piece lies in a stretch."""
    start, end = max(piece.start, stretch.start), min(piece.start + len(piece.text), stretch.end)
    return replace(
        piece,
        start=start,
        text=piece.text[start - piece.start : end - piece.start] if start < end else "",
    )


def _block(pieces: Sequence[Piece]) -> Answer:
    """A paragraph; its line ends are spaces where it was broken to fit a width."""
    return {
        "wrapped": is_wrapped("".join(piece.text for piece in pieces)),
        "pieces": [_piece(piece) for piece in pieces],
    }


def _piece(piece: Piece) -> Answer:
    return asdict(piece) | {"roles": piece.roles, "quote": piece.quote}


def _history(desk: AppState, name: str, row: Any) -> list[Answer]:
    ids = set(row["reviews"] or ())
    return [_review(r, True, False) for r in desk.reviews() if r.id in ids] if ids else []


def tree(desk: AppState, asked: Parameters) -> Answer:
    """The dependency tree of the sentence of a quote."""
    found, shown = quote_in(desk.store, desk.shelf, asked["id"])
    drawn = desk.tree_parser.tree_of(found.document, shown.quote)
    return {"quote": shown.quote.id, "svg": drawn.svg, "reason": drawn.reason}


def speakers(desk: AppState, asked: Parameters) -> Answer:
    """All speaker_queries."""
    whole = asked["format"] == "csv"
    page, size = asked["page"] or 1, WHOLE if whole else 50
    rows, total = stored_speakers.quoted(
        desk.shelf,
        words=asked["q"],
        kind=asked["kind"],
        order=asked["sort"] or "quotes",
        limit=size,
        offset=0 if whole else (page - 1) * size,
    )
    return {"total": total, "page": page, "pages": max(1, -(-total // size)), "items": rows}


def speaker(desk: AppState, asked: Parameters) -> Answer:
    """A speaker: names, roles, quotes, who else is quoted with them, who may be the same."""
    who = speaker_queries.speaker_of(desk.store, asked["id"])
    wanted = selection_of(asked, **of_speaker(who.id))
    page, whole = asked["page"] or 1, asked["format"] == "csv"
    values, total = counted(desk.shelf, wanted)
    basic = {
        "id": who.id,
        "name": who.name,
        "kind": who.kind,
        "wikidata": who.wikidata,
        "total": total,
    }
    items = find(
        desk.shelf,
        wanted,
        order=asked["sort"] or "newest",
        page=1 if whole else page,
        size=WHOLE if whole else PAGE_SIZE,
    )
    if whole:
        return {**basic, "items": items}
    return {
        **basic,
        "names": speaker_queries.names_of(who),
        "roles": speaker_queries.roles(desk.store, desk.shelf, who),
        "chart": inline_chart(
            who,
            stored_speakers.dated_quotes(desk.shelf, who),
            speaker_queries.role_spans(desk.store, desk.shelf, who),
        ),
        "months": stored_speakers.quotes_by_month(desk.shelf, who),
        "together": stored_speakers.quoted_beside(desk.shelf, who),
        "candidates": speaker_queries.candidates(desk.store, desk.shelf, who),
        "facets": values,
        "page": page,
        "pages": max(1, -(-total // PAGE_SIZE)),
        "items": items,
    }


def chart(desk: AppState, asked: Parameters) -> Answer:
    """Draw the timeline of a speaker as an SVG file."""
    who = speaker_queries.speaker_of(desk.store, asked["id"])
    rows = stored_speakers.dated_quotes(desk.shelf, who)
    return {"svg": whole_chart(who, rows, speaker_queries.role_spans(desk.store, desk.shelf, who))}


def merge(desk: AppState, asked: Parameters) -> Answer:
    """What would be put together if two speakers were one."""
    sides = [
        _side(desk, speaker_queries.speaker_of(desk.store, name), quotes=3)
        for name in (asked["id"], asked["with"])
    ]
    return {"items": sides, "together": sum(side["total"] for side in sides)}


def same(desk: AppState, asked: Parameters) -> Answer:
    """Who may be the same as a speaker, each with what is known of them: what a merge is decided on."""
    who = speaker_queries.speaker_of(desk.store, asked["id"])
    found = speaker_queries.candidates(desk.store, desk.shelf, who)
    items = [
        {**other, **_side(desk, speaker_queries.speaker_of(desk.store, other["id"]), quotes=1)}
        for other in found
    ]
    return {"speaker": _side(desk, who, quotes=1), "items": items}


def _side(desk: AppState, who: Speaker, *, quotes: int) -> Answer:
    """What is known of a speaker, in short."""
    return {
        "id": who.id,
        "name": who.name,
        "kind": who.kind,
        "names": speaker_queries.names_of(who),
        "roles": speaker_queries.roles(desk.store, desk.shelf, who)[:5],
        "total": quote_search.count(desk.shelf, Selection(speaker_ids=(who.id,))),
        "quotes": find(desk.shelf, Selection(speaker_ids=(who.id,)), size=quotes),
    }


def statement(desk: AppState, asked: Parameters) -> Answer:
    """One statement in all its wordings, the first printed first."""
    _, shown = quote_in(desk.store, desk.shelf, asked["id"])
    row = {**shown.row, "likeness": 1.0}
    found = who_said.wordings(desk.store, desk.shelf, row)
    return {
        "id": asked["id"],
        "words": shown.row["words"],
        "outlets": who_said.outlets(found),
        "wordings": len({match["words"] for match in found}),
        "first": [
            match
            for match in found
            if match["published"] and match["published"] == found[0]["published"]
        ],
        "items": found,
    }


def review(desk: AppState, asked: Parameters) -> Answer:
    """The next quote to be checked, with how far the work is."""
    wanted = selection_of(asked)
    ahead = review_queue.queue(
        desk.shelf, wanted, after=asked["after"], limit=1 if asked["format"] != "csv" else WHOLE
    )
    base = {
        "progress": review_queries.progress(desk.shelf, wanted),
        "agreement": review_queue.agreement(desk.reviews()),
    }
    if asked["format"] in ("csv", "json"):
        return {**base, "items": ahead}
    name = asked["at"] or (ahead[0]["id"] if ahead else None)
    current = None
    if name:
        found, shown = quote_in(desk.store, desk.shelf, name)
        place = (
            review_queue.queue(desk.shelf, replace(EVERYTHING, ids=(name,)))
            if asked["at"]
            else ahead
        )
        current = {
            "quote": evidence(found, shown),
            "around": _around(found, shown),
            "place": place[0]["place"] if place else asked["after"],
        }
    return {
        **base,
        "groups": review_queries.groups(desk.shelf, wanted),
        "items": ahead,
        "current": current,
        "can_undo": bool(_own_last(desk, asked.by)),
    }


def _own_last(desk: AppState, by: str) -> list[Any]:
    return review_queue.last_of(desk.reviews(), by) if by else []


def articles_list(desk: AppState, asked: Parameters) -> Answer:
    """The articles with quotes, the newest first."""
    whole = asked["format"] == "csv"
    page, size = asked["page"] or 1, WHOLE if whole else 50
    rows, total = article_queries.listed(
        desk.shelf,
        words=asked["q"],
        outlet=asked["outlet"],
        limit=size,
        offset=0 if whole else (page - 1) * size,
    )
    return {"total": total, "page": page, "pages": max(1, -(-total // size)), "items": rows}


def overview(desk: AppState, asked: Parameters) -> Answer:
    """What is in the collection: numbers, the source audit of each outlet, failures, runs."""
    rows = audit.audit(desk.shelf)
    flat = [
        {name: value for name, value in row.items() if name != "top"}
        | {"top": [t["name"] for t in row["top"]]}
        for row in rows
    ]
    if asked["format"] == "csv":
        return {"items": flat}
    failed = audit_queries.failures(desk.store)
    return {
        "facts": audit.facts(desk.store, desk.shelf),
        "items": rows,
        "speakers": audit_queries.top_speakers(desk.shelf),
        "failures": failed[:50],
        "failed": len(failed),
        "runs": audit_queries.runs(desk.store),
    }


def failures(desk: AppState, asked: Parameters) -> Answer:
    """Articles that could not be processed."""
    return {"items": audit_queries.failures(desk.store)}


def reviews(desk: AppState, asked: Parameters) -> Answer:
    """All reviews, the newest first, with those whose passage changed."""
    every = desk.reviews()
    standing_ids = {review.id for review in standing(every)}
    unanchored = {review.id for review in desk.store.unanchored()}
    rows = [_review(r, r.id in standing_ids, r.id in unanchored) for r in reversed(every)]
    if asked["only"] == "unanchored":
        rows = [row for row in rows if row["unanchored"]]
    if asked["only"] == "standing":
        rows = [row for row in rows if row["stands"]]
    page, size = asked["page"] or 1, 100
    shown = rows if asked["format"] == "csv" else rows[(page - 1) * size : page * size]
    return {
        "total": len(rows),
        "unanchored": len(unanchored),
        "page": page,
        "pages": max(1, -(-len(rows) // size)),
        "items": shown,
    }


def _review(review: Review, stands: bool, unanchored: bool) -> Answer:
    names = ("id", "at", "by", "action", "document", "quote", "value", "undoes", "why")
    return {name: getattr(review, name) for name in names} | {
        "words": " … ".join(review.words),
        "names": list(review.names),
        "documents": list(review.documents),
        "stands": stands and review.action != "undo",
        "unanchored": unanchored,
    }


def adding(desk: AppState, asked: Parameters) -> Answer:
    """What is being added."""
    from quotes.web.jobs import ENDINGS, MAX_REQUEST_BYTES

    return {
        "items": [_job(job) for job in desk.jobs.jobs()],
        "endings": ENDINGS,
        "largest": MAX_REQUEST_BYTES,
        "fetching": desk.settings.fetching,
    }


def job(desk: AppState, asked: Parameters) -> Answer:
    """How far a job is, and what became of each article."""
    found = desk.jobs.find(asked["id"])
    return _job(found) | {"items": [_step(step) for step in found.steps]}


def _job(job: Any) -> Answer:
    names = (
        "id",
        "by",
        "state",
        "message",
        "done",
        "added",
        "revised",
        "unchanged",
        "failed",
        "quotes",
    )
    return {name: getattr(job, name) for name in names}


def _step(step: Step) -> Answer:
    return {
        "document": step.id,
        "outcome": step.outcome,
        "message": step.failure.message if step.failure else "",
    }
