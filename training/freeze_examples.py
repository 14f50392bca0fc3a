"""Parse the examples of a rule file with the embedded model, for the tests of the rules.

In: data/<language>/rules.toml, and tests/parses/rules-<language>.conllu where there is one. Out:
that file, with one document for each example, in the order of the rules. Parses that are there are
kept as they are, those of examples that are gone are dropped, missing ones are added. `--again`
parses all examples anew (after a new model), except those whose parse a person has put right: where
the parser errs on an example, correct HEAD and DEPREL in the file and write a line `# corrected =
why` above the words of that sentence.

    python -m training.freeze_examples [--language en] [--again]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from quotes.language import Language  # noqa: E402
from quotes.language.rules import RuleSet  # noqa: E402
from quotes.parsing import load  # noqa: E402  # the checkout comes first
from quotes.parsing.conllu import write_conllu  # noqa: E402
from quotes.records import Document  # noqa: E402

START = re.compile(r"^# newdoc id = ", re.MULTILINE)
TEXT = re.compile(r"^# document_text = (.*)$", re.MULTILINE)
CORRECTED = re.compile(r"^# corrected = \S", re.MULTILINE)


def example_texts(rules: RuleSet) -> list[str]:
    """Return the texts of all examples, each once, in the order of the rules."""
    return list(
        dict.fromkeys(example.text for rule in rules.rules for example in (*rule.yes, *rule.no))
    )


def read_frozen(content: str) -> dict[str, str]:
    """Return the documents of a file of frozen parses, by the text that was parsed."""
    starts = [found.start() for found in START.finditer(content)]
    chunks = [
        content[begin:end] for begin, end in zip(starts, [*starts[1:], len(content)], strict=True)
    ]
    return {json.loads(found[1]): chunk for chunk in chunks if (found := TEXT.search(chunk))}


def frozen(
    texts: Iterable[str],
    known: Mapping[str, str],
    parse: Callable[[str], str],
    *,
    again: bool = False,
) -> dict[str, str]:
    """For each text its document in CoNLL-U.

    The known one if there is one and it may be kept, else what `parse` gives.
    """

    def keep(text: str) -> bool:
        return text in known and (not again or bool(CORRECTED.search(known[text])))

    return {text: known[text] if keep(text) else parse(text) for text in texts}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--language", default="en")
    options.add_argument(
        "--again", action="store_true", help="parse all anew, except what was corrected by hand"
    )
    chosen = options.parse_args()
    file = ROOT / "tests" / "parses" / f"rules-{chosen.language}.conllu"
    known = read_frozen(file.read_text(encoding="utf-8")) if file.exists() else {}
    texts = example_texts(Language.load(chosen.language).rules)
    parser = None

    def parse(text: str) -> str:
        nonlocal parser
        parser = parser or load(language=Language.load(chosen.language), threads=1)
        document = Document(
            id=f"example-{hashlib.sha256(text.encode()).hexdigest()[:12]}", text=text
        )
        return write_conllu(document, parser.parse(document))

    made = frozen(texts, known, parse, again=chosen.again)
    file.parent.mkdir(exist_ok=True)
    file.write_text("".join(made.values()), encoding="utf-8")
    fresh = sum(known.get(text) != chunk for text, chunk in made.items())
    corrected = sum(bool(CORRECTED.search(chunk)) for chunk in made.values())
    print(
        f"{file.relative_to(ROOT)}: {len(made)} parses, {fresh} new, "
        f"{len(set(known) - set(made))} dropped, {corrected} corrected by hand"
    )
    for text, chunk in made.items():
        if not chunk:
            print(f"no sentence found in {text!r}: it reads like boilerplate; change the example")


if __name__ == "__main__":
    main()
