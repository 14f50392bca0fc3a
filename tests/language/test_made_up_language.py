"""A small made-up language through the whole pipeline: its own words count, and no English ones.

Its words are nonsense, but for the names. English pronouns, titles, labels, bylines and days stand
in its texts where they would show if any part of the program took them for what they are in
English.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quotes.errors import LanguageError, RuleError
from quotes.language import REQUIRED_LISTS, Language
from quotes.language.thresholds import read_parser_settings
from quotes.models import Models
from quotes.pipeline import ReadyParse, process, run
from quotes.records import Document, EntityKind, Failure, Quote, SaidOn, Span
from quotes.speakers import mentions
from quotes.text.boilerplate import boilerplate
from quotes.text.paragraphs import paragraphs
from quotes.text.quotation_marks import find_marks
from tests.builders import analysis_of, build_document

RULES = """
[lists]
say = ["blurgen"]

[[rule]]
name = "zaggen"
match = "{lemma:@say}=cue >nsubj {}=source >ccomp {}=content"
yes = ["[s: Olmu] [c: blurgt], [q: glap trint]."]
no = ["Olmu trint."]
why = "as in English"
"""

THRESHOLDS = """
[thresholds]
speaker_name = 0.6
antecedent = 0.3
epithet = 0.7
tagger_boundaries = 0.3
tagger_cue = 0.5
"""

LISTS = {
    "blurgen": "blurgen\n",
    "pronouns": "zo\tfemale\tsing\t3\tpersonal\n",
    "titles": "Prask\n",
    "role-nouns": "mottel\n",
    "determiners": "de\tdefinite\n",
    "time-words": "gester\tdeictic\t-1\n",
    "label-words": "notiz\n",
    "boilerplate-labels": "lest ok\n",
    "byline-openers": "fan\n",
    "elisions": "'zk\n",
}


@pytest.fixture
def language(tmp_path: Path) -> Language:
    words = tmp_path / "words"
    words.mkdir()
    for name in REQUIRED_LISTS:
        (words / f"{name}.txt").write_text("# none\n", encoding="utf-8")
    for name, lines in LISTS.items():
        (words / f"{name}.txt").write_text(lines, encoding="utf-8")
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    (tmp_path / "language.toml").write_text(THRESHOLDS, encoding="utf-8")
    return Language.from_folder(tmp_path, code="xx")


def quotes_of(
    language: Language, table: str, entities: dict[str, EntityKind] | None = None
) -> tuple[Document, tuple[Quote, ...]]:
    document, parse = build_document(
        table, entities=entities, language="xx", published=date(2023, 10, 27)
    )
    return document, process(document, models=Models(ReadyParse(parse)), language=language)


def sentence(source: str, upos: str = "PROPN", verb: str = "blurgt", time: str = "vurp") -> str:
    return f"""
        {source} {source} {upos}  2 nsubj
        {verb}   blurgen  VERB    0 root
        {time}   {time}   ADV     2 advmod
        glap     glap     NOUN    5 nsubj
        trint    trinten  VERB    2 ccomp
    """


def test_its_own_verbs_make_quotes_and_english_ones_do_not(language: Language) -> None:
    document, (quote,) = quotes_of(language, sentence("Olmu"))
    assert [span.of(document.text) for span in quote.content] == ["glap trint"]
    assert quote.source[0].of(document.text) == "Olmu"
    assert quotes_of(language, sentence("Olmu").replace("blurgen", "say"))[1] == ()


def test_its_own_pronouns_are_pronouns_and_english_ones_are_not(language: Language) -> None:
    for word, found in (("zo", ["zo"]), ("she", []), ("they", []), ("who", [])):
        document, parse = build_document(sentence(word, "PRON"), language="xx")
        own = [m for m in mentions(analysis_of(document, parse, language)) if m.is_pronoun]
        assert [mention.span.of(document.text) for mention in own] == found


def test_an_english_pronoun_means_nobody_named_before(language: Language) -> None:
    table = sentence("Olmu") + "\n" + sentence("she", "PRON")
    _, (first, second) = quotes_of(language, table, {"Olmu": "PER"})
    assert first.speaker == "Olmu"
    assert second.speaker != "Olmu"


@pytest.mark.parametrize(("title", "role"), [("Prask", "Prask"), ("Senator", None)])
def test_its_own_titles_are_roles_and_english_ones_are_not(
    language: Language, title: str, role: str | None
) -> None:
    table = f"""
        {title} {title}  PROPN 3 compound
        Anna    Anna     PROPN 3 compound
        Olmu    Olmu     PROPN 4 nsubj
        blurgt  blurgen  VERB  0 root
        glap    glap     NOUN  6 nsubj
        trint   trinten  VERB  4 ccomp
    """
    _, (quote,) = quotes_of(language, table, {"Anna Olmu": "PER"})
    assert quote.speaker is not None
    assert quote.speaker.endswith("Anna Olmu")
    assert quote.role == role


def test_its_own_words_of_time_date_a_quote_and_english_ones_do_not(language: Language) -> None:
    _, (dated,) = quotes_of(language, sentence("Olmu", time="gester"))
    assert dated.when == Span(12, 18)
    assert dated.said_on == SaidOn(date(2023, 10, 26), "day")
    _, (english,) = quotes_of(language, sentence("Olmu", time="yesterday"))
    assert (english.when, english.said_on) == (None, None)


def test_its_own_layout_words_are_boilerplate_and_english_ones_are_not(language: Language) -> None:
    assert boilerplate("Lest ok: Glap trint", language) == "block"
    assert boilerplate("Related article: Glap trint", language) is None
    assert boilerplate("Fan Anna Olmu", language) == "line"
    assert boilerplate("By Anna Olmu", language) is None
    assert boilerplate("Copyright 2023 Glap", language) is None
    assert boilerplate("Photo: Anna Olmu", language) is None
    assert [p.kind for p in paragraphs("Fan Anna Olmu\n\nBy Anna Olmu", language)] == [
        "boilerplate",
        "text",
    ]


def test_its_own_elisions_are_no_quotation_marks_and_english_ones_are(language: Language) -> None:
    assert find_marks("Glap 'zk trint.", language) == ()
    (mark,) = find_marks("Glap ‘tis trint’ olm.", language)
    assert mark.parts == (Span(6, 15),)


@pytest.mark.parametrize(("label", "speaker"), [("NOTIZ", False), ("CORRECTION", True)])
def test_its_own_labels_name_no_speaker(language: Language, label: str, speaker: bool) -> None:
    table = f"""
        {label} {label} PROPN 3 nsubj
        :       :       PUNCT 1 punct
        “       “       PUNCT 5 punct
        Glap    glap    NOUN  5 nsubj
        trint   trinten VERB  0 root
        .       .       PUNCT 5 punct
        ”       ”       PUNCT 5 punct
    """
    document, quotes = quotes_of(language, table)
    named = {span.of(document.text) for quote in quotes for span in quote.source}
    assert (label in named) == speaker


def test_a_missing_list_is_named_before_anything_is_read(language: Language) -> None:
    (language.folder / "words" / "pronouns.txt").unlink()
    other = language.folder.parent / "other"
    language.folder.rename(other)
    with pytest.raises(
        RuleError, match=r"pronouns\.txt: no such word list; every language needs it"
    ):
        Language.from_folder(other, code="xx")


def test_a_folder_without_rules_is_no_language(tmp_path: Path) -> None:
    with pytest.raises(LanguageError, match=r"no rules\.toml"):
        Language.from_folder(tmp_path, code="xx")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("epithet = 0.7", "", "'epithet' must be a number"),
        ("epithet = 0.7", "epithet = 7.0", "'epithet' must be a number from 0.0 to 1.0"),
        ("epithet = 0.7", "epithet = true", "'epithet' must be a number"),
        ("epithet = 0.7", "epitet = 0.7", "unknown threshold 'epitet'"),
        ("[thresholds]", "[threshold]", "unknown table 'threshold'"),
        ("[thresholds]", "[thresholds", "not TOML"),
    ],
)
def test_broken_thresholds_are_refused(language: Language, old: str, new: str, reason: str) -> None:
    path = language.folder / "language.toml"
    path.write_text(THRESHOLDS.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError, match=reason):
        _ = language.thresholds


def test_the_parser_has_settings_of_the_language(language: Language) -> None:
    path = language.folder / "language.toml"
    assert not language.parser_settings.straight_quotes
    path.write_text(f"{THRESHOLDS}\n[parser]\nstraight_quotes = true\n", encoding="utf-8")
    assert read_parser_settings(path).straight_quotes
    path.write_text(f"{THRESHOLDS}\n[parser]\nstraight_quotes = 1\n", encoding="utf-8")
    with pytest.raises(RuleError, match="true or false for straight_quotes"):
        read_parser_settings(path)


def test_a_document_of_a_language_is_run_with_that_language(language: Language) -> None:
    document, parse = build_document(sentence("Olmu"), language="xx")
    (done,) = run(
        [(document, parse)], models=lambda _: Models(ReadyParse(parse)), language=lambda _: language
    )
    assert not isinstance(done, Failure)
    assert len(done.quotes) == 1
    (failed,) = run([(document, parse)], models=lambda _: Models(ReadyParse(parse)))
    assert isinstance(failed, Failure)
    assert "no rules for the language 'xx'" in failed.message


def test_the_page_on_rules_names_the_lists_that_every_language_needs(root: Path) -> None:
    page = (root / "docs" / "rules.md").read_text(encoding="utf-8")
    names = page.partition("<!-- required lists -->")[2].partition("<!-- end -->")[0]
    assert {part.strip("` .,\n") for part in names.split(",")} == REQUIRED_LISTS
