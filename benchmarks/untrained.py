"""An untrained Stanza pipeline of the size of its default English package, for timing.

In: the embedded model, whose tokenizer and lemmatizer (of the default's kind and size) and whose
parse of a text (for the vocabularies) it takes. Out: files that Stanza loads. The weights are
random, so what it finds means nothing: only its speed is asked for. Sizes as Stanza trains the
package: character language models of 1,024 units forward and backward, word vectors of 100, and
else Stanza's own training defaults (tagger 2 layers of 200, parser 3 of 400, name tagger 256).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

VECTORS = 100
UNITS = 1_024


def build(folder: Path, parsed: Any) -> dict[str, str]:
    """Write the files into `folder`; `parsed` is a Stanza document.

    Gives the options for `stanza.Pipeline`.
    """
    import torch
    from stanza.models import ner_tagger, parser, tagger
    from stanza.models.common.char_model import CharacterLanguageModel
    from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
    from stanza.models.common.vocab import CharVocab
    from stanza.models.depparse.data import Dataset as Trees
    from stanza.models.depparse.trainer import GraphTrainer
    from stanza.models.ner.data import DataLoader as Names
    from stanza.models.ner.trainer import Trainer as NameTrainer
    from stanza.models.pos.data import Dataset as Tags
    from stanza.models.pos.trainer import Trainer as TagTrainer

    torch.manual_seed(1)
    letters = CharVocab(
        [
            sorted(
                {
                    letter
                    for sentence in parsed.sentences
                    for word in sentence.words
                    for letter in f"{word.text}\n "
                }
            )
        ]
    )
    sizes = {
        "char_emb_dim": 100,
        "char_hidden_dim": UNITS,
        "char_num_layers": 1,
        "char_dropout": 0.0,
        "char_rec_dropout": 0.0,
    }
    for name in ("forward", "backward"):
        CharacterLanguageModel(sizes, {"char": letters}, is_forward_lm=name == "forward").save(
            str(folder / f"{name}.pt")
        )
    words = sorted({word.text.lower() for sentence in parsed.sentences for word in sentence.words})
    vocabulary = PretrainedWordVocab(words, lang="en")
    path = folder / "vectors.pt"
    torch.save(
        {"vocab": vocabulary.state_dict(), "emb": torch.randn(len(vocabulary), VECTORS)}, path
    )
    vectors = Pretrain(str(path))
    charlm = {
        "charlm_forward_file": str(folder / "forward.pt"),
        "charlm_backward_file": str(folder / "backward.pt"),
    }
    known = {
        "charlm": True,
        "charlm_shorthand": "en_1billion",
        "shorthand": "en_default",
        "lang": "en",
        "use_peft": False,
        **charlm,
    }

    args = {**_defaults(tagger), **known}
    TagTrainer(
        args=args, vocab=Tags.init_vocab([parsed], args), pretrain=vectors, device="cpu"
    ).save(str(folder / "pos.pt"))
    args = {**_defaults(parser), **known, "sample_train": 1.0}
    data = Trees(parsed, args, vectors)
    GraphTrainer(args=args, vocab=data.vocab, pretrain=vectors, device="cpu").save(
        str(folder / "depparse.pt")
    )
    args = {**_defaults(ner_tagger), **known, "word_emb_dim": VECTORS}
    named = Names(parsed, args["batch_size"], args, vectors, scheme="bioes")
    NameTrainer(args=args, vocab=named.vocab, pretrain=vectors, device="cpu").save(
        str(folder / "ner.pt")
    )

    options = {
        f"{name}_model_path": str(folder / f"{name}.pt") for name in ("pos", "depparse", "ner")
    }
    for name in ("pos", "depparse", "ner"):
        options |= {
            f"{name}_forward_charlm_path": charlm["charlm_forward_file"],
            f"{name}_backward_charlm_path": charlm["charlm_backward_file"],
        }
        options |= {f"{name}_pretrain_path": str(path)}
    return options


def _defaults(program: Any) -> dict[str, Any]:
    defaults: dict[str, Any] = vars(program.build_argparse().parse_args([]))
    return defaults
