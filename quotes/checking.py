"""Who said this? The words asked for, looked up in all statements of a store.

In: a store and words. Out: an `Answer`. Keeps a search index in the store's folder, made from the quotes and brought up to date when the
store has changed; where it may not be written (a read-only disk, another program at it) it is used as it is, and the answer says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

from quotes.errors import SearchIndexError
from quotes.records import SaidOn
from quotes.statements import Answer, Group, Statement, answer, group
from quotes.statements.index import Index, Row, build, open_index, update
from quotes.store import Selection, Store
from quotes.store.opening import INDEX

HITS = 150  # statements looked at word by word
MORE = 60  # of those most like a statement found: its other wordings
BEHIND = "the search index could not be brought up to date and may lack the newest articles"
SAME = ("id", "document", "words", "speaker_id", "role", "outlet", "title", "published", "type", "copy_of")
ROWS = "SELECT id, document, words, speaker FROM quotes"


def check(store: Store, words: str, *, min_confidence: float = 0.0, limit: int = 10) -> Answer:
    """Statements that are the words, nearly are, or hold them; each with its wordings in all documents. Raises StoreError."""
    index, whole = current_index(store)
    wanted = Selection(min_confidence=min_confidence, copies=True)
    hits = _statements(store, [hit.id for hit in index.search(words, limit=HITS)], wanted)
    vocabulary = index.vocabulary()
    found = answer(words, hits, words=vocabulary, limit=limit)
    others = {hit.id for each in found.found for hit in index.search(each.statement.words, limit=MORE)} - {hit.id for hit in hits}
    if others:
        found = answer(words, [*hits, *_statements(store, sorted(others), wanted)], words=vocabulary, limit=limit)
    return found if whole else replace(found, note="; ".join(filter(None, (found.note, BEHIND))))


def statement_of(store: Store, quote: str) -> Group | None:
    """The statement that a quote is one print of, with all its wordings; None for an unknown quote."""
    own = _statements(store, [quote], Selection(min_confidence=0, copies=True))
    if not own:
        return None
    index, _ = current_index(store)
    ids = [hit.id for hit in index.search(own[0].words, limit=HITS) if hit.id != quote]
    groups = group([*own, *_statements(store, ids, Selection(copies=True))], words=index.vocabulary())
    return next(found for found in groups if any(each.id == quote for each in found.statements))


def current_index(store: Store) -> tuple[Index, bool]:
    """The index of the newest state, and whether it is that. Raises SearchIndexError where there is none and none can be made."""
    token = store.token()
    if store in _OPENED and _OPENED[store][0] == token:
        return _OPENED[store][1], True
    folder, wanted = store.path / INDEX, _state(store)
    index = open_index(folder)
    if index is None or index.state != wanted:
        try:
            index = build(folder, _rows(store, ROWS, ()), state=wanted) if index is None else _updated(store, index, wanted)
        except SearchIndexError:
            if index is None:
                raise
    if index.state == wanted:
        _OPENED[store] = (token, index)
    return index, index.state == wanted


_OPENED: WeakKeyDictionary[Store, tuple[str, Index]] = WeakKeyDictionary()  # the index stays open as long as its store does


def _state(store: Store) -> str:
    """What an index of the newest state reflects: the commits whose rows count, and the number of decisions."""
    session = store.session()
    batches = [row["batch"] for row in session.rows("SELECT DISTINCT batch FROM documents ORDER BY batch")]
    return json.dumps({"batches": batches, "decided": session.value("SELECT count(*) FROM judgements")}, separators=(",", ":"))


def _updated(store: Store, index: Index, wanted: str) -> Index:
    """The index with the documents of new commits and of decisions put in. Rows of what is gone stay in it and are passed over."""
    was, now = json.loads(index.state), json.loads(wanted)
    new = sorted(set(now["batches"]) - set(was["batches"]))
    judged = "document IN (SELECT DISTINCT document FROM judgements WHERE document IS NOT NULL)"
    where = f"batch IN (SELECT unnest(?)) OR {judged}" if was["decided"] != now["decided"] else "batch IN (SELECT unnest(?))"
    return update(store.path / INDEX, _rows(store, f"{ROWS} WHERE {where}", [new]), state=wanted)


def _rows(store: Store, query: str, values: Sequence[Any]) -> Iterator[Row]:
    for batch in store.session().reader(query, values):  # not all at once: a store may hold millions
        yield from (Row(**row) for row in batch.to_pylist())


def _statements(store: Store, ids: Iterable[str], wanted: Selection) -> list[Statement]:
    rows = store.find_quotes(replace(wanted, ids=list(ids))).to_pylist()
    return [_statement(row) for row in rows]


def _statement(row: dict[str, Any]) -> Statement:
    given = {name: row[name] for name in SAME}
    said = SaidOn(row["said_on"], row["said_precision"]) if row["said_on"] else None
    return Statement(**given, speaker=row["speaker_name"], said_on=said, confidence=row["confidence"])
