"""What a source is called by, as it is printed: its words without article and what follows.

In: the words of a source in a sentence. Out: the span of its label, "spokesman for the council".
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.language.lexicon import Lexicon
from quotes.records import Sentence, Span
from quotes.speakers.mentions import Mention, number_of
from quotes.speakers.role_phrases import OPENING
from quotes.text.folding import fold_word

CLOSED = frozenset({")", "]"})


def label_span(
    sentence: Sentence,
    words: range,
    base: int,
    inside: Sequence[Mention],
    lexicon: Lexicon,
    *,
    several: bool,
) -> Span:
    """Return where the label of a source stands.

    Args:
        sentence: Its sentence.
        words: Its words.
        base: The end of the noun phrase at its front.
        inside: The mentions in it.
        lexicon: The words of the language.
        several: It names several people: then all of them, without the role that they share.
    """
    first, last = words.start, words.stop
    whole = several or (
        base - first == 1 and fold_word(sentence.words[first].form) in lexicon.pronouns
    )
    end = _bracket_end(sentence, first, last) if whole else _closing(sentence, base, last)
    start = _opening(sentence, first, last, lexicon)
    if several:
        start = _behind_shared_role(sentence, first, inside) or start
    return Span(start, max(start, end))  # an article alone has none


def _opening(sentence: Sentence, first: int, last: int, lexicon: Lexicon) -> int:
    """Return the offset at which a description begins, after its article.

    Whose it is stays: "his lawyer".
    """
    at = _behind_address(sentence, first, last, lexicon)
    while at < last - 1 and lexicon.determiners.get(fold_word(sentence.words[at].form)) in (
        "definite",
        "indefinite",
    ):
        if sentence.words[at + 1].upos in ("ADP", "PRON") and sentence.words[at].upos != "DET":
            break
        at += 1
    return sentence.words[at].span.start


def _behind_address(sentence: Sentence, first: int, last: int, lexicon: Lexicon) -> int:
    """Return the place behind forms of address before an article: "His Highness | the Prince"."""
    forms = [word.form for word in sentence.words[first:last]]
    end = next(
        (i for i, form in enumerate(forms) if fold_word(form) in lexicon.definite_articles), 0
    )
    return first + end if end and lexicon.honorific_before(forms, end) == 0 else first


def _behind_shared_role(sentence: Sentence, first: int, inside: Sequence[Mention]) -> int | None:
    """Return the offset of the first of several names behind a role in the plural.

    "The senators | Ann Roe and Bo Lind".
    """
    names = [m for m in inside if m.form == "name"]
    if len(names) < 2 or names[0].entity != "PER" or names[0].start <= first:
        return None
    noun = sentence.words[names[0].start - 1]
    shared = noun.upos in ("NOUN", "PROPN") and number_of(noun) == "plur"
    return names[0].span.start if shared else None


def _bracket_end(sentence: Sentence, first: int, last: int) -> int:
    """Return the offset at which words end, with the bracket that closes one opened in them."""
    words = sentence.words
    depth = sum((w.form in OPENING) - (w.form in CLOSED) for w in words[first:last])
    closed = depth > 0 and last < len(words) and words[last].form in CLOSED
    return words[last if closed else last - 1].span.end


def _closing(sentence: Sentence, base: int, last: int) -> int:
    """Return the offset at which a description ends: before a relative clause or a comma."""
    for at in range(base, last):
        word = sentence.words[at]
        if word.form in (",", "(", "—", "–", "--", ";", ":") or word.feat("PronType") == "Rel":
            return sentence.words[at - 1].span.end
    return sentence.words[last - 1].span.end
