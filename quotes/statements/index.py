"""Finding the few statements that may be the words asked for, among millions: the only gate to tantivy.

In: rows of statements, and a folder. Out: hits. The index is derived: it can be deleted and built again from the rows at any time.

The folder holds `state.json` and the generation that it names. Every build and update makes a generation of its own (an update links the
files of the last, which never change) and then replaces `state.json`, so that a reader sees the old or the new, whole. What a killed writer
leaves behind is never named by `state.json`. `open_index` gives None for everything that is not whole: build it again.
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
from quotes.statements.tokens import forms
from quotes.statements.weights import Vocabulary, rarity, vocabulary

FORMAT = 3  # raised when the fields or the way words are cut change: an index of another format is built again
STATE = "state.json"
LEFT_OVER = (
    24 * 3600
)  # seconds after which a generation that nobody names was left by a killed writer
HEAP = 32_000_000  # bytes that a writer fills before it writes a segment
CANDIDATES = 200  # statements that are looked at word by word
RAREST = 12  # words asked for, the rarest first, that candidates are found by ...
FEWEST = 4  # ... behind so many of them ...
COMMON = 0.02  # ... those that more than this share of all statements hold are passed over: they are slow
ATTEMPTS = 20  # to take an unfinished index away
_ID = re.compile("[0-9a-f]{16}")
Kept = str | float | None
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
_DEFECTS = (
    OSError,
    ValueError,
    RuntimeError,
    KeyError,
    TypeError,
)  # what tantivy and a state file that is not one raise


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A statement to be found: the id of its quote (16 hexadecimal digits), its document, its words.

    `kept` are values (texts, numbers, None) that come back with a hit, so that nothing else need be read.
    """

    id: str
    document: str
    words: str
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement that may be the one asked for; `score` between 0 and 1 orders hits and decides nothing."""

    id: str
    document: str
    words: str
    kept: tuple[Kept, ...] = ()
    score: float = 0.0


@cache
def stemmer(language: Language) -> Callable[[str], list[str]]:
    """A function from words with spaces between to their stems (contacts → contact); without endings known, to the words themselves."""
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
    builder.add_bytes_field(
        "stored", stored=True
    )  # document, words and what is kept, in one: each field of a hit takes its time
    builder.add_text_field("words", tokenizer_name="words", index_option="freq")
    return builder.build()


class Index:
    """An index that is open for reading; it stays as it is while others update. `state` is the caller's token of what it reflects."""

    def __init__(self, opened: Any, state: str, language: Language) -> None:
        self._searcher = opened.searcher()
        self.state = state
        self.count: int = self._searcher.num_docs
        self._stem = stemmer(language)
        self._holding = lru_cache(maxsize=100_000)(self._count_holding)
        self._words = replace(vocabulary(language), rarity=lru_cache(maxsize=100_000)(self._rarity))

    def vocabulary(self) -> Vocabulary:
        """The language's vocabulary, with the weight of a word from how many statements of the collection hold it."""
        return self._words

    def search(self, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
        """The statements most like the words, best first. Raises SearchIndexError where the index turns out to be damaged."""
        return tuple(best_first(words, self.candidates(words), self._words)[:limit])

    def candidates(self, words: str, fewest: int = FEWEST) -> tuple[Hit, ...]:
        """The statements that hold most of the rarest words, without a score: of `fewest` words, however common, and of rarer ones.

        Raises SearchIndexError where the index is damaged.
        """
        with _named("the search index is damaged: build it again"):
            terms = self._terms(forms(words), fewest)
            queries = [
                (tantivy.Occur.Should, tantivy.Query.term_query(_schema(), "words", term, "freq"))
                for term in terms
            ]
            return self._hits(tantivy.Query.boolean_query(queries), CANDIDATES) if terms else ()

    def quote(self, name: str) -> Hit | None:
        """The statement of a quote's id, as it was put in; None where there is none. Raises SearchIndexError."""
        if not _ID.fullmatch(name):
            return None
        with _named("the search index is damaged: build it again"):
            found = self._hits(tantivy.Query.term_query(_schema(), "id", int(name, 16)), 1)
        return found[0] if found else None

    def _terms(self, asked: tuple[str, ...], fewest: int) -> list[str]:
        """The stems by which candidates are found: the rarest, without those that stand in very many statements."""
        stems = sorted(dict.fromkeys(self._stem(" ".join(asked))), key=self._holding)
        held = [stem for stem in stems if self._holding(stem)][:RAREST]
        return held[:fewest] + [
            stem
            for stem in held[fewest:]
            if self._holding(stem) <= max(COMMON * self.count, CANDIDATES)
        ]

    def _hits(self, query: Any, limit: int) -> tuple[Hit, ...]:
        """The statements that fit a query best, by BM25."""
        places = [place for _, place in self._searcher.search(query, limit, count=False).hits]
        ids = self._searcher.fast_field_values("id", places)
        return tuple(
            _hit(number, self._searcher.doc(place)["stored"])
            for number, place in zip(ids, places, strict=True)
        )

    def _count_holding(self, stem: str) -> int:
        return int(self._searcher.doc_freq("words", stem))

    def _rarity(self, form: str) -> float:
        stems = self._stem(form)
        return rarity(self._holding(stems[0]), self.count) if stems else 0.0


def _hit(number: int, stored: Any) -> Hit:
    document, words, kept = json.loads(bytes(stored[0]).decode("utf-8", "surrogatepass"))
    return Hit(f"{number:016x}", document, words, tuple(kept))


def best_first(asked: str, hits: Iterable[Hit], words: Vocabulary) -> list[Hit]:
    """The hits with their scores, those most like the words asked for first."""
    cut = forms(asked)
    scored = [replace(hit, score=_likeness(cut, hit.words, words)) for hit in hits]
    return sorted(scored, key=lambda hit: (-hit.score, hit.id))


def _likeness(asked: tuple[str, ...], printed: str, words: Vocabulary) -> float:
    """How like the words are: half by weight of those in common, in any order, half by the order of the shorter in the longer."""
    theirs = forms(printed)
    mine, others = set(asked), set(theirs)
    weights = [sum(map(words.weight, side)) for side in (mine & others, mine, others)]
    order = fuzz.partial_ratio(asked, theirs) / 100
    return (weights[0] / max(min(weights[1:]), 1e-9) + order) / 2


def open_index(folder: Path, *, language: Language) -> Index | None:
    """The index in a folder, or None where there is none that is whole: missing, half-written, damaged or of another format."""
    for _ in range(2):  # a second time where an update took the generation away in between
        found = _current(folder, language)
        if found is None:
            continue
        with suppress(SearchIndexError), _named(f"{folder}: damaged"):
            return Index(_opened(found.path, language), found.state, language)
    return None


def build(folder: Path, rows: Iterable[IndexRow], *, state: str, language: Language) -> Index:
    """Build an index of all rows, which arrive one by one, and put it in place of the one in the folder. Raises SearchIndexError."""
    before = _current(folder, language)
    path = _generation(folder)
    with _writing(path):
        path.mkdir(parents=True)
        index = tantivy.Index(_schema(), path=str(path))
        _write(_registered(index, language), rows, ())
        return _put_in_place(folder, path, before, state, language)


def in_memory(rows: Iterable[IndexRow], *, language: Language) -> Index:
    """An index of a few rows that is on no disk."""
    with _named("a search index could not be made in memory"):
        index = _registered(tantivy.Index(_schema()), language)
        _write(index, rows, ())
        index.reload()
        return Index(index, "", language)


def update(
    folder: Path,
    rows: Iterable[IndexRow],
    removed: Iterable[str] = (),
    *,
    state: str,
    language: Language,
) -> Index:
    """Put rows in and take the documents `removed` out. A document of the rows loses the rows that it had.

    Raises SearchIndexError where there is no whole index to update, or another process is updating it.
    """
    before = _current(folder, language)
    if before is None:
        raise SearchIndexError(f"{folder}: no whole search index to update: build it again")
    path = _generation(folder)
    with _writing(path):
        lock = _locked(before, language)
        if _current(folder, language) != before:
            raise SearchIndexError(
                f"{folder}: another process has just updated the search index: open it again, then update"
            )
        _link(before.path, path)
        _write(_opened(path, language), rows, removed, renewing=True)
        made = _put_in_place(folder, path, before, state, language)
        del lock  # held until here
    return made


@dataclass(frozen=True)
class _State:
    """What `state.json` says."""

    path: Path
    state: str
    files: tuple[tuple[str, int], ...]


def _current(folder: Path, language: Language) -> _State | None:
    """The generation named by the state file, if all its files are there at full size."""
    try:
        said = json.loads((folder / STATE).read_text(encoding="utf-8"))
        if said["format"] != FORMAT or said["language"] != language.code:
            return None
        found = _State(
            folder / said["generation"], said["state"], tuple(sorted(said["files"].items()))
        )
        whole = all((found.path / name).stat().st_size == size for name, size in found.files)
    except _DEFECTS:
        return None
    return found if whole and isinstance(found.state, str) else None


def _generation(folder: Path) -> Path:
    return folder / f"g-{uuid.uuid4().hex[:12]}"


def _registered(index: Any, language: Language) -> Any:
    index.register_tokenizer("words", _analyzer(language))
    return index


def _opened(path: Path, language: Language) -> Any:
    return _registered(tantivy.Index.open(str(path)), language)


def _locked(state: _State, language: Language) -> Any:
    """A writer of the generation that is being followed: while it lives nobody else updates."""
    with _named(
        f"{state.path.parent}: the search index is damaged, or another process is updating it: try again later, or build it again"
    ):
        return _opened(state.path, language).writer(15_000_000, 1)


def _link(source: Path, target: Path) -> None:
    """A generation with the files of another: linked where the disk can, else copied."""
    target.mkdir()
    for file in source.iterdir():
        if file.name.endswith(".lock"):
            continue
        try:
            os.link(file, target / file.name)
        except OSError:
            shutil.copyfile(file, target / file.name)


def _write(
    index: Any, rows: Iterable[IndexRow], removed: Iterable[str], *, renewing: bool = False
) -> None:
    """Remove, add, commit once: what has been written before is not named by anything until then, and memory stays within HEAP."""
    writer = index.writer(HEAP, 1)
    gone: set[str] = set()
    for document in removed:
        gone.add(document)
        writer.delete_documents_by_term("document", _term(document))
    for row in rows:
        if renewing and row.document not in gone:
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
    stored = json.dumps(
        (row.document, row.words, row.kept), ensure_ascii=False, separators=(",", ":")
    )
    made.add_bytes("stored", stored.encode("utf-8", "surrogatepass"))
    made.add_text("words", " ".join(forms(row.words)))
    return made


def _term(document: str) -> str:
    """The id of a document as the index can hold it: names of files may have bytes that are no text."""
    return document.encode("utf-8", "backslashreplace").decode("utf-8")


@contextmanager
def _named(message: str) -> Iterator[None]:
    """Gives what tantivy and disks raise a name. A panic inside tantivy, which a flipped bit in a file brings about, is no Exception."""
    try:
        yield
    except _DEFECTS as error:
        raise SearchIndexError(f"{message} ({error})") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise SearchIndexError(f"{message} ({error})") from error
        raise


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Takes an unfinished generation away again."""
    try:
        with _named(f"{path.parent}: the search index could not be written"):
            yield
    except BaseException:
        for _ in range(ATTEMPTS):  # a thread of the writer may still put a file there
            shutil.rmtree(path, ignore_errors=True)
            if not path.exists():
                break
            time.sleep(0.05)
        raise


def _put_in_place(
    folder: Path, path: Path, before: _State | None, state: str, language: Language
) -> Index:
    """Name the new generation in the state file, then take away the old one and what killed writers left long ago."""
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
    made = Index(_opened(path, language), state, language)
    os.replace(draft, folder / STATE)
    for other in folder.glob("g-*"):
        if other != path and (
            (before and other == before.path) or time.time() - other.stat().st_mtime > LEFT_OVER
        ):
            shutil.rmtree(other, ignore_errors=True)
    return made
