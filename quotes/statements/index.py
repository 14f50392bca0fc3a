"""Full-text index: the few statements, among millions, that may be the words asked for.

In: rows of statements, and a folder. Out: hits. The one module that imports tantivy. The index is
derived: it can be deleted and built again from the rows at any time.

The folder holds `state.json` and the generation that it names. Every build and update makes a
generation of its own (an update links the files of the last, which never change) and then replaces
`state.json`, so that a reader sees the old or the new, whole. What a killed writer leaves behind is
never named by `state.json`. `open_index` gives None for everything that is not whole: build it
again.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import tantivy
from rapidfuzz import fuzz

from quotes.errors import SearchIndexError
from quotes.language import Language
from quotes.statements.tokens import cut_forms, forms
from quotes.statements.weights import Vocabulary, rarity, vocabulary

FORMAT = 5  # raised when the fields or the way words are cut change: then it is built again
STATE = "state.json"
MIN_ABANDONED_AGE = 24 * 3600  # seconds: a generation that nobody names a killed writer has left
WRITER_BYTES = 32_000_000  # that a writer fills before it writes a segment
LOCK_BYTES = 15_000_000  # of a writer that only keeps others from writing: the least that it takes
MAX_CANDIDATES = 200  # statements that are looked at word by word
MAX_TERMS = 12  # words asked for, the rarest first, by which candidates are found ...
MIN_TERMS = 4  # ... behind so many of them ...
MAX_TERM_SHARE = 0.02  # ... those that more than this share of all statements hold are left out
REMOVAL_ATTEMPTS = 20  # of an unfinished index
_ID = re.compile("[0-9a-f]{16}")
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
StoredValue = str | float | None
STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}  # the languages for which tantivy has a Snowball stemmer, by ISO 639-1 code
DEFECTS = (OSError, ValueError, RuntimeError, KeyError, TypeError)
"""The errors that tantivy and a state file that is not one raise."""


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A statement to be found.

    Attributes:
        id: The id of its quote, 16 hexadecimal digits.
        document: The id of its document.
        words: What is found.
        stored: Values that come back with a hit, so that nothing else need be read; or the JSON
            array of them, which a database writes for millions of rows in less time.
    """

    id: str
    document: str
    words: str
    stored: tuple[StoredValue, ...] | str = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement that may be the one asked for; `score` (0 to 1) only orders hits."""

    id: str
    document: str
    words: str
    stored: tuple[StoredValue, ...] = ()
    score: float = 0.0


@cache
def stemmer(language: Language) -> Callable[[str], list[str]]:
    """Return a function from words with spaces between to their stems (contacts → contact).

    For a language without a stemmer it returns the words themselves.
    """
    return _analyzer(language).analyze  # type: ignore[no-any-return]


def _analyzer(language: Language) -> Any:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    if language.code in STEMMERS:
        builder = builder.filter(tantivy.Filter.stemmer(STEMMERS[language.code]))
    return builder.build()


@cache
def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("stored", stored=True)  # all in one: reading each field takes its time
    builder.add_text_field("words", tokenizer_name="words", index_option="freq")
    return builder.build()


class Index:
    """An index that is open for reading; it stays as it is while others update.

    `state` is the caller's token of what it reflects.
    """

    def __init__(self, opened: Any, state: str, language: Language) -> None:
        self._searcher = opened.searcher()
        self.state = state
        self.count: int = self._searcher.num_docs
        self._stem = stemmer(language)
        self._frequency = lru_cache(maxsize=100_000)(self._count_frequency)
        self._words = replace(vocabulary(language), rarity=lru_cache(maxsize=100_000)(self._rarity))

    def vocabulary(self) -> Vocabulary:
        """Return the language's vocabulary, with the weights of words in this collection."""
        return self._words

    def search(self, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
        """Return the statements most like the words, best first.

        Raises:
            SearchIndexError: where the index turns out to be damaged.
        """
        return tuple(best_first(words, self.candidates(words), self._words)[:limit])

    def candidates(
        self, words: str, min_terms: int = MIN_TERMS, *, limit: int = MAX_CANDIDATES
    ) -> tuple[Hit, ...]:
        """Return the statements that hold most of the rarest words, without a score.

        They are found by `min_terms` words, however common, and by rarer ones.

        Raises:
            SearchIndexError: where the index is damaged.
        """
        with _as_index_error("the search index is damaged: build it again"):
            terms = self._terms(forms(words), min_terms)
            queries = [
                (tantivy.Occur.Should, tantivy.Query.term_query(_schema(), "words", term, "freq"))
                for term in terms
            ]
            return self._hits(tantivy.Query.boolean_query(queries), limit) if terms else ()

    def quote(self, name: str) -> Hit | None:
        """Return the statement of a quote's id as it was put in, or None.

        Raises:
            SearchIndexError: where the index is damaged.
        """
        if not _ID.fullmatch(name):
            return None
        with _as_index_error("the search index is damaged: build it again"):
            found = self._hits(tantivy.Query.term_query(_schema(), "id", int(name, 16)), 1)
        return found[0] if found else None

    def _terms(self, asked: tuple[str, ...], min_terms: int) -> list[str]:
        """Return the stems by which candidates are found.

        They are the rarest, behind the first few without those that very many statements hold.
        """
        stems = sorted(dict.fromkeys(self._stem(" ".join(asked))), key=self._frequency)
        held = [stem for stem in stems if self._frequency(stem)][:MAX_TERMS]
        return held[:min_terms] + [
            stem
            for stem in held[min_terms:]
            if self._frequency(stem) <= max(MAX_TERM_SHARE * self.count, MAX_CANDIDATES)
        ]

    def _hits(self, query: Any, limit: int) -> tuple[Hit, ...]:
        """Return the statements that fit a query best, by BM25."""
        places = [place for _, place in self._searcher.search(query, limit, count=False).hits]
        ids = self._searcher.fast_field_values("id", places)
        return tuple(
            _hit(number, self._searcher.doc(place)["stored"])
            for number, place in zip(ids, places, strict=True)
        )

    def _count_frequency(self, stem: str) -> int:
        return int(self._searcher.doc_freq("words", stem))

    def _rarity(self, form: str) -> float:
        stems = self._stem(form)
        return rarity(self._frequency(stems[0]), self.count) if stems else 0.0


def _hit(number: int, stored: Any) -> Hit:
    document, words, stored_values = json.loads(bytes(stored[0]).decode("utf-8", "surrogatepass"))
    return Hit(f"{number:016x}", document, words, tuple(stored_values))


def best_first(asked: str, hits: Iterable[Hit], words: Vocabulary) -> list[Hit]:
    """Return the hits with their scores, those most like the words asked for first."""
    cut = forms(asked)
    scored = [replace(hit, score=_likeness(cut, hit.words, words)) for hit in hits]
    return sorted(scored, key=lambda hit: (-hit.score, hit.id))


def _likeness(asked: tuple[str, ...], printed: str, words: Vocabulary) -> float:
    """Return how like the words are, between 0 and 1.

    Half is the weight of those in common, half the order of the shorter's in the longer.
    """
    theirs = forms(printed)
    mine, others = set(asked), set(theirs)
    weights = [sum(map(words.weight, side)) for side in (mine & others, mine, others)]
    order = fuzz.partial_ratio(asked, theirs) / 100
    return (weights[0] / max(min(weights[1:]), 1e-9) + order) / 2


def open_index(folder: Path, *, language: Language) -> Index | None:
    """Open the index in a folder, or return None where there is none that is whole.

    It may be missing, half-written, damaged or of another format.
    """
    for _ in range(2):  # a second time where an update took the generation away in between
        found = _current_generation(folder, language)
        if found is None:
            continue
        with suppress(SearchIndexError), _as_index_error(f"{folder}: damaged"):
            return Index(_open(found.path, language), found.state, language)
    return None


def build(
    folder: Path,
    rows: Iterable[IndexRow] | Callable[[Path], None],
    *,
    state: str,
    language: Language,
) -> Index:
    """Build an index of all rows in place of the one in the folder.

    Args:
        folder: The folder.
        rows: The rows, which arrive one by one; or what writes the files of an index of them into
            a folder.
        state: The caller's token of what they reflect.
        language: Their language.

    Raises:
        SearchIndexError: where it cannot be written.
    """
    before = _current_generation(folder, language)
    path = _new_generation(folder)
    with _writing(path):
        path.mkdir(parents=True)
        if callable(rows):
            rows(path)
        else:
            write_part(path, rows, language=language)
        return _activate(folder, path, before, state, language)


def write_part(path: Path, rows: Iterable[IndexRow], *, language: Language) -> None:
    """Write the files of an index of some rows into a folder, made where it is not there."""
    path.mkdir(parents=True, exist_ok=True)
    _write(_with_tokenizer(tantivy.Index(_schema(), path=str(path)), language), rows, ())


def in_memory(rows: Iterable[IndexRow], *, language: Language, state: str = "") -> Index:
    """Build an index of a few rows that is on no disk."""
    with _as_index_error("a search index could not be made in memory"):
        index = _with_tokenizer(tantivy.Index(_schema()), language)
        _write(index, rows, ())
        index.reload()
        return Index(index, state, language)


def update(
    folder: Path,
    rows: Iterable[IndexRow],
    removed: Iterable[str] = (),
    *,
    state: str,
    language: Language,
) -> Index:
    """Put rows in and take the documents `removed` out.

    A document of the rows loses the rows that it had.

    Raises:
        SearchIndexError: where there is no whole index, or another process is updating it.
    """
    before = _current_generation(folder, language)
    if before is None:
        raise SearchIndexError(f"{folder}: no whole search index to update: build it again")
    path = _new_generation(folder)
    with _writing(path):
        lock = _lock(before, language)
        if _current_generation(folder, language) != before:
            raise SearchIndexError(
                f"{folder}: another process has just updated the search index: "
                "open it again, then update"
            )
        _link(before.path, path)
        _write(_open(path, language), rows, removed, renew=True)
        made = _activate(folder, path, before, state, language)
        del lock  # held until here
    return made


@dataclass(frozen=True)
class _Generation:
    """The generation that `state.json` names: its folder, its state, its files with their sizes."""

    path: Path
    state: str
    files: tuple[tuple[str, int], ...]


def _current_generation(folder: Path, language: Language) -> _Generation | None:
    """Return the generation named by the state file, if all its files are there at full size."""
    try:
        said = json.loads((folder / STATE).read_text(encoding="utf-8"))
        if said["format"] != FORMAT or said["language"] != language.code:
            return None
        found = _Generation(
            folder / said["generation"], said["state"], tuple(sorted(said["files"].items()))
        )
        whole = all((found.path / name).stat().st_size == size for name, size in found.files)
    except DEFECTS:
        return None
    return found if whole and isinstance(found.state, str) else None


def _new_generation(folder: Path) -> Path:
    return folder / f"g-{uuid.uuid4().hex[:12]}"


def _with_tokenizer(index: Any, language: Language) -> Any:
    index.register_tokenizer("words", _analyzer(language))
    return index


def _open(path: Path, language: Language) -> Any:
    return _with_tokenizer(tantivy.Index.open(str(path)), language)


def _lock(state: _Generation, language: Language) -> Any:
    """Open a writer of a generation: while it lives nobody else updates."""
    with _as_index_error(
        f"{state.path.parent}: the search index is damaged, or another process is updating it: "
        "try again later, or build it again"
    ):
        return _open(state.path, language).writer(LOCK_BYTES, 1)


def _link(source: Path, target: Path) -> None:
    """Make a generation with the files of another: linked where the disk can, else copied."""
    target.mkdir()
    for file in source.iterdir():
        if file.name.endswith(".lock"):
            continue
        try:
            os.link(file, target / file.name)
        except OSError:
            shutil.copyfile(file, target / file.name)


def _write(
    index: Any, rows: Iterable[IndexRow], removed: Iterable[str], *, renew: bool = False
) -> None:
    """Remove, add, commit once; memory stays within WRITER_BYTES.

    Nothing names what has been written until the commit.
    """
    writer = index.writer(WRITER_BYTES, 1)
    gone: set[str] = set()
    for document in removed:
        gone.add(document)
        writer.delete_documents_by_term("document", _term(document))
    for row in rows:
        if renew and row.document not in gone:
            gone.add(row.document)
            writer.delete_documents_by_term("document", _term(row.document))
        writer.add_document(_document(row))
    writer.commit()
    writer.wait_merging_threads()


def _document(row: IndexRow) -> Any:
    if not _ID.fullmatch(row.id):
        raise SearchIndexError(
            f"quote {row.id!r} of document {row.document!r}: an id has 16 hexadecimal digits"
        )
    made = tantivy.Document()
    made.add_unsigned("id", int(row.id, 16))
    made.add_text("document", _term(row.document))
    values = row.stored if isinstance(row.stored, str) else _as_json(row.stored)
    stored = f"[{_as_json(row.document)},{_as_json(row.words)},{values}]"
    made.add_bytes("stored", stored.encode("utf-8", "surrogatepass"))
    made.add_text("words", " ".join(cut_forms(row.words)))
    return made


def _term(document: str) -> str:
    """Return the id of a document as the index can hold it: it may have bytes that are no text."""
    return document.encode("utf-8", "backslashreplace").decode("utf-8")


@contextmanager
def _as_index_error(message: str) -> Iterator[None]:
    """Raise SearchIndexError for what tantivy and disks raise.

    A panic inside tantivy, which a flipped bit in a file brings about, is no Exception.
    """
    try:
        yield
    except DEFECTS as error:
        raise SearchIndexError(f"{message} ({error})") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise SearchIndexError(f"{message} ({error})") from error
        raise


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Remove a generation that was not finished."""
    try:
        with _as_index_error(f"{path.parent}: the search index could not be written"):
            yield
    except BaseException:
        for _ in range(REMOVAL_ATTEMPTS):  # a thread of the writer may still put a file there
            shutil.rmtree(path, ignore_errors=True)
            if not path.exists():
                break
            time.sleep(0.05)
        raise


def _activate(
    folder: Path, path: Path, before: _Generation | None, state: str, language: Language
) -> Index:
    """Name a new generation in the state file.

    Then remove the one before it and what killed writers left long ago.
    """
    files = {
        file.name: file.stat().st_size for file in path.iterdir() if not file.name.endswith(".lock")
    }
    said = {
        "format": FORMAT,
        "language": language.code,
        "state": state,
        "generation": path.name,
        "files": files,
    }
    draft = folder / f"{STATE}.{path.name}"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    made = Index(_open(path, language), state, language)
    os.replace(draft, folder / STATE)
    for other in folder.glob("g-*"):
        if other != path and (
            (before and other == before.path)
            or time.time() - other.stat().st_mtime > MIN_ABANDONED_AGE
        ):
            shutil.rmtree(other, ignore_errors=True)
    return made
