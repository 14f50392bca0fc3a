"""Evaluation: gold, matching, counts worked out by hand, the command, and the published script.

Gold is written here as bracketed text: [s: source], [c: cue], [p: content], each with the number of
its attribution where there are several.
"""

from __future__ import annotations

import importlib.util
import io
import json
import random
import re
import warnings
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputError, ParseError
from quotes.evaluation import (
    Article,
    Attribution,
    Count,
    DocumentComparison,
    calibration,
    digest,
    evaluate,
    matching,
    read_gold,
    to_object,
)
from quotes.evaluation.error_report import find_errors
from quotes.evaluation.frozen_parses import FolderParser
from quotes.evaluation.result_tables import plain_text, renderable, result_tables
from quotes.evaluation.runner import compare
from quotes.evaluation.worded_text import quoted_passages, read_words
from quotes.models import Models
from quotes.parsing.conllu import read_conllu, write_conllu
from quotes.records import Document, Quote, Span, Spans

Command = Callable[..., Any]
ROLE = {"s": "source", "c": "cue", "p": "content"}

COUNCIL = (
    "[s1:The mayor] [c1:said] [p1:the bridge would reopen in May]. "
    "[p2:“We are not ready,”] [c2:warned] [s2:Ana Ruiz], an engineer.\n"
    "It was [c3:reportedly] [p3:closed in haste]. The river rose. Traffic was light.\n"
)


def bracketed(text: str) -> Article:
    """The article of a bracketed text."""
    plain_text, roles = "", dict[str, dict[str, Spans]]()
    for found in re.finditer(r"\[([scp])(\d?):([^\]]*)\]|([^\[]+)", text):
        start = len(plain_text)
        plain_text += found[4] or found[3]
        if found[1]:
            mine = roles.setdefault(found[2], {})
            mine[ROLE[found[1]]] = (*mine.get(ROLE[found[1]], ()), Span(start, len(plain_text)))
    return Article(
        Document(id="council", text=plain_text),
        tuple(Attribution(**{"content": (), **each}) for each in roles.values()),
    )


def quoted(article: Article, number: int, **changes: Any) -> Quote:
    """An attribution as a quote."""
    made = article.attributions[number]
    values = {
        "content": made.content,
        "source": made.source,
        "cue": made.cue,
        "rule": "clause",
        "confidence": 0.9,
        "type": "direct",
    }
    return Quote(
        **{
            "id": f"{article.document.id}-{number}",
            "document": article.document.id,
            **values,
            **changes,
        }
    )


def place(article: Article, words: str) -> Spans:
    start = article.document.text.index(words)
    return (Span(start, start + len(words)),)


def perfect(article: Article) -> DocumentComparison:
    return DocumentComparison(
        article, tuple(quoted(article, number) for number in range(len(article.attributions)))
    )


def folder_of(path: Path, articles: Iterable[Article], *, annotator: str = "a1b2") -> Path:
    """A folder laid out as PolNeAR's."""
    for name in ("text", "attributions"):
        (path / name).mkdir(parents=True, exist_ok=True)
    for article in articles:
        text, lines, events = article.document.text, list[str](), list[str]()
        for attribution in article.attributions:
            arguments = []
            for role in ("source", "cue", "content"):
                if spans := getattr(attribution, role):
                    at = ";".join(f"{span.start} {span.end}" for span in spans)
                    words = "...".join(span.of(text) for span in spans)
                    lines.append(f"T{len(lines) + 1}\t{role.title()} {at}\t{words!r}")
                    arguments.append(f"{role.title()}:T{len(lines)}")
            events.append(f"E{len(events) + 1}\tAttribution:T1 {' '.join(arguments)}")
        (path / "text" / f"{article.document.id}.txt").write_text(
            text, encoding="utf-8", newline=""
        )
        (path / "attributions" / f"{article.document.id}_{annotator}.ann").write_text(
            "\n".join(lines + events) + "\n", encoding="utf-8"
        )
    return path


@pytest.fixture
def council() -> Article:
    return bracketed(COUNCIL)


# Gold


def test_gold_reads_back_as_it_was_written(tmp_path: Path, council: Article) -> None:
    (read,) = read_gold(folder_of(tmp_path, [council]))
    assert read.attributions == council.attributions
    assert read.document.text == council.document.text
    assert digest([read]) == digest([council])


def test_parts_of_a_content_are_one_content(tmp_path: Path) -> None:
    folder_of(tmp_path, [bracketed("“Wait,” she said. “Not now.”")])
    notes = (
        "T1\tContent 1 5\tWait\nT2\tContent 19 26;0 1\tNot now\nT3\tSource 8 11\tshe\n"
        "E1\tAttribution:T1 Content:T1 Content2:T2 Source:T3\n"
    )
    (tmp_path / "attributions" / "council_a1b2.ann").write_text(notes, encoding="utf-8")
    (article,) = read_gold(tmp_path)
    assert article.attributions == (
        Attribution(content=(Span(0, 1), Span(1, 5), Span(19, 26)), source=(Span(8, 11),)),
    )


def test_of_several_annotators_the_first_by_name_counts_and_an_article_without_one_does_not(
    tmp_path: Path, council: Article
) -> None:
    other = replace(council, attributions=council.attributions[:1])
    folder_of(tmp_path, [council], annotator="bbbb")
    folder_of(tmp_path, [other], annotator="aaaa")
    (tmp_path / "text" / "nobody.txt").write_text("Nobody annotated this.\n", encoding="utf-8")
    assert [len(article.attributions) for article in read_gold(tmp_path)] == [1]


def test_each_nth_article_by_name(tmp_path: Path, council: Article) -> None:
    folder_of(
        tmp_path,
        [replace(council, document=replace(council.document, id=name)) for name in "dbcae"],
    )
    assert [article.document.id for article in read_gold(tmp_path, every=2)] == ["a", "c", "e"]


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        (
            "T1\tContent 0 9999\tThe\nE1\tAttribution:T1 Content:T1\n",
            r"line 1: the span 0 9999 is not in the text",
        ),
        (
            "T1\tContent 0 3\tThe\nE1\tAttribution:T1 Content:T1 Source:T7\n",
            r"line 2: Source is T7, but no line",
        ),
    ],
)
def test_broken_annotation_is_named_with_its_line(
    tmp_path: Path, council: Article, notes: str, said: str
) -> None:
    folder_of(tmp_path, [council])
    (tmp_path / "attributions" / "council_a1b2.ann").write_text(notes, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_gold(tmp_path)


def test_a_folder_that_holds_no_gold_says_what_it_should_hold(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="text/"):
        read_gold(tmp_path)
    folder_of(tmp_path, [])
    with pytest.raises(InputError, match="no article in text/ has a file"):
        read_gold(tmp_path)


# Words


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("he “came” and “went”", ["came", "went"]),
        ("a ``first'' and ``second''", ["first", "second"]),
        ("''both sides'' the same ''way''", ["both sides", "way"]),
        ("“open to the end\nof its paragraph", ["open to the end"]),
        ("don’t ‘count’ these", []),
    ],
)
def test_quoted_passages(text: str, regions: list[str]) -> None:
    assert [region.of(text) for region in quoted_passages(text)] == regions


def test_a_word_belongs_to_a_span_by_its_midpoint() -> None:
    text = read_words("Ruiz's plan")
    assert text.words([Span(0, 4)]) == {0}
    assert text.words([Span(4, 8)]) == frozenset()


def test_sentences_do_not_end_after_abbreviations() -> None:
    text = read_words("Mr. Okafor left. Then Dr. Lee spoke.\nAll")
    assert [
        text.forms[n]
        for n in range(1, len(text.forms))
        if text.sentences[n] != text.sentences[n - 1]
    ] == ["Then", "All"]


# Fitting


def test_among_equal_fits_the_right_source_goes_first(council: Article) -> None:
    wrong, right = quoted(council, 0, source=place(council, "Ana Ruiz")), quoted(council, 0)
    comparison = DocumentComparison(council, (wrong, right))
    assert comparison.pairs == {0: 1}
    assert comparison.outcomes == ("false alarm", "right")


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ("Ana Ruiz", "Ruiz", True),
        ("the mayor of Ulm", "the man", False),
        ("he", "he", True),
        ("he", "she", False),
        ("he and she", "he", False),
    ],
)
def test_a_source_is_right_by_a_telling_word_or_equal_pronouns(
    gold: str, found: str, right: bool
) -> None:
    text = read_words("Ana Ruiz or the mayor of Ulm or the man and then he and she")
    shown = " ".join(text.forms)
    start, other = shown.index(gold), shown.index(found)
    words = [text.words([Span(at, at + len(name))]) for at, name in ((start, gold), (other, found))]
    assert matching.source_right(text, *words) is right


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[s:She] slept.", "pronoun"),
        ("Then [s:Ana Ruiz] slept.", "proper name"),
        ("Then [s:the harbour police] slept.", "organisation-like"),
        ("They left. [s:Okafor] slept.", "proper name"),
        ("They left. [s:Tired engineers] slept.", "nominal"),
        ("Now [s:two engineers] slept.", "nominal"),
    ],
)
def test_kinds_of_sources(text: str, kind: str) -> None:
    article = bracketed(text)
    words = read_words(article.document.text)
    assert matching.source_kind(words, words.words(article.attributions[0].source)) == kind


# Counts


def test_gold_as_its_own_prediction_is_all_right(council: Article) -> None:
    results = evaluate([perfect(council)], draws=20)
    assert all(n.right == n.gold and n.found in (0, n.gold) for n in results.counts.values())
    assert results.counts["ALL", "attribution"] == Count(2, 2, 2)
    assert results.counts["EXACT", "content"] == Count(3, 3, 3)
    assert all(
        interval == ((1.0, 1.0),) * 3
        for key, interval in results.intervals.items()
        if results.counts[key].found and key[0] == "ALL"
    )


def test_nothing_found_is_nothing_right(council: Article) -> None:
    results = evaluate([DocumentComparison(council, ())], draws=5)
    assert {n.right for n in results.counts.values()} == {0}
    assert results.counts["ALL", "content"] == Count(0, 0, 2)
    assert [row.min_confidence for row in results.coverage] == [None] * 3


@pytest.fixture
def mixed(council: Article) -> DocumentComparison:
    """Quotes of every outcome.

    One has a wrong source, one is right with a word too many, one matches an attribution without a
    source, one is a false alarm, one has no words.
    """
    return DocumentComparison(
        council,
        (
            quoted(council, 0, source=place(council, "Ana Ruiz"), confidence=0.95, rule="far"),
            quoted(
                council, 1, content=place(council, "We are not ready,” warned"), speaker="Ana Ruiz"
            ),
            quoted(council, 2, confidence=0.8),
            quoted(
                council,
                2,
                content=place(council, "The river rose"),
                source=place(council, "Traffic"),
                cue=(),
                confidence=0.2,
            ),
            quoted(council, 2, content=place(council, "“")),
        ),
    )


def test_counts_worked_out_by_hand(mixed: DocumentComparison) -> None:
    counts = evaluate([mixed], draws=0).counts
    assert mixed.outcomes == ("wrong source", "right", "ignored", "false alarm")
    assert counts["ALL", "content"] == Count(2, 3, 2)
    assert counts["ALL", "attribution"] == Count(1, 3, 2)
    assert counts["ALL", "content exact"] == Count(1, 3, 2)
    assert counts["DIRECT", "attribution"] == Count(1, 1, 1)
    assert counts["SPAN", "span source right"] == Count(1, 0, 1)
    assert counts["EXACT", "source"] == Count(1, 2, 2)
    assert counts["EXACT", "content"] == Count(2, 4, 3)


def test_a_false_alarm_in_a_sentence_without_attribution_counts_in_whole_documents_only(
    mixed: DocumentComparison,
) -> None:
    counts = evaluate([mixed], draws=0).counts
    assert counts["EXACT TOUCHED", "content"] == Count(2, 3, 3)
    assert counts["EXACT TOUCHED", "source"] == Count(1, 1, 2)


def test_a_span_that_several_attributions_share_counts_once() -> None:
    article = bracketed("[s1:Ana Ruiz] [c1:said] [p1:prices rose].")
    twice = replace(
        article,
        attributions=(
            *article.attributions,
            replace(article.attributions[0], content=place(article, "rose")),
        ),
    )
    assert evaluate([perfect(twice)], draws=0).counts["EXACT", "source"] == Count(1, 1, 1)


def test_by_rule_type_and_speaker(mixed: DocumentComparison) -> None:
    results = evaluate([mixed], draws=0)
    assert [(r.rule, r.quotes, r.content, r.attribution, r.ignored) for r in results.rules] == [
        ("clause", 2, 1, 1, 1),
        ("far", 1, 1, 0, 0),
    ]
    types = {
        group.name: (group.gold, group.attribution, group.found, group.right)
        for group in results.groups["type"]
    }
    assert types["indirect"] == (1, 0, 2, 0)
    names = {
        score.kind: (score.found, score.resolved, score.name_matches) for score in results.speakers
    }
    assert names["proper name"] == (1, 1, 1)


def test_results_are_plain_json(mixed: DocumentComparison) -> None:
    made = json.loads(json.dumps(to_object(evaluate([mixed], draws=10)), allow_nan=False))
    assert made["metrics"]["ALL/attribution"]["right"] == 1
    assert len(made["metrics"]["ALL/attribution"]["f1_interval"]) == 2
    assert made["coverage"][0] == {
        "precision": 0.9,
        "min_confidence": None,
        "quotes": 0,
        "right": 0,
        "total": 3,
        "share": 0.0,
    }


# Confidence


PREDICTIONS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60)


@given(PREDICTIONS)
def test_bins_hold_every_quote_once_and_the_error_is_a_share(
    predictions: list[tuple[float, bool]],
) -> None:
    bins = calibration.reliability(predictions)
    assert sum(b.size for b in bins) == len(predictions)
    assert sum(b.right for b in bins) == sum(right for _, right in predictions)
    assert 0 <= calibration.calibration_error(bins) <= 1
    assert all(
        low - 1e-9 <= b.accuracy <= high + 1e-9
        for b in bins
        if b.size
        for low, high in [b.interval()]
    )


@given(PREDICTIONS, st.sampled_from([0.5, 0.9, 0.95]))
def test_coverage_keeps_its_precision_and_no_lower_confidence_would(
    predictions: list[tuple[float, bool]], precision: float
) -> None:
    found = calibration.coverage(predictions, precision)

    def precise(least: float) -> bool:
        kept = [right for confidence, right in predictions if confidence >= least]
        return sum(kept) >= precision * len(kept)

    levels = {confidence for confidence, _ in predictions}
    assert found.min_confidence is None or precise(found.min_confidence)
    bound = 2.0 if found.min_confidence is None else found.min_confidence
    assert not any(precise(level) for level in levels if level < bound)


def test_calibration_error_worked_out_by_hand() -> None:
    predictions = [(0.95, True)] * 9 + [(0.95, False)] + [(0.25, True)] * 5 + [(0.25, False)] * 5
    assert calibration.calibration_error(calibration.reliability(predictions)) == pytest.approx(
        (0.05 + 0.25) / 2
    )


# Tables


def test_plain_tables_are_aligned_and_hold_the_figures(mixed: DocumentComparison) -> None:
    shown = [plain_text(table) for table in result_tables(evaluate([mixed], draws=10))]
    first = shown[0].splitlines()
    assert first[0] == "Attributions: 4 quotes in 1 article"
    assert next(line.split()[2:5] for line in first if line.startswith("ALL attribution ")) == [
        "33.3",
        "50.0",
        "40.0",
    ]
    assert len({len(line) for line in first[1:14]}) == 1
    assert not any("\x1b" in text for text in shown)


def test_tables_for_a_terminal_show_the_same_cells(mixed: DocumentComparison) -> None:
    from rich.console import Console

    for table in result_tables(evaluate([mixed], draws=10)):
        console = Console(file=io.StringIO(), width=200)
        console.print(renderable(table))
        shown = console.file.getvalue()
        assert table.title in shown
        assert all(cell in shown for row in table.rows for cell in row)


# Errors


def test_each_error_is_shown_once_and_a_miss_has_what_overlaps_it(council: Article) -> None:
    part = quoted(council, 0, content=place(council, "in May"))
    found = {
        error.kind: error
        for error in find_errors(
            DocumentComparison(
                council, (part, quoted(council, 1, source=place(council, "The mayor")))
            )
        )
    }
    assert set(found) == {"miss", "false alarm", "wrong source"}
    assert found["miss"].quote == part
    assert find_errors(perfect(council)) == ()


def test_the_page_escapes_what_articles_say_and_loads_nothing(council: Article) -> None:
    from quotes.evaluation.error_page import SCRIPT, error_page

    text = "<script>alert(1)</script> & “Ruiz” [s:<b>Ruiz</b>] [c:said] [p:that <img src=x> fell]."
    article = bracketed(text)
    wrong = quoted(article, 0, content=place(article, "alert"), rule='"><i>')
    from quotes.records import Parse

    made = error_page(
        [(DocumentComparison(article, (wrong,)), Parse(())), (perfect(council), Parse(()))],
        title="<Errors>",
    )
    assert made.count("<script>") == 1
    assert "<img" not in made
    assert "<b>Ruiz" not in made
    assert "&lt;Errors&gt;" in made
    assert not re.findall(
        r"(?:src|href)=|url\(|https?:", made.replace(SCRIPT, "").replace("&lt;img src=", "")
    )


# The command


@pytest.fixture
def harbour(tmp_path: Path, frozen: Path) -> tuple[Path, Path]:
    """A folder of gold and a folder of parses, of two short articles with frozen parses."""
    pairs = list(read_conllu(frozen))
    (tmp_path / "parsed").mkdir()
    articles = []
    for number, (document, parse) in enumerate(pairs):
        named = replace(document, id=f"article{number}")
        (tmp_path / "parsed" / f"{named.id}.conllu").write_text(
            write_conllu(named, parse), encoding="utf-8"
        )
        articles.append(
            Article(named, (Attribution(content=(parse.sentences[0].span,), source=(Span(0, 4),)),))
        )
    return folder_of(tmp_path / "gold", articles), tmp_path / "parsed"


def test_the_command_prints_tables_and_writes_what_is_asked_for(
    command: Command, harbour: tuple[Path, Path], tmp_path: Path
) -> None:
    gold, parsed = harbour
    page, plot, figures = (tmp_path / name for name in ("errors.html", "plot.svg", "figures.json"))
    done = command(
        "evaluate",
        gold,
        "--parsed",
        parsed,
        "--errors",
        page,
        "--plot",
        plot,
        "--json",
        figures,
        env={"FORCE_COLOR": "1"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Attributions: ")
    assert "\x1b" not in done.stdout
    made = json.loads(figures.read_text(encoding="utf-8"))
    assert made["gold"] == digest(read_gold(gold))
    assert (made["articles"], made["min_confidence"]) == (2, 0.3)
    assert plot.read_text(encoding="utf-8").startswith("<svg")
    assert (
        page.read_text(encoding="utf-8").count('<svg viewBox="0 0')
        == page.read_text(encoding="utf-8").count("<article ")
        > 0
    )


def test_an_article_without_parse_is_named_and_counts_as_one_without_quotes(
    command: Command, harbour: tuple[Path, Path]
) -> None:
    gold, parsed = harbour
    (parsed / "article1.conllu").unlink()
    done = command("evaluate", gold, "--parsed", parsed)
    assert done.returncode == 2
    assert "no parse of document article1" in done.stderr
    assert " in 2 articles" in done.stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--errors", "{gold}/errors.html"), "is in an input folder"),
        (("--plot", "{gold}/../nowhere/plot.svg"), "name a file in an existing folder"),
        (("--parsed", "{gold}/none"), "no such folder"),
    ],
)
def test_what_cannot_work_is_refused_before_the_work(
    command: Command, harbour: tuple[Path, Path], arguments: tuple[str, str], said: str
) -> None:
    done = command(
        "evaluate", harbour[0], *(argument.format(gold=harbour[0]) for argument in arguments)
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_more_confidence_asked_for_is_fewer_quotes(harbour: tuple[Path, Path]) -> None:
    gold, parsed = harbour
    articles, models = read_gold(gold), Models(FolderParser(parsed))
    sizes = [
        sum(len(c.quotes) for c, _ in compare(articles, models=models, min_confidence=least))
        for least in (0.0, 0.6, 1.0)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]


def test_a_parse_of_another_text_is_refused(harbour: tuple[Path, Path]) -> None:
    with pytest.raises(ParseError, match="not in the text"):
        FolderParser(harbour[1]).parse(Document(id="article0", text="Something else altogether."))


# The published script


@pytest.fixture(scope="module")
def script(gold: Path) -> Any:
    """`score.py`, which comes with the gold."""
    path = gold / "polnear" / "score.py"
    if not path.is_file():
        pytest.skip(f"QUOTES_GOLD holds no {path.name}")
    spec = importlib.util.spec_from_file_location("polnear_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def same_figures(
    script: Any, folder: Path, comparisons: list[DocumentComparison], *, draws: int = 0
) -> None:
    """Every figure that both have is the same."""

    def spans(each: Spans) -> list[list[int]]:
        return [[span.start, span.end] for span in each]

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", ResourceWarning
        )  # the script leaves closing its files to Python
        raw = script.load_gold(str(folder))
    given = {
        c.article.document.id: [
            {
                "content": spans(q.content),
                "source": spans(q.source),
                "cue": spans(q.cue),
                "speaker": q.speaker,
            }
            for q in c.predicted
        ]
        for c in comparisons
    }
    theirs = script.evaluate({name: raw[name] for name in given}, given, boot=draws)
    ours = evaluate(comparisons, draws=draws)
    names = {"TOKENS": "WORDS"}
    for (scope, metric), figure in theirs.items():
        if not scope.endswith(" by"):
            n = ours.counts[names.get(scope, scope), metric]
            assert [n.right, n.found, n.gold] == figure["n"], (scope, metric)
            assert not draws or ours.intervals[names.get(scope, scope), metric][2] == figure["f_ci"]
    groups = {group.name: group for each in ours.groups.values() for group in each}
    for (scope, metric), figure in theirs.items():
        if scope == "ALL by":
            name, _, what = metric.replace("amid content", "inside content").partition("|")
            group = groups[name] if name in groups else groups[name.partition(" ")[2]]
            assert [getattr(group, what), 0, group.gold] == figure["n"], metric


def shuffled(article: Article) -> DocumentComparison:
    """Every source at another attribution of the article."""
    sources = [attribution.source for attribution in article.attributions]
    random.Random(7).shuffle(sources)
    return DocumentComparison(
        article, tuple(quoted(article, n, source=source) for n, source in enumerate(sources))
    )


def damaged(article: Article) -> DocumentComparison:
    """Contents cut short or moved, sources and cues lost, speakers named, in changing ways."""
    chance, made = random.Random(article.document.id), []
    for n, attribution in enumerate(article.attributions):
        first, length = attribution.content[0], len(article.document.text)
        start = min(length, first.start + chance.randint(0, 40))
        content = chance.choice(
            [
                attribution.content,
                (Span(start, max(start, first.end)),),
                (Span(first.start, min(length, first.end + 60)),),
            ]
        )
        source = chance.choice([attribution.source, (), attribution.cue])
        made.append(
            quoted(
                article,
                n,
                content=content,
                source=source,
                speaker=chance.choice([None, "Hillary Clinton", "the"]),
            )
        )
    return DocumentComparison(article, tuple(made + made[::3]))


@pytest.mark.parametrize("predicted", [perfect, shuffled, damaged])
def test_figures_are_those_of_the_published_script(
    script: Any, gold: Path, predicted: Callable[[Article], DocumentComparison]
) -> None:
    folder = gold / "polnear" / "dev"
    same_figures(
        script, folder, [predicted(article) for article in read_gold(folder, every=4)], draws=40
    )


def test_figures_of_real_quotes_are_those_of_the_published_script(
    script: Any, gold: Path, models: Any
) -> None:
    folder = gold / "polnear" / "dev"
    same_figures(
        script,
        folder,
        [c for c, _ in compare(read_gold(folder, every=20), models=models, min_confidence=0.0)],
    )
