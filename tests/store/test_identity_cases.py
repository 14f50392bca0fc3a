"""Entity resolution: lists of pairs, and usages of names made speakers."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotes import identity
from quotes.identity import KnownPerson, nearest, with_reviews
from quotes.records import Kind, NameUsage
from tests.builders import ENGLISH
from tests.identity.sample_usages import groups, identify, use
from tests.paths import CASES

compare = partial(identity.compare, language=ENGLISH)
find = partial(identity.find, language=ENGLISH)

LISTS = ("identity", "identity-later")
MIN_SAME = 0.95


def side(value: Any, kind: Kind) -> NameUsage:
    """One side of a pair: a name, or a table with what is said of it."""
    row: dict[str, Any] = {"name": value} if isinstance(value, str) else value
    return NameUsage(
        name=row["name"],
        kind=row.get("kind", kind),
        documents=tuple(row.get("documents", ())),
        roles=tuple((role, 1) for role in row.get("roles", ())),
        others=tuple(row.get("others", ())),
    )


def load(name: str) -> list[tuple[NameUsage, NameUsage, str, str]]:
    rows = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["pair"]
    return [
        (
            side(row["a"], row.get("kind", "person")),
            side(row["b"], row.get("kind", "person")),
            row["want"],
            row["why"],
        )
        for row in rows
    ]


PAIRS = [pair for name in LISTS for pair in load(name)]
APART = [pair for pair in PAIRS if pair[2] == "different"]
ONE = [pair for pair in PAIRS if pair[2] == "same"]


# The lists of pairs


@pytest.mark.parametrize(
    ("a", "b", "want", "why"), APART, ids=[f"{a.name} | {b.name}" for a, b, _, _ in APART]
)
def test_two_speakers_are_never_made_one(a: NameUsage, b: NameUsage, want: str, why: str) -> None:
    assert compare(a, b).outcome != "same", why
    assert compare(b, a).outcome != "same", why
    assert len(identify([a, b])) == 2, why


def test_one_speaker_is_found_in_nearly_all_pairs() -> None:
    missed = [
        f"{a.name} | {b.name}: {why}"
        for a, b, _, why in ONE
        if compare(a, b).outcome != "same" or len(identify([a, b])) != 1
    ]
    assert len(missed) <= (1 - MIN_SAME) * len(ONE), missed


def test_the_lists_have_as_many_traps_as_matches_and_a_reason_for_each_pair() -> None:
    assert len(ONE) >= 60
    assert len(APART) >= 60
    assert {want for _, _, want, _ in PAIRS} == {"same", "different"}
    assert all(why.strip() for *_, why in PAIRS)
    assert len({(a.name, b.name, a.roles, b.roles) for a, b, _, _ in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize(
    ("a", "b", "want", "why"), PAIRS, ids=[f"{a.name} | {b.name}" for a, b, _, _ in PAIRS]
)
def test_the_order_of_two_uses_does_not_matter(
    a: NameUsage, b: NameUsage, want: str, why: str
) -> None:
    there, back = compare(a, b), compare(b, a)
    assert (there.score, there.outcome) == (back.score, back.outcome)
    assert {there.general, back.general} in ({None}, {"a", "b"})
    assert 0 <= there.score <= 1


def test_a_comparison_says_in_words_why() -> None:
    a = use("J. Smith", roles=["treasurer of Ohio"])
    b = use("John Smith", roles=["Ohio treasurer"], documents=["d2"])
    assert compare(a, b).reason == "initial; the same role (treasurer of Ohio)"
    assert (
        compare(use("Donald Trump"), use("Donald Trump Jr.")).reason == "generations: none and Jr"
    )


# Groups


def seeds() -> list[NameUsage]:
    """The names that speak or are named in the two seeds."""
    first, second = ["s1"], ["s2"]
    return [
        use("Mousa Abu Marzook", documents=first, roles=["political leader of Hamas"]),
        use("Abu Marzook", documents=first, roles=["member of the political bureau"]),
        use("Marzook", documents=first),
        use(
            "Moussa Abu Marzouk",
            documents=["s1", "s2"],
            roles=["senior member of the militant organization"],
        ),
        use("Marzouk", documents=second),
        use(
            "Mikhail Bogdanov",
            documents=["s1", "s2"],
            roles=["Russian deputy foreign minister", "Deputy Foreign Minister"],
        ),
        use("Bogdanov", documents=first),
        use("Dmitry Peskov", documents=second, roles=["Kremlin spokesperson"]),
        use("Maria Zakharova", documents=second, roles=["Foreign Ministry spokeswoman"]),
        use("Vladimir Putin", documents=["s1", "s2"], roles=["President"]),
        use("Putin", documents=second),
        use("Sergei Lavrov", documents=["s1", "s2"]),
        use("Russian foreign ministry", "organization", documents=first),
        use("Russia's Foreign Ministry", "organization", documents=second),
        use("Hamas", "organization", documents=["s1", "s2"]),
        use("Russian state media", "organization", documents=first),
        use("Hamas representatives", "group", documents=first),
    ]


def test_the_people_of_the_seeds_are_each_there_once() -> None:
    found = groups(identify(seeds()))
    assert {"Mousa Abu Marzook", "Abu Marzook", "Marzook", "Moussa Abu Marzouk", "Marzouk"} in found
    assert {"Mikhail Bogdanov", "Bogdanov"} in found
    assert {"Vladimir Putin", "Putin"} in found
    assert {"Dmitry Peskov"} in found
    assert {"Maria Zakharova"} in found
    assert {"Russian foreign ministry", "Russia's Foreign Ministry"} in found
    assert not any("Hamas representatives" in names for names in found)


def test_ids_are_readable_and_each_alias_has_a_reason() -> None:
    speakers = identify(seeds())
    assert {"dmitry-peskov", "maria-zakharova", "vladimir-putin", "hamas"} <= {
        speaker.id for speaker in speakers
    }
    assert len({speaker.id for speaker in speakers}) == len(speakers)
    for speaker in speakers:
        assert speaker.aliases[0].name == speaker.name
        assert all(
            alias.reason and 0 < alias.score <= 1 and alias.by == "machine"
            for alias in speaker.aliases
        )


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_uses_does_not_matter(seed: int) -> None:
    uses = [*seeds(), *(side for a, b, _, _ in PAIRS for side in (a, b))]
    once = identify(uses)
    random.Random(seed).shuffle(uses)
    assert identify(uses) == once


NAMES = st.builds(
    lambda given, middle, family, end: " ".join(
        part for part in (given, middle, family, end) if part
    ),
    st.sampled_from(
        [
            "John",
            "J.",
            "Jane",
            "Sergei",
            "Sergey",
            "Hamad",
            "Hamed",
            "Hamid",
            "Kim",
            "",
            "Bill",
            "William",
            "al-",
        ]
    ),
    st.sampled_from(["", "", "W.", "H. W.", "Abu", "Jong"]),
    st.sampled_from(
        ["Smith", "Smyth", "Lavrov", "Lavroff", "Marzook", "Marzouk", "Un", "Il", "Clinton"]
    ),
    st.sampled_from(["", "", "Jr.", "III"]),
)
USES = st.builds(
    lambda name, kind, roles: NameUsage(
        name=name, kind=kind, documents=("d",), roles=tuple((role, 1) for role in sorted(roles))
    ),
    NAMES,
    st.sampled_from(["person", "person", "person", "organization", None]),
    st.sets(
        st.sampled_from(["mayor", "Ohio treasurer", "treasurer of Ohio", "spokeswoman"]), max_size=2
    ),
)


@settings(max_examples=60)
@given(st.lists(USES, max_size=12), st.randoms(use_true_random=False))
@example(
    [
        *(NameUsage(name="John Smith", kind="person", documents=("d",)) for _ in range(9)),
        *(
            NameUsage(
                name=name,
                kind="person",
                documents=("d",),
                roles=(("mayor", 1), ("spokeswoman", 1)),
            )
            for name in ("John Smith", "al- Smith")
        ),
    ],
    random.Random(0),
)
def test_any_uses_in_any_order_give_the_same_speakers_and_none_that_contradicts_itself(
    uses: list[NameUsage], chance: random.Random
) -> None:
    speakers = identify(uses)
    shuffled = list(uses)
    chance.shuffle(shuffled)
    assert identify(shuffled) == speakers
    assert len({speaker.id for speaker in speakers}) == len(speakers)
    assert {(alias.name, alias.kind) for speaker in speakers for alias in speaker.aliases} == {
        (u.name, u.kind) for u in uses
    }
    # What all uses of a name tell together decides: a man who is once called a spokeswoman is
    # neither surely a man nor a woman.
    together = [
        replace(own[0], roles=tuple(sorted({role for u in own for role in u.roles})))
        for name, kind in {(u.name, u.kind) for u in uses}
        if (own := [u for u in uses if (u.name, u.kind) == (name, kind)])
    ]
    for speaker in speakers:
        named = [
            u
            for u in together
            if any((u.name, u.kind) == (alias.name, alias.kind) for alias in speaker.aliases)
        ]
        assert {u.kind for u in named} - {None} in ({"person"}, {"organization"}, set())
        assert all(
            compare(a, b).outcome != "different" for a in named for b in named if a.name != b.name
        )


def test_a_name_between_two_that_differ_does_not_chain_them() -> None:
    found = groups(
        identify([use("George Bush"), use("George W. Bush"), use("George H. W. Bush"), use("Bush")])
    )
    assert found == {
        frozenset({"George Bush"}),
        frozenset({"George W. Bush"}),
        frozenset({"George H. W. Bush"}),
        frozenset({"Bush"}),
    }
    names = ["Hamad Rashid", "Hamed Rashid", "Hamid Rashid"]
    assert groups(identify([use(name) for name in names])) == {frozenset({name}) for name in names}


def test_a_surname_goes_to_the_only_speaker_who_has_it() -> None:
    (speaker,) = identify([use("Peskov"), use("Dmitry Peskov", documents=["d2"])])
    assert speaker.aliases[1].name == "Peskov"
    assert speaker.aliases[1].reason == "surname alone; no other speaker here has it"
    assert speaker.aliases[1].score == 0.6


def test_a_surname_that_fits_two_stays_apart() -> None:
    uses = [
        use("Trump", roles=["president"]),
        use("Donald Trump", roles=["president"]),
        use("Melania Trump", roles=["first lady"]),
    ]
    assert len(identify(uses)) == 3


def test_a_common_surname_needs_more_than_to_be_the_only_one() -> None:
    assert len(identify([use("Smith"), use("John Smith", documents=["d2"])])) == 2
    assert (
        len(
            identify(
                [
                    use("Smith", roles=["mayor of Leeds"]),
                    use("John Smith", documents=["d2"], roles=["Leeds mayor"]),
                ]
            )
        )
        == 1
    )


def test_an_initial_goes_to_the_one_whose_role_it_shares() -> None:
    uses = [
        use("J. Smith", documents=["d2"], roles=["mayor of Leeds"]),
        use("John Smith", roles=["Leeds mayor"]),
        use("Jane Smith", roles=["footballer"]),
    ]
    assert frozenset({"J. Smith", "John Smith"}) in groups(identify(uses))


def test_a_person_and_an_organization_of_one_name_are_two_with_ids_of_their_own() -> None:
    speakers = identify([use("Washington", "organization"), use("Washington", "person")])
    assert [(speaker.id, speaker.kind) for speaker in speakers] == [
        ("washington", "person"),
        ("washington-organization", "organization"),
    ]


def test_descriptions_have_no_identity_but_proper_names_of_groups_have() -> None:
    uses = [
        use("officials", "group"),
        use("a senior official", "unnamed"),
        use("A Senior Official", "unnamed"),
        use("Republicans", "group"),
    ]
    uses += [
        use("the Republicans", "group"),
        use("Mueller Report", "document"),
        use("a report", "document"),
        use("…", "person"),
    ]
    assert {(speaker.name, speaker.kind) for speaker in identify(uses)} == {
        ("Republicans", "group"),
        ("Mueller Report", "document"),
    }


def test_the_name_is_the_frequent_full_one_in_latin_letters() -> None:
    uses = [
        use("Дмитрий Песков", quotes=90),
        use("Peskov", quotes=50),
        use("Dmitri Peskov", quotes=3),
        use("Dmitry Peskov", quotes=9),
    ]
    (speaker,) = identify([*uses, use("Kremlin spokesman Dmitry Peskov"[17:].upper(), quotes=99)])
    assert (speaker.name, speaker.id) == ("Dmitry Peskov", "dmitry-peskov")


def test_nothing_gives_nothing() -> None:
    assert identify([]) == ()
    assert with_reviews((), ()) == ()
    assert find("Peskov", ()) == nearest("Peskov", ()) == ()


# Known people


def test_known_people_are_one_under_all_their_names() -> None:
    known = [
        KnownPerson(
            name="Mahmoud Abbas",
            aliases=("Abu Mazen",),
            wikidata="Q127998",
            roles=("Palestinian president",),
        )
    ]
    (speaker,) = identify([use("Abu Mazen"), use("Mahmud Abbas", documents=["d2"])], known=known)
    assert (speaker.name, speaker.wikidata, speaker.aliases[0].by) == (
        "Mahmoud Abbas",
        "Q127998",
        "file",
    )
    assert {alias.name: alias.by for alias in speaker.aliases} == {
        "Mahmoud Abbas": "file",
        "Abu Mazen": "file",
        "Mahmud Abbas": "machine",
    }
    assert identify([use("Vladimir Putin")], known=known)[0].wikidata is None


def test_two_known_people_are_never_one() -> None:
    known = [
        KnownPerson(name="Sergei Ivanov", wikidata="Q1"),
        KnownPerson(name="Sergey Ivanov", wikidata="Q2"),
    ]
    assert len(identify([use("Sergei Ivanov"), use("Sergey Ivanov")])) == 1
    assert {
        speaker.wikidata
        for speaker in identify([use("Sergei Ivanov"), use("Sergey Ivanov")], known=known)
    } == {"Q1", "Q2"}


def test_a_first_name_with_one_letter_wrong_keeps_no_surname_alone_apart() -> None:
    usages = [
        use("Volodymyr Zelenskiy", documents=["a"], roles=["President", "Ukrainian President"]),
        use("Voldymyr Zelenskyy", documents=["b"], roles=["President"]),
        use("Zelensky", documents=["c"], roles=["President"]),
    ]
    (speaker,) = identify(usages)
    reasons = {alias.name: alias.reason for alias in speaker.aliases}
    assert "first names one letter apart" in reasons["Voldymyr Zelenskyy"]
    assert "surname alone" in reasons["Zelensky"]


def test_a_first_name_with_one_letter_wrong_is_only_offered_without_an_office_in_common() -> None:
    first = use("Olekandr Kubrakov", documents=["a"])
    second = use("Oleksandr Kubrakov", documents=["b"])
    assert compare(first, second).outcome == "unsure"
    assert len(identify([first, second])) == 2
    common = compare(
        use("Olekandr Smith", documents=["a"], roles=["minister"]),
        use("Oleksandr Smith", documents=["b"], roles=["minister"]),
    )
    assert common.outcome == "unsure"
