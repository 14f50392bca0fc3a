"""The articles that a command is given: the options for them, and the documents these name.

In: paths, addresses and options. Out: documents (with parses where a CoNLL-U file has them) and
failures, one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quotes.cli.options import Day, model_option
from quotes.errors import InputError

if TYPE_CHECKING:
    from quotes.readers.metadata import Metadata
    from quotes.records import Document, Failure, Parse

F = TypeVar("F", bound=Callable[..., Any])

INPUT_FORMATS = (
    "text", "html", "csv", "jsonl", "json", "parquet", "pdf", "docx", "email", "subtitles", "feed",
    "warc",
)  # fmt: skip

OPTIONS = (
    click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(readable=False)),
    click.option(
        "--published",
        type=Day(),
        help="Day of publication (YYYY-MM-DD), where no column, metadata.csv or page gives one.",
    ),
    click.option(
        "--outlet", metavar="NAME", help="Outlet, where no column or metadata.csv gives one."
    ),
    click.option(
        "--author",
        metavar="NAME",
        help='Author, where no column, metadata.csv or page gives one: "I" outside quotation '
        "marks.",
    ),
    click.option(
        "--language",
        metavar="CODE",
        help="Language of the texts (ISO 639-1 code), instead of detecting it.",
    ),
    click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="FIELD=NAME",
        help="In CSV, Parquet and JSON lines, read FIELD (text, id, title, outlet, author, "
        "published, language) from the column or key NAME. May be repeated.",
    ),
    click.option(
        "--day-first/--month-first",
        default=None,
        help="Read days such as 03/04/2024 in columns and metadata.csv as 3 April, or as March 4. "
        "Without either they are left out, and named.",
    ),
    click.option(
        "--from",
        "source_format",
        type=click.Choice(INPUT_FORMATS),
        metavar="FORMAT",
        help="Format of standard input, and of files whose names do not tell: "
        f"{', '.join(INPUT_FORMATS)}. Without it their content has to tell.",
    ),
    model_option,
    click.option(
        "--parsed",
        type=click.Path(),
        metavar="FILE",
        help="Take the parses from this CoNLL-U file instead of parsing. Without PATH, the "
        "documents come from it, too.",
    ),
)


def input_options(command: F) -> F:
    """Add the paths, and the options that describe the articles in them."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def read_documents(
    paths: Sequence[str],
    *,
    parsed: str | None,
    columns: Sequence[str],
    metadata: Mapping[str, Any],
    day_first: bool | None = None,
    source_format: str | None = None,
    ids_of_store: bool = False,
) -> Iterator[Document | Failure | tuple[Document, Parse]]:
    """Read the documents that the options name, one by one.

    With `ids_of_store` rows have ids as in a store. Where parses made elsewhere name the documents,
    rows keep their own ids.

    Raises:
        click.UsageError: Neither a path nor a file of parses is given.
        InputError: A `--column` is not of the form FIELD=NAME.
    """
    from quotes.readers import read

    if not paths and not parsed:
        raise click.UsageError(
            "Give at least one PATH: a file, a folder, an address, or - for standard input."
        )
    from quotes.readers.metadata import Metadata

    defaults = Metadata(**metadata)
    documents = read(
        paths,
        defaults=defaults,
        columns=_columns(columns),
        day_first=day_first,
        format=source_format or "",
        ids_within_files=False if parsed else None,
        ids_of_store=ids_of_store and not parsed,
    )
    if parsed:
        return _with_parses(parsed, documents if paths else None, defaults)
    return documents


def no_articles(paths: Sequence[str]) -> InputError:
    """Return the error for paths in which there is no article."""
    return InputError(f"{' '.join(paths)}: no articles found")


def _with_parses(
    parsed: str, documents: Iterator[Document | Failure] | None, defaults: Metadata
) -> Iterator[Document | Failure | tuple[Document, Parse]]:
    """Join documents with their parses in a CoNLL-U file; None takes the file's own documents."""
    from quotes.parsing.conllu import read_conllu
    from quotes.pipeline import described, join_parses

    if documents is None:
        return ((described(document, defaults), parse) for document, parse in read_conllu(parsed))
    return join_parses(
        documents, {document.id: parse for document, parse in read_conllu(parsed)}, source=parsed
    )


def _columns(pairs: Sequence[str]) -> dict[str, str]:
    """Return ("text=body",) as {"text": "body"}."""
    columns = dict(pair.partition("=")[::2] for pair in pairs)
    if not all(columns.values()):
        raise InputError("--column: write FIELD=NAME, as in --column text=body")
    return columns
