"""The rules of every language on the frozen parses of their examples, and the loader of rules."""

from __future__ import annotations

import contextlib
import importlib.util
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import RuleError
from quotes.language import Language
from quotes.language.resources import data_folder, languages, read_word_list
from quotes.language.rules import (
    SPAN_KINDS,
    Example,
    Rule,
    RuleSet,
    parse_example,
    read_rules,
)
from quotes.parsing.conllu import read_conllu
from quotes.records import Match, Parse, Span
from tests.builders import build_sentence
from tests.paths import TESTS

FREEZE = "python -m training.freeze_examples --language {}"
RULES: dict[str, RuleSet] = {code: Language.load(code).rules for code in languages()}


def frozen_file(language: str) -> Path:
    return TESTS / "parses" / f"rules-{language}.conllu"


PARSES: dict[str, dict[str, Parse]] = {
    language: {document.text: parse for document, parse in read_conllu(frozen_file(language))}
    for language in RULES
    if frozen_file(language).exists()
}
YES = [
    (language, rule, example)
    for language, rules in RULES.items()
    for rule in rules.rules
    for example in rule.yes
]
NO = [
    (language, rule, example)
    for language, rules in RULES.items()
    for rule in rules.rules
    for example in rule.no
]


def name_of(case: object) -> str:
    return (
        case.name
        if isinstance(case, Rule)
        else case.text
        if isinstance(case, Example)
        else str(case)
    )


def matches(language: str, rule: Rule, example: Example) -> tuple[Parse, tuple[Match, ...]]:
    """What the rule finds on the frozen parse of one of its examples."""
    parse = PARSES.get(language, {}).get(example.text)
    if parse is None:
        pytest.fail(f"no frozen parse of {example.text!r}: run {FREEZE.format(language)}")
    return parse, RuleSet((rule,), {}).find(parse)


def bound(example: Example, parse: Parse, match: Match) -> dict[str, str]:
    """Return the words that a match binds outside the spans of their kind (`cue0`: cue)."""
    words = parse.sentences[match.sentence].words
    outside = {}
    for name, index in match.at:
        kind = name.rstrip("0123456789")
        if kind in SPAN_KINDS.values() and not any(
            span.contains(words[index].span) for span in example.of_kind(kind)
        ):
            outside[name] = words[index].form
    return outside


def drawn(parse: Parse) -> str:
    return "\n".join(
        " ".join(
            f"{number}:{word.form}/{word.upos}/{word.deprel}>{word.head + 1}"
            for number, word in enumerate(sentence.words, start=1)
        )
        for sentence in parse.sentences
    )


@pytest.mark.parametrize(("language", "rule", "example"), YES, ids=name_of)
def test_a_rule_fits_its_examples(language: str, rule: Rule, example: Example) -> None:
    parse, found = matches(language, rule, example)
    assert found, f"{rule.name} does not fit\n{rule.pattern.text}\n{drawn(parse)}"
    wrong = [bound(example, parse, match) for match in found]
    assert not all(wrong), (
        f"{rule.name} binds words outside their brackets: "
        f"{wrong}\n{rule.pattern.text}\n{drawn(parse)}"
    )


@pytest.mark.parametrize(("language", "rule", "example"), NO, ids=name_of)
def test_a_rule_does_not_fit_its_counterexamples(
    language: str, rule: Rule, example: Example
) -> None:
    parse, found = matches(language, rule, example)
    assert not found, (
        f"{rule.name} fits, binding {[match.at for match in found]}\n"
        f"{rule.pattern.text}\n{drawn(parse)}"
    )


@pytest.mark.parametrize("language", sorted(RULES))
def test_no_parse_is_frozen_for_nothing(language: str) -> None:
    examples = {example.text for case, _, example in YES + NO if case == language}
    assert set(PARSES.get(language, {})) <= examples, f"run {FREEZE.format(language)}"


@pytest.mark.parametrize(
    "file",
    sorted(data_folder().glob("*/words/*.txt")),
    ids=lambda file: f"{file.parent.parent.name}-{file.stem}",
)
def test_word_lists_are_sorted_and_have_no_entry_twice(file: Path) -> None:
    assert read_word_list(file)


# What the loader reads and refuses

RULE = """
[lists]
speech = ["said", "shown"]
[[rule]]
name = "clause"
match = "{lemma:@speech}=cue >nsubj {}=source"
yes = ["[s: Smith] [c: said] so."]
no = ["He slept."]
why = "the subject speaks"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A language of two word lists and one rule."""
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "said.txt").write_text(
        "# verbs\nclaim\nsay  # the commonest\n\nTell\n", encoding="utf-8"
    )
    (tmp_path / "words" / "shown.txt").write_text("show\n", encoding="utf-8")
    (tmp_path / "rules.toml").write_text(RULE, encoding="utf-8")
    return tmp_path


def rewritten(folder: Path, text: str) -> Path:
    path = folder / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_rule_file_is_read(folder: Path) -> None:
    rules = read_rules(rewritten(folder, RULE + 'content = "marked"\nloose = true\n'))
    rule = rules.by_name["clause"]
    assert rules.lists["speech"] == {"claim", "say", "Tell", "show"}
    assert rule.why == "the subject speaks"
    assert (rule.option("content"), rule.option("loose")) == ("marked", True)
    assert (rule.option("chain"), rule.option("chain", False)) == (None, False)
    assert rule.yes == (Example("Smith said so.", (("source", Span(0, 5)), ("cue", Span(6, 10)))),)
    assert rule.no == (Example("He slept.", ()),)


REFUSED = [
    ("[[rule]]", "[[rule]", "not TOML"),
    ("[[rule]]", "[[rules]]", "unknown key 'rules'"),
    ('why = "the subject speaks"', "", "'why' is missing"),
    ("why =", "wy = 1\nwhy =", "unknown key 'wy'"),
    ('name = "clause"', "", "'name' is missing"),
    ('yes = ["[s: Smith] [c: said] so."]', "", "needs sentences that it fits (yes)"),
    ('no = ["He slept."]', "no = []", "sentences that it must not fit (no)"),
    ('no = ["He slept."]', 'no = "He slept."', "'no' must be a list of texts"),
    ("[c: said]", "[c: said", "not closed"),
    ("[c: said]", "[k: said]", "unknown span kind 'k'"),
    ("[c: said]", "[said]", "'[' belongs to no span"),
    ("@speech", "@speach", "unknown word list 'speach'"),
    (">nsubj", ">nsbj", "unknown relation 'nsbj'"),
    ("=cue", "", "write =cue"),
    ("why =", 'content = "phrase"\nwhy =', "'content' must be one of"),
    ("why =", 'content = ["clause"]\nwhy =', "'content' must be one of"),
    ("why =", "loose = 1\nwhy =", "'loose' must be a bool"),
    ("why =", "prior = 0.8\nwhy =", "unknown key 'prior'"),
    ('["said", "shown"]', '"said"', "list 'speech': expected files"),
    ('["said", "shown"]', '["heard"]', "the word list cannot be read"),
]


@pytest.mark.parametrize(
    ("old", "new", "reason"), REFUSED, ids=[f"{new or old}" for old, new, _ in REFUSED]
)
def test_a_mistake_in_a_rule_file_is_refused_with_its_place(
    folder: Path, old: str, new: str, reason: str
) -> None:
    assert old in RULE
    path = rewritten(folder, RULE.replace(old, new))
    with pytest.raises(RuleError, match=re.escape(reason)) as raised:
        read_rules(path)
    assert str(folder) in str(raised.value)


def test_two_rules_of_one_name_are_refused(folder: Path) -> None:
    path = rewritten(folder, RULE + RULE[RULE.index("[[rule]]") :])
    with pytest.raises(RuleError, match="'clause' stands twice"):
        read_rules(path)


def test_a_rule_file_without_rules_or_none_at_all_is_refused(folder: Path) -> None:
    with pytest.raises(RuleError, match="no rules"):
        read_rules(rewritten(folder, "[lists]\n"))
    with pytest.raises(RuleError, match=r"nowhere\.toml: the rule file cannot be read"):
        read_rules(folder / "nowhere.toml")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("b\na\n", ":2: 'a' after 'b' is not in order"),
        ("a\n# so\na # again\n", ":3: 'a' stands twice"),
    ],
)
def test_a_word_list_out_of_order_is_refused(tmp_path: Path, lines: str, reason: str) -> None:
    path = tmp_path / "list.txt"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(RuleError, match=re.escape(reason)):
        read_word_list(path)


def test_matches_come_in_the_order_of_the_text(folder: Path) -> None:
    rule = RULE[RULE.index("[[rule]]") :].replace('"clause"', '"verb"')
    rules = read_rules(
        rewritten(folder, RULE + re.sub(r"match = .*", 'match = "{upos:VERB}=cue"', rule))
    )
    sentence = build_sentence(
        """
        he   he   PRON 2 nsubj
        say  say  VERB 0 root
        she  she  PRON 4 nsubj
        tell tell VERB 2 ccomp
        """
    )
    found = rules.find(Parse((sentence, sentence)))
    first, second = (("cue", 1), ("source", 0)), (("cue", 3), ("source", 2))
    one = [("clause", first), ("verb", first[:1]), ("clause", second), ("verb", second[:1])]
    assert [(match.sentence, match.rule, match.at) for match in found] == [
        (s, rule, at) for s in (0, 1) for rule, at in one
    ]


# Examples


@pytest.mark.parametrize(
    ("text", "plain", "spans"),
    [
        ("Nobody spoke.", "Nobody spoke.", {}),
        (
            "[s: Smith] [c: said] [q: so].",
            "Smith said so.",
            {"source": ["Smith"], "cue": ["said"], "content": ["so"], "addressee": []},
        ),
        (
            "[q:Prices], he [c: told] [a: her], [q: rose].",
            "Prices, he told her, rose.",
            {"content": ["Prices", "rose"], "addressee": ["her"]},
        ),
        (
            "[s: A] [c: said] [q: [s: B] lied].",
            "A said B lied.",
            {"source": ["A", "B"], "content": ["B lied"]},
        ),
        (
            r"“[q: He \[Smith\] left],” [s: she] said. C:\temp",
            r"“He [Smith] left,” she said. C:\temp",
            {"content": ["He [Smith] left"]},
        ),
    ],
)
def test_an_example_is_read(text: str, plain: str, spans: dict[str, list[str]]) -> None:
    example = parse_example(text)
    assert example.text == plain
    assert {kind: [s.of(plain) for s in example.of_kind(kind)] for kind in spans} == spans


@pytest.mark.parametrize(
    "text", ["[s: Smith", "Smith]", "[Smith]", "[x: Smith]", "[q: a [q: b [q: c]]]"]
)
def test_broken_brackets_are_refused(text: str) -> None:
    with pytest.raises(RuleError, match="example"):
        parse_example(text)


@given(st.lists(st.tuples(st.sampled_from(["", *SPAN_KINDS]), st.text()), max_size=6))
def test_brackets_come_off_as_they_went_on(pieces: list[tuple[str, str]]) -> None:
    pieces = [(role, text.replace("\\", "/")) for role, text in pieces]
    escaped = [(role, text.replace("[", r"\[").replace("]", r"\]")) for role, text in pieces]
    example = parse_example(
        "".join(f"[{role}: {text}]" if role else text for role, text in escaped)
    )
    assert example.text == "".join(text for _, text in pieces)
    assert [span.of(example.text) for _, span in example.spans] == [
        text for role, text in pieces if role
    ]
    assert [kind for kind, _ in example.spans] == [SPAN_KINDS[k] for k, _ in pieces if k]


@given(st.text(alphabet="[]\\scqa: x"))
def test_any_text_is_an_example_or_a_rule_error(text: str) -> None:
    with contextlib.suppress(RuleError):
        parse_example(text)


# Freezing


def test_freezing_keeps_what_was_corrected_and_drops_what_is_gone() -> None:
    spec = importlib.util.spec_from_file_location(
        "freeze_examples", TESTS.parent / "training" / "freeze_examples.py"
    )
    assert spec
    assert spec.loader
    freezing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(freezing)

    def chunk(text: str, note: str = "") -> str:
        head = f'# newdoc id = example\n# document_text = "{text}"\n'
        return f"{head}{note}# text = {text}\n1\t{text}\n\n"

    known = freezing.read_frozen(
        chunk("Gone") + chunk("Old") + chunk("Mended", "# corrected = was flat\n")
    )
    assert list(known) == ["Gone", "Old", "Mended"]
    texts = ["New", "Mended", "Old"]
    assert freezing.frozen(texts, known, str.upper) == {
        "New": "NEW",
        "Mended": known["Mended"],
        "Old": known["Old"],
    }
    assert freezing.frozen(texts, known, str.upper, again=True) == {
        "New": "NEW",
        "Mended": known["Mended"],
        "Old": "OLD",
    }
