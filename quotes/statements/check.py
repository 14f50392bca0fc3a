"""Who said this? The words asked for, looked up in all statements of a store.

In: a store and words. Out: an `Answer`. Keeps a search index in the store's folder, made from the quotes as the program found them and
brought up to date when articles come in; where it may not be written (a read-only disk, another program at it) it is used as it is, and
the answer says so. What people decided is never in it: words that they marked are searched beside it, and a hit is taken as it counts now.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

import pyarrow as pa

from quotes.errors import SearchIndexError
from quotes.records import SaidOn
from quotes.statements import (
    Answer,
    Group,
    Statement,
    WordComparison,
    answer,
    compare,
    group,
    may_join,
)
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
from quotes.statements.tokens import forms
from quotes.store import Selection, Store, statement_rows
from quotes.store.folder import INDEX
from quotes.store.statement_rows import DATES, VALUE_COLUMNS

WORDINGS = 3  # other wordings are looked for with so many wordings found, the best first
FEWER = 2  # words that these are found by however common they are: what shares no rarer ones is another statement
MANY = 100_000  # quotes, from which on it is told that an index is made
BEHIND = "the search index could not be brought up to date and may lack the newest articles"
SAME = (
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
)
READ = (*SAME, "speaker_name", "said_on", "said_precision", "confidence")
SPEAKER = VALUE_COLUMNS.index("speaker")

Told = Callable[[str], object]


def check(
    store: Store,
    words: str,
    *,
    min_confidence: float = 0.0,
    limit: int = 10,
    told: Told | None = None,
) -> Answer:
    """Statements that are the words, nearly are, or hold them; each with its wordings in all documents. Raises StoreError.

    `told` is given a line where an index has to be made, which takes minutes in a large store.
    """
    index, whole = current_index(store, told=told)
    wanted = Selection(min_confidence=min_confidence, copies=True)
    hits, compared = _worth_reading(store, _Sought(index, *_decided(store)), words)
    found = answer(
        words,
        _statements(store, hits, wanted),
        language=store.language,
        words=index.vocabulary(),
        limit=limit,
        compared=compared,
    )
    return found if whole else replace(found, note="; ".join(filter(None, (found.note, BEHIND))))


@dataclass(frozen=True)
class _Sought:
    """What is searched: the index, and the words that people marked, if there are any. `decided` are the ids of their quotes."""

    index: Index
    marked: Index | None
    decided: frozenset[str]

    def candidates(self, words: str, fewest: int = MIN_TERMS) -> list[Hit]:
        """What the index has, and what stands only in decisions of people."""
        return [
            *self.index.candidates(words, fewest),
            *(self.marked.candidates(words, fewest) if self.marked else ()),
        ]


def _worth_reading(
    store: Store, sought: _Sought, words: str
) -> tuple[list[Hit], Mapping[str, WordComparison]]:
    """The hits that are, nearly are or hold the words, and what may be another wording of one of them; and how the words compare."""
    vocabulary, hits = sought.index.vocabulary(), sought.candidates(words)
    compared = {
        text: compare(words, text, words=vocabulary) for text in {hit.words for hit in hits}
    }
    fitting = best_first(words, (hit for hit in hits if compared[hit.words].kind), vocabulary)
    kept = {hit.id: hit for hit in fitting}
    best = sorted(
        fitting,
        key=lambda hit: (compared[hit.words].kind != "verbatim", -compared[hit.words].score),
    )
    wordings = {forms(hit.words): hit.words for hit in reversed(best)}  # the best print of each
    for cut, text in list(reversed(wordings.items()))[:WORDINGS]:
        found = [*hits, *(() if cut == forms(words) else sought.candidates(text, FEWER))]
        others = [hit for hit in found if hit.id not in kept]
        near = may_join(
            text,
            _by_one_speaker(store, sought.decided, others, fitting),
            known=vocabulary,
            language=store.language,
        )
        kept |= {hit.id: hit for hit in others if hit.words in near}
    return list(kept.values()), compared


def _by_one_speaker(
    store: Store, decided: Set[str], hits: Sequence[Hit], others: Sequence[Hit]
) -> dict[str, bool]:
    """Of each wording of the hits whether somebody said it who may have said one of the others. What people marked may be anyone's."""
    names = [
        str(hit.stored[SPEAKER] or "") if hit.stored and hit.id not in decided else None
        for hit in (*others, *hits)
    ]
    ids = store.ids_under(name for name in names if name)
    speakers = {speaker for name in names[: len(others)] if name for speaker in ids[name]}
    anyone = None in names[: len(others)]
    found = dict[str, bool]()
    for hit, name in zip(hits, names[len(others) :], strict=True):
        if not found.get(hit.words):
            found[hit.words] = name is None or (
                name != "" and (anyone or not speakers.isdisjoint(ids[name]))
            )
    return found


def statement_of(store: Store, quote: str) -> Group | None:
    """The statement that a quote is one print of, with all its wordings; None for an unknown quote."""
    index, _ = current_index(store)
    everything = Selection(copies=True, min_confidence=0)
    known = index.quote(quote)
    own = _statements(
        store, [known or Hit(quote, "", "")], everything
    )  # without a hit: it may be one that a person marked
    if not own and known is None:
        own = [
            _statement(row)
            for row in store.find_quotes(replace(everything, ids=[quote])).to_pylist()
        ]
    if not own:
        return None
    hits = [
        hit for hit in _Sought(index, *_decided(store)).candidates(own[0].words) if hit.id != quote
    ]
    groups = group(
        [*own, *_statements(store, hits, Selection(copies=True))],
        words=index.vocabulary(),
        language=store.language,
    )
    return next(found for found in groups if any(each.id == quote for each in found.statements))


def current_index(store: Store, *, told: Told | None = None) -> tuple[Index, bool]:
    """The index of the newest state, and whether it is that. Raises SearchIndexError where there is none and none can be made."""
    token = store.token()
    opened = _OPENED.get(store)
    if opened is not None and opened[0] == token:
        return opened[1], True
    folder, wanted = store.path / INDEX, _state(store)
    index = (
        opened[1]
        if opened is not None and opened[1].state == wanted
        else open_index(folder, language=store.language)
    )
    if index is None or index.state != wanted:
        try:
            index = _built(store, wanted, told) if index is None else _updated(store, index, wanted)
        except SearchIndexError:
            if index is None:
                raise
    if index.state == wanted:
        _OPENED[store] = (token, index)
    return index, index.state == wanted


_OPENED: WeakKeyDictionary[Store, tuple[str, Index]] = (
    WeakKeyDictionary()
)  # the index stays open as long as its store does
_DECIDED: WeakKeyDictionary[Store, tuple[str, Index | None, frozenset[str]]] = (
    WeakKeyDictionary()
)  # words that people marked, as long as nobody decides more


def _decided(store: Store) -> tuple[Index | None, frozenset[str]]:
    """An index of the words that people marked, if there are any; and the ids of their quotes."""
    token = store.token()
    if store not in _DECIDED or _DECIDED[store][0] != token:
        rows = [IndexRow(**row) for row in statement_rows.reviewed_words(store)]
        _DECIDED[store] = (
            token,
            in_memory(rows, language=store.language) if rows else None,
            frozenset(row.id for row in rows),
        )
    _, marked, decided = _DECIDED[store]
    return marked, decided


def _state(store: Store) -> str:
    """What an index of the newest state reflects: the commits whose rows count."""
    return json.dumps({"batches": statement_rows.batches(store)}, separators=(",", ":"))


def _built(store: Store, wanted: str, told: Told | None) -> Index:
    """An index of all quotes, in the place of one that is broken or of another version."""
    folder = store.path / INDEX
    count, again = statement_rows.count_machine_quotes(store), (folder / STATE).exists()
    if told and (again or count >= MANY):
        why = (
            "the search index is damaged or of another version: it is made again"
            if again
            else "the search index is made, once"
        )
        told(f"{why}, from {count:,} quotes")
    return build(
        folder,
        _index_rows(statement_rows.machine_quotes(store)),
        state=wanted,
        language=store.language,
    )


def _updated(store: Store, index: Index, wanted: str) -> Index:
    """The index with the documents of new commits put in. Rows of what is gone stay in it and are passed over."""
    new = sorted(set(json.loads(wanted)["batches"]) - set(json.loads(index.state)["batches"]))
    return update(
        store.path / INDEX,
        _index_rows(statement_rows.machine_quotes(store, new)),
        state=wanted,
        language=store.language,
    )


def _index_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[IndexRow]:
    """Yield the rows of batches as the index takes them."""
    for batch in batches:
        columns = [column.to_pylist() for column in batch.columns]
        for name, document, words, *kept in zip(*columns, strict=True):
            yield IndexRow(name, document, words, tuple(kept))


def _statements(store: Store, hits: Iterable[Hit], wanted: Selection) -> list[Statement]:
    """The hits as they count now, of what the index keeps of them."""
    found = list({hit.id: hit for hit in hits}.values())
    if not found:
        return []
    kept = [
        dict(zip(VALUE_COLUMNS, hit.stored, strict=False)) for hit in found
    ]  # nothing of what people marked: that is known by its id
    columns: dict[str, list[Any]] = {
        name: [row.get(name) for row in kept] for name in VALUE_COLUMNS
    }
    columns |= {name: [day and date.fromisoformat(day) for day in columns[name]] for name in DATES}
    columns |= {name: [getattr(hit, name) for hit in found] for name in ("id", "document", "words")}
    return [_statement(row) for row in store.of_now(columns, READ, wanted)]


def _statement(row: dict[str, Any]) -> Statement:
    given = {name: row[name] for name in SAME}
    said = SaidOn(row["said_on"], row["said_precision"]) if row["said_on"] else None
    return Statement(
        **given, speaker=row["speaker_name"], said_on=said, confidence=row["confidence"]
    )
