"""Patterns on trees built by hand, and the search against a slow one that tries every word."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import RuleError
from quotes.language.patterns import Pattern, compile_pattern
from quotes.language.patterns.matcher import Clause, Node
from quotes.language.patterns.sentence_index import Condition
from quotes.records import Sentence, Span, Word
from tests.builders import build_sentence

LISTS = {
    "speech": frozenset({"say", "claim", "tell"}),
    "agencies": frozenset({"AP", "Reuters"}),
    "empty": frozenset[str](),
}


REPORT = build_sentence(
    """
    Smith  Smith PROPN 2 nsubj Number=Sing
    said   say   VERB  0 root
    prices price NOUN  4 nsubj Number=Plur
    rose   rise  VERB  2 ccomp
    .      .     PUNCT 2 punct
    """
)
FALLING_RATES = build_sentence(
    """
    The      the      DET   2  det
    minister minister NOUN  4  nsubj:pass
    was      be       AUX   4  aux:pass
    told     tell     VERB  0  root
    by       by       ADP   6  case
    aides    aide     NOUN  4  obl:agent
    that     that     SCONJ 9  mark
    rates    rate     NOUN  9  nsubj
    fell     fall     VERB  4  ccomp
    and      and      CCONJ 11 cc
    claimed  claim    VERB  4  conj
    credit   credit   NOUN  11 obj
    """
)
AGENCY = build_sentence(
    """
    Reuters Reuters PROPN 4 nsubj
    and     and     CCONJ 3 cc
    AP      AP      PROPN 1 conj
    said    say     VERB  0 root
    so      so      ADV   4 advmod
    """
)

CASES = [
    (
        "{upos:VERB; lemma:@speech}=cue >nsubj {}=source >ccomp {}=content",
        REPORT,
        ["cue=said source=Smith content=rose"],
    ),
    ("{}=cue >nsubj {}=source >ccomp {}=content", FALLING_RATES, []),
    # words
    ("{lemma:SMITH}=a", REPORT, ["a=Smith"]),
    ("{lemma:reuters|ap}=a", AGENCY, ["a=Reuters", "a=AP"]),
    ("{lemma:@agencies}=a", AGENCY, ["a=Reuters", "a=AP"]),
    ("{lemma:@empty}=a", REPORT, []),
    ("{lemma:@speech|be}=a", FALLING_RATES, ["a=was", "a=told", "a=claimed"]),
    ('{lemma:"."}=a', REPORT, ["a=."]),
    ("{upos:VERB|NOUN; !lemma:say}=a", REPORT, ["a=prices", "a=rose"]),
    ("{deprel:nsubj}=a", REPORT, ["a=Smith", "a=prices"]),
    # labels
    ("{}=a >nsubj {}=b", FALLING_RATES, ["a=fell b=rates"]),
    ("{}=a >nsubj|nsubj:pass {}=b", FALLING_RATES, ["a=told b=minister", "a=fell b=rates"]),
    ("{}=a >nsubj:pass|obj {}=b", FALLING_RATES, ["a=told b=minister", "a=claimed b=credit"]),
    ("{}=a <obl:agent {}=b", FALLING_RATES, ["a=aides b=told"]),
    ("{}=a <obl {}=b", FALLING_RATES, []),
    # relations
    ("{lemma:tell}=a > {upos:VERB}=b", FALLING_RATES, ["a=told b=fell", "a=told b=claimed"]),
    ("{upos:ADP}=a < {}=b", FALLING_RATES, ["a=by b=aides"]),
    (
        "{upos:VERB}=a -- {upos:AUX}=b",
        FALLING_RATES,
        ["a=told b=was", "a=fell b=was", "a=claimed b=was"],
    ),
    ("{lemma:the}=a -- {}=b", FALLING_RATES, []),
    # what belongs to what
    ("{}=a >ccomp ({}=b >nsubj {}=c)", FALLING_RATES, ["a=told b=fell c=rates"]),
    ("{}=a >ccomp {}=b >nsubj {}=c", REPORT, ["a=said b=rose c=Smith"]),
    ("({}=a >ccomp {}) >nsubj {}=c", REPORT, ["a=said c=Smith"]),
    # not
    ("{upos:VERB}=a !>ccomp {}", FALLING_RATES, ["a=fell", "a=claimed"]),
    ("{upos:VERB}=a !>ccomp ({} >mark {})", REPORT, ["a=said", "a=rose"]),
    ("{upos:VERB}=a !>ccomp ({} >mark {})", FALLING_RATES, ["a=fell", "a=claimed"]),
    ("{upos:VERB}=a !>ccomp ({} !>mark {})", REPORT, ["a=rose"]),
    # a name again
    ("{}=a >nsubj {}=b >ccomp ({} -- =b)", REPORT, ["a=said b=Smith"]),
    ("{}=a > {}=b > ({}=c -- =b)", AGENCY, ["a=said b=Reuters c=so"]),
    # layout of the text
    ("{ upos : VERB ;\n  lemma : say } = a\n  >nsubj {} = b", REPORT, ["a=said b=Smith"]),
    ("{upos:VERB} >nsubj {upos:NOUN}", FALLING_RATES, [""]),
]


def named(sentence: Sentence, found: dict[str, int]) -> str:
    return " ".join(f"{name}={sentence.words[word].form}" for name, word in found.items())


@pytest.mark.parametrize(("text", "sentence", "expected"), CASES, ids=[case[0] for case in CASES])
def test_finds_just_these_words_in_text_order(
    text: str, sentence: Sentence, expected: list[str]
) -> None:
    assert [
        named(sentence, found) for found in compile_pattern(text, LISTS).find(sentence)
    ] == expected


MISTAKES = [
    ("", 1, "to begin a word, found the end"),
    ("upos:VERB", 1, "to begin a word"),
    ("{upos:VERB", 11, "or '}' after a test"),
    ("{upos:VERB lemma:say}", 12, "or '}' after a test"),
    ("{upos}", 6, "after upos"),
    ("{upos:}", 7, "expected a value for upos"),
    ("{pos:VERB}", 2, "unknown attribute 'pos'"),
    ("{word:so}", 2, "unknown attribute 'word'"),
    ("{} . {}", 4, "expected a relation"),
    ("{} ?>obj {}", 4, "expected a relation"),
    ("{} >nsubj:* {}", 10, "to begin a word"),
    ("{upos:VEBR}", 7, "unknown upos 'VEBR'"),
    ("{deprel:subject}", 9, "unknown relation 'subject'"),
    ("{lemma:@spech}", 8, "unknown word list 'spech': there are agencies, empty, speech"),
    ("{upos:@speech}", 7, "not upos"),
    ("{}=", 4, "expected a name"),
    ("{} {}", 4, "expected a relation"),
    ("{} >nsubjj {}", 5, "unknown relation 'nsubjj'"),
    ("{} >nsubj|{}", 11, "expected a relation after '|'"),
    ("{} >nsubj", 10, "to begin a word"),
    ("{} --nsubj {}", 6, "takes no label"),
    ("{} >nsubj ({} >det {}", 22, "to close the bracket"),
    ("{} >nsubj {})", 13, "or the end"),
    ("{} !>nsubj {}=x", 15, "inside '!'"),
    ("(" * 60 + "{}" + ")" * 60, 42, "brackets within each other"),
]


@pytest.mark.parametrize(
    ("text", "column", "reason"), MISTAKES, ids=[m[0][:30] or "nothing" for m in MISTAKES]
)
def test_a_mistake_is_shown_where_it_stands(text: str, column: int, reason: str) -> None:
    with pytest.raises(RuleError) as raised:
        compile_pattern(text, LISTS)
    message = str(raised.value)
    assert f"column {column}:" in message
    assert reason in message
    assert message.split("\n")[1:] == [f"  {text}", " " * (column + 1) + "^"]


def test_a_mistake_in_a_pattern_of_several_lines_names_the_line() -> None:
    with pytest.raises(RuleError, match=r"line 2, column 4") as raised:
        compile_pattern("{lemma:@speech}=cue\n  >nsbj {}=source", LISTS)
    assert "nsbj" in str(raised.value)


def test_patterns_are_values() -> None:
    one, same, other = (
        compile_pattern(text, LISTS) for text in ("{}=a > {}=b", "{}=a > {}=b", "{}=b > {}=a")
    )
    assert one == same
    assert len({one, same, other}) == 2
    assert one.names == ("a", "b")


def test_a_pattern_travels_between_processes() -> None:
    for text, sentence, expected in CASES:
        pattern: Pattern = pickle.loads(pickle.dumps(compile_pattern(text, LISTS)))
        assert [named(sentence, found) for found in pattern.find(sentence)] == expected


# Long sentences

SHAPES = {
    "chain": lambda i: i - 1,
    "star": lambda i: min(i, 1) - 1,
    "heap": lambda i: (i + 1) // 2 - 1,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_sentence_of_2000_words(shape: str) -> None:
    heads = [SHAPES[shape](i) for i in range(2000)]
    labels = ["root", *["nsubj", "conj", "ccomp"] * 667]
    words = tuple(
        Word("so", Span(2 * i, 2 * i + 2), "so", "VERB", head, labels[i])
        for i, head in enumerate(heads)
    )
    sentence = Sentence(words)
    subjects = [i for i in range(2000) if labels[i] == "nsubj"]
    found = list(compile_pattern("{}=a <nsubj {lemma:so} -- {deprel:root}", {}).find(sentence))
    assert [at["a"] for at in found] == subjects
    assert len(list(compile_pattern("{}=a > ({} > ({} > {}))", {}).find(sentence))) == {
        "chain": 1997, "star": 0, "heap": 250
    }[shape]  # fmt: skip
    assert not list(compile_pattern("{}=a > ({}=b > ({}=c > {lemma:no}))", {}).find(sentence))


# The search against one that tries every word

UPOS = ("NOUN", "VERB", "PROPN")
LABELS = ("nsubj", "nsubj:pass", "obj", "ccomp")
LEMMAS = ("say", "tell", "rise")


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    size = draw(st.integers(1, 7))
    order = draw(st.permutations(range(size)))
    heads = [-1] * size
    for place in range(1, size):
        heads[order[place]] = order[draw(st.integers(0, place - 1))]
    return Sentence(
        tuple(
            Word(
                "w", Span(2 * i, 2 * i + 1),
                draw(st.sampled_from(LEMMAS)), draw(st.sampled_from(UPOS)), heads[i],
                "root" if heads[i] < 0 else draw(st.sampled_from(LABELS)),
            )
            for i in range(size)
        )
    )  # fmt: skip


TESTS = st.sampled_from(
    [
        "",
        "",
        "",
        "upos:VERB",
        "!upos:VERB",
        "lemma:@speech",
        "lemma:rise; upos:NOUN|VERB",
        "deprel:obj",
    ]
)
RELATIONS = st.sampled_from([">", ">nsubj", ">obj|ccomp", "<", "<ccomp", "--"])


@st.composite
def patterns(draw: st.DrawFn, depth: int = 0, names: str = "abc") -> str:
    text = "{" + draw(TESTS) + "}" + draw(st.sampled_from(["", *(f"={name}" for name in names)]))
    for _ in range(draw(st.integers(0, 3 - depth))):
        text += " " + draw(relations(depth, names))
    return text


@st.composite
def relations(draw: st.DrawFn, depth: int, names: str) -> str:
    mode = draw(st.sampled_from(["", "", "", "!"]))
    return f"{mode}{draw(RELATIONS)} ({draw(patterns(depth + 1, '' if mode else names))})"


def passes(word: Word, tested: Condition) -> bool:
    value = {"upos": word.upos, "lemma": word.lemma, "deprel": word.deprel}[tested.attribute]
    return (value in tested.values) != tested.negated


def related(sentence: Sentence, clause: Clause, a: int, b: int) -> bool:
    words = sentence.words
    match clause.operator:
        case ">":
            return words[b].head == a
        case "<":
            labelled = clause.label is None or all(
                passes(words[a], tested) for tested in clause.label.conditions
            )
            return words[a].head == b and labelled
        case _:
            return b < a


Names = dict[str, int]


def ways(sentence: Sentence, names: tuple[str, ...], node: Node, place: int) -> Iterator[Names]:
    if all(passes(sentence.words[place], tested) for tested in node.test.conditions):
        start = {} if node.slot is None else {names[node.slot]: place}
        yield from holding(sentence, names, node.clauses, place, start)


def holding(
    sentence: Sentence,
    names: tuple[str, ...],
    clauses: tuple[Clause, ...],
    place: int,
    bound: Names,
) -> Iterator[Names]:
    if not clauses:
        yield bound
        return
    first, rest = clauses[0], clauses[1:]
    options = [
        way
        for target in range(len(sentence.words))
        if related(sentence, first, place, target)
        for way in ways(sentence, names, first.node, target)
    ]
    if first.negated:
        options = [] if options else [{}]
    for found in options:
        if all(bound.get(name, word) == word for name, word in found.items()):
            yield from holding(sentence, names, rest, place, bound | found)


def slowly(pattern: Pattern, sentence: Sentence) -> set[tuple[tuple[str, int], ...]]:
    return {
        tuple(sorted(bound.items()))
        for place in range(len(sentence.words))
        for bound in ways(sentence, pattern.names, pattern.root, place)
    }


@given(patterns(), st.lists(sentences(), min_size=1, max_size=3))
def test_finds_what_trying_every_word_finds(text: str, trees: list[Sentence]) -> None:
    pattern = compile_pattern(text, LISTS)
    for sentence in trees:
        found = list(pattern.find(sentence))
        assert sorted(tuple(sorted(at.items())) for at in found) == sorted(
            slowly(pattern, sentence)
        )
        order = [tuple(at[name] for name in pattern.names) for at in found]
        assert order == sorted(order)


PIECES = [
    *(
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "|",
        "!",
        "?",
        "=",
        "a",
        ">",
        "<<",
        "nsubj",
        ":",
        ":*",
        ";",
        "upos:VERB",
        "lemma:@speech",
        "/",
        '"',
    ),
    *(
        "\\",
        " ",
        "\n",
        "$",
        "$++",
        ".",
        "..",
        "-",
        "word:",
        "feats.",
        "{}",
        "{}=x",
        "\0",
        "\ud800",
        "é",
        "[[a]",
        "a{99999999999}",
    ),
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)))
def test_any_text_is_a_pattern_or_a_rule_error(text: str) -> None:
    try:
        pattern = compile_pattern(text, LISTS)
    except RuleError:
        return
    list(pattern.find(REPORT))
