"""The order of verification: drafts and sources are read, claims found, each of them checked.

In: what `quotes.verify` and the command take. Out: a `Verification`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.api import models_of, to_date
from quotes.arguments import require
from quotes.defaults import DEFAULT_LANGUAGE
from quotes.errors import InputError
from quotes.extracted import Quotes
from quotes.language import Language
from quotes.records import Document, Failure, Quote
from quotes.standing_reviews import standing
from quotes.verification.acceptances import with_acceptances
from quotes.verification.claims import claims_of, statements_of
from quotes.verification.findings import Claim, Draft, SourceCount
from quotes.verification.passage_index import PassageIndex
from quotes.verification.source_texts import Extract, SourceText
from quotes.verification.unattributed import unattributed_parts
from quotes.verification.verification import Verification
from quotes.verification.verifier import Verifier

if TYPE_CHECKING:
    from quotes.collection import Collection
    from quotes.models import Models
    from quotes.parsing.interface import Parser
    from quotes.store import Store

NO_SOURCES = "no sources: give files, folders or addresses to check against, or a store"
NONE_READ = "no source could be read"


def verify_draft(
    draft: str | Document | Quotes,
    *,
    against: str | Path | Document | Sequence[str | Path | Document],
    store: str | Path | Store | Collection | None,
    published: date | str | None,
    indirect: bool,
    strict: bool,
    model: str,
    parser: Models | Parser | None,
) -> Verification:
    """Check a draft: see `quotes.verify`."""
    from quotes.pipeline import process

    require("draft", draft, str, Document, Quotes)
    require("against", against, str, Path, Document, Iterable)
    require("indirect", indirect, bool)
    require("strict", strict, bool)
    language = Language.load(DEFAULT_LANGUAGE)

    def extract(document: Document) -> Sequence[Quote]:
        found = process(document, models=models_of(model, parser, language), language=language)
        return statements_of(found)

    if isinstance(draft, Quotes):
        document, quotes = draft.document, tuple(draft)
    else:
        document = _document(draft, to_date(published, "published"))
        quotes = tuple(extract(document))
    return verify_claims(
        [(document, quotes)],
        _sources(against),
        language=language,
        extract=extract,
        store=store,
        indirect=indirect,
        strict=strict,
    )


def verify_claims(
    drafts: Iterable[tuple[Document, Sequence[Quote]]],
    sources: Iterable[Document | Failure],
    *,
    language: Language,
    extract: Extract | None = None,
    store: str | Path | Store | Collection | None = None,
    indirect: bool = False,
    strict: bool = False,
    on_progress: Callable[[str], object] | None = None,
) -> Verification:
    """Check drafts with their quotes against sources.

    Args:
        drafts: Documents with their quotes.
        sources: Documents; of those that cannot be read the failures.
        language: The language of both.
        extract: Gives the quotes of a source, of which the speaker of a passage is asked; none
            where all sources are transcripts.
        store: A store, or its folder, whose quotes are searched, too.
        indirect: Check indirect statements, too.
        strict: Fillers and false starts count as words.
        on_progress: Gets a line where an index of the store must be built.

    Raises:
        InputError: without any source that can be read.
        StoreError: where the store cannot be read.
    """
    read, failures = list[Document](), list[Failure]()
    for source in sources:
        if isinstance(source, Failure):
            failures.append(source)
        else:
            read.append(source)
    drafts = list(drafts)
    own = {document.id: document for document, _ in drafts}
    read = [s for s in read if s.id not in own or s.text != own[s.id].text]
    opened = _opened(store)
    foreign = tuple(dict.fromkeys(f.language for f in failures if f.language))
    if opened is None and not read:
        reasons = "; ".join(failure.message for failure in failures)
        raise InputError(f"{NONE_READ}: {reasons}" if failures else NO_SOURCES)
    texts = [SourceText(document, language, extract=extract) for document in read]
    claims = list[Claim]()
    for document, quotes in drafts:
        claims += claims_of(document, quotes, language, indirect=indirect)
    verifier = Verifier(
        PassageIndex(texts, language),
        language,
        strict,
        _search(opened, claims, own, on_progress) if opened else None,
        foreign,
    )
    words = sum(len(document.text.split()) for document in read)
    count = SourceCount(
        documents=len(read),
        words=words,
        store=str(opened.path) if opened else None,
        failures=tuple(failures),
    )
    findings = tuple(verifier.check_all(claims))
    reviews = standing(opened.reviews()) if opened else ()
    made = tuple(_draft(document, quotes, language) for document, quotes in drafts)
    return with_acceptances(Verification(made, findings, count, strict), reviews)


def _draft(document: Document, quotes: Sequence[Quote], language: Language) -> Draft:
    parts = unattributed_parts(document, quotes, language)
    return Draft(
        id=document.id,
        text=document.text,
        title=document.title,
        published=document.published,
        unchecked=tuple(spans for spans, speech in parts if not speech),
    )


def _document(draft: str | Document, published: date | None) -> Document:
    from quotes.readers import read_text
    from quotes.readers.metadata import Metadata

    if isinstance(draft, Document):
        return replace(draft, published=published) if published else draft
    return read_text(draft, id="draft", metadata=Metadata(published=published))


def _sources(
    against: str | Path | Document | Sequence[str | Path | Document],
) -> Iterator[Document | Failure]:
    """Yield the documents given, and those of the paths given."""
    from quotes import readers

    given = [against] if isinstance(against, str | Path | Document) else list(against)
    for each in given:
        require("each of against", each, str, Path, Document)
        if isinstance(each, Document):
            yield each
    paths = [each for each in given if not isinstance(each, Document)]
    if paths:
        yield from readers.read(paths)


def _opened(store: Any) -> Store | None:
    """Return a store given as such, as a collection or as a folder."""
    from quotes.store import Store, open_store

    if store is None or isinstance(store, Store):
        return store
    if isinstance(store, str | Path):
        return open_store(store)
    require("store", getattr(store, "store", None), Store)
    return store.store  # type: ignore[no-any-return]


def _search(
    store: Store,
    claims: Iterable[Claim],
    drafts: Mapping[str, Document],
    on_progress: Callable[[str], object] | None,
) -> Any:
    from quotes.verification.store_search import StoreQuotes

    words = (claim.words for claim in claims)
    return StoreQuotes(store, words, without=drafts.keys(), on_progress=on_progress)
