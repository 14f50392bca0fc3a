"""The form of what stands as content of an attribution: a clause, an infinitive or a phrase.

In: `Analysis` and a candidate. Out: `ContentForm`, by labels of the tree alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from quotes.analysis import Analysis, is_present_participle, token_numbers
from quotes.attribution.candidates import Candidate

AUXILIARIES = ("aux", "aux:pass", "cop")
COMPLEMENTS = ("xcomp", "ccomp", "advcl")
SUBJECTS = ("nsubj", "csubj", "expl")


@dataclass(frozen=True)
class ContentForm:
    """The words of a candidate's content in the tree.

    Attributes:
        analysis: The analysis of the document.
        candidate: The candidate.
    """

    analysis: Analysis
    candidate: Candidate

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of its words, without punctuation."""
        return frozenset(
            n for n in token_numbers(self.candidate.content) if not self.analysis.is_punct(n)
        )

    @cached_property
    def heads(self) -> frozenset[int]:
        """The head of the content by the rule, and the words that depend on none in it."""
        tops = {n for n in self.numbers if self.analysis.head(n) not in self.numbers}
        head = self.candidate.head
        return frozenset(tops | ({head} & self.numbers if head is not None else set()))

    def has_subject(self, number: int) -> bool:
        """Return True if a word has a subject, or what stands for one."""
        return any(
            self.analysis.words[c].deprel.startswith(SUBJECTS)
            for c in self.analysis.children(number)
        )

    def has_form(self, number: int, form: str) -> bool:
        """Return True if a word or its auxiliary is of this form."""
        return any(
            self.analysis.words[n].feat("VerbForm") == form
            for n in (number, *self.analysis.children(number))
            if n == number or self.analysis.words[n].deprel in AUXILIARIES
        )

    def has_particle(self, number: int) -> bool:
        """Return True if a particle of the infinitive stands with a verb."""
        return any(
            self.analysis.words[c].deprel == "mark" and self.analysis.words[c].upos == "PART"
            for c in self.analysis.children(number)
        )

    def is_infinitive_complement(self, number: int) -> bool:
        """Return True if a word is an infinitive that another verb takes."""
        return self.analysis.words[number].deprel in COMPLEMENTS and (
            self.has_form(number, "Inf") or self.has_particle(number)
        )

    @cached_property
    def holds_clause(self) -> bool:
        """True if the content is a clause, or one of its parts is."""
        return any(self.has_subject(n) or self.has_form(n, "Fin") for n in self.heads)

    @cached_property
    def holds_finite_verb(self) -> bool:
        """True if a word of the content is a finite verb, or has a finite auxiliary."""
        return any(self.has_form(n, "Fin") for n in self.numbers)

    @cached_property
    def is_introduced(self) -> bool:
        """True if the content begins with a conjunction that opens a clause of its own words.

        "claimed *that* the court's order pleased the tenants", whatever the parser makes of it.
        """
        first = min(self.numbers)
        word = self.analysis.words[first]
        opens = word.upos == "SCONJ" and word.deprel == "mark"
        return opens and self.analysis.head(first) in self.numbers

    @cached_property
    def is_verbal(self) -> bool:
        """True if the content is a clause or has a verb as its head ("closing the harbour")."""
        return self.holds_clause or any(map(self.is_verb, self.heads))

    def is_verb(self, number: int) -> bool:
        """Return True if a word is a verb."""
        return self.analysis.words[number].upos == "VERB"

    @cached_property
    def holds_quoted_clause(self) -> bool:
        """True if the quoted words of a content hold a clause."""
        analysis, anchor = self.analysis, self.candidate.anchor
        return any(
            analysis.words[n].deprel.startswith(SUBJECTS)
            and analysis.mark_over(n, anchor) >= 0
            and analysis.mark_over(analysis.head(n), anchor) >= 0
            for n in self.numbers
        )

    @cached_property
    def is_name(self) -> bool:
        """True if the words in marks are what something is called, and no judgement.

        All have capitals (named it “Open Gate”), or nobody calls it so (a move called “docking”).
        """
        analysis, anchor = self.analysis, self.candidate.anchor
        quoted = [n for n in sorted(self.numbers) if analysis.mark_over(n, anchor) >= 0]
        if not quoted or any(analysis.words[n].upos in ("VERB", "AUX") for n in quoted):
            return False
        if not self.candidate.source:
            return True
        named = [n for n in quoted if analysis.words[n].upos in ("NOUN", "PROPN", "ADJ", "NUM")]
        described = any(
            analysis.words[c].deprel == "det" and c not in quoted
            for n in named
            for c in analysis.children(n)
        )
        capitals = not any(analysis.words[n].form[:1].islower() for n in named)
        return len(quoted) > 1 and capitals and not described

    @cached_property
    def is_infinitive(self) -> bool:
        """True if the content is an infinitive that the cue takes, without a subject of its own."""
        head = self.candidate.head
        return not self.holds_clause and any(
            self.is_infinitive_complement(n)
            for n in ({head} if head in self.numbers else self.heads)
        )

    @cached_property
    def is_act_of_other(self) -> bool:
        """True if the content holds an infinitive that the cue takes beside an object."""
        return any(
            self.analysis.head(n) == self.candidate.anchor and self.is_infinitive_complement(n)
            for n in self.heads
        )

    @cached_property
    def is_complement(self) -> bool:
        """True if the content is the clause that the cue reports, or the cue stands in it."""
        analysis, anchor = self.analysis, self.candidate.anchor
        return any(
            (analysis.head(n) == anchor and analysis.words[n].deprel == "ccomp")
            or analysis.head(anchor) == n
            for n in self.heads
        )

    @cached_property
    def is_reported(self) -> bool:
        """True if the content holds a finite verb, or depends on the cue, not as its subject.

        Not the second subject that the parser finds in "they said Sunday — murder, a crime", but
        one with a past tense that it takes for a participle ("they say *the cost ranged from*").
        """
        analysis, anchor = self.analysis, self.candidate.anchor
        return any(analysis.words[n].feat("VerbForm") == "Fin" for n in self.numbers) or any(
            (
                analysis.head(n) == anchor
                and (
                    not analysis.words[n].deprel.startswith(SUBJECTS)
                    or (n > anchor and self._has_past_participle(n))
                )
            )
            or n in analysis.ancestors(anchor)
            for n in self.heads
        )

    def _has_past_participle(self, noun: int) -> bool:
        """Return True if a noun has a past participle behind it."""
        words = self.analysis.words
        return any(
            words[c].deprel == "acl" and self.is_verb(c) and not is_present_participle(words[c])
            for c in self.analysis.children(noun)
        )

    @cached_property
    def is_object(self) -> bool:
        """True if the content is the object of the cue, and holds no verb."""
        analysis, anchor = self.analysis, self.candidate.anchor
        return not any(map(self.is_verb, self.numbers)) and all(
            analysis.head(n) == anchor and analysis.words[n].deprel == "obj" for n in self.heads
        )

    @cached_property
    def is_person(self) -> bool:
        """True if the content is an object that names somebody, and holds no verb."""
        analysis, anchor = self.analysis, self.candidate.anchor
        objects = [
            n
            for n in analysis.children(anchor)
            if n in self.numbers and analysis.words[n].deprel == "obj"
        ]
        return not any(map(self.is_verb, self.numbers)) and any(
            "PER" in analysis.entity_kinds(frozenset({n})) for n in objects
        )

    @cached_property
    def is_small_clause(self) -> bool:
        """True if the content is an object with what it is called ("the plan a disaster").

        A day or month is not what it is called ("set it for July").
        """
        calendar = self.analysis.language.optional_words("calendar")
        under = [
            c
            for c in self.analysis.children(self.candidate.anchor)
            if c in self.numbers and self.analysis.words[c].form not in calendar
        ]
        return bool(self.candidate.source) and len(under) > 1
