"""Draw the sources of PolNeAR dev that are labelled by hand with a name.

Always the same ones, for one seed.

    python -m training.sample_sources --gold DATA > rows.tsv            (seconds)

Out: for each source document id, start, end (code points of the article), form, and an empty name
to fill in: tests/gold/README.md says by which rules. The sources are those of the attributions as
annotated; who is meant was never asked of the program. Forms:

pronoun      one word, personal or relative ("he", "who"); not "some", "you", "one"
nominal      a description that points to somebody known ("the senator", "his lawyer"): it opens
             with a definite or possessive word, and no word in it but the first, and words for
             peoples and parties, has a capital
short-name   one word of a name, with or without titles ("Mr. Roe"), whose longer form the article
             has elsewhere, or an acronym likewise

Each form has its share (`SHARES`), spread as widely as it goes: no article gives a second source of
a form before all have given a first.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from quotes.errors import InputError
from quotes.evaluation import Article, read_gold
from quotes.language import Language
from quotes.language.lexicon import Lexicon, load_lexicon
from quotes.names.organization import acronyms_of
from quotes.names.short_forms import display_name
from quotes.records import Span
from quotes.text.folding import fold_word
from training.gold import DataError, arguments, folder

SEED = "sources-dev"
SHARES = {"pronoun": 80, "nominal": 60, "short-name": 60}
ANAPHORIC = frozenset({"personal", "relative"})
LONGER = r"(?<![\w.])(?:[A-Z][\w.’'-]*\s+)+{}(?!\w)"  # capitalised words and then the name
LISTED = re.compile(r"(?:[A-Z][\w’'-]*(?:\s+(?:of|the|and|for)\b)*\s+)+[A-Z][\w’'-]*")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A source that was drawn."""

    document: str
    span: Span
    form: str


def draw(articles: Sequence[Article], shares: dict[str, int], seed: str = SEED) -> list[Drawn]:
    """Return the sources of each form, as many as its share, in the order of the documents."""
    lexicon = load_lexicon(Language.load("en"))
    known = sorted(
        (d for a in articles for d in _sources(a, lexicon)),
        key=lambda d: (d.form, d.document, _lot(d, seed)),
    )
    turns: list[tuple[str, int, str, Drawn]] = []
    for (form, _), own in groupby(known, key=lambda d: (d.form, d.document)):
        turns += [(form, turn, _lot(drawn, seed), drawn) for turn, drawn in enumerate(own)]
    chosen: list[Drawn] = []
    for form, share in shares.items():
        chosen += [
            drawn
            for _, _, _, drawn in sorted((t for t in turns if t[0] == form), key=lambda t: t[1:3])[
                :share
            ]
        ]
    return sorted(chosen, key=lambda d: (d.document, d.span))


def _lot(drawn: Drawn, seed: str) -> str:
    return sha256(f"{seed} {drawn.document} {drawn.span.start}".encode()).hexdigest()


def _sources(article: Article, lexicon: Lexicon) -> Iterator[Drawn]:
    """Yield the sources of one span that have a form, each once."""
    text = article.document.text
    for span in sorted({a.source[0] for a in article.attributions if len(a.source) == 1}):
        form = form_of(span.of(text), text, lexicon)
        if form:
            yield Drawn(article.document.id, span, form)


def form_of(source: str, text: str, lexicon: Lexicon) -> str | None:
    """Return the form of a source, or None where it is of no form that is drawn."""
    words = source.split()
    if len(words) == 1 and fold_word(words[0]) in lexicon.pronouns:
        return "pronoun" if lexicon.pronouns[fold_word(words[0])].refers in ANAPHORIC else None
    capital = [
        word
        for word in words[1:]
        if word[0].isupper() and fold_word(word.strip(",.")) not in lexicon.demonyms
    ]
    if (
        len(words) > 1
        and lexicon.determiners.get(fold_word(words[0])) in ("definite", "possessive")
        and not capital
    ):
        return "nominal"
    return "short-name" if _is_short(words, text, lexicon) else None


def _is_short(words: Sequence[str], text: str, lexicon: Lexicon) -> bool:
    """Return whether a source is one word of a name after titles, and a short form.

    That is, the article has a longer name that ends with it, or that it is short for.
    """
    name = display_name(words[-1], lexicon) if words else ""
    titles = [fold_word(word) for word in words[:-1]]
    if (
        not name[:1].isupper()
        or not all(_is_title(word, lexicon) for word in titles)
        or _is_title(fold_word(name), lexicon)
    ):
        return False
    if any(
        word in some
        for word in (fold_word(name), fold_word(name).removesuffix("s"))
        for some in (lexicon.demonyms, lexicon.roles)
    ):
        return False
    longer = (
        found.group().split()
        for found in re.finditer(
            LONGER.format(re.escape(name)), text, re.IGNORECASE if name.isupper() else 0
        )
    )
    if any(
        not _is_title(fold_word(some[-2]), lexicon)
        and not lexicon.determiners.get(fold_word(some[-2]))
        for some in longer
    ):
        return True
    return name.isupper() and any(
        name in acronyms_of(found.group()) for found in LISTED.finditer(text)
    )


def _is_title(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.honorifics or word in lexicon.determiners or lexicon.is_role(word)


def main() -> None:
    options = arguments(__doc__).parse_args()
    for drawn in draw(read_gold(folder(options.gold) / "polnear" / "dev"), SHARES):
        print(drawn.document, drawn.span.start, drawn.span.end, drawn.form, "", sep="\t")


if __name__ == "__main__":
    try:
        main()
    except (DataError, InputError) as error:
        sys.exit(f"sample_sources: {error}")
