"""Readers of corpora with labelled mentions."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.coreference_texts import printed, read_conll, read_gap
from training.gold import DataError

CONLL = """#begin document (one); part 0
one 0 0 Ann _ (3
one 0 1 Roe _ 3)
one 0 2 slept _ _
one 0 3 . _ _

one 0 0 She _ (3)
one 0 1 woke _ _
one 0 2 . _ _
#end document
"""
HEADER = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL"


def test_words_are_put_together_as_print_has_them() -> None:
    words = ["``", "No", ",", "''", "said", "Roe", "'s", "aunt", "(", "82", ")", "."]
    text, places = printed(words)
    assert text == '"No," said Roe\'s aunt (82).'
    assert [span.of(text) for span in places] == ['"', *words[1:3], '"', *words[4:]]


@pytest.mark.parametrize(("most", "mentions"), [(None, ["Ann Roe", "She"]), (3, ["Ann Roe"])])
def test_mentions_of_a_referent_have_its_number(
    tmp_path: Path, most: int | None, mentions: list[str]
) -> None:
    path = tmp_path / "one.conll"
    path.write_text(CONLL, encoding="utf-8")
    (found,) = read_conll(path, most_words=most)
    assert found.document.text.startswith("Ann Roe slept.")
    own = [span.of(found.document.text) for span in found.chains["3"]]
    assert own == mentions


def test_a_passage_has_a_pronoun_and_two_names(tmp_path: Path) -> None:
    path = tmp_path / "gap.tsv"
    row = "x-1\tAnn Roe met Eva Lind. She slept.\tShe\t22\tAnn Roe\t0\tTRUE\tEva Lind\t12\tFALSE\tu"
    path.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    (passage,) = read_gap(path)
    text = passage.document.text
    assert passage.pronoun.of(text) == "She"
    assert [name.of(text) for name in passage.names] == ["Ann Roe", "Eva Lind"]
    assert passage.meant == (True, False)
    path.write_text(f"{HEADER}\nx-1\tno more\n", encoding="utf-8")
    with pytest.raises(DataError, match="2 cells, not 11"):
        list(read_gap(path))
