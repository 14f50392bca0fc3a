"""Measure the antecedents of pronouns on GAP's passages.

    python -m training.measure_antecedents --gold DATA [--table gap-validation.tsv] [--wrong]

Takes two minutes. Each passage has a pronoun and two names, each of which it means or does not
mean. Precision, recall and F1 of these decisions are those of GAP (Webster et al., TACL 2018), and
the bias is F1 of women divided by that of men. A name counts as meant where the referent that the
program notes for the pronoun is the one that it is linked to.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from quotes.analysis import analyse
from quotes.errors import QuotesError
from quotes.models import Models, load_models
from quotes.speakers import DocumentEntities
from quotes.speakers.resolution import read_discourse
from quotes.text.quotation_marks import find_marks
from training.antecedent_examples import ENGLISH, by_rules, named_at
from training.coreference_texts import GapPassage, read_gap
from training.gold import DataError, arguments, folder

FEMALE = frozenset({"she", "her", "hers"})


def answers(passage: GapPassage, models: Models) -> tuple[bool, bool]:
    """Return which of the two names of a passage the program takes the pronoun to mean."""
    document = passage.document
    analysis = analyse(
        document, ENGLISH, models.parser.parse(document), find_marks(document.text, ENGLISH)
    )
    discourse, _, _ = read_discourse(
        analysis, by_rules(analysis), DocumentEntities(), ranker=models.ranker
    )
    at = next(
        (i for i, m in enumerate(discourse.mentions) if m.is_pronoun and m.span == passage.pronoun),
        None,
    )
    answer = discourse.antecedents.get(at) if at is not None else None
    first, second = (named_at(discourse, span) for span in passage.names)
    if answer is None:
        return False, False
    return answer.referent == first, answer.referent == second


def f1(counts: Counter[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 in percent."""
    right = counts["right"]
    precision = 100 * right / max(1, right + counts["wrong"])
    recall = 100 * right / max(1, right + counts["missed"])
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def measure(
    passages: Iterable[GapPassage], models: Models, *, show: bool = False
) -> dict[str, Counter[str]]:
    """Return how many decisions are right, wrong and missed, by gender and of all."""
    counts: dict[str, Counter[str]] = {"female": Counter(), "male": Counter(), "all": Counter()}
    for passage in passages:
        text = passage.document.text
        gender = "female" if passage.pronoun.of(text).lower() in FEMALE else "male"
        given = answers(passage, models)
        for name, said, meant in zip(passage.names, given, passage.meant, strict=True):
            outcome = ("right" if meant else "wrong") if said else "missed" if meant else "none"
            for key in (gender, "all"):
                counts[key][outcome] += 1
            if show and outcome in ("wrong", "missed"):
                print(f"{outcome}: {passage.document.id} {passage.pronoun.start} {name.of(text)}")
    return counts


def main(given: Sequence[str] | None = None) -> None:
    options = arguments(__doc__)
    options.add_argument("--table", type=Path, default=Path("gap-validation.tsv"))
    options.add_argument("--wrong", action="store_true", help="show what is wrong or missed")
    a = options.parse_args(given)
    passages = read_gap(folder(a.gold) / "coref" / a.table)
    counts = measure(passages, load_models("embedded", language=ENGLISH), show=a.wrong)
    for name, own in counts.items():
        precision, recall, mean = f1(own)
        print(f"{name}: precision {precision:.1f}, recall {recall:.1f}, F1 {mean:.1f}")
    print(f"bias {f1(counts['female'])[2] / max(1e-9, f1(counts['male'])[2]):.2f}")


if __name__ == "__main__":
    try:
        main()
    except (DataError, QuotesError) as error:
        sys.exit(f"measure_antecedents: {error}")
