"""Who is who bit by bit comes to the same as all at once."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.identity import KnownPerson
from quotes.identity.clustering import cluster
from quotes.identity.name_nodes import NodeKey, node_key
from quotes.identity.pairwise import compare_profiles
from quotes.identity.profiles import profile
from quotes.identity.usage_records import add_usages, usage_of_text, usage_text
from quotes.records import Kind, NameUsage, Speaker
from quotes.store.entity_resolution import Resolution
from tests.builders import ENGLISH
from tests.identity.sample_usages import groups, identify, use

KNOWN = (
    KnownPerson(name="Sergei Lavrov", aliases=("Lavrov", "S. V. Lavrov"), roles=("minister",)),
    KnownPerson(name="Mahmoud Abbas", aliases=("Abu Mazen",), wikidata="Q127998"),
)
GIVEN = ("John", "J.", "Jon", "Jane", "Mr", "Sergei", "Sergey", "Bill", "William", "Abu", "Wei", "")
MIDDLE = ("", "", "", "W.", "Jong", "Smith")
FAMILY = ("Smith", "Smyth", "Lavrov", "Lavroff", "Mazen", "Clinton", "Li", "Wei", "Abbas")
ROLES = ("mayor", "Ohio treasurer", "treasurer of Ohio", "spokeswoman", "minister")
BODIES = ("Russian foreign ministry", "Foreign Ministry of Russia", "Foreign Ministry", "NLC")

ARTICLES = st.lists(
    st.builds(
        lambda name, kind, quotes, role, others: (name, kind, quotes, role, others),
        st.one_of(
            st.builds(
                lambda *parts: " ".join(part for part in parts if part),
                st.sampled_from(GIVEN),
                st.sampled_from(MIDDLE),
                st.sampled_from(FAMILY),
            ),
            st.sampled_from(BODIES),
        ),
        st.sampled_from(("person", "person", "person", "organization", None)),
        st.integers(0, 3),
        st.sampled_from(("", "", *ROLES)),
        st.sets(st.sampled_from(("Ann Lee", "Bo Park", "Cy Young")), max_size=3),
    ),
    max_size=25,
)


def usages_of(rows: Sequence[tuple[str, Kind | None, int, str, set[str]]]) -> list[NameUsage]:
    """A usage for each article, of which some use the same name."""
    return [
        use(name, kind, quotes=quotes, documents=[f"d{n}"], roles=[role] if role else [],
            others=sorted(others))
        for n, (name, kind, quotes, role, others) in enumerate(rows)
    ]  # fmt: skip


def added(resolution: Resolution, usages: Sequence[NameUsage]) -> None:
    """Add usages of new articles to those of a resolution."""
    by_name: dict[tuple[str, Kind | None], list[NameUsage]] = {}
    for usage in usages:
        by_name.setdefault((usage.name, usage.kind), []).append(usage)
    for (name, kind), several in by_name.items():
        known = resolution.usage(name, kind)
        resolution.put([add_usages([*([known] if known else []), *several])])


@settings(max_examples=40)
@given(ARTICLES, st.randoms(use_true_random=False), st.booleans())
def test_articles_in_any_order_and_parts_give_what_all_at_once_give(
    rows: list[tuple[str, Kind | None, int, str, set[str]]], chance: random.Random, known: bool
) -> None:
    people = KNOWN if known else ()
    usages = usages_of(rows)
    whole = identify(usages, known=people)
    chance.shuffle(usages)
    with Resolution(ENGLISH, known=people) as resolution:
        seen: dict[str, Speaker] = {}
        while usages:
            count = chance.randint(1, len(usages))
            added(resolution, usages[:count])
            del usages[:count]
            changes = resolution.decide()
            for identifier in changes.gone:
                del seen[identifier]
            seen |= {speaker.id: speaker for speaker in resolution.speakers(changes.changed)}
            assert tuple(seen[identifier] for identifier in sorted(seen)) == resolution.speakers()
        assert resolution.speakers() == whole


@settings(max_examples=40)
@given(ARTICLES, ARTICLES, st.randoms(use_true_random=False))
def test_what_is_taken_back_leaves_no_trace(
    stays: list[tuple[str, Kind | None, int, str, set[str]]],
    goes: list[tuple[str, Kind | None, int, str, set[str]]],
    chance: random.Random,
) -> None:
    own = {(u.name, u.kind): u for u in usages_of(stays)}
    other = {(u.name, u.kind): u for u in usages_of(goes)}
    with Resolution(ENGLISH, known=KNOWN) as resolution:
        resolution.put([*(own | other).values()])
        resolution.decide()
        resolution.put(own.values(), other.keys() - own.keys())
        if chance.random() < 0.5:  # before anybody asked who is who
            resolution.put(other.values())
            resolution.put(own.values(), other.keys() - own.keys())
        resolution.decide()
        assert resolution.speakers() == identify([*own.values()], known=KNOWN)


def test_a_speaker_stays_when_a_name_of_it_is_taken_back() -> None:
    """Whichever of the two parts that they leave is decided first."""
    for gone, stays in (("Bill Clinton", "Clinton"), ("Clinton", "Bill Clinton")):
        with Resolution(ENGLISH) as resolution:
            resolution.put([use(gone, documents=["d1"]), use(stays, documents=["d2"])])
            resolution.decide()
            assert len(resolution.speakers()) == 1
            resolution.put([], [(gone, "person")])
            resolution.decide()
            assert [speaker.name for speaker in resolution.speakers()] == [stays]


def test_only_speakers_that_changed_are_named() -> None:
    with Resolution(ENGLISH) as resolution:
        resolution.put([use("Dmitry Peskov"), use("Sergei Lavrov"), use("Lavrov")])
        assert resolution.decide().changed == {"dmitry-peskov", "sergei-lavrov"}
        resolution.put([use("Peskov", documents=["d2"])])
        changes = resolution.decide()
        assert changes.changed == {"dmitry-peskov"}
        assert changes.gone == frozenset()
        resolution.put([use("Peskov", documents=["d2"])])
        assert resolution.decide().changed == frozenset()


def test_a_second_bearer_of_a_surname_takes_it_from_the_first() -> None:
    with Resolution(ENGLISH) as resolution:
        resolution.put([use("Bill Clinton", documents=["d1"]), use("Clinton", documents=["d2"])])
        resolution.decide()
        assert groups(resolution.speakers()) == {frozenset({"Bill Clinton", "Clinton"})}
        resolution.put([use("Hillary Clinton", documents=["d3"])])
        changes = resolution.decide()
        assert len(groups(resolution.speakers())) == 3
        assert changes.changed == {"bill-clinton", "clinton", "hillary-clinton"}


def test_an_id_is_free_again_when_its_speaker_is_gone() -> None:
    with Resolution(ENGLISH) as resolution:
        resolution.put([use("Washington", "organization"), use("Washington", "person")])
        resolution.decide()
        assert [s.id for s in resolution.speakers()] == ["washington", "washington-organization"]
        resolution.put([], [("Washington", "person")])
        changes = resolution.decide()
        assert changes.changed == {"washington"}
        assert changes.gone == {"washington-organization"}


def test_a_resolution_in_a_file_goes_on_where_it_was_committed(tmp_path: Path) -> None:
    file = tmp_path / "resolution.sqlite"
    with Resolution(ENGLISH, known=KNOWN, file=file) as resolution:
        resolution.put([use("Dmitry Peskov")])
        resolution.decide()
        resolution.set_note("articles", b"one")
        resolution.commit()
        resolution.put([use("Sergei Lavrov")])
    with Resolution(ENGLISH, known=KNOWN, file=file) as resolution:
        assert resolution.note("articles") == b"one"
        resolution.put([use("Lavrov", documents=["d2"])])
        resolution.decide()
        assert resolution.speakers() == identify(
            [use("Dmitry Peskov"), use("Lavrov", documents=["d2"])], known=KNOWN
        )


@pytest.mark.parametrize("kind", ["person", "organization", None])
def test_a_usage_as_text_comes_back_as_it_was(kind: Kind | None) -> None:
    usage = use("Zoë “Z” O'Hara", kind, roles=["mayor"], others=["Ann Lee"])
    assert usage_of_text(usage.name, kind, usage_text(usage)) == usage


@settings(max_examples=40)
@given(ARTICLES)
def test_parts_that_hang_together_are_decided_as_in_one_cluster_of_all(
    rows: list[tuple[str, Kind | None, int, str, set[str]]],
) -> None:
    usages = sorted(
        {(u.name, u.kind or ""): u for u in usages_of(rows)}.values(),
        key=lambda u: node_key(u, ENGLISH),
    )
    usages = [u for n, u in enumerate(usages) if node_key(u, ENGLISH) != _key(usages, n - 1)]
    profiles = [profile(usage, ENGLISH) for usage in usages]
    compared = {
        (x, y): compare_profiles(profiles[x], profiles[y], ENGLISH)
        for x, y in combinations(range(len(usages)), 2)
    }
    clusters = cluster(profiles, ENGLISH, {}, compared)
    assert {
        frozenset((usages[place].name, usages[place].kind) for place in places)
        for places in clusters.members.values()
    } == {frozenset((a.name, a.kind) for a in speaker.aliases) for speaker in identify(usages)}


def _key(usages: Sequence[NameUsage], place: int) -> NodeKey | None:
    return node_key(usages[place], ENGLISH) if place >= 0 else None
