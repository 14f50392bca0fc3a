"""Where names may stand in a sentence of a treebank.

Runs of proper nouns and the small words that tie them together.

In: the words of a sentence with gold tags. Out: (first, after the last) of each run. A run may hold
a title, two names side by side or no name at all: what it holds is said by other annotation
(names_gum.py).
"""

from __future__ import annotations

import re

from training.gold import DEPREL, FORM, HEAD, UPOS, Row

_DATES = """
monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
fridays saturdays sundays
mon tue tues wed thu thur thurs fri sat sun january february march april may june july august
september october november december
jan feb mar apr jun jul aug sep sept oct nov dec am pm est cst pst gmt edt cdt
"""
_TITLES = """
mr mrs ms miss dr doctor prof professor professors president vice prime minister senator senators
sen rep gov governor queen prince
princess sir lady pope captain capt general gen colonel col sergeant judge secretary chairman
director mayor rev father sister
brother saint sheikh shaikh sheik mullah lt lieutenant congressman congresswoman grand ayatollah
attorney
"""
_BEFORE = (
    "New North South West East United Saudi Greater Grand Central Northern Southern Las Los San "
    "Great"
)
DATES = frozenset(_DATES.split())
TITLES = frozenset(_TITLES.split())
BEFORE = frozenset(
    _BEFORE.split()
)  # adjectives that begin a name also at the beginning of a sentence
TIES = frozenset(
    ("of", "the", "&", "-", "for", "'s", "’s", "s", "'", "de")
)  # inside a name: "Bank of England", "Abdul - Razaq"
FORMS_OF_COMPANY = frozenset(
    ("inc", "llc", "ltd", "l.p", "lp", "corp", "co", "jr", "sr")
)  # after a comma: "CCNG , Inc."
ADDRESS = re.compile(r"https?:|www\.|@.*\.|\.(com|org|net|html?|co\.uk|gov|edu)\b")


def runs(words: list[Row]) -> list[tuple[int, int]]:
    """Return the runs of a sentence, in order, not overlapping."""
    found = []
    start = 0
    while start < len(words):
        if not _proper(words, start):
            start += 1
            continue
        end = _end(words, start)
        found.append((_begin(words, start), end))
        start = end
    return found


def without_titles(words: list[Row], start: int, end: int) -> int:
    """Return the first word of a person's name after its titles; the last word always stays."""
    while start < end - 1 and words[start][FORM].lower().rstrip(".") in TITLES:
        start += 1
    return start


def _proper(words: list[Row], index: int) -> bool:
    if index >= len(words) or words[index][UPOS] != "PROPN":
        return False
    form = words[index][FORM].lower()
    return form.rstrip(".") not in DATES and not ADDRESS.search(form)


def _begin(words: list[Row], start: int) -> int:
    """Return where a run begins with its capitalised adjectives.

    As in "New York" (EWT tags "New" so).
    """
    while start > 0 and words[start - 1][UPOS] == "ADJ" and words[start - 1][FORM][:1].isupper():
        if start == 1 and words[0][FORM] not in BEFORE:
            break
        start -= 1
    return start


def _end(words: list[Row], start: int) -> int:
    end = start + 1
    while end < len(words):
        step = _step(words, end)
        if not step:
            break
        end += step
    while end < len(words) and _capital_noun(words[end]) and not words[end - 1][FORM].isupper():
        end += 1
    if end < len(words) and words[end][FORM] == "s" and words[end][UPOS] == "PART":
        end += 1
    return end


def _capital_noun(row: Row) -> bool:
    return row[UPOS] == "NOUN" and row[FORM][:1].isupper() and row[FORM][1:].islower()


def _step(words: list[Row], at: int) -> int:
    """Return how many words the run goes on with from a word on; 0 where it ends."""
    form = words[at][FORM].lower()
    following = words[at + 1] if at + 1 < len(words) else None
    if _proper(words, at):
        return 1
    if following is None:
        return 0
    if form == "," and following[FORM].lower().rstrip(".") in FORMS_OF_COMPANY:
        return 2
    if form in ("of", "for") and following[FORM].lower() == "the" and _proper(words, at + 2):
        return 3
    if not _proper(words, at + 1):
        return 0
    if form in TIES or (words[at][UPOS] in ("ADJ", "NUM") and words[at][FORM][:1].isupper()):
        return 2
    return 2 if form == "and" and _joined_inside(words, following) else 0


def _joined_inside(words: list[Row], second: Row) -> bool:
    """Return whether "X and Y" modifies a noun together: "Housing and Urban Development"."""
    return second[DEPREL] == "conj" and words[int(second[HEAD]) - 1][DEPREL] in ("compound", "nmod")
