"""Search of words in a store: found, altered, not found; the index follows the store."""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from quotes.errors import SearchIndexError
from quotes.output.terminal.statements import summary
from quotes.records import ReviewRequest, Span
from quotes.statements import index as search_index
from quotes.statements.check import INDEX_BEHIND, check, current_index, statement_of
from quotes.store import EVERYTHING, Selection, Store, open_store
from quotes.store.statement_rows import DATES, VALUE_COLUMNS
from tests.builders import ENGLISH
from tests.stores import FIRST_SEED, HARBOUR, SCHOOL, described, gold_store, put, shifted, stored

PAIRS = [
    described(HARBOUR, published="2024-03-05", outlet="Daily Post"),
    described(HARBOUR, id="wire", published="2024-03-06", outlet="Courier"),
    described(SCHOOL, published="2024-04-01", outlet="Courier"),
]


def test_words_are_found_with_all_prints_and_the_first(tmp_path: Path) -> None:
    with stored(tmp_path / "s", PAIRS) as store:
        answer = check(store, "Prices will rise again in March")
        (found,) = answer.found
        assert (found.kind, found.statement.speaker, found.statement.role) == (
            "verbatim",
            "Anna Lindqvist",
            "harbour director",
        )
        assert [s.outlet for s in found.group.statements] == ["Daily Post", "Courier"]
        assert [s.outlet for s in found.group.first] == ["Daily Post"]
        (altered,) = check(store, "Prices will not rise again in March").found
        assert altered.kind == "altered"
        assert "not" in [
            piece.asked.strip()
            for piece in altered.comparison.pieces
            if piece.op in ("delete", "replace")
        ]
        assert check(store, "The bridge was painted green by volunteers").found == ()


def test_the_index_has_the_columns_of_each_quote_as_the_table_has_them(tmp_path: Path) -> None:
    odd = described(HARBOUR, id="odd", title='"Harbour": «Prix», 20\\\n€ \U0001f30a', outlet=None)
    with stored(tmp_path / "s", [odd, *PAIRS]) as store:
        columns = ", ".join((*VALUE_COLUMNS, "id", "words"))
        rows = store._session().rows(f"SELECT {columns} FROM machine_quotes")
        index, _ = current_index(store)
        assert index.count == len(rows) > 4
        for row in rows:
            hit = index.quote(row.pop("id"))
            assert hit is not None
            assert hit.words == row.pop("words")
            days = {name: row[name] and row[name].isoformat() for name in DATES}
            assert dict(zip(VALUE_COLUMNS, hit.stored, strict=True)) == row | days


def test_the_index_follows_the_store(tmp_path: Path) -> None:
    store = stored(tmp_path / "s", PAIRS[:1])
    assert check(store, "twenty degrees is too cold").found == ()
    first, whole = current_index(store)
    assert whole
    list(put(store, [SCHOOL]))
    assert check(store, "-20 degrees is too cold").found
    second, whole = current_index(store)
    assert whole
    assert second.count == first.count + 2
    list(put(store, [shifted(SCHOOL, "Corrected on Friday.\n\n")]))
    (found,) = check(store, "-20 degrees is too cold").found
    assert len(found.group.statements) == 1
    assert current_index(store)[0].count == second.count
    store.review(ReviewRequest(action="reject", quote=found.statement.id, by="Ada"))
    assert check(store, "-20 degrees is too cold").found == ()
    store.remove(["harbour"])
    assert check(store, "Prices will rise again in March").found == ()


@pytest.mark.parametrize("harm", ["missing", "state", "file"])
def test_an_index_that_is_gone_or_broken_is_made_again(tmp_path: Path, harm: str) -> None:
    with stored(tmp_path / "s", PAIRS) as store:
        assert check(store, "Prices will rise again in March").found
    folder = tmp_path / "s" / "index"
    if harm == "missing":
        shutil.rmtree(folder)
    elif harm == "state":
        (folder / "state.json").write_text("{")
    else:
        generation = folder / json.loads((folder / "state.json").read_text())["generation"]
        max(generation.iterdir(), key=lambda path: path.stat().st_size).unlink()
    with open_store(tmp_path / "s") as store:
        assert check(store, "Prices will rise again in March").found


def test_an_index_that_cannot_be_brought_up_to_date_is_used_and_said_to_be_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = stored(tmp_path / "s", PAIRS[:1])
    assert check(store, "Prices will rise again in March").found
    list(put(store, [SCHOOL]))

    def locked(*_: Any, **__: Any) -> Any:
        raise SearchIndexError("another process is updating the search index")

    monkeypatch.setattr("quotes.statements.check.update", locked)
    answer = check(store, "Prices will rise again in March")
    assert answer.found
    assert answer.note.endswith(INDEX_BEHIND)
    monkeypatch.undo()
    assert check(store, "Prices will rise again in March").note == ""


def test_what_people_decided_counts_also_while_the_index_is_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = stored(tmp_path / "s", PAIRS[:1])
    assert check(store, "the flood of spring").found == ()
    list(put(store, [SCHOOL]))

    def locked(*_: Any, **__: Any) -> Any:
        raise SearchIndexError("another process is updating the search index")

    monkeypatch.setattr("quotes.statements.check.update", locked)
    text = HARBOUR[0].text
    words = "Prices will rise"
    (quote,) = (
        found.statement.id for found in check(store, "Prices will rise again in March").found
    )
    start = text.index(words)
    store.review(
        ReviewRequest(
            action="span", quote=quote, content=(Span(start, start + len(words)),), by="Ada"
        )
    )
    missed = "harbour director Anna Lindqvist told reporters"
    added = store.review(
        ReviewRequest(
            action="add",
            document="harbour",
            content=_span(text, missed),
            value="Ruth Okafor",
            by="Ada",
        )
    )
    (found,) = check(store, missed).found
    assert (found.kind, found.statement.speaker, found.statement.words) == (
        "verbatim",
        "Ruth Okafor",
        missed,
    )
    (shorter,) = check(store, "Prices will rise again in March").found
    assert shorter.statement.words == f"“{words}”"
    assert check(store, words).note.endswith(INDEX_BEHIND)
    statement = statement_of(store, found.statement.id)
    assert statement is not None
    assert [each.words for each in statement.statements] == [missed]
    store.review(ReviewRequest(action="undo", undoes=added.id, by="Ada"))
    assert check(store, missed).found == ()
    store.remove(["harbour"])
    assert check(store, "Prices will rise again in March").found == ()


def _span(text: str, words: str) -> tuple[Span, ...]:
    start = text.index(words)
    return (Span(start, start + len(words)),)


def test_reviews_leave_the_index_as_it_is(tmp_path: Path) -> None:
    store = stored(tmp_path / "s", PAIRS[:1])
    (found,) = check(store, "Prices will rise again in March").found
    before = (store.path / "index" / "state.json").read_bytes()
    store.review(
        ReviewRequest(action="speaker", quote=found.statement.id, value="Ruth Okafor", by="Ada")
    )
    assert (
        check(store, "Prices will rise again in March").found[0].statement.speaker == "Ruth Okafor"
    )
    assert (store.path / "index" / "state.json").read_bytes() == before


def test_an_index_of_an_older_version_is_made_again_and_that_is_said(
    command: Any, tmp_path: Path
) -> None:
    with stored(tmp_path / "s", PAIRS) as store:
        assert check(store, "Prices will rise again in March").found
    state = tmp_path / "s" / "index" / "state.json"
    state.write_text(json.dumps(json.loads(state.read_text()) | {"format": 2}))
    asked = ("check", "prices will rise again in march", "--store", tmp_path / "s")
    for arguments in (
        ("timeline", "Anna Lindqvist", "--store", tmp_path / "s"),
        ("export", "--store", tmp_path / "s", "--format", "jsonl"),
    ):
        done = command(*arguments)
        assert (done.returncode, "Prices will rise" in done.stdout) == (0, True)
    done = command(*asked)
    assert (done.returncode, done.stdout[:25]) == (0, "Word for word, in 2 artic")
    assert (
        done.stderr
        == "the search index is damaged or of another version: building it again, from 10 quotes\n"
    )
    assert command(*asked).stderr == ""


def test_a_quote_leads_to_its_statement(tmp_path: Path) -> None:
    with stored(tmp_path / "s", PAIRS) as store:
        frame = store.quotes(EVERYTHING)
        ids = frame[frame["words"] == "“Prices will rise again in March,”"]["id"].tolist()
        groups = [statement_of(store, quote) for quote in ids]
        assert groups[0] is not None
        assert groups[0] == groups[1]
        assert {statement.id for statement in groups[0].statements} == set(ids)
        assert statement_of(store, "0" * 16) is None
    assert search_index.open_index(tmp_path / "s" / "index", language=ENGLISH) is not None


# The command


def test_the_command_says_who_said_it(command: Any, tmp_path: Path) -> None:
    stored(tmp_path / "s", PAIRS).close()
    done = command("check", "prices will rise again in march", "--store", tmp_path / "s")
    assert done.returncode == 0
    assert done.stdout.startswith(
        "Word for word, in 2 articles of 2 outlets: Anna Lindqvist (2)\n\n"
        "word for word · Anna Lindqvist (harbour director) · direct · "
    )
    done = command(
        "check", "prices will rise again in march", "--store", tmp_path / "s", "--format", "jsonl"
    )
    (found,) = json.loads(done.stdout)["found"]
    assert (
        found["kind"],
        found["statement"]["speaker_id"],
        len(found["group"]["variants"][0]["printed"]),
    ) == (
        "verbatim",
        "anna-lindqvist",
        2,
    )
    done = command("check", "the bridge was painted green", "--store", tmp_path / "s")
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        1,
        "not found in this collection: no quotation or sentence like this in 3 articles",
    )


def test_what_cannot_be_looked_up_is_refused(command: Any, tmp_path: Path) -> None:
    done = command("check", "?!", "--store", tmp_path / "none")
    assert (done.returncode, "no words to look up" in done.stderr) == (2, True)
    done = command("check", "prices will rise", "--store", tmp_path / "none")
    assert (done.returncode, "no such store" in done.stderr) == (2, True)


# Words that stand somewhere word for word


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of the two articles of seeds/ with their gold quotes."""
    return gold_store(tmp_path_factory.mktemp("seeds") / "s")


def test_every_fragment_of_direct_speech_is_word_for_word(seeds: Store) -> None:
    rows = seeds.quotes(Selection(type="direct", min_confidence=0.0)).to_dict("records")
    chance, asked = random.Random(18), 0
    while asked < 60:
        row = chance.choice(rows)
        span = chance.choice(row["content_spans"])
        text = seeds.document(row["document"]).text[span["start"] : span["end"]]
        words = list(re.finditer(r"\S+", text))
        if len(words) < 7:
            continue
        size = chance.randint(7, min(25, len(words)))
        first = chance.randint(0, len(words) - size)
        fragment = text[words[first].start() : words[first + size - 1].end()]
        asked += 1
        answer = check(seeds, fragment)
        assert answer.verdict in ("verbatim", "part"), fragment
        assert row["id"] in {each.id for each in answer.prints()}, fragment
        assert next(summary(answer)).startswith("Word for word")


def test_words_of_the_running_text_are_found_where_no_quotation_has_them(seeds: Store) -> None:
    text = seeds.document(FIRST_SEED).text
    quoted = [span for quote in seeds.quotes_of(FIRST_SEED) for span in quote.content]
    plain = next(
        line
        for line in re.finditer(r"[^\n.]{60,}", text)
        if not any(span.overlaps(Span(*line.span())) for span in quoted)
    )
    words = " ".join(plain[0].split()[:8])
    answer = check(seeds, words)
    assert answer.verdict not in ("verbatim", "part")
    (passage,) = answer.passages
    assert (passage.document, passage.words) == (FIRST_SEED, passage.span.of(text))
    assert passage.span.start in range(*plain.span())
    assert passage.before + passage.words + passage.after in text
    assert "these words stand in 1 article" in next(summary(answer))
    assert check(seeds, "a sentence that stands in neither of the two articles").passages == ()


def test_a_part_keeps_its_verdict_where_a_word_cut_off_reverses_it(tmp_path: Path) -> None:
    with stored(tmp_path / "s", PAIRS) as store:
        (part,) = check(store, "will rise again in March").found
        assert (part.verdict, part.comparison.reversed) == ("part", False)
        assert part.statement.words == "“Prices will rise again in March,”"


def test_the_words_in_the_marks_of_a_pasted_passage_are_looked_up(tmp_path: Path) -> None:
    with stored(tmp_path / "s", PAIRS) as store:
        for pasted in (
            "“Prices will rise again in March,” a person told us on the quay",
            '"Prices will rise again in March", a person told us on the quay',
            "On the quay a person told us: ‘Prices will rise again in March’",
        ):
            answer = check(store, pasted)
            assert (answer.asked, answer.verdict) == (pasted, "verbatim")


def test_a_speaker_can_be_asked_for(tmp_path: Path) -> None:
    with stored(tmp_path / "s", PAIRS) as store:
        words = "Prices will rise again in March"
        assert check(store, words, speaker_id="anna-lindqvist").found
        assert check(store, words, speaker_id="nobody").found == ()


def test_one_span_is_one_quote(tmp_path: Path) -> None:
    """The same words of one article under two cues are shown once, the surer ones."""
    with stored(tmp_path / "s", PAIRS[:1]) as store:
        (row,) = (
            each
            for each in store.quotes(EVERYTHING).to_dict("records")
            if "Prices will rise" in each["words"]
        )
        span = row["content_spans"][0]
        store.review(
            ReviewRequest(
                action="add",
                by="Ada",
                document="harbour",
                content=(Span(span["start"] - 1, span["end"] + 1),),
                value="Ruth Okafor",
            )
        )
        (found,) = check(store, "Prices will rise again in March").found
        assert len(found.group.statements) == 1
