"""The prints of each statement of a timeline: the same words, or nearly, in several articles.

In: what a speaker said, in order of time. Out: for the first print of each statement the later ones
in other articles. Whether two wordings are one statement is decided by `quotes.statements`; equal
words are one whenever they were printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from quotes.language import Language
from quotes.statements.grouping import group
from quotes.statements.tokens import forms
from quotes.statements.types import Statement
from quotes.timeline.said import Said

_SAME_NAMES = {field.name for field in fields(Statement)} & {field.name for field in fields(Said)}

Prints = dict[str, list[Said]]


def prints_of(said: Sequence[Said], language: Language) -> Prints:
    """Return, by the id of the first print of each statement, the later prints of other articles.

    Quotes that are no keys stand among the later prints of another, or repeat its words in the same
    article. Two parts of one article that are alike stay two statements.

    Args:
        said: The quotes of one speaker, in order of time.
        language: Their language.
    """
    equal = dict[tuple[str, ...], list[Said]]()
    for each in said:
        equal.setdefault((*forms(each.words), each.factuality), []).append(each)
    found = {several[0].id: several[1:] for several in equal.values()}
    firsts = {several[0].id: several[0] for several in equal.values()}
    order = {name: place for place, name in enumerate(firsts)}
    for one in group(map(_statement, firsts.values()), language=language):
        ids = sorted((statement.id for statement in one.statements), key=order.__getitem__)
        for name in ids[1:]:
            _join(found, firsts[ids[0]], firsts[name])
    return {
        name: [each for each in others if each.document != firsts[name].document]
        for name, others in found.items()
    }


def _join(found: Prints, first: Said, other: Said) -> None:
    """Put a print and those of the same words behind the first print of the statement."""
    documents = {first.document, *(each.document for each in found[first.id])}
    if other.document in documents or other.factuality != first.factuality:
        return
    found[first.id] += [other, *found.pop(other.id)]


def _statement(said: Said) -> Statement:
    """Return a quote as a statement of the one speaker of a timeline."""
    same = {name: getattr(said, name) for name in _SAME_NAMES}
    return Statement(**same, speaker_id="speaker")
