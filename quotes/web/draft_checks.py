"""Drafts that are checked from the page, with `quotes.verification` as `quotes verify` does.

In: what a form submits, as text and files. Out: a check that a job runs, and its result as values
of a page. A draft is read once; sources are extracted from only where a passage was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote as quoted

from quotes.defaults import DEFAULT_LANGUAGE
from quotes.errors import InputError
from quotes.language import Language
from quotes.output.terminal.verification_report import summary, unchecked_line
from quotes.output.verification_page import place_address, section
from quotes.output.verification_rows import to_rows
from quotes.readers.metadata import Metadata, require_date
from quotes.records import Document, Failure, Quote
from quotes.store import Store, audit
from quotes.verification.acceptances import acceptable, with_acceptances
from quotes.verification.claims import statements_of
from quotes.verification.findings import LABELS, Evidence, Finding
from quotes.verification.verification import Verification
from quotes.verification.verify_draft import verify_claims
from quotes.web import jobs
from quotes.web.app_state import AppState
from quotes.web.errors import Refused, WrongField
from quotes.web.settings import Work
from quotes.web.submitted import text

DRAFT_ID = "draft"
MAX_DRAFT_CHARS = 200_000
MAX_SHOWN = 500  # findings on a page, the worst; CSV has all
NO_DRAFT = "nothing to check: paste a draft, or choose its file"
TWO_DRAFTS = "paste the draft or choose its file, not both"
NO_SOURCES = "no sources: choose files, or the collection"
EMPTY_COLLECTION = "the collection has no articles yet: choose files, or add articles first"


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """A draft with its sources, ready to be checked; called with a store and what reads articles.

    Attributes:
        drafts: Gives the draft; several documents where its file has several.
        sources: Gives the documents to check against.
        collection: True if the store is searched, too.
        indirect: True if indirect statements are checked, too.
        strict: True if fillers and false starts count as words.
    """

    drafts: jobs.Items
    sources: jobs.Items
    collection: bool = False
    indirect: bool = False
    strict: bool = False

    def __call__(self, store: Store, work: Work) -> Verification:
        """Check the draft.

        Raises:
            InputError: The draft or no source can be read.
            StoreError: The store cannot be read.
        """
        drafts = _quoted(_read_drafts(self.drafts()), work)
        sources = list(self.sources())
        language = Language.load(DEFAULT_LANGUAGE)
        known = dict[tuple[str, str], Sequence[Quote]]()
        asked = dict[tuple[str, str], Document]()

        def extract(document: Document) -> Sequence[Quote]:
            key = (document.id, document.text)
            if key not in known:
                asked[key] = document
            return known.get(key, ())

        # A process with the model starts once for all sources with a passage, not for each.
        while True:
            found = verify_claims(
                drafts,
                sources,
                language=language,
                extract=extract,
                store=store if self.collection else None,
                indirect=self.indirect,
                strict=self.strict,
            )
            if not asked:
                return found
            for result in work(list(asked.values())):
                if not isinstance(result, Failure):
                    key = (result.document.id, result.document.text)
                    known[key] = statements_of(result.quotes)
            known |= {key: () for key in asked if key not in known}
            asked.clear()


def start(
    state: AppState, given: Mapping[str, Any], files: Sequence[jobs.File], by: str
) -> jobs.Job:
    """Start to check the draft of a form.

    Args:
        state: The state of the app.
        given: The fields: text, title, published, collection, indirect, strict.
        files: The draft, chosen in the field "draft", and the sources, in "files".
        by: The name of the user.

    Raises:
        WrongField: A field is missing or wrong.
        Refused: Too many jobs are waiting.
    """
    metadata = _metadata(given)
    own = [file for file in files if file.field == "draft"]
    others = [file for file in files if file.field == "files"]
    pasted = given.get("text") or ""
    with_collection = bool(given.get("collection"))
    if pasted.strip() and own:
        raise WrongField(400, "text", TWO_DRAFTS)
    if not (pasted.strip() or own):
        raise WrongField(400, "text", NO_DRAFT)
    if len(own) > 1:
        raise WrongField(400, "draft", "one draft at a time: choose one file")
    for field, chosen in (("draft", own), ("files", others)):
        with _at(field):
            jobs.check_files(chosen)
    if not (others or with_collection):
        raise WrongField(400, "files", NO_SOURCES)
    if with_collection and not others and not _articles(state.store):
        raise WrongField(400, "collection", EMPTY_COLLECTION)
    drafts, delete_draft = _draft(pasted, own, metadata)
    sources, delete_sources = _uploaded(others, Metadata())

    def delete() -> None:
        delete_draft()
        delete_sources()

    check = DraftCheck(
        drafts,
        sources,
        collection=with_collection,
        indirect=bool(given.get("indirect")),
        strict=bool(given.get("strict")),
    )
    title = metadata.title or (own[0].name if own else "")
    return state.jobs.start_check(check, by=by, title=title, on_end=delete)


@contextmanager
def _at(field: str) -> Iterator[None]:
    """Refuse what is refused inside as a fault of one field of the form."""
    try:
        yield
    except Refused as error:
        raise WrongField(error.status, field, str(error)) from error


def _draft(
    pasted: str, own: Sequence[jobs.File], metadata: Metadata
) -> tuple[jobs.Items, Callable[[], None]]:
    """Return what reads the draft, and what deletes its file."""
    if own:
        return _uploaded(own, metadata)
    if len(pasted) > MAX_DRAFT_CHARS:
        raise WrongField(413, "text", _too_long(len(pasted)))
    try:
        document = replace(jobs.pasted_document(pasted, metadata), id=DRAFT_ID)
    except InputError as error:
        raise WrongField(400, "text", str(error)) from error
    return lambda: iter([document]), lambda: None


def _uploaded(
    files: Sequence[jobs.File], metadata: Metadata
) -> tuple[jobs.Items, Callable[[], None]]:
    """Return what reads files, and what deletes them; nothing of no files."""
    if files:
        return jobs.uploaded_documents(files, metadata)
    return lambda: iter(()), lambda: None


def _articles(store: Store) -> int:
    return int(audit.article_counts(store)["articles"])


def _metadata(given: Mapping[str, Any]) -> Metadata:
    with _at("title"):
        title = text(given, "title") or None
    with _at("published"):
        day = text(given, "published")
    try:
        return Metadata(title=title, published=require_date(day) if day else None)
    except InputError as error:
        raise WrongField(400, "published", str(error)) from error


def _too_long(chars: int) -> str:
    return f"the draft has {chars:,} characters, at most {MAX_DRAFT_CHARS:,}: use `quotes verify`"


def _read_drafts(items: Iterator[Document | Failure]) -> list[Document]:
    """Return the documents of a draft. Raises InputError for one that cannot be read."""
    found = list[Document]()
    for item in items:
        if isinstance(item, Failure):
            raise InputError(item.message)
        found.append(item)
    chars = sum(len(document.text) for document in found)
    if not found or chars > MAX_DRAFT_CHARS:
        raise InputError(_too_long(chars) if found else "the draft has no text")
    return found


def _quoted(drafts: Sequence[Document], work: Work) -> list[tuple[Document, Sequence[Quote]]]:
    """Return drafts with their quotes. Raises InputError for one that cannot be processed."""
    found = list[tuple[Document, Sequence[Quote]]]()
    for result in work(drafts):
        if isinstance(result, Failure):
            raise InputError(result.message)
        found.append((result.document, statements_of(result.quotes)))
    return found


def finding_of(job: jobs.Job, name: str) -> Finding:
    """Return the finding of a check by its id.

    Raises:
        Refused: There is none, or there is nothing to accept in it.
    """
    found = job.verification.findings if job.verification else ()
    finding = next((finding for finding in found if finding.claim.id == name), None)
    if finding is None:
        raise Refused(404, "finding: no such finding in this check")
    if not acceptable(finding):
        raise Refused(409, f"finding: is {LABELS[finding.verdict]}: there is nothing to accept")
    return finding


def values(state: AppState, job: jobs.Job) -> dict[str, Any]:
    """Return a check as values of a page: its state, and when it is done its findings."""
    found = _with_acceptances(state, job)
    return {
        "id": job.id,
        "by": job.by,
        "state": job.state,
        "title": job.title,
        "message": job.message,
        "summary": summary(found, store="the collection") if found else "",
        "unchecked": (unchecked_line(found) if found else None) or "",
        "failures": [failure.message for failure in found.sources.failures] if found else [],
        "items": _worst_rows(found) if found else [],
        "sections": _sections(found) if found else [],
        "left_out": max(0, len(found.findings) - MAX_SHOWN) if found else 0,
    }


def _with_acceptances(state: AppState, job: jobs.Job) -> Verification | None:
    """Return the result of a check with the acceptances that stand now."""
    found = job.verification
    return with_acceptances(found, state.standing_reviews()) if found else None


def _worst_rows(found: Verification) -> list[dict[str, Any]]:
    """Return a row for each finding, with the columns of `quotes verify`, the worst first."""
    return to_rows(replace(found, findings=found.worst_first))


def _sections(found: Verification) -> list[dict[str, Any]]:
    """Return the findings as HTML, the worst first, each with its id and who accepted it."""
    drafts = {draft.id: draft for draft in found.drafts}
    return [
        {
            "html": section(number, finding, drafts[finding.claim.document], address_of=_address),
            "id": finding.claim.id,
            "acceptable": acceptable(finding) and finding.accepted is None,
            "review": finding.accepted.review if finding.accepted else None,
        }
        for number, finding in enumerate(found.worst_first[:MAX_SHOWN], start=1)
    ]


def _address(evidence: Evidence) -> str | None:
    """Return the address of a source: on the web, or its page where it is of the collection."""
    of_collection = evidence.span is None
    article = f"/article?id={quoted(evidence.source, safe='')}"
    return article if of_collection else place_address(evidence)


def listed(state: AppState, job: jobs.Job) -> dict[str, Any]:
    """Return a check as a row of the list of checks."""
    found = _with_acceptances(state, job)
    about = summary(found, store="the collection") if found else job.message
    return {"id": job.id, "by": job.by, "state": job.state, "title": job.title, "summary": about}
