"""Findings that a person accepted with a reason, as reviews of a store keep them.

    acceptance_request(finding, by="Ada", why="heard on tape") → ReviewRequest
    with_acceptances(verification, reviews) → the same, with what was accepted

In: findings, and the reviews of a store that stand. Out: findings that say who accepted them, and
why. An acceptance is of the same words of the draft, by the same speaker, with the same verdict,
against the same words of the same sources. After any change the finding is open again, and shows
who accepted it as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from quotes.output.dates import iso_text
from quotes.records import Action, Review, ReviewRequest
from quotes.text.folding import fold_case
from quotes.verification.findings import Acceptance, Finding, severity
from quotes.verification.verification import Verification

ACTION: Action = "accept_finding"
WITHOUT_SOURCE = ("not found", "not checkable")  # verdicts whose evidence is only what comes near

_Key = tuple[tuple[str, ...], ...]


def acceptable(finding: Finding) -> bool:
    """Tell whether there is something to accept: a verdict that is worse than reworded."""
    return severity(finding.verdict) > severity("reworded")


def acceptance_request(finding: Finding, *, by: str, why: str) -> ReviewRequest:
    """Return the request to store that a person accepts a finding.

    Args:
        finding: The finding.
        by: Who accepts it.
        why: The reason.
    """
    words, attribution, (verdict,), sources, source_words = _key(finding)
    return ReviewRequest(
        action=ACTION,
        by=by,
        why=why,
        words=words,
        names=attribution,
        value=verdict,
        documents=sources,
        source_words=source_words,
    )


def with_acceptances(verification: Verification, reviews: Iterable[Review]) -> Verification:
    """Return a verification whose findings say who accepted them.

    Args:
        verification: The verification; what its findings say of earlier reviews is replaced.
        reviews: The reviews that stand, in order of time: the latest wins.
    """
    exactly, by_words = dict[_Key, Acceptance](), dict[tuple[str, ...], Acceptance]()
    for review in reviews:
        if review.action == ACTION:
            key = _key_of_review(review)
            exactly[key] = by_words[_folded(key[0])] = _acceptance(review)
    findings = (_marked(finding, exactly, by_words) for finding in verification.findings)
    return replace(verification, findings=tuple(findings))


def _marked(
    finding: Finding,
    exactly: Mapping[_Key, Acceptance],
    by_words: Mapping[tuple[str, ...], Acceptance],
) -> Finding:
    accepted = exactly.get(_key(finding))
    earlier = by_words.get(_folded(finding.claim.parts)) if acceptable(finding) else None
    return replace(
        finding, accepted=accepted, accepted_before=None if accepted is not None else earlier
    )


def _acceptance(review: Review) -> Acceptance:
    return Acceptance(
        review=review.id,
        by=review.by,
        on=review.at.date(),
        why=review.why,
        verdict=review.value or "",
    )


def _key(finding: Finding) -> _Key:
    """Return what an acceptance is of: words, attribution, verdict, sources, their words."""
    claim = finding.claim
    role = claim.role if finding.role == "other" else None
    day = iso_text(claim.said_on) if claim.said_on and finding.day == "other" else None
    attribution = tuple(part for part in (claim.speaker, role, day) if part)
    evidence = () if finding.verdict in WITHOUT_SOURCE else finding.evidence
    return (
        claim.parts,
        attribution,
        (" + ".join((finding.verdict, *finding.also)),),
        tuple(each.source for each in evidence),
        tuple(each.words for each in evidence),
    )


def _key_of_review(review: Review) -> _Key:
    verdict = (review.value or "",)
    return review.words, review.names, verdict, review.documents, review.source_words


def _folded(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold_case(part) for part in parts)
