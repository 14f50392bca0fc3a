"""Sources that belong to somebody whom only the text before names.

In: a source and the discourse. Out: its description with whom it belongs to. "One" and "two" are
members of the last group ("one of the bakers", "two bakers"); "a spokesman" and "a company
spokesman" speak for the organization that was named last ("Acme spokesman"); "A:" before an answer
stands for whoever speaks in the text around the interview.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from quotes.language.lexicon import Lexicon
from quotes.names.short_forms import display_name
from quotes.records import Sentence
from quotes.speakers.discourse import Discourse
from quotes.speakers.mentions import Mention
from quotes.speakers.source_phrases import Source
from quotes.text.folding import fold_word

NEAR_SENTENCES = 2  # back to the group or organization
ANY_NUMBER = "num"  # the entry of the list of members for numbers
MEMBER_CONFIDENCE = 0.7


def member_of_group(source: Source, discourse: Discourse) -> str | None:
    """Return what a number or "one" is a member of, with it: "one of the bakers"."""
    lexicon, sentence = discourse.lexicon, discourse.sentences[source.sentence]
    words = [sentence.words[i] for i in source.words]
    first = fold_word(words[0].form)
    pattern = lexicon.members.get(first) or (
        lexicon.members.get(ANY_NUMBER) if words[0].upos == "NUM" else None
    )
    rest = [fold_word(word.form) for word in words[1:]]
    if pattern is None or (rest and " ".join(rest) not in lexicon.of_them):
        return None
    group = _last(discourse, source, lambda m: m.form == "nominal" and m.kind == "group")
    if group is None or group.number != "plur":
        return None
    return pattern.format(number=first, group=_whole(discourse, group))


def interview_label(source: Source, discourse: Discourse) -> str | None:
    """Return what a label at the start of a line stands before: "A: We won." is an answer."""
    text, words = discourse.document.text, discourse.sentences[source.sentence].words
    start, end = words[source.words[0]].span.start, words[source.words[-1]].span.end
    if not (start == 0 or text[start - 1] == "\n") or text[end : end + 1] != ":":
        return None
    return discourse.lexicon.interview_labels.get(fold_word(text[start:end]))


def interviewee(discourse: Discourse) -> int | None:
    """Return the person named in the text who speaks most often outside of the interview."""
    spoke = Counter(
        referent
        for _, _, referent in discourse.turns
        if discourse.referents[referent].entity is not None
        and discourse.referents[referent].kind == "person"
        and fold_word(discourse.referents[referent].text) not in discourse.lexicon.interview_labels
    )
    return spoke.most_common(1)[0][0] if spoke else None


def spokesperson(source: Source, discourse: Discourse) -> str | None:
    """Return a spokesperson with the organization that is spoken for, where it is not said."""
    lexicon, sentence = discourse.lexicon, discourse.sentences[source.sentence]
    words = [sentence.words[i] for i in source.words]
    folded = [fold_word(word.form) for word in words]
    if source.noun not in lexicon.spokespeople or source.possessor or source.number != "sing":
        return None
    if folded[-1] != source.noun or any(word.upos == "PROPN" for word in words):
        return None
    before = [word for word in folded[:-1] if word not in lexicon.determiners]
    if len(before) > 1:
        return None

    def speaks(mention: Mention) -> bool:
        if mention.form != "name" or mention.entity not in ("ORG", None):
            return False
        name = fold_word(mention.span.of(discourse.document.text)).split()
        return not before or before[0] in lexicon.any_organization or before[0] in name

    found = _last(discourse, source, speaks)
    index = discourse.mentions.index(found) if found is not None else -1
    answer = discourse.named.get(index)
    if answer is None:
        return None
    name = discourse.referents[answer.referent].text
    return f"{_without_article(name, lexicon)} {words[-1].form}"


def _last(discourse: Discourse, source: Source, fits: Callable[[Mention], bool]) -> Mention | None:
    """Return the mention that fits in the sentences before: a subject, else the last."""
    start = discourse.sentences[source.sentence].words[source.words[0]].span.start
    near = [
        mention
        for mention in discourse.mentions
        if mention.span.end <= start
        and mention.sentence <= source.sentence
        and discourse.distance(mention.sentence, source.sentence) <= NEAR_SENTENCES
        and not discourse.is_marked(mention.span)
        and fits(mention)
    ]
    if not near:
        return None
    last = near[-1].sentence
    subjects = [m for m in near if m.sentence == last and m.place == "subject"]
    return (subjects or near)[-1]


def _whole(discourse: Discourse, mention: Mention) -> str:
    """Return the noun phrase of a group with its complement, without determiners and numbers."""
    sentence = discourse.sentences[mention.sentence]
    start = mention.start
    while start < mention.head and (
        sentence.words[start].upos == "NUM"
        or fold_word(sentence.words[start].form) in discourse.lexicon.determiners
    ):
        start += 1
    end = _complement_end(sentence, mention.head)
    text = discourse.document.text
    phrase = text[sentence.words[start].span.start : sentence.words[end - 1].span.end]
    first, _, rest = display_name(phrase, discourse.lexicon).partition(" ")
    if sentence.words[start].upos != "PROPN" and start == 0:
        first = first[:1].swapcase() + first[1:] if first[:1].isupper() else first
    return f"{first} {rest}".strip()


def _complement_end(sentence: Sentence, head: int) -> int:
    """Return the end of the prepositional complements that follow a noun."""
    below = {
        i
        for child in sentence.children[head]
        if child > head and sentence.words[child].deprel.startswith("nmod")
        for i in sentence.subtree(child)
    }
    end = head + 1
    while end in below and sentence.words[end].upos != "PUNCT":
        end += 1
    return end


def _without_article(name: str, lexicon: Lexicon) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and fold_word(first) in lexicon.definite_articles else name
