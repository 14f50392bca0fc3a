"""The speaker of each attribution: the order of the steps, and when to give no name.

In: an `Analysis`, its attributions, and the entities of the chunks before. Out: a
`SpeakerResolution` for each attribution, and the entities. A wrong name costs more than none: below
the threshold `speaker_name` of the language the speaker is None.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from quotes.analysis import Analysis
from quotes.language.lexicon import Lexicon, load_lexicon
from quotes.names.short_forms import display_name
from quotes.records import Attribution, Document, Kind, Span, SpeakerResolution
from quotes.speakers.antecedent_network import AntecedentRanker
from quotes.speakers.coreference import Observer, corefer
from quotes.speakers.described_roles import role_beside, with_described_roles
from quotes.speakers.discourse import (
    Antecedent,
    Discourse,
    QuotedSpeech,
    narrated_numbers,
    paragraph_numbers,
)
from quotes.speakers.entities import DocumentEntities, Entity, best_role
from quotes.speakers.entity_linking import link_names
from quotes.speakers.implied_groups import (
    MEMBER_CONFIDENCE,
    interview_label,
    interviewee,
    member_of_group,
    spokesperson,
)
from quotes.speakers.mentions import Mention, by_sentence, mentions
from quotes.speakers.narrator import narrator
from quotes.speakers.referents import referents_of
from quotes.speakers.reporters import reporter_phrases, reporters_around
from quotes.speakers.source_phrases import Source, find_source
from quotes.speakers.turns import turns
from quotes.text.folding import fold_word

NO_ENTITIES = DocumentEntities()
QUANTITY = "quantity"  # the sort of determiners that a description keeps
BODY_CONFIDENCE = 0.9  # of a group, an organization or a document that is given as printed
PRINTED_CONFIDENCE = 0.8  # of a person whose name is withheld
DEFINITE_CONFIDENCE = 0.7  # of a definite one that fits nobody who is named


@dataclass(frozen=True, slots=True)
class Resolution:
    """The speaker of one attribution; `entity` is its number among the entities."""

    speaker: str | None
    kind: Kind | None
    role: str | None
    confidence: float
    step: str
    entity: int | None = None


def resolve(
    analysis: Analysis,
    attributions: Sequence[Attribution],
    *,
    known: DocumentEntities = NO_ENTITIES,
    ranker: AntecedentRanker | None = None,
) -> tuple[tuple[SpeakerResolution, ...], DocumentEntities]:
    """Resolve the source of each attribution of a chunk.

    Args:
        analysis: The chunk.
        attributions: Its attributions.
        known: The entities of the chunks before it.
        ranker: Ranks antecedents by the encoder's states; without it by evidence alone.

    Returns:
        A resolution for each attribution, in their order, and the entities known after the chunk.

    Raises:
        RuleError: where a word list of the language is missing.
    """
    if not analysis.parse.sentences:
        return tuple(SpeakerResolution() for _ in attributions), known
    lexicon = load_lexicon(analysis.language)
    discourse, sources, entities = read_discourse(analysis, attributions, known, ranker=ranker)
    resolved = {
        attribution.id: _resolution(attribution, source, discourse, entities, lexicon)
        for attribution, source in zip(attributions, sources, strict=True)
    }
    spoke = (discourse.referents[referent].entity for _, _, referent in reversed(discourse.turns))
    last = next((entity for entity in spoke if entity is not None), known.speaker)
    by_id = {attribution.id: attribution for attribution in attributions}
    names = {number: resolution.speaker for number, resolution in resolved.items()}
    speakers = []
    for attribution in attributions:
        beside = _named_beside(attribution, analysis, discourse, entities, lexicon)
        reporters = reporters_around(attribution, names, by_id, beside)
        speakers.append(_speaker(resolved[attribution.id], reporters))
    return tuple(speakers), DocumentEntities(entities, last)


def read_discourse(
    analysis: Analysis,
    attributions: Sequence[Attribution],
    known: DocumentEntities,
    *,
    observe: Observer | None = None,
    ranker: AntecedentRanker | None = None,
) -> tuple[Discourse, list[Source | None], tuple[Entity, ...]]:
    """Find the antecedent of each mention, the phrase of each source, and the entities so far.

    `observe` is that of `corefer`, `ranker` that of `resolve`.
    """
    document, parse, lexicon = analysis.document, analysis.parse, load_lexicon(analysis.language)
    found, sources = _mentions_and_sources(analysis, attributions, lexicon)
    unlisted = frozenset(
        (s.sentence, s.head)
        for s in sources
        if s and s.mention is None and s.head >= 0 and s.definite == "indefinite" and not s.kind
    )
    if unlisted:
        found, sources = _mentions_and_sources(analysis, attributions, lexicon, speaking=unlisted)
    speaking = frozenset(s.mention for s in sources if s is not None and s.mention is not None)
    entities, links = link_names(
        document, parse.sentences, found, known, lexicon, speaking=speaking
    )
    taken = turns(parse, attributions, sources)
    speeches = [
        QuotedSpeech(
            attribution.content,
            attribution.type == "direct",
            s.mention if s else None,
            turn,
            attribution.confidence,
        )
        for attribution, s, turn in zip(attributions, sources, taken, strict=True)
    ]
    marked = tuple(part for mark in analysis.marks if mark.level == 0 for part in mark.parts)
    discourse = Discourse(
        document,
        parse.sentences,
        found,
        speeches,
        marked,
        lexicon,
        referents_of(entities),
        paragraph_numbers(analysis),
        narrated_numbers(parse.sentences, marked),
        texts={s.mention: s.text for s in sources if s is not None and s.mention is not None},
        joint={
            found[s.mention].span.start: s.text
            for s in sources
            if s is not None and s.mention is not None and s.several
        },
        speaker=known.speaker,
        ranker=ranker,
    )
    corefer(discourse, links, observe=observe)
    return discourse, sources, with_described_roles(discourse, entities)


def _mentions_and_sources(
    analysis: Analysis,
    attributions: Sequence[Attribution],
    lexicon: Lexicon,
    *,
    speaking: Set[tuple[int, int]] = frozenset(),
) -> tuple[tuple[Mention, ...], list[Source | None]]:
    """Return the mentions of a chunk and the source of each attribution.

    `speaking` is that of `mentions`.
    """
    found = mentions(analysis, speaking=speaking)
    numbers = by_sentence(found)
    return found, [
        find_source(analysis.document, analysis.parse, found, numbers, attribution.source, lexicon)
        for attribution in attributions
    ]


def _resolution(
    attribution: Attribution,
    source: Source | None,
    discourse: Discourse,
    entities: Sequence[Entity],
    lexicon: Lexicon,
) -> Resolution:
    if source is None:
        return _from_markup(attribution, discourse.document)
    mention = discourse.mentions[source.mention] if source.mention is not None else None
    if source.several:
        return Resolution(
            source.text, "group", None, BODY_CONFIDENCE, "several speakers, as printed"
        )
    label = interview_label(source, discourse)
    if label is not None:
        return _of_label(label, source, discourse, entities, lexicon)
    member = member_of_group(source, discourse)
    if member is not None:
        return Resolution(
            member, "unnamed", None, MEMBER_CONFIDENCE, "member of a group that was named before"
        )
    if not source.text:
        return Resolution(None, None, None, 0.0, "unresolved: nobody in particular")
    if mention is None:
        return _described(source, None, None, lexicon)
    answer = discourse.antecedents.get(source.mention) if source.mention is not None else None
    if mention.form == "nominal":
        return _of_nominal(source, answer, mention, discourse, entities, lexicon)
    if mention.form == "name":
        named = _of_name(source, answer, mention, discourse, entities, lexicon)
        return in_full(named, attribution, discourse.document)
    return _of_pronoun(source, answer, mention, discourse, entities, lexicon)


def _of_label(
    label: str,
    source: Source,
    discourse: Discourse,
    entities: Sequence[Entity],
    lexicon: Lexicon,
) -> Resolution:
    """Resolve the label of an answer to the person who is interviewed, of a question to nobody."""
    person = interviewee(discourse) if label == "answer" else None
    if person is None:
        return Resolution(None, None, None, 0.0, f"unresolved: the label of {label}s")
    answer = Antecedent(person, "the person interviewed", MEMBER_CONFIDENCE)
    return _of_entity(answer, source, discourse, entities, lexicon)


def _from_markup(attribution: Attribution, document: Document) -> Resolution:
    """Resolve an attribution whose source is no word of the text: a post has its author."""
    for embed in document.embeds:
        if embed.author and any(embed.content.overlaps(span) for span in attribution.content):
            return Resolution(embed.author, "person", None, 0.9, "author of the embedded post")
    return Resolution(None, None, None, 0.0, "unresolved: no source")


def in_full(made: Resolution, attribution: Attribution, document: Document) -> Resolution:
    """Return the name as the markup gives it where the tagger found a part of it."""
    known, role = set((made.speaker or "").split()), set((made.role or "").split())
    for embed in document.embeds:
        if embed.author and embed.source and any(map(embed.source.overlaps, attribution.source)):
            words = set(embed.author.split())
            if known < words and not words - known <= role:
                return replace(made, speaker=embed.author)
    return made


ASIDE_CONFIDENCE = 0.8  # of a full name seen once, outside of running text


def _of_name(
    source: Source,
    answer: Antecedent | None,
    mention: Mention,
    discourse: Discourse,
    entities: Sequence[Entity],
    lexicon: Lexicon,
) -> Resolution:
    if answer is None:
        printed = display_name(mention.span.of(discourse.document.text), lexicon)
        unclear = mention.entity in ("PER", None)
        if (
            mention.entity == "PER" and " " in printed
        ):  # in a headline, credit or caption, where no new people are looked for
            role = role_beside(discourse, mention)
            return Resolution(printed, "person", role, ASIDE_CONFIDENCE, "named in full")
        reason = "unresolved: several people share this name" if unclear else "as printed"
        return Resolution(
            None if unclear else printed,
            "person" if unclear else mention.kind,
            None,
            0.0 if unclear else 0.6,
            reason,
        )
    return _of_entity(answer, source, discourse, entities, lexicon)


def _of_entity(
    answer: Antecedent,
    source: Source,
    discourse: Discourse,
    entities: Sequence[Entity],
    lexicon: Lexicon,
) -> Resolution:
    referent = discourse.referents[answer.referent]
    if referent.entity is None or answer.confidence < lexicon.language.thresholds.speaker_name:
        return Resolution(
            None,
            referent.kind,
            None,
            answer.confidence,
            f"unresolved: too uncertain ({answer.step})",
        )
    entity = entities[referent.entity]
    sentence = discourse.sentences[source.sentence]
    near = range(sentence.span.start, sentence.span.end)
    role = source.title or best_role(entity, near, lexicon)
    return Resolution(
        entity.name, referent.kind, role, answer.confidence, answer.step, referent.entity
    )


def _of_pronoun(
    source: Source,
    answer: Antecedent | None,
    mention: Mention,
    discourse: Discourse,
    entities: Sequence[Entity],
    lexicon: Lexicon,
) -> Resolution:
    if answer is not None:
        referent = discourse.referents[answer.referent]
        if (
            referent.entity is not None
            or answer.confidence < lexicon.language.thresholds.speaker_name
        ):
            return _of_entity(answer, source, discourse, entities, lexicon)
        return _of_description(
            referent.text, referent.kind, referent.noun, referent.number, answer, lexicon
        )
    if mention.person == 1 and not discourse.is_marked(mention.span):
        found = narrator(mention, discourse.document, lexicon.language)
        if found is not None:
            return Resolution(found.name, found.kind, None, found.confidence, found.step)
    if mention.refers == "group":
        return Resolution(source.text, "group", None, BODY_CONFIDENCE, "as printed")
    reason = "nobody in particular" if mention.refers == "generic" else "nobody fits the pronoun"
    return Resolution(None, None, None, 0.0, f"unresolved: {reason}")


def _of_description(
    text: str, kind: Kind | None, noun: str, number: str, answer: Antecedent, lexicon: Lexicon
) -> Resolution:
    """Resolve a pronoun that means somebody who is described, not named."""
    text = _without_determiners(text, lexicon)
    kind = "unnamed" if kind == "person" or noun in lexicon.always_unnamed else kind
    role = _role_in(text, noun, lexicon) if kind == "unnamed" and number == "sing" else None
    return Resolution(text, kind, role, answer.confidence, answer.step)


def _of_nominal(
    source: Source,
    answer: Antecedent | None,
    mention: Mention,
    discourse: Discourse,
    entities: Sequence[Entity],
    lexicon: Lexicon,
) -> Resolution:
    referent = discourse.referents[answer.referent] if answer else None
    if (
        answer
        and referent
        and referent.entity is not None
        and answer.confidence >= lexicon.language.thresholds.speaker_name
    ):
        named = _of_entity(answer, source, discourse, entities, lexicon)
        definite = source.definite == "definite"
        described = _role_in(source.text, source.noun, lexicon) if definite else None
        return replace(named, role=named.role or described)
    speaks_for = spokesperson(source, discourse)
    if speaks_for is not None:
        step = "spokesperson of the organization that was named before"
        return Resolution(speaks_for, "unnamed", speaks_for, MEMBER_CONFIDENCE, step)
    return _described(source, answer, referent.text if referent else None, lexicon)


def _described(
    source: Source, answer: Antecedent | None, earlier: str | None, lexicon: Lexicon
) -> Resolution:
    """Resolve a description of somebody who is not named.

    It is given as printed, with the kind that its words show.
    """
    kind = source.kind
    if kind == "group":
        shown: Kind = "unnamed" if source.withheld else "group"
        return Resolution(source.text, shown, None, BODY_CONFIDENCE, "as printed")
    if kind == "person":
        return _described_person(source, earlier, lexicon)
    if kind is None:
        return Resolution(
            source.text,
            None,
            None,
            lexicon.language.thresholds.speaker_name,
            "as printed, kind unknown",
        )
    return Resolution(source.text, kind, None, BODY_CONFIDENCE, "as printed")


def _described_person(source: Source, earlier: str | None, lexicon: Lexicon) -> Resolution:
    """Resolve a description of one person whom the text never names, as it is first printed."""
    text, first = source.text, _without_determiners(earlier or "", lexicon)
    if source.definite == "definite" and first.split()[-1:] == text.split()[-1:]:
        text = max(text, first, key=len)
    elif first and _says_only_person(source, lexicon):
        text = first  # "the woman", where the text began with a retired teacher
    withheld = source.definite in ("indefinite", "bare") or source.withheld
    step = "as printed: name withheld" if withheld else "as printed: name not given"
    sure = PRINTED_CONFIDENCE if withheld or source.possessor else DEFINITE_CONFIDENCE
    role = _role_in(_without_determiners(text, lexicon), source.noun, lexicon)
    return Resolution(text, "unnamed", role, sure, step)


def _says_only_person(source: Source, lexicon: Lexicon) -> bool:
    """Return True for a definite article and a noun for any man or any woman."""
    general = source.noun in lexicon.people and not lexicon.is_role(source.noun)
    shown = lexicon.gender_of([source.noun]) is not None
    return source.definite == "definite" and general and shown and len(source.text.split()) == 1


def _without_determiners(text: str, lexicon: Lexicon) -> str:
    """Return a description without the determiners in front, but for those that say how many."""
    words = text.split()
    while len(words) > 1 and lexicon.determiners.get(fold_word(words[0]), QUANTITY) != QUANTITY:
        words.pop(0)
    return " ".join(words)


def _role_in(text: str, noun: str, lexicon: Lexicon) -> str | None:
    """Return a description as a role, None where it says no more than that somebody is a person."""
    office = lexicon.is_role(noun) and noun not in lexicon.kinship
    return text if office and noun not in lexicon.always_unnamed else None


def _named_beside(
    attribution: Attribution,
    analysis: Analysis,
    discourse: Discourse,
    entities: Sequence[Entity],
    lexicon: Lexicon,
) -> dict[Span, str]:
    """Return the names of the reporters beside an attribution, by the phrases that name them."""
    found, numbers = discourse.mentions, discourse.of_sentence
    names = {}
    for phrase in reporter_phrases(analysis.parse, attribution, lexicon):
        passed_on = replace(attribution, source=(phrase,))
        source = find_source(analysis.document, analysis.parse, found, numbers, (phrase,), lexicon)
        name = _resolution(passed_on, source, discourse, entities, lexicon).speaker
        if name:
            names[phrase] = name
    return names


def _speaker(own: Resolution, reporters: tuple[str, ...]) -> SpeakerResolution:
    """Return a resolution as the record that leaves the stage."""
    return SpeakerResolution(
        speaker=own.speaker,
        kind=own.kind,
        role=own.role,
        speaker_confidence=round(own.confidence if own.speaker else 0.0, 3),
        resolved_by=own.step,
        reported_by=reporters,
    )
