"""Who passes a statement on: the speakers around it, and media that are named beside it.

In: an attribution, its sentence and the others of its chunk. Out: names, the nearest reporter
first. Beside a statement a reporter is named in the frame of the cue ("in a Herald report, Roe
said"), by a participle at its source or its occasion ("experts cited by the Herald", "said in a
statement carried by state television") or in a clause ("as reported by the Herald").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quotes.defaults import MIN_CONFIDENCE
from quotes.language.lexicon import Lexicon
from quotes.records import Attribution, Parse, Sentence, Span
from quotes.speakers.turns import cue_head
from quotes.text.folding import fold_name

NAMING = frozenset({"compound", "nmod:poss", "nmod", "flat", "nmod:unmarked", "nmod:desc"})


def reporters_around(
    attribution: Attribution,
    names: Mapping[str, str | None],
    attributions: Mapping[str, Attribution],
    beside: Mapping[Span, str],
) -> tuple[str, ...]:
    """Return who reports an attribution, the nearest first.

    Args:
        attribution: What is reported.
        names: The speakers of the attributions by id.
        attributions: The attributions by id.
        beside: The names of the reporters beside it by their phrases (`reporter_phrases`); a
            statement around it whose source holds such a phrase has the same reporter.
    """
    found: list[str | None] = [*beside.values()]
    seen = {attribution.id}
    outer = attributions.get(attribution.nested_in or "")
    while outer is not None and outer.id not in seen:
        seen.add(outer.id)
        named = any(span.overlaps(phrase) for span in outer.source for phrase in beside)
        if not named and _is_statement(outer):
            found.append(names[outer.id])
        outer = attributions.get(outer.nested_in or "")
    own = fold_name(names[attribution.id] or "")
    apart = {fold_name(name): name for name in reversed(found) if name}
    return tuple(dict.fromkeys(apart[fold_name(n)] for n in found if n and fold_name(n) != own))


def _is_statement(attribution: Attribution) -> bool:
    """Return True if somebody surely said it: who only thinks so reports nothing."""
    return attribution.act == "speech" and attribution.confidence >= MIN_CONFIDENCE


def reporter_phrases(parse: Parse, attribution: Attribution, lexicon: Lexicon) -> tuple[Span, ...]:
    """Return the noun phrases that name a reporter of an attribution beside its cue."""
    for sentence in parse.sentences:
        if not any(span.overlaps(sentence.span) for span in attribution.cue):
            continue
        cue = cue_head(sentence, attribution)
        if cue is None:
            return ()
        heads = dict.fromkeys(_reporters(sentence, cue, attribution, lexicon))
        return tuple(_phrase(sentence, head) for head in heads)
    return ()


def _reporters(
    sentence: Sentence, cue: int, attribution: Attribution, lexicon: Lexicon
) -> Iterator[int]:
    """Yield the heads of the noun phrases that name a reporter."""
    words = sentence.words
    source = [
        i
        for i, word in enumerate(words)
        if any(span.overlaps(word.span) for span in attribution.source)
    ]
    beside = [i for i in sentence.children[cue] if words[i].deprel.startswith("obl")]
    above = words[cue].head
    if words[cue].deprel.startswith("acl") and above >= 0:
        beside.append(above)  # "a report from the Herald in which they said"
    for index in beside:
        if index not in source and words[index].lemma in lexicon.reporting_nouns:
            yield from _makers(sentence, index, lexicon)
    clauses = [
        i
        for i in sentence.children[cue]
        if words[i].deprel.partition(":")[0] == "advcl" and _is_marked(sentence, i)
    ]
    participles = [
        i
        for i in (*source, *(k for b in beside for k in sentence.children[b]))
        if words[i].deprel.startswith("acl")
    ]
    for index in (*participles, *clauses):
        if words[index].lemma in lexicon.relaying_verbs:
            yield from _agents(sentence, index, active=index in clauses)


def _makers(sentence: Sentence, document: int, lexicon: Lexicon) -> Iterator[int]:
    """Yield the names whose report a noun is: "a Herald report", "a report by the Herald".

    Not a part of its title ("the Gender Gap Report"), nor its month ("the July report").
    """
    titled = sentence.words[document].form[:1].isupper()
    for index in sentence.children[document]:
        word = sentence.words[index]
        cases = {
            sentence.words[i].lemma
            for i in sentence.children[index]
            if sentence.words[i].deprel == "case" and sentence.words[i].upos == "ADP"
        }
        if (
            word.form[:1].isupper()
            and word.deprel in NAMING
            and not (titled and word.deprel == "compound")
            and word.form not in lexicon.calendar
            and cases <= lexicon.reporting_prepositions
        ):
            yield index


def _agents(sentence: Sentence, verb: int, *, active: bool) -> Iterator[int]:
    """Yield who does what a participle says ("cited by Roe"), or the subject of a clause."""
    for index in sentence.children[verb]:
        label = sentence.words[index].deprel
        if label == "obl:agent" or (active and label == "nsubj"):
            yield index


def _is_marked(sentence: Sentence, verb: int) -> bool:
    """Return True for a clause that a conjunction opens ("as reported by the Herald")."""
    return any(sentence.words[i].deprel == "mark" for i in sentence.children[verb])


def _phrase(sentence: Sentence, head: int) -> Span:
    """Return the noun phrase of a head without a preposition before or a clause behind."""
    words, within = sentence.words, sentence.subtree(head)
    start = end = head
    while start - 1 in within and words[start - 1].deprel not in ("case", "punct", "mark"):
        start -= 1
    while end + 1 in within and (
        words[end + 1].deprel in ("flat", "compound", "goeswith") or words[end + 1].upos == "PROPN"
    ):
        end += 1
    return Span(words[start].span.start, words[end].span.end)
