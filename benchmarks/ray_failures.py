"""A run of `quotes add` on a Ray cluster that loses an actor, a machine and the command itself.

    python -m benchmarks.ray_failures [--articles N]

A cluster of this machine: a node that only coordinates, and two of one CPU, each with a raylet of
its own and one actor. As the store grows, an actor is killed, then the raylet of a node (another
node joins), then the command; the same command does the rest. Then the store is compared with what
one program makes of the same articles: each article once, with the same quotes. The articles are
those of the tests with their parses, many times over, so that no parsing is measured. Needs the
extra `ray`. Seconds by the clock.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PARSES = Path(__file__).parents[1] / "tests" / "parses" / "articles.conllu"  # two articles
ACTOR = "ray::_Actor"  # how Ray names the program of an actor
SECONDS = 600  # until the store must have grown


def copied_parses(file: Path, copies: int) -> Path:
    """Write copies of the two articles with their parses, each with an id of its own."""
    text = PARSES.read_text(encoding="utf-8")
    file.write_text(
        "\n".join(
            re.sub(r"^(# newdoc id = .+)$", rf"\1-{n}", text, flags=re.MULTILINE)
            for n in range(copies)
        ),
        encoding="utf-8",
    )
    return file


def actor_programs() -> list[int]:
    """Return the process ids of the actors on this machine."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name = (folder / "cmdline").read_bytes()
        except OSError:  # it ended
            continue
        if name.startswith(ACTOR.encode()):
            found.append(int(folder.name))
    return found


def commits(store: Path) -> int:
    """Count the commits of the articles."""
    return len(list((store / "documents" / "_delta_log").glob("*.json")))


def contents(store: Path) -> dict[str, list[Any]]:
    """Return the quotes of each stored article. Raises ValueError where one is there twice."""
    from quotes.store import EVERYTHING, open_store

    with open_store(str(store)) as opened:
        documents, quotes = opened.documents(), opened.quotes(EVERYTHING)
    if documents["id"].duplicated().any() or quotes.duplicated(["document", "id"]).any():
        raise ValueError(f"{store}: an article or a quote is there twice")
    found: dict[str, list[Any]] = {name: [] for name in documents["id"]}
    for name, words, speaker in zip(
        quotes["document"], quotes["words"], quotes["speaker"], strict=True
    ):
        found[name].append((str(words), str(speaker)))
    return {name: sorted(held) for name, held in found.items()}


class Run:
    """One command that adds the articles, while things are taken from it."""

    def __init__(self, arguments: list[str], store: Path) -> None:
        self._store, self._began = store, time.perf_counter()
        self.command = subprocess.Popen(
            arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def after_commit(self, what: str, do: Callable[[], None]) -> None:
        """Do something once the store has grown; raise RuntimeError where it does not grow."""
        before, deadline = commits(self._store), time.monotonic() + SECONDS
        while commits(self._store) == before and time.monotonic() < deadline:
            if self.command.poll() is not None:
                raise RuntimeError(f"done before {what}: take more articles")
            time.sleep(0.1)
        if commits(self._store) == before:
            raise RuntimeError(f"nothing was stored in {SECONDS} s before {what}")
        do()
        print(f"{time.perf_counter() - self._began:6.1f} s  {what}", flush=True)


def measured(articles: int, folder: Path) -> bool:
    """Do the run; return whether the store is what one program makes of the articles."""
    import ray
    from ray.cluster_utils import Cluster

    parses, store, alone = folder / "p.conllu", folder / "store", folder / "alone"
    copied_parses(parses, articles // 2)
    add = [sys.executable, "-m", "quotes", "add", "--parsed", str(parses), "--store"]
    subprocess.run([*add, str(alone)], check=True, capture_output=True)
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    try:
        nodes = [cluster.add_node(num_cpus=1) for _ in range(2)]
        on_cluster = [*add, str(store), "--engine", "ray", "--workers", "2"]
        on_cluster += ["--address", cluster.address]
        run = Run(on_cluster, store)

        def lose_actor() -> None:
            os.kill(actor_programs()[0], signal.SIGKILL)

        def lose_node() -> None:
            cluster.remove_node(nodes[1], allow_graceful=False)
            cluster.add_node(num_cpus=1)

        run.after_commit("the store is made", lambda: None)
        run.after_commit("an actor is killed", lose_actor)
        run.after_commit("the raylet of a node is killed, another node joins", lose_node)
        run.after_commit("the command is killed", run.command.kill)
        run.command.communicate()
        held = len(contents(store))
        began = time.perf_counter()
        again = subprocess.run(on_cluster, check=True, capture_output=True, text=True)
        print(f"{held} articles were stored; the same command: {again.stdout.strip()}")
        print(f"{time.perf_counter() - began:6.1f} s  for the rest")
    finally:
        cluster.shutdown()
        ray.shutdown()
    return contents(store) == contents(alone)


def main() -> None:
    """Measure and print; exit with 1 where something is lost, twice or other."""
    given = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    given.add_argument("--articles", type=int, default=2000)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        same = measured(asked.articles, Path(folder))
    print(
        f"{asked.articles} articles: "
        + ("nothing lost, nothing twice" if same else "NOT what one program makes of them")
    )
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
