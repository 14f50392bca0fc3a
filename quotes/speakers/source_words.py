"""The words of a source as an attribution has it, without what only stands beside it.

In: a sentence, the words of the source, the mentions. Out: the words of who speaks: with the
subject of which they are the complement; without a dateline, a time and an opening adverbial.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.analysis import is_participle
from quotes.language.lexicon import Lexicon
from quotes.records import Sentence
from quotes.speakers.mentions import Mention, noun_phrase_start
from quotes.text.folding import fold_word

DASHES = frozenset({"—", "–", "--"})
MAX_DATELINE = 8  # words of a place, a day and an agency


def source_words(
    sentence: Sentence, words: tuple[int, ...], own: Sequence[Mention], lexicon: Lexicon
) -> tuple[int, ...]:
    """Return the words of who speaks; `own` are the mentions of the sentence."""
    words = _with_subject(sentence, _without_dateline(sentence, words))
    return _without_adverbial(sentence, _without_time(sentence, words, own, lexicon), own)


def _without_dateline(sentence: Sentence, words: tuple[int, ...]) -> tuple[int, ...]:
    """Return a source without the place before a dash that opens a report ("OSLO — | Police")."""
    if words[0] != 0:
        return words
    size = min(MAX_DATELINE, words[-1])
    dash = next((i for i in range(1, size) if sentence.words[i].form in DASHES), None)
    if dash is None or any(
        word.upos not in ("PROPN", "PUNCT", "NUM", "ADJ") or word.form.islower()
        for word in sentence.words[:dash]
    ):
        return words
    return tuple(i for i in words if i > dash) or words


def _with_subject(sentence: Sentence, words: tuple[int, ...]) -> tuple[int, ...]:
    """Return a source with the subject of which it is only the complement.

    "researchers from | the Harbour Institute": who speaks are the researchers.
    """
    top = next((i for i in words if sentence.words[i].head not in words), None)
    if top is None or sentence.words[top].deprel != "nmod":
        return words
    head = sentence.words[top].head
    named = next(i for i in words if sentence.words[i].upos not in ("ADP", "DET") or i == top)
    subject, between = sentence.words[head], sentence.words[head + 1 : named]
    led = bool(between) and all(word.upos in ("ADP", "DET") for word in between)
    if not (led and subject.upos == "NOUN" and subject.deprel.startswith("nsubj")):
        return words
    return (*range(noun_phrase_start(sentence, head), words[0]), *words)


def _without_time(
    sentence: Sentence, words: tuple[int, ...], own: Sequence[Mention], lexicon: Lexicon
) -> tuple[int, ...]:
    """Return the words of a source without a time at its end ("officials | late on Saturday")."""
    word = sentence.words[words[-1]]
    named = any(m.form == "name" and m.start <= words[-1] < m.end for m in own)
    if named or not {word.form, fold_word(word.form)} & lexicon.calendar:
        return words
    time, before = words[-1], words[:-1]
    while before and (
        sentence.words[before[-1]].upos in ("ADP", "ADV", "DET")
        or sentence.words[before[-1]].head == time  # "last week"
    ):
        before = before[:-1]
    nouns = ("NOUN", "PROPN", "PRON")
    return before if any(sentence.words[i].upos in nouns for i in before) else words


def _without_adverbial(
    sentence: Sentence, words: tuple[int, ...], own: Sequence[Mention]
) -> tuple[int, ...]:
    """Return a source without the name at the end of an adverbial that opens its sentence.

    "In a letter to Ann Roe, | Bo Lind, a beekeeper, wrote".
    """
    people = [m for m in own if m.form == "name" and m.entity == "PER" and m.end > words[0]]
    if len(people) < 2 or people[1].title != people[0].end + 1:
        return words
    first, second = people[:2]
    start, end = min(first.title, words[0]), words[-1] + 1
    while end < len(sentence.words) and sentence.words[end].upos in ("PUNCT", "ADV"):
        end += 1
    apart = (
        sentence.words[first.end].form == ","
        and second.end <= words[-1] + 1
        and end < len(sentence.words)
        and sentence.words[end].upos in ("VERB", "AUX")
        and _is_adverbial(sentence, start)
    )
    return tuple(i for i in words if i >= second.title) if apart else words


def _is_adverbial(sentence: Sentence, end: int) -> bool:
    """Return True if the words up to `end` open an adverbial: "Speaking to", "In a letter to"."""
    before = [word for word in sentence.words[:end] if word.upos not in ("PUNCT", "CCONJ", "ADV")]
    if not before or any(word.feat("VerbForm") == "Fin" for word in before):
        return False
    return before[0].upos in ("ADP", "SCONJ") or is_participle(before[0])
