"""stanza.models.{parser,tagger} on a CPU: encoder passes in bfloat16.

The learning rate warms up and then falls in a line.

    python -m training.on_cpu parser --max_steps 2400 ...
    python -m training.on_cpu tagger --start_from MODEL --done 1200 --max_steps 1550 ...

All other flags are those of stanza.models (train.sh has them); `--start_from` with `--done` goes on
with a model's weights at that step, here 1200 of 1550.

With a GPU run the Stanza modules as they are, without this one. On a CPU set both dropouts to 0 in
the start encoder's config.json: the random numbers cost more than the matrix products.
"""

from __future__ import annotations

import argparse
import importlib
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

FOLDERS = {"parser": "depparse", "tagger": "pos"}  # where Stanza keeps each one's modules
RATES = {
    "parser": {"general_optimizer": 1.5e-3, "bert_optimizer": 1e-4},
    "tagger": {"general_optimizer": 3e-3},
}
WARMUP, WARMUP_AGAIN = 120, 60
LEAST = 0.02  # of the highest rate


@dataclass
class Schedule:
    """The learning rates of a run, which counts on from `done`."""

    rates: dict[str, float]
    steps: int
    done: int = 0
    began: float = field(default_factory=time.time)

    def __post_init__(self) -> None:
        self.step = self.done

    def factor(self) -> float:
        """Return what the highest rate is multiplied with at this step."""
        warm = (self.step - self.done) / (WARMUP_AGAIN if self.done else WARMUP)
        return min(1, warm) * max(LEAST, 1 - self.step / self.steps)

    def advance(self, optimizers: Any) -> None:
        """Return one step on: set the rates."""
        self.step += 1
        named = optimizers if isinstance(optimizers, dict) else {"general_optimizer": optimizers}
        for name, optimizer in named.items():
            for group in optimizer.param_groups:
                group["lr"] = self.rates[name] * self.factor()
        if self.step % 100 == 0:
            print(f"step {self.step}, {time.time() - self.began:.0f} s", flush=True)


def take_over(trainer: Any, start: Path) -> None:
    """Load the weights of an earlier run into a new trainer."""
    weights = torch.load(start, map_location="cpu", weights_only=True)["model"]
    missing, unexpected = trainer.model.load_state_dict(weights, strict=False)
    if unexpected or any(not name.startswith("bert_model.") for name in missing):
        raise SystemExit(
            f"on_cpu: {start} does not fit these settings (missing {missing}, unexpected "
            f"{unexpected})"
        )


def change(kind: str, schedule: Schedule, start: Path | None) -> None:
    """Replace three functions of Stanza's trainer of this kind, in this process from now on."""
    model: Any = importlib.import_module(f"stanza.models.{FOLDERS[kind]}.model")
    trainer = importlib.import_module(f"stanza.models.{FOLDERS[kind]}.trainer").Trainer
    plain_embeddings, plain_init, plain_update = (
        model.extract_bert_embeddings,
        trainer.__init__,
        trainer.update,
    )
    to_load = [start] if start else []

    def embeddings(*arguments: Any, **options: Any) -> list[torch.Tensor]:
        with torch.autocast("cpu", torch.bfloat16):
            return [states.float() for states in plain_embeddings(*arguments, **options)]

    def init(self: Any, *arguments: Any, **options: Any) -> None:
        plain_init(self, *arguments, **options)
        if to_load:
            take_over(self, to_load.pop())

    def update(self: Any, batch: Any, eval: bool = False) -> Any:
        if not eval:
            schedule.advance(getattr(self, "optimizers", None) or self.optimizer)
        return plain_update(self, batch, eval)

    model.extract_bert_embeddings, trainer.__init__, trainer.update = embeddings, init, update


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("kind", choices=sorted(FOLDERS))
    options.add_argument("--max_steps", type=int, required=True)
    options.add_argument("--done", type=int, default=0, help="steps that the run before had made")
    options.add_argument("--start_from", type=Path, help="model of the run before")
    chosen, flags = options.parse_known_args()
    change(
        chosen.kind, Schedule(RATES[chosen.kind], chosen.max_steps, chosen.done), chosen.start_from
    )
    flags += ["--max_steps", str(chosen.max_steps - chosen.done)]  # Stanza counts from 0 again
    importlib.import_module(f"stanza.models.{chosen.kind}").main(flags)


if __name__ == "__main__":
    main()
