"""Who said this? The words asked for, looked up in all statements of a store.

In: a store and words. Out: an `Answer`. Keeps a search index in the store's folder, made from the quotes and brought up to date when the
store has changed; where it may not be written (a read-only disk, another program at it) it is used as it is, and the answer says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

from quotes.errors import SearchIndexError
from quotes.records import SaidOn
from quotes.statements import Answer, Group, Statement, answer, compare, group, may_join
from quotes.statements.index import Hit, Index, Row, build, open_index, update
from quotes.statements.wording import forms
from quotes.store import Selection, Store
from quotes.store.opening import INDEX
from quotes.store.selecting import condition

HITS = 150  # statements looked at word by word
MORE = 60  # of those most like a statement found: its other wordings ...
WORDINGS = 3  # ... looked for with so many wordings found, the best first
BEHIND = "the search index could not be brought up to date and may lack the newest articles"
SAME = ("id", "document", "words", "speaker_id", "role", "outlet", "title", "published", "type", "copy_of")
READ = (*SAME, "speaker_name", "said_on", "said_precision", "confidence")  # each column more takes its time
ROWS = "SELECT id, document, words, speaker FROM quotes"


def check(store: Store, words: str, *, min_confidence: float = 0.0, limit: int = 10) -> Answer:
    """Statements that are the words, nearly are, or hold them; each with its wordings in all documents. Raises StoreError."""
    index, whole = current_index(store)
    wanted = Selection(min_confidence=min_confidence, copies=True)
    hits = _worth_reading(index, words, index.search(words, limit=HITS))
    found = answer(words, _statements(store, hits, wanted, pruned=whole), words=index.vocabulary(), limit=limit)
    return found if whole else replace(found, note="; ".join(filter(None, (found.note, BEHIND))))


def _worth_reading(index: Index, words: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits that are, nearly are or hold the words, and what may be another wording of one of them: reading rows is what takes time."""
    vocabulary = index.vocabulary()
    compared = {text: compare(words, text, words=vocabulary) for text in {hit.words for hit in hits}}
    fitting = [hit for hit in hits if compared[hit.words].kind]
    kept = {hit.id: hit for hit in fitting}
    best = sorted(fitting, key=lambda hit: (compared[hit.words].kind != "verbatim", -compared[hit.words].score))
    wordings = {forms(hit.words): hit.words for hit in reversed(best)}  # the best print of each
    for cut, text in list(reversed(wordings.items()))[:WORDINGS]:
        others = [*hits, *(() if cut == forms(words) else index.search(text, limit=MORE))]
        near = may_join(text, (hit.words for hit in others if hit.id not in kept), known=vocabulary)
        kept |= {hit.id: hit for hit in others if hit.words in near}
    return list(kept.values())


def statement_of(store: Store, quote: str) -> Group | None:
    """The statement that a quote is one print of, with all its wordings; None for an unknown quote."""
    own = [_statement(row) for row in store.find_quotes(Selection(ids=[quote], min_confidence=0, copies=True)).to_pylist()]
    if not own:
        return None
    index, whole = current_index(store)
    hits = [hit for hit in index.search(own[0].words, limit=HITS) if hit.id != quote]
    groups = group([*own, *_statements(store, hits, Selection(copies=True), pruned=whole)], words=index.vocabulary())
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


def _statements(store: Store, hits: Sequence[Hit], wanted: Selection, *, pruned: bool) -> list[Statement]:
    """The hits as the store has them now. `pruned`: the index is of now, so that rows lie where it says: rows are kept by speaker."""
    if not hits:
        return []
    names = {hit.speaker for hit in hits}
    asked = replace(wanted, ids=[hit.id for hit in hits], documents=sorted({hit.document for hit in hits}))
    if pruned:
        asked = replace(asked, names=sorted(name for name in names if name is not None), unnamed=None in names)
    where, values = condition(asked)
    return [_statement(row) for row in store.session().rows(f"SELECT {', '.join(READ)} FROM quotes WHERE {where}", values)]


def _statement(row: dict[str, Any]) -> Statement:
    given = {name: row[name] for name in SAME}
    said = SaidOn(row["said_on"], row["said_precision"]) if row["said_on"] else None
    return Statement(**given, speaker=row["speaker_name"], said_on=said, confidence=row["confidence"])
