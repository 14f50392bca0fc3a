"""Add the regular forms of the verbs in data/en/words to the dictionary of a Stanza lemmatizer.

    python -m training.extend_lemmas MODELS/lemma.pt [--words data/en/words] [--out FILE]

The treebanks hold few of the rarer verbs of speech, and the small seq2seq part that guesses the
rest strips too little or too much ("bemoaned": bemoane, "blamed": blam). Forms already in the
dictionary stay as they are; one that two verbs could have is left out.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import torch
from stanza.models.lemma.trainer import _pack_pos_dict, _unpack_pos_dict

VOWELS = "aeiou"


def forms(verb: str) -> Iterator[str]:
    """Yield the regular third person, past and -ing forms of an English verb."""
    sounds = verb.replace("qu", "kw")
    short = bool(
        re.fullmatch(rf"[^{VOWELS}]*[{VOWELS}][^{VOWELS}wxy]", sounds)
    )  # one syllable, one vowel, one consonant: plan, quip
    long = (
        bool(re.search(rf"[^{VOWELS}][{VOWELS}][^{VOWELS}wxy]$", sounds)) and not short
    )  # may double: admit, refer
    stem = verb + verb[-1] if short else verb
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        yield from (verb + "s", verb + "d", verb[:-1] + "ing")
    elif re.search(rf"[^{VOWELS}]y$", verb):
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    else:
        yield verb + ("es" if re.search(r"(s|x|z|ch|sh)$", verb) else "s")
        yield from (stem + "ed", stem + "ing")
        if long:
            yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")


def verbs(folder: Path) -> set[str]:
    """Return the verbs of all lists `*-verbs.txt`."""
    lines = (
        line.split("#")[0].strip()
        for path in folder.glob("*-verbs.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    return {line for line in lines if line.isalpha() and len(line) > 2}


def extend(known: dict[str, dict[str, str]], lemmas: set[str]) -> dict[str, str]:
    """Return the forms that the dictionary {tag.

    {word: lemma}} (`*` for any tag) lacks, with their lemmas.
    """
    found = defaultdict(set)
    for verb in lemmas:
        for form in forms(verb):
            found[form].add(verb)
    there = known.get("*", {}).keys() | known.get("VERB", {}).keys()
    return {
        form: owners.pop()
        for form, owners in found.items()
        if len(owners) == 1 and form not in there
    }


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("--words", type=Path, default=Path("data/en/words"))
    parser.add_argument("--out", type=Path)
    a = parser.parse_args(arguments)
    checkpoint = torch.load(a.model, map_location="cpu", weights_only=True)
    known = _unpack_pos_dict(checkpoint["dicts"])
    new = extend(known, verbs(a.words))
    known.setdefault("VERB", {}).update(new)
    checkpoint["dicts"] = _pack_pos_dict(known)
    torch.save(checkpoint, a.out or a.model, _use_new_zipfile_serialization=False)
    print(f"{len(new)} forms added")


if __name__ == "__main__":
    main()
