"""The one table of what can be asked: pages with their parameters.

Pages, JSON, CSV and the OpenAPI description are made from it. Data only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quotes.defaults import ACTS
from quotes.store.quote_search import ORDERS
from quotes.store.selection import CONFIDENCE_BANDS
from quotes.store.speakers import ORDERS as SPEAKER_ORDERS
from quotes.web import pages, review_pages, speaker_pages
from quotes.web.app_state import AppState
from quotes.web.parameters import Param, Parameters

MakeValues = Callable[[AppState, Parameters], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        name: Its name, which is also that of its file as CSV.
        path: Its path, with the names of parameters in braces.
        description: What it shows, in a line.
        make: What makes its values.
        template: Its HTML, "" for a page that is only JSON.
        params: Its parameters.
        csv: True if its `items` are a table.
        cached: True if it stays the same for a reader until something in the store changes.
        slow: True if it may take seconds, since a model is loaded.
    """

    name: str
    path: str
    description: str
    make: MakeValues
    template: str = ""
    params: tuple[Param, ...] = ()
    csv: bool = False
    cached: bool = True
    slow: bool = False

    @property
    def can_preload(self) -> bool:
        """True if it can be made without any parameter."""
        return (
            bool(self.template) and self.cached and not any(param.required for param in self.params)
        )

    @property
    def api(self) -> str:
        """The path of its JSON."""
        return "/api" + self.path


FORMAT = Param("format", "choice", "csv gives the whole list as a file", ("csv",))
PAGE = Param("page", "number", "the page of the list, from 1", default=1)
WORDS = Param("q", "text", "a name, words of a quote, or a whole statement")
CONDITIONS = (
    Param("speaker", "text", "the id of a speaker; - for quotes without a named speaker"),
    Param("outlet", "text", "who published it"),
    Param("since", "day", "said, else published, on this day or later"),
    Param("until", "day", "said, else published, on this day or before"),
    Param("year", "text", "the year in which it was said, else published"),
    Param("type", "choice", "how it is quoted", ("direct", "indirect", "mixed")),
    Param(
        "kind",
        "choice",
        "what the speaker is",
        ("person", "organization", "group", "unnamed", "document"),
    ),
    Param("act", "choice", "the act it tells of; speech unless another is chosen", ACTS),
    Param(
        "sure",
        "choice",
        "a band of confidence, by its lower end in per cent",
        CONFIDENCE_BANDS,
    ),
    Param(
        "review",
        "choice",
        "what a reviewer did, or machine: not reviewed",
        ("machine", "accepted", "changed", "added"),
    ),
    Param("rule", "text", "the rule that found it"),
    Param("document", "text", "the id of an article"),
    Param("copies", "choice", "yes: with near copies of articles", ("yes",)),
    Param("unsure", "choice", "yes: with quotes of low confidence that nobody reviewed", ("yes",)),
)
SORT = Param("sort", "choice", "the order", tuple(ORDERS))
QUOTE = Param("id", "text", "the id of a quote", required=True, where="path")
SPEAKER = Param(
    "id", "text", "the id of a speaker, or a name that is only theirs", required=True, where="path"
)

PAGES = (
    Page(
        "search",
        "/search",
        "Find quotes by words, name or statement",
        pages.search,
        "search.html",
        (WORDS, *CONDITIONS, SORT, PAGE, FORMAT),
        csv=True,
    ),
    Page(
        "check",
        "/check",
        "Who said these words",
        pages.check,
        "check.html",
        (Param("words", "text", "the words", required=True), FORMAT),
        csv=True,
    ),
    Page(
        "quote", "/quote/{id}", "One quote with its evidence", pages.quote, "quote.html", (QUOTE,)
    ),
    Page(
        "evidence",
        "/quote/{id}/evidence",
        "The evidence of a quote, beside its article",
        pages.quote,
        "evidence.html",
        (QUOTE,),
    ),
    Page(
        "tree",
        "/quote/{id}/tree",
        "The dependency tree of the sentence of a quote",
        pages.tree,
        "tree.html",
        (QUOTE,),
        cached=False,
        slow=True,
    ),
    Page(
        "article",
        "/article",
        "An article with its quotes in their places",
        pages.article,
        "article.html",
        (
            Param("id", "text", "the id of the article", required=True),
            Param("quote", "text", "the id of a quote to show"),
            FORMAT,
        ),
        csv=True,
    ),
    Page(
        "articles",
        "/articles",
        "The articles of the collection",
        pages.articles_list,
        "articles.html",
        (
            Param("q", "text", "words of the title"),
            Param("outlet", "text", "who published it"),
            PAGE,
            FORMAT,
        ),
        csv=True,
    ),
    Page(
        "speakers",
        "/speakers",
        "All speakers",
        speaker_pages.speakers,
        "speakers.html",
        (
            Param("q", "text", "words of the name"),
            Param("kind", "choice", "what the speaker is", ("person", "organization")),
            Param("sort", "choice", "the order", tuple(SPEAKER_ORDERS)),
            PAGE,
            FORMAT,
        ),
        csv=True,
    ),
    Page(
        "speaker",
        "/speaker/{id}",
        "One speaker: names, roles, timeline, quotes",
        speaker_pages.speaker,
        "speaker.html",
        (SPEAKER, *(c for c in CONDITIONS if c.name != "speaker"), SORT, PAGE, FORMAT),
        csv=True,
    ),
    Page(
        "chart",
        "/speaker/{id}/chart",
        "The timeline of a speaker as SVG",
        speaker_pages.chart,
        "",
        (SPEAKER,),
    ),
    Page(
        "merge",
        "/speaker/{id}/merge",
        "Two speakers before they are merged",
        speaker_pages.merge,
        "merge.html",
        (SPEAKER, Param("with", "text", "the id of the other speaker", required=True)),
    ),
    Page(
        "same",
        "/speaker/{id}/same",
        "Possible duplicates of a speaker",
        speaker_pages.same,
        "same.html",
        (SPEAKER, Param("back", "text", "the page to return to after a merge")),
    ),
    Page(
        "statement",
        "/statement/{id}",
        "One statement in all its wordings",
        pages.statement,
        "statement.html",
        (QUOTE, FORMAT),
        csv=True,
    ),
    Page(
        "review",
        "/review",
        "The queue of quotes to review",
        review_pages.queue,
        "review.html",
        (
            *CONDITIONS,
            Param("after", "text", "a place in the queue: the quotes after it are shown"),
            Param("at", "text", "the id of a quote to show instead"),
            FORMAT,
        ),
        csv=True,
    ),
    Page(
        "collection",
        "/collection",
        "Numbers of the collection, and whom each outlet quotes",
        pages.collection,
        "collection.html",
        (FORMAT,),
        csv=True,
    ),
    Page(
        "failures",
        "/failures",
        "Articles that could not be read",
        pages.failures,
        "failures.html",
        (FORMAT,),
        csv=True,
    ),
    Page(
        "reviews",
        "/reviews",
        "The log of reviews",
        review_pages.log,
        "reviews.html",
        (Param("only", "choice", "some of them", ("standing", "unanchored")), PAGE, FORMAT),
        csv=True,
    ),
    Page("add", "/add", "Add articles", pages.add, "add.html", cached=False),
    Page(
        "job",
        "/job/{id}",
        "Progress of a job that adds articles",
        pages.job,
        "job.html",
        (Param("id", "text", "the id of a job", required=True, where="path"), FORMAT),
        csv=True,
        cached=False,
    ),
)

# Old addresses: the path, what it is now, and the methods that it had.
MOVED = (
    ("/judgements", "/reviews", ("GET",)),
    ("/judge", "/reviews", ("POST",)),
    ("/api/judgements", "/api/reviews", ("GET", "POST")),
)
