"""Whether a time in the clause of a cue is that of the saying.

In: a time expression, the cue or the verb that it hangs on, the words of the attribution. Out: yes
or no, where the tree alone misleads: times of what lies between the two, days taken for objects,
times that stand in the content and hang on the cue.
"""

from __future__ import annotations

from quotes.analysis import Analysis
from quotes.dates.cited import ENDS
from quotes.dates.expressions import expression, names_day
from quotes.dates.sayings import Saying
from quotes.dates.time_words import TimeWords
from quotes.records import Word
from quotes.text.folding import fold_word

PHRASES = ("obl", "nmod")


def lies_elsewhere(
    analysis: Analysis, time: frozenset[int], verb: int, saying: Saying, words: TimeWords
) -> bool:
    """Return True if a time that hangs on the verb may be that of something else between them.

    That is unquoted words of the content, another verb, a clause after a comma, a topic ("about the
    raid on Monday"); where it is no day, also a noun of the source ("said the head of the campaign
    last year"); where it is a mere month or year, an object ("listed the tasks in 2016"). Or, where
    it opens the sentence and is no day, the content that follows.
    """
    first = min(time)
    kinds = {words.kind(analysis.words[n].form) for n in time}
    day = names_day(analysis, time, words)
    if first < verb:
        if any(first < n < verb for n in saying.content):
            return True  # "on Monday the two men spoke, she said"
        if any(analysis.words[n].form in ENDS for n in range(max(time) + 1, verb)):
            return True  # two sentences in one
        return not day and _tells_of_the_past(analysis, verb)
    quoted = _behind_marks(analysis, verb, first)
    if any(verb < end < first for end in saying.open_ends) and not (
        quoted or _named(analysis, verb, first, saying)
    ):
        return True
    before = next((n for n in range(first - 1, verb, -1) if analysis.words[n].upos != "ADV"), verb)
    if before != verb and analysis.words[before].form == ",":
        return True
    if any(
        analysis.words[n].upos == "VERB" for n in range(verb + 1, first) if n not in saying.content
    ):
        return True
    between = [n for n in range(verb + 1, first) if analysis.words[n].upos == "NOUN"]
    if not day and any(n in saying.source for n in between):
        return True
    said_before = bool(saying.content) and max(saying.content) < verb
    free = said_before or quoted or verb not in saying.cue  # the object is not what is said
    if not (day or free or kinds & {"unit", "recent"}) and any(
        analysis.words[n].deprel == "obj" for n in between
    ):
        return True
    return any(n not in saying.source and _is_topic(analysis, n, words) for n in between)


def _behind_marks(analysis: Analysis, verb: int, first: int) -> bool:
    """Return True for a time right behind a quotation mark: "called it “a mistake” in May"."""
    before = first - 1
    while before > verb and analysis.words[before].upos in ("ADP", "ADV"):
        before -= 1
    return before > verb + 1 and analysis.words[before].form == '"'


def _named(analysis: Analysis, verb: int, end: int, saying: Saying) -> bool:
    """Return True if the content up to a time is a name for something, behind the verb.

    "Declared it a “public emergency” on January 31": a time behind it is none of the name's.
    """
    between = [n for n in range(verb + 1, end) if not analysis.is_punct(n)]
    return (
        bool(between)
        and all(analysis.words[n].upos not in ("VERB", "AUX") for n in between)
        and any(analysis.words[n].deprel == "xcomp" and analysis.head(n) == verb for n in between)
        and end not in saying.content
    )


def _tells_of_the_past(analysis: Analysis, verb: int) -> bool:
    """Return True if the clause of the verb is in the simple past and without a conjunction.

    A time before both may be that of either: "Last year, she said she visited Oslo."
    """
    for clause in analysis.children(verb):
        word = analysis.words[clause]
        if (
            word.deprel == "ccomp"
            and clause > verb
            and word.upos == "VERB"
            and (word.feat("VerbForm"), word.feat("Tense")) == ("Fin", "Past")
        ):
            return (
                all(analysis.words[c].deprel != "mark" for c in analysis.children(clause))
                and not analysis.marks_at[clause]
            )
    return False


def _is_topic(analysis: Analysis, noun: int, words: TimeWords) -> bool:
    """Return True if the noun follows a preposition that leads to what is spoken about."""
    word = analysis.words[noun]
    cases = {
        fold_word(analysis.words[c].form)
        for c in analysis.children(noun)
        if analysis.words[c].deprel == "case" and analysis.words[c].upos == "ADP"
    }
    return word.deprel.startswith(PHRASES) and bool(
        cases
        - words.prepositions
        - (words.genitive_prepositions if word.deprel.startswith("nmod") else frozenset())
    )


def stands_open(
    analysis: Analysis, number: int, verb: int, saying: Saying, words: TimeWords
) -> bool:
    """Return True for a time in the content that the tree gives to the cue, with no verb between.

    "Accused the firm | in May | of lying".
    """
    time = expression(analysis, number, words)
    if (
        time is None
        or verb not in saying.cue
        or min(time) < verb
        or analysis.words[number].deprel != "obl"
    ):
        return False
    behind = max(time) + 1
    follows = behind < len(analysis.words) and behind in saying.content
    between = range(verb + 1, min(time))
    return (
        follows
        and analysis.words[behind].upos in ("ADP", "SCONJ")
        and any(analysis.words[n].deprel == "obj" for n in between)
        and not any(analysis.marks_at[n] for n in (*between, *time))
        and all(analysis.words[n].upos not in ("VERB", "AUX", "SCONJ") for n in between)
    )


def is_mistaken(word: Word, number: int, saying: Saying, words: TimeWords) -> bool:
    """Return True if a day right after the verb was taken for its object or subject.

    "Said Thursday".
    """
    return (
        word.deprel in ("obj", "nsubj")
        and number not in saying.source
        and words.kind(word.form) in ("weekday", "deictic")
    )
