"""The articles that a command is given."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from quotes.cli.inputs import input_options, no_articles, read_documents
from quotes.errors import InputError
from quotes.records import Document, Parse
from tests.stores import FROZEN, HARBOUR

NOTHING: dict[str, Any] = dict.fromkeys(("published", "outlet", "author", "language"))


def documents(*paths: Path, parsed: Path | None = None, columns: Any = (), **known: Any) -> Any:
    return list(
        read_documents(
            list(map(str, paths)),
            parsed=str(parsed) if parsed else None,
            columns=columns,
            metadata=NOTHING | known,
        )
    )


def test_a_file_is_a_document_with_what_the_options_say_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Prices rose, Park said.", encoding="utf-8")
    (found,) = documents(tmp_path / "a.txt", outlet="Daily Post", published=date(2024, 3, 4))
    assert isinstance(found, Document)
    assert (found.text, found.outlet) == ("Prices rose, Park said.", "Daily Post")
    assert found.published == date(2024, 3, 4)


def test_a_column_is_read_under_another_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("body\nPrices rose.\n", encoding="utf-8")
    (found,) = documents(tmp_path / "a.csv", columns=["text=body"])
    assert found.text == "Prices rose."


def test_a_file_of_parses_alone_gives_its_own_documents() -> None:
    found = documents(parsed=FROZEN, outlet="Daily Post")
    assert [document.id for document, _ in found] == ["harbour", "=school"]
    assert {document.outlet for document, _ in found} == {"Daily Post"}


def test_articles_are_joined_with_their_parses(tmp_path: Path) -> None:
    (tmp_path / "harbour.txt").write_text(HARBOUR[0].text, encoding="utf-8")
    ((document, parse),) = documents(tmp_path / "harbour.txt", parsed=FROZEN)
    assert document.id == "harbour"
    assert isinstance(parse, Parse)
    assert parse.sentences


def test_what_cannot_be_understood_is_refused(tmp_path: Path) -> None:
    with pytest.raises(click.UsageError, match="Give at least one PATH"):
        documents()
    with pytest.raises(InputError, match="--column: write FIELD=NAME"):
        documents(tmp_path, columns=["text"])
    assert str(no_articles(["a", "b"])) == "a b: no articles found"


def test_a_command_takes_paths_and_what_is_known_of_them() -> None:
    found: dict[str, Any] = {}

    @click.command()
    @input_options
    def command(**values: Any) -> None:
        found.update(values)

    arguments = ["a.txt", "b.txt", "--outlet", "Daily Post", "--column", "text=body"]
    assert CliRunner().invoke(command, arguments).exit_code == 0
    assert found["paths"] == ("a.txt", "b.txt")
    assert (found["outlet"], found["columns"]) == ("Daily Post", ("text=body",))
    assert found["model"] == "embedded"
