"""Search for who said some words, in all statements of a store.

In: a store and words. Out: an `Answer`. The search index lies in the store's folder; it is built
from the quotes as the program found them and updated when articles come in. Where the store may not
be written it lies in the user's cache, or in memory; where another program is at it, it is used as
it is, and the answer says so.
Reviews are never in it: words that people marked are searched beside it, and hits are shown with
reviews applied.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from quotes.defaults import SHOWN_ACTS
from quotes.errors import SearchIndexError
from quotes.records import SaidOn, Span
from quotes.statements import (
    Answer,
    Group,
    Statement,
    WordComparison,
    answer,
    group,
    may_join,
)
from quotes.statements.answers import VERDICTS, WORD_FOR_WORD, verdict_of
from quotes.statements.index import (
    MIN_TERMS,
    STATE,
    Hit,
    Index,
    IndexRow,
    best_first,
    build,
    in_memory,
    open_index,
    update,
)
from quotes.statements.index_folder import cache_folder, index_folder
from quotes.statements.index_parts import index_rows, process_count, write_parts
from quotes.statements.running_text import Passage, find_passages
from quotes.statements.tokens import forms
from quotes.statements.verbatim import compare_asked, quoted_words
from quotes.store import EVERYTHING, Selection, Store, statement_rows
from quotes.store.folder import INDEX
from quotes.store.statement_rows import DATES, VALUE_COLUMNS

MAX_WORDINGS = 3  # wordings found, the best first, with which others are looked for
MIN_WORDING_TERMS = 2  # words, however common, by which these are found: others share rarer ones
MAX_QUOTES_IN_MEMORY = 1_000_000  # of an index on no disk
CANDIDATES_PER_STATEMENT = 8  # that are looked at for each statement wanted
MIN_REPORTED_QUOTES = 100_000  # from which on progress is reported when an index is built
INDEX_BEHIND = "the search index could not be brought up to date and may lack the newest articles"
SAME_NAMES = (  # columns of quotes that a `Statement` has under the same name
    "id",
    "document",
    "words",
    "speaker_id",
    "role",
    "outlet",
    "title",
    "published",
    "type",
    "copy_of",
    "factuality",
    "act",
    "cue",
    "source",
    "url",
    "confidence",
    "speaker_confidence",
    "probability",
)
COLUMNS = (*SAME_NAMES, "speaker_name", "said_on", "said_precision", "review")
SPEAKER = VALUE_COLUMNS.index("speaker")

OnProgress = Callable[[str], object]


def check(
    store: Store,
    words: str,
    *,
    min_confidence: float = 0.0,
    acts: Sequence[str] | str = SHOWN_ACTS,
    speaker_id: str | None = None,
    limit: int = 10,
    on_progress: OnProgress | None = None,
) -> Answer:
    """Find statements that are the words, nearly are, or hold them, with all their wordings.

    Args:
        store: The store.
        words: The words; of a pasted passage those in its quotation marks are looked up.
        min_confidence: Probability from which a quote counts.
        acts: Acts of which a quote counts; "all" for all.
        speaker_id: The id of a speaker: only quotes of theirs.
        limit: How many statements at most.
        on_progress: Gets a line where an index must be built, minutes of work in a large store.

    Raises:
        SearchIndexError: Where there is no index and none can be built.
        StoreError: Where the store cannot be read.
    """
    index, is_current = current_index(store, on_progress=on_progress)
    wanted = Selection(
        min_confidence=min_confidence,
        acts=acts,
        copies=True,
        speaker_ids=None if speaker_id is None else [speaker_id],
    )
    asked = quoted_words(words, store.language)
    hits, compared = _select_hits(store, _SearchIndexes(index, *_reviewed_words(store)), asked)
    statements = _statements(store, hits, wanted)

    def answered() -> Answer:
        return answer(
            asked,
            statements,
            language=store.language,
            words=index.vocabulary(),
            limit=limit,
            compared=compared,
        )

    found, passages = answered(), tuple[Passage, ...]()
    if found.verdict not in WORD_FOR_WORD:
        passages = find_passages(store, asked)
        quoted = _quotes_at(store, passages, wanted)
        known = {statement.id for statement in statements}
        statements += [each for each in quoted if each.id not in known]
        if quoted:
            found = answered()
            passages = tuple(p for p in passages if p.document not in {s.document for s in quoted})
    note = "; ".join(filter(None, (found.note, "" if is_current else INDEX_BEHIND)))
    return replace(
        found,
        asked=words,
        note=note,
        passages=passages if speaker_id is None else (),
        articles=_article_count(store),
    )


def _quotes_at(store: Store, passages: Iterable[Passage], wanted: Selection) -> list[Statement]:
    """Return the quotes in which passages of running text lie; the index did not bring them."""
    places = dict[str, list[Span]]()
    for passage in passages:
        places.setdefault(passage.document, []).append(passage.span)
    if not places:
        return []
    rows = store.find_quotes(replace(wanted, documents=sorted(places))).to_pylist()
    inside = [
        row
        for row in rows
        if row["content_spans"]
        and any(
            row["content_spans"][0]["start"] <= place.start
            and place.end <= row["content_spans"][-1]["end"]
            for place in places[row["document"]]
        )
    ]
    return [statement_of_row(row) for row in _without_repeats(inside)]


@dataclass(frozen=True)
class _SearchIndexes:
    """The search index, that of the words people marked, and the ids of the quotes of these."""

    index: Index
    marked: Index | None
    reviewed: frozenset[str]

    def candidates(self, words: str, min_terms: int = MIN_TERMS) -> list[Hit]:
        """Return the hits of both indexes."""
        return [
            *self.index.candidates(words, min_terms),
            *(self.marked.candidates(words, min_terms) if self.marked else ()),
        ]


def _select_hits(
    store: Store, indexes: _SearchIndexes, words: str
) -> tuple[list[Hit], Mapping[str, WordComparison]]:
    """Return the hits worth reading in full, and how the words compare with the texts found.

    They are the words, nearly are or hold them, or may be another wording of such a hit.
    """
    vocabulary, hits = indexes.index.vocabulary(), indexes.candidates(words)
    compared = {
        text: compare_asked(words, text, words=vocabulary) for text in {hit.words for hit in hits}
    }
    fitting = best_first(words, (hit for hit in hits if compared[hit.words].kind), vocabulary)
    chosen = {hit.id: hit for hit in fitting}
    best = sorted(
        fitting,
        key=lambda hit: (
            VERDICTS.index(verdict_of(compared[hit.words])),
            -compared[hit.words].score,
        ),
    )
    wordings = {forms(hit.words): hit.words for hit in reversed(best)}  # the best print of each
    for cut, text in list(reversed(wordings.items()))[:MAX_WORDINGS]:
        found = [
            *hits,
            *(() if cut == forms(words) else indexes.candidates(text, MIN_WORDING_TERMS)),
        ]
        others = [hit for hit in found if hit.id not in chosen]
        near = may_join(
            text,
            _by_one_speaker(store, indexes.reviewed, others, fitting),
            known=vocabulary,
            language=store.language,
        )
        chosen |= {hit.id: hit for hit in others if hit.words in near}
    return list(chosen.values()), compared


def _by_one_speaker(
    store: Store, reviewed: Set[str], hits: Sequence[Hit], others: Sequence[Hit]
) -> dict[str, bool]:
    """Tell of each wording of hits whether a speaker of one of the others may have said it.

    Words that people marked may be anybody's.
    """
    names = [
        str(hit.stored[SPEAKER] or "") if hit.stored and hit.id not in reviewed else None
        for hit in (*others, *hits)
    ]
    ids = store.speaker_ids_by_name(name for name in names if name)
    speakers = {speaker for name in names[: len(others)] if name for speaker in ids[name]}
    anyone = None in names[: len(others)]
    found = dict[str, bool]()
    for hit, name in zip(hits, names[len(others) :], strict=True):
        if not found.get(hit.words):
            found[hit.words] = name is None or (
                name != "" and (anyone or not speakers.isdisjoint(ids[name]))
            )
    return found


def find_statements(
    store: Store, asked: Sequence[str], *, limit: int, on_progress: OnProgress | None = None
) -> list[list[Statement]]:
    """Return for each text the statements most like it, the likeliest first, reviews applied.

    Args:
        store: The store.
        asked: The texts.
        limit: How many statements at most for each.
        on_progress: Gets a line where an index must be built.

    Raises:
        SearchIndexError: Where there is no index and none can be built.
    """
    index, _ = current_index(store, on_progress=on_progress)
    marked, _ = _reviewed_words(store)
    words, most = index.vocabulary(), limit * CANDIDATES_PER_STATEMENT
    best: list[list[Hit]] = []
    for text in asked:
        hits = [
            *index.candidates(text, limit=most),
            *(marked.candidates(text, limit=most) if marked else ()),
        ]
        best.append(best_first(text, hits, words)[: 2 * limit])
    everything = _statements(store, (hit for hits in best for hit in hits), EVERYTHING)
    found = {statement.id: statement for statement in everything}
    return [
        list(dict.fromkeys(found[hit.id] for hit in hits if hit.id in found))[:limit]
        for hits in best
    ]


def statement_of(store: Store, quote: str) -> Group | None:
    """Return the statement of a quote with all its wordings; None for an unknown quote."""
    index, _ = current_index(store)
    everything = EVERYTHING
    known = index.quote(quote)
    own = _statements(
        store, [known or Hit(quote, "", "")], everything
    )  # without a hit: it may be one that a person marked
    if not own and known is None:
        own = [
            statement_of_row(row)
            for row in store.find_quotes(replace(everything, ids=[quote])).to_pylist()
        ]
    if not own:
        return None
    hits = [
        hit
        for hit in _SearchIndexes(index, *_reviewed_words(store)).candidates(own[0].words)
        if hit.id != quote
    ]
    groups = group(
        [*own, *_statements(store, hits, Selection(copies=True))],
        words=index.vocabulary(),
        language=store.language,
    )
    return next(found for found in groups if any(each.id == quote for each in found.statements))


def current_index(store: Store, *, on_progress: OnProgress | None = None) -> tuple[Index, bool]:
    """Return the search index, and whether it reflects the newest state.

    Raises SearchIndexError where there is none and none can be built.
    """
    token = store.token()
    opened = _OPENED.get(store)
    if opened is not None and opened[0] == token:
        return opened[1], True
    wanted = _state(store)
    index = opened[1] if opened is not None and opened[1].state == wanted else None
    index = index or open_index(store.path / INDEX, language=store.language)
    folder = index_folder(store)
    if folder != store.path / INDEX and (index is None or index.state != wanted):
        index = open_index(folder, language=store.language)
    if index is None or index.state != wanted:
        try:
            index = (
                _built(store, folder, wanted, on_progress)
                if index is None
                else _updated(store, folder, index, wanted)
            )
        except SearchIndexError:
            if index is None:
                index = _built_in_memory(store, wanted)
    if index.state == wanted:
        _OPENED[store] = (token, index)
    return index, index.state == wanted


_OPENED: WeakKeyDictionary[Store, tuple[str, Index]] = (
    WeakKeyDictionary()
)  # the index stays open as long as its store does
_REVIEWED_WORDS: WeakKeyDictionary[Store, tuple[str, Index | None, frozenset[str]]] = (
    WeakKeyDictionary()
)  # words that people marked, as long as there are no new reviews
_ARTICLES: WeakKeyDictionary[Store, tuple[str, int]] = WeakKeyDictionary()  # and their number


def _reviewed_words(store: Store) -> tuple[Index | None, frozenset[str]]:
    """Return an index of the words that people marked (None: none), and the ids of the quotes."""
    token = store.token()
    if store not in _REVIEWED_WORDS or _REVIEWED_WORDS[store][0] != token:
        rows = [IndexRow(**row) for row in statement_rows.reviewed_words(store)]
        _REVIEWED_WORDS[store] = (
            token,
            in_memory(rows, language=store.language) if rows else None,
            frozenset(row.id for row in rows),
        )
    _, marked, reviewed = _REVIEWED_WORDS[store]
    return marked, reviewed


def _article_count(store: Store) -> int:
    """Return the number of articles, counted once for each state of the store."""
    token = store.token()
    if store not in _ARTICLES or _ARTICLES[store][0] != token:
        _ARTICLES[store] = (token, statement_rows.count_documents(store))
    return _ARTICLES[store][1]


def _state(store: Store) -> str:
    """Return what an index of the newest state reflects: the commits whose rows count."""
    return json.dumps({"batches": statement_rows.batches(store)}, separators=(",", ":"))


def _built(store: Store, folder: Path, wanted: str, on_progress: OnProgress | None) -> Index:
    """Build an index of all quotes, in place of a damaged one or one of another version."""
    count, again = statement_rows.count_machine_quotes(store), (folder / STATE).exists()
    if on_progress and (again or count >= MIN_REPORTED_QUOTES):
        why = (
            "the search index is damaged or of another version: building it again"
            if again
            else "building the search index (first time)"
        )
        on_progress(f"{why}, from {count:,} quotes")
    found, processes = statement_rows.machine_quotes(store), process_count(count)
    if processes == 1:
        return build(folder, index_rows(found), state=wanted, language=store.language)
    parts = partial(write_parts, batches=found, language=store.language, processes=processes)
    return build(folder, parts, state=wanted, language=store.language)


def _built_in_memory(store: Store, wanted: str) -> Index:
    """Build an index of all quotes where no folder can be written.

    Raises SearchIndexError where they are too many.
    """
    count = statement_rows.count_machine_quotes(store)
    if count > MAX_QUOTES_IN_MEMORY:
        raise SearchIndexError(
            f"{store.path}: no search index can be written, neither in the store nor in "
            f"{cache_folder()}, and {count:,} quotes are too many for the memory: name a folder "
            "that can be written as XDG_CACHE_HOME"
        )
    rows = index_rows(statement_rows.machine_quotes(store))
    return in_memory(rows, state=wanted, language=store.language)


def _updated(store: Store, folder: Path, index: Index, wanted: str) -> Index:
    """Add the documents of new commits to the index.

    Rows of documents that are gone stay in it; they are passed over when reading.
    """
    new = sorted(set(json.loads(wanted)["batches"]) - set(json.loads(index.state)["batches"]))
    return update(
        folder,
        index_rows(statement_rows.machine_quotes(store, new)),
        state=wanted,
        language=store.language,
    )


def _statements(store: Store, hits: Iterable[Hit], wanted: Selection) -> list[Statement]:
    """Return the hits as statements, reviews applied, from the values stored in the index."""
    found = list({hit.id: hit for hit in hits}.values())
    if not found:
        return []
    # Nothing is stored of words that people marked: their quotes are known by their ids.
    stored = [dict(zip(VALUE_COLUMNS, hit.stored, strict=False)) for hit in found]
    columns: dict[str, list[Any]] = {
        name: [row.get(name) for row in stored] for name in VALUE_COLUMNS
    }
    columns |= {name: [day and date.fromisoformat(day) for day in columns[name]] for name in DATES}
    columns |= {name: [getattr(hit, name) for hit in found] for name in ("id", "document", "words")}
    rows = store.current_rows(columns, COLUMNS, wanted)
    return [statement_of_row(row) for row in _without_repeats(rows)]


def _without_repeats(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows without those that repeat the words of another one of their article.

    Of these stays one that a person reviewed, else the surest.
    """
    best: dict[tuple[str, tuple[str, ...]], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda r: (r["review"] is None, -r["probability"], r["id"])):
        best.setdefault((row["document"], forms(row["words"])), row)
    return list(best.values())


def statement_of_row(row: Mapping[str, Any], names: Iterable[str] = SAME_NAMES) -> Statement:
    """Make a statement of a row of quotes.

    Args:
        row: The row, with `speaker_name`, `said_on` and `said_precision`.
        names: Its other columns that count.
    """
    given = {name: row[name] for name in names}
    said = SaidOn(row["said_on"], row["said_precision"]) if row["said_on"] else None
    return Statement(**given, speaker=row["speaker_name"], said_on=said)
