"""Words that lead up to a quotation or stand behind it and name who speaks, without a known cue.

In: `Analysis`, a quotation site. Out: a word outside of the quotation, the words that name the
speaker, and what tells it. "Ruiz answered the town in a letter: “...”", "From the desk of Ruiz:
“...”", "In the words of one critic, “...”", "“...,” Dr Ruiz."
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.analysis import Analysis, TokenRange, TokenRanges
from quotes.attribution.quotation_sites import (
    ENDS_SENTENCE,
    QuotationSite,
    closing_words,
    words_before,
)
from quotes.attribution.subjects import SUBJECTS
from quotes.language.lexicon import load_lexicon
from quotes.text.folding import fold_word

Answer = tuple[int, TokenRanges, str]
DASHES = frozenset({"-", "–", "—", "--"})
# Labels of clauses that say something of what stands before them.
COMPLEMENTS = frozenset({"acl", "ccomp", "csubj", "xcomp"})
MIN_LED_IN_WORDS = 5  # of a quotation behind a comma
MAX_NAME_WORDS = 25  # of a name with its role behind a quotation


def speaker_of_lead_in(analysis: Analysis, site: QuotationSite) -> Answer | None:
    """Return who is named in the words that lead up to a quotation.

    Before a colon that is the subject of the nearest clause, or, without a verb, a name. A
    paragraph without a verb that begins with a preposition or a document names who speaks, too.
    """
    previous = word_before(analysis, site)
    if previous is None:
        return None
    before = analysis.text[: analysis.marks[site.mark].start].rstrip()
    lead = [
        n for n in range(analysis.sentence(previous)[0], previous + 1) if not analysis.marks_at[n]
    ]
    if before.endswith((":", ";")):
        return _before_colon(analysis, lead)
    if is_led_in(analysis, site):
        return _clause_before(analysis, lead) or _named(
            analysis, lead, _last_person(analysis, lead)
        )
    if _is_heading(analysis, lead, site):
        return _named(analysis, lead, _names(analysis, lead, "PER")[:1])
    return None


def is_led_in(analysis: Analysis, site: QuotationSite) -> bool:
    """Return True if a quotation behind a comma is a sentence of its own, or has no verb before it.

    It ends the sentence, and the reporter says nothing in it but who speaks. Behind a conjunction
    ("holds that “...”") it only has to end the sentence.
    """
    before = words_before(analysis, site)
    previous = word_before(analysis, site)
    words = [n for run in site.runs for n in range(*run) if not analysis.is_punct(n)]
    if previous is None or len(words) < MIN_LED_IN_WORDS:
        return False
    clause = (
        analysis.words[previous].upos == "SCONJ"
        and analysis.words[analysis.head(previous)].deprel != "advcl"
    )
    if not before.endswith(",") and not clause:
        return False
    mark = analysis.marks[site.mark]
    after = analysis.text[mark.end : site.paragraph.end].lstrip(" \t\u00a0")
    inner = closing_words(analysis, site.mark)
    ends = bool(ENDS_SENTENCE.search(inner)) or after[:1] in ("", ".", "\n")
    if not ends or after.lstrip(".")[:2].strip()[:1].islower():
        return False
    if clause or (analysis.words[words[0]].form[:1].isupper() and ENDS_SENTENCE.search(inner)):
        return True
    lead = range(analysis.sentence(previous)[0], previous + 1)
    return all(analysis.words[n].upos not in ("VERB", "AUX") for n in lead)


def name_behind(analysis: Analysis, site: QuotationSite) -> Answer | None:
    """Return the name right behind a quotation whose sentence ends with it: “...,” Dr Ruiz."""
    mark = analysis.marks[site.mark]
    inner = closing_words(analysis, site.mark)
    first = site.last + 1
    while first < len(analysis.words) and analysis.words[first].span.start < mark.end:
        first += 1
    if not inner.endswith(",") or first >= len(analysis.words):
        return None
    if "\n" in analysis.gap(mark.end, analysis.words[first].span.start):
        return None
    stop = next(
        (
            n
            for n in range(first, len(analysis.words))
            if analysis.words[n].form in (".", "!", "?")
            or "\n" in analysis.gap(analysis.words[n - 1].span.end, analysis.words[n].span.start)
        ),
        len(analysis.words),
    )
    own = range(first, stop)
    if not 0 < len(own) <= MAX_NAME_WORDS or any(
        analysis.words[n].upos in ("VERB", "AUX") or analysis.marks_at[n] for n in own
    ):
        return None
    names = _names(analysis, list(own), "PER")
    lexicon = load_lexicon(analysis.language)
    lead = [n for n in own if not names or n < names[0][0]]
    titled = all(
        analysis.words[n].upos == "PROPN" or fold_word(analysis.words[n].form) in lexicon.roles
        for n in lead
    )
    if not names or not titled:
        return None
    behind = names[-1][1]
    if behind < stop and analysis.words[behind].form[:1].islower():
        stop = behind  # a verb that the parser does not know, as in “...,” Ruiz underlined
    return first, (analysis.trim((first, stop)),), "name behind the quotation"


def word_before(analysis: Analysis, site: QuotationSite) -> int | None:
    """Return the last word before a mark that is no punctuation."""
    start = analysis.marks[site.mark].start
    return next(
        (
            n
            for n in range(site.first - 1, -1, -1)
            if not analysis.is_punct(n) and analysis.words[n].span.end <= start
        ),
        None,
    )


def is_person_name(analysis: Analysis, head: int) -> bool:
    """Return True if the head of a phrase is a person's name or stands in apposition to one."""
    places = [
        head,
        *(c for c in analysis.children(head) if analysis.words[c].deprel in ("appos", "flat")),
    ]
    return any(
        mention.kind == "PER" and mention.span.overlaps(analysis.words[n].span)
        for n in places
        for mention in analysis.parse.entities
    )


def _before_colon(analysis: Analysis, lead: Sequence[int]) -> Answer | None:
    """Return the name or the subject that the words before a colon give."""
    dash = next((n for n in reversed(lead) if analysis.words[n].form in DASHES), None)
    behind = [n for n in lead if dash is not None and n > dash]
    if behind and _has_no_verb(analysis, behind) and _last_name(analysis, behind):
        own = analysis.trim((behind[0], behind[-1] + 1))
        return own[0], (own,), "name before the quotation"
    return _clause_before(analysis, lead) or _named(
        analysis, lead, _last_name(analysis, lead) or _last_person(analysis, lead)
    )


def _clause_before(analysis: Analysis, lead: Sequence[int]) -> Answer | None:
    """Return the subject of the clause nearest to the quotation."""
    for verb in reversed(lead):
        top = verb
        while analysis.words[top].deprel == "conj" and analysis.head(top) >= 0:
            top = analysis.head(top)
        if analysis.words[top].deprel.partition(":")[0] in COMPLEMENTS:
            continue
        subject = next(
            (n for n in analysis.children(verb) if analysis.words[n].deprel in SUBJECTS), None
        )
        if subject is None or subject not in lead or verb < subject:
            continue
        if analysis.words[subject].upos == "PRON" and not _is_personal(analysis, subject):
            return None
        own = [n for n in sorted(analysis.subtree(subject)) if n < verb]
        piece = analysis.trim((own[0], own[-1] + 1))
        if piece[0] < piece[1]:
            return verb, (piece,), "subject of the clause before the colon"
    return None


def _is_personal(analysis: Analysis, number: int) -> bool:
    """Return True for a pronoun that can stand for people."""
    known = load_lexicon(analysis.language).pronouns.get(fold_word(analysis.words[number].form))
    return known is not None and known.refers != "relative" and known.gender != "neuter"


def _named(analysis: Analysis, lead: Sequence[int], names: Sequence[TokenRange]) -> Answer | None:
    """Return the last of some names as the speaker."""
    return (names[-1][0], (names[-1],), "name before the quotation") if names else None


def _is_heading(analysis: Analysis, lead: Sequence[int], site: QuotationSite) -> bool:
    """Return True for a paragraph of its own such as "From the desk of Ann Roe."""
    if not lead or not _has_no_verb(analysis, lead):
        return False
    first = analysis.words[lead[0]]
    own = analysis.words[lead[-1]].span.end <= site.paragraph.start
    opens = analysis.text[: first.span.start].rstrip(" \t")[-1:] in ("", "\n")
    documents = load_lexicon(analysis.language).documents
    return own and opens and (first.upos == "ADP" or fold_word(first.lemma) in documents)


def _has_no_verb(analysis: Analysis, numbers: Sequence[int]) -> bool:
    """Return True if no word is a verb, whatever the parts of speech of names."""
    named = {n for run in _names(analysis, numbers, "PER", "ORG") for n in range(*run)}
    return all(analysis.words[n].upos not in ("VERB", "AUX") or n in named for n in numbers)


def _names(analysis: Analysis, lead: Sequence[int], *kinds: str) -> list[TokenRange]:
    """Return the words of the names of some kinds among some words."""
    if not lead:
        return []
    span = analysis.span((lead[0], lead[-1] + 1))
    return [
        analysis.within(m.span)
        for m in analysis.parse.entities
        if m.kind in kinds and span.contains(m.span)
    ]


def _last_name(analysis: Analysis, lead: Sequence[int]) -> list[TokenRange]:
    """Return the last name of a person, else of an organization, among some words."""
    return (_names(analysis, lead, "PER") or _names(analysis, lead, "ORG"))[-1:]


def _last_person(analysis: Analysis, lead: Sequence[int]) -> list[TokenRange]:
    """Return the last noun phrase for a person among some words: one critic."""
    lexicon = load_lexicon(analysis.language)
    known = {*lexicon.roles, *lexicon.people}
    for head in reversed(lead):
        if analysis.words[head].upos == "NOUN" and fold_word(analysis.words[head].lemma) in known:
            own = [n for n in analysis.subtree(head) if n in lead and n <= head]
            first = min(n for n in own if analysis.words[n].upos not in ("ADP", "PUNCT"))
            return [(first, head + 1)]
    return []
