"""What kind of act an attribution tells of: a statement, a thought, an intention or an attitude.

In: `Analysis`, a candidate and the type of its quote. Out: an `Act`. It is told by the main word of
the cue, by the class of words that it belongs to (`act_words`), and by what stands as content:
words in quotation marks, a clause, an infinitive or a phrase. A language without verbs of stating
has only statements.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from quotes.analysis import Analysis, is_present_participle, token_numbers, token_ranges
from quotes.attribution.act_words import ActWords, act_words
from quotes.attribution.candidates import AnchorKind, Candidate, attribution_words
from quotes.attribution.content_form import ContentForm
from quotes.attribution.frame_phrases import before_occasion
from quotes.records import Act, EntityKind, QuoteType
from quotes.text.folding import fold_word

MIN_PHRASE_WORDS = 5
"""Words from which a phrase without a verb tells what was said, and not only of what.

Chosen on outlets/train, where it gave most statements with least else.
"""


def act_of(analysis: Analysis, candidate: Candidate, quote_type: QuoteType) -> Act:
    """Return what kind of act a candidate tells of.

    Where nothing but layout or context attributes, it is a statement.
    """
    words = act_words(analysis.language)
    if candidate.anchor_kind is not AnchorKind.CUE or not candidate.cue or not words.stating:
        return "speech"
    governed = replace(candidate, anchor=_telling_verb(analysis, candidate, words))
    return _Telling(analysis, governed, quote_type, words).act


def _telling_verb(analysis: Analysis, candidate: Candidate, words: ActWords) -> int:
    """Return the word of the cue that tells of the content, its main word as a rule.

    In "released a statement *saying* it was over" it is the verb of speech that governs it.
    """
    cue = token_numbers(candidate.cue) - {candidate.anchor}
    content = token_numbers(candidate.content)
    return next(
        (
            n
            for n in sorted(cue)
            if analysis.words[n].upos == "VERB"
            and fold_word(analysis.words[n].lemma) in words.reporting | words.directing
            and (
                (is_present_participle(analysis.words[n]) and n + 1 == min(content))
                or any(
                    c in content and analysis.words[c].deprel in ("ccomp", "xcomp")
                    for c in analysis.children(n)
                )
            )
        ),
        candidate.anchor,
    )


@dataclass(frozen=True)
class _Telling:
    """A candidate whose act is to be told."""

    analysis: Analysis
    candidate: Candidate
    quote_type: QuoteType
    words: ActWords

    @cached_property
    def act(self) -> Act:
        """The act, by the part of speech of the cue's main word."""
        anchor = self.analysis.words[self.candidate.anchor]
        if anchor.upos == "NOUN":
            return self._of_noun()
        if anchor.upos == "ADJ":
            return self._of_adjective()
        if anchor.upos == "VERB" and anchor.deprel not in ("case", "mark"):
            return self._of_verb()
        return "attitude" if self._is_nobodys or self._is_measure else "speech"

    def _of_noun(self) -> Act:
        """Return the act of a claim, a belief or a plan."""
        words = self.words
        is_stated = self._is_quoted or self._content.is_verbal
        if is_stated and self._lemma in words.feeling_nouns:
            return "speech" if self._is_quoted or self._governors & words.voicing else "attitude"
        if self._is_quoted or (self._governors & words.voicing and self._gives_words):
            return "attitude" if self._lemma in words.feeling_nouns else "speech"
        if self._lemma in words.intention_nouns:
            return "intention"
        if self._lemma in words.thought_nouns:
            return "thought"
        return "speech" if self._lemma in words.speech_nouns and is_stated else "attitude"

    def _of_adjective(self) -> Act:
        """Return the act of a feeling, of a readiness or of what somebody "made clear"."""
        if self._governors & self.words.voicing and self._content.holds_clause and self._can_speak:
            return "speech"
        return "intention" if self._content.is_infinitive else "attitude"

    def _of_verb(self) -> Act:
        """Return the act of saying, thinking or meaning."""
        words, lemma = self.words, self._lemma
        speaks = lemma in words.reporting | words.stating | words.evaluating
        if (lemma in words.naming and self._content.is_name) or self._is_nobodys:
            return "attitude"
        if self._is_quoted:
            if speaks or lemma in words.naming | words.directing | words.committing:
                return "speech"
            if self._content.holds_quoted_clause:
                direct = self.quote_type == "direct"
                return "thought" if direct and lemma in words.thinking else "speech"
        elif self._governors & words.intending - words.refusal:  # plans to announce
            return "intention"
        elif self._is_supposed or self._is_spoken_of:
            return "attitude"
        if self._content.is_infinitive or (
            lemma in words.directing and self._content.is_act_of_other
        ):
            return self._of_infinitive()
        if lemma in words.thinking | words.regarding and not speaks:
            return "speech" if self._is_finding else "thought"
        if lemma in words.showing | words.stating and self._source_lemma in words.pictures:
            return "thought"
        if lemma in words.showing and self._is_present and not self._can_speak:
            return "thought"
        return self._of_saying(speaks)

    def _of_infinitive(self) -> Act:
        """Return the act where the content is an infinitive.

        Of a raising passive ("is said to have left"), of somebody else's act ("urged them to
        leave") or of one's own ("promised to leave").
        """
        words, lemma = self.words, self._lemma
        says = lemma in words.reporting | words.stating and lemma not in words.urging
        thinks = lemma in words.thinking | words.regarding
        if self._is_passive:
            return (
                "speech"
                if says or lemma in words.directing
                else "thought"
                if thinks
                else "attitude"
            )
        if lemma in words.directing | words.committing:
            return "speech"
        if lemma in words.intending:
            return "intention"
        return "thought" if thinks else "attitude"  # other verbs of saying take no infinitive

    def _of_saying(self, speaks: bool) -> Act:
        """Return the act where the content is a clause or a phrase."""
        words, lemma = self.words, self._lemma
        if (
            self._is_question_put
            or self._is_acting
            or self._is_worth_saying
            or self._refers_back
            or (lemma in words.telling and self._content.is_object)
            or self._names_source
            or self._decides_request
            or (self._is_purpose and self._content.is_object)
        ):
            return "attitude"
        if lemma in words.evaluating - words.naming and self._content.is_person:
            return "attitude"  # "welcomed Roe to Oslo"
        tells = lemma in words.stating | words.evaluating
        names = lemma in words.naming
        if (names and self._content.holds_finite_verb) or (
            (tells or names) and (self._content.is_small_clause or self._is_of_relative)
        ):
            return "attitude" if self.candidate.factuality == "not_said" else "speech"
        if speaks and (
            self._content.holds_clause or self._content.is_introduced or self._content.is_complement
        ):
            return "speech"
        if (
            lemma in words.reporting - words.directing
            and self._content.is_verbal
            and self._gives_words
        ):
            return "speech"  # "spoke of the army leaving"
        if lemma in words.reporting - words.topical - words.showing and (
            self._content.is_reported and not self._content.is_object
        ):
            return "speech"
        if tells or (lemma in words.showing and self._source_lemma in words.documents):
            return "speech" if self._gives_words else "attitude"
        return "intention" if lemma in words.intending else "attitude"

    # The cue

    @cached_property
    def _lemma(self) -> str:
        return self._lemma_of(self.candidate.anchor)

    def _lemma_of(self, number: int) -> str:
        return fold_word(self.analysis.words[number].lemma)

    @cached_property
    def _labels(self) -> frozenset[str]:
        """The labels of what depends on the main word of the cue."""
        return frozenset(
            self.analysis.words[c].deprel for c in self.analysis.children(self.candidate.anchor)
        )

    @cached_property
    def _governors(self) -> frozenset[str]:
        """The lemmas of the words of the cue that its main word depends on."""
        cue = token_numbers(self.candidate.cue)
        over = self.analysis.ancestors(self.candidate.anchor)
        return frozenset(self._lemma_of(n) for n in over if n in cue)

    @cached_property
    def _is_quoted(self) -> bool:
        return self.quote_type != "indirect"

    @cached_property
    def _is_passive(self) -> bool:
        """True for a passive, also one without an auxiliary."""
        anchor = self.analysis.words[self.candidate.anchor]
        return "aux:pass" in self._labels or anchor.feat("Voice") == "Pass"

    @cached_property
    def _is_question_put(self) -> bool:
        """True where a question was put by nobody who is named ("asked about the sale, she")."""
        return (
            self._lemma in self.words.asking
            and not (self._content.holds_clause or self._content.is_introduced)
            and self._is_passive
            and "obl:agent" not in self._labels
        )

    @cached_property
    def _is_spoken_of(self) -> bool:
        """True where the source is the subject of a passive ("hostages confirmed to be free").

        Not where the cue has a clause with a subject of its own, and no auxiliary: then the parser
        has taken a past tense for a participle.
        """
        source, anchor = token_numbers(self.candidate.source), self.candidate.anchor
        if "aux:pass" not in self._labels and any(
            self.analysis.head(n) == anchor
            and self.analysis.words[n].deprel == "ccomp"
            and self._content.has_subject(n)
            for n in self._content.heads
        ):
            return False
        return self._is_passive and any(
            (self.analysis.head(n) == anchor and self.analysis.words[n].deprel == "nsubj:pass")
            or (n == self.analysis.head(anchor) and self.analysis.words[anchor].deprel == "acl")
            for n in source
        )

    @cached_property
    def _is_supposed(self) -> bool:
        """True where the cue stands in a condition."""
        cue = token_numbers(self.candidate.cue)
        return any(
            self._lemma_of(child) in self.words.conditional
            for n in cue
            for child in self.analysis.children(n)
            if self.analysis.words[child].deprel == "mark"
            and self.analysis.words[n].deprel == "advcl"
        )

    @cached_property
    def _is_acting(self) -> bool:
        """True where a particle makes a verb of speaking one of acting ("called off")."""
        return any(
            f"{self._lemma} {self._lemma_of(child)}" not in self.words.phrasals
            for child in self.analysis.children(self.candidate.anchor)
            if self.analysis.words[child].deprel == "compound:prt"
        )

    @cached_property
    def _is_worth_saying(self) -> bool:
        """True where nobody says but the reporter finds it so ("it is worth mentioning that")."""
        cue = token_numbers(self.candidate.cue)
        over = [n for n in self.analysis.ancestors(self.candidate.anchor) if n in cue]
        impersonal = any(
            self.analysis.words[c].deprel == "expl"
            for n in (self.candidate.anchor, *over)
            for c in self.analysis.children(n)
        )
        return not self.candidate.source and (
            (impersonal and not self._is_passive)
            or any(self.analysis.words[n].upos == "ADJ" for n in over)
        )

    @cached_property
    def _refers_back(self) -> bool:
        """True where the object of the cue is "this", which stands for what was said before.

        "He said *this* while addressing the committee", without a clause of its own.
        """
        said = self._lemma in self.words.reporting and "ccomp" not in self._labels
        return said and any(
            self.analysis.words[c].deprel == "obj"
            and self.analysis.words[c].feat("PronType") == "Dem"
            and self.analysis.words[c].upos == "PRON"
            for c in self.analysis.children(self.candidate.anchor)
        )

    @cached_property
    def _names_source(self) -> bool:
        """True where the object of a verb of citing is who said something ("cited Smith")."""
        analysis = self.analysis
        says = attribution_words(analysis.language).sayers
        return (
            self._lemma in self.words.citing
            and not self._is_quoted
            and self._content.is_object
            and not self._content.holds_finite_verb
            and all(
                self._lemma_of(n) in says or analysis.entity_kinds(frozenset({n})) & {"PER", "ORG"}
                for n in self._content.heads
            )
        )

    @cached_property
    def _decides_request(self) -> bool:
        """True where a request is decided on, or a question only put ("denied an appeal")."""
        words = self.words
        nouns: frozenset[str] = frozenset()
        if self._lemma in words.deciding:
            nouns = words.request_nouns
        elif self._lemma in words.asking:
            nouns = words.speech_nouns
        heads = self._content.heads
        return not self._is_quoted and bool(heads) and {self._lemma_of(n) for n in heads} <= nouns

    # The source

    @cached_property
    def _source_lemma(self) -> str:
        """The lemma of the head of the source, "" without one."""
        return "" if self._source_head is None else self._lemma_of(self._source_head)

    @cached_property
    def _source_head(self) -> int | None:
        """The head of the source."""
        return self.analysis.top(token_numbers(self.candidate.source))

    @cached_property
    def _is_nobodys(self) -> bool:
        """True where the source is "nobody", or "this", which stands for no speaker."""
        head = self._source_head
        return head is not None and self.analysis.words[head].feat("PronType") in ("Neg", "Dem")

    @cached_property
    def _is_measure(self) -> bool:
        """True where the source is what something goes by, and says nothing ("according to need").

        A common noun that is neither for somebody nor for what is read, said, thought or seen.
        """
        head, words = self._source_head, self.words
        telling = words.speech_nouns | words.thought_nouns | words.pictures
        return (
            head is not None
            and not self._is_quoted
            and not self._can_speak
            and self._source_lemma not in telling
            and not self.analysis.words[head].form[:1].isupper()
        )

    @cached_property
    def _can_speak(self) -> bool:
        """True where the source may be somebody, or a document: all but other common nouns."""
        head = self._source_head
        if head is None or self.analysis.words[head].upos != "NOUN":
            return True
        return self._source_lemma in self.words.speaking or bool(
            self._source_kinds & {"PER", "ORG"}
        )

    @cached_property
    def _source_kinds(self) -> frozenset[EntityKind]:
        """The kinds of the names in the source."""
        return self.analysis.entity_kinds(token_numbers(self.candidate.source))

    @cached_property
    def _is_present(self) -> bool:
        """True for a cue in the present: what people say is mostly told in the past."""
        return self.analysis.words[self.candidate.anchor].feat("Tense") == "Pres"

    @cached_property
    def _is_purpose(self) -> bool:
        """True where the cue is an infinitive of purpose ("appeared before them to defend")."""
        return (
            not self._governors
            and self.analysis.words[self.candidate.anchor].feat("VerbForm") == "Inf"
            and self.analysis.words[self.candidate.anchor].deprel in ("advcl", "acl", "xcomp")
        )

    @cached_property
    def _is_finding(self) -> bool:
        """True for what a document or an institution finds."""
        return (
            self._lemma in self.words.finding
            and self._content.holds_clause
            and (
                self._source_lemma
                in self.words.documents | self.words.organizations | self.words.inquirers
                or "ORG" in self._source_kinds
            )
        )

    # The content

    @cached_property
    def _content(self) -> ContentForm:
        """The content; of a phrase without what tells on what occasion."""
        whole = ContentForm(self.analysis, self.candidate)
        topic = before_occasion(self.analysis, whole.numbers)
        if self._is_quoted or whole.holds_clause or not topic:
            return whole
        return ContentForm(self.analysis, replace(self.candidate, content=token_ranges(topic)))

    @cached_property
    def _is_of_relative(self) -> bool:
        """True if the content tells what a pronoun stands for ("what the army called a clash")."""
        words, anchor = self.analysis.words, self.candidate.anchor
        relative = words[anchor].deprel == "acl:relcl" and self._lemma in self.words.naming
        return relative and words[self.analysis.head(anchor)].upos == "PRON"

    @cached_property
    def _gives_words(self) -> bool:
        """True where a phrase tells what was said: by a verb or by `MIN_PHRASE_WORDS`.

        A topic that was not spoken of, or by nobody, or the object of a feeling does not.
        """
        if self._is_quoted:
            return True
        if self.candidate.factuality == "not_said" or not self.candidate.source:
            return False
        if all(self.analysis.words[n].upos == "PRON" for n in self._content.heads):
            return False
        if self._lemma not in self.words.evaluating and not self._can_speak:
            return False
        if any(self._lemma_of(n) in self.words.feeling_nouns for n in self._content.heads):
            return False
        first = self.analysis.words[min(self._content.numbers)]
        if first.feat("PronType") == "Rel" and not any(
            map(self._content.is_verb, self._content.numbers)
        ):
            return False
        return len(self._content.numbers) >= MIN_PHRASE_WORDS or any(
            map(self._content.is_verb, self._content.numbers)
        )
