"""Scores of a model folder on the dev sets: scores.json and the table of the model card.

Trees: F1 end to end from raw text with the CoNLL 2018 scorer. Text is rebuilt from each treebank's
`# text` comments (an empty line between documents and paragraphs), so the scores are those a user
gets on raw text. Names: exact spans and kinds on gold words; other kinds than PER, ORG and LOC are
left out on both sides.

    python -m training.measure --gold DATA quotes/parsing/english
    python -m training.measure --gold DATA quotes/parsing/english --write

Prints (about ten minutes on one core); with `--write` also writes scores.json and the card's table.
"""

from __future__ import annotations

import datetime
import importlib.metadata
import io
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.export import ENCODER
from training.gold import DataError, Tagged, arguments, blocks, folder, read_bio, spans, text_of

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
TREES = ("ewt-dev", "gum-dev")
METRICS = ("Tokens", "Sentences", "Words", "UPOS", "XPOS", "UFeats", "Lemmas", "UAS", "LAS", "CLAS")
SHOWN = ("Tokens", "Sentences", "UPOS", "Lemmas", "UAS", "LAS")
KINDS = ("PER", "ORG", "LOC")
BEGIN, END = "<!-- scores: written by training/measure.py -->\n", "<!-- end of scores -->\n"
PLAIN = {"S": "B", "E": "I", "B": "B", "I": "I", "O": "O"}  # BIOES as BIO

Score = dict[str, Any]  # data, metric, value


def pipeline(models: Path, processors: tuple[str, ...] = PROCESSORS, **options: Any) -> Any:
    """Return a plain Stanza pipeline over the files of a folder."""
    import stanza
    import torch
    from stanza.models.common.foundation_cache import BertRecord, FoundationCache
    from transformers import AutoModel, AutoTokenizer

    for name in processors:
        if not (models / f"{name}.pt").is_file():
            raise DataError(
                f"{models}: no {name}.pt; name a folder of the six processors and encoder/"
            )
    encoder = AutoModel.from_pretrained(
        models / "encoder", dtype=torch.float32, add_pooling_layer=False, local_files_only=True
    ).eval()
    cache = FoundationCache()
    cache.bert[ENCODER] = BertRecord(
        encoder, AutoTokenizer.from_pretrained(models / "encoder", local_files_only=True), {}
    )
    with (
        tempfile.TemporaryDirectory() as resources
    ):  # Stanza wants a resources.json even when every model is given by its path
        known = {
            "en": {
                "lang_name": "English",
                "packages": {"default": dict.fromkeys(processors, "quotes")},
            }
        }
        (Path(resources) / "resources.json").write_text(json.dumps(known), encoding="utf-8")
        paths = {f"{name}_model_path": str(models / f"{name}.pt") for name in processors}
        settings = {
            "download_method": None,
            "foundation_cache": cache,
            "use_gpu": False,
            "verbose": False,
        }
        return stanza.Pipeline(
            "en", dir=resources, processors=",".join(processors), **settings, **paths, **options
        )


def raw_text(conllu: str) -> str:
    """Return the running text of a treebank."""
    parts, fresh = [], True
    for line in conllu.splitlines():
        if line.startswith(("# newdoc", "# newpar")):
            fresh = True
        elif line.startswith("# text = "):
            parts.append(("\n\n" if fresh else " ") + line.removeprefix("# text = "))
            fresh = False
    return "".join(parts).strip()


def trees(models: Path, path: Path, *, limit: int | None = None) -> dict[str, float]:
    """F1 of all metrics on the raw text of a treebank, or of its first sentences."""
    from stanza.models.common.utils import ud_scores

    own = "".join(block + "\n\n" for block in blocks(text_of(path))[:limit])
    began = time.time()
    found = pipeline(models, PROCESSORS[:-1])(raw_text(own))
    print(f"{path.stem}: {found.num_words / (time.time() - began):.0f} words/s")
    scores = ud_scores(io.StringIO(own), io.StringIO(f"{found:C}\n\n"))
    return {metric: 100 * scores[metric].f1 for metric in METRICS}


def names(models: Path, gold: list[Tagged]) -> dict[str, float]:
    """Precision, recall and F1 of each kind and of all, on gold words."""
    tagger = pipeline(models, ("tokenize", "ner"), tokenize_pretokenized=True)
    found = tagger([[word for word, _ in sentence] for sentence in gold])
    counts = {kind: [0, 0, 0] for kind in (*KINDS, "all")}  # right, found, true
    for sentence, truth in zip(found.sentences, gold, strict=True):
        own = set(spans([PLAIN[token.ner[0]] + token.ner[1:] for token in sentence.tokens]))
        true = {name for name in spans([tag for _, tag in truth]) if name[2] in KINDS}
        for place, some in enumerate((own & true, own, true)):
            for _, _, kind in some:
                counts[kind][place] += 1
                counts["all"][place] += 1
    scores = {}
    for kind, (right, said, true_count) in counts.items():
        scores[f"{kind} precision"] = 100 * right / max(said, 1)
        scores[f"{kind} recall"] = 100 * right / max(true_count, 1)
        scores[f"{kind} F1"] = 200 * right / max(said + true_count, 1)
    return scores


def last_fifth(sentences: list[Tagged]) -> list[Tagged]:
    """Return the part of UNER EWT dev that earlier models were measured on."""
    return sentences[len(sentences) * 4 // 5 :]


def measure(models: Path, data: Path) -> Iterator[Score]:
    """Yield all scores of a folder."""
    for name in TREES:
        for metric, value in trees(models, data / "treebanks" / f"{name}.conllu").items():
            yield {"data": name, "metric": metric, "value": round(value, 2)}
    uner = read_bio(data / "ner" / "uner-dev.bio")
    tests = {
        "ww-dev": read_bio(data / "ner" / "ww-dev.bio"),
        "uner-dev": uner,
        "uner-dev, last fifth": last_fifth(uner),
        "polnear-silver-dev": read_bio(data / "ner" / "polnear-silver-dev.bio"),
    }
    for name, gold in tests.items():
        for metric, value in names(models, gold).items():
            yield {"data": name, "metric": metric, "value": round(value, 1)}


def report(scores: list[Score]) -> dict[str, Any]:
    """Return what scores.json holds."""
    versions = {
        name: importlib.metadata.version(name) for name in ("stanza", "torch", "transformers")
    }
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "versions": versions,
        "scores": scores,
    }


def table(scores: list[Score]) -> str:
    """Return the scores as two Markdown tables."""
    value = {(score["data"], score["metric"]): score["value"] for score in scores}
    lines = [
        "| end to end from raw text | " + " | ".join(SHOWN) + " |",
        "| --- |" + " --- |" * len(SHOWN),
    ]
    lines += [
        f"| {name} | " + " | ".join(f"{value[name, metric]:.1f}" for metric in SHOWN) + " |"
        for name in TREES
    ]
    lines += [
        "",
        "| names, exact spans on gold words: precision / recall / F1 | "
        + " | ".join((*KINDS, "all"))
        + " |",
        "| --- |" + " --- |" * 4,
    ]
    for name in dict.fromkeys(score["data"] for score in scores if score["data"] not in TREES):
        cells = (
            " / ".join(
                f"{value[name, f'{kind} {part}']:.1f}" for part in ("precision", "recall", "F1")
            )
            for kind in (*KINDS, "all")
        )
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def into_card(card: Path, scores: list[Score]) -> None:
    """Put the tables between the card's two marks.

    Raises:
        DataError: where they are missing.
    """
    text = text_of(card)
    if BEGIN not in text or END not in text:
        raise DataError(f"{card}: the lines {BEGIN.strip()} and {END.strip()} are missing")
    card.write_text(
        text.split(BEGIN)[0] + BEGIN + "\n" + table(scores) + "\n" + END + text.split(END)[1],
        encoding="utf-8",
    )


def main() -> None:
    options = arguments(__doc__)
    options.add_argument("models", type=Path, help="folder of the model")
    options.add_argument(
        "--write",
        action="store_true",
        help="write scores.json and the table of MODEL_CARD.md there",
    )
    chosen = options.parse_args()
    scores = list(measure(chosen.models, folder(chosen.gold)))
    print(table(scores))
    if chosen.write:
        (chosen.models / "scores.json").write_text(
            json.dumps(report(scores), indent=1) + "\n", encoding="utf-8"
        )
        into_card(chosen.models / "MODEL_CARD.md", scores)


if __name__ == "__main__":
    try:
        main()
    except DataError as error:
        sys.exit(f"measure: {error}")
