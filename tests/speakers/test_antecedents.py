"""Probabilities of the referents of a pronoun, on texts built by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quotes.errors import ModelError
from quotes.language import Language
from quotes.language.lexicon import Lexicon
from quotes.records import EntityKind, Span
from quotes.speakers import DocumentEntities
from quotes.speakers.antecedent_features import MAX_SENTENCES, candidates, nobody_evidence
from quotes.speakers.antecedents import load_weights, probabilities
from quotes.speakers.discourse import Discourse, QuotedSpeech
from quotes.speakers.resolution import read_discourse
from tests.builders import ENGLISH, build_analysis


def sentence(*subject: str, obj: str = "so") -> str:
    last = len(subject)
    tags = ["PRON" if form.lower() in ("he", "she", "it", "they") else "PROPN" for form in subject]
    rows = [
        f"{form} {form.lower()} {tag} {last} compound"
        for form, tag in zip(subject[:-1], tags, strict=False)
    ]
    lemma = subject[-1].lower()
    rows += [
        f"{subject[-1]} {lemma} {tags[-1]} {last + 1} nsubj",
        "met meet VERB 0 root",
        f"so so ADV {last + 1} advmod" if obj == "so" else f"{obj} {obj} PROPN {last + 1} obj",
        f". . PUNCT {last + 1} punct",
    ]
    return "\n".join(rows)


def read(*sentences: str, **entities: EntityKind) -> tuple[Discourse, int]:
    """Read a text; return its discourse and the number of its last pronoun."""
    tagged = {name.replace("_", " "): kind for name, kind in entities.items()}
    analysis = build_analysis("\n\n".join(sentences), entities=tagged)
    discourse, _, _ = read_discourse(analysis, (), DocumentEntities())
    return discourse, max(i for i, m in enumerate(discourse.mentions) if m.is_pronoun)


def test_gender_decides_between_two_people() -> None:
    discourse, she = read(
        sentence("Anna", "Roe"), sentence("Paul", "Park"), sentence("She"),
        Anna_Roe="PER", Paul_Park="PER",
    )  # fmt: skip
    found = probabilities(discourse, she)
    assert {discourse.referents[number].text for number in found} == {"Anna Roe"}
    assert sum(found.values()) < 1
    assert candidates(discourse, she)[0].evidence["only one"] == 1.0


def test_the_nearer_subject_is_likelier() -> None:
    discourse, she = read(
        sentence("Anna", "Roe"), sentence("Ella", "Park"), sentence("She"),
        Anna_Roe="PER", Ella_Park="PER",
    )  # fmt: skip
    by_name = {discourse.referents[n].text: p for n, p in probabilities(discourse, she).items()}
    assert by_name["Ella Park"] > by_name["Anna Roe"]


def test_two_arguments_of_a_verb_are_two_people() -> None:
    discourse, _ = read(sentence("She", obj="Roe"), Roe="PER")
    she = next(i for i, m in enumerate(discourse.mentions) if m.is_pronoun)
    assert probabilities(discourse, she) == {}


def test_a_pronoun_does_not_reach_far() -> None:
    rains = "It it PRON 2 expl\nrains rain VERB 0 root\n. . PUNCT 2 punct"
    near = [sentence("Anna", "Roe"), *[rains] * (MAX_SENTENCES - 1), sentence("She")]
    far = [sentence("Anna", "Roe"), *[rains] * (MAX_SENTENCES + 1), sentence("She")]
    assert probabilities(*read(*near, Anna_Roe="PER"))
    assert not probabilities(*read(*far, Anna_Roe="PER"))


def test_who_is_named_later_in_the_sentence_is_a_candidate() -> None:
    table = """
        Later later ADV 5 advmod
        ,     ,     PUNCT 5 punct
        her   her   PRON 4 nmod:poss
        boat  boat  NOUN 5 nsubj
        hit   hit   VERB 0 root
        Anna  Anna  PROPN 7 compound
        Roe   Roe   PROPN 5 obj
    """
    discourse, her = read(table, Anna_Roe="PER")
    found = candidates(discourse, her)
    assert [discourse.referents[number].text for number in found] == ["Anna Roe"]
    assert found[0].evidence["ahead"] == 1.0
    words = discourse.document.text.index("Anna")
    quoted = QuotedSpeech((Span(words, words + len("Anna Roe")),), marked=True, source=her)
    discourse.said_by[her] = [quoted]
    assert candidates(discourse, her) == {}


def test_an_unknown_gender_is_no_reason_to_prefer_somebody_further_off() -> None:
    discourse, she = read(
        sentence("Anna", "Roe"), sentence("Zmyrr", "Park"), sentence("She"),
        Anna_Roe="PER", Zmyrr_Park="PER",
    )  # fmt: skip
    found = candidates(discourse, she)
    by_name = {discourse.referents[n].text: one.evidence for n, one in found.items()}
    assert by_name["Anna Roe"]["only one"] == 0.0
    likely = {discourse.referents[n].text: p for n, p in probabilities(discourse, she).items()}
    assert likely["Zmyrr Park"] > likely["Anna Roe"]


def test_organizations_are_it_and_people_are_not() -> None:
    discourse, it = read(
        sentence("Anna", "Roe"), sentence("Glap", "Institute"), sentence("It"),
        Anna_Roe="PER", Glap_Institute="ORG",
    )  # fmt: skip
    assert [discourse.referents[n].text for n in candidates(discourse, it)] == ["Glap Institute"]


def test_that_nobody_is_meant_is_less_likely_of_a_source() -> None:
    discourse, she = read(sentence("Anna", "Roe"), sentence("She"), Anna_Roe="PER")
    evidence = nobody_evidence(discourse, she, candidates(discourse, she))
    assert (evidence["nobody"], evidence["nobody, source"]) == (1.0, 0.0)
    discourse.of_source[she] = QuotedSpeech((), True, she)
    assert nobody_evidence(discourse, she, {})["nobody, source"] == 1.0


def test_without_weights_no_pronoun_has_an_antecedent(tmp_path: Path) -> None:
    discourse, she = read(sentence("Anna", "Roe"), sentence("She"), Anna_Roe="PER")
    bare = replace(ENGLISH, folder=tmp_path)
    discourse.lexicon = Lexicon(bare)
    assert load_weights(bare) == {}
    assert probabilities(discourse, she) == {}


@pytest.mark.parametrize("content", ["", "[]", '{"version": 99}', '{"version": 2, "weights": {}}'])
def test_a_broken_file_of_weights_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "antecedents.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"antecedents\.json"):
        load_weights(Language("xx", tmp_path))


def test_who_belongs_to_somebody_is_not_whom_they_belong_to() -> None:
    table = """
        Her    her    PRON  2 nmod:poss
        lawyer lawyer NOUN  7 nsubj
        ,      ,      PUNCT 5 punct
        Anna   Anna   PROPN 5 compound
        Roe    Roe    PROPN 2 appos
        ,      ,      PUNCT 5 punct
        slept  sleep  VERB  0 root
    """
    discourse, her = read(table, Anna_Roe="PER")
    assert probabilities(discourse, her) == {}
