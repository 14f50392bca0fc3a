"""Names linked to the entities of a document, on texts built by hand."""

from __future__ import annotations

import pytest

from quotes.language.lexicon import load_lexicon
from quotes.records import EntityKind
from quotes.speakers import DocumentEntities, Entity, mentions
from quotes.speakers.entity_linking import EntityLink, link_names
from tests.builders import ENGLISH, analysis_of, build_document

LEXICON = load_lexicon(ENGLISH)


def subject(*names: str, verb: str = "left") -> str:
    """Return the rows of a sentence with a name as its subject."""
    last = len(names)
    rows = [f"{name} {name} PROPN {last} compound" for name in names[:-1]]
    rows += [f"{names[-1]} {names[-1]} PROPN {last + 1} nsubj", f"{verb} leave VERB 0 root"]
    return "\n".join([*rows, f". . PUNCT {last + 1} punct"])


def linked(*sentences: str, **tags: EntityKind) -> tuple[tuple[Entity, ...], list[EntityLink]]:
    """Link the names in sentences, tagged as named with underscores, with nothing known before."""
    return linked_to(DocumentEntities(), *sentences, **tags)


def linked_to(
    known: DocumentEntities, /, *sentences: str, **tags: EntityKind
) -> tuple[tuple[Entity, ...], list[EntityLink]]:
    """Link the names in sentences among the entities known before."""
    tagged = {name.replace("_", " "): kind for name, kind in tags.items()}
    document, parse = build_document("\n\n".join(sentences), entities=tagged)
    found = mentions(analysis_of(document, parse))
    entities, links = link_names(document, parse.sentences, found, known, LEXICON)
    return entities, [links[index] for index in sorted(links)]


def test_a_surname_finds_its_full_name_before_and_after() -> None:
    for order in ((("Anna", "Roe"), ("Roe",)), (("Roe",), ("Anna", "Roe"))):
        entities, links = linked(*(subject(*names) for names in order), Anna_Roe="PER")
        assert [entity.name for entity in entities] == ["Anna Roe"]
        assert {link.entity for link in links} == {0}
        assert sorted(link.step for link in links) == [
            "named in full",
            "surname of a name in the article",
        ]


def test_a_surname_of_two_people_goes_to_nobody_unless_one_is_named_more() -> None:
    people = [subject("Anna", "Roe"), subject("Paul", "Roe")]
    tagged: dict[str, EntityKind] = {"Anna_Roe": "PER", "Paul_Roe": "PER"}
    entities, links = linked(*people, subject("Roe"), **tagged)
    assert [entity.name for entity in entities] == ["Anna Roe", "Paul Roe"]
    assert len(links) == 2
    often = [subject("Anna", "Roe")] * 3
    _, links = linked(*people, *often, subject("Roe"), **tagged)
    assert links[-1].entity == 0
    assert links[-1].confidence < 0.9


def test_a_misspelt_surname_is_the_person_s() -> None:
    entities, links = linked(
        subject("Anna", "Eldridge"),
        subject("Eldrige"),
        subject("Anna", "Eldrige"),
        Anna_Eldridge="PER",
    )
    assert [entity.name for entity in entities] == ["Anna Eldridge"]
    assert [link.entity for link in links] == [0, 0, 0]
    assert links[1].confidence < links[0].confidence


def test_an_office_tells_people_of_one_surname_apart() -> None:
    mayor = """
        mayor Mayor PROPN 3 compound
        Anna  Anna  PROPN 3 compound
        Roe   Roe   PROPN 4 nsubj
        left  leave VERB  0 root
    """
    entities, links = linked(
        mayor,
        subject("Paul", "Roe"),
        "mayor Mayor PROPN 2 compound\nRoe Roe PROPN 3 nsubj\nleft leave VERB 0 root",
        Anna_Roe="PER",
        Paul_Roe="PER",
    )
    assert entities[links[-1].entity].name == "Anna Roe"
    assert links[-1].step == "surname shared by 2, the one of this office"


def test_the_initials_of_an_office_are_who_was_named_with_them() -> None:
    officer = """
        Harbour Harbour PROPN 3 compound
        Road    Road    PROPN 3 compound
        Officer officer PROPN 8 compound
        (       (       PUNCT 5 punct
        HRO     HRO     PROPN 3 appos
        )       )       PUNCT 5 punct
        Anna    Anna    PROPN 8 compound
        Roe     Roe     PROPN 9 nsubj
        left    leave   VERB  0 root
    """
    entities, links = linked(
        officer,
        "The the DET 2 det\nHRO HRO PROPN 3 nsubj\nleft leave VERB 0 root",
        Anna_Roe="PER",
        HRO="ORG",
    )
    assert entities[links[-1].entity].name == "Anna Roe"
    assert links[-1].step == "initials of an office in the article"


@pytest.mark.parametrize("article", ["the", "a"])
def test_the_initials_of_an_office_behind_the_article_are_its_only_holder(article: str) -> None:
    officer = """
        Deputy       Deputy       PROPN 4 compound
        Commissioner Commissioner PROPN 4 compound
        Anna         Anna         PROPN 4 compound
        Roe          Roe          PROPN 5 nsubj
        left         leave        VERB  0 root
    """
    other = officer.replace("Anna", "Paul")
    initials = f"{article} {article} DET 2 det\nDC DC PROPN 3 nsubj\nleft leave VERB 0 root"
    entities, links = linked(officer, initials, Anna_Roe="PER", DC="ORG")
    assert entities[links[-1].entity].name == ("Anna Roe" if article == "the" else "DC")
    entities, links = linked(officer, other, initials, Anna_Roe="PER", Paul_Roe="PER", DC="ORG")
    assert entities[links[-1].entity].name == "DC"


def test_a_form_of_address_tells_a_couple_apart() -> None:
    entities, links = linked(
        subject("Anna", "Roe"),
        subject("Paul", "Roe"),
        subject("Mrs.", "Roe"),
        Anna_Roe="PER",
        Paul_Roe="PER",
    )
    assert entities[links[-1].entity].name == "Anna Roe"
    assert (entities[0].gender, entities[0].gender_shown) == ("female", True)
    assert (entities[1].gender, entities[1].gender_shown) == ("male", False)


def test_entities_of_earlier_chunks_are_known() -> None:
    earlier = DocumentEntities((Entity("Anna Roe", "person", ("Anna Roe",), last=3),))
    entities, (link,) = linked_to(earlier, subject("Roe"))
    assert [entity.name for entity in entities] == ["Anna Roe"]
    assert (link.entity, link.step) == (0, "surname of a name in the article")
    assert entities[0].names == ("Anna Roe", "Roe")


def test_an_organization_is_found_by_its_acronym() -> None:
    entities, links = linked(
        subject("National", "Space", "Agency"),
        subject("NSA"),
        National_Space_Agency="ORG",
        NSA="ORG",
    )
    assert [entity.name for entity in entities] == ["National Space Agency"]
    assert links[-1].step == "acronym of a name in the article"
