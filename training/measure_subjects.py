"""Measure the resolution of the subjects of verbs of speech in GUM.

Its annotators marked what refers to the same.

    python -m training.measure_subjects --gold DATA [--treebank gum-dev] [--wrong]       (seconds)

In: a treebank of GUM with `EntityMention=` in its last column. Its own trees are taken, and names
as `names_gum` finds them, so that neither parser nor tagger is measured. A subject counts that is a
pronoun of the third person (relative ones too) or a description with "the", whose verb is on the
lists of verbs of speech, and that the annotators hold for a person or an organization. The answer
is right when one mention of what the annotators say is meant holds all its words or is a short form
of its name, wrong otherwise; a description given back as printed is no answer.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotes.analysis import analyse
from quotes.errors import QuotesError
from quotes.language import Language
from quotes.language.lexicon import Lexicon, load_lexicon
from quotes.names.person import person_name
from quotes.names.short_forms import short_form_of
from quotes.parsing.conllu import read_conllu
from quotes.records import (
    Attribution,
    Document,
    EntityMention,
    Parse,
    Sentence,
    Span,
    SpeakerResolution,
)
from quotes.speakers import resolve
from quotes.text.folding import fold_name, fold_word
from quotes.text.quotation_marks import find_marks
from training.gold import DataError, Row, arguments, folder, read_words, spans
from training.measure_sources import Outcome
from training.names_gum import mentions, tagged

VERBS = ("speech-verbs", "telling-verbs")
SAID = ("ccomp", "parataxis", "xcomp", "obj")  # what of a verb of speech can be what is said
SPEAKING = ("person", "organization")
PHRASE = ("det", "amod", "compound", "nmod:poss", "flat", "nummod", "appos", "case", "nmod")


@dataclass(frozen=True)
class Text:
    """A document of the treebank: trees with names, and for each sentence its words as rows."""

    document: Document
    parse: Parse
    rows: Sequence[list[Row]]


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject beside the answer. `meant` are the words of each mention of what it refers to."""

    document: str
    form: str
    meant: tuple[str, ...]
    attribution: Attribution
    speaker: SpeakerResolution
    outcome: Outcome


def read_texts(path: Path) -> Iterator[Text]:
    """Yield the documents of a treebank.

    Raises:
        DataError: as above.
        ParseError: as above.
    """
    rows = list(read_words(path))
    names = tagged(rows)
    at = 0
    for document, parse in read_conllu(path):
        own = slice(at, at := at + len(parse.sentences))
        entities = [
            EntityMention(
                Span(sentence.words[start].span.start, sentence.words[end - 1].span.end),
                kind,  # type: ignore[arg-type]
            )
            for sentence, words in zip(parse.sentences, names[own], strict=True)
            for start, end, kind in spans([tag for _, tag in words])
        ]
        yield Text(document, Parse(parse.sentences, tuple(entities), parse.model), rows[own])


def measure(texts: Iterator[Text]) -> Iterator[Subject]:
    """Yield the subjects that count, each with its outcome."""
    lexicon = load_lexicon(english := Language.load("en"))
    verbs = frozenset(word for name in VERBS for word in english.words(name))
    for text in texts:
        chains = _chains(text)
        places = [
            (number, at)
            for number, sentence in enumerate(text.parse.sentences)
            for at, word in enumerate(sentence.words)
            if word.deprel in ("nsubj", "nsubj:outer")
            and word.head >= 0
            and sentence.words[word.head].lemma in verbs
        ]
        attributions = tuple(
            _attribution(text, number, at, str(n)) for n, (number, at) in enumerate(places)
        )
        marks = find_marks(text.document.text, english)
        analysis = analyse(text.document, english, text.parse, marks)
        found, _ = resolve(analysis, attributions)
        for (number, at), attribution, speaker in zip(places, attributions, found, strict=True):
            form = _form(text.parse.sentences[number], at, lexicon)
            meant = _meant(text, chains, number, at)
            if form and meant:
                yield Subject(
                    text.document.id,
                    form,
                    meant,
                    attribution,
                    speaker,
                    _grade(form, meant, attribution, speaker, text.document.text, lexicon),
                )


def _form(sentence: Sentence, at: int, lexicon: Lexicon) -> str | None:
    word = sentence.words[at]
    known = lexicon.pronouns.get(fold_word(word.form))
    if known is not None and word.upos == "PRON":
        return "pronoun" if known.person == 3 and known.refers in ("personal", "relative") else None
    below = [
        fold_word(sentence.words[i].form)
        for i in sentence.children[at]
        if sentence.words[i].deprel == "det"
    ]
    return "nominal" if word.upos == "NOUN" and "the" in below else None


def _attribution(text: Text, number: int, at: int, name: str) -> Attribution:
    """Return the attribution of the verb whose subject stands at a word."""
    sentence = text.parse.sentences[number]
    verb = sentence.words[at].head
    source = _around(
        sentence, [i for i in sentence.subtree(at) if i == at or _in_phrase(sentence, i, at)]
    )
    said = [
        i
        for child in sentence.children[verb]
        if sentence.words[child].deprel in SAID
        for i in sentence.subtree(child)
    ]
    content = _around(
        sentence, [i for i in said if not source.overlaps(sentence.words[i].span)] or [verb]
    )
    cue = sentence.words[verb].span
    return Attribution(
        id=name,
        document=text.document.id,
        content=(content,),
        cue=(cue,),
        source=(source,),
        type="indirect",
        rule="gold",
        confidence=1.0,
    )


def _in_phrase(sentence: Sentence, index: int, head: int) -> bool:
    """Return whether a word belongs to the noun phrase of `head`, relative clauses aside."""
    while index != head:
        if sentence.words[index].deprel not in PHRASE:
            return False
        index = sentence.words[index].head
    return True


def _around(sentence: Sentence, indices: Sequence[int]) -> Span:
    return Span(
        min(sentence.words[i].span.start for i in indices),
        max(sentence.words[i].span.end for i in indices),
    )


def _chains(text: Text) -> dict[str, list[tuple[int, int, int]]]:
    """For each person and organization of the annotation its mentions.

    Sentence, first word, word after the last.
    """
    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, rows in enumerate(text.rows):
        for mention in (m for m in mentions(rows) if m.kind in SPEAKING):
            found[mention.entity].append((number, mention.start, mention.end))
    return found


def _meant(
    text: Text, chains: dict[str, list[tuple[int, int, int]]], number: int, at: int
) -> tuple[str, ...]:
    """Return the words of all other mentions of what a subject refers to, pronouns aside."""
    covering = [
        (end - start, entity)
        for entity, places in chains.items()
        for own, start, end in places
        if own == number and start <= at < end
    ]
    if not covering:
        return ()
    entity = min(covering)[1]
    words = [
        text.parse.sentences[own].words[start:end]
        for own, start, end in chains[entity]
        if (own, start) != (number, at)
    ]
    return tuple(
        " ".join(word.form for word in some)
        for some in words
        if not all(word.upos == "PRON" for word in some)
    )


def _grade(
    form: str,
    meant: tuple[str, ...],
    attribution: Attribution,
    speaker: SpeakerResolution,
    text: str,
    lexicon: Lexicon,
) -> Outcome:
    given = fold_name(speaker.speaker or "").split()
    own = fold_name(attribution.source[0].of(text)).split()
    if not given or (form == "nominal" and all(word in own for word in given)):
        return "silent"
    return (
        "right" if any(_fits(speaker.speaker or "", some, lexicon) for some in meant) else "wrong"
    )


def _fits(given: str, mention: str, lexicon: Lexicon) -> bool:
    words = fold_name(mention).split()
    bare = person_name(mention.partition(" ,")[0], lexicon.language)
    return (
        all(word in words for word in fold_name(given).split())
        or short_form_of(bare, person_name(given, lexicon.language)) is not None
    )


def main(given: Sequence[str] | None = None) -> None:
    options = arguments(__doc__)
    options.add_argument(
        "--treebank", default="gum-dev", help="name of the file in treebanks/ (default: gum-dev)"
    )
    options.add_argument("--wrong", action="store_true", help="show what is wrong or silent")
    a = options.parse_args(given)
    found = list(measure(read_texts(folder(a.gold) / "treebanks" / f"{a.treebank}.conllu")))
    for form in (*sorted({one.form for one in found}), "all"):
        seen = Counter(one.outcome for one in found if form in (one.form, "all"))
        answered = seen["right"] + seen["wrong"]
        print(f"{form}: {seen.total()} subjects, {answered} answered, {seen['right']} right")
    if a.wrong:
        for one in (one for one in found if one.outcome != "right"):
            why = f"{one.speaker.resolved_by}, {one.speaker.speaker_confidence}"
            print(
                f"{one.outcome}: {one.document} {one.attribution.source[0].start}: "
                f"{one.speaker.speaker} for {one.meant[0]} ({why})"
            )


if __name__ == "__main__":
    try:
        main()
    except (DataError, QuotesError) as error:
        sys.exit(f"measure_subjects: {error}")
