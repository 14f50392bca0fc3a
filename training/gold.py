"""Where the data to train on lies, and the readers of its file formats.

In: the folder named by `--gold` or by the environment variable QUOTES_GOLD; it holds
treebanks/*.conllu and ner/*.bio (README.md says where each file comes from). Out: sentences as
lists. Will not download anything.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

Tagged = list[tuple[str, str]]  # one sentence: words with their tags (B-PER, I-PER, ..., O)
Row = list[str]  # one word of a CoNLL-U file: its ten columns
ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC = range(10)


class DataError(Exception):
    """A file of the data that is missing or malformed; the message names it and the reason."""


def arguments(description: str | None) -> argparse.ArgumentParser:
    """Return a command line with `--gold`; `description` is the module's docstring."""
    text = (description or "").strip()
    options = argparse.ArgumentParser(
        description=text, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "--gold",
        default=os.environ.get("QUOTES_GOLD"),
        help="folder of the data (default: the environment variable QUOTES_GOLD)",
    )
    return options


def add_leave_out(options: argparse.ArgumentParser) -> None:
    """Return the option `--leave-out`."""
    text = (
        "genres of GUM to leave out of training; for no non-commercial source: essay letter podcast"
    )
    options.add_argument("--leave-out", nargs="*", default=[], metavar="GENRE", help=text)


def folder(named: str | None) -> Path:
    """Return the folder of the data.

    Raises:
        DataError: where none is named or the one named is not there.
    """
    if not named:
        raise DataError(
            "no folder of data: give --gold FOLDER or set QUOTES_GOLD (training/README.md says "
            "what it must hold)"
        )
    path = Path(named)
    if not path.is_dir():
        raise DataError(
            f"{path}: no such folder; --gold or QUOTES_GOLD must name the folder that holds "
            "treebanks/ and ner/"
        )
    return path


def text_of(path: Path) -> str:
    """Return a file's text.

    Raises:
        DataError: as above.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"{path}: cannot be read ({error}); training/README.md says where it comes from"
        ) from error


def blocks(text: str) -> list[str]:
    """Return what stands between empty lines."""
    return [block for block in re.split(r"\n{2,}", text.strip("\n")) if block.strip()]


def read_bio(path: Path) -> list[Tagged]:
    """Return the sentences of a file in BIO format.

    Each line holds a word, a tab and a tag; an empty line follows each sentence.

    Raises:
        DataError: as above.
    """
    sentences = []
    for number, block in enumerate(blocks(text_of(path)), 1):
        rows = [line.split("\t") for line in block.splitlines()]
        if any(len(row) != 2 for row in rows):
            raise DataError(f"{path}, sentence {number}: a line is not WORD<tab>TAG")
        sentences.append([(row[0], row[1]) for row in rows])
    return sentences


def without_genres(text: str, genres: Iterable[str]) -> str:
    """Return a CoNLL-U text without the GUM documents of some genres.

    Genres as the ids of documents name them (GUM_letter_...).
    """
    left_out = tuple(f"# newdoc id = GUM_{genre}_" for genre in genres)
    kept, keep = [], True
    for block in blocks(text):
        start = next((line for line in block.splitlines() if line.startswith("# newdoc id")), None)
        if start:
            keep = not (left_out and start.startswith(left_out))
        if keep:
            kept.append(block)
    return "\n\n".join(kept) + "\n\n"


def read_words(path: Path, leave_out: Iterable[str] = ()) -> Iterator[list[Row]]:
    """Yield the words of each sentence of a CoNLL-U file, without the lines of multi-word tokens.

    Raises:
        DataError: as above.
    """
    for number, block in enumerate(blocks(without_genres(text_of(path), leave_out)), 1):
        rows = [line.split("\t") for line in block.splitlines() if not line.startswith("#")]
        if any(len(row) != 10 for row in rows):
            raise DataError(f"{path}, sentence {number}: a line has not ten columns")
        yield [row for row in rows if row[ID].isdigit()]


def write_stanza(path: Path, sentences: Iterable[Tagged]) -> None:
    """Tagged sentences in the JSON that stanza.models.ner_tagger reads."""
    rows = [[{"text": word, "ner": tag} for word, tag in sentence] for sentence in sentences]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    print(f"{path}: {len(rows)} sentences, {sum(map(len, rows))} words")


def read_stanza(path: Path) -> list[Tagged]:
    """Tagged sentences from that JSON.

    Raises:
        DataError: as above.
    """
    try:
        return [
            [(word["text"], word["ner"]) for word in sentence]
            for sentence in json.loads(text_of(path))
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{path}: not tagged sentences as prepare_ner.py writes them ({error})"
        ) from error


def spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return the names in a sentence's tags: first word, word after the last, kind."""
    found: list[tuple[int, int, str]] = []
    start, kind = -1, ""
    for index, tag in enumerate([*tags, "O"]):
        if start >= 0 and tag != f"I-{kind}":
            found.append((start, index, kind))
            start = -1
        if tag.startswith("B-"):
            start, kind = index, tag[2:]
    return found


def tag(tags: list[str], start: int, end: int, kind: str) -> None:
    """Write one name into a sentence's tags."""
    tags[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
