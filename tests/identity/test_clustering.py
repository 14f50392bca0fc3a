"""Usages of names put together into clusters, without chains."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from quotes.identity.clustering import Clusters, cluster
from quotes.identity.pairwise import compare_profiles
from quotes.identity.profiles import profile
from quotes.records import NameUsage
from tests.builders import ENGLISH
from tests.identity.sample_usages import use


def clustered(*usages: NameUsage, known: Mapping[int, int] | None = None) -> Clusters:
    profiles = [profile(usage, ENGLISH) for usage in usages]
    compared = {
        (x, y): compare_profiles(profiles[x], profiles[y], ENGLISH)
        for x, y in combinations(range(len(usages)), 2)
    }
    return cluster(profiles, ENGLISH, known or {}, compared)


def sets(clusters: Clusters) -> set[frozenset[int]]:
    return set(map(frozenset, clusters.members.values()))


def test_names_that_say_as_much_are_joined() -> None:
    found = clustered(use("Sergei Lavrov"), use("Sergey Lavrov"), use("Dmitry Peskov"))
    assert sets(found) == {frozenset({0, 1}), frozenset({2})}
    assert found.cluster_of[0] == found.cluster_of[1] != found.cluster_of[2]


def test_a_surname_joins_the_only_one_that_it_fits_with_a_reason() -> None:
    found = clustered(use("Dmitry Peskov"), use("Peskov", documents=["d2"]))
    assert sets(found) == {frozenset({0, 1})}
    assert found.joined[1].reason == "surname alone; no other speaker here has it"


def test_a_surname_that_fits_two_stays_apart() -> None:
    found = clustered(use("Bill Clinton"), use("Clinton"), use("Hillary Clinton"))
    assert sets(found) == {frozenset({0}), frozenset({1}), frozenset({2})}


def test_a_name_between_two_that_differ_does_not_chain_them() -> None:
    found = clustered(use("George H. W. Bush"), use("George Bush"), use("George W. Bush"))
    assert sets(found) == {frozenset({0}), frozenset({1}), frozenset({2})}
    assert found.contradict(0, 2)


def test_all_names_of_a_known_person_are_one_and_two_known_people_never_meet() -> None:
    one = clustered(use("Mahmoud Abbas"), use("Abu Mazen"), known={0: 0, 1: 0})
    assert sets(one) == {frozenset({0, 1})}
    two = clustered(use("Sergei Ivanov"), use("Sergey Ivanov"), known={0: 0, 1: 1})
    assert sets(two) == {frozenset({0}), frozenset({1})}


def test_a_pair_is_compared_once_the_smaller_index_first() -> None:
    found = clustered(use("Dmitry Peskov"), use("Peskov", documents=["d2"]))
    assert found.comparison(1, 0) is found.comparison(0, 1)
    assert found.less_specific(1, 0) == 1
