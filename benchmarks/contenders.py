"""The systems that are timed against each other: three ways to run Stanza, and `quotes`.

Each runs in a process of its own, so that its memory is its own, and reports its figures as JSON.

    stanza    one `nlp(text)` an article, as Stanza's documentation shows it, over the files of the
              embedded model
    bulk      the same with all articles given at once
    default   one `nlp(text)` an article, untrained models of the size of Stanza's default English
              package (`benchmarks.untrained`); trees are chosen by our own decoder, since Stanza's
              takes much longer on the scores of an untrained parser than on real ones
    quotes    what `quotes extract` runs

What is timed begins with the text of articles and ends with a Parse of each (task parse), or with
its quotes (task extract), and leaves out loading and a first article to warm up.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.language import Language
from quotes.models import Models, load_models_for_process, load_tagger
from quotes.parsing.interface import Parser, Part, parse_each
from quotes.pipeline import ReadyParse, batched
from quotes.pipeline import run as process
from quotes.records import Document, EntityMention, Parse, Sentence, Span, Word

ENGLISH = Language.load("en")
ROOT = Path(__file__).resolve().parent.parent
NAMES = ("stanza", "bulk", "default", "quotes")
REPEATED = 10  # copies of the seeds that are processed where there is no gold


@dataclass(frozen=True)
class Run:
    """The figures of one contender.

    Attributes:
        name: One of NAMES.
        words: The number of words, separated by white space.
        seconds: Wall-clock time.
        processor: Processor time, in seconds.
        memory: Peak memory, in MB.
        attribution: F1 of attributions, where there is gold.
    """

    name: str
    words: int
    seconds: float
    processor: float
    memory: float
    attribution: float | None = None

    @property
    def rate(self) -> float:
        """Words per second."""
        return self.words / self.seconds


def articles(every: int) -> list[Any]:
    """Return each `every`th article of PolNeAR dev; the seeds, REPEATED, where there is no gold."""
    from quotes.evaluation.brat import Article, read_gold

    gold = os.environ.get("QUOTES_GOLD")
    if gold:
        return list(read_gold(Path(gold) / "polnear" / "dev", every=every))
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return [
        Article(Document(id=f"{number}-{copy}", text=text), ())
        for copy in range(REPEATED)
        for number, text in enumerate(texts)
    ][::every]


def run(name: str, task: str, every: int) -> Run:
    """Run a contender in a process of its own, with one thread."""
    command = [sys.executable, "-m", "benchmarks.contenders", name, task, str(every)]
    own = {**os.environ, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    output = subprocess.run(
        command, cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    return Run(**json.loads(output.splitlines()[-1]))


class PlainParser:
    """A Stanza pipeline in the place of a parser: one call an article, its offsets as they are."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp

    def parse(self, document: Document, chunk: Span | None = None) -> Parse:
        return ReadyParse(parse_of(self._nlp(document.text))).parse(document, chunk)

    def parse_many(self, parts: Sequence[Part]) -> list[Parse]:
        return parse_each(self, parts)


class BulkParser(PlainParser):
    """The same, its documents parsed in bulk beforehand."""

    def __init__(self, nlp: Any, documents: Sequence[Any]) -> None:
        super().__init__(nlp)
        self._made = {
            d.id: parse_of(made)
            for d, made in zip(
                documents, nlp.bulk_process([d.text for d in documents]), strict=True
            )
        }

    def parse(self, document: Document, chunk: Span | None = None) -> Parse:
        return ReadyParse(self._made[document.id]).parse(document, chunk)


def parse_of(made: Any) -> Any:
    """Return a Stanza document as a Parse."""
    from quotes.parsing.entity_types import ENTITY_KINDS
    from quotes.parsing.parser import features

    def word(one: Any) -> Any:
        token = one.parent
        start, end = (
            (one.start_char, one.end_char)
            if one.start_char is not None
            else (token.start_char, token.end_char)
        )
        word_columns = (
            one.lemma or one.text,
            one.upos,
            one.head - 1,
            one.deprel,
            one.xpos or "",
            features(one.feats or "_"),
        )
        return Word(one.text, Span(start, end), *word_columns)

    sentences = tuple(
        Sentence(tuple(word(one) for one in sentence.words)) for sentence in made.sentences
    )
    return Parse(
        sentences,
        tuple(
            EntityMention(Span(e.start_char, e.end_char), ENTITY_KINDS[e.type])
            for e in made.ents
            if e.type in ENTITY_KINDS
        ),
        "stanza",
    )


def _stanza(name: str) -> Any:
    """Return the pipeline of a contender."""
    from quotes.parsing import EMBEDDED
    from training.measure import PROCESSORS, pipeline

    if name != "default":
        return pipeline(EMBEDDED)
    import stanza

    from benchmarks.untrained import build
    from quotes.parsing.tree_decoding import decoding_in_stanza

    folder = Path(tempfile.mkdtemp(dir=os.environ.get("BENCHMARK_FOLDER")))
    options = build(folder, pipeline(EMBEDDED)(articles(1)[0].document.text))
    known = {
        "en": {
            "lang_name": "English",
            "packages": {"default": dict.fromkeys(PROCESSORS, "untrained")},
        }
    }
    (folder / "resources.json").write_text(json.dumps(known), encoding="utf-8")
    options |= {
        f"{part}_model_path": str(EMBEDDED / f"{part}.pt") for part in ("tokenize", "mwt", "lemma")
    }
    settings = {"download_method": None, "use_gpu": False, "verbose": False, "dir": str(folder)}
    made = stanza.Pipeline("en", processors=",".join(PROCESSORS), **settings, **options)

    def read(text: str) -> Any:
        with decoding_in_stanza():
            return made(text)

    return read


def _models(name: str, task: str) -> Callable[[Sequence[Any]], Models]:
    """Return what makes the models for documents, with all loaded that needs no document."""
    if name == "quotes":
        loaded = load_models_for_process(language=ENGLISH, threads=1)
        return lambda documents: loaded
    nlp, tagger = _stanza(name), load_tagger() if task == "extract" else None
    if name == "bulk":
        return lambda documents: Models(BulkParser(nlp, documents), tagger)
    return lambda documents: Models(PlainParser(nlp), tagger)


def _parsed(parser: Parser, documents: Sequence[Document]) -> Iterator[Parse]:
    for batch in batched(documents):
        parts = [(document, None) for document in batch if isinstance(document, Document)]
        yield from parser.parse_many(parts)


def _work(name: str, task: str, every: int) -> Run:
    import torch

    torch.set_num_threads(1)
    chosen = articles(every)
    documents = [article.document for article in chosen]
    make = _models(name, task)

    def work(some: Sequence[Document]) -> list[Any]:
        models = make(some)
        if task == "parse":
            return list(_parsed(models.parser, some))
        return list(process(some, models=lambda _: models))

    work(documents[:2])
    began, busy = time.perf_counter(), time.process_time()
    results = work(documents)
    seconds, processor = time.perf_counter() - began, time.process_time() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1e6 if sys.platform == "darwin" else 1e3
    )
    score = (
        _score(chosen, results)
        if task == "extract" and any(article.attributions for article in chosen)
        else None
    )
    return Run(name, sum(len(d.text.split()) for d in documents), seconds, processor, memory, score)


def _score(chosen: Sequence[Any], results: Sequence[Any]) -> float:
    """F1 of all attributions, as `quotes evaluate` gives it."""
    from quotes.defaults import MIN_CONFIDENCE
    from quotes.evaluation import evaluate
    from quotes.evaluation.metrics import DocumentComparison
    from quotes.pipeline import confident

    found = [
        DocumentComparison(article, confident(result.quotes, MIN_CONFIDENCE))
        for article, result in zip(chosen, results, strict=True)
    ]
    counts = evaluate(found, draws=0)
    return next(
        100 * count.f1 for key, count in counts.counts.items() if key == ("ALL", "attribution")
    )


def compare(task: str, description: str) -> None:
    """Run every contender in turn, `--rounds` times over, and print the medians."""
    given = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    given.add_argument(
        "--every", type=int, default=4, help="take every nth article (default %(default)s)"
    )
    given.add_argument(
        "--every-default",
        type=int,
        default=24,
        help="the same for the contender default, which is slow (default %(default)s)",
    )
    given.add_argument("--rounds", type=int, default=3)
    parameters = given.parse_args()
    runs: dict[str, list[Run]] = {name: [] for name in NAMES}
    for _ in range(parameters.rounds):
        for name, found in runs.items():
            found.append(
                run(name, task, parameters.every_default if name == "default" else parameters.every)
            )
    rates = {name: statistics.median(own.rate for own in found) for name, found in runs.items()}
    print(f"{task}, one thread, median of {parameters.rounds}; peak memory")
    columns = ("words", "words/s", "to stanza", "processor s/1,000", "MB", "F1")
    print(" " * 10 + "".join(f"{column:>{len(column) + 3}}" for column in columns))
    for name, found in runs.items():
        busy = statistics.median(1000 * own.processor / own.words for own in found)
        score = (
            f"{found[0].attribution:.1f}"
            if found[0].attribution is not None and name != "default"
            else ""
        )
        memory = max(own.memory for own in found)
        cells = (
            found[0].words,
            f"{rates[name]:.0f}",
            f"{rates[name] / rates['stanza']:.2f}",
            f"{busy:.3f}",
            f"{memory:.0f}",
            score,
        )
        print(
            f"{name:<10}"
            + "".join(
                f"{cell:>{len(column) + 3}}" for cell, column in zip(cells, columns, strict=True)
            )
        )
    print(
        f"quotes: {rates['quotes'] / rates['stanza']:.1f} times stanza, "
        f"{rates['quotes'] / rates['default']:.1f} times default"
    )


if __name__ == "__main__":
    given = argparse.ArgumentParser()
    given.add_argument("name", choices=NAMES)
    given.add_argument("task", choices=("parse", "extract"))
    given.add_argument("every", type=int)
    parameters = given.parse_args()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        print(json.dumps(_work(parameters.name, parameters.task, parameters.every).__dict__))
