"""Parse the cases of tests/cases/dates.toml with the embedded model.

The parses are written to tests/parses/dates.conllu.

Parses that are there are kept as they are, those of cases that are gone are dropped, missing ones
are added. `--again` parses all cases anew (after a new model), except those whose parse a person
has put right: where the parser errs on a case, correct HEAD and DEPREL in the file and write a line
`# corrected = why` above the words of that sentence.

    python training/freeze_dates.py [--again]
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from quotes.language import Language  # noqa: E402
from quotes.parsing import load  # noqa: E402  # the checkout comes first
from quotes.parsing.conllu import write_conllu  # noqa: E402
from quotes.records import Document  # noqa: E402
from training.freeze_examples import CORRECTED, frozen, read_frozen  # noqa: E402

CASES = ROOT / "tests" / "cases" / "dates.toml"
FILE = ROOT / "tests" / "parses" / "dates.conllu"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument(
        "--again", action="store_true", help="parse all anew, except what was corrected by hand"
    )
    chosen = options.parse_args()
    cases = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    known = read_frozen(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    parser = None

    def parse(text: str) -> str:
        nonlocal parser
        parser = parser or load(language=Language.load("en"), threads=1)
        document = Document(id=f"case-{hashlib.sha256(text.encode()).hexdigest()[:12]}", text=text)
        return write_conllu(document, parser.parse(document))

    made = frozen(dict.fromkeys(case["text"] for case in cases), known, parse, again=chosen.again)
    FILE.write_text("".join(made.values()), encoding="utf-8")
    corrected = sum(bool(CORRECTED.search(chunk)) for chunk in made.values())
    print(f"{FILE.relative_to(ROOT)}: {len(made)} parses, {corrected} corrected by hand")


if __name__ == "__main__":
    main()
