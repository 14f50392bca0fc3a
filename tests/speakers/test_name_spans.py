"""Names as words of a sentence, on sentences built by hand."""

from __future__ import annotations

import pytest

from quotes.language.lexicon import load_lexicon
from quotes.records import EntityKind, EntityMention, Span
from quotes.speakers.headlines import is_headline
from quotes.speakers.name_spans import find_name_spans, known_names
from tests.builders import ENGLISH, build_document, build_sentence

LEXICON = load_lexicon(ENGLISH)


def row(*words: str, upos: str = "PROPN") -> str:
    """Return a sentence in which each word hangs on the last, which is the root."""
    lines = []
    for number, form in enumerate(words, start=1):
        tag = upos if form[0].isupper() else "ADP" if form in ("of", "for", "against") else "NOUN"
        tag = "PUNCT" if not form[0].isalnum() and form != "'s" else tag
        tag = "PART" if form == "'s" else "NUM" if form.isdigit() else tag
        root = number == len(words)
        lines.append(f"{form} {form} {tag} {0 if root else len(words)} {'root' if root else 'dep'}")
    return "\n".join(lines)


def names(table: str, **entities: str) -> list[tuple[str, str | None]]:
    tagged = {name.replace("_", " "): kind for name, kind in entities.items()}
    _, parse = build_document(table, entities=tagged)  # type: ignore[arg-type]
    (sentence,) = parse.sentences
    return [
        (" ".join(word.form for word in sentence.words[run.start : run.end]), run.kind)
        for run in find_name_spans(sentence, parse.entities, LEXICON)
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("yesterday", "Senator", "Ann", "Roe", "left"), [("Ann Roe", "PER")]),
        (("yesterday", "Mr.", "Roe", "left"), [("Roe", "PER")]),
        (("the", "Department", "of", "Health", "left"), [("Department of Health", "ORG")]),
        (("yesterday", "Florida", "Republican", "Ann", "Roe", "left"), [("Ann Roe", "PER")]),
        (("the", "Secretary", "of", "State", "left"), []),
        (("nobody", "left"), []),
        (("yesterday", "Supt", "Ann", "Roe", "left"), [("Ann Roe", "PER")]),
        (("yesterday", "DCI", "Roe", "left"), [("Roe", "PER")]),
        (("yesterday", "Tan", "Sri", "Omar", "Roe", "left"), [("Omar Roe", "PER")]),
        (("yesterday", "Rt", "Hon", "Ann", "Roe", "left"), [("Ann Roe", "PER")]),
        (("yesterday", "PM", "Ngozi", "Roe", "left"), [("Ngozi Roe", "PER")]),
        (("yesterday", "Roberto", "Di", "Roe", "left"), [("Roberto Di Roe", "PER")]),
        (("yesterday", "Tan", "left"), [("Tan", None)]),
        (("yesterday", "Article", "12", "left"), []),
        (
            ("yesterday", "Harbour", "Association", "against", "Noise", "left"),
            [("Harbour Association against Noise", "ORG")],
        ),
    ],
)
def test_titles_and_adjectives_come_off_a_name_and_an_organization_keeps_its_words(
    words: tuple[str, ...], found: list[tuple[str, str | None]]
) -> None:
    assert names(row(*words)) == found


@pytest.mark.parametrize(
    ("words", "tagged", "found"),
    [
        (("yesterday", "Coxswain", "John", "Roe", "left"), "Coxswain John Roe", "John Roe"),
        (("yesterday", "Ally", "Roe", "left"), "Ally Roe", "Ally Roe"),
        (("minister", "MK", "Roe", "left"), "MK Roe", "MK Roe"),
        (("yesterday", "MK", "Roe", "left"), "Roe", "Roe"),
    ],
)
def test_a_word_for_a_role_is_part_of_a_name_only_where_it_can_be(
    words: tuple[str, ...], tagged: str, found: str
) -> None:
    assert names(row(*words), **{tagged.replace(" ", "_"): "PER"}) == [(found, "PER")]


@pytest.mark.parametrize(
    ("words", "verb", "kind"),
    [
        (("of", "the", "charity", "Kelderoo", ",", "left"), False, "ORG"),
        (("of", "the", "charity", "Kelderoo", "left"), True, "PER"),
        (("of", "the", "baker", "Kelderoo", ",", "left"), False, "PER"),
    ],
)
def test_a_name_behind_the_noun_for_an_organization_is_that_of_one(
    words: tuple[str, ...], verb: bool, kind: EntityKind
) -> None:
    table = row(*words).replace("left left NOUN", f"left left {'VERB' if verb else 'NOUN'}")
    assert names(table, Kelderoo="PER") == [("Kelderoo", kind)]


def test_the_fields_of_an_office_are_no_names() -> None:
    office = ("the", "secretary", "for", "Culture", ",", "Sports", "and", "Tourism")
    table = row(*office, "Ann", "Roe", "left").replace("and and NOUN", "and and CCONJ")
    table = table.replace("dep\nand", "dep Number=Plur\nand")
    assert ("Ann Roe", "PER") in names(table, Ann_Roe="PER")
    assert not {"Culture", "Sports"} & {name for name, _ in names(table, Ann_Roe="PER")}
    chair = row("the", "chair", "of", "Kelderoo", ",", "Roe", "and", "Poe", "left")
    assert ("Roe", None) in names(chair.replace("and and NOUN", "and and CCONJ"), Kelderoo="ORG")


def test_a_guard_with_a_name_is_an_organization() -> None:
    assert names(row("the", "Coast", "Guard", "left")) == [("Coast Guard", "ORG")]
    assert names(row("the", "guard", "Ann", "Roe", "left"), Ann_Roe="PER") == [("Ann Roe", "PER")]


def test_the_small_half_of_a_first_name_belongs_to_the_name() -> None:
    table = """
    then then ADV   5 advmod
    Jaw  Jaw  PROPN 5 nsubj
    Shaw Shaw PROPN 2 flat    SpaceAfter=No
    -kong -kong PROPN 2 flat
    left leave VERB 0 root
    """
    assert names(table, **{"Jaw_Shaw-kong": "PER"}) == [("Jaw Shaw -kong", "PER")]


def test_a_first_name_that_the_tagger_leaves_out_belongs_to_the_name() -> None:
    table = """
    as       as       SCONJ 4 mark
    Zebedrok Zebedrok PROPN 4 nsubj
    Roe      Roe      PROPN 2 flat
    says     say      VERB  0 root
    """
    assert names(table, Roe="PER") == [("Zebedrok Roe", "PER")]
    apposed = table.replace("PROPN 2 flat", "PROPN 2 appos")
    assert names(apposed, Roe="PER") == [("Roe", "PER")]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            ("the", "Department", "of", "Land", ",", "Water", "and", "Planning", "left"),
            "Department of Land , Water and Planning",
        ),
        (
            ("the", "Department", "of", "Land", ",", "WHO", "and", "FAO", "left"),
            "Department of Land",
        ),
        (("the", "Department", "of", "Land", ",", "Water", "left"), "Department of Land"),
    ],
)
def test_an_organization_keeps_the_fields_that_its_name_lists(
    words: tuple[str, ...], found: str
) -> None:
    table = row(*words).replace("and and NOUN", "and and CCONJ")
    assert names(table)[0] == (found, "ORG")


def test_a_nickname_in_marks_stands_inside_a_name() -> None:
    table = row("then", "Walid", '"', "Uncle", "Sam", '"', "Roe", "left")
    known = {"Walid": "PER", "Roe": "PER"}
    assert names(table, **known) == [('Walid " Uncle Sam " Roe', "PER")]
    assert len(names(table, Walid="PER")) > 1


def test_a_nickname_in_brackets_stands_inside_a_name() -> None:
    table = row("then", "Ada", "(", "Mimi", ")", "Roe", "left")
    assert names(table, Ada="PER", Roe="PER") == [("Ada ( Mimi ) Roe", "PER")]


def test_a_month_that_opens_a_sentence_before_a_surname_is_a_first_name() -> None:
    assert names(row("May", "Roe", "left"), Roe="PER") == [("May Roe", "PER")]
    assert names(row("of", "May", "Roe", "left"), Roe="PER") == [("Roe", "PER")]


def test_an_organization_of_many_keeps_its_apostrophe() -> None:
    table = """
Lund      Lund      PROPN 2 compound
Owners    owner     PROPN 4 nmod:poss Number=Plur
's        's        PART  2 case
Union     union     NOUN  5 nsubj
left      leave     VERB  0 root
"""
    _, parse = build_document(table)
    (sentence,) = parse.sentences
    whole = EntityMention(Span(sentence.span.start, sentence.words[3].span.end), "ORG")
    (found,) = find_name_spans(sentence, (whole,), LEXICON)
    assert (found.start, found.end, found.kind) == (0, 4, "ORG")


def test_a_name_begins_behind_what_an_office_of_two_complements_is_of() -> None:
    table = row(
        *("Minister", "of", "State", "in", "Ministry", "of", "Roads", "Ada", "Roe"), "left"
    ).replace("in in NOUN", "in in ADP")
    found = names(table, Ministry_of_Roads="ORG", Ada_Roe="PER")
    assert ("Ada Roe", "PER") in found


def test_a_word_for_a_role_inside_an_organization_is_no_title() -> None:
    table = row("the", "Harbour", "Reporter", "Review", "Panel", "left")
    found = names(table, Harbour_Reporter_Review_Panel="ORG")
    assert found == [("Harbour Reporter Review Panel", "ORG")]


def test_an_office_parts_an_organization_from_who_holds_it() -> None:
    table = row("the", "House", "of", "Deputies", "Speaker", "Ann", "Roe", "left")
    found = names(table, House_of_Deputies="ORG", Ann_Roe="PER")
    assert found == [("House of Deputies", "ORG"), ("Ann Roe", "PER")]


def test_a_form_of_address_of_several_words_is_no_part_of_the_name() -> None:
    _, parse = build_document(row("yesterday", "Datuk", "Seri", "Omar", "Roe", "left"))
    (sentence,) = parse.sentences
    (span,) = find_name_spans(sentence, (), LEXICON)
    assert (span.honorific, span.title, span.start) == ("datuk seri", 1, 3)


@pytest.mark.parametrize("kind", ["ORG", "PER"])
def test_an_office_in_capitals_is_no_name_whatever_the_tagger_says(kind: EntityKind) -> None:
    assert names(row("yesterday", "the", "PM", "left"), PM=kind) == []


def test_a_country_in_capitals_is_no_pronoun() -> None:
    assert names(row("then", "US", "sources", "left"), US="LOC") == [("US", "LOC")]
    assert names(row("then", "Us", "left", upos="PRON")) == []


def test_an_institution_takes_the_country_before_it_along() -> None:
    table = row("then", "Norway", "'s", "Foreign", "Ministry", "left")
    assert names(table, Norway="LOC") == [("Norway", "LOC"), ("Norway 's Foreign Ministry", "ORG")]


def test_the_tagger_tells_a_name_from_a_capital() -> None:
    table = row("then", "Glap", "left")
    assert names(table, Glap="ORG") == [("Glap", "ORG")]
    assert names(table, Glap="PER") == [("Glap", "PER")]
    assert names(table) == [("Glap", None)]


OFFICES = """
{} {} PROPN 8 nsubj
of of ADP 3 case
Glap Glap PROPN 1 nmod
Ann Ann PROPN 1 appos
Roe Roe PROPN 4 flat
then then ADV 8 advmod
twice twice ADV 8 advmod
left leave VERB 0 root
"""


def test_the_place_of_an_office_is_no_part_of_the_name_behind_it() -> None:
    mayor = OFFICES.format("Mayor", "mayor")
    assert names(mayor, Glap="LOC", Ann_Roe="PER") == [("Glap", "LOC"), ("Ann Roe", "PER")]
    assert names(mayor, Glap_Ann_Roe="PER")[-1] == ("Ann Roe", "PER")
    story = OFFICES.format("Story", "story")
    assert names(story, Glap_Ann_Roe="PER")[-1] == ("Glap Ann Roe", "PER")


def test_an_office_with_its_complement_is_no_organization() -> None:
    table = row("then", "Minister", "of", "Trade", "left")
    assert names(table, Minister_of_Trade="ORG") == []


def test_a_noun_for_a_role_belongs_to_the_name_that_the_tagger_sees_whole() -> None:
    paper = row("the", "Glap", "Valley", "Messenger", "left")
    assert names(paper, Glap_Valley_Messenger="ORG") == [("Glap Valley Messenger", "ORG")]
    actor = row("then", "Gardener", "Roe", "left")
    assert names(actor, Gardener_Roe="PER") == [("Gardener Roe", "PER")]
    assert names(actor, Roe="PER") == [("Roe", "PER")]


def test_initials_of_an_office_behind_a_name_are_no_part_of_it() -> None:
    assert names(row("then", "Ann", "Roe", "MP", "left"), Ann_Roe="PER") == [("Ann Roe", "PER")]
    table = row("then", "Ann", "Roe", ",", "MP", "left")
    assert names(table, Ann_Roe="PER") == [("Ann Roe", "PER")]


def test_capitals_say_nothing_in_a_headline() -> None:
    assert is_headline(build_sentence(row("Minister", "Quits", "Over", "Budget", "Again")))
    assert is_headline(build_sentence(row("MINISTER", "QUITS", "AGAIN")))
    assert not is_headline(build_sentence(row("the", "minister", "Roe", "quits", "over", ".")))


def test_names_known_elsewhere_open_no_sentence_and_are_no_listed_words() -> None:
    _, parse = build_document(row("Roe", "met", "Park", "and", "Democrats"))
    assert known_names(parse.sentences, LEXICON) == {"Park"}


@pytest.mark.parametrize(
    ("before", "found"),
    [("candidate", [("Tory Roe", "PER")]), ("yesterday", [("Roe", "PER")])],
)
def test_a_first_name_like_a_party_stands_behind_a_role(
    before: str, found: list[tuple[str, str | None]]
) -> None:
    table = f"""
        {before} {before} NOUN  2 nmod:desc
        Tory     Tory     PROPN 4 nsubj
        Roe      Roe      PROPN 2 flat
        left     leave    VERB  0 root
    """
    assert names(table, Roe="PER") == found


def test_people_with_an_abbreviated_office_are_no_name() -> None:
    assert names("MPs mp NOUN 2 nsubj Number=Plur\nleft leave VERB 0 root") == []


@pytest.mark.parametrize("name", ["Harbour.com", "Roe-News.org", "Roe.com.au"])
def test_the_name_of_a_website_is_that_of_an_organization(name: str) -> None:
    assert names(row("yesterday", name, "left"), **{name: "PER"}) == [(name, "ORG")]


def test_initials_with_a_full_stop_are_no_website() -> None:
    assert names(row("yesterday", "A.Roe", "left"), **{"A.Roe": "PER"}) == [("A.Roe", "PER")]


def test_an_office_with_its_initials_in_brackets_is_no_name() -> None:
    words = ("Harbour", "Road", "Officer", "(", "HRO", ")", "Anna", "Roe", "left")
    found = names(row(*words), Harbour_Road="PER", Anna_Roe="PER")
    assert ("Anna Roe", "PER") in found
    assert not any(name.startswith("Harbour") for name, _ in found)


def test_a_title_inside_of_what_the_tagger_takes_for_one_name_belongs_to_it() -> None:
    words = ("yesterday", "Sohail", "Sultan", "Roe", "left")
    assert names(row(*words), Sohail_Sultan_Roe="PER") == [("Sohail Sultan Roe", "PER")]
    assert names(row(*words), Roe="PER") == [("Roe", "PER")]


def test_a_law_keeps_the_office_in_its_name() -> None:
    words = ("the", "Harbour", "Justice", "Act", "stands")
    assert names(row(*words)) == [("Harbour Justice Act", None)]


def test_a_first_name_that_the_tokenizer_cut_behind_its_hyphen_is_one() -> None:
    table = "Mei- Mei- PROPN 3 nsubj\nLin Lin PROPN 1 flat\nspoke speak VERB 0 root"
    _, parse = build_document(table, text="Mei-Lin spoke", entities={"Lin": "PER"})
    (sentence,) = parse.sentences
    (found,) = find_name_spans(sentence, parse.entities, LEXICON)
    assert (found.start, found.end) == (0, 2)


def test_an_office_behind_its_place_is_no_person() -> None:
    table = row("the", "Kirrup", "West", "Municipal", "Director", "of", "Schools", "left")
    table = table.replace("the the NOUN", "the the DET")
    assert ("Kirrup West Municipal Director", "PER") not in names(table, Kirrup_West="PER")
    named = row("yesterday", "Kirrup", "West", "left")
    assert names(named, Kirrup_West="PER") == [("Kirrup West", "PER")]


def test_a_person_may_be_called_as_an_organization_is() -> None:
    table = row("yesterday", "Chief", "Daisy", "House", "left")
    assert names(table, Daisy_House="PER") == [("Daisy House", "PER")]
    assert names(table) == [("Chief Daisy House", "ORG")]


def test_the_first_field_of_an_office_is_no_name() -> None:
    table = """
    Deputy   Deputy   PROPN 5 amod
    Youth    Youth    PROPN 5 compound
    and      and      CCONJ 4 cc
    Sports   Sports   PROPN 2 conj
    Minister Minister PROPN 7 nmod:desc
    Anna     Anna     PROPN 7 compound
    Roe      Roe      PROPN 8 nsubj
    left     leave    VERB  0 root
    """
    assert names(table, Anna_Roe="PER") == [("Anna Roe", "PER")]


@pytest.mark.parametrize("honorific", ["HE", "H.E.", "H E", "HH Sheikh", "Eng. Dr."])
def test_a_form_of_address_is_part_neither_of_the_name_nor_of_the_place_before_it(
    honorific: str,
) -> None:
    words = ("minister", "of", "Oslo", *honorific.split(), "Anna", "Roe", "left")
    found = names(row(*words), Oslo="LOC", Anna_Roe="PER")
    assert found == [("Oslo", "LOC"), ("Anna Roe", "PER")]


def test_a_name_in_capitals_like_a_form_of_address_stays_whole() -> None:
    assert names(row("yesterday", "HE", "Lifeng", "left"), HE_Lifeng="PER") == [
        ("HE Lifeng", "PER")
    ]


def test_initials_of_the_body_of_an_office_are_no_part_of_the_name_behind_it() -> None:
    words = ("the", "director", "of", "NAM", "Bahaa", "Roe", "left")
    found = names(row(*words), NAM_Bahaa_Roe="LOC")
    assert found == [("NAM", "LOC"), ("Bahaa Roe", "PER")]
    whole = ("NAM Harbour Roe", "ORG")
    words = ("the", "director", "of", "NAM", "Harbour", "Roe", "left")
    assert names(row(*words), NAM_Harbour_Roe="ORG") == [whole]


@pytest.mark.parametrize("initials", ["H. E.", "H.E."])
def test_two_letters_before_a_surname_are_initials(initials: str) -> None:
    words = ("yesterday", *initials.split(), "Roe", "left")
    tagged = f"{initials} Roe".replace(" ", "_")
    assert names(row(*words), **{tagged: "PER"}) == [(f"{initials} Roe", "PER")]
    words = ("yesterday", *initials.split(), "Anna", "Roe", "left")
    tagged = f"{initials} Anna Roe".replace(" ", "_")
    assert names(row(*words), **{tagged: "PER"}) == [("Anna Roe", "PER")]


def test_a_place_and_its_region_before_a_participle_are_one_name() -> None:
    table = """
        {preposition}
        Oslo   Oslo   PROPN 6 compound
        ,      ,      PUNCT 3 punct
        Norway Norway PROPN 5 obl
        -      -      PUNCT 5 punct
        based  base   VERB  6 amod
        singer singer NOUN  9 nsubj
        Anna   Anna   PROPN 6 appos
        Roe    Roe    PROPN 7 flat
        left   leave  VERB  0 root
    """
    text = "Oslo, Norway-based singer Anna Roe left"
    entities: dict[str, EntityKind] = {"Oslo": "LOC", "Norway": "LOC", "Anna Roe": "PER"}

    def found(table: str, text: str) -> list[str]:
        _, parse = build_document(table, text=text, entities=entities)
        (sentence,) = parse.sentences
        runs = find_name_spans(sentence, parse.entities, LEXICON)
        return [" ".join(word.form for word in sentence.words[run.start : run.end]) for run in runs]

    assert found(table.replace("{preposition}", ""), text) == ["Oslo , Norway", "Anna Roe"]
    behind = table.replace("{preposition}", "In in ADP 2 case")
    assert found(behind, f"In {text}") == ["Oslo", "Norway", "Anna Roe"]


@pytest.mark.parametrize(
    ("initials", "found"),
    [("HSMIO", ["Harbour Support Mission in Oslo"]), ("HSM", ["Harbour Support Mission", "Oslo"])],
)
def test_initials_tell_whether_a_place_belongs_to_the_name_of_a_body(
    initials: str, found: list[str]
) -> None:
    table = row("the", "Harbour", "Support", "Mission", "in", "Oslo", "(", initials, ")", "left")
    table = table.replace("in in NOUN", "in in ADP")
    given = names(table, Harbour_Support_Mission="ORG", Oslo="LOC")
    assert [name for name, _ in given] == [*found, initials]
