"""Words that are cut off and reverse what they stood beside: how many, up to the reversing one.

In: the words before or behind a statement, in its sentence. Out: a count. "It is not true that"
reverses what follows it, "but not the library" what stands before; a clause with a subject of its
own ("and nobody minded", ", she is not a liar") reverses nothing but itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.statements.tokens import Token, word_tokens
from quotes.statements.weights import Vocabulary

REVERSING_REACH = 8  # words between a reversing word and what it reverses
MAX_LOOK = 60  # characters beside an end of the words, in which its neighbours stand
_CLAUSE_END = re.compile("[,;:—–]")
_AT_CLAUSE_END = re.compile(r"[,;:—–][\"'“”‘’\s]*$")


def words_to_reversal(rest: Sequence[Token], text: str, words: Vocabulary, *, left: bool) -> int:
    """Count the words up to one that reverses what they stand beside, itself among them.

    Args:
        rest: The words before or behind a statement, in its sentence.
        text: The text that they stand in.
        words: The words of the language.
        left: True where they stand before the statement.

    Returns:
        The count from the statement on; 0 where no word reverses it.
    """
    if left:
        count = _first_reversal(list(reversed(rest[-REVERSING_REACH:])), words)
        return 0 if count and _begins_clause_behind(rest[-count:], text, words) else count
    clause = rest[: _clause_end(rest, text, words)][:REVERSING_REACH]
    return _first_reversal(clause, words)


def _first_reversal(near: Sequence[Token], words: Vocabulary) -> int:
    return next((n for n, token in enumerate(near, 1) if words.reverses(token.form)), 0)


def _clause_end(rest: Sequence[Token], text: str, words: Vocabulary) -> int:
    """Return the number of the first word that belongs to another clause than what is before."""
    for number, token in enumerate(rest):
        before = text[max(0, token.start - MAX_LOOK) : token.start]
        marked = bool(_AT_CLAUSE_END.search(before))
        if number and _CLAUSE_END.search(text, rest[number - 1].end, token.start):
            return number
        joined = token.form in words.conjunctions
        subject = rest[number + 1 : number + 2] if joined else rest[number : number + 1]
        if (joined or marked) and subject and _may_be_subject(subject[0], text, words):
            return number
    return len(rest)


def _begins_clause_behind(rest: Sequence[Token], text: str, words: Vocabulary) -> bool:
    """Tell whether a clause of its own begins with the words behind others, or before them.

    A contrast ("but") begins one wherever it stands. Another conjunction does beside the statement
    and behind a comma: in "I do not think he lied and he stole" both stand under the not. A comma
    alone does right before the statement: not in "It is not true, they say, that".
    """
    end = rest[-1].end
    behind = [
        Token(token.form, token.start + end, token.end + end)
        for token in word_tokens(text[end : end + MAX_LOOK])[:2]
    ]
    tokens = [*rest, *behind]
    for number, token in enumerate(tokens[1:-1], 1):
        marked = bool(_AT_CLAUSE_END.search(text[max(0, token.start - MAX_LOOK) : token.start]))
        beside = marked and number >= len(rest) - 1
        if token.form in words.contrasts or (beside and token.form in words.conjunctions):
            subject = tokens[number + 1]
        elif marked and number == len(rest):
            subject = token
        else:
            continue
        if _may_be_subject(subject, text, words):
            return True
    return False


def _may_be_subject(token: Token, text: str, words: Vocabulary) -> bool:
    """Tell whether a word may begin the subject of a clause: "they", "that's", "the", a name."""
    return token.form.partition("'")[0] in words.subjects or (
        text[token.start].isupper() and not words.reverses(token.form)
    )
