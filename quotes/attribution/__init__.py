"""Attribution: who is said by which words to have said what.

In: the `Analysis` of a chunk, a scorer and a tagger. Out: `Attribution`s. Nothing is resolved here:
a source is the words of the text.

The passes, in their order (`passes`):

1. `rule_matches`: a candidate for each match of a rule. The tree tells the words of cue and source;
   `inverted_reports`, `nested_reports` and `ordered_reports` where it errs and the order tells.
2. One candidate for each cue (`decoding.best_by_cue`), and shared sources (`boundaries`): later
   passes ask of every cue what is its content.
3. Contents grow over the marks that they begin and around cues set off by commas
   (`quotation_boundaries`, `boundaries`), then end where another cue takes over (`conflicts`): the
   cut needs to know how far the contents reach.
4. `layout` takes the marks that labels and credits explain, so that no cue gets them.
5. `unattributed_marks.following_clauses`: a clause right behind a quotation whose verb no rule
   knows. It comes before the next pass, which would give the mark to a cue farther off.
6. `quoted_passages`: marks beside a cue become its content; contents run on to marks later in
   their sentence. Then clauses once more, whose cues have got no content by now.
7. Marks that follow a quote at once are joined to it (`quotation_boundaries`); what follows a colon
   goes to the subject of the clause before it (`unattributed_marks`).
8. Cues inside of statements get the mark beside them (`inner_quotations`), sources that pass on
   what somebody is quoted as saying get that content (`boundaries`). Candidates of the same content
   and source become one; passages by label and embedded posts join.
9. `tagger`: reads these candidates, corrects their boundaries and finds more. Words that two
   contents hold go to the likelier (`conflicts`), one candidate is kept for a content, marks that
   got lost are restored (`decoding`), quotations with another cue between are joined, and a content
   ends where the reporter goes on (`quotation_boundaries`). Then `content_operators` yield other
   contents for each likely candidate, and `content_choice` takes the one that scores best.
10. `features` and `scoring` give the confidence, `inner_statements` that of statements inside
    others. `mark_ownership` sees to it that each quotation is whole in one attribution that is
    shown, and `joint_selection` that attributions break no constraint with each other: of those
    that do, the likelier are left. Whole sentences in marks that none holds are
    `floating_quotations`, whose words they are is told by what stands before them.
11. `nesting` tells what lies in what, `assembly` makes the attributions. Why a match of a rule is
    none of them is told by `rejections`, on request.

The order matters, and trained models stand behind it: the tagger reads candidates of pass 8, and
the weights of the scorer were learned from the candidates of passes 8 and 9.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.analysis import Analysis
from quotes.attribution.assembly import attributions_of, quote_id
from quotes.attribution.candidates import Candidate, TaggedCandidate, Trait
from quotes.attribution.features import features, signals
from quotes.attribution.generators.layout_candidates import BY_LAYOUT
from quotes.attribution.generators.ordered_reports import is_in_order
from quotes.attribution.generators.rule_matches import rule_candidates
from quotes.attribution.inner_statements import inner_confidence, is_inner_link
from quotes.attribution.mark_ownership import Accounted, account_for_marks
from quotes.attribution.passes import find_candidates, outer_candidates, read_with_tagger
from quotes.attribution.quotation_sites import quote_type
from quotes.attribution.rejections import Rejection, rejections
from quotes.attribution.scoring import Scorer, load_scorer, logit
from quotes.attribution.tagger.interface import Tagger
from quotes.defaults import MIN_CONFIDENCE
from quotes.records import Attribution

# Least confidence of a report that the order of the words shows, too; set by hand.
MIN_IN_ORDER = 0.6

__all__ = ["extract", "extract_with_rejections", "quote_id"]


def extract(
    analysis: Analysis, *, scorer: Scorer | None = None, tagger: Tagger | None = None
) -> tuple[Attribution, ...]:
    """Return the attributions of a chunk, in text order.

    Unlikely attributions are not left out: that is for the caller to decide.

    Args:
        analysis: The analysis of the chunk; its language has the rules and word lists.
        scorer: What gives the confidence; without one, the scorer of the language.
        tagger: What corrects boundaries and finds what no rule does.
    """
    chosen = _chosen(analysis, scorer or load_scorer(analysis.language), tagger)
    return attributions_of(analysis, chosen.candidates, chosen.confidences)


def extract_with_rejections(
    analysis: Analysis, *, scorer: Scorer | None = None, tagger: Tagger | None = None
) -> tuple[tuple[Attribution, ...], tuple[Rejection, ...]]:
    """Return the attributions of a chunk, and why other matches of rules are none.

    Args:
        analysis: The analysis of the chunk.
        scorer: As for `extract`.
        tagger: As for `extract`.
    """
    scorer = scorer or load_scorer(analysis.language)
    chosen = _chosen(analysis, scorer, tagger)
    rejected = rejections(
        analysis,
        rule_candidates(analysis),
        chosen,
        lambda candidate: _rule_score(analysis, candidate, None, scorer),
    )
    return attributions_of(analysis, chosen.candidates, chosen.confidences), tuple(rejected)


def _chosen(analysis: Analysis, scorer: Scorer | None, tagger: Tagger | None) -> Accounted:
    """Return the candidates that are chosen, with those of quotations that none shown holds."""
    found = find_candidates(analysis)
    scores = rule_scores(analysis, found, scorer)
    if tagger is None or scorer is None or not analysis.words:
        return account_for_marks(analysis, found, scores, MIN_CONFIDENCE)
    read = read_with_tagger(analysis, found, tagger, scorer.contents)
    return account_for_marks(
        analysis,
        [entry.candidate for entry in read],
        [_tagged_score(analysis, entry, scores, scorer) for entry in read],
        MIN_CONFIDENCE,
    )


def rule_scores(
    analysis: Analysis, candidates: Sequence[Candidate], scorer: Scorer | None
) -> tuple[float, ...]:
    """Return the confidence of each candidate before the tagger has read it."""
    return tuple(
        _rule_score(analysis, c, around, scorer)
        for c, around in zip(candidates, outer_candidates(candidates), strict=True)
    )


def _rule_score(
    analysis: Analysis, candidate: Candidate, outer: Candidate | None, scorer: Scorer | None
) -> float:
    """Return the confidence of a candidate; `outer` is the one whose content it lies in."""
    if scorer is None or candidate.rule in BY_LAYOUT or Trait.CERTAIN in candidate.traits:
        return candidate.prior
    certain = inner_confidence(analysis, candidate, outer)
    if certain is not None:
        return certain
    around = None if is_inner_link(analysis, candidate, outer) else outer
    return scorer.probability(features(analysis, candidate, around))


def _tagged_score(
    analysis: Analysis, entry: TaggedCandidate, scores: Sequence[float], scorer: Scorer
) -> float:
    """Return the confidence of a candidate once the tagger has read it."""
    if entry.number is not None and entry.tagged is None:
        return scores[entry.number]
    log_odds = 0.0 if entry.number is None else logit(scores[entry.number])
    confidence = scorer.combined(
        signals(analysis, entry, log_odds), quote_type(analysis, entry.candidate)
    )
    if confidence < MIN_IN_ORDER and is_in_order(analysis, entry.candidate):
        return MIN_IN_ORDER
    return confidence
