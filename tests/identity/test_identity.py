"""Entity resolution: lists of pairs, clusters of usages, reviews, known people, lookup by name."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes import identity
from quotes.errors import InputError
from quotes.identity import (
    KnownPerson,
    nearest,
    read_known,
    splits_by_document,
    with_reviews,
)
from quotes.records import Kind, NameUsage, Review, Speaker
from tests.builders import ENGLISH
from tests.paths import CASES

candidates = partial(identity.candidates, language=ENGLISH)
compare = partial(identity.compare, language=ENGLISH)
find = partial(identity.find, language=ENGLISH)
identify = partial(identity.identify, language=ENGLISH)

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


def use(
    name: str,
    kind: Kind | None = "person",
    *,
    quotes: int = 1,
    documents: Sequence[str] = ("d1",),
    roles: Sequence[str] = (),
    others: Sequence[str] = (),
) -> NameUsage:
    rows = tuple((role, 1) for role in roles)
    return NameUsage(
        name=name,
        kind=kind,
        quotes=quotes,
        documents=tuple(documents),
        roles=rows,
        others=tuple(others),
    )


def groups(speakers: Sequence[Speaker]) -> set[frozenset[str]]:
    return {frozenset(alias.name for alias in speaker.aliases) for speaker in speakers}


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


@settings(max_examples=60, deadline=None)
@given(st.lists(USES, max_size=12), st.randoms(use_true_random=False))
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
    for speaker in speakers:
        named = [
            u
            for u in uses
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


CSV = (
    "name,aliases,wikidata,roles\n"
    "Mahmoud Abbas,Abu Mazen; Mahmud Abbas,Q127998,Palestinian president\n"
)
JSON = (
    '{"name": "Mahmoud Abbas", "aliases": ["Abu Mazen", "Mahmud Abbas"], "wikidata": "Q127998", '
    '"roles": "Palestinian president"}\n'
)


@pytest.mark.parametrize("text", [CSV, JSON, "\ufeff" + CSV.replace("\n", "\r\n")])
def test_a_file_of_known_people_is_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "known"
    path.write_bytes(text.encode("utf-8"))
    (person,) = read_known(path)
    assert person == KnownPerson(
        name="Mahmoud Abbas",
        aliases=("Abu Mazen", "Mahmud Abbas"),
        wikidata="Q127998",
        roles=("Palestinian president",),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds nobody"),
        ("name\n", "holds nobody"),
        ("person,aliases\nAnn,\n", ":1: no column `name`"),
        ("name,age\nAnn,7\n", ":2: unknown column 'age'"),
        ("name\nAnn\n\nAnn\n", ":4: 'Ann' stands in line 2 already"),
        ("name,wikidata\nAnn,12\n", ":2: '12' is no Wikidata id"),
        ("name,wikidata\n,Q12\n", ":2: no name"),
        ("name\nAnn,Bea\n", ":2: 2 values for 1 columns"),
        ('name\n"Ann\n', "not CSV"),
        ('{"name": "Ann"}\n{"name": 7}\n', ":2: name is 7"),
        ('{"name": "Ann"}\n[]\n', ":2: holds a list"),
        ('{"name": "Ann"}\n{"name"\n', ":2: not JSON"),
    ],
)
def test_a_bad_file_of_known_people_is_refused_with_its_line(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "known.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_known(path)
    assert str(path) in str(error.value)
    assert message in str(error.value)


def test_a_missing_file_or_one_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_known(tmp_path / "none.csv")
    (tmp_path / "known.csv").write_bytes(b"name\n\xff\xfe\n")
    with pytest.raises(InputError, match="not UTF-8 text"):
        read_known(tmp_path / "known.csv")


# Reviews


def review_row(
    number: int,
    action: Any,
    *names: str,
    day: int = 1,
    undoes: str | None = None,
    documents: Sequence[str] = (),
) -> Review:
    at = datetime(2024, 1, day, tzinfo=UTC)
    return Review(
        id=f"j{number}",
        action=action,
        by="Ann",
        at=at,
        names=names,
        undoes=undoes,
        documents=tuple(documents),
        why="checked",
    )


PEOPLE = identify(
    [
        use("Mahmoud Abbas"),
        use("Abu Mazen"),
        use("Dmitry Peskov"),
        use("Peskov"),
        use("Hamas", "organization"),
    ]
)


def test_a_merge_makes_one_and_its_first_name_is_the_name() -> None:
    merged = with_reviews(
        PEOPLE, [review_row(1, "merge", "Abu Mazen", "Mahmoud Abbas", "Abou Mazen")]
    )
    speaker = next(speaker for speaker in merged if speaker.id == "abu-mazen")
    assert [(alias.name, alias.by) for alias in speaker.aliases] == [
        ("Abu Mazen", "person"),
        ("Mahmoud Abbas", "person"),
        ("Abou Mazen", "person"),
    ]
    assert speaker.aliases[1].reason == "merged by Ann: checked"
    assert len(merged) == len(PEOPLE) - 1


def test_names_are_merged_however_they_are_typed_and_unknown_ones_change_nothing() -> None:
    assert (
        len(with_reviews(PEOPLE, [review_row(1, "merge", "abu mazen", "MAHMOUD ABBAS")]))
        == len(PEOPLE) - 1
    )
    assert with_reviews(PEOPLE, [review_row(1, "merge", "Nobody", "No One")]) == PEOPLE


def test_a_split_takes_a_name_out() -> None:
    split = with_reviews(PEOPLE, [review_row(1, "split", "Peskov")])
    assert {frozenset({"Dmitry Peskov"}), frozenset({"Peskov"})} <= groups(split)
    assert next(s for s in split if s.name == "Peskov").aliases[0].by == "person"
    own = with_reviews(PEOPLE, [review_row(1, "split", "Dmitry Peskov")])
    assert {speaker.id for speaker in own} == {speaker.id for speaker in split}


def test_the_latest_wins_and_an_undo_can_be_undone() -> None:
    merge, split = (
        review_row(1, "merge", "Abu Mazen", "Mahmoud Abbas"),
        review_row(2, "split", "Abu Mazen", day=2),
    )
    again = review_row(3, "merge", "Abu Mazen", "Mahmoud Abbas", day=3)
    undo, redo = (
        review_row(4, "undo", undoes="j1", day=4),
        review_row(5, "undo", undoes="j4", day=5),
    )
    assert groups(with_reviews(PEOPLE, [merge, split])) == groups(PEOPLE)
    assert len(with_reviews(PEOPLE, [merge, split, again])) == len(PEOPLE) - 1
    assert with_reviews(PEOPLE, [merge, undo]) == PEOPLE
    assert with_reviews(PEOPLE, [merge, undo, redo]) == with_reviews(PEOPLE, [merge])


def test_the_order_in_which_reviews_come_does_not_matter() -> None:
    rows = [
        review_row(1, "merge", "Abu Mazen", "Mahmoud Abbas"),
        review_row(2, "split", "Peskov", day=2),
        review_row(3, "merge", "Peskov", "Abu Mazen", day=3),
        review_row(4, "undo", undoes="j3", day=4),
        review_row(5, "split", "Dmitry Peskov", documents=["d9"], day=5),
    ]
    wanted = with_reviews(PEOPLE, rows)
    assert all(with_reviews(PEOPLE, order) == wanted for order in permutations(rows))


def test_a_merge_survives_another_run_over_more_articles() -> None:
    merge = [review_row(1, "merge", "Abu Mazen", "Mahmoud Abbas")]
    more = identify([use("Mahmoud Abbas"), use("Abu Mazen"), use("Mahmud Abbas", documents=["d2"])])
    assert frozenset({"Abu Mazen", "Mahmoud Abbas", "Mahmud Abbas"}) in groups(
        with_reviews(more, merge)
    )


def test_a_name_can_be_somebody_else_in_some_documents() -> None:
    rows = [review_row(1, "split", "Peskov", documents=["d7", "d8"])]
    speakers = with_reviews(PEOPLE, rows)
    ids = splits_by_document(speakers, rows)
    assert set(ids) == {("peskov", "d7"), ("peskov", "d8")}
    (other,) = set(ids.values())
    assert [alias.name for alias in next(s for s in speakers if s.id == other).aliases] == [
        "Peskov"
    ]
    assert frozenset({"Dmitry Peskov", "Peskov"}) in groups(speakers)


# Finding


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("dmitry peskov", ["dmitry-peskov"]),
        ("dmitry-peskov", ["dmitry-peskov"]),
        ("Дмитрий Песков", ["dmitry-peskov"]),
        ("Dmitri Peskov", ["dmitry-peskov"]),
        ("PESKOV", ["dmitry-peskov"]),
        ("Abbas", ["mahmoud-abbas"]),
        ("Clinton", ["bill-clinton", "hillary-clinton"]),
        ("H. Clinton", ["hillary-clinton"]),
        ("the Foreign Ministry of Russia", ["russian-foreign-ministry"]),
        ("Nobody", []),
        ("  ", []),
    ],
)
def test_a_speaker_is_found_by_a_typed_name(typed: str, ids: list[str]) -> None:
    uses = [
        use("Bill Clinton"),
        use("Hillary Clinton"),
        use("Russian foreign ministry", "organization"),
        use("Dmitry Peskov"),
    ]
    speakers = identify([*uses, use("Peskov"), use("Mahmoud Abbas")])
    assert [speaker.id for speaker in find(typed, speakers)] == ids


def test_the_nearest_names_are_suggested() -> None:
    assert nearest("Dmitry Peskow", PEOPLE)[0].id == "dmitry-peskov"
    assert len(nearest("a", PEOPLE, limit=2)) <= 2


def test_candidates_come_with_score_and_reason_the_likeliest_first() -> None:
    uses = [
        use("John Smith"),
        use("J. Smith", documents=["d2"]),
        use("Jon Smith", documents=["d3"]),
        use("Jane Smith"),
        use("Joan Smith"),
    ]
    speakers = identify([*uses, use("Smith", "organization")])
    john = next(speaker for speaker in speakers if speaker.id == "john-smith")
    found = candidates(john, speakers)
    assert {"j-smith", "jon-smith"} <= {candidate.other.id for candidate in found[:3]}
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert all(c.reason and c.speaker == john and c.other.kind == "person" for c in found)
    helped = candidates(
        john,
        speakers,
        usages=[
            use("John Smith", roles=["mayor"]),
            use("J. Smith", roles=["mayor"], documents=["d2"]),
        ],
    )
    assert "the same role (mayor)" in helped[0].reason
