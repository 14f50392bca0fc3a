"""The values of the pages, from which HTML, the JSON under /api/ and CSV are made alike.

In: the state of the app and the parameters of a request. Out: a dictionary; rows are under `items`.
Speakers have `speaker_pages`, reviews `review_pages`; the table of all pages is `routes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from quotes.records import Span
from quotes.store import article_queries, quote_search
from quotes.store import audit as audit_queries
from quotes.store.ingest import Step
from quotes.web import articles, audit, jobs, speakers, who_said
from quotes.web.app_state import AppState
from quotes.web.articles import article_of, evidence, quote_in
from quotes.web.highlights import TextSegment, is_wrapped, paragraphs
from quotes.web.parameters import Parameters
from quotes.web.reviews import review_values
from quotes.web.search import PAGE_SIZE, counted, find, of_speaker, selection_of

PageValues = dict[str, Any]

MAX_CSV_ROWS = 100_000
LIST_SIZE = 50  # rows on a page of a list
MAX_FAILURES = 50  # shown on the page of the collection
MAX_MATCHES = 20  # quotes that answer who said some words


def search(state: AppState, parameters: Parameters) -> PageValues:
    """Find quotes by words, a name or a whole statement."""
    words = parameters["q"] or ""
    statement = who_said.is_statement(words)
    found = speakers.named(state.store, state.quote_table, words) if words and not statement else ()
    selection = selection_of(parameters, about=None if found else words)
    page, order = parameters["page"] or 1, parameters["sort"] or "newest"
    if len(found) == 1 and not parameters["speaker"]:
        selection = selection_of(parameters, **of_speaker(found[0].id))
    as_csv = parameters["format"] == "csv"
    said, note = who_said.who_said(state.store, state.quote_table, words) if statement else ([], "")
    values, total = (
        ({}, quote_search.count(state.quote_table, selection))
        if as_csv
        else counted(state.quote_table, selection)
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
            state.quote_table,
            selection,
            order=order,
            page=1 if as_csv else page,
            size=MAX_CSV_ROWS if as_csv else PAGE_SIZE,
        ),
    }


def check(state: AppState, parameters: Parameters) -> PageValues:
    """Find who said some words: the same or similar quotes."""
    found, note = who_said.who_said(
        state.store, state.quote_table, parameters["words"], limit=MAX_MATCHES
    )
    return {"words": parameters["words"], "items": found, "note": note}


def article(state: AppState, parameters: Parameters) -> PageValues:
    """Show an article with its quotes in their places."""
    found = article_of(state.store, state.quote_table, parameters["id"])
    document = found.document
    chosen = found.find(parameters["quote"]) if parameters["quote"] else None
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
        "paragraphs": [_block(block) for block in paragraphs(document.text, found.highlighted)],
        "items": [evidence(found, shown) for shown in found.quotes],
        "chosen": evidence(found, chosen) if chosen else None,
    }


def quote(state: AppState, parameters: Parameters) -> PageValues:
    """Show a quote with its evidence and the text around it."""
    found, shown = quote_in(state.store, state.quote_table, parameters["id"])
    return {
        "quote": evidence(found, shown),
        "around": around(found, shown),
        "history": _history(state, shown.row),
    }


def around(found: articles.Article, shown: articles.ShownQuote) -> list[PageValues]:
    """Return the paragraphs around a quote as pieces, with only this quote marked."""
    context = articles.context_span(found.document, shown.quote)
    cut = [
        [_within(piece, context) for piece in block]
        for block in paragraphs(found.document.text, [shown.quote])
    ]
    return [
        _block([piece for piece in block if piece.text])
        for block in cut
        if any(piece.text for piece in block)
    ]


def tree(state: AppState, parameters: Parameters) -> PageValues:
    """Draw the dependency tree of the sentence of a quote."""
    found, shown = quote_in(state.store, state.quote_table, parameters["id"])
    drawn = state.tree_parser.tree_of(found.document, shown.quote)
    return {"quote": shown.quote.id, "svg": drawn.svg, "reason": drawn.reason}


def statement(state: AppState, parameters: Parameters) -> PageValues:
    """Show one statement in all its wordings, the first printed first."""
    _, shown = quote_in(state.store, state.quote_table, parameters["id"])
    row = {**shown.row, "likeness": 1.0}
    found = who_said.wordings(state.store, state.quote_table, row)
    return {
        "id": parameters["id"],
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


def articles_list(state: AppState, parameters: Parameters) -> PageValues:
    """List the articles with quotes, the newest first."""
    as_csv = parameters["format"] == "csv"
    page, size = parameters["page"] or 1, MAX_CSV_ROWS if as_csv else LIST_SIZE
    rows, total = article_queries.listed(
        state.quote_table,
        words=parameters["q"],
        outlet=parameters["outlet"],
        limit=size,
        offset=0 if as_csv else (page - 1) * size,
    )
    return {"total": total, "page": page, "pages": max(1, -(-total // size)), "items": rows}


def collection(state: AppState, parameters: Parameters) -> PageValues:
    """Show the collection: numbers, the source audit of each outlet, failures, runs."""
    rows = audit.audit(state.quote_table)
    flat = [
        {name: value for name, value in row.items() if name != "top"}
        | {"top": [t["name"] for t in row["top"]]}
        for row in rows
    ]
    if parameters["format"] == "csv":
        return {"items": flat}
    failed = audit_queries.failures(state.store)
    return {
        "facts": audit.facts(state.store, state.quote_table),
        "items": rows,
        "speakers": audit_queries.top_speakers(state.quote_table),
        "failures": failed[:MAX_FAILURES],
        "failed": len(failed),
        "runs": audit_queries.runs(state.store),
    }


def failures(state: AppState, parameters: Parameters) -> PageValues:
    """List the articles that could not be processed."""
    return {"items": audit_queries.failures(state.store)}


def add(state: AppState, parameters: Parameters) -> PageValues:
    """Show the forms to add articles, and the jobs."""
    return {
        "items": [_job(job) for job in state.jobs.jobs()],
        "endings": jobs.ENDINGS,
        "max_bytes": jobs.MAX_REQUEST_BYTES,
        "fetching": state.settings.fetching,
    }


def job(state: AppState, parameters: Parameters) -> PageValues:
    """Show the progress of a job, and the result for each article."""
    found = state.jobs.find(parameters["id"])
    return _job(found) | {"items": [_step(step) for step in found.steps]}


def _within(piece: TextSegment, context: Span) -> TextSegment:
    """Return the part of a piece inside a span."""
    start, end = max(piece.start, context.start), min(piece.start + len(piece.text), context.end)
    return replace(
        piece,
        start=start,
        text=piece.text[start - piece.start : end - piece.start] if start < end else "",
    )


def _block(pieces: Sequence[TextSegment]) -> PageValues:
    """Return a paragraph; its line ends are spaces where it was broken to fit a width."""
    return {
        "wrapped": is_wrapped("".join(piece.text for piece in pieces)),
        "pieces": [_piece(piece) for piece in pieces],
    }


def _piece(piece: TextSegment) -> PageValues:
    return asdict(piece) | {"kinds": piece.kinds, "quote": piece.quote}


def _history(state: AppState, row: Mapping[str, Any]) -> list[PageValues]:
    ids = set(row["reviews"] or ())
    return [review_values(r, True, False) for r in state.reviews() if r.id in ids] if ids else []


def _job(job: jobs.Job) -> PageValues:
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


def _step(step: Step) -> PageValues:
    return {
        "document": step.id,
        "outcome": step.outcome,
        "message": step.failure.message if step.failure else "",
    }
