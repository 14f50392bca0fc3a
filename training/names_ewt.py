"""Names (PER, ORG, LOC) in EWT train: boundaries from its gold tags, kinds from a list made for it.

In: a CoNLL-U file and names-ewt.tsv beside this module: for each form that a run of proper nouns
takes in EWT train, the names in it as word numbers and kind ("1-2 PER; 4 LOC"), or "-". The kinds
were given one by one by a language model, from the form and a bit of context, after the conventions
of Universal NER: titles stay outside a person's name, nationalities, products, dates and streets
are no names, restaurants, hotels and shops that are visited are LOC, those that serve ORG. Out:
tagged sentences. One form has one reading, whatever its context.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.gold import DEPREL, FORM, HEAD, UPOS, DataError, Row, Tagged, tag, text_of
from training.proper_nouns import runs

LIST = Path(__file__).with_name("names-ewt.tsv")
NAME = re.compile(r"(\d+)(?:-(\d+))? (PER|ORG|LOC)")
MAILBOX = re.compile(r"[A-Z]\w*@[A-Z]")  # "Kay Mann@ENRON": part of the name for Universal NER

Name = tuple[int, int, str]


def read_list(path: Path = LIST) -> dict[str, list[Name]]:
    """Return the names in each form.

    Raises:
        DataError: as above.
    """
    forms = {}
    for number, line in enumerate(text_of(path).splitlines(), 1):
        if line.startswith("#") or not line:
            continue
        form, _, names = line.partition("\t")
        found = NAME.findall(names)
        if not found and names != "-":
            raise DataError(
                f"{path}, line {number}: after the tab there must be "
                f'names such as "1-2 PER; 4 LOC", or "-"'
            )
        forms[form] = [(int(first) - 1, int(last or first), kind) for first, last, kind in found]
    return forms


def tagged(sentences: Iterable[list[Row]], forms: dict[str, list[Name]]) -> Iterator[Tagged]:
    """Yield the sentences with their names tagged."""
    for words in sentences:
        tags = ["O"] * len(words)
        free = 0  # the first word after the name before: a name may take words of the next run in
        for start, end in runs(words):
            for first, last, kind in forms.get(" ".join(row[FORM] for row in words[start:end]), []):
                if start + first >= free:
                    free = _whole(words, start + first, start + last, kind)
                    tag(tags, start + first, free, kind)
        yield [(row[FORM], own) for row, own in zip(words, tags, strict=True)]


def _whole(words: list[Row], start: int, end: int, kind: str) -> int:
    """Return the end of a name with what belongs to it but is not a proper noun."""
    if kind == "PER":
        return _mailbox(words, _inverted(words, start, end))
    if end < len(words) and words[end][FORM] in ("'s", "’s") and words[end][UPOS] == "PART":
        head = next(
            (row for row in words[start:end] if not start < int(row[HEAD]) <= end), words[start]
        )
        return (
            end if head[DEPREL] == "nmod:poss" else end + 1
        )  # "dinner at Morton 's" against "Texas 's governor"
    return end


def _inverted(words: list[Row], start: int, end: int) -> int:
    """`" Mann , Kay "` as a sender of mail is one name."""
    if not (
        start > 0 and end < len(words) and words[start - 1][FORM] == '"' and words[end][FORM] == ","
    ):
        return end
    return next(
        (index for index in range(end + 1, min(end + 5, len(words))) if words[index][FORM] == '"'),
        end,
    )


def _mailbox(words: list[Row], end: int) -> int:
    for index in range(end, min(end + 3, len(words))):
        if not words[index][FORM][:1].isupper():
            break
        if MAILBOX.match(words[index][FORM]):
            return index + 1
    return end
