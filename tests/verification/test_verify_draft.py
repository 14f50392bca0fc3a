"""Drafts and sources from beginning to end; a store as a source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import quotes
from quotes.errors import InputError
from quotes.extracted import Quotes
from quotes.output.terminal.verification_report import summary
from quotes.records import Document, Failure
from quotes.verification.verification import NO_QUOTATIONS, Verification
from quotes.verification.verify_draft import verify_claims
from tests.stores import HARBOUR, put, stored
from tests.verification.sources import ARTICLE, ARTICLE_QUOTES, ENGLISH, TRANSCRIPT

SOURCE = Document(
    id="tape",
    text="Ilse Lindqvist: We will fight it, in every court there is. Nobody is going to take this "
    "library away from us.\n\nPablo Ruiz: It was a mistake from the third day.\n",
)


def verified(*sources: Document | Failure, **known: Any) -> Verification:
    return verify_claims([(ARTICLE, ARTICLE_QUOTES)], sources, language=ENGLISH, **known)


def test_findings_stand_in_the_order_of_the_draft_and_the_worst_first() -> None:
    found = verified(SOURCE)
    assert [f.verdict for f in found.findings] == ["verbatim", "altered"]
    assert [f.verdict for f in found.worst_first] == ["altered", "verbatim"]
    assert (found.worst, dict(found.counts)) == ("altered", {"altered": 1, "verbatim": 1})
    assert found.fails("altered")
    assert not found.fails("spliced")


def test_the_draft_is_no_source_of_itself() -> None:
    found = verified(ARTICLE, TRANSCRIPT)
    assert {f.verdict for f in found.findings} == {"not found"}
    assert found.sources.documents == 1


def test_sources_that_cannot_be_read_are_counted_and_the_rest_is_used() -> None:
    failure = Failure("x", "read", "x.pdf: is encrypted", "x.pdf")
    found = verified(failure, SOURCE)
    assert found.sources.failures == (failure,)
    assert found.findings[0].verdict == "verbatim"
    russian = Failure("r", "read", "r.txt: text is in Russian (ru)", "r.txt", language="ru")
    assert {f.verdict for f in verified(russian, TRANSCRIPT).findings} == {"not checkable"}


def test_sources_of_another_type_are_refused_by_name() -> None:
    with pytest.raises(TypeError, match="against must be"):
        quotes.verify("“We will stay,” Park said.", against=3)  # type: ignore[arg-type]


def test_without_a_source_there_is_nothing_to_check_against() -> None:
    with pytest.raises(InputError, match="no sources"):
        verified()
    with pytest.raises(InputError, match=r"no source could be read: x\.pdf: is encrypted"):
        verified(Failure("x", "read", "x.pdf: is encrypted", "x.pdf"))


def test_a_draft_without_quotations_has_nothing_to_check() -> None:
    draft = Document(id="draft", text="Nobody spoke. It rained all day.")
    found = verify_claims([(draft, ())], [SOURCE], language=ENGLISH)
    assert (found.findings, found.worst) == ((), None)
    assert not found.fails("trimmed")
    assert summary(found) == NO_QUOTATIONS


def test_from_python(tmp_path: Path) -> None:
    draft = Quotes(ARTICLE, ARTICLE_QUOTES)
    found = quotes.verify(draft, against=SOURCE)
    assert [f.verdict for f in found.findings] == ["verbatim", "altered"]
    frame = found.to_frame()
    assert list(frame["verdict"]) == ["verbatim", "altered"]
    assert "2 quotations checked" in repr(found)
    path = tmp_path / "tape.txt"
    path.write_text(SOURCE.text, encoding="utf-8")
    assert [f.verdict for f in quotes.verify(draft, against=path).findings] == [
        "verbatim",
        "altered",
    ]
    with pytest.raises(TypeError, match="draft must be a str or Document or Quotes"):
        quotes.verify(3, against=path)  # type: ignore[arg-type]


def test_a_store_is_a_source(tmp_path: Path) -> None:
    document, parse = HARBOUR
    with stored(tmp_path / "store", [HARBOUR]) as store:
        (own,) = [result for result in put(store, [HARBOUR]) if result.outcome == "unchanged"]
        assert own.id == document.id
        first = store.quotes().iloc[0]
        text = f"“{first['words'].strip('“”,')},” {first['speaker']} said.\n"
        draft = Document(id="draft", text=text)
        quote = Quotes(draft, [_quoted(draft, first["speaker"])])
        found = quotes.verify(quote, store=store)
        assert (found.findings[0].verdict, found.findings[0].speaker) == ("verbatim", "same")
        other = Quotes(draft, [_quoted(draft, "Tomas Brandt")])
        assert quotes.verify(other, store=store).findings[0].verdict == "other speaker"
    assert parse.sentences


def _quoted(draft: Document, speaker: str) -> quotes.Quote:
    end = draft.text.index("”") - 1
    return quotes.Quote(
        id="q",
        document=draft.id,
        content=(quotes.Span(1, end),),
        cue=(),
        source=(),
        type="direct",
        rule="test",
        confidence=1.0,
        speaker=speaker,
        kind="person",
    )


@pytest.mark.slow
def test_a_draft_with_the_real_model(models: Any) -> None:
    draft = (
        "“We will not raise the fee in 2024,” Mayor Anna Park said on Tuesday. “We will close the "
        "library in May,” she added.\n\nJohn Brandt called the bridge “a danger to everybody”.\n"
    )
    found = quotes.verify(draft, against=TRANSCRIPT, published="2024-03-06", parser=models)
    verdicts = {f.claim.words.strip(",."): f.verdict for f in found.findings}
    assert verdicts["We will not raise the fee in 2024"] == "verbatim"
    assert verdicts["a danger to everybody"] == "not found"
    assert verdicts["We will close the library in May"] in ("not found", "paraphrase")
    article = quotes.verify(draft, against=ARTICLE, parser=models)
    assert {f.verdict for f in article.findings} == {"not found"}
