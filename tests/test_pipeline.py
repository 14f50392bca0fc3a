"""The order of the stages on frozen parses: chunks, batches with errors, parses from elsewhere."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from quotes import pipeline
from quotes.errors import LanguageError, ModelError, ParseError
from quotes.language import Language
from quotes.models import Models
from quotes.parsing.conllu import read_conllu
from quotes.parsing.interface import Part, parse_each
from quotes.pipeline import (
    Item,
    Processed,
    ReadyParse,
    confident,
    described,
    join_parses,
    process,
    run,
    shown_by_default,
)
from quotes.readers.metadata import Metadata
from quotes.records import (
    Attribution,
    Document,
    Failure,
    Parse,
    Quote,
    SentenceContext,
    Span,
    SpeakerResolution,
    UtteranceDate,
)
from quotes.text.chunking import BATCH_CHARS
from tests.builders import ENGLISH
from tests.stores import Counted


@pytest.fixture(scope="module")
def articles(frozen: Path) -> dict[str, tuple[Document, Parse]]:
    return {document.id: (document, parse) for document, parse in read_conllu(frozen)}


class Frozen:
    """A parser that knows the frozen articles, and fails as told on others."""

    def __init__(self, articles: dict[str, tuple[Document, Parse]]) -> None:
        self.articles = articles
        self.asked: list[Span | None] = []

    def parse(self, document: Document, chunk: Span | None = None) -> Parse:
        self.asked.append(chunk)
        if document.id == "broken":
            raise ParseError("document broken: the model could not parse it")
        if document.id == "mistake":
            raise ZeroDivisionError("a mistake in the parser")
        if document.id == "stop":
            raise KeyboardInterrupt
        return ReadyParse(self.articles[document.id][1]).parse(document, chunk)

    def parse_many(self, parts: Sequence[Part]) -> list[Parse]:
        return parse_each(self, parts)


class Together(Frozen):
    """The same, given several documents at once."""

    def __init__(self, articles: dict[str, tuple[Document, Parse]]) -> None:
        super().__init__(articles)
        self.sizes: list[int] = []

    def parse_many(self, parts: Sequence[Part]) -> list[Parse]:
        self.sizes.append(len(parts))
        return [Frozen.parse(self, document, chunk) for document, chunk in parts]


def no_models(language: Language) -> Any:
    raise ModelError(f"no model for {language.code}")


def test_a_document_comes_out_with_its_quotes_in_text_order(
    articles: dict[str, tuple[Document, Parse]],
) -> None:
    document, parse = articles["harbour"]
    found = process(document, models=Models(ReadyParse(parse)), language=ENGLISH)
    said = [" ".join(span.of(document.text) for span in quote.content) for quote in found]
    assert "Prices will rise again in March," in said
    assert "40 ships left last year" in said
    assert [quote.content[0].start for quote in found] == sorted(
        quote.content[0].start for quote in found
    )
    assert (
        next(q for q in found if "Prices" in q.content[0].of(document.text)).speaker
        == "Anna Lindqvist"
    )


def test_a_long_document_is_worked_through_in_chunks(
    articles: dict[str, tuple[Document, Parse]], monkeypatch: pytest.MonkeyPatch
) -> None:
    document, parse = articles["harbour"]
    whole = process(document, models=Models(ReadyParse(parse)), language=ENGLISH)
    half = document.text.index("According")
    monkeypatch.setattr(
        pipeline, "chunks", lambda text, language, size: [Span(0, half), Span(half, len(text))]
    )
    parser = Frozen(articles)
    cut = process(document, models=Models(parser), language=ENGLISH)
    assert parser.asked == [Span(0, half), Span(half, len(document.text))]
    assert [(q.id, q.content, q.speaker) for q in cut] == [
        (q.id, q.content, q.speaker) for q in whole
    ]
    assert (
        next(q for q in cut if "fight" in q.content[0].of(document.text)).speaker
        == "Anna Lindqvist"
    )


def test_a_batch_goes_on_after_whatever_goes_wrong(
    articles: dict[str, tuple[Document, Parse]],
) -> None:
    good = articles["harbour"][0]
    unread = Failure("unread", "read", "unread.txt: is empty")
    french = replace(good, id="french", language="fr")
    items: list[Item] = [
        unread,
        replace(good, id="broken"),
        good,
        replace(good, id="mistake", source="m.txt"),
        french,
        articles["=school"][0],
    ]
    results = list(run(items, models=lambda _: Models(Frozen(articles))))
    assert results[0] == unread
    assert results[1] == Failure(
        "broken", "parse", "document broken: the model could not parse it", good.source
    )
    assert [r.document.id for r in results if isinstance(r, Processed)] == ["harbour", "=school"]
    mistake, french_failure = results[3], results[4]
    assert isinstance(mistake, Failure)
    assert mistake.stage == "parse"
    assert mistake.message.startswith("m.txt: ZeroDivisionError")
    assert "a mistake in the parser" in mistake.detail
    assert "test_pipeline.py:" in mistake.detail
    assert isinstance(french_failure, Failure)
    assert french_failure.stage == "read"
    assert "fr" in french_failure.message


@pytest.mark.parametrize(
    ("function", "stage"),
    [
        ("paragraphs", "text"),
        ("find_marks", "text"),
        ("analyse", "extract"),
        ("extract", "extract"),
        ("resolve", "resolve"),
        ("date_utterances", "date"),
        ("sentence_contexts", "context"),
    ],
)
def test_an_error_of_a_stage_is_a_failure_of_that_stage_and_the_batch_goes_on(
    articles: dict[str, tuple[Document, Parse]],
    monkeypatch: pytest.MonkeyPatch,
    function: str,
    stage: str,
) -> None:
    works = getattr(pipeline, function)

    def fails_once(*arguments: Any, **options: Any) -> Any:
        monkeypatch.setattr(pipeline, function, works)
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, function, fails_once)
    documents = [articles["harbour"][0], articles["=school"][0]]
    failed, processed = run(documents, models=lambda _: Models(Frozen(articles)))
    assert isinstance(failed, Failure)
    assert (failed.id, failed.stage) == ("harbour", stage)
    assert f"while in stage {stage}" in failed.message
    assert isinstance(processed, Processed)


def test_an_error_between_two_chunks_is_a_failure(
    articles: dict[str, tuple[Document, Parse]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def chunks(text: str, language: Language, size: int) -> Iterator[Span]:
        yield Span(0, len(text) // 2)
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, "chunks", chunks)
    (failed,) = run([articles["harbour"][0]], models=lambda _: Models(Frozen(articles)))
    assert isinstance(failed, Failure)
    assert failed.stage == "text"


def test_a_quote_has_the_fields_of_the_records_it_is_made_of() -> None:
    parts = (Attribution, SpeakerResolution, UtteranceDate, SentenceContext)
    names = [field.name for part in parts for field in fields(part)]
    assert sorted([*names, "at", "words"]) == sorted(field.name for field in fields(Quote))


def test_an_interruption_is_not_a_failure(articles: dict[str, tuple[Document, Parse]]) -> None:
    with pytest.raises(KeyboardInterrupt):
        list(
            run(
                [replace(articles["harbour"][0], id="stop")],
                models=lambda _: Models(Frozen(articles)),
            )
        )


def test_without_a_model_a_batch_stops_at_its_first_document_but_not_before(
    articles: dict[str, tuple[Document, Parse]],
) -> None:
    results = run([Failure("x", "read", "x: is empty"), articles["harbour"]], models=no_models)
    assert isinstance(next(results), Failure)
    assert isinstance(next(results), Processed)  # brings its own parse
    with pytest.raises(ModelError):
        list(run([articles["harbour"][0]], models=no_models))


def test_documents_are_taken_one_by_one(articles: dict[str, tuple[Document, Parse]]) -> None:
    taken = []

    def items() -> Iterator[Document]:
        for document, _ in articles.values():
            taken.append(document.id)
            yield document

    results = run(items(), models=lambda _: Models(Frozen(articles)))
    next(results)
    assert taken == ["harbour"]


def test_an_error_of_one_document_reaches_who_asked_for_it(
    articles: dict[str, tuple[Document, Parse]],
) -> None:
    with pytest.raises(ParseError, match="document broken"):
        process(
            replace(articles["harbour"][0], id="broken"),
            models=Models(Frozen(articles)),
            language=ENGLISH,
        )
    with pytest.raises(ZeroDivisionError):
        process(
            replace(articles["harbour"][0], id="mistake"),
            models=Models(Frozen(articles)),
            language=ENGLISH,
        )


def test_parses_from_elsewhere_are_found_by_id_and_carried_over_to_the_text(
    articles: dict[str, tuple[Document, Parse]],
) -> None:
    document, parse = articles["harbour"]
    wrapped = replace(
        document, text="\n" + document.text.replace("harbour director", "harbour\n   director")
    )
    other = replace(document, text="Nothing of the kind was said in this city.")
    unknown = replace(document, id="unknown")
    found = list(join_parses([wrapped, unknown, other], {"harbour": parse}, source="parses.conllu"))
    assert isinstance(found[0], tuple)
    first = found[0][1].sentences[0]
    assert [word.span.of(wrapped.text) for word in first.words][9:12] == [
        "harbour",
        "director",
        "Anna",
    ]
    assert isinstance(found[1], Failure)
    assert "newdoc id = unknown" in found[1].message
    assert isinstance(found[2], Failure)
    assert "parses.conllu" in found[2].message


def test_quotes_below_a_confidence_are_left_out_and_nothing_points_to_them(
    articles: dict[str, tuple[Document, Parse]],
) -> None:
    document, parse = articles["harbour"]
    first, second = process(document, models=Models(ReadyParse(parse)), language=ENGLISH)[:2]
    outer, inner = (
        replace(first, confidence=0.4),
        replace(second, confidence=0.8, nested_in=first.id),
    )
    assert confident([outer, inner], 0.5) == (replace(inner, nested_in=None),)
    assert confident([outer, inner], 0.0) == (outer, inner)


def test_only_statements_are_shown_unless_other_acts_are_asked_for(
    articles: dict[str, tuple[Document, Parse]],
) -> None:
    document, parse = articles["harbour"]
    first, second = process(document, models=Models(ReadyParse(parse)), language=ENGLISH)[:2]
    outer, inner = (
        replace(first, act="thought", confidence=0.9),
        replace(second, act="speech", confidence=0.9, nested_in=first.id),
    )
    assert shown_by_default([outer, inner], 0.5) == (replace(inner, nested_in=None),)
    assert shown_by_default([outer, inner], 0.5, ("speech", "thought")) == (outer, inner)
    assert shown_by_default([outer, inner], 0.95, ("speech", "thought")) == ()
    assert confident([outer, inner], 0.5) == (outer, inner)


def test_what_is_known_beside_a_document_goes_before_what_it_says() -> None:
    document = Document(
        id="a",
        text="The council met on Monday and agreed on a new budget.",
        outlet="Old",
        title="Budget",
    )
    known = described(document, Metadata(outlet="New"))
    assert (known.outlet, known.title, known.id, known.language) == ("New", "Budget", "a", "en")
    with pytest.raises(LanguageError):
        described(
            replace(
                document, text="Le conseil municipal a voté lundi un nouveau budget pour la ville."
            ),
            Metadata(),
        )


TEN_MEGABYTES = r"""
import re, sys
from pathlib import Path
from quotes.parsing.conllu import read_conllu
from quotes.pipeline import process
from quotes.language import Language
from quotes.models import Models
from quotes.records import Document, EntityMention, Parse, Sentence, Span
from dataclasses import replace

article, parse = next(iter(read_conllu(sys.argv[1])))
unit = article.text + "\n"

class First:
    '''A parser of the first article of each chunk only: its time is not measured here.'''

    def parse(self, document, chunk):
        by = -(-chunk.start // len(unit)) * len(unit)
        move = lambda span: Span(span.start + by, span.end + by)
        sentences = tuple(
            Sentence(tuple(replace(w, span=move(w.span)) for w in s.words)) for s in parse.sentences
        )
        names = tuple(EntityMention(move(e.span), e.kind) for e in parse.entities)
        return Parse(sentences, names)

text = unit * (10_000_000 // len(unit))
document = Document(id="long", text=text)
quotes = process(document, models=Models(First()), language=Language.load("en"))
status = Path("/proc/self/status").read_text()  # ru_maxrss counts the parent of a fork, too
most = int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) // 1024
print(len(quotes), most, all(s.of(text) for q in quotes for s in q.content))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the memory used")
@pytest.mark.slow
def test_ten_megabytes_of_text_take_little_memory(frozen: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TEN_MEGABYTES, str(frozen)],
        capture_output=True,
        text=True,
        check=True,
    )
    quotes, megabytes, filled = done.stdout.split()
    assert int(quotes) >= 300  # some in each of a hundred chunks
    assert int(megabytes) <= 300
    assert filled == "True"


def named(articles: dict[str, tuple[Document, Parse]], count: int) -> list[Document]:
    """Copies of the shortest frozen article."""
    shortest, _ = min(articles.values(), key=lambda pair: len(pair[0].text))
    return [replace(shortest, source=f"{number}.txt") for number in range(count)]


def test_short_documents_are_parsed_together_and_come_out_as_alone(
    articles: dict[str, tuple[Document, Parse]],
) -> None:
    documents = [*(document for document, _ in articles.values()), *named(articles, 6)]
    together, alone = Together(articles), Frozen(articles)
    assert list(run(documents, models=lambda _: Models(together))) == list(
        run(documents, models=lambda _: Models(alone))
    )
    assert max(together.sizes) > 1
    assert len(together.asked) == len(documents)


def test_the_first_document_does_not_wait_and_no_more_is_read_than_is_parsed_together(
    articles: dict[str, tuple[Document, Parse]],
) -> None:
    items = Counted(named(articles, 500))
    running = run(items, models=lambda _: Models(Together(articles)))
    next(running)
    assert items.taken == 1
    size = len(named(articles, 1)[0].text)
    next(running)
    assert (items.taken - 2) * size < BATCH_CHARS <= (items.taken - 1) * size
    assert isinstance(running, Generator)
    running.close()


def test_a_document_that_cannot_be_parsed_does_not_spoil_those_beside_it(
    articles: dict[str, tuple[Document, Parse]],
) -> None:
    good = named(articles, 4)
    bad: list[Item] = [
        Document(id="broken", text="Nobody can parse this.", source="broken.txt"),
        Failure("empty", "read", "empty.txt: is empty"),
    ]
    items: list[Item] = [good[0], *bad, *good[1:]]
    together = Together(articles)
    results = list(run(items, models=lambda _: Models(together)))
    assert [type(result) for result in results] == [Processed, Failure, Failure, *[Processed] * 3]
    assert isinstance(results[1], Failure)
    assert "could not parse it" in results[1].message


def test_a_long_document_is_not_parsed_with_others(
    articles: dict[str, tuple[Document, Parse]],
) -> None:
    document, parse = next(iter(articles.values()))
    long = replace(document, id="long", text=document.text + " \n" * pipeline.CHUNK_CHARS)
    parser = Together({**articles, "long": (long, parse)})
    list(run([*named(articles, 3), long, *named(articles, 3)], models=lambda _: Models(parser)))
    assert parser.sizes == [2, 3]  # the first stands alone, and the long one ends a batch
