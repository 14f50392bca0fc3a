"""The one table of what can be asked: pages with their parameters. Pages, JSON, CSV and the OpenAPI description are made from it.

Data only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quotes.store.quote_search import ORDERS
from quotes.store.selection import CONFIDENCE_BANDS
from quotes.store.speakers import ORDERS as SPEAKER_ORDERS
from quotes.web import pages
from quotes.web.app_state import AppState
from quotes.web.parameters import Param, Parameters

Make = Callable[[AppState, Parameters], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `path` with its names in braces, `make` its values, `template` its HTML ("" for one that is only JSON).

    `csv`: its `items` are a table. `kept`: it says the same until something in the store changes, for the same reader. `slow`: it may take
    seconds (a model is loaded). `api` is the path of its JSON.
    """

    name: str
    path: str
    says: str
    make: Make
    template: str = ""
    params: tuple[Param, ...] = ()
    csv: bool = False
    kept: bool = True
    slow: bool = False

    @property
    def front(self) -> bool:
        """Whether it can be asked for without saying of what."""
        return (
            bool(self.template) and self.kept and not any(param.required for param in self.params)
        )

    @property
    def api(self) -> str:
        return "/api" + (self.path if self.path != "/" else "/search")


FORMAT = Param("format", "choice", "csv gives the whole list as a file", ("csv",))
PAGE = Param("page", "number", "the page of the list, from 1", default=1)
WORDS = Param("q", "text", "a name, words of a quote, or a whole statement")
CONDITIONS = (
    Param("speaker", "text", "the id of a speaker; - for quotes of nobody known by name"),
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
    Param(
        "sure",
        "choice",
        "the confidence, in per cent, from which a band of it begins",
        CONFIDENCE_BANDS,
    ),
    Param(
        "review", "choice", "what people made of it", ("machine", "accepted", "changed", "added")
    ),
    Param("rule", "text", "the rule that found it"),
    Param("document", "text", "the id of an article"),
    Param("copies", "choice", "yes: near copies of articles, too", ("yes",)),
    Param(
        "unsure", "choice", "yes: quotes of little confidence that nobody checked, too", ("yes",)
    ),
)
SORT = Param("sort", "choice", "the order", tuple(ORDERS))
QUOTE = Param("id", "text", "the id of a quote", required=True, where="path")
SPEAKER = Param(
    "id", "text", "the id of a speaker, or a name that is only theirs", required=True, where="path"
)

PAGES = (
    Page(
        "search", "/search", "Find quotes by words, name or statement", pages.search, "search.html",
        (WORDS, *CONDITIONS, SORT, PAGE, FORMAT), csv=True,
    ),
    Page(
        "check", "/check", "Who said these words?", pages.check, "check.html",
        (Param("words", "text", "the words", required=True), FORMAT), csv=True,
    ),
    Page("quote", "/quote/{id}", "One quote with its evidence", pages.quote, "quote.html", (QUOTE,)),
    Page("evidence", "/quote/{id}/evidence", "The evidence of a quote, beside its article", pages.quote, "evidence.html", (QUOTE,)),
    Page(
        "tree", "/quote/{id}/tree", "The dependency tree of the sentence of a quote", pages.tree, "tree.html", (QUOTE,),
        kept=False, slow=True,
    ),
    Page(
        "article", "/article", "An article with its quotes in their places", pages.article, "article.html",
        (Param("id", "text", "the id of the article", required=True), Param("quote", "text", "the id of a quote to show"), FORMAT),
        csv=True,
    ),
    Page(
        "articles", "/articles", "The articles of the collection", pages.articles_list, "articles.html",
        (Param("q", "text", "words of the title"), Param("outlet", "text", "who published it"), PAGE, FORMAT), csv=True,
    ),
    Page(
        "speakers", "/speakers", "All speakers", pages.speakers, "speakers.html",
        (
            Param("q", "text", "words of the name"), Param("kind", "choice", "what the speaker is", ("person", "organization")),
            Param("sort", "choice", "the order", tuple(SPEAKER_ORDERS)), PAGE, FORMAT,
        ), csv=True,
    ),
    Page(
        "speaker", "/speaker/{id}", "One speaker: names, roles, timeline, quotes", pages.speaker, "speaker.html",
        (SPEAKER, *(c for c in CONDITIONS if c.name != "speaker"), SORT, PAGE, FORMAT), csv=True,
    ),
    Page("chart", "/speaker/{id}/chart", "The timeline of a speaker as an SVG file", pages.chart, "", (SPEAKER,)),
    Page(
        "merge", "/speaker/{id}/merge", "What would be put together if two speakers were one", pages.merge, "merge.html",
        (SPEAKER, Param("with", "text", "the id of the other speaker", required=True)),
    ),
    Page(
        "same", "/speaker/{id}/same", "Who may be the same as a speaker, with what is known of each", pages.same, "same.html",
        (SPEAKER, Param("back", "text", "the page to come back to after a merge")),
    ),
    Page("statement", "/statement/{id}", "One statement in all its wordings", pages.statement, "statement.html", (QUOTE, FORMAT), csv=True),
    Page(
        "review", "/review", "The queue of quotes to be checked", pages.review, "review.html",
        (
            *CONDITIONS, Param("after", "text", "a place in the queue: what comes after it is shown"),
            Param("at", "text", "the id of a quote to show instead"), FORMAT,
        ), csv=True,
    ),
    Page(
        "collection", "/collection", "What the collection holds, and whom it lets speak", pages.overview, "collection.html", (FORMAT,),
        csv=True,
    ),
    Page("failures", "/failures", "Articles that could not be read", pages.failures, "failures.html", (FORMAT,), csv=True),
    Page(
        "judgements", "/judgements", "Decisions of people", pages.judgements, "judgements.html",
        (Param("only", "choice", "some of them", ("standing", "adrift")), PAGE, FORMAT), csv=True,
    ),
    Page("add", "/add", "Add articles", pages.adding, "add.html", kept=False),
    Page(
        "job", "/job/{id}", "How far an adding is", pages.job, "job.html",
        (Param("id", "text", "the id of a job", required=True, where="path"), FORMAT), csv=True, kept=False,
    ),
)  # fmt: skip
