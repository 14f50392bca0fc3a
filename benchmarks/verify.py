"""How long a draft of 1,000 words takes against 100 sources of 1,000 words, and against a store.

    python -m benchmarks.verify FOLDER             100 sources cut from the texts in a folder
    python -m benchmarks.verify FOLDER --store S   the same draft against the quotes of a store

The draft has 20 quotations: sentences of the sources, a third of them with a word dropped. The time
is that after reading: the index of the sources and all verdicts, without extraction.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

from quotes.language import Language
from quotes.records import Document
from quotes.store import open_store
from quotes.verification.findings import Claim
from quotes.verification.passage_index import PassageIndex
from quotes.verification.source_texts import SourceText
from quotes.verification.store_search import StoreQuotes
from quotes.verification.verifier import Verifier

SOURCES, WORDS, CLAIMS = 100, 1000, 20
ENGLISH = Language.load("en")


def sources(folder: Path) -> list[Document]:
    """Return 100 texts of 1,000 words, cut from the files of a folder."""
    words = [
        word
        for path in sorted(folder.rglob("*.txt"))
        for word in path.read_text(encoding="utf-8").split(" ")
    ][: SOURCES * WORDS]
    texts = [" ".join(words[n * WORDS : (n + 1) * WORDS]) for n in range(SOURCES)]
    return [Document(id=str(n), text=text) for n, text in enumerate(texts) if text]


def claims(texts: Sequence[str]) -> list[Claim]:
    """Return 20 quotations of 8 to 25 words, cut from the texts."""
    random.seed(1)
    found = []
    for number in range(CLAIMS):
        words = random.choice(texts).split()
        size = random.randint(8, 25)
        at = random.randrange(max(1, len(words) - size))
        own = words[at : at + size]
        if number % 3 == 0:
            del own[len(own) // 2]
        text = " ".join(own)
        found.append(Claim(id=str(number), document="draft", words=text, parts=(text,)))
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--store", type=Path)
    given = parser.parse_args()
    documents = sources(given.folder)
    asked = claims([document.text for document in documents])
    store = open_store(given.store) if given.store else None
    if store:
        documents, count = [], len(store.quotes())
        asked = claims(store.quotes(limit=5000)["words"].tolist())
        StoreQuotes(store, ["the first words open the index"])
        print(f"a store of {count:,} quotes")
    for _ in range(3):
        start, cpu = time.perf_counter(), time.process_time()
        texts = [SourceText(document, ENGLISH) for document in documents]
        search = StoreQuotes(store, [claim.words for claim in asked]) if store else None
        verifier = Verifier(PassageIndex(texts, ENGLISH), ENGLISH, search_store=search)
        verdicts = [finding.verdict for finding in verifier.check_all(asked)]
        seconds, used = time.perf_counter() - start, time.process_time() - cpu
        took = f"{seconds:.2f} s ({used:.2f} s of the processor)"
        print(f"{len(documents)} sources: {len(verdicts)} verdicts in {took}")


if __name__ == "__main__":
    main()
