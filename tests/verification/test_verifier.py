"""The verdict of each kind of claim, with its evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quotes.records import Document, SaidOn
from quotes.verification.findings import VERDICTS, SourceSpeaker, Verdict
from quotes.verification.passage_index import PassageIndex
from quotes.verification.source_texts import SourceText
from quotes.verification.verifier import FEW_WORDS, INDIRECT, NOT_NAMED, OWN_TEXT, Verifier
from tests.verification.sources import ENGLISH, check, claim, sources

BRANDT, LINDQVIST, RUIZ = "John Brandt", "Ilse Lindqvist", "Pablo Ruiz"

CASES: list[tuple[str, str, Verdict]] = [
    ("The bridge was never safe.", BRANDT, "verbatim"),
    ("There will be at least 25 buses by June, if the state pays", BRANDT, "verbatim"),
    ("We will not raise the fee in 2024.", "Anna Park", "verbatim"),
    ("[The bridge] should have been closed years ago", BRANDT, "verbatim"),
    ("We will fight it in every court there is.", LINDQVIST, "verbatim"),
    ("We have to look at every pier", "Anna Park", "trimmed"),
    ("There will be at least 25 buses by June", BRANDT, "trimmed"),
    ("We will not raise the fee ... the council decided that", "Anna Park", "trimmed"),
    ("a mistake from the first day", RUIZ, "verbatim"),
    ("We will raise the fee in 2024.", "Anna Park", "altered"),
    ("We will not raise the fee in 2025.", "Anna Park", "altered"),
    ("what I said", "Anna Park", "altered"),
    ("There will be twenty-five buses by June, if the state pays", BRANDT, "altered"),
    ("The Ministry of Finance promised us the money in January.", "Anna Park", "altered"),
    ("The bridge was ... safe.", BRANDT, "altered"),
    ("It should have been closed years ago. The bridge was never safe.", BRANDT, "spliced"),
    ("Good morning. We have to look at every pier", "Anna Park", "spliced"),
    ("Every pier must be looked at before people drive over the bridge again", "Anna Park",
     "paraphrase"),
    ("40 people would lose their work", RUIZ, "paraphrase"),
    ("The bridge was never safe.", "Anna Park", "other speaker"),
    ("Will there be new buses?", "Anna Park", "other speaker"),
    ("We will fight it", RUIZ, "other speaker"),
    ("The library has 300,000 books.", RUIZ, "other speaker"),
    ("We sold the harbour to a company from Norway", "Anna Park", "not found"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "speaker", "verdict"), CASES)
def test_a_claim_gets_its_verdict(words: str, speaker: str, verdict: Verdict) -> None:
    assert check(words, speaker).verdict == verdict


def test_the_evidence_names_speaker_role_line_and_time() -> None:
    (evidence,) = check("The bridge was never safe.", BRANDT).evidence
    assert (evidence.source, evidence.line, evidence.time) == ("council", 9, 74.0)
    assert (evidence.words, evidence.speaker.name) == ("The bridge was never safe.", BRANDT)
    (evidence,) = check("We have to look at every pier").evidence
    assert evidence.after.startswith("before anybody drives over this bridge again.")
    assert (evidence.speaker.name, evidence.speaker.role) == ("Anna Park", "MAYOR")


def test_changes_of_the_sense_are_named() -> None:
    def senses(words: str, speaker: str = "Anna Park") -> set[str]:
        return {sense for change in check(words, speaker).changes for sense in change.senses}

    assert senses("We will raise the fee in 2024.") == {"negation"}
    assert senses("We will not raise the fee in 2025.") == {"number"}
    assert senses("The Ministry of Finance promised us the money in January.") == {"name"}
    assert senses("There will be at least 25 buses by June", BRANDT) == {"condition"}
    assert senses("There will be 25 buses by June, if the state pays", BRANDT) == {"comparison"}


def test_fillers_are_named_and_strict_makes_them_alterations() -> None:
    words = "I mean, the council decided that last week."
    assert check("The council decided that last week.").verdict == "verbatim"
    assert any("I, I mean" in note for note in check("The council decided that last week.").notes)
    assert check("We will not raise the fee in 2024.", strict=True).verdict != "verbatim"
    assert check(words, strict=True).verdict == "trimmed"


def test_parts_of_a_splice_stand_in_the_order_of_the_draft() -> None:
    found = check("It should have been closed years ago. The bridge was never safe.", BRANDT)
    assert [e.words for e in found.evidence] == [
        "It should have been closed years ago",
        "The bridge was never safe",
    ]
    assert "parts 1 and 2 stand 0 words apart, in the other order" in found.notes


def test_a_splice_of_two_speakers_is_no_words_of_either() -> None:
    found = check("The bridge was never safe. We have to look at every pier")
    assert (found.verdict, found.also) == ("other speaker", ("spliced",))


def test_what_nobody_is_quoted_with_is_no_quotation() -> None:
    assert OWN_TEXT in check("The library has 300,000 books.", RUIZ).notes
    assert INDIRECT in check("40 people would lose their work", RUIZ).notes


def test_a_speaker_whom_the_source_does_not_name_is_another_one() -> None:
    extracted = [sources()[1]]
    extracted[0]._extract = lambda _: ()
    verifier = Verifier(PassageIndex(extracted, ENGLISH), ENGLISH)
    found = verifier.check(claim("We will fight it", "Anna Park"))
    assert (found.verdict, found.notes) == ("other speaker", (NOT_NAMED,))
    found = verifier.check(claim("We will fight it", "Ilse Lindqvist"))
    assert (found.verdict, found.speaker) == ("verbatim", "unknown")


def test_day_and_role_are_compared() -> None:
    words = "The bridge was never safe."
    wrong = SaidOn(date(2023, 1, 2), "day")
    assert check(words, BRANDT, said_on=wrong).verdict == "other day"
    assert check(words, BRANDT, said_on=SaidOn(date(2024, 3, 4), "day")).day == "same"
    found = check("We have to look at every pier", role="governor")
    assert (found.role, found.verdict) == ("other", "trimmed")
    assert any("governor" in note for note in found.notes)


def test_a_not_in_the_draft_stands_for_one_that_is_cut_off() -> None:
    words = "raise the fee in 2024"
    assert check(words).verdict == "altered"
    assert check(words, frame="would not raise the fee in 2024").verdict == "trimmed"


def test_an_indirect_statement_needs_the_sense_and_the_numbers() -> None:
    good = "that there would be twenty-five buses by June if the state paid"
    assert check(good, BRANDT, type="indirect").verdict == "reworded"
    figures = "that there would be 25 buses by June"
    assert check(figures, BRANDT, type="indirect").verdict == "reworded"
    bad = "that there would be 90 buses by June if the state paid"
    assert check(bad, BRANDT, type="indirect").verdict == "altered"


def test_what_is_not_found_comes_with_the_nearest_passages() -> None:
    found = check("The bridge over the river is for sale to a company from Norway", BRANDT)
    assert found.verdict == "not found"
    assert 1 <= len(found.evidence) <= 3
    assert any("bridge" in evidence.words for evidence in found.evidence)


def test_sources_in_other_languages_leave_a_claim_unchecked() -> None:
    verifier = Verifier(PassageIndex(sources(), ENGLISH), ENGLISH, foreign=("ru",))
    found = verifier.check(claim("We sold the harbour to a company from Norway"))
    assert found.verdict == "not checkable"
    assert "ru" in found.notes[-1]
    assert verifier.check(claim("The bridge was never safe.", BRANDT)).verdict == "verbatim"


def test_what_is_not_checkable_is_nearly_as_bad_as_what_is_not_found() -> None:
    assert VERDICTS[-2:] == ("not checkable", "not found")


def test_a_claim_in_another_language_than_the_sources_is_unchecked() -> None:
    verifier = Verifier(PassageIndex(sources(), ENGLISH), ENGLISH)
    found = verifier.check(claim("Wir haben den Hafen an eine Firma aus Norwegen verkauft."))
    assert found.verdict == "not checkable"
    assert "in German" in found.notes[-1]
    assert verifier.check(claim("The fjord is ours, said nobody here.")).verdict == "not found"


def test_the_mildest_of_several_passages_counts() -> None:
    one, other = sources()
    verifier = Verifier(PassageIndex([one, other, *sources()], ENGLISH), ENGLISH)
    found = verifier.check(claim("We will fight it", LINDQVIST))
    assert (found.verdict, found.speaker) == ("verbatim", "same")
    assert replace(found, evidence=()).evidence == ()


def test_a_phrase_that_many_say_is_given_to_the_one_whom_the_draft_names() -> None:
    text = "\n".join(f"Speaker{n}: We are very proud of it." for n in range(30))
    crowd = Document(id="crowd", text=text + "\nElena Ruiz: We are very proud of it.\n")
    verifier = Verifier(PassageIndex([SourceText(crowd, ENGLISH)], ENGLISH), ENGLISH)
    found = verifier.check(claim("very proud", "Elena Ruiz"))
    assert (found.verdict, found.speaker) == ("trimmed", "same")
    assert FEW_WORDS in found.notes
    assert verifier.check(claim("very proud", "Anna Park")).verdict == "other speaker"


def stored(words: str, *, indirect: bool = False, document: str = "a1") -> SourceText:
    said = SourceSpeaker(name="Pablo Ruiz", said_by="store", indirect=indirect)
    return SourceText(Document(id=document, text=words), ENGLISH, said_by=said)


def test_a_quotation_counts_before_the_indirect_speech_inside_it() -> None:
    inner = stored("that to stay in this office makes all of it harder", indirect=True)
    outer = stored("“I feel that to stay in this office makes all of it harder.”")
    verifier = Verifier(PassageIndex([inner, outer], ENGLISH), ENGLISH)
    found = verifier.check(claim("to stay in this office makes all of it harder", RUIZ))
    assert (found.verdict, found.speaker) == ("trimmed", "same")


@pytest.mark.parametrize(
    ("document", "where"),
    [("a1", "separate quotations of one article"), ("a2", "different sources")],
)
def test_parts_of_a_splice_from_quotes_of_a_store(document: str, where: str) -> None:
    first = stored("“We pray for his return to full strength and health.”")
    second = stored("“There is hope, but his condition is difficult.”", document=document)
    verifier = Verifier(PassageIndex([first, second], ENGLISH), ENGLISH)
    words = (
        "We pray for his return to full strength. There is hope, but his condition is difficult."
    )
    found = verifier.check(claim(words, RUIZ))
    assert found.verdict == "spliced"
    assert f"parts 1 and 2 stand in {where}" in found.notes


def test_words_that_the_sources_have_everywhere_are_no_sign_of_a_paraphrase() -> None:
    lines = (f"The council of the town met on Monday about matter {n}." for n in range(200))
    own = SourceText(Document(id="minutes", text="\n\n".join(lines)), ENGLISH)
    verifier = Verifier(PassageIndex([own, *sources()], ENGLISH), ENGLISH)

    def verdict(words: str) -> Verdict:
        return verifier.check(claim(words, None)).verdict

    assert (
        verdict("On Monday the town and its council met the thieves of our silver.") == "not found"
    )
    assert verdict("Every pier must be looked at before they drive over the bridge") == "paraphrase"


def test_words_in_another_language_are_no_paraphrase() -> None:
    hindi = "क्योंकि तुम बाहर से आते हो, हमें दर है, इसलिए हम लोग नहीं आते"
    text = f"He said it in Hindi: “{hindi}”. The library is open."
    own = SourceText(Document(id="article", text=text), ENGLISH)
    verifier = Verifier(PassageIndex([own], ENGLISH), ENGLISH)
    assert verifier.check(claim(hindi, None)).verdict == "verbatim"
    changed = hindi.replace("आते", "आता").replace("लोग", "सब").replace("बाहर", "घर").split()
    assert verifier.check(claim(" ".join(changed[::-1]), None)).verdict == "not checkable"
    assert verifier.check(claim(hindi.replace("आते हो", "आता हो"), None)).verdict == "altered"


def test_a_paraphrase_comes_with_all_the_sentences_that_have_its_words() -> None:
    found = check("In 2024 no fee is raised by the mayor, as the council decided last week.")
    assert found.verdict == "paraphrase"
    (evidence,) = found.evidence
    assert "raise the fee in" in " ".join(evidence.words.split())
    assert "decided that last week" in evidence.words
    assert evidence.speaker.name == "Anna Park"
    assert not [note for note in found.notes if "number" in note]
