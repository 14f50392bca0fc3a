"""Patterns on trees built by hand: pattern, tree, expected words; and the search against a slow one that tries every word."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import RuleError
from quotes.language.patterns import Pattern, compile_pattern
from quotes.language.patterns.matcher import Clause, Edge, Group, Node
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
TOLD = build_sentence(
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
    ("{}=cue >nsubj {}=source >ccomp {}=content", TOLD, []),
    # words
    ("{word:SMITH}=a", REPORT, ["a=Smith"]),
    ("{word:reuters|ap}=a", AGENCY, ["a=Reuters", "a=AP"]),
    ("{word:@agencies}=a", AGENCY, ["a=Reuters", "a=AP"]),
    ("{lemma:@empty}=a", REPORT, []),
    ("{lemma:@speech|be}=a", TOLD, ["a=was", "a=told", "a=claimed"]),
    ("{lemma:/r.*/}=a", REPORT, ["a=rose"]),
    ("{lemma:/r/}=a", REPORT, []),
    ("{word:/s.*/}=a", REPORT, ["a=Smith", "a=said"]),
    ('{word:"."}=a', REPORT, ["a=."]),
    ("{upos:VERB|NOUN; !lemma:say}=a", REPORT, ["a=prices", "a=rose"]),
    ("{feats.Number:Plur}=a", REPORT, ["a=prices"]),
    ("{upos:NOUN|PROPN; !feats.Number:Plur}=a", REPORT, ["a=Smith"]),
    ("{deprel:nsubj}=a", REPORT, ["a=Smith", "a=prices"]),
    ("{position:first}=a . {}=b", REPORT, ["a=Smith b=said"]),
    ("{position:last}=a", REPORT, ["a=."]),
    # labels
    ("{}=a >nsubj {}=b", TOLD, ["a=fell b=rates"]),
    ("{}=a >nsubj:* {}=b", TOLD, ["a=told b=minister", "a=fell b=rates"]),
    ("{}=a >nsubj:pass|obj {}=b", TOLD, ["a=told b=minister", "a=claimed b=credit"]),
    ("{}=a >/(aux|obl):.*/ {}=b", TOLD, ["a=told b=was", "a=told b=aides"]),
    ("{}=a <obl:agent {}=b", TOLD, ["a=aides b=told"]),
    ("{}=a <obl {}=b", TOLD, []),
    # relations
    ("{lemma:tell}=a > {upos:VERB}=b", TOLD, ["a=told b=fell", "a=told b=claimed"]),
    ("{upos:ADP}=a < {}=b", TOLD, ["a=by b=aides"]),
    ("{lemma:tell}=a >>nsubj|obj {}=b", TOLD, ["a=told b=rates", "a=told b=credit"]),
    ("{lemma:credit}=a << {}=b", TOLD, ["a=credit b=told", "a=credit b=claimed"]),
    ("{lemma:credit}=a <<conj {}=b", TOLD, ["a=credit b=told"]),
    ("{lemma:credit}=a <<obj {}=b", TOLD, ["a=credit b=claimed"]),
    ("{upos:ADP}=a . {}=b", TOLD, ["a=by b=aides"]),
    ("{upos:ADP}=a - {}=b", TOLD, ["a=by b=told"]),
    (
        "{upos:VERB}=a .. {upos:VERB}=b",
        TOLD,
        ["a=told b=fell", "a=told b=claimed", "a=fell b=claimed"],
    ),
    ("{upos:VERB}=a -- {upos:AUX}=b", TOLD, ["a=told b=was", "a=fell b=was", "a=claimed b=was"]),
    ("{}=a $+ {upos:VERB}=b", TOLD, ["a=aides b=fell", "a=fell b=claimed"]),
    ("{upos:VERB}=a $- {}=b", TOLD, ["a=fell b=aides", "a=claimed b=fell"]),
    (
        "{upos:NOUN}=a $++ {upos:VERB}=b",
        TOLD,
        ["a=minister b=fell", "a=minister b=claimed", "a=aides b=fell", "a=aides b=claimed"],
    ),
    (
        "{upos:VERB}=a $-- {upos:NOUN}=b",
        TOLD,
        ["a=fell b=minister", "a=fell b=aides", "a=claimed b=minister", "a=claimed b=aides"],
    ),
    ("{deprel:root} $++ {}=b", TOLD, []),
    (
        "{}=a $++ {}",
        build_sentence("old old ADJ 2 amod\nnews news NOUN 0 root"),
        [],
    ),
    # what belongs to what
    ("{}=a >ccomp ({}=b >nsubj {}=c)", TOLD, ["a=told b=fell c=rates"]),
    ("{}=a >ccomp {}=b >nsubj {}=c", REPORT, ["a=said b=rose c=Smith"]),
    ("({}=a >ccomp {}) >nsubj {}=c", REPORT, ["a=said c=Smith"]),
    # not, perhaps, or
    ("{upos:VERB}=a !>ccomp {}", TOLD, ["a=fell", "a=claimed"]),
    ("{upos:VERB}=a !>ccomp ({} >mark {})", REPORT, ["a=said", "a=rose"]),
    ("{upos:VERB}=a !>ccomp ({} >mark {})", TOLD, ["a=fell", "a=claimed"]),
    ("{upos:VERB}=a ?>obj {}=b", TOLD, ["a=told", "a=fell", "a=claimed b=credit"]),
    ("{upos:VERB}=a ![ >obj {} | >mark {} ]", TOLD, ["a=told"]),
    ("{upos:VERB}=a [ >obj {}=b | >nsubj {}=c ]", TOLD, ["a=fell c=rates", "a=claimed b=credit"]),
    (
        "{upos:VERB}=a [ >obj {}=b | >nsubj {}=b >mark {}=c ]",
        TOLD,
        ["a=fell b=rates c=that", "a=claimed b=credit"],
    ),
    (
        "{upos:VERB}=a ?[ >obj {}=b | >mark {}=c ]",
        TOLD,
        ["a=told", "a=fell c=that", "a=claimed b=credit"],
    ),
    (
        "{lemma:tell}=a [ >ccomp {}=b | >conj {}=b | >conj {}=c ]",
        TOLD,
        ["a=told c=claimed", "a=told b=fell", "a=told b=claimed"],
    ),
    (
        "{upos:VERB}=a [ >obj {}=b !>cc {} | >cc|mark {}=b ]",
        TOLD,
        ["a=fell b=that", "a=claimed b=and"],
    ),
    ("{lemma:tell}=a ?>conj ({}=b > {}=c !>obj =c)", TOLD, ["a=told b=claimed c=and"]),
    ("{lemma:tell}=a ?>conj ({}=b >obj {}=c !>obj =c)", TOLD, ["a=told"]),
    # a name again
    ("{}=a >nsubj {}=b >ccomp ({} -- =b)", REPORT, ["a=said b=Smith"]),
    ("{}=a >nsubj {}=b >ccomp ({} .. =b)", REPORT, []),
    ("{}=a > {}=b > ({}=c -- =b)", AGENCY, ["a=said b=Reuters c=so"]),
    (
        "{}=a > {upos:NOUN}=b !> ({upos:NOUN} -- =b)",
        TOLD,
        ["a=told b=aides", "a=fell b=rates", "a=claimed b=credit"],
    ),
    (
        "{}=a > {upos:NOUN}=b !>obl:agent =b",
        TOLD,
        ["a=told b=minister", "a=fell b=rates", "a=claimed b=credit"],
    ),
    # layout of the text
    ("{ upos : VERB ;\n  lemma : say } = a\n  >nsubj {} = b", REPORT, ["a=said b=Smith"]),
    ("{upos:VERB} >nsubj {upos:NOUN}", TOLD, [""]),
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
    ("{feats:Plur}", 2, "unknown attribute 'feats'"),
    ("{upos:VEBR}", 7, "unknown upos 'VEBR'"),
    ("{position:third}", 11, "unknown position"),
    ("{deprel:subject}", 9, "unknown relation 'subject'"),
    ("{lemma:@spech}", 8, "unknown word list 'spech': there are agencies, empty, speech"),
    ("{upos:@speech}", 7, "not upos"),
    ("{word:/(/}", 7, "not a regular expression"),
    ("{word:/a}", 7, "not closed"),
    ("{}=", 4, "expected a name"),
    ("{} {}", 4, "expected a relation"),
    ("{} >nsubjj {}", 5, "unknown relation 'nsubjj'"),
    ("{} >nsubj|{}", 11, "expected a relation after '|'"),
    ("{} >nsubj", 10, "to begin a word"),
    ("{} .nsubj {}", 5, "takes no label"),
    ("{} >nsubj ({} >det {}", 22, "to close the bracket"),
    ("{} >nsubj {})", 13, "or the end"),
    ("{} [ >nsubj {} | ]", 18, "expected a relation"),
    ("{} [ >nsubj {}", 15, "or '|' after an alternative"),
    ("{} !>nsubj {}=x", 15, "inside '!' only"),
    ("{} ?>nsubj {}=x >obj {}=x", 15, "again outside"),
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
    assert (one.names, one.always) == (("a", "b"), {"a", "b"})
    assert compile_pattern("{}=a ?> {}=b [ <det {}=c | <obj {} ]", {}).always == {"a"}


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
    found = list(
        compile_pattern(
            "{}=a <nsubj ({} ?>>ccomp {} << {position:first}) !<<appos {} .. {position:last}", {}
        ).find(sentence)
    )
    assert [at["a"] for at in found] == [i for i in subjects if heads[i] > 0 and i < 1999]
    assert len(list(compile_pattern("{}=a > ({} >> ({} >> ({} >> {position:last})))", {}).find(sentence))) == {
        "chain": 1996, "star": 0, "heap": 7
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
                "w", Span(2 * i, 2 * i + 1), draw(st.sampled_from(LEMMAS)), draw(st.sampled_from(UPOS)), heads[i],
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
        "lemma:/r.*/; upos:NOUN|VERB",
        "deprel:obj",
        "position:last",
    ]
)
RELATIONS = st.sampled_from(
    [
        ">",
        ">nsubj",
        ">nsubj:*",
        ">/.*/",
        ">obj|ccomp",
        "<",
        "<ccomp",
        ">>",
        ">>obj",
        "<<",
        "<<obj",
        ".",
        "-",
        "..",
        "--",
        "$+",
        "$-",
        "$++",
        "$--",
    ]
)


@st.composite
def patterns(draw: st.DrawFn, depth: int = 0, names: str = "abc") -> str:
    text = "{" + draw(TESTS) + "}" + draw(st.sampled_from(["", *(f"={name}" for name in names)]))
    for _ in range(draw(st.integers(0, 3 - depth))):
        text += " " + draw(relations(depth, names))
    return text


@st.composite
def relations(draw: st.DrawFn, depth: int, names: str) -> str:
    mode = draw(st.sampled_from(["", "", "", "!", "?"]))
    names = {"!": "a", "?": "de"}.get(mode, names)
    if depth < 2 and draw(st.integers(0, 2)) == 0:
        inner = [
            " ".join(draw(st.lists(relations(depth + 1, names), min_size=1, max_size=2)))
            for _ in range(draw(st.integers(1, 2)))
        ]
        return f"{mode}[ {' | '.join(inner)} ]"
    return f"{mode}{draw(RELATIONS)} ({draw(patterns(depth + 1, names))})"


def passes(word: Word, place: int, size: int, tested: Condition) -> bool:
    at_edge = {"first": place == 0, "last": place == size - 1}
    values = {
        "upos": [word.upos],
        "lemma": [word.lemma],
        "deprel": [word.deprel],
        "position": [e for e, there in at_edge.items() if there],
    }
    fits = any(
        v in tested.literals or any(r.fullmatch(v) for r in tested.regexes)
        for v in values[tested.attribute]
    )
    return fits != tested.negated


def above(sentence: Sentence, place: int) -> list[tuple[int, int]]:
    """The ancestors of a word, each with the word below it on the way."""
    way = []
    while (head := sentence.words[place].head) >= 0:
        way.append((head, place))
        place = head
    return way


def related(sentence: Sentence, edge: Edge, a: int, b: int) -> bool:
    words, size = sentence.words, len(sentence.words)

    def labelled(place: int) -> bool:
        return edge.label is None or all(
            passes(words[place], place, size, tested) for tested in edge.label.conditions
        )

    siblings = a != b and words[a].head == words[b].head
    between = [w for w in range(min(a, b) + 1, max(a, b)) if words[w].head == words[a].head]
    match edge.operator:
        case ">":
            return words[b].head == a
        case "<":
            return words[a].head == b and labelled(a)
        case ">>":
            return a in [top for top, _ in above(sentence, b)]
        case "<<":
            return any(top == b and labelled(step) for top, step in above(sentence, a))
        case "." | "-":
            return b - a == (1 if edge.operator == "." else -1)
        case ".." | "--":
            return b > a if edge.operator == ".." else b < a
        case "$++" | "$--":
            return siblings and (b > a if edge.operator == "$++" else b < a)
        case _:
            return siblings and not between and (b > a if edge.operator == "$+" else b < a)


Names = dict[str, int]
Later = list[tuple[Clause, int]]


def ways(
    sentence: Sentence, names: tuple[str, ...], node: Node, place: int
) -> Iterator[tuple[Names, Later]]:
    size = len(sentence.words)
    if all(passes(sentence.words[place], place, size, tested) for tested in node.test.conditions):
        start = {} if node.slot is None else {names[node.slot]: place}
        yield from holding(sentence, names, node.clauses, place, start)


def holding(
    sentence: Sentence,
    names: tuple[str, ...],
    clauses: tuple[Clause, ...],
    place: int,
    bound: Names,
) -> Iterator[tuple[Names, Later]]:
    if not clauses:
        yield bound, []
        return
    first, rest = clauses[0], clauses[1:]
    if first.mode == "not":
        for found, later in holding(sentence, names, rest, place, bound):
            yield found, [*later, (first, place)]
        return
    options = list(through(sentence, names, first.body, place))
    if first.mode == "maybe":
        options = [
            (found, []) for found, later in options if stands(sentence, names, found, later)
        ] or [({}, [])]
    for found, later in options:
        if all(bound.get(name, word) == word for name, word in found.items()):
            for final, more in holding(sentence, names, rest, place, bound | found):
                yield final, later + more


def through(
    sentence: Sentence, names: tuple[str, ...], body: Edge | Group, place: int
) -> Iterator[tuple[Names, Later]]:
    if isinstance(body, Group):
        for clauses in body.alternatives:
            yield from holding(sentence, names, clauses, place, {})
        return
    for target in range(len(sentence.words)):
        if related(sentence, body, place, target):
            yield from ways(sentence, names, body.node, target)


def stands(sentence: Sentence, names: tuple[str, ...], bound: Names, later: Later) -> bool:
    """Whether none of the negations finds anything under these names."""
    for clause, place in later:
        for found, more in through(sentence, names, clause.body, place):
            agree = all(bound.get(name, word) == word for name, word in found.items())
            if agree and stands(sentence, names, bound | found, more):
                return False
    return True


def slowly(pattern: Pattern, sentence: Sentence) -> set[tuple[tuple[str, int], ...]]:
    found = (
        way
        for place in range(len(sentence.words))
        for way in ways(sentence, pattern.names, pattern.root, place)
    )
    return {
        tuple(sorted(bound.items()))
        for bound, later in found
        if stands(sentence, pattern.names, bound, later)
    }


@given(patterns(), st.lists(sentences(), min_size=1, max_size=3))
def test_finds_what_trying_every_word_finds(text: str, trees: list[Sentence]) -> None:
    try:
        pattern = compile_pattern(text, LISTS)
    except RuleError as error:
        if "inside '" in str(error):  # the two limits on names
            return
        raise
    for sentence in trees:
        found = list(pattern.find(sentence))
        assert sorted(tuple(sorted(at.items())) for at in found) == sorted(
            slowly(pattern, sentence)
        )
        order = [tuple(at.get(name, -1) for name in pattern.names) for at in found]
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
