"""Sources and claims that tests of verification share: a transcript, and an article."""

from __future__ import annotations

from datetime import date
from typing import Any

from quotes.language import Language
from quotes.records import Document, Quote, Span
from quotes.verification.findings import Claim, Finding
from quotes.verification.passage_index import PassageIndex
from quotes.verification.source_texts import SourceText
from quotes.verification.verifier import Verifier

ENGLISH = Language.load("en")
DAY = date(2024, 3, 5)
TRANSCRIPT = Document(
    id="council",
    published=DAY,
    text="""Council of Velm, 5 March 2024

[00:00:05] ANNA PARK, MAYOR: Good morning. We will, you know, we — we will not raise the fee in
2024. I, I mean, the council decided that last week. Nobody asked us to close the library, and
nobody will.

[00:01:10] Q: Will there be new buses?

[00:01:14] JOHN BRANDT: There will be at least twenty-five buses by June, if the state pays. The
bridge was never safe. It should have been closed years ago.

[00:02:00] PARK: That is not what I said. We have to look at every pier before anybody drives over
this bridge again. [applause] The Ministry of Transport promised us the money in January.
""",
)
ARTICLE_TEXT = """The library stays open, the mayor said.

“We will fight it,” Lindqvist told reporters on Monday, “in every court there is. Nobody is going
to take this library away from us.”

Her deputy, Ruiz, called the plan “a mistake from the first day”. He said that 40 people would lose
their work. The library has 300,000 books.
"""


def _quote(id: str, parts: list[str], speaker: str, type: Any = "direct", **known: Any) -> Quote:
    spans = tuple(
        Span(ARTICLE_TEXT.index(part), ARTICLE_TEXT.index(part) + len(part)) for part in parts
    )
    return Quote(
        id=id,
        document="article",
        content=spans,
        cue=(),
        source=(),
        type=type,
        rule="test",
        confidence=0.95,
        speaker=speaker,
        kind="person",
        speaker_confidence=0.95,
        **known,
    )


ARTICLE = Document(id="article", text=ARTICLE_TEXT, published=DAY, outlet="Velm Post")
ARTICLE_QUOTES = (
    _quote(
        "a",
        ["We will fight it,", ARTICLE_TEXT[ARTICLE_TEXT.index("in every") :].split("”")[0]],
        "Ilse Lindqvist",
        role="mayor",
    ),
    _quote("b", ["a mistake from the first day"], "Pablo Ruiz", "mixed"),
    _quote("c", ["that 40 people would lose\ntheir work"], "Pablo Ruiz", "indirect"),
)


def sources(*, article: bool = True) -> list[SourceText]:
    """The transcript, and the article with its quotes."""
    found = [SourceText(TRANSCRIPT, ENGLISH)]
    if article:
        found.append(SourceText(ARTICLE, ENGLISH, extract=lambda _: ARTICLE_QUOTES))
    return found


def claim(words: str, speaker: str | None = "Anna Park", **known: Any) -> Claim:
    """A claim of a draft."""
    made: dict[str, Any] = {"id": "c", "document": "draft", "kind": "person", "parts": (words,)}
    return Claim(words=words, speaker=speaker, **(made | known))


def check(words: str, speaker: str | None = "Anna Park", **known: Any) -> Finding:
    """The finding of a claim against both sources."""
    strict = known.pop("strict", False)
    verifier = Verifier(PassageIndex(sources(), ENGLISH), ENGLISH, strict)
    return verifier.check(claim(words, speaker, **known))
