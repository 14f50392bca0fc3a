"""The values of the pages, from which HTML, the JSON under /api/ and CSV are made alike.

In: the state of the app and the parameters of a request. Out: a dictionary; rows are under `items`.
The search has `search_pages`, statements `statement_pages`, speakers `speaker_pages`, reviews
`review_pages`; the table of all pages is `routes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from quotes.records import METADATA, Span
from quotes.store import article_queries
from quotes.store import audit as audit_queries
from quotes.store.ingest import Step
from quotes.web import articles, audit, draft_checks, jobs
from quotes.web.app_state import AppState
from quotes.web.article_changes import changes_since
from quotes.web.articles import article_of, evidence, quote_in
from quotes.web.cards import cards, web_address
from quotes.web.highlights import TextSegment, is_wrapped, paragraphs
from quotes.web.parameters import Parameters
from quotes.web.people import people_named, people_of
from quotes.web.reviews import review_values

PageValues = dict[str, Any]

MAX_CSV_ROWS = 100_000
LIST_SIZE = 50  # rows on a page of a list
SURE = 0.7  # probability from which the words of a quote are highlighted in full
MAX_FAILURES = 50  # shown on the page of the collection


def article(state: AppState, parameters: Parameters) -> PageValues:
    """Show an article with its quotes in their places."""
    found = article_of(state.store, state.quote_table, parameters["id"])
    document = found.document
    chosen = found.find(parameters["quote"]) if parameters["quote"] else None
    corrected = state.store.metadata_reviews(document.id)
    return {
        "id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "published": document.published,
        "source": document.source,
        "url": web_address(document.source),
        "language": document.language,
        "revision": found.revision,
        "text": document.text,
        "paragraphs": [_block(block) for block in paragraphs(document.text, found.highlighted)],
        "items": cards(state, [evidence(found, shown) for shown in found.quotes]),
        "chosen": cards(state, [evidence(found, chosen)])[0] if chosen else None,
        "people": people(state, found),
        "history": [
            review_values(corrected[name], True, False) for name in METADATA if name in corrected
        ],
        "copy_of": articles.original_of(state.store, state.quote_table, document.id),
        "speakers": _by_speaker(found),
        "classes": {s.quote.id: _classes(s) for s in found.quotes},
        "changes": changes_since(state.store, state.quote_table, found, parameters["since"]),
    }


def _by_speaker(found: articles.Article) -> list[PageValues]:
    """Return the highlighted quotes of an article by speaker, who speaks first first."""
    shown = {quote.id for quote in found.highlighted}
    groups: dict[str, PageValues] = {}
    for each in found.quotes:
        if each.quote.id in shown:
            key = each.row["speaker_id"] or each.quote.speaker or ""
            name = each.row["speaker_name"] or each.quote.speaker
            one = groups.setdefault(
                key, {"id": each.row["speaker_id"], "name": name, "role": None, "quotes": []}
            )
            one["role"] = one["role"] or each.quote.role
            one["quotes"].append(
                {
                    "id": each.quote.id,
                    "words": each.row["words"],
                    "type": each.quote.type,
                    "factuality": each.quote.factuality,
                    "probability": round(each.quote.probability, 4),
                    "review": each.review,
                }
            )
    return list(groups.values())


def _classes(shown: articles.ShownQuote) -> str:
    """Return the classes of the words of a quote: how it is quoted, and how sure that is."""
    sure = shown.review or shown.quote.probability >= SURE
    checked = " checked" if shown.review else ""
    return f"is-{shown.quote.type}{checked}" + ("" if sure else " unsure")


def quote(state: AppState, parameters: Parameters) -> PageValues:
    """Show a quote with its evidence and the text around it."""
    found, shown = quote_in(state.store, state.quote_table, parameters["id"])
    return {
        "quote": cards(state, [evidence(found, shown)])[0],
        "around": around(found, shown),
        "history": _history(state, shown.row),
        "people": people(state, found),
    }


def people(state: AppState, article: articles.Article) -> list[PageValues]:
    """Return the speakers of an article, to choose from."""
    return people_of_each(state, [article])[article.document.id]


def people_of_each(
    state: AppState, several: Sequence[articles.Article]
) -> dict[str, list[PageValues]]:
    """Return the speakers of several articles by the ids of these, to choose from."""
    found = people_of(state.store, state.quote_table, several)
    return {
        document: [asdict(person) | {"label": person.label} for person in people]
        for document, people in found.items()
    }


def named(state: AppState, parameters: Parameters) -> PageValues:
    """Return the speakers that a name may mean, those of an article first."""
    document, store, table = parameters["document"], state.store, state.quote_table
    article = article_of(store, table, document) if document else None
    found = people_named(store, table, parameters["q"], article)
    return {"items": [asdict(person) | {"label": person.label} for person in found]}


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


def articles_list(state: AppState, parameters: Parameters) -> PageValues:
    """List the articles with quotes, the newest first."""
    page, size = parameters["page"] or 1, MAX_CSV_ROWS if parameters.as_file else LIST_SIZE
    rows, total = article_queries.listed(
        state.quote_table,
        words=parameters["q"],
        outlet=parameters["outlet"],
        limit=size,
        offset=0 if parameters.as_file else (page - 1) * size,
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
    if parameters.as_file:
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
        "given": {},
        "wrong": "",
    }


def job(state: AppState, parameters: Parameters) -> PageValues:
    """Show the progress of a job, and the result for each article."""
    found = state.jobs.find(parameters["id"])
    titles = article_queries.titles(state.store) if found.steps else {}
    return _job(found) | {"items": [_step(step, titles.get(step.id)) for step in found.steps]}


def verify(state: AppState, parameters: Parameters) -> PageValues:
    """Show the form to check a draft, and the drafts that were checked."""
    return {
        "items": [draft_checks.listed(state, job) for job in state.jobs.jobs("verify")],
        "endings": jobs.ENDINGS,
        "max_bytes": jobs.MAX_REQUEST_BYTES,
        "max_chars": draft_checks.MAX_DRAFT_CHARS,
        "given": {},
        "wrong": "",
        "wrong_field": "",
    }


def verification(state: AppState, parameters: Parameters) -> PageValues:
    """Show the quotations of a draft with their verdicts, the worst first."""
    return draft_checks.values(state, state.jobs.find(parameters["id"], "verify"))


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


def _step(step: Step, title: str | None) -> PageValues:
    return {
        "document": step.id,
        "title": title,
        "outcome": step.outcome,
        "message": step.failure.message if step.failure else "",
    }
