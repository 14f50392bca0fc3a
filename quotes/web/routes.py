"""The one table of what can be asked: pages with their parameters.

Pages, JSON, files and the OpenAPI description are made from it. Data only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from quotes.defaults import ACTS
from quotes.store.quote_search import FACETS, ORDERS
from quotes.store.selection import CHOICES, CONFIDENCE_BANDS
from quotes.store.speakers import ORDERS as SPEAKER_ORDERS
from quotes.web import exports, pages, review_pages, search_pages, speaker_pages, statement_pages
from quotes.web.app_state import AppState
from quotes.web.parameters import Param, Parameters
from quotes.web.query import LOOKS
from quotes.web.statement_overview import KINDS

MakeValues = Callable[[AppState, Parameters], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        name: Its name, with which that of a file of its rows begins.
        path: Its path, with the names of parameters in braces.
        description: What it shows, in a line.
        make: What makes its values.
        template: Its HTML, "" for a page that is only JSON.
        params: Its parameters.
        table: True if its `items` are a table, which is given as a file, too.
        quotes: True if they are quotes.
        cached: True if it stays the same for a reader until something in the store changes.
        slow: True if it may take seconds: a model is loaded, or all names are compared.
    """

    name: str
    path: str
    description: str
    make: MakeValues
    template: str = ""
    params: tuple[Param, ...] = ()
    table: bool = False
    quotes: bool = False
    cached: bool = True
    slow: bool = False

    @property
    def can_preload(self) -> bool:
        """True if it can be made without any parameter."""
        return (
            bool(self.template)
            and self.cached
            and not self.slow
            and not any(param.required for param in self.params)
        )

    @property
    def api(self) -> str:
        """The path of its JSON."""
        return "/api" + self.path


FORMAT = Param("format", "choice", "csv or xlsx: the whole list as a file", tuple(exports.TYPES))
PAGE = Param("page", "number", "the page of the list, from 1", default=1)
WORDS = Param("q", "text", "a name, words of a quote, or a whole statement")
CONDITIONS = (
    Param(
        "speaker",
        "text",
        "the id of a speaker; - for quotes without a named speaker",
        several=True,
    ),
    Param("outlet", "text", "who published it", several=True),
    Param("since", "day", "said, else published, on this day or later"),
    Param("until", "day", "said, else published, on this day or before"),
    Param("year", "text", "the year in which it was said, else published", several=True),
    Param("type", "choice", "how it is quoted", CHOICES["type"], several=True),
    Param(
        "kind",
        "choice",
        "what the speaker is",
        CHOICES["kind"],
        several=True,
    ),
    Param(
        "act", "choice", "the act it tells of; speech unless another is chosen", ACTS, several=True
    ),
    Param("role", "text", "the role of the speaker, as it is written", several=True),
    Param(
        "factuality",
        "choice",
        "whether it was said, or denied, not said, hypothetical, a question",
        CHOICES["factuality"],
        several=True,
    ),
    Param(
        "sure",
        "choice",
        "a band of confidence, by its lower end in per cent",
        CONFIDENCE_BANDS,
        several=True,
    ),
    Param(
        "review",
        "choice",
        "what a reviewer did, or machine: not reviewed",
        CHOICES["review"],
        several=True,
    ),
    Param("rule", "text", "the rule that found it", several=True),
    Param("document", "text", "the id of an article", several=True),
    Param("printed", "choice", "how the statement is printed", tuple(KINDS), several=True),
    Param("copies", "choice", "yes: with near copies of articles", ("yes",)),
    Param("unsure", "choice", "yes: with quotes of low confidence that nobody reviewed", ("yes",)),
)
MORE = Param("more", "choice", "a facet of which all values are wanted", tuple(FACETS))
LOOK = Param("in", "choice", "where to look: in words of quotes or names of speakers", LOOKS)
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
        search_pages.search,
        "search.html",
        (WORDS, LOOK, *CONDITIONS, SORT, MORE, PAGE, FORMAT),
        table=True,
        quotes=True,
    ),
    Page(
        "texts",
        "/texts",
        "Articles whose text has the words",
        search_pages.texts,
        "texts.html",
        (replace(WORDS, description="words or phrases", required=True), FORMAT),
        table=True,
    ),
    Page(
        "check",
        "/check",
        "Who said these words",
        statement_pages.check,
        "check.html",
        (Param("words", "text", "the words", required=True), FORMAT),
        table=True,
        quotes=True,
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
            Param("since", "number", "the revision to compare with, from 1"),
            FORMAT,
        ),
        table=True,
        quotes=True,
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
        table=True,
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
        table=True,
    ),
    Page(
        "people",
        "/people",
        "Speakers that a name may mean",
        pages.named,
        "",
        (
            replace(WORDS, description="the name", required=True),
            Param("document", "text", "the id of an article, whose speakers come first"),
        ),
    ),
    Page(
        "speaker",
        "/speaker/{id}",
        "One speaker: names, roles, timeline, quotes",
        speaker_pages.speaker,
        "speaker.html",
        (
            SPEAKER,
            Param("q", "text", "words of what they said"),
            *(c for c in CONDITIONS if c.name != "speaker"),
            SORT,
            MORE,
            PAGE,
            FORMAT,
        ),
        table=True,
        quotes=True,
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
        "clusters",
        "/clusters",
        "Speakers that may be one",
        speaker_pages.clusters,
        "clusters.html",
        (PAGE,),
    ),
    Page(
        "statement",
        "/statement/{id}",
        "One statement in all its wordings",
        statement_pages.statement,
        "statement.html",
        (QUOTE, FORMAT),
        table=True,
        quotes=True,
    ),
    Page(
        "statements",
        "/statements",
        "Statements that several articles print, and those on which prints disagree",
        statement_pages.statements,
        "statements.html",
        (
            Param("only", "choice", "some of them", tuple(KINDS)),
            Param("sort", "choice", "the order", statement_pages.ORDERS),
            PAGE,
            FORMAT,
        ),
        table=True,
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
        table=True,
        quotes=True,
    ),
    Page(
        "review_after",
        "/review/after",
        "The progress of the queue, and further quotes to review",
        review_pages.after,
        "review_after.html",
        (
            *CONDITIONS,
            Param("after", "text", "a place in the queue: the quotes after it are given"),
            Param("wanted", "number", f"how many of them, from 0 to {review_pages.AHEAD}"),
        ),
    ),
    Page(
        "guide",
        "/guide",
        "Instructions for reviewers",
        review_pages.guide,
        "guide.html",
    ),
    Page(
        "collection",
        "/collection",
        "Numbers of the collection, and whom each outlet quotes",
        pages.collection,
        "collection.html",
        (FORMAT,),
        table=True,
    ),
    Page(
        "failures",
        "/failures",
        "Articles that could not be read",
        pages.failures,
        "failures.html",
        (FORMAT,),
        table=True,
    ),
    Page(
        "reviews",
        "/reviews",
        "The log of reviews",
        review_pages.log,
        "reviews.html",
        (
            Param("only", "choice", "some of them", ("standing", "unanchored", "differ")),
            PAGE,
            FORMAT,
        ),
        table=True,
    ),
    Page("add", "/add", "Add articles", pages.add, "add.html", cached=False),
    Page(
        "job",
        "/job/{id}",
        "Progress of a job that adds articles",
        pages.job,
        "job.html",
        (Param("id", "text", "the id of a job", required=True, where="path"), FORMAT),
        table=True,
        cached=False,
    ),
    Page("verify", "/verify", "Verify a draft", pages.verify, "verify.html", cached=False),
    Page(
        "verification",
        "/verify/{id}",
        "Each quotation of a draft against its sources, the worst first",
        pages.verification,
        "verification.html",
        (Param("id", "text", "the id of a check", required=True, where="path"), FORMAT),
        table=True,
        cached=False,
    ),
)

# Old addresses: the path, what it is now, and the methods that it had.
MOVED = (
    ("/judgements", "/reviews", ("GET",)),
    ("/judge", "/reviews", ("POST",)),
    ("/api/judgements", "/api/reviews", ("GET", "POST")),
)
