"""Where the data files of languages lie, and the reader of word lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.errors import RuleError
from quotes.language import resources
from quotes.language.resources import data_folder, languages, read_word_list


def listed(folder: Path, text: str) -> Path:
    path = folder / "words.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_data_of_english_is_there() -> None:
    assert "en" in languages()
    assert (data_folder() / "en" / "rules.toml").is_file()


def test_a_package_without_data_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "site" / "quotes")
    with pytest.raises(RuleError, match="install the package again"):
        data_folder()


def test_a_list_has_an_entry_a_line_without_comments(tmp_path: Path) -> None:
    path = listed(tmp_path, "# verbs of saying\nadd\nsay  # most of all\n\ntell off\n")
    assert read_word_list(path) == {"add", "say", "tell off"}


@pytest.mark.parametrize("text", ["Ann\nBo\nadd\n", "add\nAnn\nBo\nsay\n"])
def test_capitals_come_first_or_stand_among_small_letters(tmp_path: Path, text: str) -> None:
    assert len(read_word_list(listed(tmp_path, text))) == len(text.split())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("add\nsay\nsay\n", ":3: 'say' stands twice"),
        ("say\n# here\nadd\n", ":3: 'add' after 'say' is not in order"),
    ],
)
def test_a_list_out_of_order_is_refused_with_the_line(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(RuleError, match=message):
        read_word_list(listed(tmp_path, text))


def test_a_list_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"none\.txt: the word list cannot be read"):
        read_word_list(tmp_path / "none.txt")
