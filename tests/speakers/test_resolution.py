"""Speakers end to end, with the real model: the two seeds, and cases written for the purpose.

A case is a text in which sources stand in [s: ...] and what they say in [c: ...]; the expected
answers follow in the order of the sources: speaker, kind, role (True: any, None: none).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from quotes.records import Attribution, Document, Embed, Parse, QuoteType, Span, SpeakerResolution
from quotes.speakers import DocumentEntities, resolve
from quotes.speakers.resolution import Resolution, in_full
from tests.builders import ENGLISH, analysis_of, build_document

Wanted = tuple[str | None, str | None, str | bool | None]
BRACKETS = re.compile(r"\[(?:[sc]: )|\]")


@dataclass(frozen=True)
class Case:
    text: str
    wanted: tuple[Wanted, ...]


CASES = {
    "surname of a full name before": Case(
        "Health Minister Olena Marchuk visited the clinic on Monday. [c: The ward would reopen "
        "in May], [s: Marchuk] said.",
        (("Olena Marchuk", "person", "Health Minister"),),
    ),
    "surname first, full name later": Case(
        "[s: Lindqvist] said [c: the bridge was safe]. Erik Lindqvist, the city's chief "
        "engineer, had inspected it twice.",
        (("Erik Lindqvist", "person", "city's chief engineer"),),
    ),
    "honorific tells a couple apart": Case(
        "Daniel Okafor and his wife, Grace Okafor, run the bakery. [s: Mrs. Okafor] said [c: "
        "business was good]. "
        "[s: Mr. Okafor] said [c: it was not].",
        (("Grace Okafor", "person", True), ("Daniel Okafor", "person", True)),
    ),
    "junior is not his father": Case(
        "Senator Robert Hale spoke first. His son, Robert Hale Jr., followed. [s: Robert Hale "
        "Jr.] said [c: the farm was sold].",
        (("Robert Hale Jr.", "person", True),),
    ),
    "middle initial": Case(
        "Laura P. Jensen leads the agency. [s: Laura Jensen] said [c: rates would rise].",
        (("Laura P. Jensen", "person", True),),
    ),
    "particle and hyphen": Case(
        "Mayor Bill de Groot and Carlos Lopez-Rivera met on Friday. [s: De Groot] said [c: the "
        "plan was sound]. "
        "[s: Lopez-Rivera] said [c: it was too costly].",
        (("Bill de Groot", "person", True), ("Carlos Lopez-Rivera", "person", True)),
    ),
    "title before, apposition after": Case(
        "[s: Sen. Maria Cantor], a member of the budget committee, said [c: the bill would fail].",
        (("Maria Cantor", "person", True),),
    ),
    "apposition before": Case(
        "[s: The deputy mayor, Jonas Field,] said [c: the road would open in June].",
        (("Jonas Field", "person", "deputy mayor"),),
    ),
    "spokeswoman in apposition": Case(
        "[s: A spokeswoman, Anna Richards,] said [c: the company had no comment].",
        (("Anna Richards", "person", "spokeswoman"),),
    ),
    "copula": Case(
        "Peter Novak is the chief executive of the bank. On Tuesday [s: Novak] said [c: profits "
        "had doubled].",
        (("Peter Novak", "person", "chief executive of the bank"),),
    ),
    "he, she by gender and salience": Case(
        "Tom Barker hired Susan Lane in 2010. [s: She] said [c: the job was hard]. [s: He] said "
        "[c: it was fun].",
        (("Susan Lane", "person", None), ("Tom Barker", "person", None)),
    ),
    "the speaker goes on": Case(
        "“The river is rising,” Governor Helen Marsh told reporters. “People should leave now,” "
        "[s: she] added.",
        (("Helen Marsh", "person", "Governor"),),
    ),
    "who": Case(
        "The award went to Ruth Adler, [s: who] said [c: it belonged to the whole team].",
        (("Ruth Adler", "person", None),),
    ),
    "the minister": Case(
        "Finance Minister Karim Aziz met Lucy Brand, a teacher, on Monday. [s: The minister] "
        "said [c: schools would get more money].",
        (("Karim Aziz", "person", "Finance Minister"),),
    ),
    "organization by description": Case(
        "[s: The Norwegian finance ministry] said [c: oil income had fallen]. [s: State-run "
        "media] reported [c: that jobs were at risk].",
        (
            ("Norwegian finance ministry", "organization", None),
            ("State-run media", "organization", None),
        ),
    ),
    "organization in apposition": Case(
        "[s: The state-run news agency RIA Novosti] reported [c: that the talks had ended].",
        (("RIA Novosti", "organization", "state-run news agency"),),
    ),
    "acronym": Case(
        "The Federal Bureau of Investigation (FBI) searched the house. [s: The FBI] said [c: "
        "nobody was hurt].",
        (("Federal Bureau of Investigation", "organization", None),),
    ),
    "place for its government": Case(
        "[s: Moscow] said [c: the claim was false].",
        (("Moscow", "organization", None),),
    ),
    "groups": Case(
        "[s: Protesters] said [c: the police had used force]. [s: Union delegates] said [c: the "
        "strike would go on].",
        (("Protesters", "group", None), ("Union delegates", "group", None)),
    ),
    "unnamed": Case(
        "[s: A senior Israeli official] said [c: talks had stalled]. [s: Two people familiar "
        "with the matter] said [c: a deal was near]. "
        "[s: Sources] said [c: the offer was final].",
        (
            ("senior Israeli official", "unnamed", "senior Israeli official"),
            ("Two people familiar with the matter", "unnamed", None),
            ("Sources", "unnamed", None),
        ),
    ),
    "document": Case(
        "[s: A new report] says [c: the ice is melting]. [s: The poll] found [c: that most "
        "voters agree].",
        (("new report", "document", None), ("poll", "document", None)),
    ),
    "somebody's spokesman is not he": Case(
        "Mayor Alan Reed was away. [s: A spokesman for Reed] said [c: the mayor would return].",
        (("spokesman for Reed", "unnamed", "spokesman for Reed"),),
    ),
    "some, and nobody in particular": Case(
        "[s: Some] say [c: the tax is unfair]. [s: You] know [c: how it ends].",
        (("Some", "group", None), (None, None, None)),
    ),
    "an office abbreviated": Case(
        "Chief Election Commissioner Omar Haddad opened the talks. [s: The CEC] said [c: the rolls "
        "were ready].",
        (("Omar Haddad", "person", True),),
    ),
    "somebody's lawyer, named later": Case(
        "Judge Martin Falk was away. [s: His lawyer] said [c: the case would fail]. Falk's lawyer, "
        "Pia Grau, spoke again on Friday.",
        (("Pia Grau", "person", True),),
    ),
    "a relative holds no office": Case(
        "The father of the boy, Martin Falk, was away. [s: Mia Falk, the boy's mother], said [c: "
        "the school was kind]. [s: The mother] said [c: it was warm].",
        (("Mia Falk", "person", None), ("Mia Falk", "person", None)),
    ),
    "a document whose owner is not told": Case(
        "[c: The pool is closed], according to [s: its website].",
        (("its website", "organization", None),),
    ),
    "several": Case(
        "[s: Anna Berg and Lars Holm] said [c: they would appeal].",
        (("Anna Berg and Lars Holm", "group", None),),
    ),
    "organization by the last word of its name": Case(
        "The Harbor Gazette opened an office in May. [s: The Gazette] said [c: it would hire ten "
        "reporters].",
        (("Harbor Gazette", "organization", None),),
    ),
    "a source is not the one who spoke before": Case(
        "“Nobody slept,” Laura Finch said. [s: The source] said [c: the talks went on].",
        (("source", "unnamed", None),),
    ),
    "he who speaks does not name himself": Case(
        "Mark Bell met Simon Cole on Friday. Cole spoke for an hour. [c: Cole has no plan], [s: "
        "he] said.",
        (("Mark Bell", "person", None),),
    ),
    "he who speaks is the one in play where nobody is named": Case(
        "Mark Bell met Simon Cole on Friday. Cole spoke for an hour. [c: There was no other "
        "plan], [s: he] said.",
        (("Simon Cole", "person", None),),
    ),
    "the name follows the pronoun": Case(
        "The vote was close. Although [s: she] said [c: the count was fair], Nina Hall asked for "
        "another.",
        (("Nina Hall", "person", None),),
    ),
    "a name that follows and does not agree": Case(
        "The vote was close. Although [s: he] said [c: the count was fair], Nina Hall asked for "
        "another.",
        ((None, None, None),),
    ),
    "she is what the description is": Case(
        "The new director is Olga Brandt. [s: She] said [c: the museum would stay open].",
        (("Olga Brandt", "person", True),),
    ),
    "she is not what the description is not": Case(
        "Vera Lang left in May. The new director is not Olga Brandt. [s: The director] said [c: "
        "the museum would stay open].",
        (("new director", "unnamed", "new director"),),
    ),
    "somebody who is never named": Case(
        "A bearded cyclist slept in the shed. [s: The cyclist] said [c: it was warm]. [s: The "
        "headmistress] said [c: nobody knew].",
        (
            ("bearded cyclist", "unnamed", "bearded cyclist"),
            ("headmistress", "unnamed", "headmistress"),
        ),
    ),
    "an office that only stands without the name": Case(
        "[s: Ruth Adler] said [c: the museum would open on Monday]. [s: The governor] said [c: the "
        "roof was new].",
        (("Ruth Adler", "person", "governor"), ("Ruth Adler", "person", "governor")),
    ),
    "which is nobody": Case(
        "Ruth Adler works for Amnesty International, [s: which] said [c: the prison was full].",
        (("Amnesty International", "organization", None),),
    ),
    "a description with no candidate": Case(
        "[s: The ambassador] said [c: visas would be easier to get].",
        (("ambassador", "unnamed", "ambassador"),),
    ),
}


def read_case(text: str) -> tuple[str, list[tuple[str, Span]]]:
    """The plain text, and the bracketed parts as (label, span), in the order in which they open."""
    plain, parts, opened = "", list[tuple[str, Span]](), list[tuple[int, str]]()
    at = 0
    for mark in BRACKETS.finditer(text):
        plain += text[at : mark.start()]
        at = mark.end()
        if mark.group() == "]":
            start, label = opened.pop()
            parts.append((label, Span(start, len(plain))))
        else:
            opened.append((len(plain), mark.group()[1]))
    return plain + text[at:], sorted(parts, key=lambda part: part[1])


def quote(
    number: int,
    source: Span | None,
    content: Span,
    *,
    kind: QuoteType = "indirect",
    nested_in: str | None = None,
) -> Attribution:
    return Attribution(
        id=str(number),
        document="case",
        content=(content,),
        cue=(),
        source=(source,) if source else (),
        type=kind,
        rule="test",
        confidence=1.0,
        nested_in=nested_in,
    )


def case_quotes(parts: list[tuple[str, Span]]) -> tuple[Attribution, ...]:
    sources = [span for label, span in parts if label == "s"]
    contents = [span for label, span in parts if label == "c"]
    found = []
    for number, source in enumerate(sources):
        others = [c for c in contents if not c.overlaps(source)]
        nearest = min(
            others or [Span(source.end, source.end + 1)],
            key=lambda c: min(abs(c.start - source.end), abs(source.start - c.end)),
        )
        found.append(quote(number, source, nearest))
    return tuple(found)


def resolved(
    parser: Any, text: str, quotes: tuple[Attribution, ...], **metadata: Any
) -> tuple[SpeakerResolution, ...]:
    document = Document(id="case", text=text, **metadata)
    return resolve(analysis_of(document, parser.parse(document)), quotes)[0]


@pytest.mark.parametrize("name", CASES)
def test_case(name: str, parser: Any) -> None:
    case = CASES[name]
    text, parts = read_case(case.text)
    found = resolved(parser, text, case_quotes(parts))
    assert len(found) == len(case.wanted)
    for own, (speaker, kind, role) in zip(found, case.wanted, strict=True):
        assert (own.speaker, own.kind) == (speaker, kind), own.resolved_by
        assert role is True or own.role == role
        assert own.resolved_by
        assert (
            own.speaker_confidence >= ENGLISH.thresholds.speaker_name
            if own.speaker
            else own.speaker_confidence == 0
        )


def test_shared_surname_goes_to_the_one_in_play(parser: Any) -> None:
    text = (
        "Hannah Weiss opened the meeting. Hannah Weiss has led the council since May. Weiss "
        "praised the staff. "
        "Years ago Paul Weiss held the post. Weiss said the budget was balanced."
    )
    start = text.rindex("Weiss said")
    (found,) = resolved(
        parser, text, (quote(0, Span(start, start + 5), Span(start + 11, len(text) - 1)),)
    )
    assert found.speaker == "Hannah Weiss"
    assert found.speaker_confidence < 0.95


def test_reporters_of_a_chain_nearest_first(parser: Any) -> None:
    text = (
        "State media reported that the ministry said that Oleg Petrov had claimed "
        "the mine was closed."
    )
    outer = quote(0, Span(0, 11), Span(21, 92))
    middle = quote(
        1,
        Span(text.index("the ministry"), text.index(" said")),
        Span(text.index("that Oleg"), 92),
        nested_in="0",
    )
    inner = quote(
        2,
        Span(text.index("Oleg"), text.index(" had")),
        Span(text.index("the mine"), 92),
        nested_in="1",
    )
    found = resolved(parser, text, (outer, middle, inner))
    assert [q.reported_by for q in found] == [(), ("State media",), ("ministry", "State media")]


def test_author_says_i(parser: Any) -> None:
    text = "I believe the council has failed. Nobody listened to the residents."
    (found,) = resolved(parser, text, (quote(0, Span(0, 1), Span(10, 32)),), author="Jane Poole")
    assert (found.speaker, found.kind) == ("Jane Poole", "person")
    (found,) = resolved(parser, text, (quote(0, Span(0, 1), Span(10, 32)),))
    assert (found.speaker, found.kind) == ("the author", "unnamed")


def test_i_in_a_quotation_is_its_speaker(parser: Any) -> None:
    text = "“They offered me the post, but I said it came too late,” Dora Klein told the paper."
    name = text.index("Dora")
    outer = quote(0, Span(name, name + 10), Span(1, text.index("”")), kind="direct")
    at = text.index("I said")
    inner = quote(1, Span(at, at + 1), Span(at + 7, text.index(",”")), nested_in="0")
    found = resolved(parser, text, (outer, inner))
    assert [q.speaker for q in found] == ["Dora Klein", "Dora Klein"]
    assert found[1].reported_by == ()


def test_he_in_a_quotation_is_not_its_speaker(parser: Any) -> None:
    text = (
        "Paul Reyes met Victor Stone on Monday. “He promised a raise,” Reyes said. "
        "“He said it would be large.”"
    )
    at = text.rindex("He said")
    reyes = text.index("Reyes said")
    outer = quote(
        0, Span(reyes, reyes + 5), Span(text.index("He promised"), text.index(",”")), kind="direct"
    )
    outer = replace(outer, content=(*outer.content, Span(at, len(text) - 1)))
    inner = quote(1, Span(at, at + 2), Span(at + 8, len(text) - 2), nested_in="0")
    found = resolved(parser, text, (outer, inner))
    assert found[0].speaker == "Paul Reyes"
    assert found[1].speaker in ("Victor Stone", None)


def test_embedded_post_has_its_author(parser: Any) -> None:
    text = "She posted a reply. We are open all night!"
    document = Document(
        id="case", text=text, embeds=(Embed(content=Span(20, 42), author="Cafe Roma"),)
    )
    analysis = analysis_of(document, parser.parse(document))
    (found,), _ = resolve(analysis, (quote(0, None, Span(20, 42), kind="direct"),))
    assert found.speaker == "Cafe Roma"


def test_the_author_that_markup_names_is_named_in_full() -> None:
    text = "Per van Lund: We close in June."
    author = Span(0, 12)
    document = Document(id="case", text=text, embeds=(Embed(Span(14, 31), author, "Per van Lund"),))
    said = quote(0, Span(4, 12), Span(14, 31), kind="direct")
    part, other = (Resolution(name, "person", None, 0.9, "x") for name in ("van Lund", "Ruiz"))
    assert in_full(part, said, document).speaker == "Per van Lund"
    assert in_full(other, said, document) == other
    elsewhere = quote(1, Span(14, 16), Span(17, 31), kind="direct")
    assert in_full(part, elsewhere, document) == part


def test_a_title_in_the_credit_is_no_part_of_the_name() -> None:
    text = "Councillor Ann Roe: We close in June."
    author = "Councillor Ann Roe"
    document = Document(id="case", text=text, embeds=(Embed(Span(20, 37), Span(0, 18), author),))
    said = quote(0, Span(11, 18), Span(20, 37), kind="direct")
    found = Resolution("Ann Roe", "person", "Councillor", 0.9, "x")
    assert in_full(found, said, document) == found


def test_entities_carry_names_and_roles_over(parser: Any) -> None:
    text = "Transport Minister Ines Duarte resigned on Friday.\n\nDuarte said she was tired."
    document = Document(id="case", text=text)
    cut = text.index("\n\n") + 2
    first, second = (
        parser.parse(document, Span(0, cut)),
        parser.parse(document, Span(cut, len(text))),
    )
    _, known = resolve(analysis_of(document, first), ())
    said = quote(0, Span(cut, cut + 6), Span(cut + 12, len(text) - 1))
    (found,), after = resolve(analysis_of(document, second), (said,), known=known)
    assert (found.speaker, found.role) == ("Ines Duarte", "Transport Minister")
    assert after.speaker is not None
    assert [entity.name for entity in after.entities if entity.kind == "person"] == ["Ines Duarte"]


def test_nothing_to_resolve() -> None:
    document = Document(id="empty", text="")
    assert resolve(analysis_of(document, Parse(())), ()) == ((), DocumentEntities())


def seed_rows(root: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for line in (root / "tests/gold/seeds.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def find(text: str, words: str) -> list[Span]:
    """All places of some words, whatever white space stands between them."""
    return [Span(*m.span()) for m in re.finditer(r"\s+".join(map(re.escape, words.split())), text)]


def seed_quote(number: int, row: dict[str, Any], document: Document) -> Attribution:
    content = tuple(find(document.text, part)[0] for part in row["text"])
    cue = min(
        find(document.text, row["cue"]),
        key=lambda s: min(min(abs(s.end - c.start), abs(s.start - c.end)) for c in content),
    )
    source = (
        min(
            find(document.text, row["source"]),
            key=lambda s: min(abs(s.end - cue.start), abs(s.start - cue.end)),
        )
        if row["source"]
        else None
    )
    return Attribution(
        id=str(number),
        document=document.id,
        content=content,
        cue=(cue,),
        source=(source,) if source else (),
        type=row["type"],
        rule="gold",
        confidence=1.0,
    )


def words(text: str | None) -> set[str]:
    return set(re.findall(r"\w+", (text or "").lower()))


def test_seeds(parser: Any, root: Path) -> None:
    rows = seed_rows(root)
    for name in sorted({row["doc"] for row in rows}):
        own = [row for row in rows if row["doc"] == name]
        text = (root / f"seeds/{name}.txt").read_bytes().decode("utf-8")
        document = Document(id=name, text=text)
        quotes = tuple(seed_quote(number, row, document) for number, row in enumerate(own))
        found, _ = resolve(analysis_of(document, parser.parse(document)), quotes)
        for row, answer in zip(own, found, strict=True):
            if row.get("optional"):
                continue
            assert answer.speaker in row["speaker"], answer
            assert answer.kind in row["kind"], answer
            assert not row["role"] or any(
                words(role) == words(answer.role) for role in row["role"]
            ), answer


# The steps by hand, without a model


def by_hand(
    source: str, kind: str = "PRON", before: str = "", **known: Any
) -> tuple[SpeakerResolution, ...]:
    """Resolve `SOURCE said so.` after another sentence."""
    words = source.split()
    last = len(words)
    rows = [f"{word} {word.lower()} DET {last} det" for word in words[:-1]]
    rows.append(f"{words[-1]} {words[-1].lower()} {kind} {last + 1} nsubj")
    rows += ["said say VERB 0 root", f"so so ADV {last + 1} advmod"]
    document, parse = build_document("\n".join([before, "", *rows]), **known)
    at, end = document.text.rindex(f"{source} said"), len(document.text)
    said = quote(0, Span(at, at + len(source)), Span(end - 2, end))
    return resolve(analysis_of(document, parse), (said,))[0]


ANNA = """
Anna  Anna  PROPN 2 compound
Roe   Roe   PROPN 3 nsubj
spoke speak VERB  0 root
"""


def test_a_pronoun_is_given_the_name_before_it() -> None:
    (found,) = by_hand("She", before=ANNA, entities={"Anna Roe": "PER"})
    assert (found.speaker, found.kind) == ("Anna Roe", "person")
    assert found.resolved_by == "pronoun: subject in the previous sentence"
    assert ENGLISH.thresholds.speaker_name <= found.speaker_confidence < 1


def test_an_office_that_a_pronoun_is_said_to_have_is_a_role() -> None:
    before = f"""{ANNA}
She   she   PRON  4 nsubj
is    be    AUX   4 cop
a     a     DET   4 det
baker baker NOUN  0 root
"""
    (found,) = by_hand("She", before=before, entities={"Anna Roe": "PER"})
    assert (found.speaker, found.role) == ("Anna Roe", "baker")


def test_the_woman_is_described_as_at_first() -> None:
    before = """
        A       a       DET  3 det
        retired retired ADJ  3 amod
        baker   baker   NOUN 4 nsubj
        spoke   speak   VERB 0 root
    """
    (found,) = by_hand("The woman", "NOUN", before=before)
    assert found.speaker in ("retired baker", "woman")
    (found,) = by_hand("The person", "NOUN", before=before)
    assert found.speaker == "person"


def test_a_pronoun_without_anybody_before_it_stays_unresolved() -> None:
    (found,) = by_hand("She")
    assert (found.speaker, found.speaker_confidence) == (None, 0.0)
    assert found.resolved_by == "unresolved: nobody fits the pronoun"


def test_the_author_says_i() -> None:
    (found,) = by_hand("I", author="Ella Park")
    assert (found.speaker, found.resolved_by) == ("Ella Park", "pronoun: the author")


@pytest.mark.parametrize(
    ("source", "speaker", "kind"),
    [
        ("A witness", "witness", "unnamed"),
        ("The ministry", "ministry", "organization"),
        ("The report", "report", "document"),
        ("Everybody", None, None),
    ],
)
def test_a_description_is_given_as_printed(
    source: str, speaker: str | None, kind: str | None
) -> None:
    (found,) = by_hand(source, "PRON" if source == "Everybody" else "NOUN")
    assert (found.speaker, found.kind) == (speaker, kind)


def test_a_reporter_is_the_speaker_of_the_attribution_around() -> None:
    table = """
        Anna  Anna  PROPN 2 compound
        Roe   Roe   PROPN 3 nsubj
        said  say   VERB  0 root
        Paul  Paul  PROPN 5 compound
        Park  Park  PROPN 6 nsubj
        said  say   VERB  3 ccomp
        so    so    ADV   6 advmod
    """
    document, parse = build_document(table, entities={"Anna Roe": "PER", "Paul Park": "PER"})
    outer = quote(0, Span(0, 8), Span(14, len(document.text)))
    inner = quote(1, Span(14, 23), Span(29, len(document.text)), nested_in="0")
    speakers, known = resolve(analysis_of(document, parse), (outer, inner))
    assert [found.speaker for found in speakers] == ["Anna Roe", "Paul Park"]
    assert [found.reported_by for found in speakers] == [(), ("Anna Roe",)]
    assert known.speaker == 0


def test_the_label_of_an_answer_is_the_person_interviewed() -> None:
    table = """
        Anna Anna PROPN 2 compound
        Roe  Roe  PROPN 3 nsubj
        said say  VERB  0 root
        so   so   ADV   3 advmod
        .    .    PUNCT 3 punct

        A    A    NOUN  0 root
        :    :    PUNCT 1 punct
        Yes  yes  INTJ  1 parataxis
    """
    text = "Anna Roe said so.\n\nA: Yes"
    for entities, speaker in (({"Anna Roe": "PER"}, "Anna Roe"), ({}, None)):
        document, parse = build_document(
            table if entities else table[table.index("A    A") :],
            text=text if entities else "A: Yes",
            entities=entities,  # type: ignore[arg-type]
        )
        end = len(document.text)
        answers = [quote(1, Span(end - 6, end - 5), Span(end - 3, end))]
        if entities:
            answers.insert(0, quote(0, Span(0, 8), Span(14, 16)))
        found, _ = resolve(analysis_of(document, parse), answers)
        assert found[-1].speaker == speaker
