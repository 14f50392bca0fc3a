"""Sources that go on with who spoke before, on texts built by hand."""

from __future__ import annotations

import pytest

from quotes.analysis import Analysis
from quotes.records import Attribution, EntityKind, Span
from quotes.speakers import DocumentEntities, resolve
from quotes.speakers.continuity import continued, described_speaker
from quotes.speakers.discourse import Discourse
from quotes.speakers.resolution import read_discourse
from tests.builders import build_analysis

MINISTRY = """
The      the      DET  2 det
ministry ministry NOUN 3 nsubj
said     say      VERB 0 root
so       so       ADV  3 advmod
.        .        PUNCT 3 punct
"""
GUARDS = """
Two    two   NUM  2 nummod
guards guard NOUN 3 nsubj Number=Plur
said   say   VERB 0 root
so     so    ADV  3 advmod
.      .     PUNCT 3 punct
"""
BOTH = """
Anna Anna PROPN 2 compound
Roe  Roe  PROPN 6 nsubj
and  and  CCONJ 5 cc
Paul Paul PROPN 5 compound
Park Park PROPN 2 conj
said say  VERB  0 root
so   so   ADV   6 advmod
.    .    PUNCT 6 punct
"""
ROE = """
Anna Anna PROPN 2 compound
Roe  Roe  PROPN 3 nsubj
said say  VERB  0 root
so   so   ADV   3 advmod
.    .    PUNCT 3 punct
"""
PARK = ROE.replace("Anna Anna", "Paul Paul").replace("Roe  Roe", "Park Park")
MINER = """
Anna   Anna   PROPN 2 compound
Roe    Roe    PROPN 6 nsubj
,      ,      PUNCT 5 punct
a      a      DET   5 det
{role} {role} NOUN  2 appos
said   say    VERB  0 root
so     so     ADV   6 advmod
.      .      PUNCT 6 punct
"""
ACME = """
Acme Acme PROPN 2 nsubj
said say  VERB  0 root
so   so   ADV   2 advmod
.    .    PUNCT 2 punct
"""
BUREAU = """
Harbour Harbour PROPN 2 compound
Bureau  Bureau  PROPN 3 nsubj
said    say     VERB  0 root
so      so      ADV   3 advmod
.       .       PUNCT 3 punct
"""
NAMES: dict[str, EntityKind] = {
    "Anna Roe": "PER",
    "Paul Park": "PER",
    "Acme": "ORG",
    "Harbour Bureau": "ORG",
}


def analysed(before: str, rows: str) -> tuple[Analysis, list[Attribution]]:
    """Return a text that ends in a sentence of these rows, which says so, and who says so in it."""
    number = len(rows.strip().splitlines()) + 1
    last = f"said say VERB 0 root\nso so ADV {number} advmod\n. . PUNCT {number} punct"
    tagged = {name: kind for name, kind in NAMES.items() if name.split()[0] in before}
    analysis = build_analysis(f"{before}\n{rows.strip()}\n{last}", entities=tagged)
    attributions = []
    for sentence in analysis.parse.sentences:
        cue = next(w.span for w in sentence.words if w.form == "said")
        attributions.append(
            Attribution(
                id=str(cue.start),
                document="hand",
                content=(Span(cue.end + 1, cue.end + 3),),
                cue=(cue,),
                source=(Span(sentence.span.start, cue.start - 1),),
                type="indirect",
                rule="by hand",
                confidence=0.9,
            )
        )
    return analysis, attributions


def speaker(before: str, rows: str) -> str | None:
    """Return the speaker of the last sentence."""
    found, _ = resolve(*analysed(before, rows))
    return found[-1].speaker


def before_description(before: str, rows: str) -> str | None:
    """Return who spoke before and is meant by the description in the last sentence."""
    found: list[str | None] = []

    def observe(discourse: Discourse, index: int) -> None:
        if discourse.mentions[index].form == "nominal":
            number = described_speaker(discourse, index)
            found.append(None if number is None else discourse.referents[number].text)

    read_discourse(*analysed(before, rows), DocumentEntities(), observe=observe)
    return found[-1]


@pytest.mark.parametrize(
    ("before", "pronoun", "wanted"),
    [
        (MINISTRY, "It", "ministry"),
        (GUARDS, "They", "Two guards"),
        (BOTH, "They", "Anna Roe and Paul Park"),
        (ROE, "She", "Anna Roe"),
        (GUARDS, "She", None),
    ],
)
def test_a_pronoun_goes_on_with_who_spoke_before(
    before: str, pronoun: str, wanted: str | None
) -> None:
    assert speaker(before, f"{pronoun} {pronoun.lower()} PRON 2 nsubj") == wanted


def test_they_are_no_body_that_only_a_noun_in_the_singular_names() -> None:
    residents = GUARDS.replace("guards guard", "residents resident")
    bar = """
        The   the   DET  2 det
        pub   pub   NOUN 3 nsubj
        said  say   VERB 0 root
        so    so    ADV  3 advmod
        .     .     PUNCT 3 punct
    """
    assert speaker(f"{residents}\n{bar}", "They they PRON 2 nsubj") in ("Two residents", None)


@pytest.mark.parametrize(
    ("before", "noun", "wanted"),
    [
        (ROE, "official", "Anna Roe"),
        (f"{PARK}\n{ROE}", "official", "Anna Roe"),
        (MINER.format(role="miner"), "official", "Anna Roe"),
        (ROE, "mayor", None),
        (MINISTRY, "official", None),
        (ACME, "company", "Acme"),
        (ACME, "website", "Acme"),
        (ACME, "ministry", None),
        (BUREAU, "company", None),
    ],
)
def test_a_description_of_nobody_known_is_who_spoke_before(
    before: str, noun: str, wanted: str | None
) -> None:
    assert before_description(before, f"The the DET 2 det\n{noun} {noun} NOUN 3 nsubj") == wanted


@pytest.mark.parametrize(("role", "wanted"), [("doctor", None), ("", "Anna Roe")])
def test_an_office_is_not_of_somebody_known_by_another(role: str, wanted: str | None) -> None:
    rows = "The the DET 3 det\nformer former ADJ 3 amod\ngovernor governor NOUN 4 nsubj"
    assert before_description(MINER.format(role=role) if role else ROE, rows) == wanted


@pytest.mark.parametrize(
    ("role", "rows", "wanted"),
    [
        ("treasurer", "Board board NOUN 2 compound\ntreasurer treasurer NOUN 3 nsubj", "Board"),
        ("treasurer", "treasurer treasurer NOUN 2 nsubj", "Anna Roe"),
        (
            "treasurer",
            "Its its PRON 2 nmod:poss Poss=Yes\ntreasurer treasurer NOUN 3 nsubj",
            "Its tr",
        ),
        ("miller", "Two two NUM 2 nummod\nmillers miller NOUN 3 nsubj Number=Plur", "Two"),
    ],
)
def test_an_office_without_an_article_is_who_is_known_to_hold_it(
    role: str, rows: str, wanted: str
) -> None:
    found = speaker(f"{MINER.format(role=role)}\n{PARK}", rows)
    assert found is not None
    assert found.startswith(wanted)


AT_DOOR = """
The      the      DET  2 det
director director NOUN 3 nsubj
came     come     VERB 0 root
,        ,        PUNCT 5 punct
"""


def test_a_pronoun_does_not_go_on_with_who_spoke_before_another_subject() -> None:
    found: list[int | None] = []

    def observe(discourse: Discourse, index: int) -> None:
        if discourse.mentions[index].is_pronoun:
            found.append(continued(discourse, index, {0: 0.5}))

    for rows in (
        "He he PRON 2 nsubj",
        f"{AT_DOOR.strip()}\nand and CCONJ 7 cc\nhe he PRON 7 nsubj",
    ):
        read_discourse(*analysed(PARK, rows), DocumentEntities(), observe=observe)
    assert found == [0, None]


def test_an_office_that_a_description_gave_is_known_from_then_on() -> None:
    driver = "The the DET 3 det\nsenior senior ADJ 3 amod\ndriver driver NOUN 4 nsubj"
    said = "said say VERB 0 root\nso so ADV 4 advmod\n. . PUNCT 4 punct"
    rows = "The the DET 2 det\ndriver driver NOUN 3 nsubj"
    before = f"{ROE}\n{driver}\n{said}\n{PARK}"
    assert speaker(before, rows) == "Anna Roe"


def test_a_prime_minister_is_not_the_foreign_minister_before() -> None:
    before = """
        A        a        DET  3 det
        foreign  foreign  ADJ  3 amod
        minister minister NOUN 4 nsubj
        said     say      VERB 0 root
        so       so       ADV  4 advmod
        .        .        PUNCT 4 punct
    """
    rows = "The the DET 3 det\nprime prime ADJ 3 amod\nminister minister NOUN 4 nsubj"
    assert speaker(before, rows) == "prime minister"


def test_who_speaks_is_somebody_whatever_the_noun() -> None:
    before = f"""{PARK}
        A       a       DET  2 det
        zabaion zabaion NOUN 3 nsubj
        said    say     VERB 0 root
        so      so      ADV  3 advmod
        .       .       PUNCT 3 punct
    """
    assert speaker(before, "She she PRON 2 nsubj") == "zabaion"


def test_an_envoy_is_not_a_minister_though_a_minister_alone_is_known() -> None:
    rows = "The the DET 3 det\nUN UN PROPN 3 compound\nenvoy envoy NOUN 4 nsubj"
    assert speaker(MINER.format(role="treasurer"), rows) == "UN envoy"
    rows = "The the DET 2 det\njudge judge NOUN 3 nsubj"
    assert speaker(MINER.format(role="justice"), rows) == "Anna Roe"


def test_it_goes_on_with_the_body_that_spoke_before_a_person_did() -> None:
    assert speaker(MINISTRY + ROE, "It it PRON 2 nsubj") == "ministry"
    assert speaker(ROE, "It it PRON 2 nsubj") is None


def test_a_relative_is_who_is_named_as_one() -> None:
    rows = "His his PRON 2 nmod:poss\ndaughter daughter NOUN 3 nsubj"
    assert speaker(MINER.format(role="daughter"), rows) == "Anna Roe"
    assert speaker(MINER.format(role="miner"), rows) == "His daughter"
