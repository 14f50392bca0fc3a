"""The verdict of each claim: the best wording in the sources, who said it, in which role, when.

In: claims and sources. Out: a `Finding` for each claim. Of several passages the one with the
mildest verdict counts: a desk looks for whoever said it, so, and on that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quotes.language import Language
from quotes.readers.languages import language_names, other_language
from quotes.records import Span
from quotes.statements.tokens import count_words, forms
from quotes.verification.findings import (
    Change,
    Claim,
    Evidence,
    Finding,
    Match,
    Verdict,
    severity,
)
from quotes.verification.passage_index import PassageIndex
from quotes.verification.passages import Passage, evidence_at, evidence_of, find_passages
from quotes.verification.sense_changes import adds_number, senses
from quotes.verification.source_texts import SourceText
from quotes.verification.speaker_match import match_day, match_role, match_speaker
from quotes.verification.splices import Part, find_parts
from quotes.verification.wording import (
    MIN_PART_WORDS,
    is_reworded,
    longest_addition,
)

MAX_EXTRACTED = 6  # passages of one claim of which the speaker is asked
MAX_NEAREST = 3
MAX_FEW_WORDS = 3
MIN_ALTERED_BESIDE_SPLICE = 0.8  # share of an altered wording that counts before a splice
MIN_PARAPHRASE = 0.55  # share of the claim's stems that one place has, by their rarity
MIN_PARAPHRASE_STEMS = 3
MIN_REWORDED = 0.5  # the same for an indirect statement
ORDER: tuple[Match, ...] = ("same", "not given", "unknown", "other")

INDIRECT = "the source gives these words as indirect speech"
SEVERAL_QUOTATIONS = "the source has these words in separate quotations"
OWN_TEXT = "the source has these words as its own text, not as a quotation"
NOT_NAMED = "the source does not name this speaker"
FEW_WORDS = "so few words that others may say them, too"
ELLIPSIS = "the source has an ellipsis that the draft does not show"
NO_SPEAKER = "the source does not say who speaks here"

StoreSearch = Callable[[str], Sequence[SourceText]]


@dataclass(frozen=True, eq=False)
class Verifier:
    """Sources, ready to check claims.

    Attributes:
        index: The words of the sources.
        language: Their language.
        strict: Fillers and false starts of speech count as words.
        search_store: Gives the quotes of a store that may be some words.
        foreign: The languages of sources that could not be read for want of rules.
    """

    index: PassageIndex
    language: Language
    strict: bool = False
    search_store: StoreSearch | None = None
    foreign: tuple[str, ...] = ()

    def check_all(self, claims: Iterable[Claim]) -> Iterator[Finding]:
        """Yield the finding of each claim, in order."""
        for claim in claims:
            yield self.check(claim)

    def check(self, claim: Claim) -> Finding:
        """Return the finding of a claim."""
        found = [self._check_in(claim, self.index)]
        if self.search_store is not None and severity(found[0].verdict) > severity("trimmed"):
            quotes = self.search_store(claim.words)
            if quotes:
                found.append(self._check_in(claim, PassageIndex(quotes, self.language)))
        best = min(found, key=lambda finding: severity(finding.verdict))
        if best.verdict == "not found":
            nearest = sorted((e for f in found for e in f.evidence), key=lambda e: -e.score)
            best = replace(best, evidence=tuple(nearest[:MAX_NEAREST]))
        note = self._why_unchecked(claim) if best.verdict == "not found" else None
        if note is None:
            return best
        return replace(best, verdict="not checkable", notes=(*best.notes, note))

    def _why_unchecked(self, claim: Claim) -> str | None:
        """Return why a claim that is not found may stand in the sources all the same, or None."""
        if self.foreign:
            return f"sources in other languages could not be searched: {', '.join(self.foreign)}"
        other = other_language(claim.words, self.language.code)
        if other is None:
            return None
        return f"in {language_names()[other]}, as no source is: it may be a translation"

    def _check_in(self, claim: Claim, index: PassageIndex) -> Finding:
        passages = find_passages(claim, index, language=self.language, strict=self.strict)
        if claim.type == "indirect":
            return self._check_indirect(claim, passages)
        exact = [p for p in passages if p.wording.kind in ("verbatim", "trimmed")]
        if exact:
            return self._best(claim, exact)
        near = [p for p in passages if p.wording.kind == "altered"]
        altered = [p for p in near if not is_reworded(p.wording, p.coverage)]
        if altered and _is_near(altered[0]):
            return self._best(claim, altered)
        apart = [p for p in passages if p.wording.kind == "apart"]
        spliced = self._spliced(claim, index)
        if spliced or altered or apart:
            return spliced or self._best(claim, altered or apart)
        return self._paraphrase_or_nothing(claim, passages)

    def _best(self, claim: Claim, passages: Sequence[Passage]) -> Finding:
        """Return the mildest finding among passages, the best wording first."""
        best: tuple[tuple[int, int], Finding] | None = None
        ordered = sorted(passages, key=lambda passage: not _names_near(passage, claim))
        for passage in ordered[:MAX_EXTRACTED]:
            finding = self._finding(claim, passage)
            rank = severity(finding.verdict), ORDER.index(finding.speaker)
            if best is None or rank < best[0]:
                best = rank, finding
            as_said = severity(finding.verdict) <= severity("altered") and finding.day != "other"
            if as_said and finding.speaker in ("same", "not given"):
                break
        assert best
        return best[1]

    def _finding(self, claim: Claim, passage: Passage) -> Finding:
        """Return the finding of a claim of which a passage has the words, altered or not."""
        kind = passage.wording.kind
        assert kind
        verdict: Verdict = "spliced" if kind == "apart" else kind
        evidence, changes = evidence_of(passage), passage.wording.changes
        parts: tuple[Evidence, ...] = (evidence,)
        notes = list(_change_notes(changes))
        if count_words(claim.words) <= MAX_FEW_WORDS:
            notes.append(FEW_WORDS)
        if not passage.in_one_quotation:
            verdict = max(verdict, "spliced", key=severity)
            notes.append(SEVERAL_QUOTATIONS)
        return self._with_attribution(claim, verdict, parts, changes, notes, passage.stream.source)

    def _with_attribution(
        self,
        claim: Claim,
        verdict: Verdict,
        evidence: tuple[Evidence, ...],
        changes: Sequence[Change],
        notes: list[str],
        source: SourceText,
    ) -> Finding:
        """Add speaker, role and day to a verdict on the words."""
        said, published = evidence[0].speaker, evidence[0].published
        speaker = match_speaker(claim, said, self.language)
        role, day = match_role(claim, said, self.language), match_day(claim, said, published)
        if speaker == "unknown" and said.said_by == "quotation" and claim.speaker:
            named = claim.kind not in ("person", None) or source.mentions(claim.speaker)
            speaker = "unknown" if named else "other"
            notes.append(NO_SPEAKER if named else NOT_NAMED)
        elif speaker == "unknown":
            notes.append(NO_SPEAKER)
        if said.own_text:
            notes.append(OWN_TEXT)
        found: list[Verdict] = [verdict]
        if said.indirect and claim.type != "indirect":
            found.append("paraphrase")
            notes.append(INDIRECT)
        if speaker == "other":
            found.append("other speaker")
        if day == "other" and speaker != "other":
            found.append("other day")
        if role == "other" and speaker != "other":
            notes.append(f"role: the draft has “{claim.role}”, the source “{said.role}”")
        worst = max(found, key=severity)
        also = tuple(v for v in found if v != worst and severity(v) > severity("trimmed"))
        return Finding(
            claim=claim,
            verdict=worst,
            also=also,
            evidence=evidence,
            changes=tuple(changes),
            speaker=speaker,
            role=role,
            day=day,
            notes=tuple(dict.fromkeys(notes)),
        )

    def _spliced(self, claim: Claim, index: PassageIndex) -> Finding | None:
        """Return the finding of a claim whose parts stand in different places; None for no such."""
        asked = forms(claim.words)
        parts = find_parts(asked, index)
        if not parts:
            return None
        evidence = tuple(_part_evidence(part, index) for part in parts)
        notes = list(_distances(parts, index))
        sources = [index.streams[part.number].source for part in parts]
        each = [
            self._with_attribution(claim, "spliced", evidence[n : n + 1], (), [], source)
            for n, source in enumerate(sources)
        ]
        worst = max(each, key=lambda finding: severity(finding.verdict))
        return replace(worst, evidence=evidence, notes=tuple(dict.fromkeys([*notes, *worst.notes])))

    def _paraphrase_or_nothing(self, claim: Claim, passages: Sequence[Passage]) -> Finding:
        near = sorted(passages, key=lambda p: -p.coverage)
        foreign = other_language(claim.words, self.language.code)  # of which no stems are known
        if near and _has_sense(near[0], MIN_PARAPHRASE) and foreign is None:
            return self._in_other_words(claim, near[0], "paraphrase")
        return _not_found(claim, near)

    def _check_indirect(self, claim: Claim, passages: Sequence[Passage]) -> Finding:
        """Return the finding of an indirect statement: a source must have its sense and numbers."""
        near = sorted(passages, key=lambda p: -p.coverage)
        close = [p for p in near if _has_sense(p, MIN_REWORDED)]
        if not close:
            return _not_found(claim, near)
        change = _whole_change(claim, close[0], self.language)
        wrong = "number" in change.senses
        return self._in_other_words(claim, close[0], "altered" if wrong else "reworded")

    def _in_other_words(self, claim: Claim, passage: Passage, verdict: Verdict) -> Finding:
        """Return the finding of a claim of which a passage has the sense, as far as words show."""
        changes = (_whole_change(claim, passage, self.language),)
        own = passage.stream
        evidence = replace(
            evidence_at(own, passage.from_word),
            speaker=own.source.speaker(own.stream.to_document(passage.matched)),
            score=round(passage.coverage, 4),
        )
        notes = list(_change_notes(changes))
        return self._with_attribution(claim, verdict, (evidence,), changes, notes, own.source)


def _has_sense(passage: Passage, least: float) -> bool:
    """Tell whether a passage has so much of a claim's words that it may have its sense."""
    return passage.coverage >= least and passage.stems >= MIN_PARAPHRASE_STEMS


def _names_near(passage: Passage, claim: Claim) -> bool:
    """Tell whether the speaker of a claim is named around a passage, or is not known."""
    if claim.speaker is None:
        return True
    own = passage.stream
    return own.source.names_near(claim.speaker, own.stream.to_document(passage.matched))


def _is_near(passage: Passage) -> bool:
    """Tell whether an altered wording counts before a splice: little is added to it."""
    wording = passage.wording
    return (
        wording.share >= MIN_ALTERED_BESIDE_SPLICE
        and longest_addition(wording) < MIN_PART_WORDS + 1
    )


def _not_found(claim: Claim, near: Sequence[Passage]) -> Finding:
    """Return the finding of a claim that no source has, with the nearest passages in full."""
    evidence = [
        replace(evidence_at(passage.stream, passage.from_word), score=round(passage.coverage, 4))
        for passage in near[:MAX_NEAREST]
        if passage.coverage > 0
    ]
    return Finding(claim=claim, verdict="not found", evidence=tuple(evidence))


def _whole_change(claim: Claim, passage: Passage, language: Language) -> Change:
    """Return claim and passage as one difference; a number counts if only the claim has it."""
    text = " ".join(passage.place.of(passage.stream.stream.text).split())
    found = senses(claim.words, text, language)
    more = adds_number(claim.words, text, language)
    kept = tuple(sense for sense in found if sense == "negation" or (sense == "number" and more))
    return Change("words", claim.words, text, kept)


def _part_evidence(part: Part, index: PassageIndex) -> Evidence:
    return evidence_at(index.streams[part.number], _span(part, index))


def _distances(parts: Sequence[Part], index: PassageIndex) -> Iterator[str]:
    """Yield how far parts of a splice are apart, and whether they stand in another order."""
    for number, (one, other) in enumerate(pairwise(parts), 1):
        first, second = index.streams[one.number], index.streams[other.number]
        names = f"parts {number} and {number + 1}"
        if first.source is not second.source:
            one_article = first.source.document.id == second.source.document.id
            apart = "separate quotations of one article" if one_article else "different sources"
            yield f"{names} stand in {apart}"
            continue
        text = first.source.document.text
        a = first.stream.to_document(_span(one, index))
        b = second.stream.to_document(_span(other, index))
        low, high = sorted((a, b))
        between = count_words(text[low.end : max(low.end, high.start)])
        order = "" if a.start <= b.start else ", in the other order"
        yield f"{names} stand {between} words apart{order}"


def _span(part: Part, index: PassageIndex) -> Span:
    words = index.streams[part.number].tokens[max(0, part.at) : part.stop]
    return Span(words[0].start, words[-1].end)


def _change_notes(changes: Sequence[Change]) -> Iterator[str]:
    """Yield what fillers were left out, and how the sense may change."""
    fillers = [change.source for change in changes if change.kind == "filler"]
    if fillers:
        yield "fillers or false starts left out: " + "; ".join(fillers)
    if any(change.kind == "ellipsis" for change in changes):
        yield ELLIPSIS
    found = dict.fromkeys(sense for change in changes for sense in change.senses)
    if found:
        yield "may change the sense: " + ", ".join(found)
