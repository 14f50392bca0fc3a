"""Actors on a real cluster of this machine: each document comes back once, crash or not."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.ray_failures import copied_parses
from quotes.errors import EngineError, ModelError
from quotes.pipeline import Processed
from quotes.records import Document, Failure
from quotes.store import EVERYTHING, open_store
from quotes.workers import ray_actors
from quotes.workers.queue import MAX_HELD
from quotes.workers.ray_actors import run_with_ray
from tests.crashing_documents import CrashingDocument
from tests.stores import FROZEN, HARBOUR, SCHOOL, Counted, described, work

ray = pytest.importorskip(
    "ray", reason='Ray is not installed: pip install "quotes-attribution[ray]"'
)

pytestmark = [pytest.mark.ray, pytest.mark.slow]

CPUS = 3  # two for actors, one that is free


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A cluster that these tests started, by its address."""
    ray_actors._ray()
    ray.init(
        address="local",
        num_cpus=CPUS,
        include_dashboard=False,
        object_store_memory=100_000_000,
        log_to_driver=False,
    )
    yield ray.get_runtime_context().gcs_address
    ray.shutdown()


def articles(count: int) -> list[Any]:
    return [described((HARBOUR, SCHOOL)[n % 2], id=f"article-{n}") for n in range(count)]


def named(results: Iterator[Any]) -> dict[str, Any]:
    """Results by id, each of which must be there once."""
    listed = [(r.document.id if isinstance(r, Processed) else r.id, r) for r in results]
    assert len(dict(listed)) == len(listed)
    return dict(listed)


def test_actors_give_what_one_program_gives(cluster: str) -> None:
    items = [*articles(9), Failure("empty", "read", "empty.txt: is empty")]
    found = named(run_with_ray(items, address=None, actors=2))
    assert found == named(work(items))
    assert len(found) == 10
    assert ray.is_initialized()  # what others started is left running


def test_an_actor_that_is_lost_loses_nothing_and_nothing_is_stored_twice(
    cluster: str, tmp_path: Path
) -> None:
    items = articles(24)
    for place in (9, 3):
        once = CrashingDocument(
            id=f"once-{place}",
            text="Die Preise steigen.",
            language="de",
            marker=str(tmp_path / f"died-{place}"),
        )
        items.insert(place, (once, HARBOUR[1]))
    with open_store(tmp_path / "s", create=True, made_by="tests") as store:
        steps = list(
            store.add(items, work=lambda wanted: run_with_ray(wanted, address=None, actors=2))
        )
        documents, quotes = store.documents(), store.quotes(EVERYTHING)
        assert sorted(documents["id"]) == sorted(f"article-{n}" for n in range(24))
        assert not quotes.duplicated(["document", "id"]).any()
        assert quotes.groupby("document").size().to_dict() == dict(
            zip(documents["id"], documents["quotes"], strict=True)
        )
    failures = {step.id: step.failure.message for step in steps if step.failure}
    assert set(failures) == {"once-3", "once-9"}
    assert [
        m for m in failures.values() if "no rules for the language 'de'" not in m
    ] == []  # what any program says of them
    assert sorted(path.name for path in tmp_path.glob("died-*")) == ["died-3", "died-9"]


def test_a_document_at_which_actors_die_is_a_failure_and_its_batch_is_done(cluster: str) -> None:
    """Articles in a language without rules: no model is needed to say so."""
    items: list[Any] = [
        Document(id=f"a{n}", text="Die Preise steigen.", language="de") for n in range(9)
    ]
    items.insert(5, CrashingDocument(id="deadly", text="Boom.", language="de"))
    found = named(run_with_ray(items, address=None, actors=1))
    assert sorted(found) == sorted(item.id for item in items)
    assert [
        name
        for name, failure in found.items()
        if "the program that worked on it died (" in failure.message
    ] == ["deadly"]
    assert "Worker unexpectedly exits" in found["deadly"].message


def test_no_more_is_read_than_the_actors_hold(cluster: str) -> None:
    items = Counted(articles(40))
    for done, _ in enumerate(run_with_ray(items, address=None, actors=2), start=1):
        assert items.taken <= done + 2 * MAX_HELD
    assert (done, items.taken) == (40, 40)


def test_when_the_caller_stops_the_actors_end(cluster: str) -> None:
    running = run_with_ray(articles(40), address=None, actors=2)
    assert isinstance(running, Generator)
    next(running)
    running.close()
    deadline = time.monotonic() + 30
    while ray.available_resources().get("CPU") != CPUS and time.monotonic() < deadline:
        time.sleep(0.2)
    assert ray.available_resources()["CPU"] == CPUS


def test_without_a_model_nothing_goes_on(cluster: str) -> None:
    with pytest.raises(ModelError, match="no/such/model"):
        list(
            run_with_ray(
                [Document(id="a", text="Prices rose.", language="en")],
                address=None,
                actors=1,
                model="no/such/model",
            )
        )


def test_actors_with_another_version_are_refused(
    cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray_actors, "__version__", "99.0")
    with pytest.raises(EngineError, match=r"has quotes .+, and this program is 99\.0.*pip install"):
        list(run_with_ray(articles(2), address=None, actors=1))


def test_actors_that_never_start_end_the_run(cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __init__(self, *_: object) -> None:
            raise ImportError("no module of that name")

        def version(self) -> None: ...

    monkeypatch.setattr(ray_actors, "_Actor", Broken)
    with pytest.raises(
        EngineError, match=r"3 actors in a row died .*no module of that name.*on every machine"
    ):
        list(run_with_ray(articles(2), address=None, actors=1))


def test_actors_for_which_there_is_no_place_end_the_run(
    cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray_actors, "MAX_PLACE_SECONDS", 0.5)
    with pytest.raises(
        EngineError, match=r"no actor could be placed .*\(3\.0 CPUs of the cluster are free\)"
    ):
        list(run_with_ray(articles(2), address=None, actors=1, threads=CPUS + 1))


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(
        EngineError,
        match=r"--engine ray needs ray, which is not installed: "
        r'pip install "quotes-attribution\[ray\]"',
    ):
        list(run_with_ray(articles(1), address=None, actors=1))


@pytest.mark.parametrize("address", ["ray://10.0.0.1:10001", "10.0.0.1", "10.0.0.1:port", ":6379"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(EngineError, match="is not HOST:PORT"):
        ray_actors._require_cluster(ray, address)


# The command


def test_an_address_that_does_not_answer_ends_the_command(command: Any, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"  # free again in a moment
    began = time.monotonic()
    done = command(
        "add",
        "--parsed",
        FROZEN,
        "--store",
        tmp_path / "s",
        "--engine",
        "ray",
        "--address",
        address,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"quotes: --address {address}: nothing answers there")
    assert time.monotonic() - began < 60


def test_an_address_without_the_engine_is_refused(command: Any, tmp_path: Path) -> None:
    done = command(
        "add", "--parsed", FROZEN, "--store", tmp_path / "s", "--address", "127.0.0.1:6379"
    )
    assert done.returncode == 2
    assert "add --engine ray" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT to one process on this system")
def test_ctrl_c_stores_what_is_done_and_the_next_run_goes_on_elsewhere(
    cluster: str, tmp_path: Path, program: list[str]
) -> None:
    """The first run starts a cluster of its own, the second is given the address of one."""
    store, copies = tmp_path / "s", 450
    arguments = [
        *program,
        "add",
        "--parsed",
        str(copied_parses(tmp_path / "p.conllu", copies)),
        "--store",
        str(store),
        "--engine",
        "ray",
    ]
    running = subprocess.Popen(
        [*arguments, "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 120
    while (
        not list(store.rglob("documents/**/*.parquet"))
        and running.poll() is None
        and time.monotonic() < deadline
    ):
        time.sleep(0.1)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to all programs of the command
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130, errors
    assert "stopped" in errors
    assert "Traceback" not in errors
    with open_store(store) as opened:
        held = len(opened.documents())
    assert 0 < held < 2 * copies
    again = subprocess.run(
        [*arguments, "--address", cluster], capture_output=True, text=True, timeout=300, check=False
    )
    new = 2 * copies - held
    assert again.stdout.startswith(
        f"{store}: {2 * copies} documents ({new} new, 0 changed, {held} unchanged, 0 failed)"
    ), again.stderr
    assert again.stdout.count("\n") == 1  # nothing of Ray's among it
