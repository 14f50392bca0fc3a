"""Clauses that say who speaks, from characters alone: ", said Park", ", she added".

In: a text and a language. Out: where such a clause begins or its sentence ends, for quotations of
which one mark is missing. The forms of verbs come from the list `reporting-forms`; a language
without it has no such clauses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from quotes.language import Language
from quotes.text.boilerplate import NAME, alternatives

SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"“‘'(\[]*[^\W\d_a-z])")
MAX_CLAUSE_CHARS = 200  # between a closing mark and the end of the sentence that attributes


@dataclass(frozen=True)
class ReportingClauses:
    """The patterns of one language.

    Attributes:
        inner: A comma and the clause after it.
        form: A verb form that attributes.
    """

    inner: re.Pattern[str]
    form: re.Pattern[str]

    def first(self, text: str, start: int, stop: int) -> int | None:
        """Return where the first clause begins, behind its comma."""
        found = self.inner.search(text, start, stop)
        return found.start(1) if found else None

    def sentence_after(self, text: str, start: int, stop: int) -> int | None:
        """Return where the sentence behind a clause begins that starts at `start`, if there is one.

        It must begin before `stop`.
        """
        end = SENTENCE_END.search(text, start, stop)
        if end is None or end.start() - start > MAX_CLAUSE_CHARS:
            return None
        return end.end() if self.form.search(text, start, end.start()) else None


@lru_cache(maxsize=8)
def reporting_clauses(language: Language) -> ReportingClauses:
    """Return the patterns of a language, made once."""
    forms = alternatives(language.optional_words("reporting-forms"))
    personal = alternatives(
        word
        for word, _, _, person, refers in (
            line.split("\t") for line in language.optional_words("pronouns")
        )
        if person == "3" and refers == "personal"
    )
    names = rf"{NAME}(?:\s+{NAME}){{0,3}}"
    return ReportingClauses(
        inner=re.compile(
            rf"(?<=\w[,?!])(\s+)(?:(?:{forms})\s+(?:(?:{personal})(?!\w)|{NAME})"
            rf"|(?:(?:{personal})|{names})\s+(?:{forms})(?!\w))"
        ),
        form=re.compile(rf"(?<!\w)(?:{forms})(?!\w)"),
    )
